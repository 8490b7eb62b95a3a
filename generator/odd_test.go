package generator_test

import (
	"fmt"
	"testing"
)

// TestOddNames compiles packages whose document uses names that the generated
// code or its files could trip over.
func TestOddNames(t *testing.T) {
	types := newTypeChecker(t)
	for name, document := range map[string]string{
		"tables": schemas(
			"Row: "+choice, "TableRow: "+choice, "UnionRow: "+choice, "EnumRow: {type: string, enum: [a]}", "OperationRow: "+object, "ResultRow: "+object),
		"files": schemas(
			"time: "+object, "time_table: "+object, "time_table_table: "+object, "time_test: "+object, "oaken: "+object, "oaken_table: "+object,
			"Client: "+object, "con: "+object, "x_linux: "+object, "_: "+object, "../up: "+object, "init: "+object, "main: "+object, "\U0001f600: "+object),
		"reserved": schemas(
			"NewClient: "+object, "Option: "+object, "Raw: "+object, "Error: "+object, "Optional: "+choice, "theAPI: "+object, "string: "+object, "type: "+choice),
		"members": schemas(`thing: {type: object, properties: {table: {type: string}, extra: {type: string}, validate: {type: string},
      marshal_json: {type: string}, "": {type: string}, "😀": {type: string}, x-y: {type: string}, $ref: {type: string}, type: {type: string}, __origin__: {type: string}}}`),
		"arguments": arguments("object", "first", "each_item", "eachValue", "strconv", "err", "v", "s", "out", "ctx", "opts", "params", "nil", "int64",
			"string", "any", "range", "context", "iter", "type", "id", "itself", "core", "New", "😀"),
	} {
		t.Run(name, func(t *testing.T) {
			files, found := generateText(t, readJSONText(t, document))
			if len(found) > 0 {
				t.Fatal(found)
			}
			types.check(t, "golden", files)
			checkFileNames(t, name, files)
		})
	}
}

const (
	object = "{type: object, properties: {a: {type: string}}}"
	choice = "{oneOf: [{type: string}, {type: array, items: {type: integer}}]}"
)

const openAPI = "openapi: 3.1.0\ninfo: {title: Test, version: '1'}\n"

// schemas is a document with components.
func schemas(list ...string) string {
	text := openAPI + "paths: {}\ncomponents:\n  schemas:\n"
	for _, schema := range list {
		text += "    " + schema + "\n"
	}
	return text
}

// arguments is a document with an operation that walks a list, and takes a
// number of each name in its path.
func arguments(names ...string) string {
	path, params := "", ""
	for _, name := range names {
		path += "/{" + name + "}"
		params += fmt.Sprintf("        - {name: %q, in: path, required: true, schema: {type: integer}}\n", name)
	}
	return openAPI + "paths:\n  " + path + `/rows:
    get:
      parameters:
        - {name: starting_after, in: query, schema: {type: string}}
` + params + `      responses: {"200": {description: A page., content: {application/json: {schema: {$ref: '#/components/schemas/rows'}}}}}
components:
  schemas:
    row: {type: object, properties: {id: {type: string}}}
    rows: {type: object, required: [data, has_more], properties: {data: {type: array, items: {$ref: '#/components/schemas/row'}}, has_more: {type: boolean}}}
`
}

func readJSONText(t *testing.T, text string) []byte { return asJSON(t, parseYAML(t, []byte(text))) }
