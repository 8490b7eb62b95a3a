package lower

import "github.com/oaken-go/oaken/generator/ir"

// roots marks the structs that stand for themselves and so get methods: what
// operations answer, pages of lists and their items, what unions among these
// hold, and objects with an id. All others are only parts of such.
func (l *lowerer) roots() {
	for _, c := range l.calls {
		for _, t := range c.out.Returned() {
			markRoot(t)
		}
	}
	for _, e := range l.api.Events {
		markRoot(e.Type)
	}
	for _, t := range l.api.Types {
		s, ok := t.(*ir.Struct)
		if !ok {
			continue
		}
		if s.Role == ir.RoleObject && s.ID != "" {
			s.Root = true
		}
		if s.List != nil {
			s.Root = true
			markRoot(s.List.Item)
		}
	}
}

// markRoot marks the structs that an answer or an item may be.
func markRoot(t ir.Type) {
	switch t := t.(type) {
	case *ir.Struct:
		t.Root = true
	case *ir.Slice:
		markRoot(t.Elem.Type)
	case *ir.Map:
		markRoot(t.Elem.Type)
	case *ir.Union:
		for _, v := range t.Variants {
			if s, ok := v.Type.(*ir.Struct); ok {
				s.Root = true
			}
		}
	}
}

// knowable marks the enums that objects have values of, by themselves or in
// lists and maps: a server may know more values than the document, while those
// in parameters are the caller's own.
func (l *lowerer) knowable() {
	for _, t := range l.api.Types {
		s, ok := t.(*ir.Struct)
		if !ok || s.Role == ir.RoleParams {
			continue
		}
		for _, f := range s.All() {
			markKnown(f.Type)
		}
	}
	for _, c := range l.calls {
		for _, t := range c.out.Returned() {
			markKnown(t)
		}
	}
}

func markKnown(t ir.Type) {
	if e, ok := ir.Innermost(t).(*ir.Enum); ok {
		e.Known = true
		ir.Declared(e).(*ir.Enum).Known = true
	}
}

// rawUnions marks the unions that may hold a Raw: those in answers, as a server
// may know more variants than the document, and those that are sent as JSON. In
// a form or a query JSON has no place, and the option WithParam sends what the
// document does not have.
func (l *lowerer) rawUnions() {
	seen := map[ir.Type]bool{}
	for _, t := range l.api.Types {
		if s, ok := t.(*ir.Struct); ok && s.Role == ir.RoleObject {
			markRaw(s, seen)
		}
	}
	for _, e := range l.api.Events {
		markRaw(e.Type, seen)
	}
	for _, c := range l.calls {
		for _, t := range c.out.Returned() {
			markRaw(t, seen)
		}
		if c.out.Params == nil {
			continue
		}
		for _, f := range c.out.Params.Fields {
			if f.In == ir.InJSON || f.Style == ir.StyleJSON {
				markRaw(f.Type, seen)
			}
		}
	}
}

// markRaw marks the unions that a type leads to.
func markRaw(t ir.Type, seen map[ir.Type]bool) {
	switch t := ir.Innermost(t).(type) {
	case *ir.Struct:
		if !seen[t] {
			seen[t] = true
			for _, f := range t.All() {
				markRaw(f.Type, seen)
			}
		}
	case *ir.Union:
		if !t.Raw {
			t.Raw = true
			for _, v := range t.Variants {
				markRaw(v.Type, seen)
			}
		}
	}
}
