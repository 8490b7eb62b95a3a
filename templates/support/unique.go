package support

import (
	"hash/maphash"
	"math"
)

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

// fewItems is up to how many items comparing all pairs is the quickest.
const fewItems = 32

// hashedParts is how many values within an item its hash takes in. That is all of
// what fits into an answer but for the largest: else whoever sends items that only
// differ where no hash looks would have each compared with all others.
const hashedParts = 1 << 20
