package load

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// everything has each kind of part, and what is no part for one reason or
// another.
const everything = `openapi: 3.1.0
info: {title: T, version: "1", x-info: {a: [1]}}
x-root: {paths: {}}
servers: [{url: /, variables: {a: {default: b, enum: [b]}}}]
tags: [{name: a}]
security: [{key: []}]
paths:
  x-paths: {a: 1}
  /empty: {}
  /shared: {$ref: "#/components/pathItems/P"}
  /a/{id}:
    summary: s
    servers: [{url: /b}]
    parameters: [{name: id, in: path, required: true, schema: {type: string}}, {$ref: "#/components/parameters/P"}]
    get: {operationId: g, security: [], responses: {200: {$ref: "#/components/responses/R"}, default: {description: d}, x-r: 1, x-n: null}}
    put: {responses: {}}
    post:
      tags: [a]
      requestBody:
        required: true
        content:
          application/json: {schema: {type: object}, example: {a: 1}, encoding: {a: {headers: {H: {schema: {type: string}}}}}}
      callbacks: {c: {x-c: 1, "{$request.body#/url}": {post: {responses: {default: {description: d}}}}}, d: {$ref: "#/components/callbacks/C"}}
      responses:
        "201":
          description: d
          headers: {H: {schema: {type: integer}, x-h: 1}, I: {$ref: "#/components/headers/H"}}
          content: {text/plain: {}, x-n: null, application/json: {schema: {$ref: "#/components/schemas/A"}}}
          links: {L: {operationId: g, parameters: {id: 1}}}
    delete: {}
    options: {deprecated: true, responses: {default: {description: d}}}
    head: {responses: {default: {description: d}}}
    patch: {externalDocs: {url: /}, responses: {default: {description: d}}}
    trace: {responses: {default: {description: d}}}
webhooks: {w: {post: {responses: {default: {description: d}}}}}
components:
  x-components: 1
  parameters: {P: {name: p, in: query, content: {application/json: {schema: {type: array}}}, examples: {e: {value: null}}}}
  headers: {H: {description: h, schema: {type: string}}}
  requestBodies: {B: {content: {x-n: null}}, C: {$ref: "#/components/requestBodies/B"}}
  responses: {R: {description: r}}
  callbacks: {C: {/x: {}}}
  pathItems: {P: {get: {responses: {default: {description: d}}}}}
  examples: {E: {value: {$ref: no}}}
  links: {L: {operationId: g}}
  securitySchemes: {key: {type: http, scheme: bearer}}
  schemas:
    Empty: {}
    True: true
    A:
      $id: a
      title: t
      description: "d \u00e9 \u2028 </b> \\ \" \t"
      format: f
      type: object
      required: [a]
      x-a: {properties: {a: {type: string}}}
      unknown: {properties: {a: {type: string}}}
      properties: {a: {type: [string, "null"]}, b: true, c: {}, x-d: {type: integer, maxLength: 3, minimum: 0.5, enum: [1, null]}}
      patternProperties: {"^x": {pattern: "^a"}}
      dependentSchemas: {a: {type: object}}
      dependentRequired: {a: [b]}
      $defs: {D: {type: string}, E: false}
      additionalProperties: {type: string}
      unevaluatedProperties: {}
      propertyNames: {minLength: 1}
      if: {const: {a: 1}}
      then: {default: {b: 2}}
      else: {example: [1], examples: [{a: 1}]}
      not: {not: {not: {}}}
    B:
      type: array
      items: {$ref: "#/components/schemas/A", description: other, properties: {z: {type: string}}}
      prefixItems: [{type: string}, true]
      contains: {type: string}
      unevaluatedItems: {type: string}
      contentSchema: {type: string}
      additionalProperties: false
      unevaluatedProperties: false
    C: {allOf: [{$ref: "#/components/schemas/A"}], anyOf: [], oneOf: [{type: string}, {}], discriminator: {propertyName: p, mapping: {a: "#/components/schemas/A"}}}
    Nulls: {properties: null, allOf: null, type: null, title: null, description: null, enum: null}
    Inside: {properties: {a: {default: null}, b: {properties: {}}}, required: [], xml: {name: x}}
    Case: {Properties: {a: {type: string}}, properties: {b: {type: string}}, Title: x, ITEMS: {type: string}}
    CaseOfReference: {"$Ref": "#/components/schemas/A", type: object, properties: {a: {type: string}}}
    Reference: {$ref: "#/components/schemas/B", x-b: 1}
`

// bothWays holds what assemble makes of a document, or says of it, against
func bothWays(t *testing.T, path string) (*reader, *source) {
	t.Helper()
	r := newReader(path, Options{})
	defer r.close()
	main := r.readMain(t.Context())
	if main == nil {
		return r, nil
	}
	c := newChecker(t.Context(), r)
	if c.document(main); len(r.found) > 0 {
		return r, nil
	}
	if bundle(c, main); len(r.found) > 0 {
		return r, nil
	}
	ours, ourError := assemble(t.Context(), main)
	theirs, theirError := newLoader(t.Context()).LoadFromDataWithPath(main.json(), main.location())
	if fmt.Sprint(ourError) != fmt.Sprint(theirError) {
		t.Errorf("%s: the error is %v, want %v", path, ourError, theirError)
	}
	if theirError != nil {
		r.report(main, nil, nil, "unresolvable", "%v", theirError)
		return r, nil
	}
	if !reflect.DeepEqual(ours, theirs) {
		t.Errorf("%s: is read in another way than kin-openapi alone reads it", path)
	}
	return r, main
}

// corpus is a folder of documents that need not be there.
func corpus() string {
	if dir := os.Getenv("SPEC_CORPUS"); dir != "" {
		return dir
	}
	return "../../../shared/corpus"
}

// documents are the paths of whole documents.
func documents(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, pattern := range []string{"../../testdata/golden/*/input.*", "../../spec/*.yaml", corpus() + "/*.json", corpus() + "/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, found...)
	}
	return paths
}

func TestAssembleReadsAsTheLibraryDoes(t *testing.T) {
	t.Parallel()
	for _, path := range append(documents(t), filepath.Join(write(t, map[string]string{"all.yaml": everything}), "all.yaml")) {
		r, main := bothWays(t, path)
		if main == nil {
			if !strings.Contains(path, "error-") && !strings.HasPrefix(path, corpus()) {
				t.Errorf("%s: can't be read: %v", path, r.found)
			}
			continue
		}
		if doc, _ := decodeParts(t.Context(), main); doc == nil {
			t.Errorf("%s: has not been decoded in parts", path)
		}
	}
}

// TestAssembleReadsOddValues puts other values into each place of a document.
func TestAssembleReadsOddValues(t *testing.T) {
	t.Parallel()
	whole := newReader(filepath.Join(write(t, map[string]string{"all.yaml": everything}), "all.yaml"), Options{}).readMain(t.Context())
	file := filepath.Join(t.TempDir(), "odd.json")
	read := 0
	for n := range within(whole.root) {
		was := *n
		for _, odd := range []node{{kind: null, text: "null"}, {kind: object}} {
			odd.key = was.key
			*n = odd
			if err := os.WriteFile(file, whole.json(), 0o666); err != nil {
				t.Fatal(err)
			}
			if _, main := bothWays(t, file); main != nil {
				read++
			}
			if t.Failed() {
				t.Fatalf("%s", whole.json())
			}
		}
		*n = was
	}
	if read < 100 {
		t.Errorf("only %d documents could be read", read)
	}
}

// What the library can't read has the library's own error, wherever it stands.
func TestAssembleFailsAsTheLibraryDoes(t *testing.T) {
	for _, content := range []string{
		`openapi: 3.1.0
components: {schemas: {A: {properties: {a: {maxLength: x}}}, B: {minimum: y}}}`,
		`openapi: 3.1.0
paths: {/b: {get: {responses: {200: {content: {a: {schema: {type: 1}}}}}}}, /a: {get: {deprecated: 1}}}`,
		`openapi: 3.1.0
paths: 1`,
		`openapi: [1]`,
	} {
		r := newReader(filepath.Join(write(t, map[string]string{"x.yaml": content}), "x.yaml"), Options{})
		main := r.readMain(t.Context())
		_, ours := assemble(t.Context(), main)
		_, theirs := newLoader(t.Context()).LoadFromDataWithPath(main.json(), main.location())
		if theirs == nil || fmt.Sprint(ours) != fmt.Sprint(theirs) {
			t.Errorf("the error is %v, want %v", ours, theirs)
		}
	}
}

func TestAssembleStops(t *testing.T) {
	r := newReader(filepath.Join(write(t, map[string]string{"all.yaml": everything}), "all.yaml"), Options{})
	main := r.readMain(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if doc, err := assemble(ctx, main); doc != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("document %v, error %v", doc != nil, err)
	}
}

func TestSpreadSurvivesAPanic(t *testing.T) {
	d := &decoder{ctx: t.Context()}
	spread(d, make([]*node, 9), func(n *node) *int { return &[]int{}[len(n.kids)] })
	if !d.stopped() {
		t.Error("a panic went unnoticed")
	}
}
