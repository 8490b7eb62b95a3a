package edits

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"strings"
)

// Names are the exported names of a package, each with what it is: types,
// their fields and methods (Account.ID), functions, constants and variables.
// Tests are no part of it.
func Names(files map[string][]byte) (map[string]string, error) {
	out := names{}
	for file, src := range files {
		if len(src) == 0 || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("names of a package: %w", err)
		}
		for _, decl := range parsed.Decls {
			out.declaration(decl)
		}
	}
	return out, nil
}

// names are names with what they are.
type names map[string]string

func (n names) add(name, what string) {
	if ast.IsExported(name[strings.LastIndexByte(name, '.')+1:]) && ast.IsExported(name) {
		n[name] = what
	}
}

func (n names) declaration(decl ast.Decl) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil {
			name = receiver(d.Recv.List[0].Type) + "." + name
		}
		n.add(name, signature(d.Type))
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				n.typ(s)
			case *ast.ValueSpec:
				n.values(d.Tok, s)
			}
		}
	}
}

func (n names) typ(s *ast.TypeSpec) {
	name := s.Name.Name
	switch t := s.Type.(type) {
	case *ast.StructType:
		n.add(name, "struct")
		n.members(name, t.Fields)
	case *ast.InterfaceType:
		n.add(name, "interface")
		n.members(name, t.Methods)
	default:
		n.add(name, text(t))
	}
}

func (n names) members(of string, list *ast.FieldList) {
	for _, f := range list.List {
		what := text(f.Type)
		if function, ok := f.Type.(*ast.FuncType); ok {
			what = signature(function)
		}
		if len(f.Names) == 0 {
			n.add(of+"."+receiver(f.Type), what)
		}
		for _, name := range f.Names {
			n.add(of+"."+name.Name, what)
		}
	}
}

func (n names) values(kind token.Token, s *ast.ValueSpec) {
	for i, name := range s.Names {
		what := kind.String()
		if s.Type != nil {
			what += " " + text(s.Type)
		}
		if i < len(s.Values) && kind == token.CONST {
			what += " = " + text(s.Values[i])
		}
		n.add(name.Name, what)
	}
}

// signature is a function's type without the names of its parameters, which
// callers don't write.
func signature(t *ast.FuncType) string {
	var b strings.Builder
	for _, list := range []*ast.FieldList{t.TypeParams, t.Params, t.Results} {
		b.WriteString("(")
		if list != nil {
			for _, f := range list.List {
				b.WriteString(strings.Repeat(text(f.Type)+",", max(1, len(f.Names))))
			}
		}
		b.WriteString(")")
	}
	return b.String()
}

// receiver is the name of a type without star, package and type parameters.
func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	case *ast.SelectorExpr:
		return t.Sel.Name
	case *ast.Ident:
		return t.Name
	}
	return "_"
}

// text is Go source on one line.
func text(n ast.Node) string {
	var b strings.Builder
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
