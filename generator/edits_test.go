package generator_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/edits"
)

const (
	editedSpec   = "../spec/financial_connections.yaml"
	editedConfig = "../gen.yaml"
)

// scripted reads the edits that all tests of regenerating share.
func scripted(t *testing.T) (list []edits.Edit, spec []byte) {
	t.Helper()
	data, err := os.ReadFile("../testdata/edits.yaml")
	require.NoError(t, err)
	list, err = edits.Read(data)
	require.NoError(t, err)
	spec, err = os.ReadFile(editedSpec)
	require.NoError(t, err)
	return list, spec
}

// Each edit changes no more files than it may, comments alone where it says
// so, and no name but its own.
func TestEditsChangeWhatTheyAreAbout(t *testing.T) {
	list, spec := scripted(t)
	old := generate(t, editedConfig, string(spec))
	for _, edit := range list {
		t.Run(edit.Name, func(t *testing.T) {
			edited, err := edit.Apply(spec)
			require.NoError(t, err)
			require.NotEqual(t, string(spec), string(edited))
			d, err := edits.Measure(old, generate(t, editedConfig, string(edited)))
			require.NoError(t, err)
			require.LessOrEqual(t, len(d.Files), edit.Files, "files: %v", d.Files)
			require.Equal(t, edit.Code, d.Code > 0, "%d lines of code", d.Code)
			require.Equal(t, edit.Files > 0, d.Lines > 0, "%d lines", d.Lines)
			require.Empty(t, d.Others(edit.Symbols()), "names that are not the edit's own")
		})
	}
}

// The bars that hold for kinds of edits, whatever the list expects of each.
func TestEditsKeepToTheBars(t *testing.T) {
	list, _ := scripted(t)
	require.GreaterOrEqual(t, len(list), 30)
	for _, edit := range list {
		for _, prefix := range []string{"reword ", "deprecate ", "reorder "} {
			if strings.HasPrefix(edit.Name, prefix) {
				require.False(t, edit.Code, "%s may change comments alone", edit.Name)
			}
		}
		if strings.HasPrefix(edit.Name, "reorder ") {
			require.Zero(t, edit.Files, edit.Name)
		}
		for _, prefix := range []string{"field-added", "value-added", "parameter-added"} {
			for _, change := range edit.Changes {
				if change.Code == prefix && len(edit.Changes) == 1 {
					require.LessOrEqual(t, edit.Files, 2, "%s adds one thing", edit.Name)
				}
			}
		}
	}
}
