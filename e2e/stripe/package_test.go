package stripe

import (
	"bytes"
	"context"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/templates"
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

func TestPackageIsFormatted(t *testing.T) {
	for name, text := range whole(t).Files {
		formatted, err := format.Source(text)
		require.NoError(t, err, name)
		require.Equal(t, string(formatted), string(text), name)
	}
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
func writeModule(dir string, result generator.Result) error {
	if err := os.CopyFS(dir, os.DirFS("testdata/calls")); err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(dir, "driver"), withoutTests{os.DirFS("driver")}); err != nil {
		return err
	}
	files := map[string][]byte{
		"go.mod":      []byte("module calls\n\ngo 1.26\n"),
		"variants.go": variantsFile(result.API),
	}
	var err error
	if files["expansions.go"], err = expansionsFile(result.Files); err != nil {
		return err
	}
	for name, content := range result.Files {
		files[filepath.Join("stripe", name)] = content
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// withoutTests is a folder without the files of its tests.
type withoutTests struct{ fs.FS }

// ReadDir implements fs.ReadDirFS.
func (f withoutTests) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(f.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return strings.HasSuffix(e.Name(), "_test.go") }), err
}

// variantsFile is Go source that makes the structs of unions that have several:
// reflection can't find a type by its name.
func variantsFile(api *ir.API) []byte {
	var b bytes.Buffer
	b.WriteString("package main\n\nimport (\n\t\"calls/driver\"\n\t\"calls/stripe\"\n)\n\nvar variants = map[string]driver.Put{\n")
	for _, t := range api.Types {
		if union, ok := t.(*ir.Union); ok && len(structs(union)) > 1 {
			for _, s := range structs(union) {
				fmt.Fprintf(&b, "\t%q: func(into any) any { return put[stripe.%s](into, new(stripe.%s)) },\n", s.GoName, union.GoName, s.GoName)
			}
		}
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// expansionsFile is Go source that expands references of each type that the
// package has: reflection can't instantiate a function.
func expansionsFile(files map[string][]byte) ([]byte, error) {
	objects := map[string]bool{}
	for name, content := range files {
		if !strings.HasSuffix(name, ".go") || strings.HasPrefix(name, templates.Prefix) {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, content, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for node := range ast.Preorder(file) {
			if x, ok := node.(*ast.IndexExpr); ok && types.ExprString(x.X) == "Expandable" {
				objects[types.ExprString(x.Index)] = true
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("package main\n\nimport (\n\t\"calls/driver\"\n\t\"calls/stripe\"\n\t\"reflect\"\n)\n\nvar expansions = map[reflect.Type]driver.Expand{\n")
	for _, object := range slices.Sorted(maps.Keys(objects)) {
		name, isPointer := strings.CutPrefix(object, "*")
		name = "stripe." + name
		if isPointer {
			name = "*" + name
		}
		fmt.Fprintf(&b, "\treflect.TypeFor[stripe.Expandable[%s]](): expanded[%s],\n", name, name)
	}
	b.WriteString("}\n")
	return b.Bytes(), nil
}

// structs are the variants of a union that are structs of parameters.
func structs(u *ir.Union) (out []*ir.Struct) {
	for _, v := range u.Variants {
		if s, ok := v.Type.(*ir.Struct); ok && s.Role == ir.RoleParams {
			out = append(out, s)
		}
	}
	return out
}
