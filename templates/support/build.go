package support

import (
	"cmp"
	"fmt"
	"reflect"
	"sync/atomic"
	"unsafe"
)

// This file builds tables: from descriptors, and from the Go types that they
// describe. A table is built when its type is first used. Goroutines that race
// to build one build the same, and all get the first.

func (d *descriptor) build(typ reflect.Type) *table { return d.keep(d.describe(typ)) }

// keep makes t the descriptor's table, and returns what that is.
func (d *descriptor) keep(t *table) *table {
	t.number = builtCount.Add(1)
	atomic.CompareAndSwapPointer(&d.built, nil, unsafe.Pointer(t))
	return (*table)(atomic.LoadPointer(&d.built))
}

// builtCount is how many tables have been built.
var builtCount atomic.Uint32

// disagree panics because a descriptor is not that of its Go type.
//
//go:noinline
func disagree(where, format string, args ...any) {
	panic("bug in oaken: the table of " + where + " " + fmt.Sprintf(format, args...))
}

// describe makes the table of a struct type.
func (d *descriptor) describe(typ reflect.Type) *table {
	l := d.lines(typ.Name())
	t := d.lay(l, typ)
	l.end()
	return t
}

// lay makes the table of a struct type, of whose fields lines say what is to be
// said.
func (d *descriptor) lay(l *lines, typ reflect.Type) *table {
	t := &table{name: typ.Name(), typ: typ, size: typ.Size(), params: d.params, whole: d.whole, untyped: d.untyped, check: d.check}
	t.fields = make([]field, 0, typ.NumField())
	if d.list != nil {
		t.list = new(list)
		*t.list = *d.list
	}
	var m member
	unsaid, remembers, turns := 0, false, false
	for i := range typ.NumField() {
		f := typ.Field(i)
		switch f.Type {
		case reflect.TypeFor[members]():
			t.extra, remembers = f.Offset, true
		case reflect.TypeFor[*origin]():
			turns = true
			if t.list != nil {
				t.list.origin = f.Offset
			}
		case reflect.TypeFor[incomparable]():
		default:
			if l.next(&m) {
				t.add(&m, &f, d.in)
			} else if d.more != nil && t.more == nil {
				t.addMore(d.more, &f, d.in)
			} else {
				unsaid++
			}
		}
	}
	said := len(t.fields)
	for l.next(&m) {
		said++
	}
	switch {
	case remembers == (d.params || d.whole):
		disagree(t.name, "is not that of a struct which remembers unknown members, or is of one which can't")
	case turns != (d.list != nil):
		disagree(t.name, "says of another struct that it is a page of a list")
	case unsaid > 0 || said > len(t.fields):
		disagree(t.name, "has %d fields, its struct %d", said, len(t.fields)+unsaid)
	case d.more != nil && t.more == nil:
		disagree(t.name, "has further members, its struct no field for them")
	}
	return t
}

// add describes the next field of those that the document names. What doesn't
// say where it travels does so at in.
func (t *table) add(m *member, f *reflect.StructField, in location) {
	t.fields = t.fields[:len(t.fields)+1]
	at := &t.fields[len(t.fields)-1]
	m.field(at, t.name, f)
	at.in = cmp.Or(at.in, in)
	if at.name == "id" && at.kind == kindString {
		t.id = at.name
	}
}

// addMore describes the field for further members.
func (t *table) addMore(m *member, f *reflect.StructField, in location) {
	t.more = new(field)
	m.field(t.more, t.name, f)
	if t.more.kind != kindMap {
		disagree(t.name, "has further members in a field that is no map")
	}
	t.more.in = cmp.Or(t.more.in, in)
}

// spot is what is being described, for messages: a field of a struct, or what
// is so many levels within it. Few are ever written.
type spot struct {
	owner, field string
	levels       int
}

//go:noinline
func (s spot) text() string {
	text := s.owner + "." + s.field
	for range s.levels {
		text += "[]"
	}
	return text
}

// field writes what a table says about one field of a struct to f. As value, it
// needs little of the stack: a table may be built deep within what is read, and
// a stack that has to grow costs more than the table.
func (m *member) field(f *field, owner string, at *reflect.StructField) {
	f.name, f.off, f.in, f.style = m.name, at.Offset, m.in, m.style
	f.required, f.readOnly, f.writeOnly = m.required, m.readOnly, m.writeOnly
	m.value(&f.value, spot{owner: owner, field: at.Name}, at.Type)
}

// value writes what a table says about a value of a Go type to v, which is zero.
// A nil member has nothing to add to the type.
func (m *member) value(v *value, where spot, typ reflect.Type) {
	if m == nil {
		m = &silent
	}
	v.null, v.untyped = m.null, m.untyped
	if v.opt = isOptional(typ); v.opt {
		typ = fieldType(typ, 2)
	}
	if v.kind = kindOf(where, typ); v.kind == kindSlice || v.kind == kindMap {
		if m.check != nil {
			v.check = *m.check
		}
	} else {
		v.open, v.check = m.open, m.checks()
		v.enum, _ = m.of.(*enum)
		v.float, _ = m.of.(*floating)
	}
	if v.kind == kindString && v.enum != nil {
		v.kind = kindEnum
	}
	m.agree(where, typ, v.kind)
	switch v.kind {
	case kindStruct:
		v.sub = m.object(where, reflect.PointerTo(typ))
	case kindPointer:
		v.sub = m.object(where, typ)
	case kindExpandable:
		v.elem = m.expanded()
	case kindUnion:
		v.union = m.of.(alternatives)
	case kindSlice:
		v.elem = m.within(where, typ.Elem())
		v.elem.typ = elementType(v.elem, typ.Elem())
	case kindMap:
		v.elem = m.within(where, typ.Elem())
		if v.maps, _ = m.of.(mapping); v.maps != nil {
			v.typ = typ
		}
	}
}

// silent is a member that says nothing.
var silent member

// fieldType returns the type of a struct's field. Reflection describes a field
// at length, which is not for the stack of the caller.
//
//go:noinline
func fieldType(typ reflect.Type, i int) reflect.Type { return typ.Field(i).Type }

// checks returns the member's assertions.
//
//go:noinline
func (m *member) checks() check {
	switch {
	case m.maxLength == 0 && m.check == nil:
		return nil
	case m.maxLength == 0:
		return *m.check
	}
	first := checkLength(int(m.maxLength))
	if m.check == nil {
		return first
	}
	return append(first, *m.check...)
}

// checkLength returns the assertion that a text has at most n characters. Nearly
// all texts of a document may be as long as each other, and share it.
func checkLength(n int) check {
	if c := (*check)(atomic.LoadPointer(&lastLength)); c != nil && (*c)[0].n == n {
		return *c
	}
	c := &check{{op: opMaxLength, n: n}}
	atomic.StorePointer(&lastLength, unsafe.Pointer(c))
	return *c
}

var lastLength unsafe.Pointer // *check, loaded and stored atomically

// agree holds what a member says against the kind of its Go type.
func (m *member) agree(where spot, typ reflect.Type, k kind) {
	var fits bool
	switch m.of.(type) {
	case nil:
		fits = k != kindUnion && k != kindFloat64 && (k != kindString || typ.PkgPath() == "") && (k != kindMap || isPlain(typ.Elem()))
	case *floating:
		fits = k == kindFloat64 || k == kindSlice
	case *enum:
		fits = k == kindEnum || k == kindSlice
	case *member:
		fits = k == kindSlice || k == kindMap && isPlain(typ.Elem())
	case *inline, *lines:
		fits = k == kindStruct || k == kindPointer || k == kindSlice
	case alternatives: // these are last, as Go finds out at length what has their methods
		fits = k == kindUnion || k == kindExpandable || k == kindSlice
	case mapping:
		fits = k == kindMap
	}
	if !fits {
		disagree(where.text(), "has %T to say of the Go type %s", m.of, typ)
	}
}

// within builds what a table says about the elements of a list or map. Nearly
// all that is said of elements stands in the member of the list itself, which has
// no use for it.
func (m *member) within(where spot, typ reflect.Type) *value {
	elem, _ := m.of.(*member)
	if elem == nil {
		if maps, ok := m.of.(mapping); ok {
			elem = maps.values()
		} else if m.of != nil || m.maxLength != 0 {
			elem = &member{maxLength: m.maxLength, open: m.open, of: m.of}
		}
	}
	where.levels++
	v := new(value)
	elem.value(v, where, typ)
	return v
}

// expanded builds what a table says about the object of an Expandable, which is
// nothing unless it may be of several types: its Go type does not lead to those.
func (m *member) expanded() *value {
	union, _ := m.of.(alternatives)
	if union == nil {
		return nil
	}
	return &value{kind: kindUnion, open: m.open, union: union}
}

// elementType returns what a table has to know of the type of a list's
// elements, nil where their kind says it.
func elementType(v *value, typ reflect.Type) reflect.Type {
	if !v.opt && v.kind <= kindPointer {
		return nil
	}
	return typ
}

// isPlain tells whether the support code makes maps of the type by itself: of
// texts, as metadata are, and of integers, as amounts by currency are.
//
//go:noinline
func isPlain(typ reflect.Type) bool {
	return typ == reflect.TypeFor[string]() || typ == reflect.TypeFor[int64]()
}

// isOptional tells whether the type is an Optional, by its second field, and
// isExpandable whether it is an Expandable, by its last one. No document can
// make a struct with such a field.
func isOptional(typ reflect.Type) bool { return isMarked(typ, 1, reflect.TypeFor[State]()) }

func isExpandable(typ reflect.Type) bool { return isMarked(typ, 2, reflect.TypeFor[*expanded]()) }

func isMarked(typ reflect.Type, at int, mark reflect.Type) bool {
	return typ.Kind() == reflect.Struct && typ.NumField() == 3 && fieldType(typ, at) == mark
}

// kindOf returns how values of a Go type lie in memory.
func kindOf(where spot, typ reflect.Type) kind {
	if k := scalarKinds[typ.Kind()]; k != 0 {
		return k
	}
	switch {
	case typ == reflect.TypeFor[Raw]():
		return kindRaw
	case typ == reflect.TypeFor[Upload]():
		return kindFile
	case isExpandable(typ):
		return kindExpandable
	case typ.Kind() == reflect.Struct:
		return kindStruct
	case typ.Kind() == reflect.Pointer && typ.Elem().Kind() == reflect.Struct:
		return kindPointer
	case typ.Kind() == reflect.Slice && typ.Elem().Kind() == reflect.Uint8:
		return kindBytes
	case typ.Kind() == reflect.Slice:
		return kindSlice
	case typ.Kind() == reflect.Map && typ.Key().Kind() == reflect.String:
		return kindMap
	case typ.Kind() == reflect.Interface:
		return kindUnion
	}
	disagree(where.text(), "can't describe %s", typ)
	return 0
}

var scalarKinds = [...]kind{
	reflect.Bool: kindBool, reflect.Int32: kindInt32, reflect.Int64: kindInt64, reflect.Uint64: kindUint64, reflect.Float64: kindFloat64,
	reflect.String: kindString, reflect.UnsafePointer: 0,
}

// object returns what leads to the table of a struct, an object, given its
// pointer type: the struct itself, or for one without a descriptor of its own a
// table that is built here.
func (m *member) object(where spot, typ reflect.Type) any {
	own := reflect.Zero(typ).Interface()
	if m.of == nil {
		return own
	}
	if _, ok := own.(object); ok {
		disagree(where.text(), "has the fields of a struct that has a table")
	}
	typ = typ.Elem()
	d := &descriptor{params: true}
	switch of := m.of.(type) {
	case *inline:
		d.check, d.fields, d.refs, d.more = of.check, of.fields, of.refs, of.more
		d.build(typ)
	case *lines:
		below := of.below(typ.Name())
		d.keep(d.lay(below, typ))
		of.at, of.refs = below.at, below.refs
	}
	return inlined{d}
}

// inlined leads to the table, built already, of a struct that is described
// where it is used.
type inlined struct{ d *descriptor }

func (i inlined) table() *descriptor { return i.d }

// ifaceWords is the memory of any interface with methods. There is one tab for
// each pair of an interface type and a type in it, on which comparing
// interfaces relies too.
type ifaceWords struct{ tab, data unsafe.Pointer }

// build builds the union's table: its variants, and the functions that look
// into the interface and fill it.
func (c *choice) build() *union {
	typ := reflect.TypeOf(c.of).Elem()
	u := &union{name: typ.Name(), typ: typ, by: c.by, closest: c.closest, check: c.check, variants: make([]variant, len(c.variants))}
	u.read, u.judge = (*decoder).readUnion, (*evaluation).variant
	var raw unsafe.Pointer
	if held := reflect.TypeFor[Raw](); held.Implements(typ) {
		raw = tabOf(u.name, typ, held)
	}
	tabs := make([]unsafe.Pointer, len(c.variants))
	for i := range c.variants {
		u.variants[i], tabs[i] = c.variants[i].variant(typ)
	}
	u.get = func(p unsafe.Pointer) (int, unsafe.Pointer) {
		x := (*ifaceWords)(p)
		for i, tab := range tabs {
			if x.tab == tab {
				return i, u.variants[i].inside(x)
			}
		}
		if x.tab == raw && raw != nil {
			return -1, x.data
		}
		return -2, nil
	}
	if raw != nil {
		u.setRaw = func(dst unsafe.Pointer, value Raw) {
			*(*ifaceWords)(dst) = ifaceWords{raw, unsafe.Pointer(&value)}
		}
	}
	atomic.CompareAndSwapPointer(&c.made, nil, unsafe.Pointer(u))
	return (*union)(atomic.LoadPointer(&c.made))
}

// inside returns the address of the variant that an interface holds. What is
// one pointer itself, as a map is, stands in the interface's second word;
// what is not lies where that points to.
func (v *variant) inside(x *ifaceWords) unsafe.Pointer {
	if v.kind == kindMap {
		return unsafe.Pointer(&x.data)
	}
	return x.data
}

// variant builds what a union's table says about a variant, and returns the
// first word of an interface that holds it.
func (a *alternative) variant(iface reflect.Type) (variant, unsafe.Pointer) {
	typ := reflect.TypeOf(a.is).Elem()
	where := spot{owner: iface.Name(), field: typ.Name()}
	held, memory := typ, typ
	switch typ.Kind() {
	case reflect.Struct:
		held = reflect.PointerTo(typ)
	case reflect.String:
		if a.member.of == nil {
			memory = reflect.TypeFor[string]() // the name is the variant's alone
		}
	case reflect.Pointer, reflect.Interface:
		disagree(where.text(), "has a variant that is %s", typ)
	}
	v := variant{tags: a.tags, types: a.types, required: a.required, consts: a.consts, vague: a.vague}
	a.member.value(&v.value, where, memory)
	tab := tabOf(where.text(), iface, held)
	v.set = func(dst, p unsafe.Pointer) { *(*ifaceWords)(dst) = ifaceWords{tab, p} }
	if v.kind == kindMap {
		v.set = func(dst, p unsafe.Pointer) { *(*ifaceWords)(dst) = ifaceWords{tab, *(*unsafe.Pointer)(p)} }
	}
	return v, tab
}

// tabOf returns the first word of an interface that holds a value of a type.
func tabOf(where string, iface, held reflect.Type) unsafe.Pointer {
	if !held.Implements(iface) {
		disagree(where, "has a variant that is none: %s", held)
	}
	x := reflect.New(iface)
	x.Elem().Set(reflect.Zero(held))
	return (*ifaceWords)(x.UnsafePointer()).tab
}
