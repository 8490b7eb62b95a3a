package support

import "reflect"

// nameIndex is what the interpreter works out about a table the first time it
// meets it.
type nameIndex struct {
	byName map[string]int
	// verbatim says that every name stands in JSON as it is, without escapes,
	// so that a quoted key can be compared bytewise.
	verbatim bool
	keys     []quotedKey // by field
	// plain has a bit for each field that is not Optional: when such a member
	// is missing, the struct's members must remember it.
	plain []uint64
	page  int          // the field that is the list's data, or -1
	slice reflect.Type // a slice of the struct
}

// names returns the table's index. Goroutines that race to build it build the
// same.
func (t *table) names() *nameIndex {
	if x := t.index.Load(); x != nil {
		return x
	}
	x := newIndex(t)
	t.index.Store(x)
	return x
}

func newIndex(t *table) *nameIndex {
	x := &nameIndex{
		byName:   make(map[string]int, len(t.fields)),
		verbatim: true,
		keys:     make([]quotedKey, len(t.fields)),
		plain:    make([]uint64, (len(t.fields)+63)/64),
		page:     -1,
		slice:    reflect.SliceOf(t.typ),
	}
	for i := range t.fields {
		f := &t.fields[i]
		if _, there := x.byName[f.name]; !there || f.in == inForm || f.in == inMultipart { // a query may have it too
			x.byName[f.name] = i
		}
		x.keys[i] = quotedKeyOf(f.name)
		x.verbatim = x.verbatim && plainEnd([]byte(f.name), 0) == len(f.name)
		if !f.opt && !t.params {
			x.plain[i/64] |= 1 << (i % 64)
		}
		if t.list != nil && t.list.data == f.name {
			x.page = i
		}
	}
	return x
}

// quotedKey is a name as it stands in JSON after its first quote, the closing
// quote included, cut up so that comparing it takes two machine words for most
// names.
type quotedKey struct {
	words [2]uint64 // its first 16 bytes, little endian
	masks [2]uint64 // the bytes of words that count
	rest  string    // what follows them
	size  int       // of the whole, in bytes
}

func quotedKeyOf(name string) quotedKey {
	text := name + `"`
	k := quotedKey{size: len(text)}
	for i := range min(len(text), 16) {
		k.words[i/8] |= uint64(text[i]) << (i % 8 * 8)
		k.masks[i/8] |= 0xff << (i % 8 * 8)
	}
	if len(text) > 16 {
		k.rest = text[16:]
	}
	return k
}

// field returns the field with a wire name, or nil.
func (t *table) field(name string) *field {
	if i, ok := t.names().byName[name]; ok {
		return &t.fields[i]
	}
	return nil
}
