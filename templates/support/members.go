package support

import (
	"reflect"
	"slices"
	"sort"
	"unicode/utf8"
	"unsafe"
)

// This file is the way into the memory of generated structs: whether a field
// is there, where its value lies, and what a struct remembers beyond its
// fields. The decoder, the encoders and the validator all go through it.

// members is what a struct remembers about the JSON object it was decoded
// from and has no field for. It is one pointer, nil for most, so that structs
// stay small; what it points to is never changed once another copy of the
// struct can see it, so copies are independent.
type members struct {
	_   incomparable
	rec *record
}

// record is the content of a members.
type record struct {
	// unknown are the members that the table does not name, in order of arrival
	// and each name once: JSON as in an object, without its braces.
	unknown Raw
	other   Raw        // what came instead of an object
	odd     []oddField // by index
}

// unknownMember is a member that the table does not name.
type unknownMember struct {
	name  string
	value Raw
	text  Raw // all of it, as it is written
}

// listUnknown returns the unknown members in order of arrival.
func (r *record) listUnknown() []unknownMember {
	if r == nil || len(r.unknown) == 0 {
		return nil
	}
	var list []unknownMember
	d := newDecoder(r.unknown)
	for i := 0; i < len(r.unknown); {
		key, at := d.key(i)
		name, end := string(key), d.skip(at)
		list = append(list, unknownMember{name, r.unknown[at:end:end], r.unknown[i:end:end]})
		i = past(r.unknown, space(r.unknown, end))
	}
	d.release(0)
	return list
}

// unknownOf returns what a record has as unknown for a list of members.
func unknownOf(list []unknownMember) Raw {
	var text Raw
	for _, u := range list {
		if text != nil {
			text = append(text, ',')
		}
		text = append(text, u.text...)
	}
	return text
}

// oddField is a plain field, one without an Optional, that came as null or
// did not come at all.
type oddField struct {
	_     incomparable
	index int // in table.fields
	state State
}

// extraOf returns the members of the struct at p, or nil for parameters and
// what stands for another value, which have none.
func extraOf(t *table, p unsafe.Pointer) *members {
	if t.params || t.whole {
		return nil
	}
	return (*members)(unsafe.Add(p, t.extra))
}

// unknownIn returns the unknown members of the struct at p in order of arrival.
//
//go:noinline
func unknownIn(t *table, p unsafe.Pointer) []unknownMember {
	if p == nil {
		return nil
	}
	if m := extraOf(t, p); m != nil {
		return m.rec.listUnknown()
	}
	return nil
}

// otherOf returns what the struct at p was decoded from where that was no
// object, and nil otherwise, or once a field has been set.
func otherOf(t *table, p unsafe.Pointer) Raw {
	if !t.untyped || p == nil {
		return nil
	}
	m := extraOf(t, p)
	if m.rec == nil || m.rec.other == nil {
		return nil
	}
	for i := range t.fields {
		if f := &t.fields[i]; !isZero(&f.value, unsafe.Add(p, f.off)) {
			return nil
		}
	}
	if t.more != nil && mapLen(unsafe.Add(p, t.more.off)) > 0 {
		return nil
	}
	return m.rec.other
}

// note remembers that plain field index was null or absent. Only the decoder
// calls it, on a struct that nobody else has seen.
func (m *members) note(index int, s State) {
	if m.rec == nil {
		m.rec = new(record)
	}
	at, found := m.rec.find(index)
	if found {
		m.rec.odd[at].state = s
		return
	}
	m.rec.odd = append(m.rec.odd, oddField{})
	copy(m.rec.odd[at+1:], m.rec.odd[at:])
	m.rec.odd[at] = oddField{index: index, state: s}
}

// forget undoes note.
func (m *members) forget(index int) {
	if m.rec == nil {
		return
	}
	if at, found := m.rec.find(index); found {
		m.rec.odd = slices.Delete(m.rec.odd, at, at+1)
	}
}

// find returns the place of a field in odd.
func (r *record) find(index int) (int, bool) {
	at := sort.Search(len(r.odd), func(i int) bool { return r.odd[i].index >= index })
	return at, at < len(r.odd) && r.odd[at].index == index
}

// noted returns how plain field index came: StatePresent for most.
func (m *members) noted(index int) State {
	if m == nil || m.rec == nil || len(m.rec.odd) == 0 {
		return StatePresent
	}
	if at, found := m.rec.find(index); found {
		return m.rec.odd[at].state
	}
	return StatePresent
}

// presence tells whether field f, a field of t, of the struct at p is absent,
// null or has a value. It is the answer for the wire: what is absent here is
// not written, and what is null here is written as null.
//
//   - An Optional says so itself.
//   - Another field of an object is present, unless the object was decoded from
//     a document that lacked it or had null there, and it is still zero.
//   - Another field of parameters is absent while it holds nothing: an empty
//     string, list or map, a nil pointer, union or Raw, a struct whose fields
//     all hold nothing. Numbers and booleans are always present, and so is a
//     body of JSON that is a required struct, or an empty list or map but nil.
func presence(t *table, f *field, p unsafe.Pointer) State {
	at := unsafe.Add(p, f.off)
	switch {
	case f.opt:
		return *stateOf(at)
	case t.params:
		return paramPresence(f, at)
	}
	m := extraOf(t, p)
	if m == nil || m.rec == nil || len(m.rec.odd) == 0 {
		return StatePresent
	}
	s := m.noted(t.indexOf(f))
	if s != StatePresent && !isZero(&f.value, at) {
		return StatePresent // set since it was decoded
	}
	return s
}

// indexOf returns the index of f, which points into t.fields.
func (t *table) indexOf(f *field) int {
	from := uintptr(unsafe.Pointer(unsafe.SliceData(t.fields)))
	return int((uintptr(unsafe.Pointer(f)) - from) / unsafe.Sizeof(field{}))
}

// paramPresence is presence for a plain field of parameters.
func paramPresence(f *field, at unsafe.Pointer) State {
	switch f.kind {
	case kindBool, kindInt32, kindInt64, kindUint64, kindFloat64:
		return StatePresent
	}
	if f.in == inJSON && f.saysNothing(at) {
		return StatePresent
	}
	if blank(&f.value, at, !f.required) {
		return StateAbsent
	}
	return StatePresent
}

// saysNothing tells whether a body of JSON is {} or [] because the caller means
// it, or the document insists on an object.
func (f *field) saysNothing(at unsafe.Pointer) bool {
	switch f.kind {
	case kindSlice, kindMap:
		return *(*unsafe.Pointer)(at) != nil
	}
	return f.kind == kindStruct && f.required
}

// blank tells whether the value at p holds nothing that could be sent. Within
// an optional struct a plain 0 or false is nothing: they are the required
// members of something that is not wanted at all.
func blank(v *value, p unsafe.Pointer, optional bool) bool {
	if v.opt {
		return *stateOf(p) == StateAbsent
	}
	switch v.kind {
	case kindBool, kindInt32, kindInt64, kindUint64, kindFloat64:
		return optional && isZero(v, p)
	case kindString, kindEnum:
		return len(*(*string)(p)) == 0
	case kindBytes, kindRaw, kindSlice:
		return (*sliceHeader)(p).len == 0
	case kindMap:
		return mapLen(p) == 0
	case kindStruct:
		return blankStruct(v.table(), p, optional)
	case kindFile:
		return (*Upload)(p).Content == nil
	case kindExpandable:
		x := (*reference)(p)
		return x.object == nil && x.ID == ""
	}
	return isZero(v, p)
}

// blankStruct tells whether all fields of the struct at p are blank.
func blankStruct(t *table, p unsafe.Pointer, optional bool) bool {
	for i := range t.fields {
		f := &t.fields[i]
		if !blank(&f.value, unsafe.Add(p, f.off), optional) {
			return false
		}
	}
	if t.more != nil && mapLen(unsafe.Add(p, t.more.off)) > 0 {
		return false
	}
	m := extraOf(t, p)
	return m == nil || m.rec == nil || len(m.rec.unknown) == 0 && m.rec.other == nil
}

// isZero tells whether the value at p is the zero value of its Go type.
func isZero(v *value, p unsafe.Pointer) bool {
	size, _ := v.layout()
	for _, b := range unsafe.Slice((*byte)(p), size) {
		if b != 0 {
			return false
		}
	}
	return true
}

// valueAt steps through the Optional, if v says there is one at p: it returns
// the address of the value itself and whether it is absent, null or present.
// Without an Optional it returns p and StatePresent. The address is valid in
// every state; other than present, the value there is zero.
func valueAt(v *value, p unsafe.Pointer) (unsafe.Pointer, State) {
	if !v.opt {
		return p, StatePresent
	}
	return unsafe.Add(p, v.inOptional()), *stateOf(p)
}

// stateOf returns the address of the state of the Optional at p.
func stateOf(p unsafe.Pointer) *State {
	return (*State)(unsafe.Add(p, unsafe.Offsetof(Optional[bool]{}.State)))
}

// isNilInterface tells whether the interface at p, of any type, is nil.
func isNilInterface(p unsafe.Pointer) bool { return *(*unsafe.Pointer)(p) == nil }

// pointerOf returns the address of the struct that obj points to.
func pointerOf(obj object) unsafe.Pointer { return reflect.ValueOf(obj).UnsafePointer() }

// sliceHeader is the memory of any slice.
type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

// shape is the size of a kind's memory and its offset within an Optional,
// which is its alignment.
type shape struct{ size, align uint8 }

// shapes holds the kinds whose memory is the same for all types.
var shapes = [...]shape{
	kindBool:       {1, uint8(unsafe.Offsetof(Optional[bool]{}.Value))},
	kindInt32:      {4, uint8(unsafe.Offsetof(Optional[int32]{}.Value))},
	kindInt64:      {8, uint8(unsafe.Offsetof(Optional[int64]{}.Value))},
	kindUint64:     {8, uint8(unsafe.Offsetof(Optional[uint64]{}.Value))},
	kindFloat64:    {8, uint8(unsafe.Offsetof(Optional[float64]{}.Value))},
	kindString:     {uint8(unsafe.Sizeof("")), wordAlign},
	kindEnum:       {uint8(unsafe.Sizeof("")), wordAlign},
	kindBytes:      {uint8(unsafe.Sizeof(sliceHeader{})), wordAlign},
	kindRaw:        {uint8(unsafe.Sizeof(sliceHeader{})), wordAlign},
	kindPointer:    {wordAlign, wordAlign},
	kindSlice:      {uint8(unsafe.Sizeof(sliceHeader{})), wordAlign},
	kindMap:        {wordAlign, wordAlign},
	kindUnion:      {2 * wordAlign, wordAlign},
	kindExpandable: {uint8(unsafe.Sizeof(reference{})), wordAlign},
	kindFile:       {uint8(unsafe.Sizeof(Upload{})), wordAlign},
}

const wordAlign = uint8(unsafe.Offsetof(Optional[unsafe.Pointer]{}.Value))

// inOptional returns the offset of the value within its Optional.
func (v *value) inOptional() uintptr {
	if v.kind == kindStruct {
		return v.table().align()
	}
	return uintptr(shapes[v.kind].align)
}

// align returns the alignment of the table's struct. An object has a pointer,
// in its members; parameters can be as small as a boolean.
func (t *table) align() uintptr {
	if !t.params {
		return uintptr(wordAlign)
	}
	align := uintptr(1)
	for i := range t.fields {
		_, a := t.fields[i].layout()
		align = max(align, a)
	}
	return align
}

// layout returns the size and the alignment of the value's memory, with its
// Optional: the distance of the elements of a slice.
func (v *value) layout() (size, align uintptr) {
	if v.kind == kindStruct {
		t := v.table()
		size, align = t.size, t.align()
	} else {
		size, align = uintptr(shapes[v.kind].size), uintptr(shapes[v.kind].align)
	}
	if v.opt {
		// An Optional is aligned as a pointer, and its value lies at its own
		// alignment behind the state.
		size = (align + size + uintptr(wordAlign) - 1) &^ (uintptr(wordAlign) - 1)
		align = uintptr(wordAlign)
	}
	return size, align
}

// entry is the key of a map with the address of a copy of its value.
type entry struct {
	_   incomparable
	key string
	at  unsafe.Pointer
}

// entries returns those of the map at p, which v, a kindMap, describes, in
// bytewise order of the keys. Each value is described by v.elem.
//
//go:noinline
func entries(v *value, p unsafe.Pointer) []entry {
	keys := appendKeys(nil, v, p)
	sort.Strings(keys)
	list := make([]entry, len(keys))
	for i, key := range keys {
		list[i] = entry{key: key, at: entryOf(v, p, key)}
	}
	return list
}

// appendKeys appends the keys of the map at p.
func appendKeys(keys []string, v *value, p unsafe.Pointer) []string {
	switch {
	case v.maps != nil:
		return v.maps.appendKeys(keys, v, p)
	case v.elem.kind == kindInt64:
		return plainKeys(keys, *(*map[string]int64)(p))
	}
	return plainKeys(keys, *(*map[string]string)(p))
}

// entryOf returns the address of a copy of one value of the map at p, or nil.
func entryOf(v *value, p unsafe.Pointer, key string) unsafe.Pointer {
	switch {
	case v.maps != nil:
		return v.maps.entry(v, p, key)
	case v.elem.kind == kindInt64:
		return plainEntry[int64](p, key)
	}
	return plainEntry[string](p, key)
}

// plainKeys and plainEntry are for maps whose Go type is known here.
//
//go:noinline
func plainKeys[T any](keys []string, m map[string]T) []string {
	for key := range m {
		keys = append(keys, key)
	}
	return keys
}

func plainEntry[T any](p unsafe.Pointer, key string) unsafe.Pointer {
	if x, ok := (*(*map[string]T)(p))[key]; ok {
		return unsafe.Pointer(&x)
	}
	return nil
}

// mapLen returns the number of entries of the map at p. All maps with string
// keys keep it in the same place, so the type of the values does not matter.
func mapLen(p unsafe.Pointer) int { return len(*(*map[string]string)(p)) }

// UnknownMembers returns the members that obj was decoded with and that the
// document does not describe. They are written back when obj is encoded.
func UnknownMembers(obj object) map[string]Raw {
	t, p := builtTable(obj), pointerOf(obj)
	if p == nil {
		return nil
	}
	all := make(map[string]Raw)
	for _, u := range unknownIn(t, p) {
		all[u.name] = slices.Clone(u.value)
	}
	return all
}

// SetUnknownMember sets a member of obj that the document does not describe, or
// removes it if value is nil. The value must be JSON, and the name must not be
// one of the fields.
func SetUnknownMember(obj object, name string, value Raw) error {
	t, p := builtTable(obj), pointerOf(obj)
	switch {
	case p == nil:
		return &EncodeError{Path: name, Reason: "the object is nil"}
	case t.params:
		return &EncodeError{Path: name, Reason: t.name + " holds parameters and has no unknown members"}
	case t.more != nil:
		return &EncodeError{Path: name, Reason: t.name + " has a field for further members"}
	case t.field(name) != nil:
		return &EncodeError{Path: name, Reason: t.name + " has a field of that name"}
	case !utf8.ValidString(name):
		return &EncodeError{Path: name, Reason: "the name is not UTF-8"}
	case value != nil && !validJSON(value):
		return &EncodeError{Path: name, Reason: "the value is not JSON"}
	}
	extraOf(t, p).set(name, value)
	return nil
}

// set replaces the record by one with the member set, so that other copies of
// the struct keep theirs.
func (m *members) set(name string, value Raw) {
	list := m.rec.listUnknown()
	next := unknownMember{name, value, append(append(new(encoder).text(nil, name), ':'), value...)}
	at := slices.IndexFunc(list, func(u unknownMember) bool { return u.name == name })
	switch {
	case at < 0 && value != nil:
		list = append(list, next)
	case at >= 0 && value != nil:
		list[at] = next
	case at >= 0:
		list = slices.Delete(list, at, at+1)
	}
	rec := record{unknown: unknownOf(list)} // an object from now on
	if m.rec != nil {
		rec.odd = m.rec.odd
	}
	*m = members{}
	if len(rec.unknown)+len(rec.odd) > 0 {
		m.rec = &rec
	}
}
