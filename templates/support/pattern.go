package support

import (
	"regexp"
	"sync"
)

// pattern is a regular expression of the document, compiled when it is first
// needed. Like all patterns of JSON Schema it is not anchored (2020-12
// validation, section 6.3.3).
//
// The document writes the dialect of ECMA-262. What Go reads differently is
// rewritten or refused when the code is generated, so that expr always
// compiles. The same in both are ^ and $ (the ends of the text, not of lines:
// a final line feed is no end), \d and \w (ASCII), classes, repetitions and
// groups. Different are \s (Unicode spaces in ECMA-262), the dot (which leaves
// out U+2028 and U+2029 there), \u escapes, and what Go does not have:
// look-around and back-references.
//
// Only tables with such patterns lead to this type, so that a program without
// any does not link package regexp. See sequence for the others.
type pattern struct {
	expr string
	once sync.Once
	re   *regexp.Regexp
}

func (p *pattern) match(s string) bool {
	p.once.Do(func() { p.re = regexp.MustCompile(p.expr) })
	return p.re.MatchString(s)
}

func (p *pattern) text() string { return p.expr }
