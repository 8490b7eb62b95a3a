package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/oaken-go/oaken/generator/edits"
)

// table is what the run has found.
type table struct {
	tools []tool
	rows  []row
}

// row is what came of one edit, with a cell for each tool.
type row struct {
	edit  edits.Edit
	cells []cell
}

// cell is what an edit changed in the code of one tool.
type cell struct {
	edits.Difference
	others []string // names that moved and are not the edit's
}

// severity is the worst that is expected of an edit.
func (r row) severity() string {
	for _, severity := range []string{"breaking", "risky", "compatible"} {
		for _, change := range r.edit.Changes {
			if change.Severity == severity {
				return severity
			}
		}
	}
	return "-"
}

func (c cell) columns() string {
	return fmt.Sprintf("%d | %d | %d | %d", len(c.Files), c.Lines, c.Code, len(c.others))
}

// total adds up what a tool changed in all, and in how many edits it moved
// names that are not the edit's.
func (t table) total(tool int) (sum cell, moving int) {
	for _, r := range t.rows {
		c := r.cells[tool]
		sum.Files = append(sum.Files, c.Files...)
		sum.Lines += c.Lines
		sum.Code += c.Code
		sum.others = append(sum.others, c.others...)
		if len(c.others) > 0 {
			moving++
		}
	}
	return sum, moving
}

const intro = `# What an edit of the document changes

Written by ` + "`make edits MARKDOWN=docs/edits.md`" + `, from [testdata/edits.yaml](../testdata/edits.yaml): scripted edits of [spec/financial_connections.yaml](../spec/financial_connections.yaml), one at a time, each followed by generating the package anew, with oaken and with oapi-codegen %s. Tests hold oaken's columns against what the list expects.

- *Lines* are removed and added ones, *code* those of them that are neither comments nor blank, *names* the exported names (types, fields, constants, functions, methods) that are gone or are something else than before, though the edit was not about them.
- oaken's package has a lock of names; that is one of its files. So what the document renames keeps its old name as a deprecated alias, which is no name that moved but is code that changed.
- *Severity* is the worst that ` + "`gen diff`" + ` is expected to say, as a person would judge the edit.
- oaken writes validators as well, oapi-codegen has none: some edits (limits, conditions) change nothing there. oapi-codegen writes a single file, so that its *files* are 1 or 0.
- oapi-codegen runs with ` + "`models`, `client` and `resolve-type-name-collisions`" + `, without which it refuses a document in which a parameter and a response have one name. It reads a twin of the document: enums that are lists of constants under ` + "`oneOf`" + ` are lists of values there, as it has constants for these alone. The twin is made after the edit, mechanically.

`

// markdown is the page for the documentation.
func (t table) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, intro, oapiVersion)
	b.WriteString("| edit | severity | oaken: files | lines | code | names | oapi-codegen: files | lines | code | names |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range t.rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.edit.Name, r.severity(), r.cells[0].columns(), r.cells[1].columns())
	}
	b.WriteString(t.totals())
	return b.String()
}

// totals is the comparison in sentences.
func (t table) totals() string {
	ours, moving := t.total(0)
	theirs, theirMoving := t.total(1)
	_, prefixedMoving := t.total(2)
	fewer, more := t.weigh()
	return fmt.Sprintf("| **%d edits** | | %s | %s |\n\n", len(t.rows), ours.columns(), theirs.columns()) +
		fmt.Sprintf("Names that an edit was not about moved in %d of the edits with oaken, and in %d with oapi-codegen: %s. ", moving, theirMoving, t.culprits(1)) +
		fmt.Sprintf("With its option `always-prefix-enum-values` these are %d. ", prefixedMoving) +
		fmt.Sprintf("oaken changed fewer lines of code than oapi-codegen in %d of the edits and more in %d, not counting those that only oaken has code for.\n", fewer, more)
}

// weigh counts the edits for which the first tool changed fewer lines of code
// than the second, and more, where both changed anything.
func (t table) weigh() (fewer, more int) {
	for _, r := range t.rows {
		ours, theirs := r.cells[0], r.cells[1]
		switch {
		case ours.Code < theirs.Code:
			fewer++
		case ours.Code > theirs.Code && theirs.Lines > 0:
			more++
		}
	}
	return fewer, more
}

// culprits lists the edits that moved names of others.
func (t table) culprits(tool int) string {
	var out []string
	for _, r := range t.rows {
		if n := len(r.cells[tool].others); n > 0 {
			out = append(out, fmt.Sprintf("*%s* (%d)", r.edit.Name, n))
		}
	}
	if out == nil {
		return "none"
	}
	return strings.Join(out, ", ")
}

// listNames writes the names that moved and are not the edits'.
func (t table) listNames(to io.Writer) {
	for _, r := range t.rows {
		for i, c := range r.cells {
			if len(c.others) > 0 {
				fmt.Fprintf(to, "%s: %s: %s\n", r.edit.Name, t.tools[i].name, strings.Join(c.others, " "))
			}
		}
	}
}
