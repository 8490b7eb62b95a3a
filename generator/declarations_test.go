package generator

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/emit"
	"github.com/oaken-go/oaken/templates"
)

const petDocument = `openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://example.com"}]
paths:
  /pets:
    get:
      responses:
        "200":
          description: Pets.
          content: {application/json: {schema: {$ref: "pet.yaml"}}}
`

const petSchema = `type: object
properties:
  owner:
    type: object
    title: Owner
    properties: {name: {type: string}}
  mood: {type: string, enum: [calm, wild]}
`

// changed makes a report of changes between two schemas of an answer.
func changed(t *testing.T, old, new string, changes ...diff.Change) diff.Report {
	t.Helper()
	var made []Result
	for _, schema := range []string{old, new} {
		folder := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(folder, "pets.yaml"), []byte(petDocument), 0o666))
		require.NoError(t, os.WriteFile(filepath.Join(folder, "pet.yaml"), []byte(schema), 0o666))
		r, err := Generate(t.Context(), Options{Config: Config{Spec: filepath.Join(folder, "pets.yaml")}, compared: true})
		require.NoError(t, err)
		made = append(made, r)
	}
	r, err := report("old", "new", made[0], made[1], changes)
	require.NoError(t, err)
	return r
}

func TestReportFillsInPlaces(t *testing.T) {
	pointer := "/components/schemas/pet/properties/mood"
	r := changed(t, petSchema, petSchema, diff.Change{
		Old: &diff.Place{Pointer: pointer}, New: &diff.Place{Pointer: pointer},
	}, diff.Change{New: &diff.Place{Pointer: pointer}})
	require.Equal(t, "pet.yaml", filepath.Base(r.Changes[0].Old.File))
	require.NotEqual(t, r.Changes[0].Old.File, r.Changes[0].New.File)
	require.Equal(t, 7, r.Changes[0].New.Line)
	require.Equal(t, 3, r.Changes[0].New.Col)
	require.Equal(t, "/properties/mood", r.Changes[0].New.Pointer)
	require.Nil(t, r.Changes[1].Old)
}

func TestDeclarationsGoWithTheirChanges(t *testing.T) {
	r := changed(t, petSchema, strings.Replace(petSchema, "wild", "wild, shy", 1),
		diff.Change{Resource: "Zoo.Pets", Code: diff.CodeValueAdded, Symbol: "PetMoodShy"})
	require.Len(t, r.Types, 1)
	require.Equal(t, "PetMood", r.Types[0].Symbol)
	require.Equal(t, "Zoo.Pets", r.Types[0].Resource)
}

// What comes with a new field is shown where the field is.
func TestNewDeclarationsGoWhereTheyAreUsed(t *testing.T) {
	r := changed(t, petSchema, petSchema+"  coat: {type: string, enum: [long, short]}\n")
	var symbols []string
	for _, p := range r.Types {
		symbols = append(symbols, p.Resource+" "+p.Symbol)
	}
	require.Equal(t, []string{"Pets Pet", "Pets PetCoat"}, symbols)
}

func TestRenamedDeclarationsArePairs(t *testing.T) {
	new := strings.NewReplacer("owner:", "keeper:", "Owner", "Keeper").Replace(petSchema)
	old := "/components/schemas/pet/properties/owner"
	for name, c := range map[string]struct {
		changes []diff.Change
		want    map[string]bool // whether there is an old one
	}{
		"renamed":      {[]diff.Change{{Code: diff.CodeTypeRenamed, Symbol: "PetKeeper", Old: &diff.Place{Pointer: old}}}, map[string]bool{"Pet": true, "PetKeeper": true}},
		"gone and new": {nil, map[string]bool{"Pet": true, "PetKeeper": false, "PetOwner": true}},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string]bool{}
			for _, p := range changed(t, petSchema, new, c.changes...).Types {
				got[p.Symbol] = p.Old != ""
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestNameOfWhatWasRenamedIsTakenAgain(t *testing.T) {
	got := namesBefore(map[string]string{"B": "A"}, map[string]*declaration{"A": {}, "B": {}, "C": {}})
	require.Equal(t, map[string]string{"B": "A", "C": "C"}, got)
}

// A comparison makes the files that people read alone: no other file declares
// what it shows.
func TestDeclarationsAreInFilesThatAreRead(t *testing.T) {
	for _, name := range []string{"unions", "expandable", "lists", "webhooks", "servers", "headers", "defaults", "lock-aliases", "security-several"} {
		t.Run(name, func(t *testing.T) {
			spec := filepath.Join("..", "testdata", "golden", name, "input.yaml")
			whole, err := Generate(t.Context(), Options{Config: Config{Spec: spec, Out: t.TempDir(), Package: "golden"}})
			require.NoError(t, err)
			maps.DeleteFunc(whole.Files, func(name string, _ []byte) bool { return strings.HasPrefix(name, templates.Prefix) })
			all, err := declarations(whole.Files, nil)
			require.NoError(t, err)
			read, err := emit.Read(whole.API)
			require.NoError(t, err)
			require.Less(t, len(read), len(whole.Files))
			shown, err := declarations(read, nil)
			require.NoError(t, err)
			require.NotEmpty(t, shown)
			require.Equal(t, all, shown)
		})
	}
}
