package generator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
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

// ofDocument are packages by the text of their document: several tests want each.
var ofDocument = map[string]map[string][]byte{}

func packageOf(t *testing.T, spec []byte) map[string][]byte {
	t.Helper()
	if ofDocument[string(spec)] == nil {
		ofDocument[string(spec)] = regenerated(t, spec)
	}
	return ofDocument[string(spec)]
}

// regenerated is what gen would write where the project's package and lock are,
// with the lock among the files.
func regenerated(t *testing.T, spec []byte) map[string][]byte {
	t.Helper()
	config, err := generator.LoadConfig(editedConfig)
	require.NoError(t, err)
	config.Spec = filepath.Join(t.TempDir(), "spec.yaml")
	require.NoError(t, os.WriteFile(config.Spec, spec, 0o600))
	result, err := generator.Generate(t.Context(), generator.Options{Config: *config})
	require.NoError(t, err)
	require.Len(t, result.Extra, 1)
	result.Files[filepath.Base(config.Lock)] = result.Extra[0].Content
	return result.Files
}

// Each edit changes no more files than it may, comments alone where it says
// so, and no name but its own.
func TestEditsChangeWhatTheyAreAbout(t *testing.T) {
	list, spec := scripted(t)
	old := packageOf(t, spec)
	for _, edit := range list {
		t.Run(edit.Name, func(t *testing.T) {
			edited, err := edit.Apply(spec)
			require.NoError(t, err)
			require.NotEqual(t, string(spec), string(edited))
			d, err := edits.Measure(old, packageOf(t, edited))
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

// What the list expects is about names and places that there are: in the
// edited document, or in the one before where something is gone from it.
func TestEditsExpectWhatThereIs(t *testing.T) {
	list, spec := scripted(t)
	old := packageOf(t, spec)
	before, err := edits.Names(old)
	require.NoError(t, err)
	for _, edit := range list {
		t.Run(edit.Name, func(t *testing.T) {
			edited, err := edit.Apply(spec)
			require.NoError(t, err)
			after, err := edits.Names(packageOf(t, edited))
			require.NoError(t, err)
			for _, change := range append(edit.Changes, edit.Also...) {
				document, names := edited, after
				if strings.HasSuffix(change.Code, "-removed") {
					document, names = spec, before
				}
				require.True(t, hasSymbol(names, change.Symbol), "there is no %s", change.Symbol)
				look := edits.Edit{Name: change.Code, Steps: []edits.Step{{Op: "remove", At: change.At}}}
				_, err := look.Apply(document)
				require.NoError(t, err)
			}
			moved, err := edits.Measure(old, packageOf(t, edited))
			require.NoError(t, err)
			for _, own := range edit.Own {
				require.NotEqual(t, moved.Moved, moved.Others([]string{own}), "%s does not move", own)
			}
		})
	}
}

// hasSymbol tells whether there is a symbol, be it a method by its resource, or
// the package itself.
func hasSymbol(names map[string]string, symbol string) bool {
	resource, method, _ := strings.Cut(symbol, ".")
	service := names["Client."+resource]
	return symbol == "financialconnections" || names[symbol] != "" || service != "" && (method == "" || names[service+"."+method] != "")
}
