package lower

import (
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// openUnion is a union whose variants are still to be told apart.
type openUnion struct {
	union   *ir.Union
	facts   *facts // the schema, nil where it is not an anyOf or oneOf that says all
	oneOf   bool
	role    ir.Role
	by      *openapi3.Discriminator
	entries []entry
	flat    bool
	// loose tells that the variant that a value is read as does not tell by
	// itself whether the value is valid.
	loose bool
	// collapsed tells that a variant stands for several alternatives.
	collapsed bool
}

// entry is a variant in the making.
type entry struct {
	place   place
	variant *ir.Variant
}

// unionValue is a choice of types.
func (l *lowerer) unionValue(f *facts, choices []*choice) outcome {
	c := choices[0]
	beside := len(choices) > 1 || l.listed(f) ||
		slices.ContainsFunc(f.parts, func(p place) bool { return strong(p.schema()) || hasItems(p) || noMembers(p) })
	if len(choices) == 1 && !slices.ContainsFunc(c.members, func(m place) bool { return !l.extends(m, f.place.pointer) }) {
		u := l.declareUnion(f.place, c.members, c) // what stands beside is in each of them
		l.byUnion[u].facts = f
		return outcome{value: ir.Value{Type: u}}
	}
	switch prim, ok := l.onePrim(c); {
	case beside && (l.spreads > maxSpread || l.parts > maxParts):
		l.note(join(c.place.pointer, c.keyword), "too-many-alternatives", "there are too many alternatives beside alternatives for a type of their own: this is raw JSON")
		return raw()
	case beside:
		return l.spread(f, c)
	case ok:
		return outcome{value: ir.Value{Type: prim, Rules: append(l.choiceRules(c, ""), l.besideRules(f, c)...)}, rest: f}
	case !slices.ContainsFunc(c.members, l.shaped):
		l.noteRaw(f, "raw-json", "the document says nothing about the type of this value: it is raw JSON")
		return raw()
	}
	u := l.declareUnion(f.place, c.members, c)
	l.byUnion[u].facts = f
	return outcome{value: ir.Value{Type: u, Rules: l.besideRules(f, c)}, rest: f}
}

// besideRules are what stands beside alternatives and is no assertion of a
// schema that has a type: the types that they all have to be of, unless they are
// anyway, and the members that they all have to have.
func (l *lowerer) besideRules(f *facts, c *choice) []*ir.Rule {
	out := l.requiredRule(f, nil)
	types, named := f.types()
	if named && slices.ContainsFunc(c.members, func(m place) bool { return !within(l.kinds(m, 0), types) }) {
		out = append(out, narrower(types, ir.Value{Type: ir.Raw, Nullable: f.nullable || l.alternativelyNull(f)}, f.place.pointer)...)
	}
	return out
}

// within tells whether there are some types, all of them among others.
func within(some, others []string) bool {
	return len(some) > 0 && !slices.ContainsFunc(some, func(t string) bool {
		return !slices.Contains(others, t) && (t != "integer" || !slices.Contains(others, "number"))
	})
}

// shaped tells whether a schema says anything about the type of a value. It
// remembers what it finds out: alternatives refer to each other.
func (l *lowerer) shaped(p place) bool {
	known, ok := l.shapes[p.pointer]
	if !ok {
		l.shapes[p.pointer] = false // where it refers to itself
		known = l.saysShape(l.facts(p))
		l.shapes[p.pointer] = known
	}
	return known
}

func (l *lowerer) saysShape(f *facts) bool {
	types, _ := f.types()
	if len(types) > 0 || l.listed(f) || len(f.properties()) > 0 {
		return true
	}
	inner := slices.Clone(f.refs)
	for _, c := range f.choices {
		inner = append(inner, c.members...)
	}
	return slices.ContainsFunc(inner, func(m place) bool {
		q, ok := m, true
		if m.isRef() {
			q, ok = l.target(m)
		}
		return ok && l.shaped(q)
	})
}

// maxSpread bounds the alternatives that what stands beside them is written
// into.
const maxSpread = 1 << 12

// spread is a choice with other things beside it: a union of the alternatives,
// each with all that stands beside.
func (l *lowerer) spread(f *facts, c *choice) outcome {
	before := l.unmerged
	u := l.declareUnion(f.place, l.spreadMembers(f, c), c)
	l.byUnion[u].facts = f
	l.byUnion[u].loose = l.byUnion[u].loose || l.unmerged > before
	return outcome{value: ir.Value{Type: u}}
}

func (l *lowerer) spreadMembers(f *facts, c *choice) []place {
	var members []place
	for i, m := range c.members {
		if l.extends(m, f.place.pointer) {
			members = append(members, m)
			continue
		}
		q := l.under(f.place, m, l.spreadWord(m))
		q.pointer = join(strings.TrimSuffix(f.place.pointer, "/"), c.keyword, strconv.Itoa(i)) + "/"
		q.about, q.file, q.role = "an alternative of "+q.owner, f.place.file, f.place.role
		g := f.widened()
		g.place = q
		g.choices = slices.DeleteFunc(g.choices, func(other *choice) bool { return other.place.pointer == c.place.pointer && other.keyword == c.keyword })
		l.join(g, m)
		refs := g.refs
		if g.refs = nil; !l.gather(g, refs, map[string]visit{f.place.pointer: visiting}) {
			l.unmerged++ // it is read as raw JSON
			continue
		}
		l.conclude(g)
		l.members[q.pointer] = g
		l.spreads++
		l.parts += len(g.parts)
		if more := g.choicesFor(useUnion); len(more) > 0 && l.spreads < maxSpread && l.parts < maxParts {
			members = append(members, l.spreadMembers(g, more[0])...)
		} else {
			members = append(members, q)
		}
	}
	return members
}

// spreadWord names an alternative that is more than what it refers to.
func (l *lowerer) spreadWord(m place) string {
	if pointer, ok := fragment(m.ref.Ref); ok && m.isRef() {
		return l.names.Exported(l.stripSchema(unescape(pointer[strings.LastIndexByte(pointer, '/')+1:])))
	}
	return m.own
}

// onePrim tells whether all members are scalars of one JSON type, which need no
// telling apart, and which Go type has all of their values.
func (l *lowerer) onePrim(c *choice) (ir.Prim, bool) {
	var first ir.Prim
	for _, m := range c.members {
		kind, _, ok := l.scalar(m)
		if !ok {
			return "", false
		}
		q, _ := l.follow(m)
		prim := l.prim(&facts{parts: []place{q}}, kind)
		switch {
		case first == "":
			first = prim
		case jsonType(prim) != jsonType(first), prim != first && (prim == ir.Uint64 || first == ir.Uint64):
			return "", false
		default:
			first = wider(first, prim)
		}
	}
	return first, first != ""
}

// wider returns the Go type that has the values of both, which are of one JSON
// type.
func wider(a, b ir.Prim) ir.Prim {
	if a == b {
		return a
	}
	return map[string]ir.Prim{"string": ir.String, "integer": ir.Int64, "number": ir.Float64, "boolean": ir.Bool}[jsonType(a)]
}

// declareUnion makes a union; its variants follow later. What tells them apart
// may stand beside the choice.
func (l *lowerer) declareUnion(p place, members []place, c *choice) *ir.Union {
	u := &ir.Union{GoName: l.typeName(p), File: p.file, Pointer: p.pointer}
	u.Doc = p.describeType(u.GoName)
	l.declare(u, p.pointer)
	open := &openUnion{union: u, role: p.role, by: p.schema().Discriminator}
	if c != nil {
		open.oneOf = c.keyword == "oneOf"
		open.loose = open.oneOf && l.nullTwice(c)
		if by := c.place.schema().Discriminator; by != nil {
			open.by = by
		}
	}
	l.unions = append(l.unions, open)
	l.byUnion[u] = open
	l.later(func() { l.fillUnion(open, members) })
	return u
}

// nullTwice tells whether several alternatives allow null.
func (l *lowerer) nullTwice(c *choice) bool {
	all := refs(c.place, c.keyword, alternativesOf(c.place.schema(), c.keyword))
	return len(slices.DeleteFunc(all, func(m place) bool { return !l.acceptsNullAt(m) })) > 1
}

func (l *lowerer) fillUnion(open *openUnion, members []place) {
	for _, m := range members {
		v := l.value(m)
		variant := &ir.Variant{Type: v.Type, Rules: v.Rules}
		open.entries = append(open.entries, entry{m, variant})
		if inner := l.unionOf(v.Type); inner != nil && len(v.Rules) > 0 {
			open.loose = true // what it is taken apart for loses these
		}
	}
}

// multiType is a schema that names several types: one variant for each.
func (l *lowerer) multiType(f *facts, types []string) ir.Value {
	var members []place
	for _, t := range types {
		s := *f.place.schema()
		s.Type = &openapi3.Types{t}
		m := f.place.at(&openapi3.SchemaRef{Value: &s}, "type", strconv.Itoa(len(members)))
		m = l.under(f.place, m, typeWords[t])
		m.about, m.said = "an alternative of "+m.owner, plainText(s.Description)
		g := f.widened()
		g.place, g.nullable = m, false
		g.parts = append(g.parts, m.at(&openapi3.SchemaRef{Value: &openapi3.Schema{Type: s.Type}}))
		l.members[m.pointer] = g
		members = append(members, m)
	}
	return ir.Value{Type: l.declareUnion(f.place, members, nil)}
}

// discriminate finds out how the variants of each union are told apart.
func (l *lowerer) discriminate() {
	for _, open := range l.unions {
		l.flatten(open)
	}
	for _, open := range l.unions {
		l.tellApart(open)
		l.dropCut(open)
		l.finish(open)
	}
	for _, open := range l.unions {
		l.decideBy(open)
	}
}

// decideBy gives a union the assertions of its whole schema where the variant
// that a value is read as does not tell whether it is valid. What is only sent
// was made as one of the variants.
func (l *lowerer) decideBy(open *openUnion) {
	sent := open.role == ir.RoleParams && !open.oneOf && !open.collapsed
	if f := open.facts; f != nil && open.loose && !open.union.Open && !sent {
		open.union.Rules = l.whole(f)
	}
}

// flatten replaces variants that are unions by the variants of those, which
// are flattened first.
func (l *lowerer) flatten(open *openUnion) {
	if open.flat {
		return
	}
	open.flat = true
	by := l.onlyObjects(open)
	all := variants{there: map[any]bool{}}
	for _, e := range open.entries {
		inner := l.unionOf(e.variant.Type)
		if inner == nil {
			all.add(l.identity(e), e)
			continue
		}
		l.flatten(inner)
		if inner == by {
			open.by = inner.by
		}
		open.loose = open.loose || inner.loose || inner != by && inner.oneOf && inner.facts != nil
		for _, nested := range inner.entries {
			all.add(l.identity(nested), nested)
		}
	}
	open.entries = all.list
	if l.variants += len(all.list); l.variants > maxVariants {
		l.note(open.union.Pointer, "too-many-alternatives", "the alternatives of this document consist of each other too often for types of their own: this is raw JSON: write them more simply")
		open.entries, open.loose = nil, true
	}
}

// onlyObjects returns the variant that all objects of a union without a
// discriminator are from, where it is a union that has one; else nil.
func (l *lowerer) onlyObjects(open *openUnion) *openUnion {
	var only *openUnion
	for _, e := range open.entries {
		switch inner := l.unionOf(e.variant.Type); {
		case inner == nil && jsonType(e.variant.Type) != "object":
		case inner == nil || only != nil || open.by != nil:
			return nil
		default:
			l.flatten(inner)
			only = inner
		}
	}
	if only == nil || only.by == nil {
		return nil
	}
	return only
}

// maxVariants bounds what unions of unions can blow up to.
const maxVariants = 1 << 16

func (l *lowerer) unionOf(t ir.Type) *openUnion {
	if u, ok := t.(*ir.Union); ok {
		return l.byUnion[u]
	}
	return nil
}

// identity returns what two variants are the same by: their type, for one
// without a name its place, and for an enum the list that its values are from.
func (l *lowerer) identity(e entry) any {
	for _, r := range e.variant.Rules {
		if list := l.listings[r]; list != nil {
			return list
		}
	}
	if named, ok := e.variant.Type.(ir.Named); ok {
		return named
	}
	return e.place.pointer
}

// variants is a list without repetitions.
type variants struct {
	list  []entry
	there map[any]bool
}

// add appends a copy of a variant, unless the same is there already.
func (v *variants) add(key any, e entry) {
	if !v.there[key] {
		v.there[key] = true
		copied := *e.variant
		v.list = append(v.list, entry{e.place, &copied})
	}
}

// tellApart decides on what a decoder looks at: a member that the document
// names, the JSON type, members with constant values, members that only one
// variant has.
func (l *lowerer) tellApart(open *openUnion) {
	l.dropRaw(open)
	l.collapse(open)
	var objects, lists []entry
	for _, e := range open.entries {
		kind := jsonType(e.variant.Type)
		e.variant.Types = []string{kind}
		switch kind {
		case "object":
			s, ok := e.variant.Type.(*ir.Struct)
			open.loose = open.loose || ok && s.Untyped
			objects = append(objects, e)
		case "array":
			lists = append(lists, e)
		}
	}
	if len(lists) > 1 && open.role == ir.RoleObject {
		open.vague(lists...)
	}
	if open.by != nil && open.by.PropertyName != "" {
		l.byDiscriminator(open, objects)
	} else if len(objects) > 1 {
		l.byMembers(open, objects)
	}
	l.noteVague(open)
}

// dropRaw leaves out alternatives of any kind: what is none of the others is
// raw JSON as it is.
func (l *lowerer) dropRaw(open *openUnion) {
	open.entries = slices.DeleteFunc(open.entries, func(e entry) bool {
		if jsonType(e.variant.Type) != "" {
			return false
		}
		open.loose = true
		if e.variant.Type != ir.Raw { // of which there is a note already
			l.note(e.place.pointer, "raw-alternative", "what can be expanded can't be one of several: it is raw JSON here: refer to the object alone, or make the id a member of one")
		}
		return true
	})
}

// collapse makes one variant of all scalars of a JSON type.
func (l *lowerer) collapse(open *openUnion) {
	at := map[string]int{}
	var kept []entry
	for _, e := range open.entries {
		kind := jsonType(e.variant.Type)
		i, there := at[kind]
		if !there || kind == "object" || kind == "array" {
			at[kind] = len(kept)
			kept = append(kept, e)
			continue
		}
		open.loose, open.collapsed = true, true
		kept[i].variant.Type, kept[i].variant.Rules = widest(kept[i].variant.Type, e.variant.Type), nil
	}
	_, whole := at["integer"]
	_, number := at["number"]
	open.loose = open.loose || whole && number
	open.entries = kept
}

// widest returns the type that has the values of two, which are of one JSON
// type: an enum stays one beside a plain type, and is open then.
func widest(a, b ir.Type) ir.Type {
	if a == b {
		return a
	}
	x, plain := a.(ir.Prim)
	y, too := b.(ir.Prim)
	switch {
	case plain && too:
		return wider(x, y)
	case plain:
		return b
	case too:
		return a
	}
	return map[string]ir.Type{"string": ir.String, "integer": ir.Int64}[jsonType(a)]
}

// vague says that nothing tells some variants apart before they are read.
func (open *openUnion) vague(list ...entry) {
	open.loose = true
	for _, e := range list {
		e.variant.Vague = true
	}
}

// noteVague notes the variants that nothing tells apart.
func (l *lowerer) noteVague(open *openUnion) {
	var list []string
	for _, e := range open.entries {
		if e.variant.Vague {
			list = append(list, describeType(e.variant.Type))
		}
	}
	if len(list) > 1 {
		l.note(open.union.Pointer, "vague-union", "nothing tells %s apart: a value that could be several of them is raw JSON: give them a discriminator, a member with different constants, or different required members",
			strings.Join(list, ", "))
	}
}

// byDiscriminator follows the member that the document names.
func (l *lowerer) byDiscriminator(open *openUnion, objects []entry) {
	open.union.By = open.by.PropertyName
	objects = slices.DeleteFunc(slices.Clone(objects), l.isCut)
	mapped := map[string][]string{} // the values for what a mapping leads to
	for tag, to := range open.by.Mapping {
		mapped[to.Ref] = append(mapped[to.Ref], tag)
	}
	claims := map[string]int{}
	for _, e := range objects {
		for _, tag := range implicitTags(open.by, e) {
			claims[tag]++
		}
	}
	owner := map[string]entry{}
	for _, e := range objects {
		e.variant.Types = nil
		e.variant.Tags = tags(open.by, mapped, claims, e)
		for _, tag := range e.variant.Tags {
			if other, taken := owner[tag]; taken {
				open.vague(other, e)
			}
			owner[tag] = e
		}
		if len(e.variant.Tags) == 0 {
			e.variant.Vague = true
			l.note(e.place.pointer, "untagged-alternative", "no value of %q stands for this alternative, so that it is read as raw JSON: add it to the mapping of the discriminator", open.by.PropertyName)
		}
	}
}

// tags returns the values of a discriminator that stand for a variant: those of
// its mapping, and those that follow from the schema, unless the mapping or
// another schema claims them. A schema that is not in the mapping has them all
// the same.
func tags(by *openapi3.Discriminator, mapped map[string][]string, claims map[string]int, e entry) []string {
	var out []string
	if e.place.isRef() {
		out = slices.Concat(mapped[e.place.ref.Ref], mapped[nameOf(e.place)])
	}
	explicit, implicit := len(out) > 0, implicitTags(by, e)
	for _, tag := range implicit {
		if _, given := by.Mapping[tag]; !given && (!explicit || claims[tag] == 1) {
			out = append(out, tag)
		}
	}
	if len(out) == 0 {
		return implicit
	}
	if explicit {
		slices.Sort(out)
	}
	return out
}

// implicitTags returns the values that need no mapping: the constants of the
// member, else the schema's name.
func implicitTags(by *openapi3.Discriminator, e entry) []string {
	if list := constantsOf(e.variant.Type, by.PropertyName); len(list) > 0 {
		return list
	}
	if name := nameOf(e.place); name != "" {
		return []string{name}
	}
	return nil
}

// nameOf returns the name of what a reference leads to.
func nameOf(p place) string {
	pointer, ok := fragment(p.ref.Ref)
	if !ok {
		return ""
	}
	return unescape(pointer[strings.LastIndexByte(pointer, '/')+1:])
}

// finish names the variants and puts them in the order in which they are
// tried: those that need the most members first.
func (l *lowerer) finish(open *openUnion) {
	u := open.union
	there, words := map[string]bool{}, map[string]int{}
	for _, e := range open.entries {
		words[primWord(e.variant.Type)]++
	}
	for _, e := range open.entries {
		v := e.variant
		if named, ok := v.Type.(ir.Named); ok {
			v.GoName = named.TypeName()
		} else {
			name := unnamed(u, v.Type, words[primWord(v.Type)] > 1, there)
			there[name] = true
			word := strings.TrimPrefix(name, u.GoName)
			key := u.Pointer + " " + word
			v.GoName = l.nameAt(key, name, u.GoName+"As"+word)
			l.claim(v.GoName, claim{pointer: e.place.pointer, what: "variant of " + u.GoName, keys: []string{key}, rank: rankConstant})
		}
		there[v.GoName] = true
		u.Variants = append(u.Variants, v)
	}
	slices.SortStableFunc(u.Variants, func(a, b *ir.Variant) int {
		if a.Vague != b.Vague {
			return rankOf(a.Vague) - rankOf(b.Vague)
		}
		if n := demands(b) - demands(a); n != 0 {
			return n
		}
		if n := typeRank(a) - typeRank(b); n != 0 {
			return n
		}
		if u.Closest { // the first of equals is the document's first
			return 0
		}
		return strings.Compare(a.GoName, b.GoName)
	})
}

func rankOf(last bool) int {
	if last {
		return 1
	}
	return 0
}

// unnamed names a variant whose type has no name of its own: one of several
// lists or maps says of what it is one.
func unnamed(u *ir.Union, t ir.Type, several bool, taken map[string]bool) string {
	word := ""
	if named, ok := ir.Innermost(t).(ir.Named); several && ok {
		word = named.TypeName()
	} else if several {
		word = primWord(ir.Innermost(t))
	}
	name := names.Join(u.GoName, word+primWord(t))
	for n := 2; taken[name]; n++ {
		name = names.Join(u.GoName, word+primWord(t)+strconv.Itoa(n))
	}
	return name
}

func demands(v *ir.Variant) int { return len(v.Consts) + len(v.Required) }

// typeRank puts integers before numbers, which include them.
func typeRank(v *ir.Variant) int {
	if len(v.Types) == 0 {
		return 0
	}
	return slices.Index([]string{"", "boolean", "integer", "number", "string", "array", "object"}, v.Types[0])
}
