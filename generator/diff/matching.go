package diff

import (
	"slices"

	"github.com/oaken-go/oaken/generator/renames"
)

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
