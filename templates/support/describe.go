package support

import "sync/atomic"

// The generator writes, for each type, the Go type and beside it one static
// variable of the types below. It holds what the Go type does not say and
// nothing else, so the two can hardly disagree; where they do, building the
// table panics, and a test of the generator builds every table.
//
// The variables are composite literals of constants and of addresses of other
// package-level variables, so they cost nothing at start-up.

// descriptor describes one struct.
type descriptor struct {
	// fields has one member for each field of the struct that the document
	// names, in the struct's order.
	fields []member
	params bool // as in table
	whole  bool // as in table
	// in is where the parameters travel that don't say so themselves.
	in    location
	list  *list // without origin
	check check // assertions on the object as a whole

	built atomic.Pointer[table]
}

// member describes a field. Without a name it describes a value within one:
// the element of a list or map, the object of an Expandable, a variant.
type member struct {
	name                          string // wire name
	required, readOnly, writeOnly bool   // as in field
	null, open                    bool   // as in value
	in                            location
	style                         style
	maxLength                     int   // the most frequent assertion, before those in check
	enum                          *enum // of a string type with a list of known values
	union                         alternatives
	elem                          *member // what is within, where there is anything to say of it
	// fields are the members of a struct of parameters that has no descriptor
	// of its own, and rules the assertions on it as a whole.
	fields []member
	rules  check
	check  check
}

// choice describes a union.
type choice struct {
	of       any    // nil pointer to the interface, (*Shape)(nil)
	by       string // as in union
	closest  bool   // as in union
	variants []alternative

	built atomic.Pointer[union]
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
	member   member
}

// of returns the table of a struct, which zero points to or would. It takes any
// and not an object, for which the compiler would have to prepare each struct; and it is not inlined, as each struct has
// a method that calls it.
//
//go:noinline
func (d *descriptor) of(zero any) *table {
	if t := d.built.Load(); t != nil {
		return t
	}
	return d.build(zero)
}

// table returns the table of a union.
//
//go:noinline
func (c *choice) table() *union {
	if u := c.built.Load(); u != nil {
		return u
	}
	return c.build()
}
