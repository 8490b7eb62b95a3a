package generator_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
)

// Whatever generates without a config does so with the one that is drafted for
// it, and no entry of that is one too many.
func TestDraftsWork(t *testing.T) {
	inputs, err := filepath.Glob(filepath.Join(goldenRoot, "*", "input.*"))
	require.NoError(t, err)
	worked := 0
	for _, input := range inputs {
		t.Run(filepath.Base(filepath.Dir(input)), func(t *testing.T) {
			plain := generator.Options{Config: generator.Config{Spec: input}, Through: "lower"}
			if _, err := generator.Generate(t.Context(), plain); err != nil {
				t.Skip("it does not generate without a config")
			}
			worked++
			draftAndGenerate(t, generator.Config{Spec: input})
		})
	}
	require.Greater(t, worked, 80)
}

// draftAndGenerate writes a draft, reads it as gen does, and generates.
func draftAndGenerate(t *testing.T, flags generator.Config) *generator.Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), "gen.yaml")
	draft, err := generator.DraftConfig(t.Context(), flags, file)
	require.NoError(t, err)
	require.NoError(t, draft.Write(false))
	config, err := generator.LoadConfig(file)
	require.NoError(t, err)
	require.Equal(t, draft.Config.Package, config.Package)
	require.Equal(t, draft.Config.Strip, config.Strip)
	require.Equal(t, draft.Config.Client, config.Client)
	result, err := generator.Generate(t.Context(), generator.Options{Config: *config})
	require.NoError(t, err)
	require.NotEmpty(t, result.Files)
	return config
}

func TestDraftOfTheProjectsDocument(t *testing.T) {
	config := draftAndGenerate(t, generator.Config{Spec: editedSpec})
	require.Equal(t, "stripefinancialconnections", config.Package)
	require.Equal(t, []string{"/v1/financial_connections"}, config.Strip.Paths)
	require.Equal(t, "Request-Id", config.Client.RequestIDHeader)
}

// What is offered can be taken: every line that is commented out is right as
// it stands.
func TestOffersOfADraft(t *testing.T) {
	file := filepath.Join(t.TempDir(), "gen.yaml")
	draft, err := generator.DraftConfig(t.Context(), generator.Config{Spec: editedSpec}, file)
	require.NoError(t, err)
	offer := regexp.MustCompile(`(?m)^( *)# ( *(?:- |[a-z_]+:( |$)).*)$`)
	draft.Text = offer.ReplaceAll(draft.Text, []byte("$1$2"))
	require.NoError(t, draft.Write(false))
	config, err := generator.LoadConfig(file)
	require.NoError(t, err, string(draft.Text))
	require.Equal(t, []string{"Accounts", "Sessions"}, config.Include.Tags)
	require.Equal(t, []string{"financial_connections."}, config.Strip.Schemas)
	require.Equal(t, "none", config.Client.Auth)
}

func TestDraftPaths(t *testing.T) {
	t.Chdir(t.TempDir())
	spec, err := filepath.Abs("api/spec.yaml")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll("api", 0o777))
	require.NoError(t, os.MkdirAll("conf", 0o777))
	require.NoError(t, os.WriteFile(spec, []byte("openapi: 3.0.3\ninfo: {title: Corner Shop, version: '1'}\npaths: {/a: {get: {responses: {'204': {description: D}}}}}\n"), 0o666))
	for name, test := range map[string]struct {
		flags     generator.Config
		file      string
		spec, out string // as they are in the file
		pkg       string
	}{
		"beside the document":      {generator.Config{Spec: "api/spec.yaml"}, "", "api/spec.yaml", "internal/cornershop", "cornershop"},
		"an absolute path":         {generator.Config{Spec: spec}, "", "api/spec.yaml", "internal/cornershop", "cornershop"},
		"in another folder":        {generator.Config{Spec: "api/spec.yaml"}, "conf/g.yaml", "../api/spec.yaml", "internal/cornershop", "cornershop"},
		"out as the flag says":     {generator.Config{Spec: "api/spec.yaml", Out: "shop"}, "conf/g.yaml", "../api/spec.yaml", "../shop", "shop"},
		"package as the flag says": {generator.Config{Spec: "api/spec.yaml", Package: "till"}, "", "api/spec.yaml", "internal/till", "till"},
		"out that is no name":      {generator.Config{Spec: "api/spec.yaml", Out: "1"}, "", "api/spec.yaml", "\"1\"", "cornershop"},
		"root and hosts":           {generator.Config{Spec: "api/spec.yaml", Root: ".", AllowHosts: []string{"example.com"}}, "", "api/spec.yaml", "internal/cornershop", "cornershop"},
	} {
		t.Run(name, func(t *testing.T) {
			draft, err := generator.DraftConfig(t.Context(), test.flags, test.file)
			require.NoError(t, err)
			require.Contains(t, string(draft.Text), "\nspec: "+test.spec+"\n")
			require.Contains(t, string(draft.Text), "\nout: "+test.out+"\npackage: "+test.pkg+"\n")
			require.Equal(t, test.flags.Root != "", regexp.MustCompile(`(?m)^root: "\."$|^root: \.$`).Match(draft.Text))
		})
	}
}
