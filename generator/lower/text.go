package lower

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// tag matches an HTML tag that descriptions use. Anything else with angle
// brackets, as <id>, is text.
var tag = regexp.MustCompile(`(?is)<(/?)(p|br|code|pre|a|b|strong|i|em|ul|ol|li|h[1-6]|span|div|table|thead|tbody|tr|td|th|blockquote)(\s[^>]*)?/?>`)

var href = regexp.MustCompile(`(?is)href\s*=\s*["']([^"']*)["']`)

// plainText returns a description as plain text: HTML, where there is any, is
// taken out, and the ends are trimmed.
func plainText(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if !strings.Contains(s, "<") || !tag.MatchString(s) {
		return s
	}
	return withoutTags(s)
}

// withoutTags writes paragraphs and lists with line breaks, code in backticks,
// and the address of a link behind its text.
func withoutTags(s string) string {
	var b strings.Builder
	link := ""
	for {
		at := tag.FindStringSubmatchIndex(s)
		if at == nil {
			break
		}
		b.WriteString(html.UnescapeString(s[:at[0]]))
		closing, name := at[2] != at[3], strings.ToLower(s[at[4]:at[5]])
		if name == "a" && !closing {
			link = address(s[at[0]:at[1]])
		}
		b.WriteString(inPlaceOf(name, closing, link))
		s = s[at[1]:]
	}
	b.WriteString(html.UnescapeString(s))
	return tidy(b.String())
}

// address returns the target of a link, if it leads anywhere by itself.
func address(open string) string {
	m := href.FindStringSubmatch(open)
	if m == nil || !strings.HasPrefix(m[1], "http") {
		return ""
	}
	return html.UnescapeString(m[1])
}

// inPlaceOf returns what stands for a tag in plain text.
func inPlaceOf(name string, closing bool, link string) string {
	switch {
	case name == "code":
		return "`"
	case name == "a" && closing && link != "":
		return " (" + link + ")"
	case name == "li" && !closing:
		return "\n- "
	case name == "br" || name == "tr":
		return "\n"
	case name == "p" || name == "ul" || name == "ol" || name == "pre" || strings.HasPrefix(name, "h"):
		return "\n\n"
	case name == "td" || name == "th":
		return " "
	}
	return ""
}

var (
	spaceEnds  = regexp.MustCompile(`[ \t]+\n`)
	emptyLines = regexp.MustCompile(`\n{3,}`)
)

func tidy(s string) string {
	s = spaceEnds.ReplaceAllString(s, "\n")
	return strings.TrimSpace(emptyLines.ReplaceAllString(s, "\n\n"))
}

// oneLine returns a description as one sentence for a message.
func oneLine(s string) string { return strings.Join(strings.Fields(plainText(s)), " ") }

// jsonText returns a value as JSON writes it, "" for none. Maps come sorted.
func jsonText(v any) string {
	if v == nil {
		return ""
	}
	text, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(text)
}
