package emit

import (
	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// primGo is the Go type of each primitive.
var primGo = map[ir.Prim]string{
	ir.Bool: "bool", ir.Int32: "int32", ir.Int64: "int64", ir.Uint64: "uint64", ir.Float64: "float64", ir.String: "string",
	ir.Bytes: "[]byte", ir.UnixTime: "UnixTime", ir.Raw: "Raw",
	ir.File: "Upload", ir.Stream: "Stream", ir.Text: "string",
}

// goType returns the Go type of t where it stands for itself.
func goType(t ir.Type) *jen.Statement {
	switch t := t.(type) {
	case ir.Prim:
		return jen.Id(primGo[t])
	case *ir.Slice:
		return jen.Index().Add(elemType(t.Elem))
	case *ir.Map:
		return jen.Map(jen.String()).Add(elemType(t.Elem))
	case *ir.Expandable:
		return jen.Id("Expandable").Types(inner(t.Object))
	case ir.Named:
		return jen.Id(t.TypeName())
	}
	panic("emit: unknown IR type")
}

// inner returns the Go type of t inside Optional or Expandable, where a struct
// is a pointer, and so is a Stream that is returned.
func inner(t ir.Type) *jen.Statement {
	if _, ok := t.(*ir.Struct); ok || t == ir.Stream {
		return jen.Op("*").Add(goType(t))
	}
	return goType(t)
}

// elemType returns the Go type of an element of a list or a map.
func elemType(v ir.Value) *jen.Statement {
	switch {
	case v.Nullable:
		return jen.Id("Optional").Types(inner(v.Type))
	case v.Boxed:
		return inner(v.Type)
	}
	return goType(v.Type)
}

// fieldType returns the Go type of a field of a struct with the given role.
func fieldType(role ir.Role, f *ir.Field) *jen.Statement {
	switch {
	case ir.IsOptional(role, f):
		return jen.Id("Optional").Types(inner(f.Type))
	case f.Boxed:
		return inner(f.Type)
	}
	return goType(f.Type)
}
