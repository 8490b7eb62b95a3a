// Package bars is the table of the bars that the project has set itself, which
// the commands that measure write.
package bars

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Table is what a run has found.
type Table struct {
	About []string // what was measured with what
	Bars  []Bar
}

// Bar is a line of the table.
type Bar struct {
	Name, Measured, Limit, Verdict string
	From                           string // what Measured was made of
}

// AtMost adds a number that a limit holds down.
func (t *Table) AtMost(name string, value, limit float64, format, from string) {
	t.Add(name, fmt.Sprintf(format, value), "at most "+fmt.Sprintf(format, limit), value <= limit, from)
}

// AtLeast adds a number that has to reach a limit.
func (t *Table) AtLeast(name string, value, limit float64, format, from string) {
	t.Add(name, fmt.Sprintf(format, value), "at least "+fmt.Sprintf(format, limit), value >= limit, from)
}

// Add adds a bar that is met or not.
func (t *Table) Add(name, measured, limit string, met bool, from string) {
	verdict := "MISSED"
	if met {
		verdict = "ok"
	}
	t.Bars = append(t.Bars, Bar{name, measured, limit, verdict, from})
}

// Note adds a number that has no limit.
func (t *Table) Note(name, measured, from string) {
	t.Bars = append(t.Bars, Bar{Name: name, Measured: measured, From: from})
}

var columns = []string{"bar", "measured", "limit", "", "from"}

func (b Bar) cells() []string { return []string{b.Name, b.Measured, b.Limit, b.Verdict, b.From} }

// WriteText writes the table for a terminal.
func (t *Table) WriteText(to io.Writer) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, strings.Join(columns, "\t"))
	for _, b := range t.Bars {
		fmt.Fprintln(w, strings.Join(b.cells(), "\t"))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(to, "\n%s\n", strings.Join(t.About, "\n"))
	return err
}

// Markdown is the table for the documentation: what was measured with what, and
// the bars.
func (t *Table) Markdown() string {
	var b strings.Builder
	for _, line := range t.About {
		b.WriteString("- " + line + "\n")
	}
	b.WriteString("\n| " + strings.Join(columns, " | ") + " |\n" + strings.Repeat("|---", len(columns)) + "|\n")
	for _, bar := range t.Bars {
		b.WriteString("| " + strings.Join(bar.cells(), " | ") + " |\n")
	}
	return b.String()
}
