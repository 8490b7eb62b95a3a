package generator_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
)

// locked generates with a lock that has some text, and returns what that becomes.
func locked(t *testing.T, config generator.Config, text []byte) (generator.Result, []byte) {
	t.Helper()
	config.Lock = filepath.Join(t.TempDir(), "gen.lock")
	if text != nil {
		require.NoError(t, os.WriteFile(config.Lock, text, 0o666))
	}
	r, err := generator.Generate(t.Context(), generator.Options{Config: config})
	require.NoError(t, err)
	require.Len(t, r.Extra, 1)
	return r, r.Extra[0].Content
}

// lockedAlike holds that a lock changes nothing as long as the document does not.
func lockedAlike(t *testing.T, config generator.Config) {
	t.Helper()
	plain, err := generator.Generate(t.Context(), generator.Options{Config: config})
	require.NoError(t, err)
	first, text := locked(t, config, nil)
	sameFiles(t, plain.Files, first.Files)
	again, now := locked(t, config, text)
	sameFiles(t, plain.Files, again.Files)
	require.Equal(t, string(text), string(now))
}

func sameFiles(t *testing.T, want, got map[string][]byte) {
	t.Helper()
	for name := range merged(want, got) {
		if string(want[name]) != string(got[name]) {
			t.Errorf("%s differs:\n%s", name, difference(want[name], got[name]))
		}
	}
}

func TestLockChangesNoName(t *testing.T) {
	cases, err := os.ReadDir(goldenRoot)
	require.NoError(t, err)
	for _, c := range cases {
		t.Run(c.Name(), func(t *testing.T) {
			t.Chdir(filepath.Join(goldenRoot, c.Name()))
			if _, err := os.Stat(diagnosticsFile); err == nil {
				t.Skip("refused")
			}
			config := caseConfig(t)
			config.Lock = ""
			lockedAlike(t, *config)
		})
	}
}

// Names that collide are in the lock as they were settled.
func TestLockOfNamesakes(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 7))
		path := filepath.Join(t.TempDir(), "input.json")
		document := namedDocument(func(n int) []string { return pick(r, n) })
		require.NoError(t, os.WriteFile(path, readJSONText(t, document), 0o666))
		lockedAlike(t, generator.Config{Spec: path, Out: goFolder, Package: "golden"})
	}
}
