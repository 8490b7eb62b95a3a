package lower

import (
	"cmp"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// declareStruct makes the struct of an object; its fields follow later.
func (l *lowerer) declareStruct(f *facts) *ir.Struct {
	p := f.place
	s := &ir.Struct{GoName: l.typeName(p), File: p.file, Role: p.role, Pointer: p.pointer, Deprecated: p.schema().Deprecated}
	s.Doc = p.describeType(s.GoName)
	l.nouns[s] = l.nameIn(p, p.shared)
	l.declare(s, p.pointer)
	l.later(func() { l.fillStruct(s, f) })
	return s
}

func (l *lowerer) fillStruct(s *ir.Struct, f *facts) {
	l.closed(f)
	props, required := l.split(f)
	for _, prop := range props {
		field := l.field(prop, required[prop.name])
		s.Fields = append(s.Fields, field)
		s.Rules = append(s.Rules, l.narrowed(prop)...)
		if prop.name == "id" && field.Type == ir.String {
			s.ID = prop.name
		}
	}
	s.Rules = append(s.Rules, l.requiredRule(f, props)...)
	s.Rules = append(s.Rules, l.applicable(s, l.ownRules(f))...)
	l.fieldNames(s, methods)
}

// property is a member of an object, with every place that describes it.
type property struct {
	name   string
	main   place
	others []place
}

// split returns the members of an object in their order, and which of them are
// required.
func (l *lowerer) split(f *facts) ([]property, map[string]bool) {
	required := map[string]bool{}
	places := map[string][]place{}
	for _, p := range f.parts {
		for _, name := range p.schema().Required {
			required[name] = true
		}
		for name := range p.schema().Properties {
			places[name] = append(places[name], l.member(p, name))
		}
	}
	var props []property
	for _, name := range orderedMembers(places) {
		props = append(props, choose(name, places[name]))
	}
	return props, required
}

// choose picks the place that decides a member's type: the one that says most
// about it, the outermost of equals. What the others say become assertions.
func choose(name string, places []place) property {
	best := 0
	for i, p := range places {
		if weight(p) > weight(places[best]) {
			best = i
		}
	}
	others := slices.Delete(slices.Clone(places), best, best+1)
	return property{name, places[best], others}
}

// weight orders descriptions of one member by how much they say.
func weight(p place) int {
	s := p.schema()
	switch {
	case len(constants(s)) > 0:
		return 4
	case p.isRef() || strong(s) || len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) > 0:
		return 3
	case !s.Type.IsEmpty():
		return 2
	}
	return 1
}

func (l *lowerer) field(prop property, required bool) *ir.Field {
	p := prop.main
	s := p.schema()
	f := &ir.Field{
		Name: prop.name, GoName: l.fieldName(p, prop.name), Pointer: p.pointer, Required: required,
		Doc: l.describe(p), Deprecated: s.Deprecated && !l.inherits(p), ReadOnly: s.ReadOnly, WriteOnly: s.WriteOnly,
		Default: jsonText(s.Default), Value: l.value(p),
	}
	for _, q := range prop.others {
		f.Doc = either(f.Doc, l.describe(q))
		l.sameShape(p, f.Type, q)
	}
	return f
}

// inherits tells whether a reference has nothing of its own to say.
func (l *lowerer) inherits(p place) bool {
	if !p.isRef() {
		return false
	}
	q, ok := l.target(p)
	return ok && q.ref.Value == p.ref.Value
}

// describe returns the description of a place, not of what it refers to: a
// change there must not change a line here.
func (l *lowerer) describe(p place) string {
	if l.inherits(p) {
		return ""
	}
	text := p.schema().Description
	if q, ok := l.follow(p); p.isRef() && ok && q.schema().Description == text {
		return ""
	}
	return plainText(text)
}

// sameShape reports a second description of a member that has members or a
// type which the first lacks.
func (l *lowerer) sameShape(p place, t ir.Type, q place) {
	if q.isRef() && p.isRef() && p.ref.Ref == q.ref.Ref {
		return
	}
	s := q.schema()
	if q.isRef() || len(s.Properties) > 0 || s.Items != nil && jsonType(t) != "array" ||
		!s.Type.IsEmpty() && !allows(s.Type.Slice(), t) {
		l.report(p.pointer, "unsupported-all-of", "this member is described differently at #%s: describe it in one place", q.pointer)
	}
}

// narrowed returns what further descriptions assert about a member.
func (l *lowerer) narrowed(prop property) []*ir.Rule {
	var out []*ir.Rule
	for _, q := range prop.others {
		sub := slices.DeleteFunc(l.rules(q, ""), func(r *ir.Rule) bool { return r.Keyword == "type" })
		if types := withoutNull(q.schema().Type.Slice()); len(types) > 0 {
			sub = append(sub, narrower(types, l.value(prop.main), q.pointer)...)
		}
		if len(sub) > 0 && !q.isRef() {
			out = append(out, &ir.Rule{Keyword: "property", Text: prop.name, Subs: [][]*ir.Rule{sub}, Pointer: q.pointer})
		}
	}
	return out
}

// requiredRule asserts the presence of members that nothing describes.
func (l *lowerer) requiredRule(f *facts, props []property) []*ir.Rule {
	var missing []string
	pointer := f.place.pointer
	for _, p := range f.parts {
		for _, name := range p.schema().Required {
			if !slices.ContainsFunc(props, func(prop property) bool { return prop.name == name }) {
				missing = append(missing, name)
				pointer = p.pointer
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	return []*ir.Rule{{Keyword: "required", Names: slices.Compact(missing), Pointer: join(pointer, "required")}}
}

// merged is an object that several schemas describe together, some of them
// elsewhere.
func (l *lowerer) merged(f *facts) (ir.Value, *facts) {
	all := *f
	all.parts = slices.Clone(f.parts)
	all.refs = nil
	if !l.gather(&all, f.refs, map[string]visit{f.place.pointer: visiting}) {
		return ir.Value{Type: ir.Raw}, f
	}
	types, named := all.types()
	if named && !slices.Equal(types, []string{"object"}) {
		l.report(f.place.pointer, "unsupported-all-of", "only objects can be merged: use one of the schemas, or an object that has them as members")
		return ir.Value{Type: ir.Raw}, f
	}
	return l.object(&all)
}

// visit says how far gathering has come with a schema.
type visit int

const (
	visiting visit = iota + 1
	visited
)

// gather adds the parts of what is referred to, each once.
func (l *lowerer) gather(f *facts, refs []place, seen map[string]visit) bool {
	for _, ref := range refs {
		q, ok := l.target(ref)
		if !ok {
			return false
		}
		switch seen[q.pointer] {
		case visited:
			continue
		case visiting:
			l.report(ref.pointer, "endless-schema", "the schema consists of itself: break the cycle with an object")
			return false
		}
		seen[q.pointer] = visiting
		if !l.gatherParts(f, ref, l.facts(q), seen) {
			return false
		}
		seen[q.pointer] = visited
	}
	return true
}

// maxParts bounds what chains of allOf can blow up to: each has the members of
// all before it.
const maxParts = 1 << 17

func (l *lowerer) gatherParts(f *facts, ref place, inner *facts, seen map[string]visit) bool {
	if len(inner.choicesFor(useUnion))+len(inner.choicesFor(useExpand)) > 0 {
		l.report(ref.pointer, "unsupported-all-of", "alternatives can't be merged with other schemas: make them a member of their own")
		return false
	}
	if l.parts += len(inner.parts); l.parts > maxParts {
		l.report(ref.pointer, "too-many-schemas", "the schemas of this document are merged too often: write them more simply")
		return false
	}
	f.parts = append(f.parts, inner.parts...)
	f.choices = append(f.choices, inner.choices...)
	return l.gather(f, inner.refs, seen)
}

// closed reports what is said about further members and can't be kept.
func (l *lowerer) closed(f *facts) {
	for _, p := range f.parts {
		more := p.schema().AdditionalProperties
		switch {
		case more.Schema != nil && !anything(more.Schema):
			l.report(join(p.pointer, "additionalProperties"), "unsupported-additional-properties",
				"an object can't have members of its own and further ones of one type: move the further ones into a member")
		case more.Has != nil && !*more.Has && len(p.schema().Properties) < len(f.properties()):
			l.report(p.pointer, "unsupported-all-of",
				"additionalProperties: false forbids the members that other schemas of the same object have: remove it")
		}
	}
}

// anything tells whether a schema allows every value.
func anything(ref *openapi3.SchemaRef) bool {
	if ref.Ref != "" || ref.Value == nil {
		return false
	}
	s := ref.Value
	if s.Always != nil {
		return *s.Always
	}
	applied := len(s.AllOf) + len(s.AnyOf) + len(s.OneOf) + len(s.Required) + len(s.PatternProperties)
	return !strong(s) && s.Type.IsEmpty() && bare(place{ref: ref}) && applied == 0
}

// orderedMembers returns names of members: id and object first, then sorted.
func orderedMembers[V any](set map[string]V) []string {
	out := sortedKeys(set)
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

func rank(name string) int {
	switch name {
	case "id":
		return 0
	case "object":
		return 1
	}
	return 2
}
