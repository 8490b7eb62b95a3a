package emit

import (
	"net/http"
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

func operationName(res *ir.Resource, op *ir.Operation) string {
	return "operation" + res.GoType + op.GoName
}

// operationTable writes what the support code has to know of an operation.
func operationTable(f *jen.File, res *ir.Resource, op *ir.Operation) {
	parts := []jen.Code{
		entry("method", httpMethod(op.Method)),
		entry("path", lit(op.Server+op.Path)),
	}
	if len(op.PathParams) > 0 {
		parts = append(parts, entry("params", jen.Index().Id("pathParam").Values(pathParams(op)...)))
	}
	if len(op.Accept) > 0 {
		parts = append(parts, entry("accept", lit(strings.Join(op.Accept, ", "))))
	}
	if op.ContentType != "" {
		parts = append(parts, entry("contentType", lit(op.ContentType)))
	}
	f.Var().Id(operationName(res, op)).Op("=").Id("operation").Values(append(parts, jen.Line())...)
	f.Line()
}

func pathParams(op *ir.Operation) []jen.Code {
	var out []jen.Code
	for _, param := range op.PathParams {
		use := usage{Value: ir.Value{Type: param.Type, Rules: param.Rules}}
		at := jen.Op("*").New(goType(param.Type))
		out = append(out, jen.Line().Values(
			jen.Id("name").Op(":").Add(lit(param.Name)),
			jen.Id("value").Op(":").Id("value").Values(valueParts(use, at)...)))
	}
	return append(out, jen.Line())
}

// httpMethod is the constant of net/http, where it has one.
func httpMethod(name string) *jen.Statement {
	switch name {
	case http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete, http.MethodHead, http.MethodPatch,
		http.MethodOptions, http.MethodTrace:
		return jen.Qual("net/http", "Method"+name[:1]+strings.ToLower(name[1:]))
	}
	return lit(name)
}
