package lower

import (
	"maps"

	"github.com/oaken-go/oaken/generator/ir"
)

// inline marks the structs that are described where they are used: those of
// parameters, but for what operations are called with as a whole, what unions
// hold, what an id may come as, and what contains itself.
func (l *lowerer) inline() {
	own := maps.Clone(l.ofIDs)
	for _, c := range l.calls {
		own[c.out.Params] = true
	}
	for _, open := range l.unions {
		for _, v := range open.union.Variants {
			if s, ok := v.Type.(*ir.Struct); ok {
				own[s] = true
			}
		}
	}
	markInline(l.api.Types, own)
}

// markInline marks the structs of parameters but for those that are to have a
// table of their own.
func markInline(types []ir.Named, own map[*ir.Struct]bool) {
	for _, t := range types {
		s, ok := t.(*ir.Struct)
		if ok && s.Role == ir.RoleParams && !own[s] {
			s.Inline = !reaches(s, s, map[*ir.Struct]bool{})
		}
	}
}

// reaches tells whether a value of one struct of parameters can hold one of
// another.
func reaches(from, to *ir.Struct, seen map[*ir.Struct]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, f := range from.All() {
		inner, ok := ir.Innermost(f.Type).(*ir.Struct)
		if ok && (inner == to || inner.Role == ir.RoleParams && reaches(inner, to, seen)) {
			return true
		}
	}
	return false
}
