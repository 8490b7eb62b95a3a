package load

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"
)

// spot is a place in a file.
type spot struct {
	file   *source
	node   *node
	tokens []string // from the file's root
}

// resource is what has an address of its own, a file or a schema with an $id:
// references in it count from there (JSON Schema 2020-12, core, 8.2).
type resource struct {
	spot
	at      *url.URL // without fragment; of a file, where it was read from
	id      *url.URL // of a file whose root has an $id, that
	anchors map[string]*anchor
	twice   bool // another one has the same address
}

// anchor is a place with a name within a resource.
type anchor struct {
	spot
	dynamic bool // $dynamicAnchor
	twice   bool
}

// resolve returns the address that a reference in r means, without fragment.
func (r *resource) resolve(u *url.URL) *url.URL {
	base := r.at
	if r.id != nil {
		base = r.id
	}
	to := base.ResolveReference(u)
	to.Fragment, to.RawFragment = "", ""
	return to
}

// resourceAt returns the innermost resource around a place.
func (s *source) resourceAt(tokens []string) *resource {
	r, n := s.self, s.root
	for _, token := range tokens {
		if len(s.inner) == 0 || n == nil {
			break
		}
		if n = n.child(token); s.inner[n] != nil {
			r = s.inner[n]
		}
	}
	return r
}

// register gives a file its address, and finds what else has one in it.
func (r *reader) register(s *source, at *url.URL) {
	s.self = &resource{spot: spot{s, s.root, nil}, at: at}
	r.resources[at.String()] = s.self
	for _, word := range []string{"$id", "$anchor", "$dynamicAnchor", `\u0024`} {
		if strings.Contains(s.text, word) {
			f := &finder{reader: r, file: s, within: s.self}
			f.find(s.root, s.looksLike())
			return
		}
	}
}

// fileURL is the address of a local file.
func fileURL(abs string) *url.URL {
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return &url.URL{Scheme: "file", Path: slashed}
}

// looksLike tells what a file is that nothing was said about: an OpenAPI
// document, a schema, or something that holds schemas by name ("").
func (s *source) looksLike() string {
	switch {
	case s.root.get("openapi") != nil:
		return "document"
	case slices.ContainsFunc(s.root.kids, func(kid *node) bool { return schemaWords[kid.key] && s.root.kind == object }):
		return "schema"
	}
	return ""
}

// schemaWords are keywords that make a file's root a schema.
var schemaWords = map[string]bool{
	"$schema": true, "$id": true, "$anchor": true, "$dynamicAnchor": true, "$defs": true, "definitions": true, "$ref": true,
	"type": true, "properties": true, "items": true, "allOf": true, "anyOf": true, "oneOf": true, "enum": true, "const": true,
}

// finder looks for $id and anchors where they are keywords of a schema, and
// not in data or in names.
type finder struct {
	*reader
	file   *source
	within *resource
	tokens []string
}

// find goes over a value as what its place wants.
func (f *finder) find(n *node, want string) {
	switch {
	case want == "":
		f.unknown(n)
	case want[0] == '[' && n.kind == list, want[0] == '{' && n.kind == object:
		for i, kid := range n.kids {
			f.in(n.token(i), func() { f.find(kid, want[1:len(want)-1]) })
		}
	case shapes[want] != nil && n.kind == object:
		was := f.within
		if want == "schema" {
			f.schema(n)
		}
		for _, kid := range n.kids {
			if want := shapes[want].holds(kid.key); want != "" && want != "any" {
				f.in(kid.key, func() { f.find(kid, want) })
			} else if kid.key == "definitions" {
				f.in(kid.key, func() { f.find(kid, "{schema}") })
			}
		}
		f.within = was
	}
}

func (f *finder) in(token string, do func()) {
	f.tokens = append(f.tokens, token)
	do()
	f.tokens = f.tokens[:len(f.tokens)-1]
}

// unknown goes over something that may hold schemas.
func (f *finder) unknown(n *node) {
	if n.kind != object {
		return
	}
	for _, kid := range n.kids {
		want := ""
		if part, ok := sections[kid.key]; ok {
			want = "{" + part + "}"
		} else if slices.ContainsFunc(kid.kids, func(k *node) bool { return schemaWords[k.key] }) {
			want = "schema"
		}
		f.in(kid.key, func() { f.find(kid, want) })
	}
}

// schema notes the address and the anchors of a schema.
func (f *finder) schema(n *node) {
	here := spot{f.file, n, slices.Clone(f.tokens)}
	if id := n.get("$id"); id != nil && id.kind == text {
		if u, err := url.Parse(id.text); err == nil && u.Fragment != "" { // as before 2019-09
			f.anchor(u.Fragment, here, false)
		} else if err == nil && id.text != "" {
			f.identify(here, f.within.resolve(u))
		}
	}
	for _, key := range []string{"$anchor", "$dynamicAnchor"} {
		if name := n.get(key); name != nil && name.kind == text {
			f.anchor(name.text, here, key == "$dynamicAnchor")
		}
	}
}

func (f *finder) identify(here spot, at *url.URL) {
	r := f.file.self
	if here.node == f.file.root {
		r.id = at
	} else {
		r = &resource{spot: here, at: at}
		if f.file.inner == nil {
			f.file.inner = map[*node]*resource{}
		}
		f.file.inner[here.node] = r
	}
	f.within = r
	if other := f.resources[at.String()]; other != nil && other != r {
		other.twice = true
		return
	}
	f.resources[at.String()] = r
}

func (f *finder) anchor(name string, here spot, dynamic bool) {
	if dynamic {
		f.dynamic[name]++
	}
	r := f.within
	if other := r.anchors[name]; other != nil {
		other.twice = other.twice || other.node != here.node
		other.dynamic = other.dynamic || dynamic
		return
	}
	if r.anchors == nil {
		r.anchors = map[string]*anchor{}
	}
	r.anchors[name] = &anchor{spot: here, dynamic: dynamic}
}
