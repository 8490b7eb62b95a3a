package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/render"
)

func TestDiffSaysNothingChanged(t *testing.T) {
	project(t)
	nothing := "nothing changed: both documents give the same package"
	gen(t, 0, "pets.yaml -> pets.yaml\n"+nothing+"\n", ``, "diff", "pets.yaml", "pets.yaml")
	gen(t, 0, `\*\*Nothing changed: .*`, ``, "diff", "pets.yaml", "pets.yaml", "--format", "markdown")
	gen(t, 0, `.*"changes": \[\],\n  "types": \[\]\n}\n`, ``, "diff", "pets.yaml", "pets.yaml", "--format", "json")
	gen(t, 0, `<!doctype html>.*Nothing changed: .*`, ``, "diff", "pets.yaml", "pets.yaml", "--format", "html")
	gen(t, 0, `.*same package\n`, `load .*emit .*load .*emit .*`, "diff", "pets.yaml", "pets.yaml", "--verbose")
	gen(t, 0, `.*`, ``, "diff", "pets.yaml", "--fail-on", "risky")
}

func TestDiffNeedsNoConfig(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "old.yaml", document)
	put(t, "new.yaml", document)
	gen(t, 0, `.*nothing changed.*`, ``, "diff", "old.yaml", "new.yaml")
}

func TestDiffWritesFiles(t *testing.T) {
	project(t)
	put(t, "old.yaml", document)
	edit(t, "A pet., properties", "Any pet., properties")
	for name, begins := range map[string]string{
		"report.txt": "old.yaml -> pets.yaml\n", "report.md": "**", "report.json": "{\n", "report.HTML": "<!doctype html>", "report": "old.yaml",
	} {
		gen(t, 0, name+`: .+\n`, ``, "diff", "old.yaml", "--output", name)
		content, err := os.ReadFile(name)
		if err != nil || !bytes.HasPrefix(content, []byte(begins)) {
			t.Errorf("%s: %v: %.80q", name, err, content)
		}
	}
	gen(t, 0, `report.json: .*`, ``, "diff", "old.yaml", "--output", "report.json", "--format", "markdown")
	if content, _ := os.ReadFile("report.json"); !bytes.HasPrefix(content, []byte("**")) {
		t.Errorf("--format does not win: %.80q", content)
	}
	gen(t, 0, `old.yaml -> .*`, ``, "diff", "old.yaml", "--output", "-")
	gen(t, 2, ``, `gen: open no/such/folder: .*`, "diff", "old.yaml", "--output", "no/such/folder")
}

func TestDiffRefuses(t *testing.T) {
	project(t)
	gen(t, 2, ``, `gen: --fail-on compatible: write breaking or risky\n`, "diff", "pets.yaml", "--fail-on", "compatible")
	gen(t, 2, ``, `gen: --format pdf: write text, markdown, json or html\n`, "diff", "pets.yaml", "--format", "pdf")
	gen(t, 2, ``, `gen: --color blue: write auto, always or never\n`, "diff", "pets.yaml", "--color", "blue")
	gen(t, 2, ``, `gen: accepts at most 2 arg.*`, "diff", "a", "b", "c")
	gen(t, 2, ``, `no.yaml: can't be read: .*`, "diff", "pets.yaml", "--spec", "no.yaml")
	put(t, "old.yaml", strings.Replace(document, "schemas/pet", "schemas/dog", 1))
	gen(t, 2, ``, `old.yaml:12:49: .*\n1 problem\n`, "diff", "old.yaml", "--output", "report.md")
	if _, err := os.Stat("report.md"); err == nil {
		t.Error("there is a report about a wrong document")
	}
}

func TestFailOn(t *testing.T) {
	for _, c := range []struct {
		failOn string
		worst  diff.Severity
		code   int
	}{
		{"", diff.Breaking, 0},
		{"breaking", diff.Breaking, 1},
		{"breaking", diff.Risky, 0},
		{"breaking", diff.Compatible, 0},
		{"breaking", "", 0},
		{"risky", diff.Breaking, 1},
		{"risky", diff.Risky, 1},
		{"risky", diff.Compatible, 0},
		{"risky", "", 0},
	} {
		t.Run(c.failOn+" "+string(c.worst), func(t *testing.T) {
			var out bytes.Buffer
			d := &differ{command: &command{stdout: &out, stderr: io.Discard}, failOn: c.failOn}
			var r diff.Report
			if c.worst != "" {
				r.Changes = []diff.Change{{Severity: diff.Compatible}, {Severity: c.worst}}
			}
			if code := d.exit(d.finish(r, render.JSON)); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if out.Len() == 0 {
				t.Error("the report is missing")
			}
		})
	}
}
