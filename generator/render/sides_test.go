package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// drawn draws rows as text: what changed within a line is in brackets.
func drawn(rows []row) []string {
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%s %s | %s", r.Class, drawnCell(r.Old), drawnCell(r.New)))
	}
	return out
}

func drawnCell(c cell) string {
	if c.Number == 0 {
		return "-"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d:", c.Number)
	for _, r := range c.Runs {
		if strings.HasSuffix(r.Class, classMark) {
			b.WriteString("[" + r.Text + "]")
		} else {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

func TestSides(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"alike", "a\nb", "a\nb", []string{"same 1:a | 1:a", "same 2:b | 2:b"}},
		{"a line came", "a\nb", "a\nx\nb", []string{"same 1:a | 1:a", "came - | 2:x", "same 2:b | 3:b"}},
		{"a line went", "a\nx\nb", "a\nb", []string{"same 1:a | 1:a", "gone 2:x | -", "same 3:b | 2:b"}},
		{"words changed", "Name Optional[string]", "Name Optional[int64]", []string{"changed 1:Name Optional\\[[string]\\] | 1:Name Optional\\[[int64]\\]"}},
		{"nothing alike", "one two", "three four", []string{"both 1:one two | 1:three four"}},
		{"alike among others", "x y\nName Optional[string]", "Name Optional[int64]\nz", []string{
			"gone 1:x y | -", "changed 2:Name Optional\\[[string]\\] | 1:Name Optional\\[[int64]\\]", "came - | 2:z",
		}},
		{"a comment is no code", "// Name string", "Name string", []string{"both 1:// Name string | 1:Name string"}},
		{"several words are one change", "a b c d e f", "a x y d e f", []string{"changed 1:a [b c] d e f | 1:a [x y] d e f"}},
		{"new", "", "a\nb", []string{"came - | 1:a", "came - | 2:b"}},
		{"gone", "a", "", []string{"gone 1:a | -"}},
		{"not ASCII", "für x y", "für z y", []string{"changed 1:für [x] y | 1:für [z] y"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, line := range c.want {
				c.want[i] = strings.NewReplacer(`\[`, "[", `\]`, "]").Replace(line)
			}
			require.Equal(t, c.want, drawn(rowsOf(linesOf(c.old), linesOf(c.new))))
		})
	}
}

func TestSidesKeepEveryLine(t *testing.T) {
	r := sample()
	for _, p := range append(r.Types, hostileReport().Types...) {
		old, new := 0, 0
		for _, b := range sides(p.Old, p.New) {
			for _, r := range b.Rows {
				if r.Old.Number > 0 {
					old++
					require.Equal(t, old, r.Old.Number)
				}
				if r.New.Number > 0 {
					new++
					require.Equal(t, new, r.New.Number)
				}
			}
		}
		require.Equal(t, len(linesOf(p.Old)), old)
		require.Equal(t, len(linesOf(p.New)), new)
	}
}

func TestWhatIsFarFromChangesIsFolded(t *testing.T) {
	lines := make([]string, 30)
	for i := range lines {
		lines[i] = fmt.Sprint("line ", i)
	}
	old := strings.Join(lines, "\n")
	lines[15] = "other"
	blocks := sides(old, strings.Join(lines, "\n"))
	require.Len(t, blocks, 3)
	require.True(t, blocks[0].Folded)
	require.False(t, blocks[1].Folded)
	require.Len(t, blocks[1].Rows, 1+2*context)
	lines[15], lines[context+2] = "line 15", "other"
	blocks = sides(old, strings.Join(lines, "\n"))
	require.False(t, blocks[0].Folded, "two lines are shorter than a fold")
}

func TestManyLinesAreNotMatched(t *testing.T) {
	var old, new strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&old, "old line number %d\n", i)
		fmt.Fprintf(&new, "new line number %d\n", i)
	}
	require.Len(t, rowsOf(linesOf(old.String()), linesOf(new.String())), 3001)
}

func TestClassesOfGo(t *testing.T) {
	source := "// A type.\ntype T struct {\n\tA string `json:\"a\"`\n}\nconst X T = \"x\" + 12\n\"unended"
	var got []string
	for _, l := range linesOf(source) {
		for _, r := range l.runs(nil) {
			if r.Class != "" {
				got = append(got, r.Class+" "+r.Text)
			}
		}
	}
	require.Equal(t, []string{"c // A type.", "k type", "k struct", "s `json:\"a\"`", "k const", `s "x"`, "n 12", `s "unended`}, got)
}
