package emit

import (
	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// target is a method of a service, which calls an operation.
type target struct {
	in       *ir.Resource
	op       *ir.Operation
	iterates bool // it walks the pages
}

// callable is what aliases refer to.
type callable struct {
	resources map[string]*ir.Resource // by the names that lead there
	methods   map[string]target       // likewise
	events    map[string]*ir.Event    // by the function that reads one
}

func callables(api *ir.API) callable {
	c := callable{map[string]*ir.Resource{}, map[string]target{}, map[string]*ir.Event{}}
	api.EachResource(c.add)
	for _, e := range api.Events {
		c.events["Unmarshal"+e.GoName] = e
	}
	return c
}

func (c callable) add(name string, res *ir.Resource) {
	c.resources[name] = res
	for _, op := range res.Ops {
		c.methods[name+"."+op.GoName] = target{res, op, false}
		if op.Lists {
			c.methods[name+"."+op.Iterator()] = target{res, op, true}
		}
	}
}

// alias writes an old name, which is deprecated.
func (c callable) alias(f *jen.File, a *ir.Alias) {
	f.Add(comment("Deprecated: " + a.GoName + " is now called " + a.Of + "."))
	switch a.Kind {
	case ir.AliasType:
		f.Type().Id(a.GoName).Op("=").Id(a.Of)
	case ir.AliasConst:
		f.Const().Id(a.GoName).Op("=").Id(a.Of)
	case ir.AliasFunc:
		f.Func().Id(a.GoName).Params(jen.Id("body").Index().Byte()).Params(goType(c.events[a.Of].Type), jen.Error()).Block(
			jen.Return(jen.Id(a.Of).Call(jen.Id("body"))))
	case ir.AliasMethod:
		c.method(f, a)
	}
	f.Line()
}

// method writes a method that calls the one it is the old name of.
func (c callable) method(f *jen.File, a *ir.Alias) {
	resource, name := ir.CutMethod(a.GoName)
	_, now := ir.CutMethod(a.Of)
	to := c.methods[a.Of]
	result := results(to.op)
	if to.iterates {
		result = seqOf(to.op.Result.Type.(*ir.Struct).List)
	}
	f.Func().Params(jen.Id("s").Op("*").Id(c.resources[resource].GoType)).Id(name).Params(methodParams(to.op)...).Add(result).Block(
		jen.Return(jen.Parens(jen.Op("&").Id(to.in.GoType).Values(jen.Id("core").Op(":").Id("s").Dot("core"))).Dot(now).Call(passedOn(to.op)...)))
}

// passedOn are the arguments of a method as another takes them.
func passedOn(op *ir.Operation) []jen.Code {
	out := []jen.Code{jen.Id("ctx")}
	for _, p := range op.PathParams {
		if !p.Again {
			out = append(out, jen.Id(p.GoName))
		}
	}
	if op.Params != nil {
		out = append(out, jen.Id("params"))
	}
	return append(out, jen.Id("opts").Op("..."))
}
