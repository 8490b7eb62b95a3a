package templates

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSupportIsCopiedUnderAnotherPackage(t *testing.T) {
	files, err := Support("petstore", "// header")
	require.NoError(t, err)
	require.Contains(t, files, "oaken_table.go")
	for name, src := range files {
		require.True(t, strings.HasPrefix(string(src), "// header\n\npackage petstore\n"), name)
		require.NotContains(t, name, "_test")
	}
}

func TestReservedNames(t *testing.T) {
	names, err := Reserved()
	require.NoError(t, err)
	require.Subset(t, names, []string{"Optional", "Expandable", "Some", "Null", "Raw"})
	require.NotContains(t, names, "table")
}

// Generated unexported names are a word followed by a type's name; the support
// code must not take one, or some document could not be generated.
func TestSupportLeavesGeneratedNamesFree(t *testing.T) {
	generated := regexp.MustCompile(`^(table|enum|union)[A-Z]|^theAPI$`)
	err := eachFile(func(name string, _ []byte, file *ast.File, _ *token.FileSet) {
		for _, decl := range file.Decls {
			for _, ident := range declared(decl) {
				require.NotRegexp(t, generated, ident, name)
			}
		}
	})
	require.NoError(t, err)
}
