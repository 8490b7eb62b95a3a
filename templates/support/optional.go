package support

// Optional holds a value that may be absent, null or present. The zero value
// is absent. In JSON an absent member is not written and a null one is written
// as null; in form encoding a null one is written with an empty value, which
// is how such interfaces clear a field.
//
// It has no methods, as each of them would be compiled once for every type that
// a document has optional values of: use Get and Or, or the fields.
type Optional[T any] struct {
	_     incomparable
	State State
	Value T // the zero value unless State is StatePresent
}

// incomparable is without size, and makes a struct one that can't be compared
// with ==, nor be written without the names of its fields. Else a program that
// does either would break where a later document has more for the struct, and
// the compiler would write a function that compares it.
type incomparable [0]func()

// State tells what an Optional holds.
type State uint8

// The states.
const (
	StateAbsent State = iota
	StateNull
	StatePresent
)

// String returns absent, null or present.
func (s State) String() string {
	switch s {
	case StateAbsent:
		return "absent"
	case StateNull:
		return "null"
	}
	return "present"
}

// Some returns an Optional that holds v.
func Some[T any](v T) Optional[T] { return Optional[T]{State: StatePresent, Value: v} }

// Null returns an Optional that is null.
func Null[T any]() Optional[T] { return Optional[T]{State: StateNull} }

// Int returns Some of an int64, for untyped constants.
func Int(v int64) Optional[int64] { return Some(v) }

// Float returns Some of a float64, for untyped constants.
func Float(v float64) Optional[float64] { return Some(v) }

// Bool returns Some of a bool.
func Bool(v bool) Optional[bool] { return Some(v) }

// String returns Some of a string, for untyped constants.
func String(v string) Optional[string] { return Some(v) }

// Get returns the value and whether there is one: false for absent and null.
func Get[T any](o Optional[T]) (T, bool) { return o.Value, o.State == StatePresent }

// Or returns the value, or def where there is none.
func Or[T any](o Optional[T], def T) T {
	if o.State == StatePresent {
		return o.Value
	}
	return def
}

// Raw is one JSON value as it came: for what the document does not describe.
type Raw []byte

// UnixTime is a moment in whole seconds since 1970-01-01T00:00:00Z.
type UnixTime int64
