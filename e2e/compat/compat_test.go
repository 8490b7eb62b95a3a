package compat

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/exp/apidiff"
	"golang.org/x/tools/go/packages"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/edits"
	"github.com/oaken-go/oaken/generator/ir"
)

// Whatever breaks the Go API is said to be breaking, by an entry that speaks of
// it; and what is said to break code does. Every scripted edit is tried, there
// and back.
func TestBreaksAreThoseOfTheGoAPI(t *testing.T) {
	spec, err := os.ReadFile(filepath.Join("..", "..", "spec", "financial_connections.yaml"))
	require.NoError(t, err)
	script, err := os.ReadFile(filepath.Join("..", "..", "testdata", "edits.yaml"))
	require.NoError(t, err)
	list, err := edits.Read(script)
	require.NoError(t, err)
	c := &checker{std: map[string]*types.Package{"unsafe": types.Unsafe}, fset: token.NewFileSet()}
	base := c.made(t, spec)
	for _, edit := range list {
		t.Run(edit.Name, func(t *testing.T) {
			text, err := edit.Apply(spec)
			require.NoError(t, err)
			now := c.made(t, text)
			hold(t, base, now)
			hold(t, now, base)
		})
	}
}

// hold holds both judgements of a change against each other.
func hold(t *testing.T, old, new made) {
	t.Helper()
	found, said := incompatible(old, new), breaking(old, new)
	for _, message := range found {
		require.True(t, slices.ContainsFunc(said, func(c diff.Change) bool { return speaks(c, message) }),
			"apidiff says %q, and of %d breaking entries none does: %+v", message, len(said), said)
	}
	for _, c := range said {
		if strings.Contains(c.Why, "compile") {
			require.True(t, slices.ContainsFunc(found, func(message string) bool { return speaks(c, message) }),
				"%+v breaks code, says gen diff, and apidiff %v", c, found)
		}
	}
}

// incompatible is what apidiff reports, but for what nobody should rely on
// (that structs can be compared) and for instances of generic types that it
// takes for others, though they are alike.
func incompatible(old, new made) []string {
	var out []string
	for _, change := range apidiff.Changes(old.pkg, new.pkg).Changes {
		_, what, _ := strings.Cut(change.Message, ": changed from ")
		before, after, _ := strings.Cut(what, " to ")
		if !change.Compatible && (before == "" || before != after) && !strings.Contains(change.Message, "old is comparable") {
			out = append(out, change.Message)
		}
	}
	return out
}

func breaking(old, new made) []diff.Change {
	return slices.DeleteFunc(diff.Compare(old.api, new.api), func(c diff.Change) bool { return c.Severity != diff.Breaking })
}

var (
	name   = regexp.MustCompile(`\b[A-Z]\w*`)
	common = []string{"Optional", "Expandable", "Option", "Raw"}
)

// speaks tells whether an entry is about what apidiff reports: both name the
// same, or one what is called after it. Parameters are called after a method, and
// where a type has no counterpart any more, apidiff blames the generic one
// around it.
func speaks(c diff.Change, message string) bool {
	about := append(name.FindAllString(c.Caller, -1), strings.Split(c.Symbol, ".")...)
	about = append(about, strings.ReplaceAll(c.Symbol, ".", ""))
	for _, word := range name.FindAllString(message, -1) {
		if slices.Contains(common, word) && !strings.HasPrefix(message, word+":") {
			continue
		}
		if slices.ContainsFunc(about, func(a string) bool {
			return word == a || strings.HasPrefix(word, a) || strings.HasPrefix(c.Code, "operation-re") && strings.Contains(word, a)
		}) {
			return true
		}
	}
	return false
}

// made is a document as a package.
type made struct {
	api *ir.API
	pkg *types.Package
}

// checker type-checks packages; what these import is loaded once.
type checker struct {
	std  map[string]*types.Package
	fset *token.FileSet
}

func (c *checker) made(t *testing.T, spec []byte) made {
	t.Helper()
	config, err := generator.LoadConfig(filepath.Join("..", "..", "gen.yaml"))
	require.NoError(t, err)
	config.Spec, config.Lock = filepath.Join(t.TempDir(), "spec.yaml"), ""
	require.NoError(t, os.WriteFile(config.Spec, spec, 0o600))
	result, err := generator.Generate(t.Context(), generator.Options{Config: *config})
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(result.Files)) {
		file, err := parser.ParseFile(c.fset, name, result.Files[name], parser.SkipObjectResolution)
		require.NoError(t, err)
		files = append(files, file)
	}
	conf := types.Config{Importer: c, IgnoreFuncBodies: true, Error: func(error) {}} // imports seem unused
	pkg, _ := conf.Check("example.com/api", c.fset, files, nil)
	return made{result.API, pkg}
}

// Import is what the type checker asks for.
func (c *checker) Import(path string) (*types.Package, error) {
	if c.std[path] == nil {
		loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports}, path)
		if err != nil {
			return nil, err
		}
		c.std[path] = loaded[0].Types
	}
	return c.std[path], nil
}
