// Package templates holds the support code that every generated package
// carries: real Go in the folder support, compiled and tested in place, and
// copied out with its package clause rewritten.
package templates

import (
	"bytes"
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
)

//go:embed support/*.go
var support embed.FS

// Prefix begins the name of each support file in a generated package.
const Prefix = "oaken_"

// Support returns the support files for a package of the given name, by file
// name, with header as their first line.
func Support(pkg, header string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := eachFile(func(name string, src []byte, file *ast.File, fset *token.FileSet) {
		body := src[fset.Position(file.Name.End()).Offset:]
		out := fmt.Appendf(nil, "%s\n\npackage %s", header, pkg)
		files[Prefix+name] = append(out, body...)
	})
	return files, err
}

// Reserved returns the exported names that the support code takes in every
// generated package, sorted.
func Reserved() ([]string, error) {
	var names []string
	err := eachFile(func(_ string, _ []byte, file *ast.File, _ *token.FileSet) {
		for _, decl := range file.Decls {
			names = append(names, declared(decl)...)
		}
	})
	names = slices.DeleteFunc(names, func(name string) bool { return !ast.IsExported(name) })
	slices.Sort(names)
	return slices.Compact(names), err
}

func eachFile(visit func(name string, src []byte, file *ast.File, fset *token.FileSet)) error {
	entries, err := support.ReadDir("support")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		src, err := support.ReadFile(path.Join("support", entry.Name()))
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, entry.Name(), bytes.NewReader(src), parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		visit(entry.Name(), src, file, fset)
	}
	return nil
}

// declared returns the names that a declaration puts into the package scope.
func declared(decl ast.Decl) []string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		var names []string
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					names = append(names, name.Name)
				}
			}
		}
		return names
	}
	return nil
}
