// Package spec_test checks the document that the generator is run on: that it
// is well formed, that it says what its rules say, and that its words are its
// own.
package spec_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"go.yaml.in/yaml/v3"
)

const (
	document = "financial_connections.yaml"
	rules    = "../testdata/rules"
	examples = "../testdata/examples"
)

func TestLint(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile(document)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context(), openapi3.IsOpenAPI31OrLater(), openapi3.EnableMultiError()); err != nil {
		t.Error(err)
	}
}

// TestRules checks that a JSON Schema validator accepts and refuses what the
// instances say, and for the reason that they say.
func TestRules(t *testing.T) {
	doc := load(t)
	covered := map[string]bool{}
	for _, file := range glob(t, filepath.Join(rules, "*.json")) {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		number, _, _ := strings.Cut(name, "-")
		covered[number] = true
		t.Run(name, func(t *testing.T) {
			var rule struct {
				Rule, Schema, GoType string
				Valid                []json.RawMessage
				Invalid              []struct {
					Instance      json.RawMessage
					Path, Keyword string
					Decode        bool
				}
			}
			decoder := json.NewDecoder(bytes.NewReader(read(t, file)))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(&rule); err != nil {
				t.Fatal(err)
			}
			if rule.Rule == "" || rule.GoType == "" || len(rule.Valid) < 3 || len(rule.Invalid) < 3 {
				t.Error("a rule needs a sentence, a Go type, and three instances of each kind")
			}
			schema := doc.compile(t, rule.Schema)
			for _, instance := range rule.Valid {
				if found := violations(schema, value(t, instance)); len(found) > 0 {
					t.Errorf("%s: got violations %q", instance, found)
				}
			}
			for _, invalid := range rule.Invalid {
				found := violations(schema, value(t, invalid.Instance))
				if want := invalid.Path + " " + invalid.Keyword; !slices.Contains(found, want) {
					t.Errorf("%s: got violations %q, want %q among them", invalid.Instance, found, want)
				}
			}
		})
	}
	for number := 1; number <= 10; number++ {
		if !covered[fmt.Sprintf("%02d", number)] {
			t.Errorf("no instances for rule %d", number)
		}
	}
}

// TestExamples checks the examples against their schemas. They have the
// oddities of the reference documents, so some have violations.
func TestExamples(t *testing.T) {
	doc := load(t)
	schemas := map[string]string{
		"account": "financial_connections.account",
		"session": "financial_connections.session",
		"list":    "financial_connections.account_list",
		"error":   "error_response",
	}
	odd := map[string][]string{
		"account_refreshed.json": {"status enum"}, // pending is documented nowhere
	}
	for _, file := range glob(t, filepath.Join(examples, "*.json")) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			base := filepath.Base(file)
			name, _, _ := strings.Cut(strings.TrimSuffix(base, ".json"), "_")
			if strings.HasPrefix(base, "account_list") {
				name = "list"
			}
			schema := doc.compile(t, "/components/schemas/"+schemas[name])
			if got := violations(schema, value(t, read(t, file))); !slices.Equal(got, odd[base]) {
				t.Errorf("got violations %q, want %q", got, odd[base])
			}
		})
	}
	for _, file := range glob(t, filepath.Join(examples, "*.txt")) {
		if json.Valid(read(t, file)) {
			t.Errorf("%s is valid JSON", file)
		}
	}
}

// TestDescribed checks that everything a reader can ask about is described.
func TestDescribed(t *testing.T) {
	doc := load(t)
	texts := 0
	doc.walk(func(n node) {
		texts += len(n.texts())
		if n.needs != "" && n.value[n.needs] == nil {
			t.Errorf("%s: no %s", n.pointer, n.needs)
		}
		for _, key := range []string{"description", "summary"} {
			if text, ok := n.value[key]; ok && strings.TrimSpace(fmt.Sprint(text)) == "" {
				t.Errorf("%s: empty %s", n.pointer, key)
			}
		}
	})
	if texts < 200 { // a walk that visits nothing finds nothing
		t.Errorf("only %d texts", texts)
	}
}

// TestConventions checks what the comment at the top of the document promises.
func TestConventions(t *testing.T) {
	doc := load(t)
	doc.walk(func(n node) {
		if n.kind == "operation" {
			doc.checkOperation(t, n)
			return
		}
		if n.kind != "schema" {
			return
		}
		if n.value["enum"] != nil {
			t.Errorf("%s: an enumeration without descriptions", n.pointer)
		}
		required := list(n.value["required"])
		properties := object(n.value["properties"])
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			if nullable(object(properties[name])) && slices.Contains(required, any(name)) {
				t.Errorf("%s: %s is nullable and required", n.pointer, name)
			}
		}
		for _, name := range required {
			if properties[name.(string)] == nil {
				t.Errorf("%s: requires %s, which it doesn't have", n.pointer, name)
			}
		}
		// An expandable member is an id, or one of the objects behind it.
		var ids bool
		var objects []any
		for _, choice := range list(n.value["anyOf"]) {
			ids = ids || object(choice)["type"] == "string"
			if object(choice)["$ref"] != nil {
				objects = append(objects, choice)
			}
		}
		marked := list(object(n.value["x-expansionResources"])["oneOf"])
		if (ids && len(objects) > 0 || marked != nil) && fmt.Sprint(objects) != fmt.Sprint(marked) {
			t.Errorf("%s: may be %v, but x-expansionResources says %v", n.pointer, objects, marked)
		}
	})
}

func (d *doc) checkOperation(t *testing.T, n node) {
	if n.value["operationId"] == nil || len(list(n.value["tags"])) != 1 {
		t.Errorf("%s: needs an operationId and one tag", n.pointer)
	}
	if object(n.value["responses"])["default"] == nil {
		t.Errorf("%s: no answer for failures", n.pointer)
	}
	expands := false
	for _, parameter := range list(n.value["parameters"]) {
		_, parameter := d.resolve(t, "", object(parameter))
		expands = expands || object(parameter["schema"])["x-oaken-expand"] == true
	}
	if body := object(n.value["requestBody"]); body != nil {
		form := object(object(body["content"])["application/x-www-form-urlencoded"])
		schema := object(form["schema"])
		if (schema["required"] != nil) != (body["required"] == true) {
			t.Errorf("%s: the body is required where a member is", n.pointer)
		}
		for name, property := range object(schema["properties"]) {
			expands = expands || object(property)["x-oaken-expand"] == true
			nested := object(property)["type"] == "array" || object(property)["type"] == "object"
			encoding := object(object(form["encoding"])[name])
			if brackets := encoding["style"] == "deepObject" && encoding["explode"] == true; brackets != nested {
				t.Errorf("%s: wrong encoding of %s", n.pointer, name)
			}
		}
	}
	if !expands {
		t.Errorf("%s: no parameter to expand with", n.pointer)
	}
}

func TestOperations(t *testing.T) {
	want := []string{
		"CreateSession", "DisconnectAccount", "ListAccounts", "RefreshAccount",
		"RetrieveAccount", "RetrieveSession", "SubscribeAccount", "UnsubscribeAccount",
	}
	var got []string
	load(t).walk(func(n node) {
		if n.kind == "operation" {
			got = append(got, fmt.Sprint(n.value["operationId"]))
		}
	})
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestOwnWords checks that no text shares eight words in a row with the
// reference documents, which are not part of this repository.
func TestOwnWords(t *testing.T) {
	const run = 8
	taken := map[string]string{}
	for _, file := range seeds(t) {
		text := words(string(read(t, file)))
		for i := 0; i+run <= len(text); i++ {
			taken[strings.Join(text[i:i+run], " ")] = filepath.Base(file)
		}
	}
	load(t).walk(func(n node) {
		for _, text := range n.texts() {
			text := words(text)
			for i := 0; i+run <= len(text); i++ {
				phrase := strings.Join(text[i:i+run], " ")
				if file, ok := taken[phrase]; ok {
					t.Errorf("%s: %q is from %s", n.pointer, phrase, file)
				}
			}
		}
	})
}

// TestExampleShapes checks that every example in the reference documents has
// one of the same shape here.
func TestExampleShapes(t *testing.T) {
	have := map[string]bool{}
	for _, file := range glob(t, filepath.Join(examples, "*.json")) {
		have[shape(value(t, read(t, file)))] = true
	}
	found, broken := 0, 0
	for _, file := range seeds(t) {
		text := read(t, file)
		for at := 0; ; {
			next := bytes.IndexByte(text[at:], '{')
			if next < 0 {
				break
			}
			at += next
			decoder := json.NewDecoder(bytes.NewReader(text[at:]))
			decoder.UseNumber()
			var example map[string]any
			if err := decoder.Decode(&example); err != nil {
				if bytes.Contains(text[at:min(at+20, len(text))], []byte(`"object"`)) {
					broken++
				}
				at++ // look inside
				continue
			}
			at += int(decoder.InputOffset())
			if example["object"] == nil {
				continue // {...} and the like
			}
			found++
			if s := shape(example); !have[s] {
				t.Errorf("%s: no example like %s", filepath.Base(file), s)
			}
		}
	}
	if found < 11 || broken != 1 {
		t.Errorf("found %d examples and %d that are no JSON", found, broken)
	}
}

// shape is a value without what differs from one example to the next.
func shape(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var b strings.Builder
		for _, name := range slices.Sorted(maps.Keys(v)) {
			s := shape(v[name])
			if name == "object" || name == "status" || name == "type" {
				s = fmt.Sprint(v[name])
			}
			fmt.Fprintf(&b, "%s:%s ", name, s)
		}
		return "{" + b.String() + "}"
	case []any:
		var b strings.Builder
		for _, item := range v {
			b.WriteString(shape(item) + " ")
		}
		return "[" + b.String() + "]"
	case nil:
		return "null"
	case json.Number:
		return "number"
	default:
		return fmt.Sprintf("%T", v)
	}
}

// doc is the document as plain data.
type doc struct{ root map[string]any }

func load(t *testing.T) *doc {
	t.Helper()
	var tree any
	if err := yaml.Unmarshal(read(t, document), &tree); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return &doc{object(value(t, text))}
}

func (d *doc) compiler(t *testing.T) *jsonschema.Compiler {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("spec.json", d.root); err != nil {
		t.Fatal(err)
	}
	return compiler
}

// compile returns the schema at pointer, or for an operation one of the object
// that holds all its parameters.
func (d *doc) compile(t *testing.T, pointer string) *jsonschema.Schema {
	t.Helper()
	at := d.at(t, pointer)
	compiler := d.compiler(t)
	location := "spec.json#" + pointer
	if parameters, ok := at["parameters"]; ok {
		properties := map[string]any{}
		required := []any{}
		for i, parameter := range list(parameters) {
			place, parameter := d.resolve(t, fmt.Sprintf("%s/parameters/%d", pointer, i), object(parameter))
			name := parameter["name"].(string)
			properties[name] = map[string]any{"$ref": "spec.json#" + place + "/schema"}
			if parameter["required"] == true {
				required = append(required, name)
			}
		}
		all := []any{true}
		for i := range list(at["x-oaken-rules"]) {
			all = append(all, map[string]any{"$ref": fmt.Sprintf("spec.json#%s/x-oaken-rules/%d", pointer, i)})
		}
		location = "parameters.json"
		err := compiler.AddResource(location, map[string]any{
			"type":                 "object",
			"properties":           properties,
			"required":             required,
			"allOf":                all,
			"additionalProperties": false,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	schema, err := compiler.Compile(location)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// at returns the object at a JSON pointer.
func (d *doc) at(t *testing.T, pointer string) map[string]any {
	t.Helper()
	at := any(d.root)
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		at = object(at)[strings.NewReplacer("~1", "/", "~0", "~").Replace(token)]
	}
	if object(at) == nil {
		t.Fatalf("nothing at %s", pointer)
	}
	return object(at)
}

// resolve follows a reference, if v is one.
func (d *doc) resolve(t *testing.T, pointer string, v map[string]any) (string, map[string]any) {
	t.Helper()
	if ref, ok := v["$ref"].(string); ok {
		pointer = strings.TrimPrefix(ref, "#")
		return pointer, d.at(t, pointer)
	}
	return pointer, v
}

// node is a part of the document.
type node struct {
	pointer string
	kind    string
	value   map[string]any
	needs   string // member that it must have
}

// texts returns what the node says to people.
func (n node) texts() []string {
	var texts []string
	for _, key := range []string{"summary", "description"} {
		if text, ok := n.value[key].(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// walk visits everything in the document that may be described, once.
func (d *doc) walk(visit func(node)) {
	w := walker(visit)
	w.part("/info", "info", object(d.root["info"]))
	for _, section := range []string{"servers", "tags"} {
		for i, item := range list(d.root[section]) {
			w.part(fmt.Sprintf("/%s/%d", section, i), section, object(item))
		}
	}
	components := object(d.root["components"])
	for _, section := range []string{"securitySchemes", "headers", "parameters", "responses", "schemas"} {
		members := object(components[section])
		for _, name := range slices.Sorted(maps.Keys(members)) {
			w.part("/components/"+section+"/"+name, strings.TrimSuffix(section, "s"), object(members[name]))
		}
	}
	paths := object(d.root["paths"])
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		for method, operation := range object(paths[path]) {
			w.part("/paths/"+strings.ReplaceAll(path, "/", "~1")+"/"+method, "operation", object(operation))
		}
	}
}

type walker func(node)

// part visits a part and what it consists of.
func (w walker) part(pointer, kind string, v map[string]any) {
	if kind == "schema" {
		w.schema(pointer, v, true)
		return
	}
	if v["$ref"] != nil {
		return
	}
	w(node{pointer, kind, v, "description"})
	if schema := object(v["schema"]); schema != nil {
		w.schema(pointer+"/schema", schema, false)
	}
	for media, content := range object(v["content"]) {
		w.schema(pointer+"/content/"+strings.ReplaceAll(media, "/", "~1")+"/schema", object(object(content)["schema"]), true)
	}
	if kind != "operation" {
		return
	}
	w(node{pointer, "summary", map[string]any{"summary": v["summary"]}, "summary"})
	for i, parameter := range list(v["parameters"]) {
		w.part(fmt.Sprintf("%s/parameters/%d", pointer, i), "parameter", object(parameter))
	}
	if body := object(v["requestBody"]); body != nil {
		w.part(pointer+"/requestBody", "requestBody", body)
	}
	for status, response := range object(v["responses"]) {
		w.part(pointer+"/responses/"+status, "response", object(response))
	}
	for i, rule := range list(v["x-oaken-rules"]) {
		w.rule(fmt.Sprintf("%s/x-oaken-rules/%d", pointer, i), object(rule))
	}
}

// schema visits a schema and those inside it. Named says whether it needs a
// description of its own.
func (w walker) schema(pointer string, v map[string]any, named bool) {
	needs := ""
	if named && (v["$ref"] == nil || strings.Contains(pointer, "/properties/")) {
		needs = "description"
	}
	w(node{pointer, "schema", v, needs})
	properties := object(v["properties"])
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		w.schema(pointer+"/properties/"+name, object(properties[name]), true)
	}
	for _, key := range []string{"items", "additionalProperties", "propertyNames"} {
		if inner := object(v[key]); inner != nil && inner["$ref"] == nil {
			w.schema(pointer+"/"+key, inner, true)
		}
	}
	for i, choice := range list(v["anyOf"]) {
		w.schema(fmt.Sprintf("%s/anyOf/%d", pointer, i), object(choice), false)
	}
	for i, choice := range list(v["oneOf"]) {
		w.schema(fmt.Sprintf("%s/oneOf/%d", pointer, i), object(choice), true)
	}
	for i, rule := range list(v["allOf"]) {
		w.rule(fmt.Sprintf("%s/allOf/%d", pointer, i), object(rule))
	}
}

// rule visits the assertions of a rule: what asserts something needs a
// sentence of its own, conditions need none.
func (w walker) rule(pointer string, v map[string]any) {
	if v["if"] != nil {
		for _, key := range []string{"then", "else"} {
			if branch := object(v[key]); branch != nil {
				w.rule(pointer+"/"+key, branch)
			}
		}
		return
	}
	properties := object(v["properties"])
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		w.rule(pointer+"/properties/"+name, object(properties[name]))
	}
	needs := ""
	for key := range v {
		if key != "properties" && key != "description" {
			needs = "description"
		}
	}
	w(node{pointer, "rule", v, needs})
}

// violations returns "path keyword" for each assertion that instance fails,
// sorted. An enumeration, a choice of constants in the document, is "enum".
func violations(schema *jsonschema.Schema, instance any) []string {
	var found []string
	var collect func(e *jsonschema.ValidationError)
	collect = func(e *jsonschema.ValidationError) {
		path := dotted(e.InstanceLocation)
		switch k := e.ErrorKind.(type) {
		case *kind.Required:
			for _, name := range k.Missing {
				found = append(found, join(path, name)+" required")
			}
		case *kind.PropertyNames:
			// The location is overwritten by then; only its length is right.
			for _, path := range holders(instance, "", len(e.InstanceLocation), k.Property) {
				found = append(found, join(path, k.Property)+" propertyNames")
			}
		case *kind.OneOf:
			found = append(found, path+" "+keyword(e))
		default:
			if len(e.Causes) == 0 {
				found = append(found, path+" "+keyword(e))
			}
			for _, cause := range e.Causes {
				collect(cause)
			}
		}
	}
	var invalid *jsonschema.ValidationError
	if errors.As(schema.Validate(instance), &invalid) {
		collect(invalid)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func keyword(e *jsonschema.ValidationError) string {
	switch e.ErrorKind.(type) {
	case *kind.Not:
		return "not"
	case *kind.OneOf: // nowhere else in the document
		return "enum"
	}
	if keywords := e.ErrorKind.KeywordPath(); len(keywords) > 0 {
		return keywords[0]
	}
	return fmt.Sprintf("%T", e.ErrorKind)
}

// holders returns the paths of the objects at a depth that have a member.
func holders(v any, path string, depth int, name string) []string {
	o := object(v)
	if depth == 0 {
		if _, ok := o[name]; ok {
			return []string{path}
		}
		return nil
	}
	var found []string
	for member, inner := range o {
		found = append(found, holders(inner, join(path, member), depth-1, name)...)
	}
	return found
}

func dotted(location []string) string {
	path := ""
	for _, token := range location {
		if _, err := strconv.Atoi(token); err == nil {
			path += "[" + token + "]"
		} else {
			path = join(path, token)
		}
	}
	return path
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func nullable(schema map[string]any) bool {
	if slices.Contains(list(schema["type"]), any("null")) {
		return true
	}
	return slices.ContainsFunc(list(schema["anyOf"]), func(choice any) bool {
		return object(choice)["type"] == "null"
	})
}

func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

var word = regexp.MustCompile(`[\pL\pN_]+`)

func words(text string) []string {
	return word.FindAllString(strings.ToLower(text), -1)
}

func value(t *testing.T, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files like %s (%v)", pattern, err)
	}
	return files
}

// seeds returns the reference documents, where this machine has them.
func seeds(t *testing.T) []string {
	t.Helper()
	folder := os.Getenv("SPEC_SEEDS")
	if folder == "" {
		folder = "../../shared/seeds"
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*.txt"))
	if len(files) == 0 {
		t.Skipf("no reference documents in %s; SPEC_SEEDS names their folder", folder)
	}
	return files
}
