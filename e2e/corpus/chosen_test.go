package corpus

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestChosenSchemas is TestRandomSchemas for schemas that were judged otherwise
// than they say once, each as small as it can be.
func TestChosenSchemas(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "chosen.json"))
	require.NoError(t, err)
	var chosen map[string]struct {
		Schema any
		Values []any
	}
	require.NoError(t, json.Unmarshal(text, &chosen))
	schemas, values := map[string]any{}, map[string][]any{}
	for name, c := range chosen {
		schemas[name], values[name] = c.Schema, c.Values
	}
	compareSchemas(t, schemas, values)
}
