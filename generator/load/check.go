package load

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// checker walks through the files of a document, each part as the shape that
// its place asks for, and follows references to what they name.
type checker struct {
	*reader
	ctx    context.Context // ends the reading of further files
	file   *source
	base   *resource // what references count from
	tokens []string  // the way from the root of file to where the walk is
	queue  []target
	refs   map[refKey]found

	pending  []func() // references that have to be fetched
	fetching bool     // that is being done

	schemas int     // how many there are
	links   []*link // the references that lead somewhere
	shapeOf map[*node]string
	chains  map[*node]int         // how many references a reference leads through
	unions  []*node               // schemas with a discriminator
	nulls   []spot                // schemas with a const of null
	loose   map[string]*looseness // what is taken for what it means, by code
	said    int                   // bytes of text from elsewhere
	spreads int                   // references that one in place of several became
	// siblings tells that members next to a $ref count: since OpenAPI 3.1.
	siblings bool
}

// target is a place that a reference named, still to be walked.
type target struct {
	spot
	shape string
}

func newChecker(ctx context.Context, r *reader) *checker {
	return &checker{reader: r, ctx: ctx, refs: map[refKey]found{}, shapeOf: map[*node]string{}, chains: map[*node]int{},
		loose: map[string]*looseness{}}
}

// document checks all that the document has and refers to.
func (c *checker) document(main *source) {
	c.file, c.base = main, main.self
	if !c.version(main.root) {
		return
	}
	c.check(main.root, "document")
	c.drain()
	for len(c.pending) > 0 && c.ctx.Err() == nil {
		batch := c.pending
		c.pending, c.fetching = nil, true
		for _, do := range batch {
			do()
		}
		c.fetching = false
		c.drain()
	}
	c.file, c.tokens = main, nil
	if c.found == nil && main.root.get("paths") == nil && main.root.get("components") == nil && main.root.get("webhooks") == nil {
		c.fail(main.root, "nothing-to-generate", "the document has neither paths nor components nor webhooks: add one of them")
	}
}

// drain walks all places that references named.
func (c *checker) drain() {
	for len(c.queue) > 0 && c.ctx.Err() == nil && len(c.found) <= maxFound {
		next := c.queue[0]
		c.queue = c.queue[1:]
		c.file, c.tokens, c.base = next.file, next.tokens, next.file.resourceAt(next.tokens)
		c.check(next.node, next.shape)
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
	case v.kind != text && v.kind != number:
		c.fail(v, "unsupported-version", "openapi must be text such as \"3.1.0\", is %s", v.kind)
	case !supported.MatchString(v.text):
		c.fail(v, "unsupported-version", "OpenAPI %s is not supported: 3.0 and 3.1 are", v.text)
	}
	if v != nil && v.kind == number {
		c.in("openapi", func() { c.text(v) })
	}
	c.siblings = v != nil && !strings.HasPrefix(v.text, "3.0")
	return c.found == nil
}

// check walks n as what its place wants.
func (c *checker) check(n *node, want string) {
	switch {
	case want == "any":
	case want[0] == '[':
		c.spreadAs(n, want[1:len(want)-1])
		c.items(n, want[1:len(want)-1])
	case want[0] == '{':
		c.spreadAs(n, want[1:len(want)-1])
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
	is := n.kind.String()
	if n.kind == number {
		is = "the number " + n.text
	}
	c.fail(n, "wrong-type", "%s must be %s, is %s", name, want, is)
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
	was := c.base
	defer func() { c.base = was }()
	if name == "schema" {
		c.schema(n)
	}
	if ref := n.get("$ref"); ref != nil && s.ref {
		c.in("$ref", func() { c.reference(n, ref, name) })
		if !c.siblings && !s.copied {
			return
		}
	} else {
		c.needs(n, s, name)
	}
	if name == "paths" {
		c.pathLengths(n)
	}
	if name == "parameter" && n.get("schema") != nil && n.get("content") != nil {
		c.fail(n, "schema-and-content", "a parameter has a schema or content, not both: drop one of them")
	}
	if name == "components" {
		c.spread(n)
	}
	c.parts(n, s)
	if name == "discriminator" {
		c.mapping(n.get("mapping"))
	}
}

// maxSchemas bounds schemas, which take far more memory than other values.
const maxSchemas = 400_000

// schema notes what a schema has that is settled when all is read.
func (c *checker) schema(n *node) {
	if c.schemas++; c.schemas == maxSchemas+1 {
		c.fail(n, "too-large", "the document has more than 400,000 schemas: divide it")
	}
	if inner := c.file.inner[n]; inner != nil {
		c.base = inner
	}
	if examples := n.get("examples"); examples != nil && examples.kind != list {
		n.drop(examples) // nothing follows from them, and the library reads a list
	}
	if n.get("discriminator") != nil {
		c.unions = append(c.unions, n)
	}
	if constant := n.get("const"); constant != nil && constant.kind == null {
		c.nulls = append(c.nulls, c.here(n))
	}
	if ref := n.get("$dynamicRef"); ref != nil && ref.kind == text && c.siblings {
		c.in("$dynamicRef", func() { c.follow(n, ref, "schema") })
	}
}

// maxPath is what a path may have in bytes: more is no address.
const maxPath = 4096

func (c *checker) pathLengths(paths *node) {
	for _, kid := range paths.kids {
		if len(kid.key) > maxPath {
			c.in(kid.key, func() {
				c.fail(kid, "too-long", "a path has more than %d characters: no server takes that, so shorten it", maxPath)
			})
		}
	}
}

// plainWords writes the name of a shape for people: pathItem is a path item.
func plainWords(shape string) string {
	return strings.ToLower(capital.ReplaceAllString(shape, " $0"))
}

var capital = regexp.MustCompile(`[A-Z]`)

func (c *checker) needs(n *node, s *shape, name string) {
	for _, need := range s.needs {
		if n.get(need) == nil {
			c.fail(n, "missing-member", "a %s needs the member %s: add it", plainWords(name), need)
		}
	}
}

// parts checks the members of an object of a known shape.
func (c *checker) parts(n *node, s *shape) {
	for _, kid := range n.kids {
		want := s.holds(kid.key)
		if want == "" || kid.key == "$ref" && s.ref {
			continue
		}
		c.in(kid.key, func() { c.check(kid, want) })
	}
}

// scalar checks a value without parts.
func (c *checker) scalar(n *node, want string) {
	if n.kind == null && want != "types" {
		return
	}
	switch want {
	case "text":
		if !c.told(n) {
			c.text(n)
		}
	case "bool":
		c.one(n, n.kind == boolean, "true or false")
	case "number":
		c.one(n, n.kind == number, "a number")
	case "bound":
		c.one(n, n.kind == number || n.kind == boolean, "a number, or true or false")
	case "count":
		c.count(n)
	case "types":
		c.types(n)
	}
}

// count brings an integer from 0 on into the form that the library reads: 2.0
// is one, and nothing has more members than an int64 can say.
func (c *checker) count(n *node) {
	plain, ok := integer(n.text)
	if c.one(n, n.kind == number && ok, "an integer from 0 on"); n.kind == number && ok {
		n.text = plain
	}
}

// integer writes a number of JSON that is an integer from 0 on without point
// and exponent, or as the largest int64 where it is larger.
func integer(text string) (string, bool) {
	mantissa, power, _ := strings.Cut(strings.ToLower(text), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if strings.Trim(digits, "-0") == "" {
		return "0", true
	}
	zeros := len(digits) - len(strings.TrimRight(digits, "0")) - len(fraction)
	if power != "" {
		n, err := strconv.ParseInt(power, 10, 32)
		if err != nil && strings.HasPrefix(power, "-") {
			return "", false
		}
		zeros += int(n) // the largest, where that is too large
	}
	digits = strings.TrimRight(digits, "0")
	switch {
	case zeros < 0 || text[0] == '-':
		return "", false
	case len(digits)+zeros > len("9223372036854775807"):
		return strconv.FormatInt(math.MaxInt64, 10), true
	}
	digits += strings.Repeat("0", zeros)
	if _, err := strconv.ParseInt(digits, 10, 64); err != nil {
		return strconv.FormatInt(math.MaxInt64, 10), true
	}
	return digits, true
}

func (c *checker) one(n *node, ok bool, want string) {
	if !ok {
		c.wrong(n, want)
	}
}
