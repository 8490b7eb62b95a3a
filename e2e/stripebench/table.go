package main

import (
	"os"

	"github.com/oaken-go/oaken/e2e/bars"
)

// table is what the run has found.
type table struct{ bars.Table }

// ratio adds two numbers, the first of which is held down to a part of the
// second.
func (t *table) ratio(name string, value, other, limit float64, from string) {
	t.AtMost(name, value/other, limit, "%.2f", from)
}

// saveMarkdown writes the table for the documentation.
func (t *table) saveMarkdown(path string) error {
	const head = "# Stripe's whole document\n\nWritten by `make bench-stripe MARKDOWN=docs/bench-stripe.md`. Times and sizes are medians, with minimum and maximum.\n\n"
	return os.WriteFile(path, []byte(head+t.Markdown()), 0o666)
}
