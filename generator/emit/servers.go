package emit

import (
	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// server writes the option by which a caller chooses a server of the document,
// and for one with variables a struct that has them.
func server(f *jen.File, s *ir.Server) {
	args := []jen.Code{lit(s.URL)}
	params := jen.Params()
	if len(s.Variables) > 0 {
		serverType(f, s)
		params = jen.Params(jen.Id("server").Id(s.GoName))
		for _, v := range s.Variables {
			args = append(args, jen.Line().Id("serverVariable").Values(variable(v)...))
		}
		args = append(args, jen.Line())
	}
	text := "With" + s.GoName + " sends requests to the server " + s.URL + "."
	if s.Doc != "" {
		text += "\n\n" + s.Doc
	}
	f.Add(comment(text))
	f.Func().Id("With" + s.GoName).Add(params).Id("Option").Block(jen.Return(jen.Id("withServer").Call(args...)))
	f.Line()
}

// serverType writes the struct with a server's variables, and the types of those
// that have a list of values.
func serverType(f *jen.File, s *ir.Server) {
	f.Add(comment(s.GoName + " has the variables of the server " + s.URL + ". An empty one has its default."))
	f.Type().Id(s.GoName).StructFunc(func(g *jen.Group) {
		for i, v := range s.Variables {
			if i > 0 {
				g.Line() // keeps gofmt from aligning this line with its neighbours
			}
			g.Add(doc(variableDoc(v), false)).Id(v.GoName).Add(variableType(v))
		}
	})
	f.Line()
	for _, v := range s.Variables {
		if v.Enum != nil {
			enumType(f, v.Enum)
		}
	}
}

func variableDoc(v *ir.ServerVariable) string {
	text := v.Doc
	if v.Default != "" {
		text += "\nDefault: " + v.Default + "."
	}
	if v.Required {
		text += "\nRequired."
	}
	return text
}

func variableType(v *ir.ServerVariable) *jen.Statement {
	if v.Enum != nil {
		return jen.Id(v.Enum.GoName)
	}
	return jen.String()
}

func variable(v *ir.ServerVariable) []jen.Code {
	value := jen.Id("server").Dot(v.GoName)
	if v.Enum != nil {
		value = jen.String().Call(value)
	}
	p := parts{}
	p.add("name", lit(v.Name))
	p.add("value", value)
	if v.Default != "" {
		p.add("fallback", lit(v.Default))
	}
	p.flag("required", v.Required)
	if v.Enum != nil {
		p.add("values", stringList(valuesOf(v.Enum)))
	}
	return p
}
