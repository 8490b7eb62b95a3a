// Package renames finds out what became of something that is gone: it compares
// what has vanished with what is new, by what each is made of. Enter it through
// Match; Alike compares two things alone.
package renames

import "slices"

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

// Alike tells whether a thing could be another one under a new name.
func Alike(a, b Shape) bool {
	return newIndex(map[string]Shape{"b": b}).closest(a) != ""
}

// closest returns what is most like each of some, where one thing alone is.
func closest(these, those map[string]Shape) map[string]string {
	index := newIndex(those)
	out := map[string]string{}
	for name, shape := range these {
		if at := index.closest(shape); at != "" {
			out[name] = at
		}
	}
	return out
}

// index finds shapes by their parts, so that only those are compared that have
// some in common.
type index struct {
	names []string
	sizes []int            // how many parts each has
	with  map[string][]int // by kind and part
}

func newIndex(shapes map[string]Shape) *index {
	x := &index{with: map[string][]int{}}
	for name, shape := range shapes {
		all := parts(shape)
		for _, part := range all {
			x.with[part] = append(x.with[part], len(x.names))
		}
		x.names = append(x.names, name)
		x.sizes = append(x.sizes, len(all))
	}
	return x
}

// closest returns the name of what is most like a shape, "" where there is none
// or nobody could say which. Likeness is the share of all parts of two shapes
// that both have.
func (x *index) closest(shape Shape) string {
	all := parts(shape)
	both := map[int]int{}
	for _, part := range all {
		for _, i := range x.with[part] {
			both[i]++
		}
	}
	best, at := 0.0, ""
	for i, n := range both {
		switch alike := float64(n) / float64(len(all)+x.sizes[i]-n); {
		case alike < enough || alike < best:
		case alike == best:
			at = ""
		default:
			best, at = alike, x.names[i]
		}
	}
	return at
}

// parts are the parts of a shape, each once, with its kind.
func parts(s Shape) []string {
	var out []string
	for _, part := range s.Parts {
		out = append(out, s.Kind+" "+part)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
