package support

import (
	"strconv"
	"strings"
)

// ValidationError is what Validate returns: everything that is wrong with a
// value at once.
type ValidationError struct {
	Violations []Violation
}

// Violation is one assertion of the document that a value does not meet.
type Violation struct {
	// Path leads to the value, in wire names: account_holder.customer,
	// items[2].price, metadata["a b"]. It is empty for the value itself.
	Path string
	// Keyword is the keyword of JSON Schema that is not met: required, enum,
	// maxLength.
	Keyword string
	// Message says what must hold. It is the document's own sentence where
	// there is one. It never repeats the value, which may be personal or
	// secret; Path does hold the names of members, a map's keys among them.
	Message string
}

// Error lists all violations.
func (e *ValidationError) Error() string {
	texts := make([]string, len(e.Violations))
	for i, v := range e.Violations {
		texts[i] = v.String()
	}
	return strings.Join(texts, "; ")
}

// String returns the path and the message.
//
//go:noinline
func (v Violation) String() string {
	if v.Path == "" {
		return v.Message
	}
	return v.Path + ": " + v.Message
}

// pathStep is one step of a path.
type pathStep struct {
	_     incomparable
	name  string // of a member
	index int    // of an item, or one of the two below
}

const (
	stepMember = -1 // to the member of that name
	stepBody   = -2 // to the body of a request, which has no name
)

func itemStep(i int) pathStep         { return pathStep{index: i} }
func memberStep(name string) pathStep { return pathStep{name: name, index: stepMember} }

func (f *field) step() pathStep {
	if f.in == inJSON || f.in == inText || f.in == inBody {
		return pathStep{index: stepBody}
	}
	return memberStep(f.name)
}

// pathOf spells a path.
func pathOf(steps []pathStep) string {
	path := make([]string, len(steps))
	for i, s := range steps {
		switch {
		case s.index == stepBody:
		case s.index >= 0:
			path[i] = "[" + strconv.Itoa(s.index) + "]"
		case !isPlainName(s.name):
			path[i] = "[" + quoted(s.name) + "]"
		case i > 0 && steps[i-1].index != stepBody:
			path[i] = "." + s.name
		default:
			path[i] = s.name
		}
	}
	return strings.Join(path, "")
}

// isPlainName tells whether a name can follow a dot without quotes.
func isPlainName(s string) bool {
	for i := range len(s) {
		c := s[i]
		digit := '0' <= c && c <= '9'
		if c != '_' && !isLetter(c) && (i == 0 || !digit) {
			return false
		}
	}
	return s != ""
}

// keywords are the names of the assertions in JSON Schema.
var keywords = [...]string{
	opType:             "type",
	opEnum:             "enum",
	opConst:            "const",
	opMinLength:        "minLength",
	opMaxLength:        "maxLength",
	opPattern:          "pattern",
	opFormat:           "format",
	opMinimum:          "minimum",
	opMaximum:          "maximum",
	opExclusiveMinimum: "exclusiveMinimum",
	opExclusiveMaximum: "exclusiveMaximum",
	opMinItems:         "minItems",
	opMaxItems:         "maxItems",
	opItems:            "items",
	opPropertyNames:    "propertyNames",
	opRequired:         "required",
	opProperty:         "properties",
	opAllOf:            "allOf",
	opAnyOf:            "anyOf",
	opOneOf:            "oneOf",
	opNot:              "not",
	opIf:               "if",
	opNever:            "false",
}

const (
	messageRequired   = "is required"
	messageNotAllowed = "is not allowed"
)

// messageOf says what an assertion demands.
func messageOf(a *assertion) string {
	switch a.op {
	case opType:
		return "must be " + typeNames(jsonTypes(a.n))
	case opEnum, opConst:
		list := a.literals()
		return oneOfMessage(len(list), func(i int) string { return list[i].text() })
	case opMinLength:
		return "must be at least " + plural(a.n, "character") + " long"
	case opMaxLength:
		return "must be at most " + plural(a.n, "character") + " long"
	case opPattern:
		return "must match " + a.matcher().text()
	case opFormat:
		return "must be in the format " + a.of.(*format).name
	case opMinimum:
		return "must be at least " + a.limitText()
	case opMaximum:
		return "must be at most " + a.limitText()
	case opExclusiveMinimum:
		return "must be greater than " + a.limitText()
	case opExclusiveMaximum:
		return "must be less than " + a.limitText()
	case opMinItems:
		return "must have at least " + plural(a.n, "item")
	case opMaxItems:
		return "must have at most " + plural(a.n, "item")
	case opRequired:
		return messageRequired
	case opAnyOf:
		return choiceMessage(a.subs(), "at least one", "must match at least one of its alternatives")
	case opOneOf:
		return choiceMessage(a.subs(), "exactly one", "must match exactly one of its alternatives")
	case opNot:
		return notMessage(a.sub())
	case opKeyword:
		_, message := a.keyword().demand()
		return message
	}
	return messageNotAllowed
}

// choiceMessage names the members where every alternative asks for members
// and nothing else, which is how documents say that they exclude each other.
func choiceMessage(subs []check, howMany, otherwise string) string {
	sets := make([]string, len(subs))
	for i, c := range subs {
		if len(c) != 1 || c[0].op != opRequired {
			return otherwise
		}
		sets[i] = strings.Join(c[0].names(), " and ")
	}
	return "must have " + howMany + " of: " + strings.Join(sets, ", ")
}

func notMessage(c check) string {
	if len(c) == 1 && c[0].op == opRequired {
		return "must not have " + strings.Join(c[0].names(), " together with ")
	}
	return "must not match what the document excludes"
}

// maxListed is how many allowed values a message spells out.
const maxListed = 20

// oneOfMessage lists the allowed values.
func oneOfMessage(n int, at func(int) string) string {
	if n == 1 {
		return "must be " + at(0)
	}
	listed := make([]string, min(n, maxListed))
	for i := range listed {
		listed[i] = at(i)
	}
	text := "must be one of " + strings.Join(listed, ", ")
	if n > maxListed {
		text += " and " + strconv.Itoa(n-maxListed) + " more"
	}
	return text
}

// text spells a literal for a message.
func (l *literal) text() string {
	switch l.typ {
	case typeString:
		return quoted(l.str)
	case typeNull:
		return "null"
	}
	return l.str
}

// typeNames lists JSON types with their articles.
func typeNames(types jsonTypes) string {
	names := [...]string{"null", "a boolean", "an integer", "a number", "a string", "an array", "an object"}
	if types&typeNumber != 0 {
		types &^= typeInteger
	}
	var list []string
	for i, name := range names {
		if types&(1<<i) != 0 {
			list = append(list, name)
		}
	}
	return strings.Join(list, " or ")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

//go:noinline
func (a *assertion) limitText() string {
	if a.s != "" {
		return a.s
	}
	return decimalText(a.f)
}

func decimalText(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func quoted(s string) string { return strconv.Quote(s) }
