package output

import (
	"path/filepath"
	"strings"

	"github.com/pmezard/go-difflib/difflib"
)

// contextLines is how many unchanged lines a diff shows around a change.
const contextLines = 3

// Diff returns what differs, unified, from what is there to what should be.
func (c Change) Diff() string {
	name := strings.TrimPrefix(filepath.ToSlash(c.Path), "/")
	d := difflib.UnifiedDiff{
		A: lines(c.Old), B: lines(c.New),
		FromFile: "a/" + name, ToFile: "b/" + name, Context: contextLines,
	}
	switch c.Kind {
	case Added:
		d.A, d.FromFile = nil, "/dev/null"
	case Removed:
		d.B, d.ToFile = nil, "/dev/null"
	}
	s, err := difflib.GetUnifiedDiffString(d)
	if err != nil { // it writes to a buffer
		return err.Error() + "\n"
	}
	return s
}

// Lines counts the lines that a file would gain and lose.
func (c Change) Lines() (gained, lost int) {
	a, b := lines(c.Old), lines(c.New)
	for _, op := range difflib.NewMatcher(a, b).GetOpCodes() {
		if op.Tag != 'e' {
			lost += op.I2 - op.I1
			gained += op.J2 - op.J1
		}
	}
	return gained, lost
}

// lines splits a text into its lines, each with its end. Where the last one has
// none, what patches say in that case stands after it.
func lines(text []byte) []string {
	if len(text) == 0 {
		return nil
	}
	out := strings.SplitAfter(string(text), "\n")
	last := len(out) - 1
	if out[last] == "" {
		return out[:last]
	}
	out[last] += "\n\\ No newline at end of file\n"
	return out
}
