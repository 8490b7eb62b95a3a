package support

import (
	"hash/maphash"
	"math"
	"slices"
)

// equalData tells whether two values are the same JSON: numbers by value,
// members in any order (2020-12 core, section 4.2.2). Values nested deeper
// than maxDepth pass for different.
func equalData(a, b *datum, depth int) bool {
	if a.typ != b.typ {
		const numeric = typeInteger | typeNumber
		return a.typ&numeric != 0 && b.typ&numeric != 0 && a.number().compare(b.number()) == 0
	}
	if a.p == b.p && a.v == b.v && a.t == b.t && a.p != nil {
		return true
	}
	switch a.typ {
	case typeBoolean:
		return a.boolean() == b.boolean()
	case typeInteger, typeNumber:
		return a.number().compare(b.number()) == 0
	case typeString:
		return a.str == b.str
	case typeArray:
		return depth < maxDepth && equalArrays(a, b, depth+1)
	case typeObject:
		return depth < maxDepth && equalObjects(a, b, depth+1)
	}
	return a.typ == typeNull
}

func equalArrays(a, b *datum, depth int) bool {
	if a.len() != b.len() {
		return false
	}
	for i := range a.len() {
		if !equalSlots(a.item(i), b.item(i), depth) {
			return false
		}
	}
	return true
}

func equalObjects(a, b *datum, depth int) bool {
	if a.count() != b.count() {
		return false
	}
	for _, name := range a.appendNames(nil, true) {
		other := b.member(name)
		if other.state == StateAbsent || !equalSlots(a.member(name), other, depth) {
			return false
		}
	}
	return true
}

func equalSlots(a, b slot, depth int) bool {
	x, y := a.datum(), b.datum()
	return equalData(&x, &y, depth)
}

// fewItems is up to how many items comparing all pairs is the quickest.
const fewItems = 32

// hasUniqueItems tells whether no two items of an array are equal.
func hasUniqueItems(n *datum) bool {
	if n.len() > fewItems {
		return hasUniqueHashes(n)
	}
	for i := range n.len() {
		for j := range i {
			if equalItems(n, i, j) {
				return false
			}
		}
	}
	return true
}

func equalItems(n *datum, i, j int) bool { return equalSlots(n.item(i), n.item(j), 0) }

// hasUniqueHashes is hasUniqueItems for many items: only those of one hash are
// compared.
func hasUniqueHashes(n *datum) bool {
	seed := maphash.MakeSeed()
	seen := make(map[uint64][]int, n.len())
	for i := range n.len() {
		item := n.item(i).datum()
		h := hashDatum(seed, &item, 0)
		if slices.ContainsFunc(seen[h], func(j int) bool { return equalItems(n, i, j) }) {
			return false
		}
		seen[h] = append(seen[h], i)
	}
	return true
}

// hashedDepth is how deep a hash looks: enough to tell most values apart.
const hashedDepth = 4

// hashDatum gives equal values equal hashes.
func hashDatum(seed maphash.Seed, n *datum, depth int) uint64 {
	switch n.typ {
	case typeBoolean:
		return maphash.Comparable(seed, n.boolean())
	case typeInteger, typeNumber:
		return maphash.Comparable(seed, math.Float64bits(n.number().float()+0)) // -0 is 0
	case typeString:
		return maphash.String(seed, n.str)
	case typeArray:
		return hashArray(seed, n, depth+1)
	case typeObject:
		return hashObject(seed, n, depth+1)
	}
	return 0
}

func hashArray(seed maphash.Seed, n *datum, depth int) uint64 {
	h := uint64(n.len())
	for i := range n.len() {
		if item := n.item(i).datum(); depth <= hashedDepth {
			h = h*31 + hashDatum(seed, &item, depth)
		}
	}
	return h
}

func hashObject(seed maphash.Seed, n *datum, depth int) uint64 {
	h := uint64(n.count())
	for _, name := range n.appendNames(nil, true) {
		if member := n.member(name).datum(); depth <= hashedDepth {
			h = h*31 + maphash.String(seed, name) ^ hashDatum(seed, &member, depth)
		}
	}
	return h
}
