package generator_test

import (
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/ir"
)

// kinds are what some golden case has to have, besides each constant of the
// intermediate representation. A path's styles are those of what has parts.
var kinds = slices.Concat(
	each("parameter in query, style ", "content", "deepObject", "explode", "form", "pipe", "space"),
	each("parameter in form, style ", "content", "deepObject", "explode", "form", "json", "pipe", "space"),
	each("parameter in multipart, style ", "deepObject", "explode", "form", "json", "pipe", "space"),
	each("parameter in header, style ", "content", "form", "simple, exploded"),
	each("parameter in path, style ", "content", "label", "label, exploded", "matrix", "matrix, exploded", "simple", "simple, exploded"),
	each("parameter in cookie, style ", "content", "explode", "form"),
	each("argument in path, style ", "label", "matrix", "simple"),
	each("parameter with ", "reserved characters", "JSON in place of a style", "a default", "empty value"),

	each("body in ", "JSON", "JSON of its own type", "form", "multipart", "file", "text", "text of its own type"),
	each("body of ", "JSON that is a list", "JSON that is a scalar", "JSON that is a union", "JSON that is raw",
		"other members in form", "other members in multipart", "a file in parts", "a list of files in parts", "parts with types of their own"),
	each("body that is ", "required", "optional"),

	each("union by ", "discriminator with mapping", "discriminator with implicit names", "several tags of a variant",
		"constant member", "enum member", "JSON type", "required members", "constant texts of several members", "constant booleans", "constant integers",
		"closest", "nothing", "assertions"),
	each("union ", "that is nullable", "that is only sent", "of scalars alone", "of unions", "of what a slice cuts off", "beside members", "of anyOf", "of oneOf", "of several types"),
	each("union with variant ", "struct", "enum", "list", "map", "scalar"),

	each("response that is ", "nothing", "a struct", "a list", "a map", "a scalar", "an enum", "a union", "raw", "a text", "a stream", "null as well", "a page"),
	each("response by ", "status", "status without content", "range", "default alone"),
	each("response with ", "headers", "media types of its own", "the usual failure", "a failure of its own"),

	each("security by one key, ", "apiKeyCookie", "apiKeyHeader", "apiKeyQuery", "basic", "bearer", "none"),
	each("security by several, ", "apiKeyCookie", "apiKeyHeader", "apiKeyQuery", "basic", "bearer"),
	each("security of an operation: ", "both", "either", "nothing", "or nothing"),
	each("security scheme ", "apiKey", "http basic", "http bearer", "http digest", "mutualTLS", "oauth2", "openIdConnect"),

	each("server with ", "a variable", "a variable of listed values", "a variable without default"),
	each("event ", "webhook", "callback"),
)

// TestGoldenKinds holds that the golden cases have every kind of parameter,
// body, union, response and credential, and no kind that the list lacks.
func TestGoldenKinds(t *testing.T) {
	seen := map[string]bool{}
	cases, err := os.ReadDir(goldenRoot)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if !strings.HasPrefix(c.Name(), "error-") {
			t.Run(c.Name(), func(t *testing.T) { observe(t, c.Name(), seen) })
		}
	}
	want := slices.Concat(kinds, constantsOfIR(t))
	for _, kind := range want {
		if !seen[kind] {
			t.Errorf("no golden case has a %s", kind)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(seen)) {
		if !slices.Contains(want, kind) {
			t.Errorf("a golden case has a %s: put that into the list", kind)
		}
	}
}

// each returns the texts behind a prefix.
func each(prefix string, list ...string) []string {
	var out []string
	for _, text := range list {
		out = append(out, prefix+text)
	}
	return out
}

// constantsOfIR are the constants of the representation's own string types.
func constantsOfIR(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, f := range parseFolder(t, token.NewFileSet(), "ir", func(name string) bool { return !strings.HasSuffix(name, "_test.go") }) {
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.ValueSpec)
			if !ok || s.Type == nil || len(s.Values) != 1 {
				return true
			}
			if lit, ok := s.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING && ast.IsExported(exprText(s.Type)) {
				out = append(out, exprText(s.Type)+" "+unquoted(lit))
			}
			return true
		})
	}
	if len(out) < 30 {
		t.Fatalf("only %d constants found", len(out))
	}
	return out
}

// observer notes what kinds a case has.
type observer struct {
	seen     map[string]bool
	document any
	visited  map[any]bool
}

// observe lowers a case and notes its kinds.
func observe(t *testing.T, name string, seen map[string]bool) {
	t.Chdir(filepath.Join(goldenRoot, name))
	config := caseConfig(t)
	r, err := generator.Generate(t.Context(), generator.Options{Config: *config, Through: "lower"})
	if err != nil {
		t.Fatal(err)
	}
	o := &observer{seen: seen, visited: map[any]bool{}}
	text, err := os.ReadFile(config.Spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, &o.document); err != nil {
		t.Fatal(err)
	}
	o.schemes()
	o.api(r.API)
	o.walk(reflect.ValueOf(r.API))
}

func (o *observer) see(kind string, is bool) {
	if is {
		o.seen[kind] = true
	}
}

// walk visits all that a value leads to, each pointer once.
func (o *observer) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		o.walk(v.Elem())
	case reflect.Pointer:
		if v.IsNil() || o.visited[v.Interface()] {
			return
		}
		o.visited[v.Interface()] = true
		o.node(v.Interface())
		o.walk(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			o.walk(v.Index(i))
		}
	case reflect.Struct:
		if value, ok := v.Interface().(ir.Value); ok {
			_, union := value.Type.(*ir.Union)
			o.see("union that is nullable", union && value.Nullable)
		}
		for i := range v.NumField() {
			o.walk(v.Field(i))
		}
	case reflect.String:
		o.see(v.Type().Name()+" "+v.String(), v.Type().Name() != "string" && v.String() != "")
	}
}

func (o *observer) node(n any) {
	switch n := n.(type) {
	case *ir.Operation:
		o.operation(n)
	case *ir.Union:
		o.union(n)
	case *ir.Server:
		for _, v := range n.Variables {
			o.see("server with a variable", true)
			o.see("server with a variable of listed values", v.Enum != nil)
			o.see("server with a variable without default", v.Required)
		}
	case *ir.Event:
		o.see("event "+n.Kind, true)
	}
}

func (o *observer) api(api *ir.API) {
	if len(api.Credentials) == 0 {
		o.see("security by one key, "+string(api.Auth.Kind), true)
	}
	for _, c := range api.Credentials {
		o.see("security by several, "+string(c.Kind), true)
	}
}

// schemes notes which kinds of security schemes the document has.
func (o *observer) schemes() {
	all, _ := o.at("/components/securitySchemes").(map[string]any)
	for _, s := range all {
		scheme, _ := s.(map[string]any)
		kind, _ := scheme["type"].(string)
		if kind == "http" {
			name, _ := scheme["scheme"].(string)
			kind += " " + strings.ToLower(name)
		}
		o.see("security scheme "+kind, kind != "")
	}
}

func (o *observer) operation(op *ir.Operation) {
	for _, p := range op.PathParams {
		before, _, _ := strings.Cut(op.Path, "{"+p.Name+"}")
		style := "simple"
		if strings.HasSuffix(before, "/.") {
			style = "label"
		} else if strings.HasSuffix(before, ";"+p.Name+"=") {
			style = "matrix"
		}
		o.see("argument in path, style "+style, true)
	}
	if op.Params != nil {
		for _, f := range op.Params.All() {
			o.parameter(op, f)
		}
	}
	o.see("body of parts with types of their own", len(op.PartTypes) > 0)
	for _, names := range op.Security {
		o.see("security of an operation: both", len(names) > 1)
		o.see("security of an operation: either", len(op.Security) > 1 && len(names) > 0)
		o.see("security of an operation: or nothing", len(op.Security) > 1 && len(names) == 0)
		o.see("security of an operation: nothing", len(op.Security) == 1 && len(names) == 0)
	}
	o.answered(op)
}

func (o *observer) parameter(op *ir.Operation, f *ir.Field) {
	own := ""
	if op.ContentType != "" {
		own = " of its own type"
	}
	switch f.In {
	case ir.InJSON:
		o.see("body in JSON"+own, true)
		o.see("body of JSON that is "+kindOf(f.Type), !slices.Contains([]string{"a struct", "a map", "an enum"}, kindOf(f.Type)))
	case ir.InText:
		o.see("body in text"+own, true)
	case ir.InBody:
		o.see("body in file", true)
	case ir.InForm, ir.InMultipart:
		o.see("body in "+string(f.In), true)
		o.see("body of other members in "+string(f.In), f == op.Params.More)
		_, list := f.Type.(*ir.Slice)
		o.see("body of a file in parts", f.Type == ir.File)
		o.see("body of a list of files in parts", list && ir.Innermost(f.Type) == ir.File)
	}
	if f.Name == "" {
		o.see("body that is required", f.Required)
		o.see("body that is optional", !f.Required)
		return
	}
	style := string(f.Style)
	if f.Exploded && f.Style != ir.StyleForm {
		style += ", exploded"
	}
	o.see("parameter in "+string(f.In)+", style "+style, true)
	o.see("parameter with reserved characters", f.Reserved)
	o.see("parameter with JSON in place of a style", f.Spelled && f.Style != ir.StyleContent)
	o.see("parameter with a default", f.Default != "")
	o.see("parameter with empty value", f.Nullable && f.In == ir.InQuery)
}

// kindOf names a type as what it is.
func kindOf(t ir.Type) string {
	switch t := t.(type) {
	case nil:
		return "nothing"
	case *ir.Struct:
		return "a struct"
	case *ir.Slice:
		return "a list"
	case *ir.Map:
		return "a map"
	case *ir.Enum:
		return "an enum"
	case *ir.Union:
		return "a union"
	case ir.Prim:
		switch t {
		case ir.Raw:
			return "raw"
		case ir.Text:
			return "a text"
		case ir.Stream:
			return "a stream"
		}
	}
	return "a scalar"
}

func (o *observer) answered(op *ir.Operation) {
	if op.Answers == nil {
		o.see("response that is "+kindOf(op.Result.Type), true)
		o.see("response that is null as well", op.Result.Nullable)
	} else {
		for _, a := range op.Answers.List {
			by := "status"
			if strings.HasSuffix(a.Status, "XX") {
				by = "range"
			} else if a.Type == nil {
				by = "status without content"
			}
			o.see("response by "+by, true)
		}
	}
	all, _ := o.at(op.Pointer + "/responses").(map[string]any)
	o.see("response by default alone", len(all) == 1 && all["default"] != nil && op.Result.Type != nil)
	o.see("response that is a page", op.Lists)
	o.see("response with headers", op.Headers != nil)
	o.see("response with media types of its own", len(op.Accept) > 0)
	o.see("response with the usual failure", len(op.Failures) > 0 && !op.Unusual)
	o.see("response with a failure of its own", op.Unusual)
}

func (o *observer) union(u *ir.Union) {
	s, _ := o.at(u.Pointer).(map[string]any)
	by, _ := s["discriminator"].(map[string]any)
	_, mapped := by["mapping"]
	o.see("union by discriminator with mapping", u.By != "" && mapped)
	o.see("union by closest", u.Closest)
	o.see("union by assertions", len(u.Rules) > 0)
	o.see("union that is only sent", !u.Raw)
	o.see("union of what a slice cuts off", u.Open)
	o.see("union beside members", s["properties"] != nil)
	several, _ := s["type"].([]any)
	o.see("union of several types", len(several) > 1)
	for _, keyword := range []string{"anyOf", "oneOf"} {
		o.see("union of "+keyword, s[keyword] != nil)
		o.see("union of unions", o.ofUnions(s[keyword]))
	}
	scalars, objects := true, 0
	for _, v := range u.Variants {
		kind := o.variant(u, v, by)
		scalars = scalars && (kind == "scalar" || kind == "enum")
		if kind == "struct" || kind == "map" {
			objects++
		}
	}
	o.see("union of scalars alone", scalars)
	o.see("union by JSON type", objects < 2 && len(u.Variants) > 1)
}

// variant notes how a variant is told from others, and returns what it is.
func (o *observer) variant(u *ir.Union, v *ir.Variant, by map[string]any) string {
	_, kind, _ := strings.Cut(kindOf(v.Type), " ")
	o.see("union with variant "+kind, true)
	o.see("union by several tags of a variant", by != nil && len(v.Tags) > 1)
	implicit := by != nil && by["mapping"] == nil && len(v.Tags) == 1
	o.see("union by discriminator with implicit names", implicit && o.at("/components/schemas/"+v.Tags[0]) != nil)
	o.see("union by constant member", by == nil && len(v.Tags) == 1)
	o.see("union by enum member", by == nil && len(v.Tags) > 1)
	o.see("union by required members", len(v.Required) > 0)
	o.see("union by nothing", v.Vague)
	for _, c := range v.Consts {
		o.see("union by constant "+map[string]string{"": "texts of several members", "string": "texts of several members", "boolean": "booleans", "integer": "integers"}[c.Value.Type], true)
	}
	return kind
}

// ofUnions tells whether one of some alternatives is a choice itself.
func (o *observer) ofUnions(list any) bool {
	alternatives, _ := list.([]any)
	return slices.ContainsFunc(alternatives, func(a any) bool {
		s, _ := a.(map[string]any)
		if ref, ok := s["$ref"].(string); ok {
			s, _ = o.at(strings.TrimPrefix(ref, "#")).(map[string]any)
		}
		return s["oneOf"] != nil || s["anyOf"] != nil
	})
}

// at returns what a JSON pointer leads to in the document, nil for nothing.
func (o *observer) at(pointer string) any {
	n := o.document
	for _, token := range strings.Split(pointer, "/")[1:] {
		token = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
		switch in := n.(type) {
		case map[string]any:
			n = in[token]
		case []any:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(in) {
				return nil
			}
			n = in[i]
		default:
			return nil
		}
	}
	return n
}
