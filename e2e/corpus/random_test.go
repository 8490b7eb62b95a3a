package corpus

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
)

var (
	firstSeed = flag.Int64("seed", 1, "the first seed of the schemas that are made at random")
	seeds     = flag.Int64("seeds", 2, "how many documents of such schemas to make")
)

// TestRandomSchemas makes documents of schemas that combine keywords at random,
// and values at random, and asks a validator that is not ours which of these
// are valid. A value counts as valid here when it decodes and breaks no rule;
// then it has to come back out as it went in.
func TestRandomSchemas(t *testing.T) {
	for seed := *firstSeed; seed < *firstSeed+*seeds; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			randomDocument(t, &random{rand.New(rand.NewSource(seed))})
		})
	}
}

const (
	schemasEach = 60 // in a document
	valuesEach  = 60 // of a schema
)

func randomDocument(t *testing.T, r *random) {
	schemas, values := map[string]any{}, map[string][]any{}
	for i := range schemasEach {
		name := "S" + strconv.Itoa(i)
		schemas[name] = r.schema(2+r.Intn(2), i)
		for range valuesEach {
			values[name] = append(values[name], r.value(3))
		}
	}
	compareSchemas(t, schemas, values)
}

// compareSchemas makes a document of schemas, and holds what is said of the
// values of each against the other validator.
func compareSchemas(t *testing.T, schemas map[string]any, values map[string][]any) {
	all, names := map[string]any{}, map[string]string{}
	for name, schema := range schemas {
		names[name] = "Wrapped" + name
		all[name] = schema
		all[names[name]] = map[string]any{
			"type": "object", "required": []any{"value"}, "properties": map[string]any{"value": map[string]any{"$ref": "#/components/schemas/" + name}},
		}
	}
	text, err := json.Marshal(map[string]any{
		"openapi": "3.1.0", "info": map[string]any{"title": "Random", "version": "1"}, "paths": map[string]any{},
		"components": map[string]any{"schemas": all},
	})
	require.NoError(t, err)
	dir := t.TempDir()
	spec := filepath.Join(dir, "openapi.json")
	require.NoError(t, os.WriteFile(spec, text, 0o600))
	generated, err := generator.Generate(t.Context(), generator.Options{Config: generator.Config{Spec: spec, Out: "api", Package: "api"}})
	require.NoError(t, err)
	examples, valid := judged(t, text, values)
	for i, got := range runProgram(t, filepath.Join(dir, "program"), generated.Files, names, examples) {
		name, value := examples[i].target, examples[i].value
		accepted := got.Decode == "" && len(got.Broken) == 0
		if back, err := decoded(got.Out); accepted != valid[i] || accepted && (err != nil || !equal(back, map[string]any{"value": value})) {
			schema, _ := json.Marshal(schemas[name])
			value, _ := json.Marshal(value)
			t.Fatalf("%s\n%s\nvalid: %v, and here %s%s, %s", schema, value, valid[i], got.Decode, strings.Join(got.Broken, "; "), got.Out)
		}
	}
}

// judged lists the values of all schemas, and tells which are valid.
func judged(t *testing.T, text []byte, values map[string][]any) (all []example, valid []bool) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource("http://example.com/openapi.json", doc))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		schema, err := compiler.Compile("http://example.com/openapi.json#/components/schemas/" + name)
		require.NoError(t, err)
		for _, value := range values[name] {
			text, err := json.Marshal(value)
			require.NoError(t, err)
			value, err := decoded(text)
			require.NoError(t, err)
			all = append(all, example{target: name, value: value})
			valid = append(valid, schema.Validate(value) == nil)
		}
	}
	return all, valid
}

// random makes schemas and values.
type random struct{ *rand.Rand }

func (r *random) chance(p float64) bool { return r.Float64() < p }

func (r *random) any(list ...any) any { return list[r.Intn(len(list))] }

var members = []string{"a", "b", "c", "kind", "x1"}

func (r *random) member() any { return members[r.Intn(len(members))] }

// constant is a value that a schema lists.
func (r *random) constant() any {
	return r.any("a", "b", "", "cat", 1, 2, 1.5, true, false, nil, map[string]any{"a": 1}, []any{1})
}

func (r *random) value(depth int) any {
	switch k := r.Intn(12); {
	case k >= 8 && depth <= 0, k < 3:
		return r.any("a", "b", "", "abc", "x", "cat", "dog")
	case k < 6:
		return r.any(0, 1, 2, 5, -1, 100, 1.5, 0.25)
	case k < 8:
		return r.any(true, false, nil)
	case k < 10:
		object := map[string]any{}
		for _, name := range members {
			if r.chance(0.4) {
				object[name] = r.value(depth - 1)
			}
		}
		return object
	}
	list := []any{}
	for range r.Intn(4) {
		list = append(list, r.value(depth-1))
	}
	return list
}

// schema returns a schema that may refer to those before number below.
func (r *random) schema(depth, below int) any {
	ref := func() any { return "#/components/schemas/S" + strconv.Itoa(r.Intn(below)) }
	if depth <= 0 || r.chance(0.1) {
		if below > 0 && r.chance(0.15) {
			return map[string]any{"$ref": ref()}
		}
		return r.any(map[string]any{"type": r.any("string", "integer", "number", "boolean", "object")},
			map[string]any{"enum": []any{r.constant(), r.constant()}}, map[string]any{"const": r.any("cat", "dog", 1, true)},
			map[string]any{}, map[string]any{"type": "string", "enum": []any{"a", "b"}})
	}
	if r.chance(0.05) {
		return r.alternatives(depth, below)
	}
	s := map[string]any{}
	if below > 0 && r.chance(0.25) {
		s["$ref"] = ref()
		if r.chance(0.5) {
			return s
		}
	}
	types := []any{"object", "object", "object", "array", "array", "string", "integer", "number", "boolean"}
	if r.chance(0.65) {
		s["type"] = r.any(types...)
		if second := r.any(append(types, "null", "null")...); second != s["type"] && r.chance(0.2) {
			s["type"] = []any{s["type"], second}
		}
	}
	sub := func() any { return r.schema(depth-1, below) }
	r.aboutObjects(s, sub)
	r.aboutOthers(s, sub)
	for _, keyword := range []string{"allOf", "anyOf", "oneOf"} {
		if r.chance(0.17) {
			s[keyword] = []any{sub(), sub(), r.any(sub(), map[string]any{"type": "null"})}[:2+r.Intn(2)]
		}
	}
	return s
}

// alternatives are objects of which some have a constant, in a member that
// others may have as well.
func (r *random) alternatives(depth, below int) any {
	var list []any
	for _, kind := range []any{"cat", "dog", "a"}[:2+r.Intn(2)] {
		properties := map[string]any{r.member().(string): r.schema(depth-2, below)}
		r.set(properties, 0.6, "kind", map[string]any{"const": kind})
		s := map[string]any{"type": "object", "properties": properties, "required": []any{r.any("kind", "kind", r.member())}}
		r.set(s, 0.3, "additionalProperties", r.any(false, r.schema(depth-2, below)))
		list = append(list, s)
	}
	return map[string]any{r.any("oneOf", "anyOf").(string): list}
}

// set adds a keyword with a probability.
func (r *random) set(s map[string]any, p float64, keyword string, argument any) {
	if r.chance(p) {
		s[keyword] = argument
	}
}

func (r *random) aboutObjects(s map[string]any, sub func() any) {
	if s["type"] != nil && s["type"] != "object" {
		return
	}
	properties := map[string]any{}
	for _, name := range members[:4] {
		r.set(properties, 0.3, name, sub())
	}
	r.set(properties, 0.2, "kind", map[string]any{"const": r.any("cat", "dog")})
	r.set(s, 0.8, "properties", properties)
	r.set(s, 0.3, "required", []any{r.member()})
	r.set(s, 0.25, "additionalProperties", r.any(false, true, sub(), sub()))
	r.set(s, 0.1, "patternProperties", map[string]any{"^x": sub()})
	r.set(s, 0.1, "minProperties", 1)
	r.set(s, 0.06, "dependentRequired", map[string]any{"a": []any{"b"}})
	r.set(s, 0.05, "unevaluatedProperties", r.any(false, sub()))
}

func (r *random) aboutOthers(s map[string]any, sub func() any) {
	is := func(types ...any) bool {
		for _, t := range append(types, nil) {
			if s["type"] == t {
				return true
			}
		}
		return false
	}
	if is("array") {
		r.set(s, 0.6, "items", sub())
		r.set(s, 0.12, "prefixItems", []any{sub(), sub()})
		r.set(s, 0.1, "contains", sub())
		r.set(s, 0.1, "minItems", 1)
	}
	if is("string") {
		r.set(s, 0.2, "maxLength", 2)
	}
	if is("integer", "number") {
		r.set(s, 0.2, "minimum", 1)
	}
	r.set(s, 0.06, "enum", []any{r.constant(), r.constant(), r.constant()})
	r.set(s, 0.03, "const", r.any("a", 1, true, map[string]any{"a": 1}))
	r.set(s, 0.05, "not", sub())
	if r.chance(0.04) {
		s["if"], s["then"] = sub(), sub()
	}
}
