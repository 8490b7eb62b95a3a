package render

import (
	"fmt"
	"strings"
	"unicode"
)

// plain makes a text one line without characters that do something: what would
// move a terminal's cursor, change its colours or turn the direction of writing
// is spelled out.
func plain(s string) string {
	return strings.Join(strings.Fields(visible(strings.Map(breaksToSpaces, s))), " ")
}

func breaksToSpaces(r rune) rune {
	switch r {
	case '\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return ' '
	}
	return r
}

// plainLines is plain for a text of several lines, whose indentation stays.
func plainLines(s string) []string {
	lines := strings.Split(strings.Trim(strings.ReplaceAll(s, "\r\n", "\n"), "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(visible(strings.ReplaceAll(line, "\t", "    ")), " ")
	}
	return lines
}

// visible spells out what has no shape of its own: controls, and what formats
// the text around it. Tabs stay.
func visible(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		if r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029') {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// remedy divides what there is to do into a sentence and what is to be copied.
// The first line is the sentence if there is only one, or if it introduces the
// others: it has words, and ends with a colon.
func remedy(s string) (sentence string, copied []string) {
	lines := plainLines(s)
	first := strings.TrimSpace(lines[0])
	if len(lines) == 1 || strings.Contains(first, " ") && strings.HasSuffix(first, ":") {
		return first, lines[1:]
	}
	return "", lines
}
