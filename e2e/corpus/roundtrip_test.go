package corpus

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
)

// TestExamplesRoundTrip decodes and encodes every example of every document as
// what its schema became. It comes back out as it went in, or it is reported:
// not to be decoded, or broken rules. Whether a reported one really does not
// match its schema is asked of a validator that is not ours.
func TestExamplesRoundTrip(t *testing.T) {
	for _, path := range documents(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			roundTrip(t, path)
		})
	}
}

func roundTrip(t *testing.T, path string) {
	doc := read(t, path)
	examples := examplesOf(doc)
	wrapped, names := wrap(doc, examples)
	dir := t.TempDir()
	text, err := json.Marshal(wrapped)
	require.NoError(t, err)
	spec := filepath.Join(dir, "openapi.json")
	require.NoError(t, os.WriteFile(spec, text, 0o600))
	r, err := generator.Generate(t.Context(), generator.Options{Config: generator.Config{Spec: spec, Out: "api", Package: "api"}})
	var found generator.Diagnostics
	if errors.As(err, &found) && dangling(t, found) {
		t.Skipf("the document has dangling references, and nothing is generated for it: %v", found[0])
	}
	require.NoError(t, err)
	if len(examples) == 0 {
		t.Log("the document has no examples")
		return
	}
	results := runProgram(t, filepath.Join(dir, "program"), r.Files, names, examples)
	newJudge(t, text).table(t, examples, names, results)
}

// dangling tells whether all that is wrong with a document is that references
// lead nowhere, and ends the test where it is something else.
func dangling(t *testing.T, found generator.Diagnostics) bool {
	for _, d := range found {
		require.Equal(t, "unresolved-ref", d.Code, d.String())
	}
	return len(found) > 0
}

// wrap makes a document without paths in which each schema with examples is the
// member value of an object: what Unmarshal takes is an object. It returns the
// names of these objects by the pointers of the schemas.
func wrap(doc map[string]any, examples []example) (wrapped map[string]any, names map[string]string) {
	c := &collector{doc: doc}
	schemas := maps.Clone(object(object(doc["components"])["schemas"]))
	if schemas == nil {
		schemas = map[string]any{}
	}
	names = map[string]string{}
	for _, e := range examples {
		if names[e.target] != "" {
			continue
		}
		names[e.target] = fmt.Sprintf("OakenExample%d", len(names))
		schema := c.lookup("#" + e.target)
		if strings.HasPrefix(e.target, "/components/schemas/") {
			schema = map[string]any{"$ref": "#" + e.target}
		}
		schemas[names[e.target]] = map[string]any{"type": "object", "properties": map[string]any{"value": schema}}
	}
	return map[string]any{
		"openapi": doc["openapi"], "info": doc["info"], "paths": map[string]any{}, "components": map[string]any{"schemas": schemas},
	}, names
}

// result is what the program says of one example.
type result struct {
	Out      json.RawMessage
	Decode   string   // why it was not decoded
	Encode   string   // why it was not encoded
	Broken   []string // the violations
	Keywords []string // of which keywords
}

// runProgram builds a program with a generated package and has it decode and
// encode the examples.
func runProgram(t *testing.T, dir string, files map[string][]byte, names map[string]string, examples []example) []result {
	main, err := os.ReadFile(filepath.Join("testdata", "roundtrip", "main.go"))
	require.NoError(t, err)
	all := map[string][]byte{"go.mod": []byte("module corpus\n\ngo 1.26\n"), "main.go": main}
	list := "package main\n\nimport \"corpus/api\"\n\nvar types = map[string]any{\n"
	for _, name := range names {
		list += fmt.Sprintf("\t%q: (*api.%s)(nil),\n", name, name)
	}
	all["types.go"] = []byte(list + "}\n")
	for name, text := range files {
		all[filepath.Join("api", name)] = text
	}
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "api"), 0o700))
	for name, text := range all {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), text, 0o600))
	}
	var in bytes.Buffer
	for _, e := range examples {
		require.NoError(t, json.NewEncoder(&in).Encode(map[string]any{"type": names[e.target], "value": map[string]any{"value": e.value}}))
	}
	run := exec.CommandContext(t.Context(), "go", "run", ".")
	run.Dir, run.Stdin = dir, &in
	run.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	var failure bytes.Buffer
	run.Stderr = &failure
	out, err := run.Output()
	require.NoError(t, err, "%s", failure.String())
	var results []result
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var r result
		require.NoError(t, d.Decode(&r))
		results = append(results, r)
	}
	require.Len(t, results, len(examples))
	return results
}

// judge validates with a library.
type judge struct {
	doc     *openapi3.T
	options []openapi3.SchemaValidationOption
}

// init adds the formats that the documents use and the library has no check of,
// or a loose one: those of a URI, by the characters of RFC 3986 where each may
// stand, of a UUID (RFC 9562, 4), of
// a mailbox (RFC 5321, 4.1.2 and 4.5.3.1.1), and of base64 (RFC 4648, 4).
func init() {
	openapi3.DefineStringFormatValidator("uri", openapi3.NewRegexpFormatValidator(
		`^[A-Za-z][A-Za-z0-9+.-]*:(//[^/?#]*)?([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*(#([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$`))
	openapi3.DefineStringFormatValidator("uuid", openapi3.NewRegexpFormatValidator(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`))
	openapi3.DefineStringFormatValidator("email", openapi3.NewCallbackValidator(func(text string) error {
		address, err := mail.ParseAddress(text)
		if local, _, _ := strings.Cut(text, "@"); err == nil && (address.Address != text || len(local) > 64) {
			err = errors.New("is no mailbox of RFC 5321")
		}
		return err
	}))
	openapi3.DefineStringFormatValidator("byte", openapi3.NewCallbackValidator(func(text string) error {
		_, err := base64.StdEncoding.Strict().DecodeString(text)
		return err
	}))
}

func newJudge(t *testing.T, text []byte) *judge {
	doc, err := openapi3.NewLoader().LoadFromData(text)
	require.NoError(t, err)
	j := &judge{doc: doc, options: []openapi3.SchemaValidationOption{openapi3.EnableFormatValidation(), openapi3.MultiErrors()}}
	if doc.IsOpenAPI31OrLater() {
		j.options = append(j.options, openapi3.EnableJSONSchema2020())
	}
	return j
}

// refuses returns what the library says against a value, nil if it matches.
func (j *judge) refuses(name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		return err
	}
	return j.doc.Components.Schemas[name].Value.VisitJSON(map[string]any{"value": plain}, j.options...)
}

// table holds every example to what is asked of it, and logs the counts.
func (j *judge) table(t *testing.T, examples []example, names map[string]string, results []result) {
	same, reported := 0, 0
	var places []string
	for i, e := range examples {
		r := results[i]
		back, err := decoded(r.Out)
		kept := r.Decode == "" && r.Encode == "" && err == nil && equal(back, map[string]any{"value": e.value})
		said := r.Decode != "" || len(r.Broken) > 0
		switch {
		case !kept && !said:
			t.Errorf("%s became %s, %s", e.pointer, r.Out, r.Encode)
			continue
		case kept:
			same++
		}
		if !said {
			continue
		}
		reported++
		reason := r.Decode + strings.Join(r.Broken, "; ")
		if len(places) < 5 {
			places = append(places, e.pointer+": "+reason)
		}
		if j.refuses(names[e.target], e.value) == nil {
			t.Errorf("%s is reported, and matches its schema: %s", e.pointer, reason)
		}
	}
	t.Logf("%d examples: %d come back as they are, %d are reported as not matching their schema\n%s",
		len(examples), same, reported, strings.Join(places, "\n"))
}

// equal compares JSON values, numbers exactly.
func equal(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for key, x := range a {
			if y, there := b[key]; !there || !equal(x, y) {
				return false
			}
		}
		return true
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !equal(a[i], b[i]) {
				return false
			}
		}
		return true
	case json.Number:
		b, ok := b.(json.Number)
		x, good := new(big.Rat).SetString(string(a))
		y, fine := new(big.Rat).SetString(string(b))
		return ok && good && fine && x.Cmp(y) == 0
	}
	return a == b
}
