package generator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/oaken-go/oaken/generator"
)

// hostileDocument is a document that wants to do harm, and what has to become
// of it.
type hostileDoc struct {
	name  string
	text  func() string     // of the document
	large bool              // takes seconds
	file  string            // its name; input.yaml where it is empty
	more  map[string]string // other files
	// prepare makes what is no file in the document's folder.
	prepare func(t *testing.T, dir string)
	// want are the codes of the diagnostics, each once, or nothing where a package
	// comes out; with *, either is right, as long as it comes to an end.
	want string
}

// The bounds that a hostile document has to keep, whatever it is.
const (
	hostileTime   = 20 * time.Second // of a processor
	hostileMemory = 2 << 30
	hostileWait   = 5 * time.Minute // for what hangs: a busy machine takes long for little
)

const head31 = "openapi: 3.1.0\ninfo: {title: Test, version: \"1\"}\npaths: {}\n"

func fixed(text string) func() string { return func() string { return text } }

// only is a document of schemas.
func only(text string) func() string {
	return fixed(head31 + "components:\n  schemas:\n" + text)
}

// namesakeMembers is an object whose n members would all have one Go name: what
// separates their words differs.
func namesakeMembers(n int) func() string {
	return func() string {
		var b strings.Builder
		b.WriteString(head31 + "components:\n  schemas:\n    A:\n      type: object\n      properties:\n")
		for i := range n {
			b.WriteString("        \"a")
			for bit := range 14 {
				b.WriteString([]string{"_x", "-x"}[i>>bit&1])
			}
			b.WriteString("\": {type: string}\n")
		}
		return b.String()
	}
}

// repeated puts n texts between two others; each %d is the number of the text.
func repeated(before, each, after string, n int) func() string {
	return func() string {
		var b strings.Builder
		b.WriteString(before)
		for i := range n {
			b.WriteString(strings.ReplaceAll(strings.ReplaceAll(each, "%d", fmt.Sprint(i)), "%n", fmt.Sprint(i+1)))
		}
		b.WriteString(after)
		return b.String()
	}
}

// nested puts n times one text before and another one after a third.
func nested(before, open, inside, closing, after string, n int) func() string {
	return func() string {
		return before + strings.Repeat(open, n) + inside + strings.Repeat(closing, n) + after
	}
}

// filesInARow writes files each of which refers to the next.
func filesInARow(n int) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		for i := range n {
			writeFile(t, dir, fmt.Sprintf("f%d.yaml", i), fmt.Sprintf("properties: {a: {$ref: f%d.yaml}}", i+1))
		}
		writeFile(t, dir, fmt.Sprintf("f%d.yaml", n), "type: string")
	}
}

const (
	jsonHead = `{"openapi":"3.1.0","info":{"title":"T","version":"1"},"components":{"schemas":{"A":`
	jsonTail = `}}}`
)

var hostileDocs = slices.Concat(cycles, deep, bombs, nothing, wide, oddFiles, oddTexts)

var cycles = []hostileDoc{
	{name: "alias of itself", want: "circular-reference", text: only("    A: {$ref: '#/components/schemas/A'}\n")},
	{name: "aliases in a circle", want: "circular-reference", text: only("    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}\n")},
	{name: "aliases in a circle of files", want: "circular-reference", text: only("    A: {$ref: 'a.yaml'}\n"), more: map[string]string{"a.yaml": "$ref: b.yaml", "b.yaml": "$ref: a.yaml#"}},
	{name: "files in a circle", text: only("    A: {$ref: 'a.yaml'}\n"), more: map[string]string{"a.yaml": "properties: {b: {$ref: b.yaml}}", "b.yaml": "properties: {a: {$ref: a.yaml}}"}},
	{name: "ids in a circle", want: "circular-reference", text: only("    A: {$id: 'urn:a', $ref: 'urn:b'}\n    B: {$id: 'urn:b', $ref: 'urn:a'}\n")},
	{name: "ids that count from each other", want: "external-ref", text: only("    A: {$id: 'b/', properties: {a: {$id: 'b/', properties: {a: {$id: 'b/', properties: {a: {$ref: '../../..'}}}}}}}\n")},
	{name: "anchor of itself", want: "circular-reference", text: only("    A: {$anchor: a, $ref: '#a'}\n")},
	{name: "dynamic anchor of itself", want: "circular-reference", text: only("    A: {$dynamicAnchor: a, $dynamicRef: '#a'}\n")},
	{name: "allOf of itself", want: "*", text: only("    A: {allOf: [{$ref: '#/components/schemas/A'}]}\n")},
	{name: "anyOf of itself", want: "*", text: only("    A: {anyOf: [{$ref: '#/components/schemas/A'}, {type: string}]}\n")},
	{name: "oneOf in a circle", want: "*", text: only("    A: {oneOf: [{$ref: '#/components/schemas/B'}, {type: string}]}\n    B: {oneOf: [{$ref: '#/components/schemas/A'}, {type: integer}]}\n")},
	{name: "not of itself", want: "*", text: only("    A: {type: object, not: {$ref: '#/components/schemas/A'}}\n")},
	{name: "if of itself", want: "*", text: only("    A: {type: object, if: {$ref: '#/components/schemas/A'}, then: {$ref: '#/components/schemas/A'}}\n")},
	{name: "members beside a circle", want: "circular-reference", text: only("    A: {maxLength: 3, $ref: '#/components/schemas/A'}\n")},
	{name: "list of itself", want: "*", text: only("    A: {type: array, items: {$ref: '#/components/schemas/A'}}\n")},
	{name: "map of itself", want: "*", text: only("    A: {type: object, additionalProperties: {$ref: '#/components/schemas/A'}}\n")},
	{name: "required infinite object", want: "endless-value", text: only("    A: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A'}}}\n")},
	{name: "required infinite objects", want: "endless-value", text: only("    A: {type: object, required: [b], properties: {b: {$ref: '#/components/schemas/B'}}}\n    B: {type: object, required: [a], properties: {a: {allOf: [{$ref: '#/components/schemas/A'}]}}}\n")},
	{name: "inside of itself", want: "unresolved-ref", text: only("    A: {type: object, properties: {a: {$ref: '#/components/schemas/A/properties/a/properties/b'}}}\n")},
	{name: "property that is itself", want: "circular-reference", text: only("    A: {type: object, properties: {a: {$ref: '#/components/schemas/A/properties/a'}}}\n")},
	{name: "discriminator of itself", want: "*", text: only("    A: {type: object, discriminator: {propertyName: a, mapping: {a: '#/components/schemas/A'}}, oneOf: [{$ref: '#/components/schemas/A'}], properties: {a: {type: string}}}\n")},
	{name: "the whole document as a schema", want: "wrong-reference", text: only("    A: {$ref: '#'}\n")},
	{name: "all schemas as a schema", want: "wrong-reference", text: only("    A: {$ref: '#/components/schemas'}\n")},
	{name: "components as a schema", want: "wrong-reference", text: only("    A: {type: object, properties: {a: {$ref: '#/components'}}}\n")},
	{name: "parameters in a circle", want: "circular-reference", text: fixed("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {parameters: [{$ref: '#/components/parameters/A'}]}}\ncomponents: {parameters: {A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'}}}\n")},
	{name: "every part of itself", want: "circular-reference", text: fixed(`openapi: 3.1.0
info: {title: T, version: "1"}
paths: {/a: {$ref: "#/paths/~1a"}}
components:
  parameters: {A: {$ref: "#/components/parameters/A"}}
  responses: {A: {$ref: "#/components/responses/A"}}
  requestBodies: {A: {$ref: "#/components/requestBodies/A"}}
  headers: {A: {$ref: "#/components/headers/A"}}
  examples: {A: {$ref: "#/components/examples/A"}}
  links: {A: {$ref: "#/components/links/A"}}
  callbacks: {A: {$ref: "#/components/callbacks/A"}}
  securitySchemes: {A: {$ref: "#/components/securitySchemes/A"}}
`)},
	{name: "path items in a circle of files", want: "circular-reference", text: fixed("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: a.yaml}}\n"), more: map[string]string{"a.yaml": "$ref: b.yaml\nsummary: s", "b.yaml": "$ref: a.yaml"}},
	{name: "path item in its own callback", want: "circular-reference", text: fixed("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: a.yaml}}\n"), more: map[string]string{"a.yaml": "post: {responses: {default: {description: d}}, callbacks: {c: {x: {$ref: a.yaml}}}}"}},
	{name: "schema that is a file of the document", want: "circular-reference", text: only("    A: {$ref: 'input.yaml#/components/schemas/B'}\n    B: {$ref: 'input.yaml#/components/schemas/A'}\n")},
	{name: "everything refers to everything", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: object, properties: {"+strings.Repeat("a: {$ref: '#/components/schemas/A%n'}, ", 1)+"b: {$ref: '#/components/schemas/A0'}}}\n", "    A2000: {type: object, properties: {a: {$ref: '#/components/schemas/A0'}}}\n", 2000)},
}

var deep = []hostileDoc{
	{name: "lists in JSON", want: "too-deep", file: "input.json", text: nested(`{"openapi":"3.1.0","x":`, "[", "0", "]", "}", 5000)},
	{name: "objects in JSON", want: "too-deep", file: "input.json", text: nested(`{"openapi":"3.1.0","x":`, `{"a":`, "0", "}", "}", 5000)},
	{name: "100,000 lists in JSON", want: "too-deep", file: "input.json", text: nested(`{"openapi":"3.1.0","x":`, "[", "0", "]", "}", 100_000)},
	{name: "flow lists in YAML", want: "too-deep", text: nested(head31+"x-a: ", "[", "0", "]", "\n", 5000)},
	{name: "flow objects in YAML", want: "too-deep", text: nested(head31+"x-a: ", "{a: ", "0", "}", "\n", 5000)},
	{name: "block objects in YAML", want: "too-deep", text: func() string {
		var b strings.Builder
		b.WriteString(head31)
		for i := range 5000 {
			b.WriteString(strings.Repeat(" ", i) + "x-a:\n")
		}
		return b.String()
	}},
	{name: "block lists in YAML", want: "too-deep", text: nested(head31+"x-a:\n ", "- ", "a", "", "\n", 5000)},
	{name: "properties", want: "too-deep", file: "input.json", text: nested(jsonHead, `{"type":"object","properties":{"a":`, "{}", "}}", jsonTail, 5000)},
	{name: "properties, as deep as may be", file: "input.json", text: nested(jsonHead, `{"type":"object","properties":{"a":`, "{}", "}}", jsonTail, 490)},
	{name: "required properties, as deep as may be", file: "input.json", text: nested(jsonHead, `{"type":"object","required":["a"],"properties":{"a":`, "{}", "}}", jsonTail, 490)},
	{name: "allOf", want: "too-deep", file: "input.json", text: nested(jsonHead, `{"allOf":[`, `{"type":"object"}`, "]}", jsonTail, 5000)},
	{name: "allOf, as deep as may be", file: "input.json", text: nested(jsonHead, `{"allOf":[`, `{"type":"object"}`, "]}", jsonTail, 490)},
	{name: "anyOf, as deep as may be", want: "*", file: "input.json", text: nested(jsonHead, `{"anyOf":[{"type":"string"},`, `{"type":"object"}`, "]}", jsonTail, 490)},
	{name: "oneOf, as deep as may be", want: "*", file: "input.json", text: nested(jsonHead, `{"oneOf":[{"type":"integer"},`, `{"type":"object"}`, "]}", jsonTail, 490)},
	{name: "items", want: "too-deep", file: "input.json", text: nested(jsonHead, `{"type":"array","items":`, "{}", "}", jsonTail, 5000)},
	{name: "items, as deep as may be", file: "input.json", text: nested(jsonHead, `{"type":"array","items":`, `{"type":"string"}`, "}", jsonTail, 980)},
	{name: "additionalProperties, as deep as may be", file: "input.json", text: nested(jsonHead, `{"type":"object","additionalProperties":`, `{"type":"string"}`, "}", jsonTail, 980)},
	{name: "not, as deep as may be", file: "input.json", text: nested(jsonHead, `{"type":"string","not":`, `{"maxLength":1}`, "}", jsonTail, 980)},
	{name: "if, as deep as may be", file: "input.json", text: nested(jsonHead, `{"type":"string","if":`, `{"maxLength":1}`, `,"then":{"minLength":2}}`, jsonTail, 980)},
	{name: "5,000 aliases", want: "too-deep", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {$ref: '#/components/schemas/A%n'}\n", "    A5000: {type: object}\n", 5000)},
	{name: "5,000 objects in a row", large: true, text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: object, properties: {a: {$ref: '#/components/schemas/A%n'}}}\n", "    A5000: {type: object}\n", 5000)},
	{name: "5,000 required objects in a row", large: true, text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/A%n'}}}\n", "    A5000: {type: object}\n", 5000)},
	{name: "5,000 lists in a row", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: array, items: {$ref: '#/components/schemas/A%n'}}\n", "    A5000: {type: string}\n", 5000)},
	{name: "5,000 allOf in a row", large: true, want: "*", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {allOf: [{$ref: '#/components/schemas/A%n'}, {type: object, properties: {a%d: {type: string}}}]}\n", "    A5000: {type: object}\n", 5000)},
	{name: "5,000 oneOf in a row", large: true, want: "*", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {oneOf: [{$ref: '#/components/schemas/A%n'}, {type: object, required: [a%d], properties: {a%d: {type: string}}}]}\n", "    A5000: {type: object}\n", 5000)},
	{name: "5,000 nots in a row", large: true, want: "*", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: object, not: {$ref: '#/components/schemas/A%n'}}\n", "    A5000: {type: object}\n", 5000)},
	{name: "1,000 files in a row", text: only("    A: {$ref: f0.yaml}\n"), prepare: filesInARow(1000)},
	{name: "3,000 files in a row", want: "unresolved-ref", text: only("    A: {$ref: f0.yaml}\n"), prepare: filesInARow(3000)},
	{name: "a pointer of 100,000 parts", want: "unresolved-ref", text: func() string {
		return head31 + "components: {schemas: {A: {$ref: '#" + strings.Repeat("/a", 100_000) + "'}}}\n"
	}},
	{name: "a reference of a megabyte", want: "unresolved-ref", text: func() string {
		return head31 + "components: {schemas: {A: {$ref: '" + strings.Repeat("a", 1<<20) + "'}}}\n"
	}},
	{name: "a path of 100,000 parts", want: "too-long", file: "input.json", text: nested(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"`, "/a", "", "", `":{"get":{"responses":{"default":{"description":"d"}}}}}}`, 100_000)},
}

var bombs = []hostileDoc{
	{name: "YAML aliases", want: "alias-expansion", text: repeated(head31+"x-a0: &a0 [x, x, x, x, x, x, x, x, x]\n", "x-a%n: &a%n [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", "", 20)},
	{name: "YAML merge keys", want: "alias-expansion", text: repeated(head31+"x-a0: &a0 {a: 1, b: 2}\n", "x-a%n: &a%n {<<: [*a%d, *a%d, *a%d, *a%d], k%d: 1, l%d: *a%d, m%d: *a%d}\n", "", 40)},
	{name: "YAML alias of itself", want: "alias-cycle", text: fixed(head31 + "x-a: &a [*a]\n")},
	{name: "YAML merge of itself", want: "alias-cycle", text: fixed(head31 + "x-a: &a {<<: *a}\n")},
	{name: "YAML aliases in keys", text: fixed(head31 + "x-a: &a b\n*a : {*a : *a}\n")},
	{name: "allOf twice", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {allOf: [{$ref: '#/components/schemas/A%n'}, {$ref: '#/components/schemas/A%n'}]}\n", "    A40: {type: object, properties: {a: {type: string}}}\n", 40)},
	{name: "anyOf twice", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {anyOf: [{$ref: '#/components/schemas/A%n'}, {$ref: '#/components/schemas/A%n'}]}\n", "    A40: {type: object, properties: {a: {type: string}}}\n", 40)},
	{name: "oneOf twice", want: "*", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {oneOf: [{$ref: '#/components/schemas/A%n'}, {$ref: '#/components/schemas/A%n'}]}\n", "    A40: {type: string}\n", 40)},
	{name: "not twice", want: "*", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: string, not: {anyOf: [{$ref: '#/components/schemas/A%n'}, {$ref: '#/components/schemas/A%n'}]}}\n", "    A40: {type: string, maxLength: 3}\n", 40)},
	{name: "if twice", want: "*", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {if: {$ref: '#/components/schemas/A%n'}, then: {$ref: '#/components/schemas/A%n'}, else: {$ref: '#/components/schemas/A%n'}}\n", "    A40: {maxLength: 3}\n", 40)},
	{name: "properties twice", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: object, required: [a, b], properties: {a: {$ref: '#/components/schemas/A%n'}, b: {$ref: '#/components/schemas/A%n'}}}\n", "    A40: {type: string}\n", 40)},
	{name: "dependentSchemas twice", want: "*", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: object, dependentSchemas: {a: {$ref: '#/components/schemas/A%n'}, b: {$ref: '#/components/schemas/A%n'}}}\n", "    A40: {type: object, required: [a]}\n", 40)},
	{name: "path items that are copied", want: "too-large", text: repeated("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n", "  /a%d: {$ref: big.yaml}\n", "", 20_000), prepare: func(t *testing.T, dir string) {
		text := repeated("x-a: [", "%d,", "]\nget: {responses: {default: {description: d}}}\n", 10_000)()
		writeFile(t, dir, "big.yaml", text)
	}},
	{name: "path items that double", want: "too-large", text: repeated("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n", "  /a%d: {post: {responses: {default: {description: d}}, callbacks: {a: {x: {$ref: '#/paths/~1a%n'}}, b: {x: {$ref: '#/paths/~1a%n'}}}}}\n", "  /a40: {}\n", 40)},
	{name: "numbers with large exponents", want: "*", file: "input.json", text: fixed(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"components":{"schemas":{"A":{"type":"integer","minimum":1e999999999,"maximum":-1e999999999,"multipleOf":1e-999999999,"enum":[1e999999999,0e999999999],"const":1e2147483648,"default":1e99999999999999999999},"B":{"type":"string","maxLength":1e999999999},"C":{"type":"string","minLength":1e18446744073709551616}}}}`)},
	{name: "numbers with many digits", file: "input.json", text: func() string {
		return `{"openapi":"3.1.0","info":{"title":"T","version":"1"},"components":{"schemas":{"A":{"type":"number","minimum":` + strings.Repeat("9", 1<<20) + `,"multipleOf":0.` + strings.Repeat("1", 1<<20) + `},"B":{"type":"string","maxLength":1` + strings.Repeat("0", 1<<20) + `}}}}`
	}},
	{name: "patterns that grow", large: true, want: "*", text: only("    A: {type: string, pattern: '((((((a{1,1000}){1,1000}){1,1000}){1,1000})+)+)+$'}\n    B: {type: string, pattern: '" + strings.Repeat("(", 5000) + "a" + strings.Repeat(")", 5000) + "'}\n    C: {type: string, pattern: '" + strings.Repeat("[a-z]{0,999}", 1000) + "'}\n")},
}

const hundred = 100 << 20

var nothing = []hostileDoc{
	{name: "spaces", want: "empty-document", text: nested("", " ", "", "", "", hundred)},
	{name: "empty lines in JSON", want: "empty-document", file: "input.json", text: nested("", "\n", "", "", "", hundred)},
	{name: "tabs", want: "empty-document", text: nested("", "\t", "", "", "", hundred)},
	{name: "zero bytes", want: "not-yaml", text: nested("", "\x00", "", "", "", hundred)},
	{name: "comments", want: "too-large", text: nested(head31, "#\n", "", "", "", hundred/2)},
	{name: "one comment", large: true, text: nested(head31+"#", "x", "", "", "\n", hundred)},
	{name: "nulls", want: "too-large", file: "input.json", text: nested(`{"openapi":"3.1.0","x":[`, "null,", "null", "", "]}", hundred/5)},
	{name: "nulls, as many as may be", large: true, file: "input.json", text: nested(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"x-a":[`, "null,", "null", "", "]}", 2_400_000)},
	{name: "nulls in YAML, as many as may be", large: true, text: nested(head31+"x-a: [", "~,", "~", "", "]\n", 2_400_000)},
	{name: "lines in YAML, as many as may be", large: true, text: nested(head31+"x-a:\n", "- a\n", "", "", "", 2_400_000)},
	{name: "one text", large: true, file: "input.json", text: nested(`{"openapi":"3.1.0","info":{"title":"T","version":"1","description":"`, "x", "", "", `"},"paths":{}}`, hundred)},
	{name: "one text in YAML", large: true, text: nested(head31+"x-a: ", "x", "", "", "\n", hundred)},
	{name: "one folded text in YAML", want: "too-large", text: nested(head31+"x-a: >\n", " x\n", "", "", "\n", hundred/3)},
	{name: "one number", large: true, file: "input.json", text: nested(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"x-a":1`, "0", "", "", `}`, hundred)},
	{name: "open brackets", want: "too-large", text: nested("", "[", "", "", "", hundred)},
	{name: "open brackets in JSON", want: "too-large", file: "input.json", text: nested("{\"a\":", "[", "", "", "", hundred)},
	{name: "open braces", want: "too-large", text: nested("", "{", "", "", "", hundred)},
	{name: "dashes", want: "too-large", text: nested("", "- ", "", "", "", hundred/2)},
	{name: "question marks", want: "too-large", text: nested("", "? ", "", "", "", hundred/2)},
	{name: "small keys", want: "too-large", file: "input.json", text: repeated(`{"openapi":"3.1.0"`, `,"x%d":0`, "}", 8_000_000)},
	{name: "small keys, as many as may be", large: true, file: "input.json", text: repeated(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{}`, `,"x-%d":0`, "}", 2_400_000)},
	{name: "the same key", large: true, want: "duplicate-key too-many-problems", file: "input.json", text: repeated(`{"openapi":"3.1.0"`, `,"a":0`, "}", 2_400_000)},
	{name: "empty schemas, as many as may be", want: "too-large", file: "input.json", text: repeated(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"components":{"schemas":{"A":{}`, `,"x%d":{}`, "}}}", 1_200_000)},
	{name: "empty alternatives", want: "too-large", file: "input.json", text: nested(jsonHead+`{"anyOf":[`, "{},", "{}", "", "]}"+jsonTail, 1_000_000)},
	{name: "wrong references", large: true, want: "too-many-problems unresolved-ref", text: repeated(head31+"components:\n  schemas:\n", "    A%d: {$ref: '#/x/%n'}\n", "", 500_000)},
}

var wide = []hostileDoc{
	{name: "200,000 texts", large: true, text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: string, maxLength: %d}\n", "", 200_000)},
	{name: "20,000 objects", large: true, text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: object, properties: {a: {type: string}}}\n", "", 20_000)},
	{name: "20,000 objects that refer to the next", large: true, text: repeated(head31+"components:\n  schemas:\n", "    A%d: {type: object, properties: {a: {$ref: '#/components/schemas/A%n'}}}\n", "    A20000: {type: string}\n", 20_000)},
	{name: "8,000 unions in a circle", large: true, text: repeated(head31+"components:\n  schemas:\n", "    A%d: {anyOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/A%n'}}]}\n", "    A8000: {$ref: '#/components/schemas/A0'}\n", 8000)},
	{name: "8,000 alternatives with a constant", large: true, text: repeated(head31+"components:\n  schemas:\n    A:\n      oneOf:\n", "        - {type: object, required: [k], properties: {k: {const: c%d}, a: {type: string}}}\n", "", 8000)},
	{name: "paths of 800 segments", text: repeated("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n", "  ? /a%d"+strings.Repeat("/long", 800)+"\n  : {get: {responses: {default: {description: d}}}}\n", "", 20)},
	{name: "16,000 members of one name", large: true, text: namesakeMembers(16_000)},
	{name: "100,000 aliases of one", large: true, text: repeated(head31+"components:\n  schemas:\n    A: {type: object}\n", "    A%d: {$ref: '#/components/schemas/A'}\n", "", 100_000)},
	{name: "100,000 members", large: true, text: repeated(head31+"components:\n  schemas:\n    A:\n      type: object\n      properties:\n", "        a%d: {type: string}\n", "", 100_000)},
	{name: "10,000 references to places of other files", large: true, text: repeated(head31+"components:\n  schemas:\n    A:\n      type: object\n      properties:\n", "        a%d: {$ref: 'b.yaml#/B%d'}\n", "", 10_000), prepare: func(t *testing.T, dir string) {
		text := repeated("", "B%d: {type: string, maxLength: %n}\n", "", 10_000)()
		writeFile(t, dir, "b.yaml", text)
	}},
	{name: "10,000 references that share a name", large: true, text: repeated(head31+"components:\n  schemas:\n    A:\n      type: object\n      properties:\n", "        a%d: {$ref: 'b.yaml#/x/%d/B/b'}\n", "", 10_000), prepare: func(t *testing.T, dir string) {
		text := repeated("x:\n", "  '%d': {B: {b: {type: string, maxLength: %n}}}\n", "", 10_000)()
		writeFile(t, dir, "b.yaml", text)
	}},
	{name: "100,000 values of an enum", large: true, text: repeated(head31+"components:\n  schemas:\n    A:\n      type: string\n      enum:\n", "        - v%d\n", "", 100_000)},
	{name: "2,000 alternatives", want: "*", text: repeated(head31+"components:\n  schemas:\n    A:\n      oneOf:\n", "        - {type: object, required: [a%d], properties: {a%d: {type: string}}}\n", "", 2_000)},
	{name: "20,000 parts", large: true, text: repeated(head31+"components:\n  schemas:\n    A:\n      allOf:\n", "        - {type: object, required: [a%d], properties: {a%d: {type: string}}}\n", "", 20_000)},
	{name: "10,000 paths", large: true, text: repeated("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n", "  /a%d: {get: {responses: {default: {description: d}}}}\n", "", 10_000)},
	{name: "20,000 parameters", large: true, text: repeated("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {default: {description: d}}\n      parameters:\n", "      - {name: a%d, in: query, schema: {type: string}}\n", "", 20_000)},
	{name: "20,000 responses", text: repeated("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n", "        '%d': {description: d}\n", "", 20_000)},
	{name: "20,000 anchors", large: true, text: repeated(head31+"components:\n  schemas:\n", "    A%d: {$anchor: a%d, properties: {a: {$ref: '#a%n'}}}\n", "    A20000: {$anchor: a20000, type: string}\n", 20_000)},
	{name: "20,000 ids", large: true, text: repeated(head31+"components:\n  schemas:\n", "    A%d: {$id: 'https://example.com/a%d', properties: {a: {$ref: 'a%n'}}}\n", "    A20000: {$id: 'https://example.com/a20000', type: string}\n", 20_000)},
}

var oddFiles = []hostileDoc{
	{name: "a file above", want: "external-ref", text: only("    A: {$ref: '../x.yaml'}\n")},
	{name: "a file above, with escapes", want: "external-ref", text: only("    A: {$ref: '%2e%2e/x.yaml'}\n")},
	{name: "a file above, in a folder", want: "external-ref", text: only("    A: {$ref: 'a/../../x.yaml'}\n")},
	{name: "an absolute path", want: "external-ref", text: only("    A: {$ref: '/etc/passwd'}\n")},
	{name: "an absolute address", want: "external-ref", text: only("    A: {$ref: 'file:///etc/passwd'}\n")},
	{name: "a relative address", want: "external-ref", text: only("    A: {$ref: 'file:input.yaml#/x'}\n")},
	{name: "a path of Windows", want: "unresolved-ref", text: only("    A: {$ref: 'C:\\Windows\\win.ini'}\n")},
	{name: "a server of Windows", want: "unresolved-ref", text: only("    A: {$ref: '\\\\server\\share\\x.yaml'}\n")},
	{name: "standard input", want: "external-ref", text: only("    A: {$ref: '/dev/stdin'}\n")},
	{name: "a link outside", want: "external-ref", text: only("    A: {$ref: 'link.yaml'}\n    B: {$ref: 'folder/passwd'}\n    C: {$ref: 'dev/stdin'}\n"), prepare: func(t *testing.T, dir string) {
		for name, to := range map[string]string{"link.yaml": "/etc/passwd", "folder": "/etc", "dev": "/dev"} {
			if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
				t.Skip(err)
			}
		}
	}},
	{name: "links in a circle", want: "unresolved-ref", text: only("    A: {$ref: 'link.yaml'}\n"), prepare: func(t *testing.T, dir string) {
		if err := os.Symlink("link.yaml", filepath.Join(dir, "link.yaml")); err != nil {
			t.Skip(err)
		}
	}},
	{name: "a pipe", want: "unresolved-ref", text: only("    A: {$ref: 'pipe.yaml'}\n"), prepare: func(t *testing.T, dir string) {
		if err := makePipe(filepath.Join(dir, "pipe.yaml")); err != nil {
			t.Skip(err)
		}
	}},
	{name: "a folder", want: "unresolved-ref", text: only("    A: {$ref: '.'}\n    B: {$ref: 'b/'}\n    C: {$ref: './'}\n"), more: map[string]string{"b/x": ""}},
	{name: "a file that is not there", want: "unresolved-ref", text: only("    A: {$ref: 'x.yaml'}\n")},
	{name: "a name with a zero byte", want: "unresolved-ref", file: "input.json", text: fixed(`{"openapi":"3.1.0","components":{"schemas":{"A":{"$ref":"a\u0000.yaml"},"B":{"$ref":"a%00.yaml"}}}}`)},
	{name: "a name that is too long", want: "unresolved-ref", text: only("    A: {$ref: '" + strings.Repeat("a", 300) + ".yaml'}\n")},
	{name: "the package itself", want: "wrong-type", text: only("    A: {$ref: 'out/a.go'}\n"), more: map[string]string{"out/a.go": "package out\n"}},
	{name: "a network", want: "external-ref unresolved-ref", text: only("    A: {$ref: 'http://127.0.0.1:1/a.yaml'}\n    B: {$ref: 'https://example.com'}\n    C: {$ref: '//example.com/x'}\n    D: {$ref: 'ftp://example.com'}\n    E: {$ref: 'HTTPS://u:p@example.com'}\n    F: {$ref: 'data:application/json,{}'}\n    G: {$ref: 'javascript:alert(1)'}\n")},
	{name: "a network as the base", want: "unresolved-ref", text: only("    A: {$id: 'http://169.254.169.254/latest/', properties: {a: {$ref: 'meta-data'}}}\n")},
}

var oddTexts = []hostileDoc{
	{name: "nothing", want: "empty-document", text: fixed("")},
	{name: "a mark of byte order", want: "empty-document", text: fixed("\ufeff")},
	{name: "marks of byte order", text: fixed("\ufeff\ufeff" + head31)},
	{name: "UTF-16", want: "not-utf8", text: fixed("\xff\xfeo\x00p\x00e\x00n\x00")},
	{name: "no UTF-8", want: "not-utf8", text: fixed(head31 + "x-a: \"\xff\"\n")},
	{name: "no UTF-8 in JSON", want: "not-utf8", file: "input.json", text: fixed("{\"openapi\":\"3.1.0\",\"x\":\"\xc3\x28\"}")},
	{name: "half a surrogate", want: "duplicate-key", file: "input.json", text: fixed(`{"openapi":"3.1.0","info":{"title":"\ud800","version":"1"},"components":{"schemas":{"\ud800":{"type":"string"},"\udfff":{"type":"object","properties":{"\udc00":{}}}}}}`)},
	{name: "zero bytes in text", file: "input.json", text: fixed(`{"openapi":"3.1.0","info":{"title":"a\u0000b","version":"\u0000"},"components":{"schemas":{"a\u0000b":{"type":"object","description":"\u0000","properties":{"\u0000":{"type":"string","enum":["\u0000"],"pattern":"\u0000"}}}}}}`)},
	{name: "a key twice", want: "duplicate-key", file: "input.json", text: fixed(`{"openapi":"3.1.0","openapi":"3.0.0","paths":{},"paths":{}}`)},
	{name: "a key twice in YAML", want: "duplicate-key", text: fixed(head31 + "paths: {}\n")},
	{name: "a key twice in other letters", file: "input.json", text: fixed(`{"openapi":"3.1.0","OPENAPI":"3.0.0","info":{"title":"T","Title":"U","version":"1"},"components":{"schemas":{"A":{"Type":"object","type":"string","TYPE":"integer"}}}}`)},
	{name: "tags of YAML", want: "bad-number", text: fixed(head31 + "x-a: !!python/object:os.system x\nx-b: !!binary aGVsbG8=\nx-c: !<tag:yaml.org,2002:int> x\nx-d: !!set {a, b}\n")},
	{name: "a number as a tag", want: "bad-number", text: fixed(head31 + "x-a: !!int abc\nx-b: !!float []\nx-c: !!str {a: b}\nx-d: !!map a\n")},
	{name: "two documents", want: "several-documents", text: fixed(head31 + "---\n" + head31)},
	{name: "directives of YAML", want: "not-yaml", text: fixed("%YAML 9.9\n%TAG ! tag:x,2000:\n---\n" + head31)},
	{name: "odd types", want: "wrong-type", file: "input.json", text: fixed(`{"openapi":"3.1.0","info":[],"paths":[],"components":{"schemas":[]},"servers":{},"tags":"x","security":1,"webhooks":true}`)},
	{name: "nulls everywhere", want: "wrong-type", file: "input.json", text: fixed(`{"openapi":"3.1.0","info":null,"paths":null,"components":null,"servers":null,"tags":null,"security":null,"webhooks":null}`)},
	{name: "null as every part", want: "wrong-type", file: "input.json", text: fixed(`{"openapi":"3.1.0","info":{"title":null},"paths":{"/a":null,"/b":{"get":null,"parameters":null},"/c":{"get":{"responses":null,"parameters":[null],"requestBody":null}}},"components":{"schemas":{"A":null,"B":{"properties":null,"type":null,"allOf":null,"items":null,"required":null,"enum":null},"C":{"allOf":[null],"required":[null],"type":[null]}}}}`)},
	{name: "types that are none", want: "*", text: only("    A: {type: thing}\n    B: {type: []}\n    C: {type: [string, string]}\n    D: {type: [string, null]}\n    E: {type: ''}\n")},
	{name: "no schema", want: "wrong-type", text: only("    A: 3\n    B: [a]\n    C: text\n    D: null\n    E: true\n    F: false\n")},
}

// oddNames are names that a file system, Go, or a comment would take for
// something else.
var oddNames = []string{
	"../x", "..", ".", "/", "\\", "CON", "con.go", "nul", "init", "main", "_", "__", "", " ", "func", "type", "string", "error", "nil", "any", "len", "Client", "Option", "Raw", "Get",
	"a_test", "x_windows", "x_amd64", "x_linux_test", "A.go", strings.Repeat("x", 300), strings.Repeat("\u00e4", 300), "name", "Name", "NAME", "na-me", "na.me", "na me",
	"*/", "//", "/*", "\n", "\r\n}\nfunc init() {}\n", "`", "\"", "'", "\\u0022", "${x}", "%s", "{{.}}", "\u2028", "\u2029", "\u0085", "\ufeff", "\U0001f600", "\u202e", "0", "1a", "-1", "~", "~1", "#", "?", "%", "%2F",
	"package x", "import \"C\"", "//go:build ignore", "//go:embed x", "//line x:1", "\u0130", "\u017f", "\u212a", "ß", "你好", "é", "e\u0301",
}

// oddDocument has a name everywhere where a document has names.
func oddDocument(name string) []byte {
	q := strconv.Quote(name)
	if json, err := json.Marshal(name); err == nil {
		q = string(json)
	}
	return []byte(strings.NewReplacer("NAME", q, "REF", refPart(name)).Replace(`{
  "openapi": "3.1.0", "info": {"title": NAME, "version": NAME, "description": NAME},
  "servers": [{"url": "https://example.com", "description": NAME}],
  "tags": [{"name": NAME, "description": NAME}],
  "security": [{NAME: []}],
  "paths": {"/a": {"summary": NAME, "post": {
    "operationId": NAME, "tags": [NAME], "summary": NAME, "description": NAME,
    "parameters": [{"name": NAME, "in": "query", "description": NAME, "schema": {"type": "string"}}],
    "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {NAME: {"$ref": "#/components/schemas/REF"}}}}}},
    "responses": {"200": {"description": NAME, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/REF"}}}}}}}},
  "components": {
    "securitySchemes": {NAME: {"type": "apiKey", "in": "header", "name": "X-Key", "description": NAME}},
    "schemas": {NAME: {"type": "object", "title": NAME, "description": NAME, "required": [NAME], "properties": {
      NAME: {"type": "string", "enum": [NAME], "description": NAME, "default": NAME, "x-enum-varnames": [NAME]}}}}}
}`))
}

// refPart escapes a name for a reference.
func refPart(name string) string {
	return (&url.URL{Fragment: strings.NewReplacer("~", "~0", "/", "~1").Replace(name)}).EscapedFragment()
}

// TestHostileNames gives each name to a document of its own: the package
// compiles, and its files have names that every system can write, or the
// document is refused.
func TestHostileNames(t *testing.T) {
	types := newTypeChecker(t)
	generated := 0
	for _, name := range oddNames {
		files, found := generateText(t, oddDocument(name))
		switch {
		case len(files) == 0 && len(found) == 0:
			t.Errorf("%.40q: no files, and no reason", name)
		case len(files) > 0:
			generated++
			types.check(t, "golden", files)
			checkFileNames(t, name, files)
			checkComments(t, name, types.parse(t, withoutSupport(files)))
		default:
			t.Logf("%.40q: %.300s", name, found.Error())
		}
	}
	if generated < len(oddNames)/2 {
		t.Errorf("only %d of %d were generated", generated, len(oddNames))
	}
}

// hostileOutcome is what a child process says about a document.
type hostileOutcome struct {
	Codes string // of the diagnostics, each once
	First string // the first diagnostic
	Files int
	Took  time.Duration
	Wrong string // what must not be
}

// childDocument names the document that a child process is for, and childFolder
// where its files are.
const (
	childDocument = "OAKEN_HOSTILE_DOCUMENT"
	childFolder   = "OAKEN_HOSTILE_FOLDER"
)

// TestHostileDocuments gives each document to a process of its own: only so can
// it be stopped, can its memory be told from that of others (the largest that
// it had, as the system counts it), and does a stack that overflows end one
// case.
func TestHostileDocuments(t *testing.T) {
	if name := os.Getenv(childDocument); name != "" {
		i := slices.IndexFunc(hostileDocs, func(c hostileDoc) bool { return c.name == name })
		report, err := json.Marshal(hostileDocs[i].generate(t, os.Getenv(childFolder)))
		fmt.Printf("\n%s %v\n", report, err)
		return
	}
	for _, c := range hostileDocs {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t)
		})
	}
}

// run makes the files of a document, and a child process that reads them.
func (c hostileDoc) run(t *testing.T) {
	if testing.Short() && c.large {
		t.Skip("takes seconds: run without -short")
	}
	dir := t.TempDir()
	for name, text := range c.more {
		writeFile(t, dir, name, text)
	}
	if c.prepare != nil {
		c.prepare(t, dir)
	}
	writeFile(t, dir, "out/kept.txt", "kept")
	before := listing(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), hostileWait)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run", "^TestHostileDocuments$")
	child.Env = append(os.Environ(), childDocument+"="+c.name, childFolder+"="+dir)
	child.Stdin = nil
	out, err := child.CombinedOutput()
	var got hostileOutcome
	at := bytes.LastIndex(out, []byte("\n{\""))
	if at < 0 || json.NewDecoder(bytes.NewReader(out[at:])).Decode(&got) != nil {
		t.Fatalf("%v\n%.3000s", err, out)
	}
	memory, busy := maxMemory(child.ProcessState), child.ProcessState.UserTime()+child.ProcessState.SystemTime()
	got.Took = min(got.Took, busy) // other processes take their time, too
	t.Logf("%s: %d files, %v, %d MB %.200s", got.Codes, got.Files, got.Took, memory>>20, got.First)
	if after := listing(t, dir); !slices.Equal(before, after) {
		t.Errorf("the folder has changed: %q, was %q", after, before)
	}
	switch {
	case got.Wrong != "":
		t.Error(got.Wrong)
	case got.Took > hostileTime:
		t.Errorf("took %v", got.Took)
	case memory > hostileMemory:
		t.Errorf("took %d MB", memory>>20)
	case c.want != "*" && got.Codes != c.want:
		t.Errorf("the diagnostics are %q, want %q: %s", got.Codes, c.want, got.First)
	}
}

func writeFile(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// listing names what is in a folder but for the document.
func listing(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !strings.HasPrefix(d.Name(), "input.") {
			names = append(names, path+" "+d.Type().String())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// generate is what the child process does.
func (c hostileDoc) generate(t *testing.T, dir string) (out hostileOutcome) {
	file := c.file
	if file == "" {
		file = "input.yaml"
	}
	writeFile(t, dir, file, c.text())
	runtime.GC()
	config := generator.Config{Spec: filepath.Join(dir, file), Out: filepath.Join(dir, "out"), Package: "golden"}
	began := time.Now()
	r, err := generator.Generate(t.Context(), generator.Options{Config: config})
	out.Took = time.Since(began)
	out.Files = len(r.Files)
	var found generator.Diagnostics
	if err != nil && !errors.As(err, &found) {
		out.Wrong = fmt.Sprintf("%.3000v", err)
	}
	if (len(r.Files) == 0) == (err == nil) {
		out.Wrong = fmt.Sprintf("%d files, and %v", len(r.Files), err)
	}
	for name, text := range r.Files {
		if _, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution); err != nil {
			out.Wrong = fmt.Sprintf("%s: %v", name, err)
		}
	}
	var codes []string
	for _, d := range found {
		if !slices.Contains(codes, d.Code) {
			codes = append(codes, d.Code)
		}
	}
	slices.Sort(codes)
	out.Codes = strings.Join(codes, " ")
	if len(found) > 0 {
		out.First = found[0].String()
	}
	return out
}
