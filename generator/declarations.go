package generator

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/ir"
)

// declaration is what the package declares under one name: a type with its
// constants or, of a service, its methods; or a function.
type declaration struct {
	name  string
	file  string
	parts []string // Go source
}

func (d *declaration) source() string {
	if d == nil {
		return ""
	}
	return strings.Join(d.parts, "\n\n")
}

// declarationPairs returns the exported declarations that differ, by resource
// and name.
func declarationPairs(was, is Result, changes []diff.Change) ([]diff.Pair, error) {
	old, err := declarations(was.Files, is.Files)
	if err != nil {
		return nil, err
	}
	new, err := declarations(is.Files, was.Files)
	if err != nil {
		return nil, err
	}
	renamed := renamedTypes(was.API, changes)
	homes := homesOf(was.API, is.API, changes)
	var out []diff.Pair
	add := func(name string, old, new *declaration) {
		if old.source() != new.source() {
			home := homes.of(name, cmp.Or(new, old).file)
			out = append(out, diff.Pair{Resource: home, Symbol: name, Old: old.source(), New: new.source()})
		}
	}
	before := namesBefore(renamed, new)
	for name, d := range new {
		add(name, old[before[name]], d)
	}
	for _, name := range before {
		delete(old, name)
	}
	for name, d := range old {
		add(name, d, nil)
	}
	slices.SortFunc(out, func(a, b diff.Pair) int {
		return cmp.Or(strings.Compare(a.Resource, b.Resource), strings.Compare(a.Symbol, b.Symbol))
	})
	return out, nil
}

// namesBefore returns what each declaration was called: the same, unless it was
// renamed, or something that was renamed had its name.
func namesBefore(renamed map[string]string, new map[string]*declaration) map[string]string {
	taken := map[string]bool{}
	for _, before := range renamed {
		taken[before] = true
	}
	out := map[string]string{}
	for name := range new {
		if before, ok := renamed[name]; ok {
			out[name] = before
		} else if !taken[name] {
			out[name] = name
		}
	}
	return out
}

// declarations returns what files declare, by name, but for those that the
// other package has alike.
func declarations(files, others map[string][]byte) (map[string]*declaration, error) {
	out := map[string]*declaration{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if bytes.Equal(files[name], others[name]) {
			continue
		}
		r := declarationReader{file: name, text: files[name], fset: token.NewFileSet(), into: out}
		parsed, err := parser.ParseFile(r.fset, name, r.text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("bug in oaken: %w", err)
		}
		for _, d := range parsed.Decls {
			r.declaration(d)
		}
	}
	return out, nil
}

// declarationReader collects the exported declarations of a file.
type declarationReader struct {
	file string
	text []byte
	fset *token.FileSet
	into map[string]*declaration
}

func (r *declarationReader) declaration(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		r.add(funcOwner(d), d.Doc, d.Pos(), cmp.Or(bodyStart(d), d.End()))
	case *ast.GenDecl:
		if len(d.Specs) == 1 { // all but imports: the generator writes one to a declaration
			r.add(specOwner(d.Specs[0]), d.Doc, d.Pos(), d.End())
		}
	}
}

func (r *declarationReader) add(owner string, doc *ast.CommentGroup, from, to token.Pos) {
	if !ast.IsExported(owner) {
		return
	}
	if doc != nil {
		from = doc.Pos()
	}
	if r.into[owner] == nil {
		r.into[owner] = &declaration{name: owner, file: r.file}
	}
	file := r.fset.File(from)
	part := strings.TrimSpace(string(r.text[file.Offset(from):file.Offset(to)]))
	r.into[owner].parts = append(r.into[owner].parts, part)
}

func bodyStart(d *ast.FuncDecl) token.Pos {
	if d.Body == nil {
		return token.NoPos
	}
	return d.Body.Lbrace
}

// specOwner is the name that a declaration is shown under: a constant is shown
// with its type.
func specOwner(spec ast.Spec) string {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		return spec.Name.Name
	case *ast.ValueSpec:
		if of, ok := spec.Type.(*ast.Ident); ok && spec.Names[0].IsExported() {
			return of.Name
		}
		return spec.Names[0].Name
	}
	return ""
}

// funcOwner is the name that a function is shown under: a method of a service
// with the service. Other methods say nothing that their types don't.
func funcOwner(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return d.Name.Name
	}
	star, ok := d.Recv.List[0].Type.(*ast.StarExpr)
	if !ok || !d.Name.IsExported() {
		return ""
	}
	of, ok := star.X.(*ast.Ident)
	if !ok || !strings.HasSuffix(of.Name, "Service") {
		return ""
	}
	return of.Name
}

// renamedTypes returns the old names of types that have been renamed.
func renamedTypes(was *ir.API, changes []diff.Change) map[string]string {
	names := map[string]string{}
	for _, t := range was.Types {
		names[ir.PointerOf(t)] = t.TypeName()
	}
	out := map[string]string{}
	for _, c := range changes {
		if c.Code == diff.CodeTypeRenamed && c.Old != nil {
			out[c.Symbol] = names[c.Old.Pointer]
		}
	}
	return out
}

// homes are the resources that declarations belong to.
type homes struct {
	bySymbol map[string]string
	byType   map[string]string
	byFile   map[string]string
}

// homesOf takes what the changes say before what leads to a type, and that
// before what the files say.
func homesOf(was, is *ir.API, changes []diff.Change) homes {
	h := homes{map[string]string{}, diff.Homes(was), map[string]string{}}
	maps.Copy(h.byType, diff.Homes(is))
	enums := enumsOf(was, is)
	for _, c := range changes {
		name, _, _ := strings.Cut(c.Symbol, ".")
		name = cmp.Or(enums[name], name)
		if _, ok := h.bySymbol[name]; !ok {
			h.bySymbol[name] = c.Resource
		}
	}
	for _, api := range []*ir.API{was, is} {
		api.EachResource(func(name string, r *ir.Resource) { h.byFile[r.File+".go"] = name })
	}
	return h
}

// enumsOf returns the types of constants.
func enumsOf(apis ...*ir.API) map[string]string {
	out := map[string]string{}
	for _, api := range apis {
		for _, t := range api.Types {
			if e, ok := t.(*ir.Enum); ok {
				for _, v := range e.Values {
					out[v.GoName] = e.GoName
				}
			}
		}
	}
	return out
}

func (h homes) of(name, file string) string {
	if home, ok := h.bySymbol[name]; ok {
		return home
	}
	return cmp.Or(h.byType[name], h.byFile[file])
}
