package generator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// linkDocument has four operations: one answers what has a pattern, a fraction and
// a map, one what has keywords that few documents use, and one what refers to
// another object.
const linkDocument = openAPI + `paths:
  /plains/{plain}:
    get:
      operationId: GetPlain
      parameters: [{name: plain, in: path, required: true, schema: {type: string}}]
      responses:
        "200": {description: OK, headers: {X-Left: {schema: {type: integer}}}, content: {application/json: {schema: {$ref: "#/components/schemas/plain"}}}}
        default: {description: Failed., content: {application/json: {schema: {$ref: "#/components/schemas/problem"}}}}
  /matches/{match}:
    get:
      operationId: GetMatch
      parameters: [{name: match, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/match"}}}}}
  /odds/{odd}:
    get:
      operationId: GetOdd
      parameters: [{name: odd, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/odd"}}}}}
  /pets/{pet}:
    get:
      operationId: GetPet
      parameters: [{name: pet, in: path, required: true, schema: {type: string}}, {name: X-Mood, in: header, schema: {type: string}}]
      responses: {"200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/pet"}}}}}
components:
  schemas:
    plain: {type: object, properties: {id: {type: string, maxLength: 9, pattern: "^p_"}, currency: {type: string, pattern: "^[a-z]{3}$"}, version: {type: string, pattern: "^[0-9]+[.][0-9]+$"}}}
    odd: {type: object, properties: {list: {type: array, items: {type: string}, contains: {minLength: 1}}}, unevaluatedProperties: false}
    match: {type: object, properties: {id: {type: string, pattern: "^(m|n)_[0-9]"}, rate: {type: number, multipleOf: 0.5}, flags: {type: object, additionalProperties: {type: boolean}}}}
    pet:
      type: object
      properties:
        id: {type: string}
        toy: {oneOf: [{type: string}, {type: array, items: {type: string}}]}
        owner: {x-expansionResources: {}, anyOf: [{type: string}, {$ref: "#/components/schemas/owner"}]}
        friends: {type: array, items: {x-expansionResources: {}, anyOf: [{type: string}, {$ref: "#/components/schemas/friend"}]}}
    owner: {type: object, properties: {id: {type: string}, home: {$ref: "#/components/schemas/home"}}}
    friend: {type: object, properties: {id: {type: string}}}
    problem: {type: object, properties: {title: {type: string}}}
    home: {type: object, properties: {city: {type: string}}}
`

const linkProgram = `package main

import (
	"context"
	"fmt"

	"program/golden"
)

func main() {
	answer, err := golden.NewClient("").SERVICE.Retrieve(context.Background(), "id", nil)
	fmt.Println(answer, err)
	// MORE
}
`

// TestProgramLinksWhatItUses holds a program of one call to what it needs:
// neither the reflection of encoding/json, nor regular expressions where all
// patterns of the types that the call leads to are sequences of characters and
// classes. The second program shows that the search finds them. What else a document may have, for bodies, answers by
// status, headers, tokens and what errors hold, is not there either.
func TestProgramLinksWhatItUses(t *testing.T) {
	t.Parallel()
	files, problems := generateText(t, readJSONText(t, linkDocument))
	require.Empty(t, problems)
	plain := linked(t, files, "Plains", "")
	checked := linked(t, files, "Plains", "fmt.Println(golden.Validate(answer))")
	extras := []string{"readHeaders", "tablePlainRetrieveHeaders", "tableProblem", "tokenCredential"}
	require.True(t, strings.Contains(plain, "program/golden.(*decoder).object"))
	for _, name := range []string{"net/http.(*Cookie).String", "encoding/json.Unmarshal", "encoding/json.Marshal", "encoding/json.(*decodeState)", ").MarshalJSON", ").UnmarshalJSON", "regexp.compile", "spellParam"} {
		require.False(t, strings.Contains(plain, name), name)
	}
	for _, name := range append(extras, "pickAnswer", "readText", "textBody", "multipartBody", "basicCredential", "newQuickTable") {
		require.False(t, strings.Contains(plain, "program/golden."+name), name)
	}
	more := linked(t, files, "Plains", "fmt.Println(golden.WithHeaders(&golden.PlainRetrieveHeaders{}), golden.Validate(&golden.Problem{}), golden.WithTokenSource(nil))")
	for _, name := range extras {
		require.True(t, strings.Contains(more, "program/golden."+name), name)
	}
	require.True(t, strings.Contains(checked, "program/golden.newQuickTable"))
	matches := linked(t, files, "Matches", "")
	for _, name := range []string{"regexp.compile", "strconv.ParseFloat", "reflect.Value.SetMapIndex", "program/golden.(*otherMap).read", "program/golden.(*decoder).float", "program/golden.(*multiple).holds"} {
		require.False(t, strings.Contains(plain, name), name)
		require.True(t, strings.Contains(matches, name), name)
	}
	for _, name := range []string{"(*encoder).longText", "newWritten", "fixedTextOf"} {
		require.False(t, strings.Contains(plain, "program/golden."+name), name)
	}
	odd := linked(t, files, "Odds", "fmt.Println(golden.Validate(answer))")
	for _, name := range []string{"(*contains).holds", "(*unevaluatedProperties).holds", "(*evaluation).mark"} {
		require.False(t, strings.Contains(checked, "program/golden."+name), name)
		require.True(t, strings.Contains(odd, "program/golden."+name), name)
	}
	for _, name := range []string{"(*constants).", "(*longMultiple).", "(*unevaluatedItems).", "(*prefixItems)."} {
		require.False(t, strings.Contains(odd, "program/golden."+name), name)
	}
}

// TestProgramLinksWhatItExpands: what a reference may be expanded to is in a
// program that asks for it, with all that it leads to, and in no other. So are
// unions and parameters in headers, for which there is code beside the tables.
func TestProgramLinksWhatItExpands(t *testing.T) {
	t.Parallel()
	files, problems := generateText(t, readJSONText(t, linkDocument))
	require.Empty(t, problems)
	ids := linked(t, files, "Pets", "fmt.Println(answer.Owner.Value.ID, golden.Validate(answer))")
	object := linked(t, files, "Pets", "fmt.Println(golden.Expanded(answer.Owner.Value))")
	for _, name := range []string{"tableOwner", "(*Owner).table", "tableHome", "(*Home).table"} {
		require.False(t, strings.Contains(ids, "program/golden."+name), name)
		require.True(t, strings.Contains(object, "program/golden."+name), name)
	}
	plain := linked(t, files, "Plains", "fmt.Println(golden.Validate(answer))")
	for _, name := range []string{"(*decoder).readUnion", "(*evaluation).variant", "(*choice).build", "ownHeaders"} {
		require.False(t, strings.Contains(plain, "program/golden."+name), name)
		require.True(t, strings.Contains(ids, "program/golden."+name), name)
	}
	for _, symbols := range []string{ids, object} {
		require.True(t, strings.Contains(symbols, "program/golden.tablePet"))
		require.False(t, strings.Contains(symbols, "program/golden.tableFriend"))
	}
}

// linked builds a program that calls one service of a package and then does
// more, and returns the linked symbols.
func linked(t *testing.T, files map[string][]byte, service, more string) string {
	t.Helper()
	root := t.TempDir()
	writeProgram(t, root, files, []byte(strings.NewReplacer("SERVICE", service, "// MORE", more).Replace(linkProgram)))
	command(t, root, "build", "-trimpath", "-o", "program.exe", ".")
	return command(t, root, "tool", "nm", "program.exe")
}

// writeProgram writes a module with a generated package and what calls it.
func writeProgram(t *testing.T, root string, files map[string][]byte, program []byte) {
	t.Helper()
	all := map[string][]byte{"go.mod": []byte("module program\n\ngo 1.26\n"), "main.go": program}
	for name, content := range files {
		all[filepath.Join("golden", name)] = content
	}
	for name, content := range all {
		path := filepath.Join(root, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, content, 0o666))
	}
}

func command(t *testing.T, folder string, args ...string) string {
	t.Helper()
	run := exec.CommandContext(t.Context(), "go", args...)
	run.Dir = folder
	run.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}
