package emit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// applyDefaults writes the defaults of the document, a line for each, and the
// function that sets them. The list is text, so that a program which asks for
// no defaults has none of it, and one that does links no table for it.
func applyDefaults(f *jen.File, api *ir.API) {
	list := defaultsOf(api)
	if len(list) == 0 {
		return
	}
	f.Line()
	f.Add(comment("ApplyDefaults sets every member and parameter in v, a pointer to any object or set of parameters, that is absent and that the document has a default for, if that is a text, a number or a boolean. It goes into what v holds, and leaves alone what is null or required."))
	f.Func().Id("ApplyDefaults").Params(jen.Id("v").Id("object")).Error().Block(
		jen.Return(jen.Id("applyDefaults").Call(jen.Id("v"), jen.Id("theDefaults"))))
	f.Line()
	f.Var().Id("theDefaults").Op("=").Index().Id("fieldDefault").ValuesFunc(func(g *jen.Group) {
		for _, d := range list {
			g.Line().Values(d.parts()...)
		}
		g.Line()
	})
}

// fieldDefault is the default of a field.
type fieldDefault struct {
	of *ir.Struct
	*ir.Field
	elsewhere bool // another parameter, in another place, has the name
}

func (d fieldDefault) parts() []jen.Code {
	p := parts{}
	p.add("typ", lit(d.of.GoName))
	p.add("member", lit(d.Name))
	p.add("value", lit(d.Default))
	if d.elsewhere {
		p.name("in", locations[d.In])
	}
	return p
}

// defaultsOf returns each default that can be set, sorted.
func defaultsOf(api *ir.API) []fieldDefault {
	var out []fieldDefault
	for _, t := range api.Types {
		s, ok := t.(*ir.Struct)
		if !ok || s.Same != nil {
			continue
		}
		places := map[string]int{}
		for _, f := range s.Fields {
			places[f.Name]++
		}
		for _, f := range s.Fields {
			if f.Settable() {
				out = append(out, fieldDefault{s, f, places[f.Name] > 1})
			}
		}
	}
	slices.SortFunc(out, func(a, b fieldDefault) int {
		return cmp.Or(strings.Compare(a.of.GoName, b.of.GoName), strings.Compare(a.Name, b.Name), strings.Compare(string(a.In), string(b.In)))
	})
	return out
}
