package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// seedVariable is the environment variable with the number of the bug that the
// seeded code has; without it the code has none.
const seedVariable = "OAKEN_SEEDED_BUG"

// seedChoice is a file of the seeded package, which reads that number. Every
// function with bugs asks for it, so it is there before other variables are.
const seedChoice = `package %s

import (
	"os"
	"strconv"
)

var seededBug = func() int {
	number, _ := strconv.Atoi(os.Getenv("` + seedVariable + `"))
	return number
}()
`

// seed puts all bugs of a file in its text. Each function with bugs gets a copy of
// itself as it is and one for each bug, and does nothing any more but call one of
// them. So the code without a bug takes the same way as the code with one. It
// returns the bugs that can't be in a copy as well.
func seed(text string, bugs []bug) (seeded string, left []bug, err error) {
	s, err := parse(text)
	if err != nil {
		return "", nil, err
	}
	for _, b := range bugs {
		c, err := b.change(text)
		if err != nil {
			return "", nil, err
		}
		if !s.add(b.number, c) {
			left = append(left, b)
		}
	}
	return s.String(), left, nil
}

// source is a file of Go and the copies of its functions.
type source struct {
	text   string
	fset   *token.FileSet
	file   *ast.File
	copies map[*ast.FuncDecl][]functionCopy
}

// functionCopy is a function with one bug, or with none if the number is 0.
type functionCopy struct {
	number int
	text   string
}

func parse(text string) (*source, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.SkipObjectResolution)
	return &source{text, fset, file, map[*ast.FuncDecl][]functionCopy{}}, err
}

// add makes a copy with the change of the function that it is in, and says whether
// there is one that can be copied.
func (s *source) add(number int, c change) bool {
	f := s.around(c)
	if f == nil || !canCopy(f) {
		return false
	}
	changed := s.renamed(f, number, c)
	if !isFunction(changed) {
		return false
	}
	if s.copies[f] == nil {
		end := s.offset(f.End())
		s.copies[f] = []functionCopy{{0, s.renamed(f, 0, change{end, end, ""})}}
	}
	s.copies[f] = append(s.copies[f], functionCopy{number, changed})
	return true
}

// around returns the function whose body has the whole change within it, or nil.
func (s *source) around(c change) *ast.FuncDecl {
	for _, d := range s.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if ok && f.Body != nil && s.offset(f.Body.Lbrace) < c.from && c.to <= s.offset(f.Body.Rbrace) {
			return f
		}
	}
	return nil
}

func (s *source) offset(p token.Pos) int { return s.fset.PositionFor(p, false).Offset }

// renamed returns the text of a function with a change, under the name of its copy.
// Its comment comes along, for what that tells the compiler.
func (s *source) renamed(f *ast.FuncDecl, number int, c change) string {
	start, name := s.offset(f.Pos()), s.offset(f.Name.End())
	if f.Doc != nil {
		start = s.offset(f.Doc.Pos())
	}
	return s.text[start:name] + suffix(number) + s.text[name:c.from] + c.put + s.text[c.to:s.offset(f.End())]
}

// suffix is what the name of a copy has more than its function's.
func suffix(number int) string { return "_seeded" + strconv.Itoa(number) }

// String returns the file with the copies at its end, in which the functions that
// have copies call these.
func (s *source) String() string {
	var out, copies strings.Builder
	at := 0
	for _, d := range s.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || s.copies[f] == nil {
			continue
		}
		out.WriteString(s.text[at:s.offset(f.Body.Lbrace)])
		out.WriteString(choice(f, s.copies[f]))
		at = s.offset(f.End())
		for _, c := range s.copies[f] {
			copies.WriteString("\n" + c.text + "\n")
		}
	}
	out.WriteString(s.text[at:])
	return out.String() + copies.String()
}

// choice is the body of a function that calls one of its copies, of which the first
// is the one without a bug.
func choice(f *ast.FuncDecl, copies []functionCopy) string {
	var body strings.Builder
	body.WriteString("{\n\tswitch seededBug {\n")
	for _, c := range copies[1:] {
		fmt.Fprintf(&body, "\tcase %d:\n\t\t%s\n", c.number, call(f, c.number))
	}
	fmt.Fprintf(&body, "\tdefault:\n\t\t%s\n\t}\n}", call(f, 0))
	return body.String()
}

// call is the statement with which a function hands its arguments to a copy and
// returns what that returns.
func call(f *ast.FuncDecl, number int) string {
	callee := f.Name.Name + suffix(number)
	if f.Recv != nil {
		callee = f.Recv.List[0].Names[0].Name + "." + callee
	}
	if types := names(f.Type.TypeParams); len(types) > 0 {
		callee += "[" + strings.Join(types, ", ") + "]"
	}
	arguments := strings.Join(names(f.Type.Params), ", ")
	if isVariadic(f) {
		arguments += "..."
	}
	statement := callee + "(" + arguments + ")"
	if f.Type.Results.NumFields() > 0 {
		return "return " + statement
	}
	return statement
}

func names(list *ast.FieldList) []string {
	if list == nil {
		return nil
	}
	var all []string
	for _, field := range list.List {
		for _, name := range field.Names {
			all = append(all, name.Name)
		}
	}
	return all
}

func isVariadic(f *ast.FuncDecl) bool {
	params := f.Type.Params.List
	if len(params) == 0 {
		return false
	}
	_, is := params[len(params)-1].Type.(*ast.Ellipsis)
	return is
}

// canCopy tells whether a function can call copies of itself: it has a name to be
// called by, all that it is given has one too, and it does not end a panic, which
// only the function can that is deferred.
func canCopy(f *ast.FuncDecl) bool {
	unnamed := f.Name.Name == "_" || f.Recv == nil && f.Name.Name == "init"
	return !unnamed && named(f.Recv) && named(f.Type.TypeParams) && named(f.Type.Params) && !recovers(f.Body)
}

func named(list *ast.FieldList) bool {
	if list == nil {
		return true
	}
	for _, field := range list.List {
		if len(field.Names) == 0 {
			return false
		}
		for _, name := range field.Names {
			if name.Name == "_" {
				return false
			}
		}
	}
	return true
}

// recovers tells whether a function calls recover, other than in a function within
// it.
func recovers(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if name, ok := n.(*ast.Ident); ok && name.Name == "recover" {
			found = true
		}
		_, within := n.(*ast.FuncLit)
		return !within
	})
	return found
}

// isFunction tells whether a text is one function and nothing else.
func isFunction(text string) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+text, parser.SkipObjectResolution)
	return err == nil && len(file.Decls) == 1
}
