package lower

import (
	"cmp"
	"maps"
	"slices"
)

// sortedKeys returns the keys of a map in order: maps have none.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	return slices.Sorted(maps.Keys(m))
}

func sorted(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}
