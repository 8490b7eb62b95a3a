package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// readFile is the file of a stem that people read.
func readFile(pkg string, s *stem, names callable) *jen.File {
	f := newFile(pkg)
	for _, res := range s.resources {
		service(f, res)
	}
	for _, e := range s.servers {
		server(f, e)
	}
	for _, e := range s.events {
		event(f, e)
	}
	for _, named := range s.types {
		switch t := named.(type) {
		case *ir.Struct:
			structType(f, t)
		case *ir.Enum:
			enumType(f, t)
		case *ir.Union:
			unionInterface(f, t)
		}
	}
	for _, a := range s.aliases {
		names.alias(f, a)
	}
	return f
}

func structType(f *jen.File, s *ir.Struct) {
	if s.Same != nil {
		f.Add(docOf(s.GoName, s.Doc, s.Deprecated)).Type().Id(s.GoName).Op("=").Id(s.Same.GoName)
		f.Line()
		return
	}
	f.Add(docOf(s.GoName, s.Doc, s.Deprecated)).Type().Id(s.GoName).StructFunc(func(g *jen.Group) {
		first, apart := s.Role != ir.RoleParams, false
		if !first { // objects have members, which can't be compared either
			g.Id("_").Id("incomparable")
		}
		for _, field := range s.Fields {
			text := fieldDoc(s.Role, field)
			bare := text == "" && !field.Deprecated
			if !first && (bare || apart) {
				g.Line() // keeps gofmt from aligning this line with its neighbours
			}
			first = false
			apart = bare
			g.Add(doc(text, field.Deprecated)).Id(field.GoName).Add(fieldType(s.Role, field))
		}
		if s.More != nil {
			g.Line()
			g.Add(doc(s.More.Doc, false)).Id(s.More.GoName).Add(goType(s.More.Type))
		}
		hiddenFields(g, s)
	})
	f.Line()
	if s.List != nil {
		listMethods(f, s)
	}
}

// fieldDoc is the field's text and default; of a parameter it also says that
// it is required, which its type does not show.
func fieldDoc(role ir.Role, f *ir.Field) string {
	text := f.Doc
	if f.Default != "" {
		text += "\nDefault: " + f.Default + "."
	}
	if role == ir.RoleParams && f.Required {
		text += "\nRequired."
	}
	return strings.TrimSpace(text)
}

// hiddenFields writes what a struct carries for the support code.
func hiddenFields(g *jen.Group, s *ir.Struct) {
	if s.Role != ir.RoleObject || s.Whole {
		return
	}
	g.Line()
	if s.List != nil {
		g.Id("origin").Op("*").Id("origin")
		g.Line()
	}
	g.Id("extra").Id("members")
}

// docOf returns the doc comment of a declaration.
func docOf(name, text string, deprecated bool) *jen.Statement {
	return doc(described(name, text), deprecated)
}

// described is the text about a declaration; one without still says what it is
// called.
func described(name, text string) string {
	if text == "" {
		return name + " has no description in the document."
	}
	return text
}

// doc returns a doc comment and the end of its last line, or nothing.
func doc(text string, deprecated bool) *jen.Statement {
	if deprecated {
		text += "\n\nDeprecated: the API marks this as deprecated."
	}
	if len(commentLines(text)) == 0 {
		return jen.Null()
	}
	return comment(text).Line()
}

func enumType(f *jen.File, e *ir.Enum) {
	switch {
	case e.Same == nil:
		f.Add(docOf(e.GoName, e.Doc, e.Deprecated)).Type().Id(e.GoName).Id(primGo[e.Base])
	case e.Listing() != e:
		text := described(e.GoName, e.Doc) + "\n\nIt is another name of " + e.Same.GoName + ", whose constants are its values."
		f.Add(doc(text, e.Deprecated)).Type().Id(e.GoName).Op("=").Id(e.Same.GoName)
	default:
		f.Add(docOf(e.GoName, e.Doc, e.Deprecated)).Type().Id(e.GoName).Op("=").Id(e.Same.GoName)
	}
	// One declaration a constant: in a group, gofmt would align each with its
	// neighbours, and a new value would move them all.
	for _, v := range e.OwnValues() {
		f.Add(doc(v.Doc, v.Deprecated)).Const().Id(v.GoName).Id(e.GoName).Op("=").Add(enumLiteral(e, v))
	}
	f.Line()
}

func enumLiteral(e *ir.Enum, v *ir.EnumValue) *jen.Statement {
	if e.Base == ir.String {
		return lit(v.Value)
	}
	return number(v.Value)
}

func listMethods(f *jen.File, s *ir.Struct) {
	list := func() *jen.Statement { return jen.Op("*").Id(s.GoName) }
	recv := func() *jen.Statement { return jen.Id("l").Add(list()) }
	turn := func(name, helper, text string) {
		f.Add(comment(text))
		f.Func().Params(recv()).Id(name).Params(ctxParam(), optsParam()).Params(list(), jen.Error()).Block(
			jen.Var().Id("out").Id(s.GoName),
			returnUnless(jen.Id(helper).Call(jen.Id("ctx"), jen.Id("l"), jen.Op("&").Id("out"), jen.Id("opts"))),
			jen.Return(jen.Op("&").Id("out"), jen.Nil()),
		)
		f.Line()
	}
	turn("Next", "nextPage", "Next fetches the page that follows this one. On the last page it returns ErrNoMorePages.")
	if s.List.Before != "" {
		turn("Previous", "previousPage", "Previous fetches the page before this one. On the first page it returns ErrNoMorePages.")
	}
	f.Add(comment("All yields the items of this page and of every page that follows, which it fetches as it goes. An error ends the sequence."))
	f.Func().Params(recv()).Id("All").Params(ctxParam(), optsParam()).Add(seqOf(s.List)).Block(
		jen.Return(each(s.List, jen.Id("pagesFrom").Call(jen.Id("ctx"), jen.Id("l"), jen.Id("opts")))),
	)
	f.Line()
}

// each calls the support code's iterator over the items of a list.
func each(l *ir.List, from jen.Code) *jen.Statement {
	helper := "eachItem"
	if _, ok := l.Item.(*ir.Union); ok {
		helper = "eachValue"
	}
	return jen.Id(helper).Types(inner(l.Item)).Call(from)
}

func seqOf(l *ir.List) *jen.Statement {
	return jen.Qual("iter", "Seq2").Types(inner(l.Item), jen.Error())
}

func ctxParam() *jen.Statement  { return jen.Id("ctx").Qual("context", "Context") }
func optsParam() *jen.Statement { return jen.Id("opts").Op("...").Id("Option") }

// returnUnless returns a nil result and the error of call, if it has one.
func returnUnless(call jen.Code) *jen.Statement {
	return jen.If(jen.Err().Op(":=").Add(call), jen.Err().Op("!=").Nil()).Block(
		jen.Return(jen.Nil(), jen.Err()))
}
