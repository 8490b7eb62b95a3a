package lower

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// ownRules returns what the parts of a schema assert besides its type.
func (l *lowerer) ownRules(f *facts) []*ir.Rule {
	var out []*ir.Rule
	for _, p := range f.parts {
		b := &builder{l: l, place: p, note: p.note, within: f}
		b.scalars()
		b.objects()
		b.conditions()
		l.unsupported(p)
		l.unmodelled(p)
		out = append(out, b.out...)
	}
	for _, c := range f.choicesFor(useRule) {
		out = append(out, l.choiceRule(c, c.place.note))
	}
	return out
}

// rules returns all that a subschema asserts, its type included. A note holds
// for all of it, unless something inside has its own.
func (l *lowerer) rules(p place, note string) []*ir.Rule {
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
		return l.referredRules(p, note)
	}
	s := p.schema()
	if s.Always != nil {
		if *s.Always {
			return nil
		}
		return []*ir.Rule{{Keyword: "false", Note: spoken(note), Pointer: p.pointer}}
	}
	b := &builder{l: l, place: p, note: noteFor(s, note)}
	b.shape()
	b.scalars()
	b.objects()
	b.nested()
	b.conditions()
	l.unsupported(p)
	return b.out
}

// maxRules bounds what references between assertions can blow up to.
const maxRules = 1 << 18

// referredRules are the rules of what a subschema refers to.
func (l *lowerer) referredRules(p place, note string) []*ir.Rule {
	q, ok := l.target(p)
	if !ok {
		return nil
	}
	if l.busy["rules "+q.pointer] {
		l.report(p.pointer, "unsupported-recursion", "an assertion can't refer to a schema that it is part of: write out what it asserts")
		return nil
	}
	l.busy["rules "+q.pointer] = true
	out := l.rules(q, note)
	delete(l.busy, "rules "+q.pointer)
	for _, sibling := range l.siblings(p) {
		out = append(out, l.rules(sibling, note)...)
	}
	return out
}

// builder turns the keywords of one schema into rules.
type builder struct {
	l      *lowerer
	place  place
	note   string
	within *facts // set where the schema describes a value rather than asserts
	out    []*ir.Rule
}

func (b *builder) add(r *ir.Rule) {
	r.Note = spoken(b.note)
	r.Pointer = join(b.place.pointer, r.Keyword)
	b.out = append(b.out, r)
}

func (b *builder) number(keyword string, v *float64) {
	if v != nil {
		b.add(&ir.Rule{Keyword: keyword, Number: strconv.FormatFloat(*v, 'g', -1, 64)})
	}
}

// count adds a limit of a length or number. The generated code counts with int,
// which may have 32 bits; nothing that an answer holds is larger.
func (b *builder) count(keyword string, v *uint64) {
	switch {
	case v == nil:
	case *v <= math.MaxInt32:
		b.add(&ir.Rule{Keyword: keyword, Number: strconv.FormatUint(*v, 10)})
	case strings.HasPrefix(keyword, "min"):
		b.l.report(join(b.place.pointer, keyword), "unsupported-bound", "nothing is as large as %d: correct the bound", *v)
	default:
		b.l.note(join(b.place.pointer, keyword), "unchecked-bound", "a bound as large as %d is not checked", *v)
	}
}

// scalars adds the assertions about texts, numbers and lists.
func (b *builder) scalars() {
	s := b.place.schema()
	b.count("minLength", positive(s.MinLength))
	b.count("maxLength", s.MaxLength)
	b.pattern(s.Pattern)
	b.format(s)
	b.bounds(s)
	b.number("multipleOf", s.MultipleOf)
	b.count("minItems", positive(s.MinItems))
	b.count("maxItems", s.MaxItems)
	if s.UniqueItems {
		b.add(&ir.Rule{Keyword: "uniqueItems"})
	}
}

// positive hides a bound that is always met.
func positive(v uint64) *uint64 {
	if v == 0 {
		return nil
	}
	return &v
}

// bounds adds the limits of a number. In OpenAPI 3.0 the exclusive ones are
// flags beside the others.
func (b *builder) bounds(s *openapi3.Schema) {
	lower, upper := "minimum", "maximum"
	if s.ExclusiveMin.IsTrue() {
		lower = "exclusiveMinimum"
	}
	if s.ExclusiveMax.IsTrue() {
		upper = "exclusiveMaximum"
	}
	b.limit(lower, s.Min)
	b.limit(upper, s.Max)
	b.limit("exclusiveMinimum", s.ExclusiveMin.Value)
	b.limit("exclusiveMaximum", s.ExclusiveMax.Value)
}

// limit adds a bound, and notes one that float64, in which it comes here, may
// have rounded. No integer comes near it.
func (b *builder) limit(keyword string, v *float64) {
	b.number(keyword, v)
	if v != nil && math.Abs(*v) >= 1<<63 && !slices.Equal(b.kinds(b.place.schema()), []string{"integer"}) {
		b.l.note(join(b.place.pointer, keyword), "rounded-bound", "a bound beyond 64 bits is kept as the nearest floating-point number")
	}
}

func (b *builder) pattern(expr string) {
	if expr == "" {
		return
	}
	translated, err := goPattern(expr)
	if err != nil {
		b.l.report(join(b.place.pointer, "pattern"), "unsupported-pattern", "Go's regular expressions can't say %q: %v: write it in another way", expr, err)
		return
	}
	b.add(&ir.Rule{Keyword: "pattern", Text: translated})
}

// objects adds the assertions about objects as a whole.
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
		b.sub("dependentSchemas", name, s.DependentSchemas[name])
	}
	if has := s.AdditionalProperties.Has; has != nil && !*has && b.closes() {
		b.add(&ir.Rule{Keyword: "additionalProperties", Subs: [][]*ir.Rule{{{Keyword: "false", Note: spoken(b.note), Pointer: join(b.place.pointer, "additionalProperties")}}}})
	}
}

// closes tells whether additionalProperties: false can be broken: a struct of
// parameters has no further members, a map has.
func (b *builder) closes() bool {
	return b.within != nil && (b.place.role == ir.RoleObject || len(b.within.properties()) == 0) && len(b.place.schema().Properties) == len(b.within.properties())
}

// sub adds a rule with one subschema.
func (b *builder) sub(keyword, member string, ref *openapi3.SchemaRef) {
	tokens := []string{keyword}
	if member != "" {
		tokens = append(tokens, member)
	}
	inner := b.l.rules(b.place.at(ref, tokens...), b.note)
	if len(inner) > 0 {
		b.add(&ir.Rule{Keyword: keyword, Text: member, Subs: [][]*ir.Rule{inner}})
	}
}

// conditions adds not and if.
func (b *builder) conditions() {
	s := b.place.schema()
	if s.Not != nil {
		b.add(&ir.Rule{Keyword: "not", Subs: [][]*ir.Rule{b.silent(s.Not, "not")}})
	}
	if s.If == nil || s.Then == nil && s.Else == nil {
		return
	}
	b.add(&ir.Rule{Keyword: "if", Subs: [][]*ir.Rule{
		b.silent(s.If, "if"),
		b.l.rules(b.place.at(s.Then, "then"), b.note),
		b.l.rules(b.place.at(s.Else, "else"), b.note),
	}})
}

// silent returns rules whose violation is never reported.
func (b *builder) silent(ref *openapi3.SchemaRef, tokens ...string) []*ir.Rule {
	return b.l.rules(b.place.at(ref, tokens...), quiet)
}

// quiet is the note where notes would be of no use: under not, if, anyOf and
// oneOf, whose own violation is what is reported.
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

// choiceRule is an anyOf or oneOf of assertions.
func (l *lowerer) choiceRule(c *choice, note string) *ir.Rule {
	b := &builder{l: l, place: c.place, note: note}
	b.choice(c.keyword, c.members)
	return b.out[0]
}

func (b *builder) choice(keyword string, members []place) {
	r := &ir.Rule{Keyword: keyword}
	for _, m := range members {
		r.Subs = append(r.Subs, b.l.rules(m, quiet))
	}
	b.add(r)
}

// shape adds the assertions that a type would express, were there one.
func (b *builder) shape() {
	s := b.place.schema()
	if types := b.types(); len(types) > 0 {
		b.add(&ir.Rule{Keyword: "type", Types: types})
	}
	b.listed(s)
	if len(s.Required) > 0 {
		b.add(&ir.Rule{Keyword: "required", Names: sorted(s.Required)})
	}
	for _, name := range sortedKeys(s.Properties) {
		b.property(name)
	}
	if s.Items != nil {
		b.sub("items", "", s.Items)
	}
	b.further(s)
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

// listed adds enum and const.
func (b *builder) listed(s *openapi3.Schema) {
	if s.Const != nil {
		b.values("const", []any{s.Const})
	}
	if len(s.Enum) > 0 {
		b.values("enum", s.Enum)
	}
}

func (b *builder) values(keyword string, list []any) {
	var values []constant
	for _, v := range list {
		if literalType(v) == "" {
			b.l.report(join(b.place.pointer, keyword), "unsupported-enum", "lists and objects can't be listed: use scalars")
			return
		}
		values = append(values, constant{value: v})
	}
	b.add(&ir.Rule{Keyword: keyword, Values: enumRule("", values).Values})
}

// property adds what is asserted about one member.
func (b *builder) property(name string) {
	ref := b.place.schema().Properties[name]
	inner := b.l.rules(b.place.at(ref, "properties", name), b.note)
	if len(inner) == 0 {
		return
	}
	b.out = append(b.out, &ir.Rule{
		Keyword: "property", Text: name, Note: spoken(b.note), Subs: [][]*ir.Rule{inner},
		Pointer: join(b.place.pointer, "properties", name),
	})
}

// further adds additionalProperties, which only makes sense where the members
// that it exempts are those of the type.
func (b *builder) further(s *openapi3.Schema) {
	more := s.AdditionalProperties
	if more.Schema == nil && (more.Has == nil || *more.Has) || more.Schema != nil && anything(more.Schema) {
		return
	}
	b.l.report(join(b.place.pointer, "additionalProperties"), "unsupported-additional-properties",
		"additionalProperties inside an assertion is not supported: write it beside the properties of the object itself")
}

// nested adds what allOf, anyOf and oneOf assert.
func (b *builder) nested() {
	for _, m := range refs(b.place, "allOf", b.place.schema().AllOf) {
		b.out = append(b.out, b.l.rules(m, b.note)...)
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		if members := refs(b.place, keyword, alternativesOf(b.place.schema(), keyword)); len(members) > 0 {
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

// unsupported reports keywords that would otherwise be lost.
func (l *lowerer) unsupported(p place) {
	s := p.schema()
	for _, k := range []struct {
		keyword string
		there   bool
	}{
		{"patternProperties", len(s.PatternProperties) > 0},
		{"prefixItems", len(s.PrefixItems) > 0},
		{"contains", s.Contains != nil},
		{"unevaluatedItems", s.UnevaluatedItems.Has != nil || s.UnevaluatedItems.Schema != nil},
		{"unevaluatedProperties", s.UnevaluatedProperties.Has != nil || s.UnevaluatedProperties.Schema != nil},
		{"$dynamicRef", s.DynamicRef != ""},
		{"dependencies", s.Extensions["dependencies"] != nil},
	} {
		if k.there {
			l.report(join(p.pointer, k.keyword), "unsupported-keyword", "%s is not supported: remove it or say it in another way", k.keyword)
		}
	}
}

// keywordTypes names the JSON types that keywords are about; the others are about any.
var keywordTypes = map[string]string{
	"minLength": "string", "maxLength": "string", "pattern": "string", "format": "string",
	"minimum": "number", "maximum": "number", "exclusiveMinimum": "number", "exclusiveMaximum": "number", "multipleOf": "number",
	"minItems": "array", "maxItems": "array", "uniqueItems": "array",
	"minProperties": "object", "maxProperties": "object", "propertyNames": "object",
	"dependentRequired": "object", "dependentSchemas": "object", "additionalProperties": "object",
}

// applicable leaves out rules that are met by any value of a type.
func (l *lowerer) applicable(t ir.Type, rules []*ir.Rule) []*ir.Rule {
	kind := jsonType(t)
	if kind == "integer" {
		kind = "number"
	}
	if kind == "" {
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
