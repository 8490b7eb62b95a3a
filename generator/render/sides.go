package render

import (
	"slices"
	"strings"

	"github.com/pmezard/go-difflib/difflib"
)

// cell is one side of a row.
type cell struct {
	Number int // from 1; 0 where the side has no line
	Runs   []run
}

// row is a line beside what it was. Class is same, changed, or both where one
// line went and another that has nothing to do with it came; gone or came where
// there is but one.
type row struct {
	Class    string
	Old, New cell
}

// block is rows that are shown together. One that is folded did not change.
type block struct {
	Rows   []row
	Folded bool
}

// context is how many lines are shown around what changed.
const context = 3

// sides sets a declaration beside what it was.
func sides(old, new string) []block { return folded(rowsOf(linesOf(old), linesOf(new))) }

func rowsOf(old, new []line) []row {
	var out []row
	for _, op := range difflib.NewMatcher(texts(old), texts(new)).GetOpCodes() {
		if op.Tag != 'e' {
			out = append(out, replaced(old, new, op)...)
			continue
		}
		for i := range op.I2 - op.I1 {
			out = append(out, pair("same", old, new, op.I1+i, op.J1+i))
		}
	}
	return out
}

func texts(lines []line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.text
	}
	return out
}

// replaced sets lines beside those that took their place: those that are alike
// on one row, in order, and what is left between them as it comes.
func replaced(old, new []line, op difflib.OpCode) []row {
	var out []row
	i, j := op.I1, op.J1
	for _, match := range append(matches(old[op.I1:op.I2], new[op.J1:op.J2]), [2]int{op.I2 - op.I1, op.J2 - op.J1}) {
		toI, toJ := op.I1+match[0], op.J1+match[1]
		for i < toI || j < toJ {
			out = append(out, apart(old, new, i, j, toI, toJ))
			i, j = min(i+1, toI), min(j+1, toJ)
		}
		if i < op.I2 && j < op.J2 {
			out = append(out, pair("changed", old, new, i, j))
		}
		i, j = i+1, j+1
	}
	return out
}

// apart is a row of a line that went, one that came, or both.
func apart(old, new []line, i, j, toI, toJ int) row {
	switch {
	case j >= toJ:
		return row{Class: "gone", Old: cell{i + 1, old[i].runs(nil)}}
	case i >= toI:
		return row{Class: "came", New: cell{j + 1, new[j].runs(nil)}}
	}
	return row{"both", cell{i + 1, old[i].runs(nil)}, cell{j + 1, new[j].runs(nil)}}
}

func pair(class string, old, new []line, i, j int) row {
	var gone, came []span
	if class == "changed" {
		gone, came = changedWords(old[i].text, new[j].text)
	}
	return row{class, cell{i + 1, old[i].runs(gone)}, cell{j + 1, new[j].runs(came)}}
}

// maxMatched bounds the table of matches; what is larger stays unmatched.
const maxMatched = 40_000

// matches returns the pairs of lines, in order, that together have the most in
// common.
func matches(old, new []line) [][2]int {
	if len(old)*len(new) > maxMatched {
		return nil
	}
	score := scores(old, new)
	best := make([][]float64, len(old)+1) // of what is from i and j on
	for i := range best {
		best[i] = make([]float64, len(new)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(new) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1], score[i][j]+best[i+1][j+1])
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(old) && j < len(new); {
		switch best[i][j] {
		case best[i+1][j]:
			i++
		case best[i][j+1]:
			j++
		default:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		}
	}
	return out
}

// scores is how much each two lines have in common, 0 for too little. A comment
// and code have nothing in common.
func scores(old, new []line) [][]float64 {
	bags, sizes := make([]map[string]int, len(new)), make([]int, len(new))
	for j, l := range new {
		bags[j], sizes[j] = bag(l.text)
	}
	out := make([][]float64, len(old))
	for i, l := range old {
		out[i] = make([]float64, len(new))
		words, size := bag(l.text)
		for j := range new {
			if isComment(l.text) != isComment(new[j].text) {
				continue
			}
			if s := alike(words, bags[j], size, sizes[j]); s >= leastAlike {
				out[i][j] = s
			}
		}
	}
	return out
}

func isComment(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "//") }

// folded divides rows into blocks: what is far from any change is folded.
func folded(rows []row) []block {
	near := make([]bool, len(rows))
	for i, r := range rows {
		if r.Class != "same" {
			for k := max(0, i-context); k <= min(len(rows)-1, i+context); k++ {
				near[k] = true
			}
		}
	}
	var out []block
	for from := 0; from < len(rows); {
		to := from
		for to < len(rows) && near[to] == near[from] {
			to++
		}
		out = appendBlock(out, block{rows[from:to], !near[from] && to-from > context})
		from = to
	}
	return out
}

// appendBlock joins what is not folded: a few rows are shorter than a fold.
func appendBlock(blocks []block, next block) []block {
	if n := len(blocks); n > 0 && !next.Folded && !blocks[n-1].Folded {
		blocks[n-1].Rows = slices.Concat(blocks[n-1].Rows, next.Rows)
		return blocks
	}
	return append(blocks, next)
}
