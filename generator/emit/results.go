package emit

import (
	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// standsForResult tells whether an operation's answer is no struct: a list, a
// map, a union or a scalar.
func standsForResult(op *ir.Operation) bool {
	_, isStruct := op.Result.(*ir.Struct)
	return op.Result != nil && !isStruct && op.Result != ir.Stream
}

func resultName(res *ir.Resource, op *ir.Operation) string { return "result" + res.GoType + op.GoName }

// resultTable writes the struct that stands for such an answer, and its table.
func resultTable(f *jen.File, res *ir.Resource, op *ir.Operation) {
	name := resultName(res, op)
	literal := jen.Id(name).Values()
	use := usage{Value: ir.Value{Type: op.Result}, element: true}
	f.Add(comment(name + " stands for the answer of " + res.GoType + "." + op.GoName + "."))
	f.Type().Id(name).Struct(jen.Id("value").Add(goType(op.Result)))
	f.Line()
	f.Var().Id("table"+name).Op("=").Id("table").Values(
		entry("name", lit(res.GoType+"."+op.GoName)),
		entry("zero", typedNil(jen.Id(name))),
		entry("size", jen.Qual("unsafe", "Sizeof").Call(literal.Clone())),
		entry("whole", jen.True()),
		entry("fields", jen.Index().Id("field").Values(
			jen.Line().Values(jen.Id("value").Op(":").Id("value").Values(valueParts(use, literal.Clone().Dot("value"))...)),
			jen.Line())),
		jen.Line())
	f.Line()
	tableMethod(f, name)
}
