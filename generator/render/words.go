package render

import (
	"regexp"
	"strings"

	"github.com/pmezard/go-difflib/difflib"
)

// span is a part of a line, in bytes.
type span struct{ from, to int }

var word = regexp.MustCompile(`[\pL\pN_]+|\s+|.`)

// alike is how much two lines have in common: 1 is everything, 0 nothing. White
// space counts for nothing.
func alike(a, b map[string]int, sizeA, sizeB int) float64 {
	common := 0
	for w, n := range a {
		common += min(n, b[w])
	}
	if sizeA+sizeB == 0 {
		return 0
	}
	return 2 * float64(common) / float64(sizeA+sizeB)
}

// bag counts the words of a line.
func bag(s string) (map[string]int, int) {
	out, size := map[string]int{}, 0
	for _, w := range word.FindAllString(s, -1) {
		if strings.TrimSpace(w) != "" {
			out[w]++
			size++
		}
	}
	return out, size
}

// leastAlike is how much lines have to have in common to be one line that was
// changed, rather than one that went and one that came.
const leastAlike = 0.5

// changedWords returns what differs between two lines that are alike. A space
// between two changed words is part of the change.
func changedWords(old, new string) (gone, came []span) {
	a, b := word.FindAllString(old, -1), word.FindAllString(new, -1)
	m := difflib.NewMatcherWithJunk(a, b, false, nil)
	startsA, startsB := starts(a), starts(b)
	for _, op := range m.GetOpCodes() {
		if op.Tag == 'e' {
			continue
		}
		gone = joined(gone, span{startsA[op.I1], startsA[op.I2]}, old)
		came = joined(came, span{startsB[op.J1], startsB[op.J2]}, new)
	}
	return gone, came
}

// starts are the offsets at which words begin, and the last ends.
func starts(words []string) []int {
	out := []int{0}
	for i, w := range words {
		out = append(out, out[i]+len(w))
	}
	return out
}

func joined(spans []span, next span, text string) []span {
	if next.from == next.to {
		return spans
	}
	if n := len(spans); n > 0 && strings.TrimSpace(text[spans[n-1].to:next.from]) == "" {
		spans[n-1].to = next.to
		return spans
	}
	return append(spans, next)
}
