package diff

import (
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// primGo is the Go type of each primitive.
var primGo = map[ir.Prim]string{
	ir.Bool: "bool", ir.Int32: "int32", ir.Int64: "int64", ir.Uint64: "uint64", ir.Float64: "float64", ir.String: "string",
	ir.Bytes: "[]byte", ir.UnixTime: "UnixTime", ir.Raw: "Raw", ir.File: "Upload", ir.Stream: "Stream", ir.Text: "string",
}

// typeText is a type as Go has it.
func typeText(t ir.Type) string {
	switch t := t.(type) {
	case ir.Prim:
		return primGo[t]
	case *ir.Slice:
		return "[]" + elemText(t.Elem)
	case *ir.Map:
		return "map[string]" + elemText(t.Elem)
	case *ir.Expandable:
		return "Expandable[" + innerText(t.Object) + "]"
	case ir.Named:
		return t.TypeName()
	}
	return "nothing"
}

// innerText is a type inside of another, where a struct is a pointer.
func innerText(t ir.Type) string {
	if _, ok := t.(*ir.Struct); ok || t == ir.Stream {
		return "*" + typeText(t)
	}
	return typeText(t)
}

func elemText(v ir.Value) string {
	switch {
	case v.Nullable:
		return "Optional[" + innerText(v.Type) + "]"
	case v.Boxed:
		return innerText(v.Type)
	}
	return typeText(v.Type)
}

// fieldText is the type of a field.
func fieldText(role ir.Role, f *ir.Field) string {
	if optional(role, f) {
		return "Optional[" + innerText(f.Type) + "]"
	}
	return elemText(f.Value)
}

// optional tells whether a field is an Optional; the map for the other members
// is none.
func optional(role ir.Role, f *ir.Field) bool {
	return (f.Name != "" || f.In != "") && ir.IsOptional(role, f)
}

// resultText is what a method returns besides an error; "" for nothing.
func resultText(op *operation) string {
	switch v := op.Result; {
	case op.Answers != nil:
		return "*" + op.Answers.GoName
	case v.Type == nil:
		return ""
	case v.Nullable && !ir.HasNil(v.Type):
		return elemText(v)
	default:
		return innerText(v.Type)
	}
}

// signature is a method as it is called, without context and options.
func signature(op *operation) string {
	var args []string
	for _, p := range op.PathParams {
		if !p.Again {
			args = append(args, p.GoName+" "+typeText(p.Type))
		}
	}
	if op.Params != nil {
		args = append(args, "*"+op.Params.GoName)
	}
	out := "`" + op.symbol() + "(" + strings.Join(args, ", ") + ")"
	if result := resultText(op); result != "" {
		out += " " + result
	}
	return out + "`"
}

// primJSON is the type in JSON of each primitive.
var primJSON = map[ir.Prim]string{
	ir.Bool: "boolean", ir.Int32: "integer", ir.Int64: "integer", ir.Uint64: "integer", ir.Float64: "number", ir.String: "string",
	ir.Bytes: "base64 text", ir.UnixTime: "integer (Unix time)", ir.Raw: "any JSON", ir.File: "file", ir.Stream: "stream", ir.Text: "text",
}

// wireText is the type of a value in JSON.
func wireText(v ir.Value) string {
	text := jsonText(v.Type)
	if v.Nullable {
		text += " or null"
	}
	return text
}

func jsonText(t ir.Type) string {
	switch t := t.(type) {
	case ir.Prim:
		return primJSON[t]
	case *ir.Enum:
		return primJSON[t.Base]
	case *ir.Slice:
		return "array of " + wireText(t.Elem)
	case *ir.Expandable:
		return "id or " + jsonText(t.Object)
	case *ir.Map, *ir.Struct, *ir.Answers:
		return "object"
	case *ir.Union:
		return "one of several"
	}
	return "nothing"
}

func quoted(text string) string { return "`" + strings.ReplaceAll(text, "`", "'") + "`" }

// instead says that something is another now.
func instead(now, before string) string {
	return quoted(now) + " instead of " + quoted(before)
}

// toggled picks the text for what holds now, or no longer.
func toggled(now bool, is, no string) string {
	if now {
		return is
	}
	return no
}
