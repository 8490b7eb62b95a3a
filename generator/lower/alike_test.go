package lower

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/ir"
)

func TestAlikeVariantsOfOneUnionStayTwoTypes(t *testing.T) {
	first, second, third := &ir.Struct{GoName: "First"}, &ir.Struct{GoName: "Second"}, &ir.Struct{GoName: "Third"}
	both := &ir.Union{Variants: []*ir.Variant{{Type: first}, {Type: second}}}
	a := &alikes{lowerer: &lowerer{}, holders: map[ir.Named][]*ir.Union{first: {both}, second: {both}}}
	a.merge([]ir.Named{first, second})
	require.Nil(t, first.Same)
	require.Nil(t, second.Same)
	a.merge([]ir.Named{third, first})
	require.Equal(t, first, third.Same)
}

func TestAlikeThroughOthers(t *testing.T) {
	x, y, z, alone := &ir.Struct{GoName: "X"}, &ir.Struct{GoName: "Y"}, &ir.Struct{GoName: "Z"}, &ir.Struct{GoName: "Alone"}
	a := &alikes{words: map[ir.Named][]string{x: {"a"}, y: {"b"}, z: {"a", "b"}, alone: {"c"}}}
	groups := a.related([]ir.Named{x, y, alone, z})
	require.Len(t, groups, 1)
	require.ElementsMatch(t, []ir.Named{x, y, z}, groups[0])
}

// TestAlikeEnumsOfSeveralNames: what a lock holds together has its type already,
// and an other name of another name would be none.
func TestAlikeEnumsOfSeveralNames(t *testing.T) {
	enum := func(name string, same *ir.Enum) *ir.Enum {
		return &ir.Enum{GoName: name, Base: ir.String, Pointer: "/paths/" + name, Same: same, Values: []*ir.EnumValue{{Value: "x"}}}
	}
	first := enum("First", nil)
	second, third, fourth := enum("Second", first), enum("Third", nil), enum("Fourth", nil)
	field := func(e *ir.Enum) *ir.Field { return &ir.Field{Name: "state", Value: ir.Value{Type: e}} }
	owner := &ir.Struct{GoName: "Owner", Fields: []*ir.Field{field(first), field(second), field(third), field(fourth)}}
	(&lowerer{api: &ir.API{Types: []ir.Named{first, fourth, owner, second, third}}}).alike()
	require.Nil(t, first.Same)
	require.Equal(t, first, second.Same)
	require.Nil(t, third.Same)
	require.Equal(t, third, fourth.Same)
}

// TestAlikeTables: a struct that has a table describes the inline ones in it, whose
// rules count therefore.
func TestAlikeTables(t *testing.T) {
	for _, rules := range []string{"3", "4"} {
		list := func(name, most string) (*ir.Struct, *ir.Struct) {
			inner := &ir.Struct{GoName: name + "Inner", Role: ir.RoleParams, Inline: true, Pointer: "/paths/" + name + "/inner",
				Fields: []*ir.Field{{Name: "a", GoName: "A", Value: ir.Value{Type: ir.String, Rules: []*ir.Rule{{Keyword: "maxLength", Number: most}}}}}}
			return &ir.Struct{GoName: name, Role: ir.RoleParams, Pointer: "/paths/" + name,
				Fields: []*ir.Field{{Name: "inner", GoName: "Inner", Value: ir.Value{Type: &ir.Slice{Elem: ir.Value{Type: inner}}}}}}, inner
		}
		one, inOne := list("One", "3")
		two, inTwo := list("Two", rules)
		owner := &ir.Struct{GoName: "Owner", Fields: []*ir.Field{{Name: "x", Value: ir.Value{Type: one}}, {Name: "y", Value: ir.Value{Type: two}}}}
		(&lowerer{api: &ir.API{Types: []ir.Named{one, inOne, owner, two, inTwo}}}).alike()
		require.Equal(t, inOne, inTwo.Same)
		require.Equal(t, rules == "3", two.Same == one, rules)
	}
}
