package generator_test

import (
	"bytes"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/oaken-go/oaken/generator"
)

// generateFiles generates from input.yaml among some files.
func generateFiles(t *testing.T, files map[string]string) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		writeFile(t, dir, name, text)
	}
	config := generator.Config{Spec: filepath.Join(dir, "input.yaml"), Out: goFolder, Package: "golden"}
	r, err := generator.Generate(t.Context(), generator.Options{Config: config})
	if err != nil {
		t.Fatal(err)
	}
	return r.Files
}

// What is split over files is the same package as what stands in one.
func TestSplitIsWhole(t *testing.T) {
	const head = "openapi: 3.1.0\ninfo: {title: Test, version: \"1\"}\n"
	whole := generateFiles(t, map[string]string{"input.yaml": head + `
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{$ref: "#/components/parameters/id"}]
      responses:
        "200": {description: A pet., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        default: {$ref: "#/components/responses/failure"}
components:
  parameters: {id: {name: id, in: path, required: true, schema: {$ref: "#/components/schemas/Id"}}}
  responses: {failure: {description: Failed., content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}}}
  schemas:
    Id: {type: string, maxLength: 9}
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, friends: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, home: {type: object, properties: {street: {type: string}}}, second: {$ref: "#/components/schemas/Dog/properties/home"}}}
`})
	split := generateFiles(t, map[string]string{
		"input.yaml": head + "paths: {'/pets/{id}': {$ref: paths/pet.yaml}}\n",
		"paths/pet.yaml": `
get:
  operationId: getPet
  parameters: [{$ref: "../common/parts.json#/parameters/id"}]
  responses:
    "200": {description: A pet., content: {application/json: {schema: {$ref: "../schemas/Pet.yaml"}}}}
    default: {$ref: "../common/parts.json#/responses/failure"}
`,
		"common/parts.json": `{
  "parameters": {"id": {"name": "id", "in": "path", "required": true, "schema": {"$ref": "../schemas/ids.yaml#/Id"}}},
  "responses": {"failure": {"description": "Failed.", "content": {"application/json": {"schema": {"type": "object", "properties": {"message": {"type": "string"}}}}}}}
}`,
		"schemas/ids.yaml": "Id: {type: string, maxLength: 9}\n",
		"schemas/Pet.yaml": "oneOf: [{$ref: animals.yaml#/$defs/Cat}, {$ref: Dog.json}]\ndiscriminator: {propertyName: kind}\n",
		"schemas/animals.yaml": `
$defs:
  Cat: {type: object, required: [kind], properties: {kind: {type: string}, friends: {type: array, items: {$ref: Pet.yaml}}}}
`,
		"schemas/Dog.json": `{"$id": "https://example.com/Dog.json", "type": "object", "required": ["kind"], "properties": {
  "kind": {"type": "string"}, "home": {"type": "object", "properties": {"street": {"type": "string"}}}, "second": {"$ref": "#/properties/home"}}}`,
	})
	names := slices.Sorted(maps.Keys(whole))
	if other := slices.Sorted(maps.Keys(split)); !slices.Equal(names, other) {
		t.Fatalf("the files are %q, want %q", other, names)
	}
	for _, name := range names {
		if !bytes.Equal(split[name], whole[name]) {
			t.Errorf("%s differs:\n%s", name, difference(whole[name], split[name]))
		}
	}
}
