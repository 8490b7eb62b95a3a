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

// Before returns the names as they were with those of a generation. What has one
// of them by now has none.
func (f *File) Before(generation map[string]Alias) names.Given {
	g := names.Given{Types: maps.Clone(f.Types), Operations: maps.Clone(f.Operations), Longer: f.Longer}
	maps.DeleteFunc(g.Types, func(_, name string) bool { _, old := generation[name]; return old })
	maps.DeleteFunc(g.Operations, func(_ string, op names.Operation) bool { _, old := generation[op.Name]; return old })
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
