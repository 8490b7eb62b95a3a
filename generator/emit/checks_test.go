package emit

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// Tables name each format as the support code does.
func TestFormatsAreThoseOfTheSupportCode(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../templates/support/format.go", nil, 0)
	require.NoError(t, err)
	there := map[string]string{}
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
	require.NotEmpty(t, there)
	require.Equal(t, there, formats)
}

// Only an expression that says how a text begins, and no more, is a text.
func TestPatterns(t *testing.T) {
	for expr, want := range map[string]string{
		"^/v1/accounts":   `beginning("/v1/accounts")`,
		"^":               `beginning("")`,
		"^/v1.0/":         `&pattern{expr: "^/v1.0/"}`,
		"^a|b":            `&pattern{expr: "^a|b"}`,
		"^[a-z]{3}$":      `&repetition{expr: "^[a-z]{3}$", ranges: "az", least: 3, most: 3}`,
		"^[a-zA-Z_]{2,}$": `&repetition{expr: "^[a-zA-Z_]{2,}$", ranges: "AZ__az", least: 2, most: -1}`,
		"^[0-9]+$":        `&repetition{expr: "^[0-9]+$", ranges: "09", least: 1, most: -1}`,
		"^[0-9]*$":        `&repetition{expr: "^[0-9]*$", ranges: "09", least: 0, most: -1}`,
		"^[0-9]?$":        `&repetition{expr: "^[0-9]?$", ranges: "09", least: 0, most: 1}`,
		"^[0-9]$":         `&repetition{expr: "^[0-9]$", ranges: "09", least: 1, most: 1}`,
		"^[^0-9]$":        `&pattern{expr: "^[^0-9]$"}`,
		"^([0-9]|ab)+$":   `&pattern{expr: "^([0-9]|ab)+$"}`,
		"^[0-9]{3}":       `&pattern{expr: "^[0-9]{3}"}`,
		"[0-9]{3}$":       `&pattern{expr: "[0-9]{3}$"}`,
		"^[0-9]{3}[a-z]$": `&pattern{expr: "^[0-9]{3}[a-z]$"}`,
		"^a$":             `&pattern{expr: "^a$"}`,
		"a":               `&pattern{expr: "a"}`,
	} {
		require.Equal(t, want, fmt.Sprintf("%#v", pattern(expr)), expr)
	}
}
