package diff_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/ir"
)

const goldenRoot = "../../testdata/golden"

// goldenCases are the folders of documents that are not refused.
func goldenCases(t *testing.T) []string {
	found, err := filepath.Glob(filepath.Join(goldenRoot, "*", "ir.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, found)
	var out []string
	for _, path := range found {
		out = append(out, filepath.Base(filepath.Dir(path)))
	}
	return out
}

// golden is the representation of a golden case.
func golden(t *testing.T, name string) *ir.API {
	t.Helper()
	here, err := os.Getwd()
	require.NoError(t, err)
	require.NoError(t, os.Chdir(filepath.Join(goldenRoot, name)))
	defer func() { require.NoError(t, os.Chdir(here)) }()
	config, err := generator.LoadConfig("")
	require.NoError(t, err)
	defaults := generator.Config{Spec: config.Spec, Package: "golden"}
	if defaults.Spec == "" {
		defaults.Spec = "input.yaml"
		if _, err := os.Stat("input.json"); err == nil {
			defaults.Spec = "input.json"
		}
	}
	config.Override(defaults)
	r, err := generator.Generate(t.Context(), generator.Options{Config: *config, Through: "lower"})
	require.NoError(t, err)
	return r.API
}

func TestAlikeIsNoChange(t *testing.T) {
	for _, name := range goldenCases(t) {
		require.Empty(t, diff.Compare(golden(t, name), golden(t, name)), name)
	}
}

// A document promises no order of members.
func TestOrderOfMembersIsNoChange(t *testing.T) {
	for _, path := range []string{
		filepath.Join("testdata", "shop.yaml"), "../../spec/financial_connections.yaml",
		filepath.Join(goldenRoot, "unions", "input.yaml"), filepath.Join(goldenRoot, "expandable", "input.yaml"), filepath.Join(goldenRoot, "rules", "input.yaml"),
	} {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		random := rand.New(rand.NewPCG(1, 2))
		for range 3 {
			var root yaml.Node
			require.NoError(t, yaml.Unmarshal(text, &root))
			shuffle(&root, random)
			shuffled, err := yaml.Marshal(&root)
			require.NoError(t, err)
			require.Empty(t, diff.Compare(lowered(t, string(text)), lowered(t, string(shuffled))), path)
		}
	}
}

// shuffle puts the members of every object into another order.
func shuffle(n *yaml.Node, random *rand.Rand) {
	if n.Kind == yaml.MappingNode {
		random.Shuffle(len(n.Content)/2, func(i, j int) {
			for k := range 2 {
				n.Content[2*i+k], n.Content[2*j+k] = n.Content[2*j+k], n.Content[2*i+k]
			}
		})
	}
	for _, kid := range n.Content {
		shuffle(kid, random)
	}
}

// Whatever is compared, changes are sorted and say what they are, and what is
// new one way has gone the other way.
func TestAnyTwoDocuments(t *testing.T) {
	apis := map[string]*ir.API{"nothing": {}, "shop": lowered(t, shop(t))}
	for _, name := range goldenCases(t) {
		apis[name] = golden(t, name)
	}
	names := slices.Sorted(maps.Keys(apis))
	for i, old := range names {
		for _, new := range []string{"nothing", "shop", "unions", "answers", names[(i+1)%len(names)]} {
			forward, back := diff.Compare(apis[old], apis[new]), diff.Compare(apis[new], apis[old])
			for _, changes := range [][]diff.Change{forward, back} {
				require.Equal(t, changes, diff.Sorted(changes), "%s and %s", old, new)
				complete(t, changes)
			}
			require.Equal(t, turned(counts(forward)), counts(back), "%s and %s", old, new)
		}
	}
}

func complete(t *testing.T, changes []diff.Change) {
	for _, c := range changes {
		require.NotEmpty(t, c.Symbol, "%+v", c)
		require.NotEmpty(t, c.Why, "%+v", c)
		require.NotEmpty(t, c.Caller+c.Wire, "%+v", c)
		require.True(t, c.Old != nil || c.New != nil, "%+v", c)
		require.NotContains(t, c.Code, "%")
	}
}

// counts tells how often something is of each kind of code, without what comes
// and goes with the direction.
func counts(changes []diff.Change) map[string]int {
	out := map[string]int{}
	for _, c := range changes {
		if strings.HasSuffix(c.Code, "-added") || strings.HasSuffix(c.Code, "-removed") || strings.HasSuffix(c.Code, "-renamed") {
			out[c.Code]++
		}
	}
	return out
}

func turned(counts map[string]int) map[string]int {
	out := map[string]int{}
	for code, n := range counts {
		switch {
		case strings.HasSuffix(code, "-added"):
			code = strings.TrimSuffix(code, "added") + "removed"
		case strings.HasSuffix(code, "-removed"):
			code = strings.TrimSuffix(code, "removed") + "added"
		}
		out[code] = n
	}
	return out
}

func TestLocate(t *testing.T) {
	changes := []diff.Change{
		{Old: &diff.Place{Pointer: "/a"}, New: &diff.Place{Pointer: "/b"}},
		{New: &diff.Place{Pointer: "/c"}},
	}
	find := func(line int) func(string) diag.Pos {
		return func(pointer string) diag.Pos { return diag.Pos{File: pointer, Line: line} }
	}
	diff.Locate(changes, find(1), find(2))
	require.Equal(t, diag.Pos{File: "/a", Line: 1}, changes[0].Old.Pos)
	require.Equal(t, diag.Pos{File: "/b", Line: 2}, changes[0].New.Pos)
	require.Equal(t, diag.Pos{File: "/c", Line: 2}, changes[1].New.Pos)
	require.Nil(t, changes[1].Old)
}
