package diff

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// constraints compares what is valid at a place: the list of an enum, and the
// rules. before goes ahead of what is said.
func (c *comparer) constraints(s subject, word, before string, old, new ir.Value) {
	d := c.delta(old, new)
	c.enumAt(s, before, old, new, d)
	for _, part := range []struct {
		code  string
		texts []string
		v     verdict
	}{
		{CodeTightened, d.tightened, s.flow.narrowed()},
		{CodeLoosened, d.loosened, s.flow.widened(beyondRules)},
		{CodeRules, d.others, incomparable},
	} {
		if len(part.texts) > 0 {
			c.add(s, of(part.code, word), part.v, "", before+strings.Join(part.texts, "; "))
		}
	}
}

// enumAt compares the lists of values at a place, and at what is in it.
func (c *comparer) enumAt(s subject, before string, old, new ir.Value, d *delta) {
	was, isEnum := old.Type.(*ir.Enum)
	is, stillEnum := new.Type.(*ir.Enum)
	if isEnum && stillEnum {
		c.closed(s, before, old, new, d, was, is)
		return
	}
	if o, ok := ir.Element(old.Type); ok {
		if n, ok := ir.Element(new.Type); ok {
			c.enumAt(s, before, o, n, d)
		}
	}
}

// closed compares two lists. What the enum itself gains or loses is reported
// there.
func (c *comparer) closed(s subject, before string, old, new ir.Value, d *delta, was, is *ir.Enum) {
	o, n := listRule(old), listRule(new)
	if (o == nil) != (n == nil) && (c.old.isClosed(was) != c.new.isClosed(is)) {
		s, before = subject{c.new.homes.home(is), is.GoName, was.Pointer, is.Pointer, c.flowOf(was, is)}, ""
	}
	switch {
	case o == nil && n == nil:
	case n == nil:
		c.add(s, CodeEnumOpened, s.flow.widened(namelessOnes), "", before+"other values are valid, too")
	case o == nil:
		c.add(s, CodeEnumClosed, s.flow.narrowed(), "", before+"no other values are valid")
	default:
		had, has := allowed(was, o), allowed(is, n)
		d.loosen("allows", without(without(has, had), without(valuesOf(is), valuesOf(was))))
		d.tighten("no longer allows", without(without(had, has), without(valuesOf(was), valuesOf(is))))
	}
}

// isClosed tells whether the list of an enum holds at some place as the enum's
// own schema has it. Where that is no longer so, the enum has changed and not
// the places.
func (s *side) isClosed(e *ir.Enum) bool {
	return slices.ContainsFunc(s.uses[e], func(u use) bool { return u.rule != nil && u.rule.Pointer == e.Pointer })
}

// listRule is the rule that holds a value to a list, nil for an open one.
func listRule(v ir.Value) *ir.Rule {
	if _, ok := v.Type.(*ir.Enum); !ok {
		return nil
	}
	i := slices.IndexFunc(v.Rules, func(r *ir.Rule) bool { return r.Keyword == "enum" })
	if i < 0 {
		return nil
	}
	return v.Rules[i]
}

// allowed are the values of an enum that a rule lets pass.
func allowed(e *ir.Enum, r *ir.Rule) []string {
	if r == nil || r.Listed() {
		return valuesOf(e)
	}
	var out []string
	for _, v := range r.Values {
		if v.Type != "null" {
			out = append(out, v.Text)
		}
	}
	return out
}

func valuesOf(e *ir.Enum) []string {
	var out []string
	for _, v := range e.Values {
		out = append(out, v.Value)
	}
	return out
}

// without are the texts that others don't have.
func without(texts, others []string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(t string) bool { return slices.Contains(others, t) })
}

// use is a place that has values of an enum.
type use struct {
	flow direction
	rule *ir.Rule // nil for an open one
}

// collectUses finds the places of all enums.
func (s *side) collectUses() {
	for _, op := range s.ops {
		for _, p := range op.PathParams {
			s.use(ir.Value{Type: p.Type, Rules: p.Rules}, sent)
		}
		for _, a := range returnedValues(op) {
			s.use(a, received)
		}
	}
	for _, e := range s.api.Events {
		s.use(e.Value, received)
	}
	s.structs(func(t *ir.Struct) {
		for _, f := range t.All() {
			s.use(f.Value, s.flow[t]&mutable(f))
		}
	})
	for _, t := range s.types {
		if u, ok := t.(*ir.Union); ok {
			for _, v := range u.Variants {
				s.use(ir.Value{Type: v.Type, Rules: v.Rules}, s.flow[u])
			}
		}
	}
}

func returnedValues(op *operation) []ir.Value {
	out := []ir.Value{op.Result}
	if op.Answers != nil {
		for _, a := range op.Answers.List {
			out = append(out, a.Value)
		}
	}
	return out
}

func (s *side) use(v ir.Value, flow direction) {
	if e, ok := v.Type.(*ir.Enum); ok {
		e = e.Listing()
		s.uses[e] = append(s.uses[e], use{flow, listRule(v)})
	} else if inner, ok := ir.Element(v.Type); ok {
		s.use(inner, flow)
	}
}

// listing tells which way a value of an enum goes, and where it is listed: in
// the enum's own place, if that has it.
func (s *side) listing(e *ir.Enum, value string) (flow direction, pointer string) {
	for _, u := range s.uses[e] {
		if !slices.Contains(allowed(e, u.rule), value) {
			continue
		}
		flow |= u.flow
		if u.rule != nil && (pointer == "" || u.rule.Pointer == e.Pointer) {
			pointer = u.rule.Pointer
		}
		if u.rule == nil {
			pointer = e.Pointer
		}
	}
	if pointer == "" {
		pointer = e.Pointer
	}
	if flow == 0 {
		flow = s.flow[e]
	}
	return flow, pointer
}
