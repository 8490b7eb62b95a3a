// Package diag holds what the generator has to say about a document: a
// position, a stable code and a message, collected in lists that print sorted.
package diag

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Pos is a place in a document. Line and Col count from 1, Col in bytes; 0 is
// unknown.
type Pos struct {
	File string
	Line int
	Col  int
}

// Diagnostic is one problem of a document.
type Diagnostic struct {
	Pos     Pos
	Pointer string // JSON pointer (RFC 6901) of the node, "" for the whole document
	Code    string // stable, kebab-case
	Message string // lower case, no full stop, says what is wrong and what to do
}

// maxMessage bounds a message, in bytes: text of a document is part of it.
const maxMessage = 400

// String returns file:line:col: message [code] at pointer, on one line.
func (d Diagnostic) String() string {
	var b strings.Builder
	b.WriteString(d.Pos.File)
	if d.Pos.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", d.Pos.Line, d.Pos.Col)
	}
	b.WriteString(": ")
	b.WriteString(oneLine(d.Message, maxMessage))
	if d.Pointer != "" {
		b.WriteString(" at " + oneLine("#"+d.Pointer, maxMessage))
	}
	b.WriteString(" [" + d.Code + "]")
	return b.String()
}

func oneLine(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || r == '\u0085' {
			return ' '
		}
		return r
	}, s)
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "..."
}

// List is a collection of diagnostics. The zero value is empty.
type List []Diagnostic

// Add appends a diagnostic.
func (l *List) Add(pointer, code, format string, args ...any) {
	*l = append(*l, Diagnostic{Pointer: pointer, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Sorted returns the list by file, line, column, pointer and message, without
// duplicates.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortFunc(out, compare)
	return slices.Compact(out)
}

// Codes returns the codes of the list with how often each is there, the most
// frequent first and equals by name.
func (l List) Codes() iter.Seq2[string, int] {
	counts := map[string]int{}
	for _, d := range l {
		counts[d.Code]++
	}
	codes := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a, b))
	})
	return func(yield func(string, int) bool) {
		for _, code := range codes {
			if !yield(code, counts[code]) {
				return
			}
		}
	}
}

func compare(a, b Diagnostic) int {
	if c := strings.Compare(a.Pos.File, b.Pos.File); c != 0 {
		return c
	}
	if c := a.Pos.Line - b.Pos.Line; c != 0 {
		return c
	}
	if c := a.Pos.Col - b.Pos.Col; c != 0 {
		return c
	}
	if c := strings.Compare(a.Pointer, b.Pointer); c != 0 {
		return c
	}
	return strings.Compare(a.Code+a.Message, b.Code+b.Message)
}

// Error makes a list an error; it is one line per diagnostic.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, d := range l {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}
