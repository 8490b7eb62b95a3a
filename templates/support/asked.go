package support

import (
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
)

// This file reads patterns for the generator. Generated packages don't have it.

// Run is one run of a sequence.
type Run struct {
	Class       [2]uint64 // a set of ASCII characters
	Least, Most int       // how often; Most is negative where there is no end
}

// Sequence reads an expression as a sequence: the text after its ^, the runs that
// follow, and whether it ends with $. It is not ok where it is none.
func Sequence(expr string) (start string, list []Run, end, ok bool) {
	s := readSequence(expr)
	if s == nil {
		return "", nil, false, false
	}
	for _, r := range s.list {
		list = append(list, Run{r.class, r.least, r.most})
	}
	return s.start, list, s.end, true
}

func (c *class) add(from, to byte) {
	for ; from <= to; from++ {
		c[from>>6] |= 1 << (from & 63)
	}
}

func (c *class) meets(d *class) bool { return c[0]&d[0]|c[1]&d[1] != 0 }

// isPlain tells whether no run can take what one after it needs: where the length
// of a run is open, it has no character in common with what may follow.
func (r *sequence) isPlain() bool {
	for i := range r.list {
		if r.list[i].least == r.list[i].most {
			continue
		}
		for j := i + 1; j < len(r.list); j++ {
			if r.list[i].class.meets(&r.list[j].class) {
				return false
			}
			if r.list[j].least > 0 {
				break
			}
		}
	}
	return true
}

// readSequence reads an expression, or returns nil if it is none of that kind.
func readSequence(expr string) *sequence {
	rest, ok := strings.CutPrefix(expr, "^")
	r := &sequence{expr: expr}
	for ok && rest != "" && rest != "$" {
		var x run
		if rest, ok = x.readClass(rest); ok {
			rest, ok = x.readCount(rest)
		}
		r.list = append(r.list, x)
	}
	r.end = rest == "$"
	if !ok || !r.isPlain() {
		return nil
	}
	for len(r.list) > 0 && r.list[0].isOne() {
		r.start += string(rune(r.list[0].class.first()))
		r.list = r.list[1:]
	}
	return r
}

// isOne tells whether a run is one character, once.
func (r *run) isOne() bool {
	var one class
	c := r.class.first()
	one.add(c, c)
	return r.least == 1 && r.most == 1 && r.class == one
}

// first returns the first character of a class.
func (c *class) first() byte {
	if c[0] != 0 {
		return byte(bits.TrailingZeros64(c[0]))
	}
	return byte(64 + bits.TrailingZeros64(c[1]))
}

// readClass reads a character or a class and returns what follows it.
func (r *run) readClass(s string) (string, bool) {
	if s[0] != '[' {
		return r.readChar(s, `^$.|?*+()[]{}`)
	}
	for s = s[1:]; s != "" && s[0] != ']'; {
		before := r.class
		r.class = class{}
		rest, ok := r.readChar(s, `^[`)
		if !ok {
			return "", false
		}
		if len(rest) > 1 && rest[0] == '-' && rest[1] != ']' {
			if s[0] == '\\' || !isAlphanumeric(s[0]) || !isAlphanumeric(rest[1]) || s[0] > rest[1] {
				return "", false
			}
			r.class.add(s[0], rest[1])
			rest = rest[2:]
		}
		r.class[0] |= before[0]
		r.class[1] |= before[1]
		s = rest
	}
	if s == "" || r.class == (class{}) {
		return "", false
	}
	return s[1:], true
}

// readChar reads a character, or an escape for some, but none of special.
func (r *run) readChar(s, special string) (string, bool) {
	switch c := s[0]; {
	case c >= utf8.RuneSelf, strings.IndexByte(special, c) >= 0:
		return "", false
	case c != '\\':
		r.class.add(c, c)
		return s[1:], true
	case len(s) == 1:
		return "", false
	}
	switch c := s[1]; {
	case c == 'd':
		r.class.add('0', '9')
	case c == 'w':
		r.class.add('0', '9')
		r.class.add('A', 'Z')
		r.class.add('a', 'z')
		r.class.add('_', '_')
	case c > ' ' && c < 0x7f && !isAlphanumeric(c):
		r.class.add(c, c)
	default:
		return "", false
	}
	return s[2:], true
}

// maxCount is the largest number of repetitions that package regexp takes.
const maxCount = 1000

// readCount reads how often the class repeats.
func (r *run) readCount(s string) (string, bool) {
	r.least, r.most = 1, 1
	if s == "" {
		return "", true
	}
	switch s[0] {
	case '*':
		r.least, r.most = 0, -1
	case '+':
		r.most = -1
	case '?':
		r.least = 0
	case '{':
		text, rest, ok := strings.Cut(s[1:], "}")
		return rest, ok && r.readNumbers(text) && !isRepeat(rest)
	default:
		return s, true
	}
	return s[1:], !isRepeat(s[1:])
}

// isRepeat tells whether a second repetition follows: a lazy one, or an error.
func isRepeat(s string) bool { return s != "" && strings.IndexByte("*+?{", s[0]) >= 0 }

// readNumbers reads what is between the braces: one number, or two with a comma,
// of which the second may be missing.
func (r *run) readNumbers(s string) bool {
	low, high, two := strings.Cut(s, ",")
	least, err := strconv.ParseUint(low, 10, 16)
	most := least
	if two && high != "" && err == nil {
		most, err = strconv.ParseUint(high, 10, 16)
	}
	r.least, r.most = int(least), int(most)
	if two && high == "" {
		r.most = -1
	}
	return err == nil && least <= most && most <= maxCount
}
