package lock

import (
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
	"github.com/oaken-go/oaken/generator/renames"
)

// The kinds of types, which only match their own.
const (
	kindStruct = "struct"
	kindEnum   = "enum"
	kindUnion  = "union"
)

func noShapes() Shapes {
	return Shapes{map[string]renames.Shape{}, map[string]renames.Shape{}, map[string]string{}}
}

// ShapesOf returns the shapes of a representation: structs by their fields,
// enums by their values, unions by their variants without the union's name.
func ShapesOf(api *ir.API) Shapes {
	s := noShapes()
	for _, t := range api.Types {
		s.Types[t.TypeName()] = shapeOf(t)
	}
	api.EachResource(s.resource)
	return s
}

func shapeOf(t ir.Named) renames.Shape {
	var shape renames.Shape
	switch t := t.(type) {
	case *ir.Struct:
		shape.Kind = kindStruct
		for _, f := range t.All() {
			shape.Parts = append(shape.Parts, f.GoName)
		}
	case *ir.Enum:
		shape.Kind = kindEnum
		for _, v := range t.Values {
			shape.Parts = append(shape.Parts, v.Value)
		}
	case *ir.Union:
		shape.Kind = kindUnion
		for _, v := range t.Variants {
			shape.Parts = append(shape.Parts, strings.TrimPrefix(v.GoName, t.GoName))
		}
	case *ir.Answers:
		shape = renames.Shape{Kind: kindStruct, Parts: []string{"StatusCode"}}
		for _, a := range t.List {
			if a.Type != nil {
				shape.Parts = append(shape.Parts, a.GoName)
			}
		}
	}
	return shape
}

func (s Shapes) resource(name string, r *ir.Resource) {
	for _, op := range r.Ops {
		o := operation{method: op.Method, text: op.Doc}
		if op.Params != nil {
			o.params = s.Types[op.Params.GoName].Parts
		}
		for _, p := range op.PathParams {
			if !p.Again {
				o.arguments = append(o.arguments, argument(p.Type))
			}
		}
		for _, t := range op.Returned() {
			if named, ok := ir.Innermost(t).(ir.Named); ok {
				o.result = append(o.result, s.Types[named.TypeName()].Parts...)
			}
		}
		s.add(name+"."+op.GoName, o)
	}
}

// add adds what an operation takes and is made of.
func (s Shapes) add(name string, o operation) {
	s.Operations[name] = o.shape()
	s.Arguments[name] = strings.Join(o.arguments, ", ")
}

// otherType stands for types that documents can't name.
const otherType = "Other"

func argument(t ir.Type) string {
	if e, ok := t.(*ir.Enum); ok {
		return e.GoName
	}
	switch t {
	case ir.Bool, ir.Int32, ir.Int64, ir.Uint64, ir.Float64, ir.String:
		return string(t.(ir.Prim))
	}
	return otherType
}

// likeOthers puts one text in place of all types that the package declares: what
// these are called may have changed, and callers may have an alias.
func likeOthers(arguments string) string {
	list := strings.Split(arguments, ", ")
	for i, name := range list {
		if names.IsExported(name) {
			list[i] = otherType
		}
	}
	return strings.Join(list, ", ")
}

// operation is what an operation is known by where it has no operationId.
type operation struct {
	method         string
	text           string
	arguments      []string // the types of what is in the path
	params, result []string
}

// shape says that operations can only be one that are described in the same
// words: what forwards to another would do what nobody asked for. One without a
// description is like no other.
func (o operation) shape() renames.Shape {
	text, _, _ := strings.Cut(strings.TrimSpace(o.text), "\n\n")
	s := renames.Shape{Kind: o.method + " " + likeOthers(strings.Join(o.arguments, ", ")) + ": " + strings.Join(strings.Fields(text), " ")}
	if text == "" {
		return s
	}
	for _, name := range o.params {
		s.Parts = append(s.Parts, "takes "+name)
	}
	for _, name := range o.result {
		s.Parts = append(s.Parts, "returns "+name)
	}
	return s
}
