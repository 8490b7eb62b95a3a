package lower

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// The formats that are lowered to assertions are those that the support code
// checks.
func TestFormatsAreThoseOfTheSupportCode(t *testing.T) {
	files, err := filepath.Glob("../../templates/support/format*.go")
	if err != nil {
		t.Fatal(err)
	}
	var checked []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if v, ok := n.(*ast.CompositeLit); ok && v.Type.(*ast.Ident).Name == "format" {
				text, _ := strconv.Unquote(v.Elts[0].(*ast.BasicLit).Value)
				checked = append(checked, text)
			}
			return true
		})
	}
	slices.Sort(checked)
	if !slices.Equal(checked, checkedFormats) {
		t.Errorf("the support code checks %q, rules are made of %q", checked, checkedFormats)
	}
}
