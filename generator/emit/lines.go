package emit

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/generator/ir"
)

// facts are what a table says of a value, in the words of the support code's
// member: for a line about a field, and for the composite literal of a value
// that has no line, as the elements of a list.
type facts struct {
	words   []string
	refs    []jen.Code // what the words "of" and "check" stand for
	fields  *ir.Struct // described by the lines below, unless nil
	literal parts
}

func (s *facts) flag(key string, set bool) {
	if set {
		s.words = append(s.words, key)
		s.literal.flag(key, true)
	}
}

// word adds what a line says in one word, and a literal in Go.
func (s *facts) word(key, value string, literal jen.Code) {
	s.words = append(s.words, key+"="+value)
	s.literal.add(key, literal)
}

func (s *facts) ref(key string, to jen.Code) {
	s.words, s.refs = append(s.words, key), append(s.refs, to)
	s.literal.add(key, to)
}

func (s *facts) add(more facts) {
	s.words, s.refs = append(s.words, more.words...), append(s.refs, more.refs...)
	s.literal = append(s.literal, more.literal...)
	if more.fields != nil {
		s.fields = more.fields
	}
}

// fieldLines are lines about fields, and what they refer to.
type fieldLines struct {
	text strings.Builder
	refs []jen.Code
}

// linesOf describes the fields of a struct, whose values travel at in unless
// they say so.
func linesOf(s *ir.Struct, in ir.Location) *fieldLines {
	var l fieldLines
	l.structLines("\t", s, in)
	return &l
}

func (l *fieldLines) structLines(indent string, s *ir.Struct, in ir.Location) {
	for _, f := range s.Fields {
		l.line(indent, f.Name, fieldFacts(f, in))
	}
}

func (l *fieldLines) line(indent, name string, says facts) {
	l.text.WriteString(indent + strings.Join(append([]string{lineWord(name)}, says.words...), " ") + "\n")
	l.refs = append(l.refs, says.refs...)
	if says.fields != nil {
		l.structLines(indent+"\t", says.fields, "")
	}
}

// lines adds lines to a table, which takes them for the whole of its fields.
func (p *parts) lines(l *fieldLines) {
	if l.text.Len() == 0 {
		return
	}
	p.add("fields", jen.Op("`\n"+l.text.String()+"`"))
	if len(l.refs) > 0 {
		p.add("refs", jen.Index().Any().ValuesFunc(func(g *jen.Group) {
			for _, ref := range l.refs {
				g.Line().Add(ref)
			}
			g.Line()
		}))
	}
}

// lineWord is a word of a line, quoted where it would be read as several, or
// not as what it is.
func lineWord(s string) string {
	plain := func(r rune) bool {
		return r < 0x80 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-.@_$", r))
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return s
	}
	return strings.NewReplacer(" ", `\x20`, "`", `\x60`).Replace(strconv.Quote(s))
}

// locations and styles name the support code's constants; the first style is
// the zero value and is left out.
var (
	locations = map[ir.Location]string{ir.InQuery: "inQuery", ir.InForm: "inForm", ir.InHeader: "inHeader", ir.InCookie: "inCookie", ir.InJSON: "inJSON", ir.InMultipart: "inMultipart", ir.InBody: "inBody", ir.InText: "inText", ir.InPath: "inPath"}
	styles    = map[ir.Style]string{ir.StyleExplode: "styleExplode", ir.StyleForm: "styleForm", ir.StyleSpace: "styleSpace", ir.StylePipe: "stylePipe", ir.StyleJSON: "styleJSON",
		ir.StyleSimple: "styleSimple", ir.StyleLabel: "styleLabel", ir.StyleMatrix: "styleMatrix", ir.StyleContent: "styleContent"}
)

// constant adds constants of the support code, which lines have without their
// kind: inQuery is in=query there.
func (s *facts) constant(key string, names ...string) {
	var words []string
	literal := jen.Null()
	for i, name := range names {
		words = append(words, strings.ToLower(strings.TrimPrefix(name, key)))
		if i > 0 {
			literal.Op("|")
		}
		literal.Id(name)
	}
	s.word(key, strings.Join(words, "|"), literal)
}

// fieldFacts is what a table says of a field of a struct, whose values travel
// at in unless they say so.
func fieldFacts(f *ir.Field, in ir.Location) facts {
	var s facts
	s.flag("required", f.Required)
	s.flag("readOnly", f.ReadOnly)
	s.flag("writeOnly", f.WriteOnly)
	s.place(f, f.Type, in)
	s.add(detail(f.Value))
	return s
}

// place adds where a parameter travels whose values are of a type, unless that
// is in, and how it is spelled.
func (s *facts) place(f *ir.Field, of ir.Type, in ir.Location) {
	if name := locations[f.In]; f.In != in && name != "" {
		s.constant("in", name)
	}
	if isSpelled(f) {
		s.constant("style", spelledStyle(f)...)
	} else if name := styles[f.Style]; name != "" && (hasParts(of) || f.Style == ir.StyleJSON) {
		s.constant("style", name)
	}
}

// isSpelled tells whether a parameter is for the operation's speller.
func isSpelled(f *ir.Field) bool { return f.Exploded || f.Reserved || f.Spelled }

// isStyled tells whether a parameter whose values are of a type is in another
// style than deepObject.
func isStyled(f *ir.Field, of ir.Type) bool { return hasParts(of) && styles[f.Style] != "" }

// spelledStyle is a style with its flags. One of these would do for the support
// code to know what is for the speller, but they have other meanings, too.
func spelledStyle(f *ir.Field) []string {
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
	return names
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

// detail says of a value what its Go type does not.
func detail(v ir.Value) facts {
	var s facts
	s.flag("null", v.Nullable || v.NullToo)
	s.flag("untyped", v.NullToo)
	switch t := v.Type.(type) {
	case *ir.Enum:
		s.flag("open", t.Base == ir.String && isOpen(v.Rules))
	case *ir.Union:
		s.flag("open", t.Open)
	}
	s.rules(v)
	switch t := v.Type.(type) {
	case *ir.Enum:
		if t.Base == ir.String {
			s.ref("of", enumOf(t))
		}
	case *ir.Union:
		s.ref("of", leadsTo(t))
	case ir.Prim:
		if t == ir.Float64 {
			s.ref("of", jen.Op("&").Id("floats"))
		}
	case *ir.Struct:
		s.inline(t)
	case *ir.Slice:
		s.elem(t.Elem)
	case *ir.Map:
		s.values(t.Elem)
	case *ir.Expandable:
		s.add(detail(ir.Value{Type: t.Object}))
	}
	return s
}

// enumOf is the list of what an enum may be.
func enumOf(e *ir.Enum) *jen.Statement { return jen.Op("&").Id("enum" + ir.Declared(e).TypeName()) }

// isOpen tells whether an enum may be what its list does not have, which a rule
// forbids.
func isOpen(rules []*ir.Rule) bool { return !slices.ContainsFunc(rules, (*ir.Rule).Listed) }

// rules adds the assertions about a value; the most frequent ones have words of
// their own, which in a list or a map are about what is within.
func (s *facts) rules(v ir.Value) {
	rules := notListed(v.Rules)
	if len(rules) > 0 && !hasElements(v.Type) {
		if n := maxLength(rules[0]); n > 0 {
			s.word("maxLength", strconv.Itoa(n), jen.Lit(n))
			rules = rules[1:]
		}
	}
	switch {
	case len(rules) == 1 && isText(rules[0]):
		s.words = append(s.words, "const="+lineWord(rules[0].Values[0].Text))
		s.literal.add("check", jen.Op("&").Add(check(rules)))
	case len(rules) > 0:
		s.ref("check", jen.Op("&").Add(check(rules)))
	}
}

// notListed leaves out the rule that an enum's own list stands for.
func notListed(rules []*ir.Rule) []*ir.Rule {
	return slices.DeleteFunc(slices.Clone(rules), (*ir.Rule).Listed)
}

// maxLength returns the length that a rule allows, if it says nothing more and
// the table has room for that. It is 0 otherwise: a length of 0 is for the table
// to say in another way.
func maxLength(r *ir.Rule) int {
	n, err := strconv.Atoi(r.Number)
	if r.Keyword != "maxLength" || r.Note != "" || err != nil || n < 0 || n > math.MaxInt32 {
		return 0
	}
	return n
}

// isText tells whether a rule is a constant text and nothing more.
func isText(r *ir.Rule) bool {
	return r.Keyword == "const" && r.Note == "" && len(r.Values) == 1 && r.Values[0].Type == "string"
}

// inline describes a struct that has no table of its own. Nearly all of these
// have nothing but fields.
func (s *facts) inline(t *ir.Struct) {
	if !t.Inline {
		return
	}
	p := parts{}
	if len(t.Rules) > 0 {
		p.add("check", check(t.Rules))
	}
	p.lines(linesOf(t, ""))
	p.more(t, "")
	literal := jen.Op("&").Id("inline").Values(p...)
	if len(t.Rules) > 0 || t.More != nil || len(t.Fields) == 0 {
		s.ref("of", literal)
		return
	}
	s.fields = t
	s.literal.add("of", literal)
}

// more describes the field for the members that no other is for.
func (p *parts) more(s *ir.Struct, in ir.Location) {
	if s.More == nil {
		return
	}
	var m facts
	m.place(s.More, s.More.Type.(*ir.Map).Elem.Type, in)
	m.add(detail(s.More.Value))
	p.add("more", jen.Op("&").Id("member").Values(m.literal...))
}

// elem describes what is within a list or a map, if there is anything to say.
func (s *facts) elem(v ir.Value) {
	inner := detail(v)
	switch {
	case isBrief(v):
		s.add(inner)
	case len(inner.literal) > 0:
		s.ref("of", jen.Op("&").Id("member").Values(inner.literal...))
	}
}

// isBrief tells whether all there is to say of an element is for words that a
// list's own line has no use for.
func isBrief(v ir.Value) bool {
	rules := notListed(v.Rules)
	_, expandable := v.Type.(*ir.Expandable)
	return !v.Nullable && !v.NullToo && !hasElements(v.Type) && !expandable && (len(rules) == 0 || len(rules) == 1 && maxLength(rules[0]) > 0)
}

func hasElements(t ir.Type) bool {
	_, ok := ir.Element(t)
	return ok
}

// values describes what a map holds. What is neither a plain text nor a plain
// integer brings what handles such maps along, which most programs don't need.
func (s *facts) values(v ir.Value) {
	if of, ok := v.Type.(ir.Prim); ok && !v.Nullable && (primGo[of] == "string" || primGo[of] == "int64") {
		s.elem(v)
		return
	}
	inner := detail(v)
	if len(inner.literal) == 0 {
		s.ref("of", jen.Op("&").Id("otherMaps"))
		return
	}
	s.ref("of", jen.Op("&").Id("otherMap").Values(inner.literal...))
}
