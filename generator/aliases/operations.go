package aliases

import (
	"cmp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// found is an operation with the resource that it belongs to.
type found struct {
	chain string
	in    *ir.Resource
	op    *ir.Operation
}

// operationsIn returns all operations of a package by their places.
func operationsIn(api *ir.API) map[string]found {
	out := map[string]found{}
	api.EachResource(func(name string, r *ir.Resource) {
		for _, op := range r.Ops {
			out[op.Pointer] = found{name, r, op}
		}
	})
	return out
}

// operations adds the old names of methods. The chain leads to the resources, as
// they were before.
func (a *adder) operations(list []*ir.Resource, around []*ir.Resource) {
	for _, old := range list {
		chain := append(slices.Clone(around), old)
		for _, op := range old.Ops {
			if !a.concerns(op.Pointer) {
				continue
			}
			if now, ok := a.present[op.Pointer]; ok {
				a.operation(chain, op, now)
			}
		}
		a.operations(old.Subs, chain)
	}
}

func (a *adder) operation(chain []*ir.Resource, old *ir.Operation, now found) {
	around := nameOf(chain)
	alias := ir.Alias{GoName: around + "." + old.GoName, Of: now.chain + "." + now.op.GoName, Kind: ir.AliasMethod, File: now.in.File, Pointer: now.op.Pointer}
	if alias.GoName == alias.Of {
		return
	}
	for i, p := range now.op.PathParams {
		if i < len(old.PathParams) {
			a.parted(p.Type, old.PathParams[i].Type, now.op.Pointer)
		}
	}
	service := a.service(chain, alias)
	if service == nil {
		return
	}
	a.method(service, alias, old.GoName)
	if old.Lists && now.op.Lists {
		alias.GoName, alias.Of = around+"."+old.Iterator(), now.chain+"."+now.op.Iterator()
		a.method(service, alias, old.Iterator())
	}
}

func nameOf(chain []*ir.Resource) string {
	var words []string
	for _, r := range chain {
		words = append(words, r.GoName)
	}
	return strings.Join(words, ".")
}

// method adds a method to a service, unless that has the name.
func (a *adder) method(service *ir.Resource, alias ir.Alias, name string) {
	for _, op := range service.Ops {
		if op.GoName == name || op.Lists && op.Iterator() == name {
			a.refused(alias, op.Pointer)
			return
		}
	}
	if slices.ContainsFunc(service.Subs, func(r *ir.Resource) bool { return r.GoName == name }) {
		a.refused(alias, "")
		return
	}
	a.add(alias)
}

// service returns the resource at the end of a chain; what is missing of it is
// made, for old names alone. It returns nil where it can't be.
func (a *adder) service(chain []*ir.Resource, alias ir.Alias) *ir.Resource {
	list, around := &a.now.Resources, (*ir.Resource)(nil)
	for _, old := range chain {
		at := slices.IndexFunc(*list, func(r *ir.Resource) bool { return r.GoName == old.GoName })
		if at < 0 {
			if a.collides(old, around, alias) {
				return nil
			}
			made := &ir.Resource{GoName: old.GoName, GoType: old.GoType, File: alias.File, Old: true}
			a.taken[old.GoType] = alias.Pointer
			*list = append(*list, made)
			slices.SortFunc(*list, func(a, b *ir.Resource) int { return cmp.Compare(a.GoName, b.GoName) })
			at = slices.Index(*list, made)
		}
		around = (*list)[at]
		list = &around.Subs
		a.add(ir.Alias{GoName: old.GoType, Of: around.GoType, Kind: ir.AliasType, File: around.File, Pointer: alias.Pointer})
	}
	return around
}

// collides tells whether an old resource can't be there again, and notes it.
func (a *adder) collides(old, around *ir.Resource, alias ir.Alias) bool {
	by, there := a.taken[old.GoType]
	if around != nil {
		for _, op := range around.Ops {
			if op.GoName == old.GoName || op.Lists && op.Iterator() == old.GoName {
				by, there = op.Pointer, true
			}
		}
	}
	if there {
		a.refused(alias, by)
	}
	return there
}
