package support

import (
	"bytes"
	"encoding/base64"
	"math"
	"slices"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"
	"unicode/utf8"
	"unsafe"
)

// EncodeError says which value can't be written, and why.
type EncodeError struct {
	_      incomparable
	Path   string // as in account_holder.type
	Reason string
}

func (e *EncodeError) Error() string {
	if e.Path == "" {
		return e.Reason
	}
	return e.Path + ": " + e.Reason
}

// appendObject appends the JSON of obj, or null if it is a nil pointer.
//
// Members come in the order of the fields, those that the document does not
// describe after them in the order of their arrival, and the keys of maps are
// sorted. A nil list or map that is there is written as an empty one; a nil
// pointer, union or Raw as null.
func appendObject(dst []byte, obj object) ([]byte, error) {
	p := pointerOf(obj)
	if p == nil {
		return append(dst, "null"...), nil
	}
	e := encoders.Get().(*encoder)
	e.given = true
	first := dst
	if first == nil {
		first = []byte{} // nil is a failure
	}
	out := e.document(first, builtTable(obj), p)
	switch {
	case out == nil:
		out = dst
	case !e.given:
		e.keep(out)
		out = append(dst, out[len(dst):]...)
	}
	return out, e.release()
}

// document writes the struct at p, or what it stands for.
func (e *encoder) document(dst []byte, t *table, p unsafe.Pointer) []byte {
	if t.whole {
		f := &t.fields[0]
		return e.element(dst, &f.value, unsafe.Add(p, f.off))
	}
	return e.object(dst, t.writing(), p)
}

// Marshal returns the JSON of v, a pointer to any object of the document.
// Objects that stand for themselves have it as their method MarshalJSON;
// encoding/json can't write those that have not.
func Marshal(v object) ([]byte, error) { return marshal(v) }

// AppendJSON appends the JSON of v, a pointer to any object of the document, to
// dst and returns the result: what [Marshal] returns, without memory of its own
// where dst has room for it. After an error the result is dst as it was.
func AppendJSON(dst []byte, v object) ([]byte, error) { return appendObject(dst, v) }

// marshal is Marshal for a method. It writes into memory that is kept, as the
// size of the result is not known before.
func marshal(v any) ([]byte, error) {
	obj := objectIn(v)
	p := pointerOf(obj)
	if p == nil {
		return null(nil), nil
	}
	e := encoders.Get().(*encoder)
	out := e.document(e.room[:0], builtTable(obj), p)
	if out == nil {
		return nil, e.release()
	}
	e.keep(out)
	return bytes.Clone(out), e.release()
}

// keep keeps the memory of what has been written for the next result, unless it
// is large.
func (e *encoder) keep(out []byte) {
	if cap(out) <= maxBuffer {
		e.room = out[:0]
	}
}

// maxBuffer is the largest memory that is kept for the next result.
const maxBuffer = 1 << 20

// encoder is the state of one encoding. Its methods append to dst and return
// the result, or nil after a failure.
type encoder struct {
	depth  int
	sent   bool     // it is a request: what only answers have is left out
	keys   []string // of a map
	room   []byte   // where a result is written before its size is known
	given  bool     // it is written into memory of the caller's, still
	reason string
	path   []string // of the failure, innermost first
}

var encoders = sync.Pool{New: func() any { return &encoder{room: []byte{}} }}

// release puts the encoder back, without anything of the object, and returns
// its failure.
func (e *encoder) release() error {
	var err error
	if e.reason != "" {
		err = &EncodeError{Path: joinPath(e.path), Reason: e.reason}
	}
	clear(e.keys)
	e.keys, e.path, e.reason, e.depth, e.sent, e.given = e.keys[:0], nil, "", 0, false, false
	encoders.Put(e)
	return err
}

// grown returns dst with room for n bytes and what is spare behind them. What
// does not fit into memory that was given goes on in the encoder's own.
func (e *encoder) grown(dst []byte, n int) []byte {
	if cap(dst)-len(dst) >= n+spare {
		return dst
	}
	if e.given {
		e.given = false
		dst = append(e.room, dst...)
	}
	return slices.Grow(dst, n+spare)
}

func (e *encoder) fail(reason string) []byte {
	e.reason = reason
	return nil
}

// within adds a segment to the path of the failure.
func (e *encoder) within(segment string) []byte {
	e.path = append(e.path, segment)
	return nil
}

// open begins an array or object, of which nothing is written before its end: a
// value can be nested too deep to be read again, or even contain itself.
func (e *encoder) open() bool {
	e.depth++
	return e.depth <= maxDepth
}

func (e *encoder) tooDeep() []byte { return e.fail(errTooDeep.Error()) }

// close ends an array or object that begins at from. All elements and members
// have a comma before them; that of the first makes room for the bracket.
func (e *encoder) close(dst []byte, from int, brackets string) []byte {
	e.depth--
	if len(dst) == from {
		return append(dst, brackets...)
	}
	dst[from] = brackets[0]
	return append(dst, brackets[1])
}

func null(dst []byte) []byte { return append(dst, "null"...) }

// written is what the encoder works out about a table the first time it meets
// it.
type written struct {
	t      *table
	fields []writtenField
}

// writtenField is how a field is written.
type writtenField struct {
	// key is what precedes the value: a comma, the quoted name and a colon, and
	// for a text its quote. null is the whole member where it is null.
	key, null fixedText
	off       uintptr // of the value, within the Optional if there is one
	state     uintptr // of the Optional's state
	kind      kind
	opt       bool
	of        unsafe.Pointer // *written of a kindStruct or kindPointer, once it is needed, loaded and stored atomically
	f         *field
}

// writing returns what the encoder knows about the table. Goroutines that race
// to work it out find the same.
func (t *table) writing() *written {
	if x := (*written)(atomic.LoadPointer(&t.encoding)); x != nil {
		return x
	}
	x := newWritten(t)
	atomic.StorePointer(&t.encoding, unsafe.Pointer(x))
	return x
}

func newWritten(t *table) *written {
	x := &written{t: t, fields: make([]writtenField, len(t.fields))}
	for i := range t.fields {
		f, out := &t.fields[i], &x.fields[i]
		out.f, out.kind, out.opt, out.off = f, f.kind, f.opt, f.off
		if f.opt {
			out.state = f.off + unsafe.Offsetof(Optional[bool]{}.State)
			out.off += f.inOptional()
		}
		key := new(encoder).text([]byte{','}, f.name)
		key = append(key, ':')
		out.null = fixedTextOf(string(key) + "null")
		if f.kind == kindString || f.kind == kindEnum {
			key = append(key, '"')
		}
		out.key = fixedTextOf(string(key))
	}
	return x
}

// table returns what is known about the struct in a field.
func (f *writtenField) table() *written {
	if x := (*written)(atomic.LoadPointer(&f.of)); x != nil {
		return x
	}
	x := f.f.table().writing()
	atomic.StorePointer(&f.of, unsafe.Pointer(x))
	return x
}

// object writes the struct at p.
func (e *encoder) object(dst []byte, x *written, p unsafe.Pointer) []byte {
	t := x.t
	if t.untyped {
		if other := otherOf(t, p); other != nil {
			return e.raw(dst, other)
		}
	}
	if !e.open() {
		return e.tooDeep()
	}
	from, m := len(dst), extraOf(t, p)
	// Only of some structs is there more to ask than what an Optional says.
	if t.params || e.sent || m != nil && m.rec != nil && len(m.rec.odd) > 0 {
		dst = e.someMembers(dst, x, p)
	} else {
		dst = e.members(dst, x.fields, p)
	}
	if dst == nil {
		return nil
	}
	if t.more != nil {
		if dst = e.further(dst, t, p); dst == nil {
			return nil
		}
	}
	if m != nil && m.rec != nil && len(m.rec.unknown) > 0 {
		dst = appendCompact(append(dst, ','), m.rec.unknown)
	}
	return e.close(dst, from, "{}")
}

// members writes the fields of the struct at p, all of which there are to be
// written unless an Optional says something else. It does by itself what is most
// frequent.
func (e *encoder) members(dst []byte, fields []writtenField, p unsafe.Pointer) []byte {
	for i := range fields {
		f := &fields[i]
		if cap(dst)-len(dst) < f.null.size+spare {
			dst = e.grown(dst, f.null.size)
		}
		if f.opt {
			if s := *(*State)(unsafe.Add(p, f.state)); s != StatePresent {
				if s == StateNull {
					dst = f.null.put(dst)
				}
				continue
			}
		}
		switch at := unsafe.Add(p, f.off); f.kind {
		case kindString, kindEnum:
			text, plain := *(*string)(at), false
			dst = f.key.put(dst)
			if cap(dst)-len(dst) < len(text)+spare {
				dst = e.grown(dst, len(text)+1)
			}
			if dst, plain = putPlain(dst, text); !plain {
				dst = e.longText(dst, text)
			}
		case kindInt64:
			dst = putInt(f.key.put(dst), *(*int64)(at))
		default:
			dst = e.member(dst, f, StatePresent, at)
		}
		if dst == nil {
			return e.within(f.f.name)
		}
	}
	return dst
}

// someMembers is members where presence has to be asked, and what a request
// leaves out.
func (e *encoder) someMembers(dst []byte, x *written, p unsafe.Pointer) []byte {
	for i := range x.fields {
		f := &x.fields[i]
		s := presence(x.t, f.f, p)
		if s == StateAbsent || e.sent && f.f.readOnly {
			continue
		}
		if dst = e.member(dst, f, s, unsafe.Add(p, f.off)); dst == nil {
			return e.within(f.f.name)
		}
	}
	return dst
}

// member writes a member whose value, if it is not null, is at p.
func (e *encoder) member(dst []byte, f *writtenField, s State, p unsafe.Pointer) []byte {
	dst = e.grown(dst, f.null.size)
	if s == StateNull {
		return f.null.put(dst)
	}
	switch f.kind {
	case kindString, kindEnum:
		s := *(*string)(p)
		dst = f.key.put(dst)
		if cap(dst)-len(dst) < len(s)+spare {
			dst = e.grown(dst, len(s)+1)
		}
		if out, plain := putPlain(dst, s); plain {
			return out
		}
		return e.longText(dst, s)
	case kindInt64:
		return putInt(f.key.put(dst), *(*int64)(p))
	case kindBool:
		return strconv.AppendBool(f.key.put(dst), *(*bool)(p))
	case kindExpandable:
		if x := (*reference)(p); x.object == nil {
			return e.text(f.key.put(dst), x.ID)
		}
	case kindSlice:
		return e.slice(f.key.put(dst), &f.f.value, p)
	case kindStruct:
		return e.object(f.key.put(dst), f.table(), p)
	case kindPointer:
		if p = *(*unsafe.Pointer)(p); p == nil {
			return f.null.put(dst)
		}
		return e.object(f.key.put(dst), f.table(), p)
	}
	return e.value(f.key.put(dst), &f.f.value, p)
}

// further writes the members of the struct at p that no other field is for.
func (e *encoder) further(dst []byte, t *table, p unsafe.Pointer) []byte {
	for _, x := range entries(&t.more.value, unsafe.Add(p, t.more.off)) {
		if t.field(x.key) != nil {
			return e.fail(t.name + " has a field for " + strconv.Quote(x.key))
		}
		if dst = e.name(dst, x.key); dst != nil {
			dst = e.element(dst, t.more.elem, x.at)
		}
		if dst == nil {
			return e.within(x.key)
		}
	}
	return dst
}

// name writes a comma, a member's name and the colon.
func (e *encoder) name(dst []byte, name string) []byte {
	if dst = e.keyText(dst, `,"`, name); dst != nil {
		dst = append(dst, ':')
	}
	return dst
}

// element writes the value at p where there is no way to leave it out.
func (e *encoder) element(dst []byte, v *value, p unsafe.Pointer) []byte {
	at, s := valueAt(v, p)
	if s != StatePresent {
		return null(dst)
	}
	return e.value(dst, v, at)
}

// value writes the value at p. Whatever Optional there is has been dealt with.
func (e *encoder) value(dst []byte, v *value, p unsafe.Pointer) []byte {
	switch v.kind {
	case kindString, kindEnum:
		return e.text(dst, *(*string)(p))
	case kindInt64:
		return putInt(e.grown(dst, maxDigits), *(*int64)(p))
	case kindUint64:
		return putUint(e.grown(dst, maxDigits), *(*uint64)(p))
	case kindInt32:
		return putInt(e.grown(dst, maxDigits), int64(*(*int32)(p)))
	case kindBool:
		return strconv.AppendBool(dst, *(*bool)(p))
	case kindFloat64:
		return e.float(dst, *(*float64)(p))
	case kindBytes:
		dst = base64.StdEncoding.AppendEncode(append(dst, '"'), *(*[]byte)(p))
		return append(dst, '"')
	case kindRaw:
		return e.raw(dst, *(*Raw)(p))
	}
	return e.compound(dst, v, p)
}

// compound is value for what is made of other values.
func (e *encoder) compound(dst []byte, v *value, p unsafe.Pointer) []byte {
	switch v.kind {
	case kindStruct:
		return e.object(dst, v.table().writing(), p)
	case kindPointer:
		if p = *(*unsafe.Pointer)(p); p == nil {
			return null(dst)
		}
		return e.object(dst, v.table().writing(), p)
	case kindSlice:
		return e.slice(dst, v, p)
	case kindMap:
		return e.dictionary(dst, v, p)
	case kindUnion:
		return e.union(dst, builtUnion(v.union), p)
	case kindExpandable:
		return e.expandable(dst, v, (*reference)(p))
	}
	panic("oaken: a table has a value of no kind")
}

// text writes a string. Only what RFC 8259 section 7 requires is escaped.
func (e *encoder) text(dst []byte, s string) []byte { return e.keyText(dst, `"`, s) }

// keyText writes a string after key, which ends in its first quote.
func (e *encoder) keyText(dst []byte, key, s string) []byte {
	dst = e.grown(append(dst, key...), len(s)+1)
	if out, plain := putPlain(dst, s); plain {
		return out
	}
	return e.longText(dst, s)
}

// longText writes a string that is not plain, and its closing quote.
func (e *encoder) longText(dst []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			_, n := utf8.DecodeRuneInString(s[i:])
			if n == 1 {
				return e.fail("invalid UTF-8")
			}
			i += n
			continue
		}
		i++
		if c < ' ' || c == '"' || c == '\\' {
			dst = appendEscape(append(dst, s[from:i-1]...), c)
			from = i
		}
	}
	return append(append(dst, s[from:]...), '"')
}

func appendEscape(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
	case '\b':
		c = 'b'
	case '\f':
		c = 'f'
	case '\n':
		c = 'n'
	case '\r':
		c = 'r'
	case '\t':
		c = 't'
	default:
		return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
	return append(dst, '\\', c)
}

// float writes the shortest number that reads back as x, with an exponent only
// where it would be long without.
func (e *encoder) float(dst []byte, x float64) []byte {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return e.fail("JSON has no number " + strconv.FormatFloat(x, 'g', -1, 64))
	}
	format := byte('f')
	if size := math.Abs(x); size != 0 && (size < 1e-6 || size >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, x, format, -1, 64)
}

// raw writes JSON that is there already, without white space.
func (e *encoder) raw(dst []byte, raw Raw) []byte {
	if raw == nil {
		return null(dst)
	}
	if !validJSON(raw) {
		return e.fail(errNotJSON.Error())
	}
	return appendCompact(dst, raw)
}

// appendCompact appends a JSON value without the white space between tokens.
func appendCompact(dst []byte, raw Raw) []byte {
	inText := false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			inText = !inText
		case inText && c == '\\':
			dst = append(dst, c)
			i++
		case !inText && c <= ' ':
			continue
		}
		dst = append(dst, raw[i])
	}
	return dst
}

func (e *encoder) slice(dst []byte, v *value, p unsafe.Pointer) []byte {
	if !e.open() {
		return e.tooDeep()
	}
	s, from := (*sliceHeader)(p), len(dst)
	switch elem := v.elem; {
	case s.len == 0:
	case elem.kind == kindStruct && !elem.opt:
		dst = e.structs(dst, elem.table(), s)
	case (elem.kind == kindString || elem.kind == kindEnum) && !elem.opt:
		dst = e.texts(dst, unsafe.Slice((*string)(s.data), s.len))
	default:
		dst = e.elements(dst, elem, s)
	}
	if dst == nil {
		return nil
	}
	return e.close(dst, from, "[]")
}

// elements writes the elements of a list, each with a comma before it.
func (e *encoder) elements(dst []byte, v *value, s *sliceHeader) []byte {
	size, _ := v.layout()
	for i := range s.len {
		if dst = e.element(append(dst, ','), v, unsafe.Add(s.data, uintptr(i)*size)); dst == nil {
			return e.item(i)
		}
	}
	return dst
}

// structs is elements for structs.
func (e *encoder) structs(dst []byte, t *table, s *sliceHeader) []byte {
	x := t.writing()
	for i := range s.len {
		if dst = e.object(append(dst, ','), x, unsafe.Add(s.data, uintptr(i)*t.size)); dst == nil {
			return e.item(i)
		}
	}
	return dst
}

// texts is elements for strings.
func (e *encoder) texts(dst []byte, list []string) []byte {
	for i, s := range list {
		if dst = e.keyText(dst, `,"`, s); dst == nil {
			return e.item(i)
		}
	}
	return dst
}

// item is within for an element of a list.
func (e *encoder) item(i int) []byte { return e.within("[" + strconv.Itoa(i) + "]") }

func (e *encoder) dictionary(dst []byte, v *value, p unsafe.Pointer) []byte {
	if !e.open() {
		return e.tooDeep()
	}
	from := len(dst)
	switch {
	case v.maps != nil:
		dst = e.anyMap(dst, v, p)
	case v.elem.kind == kindInt64:
		dst = smallMap(e, dst, *(*map[string]int64)(p), func(e *encoder, dst []byte, x int64) []byte {
			return putInt(e.grown(dst, maxDigits), x)
		})
	default:
		dst = smallMap(e, dst, *(*map[string]string)(p), (*encoder).text)
	}
	if dst == nil {
		return nil
	}
	return e.close(dst, from, "{}")
}

// smallMap writes the entries of a map whose Go type is known here.
func smallMap[T any](e *encoder, dst []byte, m map[string]T, value func(*encoder, []byte, T) []byte) []byte {
	if len(m) > fewEntries {
		return sortedMap(e, dst, m, value)
	}
	type entry struct {
		key   string
		value T
	}
	var room [fewEntries]entry
	n := 0
	for key, x := range m {
		at := n
		for ; at > 0 && room[at-1].key > key; at-- {
			room[at] = room[at-1]
		}
		room[at] = entry{key, x}
		n++
	}
	for i := range room[:n] {
		if dst = e.name(dst, room[i].key); dst != nil {
			dst = value(e, dst, room[i].value)
		}
		if dst == nil {
			return e.within(room[i].key)
		}
	}
	return dst
}

// fewEntries is up to how many entries of a map are put in order one by one.
const fewEntries = 4

// sortedMap is smallMap for maps with many entries.
func sortedMap[T any](e *encoder, dst []byte, m map[string]T, value func(*encoder, []byte, T) []byte) []byte {
	clear(e.keys)
	e.keys = e.keys[:0]
	for key := range m {
		e.keys = append(e.keys, key)
	}
	sort.Strings(e.keys)
	for _, key := range e.keys {
		if dst = e.name(dst, key); dst != nil {
			dst = value(e, dst, m[key])
		}
		if dst == nil {
			return e.within(key)
		}
	}
	return dst
}

// anyMap writes the entries of any other map.
func (e *encoder) anyMap(dst []byte, v *value, p unsafe.Pointer) []byte {
	for _, x := range entries(v, p) {
		if dst = e.name(dst, x.key); dst != nil {
			dst = e.element(dst, v.elem, x.at)
		}
		if dst == nil {
			return e.within(x.key)
		}
	}
	return dst
}

func (e *encoder) union(dst []byte, u *union, p unsafe.Pointer) []byte {
	k, at := u.get(p)
	switch {
	case k == -1:
		return e.raw(dst, *(*Raw)(at))
	case k < 0 && !isNilInterface(p):
		return e.fail(errNoVariant.Error())
	case k < 0 || u.variants[k].kind == kindStruct && at == nil:
		return null(dst)
	}
	return e.value(dst, &u.variants[k].value, at)
}

// expandable writes an id or an object. JSON that has not been decoded is what
// was read, and needs no other look at it.
func (e *encoder) expandable(dst []byte, v *value, x *reference) []byte {
	if x.object == nil {
		return e.text(dst, x.ID)
	}
	unread, found := x.object.content()
	switch {
	case unread != nil:
		return appendCompact(dst, unread)
	case v.elem != nil:
		u := builtUnion(v.elem.union)
		return e.union(dst, u, u.boxed(found))
	}
	if raw, ok := found.(Raw); ok {
		return e.raw(dst, raw)
	}
	o := found.(object)
	return e.object(dst, builtTable(o).writing(), pointerOf(o))
}

// bodyJSON returns the body of parameters that have one in JSON, and whether
// they have and it is there.
func bodyJSON(params object) (body []byte, ok bool, err error) {
	for f, at := range sent(params, inJSON) {
		body, err = encodePart(part{&f.value, at})
		return body, err == nil, err
	}
	return nil, false, nil
}

// encodePart writes one value of a request, null where it has no address.
func encodePart(x part) ([]byte, error) {
	if x.at == nil {
		return null(nil), nil
	}
	e := encoders.Get().(*encoder)
	e.sent = true
	text := e.value(e.room[:0], x.v, x.at)
	if text == nil {
		return nil, e.release()
	}
	e.keep(text)
	return bytes.Clone(text), e.release()
}
