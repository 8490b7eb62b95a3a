package lower

import (
	"cmp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// manyValues is how many values enums have to have at least that are one because
// of them: few may be the same by chance.
const manyValues = 8

// distinct finds the enums that list nearly the same values, such as those of
// what a card may be used for and of what it was used for. One of them is a type
// with the values of all, as where places share one by its name, and the others
// are other names of it. It returns the enums that are types.
//
// Which is which, and so what the constants are called, follows from the whole
// document, where only a part of it is selected.
func (l *lowerer) distinct(all []*sharedEnum) []*sharedEnum {
	all = l.byLead(all)
	if l.settlement.stems == nil || !l.sliced() {
		l.settlement.stems = l.stems(all)
	}
	var out []*sharedEnum
	first := map[enumKey]*sharedEnum{}
	for _, e := range all {
		if stem, ok := l.settlement.stems[e.key()]; ok {
			e.stem = stem
			l.remember(e)
		}
		key := enumKey{e.stem, e.enum.Base}
		lead := first[key]
		if lead == nil {
			first[key] = e
			out = append(out, e)
			continue
		}
		e.enum.Same = lead.enum
		lead.lists = append(lead.lists, e.lists...)
		sortListings(lead.lists)
	}
	return out
}

func (all *sharedEnum) key() enumKey { return enumKey{all.enum.GoName, all.enum.Base} }

// stems returns what the constants of the enums that may be one are named by: the
// name of the one that is the type. The enums come sorted by byLead. What the lock
// has stays as it is, whatever they come to list.
func (l *lowerer) stems(all []*sharedEnum) map[enumKey]string {
	out := map[enumKey]string{}
	variants := l.variantEnums()
	leads := map[string][]*lead{} // by each of their values
	for _, e := range all {
		list, stem := l.union(e.lists), l.lockedStem(e.enum)
		if e.enum.Base != ir.String || variants[e.enum] || stem == "" && len(list) < manyValues {
			continue
		}
		if like := likest(leads, list); stem == "" && like != nil {
			out[e.key()] = like.stem
			continue
		}
		this := &lead{either(stem, e.enum.GoName), e.enum.GoName, len(list)}
		out[e.key()] = this.stem
		for _, c := range list {
			leads[text(c.value)] = append(leads[text(c.value)], this)
		}
	}
	return out
}

// lead is an enum that others may be like.
type lead struct {
	stem, name string
	count      int // of its values
}

// likest returns which of some enums, by each of their values, has four fifths in
// common with a list, the most of all; nil for none.
func likest(leads map[string][]*lead, list []constant) *lead {
	common := map[*lead]int{}
	for _, c := range list {
		for _, of := range leads[text(c.value)] {
			common[of]++
		}
	}
	var best *lead
	for of, n := range common {
		if 5*n < 4*(of.count+len(list)-n) {
			continue
		}
		if best == nil || n > common[best] || n == common[best] && of.name < best.name {
			best = of
		}
	}
	return best
}

// byLead sorts enums by who comes first to be the type, by leadRank and name.
func (l *lowerer) byLead(all []*sharedEnum) []*sharedEnum {
	rank := map[*sharedEnum][]int{}
	for _, e := range all {
		rank[e] = l.leadRank(e.enum)
	}
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b *sharedEnum) int {
		return cmp.Or(slices.Compare(rank[a], rank[b]), cmp.Compare(a.enum.GoName, b.enum.GoName), cmp.Compare(a.enum.Base, b.enum.Base))
	})
	return out
}

// leadRank tells which of several types is the one that the others are other names
// of, the least: what the lock has so, what is in the lock, components before
// operations, and there what is inside the fewest others and has the shortest
// name.
func (l *lowerer) leadRank(t ir.Named) []int {
	pointer := ir.PointerOf(t)
	locked, place := 0, 0
	switch e, _ := t.(*ir.Enum); {
	case !l.hasLock() || e != nil && l.lockedStem(e) == e.GoName:
	case !l.isFresh(claim{pointer: pointer}):
		locked = 1
	default:
		locked = 2
	}
	if strings.HasPrefix(pointer, "/paths/") {
		place = 1
	}
	return []int{locked, place, strings.Count(pointer, "/"), len(t.TypeName())}
}

// hasLock tells whether there are names that stay.
func (l *lowerer) hasLock() bool { return l.opts.Lock != nil && !l.opts.Lock.Empty() }

// stemKey is what the lock has for an enum that may be one with others.
func stemKey(e *ir.Enum) string { return "constants of " + e.Pointer }

func (l *lowerer) lockedStem(e *ir.Enum) string {
	if l.opts.Lock == nil {
		return ""
	}
	return l.opts.Lock.Longer[stemKey(e)]
}

// remember tells the lock what the constants of an enum are named by.
func (l *lowerer) remember(e *sharedEnum) {
	if l.opts.Lock != nil {
		l.longer[stemKey(e.enum)] = e.stem
	}
}

// variantEnums returns the enums that unions hold: there two names of one type
// would be one variant.
func (l *lowerer) variantEnums() map[*ir.Enum]bool {
	out := map[*ir.Enum]bool{}
	for _, open := range l.unions {
		for _, e := range open.entries {
			if enum, ok := e.variant.Type.(*ir.Enum); ok {
				out[enum] = true
			}
		}
	}
	return out
}
