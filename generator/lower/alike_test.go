package lower

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/ir"
)

func TestAlikeVariantsOfOneUnionStayTwoTypes(t *testing.T) {
	first, second, third := &ir.Struct{GoName: "First"}, &ir.Struct{GoName: "Second"}, &ir.Struct{GoName: "Third"}
	a := &alikes{lowerer: &lowerer{}}
	a.unions = []*openUnion{{union: &ir.Union{Variants: []*ir.Variant{{Type: first}, {Type: second}}}}}
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
