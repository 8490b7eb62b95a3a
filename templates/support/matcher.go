package support

import "strings"

// The patterns here are the most frequent ones of documents. They need no
// package regexp, which takes 0.3 MB of a program.

// beginning is a circumflex and a text without characters that mean something
// else.
type beginning string

func (b beginning) match(s string) bool { return strings.HasPrefix(s, string(b)) }

func (b beginning) text() string { return "^" + string(b) }

// repetition is a set of ASCII characters that is repeated from the beginning
// of a text to its end, as in ^[a-z]{3}$.
type repetition struct {
	expr   string
	ranges string // the first and the last character of each
	least  int
	most   int // -1 for any number
}

func (r *repetition) match(s string) bool {
	if len(s) < r.least || r.most >= 0 && len(s) > r.most {
		return false
	}
	for i := range len(s) {
		if !r.has(s[i]) {
			return false
		}
	}
	return true
}

func (r *repetition) has(c byte) bool {
	for i := 0; i < len(r.ranges); i += 2 {
		if r.ranges[i] <= c && c <= r.ranges[i+1] {
			return true
		}
	}
	return false
}

func (r *repetition) text() string { return r.expr }

// plain returns the runs that the repetition is.
func (r *repetition) plain() *runs {
	x := run{least: r.least, most: r.most}
	for i := 0; i < len(r.ranges); i += 2 {
		x.class.add(r.ranges[i], r.ranges[i+1])
	}
	return &runs{list: []run{x}, end: true}
}
