package diff

import (
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// direction tells who makes a value.
type direction uint8

// A value may go both ways.
const (
	sent     direction = 1 << iota // by the caller
	received                       // by the server
)

// follow finds out which way each type goes, from the operations on.
func (s *side) follow() {
	for _, op := range s.ops {
		for _, p := range op.PathParams {
			s.mark(p.Type, sent)
		}
		if op.Params != nil {
			s.mark(op.Params, sent)
		}
		for _, t := range answersOf(op) {
			s.mark(t, received)
		}
	}
	for _, e := range s.api.Events {
		s.mark(e.Type, received)
	}
	if s.api.Failure != nil {
		s.mark(s.api.Failure, received)
	}
}

// answersOf are the types of all that an operation is answered with.
func answersOf(op *operation) []ir.Type {
	out := op.Returned()
	if op.Answers != nil {
		out = append(out, op.Answers)
	}
	if op.Headers != nil {
		out = append(out, op.Headers)
	}
	for _, f := range op.Failures {
		out = append(out, f.Type)
	}
	return out
}

// mark gives a direction to a type and to what is in it.
func (s *side) mark(t ir.Type, d direction) {
	named, ok := ir.Innermost(t).(ir.Named)
	if !ok || d == 0 || s.flow[named]&d == d {
		return
	}
	s.flow[named] |= d
	if t, ok := named.(*ir.Struct); ok {
		for _, f := range t.All() {
			s.mark(f.Type, d&mutable(f))
		}
		return
	}
	for _, inner := range parts(named) {
		s.mark(inner, d)
	}
}

// mutable are the directions that a field goes at all.
func mutable(f *ir.Field) direction {
	switch {
	case f.ReadOnly && !f.WriteOnly:
		return received
	case f.WriteOnly && !f.ReadOnly:
		return sent
	}
	return sent | received
}

// parts are the types that a named type is made of.
func parts(t ir.Named) []ir.Type {
	var out []ir.Type
	switch t := t.(type) {
	case *ir.Struct:
		for _, f := range t.All() {
			out = append(out, f.Type)
		}
	case *ir.Union:
		for _, v := range t.Variants {
			out = append(out, v.Type)
		}
	case *ir.Answers:
		for _, a := range t.List {
			if a.Type != nil {
				out = append(out, a.Type)
			}
		}
	}
	return out
}

// homes are the resources that types belong to: the one whose file a type is
// in, else the only one that leads to it other than through what belongs to
// another. What several lead to belongs to the package as a whole.
type homes struct {
	byFile map[string]string
	of     map[ir.Named]string
	shared map[ir.Named]bool
}

func newHomes(s *side) homes {
	h := homes{map[string]string{}, map[ir.Named]string{}, map[ir.Named]bool{}}
	s.api.EachResource(func(name string, r *ir.Resource) {
		if _, taken := h.byFile[r.File]; !taken {
			h.byFile[r.File] = name
		}
	})
	for _, op := range s.ops {
		for _, p := range op.PathParams {
			h.claim(p.Type, op.resource)
		}
		if op.Params != nil {
			h.claim(op.Params, op.resource)
		}
		for _, t := range answersOf(op) {
			h.claim(t, op.resource)
		}
	}
	for _, t := range s.types {
		if home, ok := h.byFile[t.FileStem()]; ok {
			h.claim(t, home)
		}
	}
	return h
}

// claim says that a resource leads to a type. After the second one there is
// nothing left to find out.
func (h homes) claim(t ir.Type, resource string) {
	named, ok := ir.Innermost(t).(ir.Named)
	if !ok || h.shared[named] {
		return
	}
	if home, ok := h.byFile[named.FileStem()]; ok && home != resource {
		return
	}
	switch home, seen := h.of[named]; {
	case seen && home == resource:
		return
	case seen:
		h.shared[named] = true
	default:
		h.of[named] = resource
	}
	for _, inner := range parts(named) {
		h.claim(inner, resource)
	}
}

// Homes returns the resources that the types of a representation belong to, by
// their names; those of the package as a whole are not among them.
func Homes(api *ir.API) map[string]string {
	s := newSide(api)
	out := map[string]string{}
	for _, t := range s.types {
		if home := s.homes.home(t); home != "" {
			out[t.TypeName()] = home
		}
	}
	return out
}

// home returns the resource of a type, "" for the package as a whole.
func (h homes) home(t ir.Named) string {
	if h.shared[t] {
		return ""
	}
	return h.of[t]
}

func noun(r *ir.Resource) string { return strings.TrimSuffix(r.GoType, "Service") }
