package emit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Tables name each format as the support code does.
func TestFormatsAreThoseOfTheSupportCode(t *testing.T) {
	files, err := filepath.Glob("../../templates/support/format*.go")
	require.NoError(t, err)
	there := map[string]string{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			if v, ok := spec.Values[0].(*ast.CompositeLit); ok && v.Type.(*ast.Ident).Name == "format" {
				name, err := strconv.Unquote(v.Elts[0].(*ast.BasicLit).Value)
				require.NoError(t, err)
				there[name] = spec.Names[0].Name
			}
			return true
		})
	}
	require.NotEmpty(t, there)
	require.Equal(t, there, formats)
}

// An expression that the support code can match without package regexp is not a
// regular expression in the tables.
func TestPatterns(t *testing.T) {
	for expr, want := range map[string]string{
		"^/v1/accounts":   "sequence",
		"^":               "sequence",
		"^[a-z]{3}$":      "sequence",
		"^[a-zA-Z_]{2,}$": "sequence",
		"^[0-9]{3}[a-z]$": "sequence",
		`^acct_\w+$`:      "sequence",
		"^[^0-9]$":        "pattern",
		"^([0-9]|ab)+$":   "pattern",
		"[0-9]{3}$":       "pattern",
		"^a|b":            "pattern",
		"^/v1.0/":         "pattern",
		"a":               "pattern",
	} {
		require.True(t, strings.HasPrefix(fmt.Sprintf("%#v", pattern(expr)), fmt.Sprintf("&%s{expr: %#v", want, lit(expr))), expr)
	}
	require.Equal(t, `&sequence{expr: "^a[0-9]{2,}$", start: "a", list: []run{{class{0x3ff000000000000, 0x0}, 2, -1}}, end: true}`,
		fmt.Sprintf("%#v", pattern("^a[0-9]{2,}$")))
	require.Equal(t, `&sequence{expr: "^/v1/accounts", start: "/v1/accounts"}`, fmt.Sprintf("%#v", pattern("^/v1/accounts")))
	require.Equal(t, `&sequence{expr: "^"}`, fmt.Sprintf("%#v", pattern("^")))
}
