package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// unionInterface writes the sealed interface of a union and the named types of
// its variants that have no name of their own.
func unionInterface(f *jen.File, u *ir.Union) {
	if u.Same != nil {
		sameUnion(f, u)
		return
	}
	f.Add(doc(unionDoc(u), false)).Type().Id(u.GoName).Add(
		jen.Custom(jen.Options{Open: "interface{ ", Close: " }"}, jen.Id(marker(u)).Params()))
	f.Line()
	for _, v := range u.Variants {
		if !isNamed(v.Type) {
			f.Add(comment(v.GoName + " is a variant of " + u.GoName + "."))
			f.Type().Id(v.GoName).Add(goType(v.Type))
			f.Line()
		}
	}
}

// sameUnion writes another name of a union, and of its variants that are called
// after it.
func sameUnion(f *jen.File, u *ir.Union) {
	f.Add(doc(unionDoc(u), false)).Type().Id(u.GoName).Op("=").Id(u.Same.GoName)
	for i, v := range u.Variants {
		if !isNamed(v.Type) {
			f.Add(comment(v.GoName + " is a variant of " + u.GoName + "."))
			f.Type().Id(v.GoName).Op("=").Id(u.Same.Variants[i].GoName)
		}
	}
	f.Line()
}

// unionDoc is the union's text, and what it may hold.
func unionDoc(u *ir.Union) string {
	begin := u.Doc + "\nIt"
	if u.Doc == "" {
		begin = u.GoName
	}
	switch {
	case len(u.Variants) == 0:
		return begin + " holds a Raw."
	case !u.Raw:
		return begin + " holds " + variantList(u, " or ") + "."
	}
	return begin + " holds " + variantList(u, ", ") + ", or a Raw for a variant that " + others(u) + "." + vague(u)
}

// vague says which variants are not read as such.
func vague(u *ir.Union) string {
	some := *u
	some.Variants = slices.DeleteFunc(slices.Clone(u.Variants), func(v *ir.Variant) bool { return !v.Vague })
	if len(some.Variants) == 0 {
		return ""
	}
	return " Nothing tells " + variantList(&some, " and ") + " apart, so that what could be any of them is read as a Raw."
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

// variantList names the Go types that a union may hold, as a sentence part, with
// the given text before the last.
func variantList(u *ir.Union, last string) string {
	text := ""
	for i, v := range u.Variants {
		switch i {
		case 0:
		case len(u.Variants) - 1:
			text += last
		default:
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

// unionTable writes the table of a union and the methods that mark the variants.
func unionTable(f *jen.File, u *ir.Union) {
	table := "table" + u.GoName // no struct has the union's name
	p := parts{}
	p.add("of", typedNil(u.GoName))
	if u.By != "" {
		p.add("by", lit(u.By))
	}
	p.flag("closest", u.Closest)
	if len(u.Rules) > 0 {
		p.add("check", check(u.Rules))
	}
	p.add("variants", jen.Index().Id("alternative").ValuesFunc(func(g *jen.Group) {
		for _, v := range u.Variants {
			g.Line().Values(variantParts(v)...)
		}
		g.Line()
	}))
	f.Var().Id(table).Op("=").Id("choice").Values(p...)
	if u.Recursive {
		leads := "union" + u.GoName
		f.Type().Id(leads).Struct()
		f.Func().Params(jen.Op("*").Id(leads)).Id("union").Params().Id("madeUnion").Add(returning(jen.Op("&").Id(table)))
	}
	f.Line()
	for _, v := range u.Variants {
		f.Func().Params(variantType(v)).Id(marker(u)).Params().Block()
		f.Line() // keeps gofmt from aligning this line with its neighbours
	}
	if u.Raw {
		f.Func().Params(jen.Id("Raw")).Id(marker(u)).Params().Block()
		f.Line()
	}
}

// leadsTo is what leads to a union's table: its address, or for one that leads
// to itself, where Go refuses that as a cycle, a type with a method.
func leadsTo(u *ir.Union) *jen.Statement {
	if u.Recursive {
		return typedNil("union" + u.GoName)
	}
	return jen.Op("&").Id("table" + ir.Declared(u).TypeName())
}

// typedNil is a nil pointer to a type.
func typedNil(name string) *jen.Statement { return jen.Parens(jen.Op("*").Id(name)).Call(jen.Nil()) }

func variantParts(v *ir.Variant) []jen.Code {
	p := parts{}
	p.add("is", typedNil(v.GoName))
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
	p.flag("vague", v.Vague)
	if inner := detail(ir.Value{Type: v.Type, Rules: v.Rules}); len(inner.literal) > 0 {
		p.add("member", jen.Id("member").Values(inner.literal...))
	}
	return p
}

func constList(consts []ir.Const) *jen.Statement {
	return jen.Index().Id("constant").ValuesFunc(func(g *jen.Group) {
		for _, c := range consts {
			g.Values(jen.Id("name").Op(":").Add(lit(c.Name)), jen.Id("value").Op(":").Id("literal").Values(literal(c.Value)...))
		}
	})
}
