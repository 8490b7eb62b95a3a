package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
)

// table is what the run has found.
type table struct {
	about []string // what was measured with what
	bars  []bar
}

// bar is a line of the table.
type bar struct {
	name, measured, limit, verdict string
	from                           string // what measured was made of
}

// atMost adds a number that a limit holds down.
func (t *table) atMost(name string, value, limit float64, format, from string) {
	t.add(name, fmt.Sprintf(format, value), "at most "+fmt.Sprintf(format, limit), value <= limit, from)
}

// ratio adds two numbers, the first of which is held down to a part of the
// second.
func (t *table) ratio(name string, value, other, limit float64, from string) {
	t.atMost(name, value/other, limit, "%.2f", from)
}

func (t *table) add(name, measured, limit string, met bool, from string) {
	verdict := "MISSED"
	if met {
		verdict = "ok"
	}
	t.bars = append(t.bars, bar{name, measured, limit, verdict, from})
}

// note adds a number that has no limit.
func (t *table) note(name, measured, from string) {
	t.bars = append(t.bars, bar{name: name, measured: measured, from: from})
}

var columns = []string{"bar", "measured", "limit", "", "from"}

func (b bar) cells() []string { return []string{b.name, b.measured, b.limit, b.verdict, b.from} }

// writeText writes the table for a terminal.
func (t *table) writeText(to io.Writer) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(columns, "\t"))
	for _, b := range t.bars {
		fmt.Fprintln(w, strings.Join(b.cells(), "\t"))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(to, "\n%s\n", strings.Join(t.about, "\n"))
	return err
}

// saveMarkdown writes the table for the documentation.
func (t *table) saveMarkdown(path string) error {
	var b strings.Builder
	b.WriteString("# Stripe's whole document\n\nWritten by `make bench-stripe MARKDOWN=docs/bench-stripe.md`. Times and sizes are medians, with minimum and maximum.\n\n")
	for _, line := range t.about {
		b.WriteString("- " + line + "\n")
	}
	b.WriteString("\n| " + strings.Join(columns, " | ") + " |\n" + strings.Repeat("|---", len(columns)) + "|\n")
	for _, bar := range t.bars {
		b.WriteString("| " + strings.Join(bar.cells(), " | ") + " |\n")
	}
	return os.WriteFile(path, []byte(b.String()), 0o666)
}
