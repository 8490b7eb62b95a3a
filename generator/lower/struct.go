package lower

import (
	"cmp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// declareStruct makes the struct of an object; its fields follow later.
func (l *lowerer) declareStruct(f *facts) *ir.Struct {
	p := f.place
	s := &ir.Struct{GoName: l.typeName(p), File: p.file, Role: p.role, Pointer: p.pointer, Deprecated: p.schema().Deprecated}
	_, named := f.types()
	s.Untyped = !named && p.role == ir.RoleObject
	s.Doc = p.describeType(s.GoName)
	l.nouns[s] = l.nameIn(p, p.shared)
	l.declare(s, p.pointer)
	l.later(func() { l.fillStruct(s, f) })
	return s
}

func (l *lowerer) fillStruct(s *ir.Struct, f *facts) {
	props, required := l.split(f)
	for i, prop := range props {
		props[i] = l.reconcile(f, prop)
		field := l.field(props[i], required[prop.name])
		if field.ReadOnly && s.Role == ir.RoleParams {
			continue // only answers have it
		}
		s.Fields = append(s.Fields, field)
		if prop.name == "id" && field.Type == ir.String {
			s.ID = prop.name
		}
	}
	s.More = l.more(f)
	s.Rules = append(s.Rules, l.structRules(s, f, props)...)
	l.fieldNames(s, methods)
}

// structRules returns what an object asserts besides what its fields do.
func (l *lowerer) structRules(s *ir.Struct, f *facts, props []property) []*ir.Rule {
	untold := s.More == nil && s.Role == ir.RoleObject && slices.ContainsFunc(f.parts, func(p place) bool {
		return isMap(p) && !anything(p.schema().AdditionalProperties.Schema)
	})
	if untold || needsWhole(f) || s.Untyped && slices.ContainsFunc(f.parts, hasItems) {
		return unimplied(s, l.whole(f))
	}
	var out []*ir.Rule
	for _, prop := range props {
		out = append(out, l.narrowed(prop)...)
	}
	out = append(out, l.requiredRule(f, props)...)
	if s.Untyped {
		return append(out, l.ownRules(f)...)
	}
	return append(out, l.applicable(s, l.ownRules(f))...)
}

// more returns the field for the members that no other is for, nil where the
// document says nothing about those, or what they are depends on their names.
func (l *lowerer) more(f *facts) *ir.Field {
	var entries []place
	for _, p := range f.parts {
		if hasPatterns(p) {
			return nil
		}
		if isMap(p) && !anything(p.schema().AdditionalProperties.Schema) {
			entries = append(entries, p.entry())
		}
	}
	if len(entries) == 0 {
		return nil
	}
	p := l.together(f, entries, "additionalProperties")
	elem := l.within(p)
	if elem.Type == ir.Raw {
		return nil
	}
	return &ir.Field{
		GoName: "AdditionalProperties", Pointer: strings.TrimSuffix(p.pointer, "/"), Value: ir.Value{Type: &ir.Map{Elem: elem}},
		Doc: either(l.describe(p), "The members that no other field is for, by their names."),
	}
}

// nameMore gives the field for further members a name that no other has.
func nameMore(s *ir.Struct) {
	taken := func(f *ir.Field) bool { return f.GoName == s.More.GoName }
	for s.More != nil && slices.ContainsFunc(s.Fields, taken) {
		s.More.GoName = "More" + s.More.GoName
	}
}

// property is a member of an object, with every place that describes it.
type property struct {
	name   string
	main   place
	others []place // further places, which only assert
	all    []place // the places that main stands for
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
	return property{name: name, main: places[best], others: others}
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

// reconcile describes a member in one place that is described in several, none
// of which says it all.
func (l *lowerer) reconcile(f *facts, prop property) property {
	if !slices.ContainsFunc(prop.others, func(q place) bool { return l.unlike(prop.main, q) }) {
		return prop
	}
	all := append([]place{prop.main}, prop.others...)
	p := l.together(f, all, "properties", prop.name)
	q := l.under(f.place, p, l.names.Tail(prop.name))
	q.about, q.said = "the member "+prop.name, plainText(q.schema().Description)
	l.members[q.pointer].place = q
	return property{name: prop.name, main: q, all: all}
}

// together returns a place that stands for several schemas which all apply to a
// part of f. Its pointer is that of the part, and of nothing in the document.
func (l *lowerer) together(f *facts, all []place, tokens ...string) place {
	p := all[0]
	if len(all) == 1 {
		return p
	}
	p.pointer = join(f.place.pointer, tokens...) + "/"
	p.owner, p.shared, p.within, p.file, p.role = f.place.owner, f.place.shared, f.place.within, f.place.file, f.place.role
	switch tokens[0] {
	case "items":
		p.own = names.Singular(f.place.own)
	case "additionalProperties":
		p.own = f.place.own + "Value"
	}
	if l.members[p.pointer] == nil {
		merged := &facts{place: p}
		l.members[p.pointer] = merged
		l.join(merged, all...)
		l.conclude(merged)
	}
	return p
}

func (l *lowerer) field(prop property, required bool) *ir.Field {
	p := prop.main
	s := p.schema()
	f := &ir.Field{
		Name: prop.name, GoName: l.fieldName(p, prop.name), Pointer: strings.TrimSuffix(p.pointer, "/"), Required: required,
		Doc: l.describe(p), Deprecated: s.Deprecated && !l.inherits(p), Value: l.value(p),
	}
	for _, q := range append(prop.others, prop.all...) {
		f.Doc = either(f.Doc, l.describe(q))
	}
	for _, q := range l.allParts(append(prop.others, p)) {
		s := q.schema()
		f.ReadOnly, f.WriteOnly = f.ReadOnly || s.ReadOnly, f.WriteOnly || s.WriteOnly
		f.Default = either(f.Default, l.defaultOf(q))
	}
	return f
}

// allParts returns the schemas that apply to a member, those that it refers to
// included.
func (l *lowerer) allParts(places []place) []place {
	var out []place
	for _, p := range places {
		f := l.facts(p)
		out = append(out, f.parts...)
		for _, ref := range f.refs {
			if q, ok := l.target(ref); ok {
				out = append(out, l.facts(q).parts...)
			}
		}
	}
	return out
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

// unlike tells whether a further description of a member says more about its
// type than the first.
func (l *lowerer) unlike(p, q place) bool {
	if q.isRef() && p.isRef() && p.ref.Ref == q.ref.Ref {
		return false
	}
	s, kinds := q.schema(), l.kinds(p, 0)
	shaped := len(s.Properties) > 0 || s.Items != nil && !slices.Contains(kinds, "array") || isMap(q) || len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) > 0
	types := withoutNull(s.Type.Slice())
	return q.isRef() || shaped || len(kinds) > 0 && len(types) > 0 && len(common(kinds, types)) == 0
}

// kinds returns the JSON types that a schema names, by itself or by what it
// refers to or lists; none where it names none.
func (l *lowerer) kinds(p place, depth int) []string {
	f := l.facts(p)
	if types, named := f.types(); named {
		return types
	}
	for _, part := range f.parts {
		if kind, ok := oneType(constants(part.schema())); ok {
			return []string{kind}
		}
	}
	if len(f.refs) == 0 || depth == maxChain {
		return nil
	}
	q, ok := l.target(f.refs[0])
	if !ok {
		return nil
	}
	return l.kinds(q, depth+1)
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
	described := make(map[string]bool, len(props))
	for _, prop := range props {
		described[prop.name] = true
	}
	var missing []string
	pointer := f.place.pointer
	for _, p := range f.parts {
		for _, name := range p.schema().Required {
			if !described[name] {
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

// merged is what several schemas describe together, some of them elsewhere.
func (l *lowerer) merged(f *facts) outcome {
	all := f.widened()
	all.refs = nil
	if !l.gather(all, f.refs, map[string]visit{f.place.pointer: visiting}) {
		return raw()
	}
	all.nullable = false
	l.conclude(all)
	o := l.shape(all)
	o.nullable = o.nullable || all.nullable
	if all.never && !f.never {
		o.value.Rules = append(o.value.Rules, &ir.Rule{Keyword: "false", Pointer: f.place.pointer})
	}
	return o
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
		if !l.gatherParts(f, ref, q, seen) {
			return false
		}
		seen[q.pointer] = visited
	}
	return true
}

// maxParts bounds what chains of allOf can blow up to: each has the members of
// all before it.
const maxParts = 1 << 17

func (l *lowerer) gatherParts(f *facts, ref, q place, seen map[string]visit) bool {
	inner := l.facts(q)
	if l.parts += len(inner.parts); l.parts > maxParts {
		l.tally(ref.pointer, "too-many-schemas", "the schemas of this document are merged too often for a type of their own: this is raw JSON: write them more simply")
		return false
	}
	f.parts = append(f.parts, inner.parts...)
	f.take(l.besides(ref, q, inner.choices))
	f.never = f.never || inner.never
	return l.gather(f, inner.refs, seen)
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
