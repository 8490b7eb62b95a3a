package emit

import (
	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// service writes the type that groups a resource's operations, its methods,
// and their parameters.
func service(f *jen.File, res *ir.Resource) {
	text := res.Doc
	if text == "" {
		text = res.GoType + " calls the operations on " + res.GoName + "."
	}
	if res.Old {
		text = res.GoType + " has methods that are called otherwise now.\n\nDeprecated: each says how."
	}
	f.Add(comment(text))
	f.Type().Id(res.GoType).StructFunc(func(g *jen.Group) {
		for _, sub := range res.Subs {
			g.Add(oldDoc(sub)).Id(sub.GoName).Id(sub.GoType)
			g.Line()
		}
		g.Id("core").Op("*").Id("core")
	})
	f.Line()
	for _, op := range res.Ops {
		method(f, res, op)
		if op.Lists {
			allMethod(f, res, op)
		}
		if op.Params != nil {
			structType(f, paramsOf(res, op))
		}
		if op.Answers != nil {
			answersType(f, op.Answers)
		}
	}
}

// oldDoc is the text about a field for a service that only has old names.
func oldDoc(res *ir.Resource) *jen.Statement {
	if !res.Old {
		return jen.Null()
	}
	return comment("Deprecated: its methods are called otherwise now, as each says.").Line()
}

func method(f *jen.File, res *ir.Resource, op *ir.Operation) {
	f.Add(operationDoc(op)).Func().Params(jen.Id("s").Op("*").Id(res.GoType)).Id(op.GoName).Params(methodParams(op)...).Add(results(op)).Block(body(res, op)...)
	f.Line()
}

// paramsOf is the operation's parameters with a text that says so.
func paramsOf(res *ir.Resource, op *ir.Operation) *ir.Struct {
	params := *op.Params
	if params.Doc == "" {
		params.Doc = params.GoName + " are the parameters of " + res.GoType + "." + op.GoName + "."
	}
	return &params
}

// operationDoc is the operation's text, then where it goes.
func operationDoc(op *ir.Operation) *jen.Statement {
	return doc(described(op.GoName, op.Doc)+securityDoc(op)+headersDoc(op)+failureDoc(op)+"\n\n"+op.Method+" "+op.Path, op.Deprecated)
}

func methodParams(op *ir.Operation) []jen.Code {
	out := []jen.Code{ctxParam()}
	for _, p := range op.PathParams {
		if !p.Again {
			out = append(out, jen.Id(p.GoName).Add(goType(p.Type)))
		}
	}
	if op.Params != nil {
		out = append(out, jen.Id("params").Op("*").Id(op.Params.GoName))
	}
	return append(out, optsParam())
}

func call(res *ir.Resource, op *ir.Operation, out jen.Code) *jen.Statement {
	return send("call", res, op, out)
}

// send calls a method of the support code with what the operation is given.
func send(method string, res *ir.Resource, op *ir.Operation, out ...jen.Code) *jen.Statement {
	params := jen.Nil()
	if op.Params != nil {
		params = jen.Id("params")
	}
	args := append([]jen.Code{jen.Id("ctx"), jen.Op("&").Id(operationName(res, op)), pathArguments(op), params}, out...)
	return jen.Id("s").Dot("core").Dot(method).Call(append(args, jen.Id("opts"))...)
}

// pathArguments are the path parameters as text, in the order of the path.
func pathArguments(op *ir.Operation) *jen.Statement {
	if len(op.PathParams) == 0 {
		return jen.Nil()
	}
	return jen.Index().String().ValuesFunc(func(g *jen.Group) {
		for _, p := range op.PathParams {
			g.Add(pathText(p))
		}
	})
}

// pathText turns a path argument, a scalar, into text.
func pathText(p *ir.PathParam) *jen.Statement {
	prim, isPrim := p.Type.(ir.Prim)
	if enum, ok := p.Type.(*ir.Enum); ok {
		prim = enum.Base
	}
	arg := jen.Id(p.GoName)
	switch prim {
	case ir.Int32, ir.Int64, ir.UnixTime:
		return jen.Qual("strconv", "FormatInt").Call(jen.Int64().Call(arg), jen.Lit(10))
	case ir.Uint64:
		return jen.Qual("strconv", "FormatUint").Call(arg, jen.Lit(10))
	case ir.Float64:
		return jen.Qual("strconv", "FormatFloat").Call(arg, jen.LitRune('g'), jen.Lit(-1), jen.Lit(64))
	case ir.Bool:
		return jen.Qual("strconv", "FormatBool").Call(arg)
	}
	if isPrim {
		return arg
	}
	return jen.String().Call(arg)
}

// backward says how the pages of a list are turned backward, if they can be.
func backward(l *ir.List) string {
	if l.Before == "" {
		return ""
	}
	return "With the parameter " + l.Before + " set it goes backward from there. "
}

// allMethod writes the iterator that goes with a list operation.
func allMethod(f *jen.File, res *ir.Resource, op *ir.Operation) {
	page := op.Result.Type.(*ir.Struct)
	name := op.Iterator()
	f.Add(comment(name + " yields the items of every page that " + op.GoName + " returns, which it fetches as it goes. " +
		backward(page.List) + "An error ends the sequence."))
	f.Func().Params(jen.Id("s").Op("*").Id(res.GoType)).Id(name).Params(methodParams(op)...).Add(seqOf(page.List)).Block(
		jen.Return(each(page.List, send("pages", res, op, typedNil(page.GoName)))),
	)
	f.Line()
}
