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
	f.Add(comment(name + " stands for the answer of " + res.GoType + "." + op.GoName + "."))
	f.Type().Id(name).Struct(jen.Id("value").Add(goType(op.Result)))
	f.Line()
	f.Var().Id("table"+name).Op("=").Id("descriptor").Values(
		jen.Id("whole").Op(":").True(),
		jen.Id("fields").Op(":").Index().Id("member").Values(jen.Values(detail(ir.Value{Type: op.Result})...)))
	f.Line()
	leaf(f, name, "table", "descriptor", "table"+name)
	f.Line()
}
