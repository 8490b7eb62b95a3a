package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// standsForResult tells whether an operation's answer is decoded and no struct:
// a list, a map, a union, a scalar, or what may be null.
func standsForResult(op *ir.Operation) bool {
	_, isStruct := op.Result.Type.(*ir.Struct)
	return op.Result.Type != nil && (!isStruct || op.Result.Nullable) && op.Result.Type != ir.Stream && op.Result.Type != ir.Text
}

func resultName(res *ir.Resource, op *ir.Operation) string { return "result" + res.GoType + op.GoName }

// resultTable writes the struct that stands for such an answer, and its table.
func resultTable(f *jen.File, res *ir.Resource, op *ir.Operation) {
	wholeTable(f, resultName(res, op), "the answer of "+res.GoType+"."+op.GoName, op.Result)
}

// wholeTable writes a struct that stands for a document that is none, and its
// table.
func wholeTable(f *jen.File, name, what string, v ir.Value) {
	f.Add(comment(name + " stands for " + what + "."))
	f.Type().Id(name).Struct(jen.Id("value").Add(elemType(v)))
	f.Line()
	p := parts{}
	p.flag("whole", true)
	var l fieldLines
	l.line("\t", "", detail(v))
	p.lines(&l)
	f.Var().Id("table" + name).Op("=").Id("descriptor").Values(p...)
	f.Line()
	leaf(f, name, "table", "descriptor", "table"+name)
	f.Line()
}

// results are what the method of an operation returns.
func results(op *ir.Operation) *jen.Statement {
	switch {
	case op.Answers != nil:
		return jen.Params(jen.Op("*").Id(op.Answers.GoName), jen.Error())
	case op.Result.Type == nil:
		return jen.Error()
	}
	return jen.Params(resultType(op.Result), jen.Error())
}

// resultType is the Go type that a method returns. Where nil can't stand for
// null, it is an Optional.
func resultType(v ir.Value) *jen.Statement {
	if v.Nullable && !ir.HasNil(v.Type) {
		return elemType(v)
	}
	return inner(v.Type)
}

// body calls the operation. An answer that is no struct is decoded into one
// that stands for it: see resultTable. A Stream and a text are not decoded.
func body(res *ir.Resource, op *ir.Operation) []jen.Code {
	if op.Answers != nil {
		return answered(send("result", res, op, jen.Op("&").Id("out")), jen.Id(op.Answers.GoName), jen.Op("&").Id("out"))
	}
	switch op.Result.Type {
	case nil:
		return []jen.Code{jen.Return(call(res, op, jen.Nil()))}
	case ir.Stream:
		return []jen.Code{jen.Return(send("stream", res, op))}
	case ir.Text:
		return []jen.Code{jen.Return(send("text", res, op))}
	}
	if standsForResult(op) {
		return answeredBy(res, op)
	}
	return answered(call(res, op, jen.Op("&").Id("out")), goType(op.Result.Type), jen.Op("&").Id("out"))
}

// answeredBy is body for what a struct stands for.
func answeredBy(res *ir.Resource, op *ir.Operation) []jen.Code {
	out := jen.Id("out").Dot("value")
	if op.Result.Nullable && ir.HasNil(op.Result.Type) {
		out.Dot("Value")
	}
	calling, holder := call(res, op, jen.Op("&").Id("out")), jen.Id(resultName(res, op))
	if ir.HasNil(op.Result.Type) {
		return answered(calling, holder, out)
	}
	return []jen.Code{
		jen.Var().Id("out").Add(holder),
		jen.Err().Op(":=").Add(calling),
		jen.Return(out, jen.Err()),
	}
}

func answered(call, out, result jen.Code) []jen.Code {
	return []jen.Code{
		jen.Var().Id("out").Add(out),
		returnUnless(call),
		jen.Return(result, jen.Nil()),
	}
}

// answersType writes the struct of an operation's successes that differ.
func answersType(f *jen.File, a *ir.Answers) {
	text := a.Doc
	if text == "" {
		text = a.GoName + " is one of several answers: StatusCode tells which, and what that one holds is set."
	}
	f.Add(comment(text))
	f.Type().Id(a.GoName).StructFunc(func(g *jen.Group) {
		g.Add(doc("StatusCode is that of the answer."+withoutContent(a), false)).Id("StatusCode").Int()
		for _, answer := range a.List {
			if answer.Type != nil {
				g.Add(doc(answerDoc(answer), false)).Id(answer.GoName).Add(answerType(answer.Value))
			}
		}
	})
	f.Line()
}

func answerDoc(a *ir.Answer) string {
	return strings.TrimSpace(a.GoName + " is set with status " + statuses([]string{a.Status}) + ". " + a.Doc)
}

// answerType is the Go type of a field that may not be set.
func answerType(v ir.Value) *jen.Statement {
	switch {
	case v.Type == ir.Text:
		return jen.Id("Optional").Types(jen.String())
	case v.Nullable, !ir.HasNil(v.Type):
		return jen.Id("Optional").Types(inner(v.Type))
	}
	return inner(v.Type)
}

// withoutContent says which statuses come without a body.
func withoutContent(a *ir.Answers) string {
	var list []string
	for _, answer := range a.List {
		if answer.Type == nil {
			list = append(list, answer.Status)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return " There is nothing else with " + statuses(list) + "."
}

// answersTable describes the fields of such a struct: their names are the
// statuses. One without a place is an answer without content, and no field.
func answersTable(f *jen.File, a *ir.Answers) {
	var l fieldLines
	for _, answer := range a.List {
		var says facts
		switch answer.Type {
		case nil:
		case ir.Text:
			says.constant("in", "inText")
		case ir.Stream:
			says.constant("in", "inBody")
		default:
			says.constant("in", "inJSON")
			says.add(detail(answer.Value))
		}
		l.line("\t", answer.Status, says)
	}
	p := parts{}
	p.lines(&l)
	f.Var().Id("table" + a.GoName).Op("=").Id("descriptor").Values(p...)
	leaf(f, a.GoName, "answers", "descriptor", "table"+a.GoName)
	f.Line()
}

// headersDoc says where the headers of answers are.
func headersDoc(op *ir.Operation) string {
	if op.Headers == nil {
		return ""
	}
	return "\n\n[WithHeaders] stores headers of the answer into a [" + op.Headers.GoName + "]."
}

// failureDoc says what errors hold where that is not what most do.
func failureDoc(op *ir.Operation) string {
	if !op.Unusual {
		return ""
	}
	var list []string
	rest := ""
	for _, failure := range op.Failures {
		text := "[" + failure.Type.GoName + "]"
		if slices.Contains(failure.Statuses, "default") {
			rest = text
		} else {
			list = append(list, text+" with status "+statuses(failure.Statuses))
		}
	}
	switch {
	case rest != "" && len(list) > 0:
		list = append(list, rest+" with any other")
	case rest != "":
		list = []string{rest}
	}
	return "\n\nThe body of an [Error] is of type " + joinedTexts(list) + "."
}

// statuses writes statuses for people.
func statuses(list []string) string {
	return strings.ReplaceAll(joinedTexts(list), "default", "any other")
}

// joinedTexts writes a list of alternatives.
func joinedTexts(list []string) string {
	last := len(list) - 1
	if last == 0 {
		return list[0]
	}
	return strings.Join(list[:last], ", ") + " or " + list[last]
}
