package generator_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/oaken-go/oaken/generator"
)

// Documents that hold a bit of everything.
var determinismInputs = []string{
	"../spec/financial_connections.yaml",
	filepath.Join(goldenRoot, "unions", "input.yaml"),
	filepath.Join(goldenRoot, "expandable", "input.yaml"),
	filepath.Join(goldenRoot, "rules", "input.yaml"),
}

const determinismRuns = 20

func TestRunsAreAlike(t *testing.T) {
	for _, path := range determinismInputs {
		text := readJSON(t, path)
		want, found := generateText(t, text)
		if want == nil {
			t.Fatal(found)
		}
		for i := range determinismRuns {
			alike(t, fmt.Sprintf("%s, run %d", path, i), want, text)
		}
	}
}

// A document promises no order of members.
func TestOrderOfMembersChangesNothing(t *testing.T) {
	for _, path := range determinismInputs {
		want, _ := generateText(t, readJSON(t, path))
		random := rand.New(rand.NewPCG(1, 2))
		for i := range determinismRuns {
			root := readYAML(t, path)
			shuffle(root, random)
			alike(t, fmt.Sprintf("%s, shuffle %d", path, i), want, asJSON(t, root))
		}
	}
}

// Nor do the names that stay depend on an order.
func TestOrderOfMembersChangesNoLock(t *testing.T) {
	inputs := append(slices.Clone(determinismInputs), filepath.Join(goldenRoot, "lock-renamed-schemas", "input.yaml"))
	for _, path := range inputs {
		dir := t.TempDir()
		config := generator.Config{Spec: filepath.Join(dir, "input.json"), Out: filepath.Join(dir, "golden"), Package: "golden"}
		generate := func(text, lock []byte) (generator.Result, []byte) {
			writeFile(t, dir, "input.json", string(text))
			return locked(t, config, lock)
		}
		var lock []byte
		if former, err := os.ReadFile(filepath.Join(filepath.Dir(path), "gen.lock")); err == nil {
			lock = former
		}
		first, want := generate(readJSON(t, path), lock)
		random := rand.New(rand.NewPCG(3, 4))
		for i := range determinismRuns {
			root := readYAML(t, path)
			shuffle(root, random)
			r, got := generate(asJSON(t, root), [][]byte{lock, want}[i%2])
			if !bytes.Equal(got, want) || !maps.EqualFunc(first.Files, r.Files, bytes.Equal) {
				t.Errorf("%s, shuffle %d: the files differ", path, i)
			}
		}
	}
}

func readYAML(t *testing.T, path string) *yaml.Node {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return parseYAML(t, text)
}

func readJSON(t *testing.T, path string) []byte { return asJSON(t, readYAML(t, path)) }

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

func alike(t *testing.T, what string, want map[string][]byte, text []byte) {
	t.Helper()
	got, found := generateText(t, text)
	if got == nil {
		t.Fatalf("%s: %v", what, found)
	}
	if !maps.EqualFunc(want, got, bytes.Equal) {
		t.Errorf("%s: the files differ", what)
	}
}
