package generator_test

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
)

// namesakes are names that are hard by themselves, or beside each other.
var namesakes = []string{
	"", "_", "__", "-", "+1", "-1", "***", "...", "../x", "a/b", "a~b", "{", "😀", "日本", "日 本", "ſ", "é", "É", "1", "01", "1.1", "11",
	"foo", "Foo", "FOO", "fooBar", "FooBar", "foo_bar", "foo-bar", "foo bar", "FOO_BAR", "_foo_bar", "foo.bar", "FooBarParams", "FooBarService",
	"foo_list", "FooList", "FooListParams", "ListFoo", "FooService", "FooOperations", "BarOfFoo", "FooBarValueA", "FooBarA", "FooBarAB", "FooExpand",
	"type", "func", "init", "main", "string", "nil", "error", "Error", "ErrorObject", "error_object", "Client", "NewClient", "Option", "All", "Next",
	"con", "CON", "nul", "x_test", "x_linux", "x_amd64", "table", "x_table", "client", "oaken", "List", "Create", "Body", "body", "id", "ID", "Id", "_id",
	strings.Repeat("long_name_", 30), strings.Repeat("long_name_", 30) + "x", strings.Repeat("long_name-", 30),
}

// TestNamesSettle generates packages from components, members, enums and paths
// of any names: they are never refused for their names, and compile.
func TestNamesSettle(t *testing.T) {
	types := newTypeChecker(t)
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			checkNamed(t, types, func(n int) []string { return pick(r, n) })
		})
	}
	t.Run("all", func(t *testing.T) {
		checkNamed(t, types, func(n int) []string {
			if n == 25 || n == 8 { // components and their members
				return namesakes
			}
			return namesakes[len(namesakes)-12:][:min(n, 12)]
		})
	})
}

// FuzzNames is TestNamesSettle with names that nobody thought of.
func FuzzNames(f *testing.F) {
	for i := 0; i < len(namesakes); i += 20 {
		f.Add(namesakes[i], namesakes[(i+7)%len(namesakes)], namesakes[(i+31)%len(namesakes)])
	}
	types := newTypeChecker(f)
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if len(a)+len(b)+len(c) > 1000 {
			t.Skip()
		}
		list := []string{a, b, c, a + b, a + "_" + b, a + "." + c, b + " " + c, strings.ToUpper(a), strings.ToLower(b), a + "Params", b + "Service"}
		for i := range list {
			list[i] = strings.ToValidUTF8(list[i], "?")
		}
		slices.Sort(list)
		list = slices.Compact(list)
		checkNamed(t, types, func(int) []string { return list })
	})
}

func pick(r *rand.Rand, n int) []string {
	var out []string
	for _, i := range r.Perm(len(namesakes))[:n] {
		out = append(out, namesakes[i])
	}
	return out
}

// checkNamed generates a document of such names, in two orders.
func checkNamed(t *testing.T, types *typeChecker, names func(n int) []string) {
	t.Helper()
	document := namedDocument(names)
	files, found := generateText(t, readJSONText(t, document))
	for _, d := range found {
		t.Errorf("refused: %v", d)
	}
	if files == nil {
		return
	}
	types.check(t, "golden", files)
	checkFileNames(t, "names", files)
	folded := map[string]string{}
	for name := range files {
		if other, there := folded[strings.ToLower(name)]; there {
			t.Errorf("%s and %s are one file where case means nothing", name, other)
		}
		folded[strings.ToLower(name)] = name
	}
}

// namedDocument is a document in which everything is called by such names.
func namedDocument(names func(n int) []string) string {
	var b strings.Builder
	write := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	write("%sservers:\n", openAPI)
	for i, name := range names(6) {
		variable := strings.NewReplacer("{", "", "}", "").Replace(pathEscaped(name)) + "v"
		write("  - {url: %q, description: %q, variables: {%q: {default: a, enum: [a, %q]}}}\n", fmt.Sprintf("https://h%d{%s}.example.com", i, variable), name, variable, "b"+name)
	}
	write("webhooks:\n")
	for i, name := range names(7) {
		body := []string{"{type: object, properties: {a: {type: string}}}", "{type: array, items: {type: string}}"}[i%2]
		write("  %q: {post: {requestBody: {content: {application/json: {schema: %s}}}, responses: {\"200\": {description: A}}}}\n", name, body)
	}
	write("paths:\n")
	paths := map[string]bool{}
	for i, name := range names(12) {
		segment := strings.NewReplacer("{", "", "}", "").Replace(pathEscaped(name))
		for j, path := range []string{"/" + segment, "/x/" + segment, "/" + segment + "/{id}", "/" + segment + "/{other}", "/foo/{id}/" + segment} {
			if paths[path] || strings.Contains(path, "//") || strings.HasSuffix(path, "/") || strings.Contains(path, "..") || strings.Contains(path+"/", "/./") {
				continue
			}
			paths[path] = true
			write("  %q:\n", path)
			for _, method := range [][]string{{"get", "post"}, {"put"}, {"get"}, {"get", "patch"}, {"post", "delete"}}[(i+j)%5] {
				write("    %s:\n      operationId: %q\n      parameters:\n", method, name)
				for _, param := range pathParamNames(path) {
					write("        - {name: %q, in: path, required: true, schema: {type: string}}\n", param)
				}
				for k, param := range names(5) {
					write("        - {name: %q, in: %s, schema: {type: string, enum: [a, %q]}}\n", "p"+param, []string{"query", "header", "cookie"}[k%3], "b"+param)
				}
				write("      responses: {\"200\": {description: A, content: {application/json: {schema: {type: object, properties: {")
				for _, member := range names(3) {
					write("%q: {type: string}, ", member)
				}
				write("}}}}}}\n")
			}
		}
	}
	write("components:\n  schemas:\n")
	for i, name := range names(25) {
		switch i % 4 {
		case 0, 1:
			write("    %q: {type: object, properties: {", name)
			for j, member := range names(8) {
				write([]string{"%q: {type: string}, ", "%q: {type: object, properties: {a: {type: string}}}, ", "%q: {type: string, enum: [a, B, b]}, ",
					"%q: {type: array, items: {type: object, properties: {a: {type: integer}}}}, "}[(i+j)%4], member)
			}
			write("}}\n")
		case 2:
			write("    %q: {type: string, enum: [", name)
			for _, value := range names(9) {
				write("%q, ", value)
			}
			write("]}\n")
		case 3:
			write("    %q: {oneOf: [{type: string}, {type: array, items: {type: integer}}]}\n", name)
		}
	}
	return b.String()
}

// pathEscaped leaves of a text what can stand in a path.
func pathEscaped(name string) string {
	return strings.Map(func(c rune) rune {
		if c > 127 || strings.ContainsRune(" *%?#/\\", c) || c < 32 {
			return '~'
		}
		return c
	}, name)
}

func pathParamNames(path string) []string {
	var out []string
	for _, part := range strings.Split(path, "{")[1:] {
		name, _, _ := strings.Cut(part, "}")
		out = append(out, name)
	}
	return out
}

// A name that is taken is the only one that changes: what has it by itself
// keeps it.
func TestOneMoreNamesake(t *testing.T) {
	base := []string{"dog: {type: object, properties: {owner: {type: object, properties: {name: {type: string}}}}}", "cat_kind: {type: object, properties: {a: {type: string}}}"}
	for name, test := range map[string]struct {
		more    string
		changed []string
	}{
		"a component called as what is inside another": {"dog_owner: " + object, []string{"dog.go", "dog_owner.go", "dog_owner_table.go", "dog_table.go"}},
		"a component that is less plain":               {"cat-kind: " + object, []string{"cat_kind.go", "cat_kind_table.go"}},
		"what is inside a component":                   {"cat: {type: object, properties: {kind: {type: object, properties: {b: {type: string}}}}}", []string{"cat.go", "cat_table.go"}},
	} {
		t.Run(name, func(t *testing.T) {
			old, found := generateText(t, readJSONText(t, schemas(base...)))
			require.Empty(t, found)
			now, found := generateText(t, readJSONText(t, schemas(append(slices.Clone(base), test.more)...)))
			require.Empty(t, found)
			var changed []string
			for _, file := range slices.Sorted(maps.Keys(merged(old, now))) {
				if string(old[file]) != string(now[file]) {
					changed = append(changed, file)
				}
			}
			require.Subset(t, test.changed, changed)
			if name != "a component called as what is inside another" {
				require.Contains(t, string(now["cat_kind.go"]), "type CatKind struct {\n\tA Optional")
			}
		})
	}
}

// TestNamesOfTheCorpus: no document of other people's is refused for its names
// or for how its parameters are sent.
func TestNamesOfTheCorpus(t *testing.T) {
	corpus := cmp.Or(os.Getenv("SPEC_CORPUS"), "../../shared/corpus")
	for _, name := range []string{"adyen_checkout_v72.json", "asana.yaml", "box.json", "k8s_apps_v1.json", "xero_accounting.yaml"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(corpus, name)
			if _, err := os.Stat(path); err != nil {
				t.Skipf("there is no corpus: %v", err)
			}
			config := generator.Config{Spec: path, Out: goFolder, Package: "golden"}
			_, err := generator.Generate(t.Context(), generator.Options{Config: config, Through: "lower"})
			var found generator.Diagnostics
			if err != nil && !errors.As(err, &found) {
				t.Fatal(err)
			}
			for _, d := range found {
				switch d.Code {
				case "name-collision", "reserved-name", "unsupported-path", "unsupported-server", "unsupported-parameter", "unsupported-style", "parameter-collision":
					t.Error(d)
				}
			}
		})
	}
}
