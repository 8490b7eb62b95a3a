package render

import (
	"html/template"
	"strings"
)

// phrase is a part of what a change says.
type phrase struct {
	Text string
	Code bool
}

// phrases takes a text apart at its backticks, between which there is code. A
// backtick that has no other is only itself.
func phrases(s string) []phrase {
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 {
		return []phrase{{Text: s}}
	}
	var out []phrase
	for i, part := range parts {
		if part != "" {
			out = append(out, phrase{part, i%2 == 1})
		}
	}
	return out
}

// inMarkdown is a text with its code as spans of code.
func inMarkdown(s string) string {
	var b strings.Builder
	for _, p := range phrases(plain(s)) {
		if p.Code {
			b.WriteString(code(p.Text))
		} else {
			b.WriteString(escapeWithin(p.Text))
		}
	}
	return b.String()
}

// inHTML is a text with its code as elements of code.
func inHTML(s string) template.HTML {
	var b strings.Builder
	for _, p := range phrases(visible(s)) {
		text := template.HTMLEscapeString(p.Text)
		if p.Code {
			text = "<code>" + text + "</code>"
		}
		b.WriteString(text)
	}
	return template.HTML(b.String())
}

// inText is a text for terminals: in colours, code needs no backticks.
func (t *textWriter) inText(s string) string {
	if !t.color {
		return plain(s)
	}
	var b strings.Builder
	for _, p := range phrases(plain(s)) {
		if p.Code {
			p.Text = t.paint(codeStyle, p.Text)
		}
		b.WriteString(p.Text)
	}
	return b.String()
}
