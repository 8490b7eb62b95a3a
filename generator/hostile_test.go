package generator_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/oaken-go/oaken/generator"
)

// harm are texts that would do some where they left their comment or literal.
var harm = []string{
	"x */ \n}\n\nfunc Injected() {}\n\nvar Stolen = 1 /* ",
	"x`\n}\nfunc init() { panic(1) }\n` \"+\"\\\" + '\\'' \\n %s {{.}} \t\r\x01\u0085\u2028\u2029\ufeff\U0001f600",
	"x\n//go:embed secret\n//go:linkname a b\n//line x.go:1\n//export F\n// +build ignore\n/*line y.go:1*/\nimport \"C\"\n",
	strings.Repeat("long ", 2000),
}

// hostile are the texts that are put into every slot of one kind, each with a
// number, so that texts that become names stay apart. What does harm only at
// the start of a text comes alone.
var hostile = map[string]string{
	"everything": strings.Join(harm, "\n"),
	"build":      "//go:build ignore",
	"line":       "line x.go:1",
	"path":       "../../x",
}

// harmless is the text of the twin.
const harmless = "harmless text"

// named are the slots whose text becomes part of Go names, so that the twin's
// names differ. In them, declarations are counted by kind.
var named = []string{"key of ", "item of enum", "item of tags", "item of required", "title", "const", "name", "operationId", "propertyName", "default"}

// slot is a string of a document, by its kind: what it says, not where.
type slot struct {
	kind string
	set  func(string)
}

func TestHostileText(t *testing.T) {
	for _, name := range []string{"descriptions", "enums", "unions", "form-body", "rules", "expandable", "lists", "security-header"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			hostileDocument(t, filepath.Join(goldenRoot, name, "input.yaml"), hostile)
		})
	}
	t.Run("financial connections", func(t *testing.T) {
		t.Parallel()
		hostileDocument(t, "../spec/financial_connections.yaml", map[string]string{"everything": hostile["everything"]})
	})
}

func hostileDocument(t *testing.T, path string, texts map[string]string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	generated := 0
	for _, kind := range slotKinds(t, text) {
		twin, _ := replaceSlots(t, text, kind, harmless)
		for name, bad := range texts {
			got, found := replaceSlots(t, text, kind, bad)
			switch {
			case got == nil && len(found) == 0:
				t.Errorf("%s as %q: no files, and no reason", name, kind)
			case got != nil:
				generated++
				sameDeclarations(t, fmt.Sprintf("%s as %q", name, kind), kind, twin, got)
			}
		}
	}
	if generated == 0 {
		t.Error("every document was refused: the test shows nothing")
	}
}

// slotKinds lists the kinds of slots that a document has.
func slotKinds(t *testing.T, text []byte) []string {
	kinds := map[string]bool{}
	for _, s := range slots(parseYAML(t, text)) {
		kinds[s.kind] = true
	}
	return slices.Sorted(maps.Keys(kinds))
}

func parseYAML(t *testing.T, text []byte) *yaml.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Content[0]
}

// slots finds the strings of a document.
func slots(root *yaml.Node) (found []slot) {
	var walk func(n *yaml.Node, name string)
	walk = func(n *yaml.Node, name string) {
		switch n.Kind {
		case yaml.SequenceNode:
			for _, item := range n.Content {
				walk(item, "item of "+strings.TrimPrefix(name, "item of "))
			}
		case yaml.ScalarNode:
			if n.ShortTag() == "!!str" && name != "$ref" {
				found = append(found, slot{name, func(s string) { n.SetString(s) }})
			}
		case yaml.MappingNode:
			for i := 0; i < len(n.Content); i += 2 {
				key, value := n.Content[i], n.Content[i+1]
				if holdsNames[name] {
					found = append(found, slot{"key of " + name, func(s string) { rename(root, name, key, s) }})
					walk(value, "")
				} else {
					walk(value, key.Value)
				}
			}
		}
	}
	walk(root, "")
	return found
}

// holdsNames are the members whose keys are names of the document's own.
var holdsNames = map[string]bool{
	"properties": true, "patternProperties": true, "schemas": true, "parameters": true, "paths": true, "responses": true,
	"content": true, "headers": true, "securitySchemes": true, "mapping": true, "scopes": true, "variables": true,
	"dependentRequired": true, "dependentSchemas": true, "examples": true, "callbacks": true, "$defs": true,
}

// rename changes a key, and the references to it.
func rename(root *yaml.Node, section string, key *yaml.Node, to string) {
	escape := strings.NewReplacer("~", "~0", "/", "~1", "%", "%25", "\"", "%22", "#", "%23", "?", "%3F")
	from := "/" + section + "/" + escape.Replace(key.Value)
	key.SetString(to)
	var walk func(n *yaml.Node, name string)
	walk = func(n *yaml.Node, name string) {
		if n.Kind == yaml.ScalarNode && name == "$ref" && strings.HasSuffix(n.Value, from) {
			n.SetString(strings.TrimSuffix(n.Value, from) + "/" + section + "/" + percent(escape.Replace(to)))
		}
		for i, kid := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 1 {
				walk(kid, n.Content[i-1].Value)
			} else if n.Kind == yaml.SequenceNode {
				walk(kid, "")
			}
		}
	}
	walk(root, "")
}

// percent escapes what a URI can't hold.
func percent(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// replaceSlots generates from a document with all slots of a kind replaced.
func replaceSlots(t *testing.T, text []byte, kind, with string) (map[string][]byte, generator.Diagnostics) {
	t.Helper()
	root := parseYAML(t, text)
	i := 0
	for _, s := range slots(root) {
		if s.kind == kind {
			i++
			s.set(fmt.Sprintf("%s %d", with, i))
		}
	}
	return generateText(t, asJSON(t, root))
}

// asJSON writes a node as JSON, members in their order.
func asJSON(t *testing.T, n *yaml.Node) []byte {
	t.Helper()
	switch n.Kind {
	case yaml.AliasNode:
		return asJSON(t, n.Alias)
	case yaml.SequenceNode:
		var items [][]byte
		for _, item := range n.Content {
			items = append(items, asJSON(t, item))
		}
		return slices.Concat([]byte("["), bytes.Join(items, []byte(",")), []byte("]"))
	case yaml.MappingNode:
		var members [][]byte
		for i := 0; i < len(n.Content); i += 2 {
			members = append(members, slices.Concat(quote(t, n.Content[i].Value), []byte(":"), asJSON(t, n.Content[i+1])))
		}
		return slices.Concat([]byte("{"), bytes.Join(members, []byte(",")), []byte("}"))
	}
	var v any = n.Value
	if tag := n.ShortTag(); tag != "!!str" && tag != "!!timestamp" {
		if err := n.Decode(&v); err != nil {
			t.Fatal(err)
		}
	}
	return quote(t, v)
}

func quote(t *testing.T, v any) []byte {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// generateText generates from a JSON text; no files where it was refused.
func generateText(t *testing.T, text []byte) (map[string][]byte, generator.Diagnostics) {
	t.Helper()
	return generateFile(t, "input.json", text)
}

func generateFile(t *testing.T, name string, text []byte) (map[string][]byte, generator.Diagnostics) {
	t.Helper()
	return generateAmong(t, name, text, nil)
}

// generateAmong generates from a text with other files beside it.
func generateAmong(t *testing.T, name string, text []byte, beside map[string]string) (map[string][]byte, generator.Diagnostics) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range beside {
		writeFile(t, dir, name, text)
	}
	path := filepath.Join(dir, name)
	writeFile(t, dir, name, string(text))
	config := generator.Config{Spec: path, Out: goFolder, Package: "golden"}
	r, err := generator.Generate(t.Context(), generator.Options{Config: config})
	var found generator.Diagnostics
	if err != nil && !errors.As(err, &found) {
		t.Fatalf("%v\n%.2000s", err, text)
	}
	return r.Files, found
}

// sameDeclarations holds what two packages declare against each other. What
// hostile text must not do is to add a declaration, an import or a directive.
func sameDeclarations(t *testing.T, what, kind string, twin, got map[string][]byte) {
	t.Helper()
	types := &typeChecker{fset: token.NewFileSet()}
	if twin == nil {
		checkComments(t, what, types.parse(t, withoutSupport(got)))
		return
	}
	exact := !slices.ContainsFunc(named, func(prefix string) bool { return strings.HasPrefix(kind, prefix) })
	want := declarations(types.parse(t, withoutSupport(twin)), exact)
	files := types.parse(t, withoutSupport(got))
	if have := declarations(files, exact); !maps.Equal(have, want) {
		t.Errorf("%s: declares other things than its twin: %s", what, mapDifference(want, have))
	}
	checkComments(t, what, files)
	checkFileNames(t, what, got)
}

// checkFileNames holds file names to what every system can write, and every
// build includes.
func checkFileNames(t *testing.T, what string, files map[string][]byte) {
	t.Helper()
	for name := range files {
		if !fileName.MatchString(name) || strings.HasSuffix(name, "_test.go") || len(name) > 120 {
			t.Errorf("%s: is written to %.200q", what, name)
		}
	}
}

var fileName = regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{Nd}_]+\.go$`)

// declarations counts what files declare, by kind, or by kind and name.
func declarations(files []*ast.File, exact bool) map[string]int {
	counts := map[string]int{}
	for _, file := range files {
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				counts[declared("func", d.Name.Name, exact && d.Recv == nil)]++
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.ImportSpec:
						counts["import "+s.Path.Value] = 1
					case *ast.TypeSpec:
						counts[declared("type", s.Name.Name, exact)]++
					case *ast.ValueSpec:
						for _, name := range s.Names {
							counts[declared(d.Tok.String(), name.Name, exact)]++
						}
					}
				}
			}
		}
	}
	return counts
}

func declared(kind, name string, exact bool) string {
	if exact {
		return kind + " " + name
	}
	return kind
}

func mapDifference(want, have map[string]int) string {
	var out []string
	for key := range want {
		if have[key] != want[key] {
			out = append(out, fmt.Sprintf("%s: %d, want %d", key, have[key], want[key]))
		}
	}
	for key := range have {
		if _, ok := want[key]; !ok {
			out = append(out, fmt.Sprintf("%s: %d, want none", key, have[key]))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

// checkComments finds comments that the compiler would take for directives, but
// for those of the generator itself.
func checkComments(t *testing.T, what string, files []*ast.File) {
	t.Helper()
	for _, file := range files {
		own := ownDirectives(file)
		for _, group := range file.Comments {
			if own[group] {
				continue
			}
			for _, comment := range group.List {
				for _, directive := range []string{"//go:", "//line ", "/*line ", "// +build", "//+build", "//export ", "//extern ", "/*"} {
					if strings.HasPrefix(comment.Text, directive) {
						t.Errorf("%s: the comment %.40q is a directive", what, comment.Text)
					}
				}
			}
		}
	}
}

// ownDirectives are the comments of methods that callers can't have, or not by
// themselves, where they are nothing but what keeps these from being inlined.
func ownDirectives(file *ast.File) map[*ast.CommentGroup]bool {
	methods := []string{"table", "values", "answers", "headers", "rules", "MarshalJSON", "UnmarshalJSON"}
	own := map[*ast.CommentGroup]bool{}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if ok && f.Doc != nil && len(f.Doc.List) == 1 && f.Doc.List[0].Text == "//go:noinline" && slices.Contains(methods, f.Name.Name) {
			own[f.Doc] = true
		}
	}
	return own
}
