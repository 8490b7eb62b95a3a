package lower

import (
	"testing"

	"github.com/oaken-go/oaken/generator/ir"
)

// Documents hold no parameters that contain themselves yet; what would be
// described within itself has to have a table all the same.
func TestInlineStructsEnd(t *testing.T) {
	field := func(of ir.Type) *ir.Field { return &ir.Field{Value: ir.Value{Type: of}} }
	params := func(name string) *ir.Struct { return &ir.Struct{GoName: name, Role: ir.RoleParams} }
	top, leaf, loop, back, object := params("Top"), params("Leaf"), params("Loop"), params("Back"), &ir.Struct{GoName: "Object", Role: ir.RoleObject}
	top.Fields = []*ir.Field{field(&ir.Slice{Elem: ir.Value{Type: loop}}), field(leaf)}
	leaf.Fields = []*ir.Field{field(ir.String), field(object)}
	loop.Fields = []*ir.Field{field(&ir.Map{Elem: ir.Value{Type: back}}), field(leaf)}
	back.Fields = []*ir.Field{field(&ir.Expandable{Object: loop})}
	object.Fields = []*ir.Field{field(leaf)}
	l := newLowerer(nil, Options{}, newSettlement(nil))
	l.api.Types = []ir.Named{top, leaf, loop, back, object, &ir.Enum{}}
	l.ofIDs = map[*ir.Struct]bool{top: true} // or another reason for a table of its own
	l.inline()
	for s, want := range map[*ir.Struct]bool{top: false, leaf: true, loop: false, back: false, object: false} {
		if s.Inline != want {
			t.Errorf("%s is inline: %v", s.GoName, s.Inline)
		}
	}
}
