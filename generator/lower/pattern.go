package lower

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Patterns are written in the dialect of ECMA-262, with the flag u. goPattern
// rewrites one for Go's regexp where the two spell or read something
// differently, and fails where Go can't say it. What both read alike stays as
// it is written.
func goPattern(expr string) (string, error) {
	t := &translator{rest: expr}
	for t.rest != "" && t.err == nil {
		t.outside()
	}
	if t.err != nil {
		return "", t.err
	}
	_, err := regexp.Compile(t.out.String())
	return t.out.String(), plainSyntax(err)
}

// plainSyntax says in a few words why Go refuses an expression.
func plainSyntax(err error) error {
	var bad *syntax.Error
	switch {
	case !errors.As(err, &bad):
		return err
	case bad.Code == syntax.ErrInvalidRepeatSize:
		return errors.New("a repetition of more than 1,000 is not possible")
	case bad.Code == syntax.ErrLarge:
		return errors.New("it is too large")
	}
	return errors.New(bad.Code.String())
}

// The sets that the dialects define differently: as ranges within brackets.
const (
	spaces    = `\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
	nonSpaces = `\x00-\x08\x0e-\x1f!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}` +
		`\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`
	anyButLineEnds = `[^\n\r\x{2028}\x{2029}]`
)

// translator walks over an expression.
type translator struct {
	rest string
	out  strings.Builder
	err  error
}

func (t *translator) fail(message string) {
	if t.err == nil {
		t.err = errors.New(message)
	}
}

// take moves n bytes to the output as they are.
func (t *translator) take(n int) {
	t.out.WriteString(t.rest[:n])
	t.rest = t.rest[n:]
}

// outside translates what stands outside of brackets.
func (t *translator) outside() {
	switch {
	case strings.HasPrefix(t.rest, "(?"):
		t.group()
	case t.rest[0] == '[':
		t.class()
	case t.rest[0] == '\\':
		t.escape(false)
	case t.rest[0] == '.':
		t.rest = t.rest[1:]
		t.out.WriteString(anyButLineEnds)
	default:
		t.take(1)
	}
}

var named = regexp.MustCompile(`^\(\?<[A-Za-z_][A-Za-z0-9_]*>`)

// group checks how a group opens: what else Go knows, such as (?P<name>, is no
// ECMA-262, and look-around is nothing that Go knows.
func (t *translator) group() {
	switch name := named.FindString(t.rest); {
	case name != "":
		t.take(len(name))
	case strings.HasPrefix(t.rest, "(?:"):
		t.take(len("(?:"))
	case strings.HasPrefix(t.rest, "(?="), strings.HasPrefix(t.rest, "(?!"), strings.HasPrefix(t.rest, "(?<="), strings.HasPrefix(t.rest, "(?<!"):
		t.fail("they have no look-around")
	default:
		t.fail("the group " + t.rest[:min(4, len(t.rest))] + " is not supported")
	}
}

// class translates what stands in brackets.
func (t *translator) class() {
	switch {
	case strings.HasPrefix(t.rest, "[]"):
		t.fail("an empty class is not supported")
	case strings.HasPrefix(t.rest, "[^]"):
		t.rest = t.rest[len("[^]"):]
		t.out.WriteString(`[\x00-\x{10ffff}]`)
		return
	}
	t.take(1)
	for t.rest != "" && t.err == nil {
		switch t.rest[0] {
		case ']':
			t.take(1)
			return
		case '\\':
			t.escape(true)
		case '[': // Go reads [:word:] as a class of its own
			t.rest = t.rest[1:]
			t.out.WriteString(`\[`)
		default:
			t.take(1)
		}
	}
	t.fail("a bracket is not closed")
}

// escape translates what begins with a backslash.
func (t *translator) escape(within bool) {
	if len(t.rest) == 1 {
		t.fail("a backslash ends it")
		return
	}
	switch c := t.rest[1]; c {
	case 's', 'S':
		t.space(c == 'S', within)
	case 'u':
		t.unicode()
	case 'x':
		t.hexadecimal(2, 2)
	case 'c':
		t.control()
	case '0':
		t.char(0, 2)
	case 'p', 'P':
		t.property()
	case 'b':
		if within {
			t.char('\b', 2)
			return
		}
		t.take(2)
	case 'd', 'D', 'w', 'W', 'f', 'n', 'r', 't', 'v', 'B':
		t.take(2)
	default:
		t.identity(c)
	}
}

// identity translates an escaped character that stands for itself. Letters and
// digits never do with the flag u, and Go gives some a meaning.
func (t *translator) identity(c byte) {
	switch {
	case c >= '1' && c <= '9' || c == 'k':
		t.fail("they have no back-references")
	case c >= utf8.RuneSelf:
		t.rest = t.rest[1:]
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		t.fail(`\` + string(c) + " means nothing")
	default:
		t.take(2)
	}
}

func (t *translator) space(not, within bool) {
	set := spaces
	switch {
	case within && not:
		set = nonSpaces
	case not:
		set = "[^" + spaces + "]"
	case !within:
		set = "[" + spaces + "]"
	}
	t.rest = t.rest[2:]
	t.out.WriteString(set)
	if within && strings.HasPrefix(t.rest, "-") { // no range begins with a set
		t.rest = t.rest[1:]
		t.out.WriteString(`\-`)
	}
}

// char writes a character by its number, in place of n bytes.
func (t *translator) char(c rune, n int) {
	t.rest = t.rest[n:]
	t.out.WriteString(`\x{` + strconv.FormatInt(int64(c), 16) + `}`)
}

var codePoint = regexp.MustCompile(`^\\u\{([0-9a-fA-F]{1,6})\}`)

// unicode translates \u{1f600} and \u00e9; two of the latter may be one
// character.
func (t *translator) unicode() {
	if m := codePoint.FindStringSubmatch(t.rest); m != nil {
		t.hexadecimal(len(`\u{`), len(m[1]))
		t.rest = strings.TrimPrefix(t.rest, "}")
		return
	}
	if pair := surrogates.FindStringSubmatch(t.rest); pair != nil {
		high, _ := strconv.ParseInt(pair[1], 16, 32)
		low, _ := strconv.ParseInt(pair[2], 16, 32)
		t.char(rune(high-0xd800)<<10+rune(low-0xdc00)+0x10000, len(pair[0]))
		return
	}
	t.hexadecimal(2, 4)
}

var surrogates = regexp.MustCompile(`^\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})`)

// hexadecimal translates an escape whose digits begin after some bytes.
func (t *translator) hexadecimal(from, digits int) {
	end := min(from+digits, len(t.rest))
	c, err := strconv.ParseUint(t.rest[from:end], 16, 32)
	if err != nil || end < from+digits || !utf8.ValidRune(rune(c)) {
		t.fail("an escape names no character")
		return
	}
	t.char(rune(c), end)
}

// control translates \cA.
func (t *translator) control() {
	if len(t.rest) < 3 || t.rest[2]|0x20 < 'a' || t.rest[2]|0x20 > 'z' {
		t.fail(`\c must be followed by a letter`)
		return
	}
	t.char(rune(t.rest[2]&0x1f), 3)
}

var unicodeProperty = regexp.MustCompile(`^\\[pP]\{(?:(?:General_Category|gc|Script|sc)=)?(\w+)\}`)

// property translates the names of categories and scripts.
func (t *translator) property() {
	m := unicodeProperty.FindStringSubmatch(t.rest)
	if m == nil {
		t.fail("a Unicode property is not supported")
		return
	}
	t.out.WriteString(t.rest[:2] + "{" + m[1] + "}")
	t.rest = t.rest[len(m[0]):]
}
