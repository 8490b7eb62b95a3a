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
//	gen.lock         the lock, where the config has one
//	before.yaml      the document before, if there was one: gen.lock is what it
//	                 left, and its package is there
//	lock.txt         the lock as it is left
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
	lockFile        = "lock.txt"
	beforeFile      = "before.yaml"
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
	run := *config
	if _, err := os.Stat(beforeFile); err == nil {
		run.Out = before(t, *config)
	}
	r, err := generator.Generate(t.Context(), generator.Options{Config: run})
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
		if config.Lock != "" {
			got[lockFile] = r.Extra[0].Content
			settledLock(t, run, r)
		}
		types.check(t, r.API.Package, r.Files)
	}
	matchFiles(t, ".", []string{irFile, reportFile, lockFile, diagnosticsFile}, got, *update)
	files := withoutSupport(r.Files)
	matchFiles(t, config.Out, goFiles(t, config.Out), files, *update && config.Out == goFolder)
}

// before generates what was there before into a folder, which it returns, and
// holds the lock of the case against what that run leaves.
func before(t *testing.T, config generator.Config) string {
	t.Helper()
	left := config.Lock
	config.Spec, config.Out, config.Lock = beforeFile, t.TempDir(), filepath.Join(t.TempDir(), "gen.lock")
	config.Names, config.Operations = nil, nil
	r, err := generator.Generate(t.Context(), generator.Options{Config: config})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Write(); err != nil {
		t.Fatal(err)
	}
	matchFiles(t, ".", []string{left}, map[string][]byte{left: r.Extra[0].Content}, *update)
	return config.Out
}

// settledLock holds that the run after changes nothing, as the lock and the
// package that are there by then are those of the document.
func settledLock(t *testing.T, config generator.Config, first generator.Result) {
	t.Helper()
	config.Out, config.Lock = filepath.Join(t.TempDir(), "again"), filepath.Join(t.TempDir(), "gen.lock")
	writeFile(t, filepath.Dir(config.Lock), "gen.lock", string(first.Extra[0].Content))
	if _, err := output.Write(config.Out, first.Files); err != nil {
		t.Fatal(err)
	}
	again, err := generator.Generate(t.Context(), generator.Options{Config: config})
	if err != nil {
		t.Fatal(err)
	}
	changes, err := again.Compare()
	if err != nil || len(changes) > 0 {
		t.Errorf("running again changes something: %v %v", err, changes)
	}
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
