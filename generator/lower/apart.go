package lower

import (
	"slices"

	"github.com/oaken-go/oaken/generator/ir"
)

// byMembers tells objects apart by the constants and the required members of
// their structs.
func (l *lowerer) byMembers(open *openUnion, objects []entry) {
	shapes := make([]outline, len(objects))
	for i, e := range objects {
		shapes[i] = l.outline(e)
	}
	pairs := allPairs(len(objects))
	for _, name := range constantMembers(shapes) {
		if disjoint(shapes, name) {
			setTags(open.union, objects, shapes, name)
			return
		}
		rest := slices.DeleteFunc(slices.Clone(pairs), func(p pair) bool { return tells(shapes[p.a], shapes[p.b], name) })
		if len(rest) < len(pairs) {
			pairs = rest
			setConsts(objects, shapes, name)
		}
	}
	for _, p := range pairs {
		l.byRequired(open, objects, shapes, p)
	}
}

// outline is what a decoder could look at in an object.
type outline struct {
	known    map[string]bool         // members that are described
	required map[string]bool         // members that must be there
	consts   map[string][]ir.Literal // members with listed values
}

// outline collects the members of a variant. A map has none.
func (l *lowerer) outline(e entry) outline {
	o := outline{map[string]bool{}, map[string]bool{}, map[string][]ir.Literal{}}
	s, ok := e.variant.Type.(*ir.Struct)
	if !ok {
		return o
	}
	for _, f := range s.Fields {
		o.known[f.Name] = true
		o.required[f.Name] = f.Required
		if list := literals(f.Value); len(list) > 0 && f.Required && !f.Nullable {
			o.consts[f.Name] = list
		}
	}
	return o
}

// literals returns the values that a field may have, where they are listed.
func literals(v ir.Value) []ir.Literal {
	if e, ok := v.Type.(*ir.Enum); ok && !e.Open {
		kind := primTypes[e.Base]
		var out []ir.Literal
		for _, value := range e.Values {
			out = append(out, ir.Literal{Type: kind, Text: value.Value})
		}
		return out
	}
	for _, r := range v.Rules {
		if r.Keyword == "enum" && v.Type == ir.Bool {
			return r.Values
		}
	}
	return nil
}

type pair struct{ a, b int }

func allPairs(n int) []pair {
	var out []pair
	for a := range n {
		for b := a + 1; b < n; b++ {
			out = append(out, pair{a, b})
		}
	}
	return out
}

// constantMembers returns the members with listed values in some variant, the
// usual ones first.
func constantMembers(shapes []outline) []string {
	set := map[string]bool{}
	for _, s := range shapes {
		for name := range s.consts {
			set[name] = true
		}
	}
	out := sortedKeys(set)
	slices.SortStableFunc(out, func(a, b string) int { return telling(a) - telling(b) })
	return out
}

// telling orders members by how likely they are meant to tell objects apart.
func telling(name string) int {
	if i := slices.Index([]string{"object", "type", "kind"}, name); i >= 0 {
		return i
	}
	return 3
}

// disjoint tells whether a member has listed texts in every variant, and none
// in two.
func disjoint(shapes []outline, name string) bool {
	seen := map[string]bool{}
	for _, s := range shapes {
		if len(s.consts[name]) == 0 {
			return false
		}
		for _, v := range s.consts[name] {
			if v.Type != "string" || seen[v.Text] {
				return false
			}
			seen[v.Text] = true
		}
	}
	return true
}

func setTags(u *ir.Union, objects []entry, shapes []outline, name string) {
	u.By = name
	for i, e := range objects {
		e.variant.Types = nil
		e.variant.Consts = nil
		for _, v := range shapes[i].consts[name] {
			e.variant.Tags = append(e.variant.Tags, v.Text)
		}
	}
}

// tells tells whether a member's constant is enough for two variants: both
// have another, or only one has it.
func tells(a, b outline, name string) bool {
	x, y := a.consts[name], b.consts[name]
	if len(x) == 1 && len(y) == 1 {
		return x[0] != y[0]
	}
	return len(x) == 1 && !b.known[name] || len(y) == 1 && !a.known[name]
}

func setConsts(objects []entry, shapes []outline, name string) {
	for i, e := range objects {
		if list := shapes[i].consts[name]; len(list) == 1 {
			e.variant.Consts = append(e.variant.Consts, ir.Const{Name: name, Value: list[0]})
		}
	}
}

// byRequired tells two variants apart by members that one requires and the
// other does not describe. What is only written needs no telling apart.
func (l *lowerer) byRequired(open *openUnion, objects []entry, shapes []outline, p pair) {
	x, y := only(shapes[p.a], shapes[p.b]), only(shapes[p.b], shapes[p.a])
	addRequired(objects[p.a].variant, x)
	addRequired(objects[p.b].variant, y)
	if len(x)+len(y) == 0 && open.role == ir.RoleObject {
		l.report(open.union.Pointer, "ambiguous-union", "nothing tells %s from %s: give them a discriminator, a member with different constants, or different required members",
			describeType(objects[p.a].variant.Type), describeType(objects[p.b].variant.Type))
	}
}

func only(a, b outline) []string {
	var out []string
	for _, name := range sortedKeys(a.required) {
		if a.required[name] && !b.known[name] {
			out = append(out, name)
		}
	}
	return out
}

func addRequired(v *ir.Variant, list []string) {
	v.Required = append(v.Required, list...)
	slices.Sort(v.Required)
	v.Required = slices.Compact(v.Required)
}

func describeType(t ir.Type) string {
	if named, ok := t.(ir.Named); ok {
		return named.TypeName()
	}
	return "a map"
}

// constantsOf returns the texts that a member of a variant may have.
func (l *lowerer) constantsOf(p place, member string) []string {
	s, ok := l.value(p).Type.(*ir.Struct)
	if !ok {
		return nil
	}
	var out []string
	for _, f := range s.Fields {
		if f.Name == member {
			for _, v := range literals(f.Value) {
				out = append(out, v.Text)
			}
		}
	}
	return out
}
