package lower

import (
	"cmp"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// constant is one value that a schema lists.
type constant struct {
	value      any
	pointer    string
	name       string // Go words that the document suggests
	doc        string
	deprecated bool
}

// enumSource is one list of constants.
type enumSource struct {
	place  place
	values []constant
	open   bool     // others may come: there is a plain type beside the list
	types  []string // that values may be of; none for any
}

// constants returns the scalars that a schema lists, without null.
func constants(s *openapi3.Schema) []constant {
	if s.Const != nil {
		return []constant{{value: s.Const, pointer: "/const"}}
	}
	var out []constant
	for i, v := range s.Enum {
		if v != nil {
			out = append(out, constant{value: v, pointer: "/enum/" + strconv.Itoa(i), name: listedAt(s, "x-enum-varnames", i, v), doc: enumDoc(s, i, v)})
		}
	}
	return out
}

func enumDoc(s *openapi3.Schema, i int, v any) string {
	return either(listedAt(s, "x-enumDescriptions", i, v), listedAt(s, "x-enum-descriptions", i, v))
}

// listedAt reads an extension that goes with enum: a list in the same order,
// or an object by value.
func listedAt(s *openapi3.Schema, key string, i int, v any) string {
	switch list := s.Extensions[key].(type) {
	case []any:
		if i < len(list) {
			word, _ := list[i].(string)
			return word
		}
	case map[string]any:
		word, _ := list[text(v)].(string)
		return word
	}
	return ""
}

// oneType returns the JSON type that all constants have. Integers are numbers.
func oneType(list []constant) (string, bool) {
	kind := ""
	for _, c := range list {
		k := literalType(c.value)
		switch {
		case k == "":
			return "", false
		case kind == "" || kind == k:
			kind = k
		case len(common([]string{kind}, []string{k})) > 0:
			kind = "number"
		default:
			return "", false
		}
	}
	return kind, kind != ""
}

// literalType returns the JSON type of a scalar, "" for what is none.
func literalType(v any) string {
	switch v := v.(type) {
	case string:
		return "string"
	case rounded:
		return numberLiteral(string(v)).Type
	case bool:
		return "boolean"
	case float64:
		if isInt64(v) {
			return "integer"
		}
		return "number"
	case int, int64, uint64:
		return "integer"
	case nil:
		return "null"
	}
	return ""
}

// wholeType is literalType for which a number without a fraction is an integer,
// however large.
func wholeType(v any) string {
	if f, ok := v.(float64); ok && f == math.Trunc(f) {
		return "integer"
	}
	if text, ok := v.(rounded); ok {
		if len(text) > 100 || strings.ContainsAny(string(text), "eE") {
			return "number" // of no use to anybody
		}
		if n, ok := new(big.Rat).SetString(string(text)); ok && n.IsInt() {
			return "integer"
		}
	}
	return literalType(v)
}

// isInt64 tells whether a number is an integer that an int64 can hold: outside
// of that range, a conversion gives each processor's own answer.
func isInt64(v float64) bool { return v >= -1<<63 && v < 1<<63 && v == math.Trunc(v) }

// text writes a scalar as JSON does, a string without its quotes.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case rounded:
		return numberLiteral(string(v)).Text
	case bool:
		return strconv.FormatBool(v)
	case float64:
		if isInt64(v) {
			return strconv.FormatInt(int64(v), 10)
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case uint64:
		return strconv.FormatUint(v, 10)
	}
	return "null"
}

// sources returns every list of constants that applies.
func (l *lowerer) sources(f *facts, choices []*choice) []enumSource {
	var out []enumSource
	for i, p := range f.parts {
		if list := constants(p.schema()); len(list) > 0 {
			if i > 0 {
				describeOnly(list, p.schema())
			}
			out = append(out, enumSource{place: p, values: l.anchored(p, list)})
		}
	}
	for _, c := range choices {
		src := enumSource{place: c.place}
		src.types, _ = f.types()
		for _, m := range c.members {
			l.addSource(&src, m)
		}
		out = append(out, src)
	}
	return out
}

// anchored makes the pointers of constants whole, and their numbers what the
// document's text says.
func (l *lowerer) anchored(p place, list []constant) []constant {
	for i := range list {
		list[i].pointer = p.pointer + list[i].pointer
		if _, ok := list[i].value.(float64); ok {
			if written, ok := l.text(list[i].pointer); ok && ir.Rounds(written) {
				list[i].value = rounded(written)
			}
		}
	}
	return list
}

func isRounded(c constant) bool {
	_, ok := c.value.(rounded)
	return ok
}

// rounded is a number, as the document writes it, that float64 does not hold.
type rounded string

// addSource adds the constants of one alternative, described as it is.
func (l *lowerer) addSource(src *enumSource, m place) {
	q, ok := l.follow(m)
	if !ok {
		return
	}
	list := constants(q.schema())
	if own := q.schema().Type.Slice(); len(list) == 0 && len(q.schema().OneOf) == 0 &&
		(len(own) == 0 || len(src.types) == 0 || len(common(own, src.types)) > 0) {
		src.open = true // a plain type beside the list
	}
	describeOnly(list, q.schema())
	src.values = append(src.values, l.anchored(q, list)...)
	for i, inner := range q.schema().OneOf {
		l.addSource(src, q.at(inner, "oneOf", strconv.Itoa(i)))
	}
}

// describeOnly describes an only constant as its schema is, which stands
// among alternatives.
func describeOnly(list []constant, s *openapi3.Schema) {
	if len(list) == 1 {
		list[0].doc = either(list[0].doc, either(s.Description, s.Title))
		list[0].deprecated = s.Deprecated
	}
}

// enumValue is a schema that lists its values.
func (l *lowerer) enumValue(f *facts, choices []*choice) ir.Value {
	all := l.sources(f, choices)
	src, rules := l.narrowest(all)
	v := l.enumOf(f, src)
	v.Rules = append(v.Rules, rules...)
	for _, c := range choices {
		if !l.listsAll(c) {
			v.Rules = append(v.Rules, l.choiceRules(c, "")...)
		}
	}
	return v
}

// listsAll tells whether the values that alternatives list are all that they
// say, but for a plain type in an anyOf, which opens the list. By a oneOf, what
// two of them list is not valid.
func (l *lowerer) listsAll(c *choice) bool {
	return !(c.keyword == "oneOf" && l.listTwice(c)) && !slices.ContainsFunc(c.members, func(m place) bool {
		_, listed, _ := l.scalar(m)
		return !listed && (c.keyword != "anyOf" || !bare(m))
	})
}

// listTwice tells whether a value is in the lists of two alternatives.
func (l *lowerer) listTwice(c *choice) bool {
	seen := map[string]bool{}
	for _, m := range c.members {
		var src enumSource
		l.addSource(&src, m)
		own := map[string]bool{}
		for _, v := range src.values {
			own[literalType(v.value)+text(v.value)] = true
		}
		for value := range own {
			if seen[value] {
				return true
			}
			seen[value] = true
		}
	}
	return false
}

// narrowest picks the list that decides the type; the others are assertions.
func (l *lowerer) narrowest(all []enumSource) (enumSource, []*ir.Rule) {
	best := 0
	for i, src := range all {
		if len(src.values) < len(all[best].values) {
			best = i
		}
	}
	var rules []*ir.Rule
	for i, src := range all {
		if i != best && !src.open {
			rules = append(rules, enumRule(src.place.pointer, src.values))
		}
	}
	return all[best], rules
}

// rules holds values to the list, unless an alternative beside it opens it.
func (src enumSource) rules() []*ir.Rule {
	if src.open {
		return nil
	}
	return []*ir.Rule{enumRule(src.place.pointer, src.values)}
}

func enumRule(pointer string, values []constant) *ir.Rule {
	r := &ir.Rule{Keyword: "enum", Pointer: pointer}
	for _, c := range values {
		r.Values = append(r.Values, ir.Literal{Type: literalType(c.value), Text: text(c.value)})
	}
	slices.SortFunc(r.Values, func(a, b ir.Literal) int { return strings.Compare(a.Type+a.Text, b.Type+b.Text) })
	r.Values = slices.Compact(r.Values)
	return r
}

// enumOf returns the type of a list of constants.
func (l *lowerer) enumOf(f *facts, src enumSource) ir.Value {
	v := ir.Value{}
	if f.place.role == ir.RoleParams && len(src.values) > 1 {
		kept := slices.DeleteFunc(slices.Clone(src.values), func(c constant) bool { return c.value == "" })
		v.Nullable = len(kept) < len(src.values)
		src.values = kept
	}
	if types, named := f.types(); named {
		kept := l.ofTypes(src, types)
		if len(kept) == 0 { // none is left: the list stays an assertion
			v.Type, v.Rules = l.plain(f).value.Type, src.rules()
			return v
		}
		src.values = kept
	}
	kind, ok := oneType(src.values)
	switch {
	case ok && kind == "number" && slices.ContainsFunc(src.values, isRounded):
		l.note(src.place.pointer, "long-number", "some of the numbers listed here have more digits than float64 holds: this is raw JSON")
		v.Type = ir.Raw
		v.Rules = src.rules()
	case ok && isConst(f, src):
		v.Type = map[string]ir.Type{"string": ir.String, "boolean": ir.Bool, "number": ir.Float64, "integer": ir.Int64}[kind]
		v.Rules = []*ir.Rule{constRule(src)}
	case ok && (kind == "string" && !onlyEmpty(src.values) || kind == "integer"):
		v.Type, v.Rules = l.declareEnum(f, src, kind)
	case ok:
		v.Type = map[string]ir.Type{"boolean": ir.Bool, "number": ir.Float64, "string": ir.String}[kind]
		v.Rules = src.rules()
	default:
		l.note(src.place.pointer, "mixed-enum", "the values listed here are of several types: this is raw JSON")
		v.Type = ir.Raw
		v.Rules = src.rules()
	}
	return v
}

// ofTypes returns the values of a list that are of one of some types, and notes
// the others: no value can be both.
func (l *lowerer) ofTypes(src enumSource, types []string) []constant {
	kept := slices.DeleteFunc(slices.Clone(src.values), func(c constant) bool {
		return !within([]string{wholeType(c.value)}, types)
	})
	if len(kept) < len(src.values) {
		l.note(src.place.pointer, "enum-type", "some of the values listed here are not of type %s, so that they are never valid: correct the type or the values", strings.Join(types, " or "))
	}
	return kept
}

// isConst tells whether a member of an object has one value: nobody chooses
// there, so it needs no type of its own. The schema says const, or lists one
// text for a member that has to be there. A parameter's only value is a
// constant that a caller can name.
func isConst(f *facts, src enumSource) bool {
	p := f.place
	if p.role != ir.RoleObject || len(src.values) != 1 {
		return false
	}
	_, isText := src.values[0].value.(string)
	return p.schema().Const != nil || p.required && isText && len(constants(p.schema())) == 1 && !src.open && !isOpen(f)
}

func constRule(src enumSource) *ir.Rule {
	r := enumRule(src.place.pointer, src.values)
	r.Keyword = "const"
	return r
}

// onlyEmpty tells whether the empty text is all that is listed.
func onlyEmpty(list []constant) bool { return len(list) == 1 && list[0].value == "" }

// declareEnum returns the enum that a list of constants belongs to, and the rule
// that holds a value to this list, unless it is open.
func (l *lowerer) declareEnum(f *facts, src enumSource, kind string) (*ir.Enum, []*ir.Rule) {
	key := enumKey{l.enumName(f.place), ir.String}
	if kind == "integer" {
		key.base = ir.Int64
	}
	if l.shared[key] == nil {
		e := &ir.Enum{GoName: key.name, Base: key.base}
		l.shared[key] = &sharedEnum{enum: e, stem: key.name}
		l.api.Types = append(l.api.Types, e)
	}
	all := l.shared[key]
	list := &listing{place: f.place, values: src.values}
	all.lists = append(all.lists, list)
	l.declared[f.place.pointer] = all.enum
	if src.open || isOpen(f) {
		return all.enum, nil
	}
	rule := enumRule(src.place.pointer, src.values)
	l.register(list, rule)
	return all.enum, []*ir.Rule{rule}
}

// isOpen tells whether the document says that other values may come.
func isOpen(f *facts) bool {
	return slices.ContainsFunc(f.parts, func(p place) bool {
		return p.schema().Extensions["x-stripeBypassValidation"] == true || p.schema().Extensions["x-extensible-enum"] != nil
	})
}

// addValues names the constants of an enum, each of which is there once, and
// sorts them.
func (l *lowerer) addValues(all *sharedEnum, list []constant) {
	e := all.enum
	for _, c := range list {
		v := &ir.EnumValue{GoName: l.constantName(all.stem, c), Value: text(c.value), Doc: plainText(c.doc), Deprecated: c.deprecated}
		e.Values = append(e.Values, v)
		l.claim(v.GoName, l.unlessGiven(claim{pointer: c.pointer, keys: []string{c.pointer}, rank: rankConstant}))
	}
	slices.SortFunc(e.Values, func(a, b *ir.EnumValue) int { return compareValues(e.Base, a.Value, b.Value) })
}

// constantName names a constant by its enum's name and its value.
func (l *lowerer) constantName(enum string, c constant) string {
	if name, ok := l.override(c.pointer); ok {
		return name
	}
	word := c.word()
	lockKey := c.pointer
	if l.opts.Lock != nil {
		lockKey = c.lockKey()
	}
	return l.nameAs(lockKey, c.pointer, names.Join(enum, l.names.Tail(word)), names.Join(enum, l.names.Cased(word)),
		names.Join(enum+"Value", l.names.Tail(word)), enum+"Value"+l.names.Spelled(word))
}

// lockKey tells a constant by its value, as it may come to stand elsewhere in the
// list.
func (c constant) lockKey() string {
	list, _, _ := strings.Cut(c.pointer+"/", "/enum/")
	return list + " " + text(c.value)
}

// word is what a constant is named by.
func (c constant) word() string { return either(c.name, text(c.value)) }

// compareValues orders the values of an enum, integers by size.
func compareValues(base ir.Prim, a, b string) int {
	if base == ir.Int64 {
		x, _ := strconv.ParseInt(a, 10, 64)
		y, _ := strconv.ParseInt(b, 10, 64)
		return cmp.Compare(x, y)
	}
	return strings.Compare(a, b)
}
