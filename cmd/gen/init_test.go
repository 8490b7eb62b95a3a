package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestInitThenGenerate(t *testing.T) {
	project(t)
	remove(t, "gen.yaml")
	put(t, "go.mod", "module example.com/m\n")
	gen(t, 0, `gen.yaml: package pets in internal/pets, with 1 resource, 1 operation, 1 type\nnext, read it, and run: gen\n`+
		`for go generate, put this line into internal/pets/zz_generate.go, .*:\n//go:generate gen --config ../../gen.yaml\n`, ``, "init", "pets.yaml")
	gen(t, 0, `internal/pets: \d+ files written, 0 removed\n`, ``)
	gen(t, 0, ``, ``, "check")
}

// Where the go command runs gen, the next command says so.
func TestInitInAModuleThatHasTheTool(t *testing.T) {
	for mod, next := range map[string]string{
		"tool github.com/oaken-go/oaken/cmd/gen // for go generate\n":                      "go tool gen",
		"tool (\n\texample.com/a\n\tgithub.com/oaken-go/oaken/cmd/gen\n)\n":                "go tool gen",
		"require github.com/oaken-go/oaken v0.0.0\ntool example.com/oaken/oaken/cmd/gen\n": "gen",
	} {
		project(t)
		put(t, "go.mod", "module example.com/m\n"+mod)
		folder(t, "api")
		gen(t, 0, `api/gen.yaml: .*next, read it, and run: `+next+` --config api/gen.yaml\n`+
			`for go generate, put this line into pets/zz_generate.go, .*:\n//go:generate `+next+` --config ../api/gen.yaml\n`,
			``, "init", "--config", "api/gen.yaml", "--out", "pets", "pets.yaml")
	}
}

// A config is somebody's work: it is replaced only where that is asked for.
func TestInitLeavesFilesAlone(t *testing.T) {
	project(t)
	gen(t, 2, ``, `gen: gen.yaml is there already: give --force to write it anew, or --config FILE to write another\n`, "init", "pets.yaml")
	if text := get(t, "gen.yaml"); text != "spec: pets.yaml\nout: pets\n" {
		t.Errorf("it has been changed: %s", text)
	}
	gen(t, 0, `other/gen.yaml: .*next, read it, and run: gen --config other/gen.yaml\n.*`, ``, "init", "--config", folder(t, "other")+"/gen.yaml", "pets.yaml")
	gen(t, 0, `other/internal/pets: .*`, ``, "--config", "other/gen.yaml")
	gen(t, 0, `gen.yaml: package pets in internal/pets, .*`, ``, "init", "--force", "pets.yaml")
	if text := get(t, "gen.yaml"); text == "spec: pets.yaml\nout: pets\n" {
		t.Error("it has not been changed")
	}
	left, err := filepath.Glob(".gen-init-*")
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestInitOutsideOfAModule(t *testing.T) {
	project(t)
	remove(t, "gen.yaml")
	gen(t, 0, `gen.yaml: package dogs in dogs, .*there is no go.mod here yet: go mod init NAME makes one, which building the package needs\n`, ``, "init", "--out", "dogs", "pets.yaml")
	gen(t, 0, `dogs: \d+ files written, 0 removed\n`, ``)
}

// Nothing is written where something is wrong.
func TestInitOfWhatIsNoDocument(t *testing.T) {
	project(t)
	remove(t, "gen.yaml")
	put(t, "wrong.yaml", "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {parameters: [{$ref: '#/x'}], responses: {'204': {description: D}}}}}\n")
	for _, test := range []struct {
		stderr string
		args   []string
	}{
		{`gen: init needs one document: gen init SPEC\n`, nil},
		{`gen: init needs one document: gen init SPEC\n`, []string{"pets.yaml", "pets.yaml"}},
		{`none.yaml: can't be read: no such file or directory \[unreadable-file\]\n1 problem\n`, []string{"none.yaml"}},
		{`gen: https://example.com/pets.yaml is an address: save what is there as a file, and name that\n`, []string{"https://example.com/pets.yaml"}},
		{`wrong.yaml:3:\d+: .*`, []string{"wrong.yaml"}},
		{`gen: "No" is no name .*|.*"No" is no name for a Go package.*`, []string{"--package", "No", "pets.yaml"}},
	} {
		gen(t, 2, ``, test.stderr, append([]string{"init"}, test.args...)...)
	}
	if _, err := os.Stat("gen.yaml"); err == nil {
		t.Error("there is a config now")
	}
}

func get(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}

func folder(t *testing.T, name string) string {
	t.Helper()
	if err := os.Mkdir(name, 0o777); err != nil {
		t.Fatal(err)
	}
	return name
}
