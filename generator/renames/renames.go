// Package renames finds out what became of something that is gone: it compares
// what has vanished with what is new, by what each is made of. Enter it through
// Match.
package renames

import (
	"cmp"
	"slices"
)

// Shape is what something is made of: a struct of its fields, an enum of its
// values, a union of its variants, an operation of what it takes and returns.
type Shape struct {
	Kind  string   // only things of one kind are compared
	Parts []string // in any order
}

// enough is the share of all their parts that two shapes must have in common,
// for one to be the other under a new name.
const enough = 0.7

// Match returns the new name of each old one that was renamed. Two are one only
// where each is more like the other than like anything else: of two that are
// alike to the same degree, neither is taken.
func Match(gone, fresh map[string]Shape) map[string]string {
	forward, backward := closest(gone, fresh), closest(fresh, gone)
	out := map[string]string{}
	for old, now := range forward {
		if backward[now] == old {
			out[old] = now
		}
	}
	return out
}

// closest returns what is most like each of some, where one thing alone is.
func closest(these, those map[string]Shape) map[string]string {
	out := map[string]string{}
	for name, shape := range these {
		best, at := 0.0, ""
		for _, other := range sorted(those) {
			switch alike := likeness(shape, those[other]); {
			case alike < enough || alike < best:
			case alike == best:
				at = "" // nobody could say which
			default:
				best, at = alike, other
			}
		}
		if at != "" {
			out[name] = at
		}
	}
	return out
}

// likeness is the share of all parts of two shapes that both have, from 0 to 1.
// What has no parts is like nothing.
func likeness(a, b Shape) float64 {
	if a.Kind != b.Kind {
		return 0
	}
	in := map[string]bool{}
	for _, part := range a.Parts {
		in[part] = true
	}
	all, both := len(in), 0
	seen := map[string]bool{}
	for _, part := range b.Parts {
		switch {
		case seen[part]:
		case in[part]:
			both++
		default:
			all++
		}
		seen[part] = true
	}
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

func sorted(m map[string]Shape) []string {
	var out []string
	for name := range m {
		out = append(out, name)
	}
	slices.SortFunc(out, cmp.Compare[string])
	return out
}
