package support

import (
	"math/bits"
	"reflect"
	"sync/atomic"
	"unsafe"
)

// What the decoder allocates comes in chunks, so that a page of a hundred
// objects costs tens of allocations instead of thousands. A chunk lives as
// long as anything in it, so chunks start small, grow with the document, and
// stay bounded: who keeps one value out of a large page keeps little else.

const (
	slabCount  = 32
	maxProbes  = 8    // slabs in which a table's is looked for
	maxSlab    = 64   // structs in a chunk
	maxText    = 4096 // bytes in a chunk of text
	longText   = 512  // bytes from which a text has memory of its own
	minText    = 64
	maxList    = 256 // strings in a chunk of lists
	minList    = 4
	maxRecords = 64
	textShare  = 4 // a chunk of text is this part of the document
)

// slab hands out the structs of one table.
type slab struct {
	t      *table
	chunk  sliceHeader // of the table's structs; len of them are handed out
	handed int         // structs, of this chunk and those before it
}

// progress is how far reading a page has come.
type progress struct{ read, left int } // items, of which left is an estimate

// newStruct returns the address of a zero struct of t.
func (d *decoder) newStruct(t *table) unsafe.Pointer {
	s := &d.slabs[t.number%slabCount]
	if s.t != t {
		s = d.slabOf(t)
	}
	if s.chunk.len == s.chunk.cap {
		s.grow(d.page)
	}
	p := unsafe.Add(s.chunk.data, uintptr(s.chunk.len)*t.size)
	s.chunk.len++
	s.handed++
	return p
}

// slabOf returns the slab of a table. Where there is none, and none free, the
// one in the table's place is dropped, and what is left of its chunk with it.
func (d *decoder) slabOf(t *table) *slab {
	k := t.number % slabCount
	for n := range uint32(maxProbes) {
		at := (t.number + n) % slabCount
		if d.slabs[at].t == t {
			return &d.slabs[at]
		}
		if d.slabs[at].t == nil {
			k = at
			break
		}
	}
	d.slabs[k] = slab{t: t}
	d.taken |= 1 << k
	return &d.slabs[k]
}

// grow replaces a chunk that is used up by one twice as large, or within a page
// by one that lasts to its end if things go on as they did so far.
func (s *slab) grow(page progress) {
	n := 2 * s.chunk.cap
	if page.read > 0 {
		n = s.handed * page.left / page.read
	}
	n = min(max(n, 1), maxSlab)
	typ := s.t.typ
	s.chunk = sliceHeader{}
	if n == 1 {
		s.chunk = sliceHeader{reflect.New(typ).UnsafePointer(), 0, 1}
		return
	}
	growSlice(s.t.sliceType(), unsafe.Pointer(&s.chunk), n)
	s.chunk.cap = n
}

// sliceType returns the type of a slice of the struct. Asking reflection for it
// takes longer than most of a table, and a single object has none.
func (t *table) sliceType() reflect.Type {
	if typ := (*reflect.Type)(atomic.LoadPointer(&t.slice)); typ != nil {
		return *typ
	}
	typ := reflect.SliceOf(t.typ)
	atomic.StorePointer(&t.slice, unsafe.Pointer(&typ))
	return typ
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
//
//go:noinline
func (d *decoder) ownRaw(from, to int) Raw {
	b := d.room(to - from)
	copy(b, d.data[from:to])
	return b
}

// room returns n bytes that nothing else uses.
//
//go:noinline
func (d *decoder) room(n int) []byte {
	if n > len(d.chunk)-d.used {
		if n >= longText {
			return make([]byte, n)
		}
		d.newChunk(n)
	}
	b := d.chunk[d.used : d.used+n : d.used+n]
	d.used += n
	return b
}

// newChunk makes a chunk of text that has room for n bytes at least.
func (d *decoder) newChunk(n int) {
	d.chunk = make([]byte, max(n, min(max(len(d.data)/textShare, minText), maxText)))
	d.used = 0
}

// ownText reads the string at i, which begins with a quote, and returns a copy
// of it. While it is plain text it is copied as it is read, eight bytes at a
// time; what those have of the following text is overwritten by the next copy.
func (d *decoder) ownText(i int) (string, int) {
	data, free := d.data, d.chunk
	last := min(len(data)-i-1, len(free)-d.used) - 8 // where a word may begin
	for n := 0; n <= last; n += 8 {
		x := word(data, i+1+n)
		putWord(free, d.used+n, x)
		if special := notPlain(x); special != 0 {
			n += bits.TrailingZeros64(special) / 8
			if char(data, i+1+n) != '"' {
				break
			}
			start := d.used
			d.used += n
			return unsafe.String((*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(free)), start)), n), i + n + 2
		}
	}
	if d.chunk == nil && len(data) < textShare*longText { // else it may be too long for a chunk
		d.newChunk(0)
		return d.ownText(i)
	}
	text, end := d.text(i)
	return d.own(text), end
}

// chunk hands out parts of slices of T.
type chunk[T any] struct {
	free []T
	size int
}

// take returns n elements that nothing else uses. It makes twice as many as the
// last time when it runs out, at most the given number unless n is larger.
func (c *chunk[T]) take(n, most int) []T {
	if n > len(c.free) {
		if n >= most {
			return make([]T, n)
		}
		c.size = max(n, min(2*c.size, most))
		c.free = make([]T, c.size)
	}
	own := c.free[:n:n]
	c.free = c.free[n:]
	return own
}
