package edits

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"
)

// Difference is how two packages differ.
type Difference struct {
	Files []string // that are not the same
	Lines int      // added and removed, all in all
	Code  int      // of these in Go files, without comments and blank lines
	Moved []string // exported names that are gone, or are something else now
}

// Measure compares two packages, their files by name. It fails where a Go file
// can't be parsed.
func Measure(old, now map[string][]byte) (Difference, error) {
	var d Difference
	was, is := map[string][]byte{}, map[string][]byte{} // the files that differ
	for _, name := range slices.Sorted(maps.Keys(both(old, now))) {
		if bytes.Equal(old[name], now[name]) {
			continue
		}
		was[name], is[name] = old[name], now[name]
		d.Files = append(d.Files, name)
		d.Lines += distance(lines(old[name], false), lines(now[name], false))
		if path.Ext(name) == ".go" {
			d.Code += distance(lines(old[name], true), lines(now[name], true))
		}
	}
	before, err := Names(was)
	if err != nil {
		return d, err
	}
	after, err := Names(is)
	if err != nil {
		return d, err
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if after[name] != before[name] {
			d.Moved = append(d.Moved, name)
		}
	}
	return d, nil
}

// Others are the names that are neither among some, in which * is any text, nor
// below one of them.
func (d Difference) Others(own []string) (out []string) {
	for _, name := range d.Moved {
		mine := func(pattern string) bool {
			same, _ := path.Match(pattern, name)
			return same || pattern != "" && strings.HasPrefix(name, pattern+".")
		}
		if !slices.ContainsFunc(own, mine) {
			out = append(out, name)
		}
	}
	return out
}

func both(a, b map[string][]byte) map[string][]byte {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// lines are those of a file, of its code alone if asked for.
func lines(src []byte, code bool) (out []string) {
	for line := range strings.Lines(string(src)) {
		if text := strings.TrimSpace(line); !code || text != "" && !strings.HasPrefix(text, "//") {
			out = append(out, line)
		}
	}
	return out
}

// distance is how many lines have to be removed and added at least to get from
// one text to the other (Myers 1986: reach[k] is how far a path with that many
// steps gets on diagonal k).
func distance(a, b []string) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	most := len(a) + len(b)
	reach := make([]int, 2*most+3)
	for steps := range most + 1 {
		for k := -steps; k <= steps; k += 2 {
			at := most + 1 + k
			x := reach[at-1] + 1
			if k == -steps || k != steps && reach[at+1] >= x {
				x = reach[at+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			if reach[at] = x; x >= len(a) && x-k >= len(b) {
				return steps
			}
		}
	}
	return most
}
