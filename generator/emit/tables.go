package emit

import (
	"math"
	"net/http"
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// tableFile is the mechanical file of some stems.
func tableFile(pkg string, group []*stem) *jen.File {
	f := newFile(pkg)
	for _, s := range group {
		stemTables(f, s)
	}
	return f
}

func stemTables(f *jen.File, s *stem) {
	enumLists(f, s)
	s.eachOperation(func(res *ir.Resource, op *ir.Operation) { operationTables(f, res, op) })
	for _, e := range s.events {
		eventTable(f, e)
	}
	for _, named := range s.types {
		switch t := named.(type) {
		case *ir.Struct:
			if !t.Inline && t.Same == nil {
				structTable(f, t, "")
			}
		case *ir.Enum:
			if t.Known && t.Same == nil {
				valuesMethod(f, t)
			}
		case *ir.Union:
			if t.Same == nil {
				unionTable(f, t)
			}
		}
	}
	for _, c := range s.checks {
		checkVariable(f, c)
	}
}

// operationTables writes the tables of an operation, of its parameters, and of
// an answer that is no struct.
func operationTables(f *jen.File, res *ir.Resource, op *ir.Operation) {
	operationTable(f, res, op)
	if op.Params != nil {
		structTable(f, op.Params, usualPlace(op))
	}
	if standsForResult(op) {
		resultTable(f, res, op)
	}
	if op.Answers != nil {
		answersTable(f, op.Answers)
	}
}

// usualPlace is where the parameters of an operation travel that don't say so.
// It follows from the method alone, so that no parameter changes another's
// line.
func usualPlace(op *ir.Operation) ir.Location {
	switch op.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		return ir.InForm
	}
	return ir.InQuery
}

// structTable writes what a struct's Go type does not say of it, and the
// methods that lead there. Of parameters, in is where most of them travel.
func structTable(f *jen.File, s *ir.Struct, in ir.Location) {
	p := parts{}
	p.flag("params", s.Role != ir.RoleObject)
	p.flag("untyped", s.Untyped)
	p.flag("whole", s.Whole)
	p.name("in", locations[in])
	if s.List != nil {
		p.add("list", listEntry(s.List))
	}
	if len(s.Rules) > 0 {
		p.add("check", check(s.Rules))
	}
	if len(s.Fields) > 0 {
		p.add("fields", members(s, in))
	}
	p.more(s, in)
	f.Var().Id("table" + s.GoName).Op("=").Id("descriptor").Values(p...)
	method := "table"
	if s.Role == ir.RoleHeaders {
		method = "headers"
	}
	leaf(f, s.GoName, method, "descriptor", "table"+s.GoName)
	if s.Root {
		rootMethods(f, s)
	}
	f.Line()
}

// rootMethods writes the methods by which encoding/json knows a struct that
// stands for itself. Those of others would cost more to compile than all else,
// for nobody to call.
func rootMethods(f *jen.File, s *ir.Struct) {
	f.Func().Params(jen.Id("v").Op("*").Id(s.GoName)).Id("UnmarshalJSON").Params(jen.Id("b").Index().Byte()).Error().Add(
		returning(jen.Id("unmarshal").Call(jen.Id("b"), jen.Id("v"))))
	f.Func().Params(jen.Id("v").Id(s.GoName)).Id("MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()).Add(
		returning(jen.Id("marshal").Call(jen.Op("&").Id("v"))))
}

// leaf writes a method that returns the address of a static variable and does
// nothing else: there is one for each type, and each is code to compile.
func leaf(f *jen.File, goType, method, result, variable string) {
	f.Func().Params(jen.Op("*").Id(goType)).Id(method).Params().Op("*").Id(result).Add(
		returning(jen.Op("&").Id(variable)))
}

// returning is the body of a function that returns a value, on the same line.
func returning(value jen.Code) *jen.Statement {
	return jen.Custom(jen.Options{Open: "{ ", Close: " }"}, jen.Return(value))
}

func listEntry(l *ir.List) *jen.Statement {
	p := parts{}
	for _, text := range []struct{ key, value string }{
		{"data", l.Data}, {"more", l.More}, {"url", l.URL}, {"after", l.After}, {"before", l.Before},
		{"next", l.Next}, {"page", l.Page}, {"itemID", l.ItemID},
	} {
		if text.value != "" {
			p.add(text.key, lit(text.value))
		}
	}
	return jen.Op("&").Id("list").Values(p...)
}

// members describes the fields of a struct, a line for each.
func members(s *ir.Struct, in ir.Location) *jen.Statement {
	return jen.Index().Id("member").Values(memberLines(s, in)...)
}

func memberLines(s *ir.Struct, in ir.Location) []jen.Code {
	var out []jen.Code
	for _, f := range s.Fields {
		out = append(out, jen.Line().Values(fieldParts(f, in)...))
	}
	return append(out, jen.Line())
}

// locations and styles name the support code's constants; the first style is
// the zero value and is left out.
var (
	locations = map[ir.Location]string{ir.InQuery: "inQuery", ir.InForm: "inForm", ir.InHeader: "inHeader", ir.InCookie: "inCookie", ir.InJSON: "inJSON", ir.InMultipart: "inMultipart", ir.InBody: "inBody", ir.InText: "inText", ir.InPath: "inPath"}
	styles    = map[ir.Style]string{ir.StyleExplode: "styleExplode", ir.StyleForm: "styleForm", ir.StyleSpace: "styleSpace", ir.StylePipe: "stylePipe", ir.StyleJSON: "styleJSON",
		ir.StyleSimple: "styleSimple", ir.StyleLabel: "styleLabel", ir.StyleMatrix: "styleMatrix", ir.StyleContent: "styleContent"}
)

func fieldParts(f *ir.Field, in ir.Location) []jen.Code {
	p := parts{}
	p.add("name", lit(f.Name))
	p.flag("required", f.Required)
	p.flag("readOnly", f.ReadOnly)
	p.flag("writeOnly", f.WriteOnly)
	if f.In != in {
		p.name("in", locations[f.In])
	}
	p.style(f, f.Type)
	return append(p, detail(f.Value)...)
}

// style adds how a parameter is spelled whose values are of a type.
func (p *parts) style(f *ir.Field, of ir.Type) {
	if isSpelled(f) {
		p.add("style", spelledStyle(f))
	} else if hasParts(of) || f.Style == ir.StyleJSON {
		p.name("style", styles[f.Style])
	}
}

// isSpelled tells whether a parameter is for the operation's speller.
func isSpelled(f *ir.Field) bool { return f.Exploded || f.Reserved || f.Spelled }

// isStyled tells whether a parameter whose values are of a type is in another
// style than deepObject.
func isStyled(f *ir.Field, of ir.Type) bool { return hasParts(of) && styles[f.Style] != "" }

// spelledStyle is a style with its flags. One of these would do for the support
// code to know what is for the speller, but they have other meanings, too.
func spelledStyle(f *ir.Field) *jen.Statement {
	var names []string
	if name := styles[f.Style]; name != "" {
		names = append(names, name)
	}
	for _, flag := range []struct {
		set  bool
		name string
	}{{f.Exploded, "styleExploded"}, {f.Reserved, "styleReserved"}, {f.Spelled && f.Style != ir.StyleContent, "styleSpelled"}} {
		if flag.set {
			names = append(names, flag.name)
		}
	}
	out := jen.Id(names[0])
	for _, name := range names[1:] {
		out.Op("|").Id(name)
	}
	return out
}

// hasParts tells whether a style says how a value is spelled: the styles only
// differ in what they do with lists and objects.
func hasParts(t ir.Type) bool {
	switch t.(type) {
	case *ir.Slice, *ir.Map, *ir.Struct:
		return true
	}
	return false
}

// parts are the keys and values of a composite literal on one line.
type parts []jen.Code

func (p *parts) add(key string, value jen.Code) { *p = append(*p, jen.Id(key).Op(":").Add(value)) }

func (p *parts) flag(key string, set bool) {
	if set {
		p.add(key, jen.True())
	}
}

func (p *parts) name(key, ident string) {
	if ident != "" {
		p.add(key, jen.Id(ident))
	}
}

// rules adds the assertions about a value; the most frequent one has a key of its
// own, which in a list or a map is about what is within.
func (p *parts) rules(v ir.Value) {
	rules := notListed(v.Rules)
	if len(rules) > 0 && isMaxLength(rules[0]) && !hasElements(v.Type) {
		p.add("maxLength", number(rules[0].Number))
		rules = rules[1:]
	}
	if len(rules) > 0 {
		p.add("check", jen.Op("&").Add(check(rules)))
	}
}

// isMaxLength tells whether a rule is a length and nothing more, one that has
// room in the table, and not 0, which would stand for none.
func isMaxLength(r *ir.Rule) bool {
	n, err := strconv.Atoi(r.Number)
	return r.Keyword == "maxLength" && r.Note == "" && err == nil && n > 0 && n <= math.MaxInt32
}

// detail says of a value what its Go type does not. What may take several
// lines comes last.
func detail(v ir.Value) parts {
	p := parts{}
	p.flag("null", v.Nullable || v.NullToo)
	p.flag("untyped", v.NullToo)
	switch t := v.Type.(type) {
	case *ir.Enum:
		p.enum("of", t, v.Rules)
	case *ir.Union:
		p.add("of", leadsTo(t))
		p.flag("open", t.Open)
	case ir.Prim:
		if t == ir.Float64 {
			p.add("of", jen.Op("&").Id("floats"))
		}
	}
	p.rules(v)
	switch t := v.Type.(type) {
	case *ir.Struct:
		p.inline(t)
	case *ir.Slice:
		p.elem(t.Elem)
	case *ir.Map:
		p.values(t.Elem)
	case *ir.Expandable:
		p = append(p, detail(ir.Value{Type: t.Object})...)
	}
	return p
}

// notListed leaves out the rule that an enum's own list stands for.
func notListed(rules []*ir.Rule) []*ir.Rule {
	return slices.DeleteFunc(slices.Clone(rules), (*ir.Rule).Listed)
}

func (p *parts) enum(key string, e *ir.Enum, rules []*ir.Rule) {
	if e.Base == ir.String {
		p.add(key, jen.Op("&").Id("enum"+ir.Declared(e).TypeName()))
		p.flag("open", !slices.ContainsFunc(rules, (*ir.Rule).Listed))
	}
}

// inline describes a struct that has no table of its own.
func (p *parts) inline(s *ir.Struct) {
	if !s.Inline {
		return
	}
	in := parts{}
	if len(s.Rules) > 0 {
		in.add("rules", check(s.Rules))
	}
	in.add("fields", members(s, ""))
	in.more(s, "")
	if len(in) == 1 {
		p.add("of", jen.Op("&").Index(jen.Op("...")).Id("member").Values(memberLines(s, "")...))
		return
	}
	p.add("of", jen.Op("&").Id("inline").Values(in...))
}

// more describes the field for the members that no other is for.
func (p *parts) more(s *ir.Struct, in ir.Location) {
	if s.More == nil {
		return
	}
	m := parts{}
	if s.More.In != in {
		m.name("in", locations[s.More.In])
	}
	m.style(s.More, s.More.Type.(*ir.Map).Elem.Type)
	m = append(m, detail(s.More.Value)...)
	p.add("more", jen.Op("&").Id("member").Values(m...))
}

// elem describes what is within a list or a map, if there is anything to say.
func (p *parts) elem(v ir.Value) {
	inner := detail(v)
	switch {
	case isBrief(v):
		*p = append(*p, inner...)
	case len(inner) > 0:
		p.add("of", jen.Op("&").Id("member").Values(inner...))
	}
}

// isBrief tells whether all there is to say of an element is for keys that a
// list's own member has no use for.
func isBrief(v ir.Value) bool {
	rules := notListed(v.Rules)
	_, expandable := v.Type.(*ir.Expandable)
	return !v.Nullable && !v.NullToo && !hasElements(v.Type) && !expandable && (len(rules) == 0 || len(rules) == 1 && isMaxLength(rules[0]))
}

func hasElements(t ir.Type) bool {
	_, ok := ir.Element(t)
	return ok
}

// values describes what a map holds. What is neither a plain text nor a plain
// integer brings what handles such maps along, which most programs don't need.
func (p *parts) values(v ir.Value) {
	if of, ok := v.Type.(ir.Prim); ok && !v.Nullable && (primGo[of] == "string" || primGo[of] == "int64") {
		p.elem(v)
		return
	}
	p.add("of", jen.Op("&").Id("otherMap").Values(detail(v)...))
}

// enumLists writes the lists of what each enum of a stem may be, a line for
// each. Tables refer to those of strings, and callers ask for those that are
// known.
func enumLists(f *jen.File, s *stem) {
	found := false
	for _, named := range s.types {
		e, ok := named.(*ir.Enum)
		if !ok || e.Same != nil || e.Base == ir.Int64 && !e.Known {
			continue
		}
		found = true
		f.Var().Id("enum" + e.GoName).Op("=").Id("enum").ValuesFunc(func(g *jen.Group) {
			for _, v := range valuesOf(e) {
				g.Add(lit(v))
			}
		})
	}
	if found {
		f.Line()
	}
}

// valuesOf returns an enum's values as the support code expects them: as text,
// and sorted bytewise.
func valuesOf(e *ir.Enum) []string {
	var out []string
	for _, v := range e.Values {
		out = append(out, v.Value)
	}
	slices.Sort(out)
	return out
}

// valuesMethod leads from an enum to its list, for Known and KnownValues.
func valuesMethod(f *jen.File, e *ir.Enum) {
	leaf(f, e.GoName, "values", "enum", "enum"+e.GoName)
	f.Line()
}
