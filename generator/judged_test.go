package generator_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/edits"
	"github.com/oaken-go/oaken/generator/ir"
)

// What a comparison says about each edit is what a person would: nothing is
// missing, nothing is said besides that does not follow from it.
func TestEditsAreToldAsAPersonWould(t *testing.T) {
	list, spec := scripted(t)
	old := representation(t, spec)
	for _, edit := range list {
		t.Run(edit.Name, func(t *testing.T) {
			edited, err := edit.Apply(spec)
			require.NoError(t, err)
			missing, wrong := judge(unlocked(edit), diff.Compare(old, representation(t, edited)))
			require.Empty(t, missing, "what was not said; but said was %v", wrong)
			require.Empty(t, wrong, "what was said besides")

			missing, wrong = judge(&edit, told(t, edited))
			require.Empty(t, missing, "what was not said with a lock; but said was %v", wrong)
			require.Empty(t, wrong, "what was said besides with a lock")
		})
	}
}

// The judgement itself tells what is missing and what is too much.
func TestJudgement(t *testing.T) {
	edit := edits.Edit{
		Changes: []edits.Change{{Code: "field-added", Severity: "compatible", Symbol: "Pet.Name", At: "/a/b"}},
		Also:    []edits.Change{{Code: "type-added", Severity: "compatible", Symbol: "PetName", At: "/a/b"}},
	}
	at := func(code, symbol, pointer string) diff.Change {
		return diff.Change{Code: code, Severity: diff.Compatible, Symbol: symbol, New: &diff.Place{Pointer: pointer}}
	}
	for name, test := range map[string]struct {
		said           []diff.Change
		missing, wrong int
	}{
		"as it should be": {[]diff.Change{at("field-added", "Pet.Name", "/a/b")}, 0, 0},
		"further below":   {[]diff.Change{at("field-added", "Pet.Name", "/a/b/c"), at("type-added", "PetName", "/a/b")}, 0, 0},
		"nothing":         {nil, 1, 0},
		"another symbol":  {[]diff.Change{at("field-added", "Pet.Names", "/a/b")}, 1, 1},
		"another code":    {[]diff.Change{at("field-renamed", "Pet.Name", "/a/b")}, 1, 1},
		"another place":   {[]diff.Change{at("field-added", "Pet.Name", "/a/bc")}, 1, 1},
		"twice":           {[]diff.Change{at("field-added", "Pet.Name", "/a/b"), at("field-added", "Pet.Name", "/a/b")}, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			missing, wrong := judge(&edit, test.said)
			require.Len(t, missing, test.missing)
			require.Len(t, wrong, test.wrong)
		})
	}
}

// judge holds what a comparison says against what is expected of an edit.
func judge(edit *edits.Edit, said []diff.Change) (missing, wrong []string) {
	must, may := slices.Clone(edit.Changes), slices.Clone(edit.Also)
	for _, change := range said {
		fits := func(c edits.Change) bool { return fitting(c, change) }
		if i := slices.IndexFunc(must, fits); i >= 0 {
			must = slices.Delete(must, i, i+1)
		} else if i := slices.IndexFunc(may, fits); i >= 0 {
			may = slices.Delete(may, i, i+1)
		} else {
			wrong = append(wrong, fmt.Sprintf("%s %s %s %s", change.Code, change.Severity, change.Symbol, pointerOf(change)))
		}
	}
	for _, c := range must {
		missing = append(missing, fmt.Sprintf("%s %s %s %s", c.Code, c.Severity, c.Symbol, c.At))
	}
	return missing, wrong
}

func fitting(want edits.Change, got diff.Change) bool {
	at := pointerOf(got)
	return got.Code == want.Code && string(got.Severity) == want.Severity && got.Symbol == want.Symbol &&
		(at == want.At || strings.HasPrefix(at, want.At+"/"))
}

func pointerOf(change diff.Change) string {
	if place := cmp.Or(change.New, change.Old); place != nil {
		return place.Pointer
	}
	return ""
}

// unlocked is what is expected of an edit where names have no lock.
func unlocked(edit edits.Edit) *edits.Edit {
	for _, list := range []*[]edits.Change{&edit.Changes, &edit.Also} {
		*list = slices.Clone(*list)
		for i, c := range *list {
			(*list)[i].Severity = cmp.Or(c.Unlocked, c.Severity)
		}
	}
	return &edit
}

// told is what gen diff says of an edited document, with the project's lock.
func told(t *testing.T, edited []byte) []diff.Change {
	t.Helper()
	config, err := generator.LoadConfig(editedConfig)
	require.NoError(t, err)
	require.NotEmpty(t, config.Lock)
	file := filepath.Join(t.TempDir(), "spec.yaml")
	require.NoError(t, os.WriteFile(file, edited, 0o600))
	report, err := generator.Diff(t.Context(), generator.DiffOptions{Config: *config, Old: editedSpec, New: file})
	require.NoError(t, err)
	for _, change := range report.Changes {
		require.True(t, (change.Old == nil || change.Old.Line > 0) && (change.New == nil || change.New.Line > 0), "%+v", change)
	}
	return report.Changes
}

// representation is a document lowered under the project's own config, without
// its lock.
func representation(t *testing.T, spec []byte) *ir.API {
	t.Helper()
	config, err := generator.LoadConfig(editedConfig)
	require.NoError(t, err)
	config.Spec, config.Lock = filepath.Join(t.TempDir(), "spec.yaml"), ""
	require.NoError(t, os.WriteFile(config.Spec, spec, 0o600))
	result, err := generator.Generate(t.Context(), generator.Options{Config: *config, Through: "lower"})
	require.NoError(t, err)
	return result.API
}
