package emit

import (
	"net/http"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

func operationName(res *ir.Resource, op *ir.Operation) string {
	return "operation" + res.GoType + op.GoName
}

// operationTable writes what the support code has to know of an operation.
func operationTable(f *jen.File, res *ir.Resource, op *ir.Operation) {
	p := parts{}
	p.add("method", httpMethod(op.Method))
	if op.Server != "" {
		p.add("server", lit(op.Server))
	}
	p.add("path", lit(op.Path))
	if len(op.PathParams) > 0 {
		p.add("params", jen.Index().Id("pathParam").Values(pathParams(op)...))
	}
	if len(op.Accept) > 0 {
		p.add("accept", lit(strings.Join(op.Accept, ", ")))
	}
	if op.ContentType != "" {
		p.add("contentType", lit(op.ContentType))
	}
	if op.Security != nil {
		p.add("security", securityEntry(op.Security))
	}
	if len(op.PartTypes) > 0 {
		p.add("parts", partTypes(op))
	}
	if op.Params != nil {
		p.name("spell", spellerOf(op.Params))
		if slices.ContainsFunc(op.Params.Fields, func(f *ir.Field) bool { return f.In == ir.InPath }) {
			p.name("fill", "spellPath")
		}
	}
	if op.Params != nil && slices.ContainsFunc(op.Params.All(), isOwnHeader) {
		p.name("own", "ownHeaders")
	}
	p.name("body", bodyOf(op))
	f.Var().Id(operationName(res, op)).Op("=").Id("operation").Values(p...)
	f.Line()
}

// spellerOf names the support code's function that spells the parameters in
// another style than deepObject, "" where there are none. What is simple in a
// header or a cookie needs none.
func spellerOf(s *ir.Struct) string {
	more := s.More
	switch {
	case slices.ContainsFunc(s.All(), isSpelled):
		return "spellParam"
	case slices.ContainsFunc(s.Fields, func(f *ir.Field) bool { return isStyled(f, f.Type) && !isOwnHeader(f) }),
		more != nil && isStyled(more, more.Type.(*ir.Map).Elem.Type):
		return "spellList"
	}
	return ""
}

// isOwnHeader tells whether a parameter travels as a header or a cookie.
func isOwnHeader(f *ir.Field) bool { return f.In == ir.InHeader || f.In == ir.InCookie }

// bodyOf names the support code's function that makes the body, "" where there
// is none: what the parameters say, else a form without members, which GET, HEAD
// and TRACE have none of.
func bodyOf(op *ir.Operation) string {
	body := ""
	if op.Form && op.Method != http.MethodGet && op.Method != http.MethodHead && op.Method != http.MethodTrace {
		body = "formBody"
	}
	if op.Params == nil {
		return body
	}
	for _, f := range op.Params.Fields {
		if name := bodies[f.In]; name != "" {
			body = name
		}
	}
	return body
}

// bodies name the functions that make a body of parameters at a place.
var bodies = map[ir.Location]string{
	ir.InForm: "formBody", ir.InJSON: "jsonBody", ir.InMultipart: "multipartBody", ir.InBody: "fileBody", ir.InText: "textBody",
}

func partTypes(op *ir.Operation) *jen.Statement {
	return jen.Index().Id("pair").ValuesFunc(func(g *jen.Group) {
		for _, part := range op.PartTypes {
			p := parts{}
			p.add("name", lit(part.Name))
			p.add("value", lit(part.ContentType))
			g.Values(p...)
		}
	})
}

func pathParams(op *ir.Operation) []jen.Code {
	var out []jen.Code
	for _, param := range op.PathParams {
		p := parts{}
		p.name("kind", pathKind(param.Type))
		if e, ok := param.Type.(*ir.Enum); ok && e.Base == ir.String {
			p.add("enum", enumOf(e))
			p.flag("open", isOpen(param.Rules))
		}
		if rules := notListed(param.Rules); len(rules) > 0 {
			p.add("check", check(rules))
		}
		out = append(out, jen.Values(
			jen.Id("name").Op(":").Add(lit(param.Name)),
			jen.Id("value").Op(":").Id("value").Values(p...)))
	}
	return out
}

// primKinds name the support code's kind of each primitive that can stand in a
// path.
var primKinds = map[ir.Prim]string{
	ir.Bool: "kindBool", ir.Int32: "kindInt32", ir.Int64: "kindInt64", ir.Uint64: "kindUint64", ir.Float64: "kindFloat64", ir.String: "kindString",
	ir.UnixTime: "kindInt64",
}

// pathKind is the kind of a path argument, which is checked as text.
func pathKind(t ir.Type) string {
	if e, ok := t.(*ir.Enum); ok && e.Base == ir.String {
		return "kindEnum"
	} else if ok {
		return primKinds[e.Base]
	}
	return primKinds[t.(ir.Prim)]
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
