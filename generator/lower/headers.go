package lower

import (
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// header is a header of an answer, with where it stands.
type header struct {
	*openapi3.Header
	name    string
	pointer string
	place   place // its schema
}

// headers lowers the headers of an operation's answers into one struct: those of
// successes first, as they decide where a failure has the same.
func (l *lowerer) headers(c *call) {
	good, bad := successes(c.responses())
	key := "headers of " + c.pointer
	s := &ir.Struct{GoName: l.unreserved(l.nameAt(key, c.base+"Headers", "HeadersOf"+c.base)), File: c.file, Role: ir.RoleHeaders, Pointer: join(c.pointer, "responses")}
	there := map[string]header{}
	for _, a := range append(good, bad...) {
		if a.ref == nil || a.ref.Value == nil {
			continue
		}
		for _, name := range sortedKeys(a.ref.Value.Headers) {
			h, ok := l.header(c, a, name)
			key := http.CanonicalHeaderKey(name)
			first, twice := there[key]
			switch {
			case !ok:
			case !twice:
				there[key] = h
				s.Fields = append(s.Fields, l.headerField(h))
			case !sameSchema(first.place.ref, h.place.ref):
				l.note(h.pointer, "header-twice", "the header %q is read as it is described at #%s", name, first.pointer)
			}
		}
	}
	if len(s.Fields) == 0 {
		return
	}
	s.Doc = s.GoName + " are the headers of an answer: the option WithHeaders stores them here."
	l.sortFields(s)
	l.fieldNames(s, nil)
	l.declareAs(s, claim{pointer: s.Pointer, what: "headers", keys: []string{key}, rank: rankOperation})
	c.out.Headers = s
}

// header returns a header of an answer, unless the client reads it itself or it
// is said elsewhere (OpenAPI, Response Object).
func (l *lowerer) header(c *call, a answer, name string) (header, bool) {
	ref := a.ref.Value.Headers[name]
	for _, handled := range []string{"Content-Type", l.opts.Headers.RequestID, l.opts.Headers.Retry} {
		if handled != "" && strings.EqualFold(handled, name) {
			return header{}, false
		}
	}
	if ref == nil || ref.Value == nil || !isToken(name) {
		return header{}, false
	}
	own := l.names.Tail(name)
	p := place{owner: c.base, shared: c.noun, file: c.file, role: ir.RoleObject}
	pointer := join(a.pointer, "headers", name)
	if shared, ok := fragment(a.ref.Ref); ok && a.ref.Ref != "" {
		p.owner = l.names.Exported(unescape(shared[strings.LastIndexByte(shared, '/')+1:]))
		p.shared, pointer = p.owner, join(shared, "headers", name)
	}
	if shared, ok := fragment(ref.Ref); ok && ref.Ref != "" {
		p.owner, p.shared, pointer = "", "", shared
		own = l.names.Exported(unescape(shared[strings.LastIndexByte(shared, '/')+1:]))
	}
	p.own, p.ref, p.pointer = own+"Header", ref.Value.Schema, join(pointer, "schema")
	if key, media := jsonIn(ref.Value.Content); media != nil {
		p.ref, p.pointer = media.Schema, join(pointer, "content", key, "schema")
	}
	p.about = "the header " + name
	p.said = either(plainText(ref.Value.Description), plainText(p.schema().Description))
	return header{ref.Value, name, pointer, p}, true
}

// headerField lowers a header. It may be missing from any answer.
func (l *lowerer) headerField(h header) *ir.Field {
	f := &ir.Field{
		Name: h.name, GoName: l.fieldNameAt(h.pointer, h.name), Deprecated: h.Deprecated, Pointer: h.pointer,
		Doc: plainText(h.Description), Style: ir.StyleForm, Value: ir.Value{Type: ir.String},
	}
	if h.Explode != nil && *h.Explode {
		f.Style = ir.StyleExplode
	}
	if _, media := jsonIn(h.Content); media != nil {
		f.Style = ir.StyleJSON
	}
	if h.place.ref == nil || h.place.ref.Value == nil {
		return f
	}
	f.Doc = either(f.Doc, l.describe(h.place))
	v := l.value(h.place)
	l.uncheckedHeader(h, v)
	v.Rules, v.Nullable = nil, false
	if f.Style == ir.StyleJSON || plainHeader(v.Type) {
		f.Value = v
		return f
	}
	if v.Type != ir.Raw {
		l.note(h.pointer, "header-text", "a header can't spell this type: it is a text")
	}
	return f
}

// uncheckedHeader notes what is asserted about a header, or about what its list
// or map has: the struct of headers is no object that could be validated.
func (l *lowerer) uncheckedHeader(h header, v ir.Value) {
	inner, _ := ir.Element(v.Type)
	if len(v.Rules)+len(inner.Rules) > 0 {
		l.tally(h.place.pointer, "unchecked-header", "what is asserted about the headers of answers is not checked")
	}
}

// plainHeader tells whether a header can spell values of a type: texts, and
// lists and objects of such.
func plainHeader(t ir.Type) bool {
	if inner, ok := ir.Element(t); ok {
		return plainHeaderText(inner)
	}
	return plainHeaderText(ir.Value{Type: t})
}

func plainHeaderText(v ir.Value) bool {
	return isScalar(jsonType(v.Type)) && !v.Nullable
}
