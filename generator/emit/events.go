package emit

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// event writes what a caller needs to read a webhook or a callback: its type,
// or another name of the one that it has elsewhere, and for what is no struct a
// function.
func event(f *jen.File, e *ir.Event) {
	_, isStruct := e.Type.(*ir.Struct)
	if named, ok := e.Type.(ir.Named); !ok || named.TypeName() != e.GoName {
		f.Add(doc(eventDoc(e, isStruct), e.Deprecated)).Type().Id(e.GoName).Op("=").Add(goType(e.Type))
		f.Line()
	}
	if isStruct {
		return
	}
	f.Add(comment(fmt.Sprintf("Unmarshal%s reads the body of %s. What is no JSON, or of another type than the document says, is a *DecodeError.", e.GoName, requestOf(e))))
	f.Func().Id("Unmarshal"+e.GoName).Params(jen.Id("body").Index().Byte()).Params(jen.Id("value").Add(goType(e.Type)), jen.Err().Error()).Block(
		jen.Var().Id("out").Id("result"+e.GoName),
		jen.Err().Op("=").Id("unmarshal").Call(jen.Id("body"), jen.Op("&").Id("out")),
		jen.Return(jen.Id("out").Dot("value"), jen.Err()),
	)
	f.Line()
}

func requestOf(e *ir.Event) string {
	return fmt.Sprintf("the %s request of the %s %q", e.Method, e.Kind, e.Name)
}

// eventDoc says what is sent, and how to read it.
func eventDoc(e *ir.Event, isStruct bool) string {
	text := e.GoName + " is the body of " + requestOf(e) + "."
	if isStruct {
		text += " Read it with Unmarshal."
	}
	if len(e.Besides) > 0 {
		text += " With it come: " + strings.Join(e.Besides, ", ") + "."
	}
	if e.Doc != "" {
		text += "\n\n" + e.Doc
	}
	return text
}

// eventTable writes what Unmarshal needs of a body that is no struct.
func eventTable(f *jen.File, e *ir.Event) {
	if _, isStruct := e.Type.(*ir.Struct); !isStruct {
		wholeTable(f, "result"+e.GoName, requestOf(e), ir.Value{Type: e.Type, Rules: e.Rules})
	}
}
