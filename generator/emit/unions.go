package emit

import (
	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// unionInterface writes the sealed interface of a union and the named types of
// its variants that have no name of their own.
func unionInterface(f *jen.File, u *ir.Union) {
	text := u.Doc + "\n\n" + u.GoName + " holds " + variantList(u) + ", or a Raw for a variant that " + others(u) + "."
	f.Add(doc(text, false)).Type().Id(u.GoName).Interface(jen.Id(marker(u)).Params())
	f.Line()
	for _, v := range u.Variants {
		if !isNamed(v.Type) {
			f.Add(comment(v.GoName + " is a variant of " + u.GoName + "."))
			f.Type().Id(v.GoName).Add(goType(v.Type))
			f.Line()
		}
	}
}

// others says which variants have no type.
func others(u *ir.Union) string {
	if u.Open {
		return "is left out of this package"
	}
	return "the document does not have"
}

func marker(u *ir.Union) string { return "is" + u.GoName }

func isNamed(t ir.Type) bool {
	_, ok := t.(ir.Named)
	return ok
}

// variantList names the Go types that a union may hold, as a sentence part.
func variantList(u *ir.Union) string {
	text := ""
	for i, v := range u.Variants {
		if i > 0 {
			text += ", "
		}
		text += variantName(v)
	}
	return text
}

func variantName(v *ir.Variant) string {
	if _, ok := v.Type.(*ir.Struct); ok {
		return "*" + v.GoName
	}
	return v.GoName
}

// variantType is the Go type that the interface holds for a variant.
func variantType(v *ir.Variant) *jen.Statement {
	if _, ok := v.Type.(*ir.Struct); ok {
		return jen.Op("*").Id(v.GoName)
	}
	return jen.Id(v.GoName)
}

// unionTable writes the marker methods, the table, and the type that leads to
// the table.
func unionTable(f *jen.File, u *ir.Union) {
	for _, v := range u.Variants {
		f.Func().Params(variantType(v)).Id(marker(u)).Params().Block()
	}
	f.Func().Params(jen.Id("Raw")).Id(marker(u)).Params().Block()
	f.Line()
	f.Type().Id("union" + u.GoName).Struct()
	f.Line()
	// A union has no struct of its name, so that this name is free.
	table := "table" + u.GoName
	f.Func().Params(jen.Id("union" + u.GoName)).Id("union").Params().Op("*").Id("union").Block(
		jen.Return(jen.Op("&").Id(table)))
	f.Line()
	f.Var().Id(table).Op("=").Id("union").Values(unionEntries(u)...)
	f.Line()
}

func unionEntries(u *ir.Union) []jen.Code {
	out := []jen.Code{entry("name", lit(u.GoName))}
	if u.By != "" {
		out = append(out, entry("by", lit(u.By)))
	}
	if u.Closest {
		out = append(out, entry("closest", jen.True()))
	}
	return append(out,
		entry("variants", jen.Index().Id("variant").ValuesFunc(func(g *jen.Group) {
			for _, v := range u.Variants {
				g.Line().Values(variantParts(u, v)...)
			}
			g.Line()
		})),
		entry("get", getFunc(u)),
		entry("setRaw", setFunc(jen.Id("dst").Qual("unsafe", "Pointer"), jen.Id("raw").Id("Raw"), u, jen.Id("raw"))),
		jen.Line())
}

// storage is how a variant lies behind the address that the union's functions
// exchange.
func storage(v *ir.Variant) usage { return usage{Value: ir.Value{Type: v.Type, Rules: v.Rules}} }

func variantParts(u *ir.Union, v *ir.Variant) []jen.Code {
	p := parts{}
	p.add("value", jen.Id("value").Values(valueParts(storage(v), zeroOf(v))...))
	if len(v.Tags) > 0 {
		p.add("tags", stringList(v.Tags))
	}
	if len(v.Types) > 0 {
		p.add("types", typeSet(v.Types))
	}
	if len(v.Required) > 0 {
		p.add("required", stringList(v.Required))
	}
	if len(v.Consts) > 0 {
		p.add("consts", constList(v.Consts))
	}
	held := jen.Parens(variantType(v)).Call(jen.Id("p"))
	if _, ok := v.Type.(*ir.Struct); !ok {
		held = jen.Op("*").Parens(jen.Op("*").Id(v.GoName)).Call(jen.Id("p"))
	}
	p.add("set", setFunc(jen.List(jen.Id("dst"), jen.Id("p")).Qual("unsafe", "Pointer"), nil, u, held))
	return p
}

// zeroOf is an expression of a variant's memory.
func zeroOf(v *ir.Variant) *jen.Statement {
	zero := jen.Op("*").New(jen.Id(v.GoName))
	switch v.Type.(type) {
	case *ir.Slice, *ir.Map:
		return jen.Parens(zero)
	}
	return zero
}

func constList(consts []ir.Const) *jen.Statement {
	return jen.Index().Id("constant").ValuesFunc(func(g *jen.Group) {
		for _, c := range consts {
			g.Values(jen.Id("name").Op(":").Add(lit(c.Name)), jen.Id("value").Op(":").Id("literal").Values(literal(c.Value)...))
		}
	})
}

// setFunc stores held in the interface at dst.
func setFunc(first, second jen.Code, u *ir.Union, held *jen.Statement) *jen.Statement {
	params := []jen.Code{first}
	if second != nil {
		params = append(params, second)
	}
	return jen.Func().Params(params...).Block(interfaceAt(u, "dst").Op("=").Add(held))
}

func interfaceAt(u *ir.Union, name string) *jen.Statement {
	return jen.Op("*").Parens(jen.Op("*").Id(u.GoName)).Call(jen.Id(name))
}

func getFunc(u *ir.Union) *jen.Statement {
	pointer := func() *jen.Statement { return jen.Qual("unsafe", "Pointer") }
	return jen.Func().Params(jen.Id("p").Add(pointer())).Params(jen.Int(), pointer()).Block(
		jen.Switch(jen.Id("v").Op(":=").Parens(interfaceAt(u, "p")).Assert(jen.Type())).BlockFunc(func(g *jen.Group) {
			for i, v := range u.Variants {
				held := jen.Op("&").Id("v")
				if _, ok := v.Type.(*ir.Struct); ok {
					held = jen.Id("v")
				}
				g.Case(variantType(v)).Block(jen.Return(jen.Lit(i), pointer().Call(held)))
			}
			g.Case(jen.Id("Raw")).Block(jen.Return(jen.Lit(-1), pointer().Call(jen.Op("&").Id("v"))))
		}),
		jen.Return(jen.Lit(-2), jen.Nil()),
	)
}
