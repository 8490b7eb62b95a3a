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
	c := newCycles(heldParams)
	for _, s := range l.structs() {
		s.Inline = s.Role == ir.RoleParams && !own[s] && !c.isOn(s)
	}
}

// heldParams returns the structs of parameters that a value of another can hold.
func heldParams(s *ir.Struct) []*ir.Struct {
	var out []*ir.Struct
	for _, f := range s.All() {
		if inner, ok := ir.Innermost(f.Type).(*ir.Struct); ok && inner.Role == ir.RoleParams {
			out = append(out, inner)
		}
	}
	return out
}

// recursive marks the unions whose tables lead to themselves. Tables of structs
// are reached through types, so they don't count; structs that are described
// where they are used do.
func (l *lowerer) recursive() {
	c := newCycles(describedIn)
	for _, t := range l.api.Types {
		if u, ok := t.(*ir.Union); ok {
			u.Recursive = c.isOn(u)
		}
	}
}

// describedIn returns the unions and structs that the description of one holds
// or leads to without a type between them.
func describedIn(t ir.Type) []ir.Type {
	var out []ir.Type
	add := func(t ir.Type) {
		switch t := ir.Innermost(t).(type) {
		case *ir.Union:
			out = append(out, t)
		case *ir.Struct:
			if t.Inline {
				out = append(out, t)
			}
		}
	}
	switch t := t.(type) {
	case *ir.Union:
		for _, v := range t.Variants {
			add(v.Type)
		}
	case *ir.Struct:
		for _, f := range t.All() {
			add(f.Type)
		}
	}
	return out
}
