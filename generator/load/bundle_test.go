package load

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/oaken-go/oaken/generator/diag"
)

// loadFiles loads api.yaml of some files, each a line in YAML's flow style or
// several. A file that begins with schemas: or the like is the components of a
// document.
func loadFiles(t *testing.T, version string, files map[string]string) (*Document, diag.List) {
	t.Helper()
	files["api.yaml"] = "openapi: " + version + "\ninfo: {title: T, version: \"1\"}\n" + files["api.yaml"]
	return File(t.Context(), filepath.Join(write(t, files), "api.yaml"), Options{})
}

func TestBundle(t *testing.T) {
	for name, c := range map[string]struct {
		version string
		files   map[string]string
		want    map[string]string // by pointer, or "refused"
	}{
		"a file of schemas": {files: map[string]string{
			"api.yaml": "components: {schemas: {A: {properties: {b: {$ref: 'more.yaml#/B'}, c: {$ref: 'more.yaml#/C'}}}}}",
			"more.yaml": "B: {properties: {a: {$ref: 'api.yaml#/components/schemas/A'}, c: {$ref: '#/C'}}}\n" +
				"C: {type: string}\nD: {$ref: 'nowhere.yaml'}",
		}, want: map[string]string{
			"/components/schemas": `{"A":{"properties":{"b":{"$ref":"#/components/schemas/B"},"c":{"$ref":"#/components/schemas/C"}}},` +
				`"B":{"properties":{"a":{"$ref":"#/components/schemas/A"},"c":{"$ref":"#/components/schemas/C"}}},"C":{"type":"string"}}`,
		}},
		"whole files in folders, in circles": {files: map[string]string{
			"api.yaml":           "components: {schemas: {Pet: {$ref: schemas/Pet.yaml}}}",
			"schemas/Pet.yaml":   "properties: {owner: {$ref: ../more/owner.json}, parent: {$ref: '#'}}",
			"more/owner.json":    `{"properties": {"pets": {"items": {"$ref": "../schemas/Pet.yaml#"}}, "first": {"$ref": "x/deep.yaml"}}}`,
			"more/x/deep.yaml":   "$ref: ../../api.yaml#/components/schemas/Pet",
			"more/x/unused.yaml": "[[",
		}, want: map[string]string{
			"/components/schemas": `{"Pet":{"properties":{"owner":{"$ref":"#/components/schemas/owner"},"parent":{"$ref":"#/components/schemas/Pet"}}},` +
				`"owner":{"properties":{"pets":{"items":{"$ref":"#/components/schemas/Pet"}},"first":{"$ref":"#/components/schemas/Pet"}}}}`,
		}},
		"a file of JSON Schema": {version: "3.0.3", files: map[string]string{
			"api.yaml":   "components: {schemas: {A: {items: {$ref: 'money.json'}}, B: {items: {$ref: 'only.json#/definitions/C'}}}}",
			"money.json": `{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"$ref": "#/definitions/Amount"}, "b": {"$ref": "#/properties/a"}}, "definitions": {"Amount": {"type": "integer"}}}`,
			"only.json":  `{"definitions": {"C": {"properties": {"d": {"$ref": "#/definitions/D"}}}, "D": {}}}`,
		}, want: map[string]string{
			"/components/schemas/A":                  `{"items":{"$ref":"#/components/schemas/money"}}`,
			"/components/schemas/money/properties/a": `{"$ref":"#/components/schemas/Amount"}`,
			"/components/schemas/money/properties/b": `{"$ref":"#/components/schemas/Amount"}`,
			"/components/schemas/Amount":             `{"type":"integer"}`,
			"/components/schemas/C":                  `{"properties":{"d":{"$ref":"#/components/schemas/D"}}}`,
		}},
		"inside another file's schema": {files: map[string]string{
			"api.yaml": "components: {schemas: {X: {items: {$ref: 'b.yaml#/A/properties/x/items'}}, Y: {items: {$ref: 'b.yaml#/A'}}, Z: {items: {$ref: 'b.yaml#/Z/properties/x'}}}}",
			"b.yaml":   "A: {properties: {x: {items: {type: string}}}}\nZ: {properties: {x: {type: integer}}}",
		}, want: map[string]string{
			"/components/schemas/X":   `{"items":{"$ref":"#/components/schemas/A/properties/x/items"}}`,
			"/components/schemas/A":   `{"properties":{"x":{"items":{"type":"string"}}}}`,
			"/components/schemas/Z":   `{"items":{"$ref":"#/components/schemas/Z_x"}}`,
			"/components/schemas/Z_x": `{"type":"integer"}`,
		}},
		"odd places of the document": {files: map[string]string{
			"api.yaml": `
paths:
  /a/{id}: {get: {responses: {200: {description: d, content: {application/json: {schema: {properties: {b: {$ref: "#/components/schemas/A/not"}}}}}}}}}
components:
  responses: {R: {description: d, content: {application/json: {schema: {type: string}}}}}
  schemas:
    A: {not: {type: integer}, prefixItems: [{type: "null"}]}
    B: {$ref: "#/paths/~1a~1%7Bid%7D/get/responses/200/content/application~1json/schema"}
    C: {items: {$ref: "#/components/responses/R/content/application~1json/schema"}}
    D: {items: {$ref: "#/components/schemas/A/prefixItems/0"}}
    E: {items: {$ref: "#/paths/~1a~1%7Bid%7D/get/responses/200/content/application~1json/schema/properties/b"}}
x-more: {F: {items: {$ref: "#/x-more/F"}}}
x-also: {}
`}, want: map[string]string{
			"/paths": `{"/a/{id}":{"get":{"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/B"}}}}}}}}`,
			"/components/schemas": `{"A":{"not":{"$ref":"#/components/schemas/A_not"},"prefixItems":[{"$ref":"#/components/schemas/A_prefixItems_0"}]},` +
				`"B":{"properties":{"b":{"$ref":"#/components/schemas/A_not"}}},` +
				`"C":{"items":{"$ref":"#/components/schemas/responses_R"}},` +
				`"D":{"items":{"$ref":"#/components/schemas/A_prefixItems_0"}},` +
				`"E":{"items":{"$ref":"#/components/schemas/A_not"}},` +
				`"responses_R":{"type":"string"},"A_not":{"type":"integer"},"A_prefixItems_0":{"type":"null"}}`,
		}},
		"names that would be the same": {files: map[string]string{
			"api.yaml": "components: {schemas: {thing: {}, U: {properties: {a: {$ref: a.yaml#/Thing}, b: {$ref: b.yaml#/Part}, c: {$ref: x/c.yaml#/part}, d: {$ref: y/c.yaml#/Part}, e: {$ref: a.yaml#/Own}}}}}",
			"a.yaml":   "Thing: {title: a}\nOwn: {}", "b.yaml": "Part: {title: b}", "x/c.yaml": "part: {title: x}", "y/c.yaml": "Part: {title: y}",
		}, want: map[string]string{
			"/components/schemas": `{"thing":{},"U":{"properties":{"a":{"$ref":"#/components/schemas/a_Thing"},"b":{"$ref":"#/components/schemas/b_Part"},` +
				`"c":{"$ref":"#/components/schemas/x_c_part"},"d":{"$ref":"#/components/schemas/y_c_Part"},"e":{"$ref":"#/components/schemas/Own"}}},` +
				`"Own":{},"a_Thing":{"title":"a"},"b_Part":{"title":"b"},"x_c_part":{"title":"x"},"y_c_Part":{"title":"y"}}`,
		}},
		"several components for one place": {files: map[string]string{
			"api.yaml": "components: {schemas: {B: {$ref: x.yaml#/C}, C: {$ref: x.yaml#/C}, A: {$ref: x.yaml#/C}, D: {$ref: x.yaml#/E}}}",
			"x.yaml":   "C: {items: {$ref: '#/C'}}\nE: {$ref: '#/F'}\nF: {type: string}",
		}, want: map[string]string{
			"/components/schemas": `{"B":{"$ref":"#/components/schemas/C"},"C":{"items":{"$ref":"#/components/schemas/C"}},"A":{"$ref":"#/components/schemas/C"},"D":{"type":"string"}}`,
		}},
		"other parts than schemas": {files: map[string]string{
			"api.yaml": "paths: {/a: {$ref: parts.yaml#/item}}",
			"parts.yaml": `
item:
  parameters: [{$ref: "#/p"}]
  post:
    requestBody: {$ref: "#/b"}
    responses: {200: {$ref: "#/responses/ok"}, default: {$ref: x/whole.yaml}}
    callbacks: {c: {$ref: "#/c"}}
p: {name: p, in: query, schema: {type: string}, examples: {e: {$ref: "#/e"}}}
b: {content: {application/json: {schema: {type: string}}}}
c: {"{$url}": {$ref: "#/other"}}
other: {summary: s}
e: {value: {$ref: "#/e"}}
h: {schema: {type: string}}
l: {operationId: o}
responses: {ok: {description: ok, headers: {H: {$ref: "#/h"}}, links: {L: {$ref: "#/l"}}}}
`, "x/whole.yaml": "description: whole",
		}, want: map[string]string{
			"/paths": `{"/a":{"parameters":[{"$ref":"#/components/parameters/p"}],"post":{"requestBody":{"$ref":"#/components/requestBodies/b"},` +
				`"responses":{"200":{"$ref":"#/components/responses/ok"},"default":{"$ref":"#/components/responses/whole"}},"callbacks":{"c":{"$ref":"#/components/callbacks/c"}}}}}`,
			"/components/parameters/p": `{"name":"p","in":"query","schema":{"type":"string"},"examples":{"e":{"$ref":"#/components/examples/e"}}}`,
			"/components/callbacks":    `{"c":{"{$url}":{"summary":"s"}}}`,
			"/components/examples":     `{"e":{"value":{"$ref":"#/e"}}}`,
			"/components/responses/ok": `{"description":"ok","headers":{"H":{"$ref":"#/components/headers/h"}},"links":{"L":{"$ref":"#/components/links/l"}}}`,
		}},
		"path items with members of their own": {files: map[string]string{
			"api.yaml": "paths: {/a: {$ref: '#/components/pathItems/P', summary: own}, /b: {$ref: '#/paths/~1a'}}\ncomponents: {pathItems: {P: {summary: s, description: d}}}",
		}, want: map[string]string{
			"/paths": `{"/a":{"summary":"own","description":"d"},"/b":{"summary":"own","description":"d"}}`,
		}},
		"members beside a reference": {files: map[string]string{
			"api.yaml": "components: {schemas: {A: {type: string}, B: {description: d, $ref: '#/components/schemas/A'}, C: {maxLength: 3, $ref: '#/components/schemas/A', allOf: [{minLength: 1}]}, D: {$ref: '#/components/schemas/C/allOf/0'}}}",
		}, want: map[string]string{
			"/components/schemas": `{"A":{"type":"string"},"B":{"description":"d","$ref":"#/components/schemas/A"},` +
				`"C":{"maxLength":3,"allOf":[{"minLength":1},{"$ref":"#/components/schemas/A"}]},"D":{"$ref":"#/components/schemas/C/allOf/0"}}`,
		}},
		"in 3.0 they mean nothing": {version: "3.0.3", files: map[string]string{
			"api.yaml": "components: {schemas: {A: {type: string}, C: {maxLength: 3, $ref: '#/components/schemas/A'}}}",
		}, want: map[string]string{"/components/schemas/C": `{"maxLength":3,"$ref":"#/components/schemas/A"}`}},
		"what is no reference": {files: map[string]string{
			"api.yaml": "components: {schemas: {A: {properties: {$ref: {type: string}}, enum: [{$ref: x}], const: {$ref: x}, default: {$ref: x}, example: {$ref: x}, examples: [{$ref: x}], x-a: {$ref: x}}}}",
		}, want: map[string]string{"/components/schemas/A/properties": `{"$ref":{"type":"string"}}`}},
		"$id": {files: map[string]string{
			"api.yaml": `
components:
  schemas:
    A: {$id: "https://example.com/a.json", properties: {b: {$ref: b.json}, c: {$ref: "#/$defs/C"}, e: {$ref: "deep/e"}}, $defs: {C: {$id: "deep/c", items: {$ref: e}}}}
    B: {$id: "https://example.com/b.json", items: {$ref: "a.json#/$defs/C"}}
    E: {$id: "https://example.com/deep/e", items: {$ref: "https://example.com/deep/c"}}
    U: {$id: "urn:uuid:1", $defs: {x: {$anchor: x, type: string}}, items: {$ref: "#x"}, not: {$ref: "#"}}
    V: {items: {$ref: "urn:uuid:1#/$defs/x"}, not: {$ref: "#/components/schemas/U"}, properties: {$id: {enum: [{$id: "urn:no"}]}}}
`}, want: map[string]string{
			"/components/schemas/A/properties":    `{"b":{"$ref":"#/components/schemas/B"},"c":{"$ref":"#/components/schemas/A/$defs/C"},"e":{"$ref":"#/components/schemas/E"}}`,
			"/components/schemas/A/$defs/C/items": `{"$ref":"#/components/schemas/E"}`,
			"/components/schemas/B/items":         `{"$ref":"#/components/schemas/A/$defs/C"}`,
			"/components/schemas/E/items":         `{"$ref":"#/components/schemas/A/$defs/C"}`,
			"/components/schemas/U/items":         `{"$ref":"#/components/schemas/U/$defs/x"}`,
			"/components/schemas/U/not":           `{"$ref":"#/components/schemas/U"}`,
			"/components/schemas/V/items":         `{"$ref":"#/components/schemas/U/$defs/x"}`,
		}},
		"$id of files": {files: map[string]string{
			"api.yaml": "components: {schemas: {A: {$ref: s/a.json}, Local: {properties: {here: {$ref: '#/components/schemas/A'}}, $id: 'https://example.com/local'}}}",
			"s/a.json": `{"$id": "https://example.com/schemas/a.json", "items": {"$ref": "b.json"}}`,
			"s/b.json": `{"$id": "https://example.com/schemas/b.json", "items": {"$ref": "a.json"}, "not": {"$ref": "/schemas/a.json"}}`,
		}, want: map[string]string{
			"/components/schemas/A/items":          `{"$ref":"#/components/schemas/b"}`,
			"/components/schemas/b/items":          `{"$ref":"#/components/schemas/A"}`,
			"/components/schemas/b/not":            `{"$ref":"#/components/schemas/A"}`,
			"/components/schemas/Local/properties": `{"here":{"$ref":"#/components/schemas/A"}}`,
		}},
		"$dynamicRef with one target": {files: map[string]string{
			"api.yaml": "components: {schemas: {T: {$dynamicAnchor: node, properties: {kids: {items: {$dynamicRef: '#node'}}, one: {$dynamicRef: '#node', maxProperties: 3}}}}}",
		}, want: map[string]string{
			"/components/schemas/T/properties": `{"kids":{"items":{"$ref":"#/components/schemas/T"}},"one":{"maxProperties":3,"allOf":[{"$ref":"#/components/schemas/T"}]}}`,
		}},
		"$dynamicRef with several": {files: map[string]string{
			"api.yaml": "components: {schemas: {T: {$dynamicAnchor: node, properties: {kids: {items: {$dynamicRef: '#node'}}}}, S: {$id: s, $dynamicAnchor: node, properties: {name: {$anchor: plain}, x: {$dynamicRef: '#plain'}}}}}",
		}, want: map[string]string{
			"/components/schemas/T/properties/kids": `{"items":{"$dynamicRef":"#node"}}`,
			"/components/schemas/S/properties/x":    `{"$ref":"#/components/schemas/S/properties/name"}`,
		}},
		"discriminators": {files: map[string]string{
			"api.yaml": "components: {schemas: {cat: {}, P: {$ref: pets.yaml#/Pet}}}",
			"pets.yaml": "Pet: {oneOf: [{$ref: '#/Cat'}, {$ref: Dog.yaml}, {$ref: '#/Rat'}, {$ref: '#/Bat'}], discriminator: {propertyName: t, mapping: {r: '#/Rat', c: Cat, d: Dog.yaml}}}\n" +
				"Cat: {type: object}\nRat: {type: object}\nBat: {type: object}",
			"Dog.yaml": "type: object", "more/Dog.yaml": "type: string",
		}, want: map[string]string{
			"/components/schemas/P/discriminator": `{"propertyName":"t","mapping":{"r":"#/components/schemas/Rat","c":"#/components/schemas/pets_Cat","d":"#/components/schemas/Dog"}}`,
		}},
		"escapes": {files: map[string]string{
			"api.yaml": `components: {schemas: {"a/b~c%d e\"ä": {type: string}, B: {items: {$ref: 'api.yaml#/components/schemas/a~1b~0c%25d%20e%22%C3%A4'}}, C: {items: {$ref: "#/components/schemas/a~1b~0c%25d%20e%22ä"}}}}`,
		}, want: map[string]string{
			"/components/schemas/B": `{"items":{"$ref":"#/components/schemas/a~1b~0c%25d%20e%22%C3%A4"}}`,
		}},
		"a constant of null": {files: map[string]string{
			"api.yaml": "components: {schemas: {A: {const: null}, B: {const: null, enum: [1, null]}}}",
		}, want: map[string]string{
			"/components/schemas": `{"A":{"enum":[null]},"B":{"enum":[1,null],"allOf":[{"enum":[null]}]}}`,
		}},
		"numbers": {files: map[string]string{
			"api.yaml": "components: {schemas: {A: {minLength: 2.0, maxLength: 1e2, minItems: 99999999999999999999, maximum: 1e999, enum: [1e999, -1e999]}}}",
		}, want: map[string]string{
			"/components/schemas/A": `{"minLength":2,"maxLength":100,"minItems":9223372036854775807,"maximum":1e999,"enum":[1e999,-1e999]}`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.version == "" {
				c.version = "3.1.0"
			}
			doc, list := loadFiles(t, c.version, c.files)
			if len(list) > 0 {
				t.Fatal(list)
			}
			for pointer, want := range c.want {
				got, _ := doc.JSON(pointer)
				if strings.ReplaceAll(got, `\u0026`, "&") != want {
					t.Errorf("%s is\n%s, want\n%s", pointer, got, want)
				}
			}
		})
	}
}

func TestBundledPositions(t *testing.T) {
	doc, list := loadFiles(t, "3.1.0", map[string]string{
		"api.yaml": `paths: {/a: {$ref: b.yaml#/item}}
components:
  schemas:
    A: {$ref: b.yaml#/B}
    C: {maxLength: 3, $ref: "b.yaml#/B/not"}
    D: {const: null}
`,
		"b.yaml": `item: {get: {operationId: o}}
B:
  properties: {b: {type: string}}
  not: {type: string}
`})
	if len(list) > 0 {
		t.Fatal(list)
	}
	for pointer, want := range map[string]string{
		"/paths/~1a":                         "api.yaml:3:9 /paths/~1a",
		"/paths/~1a/get/operationId":         "b.yaml:1:14 /item/get/operationId",
		"/components/schemas/A":              "b.yaml:2:1 /B",
		"/components/schemas/A/properties/b": "b.yaml:3:16 /B/properties/b",
		"/components/schemas/B_not/type":     "b.yaml:4:9 /B/not/type",
		"/components/schemas/B_not/items/x":  "b.yaml:4:3 /B/not/items/x",
		"/components/schemas/C/allOf/0":      "api.yaml:7:5 /components/schemas/C",
		"/components/schemas/C/allOf/0/$ref": "api.yaml:7:23 /components/schemas/C/$ref",
		"/components/schemas/D/enum/0":       "api.yaml:8:9 /components/schemas/D/const",
	} {
		pos, own := doc.origin(pointer)
		got := fmt.Sprintf("%s:%d:%d %s", filepath.Base(pos.File), pos.Line, pos.Col, own)
		if got != want {
			t.Errorf("%s is at %s, want %s", pointer, got, want)
		}
	}
}
