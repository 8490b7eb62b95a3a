package support

import (
	"reflect"
	"slices"
	"strings"
	"unsafe"
)

// fieldDefault is the value of a field that is absent: a scalar, as JSON. It is
// text and nothing else, so that a list of them leads to no table.
type fieldDefault struct {
	typ, member, value string
	in                 location // of parameters that have one name in several places
}

// defaulting goes through a value and sets what is absent.
type defaulting struct {
	list  []fieldDefault // sorted by typ, then member
	depth int
}

// applyDefaults sets every field that is absent in v, at any depth, and that the
// list has a value for. What is null stays null, and what has been expanded from
// an id stays as it is.
func applyDefaults(v any, list []fieldDefault) error {
	o := objectIn(v)
	if o == nil || pointerOf(o) == nil {
		return nil
	}
	d := defaulting{list: list}
	return d.object(builtTable(o), pointerOf(o))
}

// of returns the default of a field, as JSON, "" where it has none.
func (d *defaulting) of(t *table, f *field) string {
	at, _ := slices.BinarySearchFunc(d.list, f, func(x fieldDefault, f *field) int {
		if c := strings.Compare(x.typ, t.name); c != 0 {
			return c
		}
		return strings.Compare(x.member, f.name)
	})
	for ; at < len(d.list); at++ {
		switch x := &d.list[at]; {
		case x.typ != t.name || x.member != f.name:
			return ""
		case x.in == 0 || x.in == f.in:
			return x.value
		}
	}
	return ""
}

func (d *defaulting) object(t *table, p unsafe.Pointer) error {
	if d.depth++; d.depth > maxDepth {
		return errTooDeep
	}
	defer func() { d.depth-- }()
	if otherOf(t, p) != nil {
		return nil
	}
	for i := range t.fields {
		f := &t.fields[i]
		at := unsafe.Add(p, f.off)
		switch presence(t, f, p) {
		case StateAbsent:
			if text := d.of(t, f); text != "" && !f.required {
				if err := setTo(&f.value, at, text); err != nil {
					return err
				}
			}
		case StatePresent:
			if err := d.within(&f.value, at); err != nil {
				return err
			}
		}
	}
	if t.more != nil {
		return d.entries(&t.more.value, unsafe.Add(p, t.more.off))
	}
	return nil
}

// setTo reads a default into the memory of an absent value.
func setTo(v *value, p unsafe.Pointer, text string) error {
	dec := newDecoder([]byte(text))
	return dec.release(dec.element(v, p, 0))
}

// within goes into the value at p, Optional and all.
func (d *defaulting) within(v *value, p unsafe.Pointer) error {
	at, s := valueAt(v, p)
	if s != StatePresent {
		return nil
	}
	switch v.kind {
	case kindStruct:
		return d.object(v.table(), at)
	case kindPointer:
		if at = *(*unsafe.Pointer)(at); at != nil {
			return d.object(v.table(), at)
		}
	case kindSlice:
		data, n, size := v.span(at)
		for i := range n {
			if err := d.within(v.elem, unsafe.Add(data, uintptr(i)*size)); err != nil {
				return err
			}
		}
	case kindMap:
		return d.entries(v, at)
	case kindUnion:
		u := builtUnion(v.union)
		if k, held := u.get(at); k >= 0 && held != nil {
			return d.within(&u.variants[k].value, held)
		}
	}
	return nil
}

// entries goes into the values of a map, which have to be taken out for that.
func (d *defaulting) entries(v *value, p unsafe.Pointer) error {
	switch v.elem.kind {
	case kindStruct, kindPointer, kindSlice, kindMap, kindUnion:
	default:
		return nil
	}
	m := mapAt(v, p)
	for _, key := range m.MapKeys() {
		x := reflect.New(m.Type().Elem())
		x.Elem().Set(m.MapIndex(key))
		if err := d.within(v.elem, x.UnsafePointer()); err != nil {
			return err
		}
		m.SetMapIndex(key, x.Elem())
	}
	return nil
}
