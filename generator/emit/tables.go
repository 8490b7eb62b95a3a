package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// tableFile is the mechanical file of a stem.
func tableFile(pkg string, s *stem) *jen.File {
	f := newFile(pkg)
	for _, params := range s.params() {
		structTable(f, params)
	}
	s.eachOperation(func(res *ir.Resource, op *ir.Operation) {
		operationTable(f, res, op)
		if standsForResult(op) {
			resultTable(f, res, op)
		}
	})
	for _, named := range s.types {
		switch t := named.(type) {
		case *ir.Struct:
			structTable(f, t)
		case *ir.Enum:
			enumTable(f, t)
		case *ir.Union:
			unionTable(f, t)
		}
	}
	return f
}

// structTable writes a struct's table and the methods that lead to it.
func structTable(f *jen.File, s *ir.Struct) {
	recv := func() *jen.Statement { return jen.Id("v").Op("*").Id(s.GoName) }
	f.Var().Id("table" + s.GoName).Op("=").Id("table").Values(tableEntries(s)...)
	f.Line()
	tableMethod(f, s.GoName)
	f.Add(comment("Validate reports every rule of the document that v breaks, as a ValidationError."))
	f.Func().Params(recv()).Id("Validate").Params().Error().Block(jen.Return(jen.Id("validate").Call(jen.Id("v"))))
	f.Line()
	if s.Role == ir.RoleObject {
		jsonMethods(f, s)
	}
}

func tableMethod(f *jen.File, name string) {
	f.Func().Params(jen.Op("*").Id(name)).Id("table").Params().Op("*").Id("table").Block(
		jen.Return(jen.Op("&").Id("table" + name)))
	f.Line()
}

func jsonMethods(f *jen.File, s *ir.Struct) {
	f.Add(comment("UnmarshalJSON implements json.Unmarshaler."))
	f.Func().Params(jen.Id("v").Op("*").Id(s.GoName)).Id("UnmarshalJSON").Params(jen.Id("data").Index().Byte()).Error().Block(
		jen.Return(jen.Id("unmarshalObject").Call(jen.Id("data"), jen.Id("v"))))
	f.Line()
	f.Add(comment("MarshalJSON implements json.Marshaler."))
	f.Func().Params(jen.Id("v").Id(s.GoName)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).Block(
		jen.Return(jen.Id("marshalObject").Call(jen.Op("&").Id("v"))))
	f.Line()
}

// entry is one key and value of a composite literal, on a line of its own.
func entry(key string, value jen.Code) jen.Code { return jen.Line().Id(key).Op(":").Add(value) }

func tableEntries(s *ir.Struct) []jen.Code {
	out := []jen.Code{
		entry("name", lit(s.GoName)),
		entry("zero", typedNil(jen.Id(s.GoName))),
		entry("size", jen.Qual("unsafe", "Sizeof").Call(literalOf(s))),
	}
	if s.Role == ir.RoleParams {
		out = append(out, entry("params", jen.True()))
	} else {
		out = append(out, entry("extra", offset(s, "extra")))
	}
	if s.ID != "" {
		out = append(out, entry("id", lit(s.ID)))
	}
	if s.List != nil {
		out = append(out, entry("list", listEntry(s)))
	}
	if len(s.Rules) > 0 {
		out = append(out, entry("check", check(s.Rules)))
	}
	if len(s.Fields) > 0 {
		out = append(out, entry("fields", jen.Index().Id("field").Values(fieldEntries(s)...)))
	}
	return append(out, jen.Line())
}

func literalOf(s *ir.Struct) *jen.Statement { return jen.Id(s.GoName).Values() }

func offset(s *ir.Struct, field string) *jen.Statement {
	return jen.Qual("unsafe", "Offsetof").Call(literalOf(s).Dot(field))
}

// typedNil is a nil pointer to a type.
func typedNil(of jen.Code) *jen.Statement { return jen.Parens(jen.Op("*").Add(of)).Call(jen.Nil()) }

func listEntry(s *ir.Struct) *jen.Statement {
	l := s.List
	var parts []jen.Code
	for _, p := range []struct{ key, value string }{
		{"data", l.Data}, {"more", l.More}, {"url", l.URL}, {"after", l.After}, {"before", l.Before},
		{"next", l.Next}, {"page", l.Page}, {"itemID", l.ItemID},
	} {
		if p.value != "" {
			parts = append(parts, jen.Id(p.key).Op(":").Add(lit(p.value)))
		}
	}
	parts = append(parts, jen.Id("origin").Op(":").Add(offset(s, "origin")))
	return jen.Op("&").Id("list").Values(parts...)
}

func fieldEntries(s *ir.Struct) []jen.Code {
	var out []jen.Code
	for _, f := range s.Fields {
		out = append(out, jen.Line().Values(fieldParts(s, f)...))
	}
	return append(out, jen.Line())
}

// locations and styles name the support code's constants; the first of each is
// the zero value and is left out.
var (
	locations = map[ir.Location]string{ir.InForm: "inForm", ir.InHeader: "inHeader", ir.InCookie: "inCookie", ir.InJSON: "inJSON", ir.InMultipart: "inMultipart", ir.InBody: "inBody"}
	styles    = map[ir.Style]string{ir.StyleExplode: "styleExplode", ir.StyleForm: "styleForm", ir.StyleSpace: "styleSpace", ir.StylePipe: "stylePipe", ir.StyleJSON: "styleJSON"}
)

func fieldParts(s *ir.Struct, f *ir.Field) []jen.Code {
	p := parts{}
	p.add("name", lit(f.Name))
	p.add("off", offset(s, f.GoName))
	p.flag("required", f.Required)
	p.flag("readOnly", f.ReadOnly)
	p.flag("writeOnly", f.WriteOnly)
	p.name("in", locations[f.In])
	p.name("style", styles[f.Style])
	use := usage{Value: f.Value, optional: isOptional(s.Role, f)}
	p.add("value", jen.Id("value").Values(valueParts(use, literalOf(s).Dot(f.GoName))...))
	return p
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

// usage is a value with what its place adds to it.
type usage struct {
	ir.Value
	optional bool // the memory is an Optional
	element  bool // it is an element of a slice or a map
}

func elemUsage(v ir.Value) usage { return usage{Value: v, optional: v.Nullable, element: true} }

// valueParts describes a value; at is a Go expression of the value's memory,
// from which the compiler computes the kind.
func valueParts(use usage, at *jen.Statement) []jen.Code {
	p := parts{}
	memory := at.Clone()
	if use.optional {
		memory = at.Clone().Dot("value")
	}
	p.add("kind", kindOf(use, memory))
	p.flag("opt", use.optional)
	p.flag("null", use.Nullable)
	typeParts(&p, use, memory)
	if rules := notListed(use.Rules); len(rules) > 0 {
		p.add("check", check(rules))
	}
	return p
}

// notListed leaves out the rule that an enum's own list stands for.
func notListed(rules []*ir.Rule) []*ir.Rule {
	return slices.DeleteFunc(slices.Clone(rules), (*ir.Rule).Listed)
}

// typeParts adds what a kind needs besides its number.
func typeParts(p *parts, use usage, memory *jen.Statement) {
	switch t := use.Type.(type) {
	case *ir.Struct:
		p.add("sub", typedNil(jen.Id(t.GoName)))
	case *ir.Enum:
		if t.Base == ir.String {
			p.add("enum", jen.Op("&").Id("enum"+t.GoName))
			p.flag("open", !slices.ContainsFunc(use.Rules, (*ir.Rule).Listed))
		}
	case *ir.Union:
		p.add("union", jen.Id("union"+t.GoName).Values())
		p.flag("open", t.Open)
	case *ir.Expandable:
		elem := usage{Value: ir.Value{Type: t.Object, Boxed: true}}
		p.add("elem", valueOf(elem, memory.Clone().Dot("object")))
	case *ir.Slice:
		p.add("elem", valueOf(elemUsage(t.Elem), memory.Clone().Index(jen.Lit(0))))
	case *ir.Map:
		p.add("elem", valueOf(elemUsage(t.Elem), memory.Clone().Index(jen.Lit(""))))
		if !plainElement(t.Elem) {
			p.add("typ", typedNil(goType(t)))
		}
		return
	}
	if use.element && needsType(use) {
		p.add("typ", typedNil(elemType(use.Value)))
	}
}

func valueOf(use usage, at *jen.Statement) *jen.Statement {
	return jen.Op("&").Id("value").Values(valueParts(use, at)...)
}

// plainElement tells whether the support code makes maps of the element
// without being told their type.
func plainElement(v ir.Value) bool {
	prim, ok := v.Type.(ir.Prim)
	return ok && !v.Nullable && (prim == ir.Bool || prim == ir.Int64 || prim == ir.Float64 || prim == ir.String)
}

// needsType tells whether a list of such elements can't be made without their
// Go type.
func needsType(use usage) bool {
	if use.optional || use.Boxed {
		return true
	}
	switch t := use.Type.(type) {
	case *ir.Union, *ir.Expandable, *ir.Slice:
		return true
	case ir.Prim:
		return t == ir.Bytes || t == ir.Raw
	}
	return false
}

// primKind names the function of the support code that proves each kind.
var primKind = map[ir.Prim]string{
	ir.Bool: "isBool", ir.Int32: "isInt32", ir.Int64: "isInt64", ir.Float64: "isFloat64", ir.String: "isString",
	ir.Bytes: "isBytes", ir.UnixTime: "isInt64", ir.Raw: "isRaw", ir.File: "isFile",
}

// kindOf computes a kind from the type of the expression at.
func kindOf(use usage, at *jen.Statement) *jen.Statement {
	return jen.Id("kind").Call(jen.Qual("unsafe", "Sizeof").Call(jen.Id(prover(use)).Call(at)))
}

func prover(use usage) string {
	switch t := use.Type.(type) {
	case ir.Prim:
		return primKind[t]
	case *ir.Enum:
		if t.Base == ir.Int64 {
			return "isInt64"
		}
		return "isEnum"
	case *ir.Struct:
		if use.optional || use.Boxed {
			return "isPointer"
		}
		return "isStruct"
	case *ir.Slice:
		return "isSlice"
	case *ir.Map:
		return "isMap"
	case *ir.Union:
		return "isUnion"
	}
	return "isExpandable"
}

// enumTable writes the list of an enum's known values.
func enumTable(f *jen.File, e *ir.Enum) {
	f.Add(comment("Known tells whether v is one of the values that the document lists."))
	known := f.Func().Params(jen.Id("v").Id(e.GoName)).Id("Known").Params().Bool()
	if e.Base == ir.Int64 {
		known.Block(jen.Switch(jen.Id("v")).Block(
			jen.Case(constants(e)...).Block(jen.Return(jen.True()))), jen.Return(jen.False()))
		f.Line()
		return
	}
	known.Block(jen.Return(jen.Id("enum" + e.GoName).Dot("has").Call(jen.String().Call(jen.Id("v")))))
	f.Line()
	f.Var().Id("enum" + e.GoName).Op("=").Id("enum").ValuesFunc(func(g *jen.Group) {
		for _, c := range constants(e) {
			g.Line().String().Call(c)
		}
		g.Line()
	})
	f.Line()
}

func constants(e *ir.Enum) []jen.Code {
	var out []jen.Code
	for _, v := range e.Values {
		out = append(out, jen.Id(v.GoName))
	}
	return out
}
