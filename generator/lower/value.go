package lower

import (
	"slices"

	"github.com/oaken-go/oaken/generator/ir"
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
	v, rest := l.shape(f)
	v.Nullable = v.Nullable || f.nullable || l.alternativelyNull(f)
	if f.never {
		v.Rules = append(v.Rules, &ir.Rule{Keyword: "false", Pointer: f.place.pointer})
	}
	if v.Nullable {
		v.Rules = l.orNull(v.Rules)
	}
	if rest != nil {
		own := l.applicable(v.Type, l.ownRules(rest))
		v.Rules = append(v.Rules, slices.DeleteFunc(own, func(r *ir.Rule) bool { return implied(v, r) })...)
	}
	return v
}

// shape returns the type, and the facts whose assertions are still to be added
// to it: nil where the type declared here has them.
func (l *lowerer) shape(f *facts) (ir.Value, *facts) {
	unions, enums := f.choicesFor(useUnion), f.choicesFor(useEnum)
	switch {
	case len(f.choicesFor(useExpand)) > 0:
		return l.expandable(f, f.choicesFor(useExpand)[0]), f
	case len(unions) > 0:
		return l.unionValue(f, unions), f
	case len(enums) > 0 || l.listed(f):
		return l.enumValue(f, enums), f
	case len(f.refs) > 0:
		return l.referred(f)
	}
	return l.plain(f)
}

// listed tells whether some part lists constants.
func (l *lowerer) listed(f *facts) bool {
	return slices.ContainsFunc(f.parts, func(p place) bool { return len(constants(p.schema())) > 0 })
}

// referred is a reference, or several schemas merged.
func (l *lowerer) referred(f *facts) (ir.Value, *facts) {
	if len(f.refs) > 1 || slices.ContainsFunc(f.parts, func(p place) bool { return strong(p.schema()) }) {
		return l.merged(f)
	}
	q, ok := l.target(f.refs[0])
	if !ok {
		return ir.Value{Type: ir.Raw}, f
	}
	v := l.value(q)
	v.Rules = slices.Clone(v.Rules)
	if types, named := f.types(); named && !allows(types, v.Type) {
		l.report(f.place.pointer, "unsupported-all-of", "the type here is not that of %q: use one of the two", f.refs[0].ref.Ref)
	} else if named {
		v.Rules = append(v.Rules, narrower(types, v, f.place.pointer)...)
	}
	return v, f
}

// narrower asserts types of which a Go type holds more. Whether null is allowed
// is not asked for here.
func narrower(types []string, v ir.Value, pointer string) []*ir.Rule {
	kind := jsonType(v.Type)
	if kind != "" && slices.Equal(common([]string{kind}, types), []string{kind}) {
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
func (l *lowerer) plain(f *facts) (ir.Value, *facts) {
	types, named := f.types()
	switch {
	case named && len(types) == 0 && f.nullable:
		l.noteRaw(f, "raw-json", "nothing but null is allowed here, which has no type: it is raw JSON")
		return ir.Value{Type: ir.Raw, Nullable: true, Rules: nullOnly(f)}, f
	case named && len(types) == 0:
		l.report(f.place.pointer, "unsupported-all-of", "no type is left that all of these schemas allow: correct one of them")
		return ir.Value{Type: ir.Raw}, f
	case len(types) > 1:
		return l.multiType(f, types), nil
	case len(types) == 1:
		return l.typed(f, types[0])
	case len(f.properties()) > 0 || slices.ContainsFunc(f.parts, isMap):
		return l.object(f)
	case slices.ContainsFunc(f.parts, func(p place) bool { return p.schema().Items != nil }):
		return l.array(f), f
	}
	l.noteRaw(f, "raw-json", "the document says nothing about the type of this value: it is raw JSON")
	return ir.Value{Type: ir.Raw}, f
}

// nullOnly is the assertion that nothing but null is allowed.
func nullOnly(f *facts) []*ir.Rule {
	return []*ir.Rule{{Keyword: "type", Types: []string{"null"}, Pointer: f.place.pointer}}
}

// noMembers tells whether a schema allows no members besides those it describes.
func noMembers(p place) bool {
	has := p.schema().AdditionalProperties.Has
	return has != nil && !*has
}

func isMap(p place) bool { return p.schema().AdditionalProperties.Schema != nil }

func (l *lowerer) typed(f *facts, kind string) (ir.Value, *facts) {
	switch kind {
	case "object":
		return l.object(f)
	case "array":
		return l.array(f), f
	case "string", "integer", "number", "boolean":
		return ir.Value{Type: l.prim(f, kind)}, f
	}
	l.report(f.place.pointer, "unknown-type", "there is no type %q: write string, number, integer, boolean, array or object", kind)
	return ir.Value{Type: ir.Raw}, f
}

// prim picks the Go type of a scalar by its format.
func (l *lowerer) prim(f *facts, kind string) ir.Prim {
	format, encoding := "", ""
	for _, p := range f.parts {
		format = either(format, p.schema().Format)
		encoding = either(encoding, p.schema().ContentEncoding)
	}
	switch kind {
	case "boolean":
		return ir.Bool
	case "number":
		return ir.Float64
	case "string":
		if format == "byte" || encoding == "base64" {
			return ir.Bytes
		}
		return ir.String
	}
	switch format {
	case "int32":
		return ir.Int32
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

// array is a list. Where several parts describe its items, the first does so
// for the type.
func (l *lowerer) array(f *facts) ir.Value {
	var items []place
	for _, p := range f.parts {
		if p.schema().Items != nil {
			items = append(items, p.item())
		}
	}
	if len(items) == 0 {
		l.noteRaw(f, "raw-json", "the document says nothing about the items of this list: they are raw JSON")
		return ir.Value{Type: &ir.Slice{Elem: ir.Value{Type: ir.Raw}}}
	}
	if len(items) > 1 {
		l.report(items[1].pointer, "unsupported-all-of", "the items of this list are described twice: describe them in one place")
	}
	elem := &ir.Slice{Elem: l.value(items[0])}
	return ir.Value{Type: elem}
}

// object is a struct where members are described, else a map.
func (l *lowerer) object(f *facts) (ir.Value, *facts) {
	if len(f.properties()) > 0 {
		return ir.Value{Type: l.declareStruct(f)}, nil
	}
	var entries []place
	for _, p := range f.parts {
		if isMap(p) {
			entries = append(entries, p.entry())
		}
	}
	if len(entries) == 0 {
		if !slices.ContainsFunc(f.parts, noMembers) {
			l.noteRaw(f, "raw-map", "the document describes no members of this object: it is a map of raw JSON")
		}
		return ir.Value{Type: &ir.Map{Elem: ir.Value{Type: ir.Raw}}}, f
	}
	if len(entries) > 1 {
		l.report(entries[1].pointer, "unsupported-all-of", "the values of this map are described twice: describe them in one place")
	}
	return ir.Value{Type: &ir.Map{Elem: l.value(entries[0])}}, f
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
	return l.declareUnion(f.place, objects)
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
