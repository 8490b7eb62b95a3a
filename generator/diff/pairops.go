package diff

import (
	"regexp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/renames"
)

// opPair is an operation as it was and as it is; one of them is nil where it
// came or went.
type opPair struct{ old, new *operation }

// pairOps finds out which operation is which: by method and path, then by
// operationId, by its name in Go, and by what it takes and returns.
func pairOps(old, new []*operation) []opPair {
	m := newMatching(old, new)
	m.by(func(o *operation) string { return o.Method + " " + bare(o.Path) })
	m.by(func(o *operation) string { return o.ID })
	m.by((*operation).symbol)
	m.alike(func(o *operation) string { return o.Method + " " + o.Path }, opShape)
	var out []opPair
	for _, o := range old {
		out = append(out, opPair{o, m.to[o]})
	}
	for _, n := range new {
		if m.from[n] == nil {
			out = append(out, opPair{nil, n})
		}
	}
	return out
}

var braces = regexp.MustCompile(`\{[^{}]*\}`)

// bare is a path without the names of its parameters.
func bare(path string) string { return braces.ReplaceAllString(path, "{}") }

func opShape(o *operation) renames.Shape {
	parts := []string{"returns " + resultText(o)}
	for _, p := range o.PathParams {
		parts = append(parts, "takes "+p.Name)
	}
	if o.Params != nil {
		for _, f := range o.Params.Fields {
			parts = append(parts, "takes "+f.Name)
		}
	}
	return renames.Shape{Kind: o.Method, Parts: parts}
}

// matching pairs things of two sides.
type matching[T comparable] struct {
	old, new []T
	to, from map[T]T
}

func newMatching[T comparable](old, new []T) *matching[T] {
	return &matching[T]{old, new, map[T]T{}, map[T]T{}}
}

func (m *matching[T]) pair(old, new T) { m.to[old], m.from[new] = new, old }

// left returns what has no partner.
func left[T comparable](all []T, paired map[T]T) []T {
	return slices.DeleteFunc(slices.Clone(all), func(t T) bool {
		_, ok := paired[t]
		return ok
	})
}

// by pairs what has the same key, where nothing else has it. Nothing has an
// empty one.
func (m *matching[T]) by(key func(T) string) { m.across(key, key) }

// across is by for keys that are made another way on each side.
func (m *matching[T]) across(oldKey, newKey func(T) string) {
	olds, news := keyed(left(m.old, m.to), oldKey), keyed(left(m.new, m.from), newKey)
	for _, o := range left(m.old, m.to) {
		key := oldKey(o)
		if key != "" && len(olds[key]) == 1 && len(news[key]) == 1 {
			m.pair(o, news[key][0])
		}
	}
}

func keyed[T any](list []T, key func(T) string) map[string][]T {
	out := map[string][]T{}
	for _, t := range list {
		out[key(t)] = append(out[key(t)], t)
	}
	return out
}

// alike pairs what is left by what it is made of.
func (m *matching[T]) alike(name func(T) string, shape func(T) renames.Shape) {
	olds, news := keyed(left(m.old, m.to), name), keyed(left(m.new, m.from), name)
	for old, new := range renames.Match(shapes(olds, shape), shapes(news, shape)) {
		m.pair(olds[old][0], news[new][0])
	}
}

func shapes[T any](things map[string][]T, shape func(T) renames.Shape) map[string]renames.Shape {
	out := map[string]renames.Shape{}
	for name, list := range things {
		if len(list) == 1 && name != "" {
			out[name] = shape(list[0])
		}
	}
	return out
}

// typeShape is what a type is made of.
func typeShape(t ir.Named) renames.Shape {
	s := renames.Shape{Kind: class(t)}
	switch t := t.(type) {
	case *ir.Struct:
		for _, f := range t.Fields {
			s.Parts = append(s.Parts, f.Name)
		}
	case *ir.Enum:
		for _, v := range t.Values {
			s.Parts = append(s.Parts, v.Value)
		}
	case *ir.Union:
		for _, v := range t.Variants {
			s.Parts = append(s.Parts, typeText(v.Type)+" "+strings.Join(v.Tags, " "))
		}
	case *ir.Answers:
		for _, a := range t.List {
			s.Parts = append(s.Parts, a.Status)
		}
	}
	return s
}
