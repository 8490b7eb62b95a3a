package stripe

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/templates"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata/budget.json")

// budget is what the package of the whole document costs, counted.
type budget struct {
	// Go is the toolchain and the platform that CodecBytes holds for.
	Go string
	// CodecBytes is the machine code of the methods that belong to the codec, in
	// bytes: those that lead from a type to its table or list, those that
	// encoding/json calls, those that make a type a union's variant, and what the
	// compiler adds to each.
	CodecBytes int
	// Tables is how many types are described: structs and unions.
	Tables int
	// Fields is how many fields of structs are described, each by a line of text,
	// and Refs how many references go with them.
	Fields, Refs int
	// Lines is how many lines of code the generated files have: without support
	// code, comments and blank lines.
	Lines int
}

// maxCodecBytes is the most machine code for each type that is described.
const maxCodecBytes = 400

// The budget is compared exactly, so that what it costs to change the generator
// is seen where it is changed. Run with -update to accept that.
func TestBudget(t *testing.T) {
	found := countLines(t)
	found.Go = runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH
	found.CodecBytes, found.Tables = countCode(t)
	file := filepath.Join("testdata", "budget.json")
	if *update {
		text, err := json.MarshalIndent(found, "", "  ")
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(file, append(text, '\n'), 0o666))
	}
	var want budget
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &want))
	t.Logf("%.1f bytes of codec for each of %d types, %.2f lines of code for each of %d fields",
		float64(found.CodecBytes)/float64(found.Tables), found.Tables, float64(found.Lines)/float64(found.Fields), found.Fields)
	require.Equal(t, describedFields(whole(t).API), found.Fields, "a field is one line in a table")
	require.LessOrEqual(t, found.CodecBytes, maxCodecBytes*found.Tables)
	if found.Go != want.Go {
		t.Logf("the machine code is held against the limit alone: its size is known for %s, this is %s", want.Go, found.Go)
		want.Go, want.CodecBytes = found.Go, found.CodecBytes
	}
	require.Equal(t, want, found)
}

// describedFields counts the fields that tables have to describe: those of a
// struct with a table, those of the inline ones within it, and one for each
// answer that is no struct.
func describedFields(api *ir.API) int {
	var within func(*ir.Struct) int
	within = func(s *ir.Struct) int {
		n := len(s.Fields)
		for _, f := range s.All() {
			if inner, ok := ir.Innermost(f.Type).(*ir.Struct); ok && inner.Inline {
				n += within(inner)
			}
		}
		return n
	}
	n := 0
	for _, named := range api.Types {
		if s, ok := named.(*ir.Struct); ok && !s.Inline && s.Same == nil {
			n += within(s)
		}
	}
	for _, op := range targets(api.Resources, nil) {
		_, isStruct := op.Result.Type.(*ir.Struct)
		if op.Result.Type != nil && op.Result.Type != ir.Stream && !isStruct {
			n++
		}
	}
	return n
}

// countLines counts fields and lines of the generated files.
func countLines(t *testing.T) (b budget) {
	t.Helper()
	for name, content := range whole(t).Files {
		if strings.HasPrefix(name, templates.Prefix) || !strings.HasSuffix(name, ".go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, content, parser.SkipObjectResolution)
		require.NoError(t, err)
		for line := range strings.Lines(string(content)) {
			if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "//") {
				b.Lines++
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			entry, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			key, ok := entry.Key.(*ast.Ident)
			if !ok {
				return true
			}
			switch value := entry.Value.(type) {
			case *ast.BasicLit:
				if key.Name == "fields" {
					b.Fields += strings.Count(value.Value, "\n") - 1
				}
			case *ast.CompositeLit:
				if key.Name == "refs" {
					b.Refs += len(value.Elts)
				}
			}
			return true
		})
	}
	return b
}

var (
	codecMethod = regexp.MustCompile(`^calls/stripe\.(\(\*\w+\)|\w+)\.(table|values|headers|answers|union|MarshalJSON|UnmarshalJSON|is[A-Z]\w*)$`)
	tableSymbol = regexp.MustCompile(`^calls/stripe\.table[A-Z]\w*$`)
)

// countCode sums up the machine code of the codec's methods in the compiled
// package, and counts tables.
func countCode(t *testing.T) (size, tables int) {
	t.Helper()
	dir := packageModule(t)
	archive := filepath.Join(dir, "stripe.a")
	run(t, dir, nil, "go", "build", "-o", archive, "./stripe")
	for _, s := range symbols(t, dir, archive) {
		switch {
		case s.kind == "T" && codecMethod.MatchString(s.name):
			size += s.size
		case s.kind == "D" && tableSymbol.MatchString(s.name):
			tables++
		}
	}
	require.Positive(t, size)
	return size, tables
}

// packageModule is the module that TestEveryOperation builds, so that the
// package is compiled once for both.
func packageModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, writeModule(dir, whole(t)))
	return dir
}

// symbol is a line of go tool nm.
type symbol struct {
	size       int
	kind, name string
}

func symbols(t *testing.T, dir, file string) (out []symbol) {
	t.Helper()
	for line := range strings.Lines(string(run(t, dir, nil, "go", "tool", "nm", "-size", file))) {
		parts := strings.Fields(line)
		if len(parts) < 4 {
			continue // what another package defines
		}
		if size, err := strconv.Atoi(parts[1]); err == nil {
			out = append(out, symbol{size, parts[2], strings.Join(parts[3:], " ")})
		}
	}
	return out
}

// leafProgram decodes one object whose table leads to no other.
const leafProgram = `package main

import (
	"fmt"

	oaken "IMPORT"
)

func main() {
	var leaf oaken.LEAF
	fmt.Println(oaken.Unmarshal([]byte("{}"), &leaf))
}
`

// A program that uses one type links the table of that type alone, and nothing
// in either package has to be done before it runs.
func TestProgramOfOneType(t *testing.T) {
	module, err := filepath.Abs("..")
	require.NoError(t, err)
	for _, c := range []struct{ dir, path, leaf string }{
		{packageModule(t), "calls/stripe", "EmailSent"},
		{module, "github.com/oaken-go/oaken/generated/financialconnections", "CashBalance"},
	} {
		source := filepath.Join(t.TempDir(), "leaf.go")
		require.NoError(t, os.WriteFile(source, []byte(strings.NewReplacer("IMPORT", c.path, "LEAF", c.leaf).Replace(leafProgram)), 0o666))
		program := source + ".exe"
		run(t, c.dir, nil, "go", "build", "-o", program, source)
		var tables []string
		for _, s := range symbols(t, c.dir, program) {
			if strings.HasPrefix(s.name, c.path+".table") {
				tables = append(tables, s.name)
			}
		}
		require.Equal(t, []string{c.path + ".table" + c.leaf}, tables)
		trace := startTrace(t, program)
		require.Contains(t, trace, "init net/http @")
		require.NotContains(t, trace, "init "+c.path+" @")
	}
}

// startTrace is what the runtime tells about the packages that have work to do
// when a program starts.
func startTrace(t *testing.T, program string) string {
	t.Helper()
	command := exec.Command(program)
	command.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := command.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}
