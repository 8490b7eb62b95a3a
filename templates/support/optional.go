package support

// Optional holds a value that may be absent, null or present. The zero value
// is absent. In JSON an absent member is not written and a null one is written
// as null; in form encoding a null one is written with an empty value, which
// is how such interfaces clear a field.
type Optional[T any] struct {
	state state
	value T
}

type state uint8

const (
	stateAbsent state = iota
	stateNull
	statePresent
)

// Some returns an Optional that holds v.
func Some[T any](v T) Optional[T] { return Optional[T]{state: statePresent, value: v} }

// Null returns an Optional that is null.
func Null[T any]() Optional[T] { return Optional[T]{state: stateNull} }

// Int returns Some of an int64, for untyped constants.
func Int(v int64) Optional[int64] { return Some(v) }

// Float returns Some of a float64, for untyped constants.
func Float(v float64) Optional[float64] { return Some(v) }

// Bool returns Some of a bool.
func Bool(v bool) Optional[bool] { return Some(v) }

// String returns Some of a string, for untyped constants.
func String(v string) Optional[string] { return Some(v) }

// Get returns the value and whether there is one: false for absent and null.
func (o Optional[T]) Get() (T, bool) { return o.value, o.state == statePresent }

// Or returns the value, or def where there is none.
func (o Optional[T]) Or(def T) T {
	if o.state == statePresent {
		return o.value
	}
	return def
}

// IsNull tells whether it is null.
func (o Optional[T]) IsNull() bool { return o.state == stateNull }

// IsAbsent tells whether it is neither null nor a value.
func (o Optional[T]) IsAbsent() bool { return o.state == stateAbsent }

// IsZero tells whether it is absent: encoding/json's omitzero asks for it.
func (o Optional[T]) IsZero() bool { return o.state == stateAbsent }

// Expandable is a reference to another object: its id alone, or, where the
// request asked for it to be expanded, the object itself.
type Expandable[T any] struct {
	expanded expansion
	id       string
	object   T
}

// expansion tells whether the object is there. Its type tells an Expandable
// from the structs of documents.
type expansion bool

// Ref returns a reference that holds an id alone.
func Ref[T any](id string) Expandable[T] { return Expandable[T]{id: id} }

// Expanded returns a reference that holds the object itself.
func Expanded[T any](id string, object T) Expandable[T] {
	return Expandable[T]{expanded: true, id: id, object: object}
}

// ID returns the id of the object, expanded or not.
func (e Expandable[T]) ID() string { return e.id }

// Object returns the object and whether it is there.
func (e Expandable[T]) Object() (T, bool) { return e.object, bool(e.expanded) }

// Raw is one JSON value as it came: for what the document does not describe.
type Raw []byte

// UnixTime is a moment in whole seconds since 1970-01-01T00:00:00Z.
type UnixTime int64
