package lower

import (
	"cmp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// enumKey is what places share an enum by.
type enumKey struct {
	name string
	base ir.Prim
}

// sharedEnum is an enum with every place that lists values for it.
type sharedEnum struct {
	enum  *ir.Enum
	lists []*listing
	stem  string // what the constants are named by
}

// listing is the list of one place.
type listing struct {
	place  place
	values []constant
	rules  []*ir.Rule // that hold values to the list; none where it is open
}

// register remembers that a rule holds values to a list.
func (l *lowerer) register(list *listing, r *ir.Rule) {
	list.rules = append(list.rules, r)
	l.listings[r] = list
}

// orNull returns rules that let null through besides the values they list.
func (l *lowerer) orNull(rules []*ir.Rule) []*ir.Rule {
	null := ir.Literal{Type: "null", Text: "null"}
	out := slices.Clone(rules)
	for i, r := range out {
		if r.Keyword != "enum" && r.Keyword != "const" || slices.Contains(r.Values, null) {
			continue
		}
		wider := *r
		wider.Values = append(slices.Clone(r.Values), null)
		out[i] = &wider
		if list := l.listings[r]; list != nil {
			l.register(list, &wider)
		}
	}
	return out
}

// enums completes every enum with what the places say that share it: those of
// objects first, then by pointer.
func (l *lowerer) enums() {
	var all []*sharedEnum
	for _, key := range l.enumKeys() {
		e := l.shared[key]
		sortListings(e.lists)
		l.complete(e)
		all = append(all, e)
	}
	for _, e := range l.distinct(all) {
		l.addValues(e, l.union(e.lists))
		e.narrow()
	}
	for _, e := range all {
		if e.enum.Same != nil {
			e.enum.Values = e.enum.Same.Values
		}
	}
}

func sortListings(list []*listing) {
	slices.SortFunc(list, func(a, b *listing) int {
		return cmp.Or(cmp.Compare(a.place.role, b.place.role), cmp.Compare(a.place.pointer, b.place.pointer))
	})
}

func (l *lowerer) enumKeys() []enumKey {
	var out []enumKey
	for key := range l.shared {
		out = append(out, key)
	}
	slices.SortFunc(out, func(a, b enumKey) int { return cmp.Compare(a.name+" "+string(a.base), b.name+" "+string(b.base)) })
	return out
}

// complete decides on all but the values of an enum. Where only parameters
// list them, it lies in the file that comes first.
func (l *lowerer) complete(all *sharedEnum) {
	e, first := all.enum, all.lists[0].place
	e.Pointer, e.File, e.Doc, e.Deprecated = first.pointer, first.file, first.describeType(e.GoName), true
	var also []string
	for _, list := range all.lists {
		p := list.place
		e.Deprecated = e.Deprecated && p.schema().Deprecated
		if first.role == ir.RoleParams {
			e.File = min(e.File, p.file)
		}
		if p.pointer != first.pointer {
			also = append(also, p.pointer)
		}
	}
	c := l.typeClaim(e.GoName, first.pointer)
	c.also = strings.Join(also, ", #")
	if len(c.keys) > 0 {
		c.keys = append(c.keys, also...)
	}
	l.claim(e.GoName, c)
}

// union returns each value of some lists once.
func (l *lowerer) union(lists []*listing) []constant {
	at := map[string]int{}
	var out []constant
	for _, list := range lists {
		for _, c := range list.values {
			i, there := at[text(c.value)]
			if !there {
				at[text(c.value)] = len(out)
				out = append(out, c)
				continue
			}
			out[i] = l.both(out[i], c)
		}
	}
	return out
}

// both is a constant that is listed twice: the first decides where it says
// anything.
func (l *lowerer) both(a, b constant) constant {
	if _, given := l.override(a.pointer); !given {
		if _, given := l.override(b.pointer); given {
			a.pointer = b.pointer
		}
	}
	a.name, a.doc = either(a.name, b.name), either(a.doc, b.doc)
	a.deprecated = a.deprecated && b.deprecated
	return a
}

// narrow leaves lists to the enum that are all of it. The support code has no
// list of integers, so theirs stay rules.
func (all *sharedEnum) narrow() {
	if all.enum.Base != ir.String {
		return
	}
	for _, list := range all.lists {
		distinct := map[string]bool{}
		for _, c := range list.values {
			distinct[text(c.value)] = true
		}
		for _, r := range list.rules {
			if len(distinct) == len(all.enum.Values) {
				r.Values = nil
			}
		}
	}
}
