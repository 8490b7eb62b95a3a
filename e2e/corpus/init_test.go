package corpus

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
)

// What `gen init` writes for a document generates as it stands. A document that
// is refused gets no config.
func TestDocumentsGetAConfig(t *testing.T) {
	for _, path := range documents(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "gen.yaml")
			draft, err := generator.DraftConfig(t.Context(), generator.Config{Spec: path}, file)
			var found generator.Diagnostics
			if errors.As(err, &found) {
				_, err := generator.Generate(t.Context(), generator.Options{Config: generator.Config{Spec: path}, Through: "lower"})
				require.Error(t, err, "it generates, but gets no config: %v", found)
				return
			}
			require.NoError(t, err)
			require.NoError(t, draft.Write(false))
			config, err := generator.LoadConfig(file)
			require.NoError(t, err)
			_, err = generator.Generate(t.Context(), generator.Options{Config: *config, Through: "lower"})
			require.NoError(t, err)
			t.Logf("package %s, %s", config.Package, draft.Counts)
		})
	}
}
