package lower

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFindCycles(t *testing.T) {
	edges := map[string][]string{
		"a": {"b"}, "b": {"c", "leaf"}, "c": {"a"}, // one circle
		"into": {"a", "self"}, "self": {"self"}, "leaf": nil,
		"x": {"y", "z"}, "y": {"x"}, "z": {"w"}, "w": {"z", "leaf"}, // two, one leads to the other
	}
	c := findCycles(slices.Sorted(maps.Keys(edges)), func(node string) []string { return edges[node] })
	for node := range edges {
		require.Equal(t, c.loops[node], newCycles(func(node string) []string { return edges[node] }).isOn(node), node)
	}
	require.Equal(t, []string{"a", "b", "c", "self", "w", "x", "y", "z"}, slices.Sorted(maps.Keys(c.loops)))
	require.True(t, c.together("a", "c") && c.together("x", "y") && c.together("z", "w"))
	require.False(t, c.together("a", "into") || c.together("x", "z") || c.together("leaf", "a") || c.together("self", "into"))
}
