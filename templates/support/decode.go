package support

import (
	"encoding/base64"
	"math"
	"math/bits"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unsafe"
)

// DecodeError says where a document is not JSON, or not what its description
// says.
type DecodeError struct {
	_ incomparable
	// Path leads to the value, as in data[3].account_holder.type, and is empty
	// for the document itself.
	Path   string
	Offset int64 // in bytes, from the document's beginning
	Reason string
}

func (e *DecodeError) Error() string {
	text := e.Reason + " at offset " + strconv.FormatInt(e.Offset, 10)
	if e.Path != "" {
		text = e.Path + ": " + text
	}
	return text
}

// decode reads one JSON document, an object, into the struct that into points
// to, which is reset first. After an error the struct holds some of the
// document. Pages of lists, at any depth, are given from.
//
// Syntax is strict. Meaning is lenient: members that the table does not name
// are kept, and so is the difference between null, absence and a value,
// whether the table allows it or not. Of members of the same name the last one
// counts. A null within a list or map is kept where the Go type has a place
// for it (Optional, pointer, union, Raw) and an error where it has not.
func decode(data []byte, into object, from *origin) error {
	p := pointerOf(into)
	if p == nil {
		return &DecodeError{Reason: "can't decode into a nil " + builtTable(into).name}
	}
	d := newDecoder(data)
	d.from = from
	t := builtTable(into)
	if !isBlank(p, t.size) { // clearing costs more than looking
		reflect.ValueOf(into).Elem().SetZero()
	}
	i := space(data, 0)
	if t.whole { // its only field stands for a value of any type
		i = d.element(&t.fields[0].value, unsafe.Add(p, t.fields[0].off), i)
	} else {
		i = d.object(t, p, i)
	}
	if i >= 0 {
		if i = space(data, i); i < len(data) {
			i = d.syntax(i)
		}
	}
	return d.release(i)
}

// isBlank tells whether the memory at p, which is aligned to words, is zero.
func isBlank(p unsafe.Pointer, size uintptr) bool {
	for ; size >= 32; size -= 32 {
		if w := (*[4]uint64)(unsafe.Add(p, size-32)); w[0]|w[1]|w[2]|w[3] != 0 {
			return false
		}
	}
	for size >= 8 {
		size -= 8
		if *(*uint64)(unsafe.Add(p, size)) != 0 {
			return false
		}
	}
	return size == 0
}

// Unmarshal reads JSON into v, a pointer to any object of the document. As in
// encoding/json, null changes nothing. Objects that stand for themselves have
// it as their method UnmarshalJSON; within any other type encoding/json can't
// read those that have not.
func Unmarshal(data []byte, v object) error { return unmarshalObject(data, v) }

// unmarshal is Unmarshal for a method. As a part of each of them it would be most
// of their machine code.
//
//go:noinline
func unmarshal(data []byte, v any) error { return unmarshalObject(data, objectIn(v)) }

func unmarshalObject(data []byte, v object) error {
	i := space(data, 0)
	if hasWord(data, i, "null") && space(data, i+4) == len(data) {
		return nil
	}
	return decode(data, v, nil)
}

// decodeValue reads one JSON document into the memory at p, which is zero.
func decodeValue(data []byte, v *value, p unsafe.Pointer, from *origin) error {
	d := newDecoder(data)
	d.from = from
	i := d.element(v, p, space(data, 0))
	if i >= 0 {
		if i = space(data, i); i < len(data) {
			i = d.syntax(i)
		}
	}
	return d.release(i)
}

// validJSON tells whether data is one JSON value.
func validJSON(data []byte) bool {
	d := newDecoder(data)
	i := d.skip(space(data, 0))
	if i >= 0 && space(data, i) < len(data) {
		i = -1
		d.syntax(len(data))
	}
	return d.release(i) == nil
}

// decoder is the state of one decoding.
type decoder struct {
	ofDocument
	keys []memberAt // the members of an object that may be of several types
	// seen holds, for each object that is being read, a bit for each field that
	// has arrived.
	seen []uint64
	// unnamed is where the unknown members of the objects lie that are being read.
	unnamed []extent
	extents []extent // of what pass has read, in order

	lines  [8]token       // the white space before members, by depth modulo 8
	orders [8]memberOrder // by the number of the table modulo 8

	// taken are the slabs that are not zero. Slabs are most of a decoder, and stand
	// last: the memory of those that nothing takes is not even looked at.
	taken uint32
	slabs [slabCount]slab
}

// ofDocument is what is forgotten with the document.
type ofDocument struct {
	_     incomparable
	data  []byte
	from  *origin
	depth int
	// lenient reads U+FFFD for what is no Unicode in a string, as encoding/json
	// does.
	lenient bool
	trying  bool   // whether a value is one of variants that nothing tells apart
	buf     []byte // text with escapes, unescaped
	one     scalars
	noted   int  // where pass has read up to
	noting  bool // while pass reads

	chunk   []byte // of text, of which the first used bytes are handed out
	used    int
	lists   chunk[string]
	records chunk[record]
	page    progress

	failure *DecodeError
	path    []string // of the failure, innermost first
}

// scalars is where the value of a map's entry lies before it is in the map.
type scalars struct {
	_      incomparable
	int64  int64
	string string
}

var decoders sync.Pool

//go:noinline
func newDecoder(data []byte) *decoder {
	d, ok := decoders.Get().(*decoder)
	if !ok {
		d = new(decoder)
	}
	d.data = data
	return d
}

// release puts the decoder back, with nothing of the document but how its lines
// are indented and in which order its members came, and returns its failure if end
// is negative. The decoder is large, which is why it is not just overwritten.
func (d *decoder) release(end int) error {
	var err error
	if end < 0 {
		d.failure.Path = joinPath(d.path)
		err = d.failure
	}
	for ; d.taken != 0; d.taken &= d.taken - 1 {
		d.slabs[bits.TrailingZeros32(d.taken)] = slab{}
	}
	d.ofDocument = ofDocument{}
	d.seen = d.seen[:0]
	d.keys, d.extents, d.unnamed = emptied(d.keys), emptied(d.extents), emptied(d.unnamed)
	decoders.Put(d)
	return err
}

// emptied returns the slice without elements, for the next document, unless
// this one made it so large that it had better not stay.
func emptied[T any](s []T) []T {
	const maxKept = 4096
	if cap(s) > maxKept {
		return nil
	}
	return s[:0]
}

// joinPath joins the segments of a path, which come innermost first, and which
// nothing uses any more.
func joinPath(segments []string) string {
	slices.Reverse(segments)
	for i, s := range segments {
		if i > 0 && !strings.HasPrefix(s, "[") {
			segments[i] = "." + s
		}
	}
	return strings.Join(segments, "")
}

// fail records why decoding stopped at i, and returns -1. Neither it nor within
// is worth a copy in each of its callers.
//
//go:noinline
func (d *decoder) fail(i int, reason string) int {
	d.failure = &DecodeError{Offset: int64(i), Reason: reason}
	return -1
}

// within adds a segment to the path of the failure, and returns -1.
//
//go:noinline
func (d *decoder) within(segment string) int {
	d.path = append(d.path, segment)
	return -1
}

// syntax fails at a byte that can't be there.
func (d *decoder) syntax(i int) int {
	if i >= len(d.data) {
		return d.fail(len(d.data), "unexpected end")
	}
	return d.fail(i, "unexpected character "+strconv.QuoteRune(rune(d.data[i])))
}

// mismatch fails because of a value of another JSON type.
func (d *decoder) mismatch(i int, want string) int {
	have := d.kindAt(i)
	if have == "" {
		return d.syntax(i)
	}
	return d.fail(i, "want "+want+", have "+have)
}

// element reads what may be null without the struct's members having to
// remember it: an Optional, or what a list or map holds.
func (d *decoder) element(v *value, p unsafe.Pointer, i int) int {
	if !v.opt {
		if (v.kind == kindPointer || v.kind == kindUnion) && hasWord(d.data, i, "null") {
			return i + 4
		}
		return d.value(v, p, i)
	}
	if i < len(d.data) && d.data[i] == 'n' {
		*stateOf(p) = StateNull
		return d.word(i, "null")
	}
	*stateOf(p) = StatePresent
	return d.value(v, unsafe.Add(p, v.inOptional()), i)
}

// value reads the value at i into the memory at p, which is zero. Whatever
// Optional there is has been dealt with.
func (d *decoder) value(v *value, p unsafe.Pointer, i int) int {
	switch v.kind {
	case kindString:
		if i >= len(d.data) || d.data[i] != '"' {
			return d.mismatch(i, "string")
		}
		text, end := d.ownText(i)
		*(*string)(p) = text
		return end
	case kindEnum:
		text, end := d.stringAt(i)
		*(*string)(p) = d.intern(v.enum, text)
		return end
	case kindInt64:
		n, end := d.integer(i)
		*(*int64)(p) = n
		return end
	case kindBool:
		return d.boolean(p, i)
	case kindInt32:
		return d.int32(p, i)
	case kindUint64:
		return d.uint64(p, i)
	case kindFloat64:
		x, end := v.float.read(d, i)
		*(*float64)(p) = x
		return end
	case kindBytes:
		return d.bytes(p, i)
	case kindRaw:
		return d.raw(p, i)
	}
	return d.compound(v, p, i)
}

// compound is value for what is made of other values.
func (d *decoder) compound(v *value, p unsafe.Pointer, i int) int {
	switch v.kind {
	case kindStruct:
		return d.object(v.table(), p, i)
	case kindPointer:
		t := v.table()
		s := d.newStruct(t)
		*(*unsafe.Pointer)(p) = s
		return d.object(t, s, i)
	case kindSlice:
		return d.slice(v, p, i, false)
	case kindMap:
		return d.dictionary(v, p, i)
	case kindUnion:
		return d.union(builtUnion(v.union), p, i)
	case kindExpandable:
		return d.expandable(v, p, i)
	}
	panic("oaken: a table has a value of no kind")
}

// stringAt is text where something else than a string may stand.
func (d *decoder) stringAt(i int) ([]byte, int) {
	if i >= len(d.data) || d.data[i] != '"' {
		return nil, d.mismatch(i, "string")
	}
	j := plainEnd(d.data, i+1)
	if j < len(d.data) && d.data[j] == '"' {
		return d.data[i+1 : j], j + 1
	}
	return d.longText(i, j)
}

// intern returns the constant with the text, or a copy of it.
func (d *decoder) intern(e *enum, text []byte) string {
	if e == nil {
		return d.own(text)
	}
	if len(*e) > shortEnum {
		if at, found := e.find(unsafe.String(unsafe.SliceData(text), len(text))); found {
			return (*e)[at]
		}
		return d.own(text)
	}
	for _, s := range *e {
		if s == string(text) {
			return s
		}
	}
	return d.own(text)
}

// shortEnum is how many values are compared one by one, which their lengths
// make faster than a binary search.
const shortEnum = 8

func (d *decoder) boolean(p unsafe.Pointer, i int) int {
	switch {
	case hasWord(d.data, i, "true"):
		*(*bool)(p) = true
		return i + 4
	case hasWord(d.data, i, "false"):
		return i + 5
	}
	return d.mismatch(i, "boolean")
}

func (d *decoder) int32(p unsafe.Pointer, i int) int {
	n, end := d.integer(i)
	if end >= 0 && (n < math.MinInt32 || n > math.MaxInt32) {
		return d.fail(i, "integer out of range: "+strconv.FormatInt(n, 10))
	}
	*(*int32)(p) = int32(n)
	return end
}

// uint64 reads an integer that may be beyond int64.
func (d *decoder) uint64(p unsafe.Pointer, i int) int {
	if d.kindAt(i) != "number" {
		return d.mismatch(i, "integer")
	}
	end := d.number(i)
	if end < 0 {
		return -1
	}
	text, whole := wholeNumber(d.data[i:end])
	if !whole {
		return d.fail(i, "want integer, have number "+clip(d.data[i:end]))
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return d.fail(i, "integer out of range: "+clip(d.data[i:end]))
	}
	*(*uint64)(p) = n
	return end
}

func (d *decoder) bytes(p unsafe.Pointer, i int) int {
	text, end := d.stringAt(i)
	if end < 0 {
		return -1
	}
	b := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Strict().Decode(b, text)
	if err != nil {
		return d.fail(i, "want base64 text")
	}
	*(*[]byte)(p) = b[:n:n]
	return end
}

func (d *decoder) raw(p unsafe.Pointer, i int) int {
	end := d.skip(i)
	if end >= 0 {
		*(*Raw)(p) = d.ownRaw(i, end)
	}
	return end
}

// slice reads the array at i into the slice at p. A page is the data of a
// list, nearly all of its document.
func (d *decoder) slice(v *value, p unsafe.Pointer, i int, page bool) int {
	*(*[]struct{})(p) = []struct{}{} // not nil, for the array is there
	if i >= len(d.data) || d.data[i] != '[' {
		return d.mismatch(i, "array")
	}
	start := i
	if !v.elem.opt && (v.elem.kind == kindString || v.elem.kind == kindEnum) {
		return d.texts(v.elem, nil, (*[]string)(p), i)
	}
	i, more := d.open(i, ']')
	if !more {
		return i
	}
	s, around := (*sliceHeader)(p), d.page
	size, _ := v.elem.layout()
	for more {
		if s.len == s.cap {
			growSlice(v.elem.sliceType(), p, d.growth(s.len, size, page, start, i))
		}
		if page {
			d.page = progress{s.len, s.cap - s.len}
		}
		s.len++
		i = d.element(v.elem, unsafe.Add(s.data, uintptr(s.len-1)*size), i)
		if i < 0 {
			return d.within("[" + strconv.Itoa(s.len-1) + "]")
		}
		i, more = d.next(i, ']')
	}
	d.page = around
	return i
}

const (
	maxPage     = 128 // elements of a page that memory is taken for at once
	sampleItems = 8   // by which the size of the others is judged
)

// growth returns how many elements to make room for in a slice that is full.
// What remains of a page is likely to look like its first elements; the lists
// within objects are short, and there the remaining document tells nothing.
func (d *decoder) growth(n int, size uintptr, page bool, start, at int) int {
	switch {
	case n == 0 && size <= 16:
		return 4
	case n == 0 || !page:
		return 1 // at least: it doubles
	}
	left := (len(d.data)-at)*n/(at-start) + 1
	if n < sampleItems {
		return min(left, sampleItems-n)
	}
	return min(left+left/32, maxPage)
}

// sliceType returns the type of a slice of such values.
func (v *value) sliceType() reflect.Type {
	if v.opt || v.typ != nil {
		return reflect.SliceOf(v.typ)
	}
	switch v.kind {
	case kindStruct:
		return v.table().sliceType()
	case kindBool:
		return reflect.TypeFor[[]bool]()
	case kindInt32:
		return reflect.TypeFor[[]int32]()
	case kindInt64:
		return reflect.TypeFor[[]int64]()
	case kindUint64:
		return reflect.TypeFor[[]uint64]()
	case kindFloat64:
		return reflect.TypeFor[[]float64]()
	case kindBytes, kindRaw:
		return reflect.TypeFor[[][]byte]()
	case kindPointer:
		return reflect.TypeFor[[]unsafe.Pointer]()
	}
	panic("oaken: a table lacks the type of a list's element")
}

// texts reads the array at i, of strings that elem describes, into the list at
// p. Most are known to the step, if there is one.
func (d *decoder) texts(elem *value, s *step, p *[]string, i int) int {
	if len(d.data)-i > 1 && d.data[i+1] == ']' {
		*p = []string{}
		return i + 2
	}
	i, more := d.open(i, ']')
	list := d.lists.free[:0]
	for more {
		text, end := "", -1
		if s != nil && len(s.known) > 0 && i < len(d.data) && d.data[i] == '"' {
			text, end = d.knownText(s, i)
		} else {
			end = d.value(elem, unsafe.Pointer(&d.one.string), i)
			text = d.one.string
		}
		if end < 0 {
			return d.within("[" + strconv.Itoa(len(list)) + "]")
		}
		if len(list) == cap(list) {
			list = d.moreTexts(list)
		}
		list = append(list, text)
		if end < len(d.data)-1 && d.data[end] == ',' && d.data[end+1] > ' ' {
			i = end + 1
		} else {
			i, more = d.next(end, ']')
		}
	}
	if i < 0 {
		return -1
	}
	*p = []string{}
	if n := len(list); n > 0 {
		*p = list[:n:n]
		d.lists.free = list[n:cap(list)]
	}
	return i
}

// moreTexts moves a list that has no more room to the beginning of a new chunk.
//
//go:noinline
func (d *decoder) moreTexts(list []string) []string {
	c := &d.lists
	c.size = max(2*len(list), min(max(2*c.size, minList), maxList))
	c.free = make([]string, c.size)
	return append(c.free[:0], list...)
}

// dictionary reads the object at i into the map at p.
func (d *decoder) dictionary(v *value, p unsafe.Pointer, i int) int {
	if i >= len(d.data) || d.data[i] != '{' {
		return d.mismatch(i, "object")
	}
	if v.maps != nil {
		return v.maps.read(d, v, p, i)
	}
	if v.elem.kind == kindInt64 {
		return plainMap(d, v.elem, &d.one.int64, p, i)
	}
	return plainMap(d, v.elem, &d.one.string, p, i)
}

// plainMap is dictionary for a map whose Go type is known here. Each value is
// read into x first.
func plainMap[T any](d *decoder, elem *value, x *T, p unsafe.Pointer, i int) int {
	m := make(map[string]T)
	*(*map[string]T)(p) = m
	i, more := d.open(i, '}')
	for more {
		name, at := d.key(i)
		if at < 0 {
			return -1
		}
		key := d.own(name)
		*x = *new(T)
		if i = d.value(elem, unsafe.Pointer(x), at); i < 0 {
			return d.within(key)
		}
		m[key] = *x
		i, more = d.next(i, '}')
	}
	return i
}

// plainPut reads one value into the map at p, which may be nil.
func plainPut[T any](d *decoder, elem *value, x *T, p unsafe.Pointer, key string, i int) int {
	m := (*map[string]T)(p)
	if *m == nil {
		*m = make(map[string]T)
	}
	*x = *new(T)
	end := d.value(elem, unsafe.Pointer(x), i)
	if end >= 0 {
		(*m)[key] = *x
	}
	return end
}

// expandable reads an id or an object.
func (d *decoder) expandable(v *value, p unsafe.Pointer, i int) int {
	x := (*reference)(p)
	switch {
	case i < len(d.data) && d.data[i] == '"':
		text, end := d.text(i)
		x.ID = d.own(text)
		return end
	case i < len(d.data) && d.data[i] == '{':
		if v.elem != nil {
			return d.variantOf(builtUnion(v.elem.union), x, i)
		}
		id, end := d.skipWithID(i)
		if end >= 0 {
			x.ID, x.object = id, &expanded{unread: d.ownRaw(i, end), from: d.from}
		}
		return end
	}
	return d.mismatch(i, "string or object")
}

// skipWithID passes over the object at i and returns its id, "" where it has
// none that is text.
func (d *decoder) skipWithID(i int) (id string, end int) {
	i, more := d.open(i, '}')
	for more {
		name, at := d.key(i)
		if at < 0 {
			return "", -1
		}
		switch {
		case string(name) != "id":
			end = d.skip(at)
		case d.kindAt(at) != "string":
			id, end = "", d.skip(at)
		default:
			var text []byte
			text, end = d.text(at)
			id = d.own(text)
		}
		if end < 0 {
			return "", -1
		}
		i, more = d.next(end, '}')
	}
	return id, i
}

// variantOf reads the object at i, which is one of several, for a reference.
// That is not put off, as nothing else leads to the union's table.
func (d *decoder) variantOf(u *union, x *reference, i int) int {
	box := reflect.New(u.typ)
	end := d.union(u, box.UnsafePointer(), i)
	if end < 0 {
		return -1
	}
	if k, at := u.get(box.UnsafePointer()); k >= 0 && u.variants[k].kind == kindStruct {
		x.ID = textMember(u.variants[k].table(), at)
	} else {
		x.ID, _ = d.skipWithID(i)
	}
	x.object = &expanded{object: box.Elem().Elem().Interface()}
	return end
}

// textMember returns the member that identifies the object at p, if it has one
// and it is text.
func textMember(t *table, p unsafe.Pointer) string {
	f := t.field(t.id)
	if t.id == "" || f == nil {
		return ""
	}
	at, _ := valueAt(&f.value, unsafe.Add(p, f.off))
	switch f.kind {
	case kindString, kindEnum:
		return *(*string)(at)
	case kindExpandable:
		return (*reference)(at).ID
	}
	return ""
}

// clearValue sets the value at p, Optional and all, to its zero value.
func clearValue(v *value, p unsafe.Pointer) {
	if v.opt {
		*stateOf(p) = StateAbsent
		p = unsafe.Add(p, v.inOptional())
	}
	switch v.kind {
	case kindBool:
		*(*bool)(p) = false
	case kindInt32:
		*(*int32)(p) = 0
	case kindInt64, kindUint64, kindFloat64:
		*(*int64)(p) = 0
	case kindString, kindEnum:
		*(*string)(p) = ""
	case kindBytes, kindRaw, kindSlice:
		*(*[]byte)(p) = nil
	case kindPointer, kindMap:
		*(*unsafe.Pointer)(p) = nil
	case kindUnion:
		*(*[2]unsafe.Pointer)(p) = [2]unsafe.Pointer{}
	case kindStruct:
		reflect.NewAt(v.table().typ, p).Elem().SetZero()
	case kindExpandable:
		*(*reference)(p) = reference{}
	}
}
