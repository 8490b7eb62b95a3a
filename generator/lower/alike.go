package lower

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// alike finds types that say the same at members of one name: structs of
// parameters, unions, and enums of few values. The first two are found at members
// of one struct as well, and at one member of a resource in several operations.
// One of them is a type, the others are other names of it.
//
// What a type says includes what is in it, so that the innermost go first.
func (l *lowerer) alike() {
	a := &alikes{lowerer: l, words: map[ir.Named][]string{}, heights: map[ir.Named]int{}, holders: map[ir.Named][]*ir.Union{}}
	a.lookAround()
	for _, level := range a.levels() {
		texts := map[string][]ir.Named{}
		for _, t := range level {
			text := a.text(t)
			texts[text] = append(texts[text], t)
		}
		for _, same := range texts {
			for _, group := range a.related(same) {
				a.merge(group)
			}
		}
	}
}

// alikes is what it takes to find types that say the same.
type alikes struct {
	*lowerer
	words   map[ir.Named][]string // by which types of one text are related
	heights map[ir.Named]int      // how many others are in them, one in the other; 0 for a type that stays its own
	holders map[ir.Named][]*ir.Union
}

// lookAround finds out where each type is that may be one with others.
func (a *alikes) lookAround() {
	c := newCycles(heldIn)
	whole := map[*ir.Struct]bool{}
	for _, call := range a.calls {
		whole[call.out.Params] = true
	}
	named := map[ir.Named]bool{} // enums of several names already
	for _, t := range a.api.Types {
		if other := ir.Declared(t); other != t {
			named[t], named[other] = true, true
		}
	}
	for _, t := range a.api.Types {
		switch t := t.(type) {
		case *ir.Struct:
			if t.Role == ir.RoleParams && !whole[t] && !a.ofIDs[t] && !c.isOn(t) {
				a.words[t] = []string{"in " + t.File + " " + a.nouns[t]}
			}
		case *ir.Union:
			if !c.isOn(t) {
				a.words[t] = []string{"called " + t.GoName}
			}
			for _, v := range t.Variants {
				if inner, ok := v.Type.(ir.Named); ok {
					a.holders[inner] = append(a.holders[inner], t)
				}
			}
		case *ir.Enum:
			if t.Base == ir.String && !t.Expand && !named[t] && len(t.Values) < manyValues {
				a.words[t] = []string{"called " + t.GoName}
			}
		}
	}
	for _, t := range a.api.Types {
		if s, ok := t.(*ir.Struct); ok {
			for _, f := range s.All() {
				if f.Name != "" {
					a.at(f.Type, "the member "+f.Name)
				}
				if _, isEnum := ir.Innermost(f.Type).(*ir.Enum); !isEnum {
					a.at(f.Type, "a member of "+s.GoName)
				}
			}
		}
	}
}

// at notes that a value of a type is somewhere. What the document names is
// called by that name, wherever it is.
func (a *alikes) at(t ir.Type, where string) {
	named, ok := ir.Innermost(t).(ir.Named)
	if !ok || a.words[named] == nil || isComponent(ir.PointerOf(named)) {
		return
	}
	a.words[named] = append(a.words[named], where)
	u, ok := named.(*ir.Union)
	if !ok {
		return
	}
	for _, v := range u.Variants {
		if rest, inside := strings.CutPrefix(v.GoName, u.GoName); inside {
			a.at(v.Type, where+", "+rest)
		}
	}
}

// heldIn returns the structs of parameters, the unions and the enums that a value
// of a type can hold.
func heldIn(t ir.Named) []ir.Named {
	var out []ir.Named
	for _, inner := range madeOf(t) {
		switch inner := inner.(type) {
		case *ir.Struct:
			if inner.Role == ir.RoleParams {
				out = append(out, inner)
			}
		case *ir.Union:
			out = append(out, inner)
		case *ir.Enum:
			out = append(out, inner)
		}
	}
	return out
}

// levels returns the types that may be one with others, by their height.
func (a *alikes) levels() [][]ir.Named {
	var out [][]ir.Named
	for _, t := range a.api.Types { // sorted by now
		h := a.height(t)
		if h == 0 {
			continue
		}
		for len(out) < h {
			out = append(out, nil)
		}
		out[h-1] = append(out[h-1], t)
	}
	return out
}

func (a *alikes) height(t ir.Named) int {
	if a.words[t] == nil {
		return 0
	}
	if a.heights[t] == 0 {
		h := 0
		for _, inner := range heldIn(t) {
			h = max(h, a.height(inner))
		}
		a.heights[t] = h + 1
	}
	return a.heights[t]
}

// related parts types of one text into those that are related, through others
// too.
func (a *alikes) related(same []ir.Named) [][]ir.Named {
	next := map[string]string{} // leads from each word to one that stands for all that are related
	last := func(word string) string {
		for next[word] != word {
			word = next[word]
		}
		return word
	}
	for _, t := range same {
		for _, word := range a.words[t] {
			if next[word] == "" {
				next[word] = word
			}
			into := last(a.words[t][0])
			next[last(word)], next[word] = into, into
		}
	}
	groups := map[string][]ir.Named{}
	for _, t := range same {
		word := last(a.words[t][0])
		groups[word] = append(groups[word], t)
	}
	var out [][]ir.Named
	for _, group := range groups {
		if len(group) > 1 {
			out = append(out, group)
		}
	}
	return out
}

// merge makes all types of a group other names of one. Two of them in one union
// would be one variant there.
func (a *alikes) merge(group []ir.Named) {
	met := map[*ir.Union]bool{}
	for _, t := range group {
		for _, u := range a.holders[t] {
			if met[u] {
				return
			}
			met[u] = true
		}
	}
	lead := slices.MinFunc(group, func(x, y ir.Named) int {
		return cmp.Or(slices.Compare(a.leadRank(x), a.leadRank(y)), cmp.Compare(x.TypeName(), y.TypeName()))
	})
	for _, t := range group {
		if t == lead {
			continue
		}
		switch t := t.(type) {
		case *ir.Struct:
			t.Same = lead.(*ir.Struct)
		case *ir.Union:
			t.Same = lead.(*ir.Union)
		case *ir.Enum:
			t.Same = lead.(*ir.Enum)
			t.Same.Known = t.Same.Known || t.Known
		}
	}
}

// text writes down all that a type is but its name and its place, as far as it
// is in the type and its table. What is inline has no table: the rules of two such
// may differ, but not those of what has one, and describes what is inline in it.
func (a *alikes) text(t ir.Named) string {
	var b strings.Builder
	switch t := t.(type) {
	case *ir.Struct:
		fmt.Fprintf(&b, "struct %t %t\n", t.Inline, t.Whole)
		for _, f := range t.All() {
			fmt.Fprintf(&b, "%s %s %s %t %t %t %q %q\n", f.Name, f.GoName, a.value(f.Value), f.Boxed, f.Required, f.Deprecated, f.Doc, f.Default)
		}
		if !t.Inline {
			writeTable(&b, t)
		}
	case *ir.Enum:
		var values []string
		for _, v := range t.Values {
			values = append(values, v.Value)
		}
		slices.Sort(values)
		fmt.Fprintf(&b, "enum %q\n", values)
	case *ir.Union:
		fmt.Fprintf(&b, "union %q %t %t %t\n", t.By, t.Open, t.Closest, t.Raw)
		writeRules(&b, ir.Value{Rules: t.Rules})
		for _, v := range t.Variants {
			name := a.value(ir.Value{Type: v.Type})
			if rest, inside := strings.CutPrefix(v.GoName, t.GoName); inside {
				name += " " + rest
			}
			fmt.Fprintf(&b, "%s %q %q %q %v %t\n", name, v.Tags, v.Types, v.Required, v.Consts, v.Vague)
			writeRules(&b, ir.Value{Type: v.Type, Rules: v.Rules})
		}
	}
	return b.String()
}

// value writes the type of a value down.
func (a *alikes) value(v ir.Value) string {
	text := ""
	if v.Nullable {
		text = "?"
	}
	switch t := v.Type.(type) {
	case ir.Prim:
		return text + string(t)
	case *ir.Slice:
		return text + "[]" + a.value(t.Elem)
	case *ir.Map:
		return text + "map " + a.value(t.Elem)
	case *ir.Expandable:
		return text + "expandable " + a.value(ir.Value{Type: t.Object})
	case ir.Named:
		return text + ir.Declared(t).TypeName()
	}
	return text
}

// writeRules writes down what is asserted about a value, and about what is in
// it: lists and maps.
func writeRules(b *strings.Builder, v ir.Value) {
	for _, r := range v.Rules {
		fmt.Fprintf(b, "%s %q %q %q %q %q %q %v %q", r.Keyword, r.Note, r.Number, r.Most, r.Text, r.Names, r.Pattern, r.Values, r.Types)
		if r.Check != nil {
			fmt.Fprintf(b, " %s", r.Check.GoName)
		}
		for _, sub := range r.Subs {
			b.WriteString(" (")
			writeRules(b, ir.Value{Rules: sub})
			b.WriteString(")")
		}
		b.WriteString("\n")
	}
	if inner, ok := ir.Element(v.Type); ok {
		writeRules(b, inner)
	}
	if s, ok := v.Type.(*ir.Struct); ok && s.Inline {
		writeTable(b, s)
	}
}

// writeTable writes down what a struct's table says besides its Go type.
func writeTable(b *strings.Builder, s *ir.Struct) {
	for _, f := range s.All() {
		fmt.Fprintf(b, "%s %s %s %t %t %t %t %t\n", f.Name, f.In, f.Style, f.Exploded, f.Reserved, f.Spelled, f.Nullable, f.NullToo)
		writeRules(b, f.Value)
	}
	writeRules(b, ir.Value{Rules: s.Rules})
}
