package templates

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// A package can do without any optional file, and with any one of them.
func TestOptionalFilesStandAlone(t *testing.T) {
	std := imported(t)
	for _, name := range append(slices.Sorted(maps.Keys(optional)), "none") {
		t.Run(name, func(t *testing.T) {
			var uses Uses
			uses.use(name)
			files, err := Support("petstore", "// header", &uses)
			require.NoError(t, err)
			for other := range optional {
				_, there := files[Prefix+other]
				require.Equal(t, other == name || other == needs[name], there, other)
			}
			fset := token.NewFileSet()
			var syntax []*ast.File
			for name, text := range files {
				file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
				require.NoError(t, err)
				syntax = append(syntax, file)
			}
			_, err = (&types.Config{Importer: std}).Check("petstore", fset, syntax, nil)
			require.NoError(t, err)
		})
	}
}

// Each sign leads to its file, and nothing else does.
func TestUses(t *testing.T) {
	for name, signs := range optional {
		require.Contains(t, names(t), name)
		for _, sign := range signs {
			var uses Uses
			uses.Look([]byte("package p\n\nvar _ = " + sign))
			for other := range optional {
				require.Equal(t, other == name || other == needs[name], uses.has(other), "%s: %s", sign, other)
			}
		}
	}
}

func names(t *testing.T) []string {
	var out []string
	require.NoError(t, eachFile(func(s source) { out = append(out, s.name) }))
	return out
}

// importer is what the support code imports.
type importer map[string]*types.Package

func (i importer) Import(path string) (*types.Package, error) { return i[path], nil }

func imported(t *testing.T) importer {
	std, paths := importer{"unsafe": types.Unsafe}, map[string]bool{}
	require.NoError(t, eachFile(func(s source) {
		for _, spec := range s.file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			require.NoError(t, err)
			paths[path] = true
		}
	}))
	loaded, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports}, slices.Sorted(maps.Keys(paths))...)
	require.NoError(t, err)
	for _, p := range loaded {
		if p.PkgPath != "unsafe" {
			std[p.PkgPath] = p.Types
		}
	}
	return std
}
