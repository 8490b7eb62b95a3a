package support

import (
	"slices"
	"sort"
	"strings"
	"unsafe"
)

// This file tests texts for Validate's quick way: whether they are among some
// constants, and whether they are codes.

// textSet is a set of texts. Nearly every value shares the memory of a constant,
// those that the decoder has read too, so a few texts have places by their
// address, where a value is found without a comparison of characters.
type textSet struct {
	list   []string // sorted
	factor uint64   // makes an address a place; 0 for many texts
	at     [textPlaces]string
	cases  [][]quickRule // testSwitch: what each text asks of the object, by what find returns
}

// textPlaces is how many places there are, a power of two, and fewTexts for how
// many texts they are used.
const (
	textPlaces = 16
	textShift  = 64 - 4
	fewTexts   = textPlaces / 2
)

func newTextSet(texts []string) *textSet {
	s := &textSet{list: slices.Clone(texts)}
	sort.Strings(s.list)
	n := 0
	for i, text := range s.list {
		if i == 0 || text != s.list[n-1] {
			s.list[n] = text
			n++
		}
	}
	s.list = s.list[:n]
	s.empty()
	for try := uint64(1); len(s.list) <= fewTexts && try < 1000; try++ {
		s.factor = try*0x9e3779b97f4a7c15 | 1
		if s.fill() {
			return s
		}
		s.empty()
	}
	s.factor = 0
	return s
}

// empty makes all places hold what no value shares its memory with.
func (s *textSet) empty() {
	none := strings.Clone(" ")
	for i := range s.at {
		s.at[i] = none
	}
}

// fill gives each text its place, and tells whether no two have the same.
func (s *textSet) fill() bool {
	var taken uint32
	for _, text := range s.list {
		k := s.place(text)
		if taken>>k&1 != 0 {
			return false
		}
		taken |= 1 << k
		s.at[k] = text
	}
	return true
}

// place returns where a text would be that shares its memory with one of the set.
func (s *textSet) place(text string) int {
	return int(uint64(uintptr(unsafe.Pointer(unsafe.StringData(text)))) * s.factor >> textShift)
}

// holds tells whether a text shares its memory with one of the set.
func (s *textSet) holds(text string) bool { return isSame(s.at[s.place(text)], text) }

// holdsAll tells whether texts are of the set.
func (s *textSet) holdsAll(texts []string) bool {
	for _, text := range texts {
		if !s.holds(text) && s.search(text) < 0 {
			return false
		}
	}
	return true
}

// find returns a number for a text of the set, below places, and -1 for any
// other text.
func (s *textSet) find(text string) int {
	if k := s.place(text); isSame(s.at[k], text) {
		return k
	}
	return s.search(text)
}

// search is find for a text that does not share the memory of one.
func (s *textSet) search(text string) int {
	i := sort.SearchStrings(s.list, text)
	switch {
	case i == len(s.list) || s.list[i] != text:
		return -1
	case s.factor == 0:
		return i
	}
	return s.place(s.list[i])
}

// places is how many numbers find returns.
func (s *textSet) places() int { return max(textPlaces, len(s.list)) }

// code is a pattern for texts of a certain length, of certain characters.
type code struct {
	least, most int
	chars       [256]bool
}

// newCode returns the code that a pattern describes, or nil if it is none.
func newCode(s *sequence) *code {
	if s.start != "" || len(s.list) != 1 || !s.end || s.list[0].most < 0 {
		return nil
	}
	x := &s.list[0]
	c := &code{least: x.least, most: x.most}
	for i := range c.chars {
		c.chars[i] = x.class.has(byte(i))
	}
	return c
}

func (c *code) match(s string) bool {
	if len(s) < c.least || len(s) > c.most {
		return false
	}
	for i := range len(s) {
		if !c.chars[s[i]] {
			return false
		}
	}
	return true
}
