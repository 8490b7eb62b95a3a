package generator_test

import (
	"bytes"
	"errors"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pmezard/go-difflib/difflib"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/output"
	"github.com/oaken-go/oaken/templates"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/golden")

// goldenRoot holds a folder per case:
//
//	input.yaml       the document, or input.json; without one, gen.yaml names it
//	gen.yaml         the config, where the case needs one
//	ir.txt           the intermediate representation
//	report.txt       what became raw JSON or lost a constraint, if anything did
//	go/              the generated files, without the support code
//	diagnostics.txt  what is reported; then there is none of the above
//
// A config that names another folder than go/ is compared with that one, and
// `make generate` refreshes it.
const goldenRoot = "../testdata/golden"

const (
	irFile          = "ir.txt"
	reportFile      = "report.txt"
	diagnosticsFile = "diagnostics.txt"
	goFolder        = "go"
)

func TestGolden(t *testing.T) {
	cases, err := os.ReadDir(goldenRoot)
	if err != nil {
		t.Fatal(err)
	}
	types := newTypeChecker(t)
	for _, c := range cases {
		t.Run(c.Name(), func(t *testing.T) {
			t.Chdir(filepath.Join(goldenRoot, c.Name()))
			golden(t, types)
		})
	}
}

// golden runs the case in the current folder.
func golden(t *testing.T, types *typeChecker) {
	config := caseConfig(t)
	r, err := generator.Generate(t.Context(), generator.Options{Config: *config})
	var found generator.Diagnostics
	if err != nil && !errors.As(err, &found) {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	if found != nil {
		got[diagnosticsFile] = []byte(found.Error() + "\n")
	} else {
		got[irFile] = []byte(r.Dump())
		if len(r.Notes) > 0 {
			got[reportFile] = r.Report()
		}
		types.check(t, r.API.Package, r.Files)
	}
	matchFiles(t, ".", []string{irFile, reportFile, diagnosticsFile}, got, *update)
	files := withoutSupport(r.Files)
	matchFiles(t, config.Out, goFiles(t, config.Out), files, *update && config.Out == goFolder)
}

func caseConfig(t *testing.T) *generator.Config {
	config, err := generator.LoadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	defaults := generator.Config{Out: config.Out, Spec: config.Spec, Package: config.Package}
	if _, err := os.Stat("input.json"); err == nil {
		defaults.Spec = "input.json"
	} else if defaults.Spec == "" {
		defaults.Spec = "input.yaml"
	}
	if defaults.Out == "" {
		defaults.Out, defaults.Package = goFolder, "golden"
	}
	config.Override(defaults)
	return config
}

func withoutSupport(files map[string][]byte) map[string][]byte {
	own := maps.Clone(files)
	maps.DeleteFunc(own, func(name string, _ []byte) bool { return strings.HasPrefix(name, templates.Prefix) })
	return own
}

// goFiles names the generated files that a folder holds, but for the support code.
func goFiles(t *testing.T, folder string) []string {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if name := filepath.Base(path); !strings.HasPrefix(name, templates.Prefix) && bytes.HasPrefix(content, []byte(output.Header)) {
			names = append(names, name)
		}
	}
	return names
}

// matchFiles holds files against what was made, under the names of both; or makes
// them the same.
func matchFiles(t *testing.T, folder string, names []string, got map[string][]byte, rewrite bool) {
	t.Helper()
	for name := range got {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		path := filepath.Join(folder, name)
		content, made := got[name]
		want, err := os.ReadFile(path)
		switch {
		case bytes.Equal(content, want) && made == (err == nil):
		case rewrite:
			replace(t, path, content, made)
		default:
			t.Errorf("%s is not as expected (go test ./generator -run Golden -update accepts it):\n%s", path, difference(want, content))
		}
	}
}

func replace(t *testing.T, path string, content []byte, made bool) {
	if !made {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o666); err != nil {
		t.Fatal(err)
	}
}

func difference(want, got []byte) string {
	s, err := difflib.GetUnifiedDiffString(difflib.UnifiedDiff{
		A: difflib.SplitLines(string(want)), B: difflib.SplitLines(string(got)),
		FromFile: "want", ToFile: "got", Context: 2,
	})
	if err != nil {
		return err.Error()
	}
	return s
}
