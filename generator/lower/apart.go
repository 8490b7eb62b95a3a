package lower

import (
	"slices"

	"github.com/oaken-go/oaken/generator/ir"
)

// byMembers tells objects apart by the constants and the required members of
// their structs. Constants of members that may be absent are the last resort:
// without them a value is kept raw.
func (l *lowerer) byMembers(open *openUnion, objects []entry) {
	var pairs []pair
	for _, optional := range []bool{false, true} {
		shapes := make([]outline, len(objects))
		for i, e := range objects {
			shapes[i] = l.outline(e, optional)
		}
		if byOneMember(open, objects, shapes) {
			return
		}
		if len(objects) > maxCompared {
			open.loose = true
			open.vague(objects...)
			return
		}
		if !optional {
			pairs = allPairs(len(objects))
		}
		if pairs = l.byConstants(open, objects, shapes, pairs); len(pairs) == 0 {
			return
		}
		open.loose = true
		pairs = slices.DeleteFunc(pairs, func(p pair) bool { return byRequired(objects, shapes, p) })
	}
	pairs = l.withoutCut(objects, pairs)
	if len(pairs) > 0 && open.role == ir.RoleObject { // others are only written
		l.byKnown(open, objects, pairs)
	}
}

// maxCompared bounds the objects that are compared with each other. More are
// told apart by one member with constants, or by trying.
const maxCompared = 512

// byOneMember tells objects apart by a member that has other listed values in
// each, if there is one.
func byOneMember(open *openUnion, objects []entry, shapes []outline) bool {
	for _, name := range constantMembers(shapes) {
		if disjoint(shapes, name) {
			setTags(open.union, objects, shapes, name)
			return true
		}
	}
	return false
}

// byKnown leaves it to the members that are there: the variant that knows most
// of them is meant. It reports those that know the same members.
func (l *lowerer) byKnown(open *openUnion, objects []entry, pairs []pair) {
	known := make([]string, len(objects))
	for i, e := range objects {
		known[i] = join("", sortedKeys(l.outline(e, true).known)...)
	}
	alike := slices.DeleteFunc(slices.Clone(pairs), func(p pair) bool { return known[p.a] != known[p.b] })
	for _, p := range alike {
		open.vague(objects[p.a], objects[p.b])
	}
	if len(alike) == len(pairs) {
		return
	}
	pairs = slices.DeleteFunc(pairs, func(p pair) bool { return known[p.a] == known[p.b] })
	open.union.Closest = true
	l.note(open.union.Pointer, "closest-union", "nothing tells %s from %s but the members that are there: a value is taken for the one that has most of them",
		describeType(objects[pairs[0].a].variant.Type), describeType(objects[pairs[0].b].variant.Type))
}

// byConstants settles pairs by members with listed values, and returns those
// that remain.
func (l *lowerer) byConstants(open *openUnion, objects []entry, shapes []outline, pairs []pair) []pair {
	for _, name := range constantMembers(shapes) {
		rest := slices.DeleteFunc(slices.Clone(pairs), func(p pair) bool {
			told := tells(shapes[p.a], shapes[p.b], name)
			if told && !excludes(shapes[p.a], shapes[p.b], name) && !excludes(shapes[p.b], shapes[p.a], name) {
				l.overlap(open, shapes[p.a], shapes[p.b], name)
			}
			return told
		})
		if len(rest) < len(pairs) {
			pairs = rest
			setConsts(objects, shapes, name)
		}
	}
	return pairs
}

// outline is what a decoder could look at in an object.
type outline struct {
	known    map[string]bool         // members that are described
	required []string                // members that must be there
	consts   map[string][]ir.Literal // members with listed values
	closed   bool                    // no others are allowed
}

// outline collects the members of a variant. A map has none.
func (l *lowerer) outline(e entry, optional bool) outline {
	o := outline{known: map[string]bool{}, consts: map[string][]ir.Literal{}}
	s, ok := e.variant.Type.(*ir.Struct)
	if !ok {
		return o
	}
	o.closed = slices.ContainsFunc(s.Rules, closes)
	for _, f := range s.Fields {
		o.known[f.Name] = true
		if f.Required {
			o.required = append(o.required, f.Name)
		}
		if list := literals(f.Value); len(list) > 0 && (f.Required && !f.Nullable || optional) {
			o.consts[f.Name] = list
		}
	}
	return o
}

// literals returns the values that a field may have, where they are listed.
func literals(v ir.Value) []ir.Literal {
	e, _ := v.Type.(*ir.Enum)
	for _, r := range v.Rules {
		switch {
		case e != nil && r.Listed():
			return allOf(e)
		case r.Keyword == "const" || r.Keyword == "enum" && (e != nil || v.Type == ir.Bool):
			return slices.DeleteFunc(slices.Clone(r.Values), func(v ir.Literal) bool { return v.Type == "null" })
		}
	}
	return nil
}

// allOf returns the values of an enum.
func allOf(e *ir.Enum) []ir.Literal {
	var out []ir.Literal
	for _, value := range e.Values {
		out = append(out, ir.Literal{Type: primTypes[e.Base], Text: value.Value})
	}
	return out
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
		e.variant.Types, e.variant.Consts, e.variant.Required = nil, nil, nil
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

// excludes tells whether what has a constant that tells variant a is no valid
// value of variant b: b has another there, or allows no such member.
func excludes(a, b outline, name string) bool {
	return len(a.consts[name]) == 1 && (len(b.consts[name]) == 1 || b.closed && !b.known[name])
}

// overlap says that a value that has the constant of one of two variants may be
// a valid one of the other. The assertions of the whole schema decide then, but
// for a flag such as deleted: what is flagged is hardly ever the other one in
// full, whose assertions are many.
func (l *lowerer) overlap(open *openUnion, a, b outline, name string) {
	list := slices.Concat(a.consts[name], b.consts[name])
	if open.oneOf || len(list) != 1 || list[0] != (ir.Literal{Type: "boolean", Text: "true"}) {
		open.loose = true
		return
	}
	if open.facts != nil && open.role == ir.RoleObject {
		l.tally(open.union.Pointer, "flagged-union", "a value whose %q is true is checked as the alternative that says so, though another would allow the member, too", name)
	}
}

// closes tells whether a rule allows no members but those of the struct's
// fields.
func closes(r *ir.Rule) bool {
	return r.Keyword == "additionalProperties" && r.Pattern == "" && len(r.Subs[0]) == 1 && r.Subs[0][0].Keyword == "false"
}

func setConsts(objects []entry, shapes []outline, name string) {
	for i, e := range objects {
		c := ir.Const{Name: name}
		if list := shapes[i].consts[name]; len(list) == 1 {
			c.Value = list[0]
			if !slices.Contains(e.variant.Consts, c) {
				e.variant.Consts = append(e.variant.Consts, c)
			}
		}
	}
}

// byRequired tells two variants apart by members that one requires and the
// other does not describe.
func byRequired(objects []entry, shapes []outline, p pair) bool {
	x, y := only(shapes[p.a], shapes[p.b]), only(shapes[p.b], shapes[p.a])
	addRequired(objects[p.a].variant, x)
	addRequired(objects[p.b].variant, y)
	return len(x)+len(y) > 0
}

func only(a, b outline) []string {
	var out []string
	for _, name := range a.required {
		if !b.known[name] {
			out = append(out, name)
		}
	}
	return out
}

func addRequired(v *ir.Variant, list []string) {
	for _, name := range list {
		if at, there := slices.BinarySearch(v.Required, name); !there {
			v.Required = slices.Insert(v.Required, at, name)
		}
	}
}

func describeType(t ir.Type) string {
	switch t := t.(type) {
	case ir.Named:
		return t.TypeName()
	case *ir.Slice:
		return "a list"
	}
	return "a map"
}

// constantsOf returns the texts that a member of a struct may have.
func constantsOf(t ir.Type, member string) []string {
	s, ok := t.(*ir.Struct)
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
