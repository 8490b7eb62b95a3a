package support

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// sequence is a pattern that begins with ^ and goes on with characters and
// classes of ASCII characters, each with a number of repetitions, as in
// ^[a-z]{3}$. Most patterns of documents are of that kind. They need no package
// regexp, which takes 0.3 MB of a program and is slower.
//
// The generator takes this type where readRuns can read the expression.
type sequence struct {
	_    incomparable
	expr string
	once sync.Once
	list *runs
}

func (s *sequence) match(text string) bool { return s.runs().match(text) }

func (s *sequence) text() string { return s.expr }

// runs reads the expression when it is first needed.
func (s *sequence) runs() *runs {
	s.once.Do(func() { s.list = readRuns(s.expr) })
	return s.list
}

// runs is a pattern that begins with ^ and goes on with runs of characters.
type runs struct {
	list []run
	end  bool // it ends with $
}

// run is a class of characters that repeats.
type run struct {
	class       class
	least, most int // most is negative where there is no end
}

// class is a set of ASCII characters.
type class [2]uint64

func (c *class) has(b byte) bool { return b < 128 && c[b>>6]>>(b&63)&1 != 0 }

func (c *class) add(from, to byte) {
	for ; from <= to; from++ {
		c[from>>6] |= 1 << (from & 63)
	}
}

func (c *class) meets(d *class) bool { return c[0]&d[0]|c[1]&d[1] != 0 }

// match takes as much for each run as there is. Nothing else could match: see
// isPlain.
func (r *runs) match(s string) bool {
	i := 0
	for k := range r.list {
		x := &r.list[k]
		end := len(s)
		if x.most >= 0 {
			end = min(end, i+x.most)
		}
		from := i
		for i < end && x.class.has(s[i]) {
			i++
		}
		if i-from < x.least {
			return false
		}
	}
	return i == len(s) || !r.end
}

// isPlain tells whether no run can take what one after it needs: where the length
// of a run is open, it has no character in common with what may follow.
func (r *runs) isPlain() bool {
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

// readRuns reads an expression, or returns nil if it is none of that kind.
func readRuns(expr string) *runs {
	rest, ok := strings.CutPrefix(expr, "^")
	r := new(runs)
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
	return r
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
