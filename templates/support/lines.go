package support

import (
	"strconv"
	"strings"
)

// The fields of a struct are described by a text with a line for each, which Go
// compiles in no time. Composite literals of them took a tenth of the time that
// a whole package did:
//
//	id required maxLength=5000
//	object required const=account
//	status required of
//	holder null
//		type required of
//
// A line begins with a tab for the struct, and one for each within which that
// is described. The first word is the member's name on the wire. What else
// there is to say of it follows, in the words of [member]: of and check take
// the next of the references that go with the text, and const is the check that
// the member is that text. The lines below one that have a tab more are about
// the fields of the struct that it is, or that it has a list of.
//
// A word that is empty or has more than letters, digits and -.@_$ in it is
// quoted, as Go quotes texts, without spaces.

// lines are what is left of such a text, and of its references.
type lines struct {
	of   string // the Go type that they describe
	text string
	refs []any
}

// members returns the descriptor's fields.
func (d *descriptor) members(of string) []member {
	l := lines{of, strings.TrimPrefix(d.fields, "\n"), d.refs}
	list := l.members(make([]member, 0, strings.Count(l.text, "\n")), "\t")
	if l.text != "" || len(l.refs) > 0 {
		disagree(of, "has %d references that no line needs, and the misplaced lines %q", len(l.refs), l.text)
	}
	return list
}

// members appends what the lines behind an indentation say to list.
func (l *lines) members(list []member, indent string) []member {
	for strings.HasPrefix(l.text, indent) {
		var line string
		line, l.text, _ = strings.Cut(l.text[len(indent):], "\n")
		list = append(list, member{})
		m := &list[len(list)-1]
		l.member(m, line)
		if strings.HasPrefix(l.text, indent) && strings.HasPrefix(l.text[len(indent):], "\t") {
			m.of = l.members(nil, indent+"\t")
		}
	}
	return list
}

// member reads a line.
func (l *lines) member(m *member, line string) {
	word, rest, more := strings.Cut(line, " ")
	if m.name = l.unquoted(word); strings.HasPrefix(word, "\t") {
		disagree(l.of, "has the misplaced line %q", line)
	}
	for more {
		word, rest, more = strings.Cut(rest, " ")
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "required":
			m.required = true
		case "readOnly":
			m.readOnly = true
		case "writeOnly":
			m.writeOnly = true
		case "null":
			m.null = true
		case "open":
			m.open = true
		case "untyped":
			m.untyped = true
		case "maxLength":
			n, err := strconv.ParseInt(value, 10, 32)
			if err != nil {
				disagree(l.of, "has the length %q", value)
			}
			m.maxLength = int32(n)
		case "const":
			m.check = &check{{op: opConst, of: &literals{{typ: typeString, str: l.unquoted(value)}}}}
		case "in":
			m.in = location(l.number(locationWords, value))
		case "style":
			m.style = l.style(value)
		case "check":
			var ok bool
			if m.check, ok = l.next().(*check); !ok {
				disagree(l.of, "has no assertions where member %q needs them", m.name)
			}
		case "of":
			m.of = l.next()
		default:
			disagree(l.of, "has the unknown word %q", word)
		}
	}
}

// next takes the next reference.
func (l *lines) next() any {
	if len(l.refs) == 0 {
		disagree(l.of, "has fewer references than its lines need")
	}
	next := l.refs[0]
	l.refs = l.refs[1:]
	return next
}

func (l *lines) unquoted(word string) string {
	if !strings.HasPrefix(word, `"`) {
		return word
	}
	text, err := strconv.Unquote(word)
	if err != nil {
		disagree(l.of, "has the word %s, which is not quoted as in Go", word)
	}
	return text
}

// style reads a style and its flags, as in simple|exploded.
func (l *lines) style(text string) style {
	var s style
	for more := true; more; {
		var word string
		word, text, more = strings.Cut(text, "|")
		switch word {
		case "exploded":
			s |= styleExploded
		case "reserved":
			s |= styleReserved
		case "spelled":
			s |= styleSpelled
		default:
			s |= style(l.number(styleWords, word))
		}
	}
	return s
}

// locationWords and styleWords are what the constants are called in lines, in
// their order.
const (
	locationWords = " query form header cookie json multipart body text path "
	styleWords    = " explode form space pipe json simple label matrix content "
)

// number returns the number of a word in such a list, from 1.
func (l *lines) number(words, word string) int {
	before, _, found := strings.Cut(words, " "+word+" ")
	if !found {
		disagree(l.of, "has the unknown word %q", word)
	}
	return strings.Count(before, " ") + 1
}
