package lower

import (
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// This file turns the keywords of a schema into rules. There are two ways to
// ask: ownRules is for a schema whose Go type says part of what it asserts,
// rules for one that is to be decided by its rules alone.

// ownRules returns what the parts of a schema assert besides its type.
func (l *lowerer) ownRules(f *facts) []*ir.Rule {
	var out []*ir.Rule
	for _, p := range f.parts {
		l.unmodelled(p)
		if unevaluates(p.schema()) {
			out = append(out, l.rules(p.whole(), p.note)...)
			continue
		}
		b := &builder{l: l, place: p, note: p.note, within: f}
		if len(constants(p.schema())) == 0 || p.schema().Const != nil {
			b.constants("enum") // one without values, with null alone, or beside a const
		}
		b.scalars()
		b.objects()
		b.conditions()
		l.unsupported(p)
		out = append(out, b.out...)
	}
	for _, c := range f.choicesFor(useRule) {
		out = append(out, l.choiceRules(c, c.place.note)...)
	}
	return out
}

// unevaluates tells whether a schema asserts something about what its other
// keywords leave: then only all of them together can be evaluated.
func unevaluates(s *openapi3.Schema) bool {
	return given(s.UnevaluatedItems) || given(s.UnevaluatedProperties)
}

func given(arg openapi3.BoolSchema) bool { return arg.Has != nil || arg.Schema != nil }

// rules returns all that a subschema asserts, its type included. A note holds
// for all of it, unless something inside has its own.
func (l *lowerer) rules(p place, note string) []*ir.Rule { return l.assertions(p, note, false) }

// assertions is rules. With marks it keeps what asserts nothing, and yet
// evaluates members or items, for an unevaluatedProperties or unevaluatedItems
// around it.
func (l *lowerer) assertions(p place, note string, marks bool) []*ir.Rule {
	if l.steps++; l.steps >= maxRules {
		if l.steps == maxRules {
			l.report(p.pointer, "too-many-assertions", "the assertions of this document refer to each other too often: write them more simply")
		}
		return nil
	}
	switch {
	case p.ref == nil || p.ref.Value == nil && !p.isRef():
		return nil
	case p.isRef():
		return l.referredRules(p, note, marks)
	}
	s := p.schema()
	if s.Always != nil {
		return always(*s.Always, p.pointer, note)
	}
	if !p.describes() {
		note = noteFor(s, note)
	}
	b := &builder{l: l, place: p, note: note, marks: marks || unevaluates(s), around: marks, lost: l.lost}
	return b.all()
}

// always is what a boolean schema asserts.
func always(ok bool, pointer, note string) []*ir.Rule {
	if ok {
		return nil
	}
	return []*ir.Rule{{Keyword: "false", Note: spoken(note), Pointer: pointer}}
}

// maxRules bounds what a document asks for.
const maxRules = 1 << 18

// referredRules are the rules of what a subschema refers to, and of what stands
// beside the reference.
func (l *lowerer) referredRules(p place, note string, marks bool) []*ir.Rule {
	siblings, lost := l.siblings(p), l.lost
	around := marks
	marks = marks || slices.ContainsFunc(siblings, func(q place) bool { return unevaluates(q.schema()) })
	out := l.reference(p, note, marks)
	for _, q := range siblings {
		b := &builder{l: l, place: q, note: noteFor(q.schema(), note), marks: marks, around: around, lost: lost, out: out}
		out = b.all()
	}
	return out
}

// builder turns the keywords of one schema into rules.
type builder struct {
	l      *lowerer
	place  place
	note   string
	within *facts // set where the schema describes a value rather than asserts
	marks  bool   // as in assertions, or as the schema itself asks for
	around bool   // as in assertions
	lost   int    // what had been left out before
	out    []*ir.Rule
}

// all returns all that the schema asserts.
func (b *builder) all() []*ir.Rule {
	b.shape()
	b.scalars()
	b.objects()
	b.nested()
	b.conditions()
	b.l.unsupported(b.place)
	b.l.contents(b.place)
	b.nullable()
	b.unevaluated()
	return b.out
}

func (b *builder) add(r *ir.Rule) {
	r.Note = spoken(b.note)
	r.Pointer = join(b.place.pointer, r.Keyword)
	b.out = append(b.out, r)
}

// inside is the note for what is in a rule: that of the rule holds, too.
func (b *builder) inside() string {
	if b.note == quiet {
		return quiet
	}
	return ""
}

// inner returns what a subschema asserts about members or items.
func (b *builder) inner(p place, note string) []*ir.Rule {
	p.valued = true
	b.l.below++
	out := b.l.assertions(p, note, false)
	b.l.below--
	return out
}

// branch returns what a subschema asserts about the value itself.
func (b *builder) branch(p place, note string) []*ir.Rule { return b.l.assertions(p, note, b.marks) }

// consequence returns what a subschema asserts under a condition, with the notes
// of all that is in it.
func (b *builder) consequence(p place) []*ir.Rule {
	p.demanded = true
	return b.branch(p, b.inside())
}

// leftOut tells whether an assertion inside a keyword was left out, which makes
// another one of the keyword: it is left out, too, with a note.
func (b *builder) leftOut(before int, keyword string) bool {
	if b.l.lost == before {
		return false
	}
	b.l.note(join(b.place.pointer, keyword), "unchecked-keyword", "%s is not checked, as it depends on an assertion that can't be made", keyword)
	return true
}

// objects adds the assertions about objects and lists, but for those that a
// type would express.
func (b *builder) objects() {
	s := b.place.schema()
	b.count("minProperties", positive(s.MinProps))
	b.count("maxProperties", s.MaxProps)
	if s.PropertyNames != nil {
		b.sub("propertyNames", "", s.PropertyNames)
	}
	for _, name := range sortedKeys(s.DependentRequired) {
		b.add(&ir.Rule{Keyword: "dependentRequired", Text: name, Names: sorted(s.DependentRequired[name])})
	}
	for _, name := range sortedKeys(s.DependentSchemas) {
		inner := b.consequence(b.place.at(s.DependentSchemas[name], "dependentSchemas", name))
		if len(inner) > 0 {
			b.add(&ir.Rule{Keyword: "dependentSchemas", Text: name, Subs: [][]*ir.Rule{inner}})
		}
	}
	b.further(b.patternProperties())
	b.prefixItems()
	b.contains()
}

// patternProperties adds what is asserted about members by their names, and
// returns an expression for all of these. It returns false where Go can't say
// one of them.
func (b *builder) patternProperties() (string, bool) {
	var all []string
	list, ok := b.place.schema().PatternProperties, true
	for _, expr := range sortedKeys(list) {
		p := b.place.at(list[expr], "patternProperties", expr)
		pattern, fits := b.translate(expr, p.pointer)
		if !fits {
			ok = false
			continue
		}
		all = append(all, pattern)
		if inner := b.inner(p, b.inside()); len(inner) > 0 || b.marks {
			b.add(&ir.Rule{Keyword: "patternProperty", Text: pattern, Subs: [][]*ir.Rule{inner}})
			b.out[len(b.out)-1].Pointer = p.pointer
		}
	}
	if len(all) > 1 {
		return "(?:" + strings.Join(all, ")|(?:") + ")", ok
	}
	return strings.Join(all, ""), ok
}

// further adds additionalProperties, which are the members that neither
// properties nor patternProperties describe.
func (b *builder) further(pattern string, ok bool) {
	s := b.place.schema()
	if !given(s.AdditionalProperties) || b.within != nil && !b.closes() {
		return
	}
	inner := b.argument("additionalProperties", s.AdditionalProperties)
	if len(inner) == 0 && !b.marks {
		return
	}
	if !ok {
		b.leftOut(-1, "additionalProperties")
		return
	}
	r := &ir.Rule{Keyword: "additionalProperties", Pattern: pattern, Subs: [][]*ir.Rule{inner}}
	if b.within == nil || len(s.Properties) < len(b.within.properties()) {
		r.Names = append([]string{}, sortedKeys(s.Properties)...)
	}
	b.add(r)
}

// closes tells whether additionalProperties says anything that the Go type does
// not: a struct of parameters has no further members, and what those of a map
// are its type says.
func (b *builder) closes() bool {
	has := b.place.schema().AdditionalProperties.Has
	if has == nil || *has {
		return false
	}
	return b.place.role == ir.RoleObject || len(b.within.properties()) == 0
}

// argument is what a keyword asserts whose argument is a schema or a boolean.
func (b *builder) argument(keyword string, arg openapi3.BoolSchema) []*ir.Rule {
	if arg.Has != nil {
		return always(*arg.Has, join(b.place.pointer, keyword), b.inside())
	}
	return b.inner(b.place.at(arg.Schema, keyword), b.inside())
}

// sub adds a rule with one subschema about members or items.
func (b *builder) sub(keyword, member string, ref *openapi3.SchemaRef) {
	tokens := []string{keyword}
	if member != "" {
		tokens = append(tokens, member)
	}
	inner := b.inner(b.place.at(ref, tokens...), b.inside())
	if len(inner) > 0 {
		b.add(&ir.Rule{Keyword: keyword, Text: member, Subs: [][]*ir.Rule{inner}})
	}
}

// prefixItems adds what is asserted about the first items.
func (b *builder) prefixItems() {
	r, some := &ir.Rule{Keyword: "prefixItems"}, b.marks
	for _, p := range refs(b.place, "prefixItems", b.place.schema().PrefixItems) {
		inner := b.inner(p, b.inside())
		some = some || len(inner) > 0
		r.Subs = append(r.Subs, inner)
	}
	if some && len(r.Subs) > 0 {
		b.add(r)
	}
}

// contains adds how many items must be of a kind.
func (b *builder) contains() {
	s := b.place.schema()
	if s.Contains == nil {
		return
	}
	r, before := &ir.Rule{Keyword: "contains", Number: "1"}, b.l.lost
	if s.MinContains != nil {
		r.Number = countText(*s.MinContains)
	}
	if s.MaxContains != nil {
		r.Most = countText(*s.MaxContains)
	}
	r.Subs = [][]*ir.Rule{b.inner(b.place.at(s.Contains, "contains"), quiet)}
	if (r.Number != "0" || r.Most != "" || b.marks) && !(r.Most != "" && b.leftOut(before, "contains")) {
		b.add(r)
	}
}

// conditions adds not and if.
func (b *builder) conditions() {
	s := b.place.schema()
	if before := b.l.lost; s.Not != nil {
		inner := b.l.rules(b.place.at(s.Not, "not"), quiet)
		if !b.leftOut(before, "not") {
			b.add(&ir.Rule{Keyword: "not", Subs: [][]*ir.Rule{inner}})
		}
	}
	if s.If == nil || s.Then == nil && s.Else == nil && !b.marks {
		return
	}
	before := b.l.lost
	condition := b.branch(b.place.at(s.If, "if"), quiet)
	if b.leftOut(before, "if") {
		return
	}
	b.add(&ir.Rule{Keyword: "if", Subs: [][]*ir.Rule{
		condition,
		b.consequence(b.place.at(s.Then, "then")),
		b.consequence(b.place.at(s.Else, "else")),
	}})
}

// nullable lets null through that another keyword than type would refuse. By
// the letter of OpenAPI 3.0 it has to be allowed by those, too.
func (b *builder) nullable() {
	s := b.place.schema()
	if !s.Nullable || b.l.v31 {
		return
	}
	b.l.looseNull(b.place)
	if s.Not != nil || len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) > 0 {
		null := []*ir.Rule{{Keyword: "type", Types: []string{"null"}, Pointer: join(b.place.pointer, "nullable")}}
		b.out = []*ir.Rule{{Keyword: "if", Subs: [][]*ir.Rule{null, nil, b.out}, Pointer: join(b.place.pointer, "nullable")}}
	}
}

// unevaluated adds the keywords that are about what all others leave: a rule
// that has these.
func (b *builder) unevaluated() {
	s := b.place.schema()
	for _, k := range []struct {
		keyword string
		arg     openapi3.BoolSchema
	}{{"unevaluatedItems", s.UnevaluatedItems}, {"unevaluatedProperties", s.UnevaluatedProperties}} {
		if !given(k.arg) {
			continue
		}
		inner := b.argument(k.keyword, k.arg)
		if len(inner) == 0 && !b.around || b.leftOut(b.lost, k.keyword) {
			continue
		}
		b.out = []*ir.Rule{{
			Keyword: k.keyword, Note: spoken(b.note), Pointer: join(b.place.pointer, k.keyword), Subs: [][]*ir.Rule{b.out, inner},
		}}
	}
}

// quiet is the note where notes would be of no use: under not, if, contains,
// anyOf and oneOf, whose own violation is what is reported.
const quiet = "\x00"

// noteFor returns the note of a subschema: its own, else that around it.
func noteFor(s *openapi3.Schema, note string) string {
	if note == quiet {
		return quiet
	}
	return either(oneLine(s.Description), note)
}

func spoken(note string) string {
	if note == quiet {
		return ""
	}
	return note
}

// choiceRules is an anyOf or oneOf of assertions: a rule, or none where that
// can't be made.
func (l *lowerer) choiceRules(c *choice, note string) []*ir.Rule {
	b := &builder{l: l, place: c.place, note: note}
	members := c.members
	if c.place.role == ir.RoleObject { // with what stands for null
		members = refs(c.place, c.keyword, alternativesOf(c.place.schema(), c.keyword))
	}
	b.choice(c.keyword, members)
	return b.out
}

// choice adds an anyOf or oneOf. What is left out of the alternatives makes more
// of them hold, which an anyOf may.
func (b *builder) choice(keyword string, members []place) {
	before := b.l.lost
	r := &ir.Rule{Keyword: keyword}
	for _, m := range members {
		r.Subs = append(r.Subs, b.branch(m, quiet))
	}
	if keyword == "anyOf" || !b.leftOut(before, keyword) {
		b.add(r)
	}
}

// jsonTypes are those that a schema can name.
var jsonTypes = []string{"array", "boolean", "integer", "null", "number", "object", "string"}

// shape adds the assertions that a type would express, were there one.
func (b *builder) shape() {
	s := b.place.schema()
	if types := b.types(); len(types) > 0 {
		for _, kind := range types {
			if !slices.Contains(jsonTypes, kind) {
				b.l.unknownType(b.place, kind)
			}
		}
		b.add(&ir.Rule{Keyword: "type", Types: types})
	}
	b.constants("const")
	b.constants("enum")
	if len(s.Required) > 0 {
		b.add(&ir.Rule{Keyword: "required", Names: sorted(s.Required)})
	}
	for _, name := range sortedKeys(s.Properties) {
		b.property(name)
	}
	b.items()
}

// types returns the JSON types that are asserted.
func (b *builder) types() []string {
	s := b.place.schema()
	types := slices.Clone(s.Type.Slice())
	if s.Nullable && !b.l.v31 && len(types) > 0 {
		types = append(types, "null")
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// property adds what is asserted about one member.
func (b *builder) property(name string) {
	p := b.place.at(b.place.schema().Properties[name], "properties", name)
	if inner := b.inner(p, b.inside()); len(inner) > 0 || b.marks {
		b.out = append(b.out, &ir.Rule{Keyword: "property", Text: name, Note: spoken(b.note), Subs: [][]*ir.Rule{inner}, Pointer: p.pointer})
	}
}

// items adds what is asserted about the items after those of prefixItems.
func (b *builder) items() {
	s := b.place.schema()
	if s.Items == nil {
		return
	}
	r := &ir.Rule{Keyword: "items", Subs: [][]*ir.Rule{b.inner(b.place.at(s.Items, "items"), b.inside())}}
	if n := len(s.PrefixItems); n > 0 {
		r.Number = strconv.Itoa(n)
	}
	if len(r.Subs[0]) > 0 || b.marks {
		b.add(r)
	}
}

// nested adds what allOf, anyOf and oneOf assert.
func (b *builder) nested() {
	for _, m := range refs(b.place, "allOf", b.place.schema().AllOf) {
		b.out = append(b.out, b.branch(m, b.note)...)
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		members := refs(b.place, keyword, alternativesOf(b.place.schema(), keyword))
		if len(members) > 0 && !(b.place.base && b.l.ofSubtypes(b.place, keyword)) {
			b.choice(keyword, members)
		}
	}
}

// refs returns the places of a list of schemas.
func refs(p place, keyword string, list openapi3.SchemaRefs) []place {
	var out []place
	for i, ref := range list {
		out = append(out, p.at(ref, keyword, strconv.Itoa(i)))
	}
	return out
}

// unsupported notes keywords that mean nothing here.
func (l *lowerer) unsupported(p place) {
	s := p.schema()
	if s.DynamicRef != "" {
		l.lost++
		l.note(join(p.pointer, "$dynamicRef"), "unchecked-keyword", "$dynamicRef has more than one possible target, or none: what it asserts is not checked")
	}
	if s.Extensions["dependencies"] != nil {
		l.note(join(p.pointer, "dependencies"), "unchecked-keyword", "dependencies is no keyword: write dependentRequired or dependentSchemas")
	}
	if d := strings.TrimSuffix(s.SchemaDialect, "#"); l.v31 && d != "" && !slices.Contains(dialects, d) {
		l.note(join(p.pointer, "$schema"), "other-dialect", "the dialect %q is not known: this schema is read as one of OpenAPI 3.1", s.SchemaDialect)
	}
}

// dialects are those of OpenAPI 3.1 and of JSON Schema that schemas are read by.
var dialects = []string{
	"https://json-schema.org/draft/2020-12/schema",
	"https://spec.openapis.org/oas/3.1/dialect/base",
	"https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
}

// keywordTypes names the JSON types that keywords are about; the others are about any.
var keywordTypes = map[string]string{
	"minLength": "string", "maxLength": "string", "pattern": "string", "format": "string",
	"minimum": "number", "maximum": "number", "exclusiveMinimum": "number", "exclusiveMaximum": "number", "multipleOf": "number",
	"minItems": "array", "maxItems": "array", "uniqueItems": "array",
	"minProperties": "object", "maxProperties": "object", "propertyNames": "object",
	"dependentRequired": "object", "dependentSchemas": "object", "additionalProperties": "object", "patternProperty": "object",
	"prefixItems": "array", "contains": "array",
}

// applicable leaves out rules that are met by any value of a type. A struct that
// is not said to be an object has values of any.
func (l *lowerer) applicable(t ir.Type, rules []*ir.Rule) []*ir.Rule {
	kind := jsonType(t)
	if kind == "integer" {
		kind = "number"
	}
	if s, ok := t.(*ir.Struct); kind == "" || ok && s.Untyped {
		return rules
	}
	return slices.DeleteFunc(rules, func(r *ir.Rule) bool {
		about, limited := keywordTypes[r.Keyword]
		return limited && about != kind
	})
}

// implied tells whether a limit says nothing that a list of values does not.
func implied(v ir.Value, r *ir.Rule) bool {
	list := literals(v)
	if _, ok := v.Type.(*ir.Enum); !ok || len(list) == 0 || r.Keyword != "maxLength" {
		return false
	}
	limit, _ := strconv.Atoi(r.Number)
	return !slices.ContainsFunc(list, func(v ir.Literal) bool { return len(v.Text) > limit })
}
