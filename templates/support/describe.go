package support

import (
	"reflect"
	"sync/atomic"
	"unsafe"
)

// The generator writes, for each type, the Go type and beside it one static
// variable of the types below. It holds what the Go type does not say and
// nothing else, so the two can hardly disagree; where they do, building the
// table panics, and a test of the generator builds every table.
//
// The variables are composite literals of constants and of addresses of other
// package-level variables, so they cost nothing at start-up.

// descriptor describes one struct.
type descriptor struct {
	// fields has a line for each field of the struct that the document names, in
	// the struct's order, and refs what the lines refer to: see lines.go.
	fields string
	refs   []any
	params bool // as in table
	whole  bool // as in table
	// untyped is as in table.
	untyped bool
	// more describes the struct's last field, a map of the members that no other
	// field is for; nil where the struct has none.
	more *member
	// in is where the parameters travel that don't say so themselves.
	in    location
	list  *list // without origin
	check check // assertions on the object as a whole

	built unsafe.Pointer // *table, loaded and stored atomically
}

// member describes a field, as a line of lines.go says it. Without a name it
// describes a value within one: the element of a list or map, the object of an
// Expandable, a variant.
type member struct {
	_                             incomparable
	name                          string // wire name
	maxLength                     int32  // the most frequent assertion, before those in check
	required, readOnly, writeOnly bool   // as in field
	null, open, untyped           bool   // as in value
	in                            location
	style                         style
	check                         *check
	// of is what the Go type does not say of itself, if there is anything: an
	// *enum for a string type with a list of known values, the alternatives of a
	// union, and for a struct an *inline, or the *lines about its fields. In the
	// member of a list or a map, of, open and maxLength are about what is within,
	// and of is a *member where there is more to say of that; in that of an
	// Expandable, of and open are about the object.
	of any
}

// inline describes a struct of parameters that has no descriptor of its own.
type inline struct {
	check  check // as in descriptor, and so are the others
	fields string
	refs   []any
	more   *member
}

// choice describes a union.
type choice struct {
	of       any    // nil pointer to the interface, (*Shape)(nil)
	by       string // as in union
	closest  bool   // as in union
	check    check  // as in union
	variants []alternative

	made unsafe.Pointer // *union, loaded and stored atomically
}

func (c *choice) union() madeUnion { return c }

// built returns the table of the union.
func (c *choice) built() *union {
	if u := (*union)(atomic.LoadPointer(&c.made)); u != nil {
		return u
	}
	return c.build()
}

// alternative describes a variant: a nil pointer to its Go type, and the rest
// as in variant. The interface holds a pointer to a struct, and all else as it
// is.
type alternative struct {
	is       any // (*Circle)(nil)
	tags     []string
	types    jsonTypes
	required []string
	consts   []constant
	vague    bool
	member   member
}

// builtTable returns the table of a struct. The method of a struct only returns an
// address, as there is one to compile for each type; all else is done here.
func builtTable(o object) *table {
	d := o.table()
	if t := (*table)(atomic.LoadPointer(&d.built)); t != nil {
		return t
	}
	return d.build(reflect.TypeOf(o).Elem())
}

// table returns the table of the struct that the value is, or points to. It is not
// looked for before a document has the value, as Go takes longer to find the
// methods of a type than it takes to read an object of it.
func (v *value) table() *table {
	if t := (*table)(atomic.LoadPointer(&v.made)); t != nil {
		return t
	}
	return v.firstTable()
}

func (v *value) firstTable() *table {
	o, ok := v.sub.(object)
	if !ok {
		disagree(reflect.TypeOf(v.sub).Elem().Name(), "is missing, and so are its fields where it is used")
	}
	t := builtTable(o)
	atomic.StorePointer(&v.made, unsafe.Pointer(t))
	return t
}

// tableOf is builtTable for what is no object: describe makes the table.
func (d *descriptor) tableOf(typ reflect.Type, describe func(*descriptor, reflect.Type) *table) *table {
	if t := (*table)(atomic.LoadPointer(&d.built)); t != nil {
		return t
	}
	return d.keep(describe(d, typ))
}

// builtUnion returns the table of a union.
func builtUnion(a alternatives) *union { return a.union().built() }
