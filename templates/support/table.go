package support

import (
	"reflect"
	"unsafe"
)

// A table says where each field of a struct lies and what it is on the wire.
// Everything in this package that decodes, encodes or validates interprets
// tables; nothing here knows a type of its own.
//
// Tables are made from the struct's Go type and from what the generator writes
// beside it: see descriptor.

// object is what nearly every generated struct is: it leads to its descriptor,
// through a nil pointer too. Tables refer to each other through objects, which
// allows cycles, and lets the linker drop every table that nothing uses.
type object interface{ table() *descriptor }

// objectIn returns the struct that v is, or nil for nil. What generated code
// passes on is of type any until here: for an object, the compiler would make a
// table of methods for every type.
//
//go:noinline
func objectIn(v any) object {
	if v == nil {
		return nil
	}
	return v.(object)
}

// table describes one struct type.
type table struct {
	name   string       // Go name, for messages
	typ    reflect.Type // the struct
	size   uintptr
	number uint32  // of the order in which tables are built
	fields []field // in wire order
	// params marks a struct that is only ever written, as parameters: a plain
	// field that holds its zero value is not sent.
	params bool
	// whole marks a struct that stands for a document that is no object with
	// known members: its only field holds the whole value. It is only decoded.
	whole bool
	// untyped marks a struct whose document does not say that it is an object: a
	// value of another JSON type is kept as it came.
	untyped bool
	// more is the struct's field for the members that no other field is for, a
	// kindMap; nil where it has none. It is in no way one of fields.
	more *field
	// extra is the offset of the struct's field of type members. Every struct
	// has one but for params, whole and that of an operation's answers.
	extra uintptr
	// list is set on structs that are one page of a list.
	list *list
	// id is the wire name of the member that identifies the object, or "".
	id    string
	check check // assertions on the object as a whole

	// The rest is loaded and stored atomically. It is of no type, so that a
	// program has those alone that it builds.
	index    unsafe.Pointer // *nameIndex, built when members are first read
	encoding unsafe.Pointer // *written, built when one is first written
	form     unsafe.Pointer // *[]formField, built when one is first written in a form
	quick    unsafe.Pointer // *quickTable, built when one is first validated
	slice    unsafe.Pointer // *reflect.Type, built when several are first read
}

// list describes a struct that is one page of a cursor list.
type list struct {
	_      incomparable
	data   string  // member with the items
	more   string  // boolean member that tells whether another page follows
	url    string  // member with the page's own path, or ""
	after  string  // query parameter that asks for what follows an id
	before string  // query parameter that asks for what precedes an id
	next   string  // member that names the following page by a token, or ""
	page   string  // query parameter that takes the token, where there is one
	itemID string  // member of an item that is its cursor
	origin uintptr // offset of the struct's field of type *origin, in tables
}

// field is one member of an object, or one parameter of an operation.
type field struct {
	name     string // wire name
	off      uintptr
	required bool
	// readOnly and writeOnly follow the schema keywords of the same names.
	readOnly, writeOnly bool
	in                  location // params only
	style               style    // params only
	value
}

// operation is what the document says about one operation. It is static.
type operation struct {
	method string
	server string // the base URL where the operation has one of its own
	// path has a placeholder in braces for each of params.
	path   string
	params []pathParam // in the order of the path
	// spell spells the parameters in another style than styleDeepObject, but not
	// what is simple in a header or cookie, and fill puts those of the path into
	// that; nil where there are none.
	spell speller
	fill  func(path string, params object) (string, error)
	// accept are the media types of the answer, and contentType that of the
	// body; "" is JSON, and any for a body that is a file.
	accept, contentType string
	// security is what the operation asks for, if it is not what most do:
	// alternatives of credentials' names. One without any asks for nothing.
	security [][]string
	// parts are the media types of the parts of a multipart body that have one of
	// their own.
	parts []pair
	// own puts the parameters that travel as headers or cookies into the request;
	// nil where there are none.
	own func(*request, object) error
	// body makes the request's body; nil makes none. It is a function, so that a
	// program only links those that its operations use.
	body func(*request, *settings, object) (contentType string, err error)
}

// speller writes a parameter that is sent, in a query and a cookie as whole
// pairs, elsewhere the value alone; at is nil for null, and the writer has the
// key of a pair.
type speller func(w *formWriter, f *field, at unsafe.Pointer) error

// pathParam is a parameter in the path, a scalar.
type pathParam struct {
	name string
	value
}

// location says where a parameter travels. It is 0 for what is no parameter by
// itself.
type location uint8

const (
	inQuery location = iota + 1
	inForm           // a member of an application/x-www-form-urlencoded body
	inHeader
	inCookie
	inJSON      // the whole body, as JSON; the field's name is ""
	inMultipart // a part of a multipart/form-data body
	inBody      // the whole body, a kindFile, in answers a Stream; the field's name is ""
	inText      // the whole body, a text that is not JSON; the field's name is ""
	inPath      // a value that is no argument of the method: see spell.go
)

// style says how an array or object parameter is spelled. Names follow the
// OpenAPI parameter styles.
type style uint8

const (
	styleDeepObject style = iota // a[b]=1, a[0]=1: brackets, nested to any depth
	styleExplode                 // form, explode: a=1&a=2
	styleForm                    // form, not exploded: a=1,2
	styleSpace                   // spaceDelimited, not exploded
	stylePipe                    // pipeDelimited, not exploded
	styleJSON                    // of a part: JSON, for a list a part for each element; spelled: objects alone are JSON

	// spellParam alone spells these, and all others with a flag.
	styleSimple  // a,b
	styleLabel   // .a,b
	styleMatrix  // ;name=a,b
	styleContent // JSON

	styleExploded style = 1 << 5 // simple, label and matrix
	styleReserved style = 1 << 6 // reserved characters stay as they are
	styleSpelled  style = 1 << 7
)

// kind says how a value lies in memory and which JSON it is.
type kind uint8

const (
	_ kind = iota
	// kindBool and those after it up to kindEnum are scalars, of the named Go
	// type or one derived from it.
	kindBool
	kindInt32
	kindInt64
	kindUint64 // integers that are never negative, and may be beyond int64
	kindFloat64
	kindString
	kindEnum  // a string type with a list of known values
	kindBytes // []byte, base64 in JSON
	kindRaw   // Raw: any JSON, as it came
	// kindStruct is a generated struct in place, kindPointer a pointer to one.
	kindStruct
	kindPointer
	kindSlice      // []T, elem describes T
	kindMap        // map[string]T, elem describes T
	kindUnion      // a generated interface type, union describes its variants
	kindExpandable // Expandable[T], elem describes T if that is a union
	kindFile       // Upload, in parameters alone
)

// value describes what a field, an element, a map's value or a variant holds.
type value struct {
	kind kind
	opt  bool // the memory is Optional[T], the rest describes T
	null bool // the document allows null
	open bool // values outside enum or union are no violation
	// untyped says that null is allowed as values of any type are: the assertions
	// of what the value is decide.
	untyped bool
	// sub is a nil pointer to the struct of a kindStruct or kindPointer, an object,
	// and made leads to its table once that is needed: see value.table.
	sub  any
	made unsafe.Pointer // *table, loaded and stored atomically
	elem *value         // kindSlice, kindMap; kindExpandable: nil, or a kindUnion
	enum *enum          // kindEnum
	// union leads to the table of a kindUnion.
	union alternatives
	float *floating // kindFloat64
	// maps is set on a kindMap whose elem is neither a plain string nor a plain
	// int64.
	maps mapping
	// typ is the Go type of the value, where it can't be made without: set where
	// maps is, and on the elem of a kindSlice that is a map, union, expandable,
	// slice or Optional.
	typ   reflect.Type
	check check
}

// floating reads numbers that may have a fraction. Only tables that have them lead
// to it, so that a program without any doesn't link what reads them.
type floating struct {
	read func(d *decoder, i int) (float64, int)
}

var floats = floating{(*decoder).float}

// mapping is what handles maps by reflection, an *otherMap. Tables lead to that as
// they do to floats.
type mapping interface {
	// read reads the object at i into the map at p, and put one value of it.
	read(d *decoder, v *value, p unsafe.Pointer, i int) int
	put(d *decoder, v *value, p unsafe.Pointer, key string, i int) int
	// appendKeys appends the keys of the map, and entry returns the address of a copy
	// of one value, or nil.
	appendKeys(keys []string, v *value, p unsafe.Pointer) []string
	entry(v *value, p unsafe.Pointer, key string) unsafe.Pointer
	// values describes the values.
	values() *member
}

// alternatives leads to a union's table: a choice to itself, and for a union
// that leads to itself an empty struct, as variables must not do that.
type alternatives interface{ union() madeUnion }

// madeUnion is a choice, which only tables with unions lead to, so that a program
// without any does not link what reads and checks them.
type madeUnion interface{ built() *union }

// union describes an interface type with a fixed set of variants.
type union struct {
	name string
	typ  reflect.Type // the interface
	// by is the member whose value picks the variant, or "" where only the
	// shape tells them apart.
	by string
	// closest says that of several variants that match an object, the one that
	// knows most of its members is taken.
	closest bool
	// check are the assertions that decide whether a value is valid, where the
	// variants can't: several may match a value, or say less than the document.
	check    check
	variants []variant
	// read reads the value at an index of a document into the interface at an
	// address, and judge validates the interface at one.
	read  func(*decoder, *union, unsafe.Pointer, int) int
	judge func(*evaluation, *union, *value, unsafe.Pointer)
	// get returns the index of the variant that the interface at p holds and
	// the address of its value (for a pointer variant the pointer itself);
	// -1 and the address of a Raw for an unknown variant, -2 for nil.
	get func(p unsafe.Pointer) (int, unsafe.Pointer)
	// setRaw stores an unknown variant in the interface at dst; nil where it has
	// no room for one.
	setRaw func(dst unsafe.Pointer, raw Raw)
}

// boxed returns the address of an interface of the union's type with one of its
// values.
func (u *union) boxed(variant any) unsafe.Pointer {
	box := reflect.New(u.typ)
	box.Elem().Set(reflect.ValueOf(variant))
	return box.UnsafePointer()
}

// variant is one member of a union. Variants are tried in order, and the first
// that matches is taken, or the first of the closest.
type variant struct {
	// value is how the variant lies behind the address that get returns and
	// set takes: kindStruct for structs (the interface holds a pointer to it),
	// or a scalar, slice or map kind.
	value
	tags     []string   // values of the union's by member that name this variant
	types    jsonTypes  // JSON types it may have; 0: an object
	required []string   // members that must be there for it to match
	consts   []constant // members that must have a value for it to match
	// vague says that nothing tells this variant from another: a value that
	// would be read as it is a Raw.
	vague bool
	// set stores the variant, whose value lies at p, in the interface at dst.
	set func(dst, p unsafe.Pointer)
}

// constant is a member with the only value it may have.
type constant struct {
	_     incomparable
	name  string
	value literal
}

// jsonTypes is a set of JSON types.
type jsonTypes uint8

const (
	typeNull jsonTypes = 1 << iota
	typeBoolean
	typeInteger
	typeNumber // includes integers
	typeString
	typeArray
	typeObject
)

// literal is a scalar constant of a document.
type literal struct {
	_   incomparable
	typ jsonTypes // exactly one bit; integers are typeInteger
	str string    // typeString: the text; numbers: as written; booleans: "true" or "false"
}

// check is a list of assertions of JSON Schema about one value, all of which
// must hold. As in JSON Schema, an assertion about another type than the
// value has is met.
type check []assertion

// assertion is one keyword of JSON Schema with its argument. There are many, most
// of them with one kind of argument.
type assertion struct {
	_  incomparable
	op op
	// note is the document's own sentence about the assertion, if it has one:
	// it becomes the violation's message.
	note string
	n    int     // the lengths and counts; a set of jsonTypes for opType; opItems: how many it leaves out
	f    float64 // the bounds
	s    string  // opProperty: the member; a bound that f would round
	// of is a matcher for opPattern, a *format for opFormat, a keyword for opKeyword,
	// *literals for opEnum and opConst, *memberNames for opRequired, *checks for
	// opAllOf, opAnyOf, opOneOf and opIf (if, then, else), and a *check for all others
	// that have one.
	of any
}

type (
	literals    []literal
	memberNames []string
	checks      []check
)

// sub is the check of an assertion that has one.
func (a *assertion) sub() check {
	if c, ok := a.of.(*check); ok {
		return *c
	}
	return nil
}

// subs are the checks of an assertion that has several.
func (a *assertion) subs() checks {
	if c, ok := a.of.(*checks); ok {
		return *c
	}
	return nil
}

// literals are the constants of an opEnum or opConst.
func (a *assertion) literals() literals {
	if c, ok := a.of.(*literals); ok {
		return *c
	}
	return nil
}

// matcher is what an opPattern matches with, and keyword what an opKeyword is.
// Each is a function of its own, as looking up the methods takes much code.
//
//go:noinline
func (a *assertion) matcher() matcher { return a.of.(matcher) }

//go:noinline
func (a *assertion) keyword() keyword { return a.of.(keyword) }

// names are the members that an opRequired asks for.
func (a *assertion) names() memberNames {
	if c, ok := a.of.(*memberNames); ok {
		return *c
	}
	return nil
}

// matcher is what a pattern does, whose type would link package regexp.
type matcher interface {
	match(s string) bool
	text() string // the expression
}

// op is an assertion keyword.
type op uint8

const (
	_ op = iota
	opType
	opEnum
	opConst
	opMinLength
	opMaxLength
	opPattern
	opFormat
	opMinimum
	opMaximum
	opExclusiveMinimum
	opExclusiveMaximum
	opMinItems
	opMaxItems
	opItems
	opPropertyNames
	opRequired
	opProperty
	opAllOf
	opAnyOf
	opOneOf
	opNot
	opIf
	opNever   // the schema false
	opKeyword // one of keyword.go
)
