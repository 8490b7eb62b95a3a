package aliases

import (
	"fmt"

	"github.com/oaken-go/oaken/generator/ir"
)

// types adds the old names of types, and of what is declared with them.
func (a *adder) types() {
	now := map[string]ir.Named{}
	for _, t := range a.now.Types {
		now[keyOf(t)] = t
	}
	for _, old := range a.before.Types {
		t := now[keyOf(old)]
		if t == nil || !a.concerns(ir.PlaceOf(old)) {
			continue
		}
		stays := a.add(ir.Alias{GoName: old.TypeName(), Of: t.TypeName(), Kind: ir.AliasType, File: t.FileStem(), Pointer: ir.PointerOf(t)})
		switch t := t.(type) {
		case *ir.Enum:
			a.values(t, old.(*ir.Enum), stays)
		case *ir.Union:
			a.variants(t, old.(*ir.Union), stays)
		case *ir.Struct:
			a.fields(t, old.(*ir.Struct))
		}
	}
}

// addWith is add for what is declared with a type. Where the type's own name can't
// stay, that has been said, and goes for these as well.
func (a *adder) addWith(stays bool, alias ir.Alias) {
	if _, there := a.taken[alias.GoName]; stays || !there {
		a.add(alias)
	}
}

// fields notes the fields whose type had a name that is another type's now: an
// enum that operations and others shared falls apart where only some are renamed.
func (a *adder) fields(now, old *ir.Struct) {
	before := map[string]ir.Type{}
	for _, f := range old.Fields {
		before[string(f.In)+f.Name] = f.Type
	}
	for _, f := range now.Fields {
		a.parted(f.Type, before[string(f.In)+f.Name], f.Pointer)
	}
}

func (a *adder) parted(now, old ir.Type, pointer string) {
	t, isEnum := ir.Innermost(now).(*ir.Enum)
	was, wasEnum := ir.Innermost(old).(*ir.Enum)
	if isEnum && wasEnum && was.Pointer != t.Pointer && was.GoName != t.GoName {
		if by, there := a.taken[was.GoName]; there {
			a.refused(ir.Alias{GoName: was.GoName, Of: t.GoName, Pointer: pointer}, by)
		}
	}
}

// keyOf tells a type from others at its place: what is made of an operation has
// several.
func keyOf(t ir.Named) string {
	kind := fmt.Sprintf("%T", t)
	switch t := t.(type) {
	case *ir.Struct:
		kind += fmt.Sprint(t.Role, t.Whole)
	case *ir.Enum:
		kind += fmt.Sprint(t.Base, t.Expand)
	}
	return kind + " " + ir.PointerOf(t)
}

func (a *adder) values(now, old *ir.Enum, stays bool) {
	names := map[string]string{}
	for _, v := range now.Values {
		names[v.Value] = v.GoName
	}
	for _, v := range old.OwnValues() {
		if name := names[v.Value]; name != "" {
			a.addWith(stays, ir.Alias{GoName: v.GoName, Of: name, Kind: ir.AliasConst, File: now.File, Pointer: now.Pointer})
		}
	}
}

// variants adds the old names of variants whose types have no name of their own.
func (a *adder) variants(now, old *ir.Union, stays bool) {
	names := map[string]string{}
	for _, v := range now.Variants {
		if isUnnamed(v) {
			names[typeKey(v.Type)] = v.GoName
		}
	}
	for _, v := range old.Variants {
		if name := names[typeKey(v.Type)]; isUnnamed(v) && name != "" {
			a.addWith(stays, ir.Alias{GoName: v.GoName, Of: name, Kind: ir.AliasType, File: now.File, Pointer: now.Pointer})
		}
	}
}

// typeKey tells the types of variants apart, whatever they are called.
func typeKey(t ir.Type) string {
	switch t := t.(type) {
	case ir.Prim:
		return string(t)
	case *ir.Slice:
		return "[]" + typeKey(t.Elem.Type)
	case *ir.Map:
		return "map " + typeKey(t.Elem.Type)
	case *ir.Expandable:
		return "id of " + typeKey(t.Object)
	case ir.Named:
		return keyOf(t)
	}
	return ""
}

// events adds the old names by which callers read webhooks and callbacks.
func (a *adder) events() {
	now := map[string]*ir.Event{}
	for _, e := range a.now.Events {
		now[e.Pointer] = e
	}
	for _, old := range a.before.Events {
		e := now[old.Pointer]
		if e == nil || !a.concerns(old.Pointer) && !a.concerns(bodyOf(old)) {
			continue
		}
		alias := ir.Alias{GoName: old.GoName, Of: e.GoName, Kind: ir.AliasType, File: eventFile, Pointer: e.Pointer}
		a.add(alias)
		if _, isStruct := e.Type.(*ir.Struct); !isStruct && old.GoName != e.GoName {
			alias.GoName, alias.Of, alias.Kind = "Unmarshal"+old.GoName, "Unmarshal"+e.GoName, ir.AliasFunc
			a.add(alias)
		}
	}
}

// eventFile is the stem of the file with webhooks and callbacks.
const eventFile = "webhooks"

func bodyOf(e *ir.Event) string {
	if named, ok := e.Type.(ir.Named); ok {
		return ir.PointerOf(named)
	}
	return ""
}
