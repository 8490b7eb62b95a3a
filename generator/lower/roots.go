package lower

import "github.com/oaken-go/oaken/generator/ir"

// roots marks the structs that stand for themselves and so get methods: what
// operations are called with and answer, pages of lists and their items, what
// unions among these hold, and objects with an id. All others are only parts
// of such.
func (l *lowerer) roots() {
	for _, c := range l.calls {
		if c.out.Params != nil {
			c.out.Params.Root = true
		}
		markRoot(c.out.Result)
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
		if !ok || s.Role != ir.RoleObject {
			continue
		}
		for _, f := range s.Fields {
			if e, ok := innermost(f.Type).(*ir.Enum); ok {
				e.Known = true
			}
		}
	}
}
