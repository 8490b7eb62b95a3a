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
	role    ir.Role
	by      *openapi3.Discriminator
	entries []entry
	flat    bool
}

// entry is a variant in the making.
type entry struct {
	place   place
	variant *ir.Variant
}

// unionValue is a choice of types.
func (l *lowerer) unionValue(f *facts, choices []*choice) ir.Value {
	c := choices[0]
	if len(choices) > 1 || len(f.refs) > 0 || len(f.properties()) > 0 || l.listed(f) {
		l.report(join(c.place.pointer, c.keyword), "unsupported-union",
			"alternatives can't stand beside other members or alternatives: move what they share into each of them")
		return ir.Value{Type: ir.Raw}
	}
	if prim, ok := l.onePrim(c); ok {
		rule := l.choiceRule(c, "")
		return ir.Value{Type: prim, Rules: []*ir.Rule{rule}}
	}
	return ir.Value{Type: l.declareUnion(f.place, c.members)}
}

// onePrim tells whether all members are scalars of one Go type, which need no
// telling apart.
func (l *lowerer) onePrim(c *choice) (ir.Prim, bool) {
	var first ir.Prim
	for _, m := range c.members {
		kind, listed, ok := l.scalar(m)
		if !ok || listed {
			return "", false
		}
		q, _ := l.follow(m)
		prim := l.prim(&facts{parts: []place{q}}, kind)
		if first != "" && prim != first {
			return "", false
		}
		first = prim
	}
	return first, first != ""
}

// declareUnion makes a union; its variants follow later.
func (l *lowerer) declareUnion(p place, members []place) *ir.Union {
	u := &ir.Union{GoName: l.typeName(p), File: p.file, Pointer: p.pointer}
	u.Doc = p.describeType(u.GoName)
	l.declare(u, p.pointer)
	open := &openUnion{union: u, role: p.role, by: p.schema().Discriminator}
	l.unions = append(l.unions, open)
	l.byUnion[u] = open
	l.later(func() { l.fillUnion(open, members) })
	return u
}

func (l *lowerer) fillUnion(open *openUnion, members []place) {
	for _, m := range members {
		v := l.value(m)
		variant := &ir.Variant{Type: v.Type, Rules: v.Rules}
		open.entries = append(open.entries, entry{m, variant})
	}
}

// multiType is a schema that names several types: one variant for each.
func (l *lowerer) multiType(f *facts, types []string) ir.Value {
	var members []place
	for _, t := range types {
		if t == "integer" && slices.Contains(types, "number") {
			continue
		}
		s := *f.place.schema()
		s.Type = &openapi3.Types{t}
		m := f.place.at(&openapi3.SchemaRef{Value: &s}, "type", strconv.Itoa(len(members)))
		m = l.under(f.place, m, typeWords[t])
		m.about, m.said = "an alternative of "+m.owner, plainText(s.Description)
		members = append(members, m)
	}
	return ir.Value{Type: l.declareUnion(f.place, members)}
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
}

// flatten replaces variants that are unions by the variants of those, which
// are flattened first.
func (l *lowerer) flatten(open *openUnion) {
	if open.flat {
		return
	}
	open.flat = true
	all := variants{there: map[any]bool{}}
	for _, e := range open.entries {
		inner := l.unionOf(e.variant.Type)
		if inner == nil {
			all.add(l.identity(e), e)
			continue
		}
		l.flatten(inner)
		for _, nested := range inner.entries {
			all.add(l.identity(nested), nested)
		}
	}
	open.entries = all.list
	if l.variants += len(all.list); l.variants > maxVariants {
		l.report(open.union.Pointer, "too-many-alternatives", "the alternatives of this document consist of each other too often: write them more simply")
		open.entries = nil
	}
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
	var objects []entry
	byType := map[string]int{}
	for _, e := range open.entries {
		kind := jsonType(e.variant.Type)
		if kind == "" {
			l.report(e.place.pointer, "unsupported-union", "a value of any kind can't be one of several: describe this alternative")
			continue
		}
		e.variant.Types = []string{kind}
		byType[kind]++
		if kind == "object" {
			objects = append(objects, e)
		}
	}
	if open.role == ir.RoleObject {
		l.sameTypes(open, byType)
	}
	if open.by != nil && open.by.PropertyName != "" {
		l.byDiscriminator(open, objects)
	} else if len(objects) > 1 {
		l.byMembers(open, objects)
	}
}

// sameTypes reports scalars and lists that look alike.
func (l *lowerer) sameTypes(open *openUnion, byType map[string]int) {
	for _, kind := range sortedKeys(byType) {
		if byType[kind] > 1 && kind != "object" {
			l.report(open.union.Pointer, "ambiguous-union", "several alternatives are of type %s and nothing tells them apart: leave one", kind)
		}
	}
}

// byDiscriminator follows the member that the document names.
func (l *lowerer) byDiscriminator(open *openUnion, objects []entry) {
	open.union.By = open.by.PropertyName
	owner := map[string]bool{}
	for _, e := range objects {
		if l.isCut(e) {
			continue
		}
		e.variant.Types = nil
		e.variant.Tags = l.tags(open.by, e.place)
		for _, tag := range e.variant.Tags {
			if owner[tag] {
				l.report(e.place.pointer, "ambiguous-union", "%q stands for two alternatives: correct the mapping of the discriminator", tag)
			}
			owner[tag] = true
		}
		if len(e.variant.Tags) == 0 {
			l.report(e.place.pointer, "ambiguous-union", "no value of %q stands for this alternative: add it to the mapping of the discriminator", open.by.PropertyName)
		}
	}
}

// tags returns the values of a discriminator that stand for a variant: those
// of its mapping, else the constants of the member, else the schema's name.
func (l *lowerer) tags(by *openapi3.Discriminator, p place) []string {
	var out []string
	name := ""
	if pointer, ok := fragment(p.ref.Ref); ok {
		name = unescape(pointer[strings.LastIndexByte(pointer, '/')+1:])
	}
	for _, tag := range sortedKeys(by.Mapping) {
		if to := by.Mapping[tag].Ref; p.isRef() && (to == p.ref.Ref || to == name) {
			out = append(out, tag)
		}
	}
	if len(out) == 0 {
		out = l.constantsOf(p, by.PropertyName)
	}
	if len(out) == 0 && name != "" {
		out = []string{name}
	}
	return out
}

// finish names the variants and puts them in the order in which they are
// tried: those that need the most members first.
func (l *lowerer) finish(open *openUnion) {
	u := open.union
	there := map[string]bool{}
	for _, e := range open.entries {
		v := e.variant
		if named, ok := v.Type.(ir.Named); ok {
			v.GoName = named.TypeName()
		} else {
			v.GoName = names.Join(u.GoName, primWord(v.Type))
			if !there[v.GoName] {
				l.claim(v.GoName, e.place.pointer)
			}
		}
		if there[v.GoName] && open.role == ir.RoleParams { // else it has been reported
			l.report(u.Pointer, "ambiguous-union", "two alternatives would be called %s: leave one", v.GoName)
		}
		there[v.GoName] = true
		u.Variants = append(u.Variants, v)
	}
	slices.SortStableFunc(u.Variants, func(a, b *ir.Variant) int {
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

func demands(v *ir.Variant) int { return len(v.Consts) + len(v.Required) }

// typeRank puts integers before numbers, which include them.
func typeRank(v *ir.Variant) int {
	if len(v.Types) == 0 {
		return 0
	}
	return slices.Index([]string{"", "boolean", "integer", "number", "string", "array", "object"}, v.Types[0])
}
