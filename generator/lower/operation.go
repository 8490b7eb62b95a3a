package lower

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
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
	spelled  string // the method that its path spells, where it is a resource instead
	node     *resource
	first    *call  // the first operation of the path, sliced off or not
	base     string // Go name that its types begin with
	noun     string // the same without the method, for its enums
	file     string
	out      *ir.Operation
	sent     string // the media type that its body is written as, "" where the caller brings it
	response response
}

// operations lowers every operation that is kept.
func (l *lowerer) operations() {
	for _, c := range l.kept {
		l.operation(c)
	}
}

func (l *lowerer) operation(c *call) {
	c.out = &ir.Operation{
		ID: c.op.OperationID, GoName: c.route.method, Method: c.method, Path: sent(c.path), Pointer: c.pointer,
		Doc: operationDoc(c.op), Deprecated: c.op.Deprecated, Server: l.ownServer(c),
	}
	l.checkPath(c)
	c.out.Security = l.ownSecurity(c)
	l.params(c)
	l.result(c)
	l.headers(c)
	c.node.calls = append(c.node.calls, c)
	l.calls = append(l.calls, c)
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
// apart by fragments, /files#copy. What a URL can't hold is escaped.
func sent(path string) string {
	path, _, _ = strings.Cut(path, "#")
	var b strings.Builder
	for path != "" {
		at := braces.FindStringIndex(path)
		if at == nil {
			at = []int{len(path), len(path)}
		}
		for i := range at[0] {
			if c := path[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`|", c) >= 0 {
				fmt.Fprintf(&b, "%%%02X", c)
			} else {
				b.WriteByte(c)
			}
		}
		b.WriteString(path[at[0]:at[1]])
		path = path[at[1]:]
	}
	return b.String()
}

// checkPath reports a path that no request can be sent to.
func (l *lowerer) checkPath(c *call) {
	fixed, _, _ := strings.Cut(braces.ReplaceAllString(sent(c.path), "x"), "?")
	u, err := url.Parse(fixed)
	dots := func(segment string) bool { return segment == "." || segment == ".." }
	if err != nil || !strings.HasPrefix(fixed, "/") || strings.ContainsAny(fixed, "{}") || slices.ContainsFunc(strings.Split(u.Path, "/"), dots) {
		l.report(c.pointer, "unsupported-path", "no request can be sent to %q: begin it with a slash, close its braces, and leave out dots and stray percent signs", c.path)
	}
}

// order puts everything in the order in which it is written.
func (l *lowerer) order() {
	l.api.Resources = l.resources(l.tree, l.tagDocs())
	slices.SortFunc(l.api.Types, func(a, b ir.Named) int { return cmp.Compare(a.TypeName(), b.TypeName()) })
}

// resources returns the resources under a node. The descriptions are those of tags.
func (l *lowerer) resources(node *resource, docs map[string]tagDoc) []*ir.Resource {
	var out []*ir.Resource
	for _, sub := range node.subs {
		if r := l.resource(sub, docs); len(r.Ops)+len(r.Subs) > 0 {
			out = append(out, r)
			l.claim(r.GoType, claim{pointer: resourcePointer(sub), what: resourceClaim, keys: []string{"service " + sub.key}, rank: rankService, node: sub})
		}
	}
	slices.SortFunc(out, func(a, b *ir.Resource) int { return cmp.Compare(a.GoName, b.GoName) })
	return out
}

func (l *lowerer) resource(node *resource, docs map[string]tagDoc) *ir.Resource {
	base := either(node.base, node.plural)
	goType := l.serviceName(node, base)
	r := &ir.Resource{GoName: node.word, GoType: goType, File: l.names.Stem(base), Doc: docs[node.word].text, Pointer: docs[node.word].pointer, Subs: l.resources(node, docs)}
	for _, c := range node.calls {
		r.Ops = append(r.Ops, c.out)
		l.claim("operation"+r.GoType+c.out.GoName, claim{pointer: resourcePointer(node), what: "its tables", keys: []string{"service " + node.key}, rank: rankHidden})
	}
	slices.SortFunc(r.Ops, func(a, b *ir.Operation) int { return cmp.Compare(a.GoName, b.GoName) })
	l.claimMembers(node, r)
	return r
}

// claimMembers claims the names of all that a caller finds behind a resource.
// Iterators, which go with lists, are only known here.
func (l *lowerer) claimMembers(node *resource, r *ir.Resource) {
	for _, sub := range node.subs {
		l.claimIn(r.GoType, sub.word, claim{pointer: resourcePointer(sub), what: resourceClaim, node: sub})
	}
	for _, c := range node.calls {
		l.claimIn(r.GoType, c.out.GoName, c.methodClaim())
		if c.out.Lists {
			l.claimIn(r.GoType, c.out.Iterator(), claim{pointer: c.pointer, what: "its iterator", keys: c.methodKeys(), rank: rankIterator})
		}
	}
}

// tagDoc is what a tag says, and where.
type tagDoc struct{ text, pointer string }

// tagDocs returns the descriptions of tags by what a resource of their name is
// called. Of several the first counts.
func (l *lowerer) tagDocs() map[string]tagDoc {
	docs := map[string]tagDoc{}
	for i, tag := range slices.Backward(l.doc.Tags) {
		if tag != nil {
			docs[l.names.Exported(tag.Name)] = tagDoc{plainText(tag.Description), join("/tags", strconv.Itoa(i))}
		}
	}
	return docs
}
