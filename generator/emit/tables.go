package emit

import (
	"net/http"
	"slices"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// tableFile is the mechanical file of some stems.
func tableFile(pkg string, group []*stem) *jen.File {
	f := newFile(pkg)
	for _, s := range group {
		stemTables(f, s)
	}
	return f
}

func stemTables(f *jen.File, s *stem) {
	enumLists(f, s)
	s.eachOperation(func(res *ir.Resource, op *ir.Operation) { operationTables(f, res, op) })
	for _, e := range s.events {
		eventTable(f, e)
	}
	for _, named := range s.types {
		switch t := named.(type) {
		case *ir.Struct:
			if !t.Inline && t.Same == nil {
				structTable(f, t, "")
			}
		case *ir.Enum:
			if t.Known && t.Same == nil {
				valuesMethod(f, t)
			}
		case *ir.Union:
			if t.Same == nil {
				unionTable(f, t)
			}
		}
	}
	for _, c := range s.checks {
		checkVariable(f, c)
	}
}

// operationTables writes the tables of an operation, of its parameters, and of
// an answer that is no struct.
func operationTables(f *jen.File, res *ir.Resource, op *ir.Operation) {
	operationTable(f, res, op)
	if op.Params != nil {
		structTable(f, op.Params, usualPlace(op))
	}
	if standsForResult(op) {
		resultTable(f, res, op)
	}
	if op.Answers != nil {
		answersTable(f, op.Answers)
	}
}

// usualPlace is where the parameters of an operation travel that don't say so.
// It follows from the method alone, so that no parameter changes another's
// line.
func usualPlace(op *ir.Operation) ir.Location {
	switch op.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		return ir.InForm
	}
	return ir.InQuery
}

// structTable writes what a struct's Go type does not say of it, and the
// methods that lead there. Of parameters, in is where most of them travel.
func structTable(f *jen.File, s *ir.Struct, in ir.Location) {
	p := parts{}
	p.flag("params", s.Role != ir.RoleObject)
	p.flag("untyped", s.Untyped)
	p.flag("whole", s.Whole)
	p.name("in", locations[in])
	if s.List != nil {
		p.add("list", listEntry(s.List))
	}
	if len(s.Rules) > 0 {
		p.add("check", check(s.Rules))
	}
	p.lines(linesOf(s, in))
	p.more(s, in)
	f.Var().Id("table" + s.GoName).Op("=").Id("descriptor").Values(p...)
	method := "table"
	if s.Role == ir.RoleHeaders {
		method = "headers"
	}
	leaf(f, s.GoName, method, "descriptor", "table"+s.GoName)
	if s.Root {
		rootMethods(f, s)
	}
	f.Line()
}

// rootMethods writes the methods by which encoding/json knows a struct that
// stands for itself. Those of others would cost more to compile than all else,
// for nobody to call.
func rootMethods(f *jen.File, s *ir.Struct) {
	notInlined(f)
	f.Func().Params(jen.Id("v").Op("*").Id(s.GoName)).Id("UnmarshalJSON").Params(jen.Id("b").Index().Byte()).Error().Add(
		returning(jen.Id("unmarshal").Call(jen.Id("b"), jen.Id("v"))))
	notInlined(f)
	f.Func().Params(jen.Id("v").Id(s.GoName)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).Add(
		returning(jen.Id("marshal").Call(jen.Op("&").Id("v"))))
}

// notInlined is for methods that are called through interfaces alone. The
// compiler would prepare each to be inlined, and export its body, for no call.
func notInlined(f *jen.File) { f.Comment("//go:noinline") }

// leaf writes a method that returns the address of a static variable and does
// nothing else: there is one for each type, and each is code to compile.
func leaf(f *jen.File, goType, method, result, variable string) {
	notInlined(f)
	f.Func().Params(jen.Op("*").Id(goType)).Id(method).Params().Op("*").Id(result).Add(
		returning(jen.Op("&").Id(variable)))
}

// returning is the body of a function that returns a value, on the same line.
func returning(value jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{ ", Close: " }"}, jen.Return(value))
}

func listEntry(l *ir.List) *jen.Statement {
	p := parts{}
	for _, text := range []struct{ key, value string }{
		{"data", l.Data}, {"more", l.More}, {"url", l.URL}, {"after", l.After}, {"before", l.Before},
		{"next", l.Next}, {"page", l.Page}, {"itemID", l.ItemID},
	} {
		if text.value != "" {
			p.add(text.key, lit(text.value))
		}
	}
	return jen.Op("&").Id("list").Values(p...)
}

// parts are the keys and values of a composite literal on one line.
type parts []jen.Code

func (p *parts) add(key string, value jen.Code) { *p = append(*p, jen.Id(key).Op(":").Add(value)) }

func (p *parts) flag(key string, set bool) {
	if set {
		p.add(key, jen.True())
	}
}

func (p *parts) name(key, ident string) {
	if ident != "" {
		p.add(key, jen.Id(ident))
	}
}

// enumLists writes the lists of what each enum of a stem may be, a line for
// each. Tables refer to those of strings, and callers ask for those that are
// known.
func enumLists(f *jen.File, s *stem) {
	found := false
	for _, named := range s.types {
		e, ok := named.(*ir.Enum)
		if !ok || e.Same != nil || e.Base == ir.Int64 && !e.Known {
			continue
		}
		found = true
		f.Var().Id("enum" + e.GoName).Op("=").Id("enum").ValuesFunc(func(g *jen.Group) {
			for _, v := range valuesOf(e) {
				g.Add(lit(v))
			}
		})
	}
	if found {
		f.Line()
	}
}

// valuesOf returns an enum's values as the support code expects them: as text,
// and sorted bytewise.
func valuesOf(e *ir.Enum) []string {
	var out []string
	for _, v := range e.Values {
		out = append(out, v.Value)
	}
	slices.Sort(out)
	return out
}

// valuesMethod leads from an enum to its list, for Known and KnownValues.
func valuesMethod(f *jen.File, e *ir.Enum) {
	leaf(f, e.GoName, "values", "enum", "enum"+e.GoName)
	f.Line()
}
