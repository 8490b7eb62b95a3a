package load

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/getkin/kin-openapi/openapi3"
)

// assemble makes kin-openapi's document of a tree, and resolves it.
//
// The library takes time by the document's size times its depth: each object
// scans its text to the end, several times, before the objects in it do. Here
// each object's text is cut out of the one around it, read by the library on
// its own, and the result put back (parts.go). What does not fit is left for
// the library to read as a whole, and where any of it fails, so is the whole
// document: errors are the library's own.
func assemble(ctx context.Context, main *source) (*openapi3.T, error) {
	if doc, loader := decodeParts(ctx, main); doc != nil {
		return doc, loader.ResolveRefsIn(doc, main.location())
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return newLoader(ctx).LoadFromDataWithPath(main.json(), main.location())
}

// location is how the library names a file.
func (s *source) location() *url.URL { return &url.URL{Path: filepath.ToSlash(s.abs)} }

func newLoader(ctx context.Context) *openapi3.Loader {
	return &openapi3.Loader{Context: ctx, ReadFromURIFunc: readNothing}
}

// readNothing keeps the library from files and networks.
func readNothing(_ *openapi3.Loader, location *url.URL) ([]byte, error) {
	return nil, fmt.Errorf("%s is not part of the document", location)
}

// decodeParts returns the document, not yet resolved, and its loader, or nil.
// The loader reads what is left without the parts, so that it knows the
// document by its location when another file refers back to it.
func decodeParts(ctx context.Context, main *source) (*openapi3.T, *openapi3.Loader) {
	d := &decoder{ctx: ctx}
	var apart openapi3.T
	partOf := func(name string) part { return d.documentPart(&apart, name) }
	unfit := func(kid *node) bool { p := partOf(kid.key); return p.set != nil && !p.fits(kid) }
	text, parts, ok := cut(main.root, "document", partOf)
	if !ok || slices.ContainsFunc(main.root.kids, unfit) {
		return nil, nil
	}
	loader := newLoader(ctx)
	doc, err := loader.LoadFromDataWithPath(text, main.location())
	if err != nil {
		return nil, nil
	}
	d.put(parts)
	if d.stopped() {
		return nil, nil
	}
	doc.Paths, doc.Components, doc.Webhooks = apart.Paths, apart.Components, apart.Webhooks
	return doc, loader
}

// decoder decodes parts of a document, several at a time.
type decoder struct {
	ctx    context.Context
	failed atomic.Bool // the result is of no use
}

func (d *decoder) stopped() bool {
	if d.ctx.Err() != nil {
		d.failed.Store(true)
	}
	return d.failed.Load()
}

// part is how a member of an object is decoded apart from it.
type part struct {
	kind kind // what the member must be for that
	set  func(n *node)
}

// fits tells whether a member can be decoded apart. What null means in a list
// or an object is the library's business.
func (p part) fits(n *node) bool { return p.set != nil && n.kind == p.kind && !holdsNull(n) }

func holdsNull(n *node) bool {
	return slices.ContainsFunc(n.kids, func(kid *node) bool { return kid.kind == null })
}

// member is a member that is decoded apart.
type member struct {
	part
	node *node
}

func (d *decoder) put(members []member) {
	for _, m := range members {
		if d.failed.Load() {
			return
		}
		m.set(m.node)
	}
}

// cut returns an object's text without its parts, and these. An object that the
// library might read in another way without its parts is not cut.
func cut(n *node, shape string, partOf func(string) part) (text []byte, parts []member, ok bool) {
	if n.kind != object {
		return nil, nil, false
	}
	text = []byte{'{'}
	for _, kid := range n.kids {
		if p := partOf(kid.key); p.fits(kid) {
			parts = append(parts, member{p, kid})
			continue
		}
		if misspelled(kid.key, shapes[shape]) {
			return nil, nil, false
		}
		text = appendMember(text, kid)
	}
	return append(text, '}'), parts, true
}

// misspelled tells whether a key is a member's name in other letters: the
// library takes one for the other, and the last one counts.
func misspelled(key string, s *shape) bool {
	if _, ok := s.members[key]; ok || extension(key) {
		return false
	}
	for name := range s.members {
		if strings.EqualFold(name, key) {
			return true
		}
	}
	return false
}

// appendMember adds a member to the text of an object.
func appendMember(b []byte, n *node) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return appendReadable(append(appendText(b, n.key), ':'), n)
}

// unmarshaler is a pointer to a type that reads itself.
type unmarshaler[T any] interface {
	*T
	json.Unmarshaler
}

// split decodes an object without its parts, then these.
func split[T any, P unmarshaler[T]](d *decoder, n *node, shape string, partOf func(*T, string) part) *T {
	to := new(T)
	text, parts, ok := cut(n, shape, func(name string) part { return partOf(to, name) })
	if !ok {
		return whole[T, P](d, n)
	}
	if len(text) > len("{}") {
		unmarshal(d, text, P(to))
	}
	d.put(parts)
	return to
}

// whole lets the library decode a value and all that is in it.
func whole[T any, P unmarshaler[T]](d *decoder, n *node) *T {
	to := new(T)
	unmarshal(d, appendReadable(nil, n), P(to))
	return to
}

func unmarshal(d *decoder, text []byte, to json.Unmarshaler) {
	if err := to.UnmarshalJSON(text); err != nil {
		d.failed.Store(true)
	}
}

// settable is a pointer to one of the library's own kinds of maps.
type settable[T, V any] interface {
	unmarshaler[T]
	Set(string, *V)
}

// keyed decodes such a map; all decodes its values.
func keyed[T, V any, P settable[T, V]](d *decoder, n *node, all func([]*node) []*V) *T {
	if n.kind != object {
		return whole[T, P](d, n)
	}
	text := []byte{'{'}
	var kids []*node
	for _, kid := range n.kids {
		if extension(kid.key) {
			text = appendMember(text, kid)
		} else {
			kids = append(kids, kid)
		}
	}
	to := new(T)
	unmarshal(d, append(text, '}'), P(to))
	for i, value := range all(kids) {
		P(to).Set(kids[i].key, value)
	}
	return to
}

// each decodes nodes one after the other.
func each[T any](nodes []*node, one func(*node) *T) []*T {
	values := make([]*T, len(nodes))
	for i, n := range nodes {
		values[i] = one(n)
	}
	return values
}

// spread decodes nodes several at a time.
func spread[T any](d *decoder, nodes []*node, one func(*node) *T) []*T {
	values := make([]*T, len(nodes))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(nodes)) {
		wait.Go(func() {
			defer d.recover()
			for i := next.Add(1) - 1; i < int64(len(nodes)) && !d.stopped(); i = next.Add(1) - 1 {
				values[i] = one(nodes[i])
			}
		})
	}
	wait.Wait()
	return values
}

// recover keeps a panic of the library from going further. Its second reading
// will say what was wrong.
func (d *decoder) recover() {
	if recover() != nil {
		d.failed.Store(true)
	}
}
