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
	for _, t := range madeOf(s) {
		if inner, ok := t.(*ir.Struct); ok && inner.Role == ir.RoleParams {
			out = append(out, inner)
		}
	}
	return out
}

// madeOf returns what the fields of a struct and the variants of a union are, by
// themselves or in lists and maps.
func madeOf(t ir.Type) []ir.Type {
	var out []ir.Type
	switch t := t.(type) {
	case *ir.Union:
		for _, v := range t.Variants {
			out = append(out, ir.Innermost(v.Type))
		}
	case *ir.Struct:
		for _, f := range t.All() {
			out = append(out, ir.Innermost(f.Type))
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
	for _, inner := range madeOf(t) {
		switch inner := inner.(type) {
		case *ir.Union:
			out = append(out, inner)
		case *ir.Struct:
			if inner.Inline {
				out = append(out, inner)
			}
		}
	}
	return out
}
