package load

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// checker walks through the files of a document, each part as the shape that
// its place asks for, and follows references to what they name.
type checker struct {
	*reader
	file   *source
	tokens []string // the way from the root of file to where the walk is
	queue  []target
	refs   map[refKey]found
	// siblings tells that members next to a $ref count: since OpenAPI 3.1.
	siblings bool
}

// target is a place that a reference named, still to be walked.
type target struct {
	file   *source
	node   *node
	tokens []string
	shape  string
}

func newChecker(r *reader) *checker { return &checker{reader: r, refs: map[refKey]found{}} }

// document checks all that the document has and refers to.
func (c *checker) document(main *source) {
	c.file = main
	if !c.version(main.root) {
		return
	}
	c.check(main.root, "document")
	for len(c.queue) > 0 {
		next := c.queue[0]
		c.queue = c.queue[1:]
		c.file, c.tokens = next.file, next.tokens
		c.check(next.node, next.shape)
	}
	c.file, c.tokens = main, nil
	if c.found == nil && main.root.get("paths") == nil && main.root.get("components") == nil {
		c.fail(main.root, "nothing-to-generate", "the document has neither paths nor components: add one of them")
	}
}

// fail reports a problem of where the walk is.
func (c *checker) fail(n *node, code, format string, args ...any) {
	c.report(c.file, n, c.tokens, code, format, args...)
}

// in does f one step further in.
func (c *checker) in(token string, f func()) {
	c.tokens = append(c.tokens, token)
	f()
	c.tokens = c.tokens[:len(c.tokens)-1]
}

var supported = regexp.MustCompile(`^3\.[01](\.[0-9]+)?(-.*)?$`)

// version tells whether the document is one of ours at all.
func (c *checker) version(root *node) bool {
	if root.kind != object {
		c.fail(root, "not-an-object", "the document must be an object, is %s", root.kind)
		return false
	}
	v := root.get("openapi")
	switch {
	case v == nil && root.get("swagger") != nil:
		v = root.get("swagger")
		c.fail(v, "unsupported-version", "this is Swagger %s: convert the document to OpenAPI 3", v.text)
	case v == nil:
		c.fail(root, "missing-version", "the document has no openapi member: add openapi: 3.1.0, or the version that it follows")
	case v.kind != text:
		c.fail(v, "unsupported-version", "openapi must be text such as \"3.1.0\", is %s: put it in quotes", v.kind)
	case !supported.MatchString(v.text):
		c.fail(v, "unsupported-version", "OpenAPI %s is not supported: 3.0 and 3.1 are", v.text)
	}
	c.siblings = v != nil && !strings.HasPrefix(v.text, "3.0")
	return c.found == nil
}

// check walks n as what its place wants.
func (c *checker) check(n *node, want string) {
	switch {
	case want == "any":
	case want == "const" && n.kind == null:
		c.fail(n, "unsupported-const", "null can't be a const: write type: \"null\"")
	case want[0] == '[':
		c.items(n, want[1:len(want)-1])
	case want[0] == '{':
		c.members(n, want[1:len(want)-1])
	case shapes[want] != nil:
		c.shape(n, want)
	default:
		c.scalar(n, want)
	}
}

func (c *checker) wrong(n *node, want string) {
	name := "this"
	if len(c.tokens) > 0 {
		name = c.tokens[len(c.tokens)-1]
	}
	hint := ""
	if want == "text" && (n.kind == number || n.kind == boolean) {
		hint = ": put it in quotes"
	}
	is := n.kind.String()
	if n.kind == number {
		is = "the number " + n.text
	}
	c.fail(n, "wrong-type", "%s must be %s, is %s%s", name, want, is, hint)
}

// items checks a list. YAML's empty value is an empty list, or object.
func (c *checker) items(n *node, each string) {
	if n.kind == null {
		return
	}
	if n.kind != list {
		c.wrong(n, "a list")
		return
	}
	for i, kid := range n.kids {
		c.in(strconv.Itoa(i), func() { c.check(kid, each) })
	}
}

func (c *checker) members(n *node, each string) {
	if n.kind == null {
		return
	}
	if n.kind != object {
		c.wrong(n, "an object")
		return
	}
	for _, kid := range n.kids {
		if each == "any" || extension(kid.key) && kid.kind != object && kid.kind != boolean {
			continue
		}
		c.in(kid.key, func() { c.check(kid, each) })
	}
}

func extension(key string) bool { return strings.HasPrefix(key, "x-") }

// shape checks an object of a known shape, or the reference to one.
func (c *checker) shape(n *node, name string) {
	s := shapes[name]
	if n.seen&s.bit != 0 || name == "schema" && n.kind == boolean {
		return
	}
	n.seen |= s.bit
	if n.kind != object {
		c.wrong(n, "an object")
		return
	}
	if ref := n.get("$ref"); ref != nil && s.ref {
		c.in("$ref", func() { c.reference(ref, name) })
		if !c.siblings {
			return
		}
	} else {
		c.needs(n, s, name)
	}
	c.parts(n, s)
	if name == "discriminator" {
		c.mapping(n.get("mapping"))
	}
}

func (c *checker) needs(n *node, s *shape, name string) {
	for _, need := range s.needs {
		if n.get(need) == nil {
			c.fail(n, "missing-member", "a %s needs the member %s: add it", name, need)
		}
	}
}

// parts checks the members of an object of a known shape.
func (c *checker) parts(n *node, s *shape) {
	for _, kid := range n.kids {
		want, ok := s.members[kid.key]
		if !ok {
			want = s.rest
		}
		if want == "" || extension(kid.key) || kid.key == "$ref" && s.ref {
			continue
		}
		c.in(kid.key, func() { c.check(kid, want) })
	}
}

// scalar checks a value without parts.
func (c *checker) scalar(n *node, want string) {
	if n.kind == null {
		return
	}
	switch want {
	case "text":
		c.one(n, n.kind == text, "text")
	case "bool":
		c.one(n, n.kind == boolean, "true or false")
	case "number", "limit":
		c.one(n, n.kind == number, "a number")
		c.exact(n, want)
	case "bound":
		c.one(n, n.kind == number || n.kind == boolean, "a number, or true or false")
		c.exact(n, want)
	case "constant", "const":
		c.exact(n, want)
	case "count":
		_, err := strconv.ParseUint(n.text, 10, 64)
		c.one(n, n.kind == number && err == nil, "an integer from 0 on")
	case "texts":
		if n.kind == list {
			c.items(n, "text")
			return
		}
		c.one(n, n.kind == text, "text or a list of text")
	}
}

// exact reports a number that would be rounded: the library keeps numbers as
// float64. A limit beyond int64 may be.
func (c *checker) exact(n *node, want string) {
	if n.kind != number {
		return
	}
	f, err := strconv.ParseFloat(n.text, 64)
	same := func(format byte, precision int) bool {
		return digits(n.text) == digits(strconv.FormatFloat(f, format, precision, 64))
	}
	if err == nil && (same('e', -1) || same('f', 0) || want == "limit" && math.Abs(f) >= 1<<63) {
		return
	}
	c.fail(n, "inexact-number", "%s has more digits than can be kept, or is out of range: write a number of at most 15 digits", n.text)
}

// digits returns the digits of a number that count, wherever its point is.
func digits(text string) string {
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	return strings.Trim(strings.NewReplacer(".", "", "-", "", "+", "").Replace(mantissa), "0")
}

func (c *checker) one(n *node, ok bool, want string) {
	if !ok {
		c.wrong(n, want)
	}
}
