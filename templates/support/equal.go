package support

import (
	"hash/maphash"
	"math"
)

// Equal tells whether a and b point to objects of one type that are the same
// JSON: absent is not null, numbers count by value, and the order of members
// that have no field does not count. Nil pointers of one type are equal. Where
// an answer came from makes no difference, nor whether somebody has called
// Expanded; what is in a file to upload is not looked at.
//
// It fits cmp.Comparer of github.com/google/go-cmp as it is.
func Equal(a, b object) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	t, p, q := builtTable(a), pointerOf(a), pointerOf(b)
	if t != builtTable(b) || p == nil || q == nil {
		return t == builtTable(b) && p == q
	}
	x, y := structDatum(t, p), structDatum(t, q)
	return equalData(&x, &y, 0)
}

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

// uniqueItems is the keyword of this name (2020-12 validation, section 6.4.3).
type uniqueItems struct{}

func (k *uniqueItems) holds(e *evaluation, n *datum) bool {
	return n.typ != typeArray || hasUniqueItems(n) || e.blame(k)
}

func (*uniqueItems) demand() (string, string) { return "uniqueItems", "must not have equal items" }

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
	h := hashing{seed: maphash.MakeSeed()}
	seen := make(map[uint64][]int, n.len())
	for i := range n.len() {
		item := n.item(i)
		h.left = hashedParts
		sum := h.slot(item, 0)
		for _, j := range seen[sum] {
			if equalItems(n, i, j) {
				return false
			}
		}
		seen[sum] = append(seen[sum], i)
	}
	return true
}

// hashedParts is how many values within an item its hash takes in. That is all of
// what fits into an answer but for the largest: else whoever sends items that only
// differ where no hash looks would have each compared with all others.
const hashedParts = 1 << 20

// hashing gives equal values equal hashes.
type hashing struct {
	seed maphash.Seed
	left int // values that the hash still takes in
}

func (h *hashing) slot(s slot, depth int) uint64 {
	if h.left--; h.left < 0 || depth > maxDepth {
		return 0
	}
	n := s.datum()
	switch n.typ {
	case typeBoolean:
		return maphash.Comparable(h.seed, n.boolean())
	case typeInteger, typeNumber:
		return maphash.Comparable(h.seed, math.Float64bits(n.number().float()+0)) // -0 is 0
	case typeString:
		return maphash.String(h.seed, n.str)
	case typeArray:
		return h.array(&n, depth+1)
	case typeObject:
		return h.object(&n, depth+1)
	}
	return 0
}

func (h *hashing) array(n *datum, depth int) uint64 {
	sum := uint64(n.len())
	for i := 0; i < n.len() && h.left > 0; i++ {
		sum = h.both(sum, h.slot(n.item(i), depth))
	}
	return sum
}

func (h *hashing) object(n *datum, depth int) uint64 {
	sum := uint64(n.count())
	for _, name := range n.appendNames(nil, true) {
		sum = h.both(sum, h.both(maphash.String(h.seed, name), h.slot(n.member(name), depth)))
	}
	return sum
}

// both makes one hash of two, so that nobody without the seed finds others which
// give the same.
func (h *hashing) both(a, b uint64) uint64 { return maphash.Comparable(h.seed, [2]uint64{a, b}) }
