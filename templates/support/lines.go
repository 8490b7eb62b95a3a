package support

import (
	"math"
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

// lines is such a text, how far it has been read, and what is left of the
// references.
type lines struct {
	of   string // the Go type that is described
	tabs int    // what its lines begin with
	text string
	at   int
	refs []any
}

// lines returns those of a descriptor, for the Go type of.
func (d *descriptor) lines(of string) *lines {
	l := &lines{of: of, tabs: 1, text: d.fields, refs: d.refs}
	if l.text != "" {
		l.at = 1 // the first line begins on the next
	}
	return l
}

// end panics where lines or references are left.
func (l *lines) end() {
	if l.at < len(l.text) || len(l.refs) > 0 {
		disagree(l.of, "has %d references that no line needs, and the misplaced lines %q", len(l.refs), l.text[l.at:])
	}
}

// next reads the next line into m, if there is one. Where the lines below it are
// about fields of what it is about, these are its of: whoever describes that
// reads them.
func (l *lines) next(m *member) bool {
	switch tabs := l.indent(); {
	case tabs < l.tabs:
		return false
	case tabs > l.tabs:
		disagree(l.of, "has the misplaced lines %q", l.text[l.at:])
	}
	*m = member{}
	l.at += l.tabs
	l.member(m)
	if l.indent() > l.tabs {
		if m.of != nil {
			disagree(l.of, "has two things to say of what member %q is", m.name)
		}
		m.of = l
	}
	return true
}

// indent counts the tabs that the next line begins with.
func (l *lines) indent() int {
	tabs := 0
	for at := l.at; at < len(l.text) && l.text[at] == '\t'; at++ {
		tabs++
	}
	return tabs
}

// below returns the lines below the one that was read last, which are about
// another Go type. How far they have been read is for the caller to tell l.
func (l *lines) below(of string) *lines {
	return &lines{of: of, tabs: l.tabs + 1, text: l.text, at: l.at, refs: l.refs}
}

// word returns the word that comes next, and whether others follow in its line.
func (l *lines) word() (word string, more bool) {
	for at := l.at; at < len(l.text); at++ {
		if c := l.text[at]; c == ' ' || c == '\n' {
			word, l.at = l.text[l.at:at], at+1
			return word, c == ' '
		}
	}
	disagree(l.of, "has the line %q, which does not end", l.text[l.at:])
	return "", false
}

// member reads a line.
func (l *lines) member(m *member) {
	word, more := l.word()
	m.name = l.unquoted(word)
	for more {
		word, more = l.word()
		switch word {
		case "required":
			m.required = true
		case "null":
			m.null = true
		case "open":
			m.open = true
		case "of":
			m.of = l.ref()
		case "check":
			var ok bool
			if m.check, ok = l.ref().(*check); !ok {
				disagree(l.of, "has no assertions where member %q needs them", m.name)
			}
		case "untyped":
			m.untyped = true
		case "readOnly":
			m.readOnly = true
		case "writeOnly":
			m.writeOnly = true
		default:
			key, value, _ := strings.Cut(word, "=")
			l.keyed(m, key, value)
		}
	}
}

func (l *lines) keyed(m *member, key, value string) {
	switch key {
	case "maxLength":
		m.maxLength = l.length(value)
	case "const":
		m.check = &check{{op: opConst, of: &literals{{typ: typeString, str: l.unquoted(value)}}}}
	case "in":
		m.in = location(l.number(locationWords, value))
	case "style":
		m.style = l.style(value)
	default:
		disagree(l.of, "has the unknown word %q", key)
	}
}

func (l *lines) length(text string) int32 {
	n := natural(text)
	if n <= 0 || n > math.MaxInt32 || len(text) > len("2147483647") {
		disagree(l.of, "has the length %q", text)
	}
	return int32(n)
}

// ref takes the next reference.
func (l *lines) ref() any {
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
