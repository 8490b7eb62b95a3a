package support

import (
	"reflect"
	"slices"
	"sort"
	"strconv"
)

// enum lists the values that the document names for a type, sorted bytewise;
// integers are written in decimal. A decoded string that is known shares the
// constant's memory.
type enum []string

// has tells whether s is one of the known values.
func (e *enum) has(s string) bool {
	_, found := e.find(s)
	return found
}

// find returns the index of a known value.
func (e *enum) find(s string) (int, bool) {
	i := sort.SearchStrings(*e, s)
	return i, i < len(*e) && (*e)[i] == s
}

// listed is a pointer to an enum type E that objects have values of; it leads
// to the list of them, through a nil pointer too.
type listed[E any] interface {
	*E
	values() *enum
}

// Known tells whether v is one of the values that the document lists for its
// type. An answer may hold others: a server can be newer than the document.
// Enum types that only parameters have are not accepted, as their values are
// the caller's own.
func Known[E ~string | ~int64, P listed[E]](v E) bool {
	x := reflect.ValueOf(v)
	text := x.String()
	if x.CanInt() {
		text = strconv.FormatInt(x.Int(), 10)
	}
	return P(nil).values().has(text)
}

// KnownValues returns the values that the document lists for an enum type, in
// ascending order.
func KnownValues[E ~string | ~int64, P listed[E]]() []E {
	list := *P(nil).values()
	out := make([]E, len(list))
	for i, text := range list {
		if x := reflect.ValueOf(&out[i]).Elem(); x.CanInt() {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				panic("bug in oaken: the list of an enum of integers has " + text)
			}
			x.SetInt(n)
		} else {
			x.SetString(text)
		}
	}
	slices.Sort(out)
	return out
}
