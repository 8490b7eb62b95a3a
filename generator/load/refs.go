package load

import (
	"errors"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// refKey is a reference as a file writes it.
type refKey struct {
	file *source
	ref  string
}

// found is what a reference leads to; file is nil where it leads nowhere, and
// message says why.
type found struct {
	file          *source
	node          *node
	tokens        []string
	code, message string
}

// reference checks a $ref that stands where a shape belongs.
func (c *checker) reference(n *node, shape string) {
	if n.kind != text {
		c.wrong(n, "text")
		return
	}
	c.follow(n, n.text, shape)
}

// follow reports a reference that can't be used, and queues what it names.
func (c *checker) follow(n *node, ref, shape string) {
	t := c.lookup(ref)
	switch {
	case t.file == nil && t.code == "":
		return // the file's own problems have been reported
	case t.file == nil:
		c.fail(n, t.code, "%s", t.message)
	case c.isOther(t.tokens, shape):
		c.fail(n, "wrong-reference", "%s is no %s: refer to one in components/%s", ref, shape, shapes[shape].section)
	case c.circular(t, shape):
		c.fail(n, "circular-reference", "%s leads back to itself and never to a %s", ref, shape)
	case t.node.seen&shapes[shape].bit == 0:
		c.queue = append(c.queue, target{t.file, t.node, slices.Clone(t.tokens), shape})
	}
}

// isOther tells whether a place is the components' own for another shape.
func (c *checker) isOther(tokens []string, shape string) bool {
	if len(tokens) != 3 || tokens[0] != "components" {
		return false
	}
	own, ok := sections[tokens[1]]
	return ok && own != shape
}

// circular tells whether references lead from a place to itself. Members next
// to a $ref don't help: the reference has no value.
func (c *checker) circular(t found, shape string) bool {
	was := c.file
	defer func() { c.file = was }()
	been := map[*node]bool{}
	for t.file != nil {
		ref := t.node.get("$ref")
		if ref == nil || ref.kind != text || !shapes[shape].ref {
			return false
		}
		if been[t.node] {
			return true
		}
		been[t.node] = true
		c.file = t.file
		t = c.lookup(ref.text)
	}
	return false
}

// lookup finds what a reference of the current file names.
func (c *checker) lookup(ref string) found {
	key := refKey{c.file, ref}
	t, ok := c.refs[key]
	if !ok {
		t = c.resolve(ref)
		c.refs[key] = t
	}
	return t
}

func unresolved(message string) found { return found{code: "unresolved-ref", message: message} }

func (c *checker) resolve(ref string) found {
	u, err := url.Parse(ref)
	if err != nil || ref == "" {
		return unresolved("reference \"" + ref + "\" is not a URI: write #/components/... or a file's path")
	}
	if u.Scheme != "" || u.Host != "" || path.IsAbs(u.Path) || filepath.IsAbs(u.Path) {
		return refused(ref)
	}
	file := c.file
	if u.Path != "" {
		file, err = c.readNext(filepath.Join(filepath.Dir(c.file.abs), filepath.FromSlash(u.Path)))
		switch {
		case errors.Is(err, errOutside):
			return refused(ref)
		case err != nil:
			return unresolved(ref + " can't be read: " + reason(err))
		case file == nil:
			return found{}
		}
	}
	return inFile(file, ref, u.Fragment)
}

func refused(ref string) found {
	return found{code: "external-ref", message: ref + " is outside of the document's folder: copy it there and refer to it by a relative path"}
}

func inFile(file *source, ref, fragment string) found {
	if fragment != "" && !strings.HasPrefix(fragment, "/") {
		return found{code: "unsupported-ref", message: ref + " names an anchor: refer to the place by its path, #/components/..."}
	}
	tokens := splitPointer(fragment)
	n, ok := file.root.find(tokens)
	if !ok {
		return unresolved(ref + " names nothing in the document: correct it, or add what it names")
	}
	return found{file: file, node: n, tokens: tokens}
}

// mapping checks the values of a discriminator's mapping, which are names of
// schemas or references to them.
func (c *checker) mapping(m *node) {
	if m == nil || m.kind != object {
		return
	}
	c.in("mapping", func() {
		for _, kid := range m.kids {
			if kid.kind == text && strings.ContainsAny(kid.text, "/#") {
				c.in(kid.key, func() { c.follow(kid, kid.text, "schema") })
			}
		}
	})
}
