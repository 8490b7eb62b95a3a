package ir

// This file says of the representation what more than one stage has to know.

// EachResource calls visit with every resource, each ahead of those below it,
// and with the names that lead there, with dots: Customers.Sources.
func (api *API) EachResource(visit func(name string, r *Resource)) {
	eachResource(api.Resources, "", visit)
}

func eachResource(list []*Resource, around string, visit func(name string, r *Resource)) {
	for _, r := range list {
		visit(around+r.GoName, r)
		eachResource(r.Subs, around+r.GoName+".", visit)
	}
}

// Element returns what a list or a map has.
func Element(t Type) (Value, bool) {
	switch t := t.(type) {
	case *Slice:
		return t.Elem, true
	case *Map:
		return t.Elem, true
	}
	return Value{}, false
}

// IsOptional tells whether a field is an Optional in Go, in a struct with the
// given role: the table of docs/design.md.
func IsOptional(role Role, f *Field) bool {
	switch {
	case f.Nullable:
		return true
	case f.Required:
		return false
	case role == RoleObject || role == RoleHeaders:
		return true
	}
	return zeroIsAValue(f.Type)
}

// zeroIsAValue tells whether the zero value of a type can be meant as a value
// in a parameter.
func zeroIsAValue(t Type) bool {
	switch t := t.(type) {
	case Prim:
		return t == Bool || t == Int32 || t == Int64 || t == Uint64 || t == Float64 || t == UnixTime
	case *Enum:
		return t.Base == Int64
	}
	return false
}

// HasNil tells whether nil can stand for no value of a type, where a method
// returns one.
func HasNil(t Type) bool {
	switch t := t.(type) {
	case Prim:
		return t == Bytes || t == Raw || t == Stream
	case *Enum, *Expandable:
		return false
	}
	return true
}
