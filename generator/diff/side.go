package diff

import "github.com/oaken-go/oaken/generator/ir"

// side is one of the two representations, with what a comparison asks of it.
type side struct {
	api   *ir.API
	ops   []*operation // in the order of the representation
	types []ir.Named   // all that are declared, but for the parameters of operations
	flow  map[ir.Named]direction
	homes homes
	uses  map[*ir.Enum][]use
}

// operation is an operation where it is called.
type operation struct {
	*ir.Operation
	resource string // as in Customers.Sources
	noun     string // what the names of its types begin with
}

// symbol is what a caller calls.
func (o *operation) symbol() string { return o.resource + "." + o.GoName }

// base is what the names of an operation's own types begin with.
func (o *operation) base() string { return o.noun + o.GoName }

func newSide(api *ir.API) *side {
	s := &side{api: api, flow: map[ir.Named]direction{}, uses: map[*ir.Enum][]use{}}
	api.EachResource(func(name string, r *ir.Resource) {
		for _, op := range r.Ops {
			s.ops = append(s.ops, &operation{op, name, noun(r)})
		}
	})
	params := map[ir.Named]bool{}
	for _, op := range s.ops {
		if op.Params != nil {
			params[op.Params] = true
		}
	}
	for _, t := range api.Types {
		if !params[t] {
			s.types = append(s.types, t)
		}
	}
	s.follow()
	s.homes = newHomes(s)
	s.collectUses()
	return s
}

// structs calls visit with every struct that is declared.
func (s *side) structs(visit func(*ir.Struct)) {
	for _, t := range s.api.Types {
		if t, ok := t.(*ir.Struct); ok {
			visit(t)
		}
	}
}
