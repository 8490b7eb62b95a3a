package lower

import (
	"slices"

	"github.com/oaken-go/oaken/generator/ir"
)

// outcome is what became of a schema: a type, and what is still to be asserted.
type outcome struct {
	value ir.Value
	// rest are the facts whose own assertions are to be added to the value; nil
	// where the type that is declared here has them.
	rest *facts
	// whole tells that it is not plain which part of the schema the type leaves
	// out, so that all of it becomes assertions.
	whole bool
	// nullable tells that null is allowed by what was merged.
	nullable bool
}

// raw is the outcome of what no Go type is of use for.
func raw() outcome { return outcome{value: ir.Value{Type: ir.Raw}, whole: true} }

// whole returns all that a schema asserts.
func (l *lowerer) whole(f *facts) []*ir.Rule {
	var out []*ir.Rule
	for _, p := range f.roots {
		out = append(out, l.rules(p, "")...)
	}
	return out
}

// needsWhole tells whether some keyword is about what others beside it, or
// around it, leave over, and no Go type says it.
func needsWhole(f *facts) bool {
	return slices.ContainsFunc(f.parts, func(p place) bool {
		s := p.schema()
		unevaluated := s.UnevaluatedItems.Has != nil || s.UnevaluatedItems.Schema != nil ||
			s.UnevaluatedProperties.Has != nil || s.UnevaluatedProperties.Schema != nil
		return unevaluated || len(s.PrefixItems) > 0 || isMap(p) && (slices.ContainsFunc(f.parts, hasPatterns) || len(s.Properties) < len(f.properties()))
	})
}

// typeSays tells whether a rule asks for the JSON type that every value of a Go
// type has.
func typeSays(v ir.Value, r *ir.Rule) bool {
	kind := jsonType(v.Type)
	return r.Keyword == "type" && kind != "" && slices.Contains(r.Types, kind) && (!v.Nullable || slices.Contains(r.Types, "null"))
}

// unimplied leaves out of a struct's assertions those that its fields make.
func unimplied(s *ir.Struct, rules []*ir.Rule) []*ir.Rule {
	made, required := map[string]bool{}, map[string]bool{}
	for _, f := range s.Fields {
		made[f.Pointer] = true
		required[f.Name] = f.Required
	}
	return slices.DeleteFunc(slices.Clone(rules), func(r *ir.Rule) bool {
		switch r.Keyword {
		case "property":
			return made[r.Pointer]
		case "required":
			return !slices.ContainsFunc(r.Names, func(name string) bool { return !required[name] })
		case "type":
			return !s.Untyped && slices.Equal(r.Types, []string{"object"})
		}
		return false
	})
}

// acceptsNull tells whether schemas allow null by their letter, as far as their
// types, their lists of values and what these refer to tell.
func (l *lowerer) acceptsNull(all []place) bool {
	return !slices.ContainsFunc(all, func(p place) bool { return !l.acceptsNullAt(p) })
}

func (l *lowerer) acceptsNullAt(p place) bool {
	if p.ref == nil || p.ref.Value == nil {
		return true
	}
	if !p.isRef() {
		return l.saysNull(p)
	}
	known, ok := l.accepts[p.pointer]
	if !ok {
		l.accepts[p.pointer] = true // where it refers to itself
		q, found := l.target(p)
		known = found && l.acceptsNullAt(q) && l.acceptsNull(l.siblings(p))
		l.accepts[p.pointer] = known
	}
	return known
}

// saysNull is acceptsNull for a schema that stands at p.
func (l *lowerer) saysNull(p place) bool {
	s := p.schema()
	switch {
	case s.Always != nil:
		return *s.Always
	case !s.Type.IsEmpty() && !s.Type.IncludesNull() && (l.v31 || !s.Nullable),
		len(s.Enum) > 0 && !slices.Contains(s.Enum, nil),
		s.Const != nil,
		!l.acceptsNull(refs(p, "allOf", s.AllOf)):
		return false
	}
	for _, list := range [][]place{refs(p, "anyOf", s.AnyOf), refs(p, "oneOf", s.OneOf)} {
		if len(list) > 0 && !slices.ContainsFunc(list, l.acceptsNullAt) {
			return false
		}
	}
	return true
}
