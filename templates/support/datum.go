package support

import (
	"encoding/base64"
	"sort"
	"strconv"
	"unsafe"
)

// This file shows the memory of generated types, and Raw values, as JSON
// instances: what assertions are about.

// slot is a place for a value: its memory behind an Optional, and whether a
// value is there.
type slot struct {
	v     *value
	p     unsafe.Pointer
	state State
}

// slotAt returns the slot at p, which v describes. What is nil in Go and not
// a list or a map has no other JSON than null.
func slotAt(v *value, p unsafe.Pointer) slot {
	at, s := valueAt(v, p)
	if s == StatePresent && isNil(v, at) {
		s = StateNull
	}
	return slot{v, at, s}
}

// slotIn is slotAt for what is no Optional, or within one.
func slotIn(v *value, p unsafe.Pointer) slot {
	if isNil(v, p) {
		return slot{v, p, StateNull}
	}
	return slot{v, p, StatePresent}
}

func isNil(v *value, p unsafe.Pointer) bool {
	switch v.kind {
	case kindPointer:
		return *(*unsafe.Pointer)(p) == nil
	case kindRaw:
		return len(*(*Raw)(p)) == 0
	case kindFile:
		return (*Upload)(p).Content == nil
	case kindUnion:
		_, at := builtUnion(v.union).get(p)
		return at == nil
	}
	return false
}

// fieldSlot returns the slot of a field of the struct at p.
func fieldSlot(t *table, f *field, p unsafe.Pointer) slot {
	if p == nil {
		return slot{}
	}
	if s := presence(t, f, p); s != StatePresent {
		return slot{&f.value, nil, s}
	}
	return slotAt(&f.value, unsafe.Add(p, f.off))
}

// Values that no table describes: a Raw, and what reading one gives, for which
// p leads to an any.
var (
	rawValue  = value{kind: kindRaw}
	readValue = value{}
)

// readSlot is a slot of what reading a Raw gave.
func readSlot(x any) slot {
	if x == nil {
		return slot{state: StateNull}
	}
	return slot{&readValue, unsafe.Pointer(&x), StatePresent}
}

// datum is one JSON value: what JSON Schema calls an instance.
type datum struct {
	_   incomparable
	typ jsonTypes // one bit; none for a Raw that is not JSON
	str string    // typeString
	t   *table    // structs
	v   *value    // all others
	p   unsafe.Pointer
	// form leaves out the parameters that travel elsewhere than in the body.
	form bool
}

// textDatum is a string that lies in no slot: the name of a member.
func textDatum(s string) datum { return datum{typ: typeString, str: s} }

// datum returns the value in the slot; in an empty one it is null.
func (s slot) datum() datum {
	if s.state != StatePresent {
		return datum{typ: typeNull}
	}
	n := datum{v: s.v, p: s.p}
	switch s.v.kind {
	case kindBool:
		n.typ = typeBoolean
	case kindInt32, kindInt64, kindUint64:
		n.typ = typeInteger
	case kindFloat64:
		n.typ = typeNumber
	case kindString, kindEnum:
		n = textDatum(*(*string)(s.p))
	case kindBytes:
		n = textDatum(base64.StdEncoding.EncodeToString(*(*[]byte)(s.p)))
	case kindRaw:
		n = readRaw(*(*Raw)(s.p))
	case kindStruct:
		n = structDatum(s.v.table(), s.p)
	case kindPointer:
		n = structDatum(s.v.table(), *(*unsafe.Pointer)(s.p))
	case kindSlice:
		n.typ = typeArray
	case kindMap:
		n.typ = typeObject
	case kindUnion:
		n = variantSlot(builtUnion(s.v.union), s.p).datum()
	case kindExpandable:
		n = expandableDatum(s)
	case kindFile:
		n.typ = typeString // of which nothing is known before it is read
	default:
		n = readDatum(s)
	}
	return n
}

// structDatum is what the struct at p stands for: an object, unless it was
// decoded from something else.
func structDatum(t *table, p unsafe.Pointer) datum {
	if other := otherOf(t, p); other != nil {
		return readRaw(other)
	}
	return datum{typ: typeObject, t: t, p: p}
}

// variantSlot returns the slot of what the union at p, which is not nil, holds.
func variantSlot(u *union, p unsafe.Pointer) slot {
	i, at := u.get(p)
	if i < 0 {
		return slotAt(&rawValue, at)
	}
	return slotAt(&u.variants[i].value, at)
}

func expandableDatum(s slot) datum {
	x := (*reference)(s.p)
	if x.object == nil {
		return textDatum(x.ID)
	}
	unread, found := x.object.content()
	switch {
	case unread != nil:
		return datum{typ: typeObject, v: &rawValue, p: unsafe.Pointer(&unread)}
	case s.v.elem != nil:
		u := builtUnion(s.v.elem.union)
		return variantSlot(u, u.boxed(found)).datum()
	}
	if raw, ok := found.(Raw); ok {
		return readRaw(raw)
	}
	o := found.(object)
	return structDatum(builtTable(o), pointerOf(o))
}

// readRaw reads JSON that no table describes. It is for what documents rarely
// do, such as asserting something about members that they do not describe.
func readRaw(raw Raw) datum {
	d := newDecoder(raw)
	d.lenient = true
	x, end := d.any(space(raw, 0))
	if d.release(end) != nil {
		return datum{}
	}
	return readSlot(x).datum()
}

// numberText is a number as it is written.
type numberText string

// any reads the value at i: as a bool, a numberText, a string, a []any or a
// map[string]any, or nil for null.
func (d *decoder) any(i int) (any, int) {
	switch d.kindAt(i) {
	case "object":
		return d.anyObject(i)
	case "array":
		return d.anyArray(i)
	case "string":
		text, end := d.text(i)
		return string(text), end
	case "number":
		if end := d.number(i); end >= 0 {
			return numberText(d.data[i:end]), end
		}
		return nil, -1
	case "boolean":
		return d.data[i] == 't', d.skip(i)
	}
	return nil, d.skip(i)
}

func (d *decoder) anyObject(i int) (any, int) {
	members := map[string]any{}
	i, more := d.open(i, '}')
	for more {
		name, at := d.key(i)
		if at < 0 {
			return nil, -1
		}
		key := string(name)
		x, end := d.any(at)
		if end < 0 {
			return nil, -1
		}
		members[key] = x
		i, more = d.next(end, '}')
	}
	return members, i
}

func (d *decoder) anyArray(i int) (any, int) {
	items := []any{}
	i, more := d.open(i, ']')
	for more {
		x, end := d.any(i)
		if end < 0 {
			return nil, -1
		}
		items = append(items, x)
		i, more = d.next(end, ']')
	}
	return items, i
}

// membersOf returns the members of JSON that no table describes, as they lie in
// it: nil if it is no object.
func membersOf(raw []byte) map[string]Raw {
	i := space(raw, 0)
	if i == len(raw) || raw[i] != '{' {
		return nil
	}
	d := newDecoder(raw)
	d.lenient = true
	members := map[string]Raw{}
	end := d.eachMember(i, func(name []byte, at int) int {
		key, end := string(name), d.skip(at)
		if end >= 0 {
			members[key] = raw[at:end:end]
		}
		return end
	})
	if end >= 0 && space(raw, end) < len(raw) {
		end = d.syntax(space(raw, end))
	}
	if d.release(end) != nil {
		return nil
	}
	return members
}

// scalarText returns the text of a string, or a number as it is written, of
// valid JSON.
func scalarText(raw Raw) string {
	d := newDecoder(raw)
	d.lenient = true
	var text []byte
	switch d.kindAt(0) {
	case "string":
		text, _ = d.text(0)
	case "number":
		text = raw
	}
	out := string(text)
	d.release(0)
	return out
}

// readDatum is the datum of a slot that readSlot made.
func readDatum(s slot) datum {
	n := datum{v: s.v, p: s.p}
	switch x := n.any().(type) {
	case bool:
		n.typ = typeBoolean
	case numberText:
		n.typ = typeNumber
	case string:
		return textDatum(x)
	case []any:
		n.typ = typeArray
	case map[string]any:
		n.typ = typeObject
	}
	return n
}

// any returns what readSlot was given.
func (n *datum) any() any { return *(*any)(n.p) }

// object and array return the parts of what readSlot was given.
func (n *datum) array() []any { return n.any().([]any) }

//go:noinline
func (n *datum) object() map[string]any {
	if n.v == &rawValue { // of an Expandable: few assertions look into it
		*n = readRaw(*(*Raw)(n.p))
	}
	return n.any().(map[string]any)
}

func (n *datum) boolean() bool {
	if n.v.kind == kindBool {
		return *(*bool)(n.p)
	}
	return n.any().(bool)
}

func (n *datum) number() number {
	switch n.v.kind {
	case kindInt32:
		return number{exact: true, i: int64(*(*int32)(n.p))}
	case kindInt64:
		return number{exact: true, i: *(*int64)(n.p)}
	case kindUint64:
		return readNumber(strconv.FormatUint(*(*uint64)(n.p), 10))
	case kindFloat64:
		return number{f: *(*float64)(n.p)}
	}
	return readNumber(string(n.any().(numberText)))
}

// is tells whether the datum has one of the types. A number without
// fraction is an integer too.
func (n *datum) is(types jsonTypes) bool {
	switch {
	case n.typ&types != 0:
		return true
	case n.typ == typeInteger:
		return types&typeNumber != 0
	case n.typ == typeNumber && types&typeInteger != 0:
		return n.number().isWhole()
	}
	return false
}

// matches tells whether the datum equals a constant of the document.
func (n *datum) matches(l *literal) bool {
	if !n.is(l.typ) {
		return false
	}
	switch l.typ {
	case typeString:
		return n.str == l.str
	case typeBoolean:
		return n.boolean() == (l.str == "true")
	case typeInteger, typeNumber:
		return n.number().compare(readNumber(l.str)) == 0
	}
	return true
}

// isIn tells whether the datum equals one of the constants (2020-12
// validation, sections 6.1.2 and 6.1.3).
func (n *datum) isIn(list []literal) bool {
	for i := range list {
		if n.matches(&list[i]) {
			return true
		}
	}
	return false
}

// len returns the number of items of an array.
func (n *datum) len() int {
	if n.v.kind == kindSlice {
		return (*sliceHeader)(n.p).len
	}
	return len(n.array())
}

// item returns item i of an array.
func (n *datum) item(i int) slot {
	if n.v.kind != kindSlice {
		return readSlot(n.array()[i])
	}
	size, _ := n.v.elem.layout()
	return slotAt(n.v.elem, unsafe.Add((*sliceHeader)(n.p).data, uintptr(i)*size))
}

// member returns a member of an object; its state is StateAbsent if there is
// none.
func (n *datum) member(name string) slot {
	switch {
	case n.t != nil:
		return n.structMember(name)
	case n.v.kind == kindMap:
		return mapMember(n.v, n.p, name)
	}
	x, ok := n.object()[name]
	if !ok {
		return slot{}
	}
	return readSlot(x)
}

func (n *datum) structMember(name string) slot {
	t, p := n.t, n.p
	if f := t.field(name); f != nil && n.has(f) {
		return fieldSlot(t, f, p)
	}
	for _, u := range unknownIn(t, p) {
		if u.name == name {
			return slot{&rawValue, unsafe.Pointer(&u.value), StatePresent}
		}
	}
	if t.more != nil && p != nil {
		return mapMember(&t.more.value, unsafe.Add(p, t.more.off), name)
	}
	return slot{}
}

func mapMember(v *value, p unsafe.Pointer, name string) slot {
	at := entryOf(v, p, name)
	if at == nil {
		return slot{}
	}
	return slotAt(v.elem, at)
}

// count returns the number of members of an object.
func (n *datum) count() int {
	switch {
	case n.t != nil:
		count := len(unknownIn(n.t, n.p))
		for i := range n.t.fields {
			if f := &n.t.fields[i]; n.has(f) && fieldSlot(n.t, f, n.p).state != StateAbsent {
				count++
			}
		}
		if n.t.more != nil && n.p != nil {
			count += mapLen(unsafe.Add(n.p, n.t.more.off))
		}
		return count
	case n.v.kind == kindMap:
		return mapLen(n.p)
	}
	return len(n.object())
}

// has tells whether a field of the struct is a member.
func (n *datum) has(f *field) bool { return !n.form || f.isForm() }

// appendNames appends the names of the members of an object, in bytewise
// order. Those that a struct has fields for come with known only.
func (n *datum) appendNames(names []string, known bool) []string {
	from := len(names)
	switch {
	case n.t != nil:
		names = n.appendStructNames(names, known)
	case n.v.kind == kindMap:
		names = appendKeys(names, n.v, n.p)
	default:
		names = plainKeys(names, n.object())
	}
	sort.Strings(names[from:])
	return names
}

func (n *datum) appendStructNames(names []string, known bool) []string {
	for i := range n.t.fields {
		f := &n.t.fields[i]
		if known && n.has(f) && fieldSlot(n.t, f, n.p).state != StateAbsent {
			names = append(names, f.name)
		}
	}
	for _, u := range unknownIn(n.t, n.p) {
		names = append(names, u.name)
	}
	if n.t.more != nil && n.p != nil {
		names = appendKeys(names, &n.t.more.value, unsafe.Add(n.p, n.t.more.off))
	}
	return names
}
