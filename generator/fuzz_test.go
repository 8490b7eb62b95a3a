package generator_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// fuzzed bounds a text: more is slow, not new.
const fuzzed = 1 << 14

// beside are files that a text may refer to.
var beside = map[string]string{
	"a.yaml": "{properties: {b: {$ref: 'b.yaml#/b'}, a: {$ref: '#'}}, $id: 'urn:a', $defs: {x: {$anchor: x}}}",
	"b.yaml": "{b: {type: string}, c: {$ref: input.yaml}, d: {$ref: 'input.yaml#/components/schemas/A'}, x: {get: {responses: {default: {$ref: '#/r'}}}}, r: {description: r}}",
}

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
	for _, c := range slices.Concat(cycles, bombs, oddFiles, oddTexts) {
		if text := c.text(); len(text) < fuzzed {
			f.Add([]byte(text))
		}
	}
	for _, name := range oddNames {
		f.Add(oddDocument(name))
	}
	types := newTypeChecker(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > fuzzed {
			t.Skip()
		}
		if files, _ := generateAmong(t, "input.yaml", text, beside); files != nil {
			types.check(t, "golden", files)
		}
	})
}
