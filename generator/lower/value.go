package lower

import (
	"slices"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// value returns what a schema means where it stands.
func (l *lowerer) value(p place) ir.Value {
	if v, ok := l.values[p.pointer]; ok {
		return v
	}
	if l.busy[p.pointer] {
		l.report(p.pointer, "endless-schema", "the schema consists of itself: break the cycle with an object")
		return ir.Value{Type: ir.Raw}
	}
	l.busy[p.pointer] = true
	v := l.decide(l.facts(p))
	delete(l.busy, p.pointer)
	l.values[p.pointer] = v
	return v
}

// decide picks the type that fits what a schema consists of.
func (l *lowerer) decide(f *facts) ir.Value {
	o := l.shape(f)
	v := o.value
	here := f.nullable || l.alternativelyNull(f)
	v.Nullable = v.Nullable || o.nullable || here
	if f.never && !o.whole {
		v.Rules = append(v.Rules, &ir.Rule{Keyword: "false", Pointer: f.place.pointer})
	}
	if v.Nullable {
		v.Rules = l.orNull(v.Rules)
	}
	accepts := v.Type == ir.Raw || l.acceptsNull(f.roots)
	switch {
	case o.whole:
		all := l.applicable(v.Type, l.whole(f))
		v.Rules = append(v.Rules, slices.DeleteFunc(all, func(r *ir.Rule) bool { return typeSays(v, r) })...)
	case o.rest != nil:
		own := l.applicable(v.Type, l.ownRules(o.rest))
		v.Rules = append(v.Rules, slices.DeleteFunc(own, func(r *ir.Rule) bool { return implied(v, r) })...)
	}
	if v.Nullable && !accepts && l.v31 && !o.whole && f.place.role == ir.RoleObject {
		v.Rules = append(v.Rules, notNull(f))
	}
	v.NullToo = v.Type != ir.Raw && f.place.role == ir.RoleObject && l.nullToo(f, v, accepts, here)
	return v
}

// nullToo tells whether null is a value like any other, so that the assertions
// of the type that is declared here, or referred to, are about it, too.
func (l *lowerer) nullToo(f *facts, v ir.Value, accepts, here bool) bool {
	named, ok := v.Type.(ir.Named)
	if !v.Nullable || ok && l.declared[f.place.pointer] == named {
		return accepts
	}
	return v.NullToo && !here
}

// shape finds a type for what a schema consists of.
func (l *lowerer) shape(f *facts) outcome {
	if l.mustMerge(f) {
		return l.merged(f)
	}
	unions, enums := f.choicesFor(useUnion), f.choicesFor(useEnum)
	types, named := f.types()
	switch {
	case named && len(types) == 0:
		return l.noType(f)
	case len(f.choicesFor(useExpand)) > 0:
		return outcome{value: l.expandable(f, f.choicesFor(useExpand)[0]), rest: f}
	case len(unions) > 0:
		return l.unionValue(f, unions)
	case l.listed(f) && !l.scalarsOnly(f):
		return l.unlisted(f)
	case len(enums) > 0 || l.listed(f):
		return outcome{value: l.enumValue(f, enums), rest: f}
	case len(f.refs) > 0:
		return l.referred(f)
	}
	return l.plain(f)
}

// listed tells whether some part lists constants.
func (l *lowerer) listed(f *facts) bool {
	return slices.ContainsFunc(f.parts, func(p place) bool { return len(constants(p.schema())) > 0 })
}

// scalarsOnly tells whether what the parts list are scalars.
func (l *lowerer) scalarsOnly(f *facts) bool {
	return !slices.ContainsFunc(f.parts, func(p place) bool {
		return slices.ContainsFunc(constants(p.schema()), func(c constant) bool { return literalType(c.value) == "" })
	})
}

// unlisted is a list of constants that are no scalars: it has the type of what
// stands beside it.
func (l *lowerer) unlisted(f *facts) outcome {
	o := l.plain(f)
	if s, ok := o.value.Type.(*ir.Struct); ok && o.rest == nil { // the assertions are the struct's
		l.later(func() { s.Rules = unimplied(s, l.whole(f)) })
		return o
	}
	return outcome{value: ir.Value{Type: o.value.Type, Nullable: o.value.Nullable}, whole: true}
}

// mustMerge tells whether a schema is more than a reference with assertions
// beside it.
func (l *lowerer) mustMerge(f *facts) bool {
	if len(f.refs) == 0 {
		return false
	}
	return len(f.refs) > 1 || l.fromSubtype(f.refs[0]) || len(f.choices) > len(f.choicesFor(useRule)) ||
		slices.ContainsFunc(f.parts, func(p place) bool { return strong(p.schema()) || noMembers(p) })
}

// referred is a reference with nothing beside it but assertions.
func (l *lowerer) referred(f *facts) outcome {
	q, ok := l.target(f.refs[0])
	if !ok {
		return outcome{value: ir.Value{Type: ir.Raw}, rest: f}
	}
	v := l.value(q)
	v.Rules = append(slices.Clone(v.Rules), l.requiredRule(f, nil)...)
	types, named := f.types()
	switch {
	case named && !allows(types, v.Type):
		return l.noType(f)
	case named:
		v.Rules = append(v.Rules, narrower(types, ir.Value{Type: v.Type, Nullable: v.Nullable || f.nullable}, f.place.pointer)...)
	}
	if needsWhole(f) {
		return outcome{value: v, whole: true}
	}
	return outcome{value: v, rest: f}
}

// noType is a schema that no type of value satisfies, but for null where that is
// allowed.
func (l *lowerer) noType(f *facts) outcome {
	if f.nullable {
		l.noteRaw(f, "raw-json", "nothing but null is allowed here, which has no type: it is raw JSON")
		return outcome{value: ir.Value{Type: ir.Raw, Nullable: true}, whole: true}
	}
	l.note(f.place.pointer, "impossible-schema", "no type of value satisfies all that is said here, so that none is valid: it is raw JSON: correct one of the schemas")
	return raw()
}

// narrower asserts types of which a Go type holds more. Whether null is allowed
// is not asked for here.
func narrower(types []string, v ir.Value, pointer string) []*ir.Rule {
	kind := jsonType(v.Type)
	s, _ := v.Type.(*ir.Struct)
	if kind != "" && slices.Equal(common([]string{kind}, types), []string{kind}) && (s == nil || !s.Untyped) {
		return nil
	}
	if v.Nullable {
		types = append(slices.Clone(types), "null")
	}
	return []*ir.Rule{{Keyword: "type", Types: sorted(types), Pointer: join(pointer, "type")}}
}

// allows tells whether a list of JSON types holds the one of a Go type.
func allows(types []string, t ir.Type) bool {
	kind := jsonType(t)
	return kind == "" || len(common([]string{kind}, types)) > 0
}

// plain is a schema without references, choices and constants.
func (l *lowerer) plain(f *facts) outcome {
	types, named := f.types()
	has := func(is func(place) bool) bool { return slices.ContainsFunc(f.parts, is) }
	switch {
	case named && len(types) == 0:
		return l.noType(f)
	case len(types) > 1:
		return outcome{value: l.multiType(f, types)}
	case len(types) == 1:
		return l.typed(f, types[0])
	case len(f.properties()) > 0:
		return l.object(f)
	case f.place.role == ir.RoleParams && has(isMap): // what is only sent is what it is sent as
		return l.object(f)
	case f.place.role == ir.RoleParams && has(hasItems):
		return l.array(f)
	case has(isMap):
		l.noteRaw(f, "untyped", "without a type, other values than objects are allowed too: it is raw JSON: add \"type: object\"")
	case has(hasItems):
		l.noteRaw(f, "untyped", "without a type, other values than lists are allowed too: it is raw JSON: add \"type: array\"")
	default:
		l.noteRaw(f, "raw-json", "the document says nothing about the type of this value: it is raw JSON")
	}
	return raw()
}

// notNull is the assertion that null is not allowed.
func notNull(f *facts) *ir.Rule {
	return &ir.Rule{Keyword: "type", Types: []string{"array", "boolean", "number", "object", "string"}, Pointer: f.place.pointer}
}

// noMembers tells whether a schema allows no members besides those it describes.
func noMembers(p place) bool {
	has := p.schema().AdditionalProperties.Has
	return has != nil && !*has
}

func isMap(p place) bool { return p.schema().AdditionalProperties.Schema != nil }

func hasItems(p place) bool { return p.schema().Items != nil || len(p.schema().PrefixItems) > 0 }

func (l *lowerer) typed(f *facts, kind string) outcome {
	switch kind {
	case "object":
		return l.object(f)
	case "array":
		return l.array(f)
	case "string", "integer", "number", "boolean":
		return outcome{value: ir.Value{Type: l.prim(f, kind)}, rest: f}
	}
	l.unknownType(f.place, kind)
	return outcome{value: ir.Value{Type: ir.Raw}, rest: f}
}

func (l *lowerer) unknownType(p place, kind string) {
	l.report(p.pointer, "unknown-type", "there is no type %q: write string, number, integer, boolean, array or object", kind)
}

// prim picks the Go type of a scalar by its format.
func (l *lowerer) prim(f *facts, kind string) ir.Prim {
	format, encoding := "", ""
	for _, p := range f.parts {
		format = either(format, p.schema().Format)
		encoding = either(encoding, p.schema().ContentEncoding)
	}
	_, whole := integerFormats[format]
	switch kind {
	case "boolean":
		return ir.Bool
	case "number":
		if !whole || l.opts.FreeFormats {
			return ir.Float64
		}
	case "string":
		if format == "byte" || encoding == "base64" {
			return ir.Bytes
		}
		return ir.String
	}
	switch format {
	case "int32":
		return ir.Int32
	case "uint64":
		return ir.Uint64
	case "unix-time":
		return ir.UnixTime
	}
	return ir.Int64
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// array is a list.
func (l *lowerer) array(f *facts) outcome {
	var items []place
	tuple := false
	for _, p := range f.parts {
		if p.schema().Items != nil {
			items = append(items, p.item())
		}
		tuple = tuple || len(p.schema().PrefixItems) > 0
	}
	o := outcome{rest: f, whole: needsWhole(f)}
	switch {
	case tuple:
		o.value.Type = &ir.Slice{Elem: l.tupleItem(f)}
	case len(items) == 0:
		l.noteRaw(f, "raw-json", "the document says nothing about the items of this list: they are raw JSON")
		o.value.Type = &ir.Slice{Elem: ir.Value{Type: ir.Raw}}
	default:
		o.value.Type = &ir.Slice{Elem: l.within(l.together(f, items, "items"))}
	}
	return o
}

// tupleItem is the type of the items of a list whose first ones are described
// each by itself: raw JSON, unless all are scalars of one type. Their
// assertions are the list's.
func (l *lowerer) tupleItem(f *facts) ir.Value {
	var items []place
	for _, p := range f.parts {
		items = append(items, refs(p, "prefixItems", p.schema().PrefixItems)...)
		if p.schema().Items == nil || p.schema().Items.Value == nil {
			items = append(items, p) // the others may be anything, and p is no scalar
		} else if always := p.schema().Items.Value.Always; always == nil || *always {
			items = append(items, p.item())
		}
	}
	if kind, same := l.sameScalars(items); same {
		return ir.Value{Type: map[string]ir.Type{"string": ir.String, "integer": ir.Int64, "number": ir.Float64, "boolean": ir.Bool}[kind]}
	}
	l.noteRaw(f, "tuple", "the items of this list are described one by one: they are raw JSON")
	return ir.Value{Type: ir.Raw}
}

// sameScalars tells whether all schemas are scalars of one JSON type, and which.
func (l *lowerer) sameScalars(list []place) (string, bool) {
	first := ""
	for _, p := range list {
		kind, _, ok := l.scalar(p)
		if !ok || first != "" && kind != first {
			return "", false
		}
		first = kind
	}
	return first, first != ""
}

// object is a struct where members are described, else a map.
func (l *lowerer) object(f *facts) outcome {
	if len(f.properties()) > 0 {
		return outcome{value: ir.Value{Type: l.declareStruct(f)}}
	}
	var entries []place
	for _, p := range f.parts {
		if isMap(p) {
			entries = append(entries, p.entry())
		}
	}
	o := outcome{rest: f, whole: needsWhole(f)}
	if !o.whole {
		o.value.Rules = l.requiredRule(f, nil)
	}
	switch p, ok := onlyPattern(f); {
	case ok:
		o.value.Type = &ir.Map{Elem: l.within(p)}
	case slices.ContainsFunc(f.parts, hasPatterns):
		l.noteRaw(f, "raw-map", "what the members of this object are depends on their names: it is a map of raw JSON")
		o.value.Type = &ir.Map{Elem: ir.Value{Type: ir.Raw}}
	case len(entries) == 0:
		if !slices.ContainsFunc(f.parts, noMembers) {
			l.noteRaw(f, "raw-map", "the document describes no members of this object: it is a map of raw JSON")
		}
		o.value.Type = &ir.Map{Elem: ir.Value{Type: ir.Raw}}
	default:
		o.value.Type = &ir.Map{Elem: l.within(l.together(f, entries, "additionalProperties"))}
	}
	return o
}

func hasPatterns(p place) bool { return len(p.schema().PatternProperties) > 0 }

// onlyPattern returns what all members of an object are that asks their names
// to match one pattern.
func onlyPattern(f *facts) (place, bool) {
	if len(f.parts) != 1 || !noMembers(f.parts[0]) || len(f.parts[0].schema().PatternProperties) != 1 {
		return place{}, false
	}
	p := f.parts[0]
	for expr, ref := range p.schema().PatternProperties {
		q := p.at(ref, "patternProperties", expr)
		q.own += "Value"
		q.about = "a value of " + either(p.about, names.Join(p.owner, p.own))
		return q, true
	}
	return place{}, false
}

// within returns the value of what a list or a map has. One that leads back to
// itself, through lists and maps alone, has no type in Go that could be
// written out.
func (l *lowerer) within(p place) ir.Value {
	if l.leadsBack(p) {
		l.note(p.pointer, "recursive-list", "lists and maps that consist of themselves have no type of their own: this is raw JSON: make them members of an object")
		return ir.Value{Type: ir.Raw, Rules: l.rules(p, "")}
	}
	return l.value(p)
}

// leadsBack tells whether a place within a list or a map is within itself.
func (l *lowerer) leadsBack(p place) bool {
	l.pass(p)
	return l.circles.isOn(p.pointer)
}

// pass remembers a place by its pointer.
func (l *lowerer) pass(p place) {
	if _, there := l.passed[p.pointer]; !there {
		l.passed[p.pointer] = p
	}
}

// plainPointers returns the pointers of the plain parts of a place.
func (l *lowerer) plainPointers(pointer string) []string {
	var out []string
	for _, q := range l.plainParts(l.passed[pointer]) {
		l.pass(q)
		out = append(out, q.pointer)
	}
	return out
}

// plainParts returns what the Go type of a schema consists of unless it has a
// name of its own: what is referred to, and what lists and maps have.
func (l *lowerer) plainParts(p place) []place {
	f := l.facts(p)
	if len(f.properties()) > 0 || len(f.choicesFor(useUnion)) > 0 || l.listed(f) {
		return nil
	}
	var out []place
	for _, ref := range f.refs {
		if q, ok := l.target(ref); ok {
			out = append(out, q)
		}
	}
	for _, q := range f.parts {
		if q.schema().Items != nil {
			out = append(out, q.item())
		}
		if isMap(q) {
			out = append(out, q.entry())
		}
	}
	return out
}

// expandable is an id that may come as an object.
func (l *lowerer) expandable(f *facts, c *choice) ir.Value {
	var objects []place
	var rules []*ir.Rule
	for _, m := range c.members {
		if kind, _, ok := l.scalar(m); ok && kind == "string" {
			rules = append(rules, l.applicable(ir.String, l.ownRules(l.facts(m)))...)
			continue
		}
		objects = append(objects, m)
	}
	if len(objects) == len(c.members) {
		l.report(c.place.pointer, "bad-expansion", "an expandable member needs an id: add a string to %s", c.keyword)
	}
	if l.sliced() && slices.ContainsFunc(objects, l.refers) {
		return ir.Value{Type: l.cuttableObject(f, objects), Rules: rules}
	}
	return ir.Value{Type: &ir.Expandable{Object: l.expanded(f, objects)}, Rules: rules}
}

// expanded returns what an id may come as: an object, one of several, or
// anything where the document does not say.
func (l *lowerer) expanded(f *facts, objects []place) ir.Type {
	switch len(objects) {
	case 0:
		l.noteRaw(f, "raw-json", "the document does not say what this id stands for: expanded, it is raw JSON")
		return ir.Raw
	case 1:
		return l.objectOrRaw(objects[0])
	}
	return l.declareUnion(f.place, objects, nil)
}

func (l *lowerer) objectOrRaw(p place) ir.Type {
	v := l.value(p)
	switch t := v.Type.(type) {
	case *ir.Struct:
		l.ofIDs[t] = true
		return t
	case *ir.Union:
		return t
	case ir.Prim:
		if t == ir.Raw {
			return t
		}
	}
	l.report(p.pointer, "bad-expansion", "an id can only expand to an object: refer to one")
	return ir.Raw
}
