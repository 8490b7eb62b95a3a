package support

import (
	"errors"
	"reflect"
	"slices"
	"sync"
)

// Expandable is a reference to another object: its id alone, or, where the
// request asked for it to be expanded, the object too. Expanded returns that.
//
// The object of an answer stays JSON until it is asked for, and is checked for
// its syntax alone: a program has the code of those objects only that it asks
// for. So Validate looks into an object once Expanded has returned it, or where
// Expand was given it. One that may be of several types is decoded with the
// answer.
type Expandable[T any] struct {
	_      expansion[T]
	ID     string
	object *expanded // nil unless expanded
}

// expansion is incomparable. It keeps an Expandable from being converted into
// one of another object, which nothing else in its memory would.
type expansion[T any] incomparable

// reference is the memory of any Expandable, as T is in none of its fields.
type reference = Expandable[Raw]

// ErrNotExpanded is the error of Expanded where there is nothing but an id.
var ErrNotExpanded = errors.New("the reference holds an id alone: name it in the request's Expand, or retrieve the object by the id")

// Ref returns a reference that holds an id alone.
func Ref[T any](id string) Expandable[T] { return Expandable[T]{ID: id} }

// Expand returns a reference that holds the object itself, or the id alone if
// that is nil.
func Expand[T any](id string, object T) Expandable[T] {
	return Expandable[T]{ID: id, object: expandedTo(object)}
}

// Expanded returns the object that a reference was expanded to. All who ask get
// the same one, copies of the reference included, and what they change in it is
// written when the reference is; a Raw is a copy. Any number of goroutines may
// ask at once.
//
// The error is ErrNotExpanded where the reference holds the id alone, and a
// *DecodeError where the object is not what the document says: its Path and its
// Offset begin at the object.
func Expanded[T any](e Expandable[T]) (T, error) {
	var zero T
	found, err := e.object.get(zero)
	is, ok := found.(T)
	if err == nil && !ok {
		err = errOtherObject
	}
	return is, err
}

var errOtherObject = errors.New("the reference was expanded to an object of another type")

// expanded is what a reference was expanded to: JSON, as it came, until it is
// decoded. The copies of a reference share it.
type expanded struct {
	mu     sync.Mutex
	unread Raw     // nil once it is decoded, and where it never was JSON
	from   *origin // of the lists in it
	// object is what T is: a pointer to a struct, a variant of a union, or a
	// Raw that the caller made.
	object any
}

// expandedTo returns what Expand was given, nil for nil.
func expandedTo(object any) *expanded {
	switch v := reflect.ValueOf(object); v.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.Pointer, reflect.Slice, reflect.Map:
		if v.IsNil() {
			return nil
		}
	}
	return &expanded{object: object}
}

// get returns the object, whose type is that of zero. Nothing but zero leads
// from here to the table of its struct, so that only what calls Expanded with a
// type links it.
func (x *expanded) get(zero any) (any, error) {
	if x == nil {
		return nil, ErrNotExpanded
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.unread == nil {
		return x.object, nil
	}
	switch zero := zero.(type) {
	case Raw:
		return slices.Clone(x.unread), nil
	case object:
		o := fresh(zero)
		if err := decode(x.unread, o, x.from); err != nil {
			return nil, err
		}
		x.object, x.unread, x.from = o, nil, nil
	}
	return x.object, nil
}

// content returns what is there: JSON that has not been decoded, or else the
// object.
func (x *expanded) content() (Raw, any) {
	x.mu.Lock()
	unread, o := x.unread, x.object
	x.mu.Unlock()
	return unread, o
}
