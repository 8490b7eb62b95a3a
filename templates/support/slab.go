package support

import (
	"reflect"
	"unsafe"
)

// What the decoder allocates comes in chunks, so that a page of a hundred
// objects costs tens of allocations instead of thousands. A chunk lives as
// long as anything in it, so chunks start small, grow with the document, and
// stay bounded: who keeps one value out of a large page keeps little else.

const (
	slabBits  = 5
	maxSlab   = 64   // structs in a chunk
	maxText   = 4096 // bytes in a chunk of text
	longText  = 512  // bytes from which a text has memory of its own
	minText   = 64
	maxList   = 64 // strings in a chunk of lists
	minList   = 4
	textShare = 4 // a chunk of text is this part of the document
)

// slab hands out the structs of one table.
type slab struct {
	t     *table
	chunk sliceHeader // of the table's structs; len of them are handed out
}

// newStruct returns the address of a zero struct of t.
func (d *decoder) newStruct(t *table) unsafe.Pointer {
	k := slabOf(t)
	s := &d.slabs[k]
	if s.t != t {
		// Another table's slab is dropped, and what is left of its chunk with
		// it. That wastes little, and tables that collide get chunks of one.
		*s = slab{t: t}
		d.used |= 1 << k
	}
	if s.chunk.len == s.chunk.cap {
		s.grow()
	}
	p := unsafe.Add(s.chunk.data, uintptr(s.chunk.len)*t.size)
	s.chunk.len++
	return p
}

// slabOf spreads tables over the slabs. Tables are package variables, so their
// addresses don't change.
func slabOf(t *table) uint {
	const golden = 0x9E3779B97F4A7C15
	return uint(uint64(uintptr(unsafe.Pointer(t))) * golden >> (64 - slabBits))
}

// grow replaces a chunk that is used up by one twice as large.
func (s *slab) grow() {
	n := min(max(2*s.chunk.cap, 1), maxSlab)
	typ := s.t.typ
	s.chunk = sliceHeader{}
	if n == 1 {
		s.chunk = sliceHeader{reflect.New(typ).UnsafePointer(), 0, 1}
		return
	}
	growSlice(s.t.names().slice, unsafe.Pointer(&s.chunk), n)
	s.chunk.cap = n
}

// growSlice makes room for n more elements of the slice at p, which has the
// given type. The copying is reflect's, and so knows where pointers are.
func growSlice(typ reflect.Type, p unsafe.Pointer, n int) {
	reflect.NewAt(typ, p).Elem().Grow(n)
}

// own returns a copy of text.
func (d *decoder) own(text []byte) string {
	if len(text) == 0 {
		return ""
	}
	b := d.room(len(text))
	copy(b, text)
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// ownRaw returns a copy of what lies between two indices of the document.
func (d *decoder) ownRaw(from, to int) Raw {
	b := d.room(to - from)
	copy(b, d.data[from:to])
	return b
}

// room returns n bytes that nothing else uses.
func (d *decoder) room(n int) []byte {
	if n > len(d.texts) {
		if n >= longText {
			return make([]byte, n)
		}
		d.texts = make([]byte, max(n, min(max(len(d.data)/textShare, minText), maxText)))
	}
	b := d.texts[:n:n]
	d.texts = d.texts[n:]
	return b
}

// ownList returns a copy of a list of strings.
func (d *decoder) ownList(list []string) []string {
	n := len(list)
	if n > len(d.lists) {
		if n >= maxList {
			return append([]string(nil), list...)
		}
		d.listSize = max(n, min(max(2*d.listSize, minList), maxList))
		d.lists = make([]string, d.listSize)
	}
	own := d.lists[:n:n]
	d.lists = d.lists[n:]
	copy(own, list)
	return own
}
