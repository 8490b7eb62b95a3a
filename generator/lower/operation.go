package lower

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// call is an operation on its way into the representation.
type call struct {
	method   string
	path     string
	pointer  string
	item     *openapi3.PathItem
	op       *openapi3.Operation
	route    route
	node     *resource
	first    *call  // the first operation of the path, sliced off or not
	base     string // Go name that its types begin with
	noun     string // the same without the method, for its enums
	file     string
	out      *ir.Operation
	response response
}

// operations lowers every operation that is kept.
func (l *lowerer) operations() {
	for _, c := range l.kept {
		l.operation(c)
	}
}

func (l *lowerer) operation(c *call) {
	if other := l.byBase[c.base]; other != nil {
		l.report(c.pointer, "name-collision", "%s %s and %s %s are both called %s: give one of them another name under operations in the config",
			other.method, other.path, c.method, c.path, c.base)
		return
	}
	l.byBase[c.base] = c
	c.out = &ir.Operation{
		ID: c.op.OperationID, GoName: c.route.method, Method: c.method, Path: sent(c.path), Pointer: c.pointer,
		Doc: operationDoc(c.op), Deprecated: c.op.Deprecated, Server: l.ownServer(c),
	}
	l.checkPath(c)
	l.ownAuth(c)
	l.params(c)
	l.result(c)
	c.node.calls = append(c.node.calls, c)
	l.calls = append(l.calls, c)
}

// named decides what the types of an operation begin with, and their file.
func (l *lowerer) named(c *call) {
	node := c.node
	if node.base == "" {
		node.base, node.file = c.route.base, l.names.Stem(c.route.base)
	}
	c.noun, c.file = node.base, node.file
	c.base = c.noun + c.route.method
}

// operationDoc puts the summary before the description, unless that begins
// with it.
func operationDoc(op *openapi3.Operation) string {
	summary, text := plainText(op.Summary), plainText(op.Description)
	if summary == "" || strings.HasPrefix(text, summary) {
		return text
	}
	if last := summary[len(summary)-1]; !strings.ContainsRune(".!?:", rune(last)) {
		summary += "."
	}
	if text == "" {
		return summary
	}
	return summary + "\n\n" + text
}

// sent returns what is sent of a path: documents tell operations at one address
// apart by fragments, /files#copy.
func sent(path string) string {
	path, _, _ = strings.Cut(path, "#")
	return path
}

// checkPath reports a path that no request can be sent to.
func (l *lowerer) checkPath(c *call) {
	fixed := braces.ReplaceAllString(sent(c.path), "x")
	u, err := url.Parse(fixed)
	dots := func(segment string) bool { return segment == "." || segment == ".." }
	if err != nil || !strings.HasPrefix(fixed, "/") || u.EscapedPath() != fixed || slices.ContainsFunc(strings.Split(u.Path, "/"), dots) {
		l.report(c.pointer, "unsupported-path", "no request can be sent to %q: begin it with a slash, escape what a URL can't hold, and leave out queries and dots", c.path)
	}
}

// ownServer returns the base URL of an operation that has one of its own.
func (l *lowerer) ownServer(c *call) string {
	servers := c.item.Servers
	if c.op.Servers != nil && len(*c.op.Servers) > 0 {
		servers = *c.op.Servers
	}
	if len(servers) == 0 {
		return ""
	}
	base := serverURL(servers[0])
	if !whole(base) {
		l.report(c.pointer, "unsupported-server", "%q is no whole URL: write the operation's server with its host", base)
	}
	return base
}

// resource is a node of the tree of resources while it grows.
type resource struct {
	word   string // Go name
	base   string // Go name without Service
	plural string // the same where nothing is called on it directly
	file   string
	calls  []*call
	subs   []*resource
}

// find returns the node at the end of a chain of Go names.
func (r *resource) find(chain []link) *resource {
	for i, part := range chain {
		next := r.child(part.name)
		if next.plural == "" {
			next.plural = prefixOf(chain[:i]) + part.name
		}
		r = next
	}
	return r
}

func (r *resource) child(word string) *resource {
	for _, sub := range r.subs {
		if sub.word == word {
			return sub
		}
	}
	sub := &resource{word: word}
	r.subs = append(r.subs, sub)
	return sub
}

// order puts everything in the order in which it is written.
func (l *lowerer) order() {
	l.api.Resources = l.resources(l.tree)
	slices.SortFunc(l.api.Types, func(a, b ir.Named) int { return cmp.Compare(a.TypeName(), b.TypeName()) })
}

func (l *lowerer) resources(node *resource) []*ir.Resource {
	var out []*ir.Resource
	for _, sub := range node.subs {
		if r := l.resource(sub); len(r.Ops)+len(r.Subs) > 0 {
			out = append(out, r)
			l.claimAs(r.GoType, l.resourcePointer(sub), resourceClaim)
		}
	}
	slices.SortFunc(out, func(a, b *ir.Resource) int { return cmp.Compare(a.GoName, b.GoName) })
	return out
}

func (l *lowerer) resource(node *resource) *ir.Resource {
	base := either(node.base, node.plural)
	r := &ir.Resource{GoName: node.word, GoType: l.unreserved(base + "Service"), File: l.names.Stem(base), Doc: l.tagDoc(node.word), Subs: l.resources(node)}
	for _, c := range node.calls {
		r.Ops = append(r.Ops, c.out)
		l.claimAs("operation"+r.GoType+c.out.GoName, c.pointer, "operation")
	}
	slices.SortFunc(r.Ops, func(a, b *ir.Operation) int { return cmp.Compare(a.GoName, b.GoName) })
	l.memberNames(node, r)
	return r
}

// resourcePointer returns the place of some operation of a resource.
func (l *lowerer) resourcePointer(node *resource) string {
	for _, c := range node.calls {
		return join("/paths", c.path)
	}
	for _, sub := range node.subs {
		if pointer := l.resourcePointer(sub); pointer != "" {
			return pointer
		}
	}
	return ""
}

// tagDoc returns the description of the tag that is called as a resource is.
func (l *lowerer) tagDoc(word string) string {
	for _, tag := range l.doc.Tags {
		if tag != nil && l.names.Exported(tag.Name) == word {
			return plainText(tag.Description)
		}
	}
	return ""
}

// memberNames reports a method that is called as a resource below is, or as
// the iterator that goes with a list.
func (l *lowerer) memberNames(node *resource, r *ir.Resource) {
	there := map[string]string{}
	for _, sub := range node.subs {
		there[sub.word] = "the resource at #" + l.resourcePointer(sub)
	}
	for _, op := range r.Ops {
		if op.Lists {
			l.memberName(r, op, op.Iterator(), there)
		}
	}
	for _, op := range r.Ops {
		l.memberName(r, op, op.GoName, there)
	}
}

func (l *lowerer) memberName(r *ir.Resource, op *ir.Operation, name string, there map[string]string) {
	if other, ok := there[name]; ok {
		l.report(op.Pointer, "name-collision", "%s %s and %s are both called %s.%s: give the operation another name under operations in the config",
			op.Method, op.Path, other, r.GoName, name)
	}
	there[name] = op.Method + " " + op.Path
}
