package stripe

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/oaken-go/oaken/generator"
	"github.com/stretchr/testify/require"
)

// generate makes the package for the whole document, in memory.
func generate() (generator.Result, error) {
	config, err := generator.LoadConfig("gen.yaml")
	if err != nil {
		return generator.Result{}, err
	}
	spec, err := documentPath()
	if err != nil {
		return generator.Result{}, err
	}
	config.Override(generator.Config{Spec: spec, Out: "stripe", Package: "stripe"})
	return generator.Generate(context.Background(), generator.Options{Config: *config})
}

// generated is what generate makes, made once for all tests.
var generated = sync.OnceValues(generate)

// whole returns the generated package, and ends the test where there is none.
func whole(t *testing.T) generator.Result {
	t.Helper()
	result, err := generated()
	require.NoError(t, err)
	return result
}

func TestGeneratingTwiceGivesTheSame(t *testing.T) {
	first := whole(t)
	second, err := generate()
	require.NoError(t, err)
	require.True(t, maps.EqualFunc(first.Files, second.Files, func(a, b []byte) bool { return string(a) == string(b) }))
}

// The package is to be readable and quick to compile.
func TestSizeOfThePackage(t *testing.T) {
	lines, size := 0, 0
	for name, content := range whole(t).Files {
		n := strings.Count(string(content), "\n")
		require.LessOrEqual(t, n, 10_000, name)
		lines, size = lines+n, size+len(content)
	}
	t.Logf("%d files, %d lines, %d bytes", len(whole(t).Files), lines, size)
	require.LessOrEqual(t, lines, 180_000)
	require.LessOrEqual(t, size, 9_000_000)
}

func TestPackageImportsTheStandardLibraryAlone(t *testing.T) {
	for name, content := range whole(t).Files {
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, content, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range file.Imports {
			first, _, _ := strings.Cut(strings.Trim(spec.Path.Value, `"`), "/")
			require.NotContains(t, first, ".", name)
		}
	}
}

// writeModule writes the generated package and the program that calls it as a
// module of its own, which requires no other.
func writeModule(dir string, files map[string][]byte) error {
	if err := os.CopyFS(dir, os.DirFS("testdata/calls")); err != nil {
		return err
	}
	if err := os.CopyFS(dir+"/driver", os.DirFS("driver")); err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(dir+"/stripe/"+name, content, 0o600); err != nil {
			return fmt.Errorf("the package can't be written: %w", err)
		}
	}
	return os.WriteFile(dir+"/go.mod", []byte("module calls\n\ngo 1.26\n"), 0o600)
}
