package load

import (
	"errors"
	"io/fs"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// refKey is a reference as it is written somewhere in a resource.
type refKey struct {
	base *resource
	ref  string
}

// found is what a reference leads to; file is nil where it leads nowhere, and
// message says why.
type found struct {
	spot
	code, message string
	later         bool // it has to be fetched, which comes last
}

// reference checks a $ref that stands where a shape belongs.
func (c *checker) reference(holder, ref *node, shape string) {
	if ref.kind != text {
		c.wrong(ref, "text")
		return
	}
	c.follow(holder, ref, shape)
}

// follow reports a reference that can't be used, and queues what it names.
func (c *checker) follow(holder, ref *node, shape string) {
	t := c.lookup(ref.text)
	switch {
	case t.later:
		c.put(func() { c.follow(holder, ref, shape) })
		return
	case t.file == nil && t.code == "":
		return // the file's own problems have been reported
	case t.file == nil:
		c.fail(ref, t.code, "%s", t.message)
		return
	case !slices.Contains(loosely, shape) && c.isOther(t.spot, shape):
		c.fail(ref, "wrong-reference", "%s is no %s: refer to one in components/%s", ref.text, plainWords(shape), shapes[shape].section)
		return
	}
	length, circular := c.chain(t, shape)
	switch {
	case circular:
		c.fail(ref, "circular-reference", "%s leads back to itself and never to a %s: write out one of those on the way", ref.text, plainWords(shape))
		return
	case length > maxChain:
		c.fail(ref, "too-deep", "%s leads to references to references, more than %d times: refer to what the last one does", ref.text, maxChain)
		return
	}
	if other := c.shapeOf[t.node]; other != "" && other != shape {
		c.fail(ref, "wrong-reference", "%s is taken for a %s here and for a %s elsewhere: it can't be both", ref.text, plainWords(shape), plainWords(other))
		return
	}
	c.shapeOf[t.node] = shape
	if slices.Contains(loosely, shape) {
		c.loosely(ref, "reference-out-of-place", "OpenAPI has no reference here: what it leads to is taken as if it stood here, which few tools do")
	}
	if len(t.tokens) == 3 && t.tokens[0] == "components" && misplaced(sections[t.tokens[1]], shape) {
		c.loosely(ref, "misplaced-component", "an answer refers to one of components/requestBodies, which is taken for an answer: move it to components/responses")
	}
	c.links = append(c.links, &link{
		holder: holder, ref: ref, was: ref.text, at: c.here(ref), shape: shape, to: t.spot,
		dynamic: holder != nil && ref.key == "$dynamicRef",
	})
	if t.node.seen&shapes[shape].bit == 0 {
		c.queue = append(c.queue, target{t.spot, shape})
	}
}

// settled tells whether a reference has one target. What a $dynamicRef means
// depends on the way on which a validator came to it, unless it leads to no
// $dynamicAnchor, or to the only one of that name (JSON Schema 2020-12, core,
// 8.2.3.2).
func (c *checker) settled(l *link) bool {
	u, err := url.Parse(l.was)
	if !l.dynamic || err != nil {
		return true
	}
	a := l.to.file.resourceAt(l.to.tokens).anchors[u.Fragment]
	return a == nil || !a.dynamic || c.dynamic[u.Fragment] == 1
}

// put puts off what the walk does where it is until all that needs no network
// has been read: what has the address already is not fetched.
func (c *checker) put(do func()) {
	file, base, tokens := c.file, c.base, slices.Clone(c.tokens)
	c.pending = append(c.pending, func() {
		c.file, c.base, c.tokens = file, base, tokens
		do()
	})
}

// here is where the walk is.
func (c *checker) here(n *node) spot { return spot{c.file, n, slices.Clone(c.tokens)} }

// isOther tells whether a place is no place for a shape: what holds such places,
// or the components' own for another shape.
func (c *checker) isOther(at spot, shape string) bool {
	if at.file.root.get("openapi") != nil {
		switch len(at.tokens) {
		case 0:
			return true
		case 1:
			return shapes["document"].members[at.tokens[0]] != ""
		case 2:
			return at.tokens[0] == "components"
		}
	}
	if len(at.tokens) != 3 || at.tokens[0] != "components" {
		return false
	}
	own, ok := sections[at.tokens[1]]
	return ok && own != shape && !misplaced(own, shape)
}

// misplaced tells whether a component is in the wrong section, but reads alike:
// an answer among the bodies of requests.
func misplaced(own, shape string) bool { return own == "requestBody" && shape == "response" }

// maxChain bounds references that lead to references.
const maxChain = 100

// chain returns how many references lead from a place to something else, and
// whether they lead back to where they have been. Members next to a $ref don't
// help: the reference has no value.
func (c *checker) chain(t found, shape string) (length int, circular bool) {
	was := c.base
	defer func() { c.base = was }()
	been := map[*node]bool{}
	var way []*node
	for t.file != nil && c.chains[t.node] == 0 && shapes[shape].ref {
		ref := t.node.get("$ref")
		if ref == nil || ref.kind != text {
			break
		}
		if been[t.node] {
			return 0, true
		}
		been[t.node] = true
		way = append(way, t.node)
		c.base = t.file.resourceAt(t.tokens)
		t = c.lookup(ref.text)
	}
	length = c.chains[t.node] + len(way)
	if !t.later {
		for i, n := range way {
			c.chains[n] = length - i
		}
	}
	return length, false
}

// lookup finds what a reference of the current resource names.
func (c *checker) lookup(ref string) found {
	key := refKey{c.base, ref}
	t, ok := c.refs[key]
	if !ok {
		if t = c.resolve(ref); !t.later {
			c.refs[key] = t
		}
	}
	return t
}

func unresolved(message string) found { return found{code: "unresolved-ref", message: message} }

func refused(ref string) found {
	return found{code: "external-ref", message: ref + " is outside of the document's folder: copy it there and refer to it by a relative path"}
}

// resolve finds what a reference names (RFC 3986, 5): in what has been read,
// else in a file.
func (c *checker) resolve(ref string) found {
	u, err := url.Parse(ref)
	if err != nil || ref == "" {
		return unresolved("reference \"" + ref + "\" is not a URI: write #/components/... or a file's path")
	}
	if u.User != nil {
		return found{code: "external-ref", message: "a reference holds a user name or a password: nothing is sent with a request, so remove them"}
	}
	within := c.base
	if *u != (url.URL{Fragment: u.Fragment, RawFragment: u.RawFragment}) {
		var why found
		if within, why = c.resource(ref, u); within == nil {
			return why
		}
	}
	return within.inside(ref, u.Fragment)
}

// resource finds the resource that a reference names. A relative reference
// counts from the $id around it; where nothing has that address, from the file
// that it stands in.
func (c *checker) resource(ref string, u *url.URL) (*resource, found) {
	base := c.base
	to := base.resolve(u)
	if r := c.resources[to.String()]; r != nil {
		return r, found{}
	}
	fromFile := base.file.self.at.ResolveReference(u)
	fromFile.Fragment, fromFile.RawFragment = "", ""
	if r := c.resources[fromFile.String()]; r != nil {
		return r, found{}
	}
	switch {
	case fromFile.Scheme == "file" && u.Scheme == "" && u.Host == "" && !path.IsAbs(u.Path) && !filepath.IsAbs(filepath.FromSlash(u.Path)):
		file, err := c.readFile(c.ctx, filepath.FromSlash(fromFile.Path))
		if to.String() != fromFile.String() && errors.Is(err, fs.ErrNotExist) && c.allows(to) {
			return c.fetch(ref, to)
		}
		return opened(ref, file, err)
	case to.Scheme == "http" || to.Scheme == "https":
		if !c.allows(to) && c.allows(fromFile) {
			to = fromFile
		}
		return c.fetch(ref, to)
	case to.Scheme == "file":
		return nil, refused(ref)
	}
	return nil, unresolved(ref + " names nothing that has been read: no schema has that $id")
}

// fetch reads a file from a network, once it is time for that.
func (c *checker) fetch(ref string, to *url.URL) (*resource, found) {
	if !c.fetching && c.allows(to) {
		return nil, found{later: true}
	}
	file, err := c.readURL(c.ctx, to)
	return opened(ref, file, err)
}

// opened is what came of reading a file that a reference names.
func opened(ref string, file *source, err error) (*resource, found) {
	var denied *deniedError
	switch {
	case errors.Is(err, errOutside):
		return nil, refused(ref)
	case errors.As(err, &denied):
		return nil, found{code: "external-ref", message: ref + " " + denied.reason}
	case err != nil:
		return nil, unresolved(ref + " can't be read: " + reason(err))
	case file == nil:
		return nil, found{}
	}
	return file.self, found{}
}

// inside finds the place in a resource that a fragment names: an anchor, or a
// JSON pointer. Many documents have pointers count from the whole file although
// there is an $id in between, so that is tried as well.
func (r *resource) inside(ref, fragment string) found {
	if fragment != "" && !strings.HasPrefix(fragment, "/") {
		a, ok := r.anchors[fragment]
		switch {
		case !ok:
			return unresolved(ref + " names an anchor that no schema has: correct it, or add $anchor: " + fragment)
		case a.twice:
			return unresolved(ref + " names an anchor that two schemas have: rename one of them")
		}
		return found{spot: a.spot}
	}
	if r.twice {
		return unresolved(ref + " names an $id that two schemas have: rename one of them")
	}
	tokens := splitPointer(fragment)
	if n, ok := r.node.find(tokens); ok {
		return found{spot: spot{r.file, n, slices.Concat(r.tokens, tokens)}}
	}
	if n, ok := r.file.root.find(tokens); ok {
		return found{spot: spot{r.file, n, tokens}}
	}
	if fragment == "/" { // by the letter, a member without a name
		return found{spot: r.spot}
	}
	return unresolved(ref + " names nothing in the document: correct it, or add what it names")
}

// mapping checks the values of a discriminator's mapping, which are names of
// schemas or references to them.
func (c *checker) mapping(m *node) {
	if m == nil || m.kind != object {
		return
	}
	c.in("mapping", func() {
		for _, kid := range m.kids {
			if kid.kind == text && c.isReference(kid.text) {
				c.in(kid.key, func() { c.mapped(m, kid) })
			}
		}
	})
}

// isReference tells whether a value of a mapping is a reference, and no name.
func (c *checker) isReference(value string) bool {
	if strings.ContainsAny(value, "/#") {
		return true
	}
	if _, named := c.file.root.find([]string{"components", "schemas", value}); named {
		return false
	}
	return slices.Contains([]string{".json", ".yaml", ".yml"}, path.Ext(value))
}

// mapped checks one of them. What names nothing stands for none of the
// alternatives, and nothing is wrong with those.
func (c *checker) mapped(m, kid *node) {
	if t := c.lookup(kid.text); t.file == nil && t.code == "unresolved-ref" {
		c.loosely(kid, "unresolved-mapping", "the mapping of a discriminator names nothing in the document, and is left out: correct it")
		m.drop(kid)
		return
	}
	c.follow(nil, kid, "schema")
}
