package support

import (
	"encoding/base64"
	"errors"
	"iter"
	"math"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

// Parameters are written as application/x-www-form-urlencoded text, in queries
// and bodies alike: name=value pairs joined by &, where a name leads into
// nested values by brackets, account_holder[type]=customer&features[0]=balance.
// Names and values are escaped as the URL Standard's urlencoded serializer
// does, with the brackets that nest left as they are.

// appendParams appends the parameters at a location, which is inQuery or
// inForm, in the order of the fields. It appends & first if dst is not empty.
// What the operation's speller spells is left to that.
func appendParams(dst []byte, params object, in location, spell speller) ([]byte, error) {
	if params == nil {
		return dst, nil
	}
	t, p := builtTable(params), pointerOf(params)
	if p == nil {
		return dst, nil
	}
	// Most are a few short texts: what is made of them is copied from here, so that
	// it takes as much memory as it needs.
	var short [256]byte
	text, next := appendScalars(append(short[:0], dst...), t, p, in)
	if next < len(t.fields) || t.more != nil {
		w, ok := formWriters.Get().(*formWriter)
		if !ok {
			w = new(formWriter)
		}
		w.dst, w.spell = append(w.dst, text...), spell
		if err := w.parameters(t, p, next, in); err != nil {
			return dst, err
		}
		dst = append(dst, w.dst[len(dst):]...)
		w.release()
		return dst, nil
	}
	return append(dst, text[len(dst):]...), nil
}

// appendPairs appends pairs as appendParams does.
func appendPairs(dst []byte, pairs []pair) []byte {
	for _, p := range pairs {
		if len(dst) > 0 {
			dst = append(dst, '&')
		}
		dst = append(appendEscaped(dst, p.name), '=')
		dst = appendEscaped(dst, p.value)
	}
	return dst
}

// parameters writes those at a location, from a field on.
func (w *formWriter) parameters(t *table, p unsafe.Pointer, next int, in location) error {
	for fields := t.formFields(); next < len(fields); next++ {
		f := &fields[next]
		if f.in != in {
			continue
		}
		at, sent := f.inside(t, p)
		if !sent {
			continue
		}
		if f.scalar && at != nil {
			w.dst, _ = appendScalar(f.begin(w.dst), &f.value, at)
			continue
		}
		w.key = append(w.key[:0], f.key()...)
		if err := w.keyed(f.field, at); err != nil {
			return err
		}
	}
	if t.more == nil || t.more.in != in {
		return nil
	}
	for _, x := range t.more.each(unsafe.Add(p, t.more.off)) {
		if err := w.field(x.f, x.at); err != nil {
			return err
		}
	}
	return nil
}

// appendScalars appends the parameters at a location up to one that is there and
// is not simply text, or may be too long for the room behind dst. It returns the
// index of that field.
//
//go:noinline
func appendScalars(dst []byte, t *table, p unsafe.Pointer, in location) ([]byte, int) {
	fields := t.formFields()
	for i := range fields {
		f := &fields[i]
		if f.in != in {
			continue
		}
		room := cap(dst) - len(dst) - len(f.start)
		if f.text {
			if text := *(*string)(unsafe.Add(p, f.at)); len(text) > room/3 {
				return dst, i
			} else if len(text) > 0 {
				dst = appendEscaped(f.begin(dst), text)
			}
			continue
		}
		at, sent := f.inside(t, p)
		if !sent {
			continue
		}
		if !f.scalar || at == nil || f.longest(at) > room {
			return dst, i
		}
		dst, _ = appendScalar(f.begin(dst), &f.value, at)
	}
	return dst, len(fields)
}

// formField is a field with what is the same each time it is written.
type formField struct {
	_ incomparable
	*field
	start string  // & and the name, escaped, and =
	at    uintptr // the offset of the value, within an Optional if there is one
	// size is that of the field's memory, if it is absent where that is zero, and
	// else 0.
	size uintptr
	// scalar says that the value has no parts, and can always be written, and text
	// that it is one which is absent while it is empty.
	text, scalar bool
}

// formFields returns the fields of a struct, in their order.
func (t *table) formFields() []formField {
	if list := (*[]formField)(atomic.LoadPointer(&t.form)); list != nil {
		return *list
	}
	return t.buildFormFields()
}

func (t *table) buildFormFields() []formField {
	list := make([]formField, len(t.fields))
	nothing := unsafe.Pointer(unsafe.SliceData(make([]uintptr, t.size/uintptr(wordAlign)+1)))
	for i := range list {
		f := &t.fields[i]
		x := formField{field: f, start: string(append(appendEscaped([]byte{'&'}, f.name), '=')), at: f.off}
		if f.opt {
			x.at += f.inOptional()
		}
		isText := f.kind == kindString || f.kind == kindEnum
		x.scalar = (isText || f.kind <= kindUint64) && f.style == styleDeepObject
		x.text = x.scalar && isText && t.params && !f.opt
		if size, align := f.layout(); align == uintptr(wordAlign) && presence(t, f, nothing) == StateAbsent {
			x.size = size
		}
		list[i] = x
	}
	atomic.StorePointer(&t.form, unsafe.Pointer(&list))
	return list
}

// key returns the name, escaped.
func (f *formField) key() string { return f.start[1 : len(f.start)-1] }

// begin appends what precedes the value.
func (f *formField) begin(dst []byte) []byte {
	if len(dst) == 0 {
		return append(dst, f.start[1:]...)
	}
	return append(dst, f.start...)
}

// longest returns how many bytes a scalar takes at most.
func (f *formField) longest(p unsafe.Pointer) int {
	if f.kind == kindString || f.kind == kindEnum {
		return 3 * len(*(*string)(p))
	}
	return len("-9223372036854775808")
}

// inside returns the address of the value in the struct at p, nil if that is null,
// and whether it is there.
func (f *formField) inside(t *table, p unsafe.Pointer) (unsafe.Pointer, bool) {
	at, s := unsafe.Add(p, f.at), StatePresent
	switch {
	case f.text:
		return at, len(*(*string)(at)) > 0
	case f.opt:
		s = *stateOf(unsafe.Add(p, f.off))
	case f.size > 0 && isBlank(at, f.size):
		s = StateAbsent
	default:
		s = presence(t, f.field, p)
	}
	if s == StateNull {
		return nil, true
	}
	return at, s != StateAbsent
}

// field writes what a parameter holds; at is nil for null.
func (w *formWriter) field(f *field, at unsafe.Pointer) error {
	w.key = appendEscaped(w.key[:0], f.name)
	return w.keyed(f, at)
}

// keyed is field where the key is there already.
func (w *formWriter) keyed(f *field, at unsafe.Pointer) error {
	if f.style != styleDeepObject {
		return w.spell(w, f, at)
	}
	return w.done(f, w.part(part{&f.value, at}))
}

// done returns the error of a parameter that could not be written.
func (w *formWriter) done(f *field, ok bool) error {
	if ok {
		return nil
	}
	w.path = append(w.path, f.name)
	return &EncodeError{Path: joinPath(w.path), Reason: w.reason}
}

// sent yields the fields of params at a location that are present, with the
// address of the value, or nil if that is null.
func sent(params object, in location) iter.Seq2[*field, unsafe.Pointer] {
	return func(yield func(*field, unsafe.Pointer) bool) { send(params, in, yield) }
}

// send is sent for a function, which it does not keep: neither that nor what it
// refers to has to be allocated.
func send(params object, in location, yield func(*field, unsafe.Pointer) bool) {
	if params == nil || pointerOf(params) == nil {
		return
	}
	t, p := builtTable(params), pointerOf(params)
	for i := range t.fields {
		f := &t.fields[i]
		if f.in != in {
			continue
		}
		s := presence(t, f, p)
		if s == StateAbsent {
			continue
		}
		at, _ := valueAt(&f.value, unsafe.Add(p, f.off))
		if s == StateNull {
			at = nil
		}
		if !yield(f, at) {
			return
		}
	}
	if t.more == nil || t.more.in != in {
		return
	}
	for _, x := range t.more.each(unsafe.Add(p, t.more.off)) {
		if !yield(x.f, x.at) {
			return
		}
	}
}

// sentField is a parameter with the address of its value.
type sentField struct {
	f  *field
	at unsafe.Pointer
}

// each returns the entries of the map at p, which f describes, as parameters of
// their own.
func (f *field) each(p unsafe.Pointer) []sentField {
	all := entries(&f.value, p)
	list := make([]sentField, len(all))
	for i, x := range all {
		list[i] = sentField{&field{name: x.key, in: f.in, style: f.style, value: *f.elem}, partOf(f.elem, x.at).at}
	}
	return list
}

// formWriter writes pairs. Its methods return false after a failure.
type formWriter struct {
	dst    []byte
	key    []byte   // escaped
	names  []string // of maps that are being gone through
	spell  speller
	depth  int
	reason string
	path   []string // of the failure, innermost first
}

var formWriters sync.Pool

// release gives w back, with its memory but nothing in it. One that has failed is
// not given back.
func (w *formWriter) release() {
	w.dst, w.spell = w.dst[:0], nil
	if cap(w.dst) > keptBuffer {
		w.dst = nil
	}
	formWriters.Put(w)
}

//go:noinline
func (w *formWriter) fail(err error) bool {
	w.reason = err.Error()
	return false
}

// pair writes the key with a value.
func (w *formWriter) pair(text string) {
	w.dst = appendEscaped(w.begin(), text)
}

// begin writes the key and what follows it.
func (w *formWriter) begin() []byte {
	if len(w.dst) > 0 {
		w.dst = append(w.dst, '&')
	}
	return append(append(w.dst, w.key...), '=')
}

// isList tells whether a value is more than one text.
func isList(v *value) bool {
	switch v.kind {
	case kindSlice, kindMap, kindStruct, kindPointer:
		return true
	}
	return false
}

// part is a value within another one, at nil if it is null.
type part struct {
	v  *value
	at unsafe.Pointer
}

// partOf steps through the Optional at p.
func partOf(v *value, p unsafe.Pointer) part {
	at, s := valueAt(v, p)
	if s != StatePresent {
		at = nil
	}
	return part{v, at}
}

// namedPart is a part with its name.
type namedPart struct {
	name string
	part
}

// parts returns what a list, map or struct holds, with names: the index, the
// key, the member's name. Absent members are left out.
func parts(v *value, p unsafe.Pointer) []namedPart {
	var list []namedPart
	switch v.kind {
	case kindSlice:
		data, n, size := v.span(p)
		for i := range n {
			list = append(list, namedPart{strconv.Itoa(i), partOf(v.elem, unsafe.Add(data, uintptr(i)*size))})
		}
	case kindMap:
		list = mapParts(list, v, p)
	case kindPointer:
		if p = *(*unsafe.Pointer)(p); p != nil {
			list = structParts(v.table(), p)
		}
	case kindStruct:
		list = structParts(v.table(), p)
	}
	return list
}

// mapParts appends the entries of a map.
func mapParts(list []namedPart, v *value, p unsafe.Pointer) []namedPart {
	for _, x := range entries(v, p) {
		list = append(list, namedPart{x.key, partOf(v.elem, x.at)})
	}
	return list
}

// span returns where the elements of the slice at p are, how many, and how far
// apart.
func (v *value) span(p unsafe.Pointer) (data unsafe.Pointer, n int, size uintptr) {
	s := (*sliceHeader)(p)
	if s.len > 0 {
		size, _ = v.elem.layout()
	}
	return s.data, s.len, size
}

// structParts returns the fields of a struct, and then the members that it
// remembers beyond them.
func structParts(t *table, p unsafe.Pointer) []namedPart {
	var list []namedPart
	for i := range t.fields {
		f := &t.fields[i]
		s := presence(t, f, p)
		if s == StateAbsent {
			continue
		}
		x := partOf(&f.value, unsafe.Add(p, f.off))
		if s == StateNull {
			x.at = nil
		}
		list = append(list, namedPart{f.name, x})
	}
	if t.more != nil {
		list = mapParts(list, &t.more.value, unsafe.Add(p, t.more.off))
	}
	for _, u := range unknownIn(t, p) {
		list = append(list, namedPart{u.name, part{&rawPart, unsafe.Pointer(&u.value)}})
	}
	return list
}

var rawPart = value{kind: kindRaw}

// part writes a value with the key as it is.
func (w *formWriter) part(x part) bool {
	if x.at == nil {
		w.pair("")
		return true
	}
	return w.value(x.v, x.at)
}

// value writes the value at p, nested values with brackets after the key.
func (w *formWriter) value(v *value, p unsafe.Pointer) bool {
	switch v.kind {
	case kindSlice:
		return w.open() && w.list(v, p)
	case kindMap:
		return w.open() && w.dictionary(v, p)
	case kindStruct:
		return w.open() && w.members(v.table(), p)
	case kindPointer:
		if p = *(*unsafe.Pointer)(p); p != nil {
			return w.open() && w.members(v.table(), p)
		}
		w.pair("")
		return true
	case kindUnion:
		return w.union(builtUnion(v.union), p)
	case kindRaw:
		return w.raw(*(*Raw)(p))
	}
	text, err := appendScalar(w.begin(), v, p)
	if err != nil {
		return w.fail(err)
	}
	w.dst = text
	return true
}

// appendScalar appends any other value, which has no parts.
func appendScalar(dst []byte, v *value, p unsafe.Pointer) ([]byte, error) {
	switch v.kind {
	case kindString, kindEnum:
		return appendEscaped(dst, *(*string)(p)), nil
	case kindBool:
		return strconv.AppendBool(dst, *(*bool)(p)), nil
	case kindInt32:
		return strconv.AppendInt(dst, int64(*(*int32)(p)), 10), nil
	case kindInt64:
		return strconv.AppendInt(dst, *(*int64)(p), 10), nil
	case kindUint64:
		return strconv.AppendUint(dst, *(*uint64)(p), 10), nil
	case kindFloat64:
		return appendFloat(dst, *(*float64)(p))
	case kindBytes:
		return appendEscaped(dst, base64.StdEncoding.EncodeToString(*(*[]byte)(p))), nil
	case kindExpandable:
		return appendEscaped(dst, (*reference)(p).ID), nil
	}
	return nil, errNested
}

// open begins a list or object, each of which ends with close.
func (w *formWriter) open() bool {
	if w.depth++; w.depth > maxDepth {
		return w.fail(errTooDeep)
	}
	return true
}

func (w *formWriter) close() bool {
	w.depth--
	return true
}

func (w *formWriter) list(v *value, p unsafe.Pointer) bool {
	data, n, size := v.span(p)
	for i := range n {
		own := len(w.key)
		w.key = append(strconv.AppendInt(append(w.key, '['), int64(i), 10), ']')
		if !w.part(partOf(v.elem, unsafe.Add(data, uintptr(i)*size))) {
			return w.within("[" + strconv.Itoa(i) + "]")
		}
		w.key = w.key[:own]
	}
	return w.close()
}

// members writes the fields of the struct at p, and then the members that it
// remembers beyond them.
func (w *formWriter) members(t *table, p unsafe.Pointer) bool {
	for i, fields := 0, t.formFields(); i < len(fields); i++ {
		f := &fields[i]
		at, sent := f.inside(t, p)
		if !sent {
			continue
		}
		own := len(w.key)
		w.key = append(append(append(w.key, '['), f.key()...), ']')
		if !w.part(part{&f.value, at}) {
			return w.within(f.name)
		}
		w.key = w.key[:own]
	}
	if t.more != nil && !w.entries(&t.more.value, unsafe.Add(p, t.more.off)) {
		return false
	}
	for _, u := range unknownIn(t, p) {
		if !w.member(u.name, part{&rawPart, unsafe.Pointer(&u.value)}) {
			return false
		}
	}
	return w.close()
}

func (w *formWriter) dictionary(v *value, p unsafe.Pointer) bool { return w.entries(v, p) && w.close() }

// entries writes the entries of the map at p in the order of their keys.
func (w *formWriter) entries(v *value, p unsafe.Pointer) bool {
	if v.maps == nil && v.elem.kind != kindInt64 {
		return w.texts(*(*map[string]string)(p))
	}
	for _, x := range entries(v, p) {
		if !w.member(x.key, partOf(v.elem, x.at)) {
			return false
		}
	}
	return true
}

// texts is entries for what most maps hold.
func (w *formWriter) texts(m map[string]string) bool {
	own := len(w.names)
	for name := range m {
		w.names = append(w.names, name)
	}
	names := w.names[own:]
	sort.Strings(names)
	for _, name := range names {
		outer := w.into(name)
		w.pair(m[name])
		w.key = w.key[:outer]
	}
	clear(names)
	w.names = w.names[:own]
	return true
}

// member writes a value with the key extended by a name in brackets.
func (w *formWriter) member(name string, x part) bool {
	own := w.into(name)
	if !w.part(x) {
		return w.within(name)
	}
	w.key = w.key[:own]
	return true
}

// into extends the key by a name in brackets, and returns how long it was.
func (w *formWriter) into(name string) int {
	own := len(w.key)
	w.key = append(appendEscaped(append(w.key, '['), name), ']')
	return own
}

// within adds a part to the path of the failure.
//
//go:noinline
func (w *formWriter) within(name string) bool {
	w.path = append(w.path, name)
	return false
}

func (w *formWriter) union(u *union, p unsafe.Pointer) bool {
	k, at := u.get(p)
	switch {
	case k == -1:
		return w.raw(*(*Raw)(at))
	case k < 0 && !isNilInterface(p):
		return w.fail(errNoVariant)
	case k < 0 || u.variants[k].kind == kindStruct && at == nil:
		w.pair("")
		return true
	}
	return w.value(&u.variants[k].value, at)
}

// raw writes JSON as what it describes.
func (w *formWriter) raw(raw Raw) bool {
	if len(raw) == 0 {
		w.pair("")
		return true
	}
	if !validJSON(raw) {
		return w.fail(errNotJSON)
	}
	d := newDecoder(raw)
	d.release(w.json(d, space(raw, 0)))
	return true
}

// json writes the valid JSON value at i.
func (w *formWriter) json(d *decoder, i int) int {
	switch d.kindAt(i) {
	case "object":
		return d.eachMember(i, func(name []byte, at int) int {
			own := w.into(string(name))
			end := w.json(d, at)
			w.key = w.key[:own]
			return end
		})
	case "array":
		n := 0
		return d.eachElement(i, func(at int) int {
			own := w.into(strconv.Itoa(n))
			end := w.json(d, at)
			w.key = w.key[:own]
			n++
			return end
		})
	case "string":
		text, end := d.text(i)
		w.pair(string(text))
		return end
	case "null":
		w.pair("")
		return i + 4
	}
	end := d.skip(i)
	w.pair(string(d.data[i:end]))
	return end
}

// text returns a scalar as text.
func (x part) text() (string, error) {
	v, p := x.v, x.at
	if p == nil {
		return "", nil
	}
	switch v.kind {
	case kindString, kindEnum:
		return *(*string)(p), nil
	case kindBool:
		return strconv.FormatBool(*(*bool)(p)), nil
	case kindInt32:
		return strconv.FormatInt(int64(*(*int32)(p)), 10), nil
	case kindUint64:
		return strconv.FormatUint(*(*uint64)(p), 10), nil
	case kindInt64:
		return strconv.FormatInt(*(*int64)(p), 10), nil
	case kindFloat64:
		text, err := appendFloat(nil, *(*float64)(p))
		return string(text), err
	case kindBytes:
		return base64.StdEncoding.EncodeToString(*(*[]byte)(p)), nil
	case kindExpandable:
		return (*reference)(p).ID, nil
	case kindUnion:
		return variantText(builtUnion(v.union), p)
	case kindRaw:
		return rawText(*(*Raw)(p))
	}
	return "", errNested
}

func appendFloat(dst []byte, x float64) ([]byte, error) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil, errors.New("not a number that can be written")
	}
	return strconv.AppendFloat(dst, x, 'f', -1, 64), nil
}

func variantText(u *union, p unsafe.Pointer) (string, error) {
	k, at := u.get(p)
	switch {
	case k == -1:
		return rawText(*(*Raw)(at))
	case k < 0 && !isNilInterface(p):
		return "", errNoVariant
	case k < 0:
		return "", nil
	}
	return part{&u.variants[k].value, at}.text()
}

// rawText returns the text of a JSON string, nothing for null, and other
// scalars as they are.
func rawText(raw Raw) (string, error) {
	if len(raw) == 0 {
		return "", nil
	}
	if !validJSON(raw) {
		return "", errNotJSON
	}
	d := newDecoder(raw)
	i := space(raw, 0)
	var text []byte
	var err error
	switch d.kindAt(i) {
	case "object", "array":
		err = errNested
	case "null":
	case "string":
		text, _ = d.text(i)
	default:
		text = raw[i:d.skip(i)]
	}
	out := string(text)
	d.release(0)
	return out, err
}

// paramHeader calls each with the parameters that travel as headers or
// cookies, in the OpenAPI style simple: the elements of a list, and the names
// and values of an object, separated by commas. What the operation's speller
// spells is left to that.
func paramHeader(params object, in location, spell speller, each func(f *field, value string)) error {
	for f, at := range sent(params, in) {
		if f.style >= styleSimple {
			var w formWriter
			if err := spell(&w, f, at); err != nil {
				return err
			}
			each(f, string(w.dst))
			continue
		}
		text, err := part{&f.value, at}.simple()
		if err != nil {
			return &EncodeError{Path: f.name, Reason: err.Error()}
		}
		each(f, text)
	}
	return nil
}

var (
	errNotJSON = errors.New("not JSON")
	errNested  = errors.New("a list or object can't be written here")
	// What embeds a variant has all its methods, and so passes for one.
	errNoVariant = errors.New("not a variant of this union")

	errTooDeep error = &tooDeep{}
)

// tooDeep needs no work at start-up, as a text that is put together would.
type tooDeep struct{}

func (*tooDeep) Error() string { return "nested deeper than " + strconv.Itoa(maxDepth) + " levels" }

// simple returns a scalar, or a list or object of scalars, as one text.
func (x part) simple() (string, error) {
	if x.at == nil || !isList(x.v) {
		return x.text()
	}
	texts, err := x.texts(func(text string) string { return text })
	return strings.Join(texts, ","), err
}

// texts returns what a list or object of scalars holds: of an object the names
// and the values.
func (x part) texts(escape func(string) string) ([]string, error) {
	var texts []string
	for _, inner := range parts(x.v, x.at) {
		text, err := inner.text()
		if err != nil {
			return nil, err
		}
		if x.v.kind != kindSlice {
			texts = append(texts, escape(inner.name))
		}
		texts = append(texts, escape(text))
	}
	return texts, nil
}

// appendEscaped appends text as url.QueryEscape writes it: letters, digits and
// -._~ as they are, a space as +, every other byte as %XX.
func appendEscaped(dst []byte, text string) []byte { return appendPercent(dst, text, true) }

// appendPercent is appendEscaped where plus says that a space is +, and not %20.
//
//go:noinline
func appendPercent(dst []byte, text string, plus bool) []byte {
	const hex = "0123456789ABCDEF"
	for {
		kept := 0
		for len(text)-kept >= 8 {
			s := text[kept : kept+8]
			if unreserved[s[0]]&unreserved[s[1]]&unreserved[s[2]]&unreserved[s[3]]&unreserved[s[4]]&unreserved[s[5]]&unreserved[s[6]]&unreserved[s[7]] == 0 {
				break
			}
			kept += 8
		}
		for kept < len(text) && unreserved[text[kept]] == 1 {
			kept++
		}
		if kept == len(text) {
			return append(dst, text...)
		}
		dst = append(dst, text[:kept]...)
		if c := text[kept]; c == ' ' && plus {
			dst = append(dst, '+')
		} else {
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		}
		text = text[kept+1:]
	}
}
