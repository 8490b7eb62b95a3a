package emit

import (
	docs "go/doc/comment"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
)

// Every string that comes from a document reaches the output through comment
// or lit, which is what keeps text from becoming code.

// lineWidth is where comments wrap, in columns without the marker.
const lineWidth = 97

// comment returns text as line comments, wrapped; nothing for empty text.
func comment(text string) *jen.Statement {
	out := jen.Null()
	for i, line := range commentLines(text) {
		if i > 0 {
			out.Line()
		}
		// A comment of jennifer that begins with // is written as it is.
		out.Comment(strings.TrimRight("// "+line, " "))
	}
	return out
}

// commentLines breaks text into lines that are safe behind "// ": no control
// characters or line separators, no build constraints. Paragraphs and list
// items of the text stay what they are.
func commentLines(text string) []string {
	var w wrapper
	for _, line := range strings.Split(quotes.Replace(strings.Map(lineBreaks, text)), "\n") {
		w.add(strings.FieldsFunc(line, isBlank))
	}
	if w.hasList || hasHeading(w.lines) {
		return asFormatted(w.lines)
	}
	return w.lines
}

// hasHeading tells whether there is a line that gofmt could take for a heading
// and mark as one: it stands alone, between others.
func hasHeading(lines []string) bool {
	for i := 2; i < len(lines)-2; i++ {
		if lines[i-1] != "" || lines[i+1] != "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(lines[i])
		last, _ := utf8.DecodeLastRuneInString(lines[i])
		if unicode.IsUpper(first) && (unicode.IsLetter(last) || unicode.IsDigit(last)) {
			return true
		}
	}
	return false
}

// asFormatted returns the lines as gofmt writes them in a doc comment.
func asFormatted(lines []string) []string {
	var parser docs.Parser
	var printer docs.Printer
	text := string(printer.Comment(parser.Parse(strings.Join(lines, "\n"))))
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// quotes does beforehand what gofmt does to doc comments, so that no line
// changes once its length has been counted.
var quotes = strings.NewReplacer("``", "“", "''", "”")

// lineBreaks maps everything that some reader takes for a line break to \n.
func lineBreaks(r rune) rune {
	switch r {
	case '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return '\n'
	}
	return r
}

// isBlank also drops what has no business in source: control characters, byte
// order marks, bidirectional overrides.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError || unicode.Is(unicode.Cf, r)
}

// wrapper collects wrapped lines.
type wrapper struct {
	lines   []string
	gap     bool // a blank line is due before the next
	inList  bool
	hasList bool
}

// add appends one line of the text, already split into words.
func (w *wrapper) add(words []string) {
	if len(words) == 0 {
		w.gap = len(w.lines) > 0
		return
	}
	// gofmt is not idempotent on a comment that begins with a list.
	item := isBullet(words[0]) && len(words) > 1 && len(w.lines) > 0
	if item {
		words = words[1:]
	}
	if len(w.lines) > 0 && (w.gap || item != w.inList || words[0] == "Deprecated:") {
		w.lines = append(w.lines, "")
	}
	w.gap, w.inList, w.hasList = false, item, w.hasList || item
	w.wrap(words, item)
}

func (w *wrapper) wrap(words []string, item bool) {
	first, rest := "", ""
	if item {
		first, rest = "  - ", "    "
	}
	line := first + plainStart(words[0])
	for _, word := range words[1:] {
		if len(line)+1+len(word) > lineWidth {
			w.lines = append(w.lines, line)
			line = rest + plainStart(word)
			continue
		}
		line += " " + word
	}
	w.lines = append(w.lines, line)
}

func isBullet(word string) bool { return word == "-" || word == "*" || word == "+" || word == "•" }

// plainStart keeps a line from reading as a list item, heading or build
// constraint, which gofmt would rewrite.
func plainStart(word string) string {
	switch {
	case isBullet(word):
		return "–"
	case strings.HasPrefix(word, "#") || strings.HasPrefix(word, "+build"):
		return `\` + word
	}
	return word
}

// lit returns a string literal.
func lit(s string) *jen.Statement { return jen.Lit(s) }
