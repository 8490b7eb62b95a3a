package stripe

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
)

// What `gen init` writes for the document generates as it stands, and offers a
// slice for each beginning of a path, as its operations have no tags.
func TestDocumentGetsAConfig(t *testing.T) {
	spec, err := documentPath()
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "gen.yaml")
	draft, err := generator.DraftConfig(t.Context(), generator.Config{Spec: spec}, file)
	require.NoError(t, err)
	require.Equal(t, "stripe", draft.Config.Package)
	require.Contains(t, string(draft.Text), "\n# include:\n#   paths:\n#     - \"/v1/account/**\" # 1\n")
	require.NoError(t, draft.Write(false))
	config, err := generator.LoadConfig(file)
	require.NoError(t, err)
	_, err = generator.Generate(t.Context(), generator.Options{Config: *config, Through: "lower"})
	require.NoError(t, err)
}
