package emit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/templates/support"
)

// ops names the support code's constant for each keyword of a rule.
var ops = map[string]string{
	"type": "opType", "enum": "opEnum", "const": "opConst",
	"minLength": "opMinLength", "maxLength": "opMaxLength", "pattern": "opPattern", "format": "opFormat",
	"minimum": "opMinimum", "maximum": "opMaximum",
	"exclusiveMinimum": "opExclusiveMinimum", "exclusiveMaximum": "opExclusiveMaximum",
	"minItems": "opMinItems", "maxItems": "opMaxItems", "items": "opItems",
	"propertyNames": "opPropertyNames", "required": "opRequired", "property": "opProperty",
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
	p := parts{}
	op, common := ops[r.Keyword]
	by := keyword(r)
	switch {
	case by != nil:
		op = "opKeyword"
	case !common:
		panic("emit: unknown keyword " + r.Keyword)
	}
	p.name("op", op)
	if r.Note != "" {
		p.add("note", lit(r.Note))
	}
	if by != nil {
		p.add("of", by)
	} else {
		argument(&p, r)
	}
	return p
}

// keyword is the assertion of a keyword that brings its code along, nil for the
// others.
func keyword(r *ir.Rule) *jen.Statement {
	address := func(name string, fields ...jen.Code) *jen.Statement { return jen.Op("&").Id(name).Values(fields...) }
	switch r.Keyword {
	case "$ref":
		return address("referred", leadsToCheck(r.Check))
	case "form":
		return address("formMembers", check(r.Subs[0]))
	case "uniqueItems":
		return address(r.Keyword)
	case "minProperties", "maxProperties":
		return address(r.Keyword, number(r.Number))
	case "additionalProperties":
		return additional(r)
	case "dependentRequired":
		return address(r.Keyword, lit(r.Text), stringList(r.Names))
	case "dependentSchemas":
		return address("dependentSchema", lit(r.Text), check(r.Subs[0]))
	case "prefixItems":
		return address("prefixItems", checks(r.Subs))
	case "contains":
		most := jen.Lit(-1)
		if r.Most != "" {
			most = number(r.Most)
		}
		return address("contains", check(r.Subs[0]), number(r.Number), most)
	case "patternProperty":
		return address("patternProperties", pattern(r.Text), check(r.Subs[0]))
	case "unevaluatedProperties", "unevaluatedItems":
		return address(r.Keyword, check(r.Subs[0]), check(r.Subs[1]))
	case "multipleOf":
		if ir.Rounds(r.Number) {
			return address("longMultiple", lit(r.Number))
		}
		return address("multiple", number(r.Number))
	case "enum", "const":
		if slices.ContainsFunc(r.Values, isNested) {
			return address("constants", jen.Id("name").Op(":").Add(lit(r.Keyword)), jen.Id("texts").Op(":").Add(stringList(texts(r.Values))))
		}
	}
	return nil
}

func additional(r *ir.Rule) *jen.Statement {
	p := parts{}
	if r.Names != nil {
		p.add("names", stringList(r.Names))
	}
	if r.Pattern != "" {
		p.add("re", pattern(r.Pattern))
	}
	if len(r.Subs) > 0 {
		p.add("sub", check(r.Subs[0]))
	}
	return jen.Op("&").Id("additional").Values(p...)
}

func isNested(v ir.Literal) bool { return v.Type == "array" || v.Type == "object" }

// texts writes constants as JSON.
func texts(values []ir.Literal) []string {
	var out []string
	for _, v := range values {
		text := v.Text
		if v.Type == "string" {
			quoted, _ := json.Marshal(text)
			text = string(quoted)
		}
		out = append(out, text)
	}
	return out
}

// pattern is what matches an expression: without package regexp where the
// support code can, and read by now.
func pattern(expr string) *jen.Statement {
	p := parts{}
	p.add("expr", lit(expr))
	start, list, end, ok := support.Sequence(expr)
	if !ok {
		return jen.Op("&").Id("pattern").Values(p...)
	}
	if start != "" {
		p.add("start", lit(start))
	}
	if len(list) > 0 {
		p.add("list", jen.Index().Id("run").ValuesFunc(func(g *jen.Group) {
			for _, r := range list {
				class := jen.Id("class").Values(hex(r.Class[0]), hex(r.Class[1]))
				g.Values(class, jen.Lit(r.Least), jen.Lit(r.Most))
			}
		}))
	}
	p.flag("end", end)
	return jen.Op("&").Id("sequence").Values(p...)
}

func hex(bits uint64) *jen.Statement { return jen.Op(fmt.Sprintf("%#x", bits)) }

func checks(subs [][]*ir.Rule) *jen.Statement {
	return jen.Index().Id("check").ValuesFunc(eachCheck(subs))
}

// eachCheck writes one check for each subschema.
func eachCheck(subs [][]*ir.Rule) func(*jen.Group) {
	return func(g *jen.Group) {
		for _, sub := range subs {
			g.Values(assertions(sub)...)
		}
	}
}

// checkVariable writes a check that others refer to. One that leads to itself is
// reached through a type with a method, as Go refuses variables that do.
func checkVariable(f *jen.File, c *ir.Check) {
	f.Var().Id("rules" + c.GoName).Op("=").Add(check(c.Rules))
	if c.Cyclic {
		f.Type().Id("cycle" + c.GoName).Struct()
		leaf(f, "cycle"+c.GoName, "rules", "check", "rules"+c.GoName)
	}
	f.Line()
}

func leadsToCheck(c *ir.Check) *jen.Statement {
	if c.Cyclic {
		return typedNil("cycle" + c.GoName)
	}
	return jen.Op("&").Id("rules" + c.GoName)
}

// argument adds what a keyword asserts.
func argument(p *parts, r *ir.Rule) {
	switch r.Keyword {
	case "type":
		p.add("n", jen.Int().Call(typeSet(r.Types)))
	case "enum", "const":
		p.add("of", jen.Op("&").Id("literals").ValuesFunc(func(g *jen.Group) {
			for _, v := range r.Values {
				g.Values(literal(v)...)
			}
		}))
	case "minLength", "maxLength", "minItems", "maxItems":
		p.add("n", number(r.Number))
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		if ir.Rounds(r.Number) {
			p.add("s", lit(r.Number))
		} else {
			p.add("f", number(r.Number))
		}
	case "pattern":
		p.add("of", pattern(r.Text))
	case "format":
		p.add("of", jen.Op("&").Id(formats[r.Text]))
	case "allOf", "anyOf", "oneOf", "if":
		p.add("of", jen.Op("&").Id("checks").ValuesFunc(eachCheck(r.Subs)))
	case "required":
		p.add("of", jen.Op("&").Id("memberNames").ValuesFunc(eachText(r.Names)))
	default:
		subschema(p, r)
	}
}

// subschema adds the one subschema that the other keywords have, and what says
// which members or items it is about.
func subschema(p *parts, r *ir.Rule) {
	if r.Keyword == "property" {
		p.add("s", lit(r.Text))
	}
	if r.Keyword == "items" && r.Number != "" {
		p.add("n", number(r.Number))
	}
	if len(r.Subs) > 0 {
		p.add("of", jen.Op("&").Add(check(r.Subs[0])))
	}
}

func stringList(list []string) *jen.Statement {
	return jen.Index().String().ValuesFunc(eachText(list))
}

func eachText(list []string) func(*jen.Group) {
	return func(g *jen.Group) {
		for _, s := range list {
			g.Add(lit(s))
		}
	}
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
