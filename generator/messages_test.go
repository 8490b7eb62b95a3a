package generator_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// elsewhere are the messages that no golden case can have, and the tests that
// have them.
var elsewhere = map[string]string{
	// problems of the config, which no case gets past
	"config: %s": "TestConfigProblems",

	// the document is too large to be kept
	"too-large: is larger than 256 MiB: divide the document":                                                                                                    "TestLargeFile",
	"too-large: holds more than 2,500,000 values: divide the document":                                                                                          "TestHostileDocuments",
	"too-large: what others refer to where references have no counterpart is copied, to more than 500,000 values: make it smaller, or refer to it less":         "TestCopiesEnd",
	"too-large: the document has more than 400,000 schemas: divide it":                                                                                          "TestHostileDocuments",
	"too-deep: is nested too deeply for its size: put the inner parts under components, and refer to them":                                                      "TestHostileDocuments",
	"too-many-problems: there are more than %d problems: these are the first":                                                                                   "TestProblemsEnd",
	"too-many-schemas: the schemas of this document are merged too often for a type of their own: this is raw JSON: write them more simply":                     "TestChains",
	"too-many-alternatives: the alternatives of this document consist of each other too often for types of their own: this is raw JSON: write them more simply": "TestChains",
	"too-many-alternatives: there are too many alternatives beside alternatives for a type of their own: this is raw JSON":                                      "TestAlternativesEnd",
	"too-many-assertions: the assertions of this document refer to each other too often: write them more simply":                                                "TestAssertionsEnd",
}

// placeless are the codes of problems that have no line: of a file as a whole.
var placeless = []string{"empty-document", "unreadable-file"}

// forwarded are the codes that are no constants where a problem is reported,
// and the constants that they may be.
var forwarded = map[string][]string{
	"code":    nil,                     // of the caller
	"what":    nil,                     // of a change between two documents, which is no message
	"t.code":  nil,                     // of what was counted, or could not be resolved
	"at.code": nil,                     // of what could not be parsed
	"in.kind": {"webhook", "callback"}, // of an event
}

// TestGoldenMessages holds that a golden case shows each message that the
// generator has about a document or a config: it finds them in the generator's
// own source.
func TestGoldenMessages(t *testing.T) {
	shown := shownMessages(t)
	tests := testNames(t)
	all := messages(t)
	if len(all) < 100 {
		t.Fatalf("only %d messages found: the test looks in the wrong place", len(all))
	}
	for _, m := range all {
		is := slices.ContainsFunc(shown, m.pattern().MatchString)
		test, other := elsewhere[m.key()]
		switch {
		case is && other:
			t.Errorf("%s: %q has a golden case: take it out of elsewhere", m.at, m.key())
		case other && !tests[test]:
			t.Errorf("%s: there is no test %s", m.at, test)
		case !is && !other:
			t.Errorf("%s: no golden case shows %q", m.at, m.key())
		}
	}
	for key := range elsewhere {
		if !slices.ContainsFunc(all, func(m message) bool { return m.key() == key }) {
			t.Errorf("there is no message %q: take it out of elsewhere", key)
		}
	}
}

// TestGoldenPlaces holds that what is said about a document has a line and a
// column, unless it is about a file as a whole.
func TestGoldenPlaces(t *testing.T) {
	place := regexp.MustCompile(`^[^ ]+:[1-9]\d*:[1-9]\d*: .* \[[a-z0-9-]+\]$`)
	for _, line := range shownMessages(t) {
		whole := slices.ContainsFunc(placeless, func(code string) bool { return strings.HasSuffix(line, "["+code+"]") })
		if whole == place.MatchString(line) {
			t.Errorf("no place, or one too many: %s", line)
		}
	}
}

// TestGoldenNames holds that a case is called error- if its document is refused,
// and only then.
func TestGoldenNames(t *testing.T) {
	cases, err := os.ReadDir(goldenRoot)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		_, err := os.Stat(filepath.Join(goldenRoot, c.Name(), diagnosticsFile))
		if called := strings.HasPrefix(c.Name(), "error-"); called != (err == nil) {
			t.Errorf("%s: is called an error: %v, is one: %v", c.Name(), called, err == nil)
		}
	}
}

// shownMessages are the lines of all golden cases' diagnostics and reports.
func shownMessages(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, name := range []string{diagnosticsFile, reportFile} {
		paths, err := filepath.Glob(filepath.Join(goldenRoot, "*", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, strings.Split(strings.TrimSpace(string(text)), "\n")...)
		}
	}
	return out
}

// message is what the generator says at one place of its source.
type message struct {
	at, code string
	text     string // with verbs; "%s" for what the source does not say
}

func (m message) key() string { return m.code + ": " + m.text }

var verbs = regexp.MustCompile(`%[a-z]`)

// pattern matches a line with the message, and anything for its verbs.
func (m message) pattern() *regexp.Regexp {
	text := verbs.ReplaceAllLiteralString(regexp.QuoteMeta(m.text), ".*")
	return regexp.MustCompile(`: ` + text + `( \(\d+ places\))?( at #.*)? \[` + regexp.QuoteMeta(m.code) + `\]$`)
}

// messages finds the messages in the generator's source: in the calls of what
// takes a parameter "code", and in what has a field of that name.
func messages(t *testing.T) []message {
	t.Helper()
	var out []message
	for _, folder := range sourceFolders(t) {
		fset := token.NewFileSet()
		files := parseFolder(t, fset, folder, func(name string) bool { return !strings.HasSuffix(name, "_test.go") })
		s := &searcher{t: t, fset: fset, takers: takers(files)}
		for _, f := range files {
			ast.Inspect(f, s.visit)
		}
		out = append(out, s.found...)
	}
	return out
}

// sourceFolders are the folders of the generator and its command.
func sourceFolders(t *testing.T) []string {
	t.Helper()
	out := []string{"../cmd/gen"}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() != "testdata" {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func parseFolder(t *testing.T, fset *token.FileSet, folder string, fits func(name string) bool) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range slices.DeleteFunc(paths, func(path string) bool { return !fits(path) }) {
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// testNames are the names of the tests of all these folders.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, folder := range sourceFolders(t) {
		for _, f := range parseFolder(t, token.NewFileSet(), folder, func(name string) bool { return strings.HasSuffix(name, "_test.go") }) {
			for _, d := range f.Decls {
				if d, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(d.Name.Name, "Test") {
					out[d.Name.Name] = true
				}
			}
		}
	}
	return out
}

// takers are the functions and methods with a parameter "code", by name, and
// which parameter that is. The message is the next one.
func takers(files []*ast.File) map[string]int {
	out := map[string]int{}
	for _, f := range files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			var params []string
			for _, list := range fn.Type.Params.List {
				for _, name := range list.Names {
					params = append(params, name.Name)
				}
			}
			if i := slices.Index(params, "code"); i >= 0 && i+1 < len(params) {
				out[fn.Name.Name] = i
			}
		}
	}
	return out
}

// searcher collects the messages of a package.
type searcher struct {
	t      *testing.T
	fset   *token.FileSet
	takers map[string]int
	found  []message
}

func (s *searcher) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		name := ""
		switch fun := n.Fun.(type) {
		case *ast.Ident:
			name = fun.Name
		case *ast.SelectorExpr:
			name = fun.Sel.Name
		}
		if i, ok := s.takers[name]; ok && len(n.Args) > i+1 {
			s.add(n, n.Args[i], n.Args[i+1:])
		}
	case *ast.CompositeLit:
		var code ast.Expr
		var text []ast.Expr
		for _, e := range n.Elts {
			pair, ok := e.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			switch key, _ := pair.Key.(*ast.Ident); {
			case key == nil:
			case strings.EqualFold(key.Name, "code"):
				code = pair.Value
			case strings.EqualFold(key.Name, "message"):
				text = []ast.Expr{pair.Value}
			}
		}
		if code != nil {
			s.add(n, code, text)
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			if sel, ok := to.(*ast.SelectorExpr); ok && sel.Sel.Name == "code" && len(n.Rhs) > i {
				s.add(n, n.Rhs[i], n.Rhs[i+1:])
			}
		}
	}
	return true
}

// add takes in a message of which the code, and perhaps the text, is known.
func (s *searcher) add(n ast.Node, code ast.Expr, text []ast.Expr) {
	m := message{at: s.fset.Position(n.Pos()).String(), text: "%s"}
	if len(text) > 0 {
		m.text = textOf(text)
	}
	codes := []string{}
	if lit, ok := code.(*ast.BasicLit); ok {
		codes = append(codes, unquoted(lit))
	} else if list, known := forwarded[exprText(code)]; known {
		codes = list
	} else {
		s.t.Errorf("%s: the code %s is no constant: say in forwarded what it may be", m.at, exprText(code))
	}
	for _, m.code = range codes {
		s.found = append(s.found, m)
	}
}

// textOf is what is said of a message: a format, whose verbs get the arguments
// that are constants, or a sum of texts.
func textOf(args []ast.Expr) string {
	switch e := args[0].(type) {
	case *ast.BasicLit:
		return unquoted(e)
	case *ast.BinaryExpr:
		return textOf([]ast.Expr{e.X}) + textOf([]ast.Expr{e.Y})
	case *ast.CallExpr: // fmt.Sprintf
		if exprText(e.Fun) == "fmt.Sprintf" {
			return textOf(e.Args)
		}
	}
	return "%s"
}

func unquoted(lit *ast.BasicLit) string {
	if text, err := strconv.Unquote(lit.Value); err == nil {
		return text
	}
	return lit.Value
}

func exprText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return exprText(e.X) + "." + e.Sel.Name
	}
	return fmt.Sprintf("%T", e)
}

// TestMessagesAreFound holds what TestGoldenMessages relies on: that a message
// without a case is noticed, wherever its code stands.
func TestMessagesAreFound(t *testing.T) {
	const source = `package p
func (x *x) report(at int, code, format string, args ...any) {}
func f(x *x) {
	x.report(1, "a-call", "is %s: correct it", "bad")
	_ = y{code: "a-field", message: "is " + g() + " bad"}
	x.code, x.message = "an-assignment", "is bad"
	x.report(1, in.kind, "is bad")
}`
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	s := &searcher{t: t, fset: fset, takers: takers([]*ast.File{f})}
	ast.Inspect(f, s.visit)
	got := map[string]bool{}
	for _, m := range s.found {
		got[m.key()] = true
	}
	want := []string{"a-call: is %s: correct it", "a-field: is %s bad", "an-assignment: is bad", "callback: is bad", "webhook: is bad"}
	if have := slices.Sorted(maps.Keys(got)); !slices.Equal(have, want) {
		t.Errorf("found %q", have)
	}
	m := message{code: "a-call", text: "is %s: correct it"}
	for line, is := range map[string]bool{
		"input.yaml:1:2: is bad: correct it at #/a [a-call]":            true,
		"input.yaml:1:2: is bad: correct it (2 places) at #/a [a-call]": true,
		"input.yaml:1:2: is bad: correct it at #/a [a-field]":           false,
		"input.yaml:1:2: is bad at #/a [a-call]":                        false,
	} {
		if m.pattern().MatchString(line) != is {
			t.Errorf("%q matches: %v", line, !is)
		}
	}
}
