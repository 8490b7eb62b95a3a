package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/oaken-go/oaken/generator"
)

// barWidth is how many signs the longest bar of a summary has, at most.
const barWidth = 40

// row is a line of the summary.
type row struct {
	name         string
	gained, lost int
}

// printStat prints a line for each file, with how many lines it gains and loses,
// and one for all.
func printStat(w io.Writer, changes []generator.Change, paint palette) {
	var rows []row
	var total row
	names, counts, most := 0, 0, 0
	for _, change := range changes {
		r := row{name: change.Path + map[string]string{"added": " (new)", "removed": " (gone)"}[string(change.Kind)]}
		r.gained, r.lost = change.Lines()
		rows = append(rows, r)
		total.gained, total.lost = total.gained+r.gained, total.lost+r.lost
		names, counts = max(names, len([]rune(r.name))), max(counts, len(r.counts()))
		most = max(most, r.gained+r.lost)
	}
	for _, r := range rows {
		plus, minus := r.bar(most)
		line := fmt.Sprintf(" %-*s | %*s ", names, r.name, counts, r.counts())
		fmt.Fprintln(w, line+paint(green, plus)+paint(red, minus))
	}
	verb := "differ"
	if len(rows) == 1 {
		verb = "differs"
	}
	fmt.Fprintf(w, " %s %s: %s\n", plural(len(rows), "file"), verb, total.counts())
}

func (r row) counts() string { return fmt.Sprintf("+%d -%d", r.gained, r.lost) }

// bar returns the signs for what is gained and lost: one for each line, or fewer
// where the most would be too long; one at least for what there is.
func (r row) bar(most int) (plus, minus string) {
	signs := func(n int) int {
		if most <= barWidth {
			return n
		}
		return (n*(barWidth-1) + most - 1) / most
	}
	return strings.Repeat("+", signs(r.gained)), strings.Repeat("-", signs(r.lost))
}
