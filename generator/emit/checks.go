package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// ops names the support code's constant for each keyword of a rule.
var ops = map[string]string{
	"type": "opType", "enum": "opEnum", "const": "opConst",
	"minLength": "opMinLength", "maxLength": "opMaxLength", "pattern": "opPattern", "format": "opFormat",
	"minimum": "opMinimum", "maximum": "opMaximum",
	"exclusiveMinimum": "opExclusiveMinimum", "exclusiveMaximum": "opExclusiveMaximum", "multipleOf": "opMultipleOf",
	"minItems": "opMinItems", "maxItems": "opMaxItems", "uniqueItems": "opUniqueItems", "items": "opItems",
	"minProperties": "opMinProperties", "maxProperties": "opMaxProperties", "propertyNames": "opPropertyNames",
	"required": "opRequired", "property": "opProperty", "additionalProperties": "opAdditional",
	"dependentRequired": "opDependentRequired", "dependentSchemas": "opDependentSchema",
	"allOf": "opAllOf", "anyOf": "opAnyOf", "oneOf": "opOneOf", "not": "opNot", "if": "opIf", "false": "opNever",
}

// formats name the support code's variable of each format that it checks.
var formats = map[string]string{
	"date-time":             "formatDateTime",
	"date-time-local":       "formatDateTimeLocal",
	"date":                  "formatDate",
	"time":                  "formatTime",
	"time-local":            "formatTimeLocal",
	"duration":              "formatDuration",
	"uuid":                  "formatUUID",
	"decimal":               "formatDecimal",
	"char":                  "formatChar",
	"base64url":             "formatBase64URL",
	"json-pointer":          "formatJSONPointer",
	"relative-json-pointer": "formatRelativeJSONPointer",
	"email":                 "formatEmail",
	"hostname":              "formatHostname",
	"uri":                   "formatURI",
	"uri-reference":         "formatURIReference",
	"ipv4":                  "formatIPv4",
	"ipv6":                  "formatIPv6",
}

// check returns the assertions for a list of rules.
func check(rules []*ir.Rule) *jen.Statement {
	return jen.Id("check").Values(assertions(rules)...)
}

func assertions(rules []*ir.Rule) []jen.Code {
	var out []jen.Code
	for _, r := range rules {
		out = append(out, jen.Values(assertion(r)...))
	}
	return out
}

func assertion(r *ir.Rule) []jen.Code {
	op, ok := ops[r.Keyword]
	if !ok {
		panic("emit: unknown keyword " + r.Keyword)
	}
	p := parts{}
	p.name("op", op)
	if r.Note != "" {
		p.add("note", lit(r.Note))
	}
	argument(&p, r)
	return p
}

// argument adds what a keyword asserts.
func argument(p *parts, r *ir.Rule) {
	switch r.Keyword {
	case "type":
		p.add("n", jen.Int().Call(typeSet(r.Types)))
	case "enum", "const":
		p.add("vals", jen.Index().Id("literal").ValuesFunc(func(g *jen.Group) {
			for _, v := range r.Values {
				g.Values(literal(v)...)
			}
		}))
	case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties":
		p.add("n", number(r.Number))
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
		p.add("f", number(r.Number))
	case "pattern":
		p.add("re", jen.Op("&").Id("pattern").Values(jen.Id("expr").Op(":").Add(lit(r.Text))))
	case "format":
		p.add("is", jen.Op("&").Id(formats[r.Text]))
	case "allOf", "anyOf", "oneOf", "if":
		p.add("subs", jen.Index().Id("check").ValuesFunc(func(g *jen.Group) {
			for _, sub := range r.Subs {
				g.Values(assertions(sub)...)
			}
		}))
	default:
		texts(p, r)
	}
}

// texts adds the member names and the one subschema that the other keywords
// have.
func texts(p *parts, r *ir.Rule) {
	if r.Text != "" || r.Keyword == "property" {
		p.add("s", lit(r.Text))
	}
	if len(r.Names) > 0 {
		p.add("names", stringList(r.Names))
	}
	if len(r.Subs) > 0 {
		p.add("sub", check(r.Subs[0]))
	}
}

func stringList(list []string) *jen.Statement {
	return jen.Index().String().ValuesFunc(func(g *jen.Group) {
		for _, s := range list {
			g.Add(lit(s))
		}
	})
}

var typeNames = map[string]string{
	"null": "typeNull", "boolean": "typeBoolean", "integer": "typeInteger", "number": "typeNumber",
	"string": "typeString", "array": "typeArray", "object": "typeObject",
}

func typeSet(types []string) *jen.Statement {
	set := jen.Null()
	for i, t := range types {
		if i > 0 {
			set.Op("|")
		}
		set.Id(typeNames[t])
	}
	return set
}

func literal(v ir.Literal) []jen.Code {
	p := parts{}
	p.name("typ", typeNames[v.Type])
	if v.Text != "" && v.Type != "null" {
		p.add("str", lit(v.Text))
	}
	if v.Type == "integer" || v.Type == "number" {
		p.add("num", number(v.Text))
	}
	return p
}

// number returns a numeric literal as the document writes it. What is no
// number by Go's rules never reaches the output.
func number(text string) *jen.Statement {
	text = strings.TrimPrefix(text, "+")
	if _, err := strconv.ParseFloat(text, 64); err != nil || strings.ContainsAny(text, "_xXpPnN") {
		panic("emit: not a number: " + strconv.Quote(text))
	}
	return jen.Op(text)
}
