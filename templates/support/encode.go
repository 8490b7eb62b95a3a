package support

import (
	"bytes"
	"encoding/base64"
	"math"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// EncodeError says which value can't be written, and why.
type EncodeError struct {
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
	e.dst = dst
	if e.document(builtTable(obj), p) {
		dst = e.dst
	}
	return dst, e.release()
}

// document writes the struct at p, or what it stands for.
func (e *encoder) document(t *table, p unsafe.Pointer) bool {
	if t.whole {
		f := &t.fields[0]
		return e.element(&f.value, unsafe.Add(p, f.off))
	}
	return e.object(t, p)
}

// Marshal returns the JSON of v, a pointer to any object of the document.
// Objects that stand for themselves have it as their method MarshalJSON;
// encoding/json can't write those that have not.
func Marshal(v object) ([]byte, error) { return marshal(v) }

// marshal is Marshal for a method.
func marshal(v any) ([]byte, error) {
	buf := encodeBuffers.Get().(*[]byte)
	out, err := appendObject((*buf)[:0], objectIn(v))
	var result []byte
	if err == nil {
		result = bytes.Clone(out)
	}
	clear(out)
	if cap(out) <= maxBuffer {
		*buf = out[:0]
	}
	encodeBuffers.Put(buf)
	return result, err
}

// encodeBuffers holds memory for results whose size is not known yet.
var encodeBuffers = sync.Pool{New: func() any { return new([]byte) }}

// maxBuffer is the largest memory that is kept for the next result.
const maxBuffer = 1 << 20

// encoder is the state of one encoding. Its methods return false after a
// failure.
type encoder struct {
	dst    []byte
	depth  int
	sent   bool     // it is a request: what only answers have is left out
	keys   []string // of a map
	one    scalars
	reason string
	path   []string // of the failure, innermost first
}

var encoders = sync.Pool{New: func() any { return new(encoder) }}

// release puts the encoder back, without anything of the object, and returns
// its failure.
func (e *encoder) release() error {
	var err error
	if e.reason != "" {
		err = &EncodeError{Path: joinPath(e.path), Reason: e.reason}
	}
	clear(e.keys)
	*e = encoder{keys: e.keys[:0]}
	encoders.Put(e)
	return err
}

func (e *encoder) fail(reason string) bool {
	e.reason = reason
	return false
}

// within adds a segment to the path of the failure.
func (e *encoder) within(segment string) bool {
	e.path = append(e.path, segment)
	return false
}

// open begins an array or object. A value can be nested too deep to be read
// again, or even contain itself.
func (e *encoder) open(c byte) bool {
	if e.depth++; e.depth > maxDepth {
		return e.fail(errTooDeep.Error())
	}
	e.dst = append(e.dst, c)
	return true
}

func (e *encoder) close(c byte) bool {
	e.depth--
	e.dst = append(e.dst, c)
	return true
}

// comma separates an element or member from what precedes it.
func (e *encoder) comma() {
	if last := e.dst[len(e.dst)-1]; last != '{' && last != '[' {
		e.dst = append(e.dst, ',')
	}
}

func (e *encoder) null() bool {
	e.dst = append(e.dst, "null"...)
	return true
}

// object writes the struct at p.
func (e *encoder) object(t *table, p unsafe.Pointer) bool {
	if other := otherOf(t, p); other != nil {
		return e.raw(other)
	}
	if !e.open('{') {
		return false
	}
	x := t.names()
	for i := range t.fields {
		f := &t.fields[i]
		s := presence(t, f, p)
		if s == StateAbsent || e.sent && f.readOnly {
			continue
		}
		if !e.name(f.name, x.verbatim) {
			return e.within(f.name)
		}
		if s == StateNull {
			e.null()
		} else if !e.member(&f.value, unsafe.Add(p, f.off)) {
			return e.within(f.name)
		}
	}
	if t.more != nil && !e.further(t, p) {
		return false
	}
	if m := extraOf(t, p); m != nil && m.rec != nil && !e.unknown(m.rec) {
		return false
	}
	return e.close('}')
}

// further writes the members of the struct at p that no other field is for.
func (e *encoder) further(t *table, p unsafe.Pointer) bool {
	for key, at := range entries(&t.more.value, unsafe.Add(p, t.more.off)) {
		if t.field(key) != nil {
			return e.fail(t.name + " has a field for " + strconv.Quote(key))
		}
		if !e.name(key, false) || !e.element(t.more.elem, at) {
			return e.within(key)
		}
	}
	return true
}

// name writes a member's name and the colon.
func (e *encoder) name(name string, verbatim bool) bool {
	e.comma()
	if verbatim {
		e.dst = append(e.dst, '"')
		e.dst = append(e.dst, name...)
		e.dst = append(e.dst, '"', ':')
		return true
	}
	if !e.text(name) {
		return false
	}
	e.dst = append(e.dst, ':')
	return true
}

// unknown writes the members that have no field.
func (e *encoder) unknown(r *record) bool {
	for _, u := range r.unknown {
		if !e.name(u.name, false) || !e.raw(u.value) {
			return e.within(u.name)
		}
	}
	return true
}

// member writes the value at p, which is present.
func (e *encoder) member(v *value, p unsafe.Pointer) bool {
	if v.opt {
		p = unsafe.Add(p, v.inOptional())
	}
	return e.value(v, p)
}

// element writes the value at p where there is no way to leave it out.
func (e *encoder) element(v *value, p unsafe.Pointer) bool {
	at, s := valueAt(v, p)
	if s != StatePresent {
		return e.null()
	}
	return e.value(v, at)
}

// value writes the value at p. Whatever Optional there is has been dealt with.
func (e *encoder) value(v *value, p unsafe.Pointer) bool {
	switch v.kind {
	case kindString, kindEnum:
		return e.text(*(*string)(p))
	case kindInt64:
		e.dst = strconv.AppendInt(e.dst, *(*int64)(p), 10)
	case kindUint64:
		e.dst = strconv.AppendUint(e.dst, *(*uint64)(p), 10)
	case kindInt32:
		e.dst = strconv.AppendInt(e.dst, int64(*(*int32)(p)), 10)
	case kindBool:
		e.dst = strconv.AppendBool(e.dst, *(*bool)(p))
	case kindFloat64:
		return e.float(*(*float64)(p))
	case kindBytes:
		e.dst = append(e.dst, '"')
		e.dst = base64.StdEncoding.AppendEncode(e.dst, *(*[]byte)(p))
		e.dst = append(e.dst, '"')
	case kindRaw:
		return e.raw(*(*Raw)(p))
	default:
		return e.compound(v, p)
	}
	return true
}

// compound is value for what is made of other values.
func (e *encoder) compound(v *value, p unsafe.Pointer) bool {
	switch v.kind {
	case kindStruct:
		return e.object(builtTable(v.sub), p)
	case kindPointer:
		if p = *(*unsafe.Pointer)(p); p == nil {
			return e.null()
		}
		return e.object(builtTable(v.sub), p)
	case kindSlice:
		return e.slice(v, p)
	case kindMap:
		return e.dictionary(v, p)
	case kindUnion:
		return e.union(builtUnion(v.union), p)
	case kindExpandable:
		return e.expandable(v, (*reference)(p))
	}
	panic("oaken: a table has a value of no kind")
}

// text writes a string. Only what RFC 8259 section 7 requires is escaped.
func (e *encoder) text(s string) bool {
	dst := append(e.dst, '"')
	if i := plainEnd(unsafe.Slice(unsafe.StringData(s), len(s)), 0); i < len(s) {
		return e.longText(s, i)
	}
	dst = append(dst, s...)
	e.dst = append(dst, '"')
	return true
}

// longText is text for strings that are plain up to i only.
func (e *encoder) longText(s string, i int) bool {
	e.dst = append(e.dst, '"')
	from := 0
	for i < len(s) {
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
			e.dst = append(e.dst, s[from:i-1]...)
			e.escape(c)
			from = i
		}
	}
	e.dst = append(e.dst, s[from:]...)
	e.dst = append(e.dst, '"')
	return true
}

func (e *encoder) escape(c byte) {
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
		e.dst = append(e.dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		return
	}
	e.dst = append(e.dst, '\\', c)
}

// float writes the shortest number that reads back as x, with an exponent only
// where it would be long without.
func (e *encoder) float(x float64) bool {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return e.fail("JSON has no number " + strconv.FormatFloat(x, 'g', -1, 64))
	}
	format := byte('f')
	if size := math.Abs(x); size != 0 && (size < 1e-6 || size >= 1e21) {
		format = 'e'
	}
	e.dst = strconv.AppendFloat(e.dst, x, format, -1, 64)
	return true
}

// raw writes JSON that is there already, without white space.
func (e *encoder) raw(raw Raw) bool {
	if raw == nil {
		return e.null()
	}
	if !validJSON(raw) {
		return e.fail(errNotJSON.Error())
	}
	e.dst = appendCompact(e.dst, raw)
	return true
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

func (e *encoder) slice(v *value, p unsafe.Pointer) bool {
	if !e.open('[') {
		return false
	}
	s, size := (*sliceHeader)(p), uintptr(0)
	if s.len > 0 {
		size, _ = v.elem.layout()
	}
	for i := range s.len {
		e.comma()
		if !e.element(v.elem, unsafe.Add(s.data, uintptr(i)*size)) {
			return e.within("[" + strconv.Itoa(i) + "]")
		}
	}
	return e.close(']')
}

func (e *encoder) dictionary(v *value, p unsafe.Pointer) bool {
	if !e.open('{') {
		return false
	}
	ok := true
	switch {
	case v.typ != nil:
		ok = e.anyMap(v, p)
	case v.elem.kind == kindInt64:
		ok = encodeMap(e, v.elem, p, &e.one.int64)
	default:
		ok = encodeMap(e, v.elem, p, &e.one.string)
	}
	return ok && e.close('}')
}

// encodeMap writes the entries of a map whose Go type is known here. Each value
// is written from x.
func encodeMap[T any](e *encoder, elem *value, p unsafe.Pointer, x *T) bool {
	m := *(*map[string]T)(p)
	clear(e.keys)
	e.keys = e.keys[:0]
	for key := range m {
		e.keys = append(e.keys, key)
	}
	slices.Sort(e.keys)
	for _, key := range e.keys {
		*x = m[key]
		if !e.name(key, false) || !e.value(elem, unsafe.Pointer(x)) {
			return e.within(key)
		}
	}
	return true
}

// anyMap writes the entries of any other map.
func (e *encoder) anyMap(v *value, p unsafe.Pointer) bool {
	for key, at := range entries(v, p) {
		if !e.name(key, false) || !e.element(v.elem, at) {
			return e.within(key)
		}
	}
	return true
}

func (e *encoder) union(u *union, p unsafe.Pointer) bool {
	k, at := u.get(p)
	switch {
	case k == -1:
		return e.raw(*(*Raw)(at))
	case k < 0 && !isNilInterface(p):
		return e.fail(errNoVariant.Error())
	case k < 0 || u.variants[k].kind == kindStruct && at == nil:
		return e.null()
	}
	return e.value(&u.variants[k].value, at)
}

// expandable writes an id or an object. JSON that has not been decoded is what
// was read, and needs no other look at it.
func (e *encoder) expandable(v *value, x *reference) bool {
	if x.object == nil {
		return e.text(x.ID)
	}
	unread, found := x.object.content()
	switch {
	case unread != nil:
		e.dst = appendCompact(e.dst, unread)
		return true
	case v.elem != nil:
		u := builtUnion(v.elem.union)
		return e.union(u, u.boxed(found))
	}
	if raw, ok := found.(Raw); ok {
		return e.raw(raw)
	}
	o := found.(object)
	return e.object(builtTable(o), pointerOf(o))
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
	e := encoders.Get().(*encoder)
	e.sent = true
	if x.at == nil {
		e.null()
	} else {
		e.value(x.v, x.at)
	}
	text := e.dst
	if err := e.release(); err != nil {
		return nil, err
	}
	return text, nil
}
