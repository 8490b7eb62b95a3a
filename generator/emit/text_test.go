package emit

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"
	"github.com/stretchr/testify/require"
)

func TestCommentLines(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"empty":              {"  \n ", nil},
		"one line":           {"The id.", []string{"The id."}},
		"lines run on":       {"a\nb", []string{"a", "b"}},
		"paragraphs":         {"a\n\n\nb", []string{"a", "", "b"}},
		"list":               {"a\n- b\n- c\nd", []string{"a", "", "  - b", "  - c", "", "d"}},
		"list with a gap":    {"a\n- b\n- c\n\n- d", []string{"a", "", "  - b", "", "  - c", "", "  - d"}},
		"every line break":   {"a\rb\u2028c\u2029d\ve\ff\u0085g", []string{"a", "b", "c", "d", "e", "f", "g"}},
		"control characters": {"a\x00b\x1bc\ufeffd\u202ee", []string{"a b c d e"}},
		"build constraint":   {"+build ignore", []string{`\+build ignore`}},
		"heading":            {"# Title", []string{`\# Title`}},
		"heading by itself":  {"a\n\nThe title\n\nb", []string{"a", "", "# The title", "", "b"}},
		"no heading":         {"a\n\nA sentence.\n\nb", []string{"a", "", "A sentence.", "", "b"}},
		"deprecated":         {"a\nDeprecated: b", []string{"a", "", "Deprecated: b"}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, test.want, commentLines(test.text)) })
	}
}

func TestCommentsWrap(t *testing.T) {
	for _, line := range commentLines(strings.Repeat("word ", 100)) {
		require.LessOrEqual(t, len(line), lineWidth)
	}
	require.Len(t, commentLines(strings.Repeat("x", 10_000)), 1)
}

// Whatever a document says, a comment is a comment and a literal is a literal.
func FuzzTextStaysText(f *testing.F) {
	for _, seed := range []string{"", "a", "*/ func init() {} /*", "//go:embed x", "\n//line x:1", "`\"\\", "\u2028func f(){}", "+build x", "\n\n- a\n\t- b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := newFile("p")
		for _, line := range commentLines(text) {
			file.PackageComment("// " + line)
		}
		file.Add(doc(text, false)).Const().Id("C").Op("=").Add(lit(text))
		file.Type().Id("T").Struct(jen.Null().Add(doc(text, true)).Id("F").Int())
		var b strings.Builder
		require.NoError(t, file.Render(&b))
		src := b.String()
		parsed, err := parser.ParseFile(token.NewFileSet(), "x.go", src, parser.ParseComments)
		require.NoError(t, err)
		require.Len(t, parsed.Decls, 2)
		require.Len(t, parsed.Decls[1].(*ast.GenDecl).Specs[0].(*ast.TypeSpec).Type.(*ast.StructType).Fields.List, 1)
		for _, group := range parsed.Comments {
			for _, c := range group.List {
				require.True(t, c.Text == "//" || strings.HasPrefix(c.Text, "// ") || strings.HasPrefix(c.Text, "//\t"), c.Text)
			}
		}
		again, err := format.Source([]byte(src))
		require.NoError(t, err)
		require.Equal(t, src, string(again))
	})
}
