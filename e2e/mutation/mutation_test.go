package main

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// Every bug of the list can still be seeded: its text is in its file once, and
// the code with the bug compiles. (make mutate runs the tests against them.)
func TestMutationsApply(t *testing.T) {
	dir, err := filepath.Abs(filepath.Join("..", "..", "templates", "support"))
	require.NoError(t, err)
	bugs, err := read("bugs")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(bugs), 400)
	loaded, err := packages.Load(&packages.Config{Dir: dir, Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes | packages.NeedSyntax}, ".")
	require.NoError(t, err)
	require.Len(t, loaded, 1)
	require.Empty(t, loaded[0].Errors)
	seen := map[string]bool{}
	for _, b := range bugs {
		require.False(t, b.Breaks == "" || seen[b.file+b.Breaks], "%s: %q: twice, or without a word", b.file, b.Breaks)
		seen[b.file+b.Breaks] = true
		text, err := b.apply(dir)
		if !assert.NoError(t, err) {
			continue
		}
		assert.NoError(t, check(loaded[0], filepath.Join(dir, b.file), text), "%s: %s", b.file, b.Breaks)
	}
}

// check type-checks a package with another text for one of its files, and returns
// the first thing that is wrong with that. The functions of the other files have
// no say in it.
func check(p *packages.Package, name string, text []byte) error {
	changed, err := parser.ParseFile(p.Fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	var files []*ast.File
	for _, file := range p.Syntax {
		if p.Fset.Position(file.Package).Filename != name {
			files = append(files, withoutBodies(file))
		}
	}
	var first error
	config := types.Config{Importer: imports{p}, Error: func(err error) {
		if e, ok := errors.AsType[types.Error](err); first == nil && (!ok || p.Fset.Position(e.Pos).Filename == name) {
			first = err
		}
	}}
	_, _ = config.Check(p.PkgPath, p.Fset, append(files, changed), nil) // its error may be about a file without bodies
	return first
}

// withoutBodies returns a file with the signatures of its functions alone.
func withoutBodies(file *ast.File) *ast.File {
	bare := *file
	bare.Decls = slices.Clone(file.Decls)
	for i, d := range bare.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			signature := *f
			signature.Body = nil
			bare.Decls[i] = &signature
		}
	}
	return &bare
}

// imports is what a package imports.
type imports struct{ *packages.Package }

func (i imports) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	return i.Imports[path].Types, nil
}

// A text that is not there, or more than once, is an error, and so is a bug that
// changes nothing.
func TestApply(t *testing.T) {
	_, err := bug{file: "bug.go", Breaks: "x", Find: "no" + "where", Put: "y"}.apply(".")
	require.ErrorContains(t, err, "0 times")
	_, err = bug{file: "bug.go", Breaks: "x", Find: "return", Put: "y"}.apply(".")
	require.ErrorContains(t, err, "times, and must be there once")
	_, err = bug{file: "bug.go", Breaks: "x", Find: "package main", Put: "package main"}.apply(".")
	require.Error(t, err)
	text, err := bug{file: "bug.go", Breaks: "x", Find: "package main", Put: "package other"}.apply(".")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(text), "package other\n"))
}

// A bug that does not compile is told from one that is found.
func TestCheckRefuses(t *testing.T) {
	p := &packages.Package{Fset: token.NewFileSet()}
	require.Error(t, check(p, "x.go", []byte("package p\n\nvar x int = \"\"\n")))
	require.NoError(t, check(p, "x.go", []byte("package p\n\nvar x int = 1\n")))
}

// The test that found a bug is named, and so is what else ended the program.
func TestFinder(t *testing.T) {
	require.Equal(t, "TestA", finder([]byte("--- FAIL: TestA (0.00s)\n    a_test.go:1: no\nFAIL\n")))
	require.Equal(t, "TestB/sub", finder([]byte("ok so far\n    --- FAIL: TestB/sub (0.00s)\n")))
	require.Equal(t, "crash in TestC", finder([]byte("SIGSEGV: x\n\nsupport.TestC(0xc0)\n")))
	require.Equal(t, "crash: fatal error: out of memory", finder([]byte("fatal error: out of memory\n\nruntime.throw\n")))
}
