// Package aliases gives a package the names that its things had before: it
// compares the representation of a document with that of the same document under
// old names. Enter it through Add.
package aliases

import (
	"cmp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/ir"
)

// Old is a name that the type or the operation at a place had: Owner, Owners.List.
type Old struct{ Name, Place string }

// Add adds to a package the old names of some types and operations, and of all
// that is called after them. The package before has these names. A name that
// something else has by now, reserved ones included, can't stay: of those it
// returns notes.
func Add(now, before *ir.API, old []Old, reserved []string) diag.List {
	a := &adder{now: now, before: before, present: operationsIn(now), taken: declared(now, reserved), told: map[string]bool{}}
	a.look(old)
	a.types()
	a.events()
	a.operations(before.Resources, nil)
	slices.SortFunc(now.Aliases, func(a, b *ir.Alias) int { return cmp.Compare(a.GoName, b.GoName) })
	return a.notes
}

type adder struct {
	now, before *ir.API
	places      []string
	present     map[string]found  // the operations of now, by their places
	taken       map[string]string // the names of the package, and where what has them is
	told        map[string]bool   // which can't stay, with what they were of
	notes       diag.List
}

// look finds out which of the old names things had before: something else may
// have kept one of them.
func (a *adder) look(old []Old) {
	had, has := namesIn(a.before), namesIn(a.now)
	for _, o := range old {
		switch key := o.key(); {
		case has[key] == "": // it is sliced off
		case had[key] == o.Name:
			a.places = append(a.places, o.Place)
		default:
			a.refused(ir.Alias{GoName: o.Name, Of: has[key], Pointer: o.Place}, a.taken[o.Name])
		}
	}
}

// key tells an operation from the type of its parameters, which is at its place.
func (o Old) key() string {
	if strings.Contains(o.Name, ".") {
		return "operation " + o.Place
	}
	return o.Place
}

// namesIn returns what types and operations are called.
func namesIn(api *ir.API) map[string]string {
	out := map[string]string{}
	for _, t := range api.Types {
		e, isEnum := t.(*ir.Enum)
		s, isStruct := t.(*ir.Struct)
		if isEnum && e.Expand || isStruct && s.Whole {
			continue // it is called after what is there
		}
		out[ir.PlaceOf(t)] = t.TypeName()
	}
	for _, f := range operationsIn(api) {
		out["operation "+f.op.Pointer] = f.chain + "." + f.op.GoName
	}
	return out
}

// concerns tells whether something is at one of the places, or inside.
func (a *adder) concerns(pointer string) bool {
	return slices.ContainsFunc(a.places, func(place string) bool {
		at, isPath := strings.CutPrefix(place, "/paths/")
		if path, _, _ := strings.Cut(at, "/"); isPath && strings.HasPrefix(pointer, "/paths/"+path+"/parameters/") {
			return true // which the operation has as well
		}
		return pointer == place || strings.HasPrefix(pointer, place+"/")
	})
}

// add adds an alias, unless the package has the name. It tells whether callers can
// go on to use that.
func (a *adder) add(alias ir.Alias) bool {
	if alias.GoName == alias.Of || slices.ContainsFunc(a.now.Aliases, func(o *ir.Alias) bool { return o.GoName == alias.GoName }) {
		return true
	}
	if pointer, there := a.taken[alias.GoName]; there {
		a.refused(alias, pointer)
		return false
	}
	a.taken[alias.GoName] = alias.Pointer
	a.now.Aliases = append(a.now.Aliases, &alias)
	return true
}

// refused notes that an old name can't stay, once for what it is of.
func (a *adder) refused(alias ir.Alias, by string) {
	if a.told[alias.GoName+" "+alias.Of] {
		return
	}
	a.told[alias.GoName+" "+alias.Of] = true
	if by == "" {
		a.notes.Add(alias.Pointer, "alias-taken", "%s can't stay as the old name of %s, which breaks callers: the package needs it for something else", alias.GoName, alias.Of)
		return
	}
	a.notes.Add(alias.Pointer, "alias-taken", "%s can't stay as the old name of %s, which breaks callers: #%s is called so now: give that another name in the config", alias.GoName, alias.Of, by)
}

// declared returns the names that a package has, with their places.
func declared(api *ir.API, reserved []string) map[string]string {
	out := map[string]string{}
	for _, name := range reserved {
		out[name] = ""
	}
	for _, t := range api.Types {
		out[t.TypeName()] = ir.PointerOf(t)
		switch t := t.(type) {
		case *ir.Enum:
			for _, v := range t.Values {
				out[v.GoName] = t.Pointer
			}
		case *ir.Union:
			for _, v := range t.Variants {
				if isUnnamed(v) {
					out[v.GoName] = t.Pointer
				}
			}
		}
	}
	for _, e := range api.Events {
		out[e.GoName], out["Unmarshal"+e.GoName] = e.Pointer, e.Pointer
	}
	for _, s := range api.Servers {
		declareServer(out, s)
	}
	api.EachResource(func(_ string, r *ir.Resource) {
		out[r.GoType] = ""
		if len(r.Ops) > 0 {
			out[r.GoType] = r.Ops[0].Pointer
		}
	})
	return out
}

func declareServer(out map[string]string, s *ir.Server) {
	out[s.GoName], out["With"+s.GoName] = s.Pointer, s.Pointer
	for _, v := range s.Variables {
		if v.Enum == nil {
			continue
		}
		out[v.Enum.GoName] = s.Pointer
		for _, value := range v.Enum.Values {
			out[value.GoName] = s.Pointer
		}
	}
}

func isUnnamed(v *ir.Variant) bool {
	_, named := v.Type.(ir.Named)
	return !named
}
