package templates

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSupportIsCopiedUnderAnotherPackage(t *testing.T) {
	files, err := Support("petstore", "// header", nil)
	require.NoError(t, err)
	require.Contains(t, files, "oaken_table.go")
	for name, src := range files {
		require.True(t, strings.HasPrefix(string(src), "// header\n\npackage petstore\n"), name)
		require.NotContains(t, name, "_test")
		require.NotContains(t, string(src), "readSequence")
	}
}

func TestReservedNames(t *testing.T) {
	names, err := Reserved()
	require.NoError(t, err)
	require.Subset(t, names, []string{"Optional", "Expandable", "Some", "Null", "Raw", "Expand", "Expanded", "ErrNotExpanded"})
	require.NotContains(t, names, "table")
}

// Generated unexported names are a word followed by a type's name; the support
// code must not take one, or some document could not be generated.
func TestSupportLeavesGeneratedNamesFree(t *testing.T) {
	generated := regexp.MustCompile(`^(table|enum|union|result|operation|rules|cycle)[A-Z]|^theAPI$`)
	err := eachFile(func(s source) {
		for _, decl := range s.file.Decls {
			for _, ident := range declared(decl) {
				require.NotRegexp(t, generated, ident, s.name)
			}
		}
	})
	require.NoError(t, err)
}
