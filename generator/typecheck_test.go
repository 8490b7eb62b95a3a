package generator_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/oaken-go/oaken/templates"
)

// typeChecker type-checks generated packages in memory. What they import, the
// standard library, is loaded once.
type typeChecker struct {
	std  map[string]*types.Package
	fset *token.FileSet
}

// included tells whether every build has a file of that name and content.
func included(name string, content []byte) bool {
	nowhere := build.Context{
		GOOS: "none", GOARCH: "none", Compiler: "gc",
		OpenFile: func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
	}
	ok, err := nowhere.MatchFile(".", name)
	return ok && err == nil && !strings.HasSuffix(name, "_test.go")
}

func newTypeChecker(t testing.TB) *typeChecker {
	t.Helper()
	c := &typeChecker{std: map[string]*types.Package{"unsafe": types.Unsafe}, fset: token.NewFileSet()}
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports}, c.imports(t)...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loaded {
		c.std[p.PkgPath] = p.Types
	}
	return c
}

// imports lists what generated packages may import: what the support code does,
// and what the emitted files add.
func (c *typeChecker) imports(t testing.TB) []string {
	support, err := templates.Support("p", "// p", nil)
	if err != nil {
		t.Fatal(err)
	}
	paths := map[string]bool{"context": true, "iter": true, "net/http": true, "regexp": true, "fmt": true, "time": true}
	for _, file := range c.parse(t, support) {
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			paths[path] = path != "unsafe"
		}
	}
	maps.DeleteFunc(paths, func(_ string, wanted bool) bool { return !wanted })
	return slices.Sorted(maps.Keys(paths))
}

func (c *typeChecker) parse(t testing.TB, files map[string][]byte) []*ast.File {
	t.Helper()
	var parsed []*ast.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, err := parser.ParseFile(c.fset, name, files[name], parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			t.Errorf("%s does not parse: %v", name, err)
			continue
		}
		parsed = append(parsed, file)
	}
	return parsed
}

// check reports what the compiler would.
func (c *typeChecker) check(t *testing.T, name string, files map[string][]byte) {
	t.Helper()
	for name, content := range files {
		if !included(name, content) {
			t.Errorf("some builds leave out %s", name)
		}
	}
	limit := 20
	config := types.Config{
		Importer: c,
		Sizes:    types.SizesFor("gc", "amd64"),
		Error: func(err error) {
			if limit--; limit >= 0 {
				t.Errorf("does not compile: %v", err)
			}
		},
	}
	config.Check(name, c.fset, c.parse(t, files), nil)
}

// Import implements types.Importer.
func (c *typeChecker) Import(path string) (*types.Package, error) {
	if p := c.std[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("generated code imports %q", path)
}
