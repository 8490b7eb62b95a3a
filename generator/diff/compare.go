package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// Compare returns what changed between two representations: by resource, the
// package as a whole first; then by severity, symbol and code. Places have
// their pointers alone: Locate fills in the rest.
func Compare(old, new *ir.API) []Change {
	c := newComparer(old, new)
	c.client()
	for _, p := range c.ops {
		c.operation(p)
	}
	c.events()
	c.types()
	c.explainExpands()
	return Sorted(c.out)
}

// Sorted returns changes in the order of a Report, each once.
func Sorted(changes []Change) []Change {
	out := slices.SortedFunc(slices.Values(changes), order)
	return slices.CompactFunc(out, func(a, b Change) bool { return order(a, b) == 0 })
}

// comparer collects what changed.
type comparer struct {
	old, new   *side
	ops        []opPair
	pairs      *typePairs
	names      renamings
	aliases    map[string]bool   // by kind and name
	checks     map[string]bool   // named assertions that say something else now, by their old names or by the new ones
	checkNames map[string]string // what they are called now, by their old names
	// gone and fresh are the places of what is reported: what is declared within
	// them is no change of its own.
	gone, fresh pointers
	rewritten   []renaming // places of bodies that are of another media type
	expands     expands
	out         []Change
}

func newComparer(old, new *ir.API) *comparer {
	c := &comparer{old: newSide(old), new: newSide(new), gone: pointers{}, fresh: pointers{}, aliases: map[string]bool{}}
	c.ops = pairOps(c.old.ops, c.new.ops)
	c.pairs = pairTypes(c.old, c.new, c.ops)
	for _, a := range new.Aliases {
		c.aliases[string(a.Kind)+" "+a.GoName] = true
	}
	c.names = newRenamings(c.ops, c.pairs)
	c.checkNames = c.currentChecks()
	c.checks = c.changedChecks()
	c.expands = expands{fields: map[string][]int{}}
	return c
}

// subject is what a change is about.
type subject struct {
	resource, symbol string
	old, new         string    // pointers
	flow             direction // of its values
}

// verdict is what a change means.
type verdict struct {
	severity Severity
	why      string
}

func breaking(why string) verdict   { return verdict{Breaking, why} }
func risky(why string) verdict      { return verdict{Risky, why} }
func compatible(why string) verdict { return verdict{Compatible, why} }

// judge takes the worse of what a change means for what is sent and for what is
// received, as far as values go that way.
func (d direction) judge(whenSent, whenReceived verdict) verdict {
	switch {
	case d&sent == 0:
		return whenReceived
	case d&received == 0 || rank(whenSent.severity) <= rank(whenReceived.severity):
		return whenSent
	}
	return whenReceived
}

// add reports a change of what is on both sides.
func (c *comparer) add(s subject, what string, v verdict, caller, wire string) *Change {
	c.out = append(c.out, Change{
		Code: what, Severity: v.severity, Why: v.why, Resource: s.resource, Symbol: s.symbol, Caller: caller, Wire: wire,
		Old: at(s.old), New: at(s.new),
	})
	return &c.out[len(c.out)-1]
}

// came reports what is new, and went what is gone.
func (c *comparer) came(s subject, what string, v verdict, caller, wire string) {
	c.add(s, what, v, caller, wire).Old = nil
}

func (c *comparer) went(s subject, what string, v verdict, caller, wire string) {
	c.add(s, what, v, caller, wire).New = nil
}

// of writes the code of a kind of member: a field, a parameter, an argument.
func of(format, kind string) string { return fmt.Sprintf(format, kind) }

func rank(s Severity) int {
	return slices.Index([]Severity{Breaking, Risky, Compatible}, s)
}

func order(a, b Change) int {
	return cmp.Or(
		strings.Compare(a.Resource, b.Resource), rank(a.Severity)-rank(b.Severity),
		strings.Compare(a.Symbol, b.Symbol), strings.Compare(a.Code, b.Code),
		strings.Compare(pointerText(a.Old), pointerText(b.Old)), strings.Compare(pointerText(a.New), pointerText(b.New)),
		strings.Compare(a.Caller, b.Caller), strings.Compare(a.Wire, b.Wire),
	)
}

func pointerText(p *Place) string {
	if p == nil {
		return ""
	}
	return p.Pointer
}
