package lower

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// cuttable is an expandable member of a slice. Its objects are typed where
// something else in the slice reaches them, and otherwise stay raw JSON: by
// what can be expanded, most of a document is one cycle.
type cuttable struct {
	value   *ir.Expandable
	place   place
	objects []place
	reached []place // those of them that something else declared
}

// cuttableObject puts off what an id may come as until it is known what a
// slice reaches. Objects that are described in place are part of it.
func (l *lowerer) cuttableObject(f *facts, objects []place) *ir.Expandable {
	c := &cuttable{value: &ir.Expandable{Object: ir.Raw}, place: f.place, objects: objects}
	for _, p := range objects {
		if !l.refers(p) {
			l.value(p)
		}
	}
	l.cuttable = append(l.cuttable, c)
	return c.value
}

// refers tells whether a schema only stands for another.
func (l *lowerer) refers(p place) bool {
	f := l.facts(p)
	return len(f.refs) == 1 && len(f.choices) == 0 && !slices.ContainsFunc(f.parts, func(p place) bool { return strong(p.schema()) })
}

// origin returns the schema that a place stands for.
func (l *lowerer) origin(p place) place {
	for range maxChain {
		if !l.refers(p) {
			break
		}
		q, ok := l.target(l.facts(p).refs[0])
		if !ok {
			break
		}
		p = q
	}
	return p
}

// reached tells whether something has declared what a place stands for.
func (l *lowerer) reached(p place) bool {
	_, ok := l.values[l.origin(p).pointer]
	return ok
}

// expandables types what was put off, and declares no further object. All is
// decided on before anything is declared, so that no order matters.
func (l *lowerer) expandables() {
	for _, c := range l.cuttable {
		for _, p := range c.objects {
			if l.reached(p) {
				c.reached = append(c.reached, p)
			}
		}
	}
	for _, c := range l.cuttable {
		l.expandCuttable(c)
	}
	l.fill()
}

func (l *lowerer) expandCuttable(c *cuttable) {
	if missing := len(c.objects) - len(c.reached); missing > 0 {
		l.note(c.place.pointer, "cut-expandable", "nothing in the slice reaches %s: expanded, it is raw JSON", l.cutNames(c))
	}
	switch {
	case len(c.reached) == 0:
	case len(c.objects) == 1:
		c.value.Object = l.objectOrRaw(c.reached[0])
	default:
		u := l.declareUnion(c.place, c.reached, nil)
		l.later(func() { l.standIns(l.byUnion[u], c) })
		c.value.Object = u
	}
}

// cutNames names the objects that are sliced off.
func (l *lowerer) cutNames(c *cuttable) string {
	var out []string
	for _, p := range c.objects {
		if !slices.ContainsFunc(c.reached, func(q place) bool { return q.pointer == p.pointer }) {
			pointer := l.origin(p).pointer
			out = append(out, unescape(pointer[strings.LastIndexByte(pointer, '/')+1:]))
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// standIns adds what is sliced off to the alternatives of a union, so that the
// others are told apart from it.
func (l *lowerer) standIns(open *openUnion, c *cuttable) {
	seen := map[string]bool{}
	for _, p := range c.objects {
		if !l.reached(p) {
			l.standIn(open, l.origin(p), seen)
		}
	}
}

func (l *lowerer) standIn(open *openUnion, p place, seen map[string]bool) {
	if seen[p.pointer] {
		return
	}
	seen[p.pointer] = true
	unions := l.facts(p).choicesFor(useUnion)
	if len(unions) == 0 {
		open.entries = append(open.entries, entry{p, &ir.Variant{Type: l.outlined(p)}})
		return
	}
	for _, m := range unions[0].members {
		if l.reached(m) {
			l.fillUnion(open, []place{m})
		} else {
			l.standIn(open, l.origin(m), seen)
		}
	}
}

// outlined returns a struct that has what tells an object apart, and is
// declared nowhere. What is wrong with the object is of no interest.
func (l *lowerer) outlined(p place) *ir.Struct {
	if s, ok := l.cut[p.pointer]; ok {
		return s
	}
	s := &ir.Struct{Pointer: p.pointer}
	l.cut[p.pointer] = s
	found := l.diags
	all := *l.facts(p)
	all.parts = slices.Clone(all.parts)
	l.gather(&all, all.refs, map[string]visit{p.pointer: visiting})
	props, required := l.split(&all)
	for _, prop := range props {
		s.Fields = append(s.Fields, &ir.Field{Name: prop.name, Required: required[prop.name], Value: l.constantOf(prop.main)})
	}
	l.diags = found
	return s
}

// constantOf returns the values that are listed for a member.
func (l *lowerer) constantOf(p place) ir.Value {
	f := l.facts(l.origin(p))
	v := ir.Value{Type: ir.Raw, Nullable: f.nullable}
	if all := l.sources(f, f.choicesFor(useEnum)); len(all) > 0 && !isOpen(f) {
		if src, _ := l.narrowest(all); !src.open {
			v.Rules = append(v.Rules, constRule(src))
		}
	}
	return v
}

// isCut tells whether a variant stands for an object that is sliced off.
func (l *lowerer) isCut(e entry) bool {
	s, ok := e.variant.Type.(*ir.Struct)
	return ok && l.cut[s.Pointer] == s
}

// withoutCut leaves out the pairs that have an object that is sliced off.
func (l *lowerer) withoutCut(objects []entry, pairs []pair) []pair {
	if len(l.cut) == 0 {
		return pairs
	}
	return slices.DeleteFunc(pairs, func(p pair) bool { return l.isCut(objects[p.a]) || l.isCut(objects[p.b]) })
}

// dropCut takes out what is sliced off, once the other variants are told apart
// from it. One that can't be would be mistaken for what is sliced off, and
// stays raw as well.
func (l *lowerer) dropCut(open *openUnion) {
	var cut, rest []entry
	for _, e := range open.entries {
		if l.isCut(e) {
			cut = append(cut, e)
		} else {
			rest = append(rest, e)
		}
	}
	if len(cut) == 0 {
		return
	}
	open.union.Open = true
	open.entries = slices.DeleteFunc(rest, func(e entry) bool {
		lost := slices.ContainsFunc(cut, func(c entry) bool { return !l.toldFrom(e, c) })
		if lost {
			l.note(open.union.Pointer, "cut-expandable", "nothing tells %s from what the slice does not reach: expanded, it is raw JSON", describeType(e.variant.Type))
		}
		return lost
	})
	if len(open.entries) == 0 {
		l.undeclare(open.union)
	}
}

// undeclare takes back the union of an expandable member that has no variant.
func (l *lowerer) undeclare(u *ir.Union) {
	for _, c := range l.cuttable {
		if c.value.Object == ir.Type(u) {
			c.value.Object = ir.Raw
		}
	}
	l.api.Types = slices.DeleteFunc(l.api.Types, func(t ir.Named) bool { return t == ir.Named(u) })
	name := scoped{name: u.GoName}
	l.taken[name] = slices.DeleteFunc(l.taken[name], func(c claim) bool { return c.pointer == u.Pointer })
}

// toldFrom tells whether a variant is never taken for an object that is sliced
// off. Where it still could be, it is tried with all members that the other
// does not describe.
func (l *lowerer) toldFrom(e, cut entry) bool {
	other := l.outline(cut, true)
	if len(e.variant.Tags) > 0 {
		return true
	}
	for _, c := range e.variant.Consts {
		if !slices.Contains(other.consts[c.Name], c.Value) && (len(other.consts[c.Name]) > 0 || !other.known[c.Name]) {
			return true
		}
	}
	if slices.ContainsFunc(e.variant.Required, func(name string) bool { return !other.known[name] }) {
		return true
	}
	more := only(l.outline(e, false), other)
	addRequired(e.variant, more)
	return len(more) > 0
}
