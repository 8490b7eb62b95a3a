package generator_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/diff"
)

// compared is a document with what stands in its answer left open.
const compared = `openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://example.com"}]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: Pets.
          content: {application/json: {schema: {$ref: "SCHEMA"}}}
`

const pet = `
components:
  schemas:
    pet:
      type: object
      description: A pet.
      properties:
        id: {type: string}
        name: {type: string}
        kind: {type: string, enum: [cat, dog]}
`

func whole(schema string) string {
	return strings.Replace(compared, "SCHEMA", "#/components/schemas/pet", 1) + schema
}

// repository makes an empty git repository the current folder.
func repository(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	t.Chdir(t.TempDir())
	for _, name := range []string{"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"} { // as hooks have them
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	for _, name := range []string{"GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"} {
		t.Setenv(name, "a@example.com")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	git(t, "init", "--quiet", "--initial-branch=main")
}

func git(t *testing.T, args ...string) {
	t.Helper()
	out, err := exec.Command("git", args...).CombinedOutput()
	require.NoError(t, err, "git %v: %s", args, out)
}

func commit(t *testing.T) {
	t.Helper()
	git(t, "add", "-A")
	git(t, "commit", "--quiet", "-m", "a commit")
}

func put(t *testing.T, name, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
	require.NoError(t, os.WriteFile(name, []byte(content), 0o666))
}

func comparison(t *testing.T, o generator.DiffOptions) diff.Report {
	t.Helper()
	r, err := generator.Diff(t.Context(), o)
	require.NoError(t, err)
	return r
}

func TestDiffPairsDeclarations(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "old.yaml", whole(pet))
	put(t, "new.yaml", whole(strings.NewReplacer("[cat, dog]", "[cat, dog, fish]", "A pet.", "Any pet.").Replace(pet)))
	r := comparison(t, generator.DiffOptions{Old: "old.yaml", New: "new.yaml"})
	require.Equal(t, "old.yaml", r.Old)
	require.Equal(t, "new.yaml", r.New)
	require.Len(t, r.Types, 2)
	require.Equal(t, "Pet", r.Types[0].Symbol)
	require.Contains(t, r.Types[0].Old, "// A pet.\ntype Pet struct {\n\t")
	require.Contains(t, r.Types[0].New, "// Any pet.\ntype Pet struct {\n\t")
	require.Equal(t, diff.Pair{
		Resource: r.Types[1].Resource, Symbol: "PetKind",
		Old: "// PetKind is the member kind.\ntype PetKind string\n\nconst PetKindCat PetKind = \"cat\"\n\nconst PetKindDog PetKind = \"dog\"",
		New: "// PetKind is the member kind.\ntype PetKind string\n\nconst PetKindCat PetKind = \"cat\"\n\nconst PetKindDog PetKind = \"dog\"\n\nconst PetKindFish PetKind = \"fish\"",
	}, r.Types[1])
}

func TestDiffPairsServices(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "old.yaml", whole(pet))
	put(t, "new.yaml", strings.Replace(whole(pet), "/pets:", "/pets/{id}:", 1))
	r := comparison(t, generator.DiffOptions{Old: "old.yaml", New: "new.yaml"})
	require.Len(t, r.Types, 1)
	require.Equal(t, "PetService", r.Types[0].Symbol)
	require.Equal(t, "Pets", r.Types[0].Resource)
	require.Contains(t, r.Types[0].Old, "func (s *PetService) List(ctx context.Context, opts ...Option) (*Pet, error)")
	require.Contains(t, r.Types[0].New, "func (s *PetService) Retrieve(ctx context.Context, id string, opts ...Option) (*Pet, error)")
	require.NotContains(t, r.Types[0].New, "return")
}

func TestDiffOfTheSameIsEmpty(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "old.yaml", whole(pet))
	r := comparison(t, generator.DiffOptions{Old: "old.yaml", New: "old.yaml"})
	require.Empty(t, r.Changes)
	require.Empty(t, r.Types)
}

func TestDiffReadsRevisions(t *testing.T) {
	repository(t)
	put(t, "api/pets.yaml", strings.Replace(compared, "SCHEMA", "parts/pet.yaml", 1))
	put(t, "api/parts/pet.yaml", "{type: object, properties: {id: {type: string}, of: {$ref: owner.yaml}}}")
	put(t, "api/parts/owner.yaml", "{type: object, properties: {name: {type: string}}}")
	commit(t)
	put(t, "api/parts/owner.yaml", "{type: object, properties: {name: {type: integer}}}")
	config := generator.Config{Spec: "api/pets.yaml"}
	for _, c := range []struct {
		name, old, new   string
		oldName, newName string
	}{
		{"a file of a revision", "main:api/pets.yaml", "api/pets.yaml", "main:api/pets.yaml", "api/pets.yaml"},
		{"beside the current folder", "main:./api/pets.yaml", "api/pets.yaml", "main:./api/pets.yaml", "api/pets.yaml"},
		{"the index", ":api/pets.yaml", "api/pets.yaml", ":api/pets.yaml", "api/pets.yaml"},
		{"a revision alone", "main", "", "main:api/pets.yaml", "api/pets.yaml"},
		{"nothing", "", "", "HEAD:api/pets.yaml", "api/pets.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := comparison(t, generator.DiffOptions{Config: config, Old: c.old, New: c.new})
			require.Equal(t, c.oldName, r.Old)
			require.Equal(t, c.newName, r.New)
			require.Len(t, r.Types, 1, "only what the other file has differs")
			require.Contains(t, r.Types[0].Old, "Name Optional[string]")
			require.Contains(t, r.Types[0].New, "Name Optional[int64]")
		})
	}
	r := comparison(t, generator.DiffOptions{Config: config, Old: "main", New: "HEAD"})
	require.Empty(t, r.Types)
}

func TestDiffKeepsSpellingInMessages(t *testing.T) {
	repository(t)
	put(t, "api/pets.yaml", strings.Replace(compared, "SCHEMA", "pet.yaml", 1))
	put(t, "api/pet.yaml", "{$ref: no.yaml}")
	commit(t)
	for _, arg := range []string{"main:api/", "main:./api/", ":api/", "api/"} {
		_, err := generator.Diff(t.Context(), generator.DiffOptions{Old: arg + "pets.yaml", New: arg + "pets.yaml"})
		require.ErrorContains(t, err, arg+"pet.yaml:1:2: no.yaml can't be read: ")
	}
}

func TestDiffOfAFileNamedLikeARevision(t *testing.T) {
	repository(t)
	put(t, "main", whole(pet))
	commit(t)
	put(t, "main", whole(strings.Replace(pet, "A pet", "Any pet", 1)))
	put(t, "main:main", whole(pet))
	r := comparison(t, generator.DiffOptions{Old: "main:main", New: "main"})
	require.Equal(t, "main", r.New)
	require.Len(t, r.Types, 1)
	put(t, "main:main", "no document")
	_, err := generator.Diff(t.Context(), generator.DiffOptions{Old: "main:main", New: "main"})
	require.Error(t, err, "the file goes before the revision")
}

func TestDiffUnderOneConfig(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "old.yaml", whole(pet))
	put(t, "new.yaml", strings.ReplaceAll(whole(pet), "pet", "animal"))
	r := comparison(t, generator.DiffOptions{Old: "old.yaml", New: "new.yaml", Config: generator.Config{
		Names:      map[string]string{"/components/schemas/pet": "Beast", "/components/schemas/animal": "Beast"},
		Operations: map[string]generator.OperationName{"GET /pets": {Resource: "Zoo"}, "GET /animals": {Resource: "Zoo"}},
		Strip:      generator.Strip{Paths: []string{"/nowhere"}, Schemas: []string{"none."}},
		Include:    generator.Selection{Paths: []string{"/pets", "/animals"}},
		Exclude:    generator.Selection{Tags: []string{"None"}},
	}})
	for _, p := range r.Types {
		require.NotContains(t, []string{"Pet", "Animal"}, p.Symbol, "the config's name is that of both")
	}
}

func TestDiffSaysAllThatIsWrong(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "old.yaml", strings.Replace(compared, "SCHEMA", "no.yaml", 1))
	put(t, "new.yaml", "openapi: 3.1.0")
	_, err := generator.Diff(t.Context(), generator.DiffOptions{Old: "old.yaml", New: "new.yaml"})
	var found generator.Diagnostics
	require.True(t, errors.As(err, &found))
	files := map[string]bool{}
	for _, d := range found {
		files[d.Pos.File] = true
	}
	require.Equal(t, map[string]bool{"old.yaml": true, "new.yaml": true}, files)
}

func TestDiffOfWhatIsNotThere(t *testing.T) {
	repository(t)
	put(t, "api.yaml", whole(pet))
	commit(t)
	t.Run("in a repository", func(t *testing.T) {
		for _, c := range []struct{ old, new, spec, want string }{
			{"no.yaml", "api.yaml", "api.yaml", "no.yaml: there is neither a file nor a revision of that name"},
			{"no.yaml", "api.yaml", "", "no.yaml: there is no such file; if it is a revision, write no.yaml:PATH, or give --spec FILE"},
			{"no:api.yaml", "api.yaml", "", `git knows no revision "no" here: correct it, or fetch it first`},
			{"main:no.yaml", "api.yaml", "", "main:no.yaml: can't be read: there is no such file at main [unreadable-file]"},
			{"api.yaml", "", "", "one document to compare, and no other: give two, or name the other by --spec FILE or spec in gen.yaml"},
			{"", "", "", "no document is named to be read at HEAD: write HEAD:PATH, or give --spec FILE"},
		} {
			_, err := generator.Diff(t.Context(), generator.DiffOptions{Old: c.old, New: c.new, Config: generator.Config{Spec: c.spec}})
			require.EqualError(t, err, c.want)
		}
	})
	t.Run("in no repository", func(t *testing.T) {
		t.Chdir(t.TempDir())
		put(t, "api.yaml", whole(pet))
		config := generator.Config{Spec: "api.yaml"}
		t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(os.TempDir()))
		_, err := generator.Diff(t.Context(), generator.DiffOptions{Old: "main:api.yaml", New: "api.yaml", Config: config})
		require.ErrorContains(t, err, "main:api.yaml can only be read in a git repository")
		_, err = generator.Diff(t.Context(), generator.DiffOptions{Old: "no.yaml", New: "api.yaml", Config: config})
		require.ErrorContains(t, err, "no.yaml: there is no such file, and as a revision: ")
	})
}
