package generator_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/oaken-go/oaken/generator/output"
	"github.com/oaken-go/oaken/templates"
)

// TestTablesAgree builds every table of every golden case: where the emitter
// describes another Go type than it writes, the support code panics. For the
// compiler's sake the cases are one program, each with a prefix to its names.
func TestTablesAgree(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join(goldenRoot, "*", goFolder))
	if err != nil || len(folders) < 20 {
		t.Fatalf("%d packages, %v", len(folders), err)
	}
	files, err := templates.Support("main", output.Header, nil)
	if err != nil {
		t.Fatal(err)
	}
	calls := ""
	for i, folder := range folders {
		prefix := fmt.Sprintf("Case%d_", i)
		texts := renamed(t, folder, prefix)
		maps.Copy(files, texts)
		calls += fmt.Sprintf("\tprintln(%q)\n", folder) + buildCalls(t, texts)
	}
	files["main.go"] = []byte("package main\n\nfunc main() {\n" + calls + "}\n" + buildFunctions)
	files["go.mod"] = []byte("module golden\n\ngo 1.26\n")
	root := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(root, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.CommandContext(t.Context(), "go", "run", "-trimpath", ".")
	run.Dir = root
	if out, err := run.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// renamed returns the files of a case, with a prefix to their names and to
// those of everything that they declare.
func renamed(t *testing.T, folder, prefix string) map[string][]byte {
	t.Helper()
	texts, declares := map[string][]byte{}, map[string]bool{}
	for _, name := range goFiles(t, folder) {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		texts[prefix+name] = text
		for _, decl := range parsed(t, text).Decls {
			for _, ident := range topLevel(decl) {
				declares[ident] = true
			}
		}
	}
	for name, text := range texts {
		texts[name] = prefixed(text, declares, prefix)
	}
	return texts
}

func parsed(t *testing.T, text []byte) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// topLevel returns the names that a declaration puts into the package scope, or
// gives to a method of a type of the support code, which all cases share.
func topLevel(decl ast.Decl) []string {
	var names []string
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || strings.HasPrefix(d.Name.Name, "is") {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				names = append(names, s.Names[0].Name)
			}
		}
	}
	return names
}

// prefixed puts a prefix before some identifiers of a file, and makes it a
// part of the program.
func prefixed(text []byte, some map[string]bool, prefix string) []byte {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(text))
	s.Init(file, text, nil, 0)
	var out strings.Builder
	last := 0
	for {
		pos, tok, lit := s.Scan()
		at := file.Offset(pos)
		switch {
		case tok == token.EOF:
			out.Write(text[last:])
			return []byte(strings.Replace(out.String(), "\npackage golden\n", "\npackage main\n", 1))
		case tok == token.IDENT && some[lit]:
			out.Write(text[last:at])
			out.WriteString(prefix)
			last = at
		}
	}
}

// buildFunctions build a table and those that it leads to directly, which
// happens otherwise only once they are needed.
const buildFunctions = `
func buildAll(o object) {
	t := builtTable(o)
	for i := range t.fields {
		buildWithin(&t.fields[i].value)
	}
	if t.more != nil {
		buildWithin(&t.more.value)
	}
}

func buildVariants(a alternatives) {
	u := builtUnion(a)
	for i := range u.variants {
		buildWithin(&u.variants[i].value)
	}
}

func buildWithin(v *value) {
	switch {
	case v.sub != nil:
		v.table()
	case v.elem != nil:
		buildWithin(v.elem)
	}
}
`

// buildCalls builds the tables of some files: those that methods lead to, and
// those of unions.
func buildCalls(t *testing.T, files map[string][]byte) string {
	t.Helper()
	calls := ""
	for _, text := range files {
		for _, decl := range parsed(t, text).Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				calls += buildCall(d)
			case *ast.GenDecl:
				if name, ok := isChoice(d); ok {
					calls += "\tbuildVariants(&" + name + ")\n"
				}
			}
		}
	}
	return calls
}

// buildCall builds the table that a method leads to, if it is one of those.
func buildCall(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	recv, ok := f.Recv.List[0].Type.(*ast.StarExpr)
	if !ok {
		return ""
	}
	name := recv.X.(*ast.Ident).Name
	switch f.Name.Name {
	case "table":
		return "\tbuildAll((*" + name + ")(nil))\n"
	case "headers":
		return "\treadHeaders(new(" + name + "), nil)\n"
	case "answers":
		return "\tpickAnswer(new(" + name + "), 200)\n"
	}
	return ""
}

// isChoice returns the name of the variable that is the table of a union.
func isChoice(d *ast.GenDecl) (string, bool) {
	spec, ok := d.Specs[0].(*ast.ValueSpec)
	if !ok || len(spec.Values) == 0 {
		return "", false
	}
	table, ok := spec.Values[0].(*ast.CompositeLit)
	if !ok {
		return "", false
	}
	kind, ok := table.Type.(*ast.Ident)
	return spec.Names[0].Name, ok && kind.Name == "choice"
}
