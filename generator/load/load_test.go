package load

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/oaken-go/oaken/generator/diag"
)

// write makes files in a new folder and returns it.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func loadText(t *testing.T, name, content string) (*Document, diag.List) {
	t.Helper()
	return File(t.Context(), filepath.Join(write(t, map[string]string{name: content}), name), Options{})
}

func codes(list diag.List) string {
	var out []string
	for _, d := range list {
		out = append(out, d.Code)
	}
	return strings.Join(out, " ")
}

const asYAML = `openapi: 3.1.0
info: {title: "Café", version: "1"}
paths: {}
components:
  schemas:
    Straße: {type: object, properties: {"é/~": {type: string}, b: {enum: [one, two]}}}
`

const asJSON = `{
	"openapi": "3.1.0",
	"info": {"title": "Café", "version": "1"},
	"paths": {},
	"components": {
		"schemas": {
			"Straße": {"type": "object", "properties": {"\u00e9/~": {"type": "string"}, "b": {"enum": ["one", "two"]}}}
		}
	}
}
`

func TestPositions(t *testing.T) {
	for name, content := range map[string]string{"x.yaml": asYAML, "x.json": asJSON} {
		doc, list := loadText(t, name, content)
		if len(list) > 0 {
			t.Fatal(list)
		}
		lines := strings.Split(content, "\n")
		for pointer, want := range map[string]string{
			"":                            "", // the whole document
			"/info":                       "info",
			"/info/title":                 "title",
			"/components/schemas/Straße":  "Straße",
			"/components/schemas/Missing": "schemas",
			"/components/schemas/Straße/properties/b/enum/1":    "two",
			"/components/schemas/Straße/properties/b/enum/2":    "enum",
			"/components/schemas/Straße/properties/b/enum/01":   "enum",
			"/components/schemas/Straße/properties/é~1~0/type":  "type",
			"/components/schemas/Straße/properties/b/items/any": "b",
		} {
			pos := doc.Position(pointer)
			if pos.Line == 0 || filepath.Base(pos.File) != name {
				t.Fatalf("%s: %q has no position: %+v", name, pointer, pos)
			}
			if got := strings.TrimPrefix(lines[pos.Line-1][pos.Col-1:], `"`); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %q is at %q, want %q", name, pointer, got, want)
			}
		}
	}
}

func TestJSONIsExact(t *testing.T) {
	doc, list := loadText(t, "x.yaml", `openapi: 3.1.0
info: {title: T, version: "1"}
components: {schemas: {"a/b": {maximum: 12345678901234567890, enum: [0.10, {b: 0x10, a: "é\"\n"}]}}}
`)
	if len(list) > 0 {
		t.Fatal(list)
	}
	for pointer, want := range map[string]string{
		"/components/schemas/a~1b/maximum": "12345678901234567890",
		"/components/schemas/a~1b/enum":    `[0.10,{"b":16,"a":"é\"\n"}]`,
		"/components/schemas/a~1b/enum/2":  "",
		"/components/schemas/a~1b/minimum": "",
	} {
		if got, ok := doc.JSON(pointer); got != want || ok != (want != "") {
			t.Errorf("%s: %s, want %s", pointer, got, want)
		}
	}
}

func TestInteger(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "0.0": "0", "0e5": "0", "-0.00e-7": "0", "7": "7", "2.0": "2", "20": "20", "1e2": "100", "1.5e1": "15", "1500e-2": "15", "0.5e1": "5",
		"9223372036854775807": "9223372036854775807", "9223372036854775808": "9223372036854775807", "1e19": "9223372036854775807",
		"1e999999999999": "9223372036854775807", "0.001e3": "1", "1e18": "1000000000000000000", "12e-0": "12",
		"1.5": "", "-1": "", "-1e5": "", "1e-1": "", "1e-999999999999": "", "0.1": "", "15e-1": "",
	} {
		if got, ok := integer(text); got != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestYAMLMeansWhatJSONDoes(t *testing.T) {
	doc, list := loadText(t, "x.yaml", `openapi: 3.1.0
info: {title: on, version: 2020-01-02}
paths: {}
x-hex: 0x10
x-base: &base {a: 1, b: 2}
x-merged: {<<: *base, b: 3}
x-merged-list: {<<: [{a: 1}, {a: 2, c: 3}]}
x-big: 12345678901234567890123
x-half: .5
x-text: |
  "quoted"
  </script>
components:
  responses:
    200: {description: ok}
`)
	if len(list) > 0 {
		t.Fatal(list)
	}
	got := string(doc.source.json())
	want := `{"openapi":"3.1.0","info":{"title":"on","version":"2020-01-02"},"paths":{},"x-hex":16,` +
		`"x-base":{"a":1,"b":2},"x-merged":{"b":3,"a":1},"x-merged-list":{"a":1,"c":3},` +
		`"x-big":12345678901234567890123,"x-half":0.5,"x-text":"\"quoted\"\n\u003c/script\u003e\n",` +
		`"components":{"responses":{"200":{"description":"ok"}}}}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestSeveralFiles(t *testing.T) {
	dir := write(t, map[string]string{
		"api.yaml": `openapi: 3.0.3
info: {title: Test, version: "1"}
paths:
  /a: {$ref: paths/a.yaml}
components:
  schemas:
    B: {type: string}
`,
		"paths/a.yaml":          "get: {responses: {default: {$ref: '../common/responses.json#/Error'}}}\n",
		"common/responses.json": `{"Error": {"description": "x", "content": {"application/json": {"schema": {"$ref": "../api.yaml#/components/schemas/B"}}}}}`,
	})
	doc, list := File(t.Context(), filepath.Join(dir, "api.yaml"), Options{})
	if len(list) > 0 {
		t.Fatal(list)
	}
	response := doc.Doc.Paths.Value("/a").Get.Responses.Default().Value
	if got := response.Content["application/json"].Schema.Value.Type.Slice(); len(got) != 1 || got[0] != "string" {
		t.Errorf("type %v", got)
	}
}

// Whatever a reference says, nothing outside of the folder is opened.
func TestNothingOutsideIsRead(t *testing.T) {
	outside := write(t, map[string]string{"secret.yaml": "A: {type: string}\n"})
	document := func(ref string) string {
		return fmt.Sprintf("openapi: 3.0.3\ninfo: {title: Test, version: \"1\"}\npaths: {}\ncomponents: {schemas: {A: {$ref: %q}}}\n", ref)
	}
	refs := map[string]string{
		"link.yaml#/A":          "external-ref",
		"linked/secret.yaml#/A": "external-ref",
		"../x.yaml#/A":          "external-ref",
		"sub/../../x.yaml#/A":   "external-ref",
		filepath.Join(outside, "secret.yaml") + "#/A": "external-ref",
		"http://127.0.0.1:1/x.yaml#/A":                "external-ref",
		"HTTP://127.0.0.1:1/x.yaml":                   "external-ref",
		"%2e%2e/x.yaml#/A":                            "external-ref",
		"inside.yaml#/A":                              "",
		"sub":                                         "unresolved-ref",
		"none.yaml":                                   "unresolved-ref",
	}
	for ref, want := range refs {
		dir := write(t, map[string]string{"sub/api.yaml": "", "api.yaml": document(ref), "real.yaml": "A: {type: string}\n"})
		for link, target := range map[string]string{
			"link.yaml": filepath.Join(outside, "secret.yaml"), "linked": outside, "inside.yaml": "real.yaml",
		} {
			if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
				t.Skip(err)
			}
		}
		doc, list := File(t.Context(), filepath.Join(dir, "api.yaml"), Options{})
		if codes(list) != want || (doc == nil) != (want != "") {
			t.Errorf("%s: %v, want %s", ref, list, want)
		}
	}
}

func TestHostileDocuments(t *testing.T) {
	head := "openapi: 3.0.3\ninfo: {title: Test, version: \"1\"}\npaths: {}\n"
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for name, c := range map[string]struct{ file, content, want string }{
		"deep JSON":       {"x.json", `{"openapi":"3.0.3","x":` + deep(5000) + `}`, "too-deep"},
		"deeper JSON":     {"x.json", `{"openapi":"3.0.3","x":` + deep(50000) + `}`, "too-deep"},
		"deep YAML":       {"x.yaml", head + "x-a: " + deep(5000), "too-deep"},
		"deeper YAML":     {"x.yaml", head + "x-a: " + deep(50000), "too-deep"},
		"open brackets":   {"x.yaml", head + "x-a: " + strings.Repeat("[", 100000), "too-deep"},
		"open JSON":       {"x.json", strings.Repeat(`{"a":`, 9000), "not-json"},
		"spaces":          {"x.yaml", strings.Repeat(" ", 20<<20), "empty-document"},
		"newlines":        {"x.json", strings.Repeat("\n", 20<<20), "empty-document"},
		"nothing":         {"x.yaml", "", "empty-document"},
		"zeros":           {"x.yaml", strings.Repeat("\x00", 1<<20), "not-yaml"},
		"many values":     {"x.json", "{\"a\":[" + strings.Repeat("0,", maxValues) + "0]}", "too-large"},
		"many YAML lines": {"x.yaml", strings.Repeat("- a\n", maxValues), "too-large"},
		"large alias":     {"x.yaml", head + "x-a: &a " + strings.Repeat("x", 1<<20) + "\nx-b: [" + strings.Repeat("*a,", 1000) + "]", "alias-expansion"},
		"deep and wide":   {"x.json", strings.Repeat("[", 990) + strings.Repeat("0,", 100000) + "0" + strings.Repeat("]", 990), "too-deep"},
		"UTF-16":          {"x.yaml", "\xff\xfeo\x00p\x00", "not-utf8"},
		"byte order mark": {"x.yaml", "\xef\xbb\xbf" + head, ""},
		"BOM and JSON":    {"x.json", "\xef\xbb\xbf" + asJSON, ""},
		"null":            {"x.yaml", "null", "not-an-object"},
		"text":            {"x.yaml", "just text", "not-an-object"},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			doc, list := loadText(t, c.file, c.content)
			if codes(list) != c.want || (doc == nil) != (c.want != "") {
				t.Errorf("%v, want %s", list, c.want)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestLargeFile(t *testing.T) {
	path := filepath.Join(write(t, map[string]string{"x.yaml": "openapi: 3.0.3\n"}), "x.yaml")
	if err := os.Truncate(path, maxBytes+1); err != nil {
		t.Fatal(err)
	}
	if _, list := File(t.Context(), path, Options{}); codes(list) != "too-large" {
		t.Error(list)
	}
}

// Path items are copied to where others refer to them.
func TestCopiesEnd(t *testing.T) {
	var text strings.Builder
	text.WriteString("openapi: 3.1.0\ninfo: {title: Test, version: \"1\"}\nx-item: {description: Text., x-list: [" + strings.Repeat("0,", maxCopies/100) + "0]}\npaths:\n")
	for i := range 101 {
		fmt.Fprintf(&text, "  /p%d: {$ref: \"#/x-item\"}\n", i)
	}
	if _, list := loadText(t, "x.yaml", text.String()); codes(list) != "too-large" || list[0].Pointer == "" {
		t.Error(list)
	}
}

func TestProblemsEnd(t *testing.T) {
	text := "openapi: 3.1.0\ninfo: {title: Test, version: \"1\"}\npaths: {}\ntags:\n" + strings.Repeat("- text\n", maxFound+10)
	_, list := loadText(t, "x.yaml", text)
	last := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == "too-many-problems" })
	if len(list) != maxFound+1 || last < 0 {
		t.Errorf("%d problems, and at %d that there are more", len(list), last)
	}
}

// A reference can make a place count as several shapes, in turns.
func TestShapesInTurns(t *testing.T) {
	_, list := loadText(t, "x.yaml", `openapi: 3.0.3
info: {title: Test, version: "1"}
paths:
  /a: {$ref: "#/x-n"}
x-n:
  get:
    callbacks: {x: {$ref: "#/x-n"}}
    get:
      callbacks: {y: {$ref: "#/x-p"}}
x-p:
  k: {$ref: "#/x-n"}
`)
	for _, d := range list {
		t.Log(d)
	}
}

func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{filepath.Join(dir, "none.yaml"), dir} {
		if _, list := File(t.Context(), path, Options{}); codes(list) != "unreadable-file" || list[0].Pos.File != path {
			t.Errorf("%s: %v", path, list)
		}
	}
}

func TestStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := write(t, map[string]string{"x.yaml": asYAML})
	if doc, list := File(ctx, filepath.Join(dir, "x.yaml"), Options{}); doc != nil || len(list) == 0 {
		t.Error("went on")
	}
}

func FuzzFile(f *testing.F) {
	f.Add(asYAML, false)
	f.Add(asJSON, true)
	f.Add("openapi: 3.0.3\npaths: {/a: {get: {parameters: [{$ref: '#/x'}]}}}\nx: &x {a: *x, <<: *x}", false)
	f.Fuzz(func(t *testing.T, content string, json bool) {
		name := "x.yaml"
		if json {
			name = "x.json"
		}
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		doc, list := File(context.Background(), path, Options{})
		if (doc == nil) != (len(list) > 0) {
			t.Errorf("document %v, list %v", doc, list)
		}
		if doc != nil {
			doc.Position("/paths/0/x")
		}
	})
}
