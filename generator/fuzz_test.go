package generator_test

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzGenerate gives any text to the generator: what it does not refuse has to
// compile.
func FuzzGenerate(f *testing.F) {
	seeds, err := filepath.Glob(filepath.Join(goldenRoot, "*", "input.*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range seeds {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	types := newTypeChecker(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<14 { // more is slow, not new
			t.Skip()
		}
		if files, _ := generateFile(t, "input.yaml", text); files != nil {
			types.check(t, "golden", files)
		}
	})
}
