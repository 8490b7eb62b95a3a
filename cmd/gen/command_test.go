package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const document = `openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://example.com"}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: A pet.
          content: {application/json: {schema: {$ref: "#/components/schemas/pet"}}}
components:
  schemas:
    pet: {type: object, description: A pet., properties: {id: {type: string}, name: {type: string}}}
`

// project makes a folder with a document and a config the current one.
func project(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	put(t, "pets.yaml", document)
	put(t, "gen.yaml", "spec: pets.yaml\nout: pets\n")
}

func put(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

func edit(t *testing.T, from, to string) {
	t.Helper()
	put(t, "pets.yaml", strings.Replace(document, from, to, 1))
}

// gen runs the command and holds its exit code and its outputs, as regular
// expressions, against what is wanted.
func gen(t *testing.T, code int, stdout, stderr string, args ...string) {
	t.Helper()
	var out, errs bytes.Buffer
	if got := run(t.Context(), args, &out, &errs); got != code {
		t.Errorf("gen %v: exit code %d, want %d", args, got, code)
	}
	match(t, "standard output", out.String(), stdout)
	match(t, "standard error", errs.String(), stderr)
}

func match(t *testing.T, what, got, want string) {
	t.Helper()
	if !regexp.MustCompile(`(?s)^` + want + `$`).MatchString(got) {
		t.Errorf("%s:\n%s\nwant\n%s", what, got, want)
	}
}

func TestGenerateThenCheck(t *testing.T) {
	project(t)
	gen(t, 1, `.*--- /dev/null\n\+\+\+ b/pets/client.go\n.*`, `pets is stale: \d+ differences \(--stat sums them up\): run gen\n`, "check")
	gen(t, 1, `.* \d+ files differ: .*`, `pets is stale: \d+ differences: run gen\n`, "check", "--stat")
	gen(t, 0, `pets: \d+ files written, 0 removed\n`, ``)
	gen(t, 0, ``, ``)
	gen(t, 0, ``, ``, "check")
	gen(t, 0, ``, `load +\S+s  1 path, 1 schema\nlower .*emit .*write +\S+s  0 written, 0 removed, \d+ unchanged\npets is up to date\n`, "--verbose")
	gen(t, 0, ``, `load .*pets is up to date\n`, "check", "--verbose")

	edit(t, "A pet., properties", "The pet., properties")
	gen(t, 1, `.*\n-// .*A pet\.\n\+// .*The pet\.\n.*`, `pets is stale: 1 difference: run gen\n`, "check")
	gen(t, 0, `pets: 1 file written, 0 removed\n`, ``)
}

func TestFlagsWinOverConfig(t *testing.T) {
	project(t)
	gen(t, 0, `other: .*`, ``, "--out", "other", "--package", "animals")
	content, err := os.ReadFile(filepath.Join("other", "client.go"))
	if err != nil || !bytes.Contains(content, []byte("\npackage animals\n")) {
		t.Errorf("%v: %.200s", err, content)
	}
	gen(t, 2, ``, `missing.yaml: can't be read: no such file or directory \[unreadable-file\]\n1 problem\n`, "--spec", "missing.yaml")
	gen(t, 2, ``, `no.yaml: can't be read: .*\n1 problem\n`, "--config", "no.yaml")
}

func TestIR(t *testing.T) {
	project(t)
	gen(t, 0, `.*Pet.*`, ``, "ir")
	gen(t, 0, `.*Pet.*`, `load .*\nlower .*\n`, "ir", "--verbose")
	if _, err := os.Stat("pets"); err == nil {
		t.Error("gen ir wrote a folder")
	}
}

func TestReport(t *testing.T) {
	project(t)
	empty := "nothing became raw JSON or lost a constraint\n"
	gen(t, 0, empty+`pets: .*`, ``, "--report", "-")
	gen(t, 0, empty, ``, "check", "--report", "-")
	gen(t, 0, empty+`package pets\n.*`, ``, "ir", "--report", "-")
	gen(t, 0, ``, ``, "--report", "report.json")
	content(t, "report.json", "[]\n")

	edit(t, "name: {type: string}", "name: {}")
	line := "pets.yaml:15:79: the document says nothing about the type of this value: it is raw JSON at #/components/schemas/pet/properties/name [raw-json]\n"
	gen(t, 1, regexp.QuoteMeta(line)+`---.*`, `.*stale.*`, "check", "--report", "-")
	gen(t, 0, `.*written.*`, ``, "--report", "report.txt")
	content(t, "report.txt", line)
	gen(t, 0, `.*Pet.*`, ``, "ir", "--report", "report.json")
	content(t, "report.json", `[
  {
    "file": "pets.yaml",
    "line": 15,
    "column": 79,
    "pointer": "/components/schemas/pet/properties/name",
    "code": "raw-json",
    "message": "the document says nothing about the type of this value: it is raw JSON"
  }
]
`)
	gen(t, 2, `.*`, `gen: open no/such/folder: no such file or directory\n`, "ir", "--report", "no/such/folder")

	edit(t, "schemas/pet", "schemas/dog")
	gen(t, 2, ``, `pets.yaml.*1 problem\n`, "--report", "wrong.txt")
	if _, err := os.Stat("wrong.txt"); err == nil {
		t.Error("there is a report about a wrong document")
	}
}

func TestNotesAreCounted(t *testing.T) {
	project(t)
	edit(t, "id: {type: string}, name: {type: string}", "a: {}, b: {}, c: {type: string, format: currency}")
	counts := `3 notes in the report, which --report - prints: 2 raw-json, 1 unchecked-format\n`
	gen(t, 0, `pets: .*`, counts)
	gen(t, 0, ``, ``) // nothing changed, nothing to say
	put(t, "gen.yaml", "spec: pets.yaml\nout: others\n")
	gen(t, 0, `others: .*`, ``, "--report", "report.txt")
}

func TestNamesThatStay(t *testing.T) {
	project(t)
	put(t, "gen.yaml", "spec: pets.yaml\nout: pets\nlock: gen.lock\n")
	gen(t, 0, `pets: \d+ files written, 0 removed\n`, ``)
	gen(t, 0, ``, ``)
	gen(t, 0, ``, ``, "check")

	put(t, "pets.yaml", strings.NewReplacer("schemas/pet", "schemas/animal", "    pet:", "    animal:").Replace(document))
	note := `pets.yaml:15:5: Pet is called Animal now: .* \[renamed\]\n`
	gen(t, 1, `(.*\n)?--- a/gen.lock\n\+\+\+ b/gen.lock\n.*`, note+`pets is stale: \d+ differences: run gen\n`, "check")
	gen(t, 0, `pets: \d+ files written, 0 removed\n`, note+`1 note in the report.*`)
	gen(t, 0, ``, ``)
	gen(t, 0, ``, ``, "check")

	put(t, "gen.lock", "schemas: []\n")
	gen(t, 2, ``, `gen.lock:1:10: schemas must be a mapping.* \[lock\]\n1 problem\n`, "check")
}

func content(t *testing.T, name, want string) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil || string(got) != want {
		t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, want)
	}
}

func TestWrongDocumentChangesNothing(t *testing.T) {
	project(t)
	gen(t, 0, `.*`, ``)
	before := snapshot(t)
	edit(t, "schemas/pet", "schemas/dog")
	problem := `pets.yaml:12:49: #/components/schemas/dog names nothing in the document: .* \[unresolved-ref\]\n1 problem\n`
	gen(t, 2, ``, problem)
	gen(t, 2, ``, problem, "check")
	gen(t, 2, ``, problem, "ir")
	if snapshot(t) != before {
		t.Error("the folder has changed")
	}
}

func snapshot(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir("pets")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(entry.Name() + info.ModTime().String())
	}
	return b.String()
}

func TestForeignFileIsKept(t *testing.T) {
	project(t)
	if err := os.Mkdir("pets", 0o777); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join("pets", "client.go"), "package pets\n")
	gen(t, 2, ``, `gen: pets/client.go is not a generated file: move it away, or generate into another folder\n`)
}

func TestUsage(t *testing.T) {
	t.Chdir(t.TempDir())
	gen(t, 2, ``, `gen: there is no command "chek": run 'gen --help' for those there are\n`, "chek")
	gen(t, 2, ``, `gen: gen check takes no arguments: leave out "pets.yaml"\n`, "check", "pets.yaml")
	gen(t, 2, ``, `gen: unknown flag: --report\nrun 'gen diff --help' .*`, "diff", "--report", "-")
	gen(t, 2, ``, `gen: unknown flag: --sepc\nrun 'gen --help' for the flags there are\n`, "--sepc", "x")
	gen(t, 2, ``, `gen: flag needs an argument: --spec\n.*`, "--spec")
	gen(t, 2, ``, `gen: there is no gen.yaml here: .*\n1 problem\n`)
	gen(t, 2, ``, `.*no document to read.*\n1 problem\n`, "--out", "x")
	gen(t, 0, `Gen generates .*Exit codes: .*`, ``, "--help")
}

func TestStopped(t *testing.T) {
	project(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	if code := run(ctx, nil, &out, &errs); code != 2 {
		t.Errorf("exit code %d", code)
	}
	match(t, "standard error", errs.String(), `gen: stopped: nothing was written: context canceled\n`)
	if _, err := os.Stat("pets"); err == nil {
		t.Error("something was written")
	}
}
