package support

import (
	"encoding/binary"
	"sync/atomic"
	"unsafe"
)

// nameIndex is what the interpreter works out about a table the first time it
// meets it.
type nameIndex struct {
	steps []step // by field, and one that no name is for
	// verbatim says that every name is plain, and so found as it stands.
	verbatim bool
	// plain has a bit for each field that is not Optional: when such a member
	// is missing, the struct's members must remember it.
	plain []uint64
	short [1]uint64 // the memory of plain where that is enough
	first uint64    // the first word of plain
	// simple says that there is nothing to do once an object is read that has
	// all members of first and no unknown ones.
	simple bool
	page   int // the field that is the list's data, or -1
	// slots are the fields by the hash of their names: the index plus one, 0
	// where there is none, in the slot of the hash or one that follows it. There
	// are none in the first index of a table: see hashed.
	slots []int32
	shift uint         // of a hash, to be a slot
	asked atomic.Int32 // how often a name was looked for without slots
}

// names returns the table's index. Goroutines that race to build it build the
// same.
func (t *table) names() *nameIndex {
	if x := (*nameIndex)(atomic.LoadPointer(&t.index)); x != nil {
		return x
	}
	return t.buildIndex()
}

func (t *table) buildIndex() *nameIndex {
	x := newIndex(t)
	atomic.StorePointer(&t.index, unsafe.Pointer(x))
	return x
}

func newIndex(t *table) *nameIndex {
	x := &nameIndex{
		steps:    make([]step, len(t.fields)+1),
		verbatim: true,
		page:     -1,
	}
	x.plain = x.short[:]
	if len(t.fields) > 64 {
		x.plain = make([]uint64, (len(t.fields)+63)/64)
	}
	x.simple = t.list == nil && len(t.fields) <= 64
	known := make([]textToken, knownTokens(t))
	for i := range t.fields {
		f, s := &t.fields[i], &x.steps[i]
		known = s.read(f, i, known)
		x.verbatim = x.verbatim && s.size > 0
		if !f.opt && !t.params {
			x.plain[i/64] |= 1 << (i % 64)
		}
		if t.list != nil && t.list.data == f.name {
			x.page = i
		}
		if i == x.page || i >= 64 { // which reading.seen has no bits for
			s.begin, s.opt = noValue, false
		}
	}
	if t.params {
		x.hideRepeated(t)
	}
	last := &x.steps[len(t.fields)]
	last.token, last.index = noToken, uint32(len(t.fields))
	x.first = x.plain[0]
	return x
}

// hideRepeated lets no name be that of a field of parameters that find does not
// find by it.
func (x *nameIndex) hideRepeated(t *table) {
	for i := range t.fields {
		for j := range i {
			if t.fields[i].name != t.fields[j].name {
				continue
			}
			hidden := i
			if t.fields[i].isForm() {
				hidden = j
			}
			x.steps[hidden].token = noToken
		}
	}
}

// isForm tells whether a parameter is a member of a body that is a form.
func (f *field) isForm() bool { return f.in == inForm || f.in == inMultipart }

// among returns the step of the field whose name has these words, or nil, without
// slots: for the few names that a table is asked for before it has those.
func (x *nameIndex) among(first, second uint64) *step {
	if x.asked.Add(1) > 16 {
		return nil
	}
	for k := range x.steps {
		if s := &x.steps[k]; s.words[0] == first && s.words[1] == second {
			return s
		}
	}
	return nil
}

// step returns that of field k.
func (x *nameIndex) step(k int) *step {
	return (*step)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(x.steps)), uintptr(k)*unsafe.Sizeof(step{})))
}

// hashed returns the table's index with slots. Nothing asks for those until names
// are out of order again and again, or one is unknown.
func (t *table) hashed() *nameIndex {
	if x := t.names(); x.slots != nil {
		return x
	}
	return t.buildSlots()
}

func (t *table) buildSlots() *nameIndex {
	y := t.names()
	x := &nameIndex{steps: y.steps, verbatim: y.verbatim, plain: y.plain, short: y.short, first: y.first, simple: y.simple, page: y.page}
	if len(x.plain) == 1 {
		x.plain = x.short[:] // and not those of the index before
	}
	x.shift = 64 - 3
	for 1<<(64-x.shift) < 4*len(t.fields) {
		x.shift--
	}
	x.slots = make([]int32, 1<<(64-x.shift))
	for i := range t.fields {
		x.add(t, i)
	}
	atomic.StorePointer(&t.index, unsafe.Pointer(x))
	return x
}

// add puts field i where find looks for its name. Of two of the same name the
// first counts, unless that is in a query and the other in a body.
func (x *nameIndex) add(t *table, i int) {
	f := &t.fields[i]
	first, second := wordsOf(f.name)
	slot := x.slot(first, second)
	for ; x.slots[slot] != 0; slot = x.next(slot) {
		if t.fields[x.slots[slot]-1].name != f.name {
			continue
		}
		if !f.isForm() {
			return
		}
		break
	}
	x.slots[slot] = int32(i + 1)
}

// find returns the field with a wire name, or -1.
func (t *table) find(name string) int {
	x := t.hashed()
	first, second := wordsOf(name)
	for slot := x.slot(first, second); x.slots[slot] != 0; slot = x.next(slot) {
		if i := int(x.slots[slot]) - 1; t.fields[i].name == name {
			return i
		}
	}
	return -1
}

// field returns the field with a wire name, or nil.
func (t *table) field(name string) *field {
	if i := t.find(name); i >= 0 {
		return &t.fields[i]
	}
	return nil
}

// nameWords returns what wordsOf does for the name that the words begin with.
func nameWords(first, second uint64) (uint64, uint64) {
	// Names of many lengths follow each other, so there is no branch: x^(x-1) has
	// the bits of x up to the lowest that is set, or all if none is.
	end, later := quoteIn(first), quoteIn(second)
	if second &= later ^ (later - 1); end != 0 {
		second = 0
	}
	return first & (end ^ (end - 1)), second
}

// quoteIn returns a number whose lowest bit that is set is the high bit of the
// first quote in x, or 0.
func quoteIn(x uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	x ^= ones * '"'
	return (x - ones) &^ x & highs
}

// slot returns where the field is looked for first whose name has these words.
func (x *nameIndex) slot(first, second uint64) int {
	const one, other = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
	return int((first*one ^ second*other) >> (x.shift % 64))
}

// next returns the slot after one that has another field.
func (x *nameIndex) next(slot int) int { return (slot + 1) & (len(x.slots) - 1) }

// wordsOf returns the first 16 bytes of a text and of the quote after it, little
// endian.
func wordsOf(text string) (first, second uint64) {
	var b [16]byte
	if n := copy(b[:], text); n < len(b) {
		b[n] = '"'
	}
	return binary.LittleEndian.Uint64(b[:8]), binary.LittleEndian.Uint64(b[8:])
}

// firstBytes has all bits of the first n bytes of a word, up to all eight.
func firstBytes(n int) uint64 { return ^uint64(0) >> (64 - 8*min(n, 8)) }

// isPlainText tells whether a text stands in JSON as it is: ASCII that needs no
// escapes.
func isPlainText(text string) bool { return plainEnd([]byte(text), 0) == len(text) }

// token is a text as it stands in JSON after its first quote, the closing quote
// included, or the beginning of it, to be compared as two machine words.
type token struct {
	_     incomparable
	words [2]uint64 // its first 16 bytes, little endian
	masks [2]uint64 // the bytes of words that count
	size  int       // of the whole, in bytes
}

// set makes a token of what begins with these words. Of them so many bytes count.
//
//go:noinline
func (q *token) set(first, second uint64, size int) {
	q.size = size
	q.masks = [2]uint64{firstBytes(size), firstBytes(max(size, 8) - 8)}
	q.words = [2]uint64{first & q.masks[0], second & q.masks[1]}
}

// begins tells whether the token's first two words are those given.
func (q *token) begins(first, second uint64) bool {
	return (first&q.masks[0]^q.words[0])|(second&q.masks[1]^q.words[1]) == 0
}

// textToken is a token of any length.
type textToken struct {
	token
	last [2]uint64 // its last 16 bytes, if it has more
	text string    // without the quote
}

// setText makes q, which is zero, what a text is compared with. One that JSON spells
// in other ways too equals nothing.
func (q *textToken) setText(text string) {
	if !isPlainText(text) {
		q.token = noToken
		return
	}
	q.text = text
	first, second := wordsOf(text)
	q.set(first, second, len(text)+1)
	if q.size > 16 {
		q.last[0], q.last[1] = wordsOf(text[q.size-16:])
	}
}

// noToken is what no text equals.
var noToken = token{words: [2]uint64{1, 1}}

// ends tells of a text that has more than 16 bytes with its quote whether what
// follows those stands in data, where the text begins at i.
func (q *textToken) ends(data []byte, i int) bool {
	end := i + q.size
	return end <= len(data) && word(data, end-16) == q.last[0] && word(data, end-8) == q.last[1] &&
		(q.size <= 32 || string(data[i+16:end-16]) == q.text[16:q.size-16])
}

// memberOrder is in which order the members of a table's objects came, where that
// is not the one of the fields. It is no more than a guess.
type memberOrder struct {
	t *table
	// next is the field that came where another was expected, by that: of either
	// number what fits.
	next    [64]uint8
	unknown [4]token // the names of unknown members, by how many came before them
}

// reset makes the order that of a table nothing is known of: the fields'.
func (o *memberOrder) reset(t *table) {
	o.t = t
	for k := range o.next {
		o.next[k] = uint8(min(k, len(t.fields)))
	}
	for k := range o.unknown {
		o.unknown[k] = noToken
	}
}
