package lock

import (
	"maps"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/names"
)

// Generations divides the aliases so that nothing has two old names in one of
// them.
func (f *File) Generations() []map[string]Alias {
	var out []map[string]Alias
	count := map[string]int{}
	for _, old := range slices.Sorted(maps.Keys(f.Aliases)) {
		a := f.Aliases[old]
		n := count[a.Of]
		count[a.Of]++
		if n == len(out) {
			out = append(out, map[string]Alias{})
		}
		out[n][old] = a
	}
	return out
}

// Before returns the names of a generation, and no others: what is called after
// them comes before all else then, as it did.
func Before(generation map[string]Alias) names.Given {
	g := names.NewGiven()
	for old, a := range generation {
		if a.isType() {
			g.Types[a.Of] = old
			continue
		}
		_, path, _ := strings.Cut(a.Was, " ")
		g.Operations[a.Of] = names.Operation{Name: old, Path: path}
	}
	return g
}
