package lower

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// useOf decides what an anyOf or oneOf means: types to choose from, a list of
// constants, or assertions about a type that stands beside it.
func (l *lowerer) useOf(f *facts, c *choice) use {
	if c.place.schema().Extensions["x-expansionResources"] != nil {
		return useExpand
	}
	if l.allEnums(c) {
		return useEnum
	}
	for _, m := range c.members {
		if !l.onlyAsserts(f, m) {
			return useUnion
		}
	}
	return useRule
}

// allEnums tells whether every member is a scalar of one JSON type and some list
// constants: those that don't open the list.
func (l *lowerer) allEnums(c *choice) bool {
	some, first := false, ""
	for _, m := range c.members {
		kind, listed, ok := l.scalar(m)
		if !ok || first != "" && kind != first {
			return false
		}
		first = kind
		some = some || listed
	}
	return some
}

// alternativelyNull tells whether null is allowed by one of the alternatives,
// where nothing beside them names types.
func (l *lowerer) alternativelyNull(f *facts) bool {
	_, named := f.types()
	return !named && !l.listed(f) && l.someNull(f)
}

func (l *lowerer) someNull(f *facts) bool {
	for _, c := range f.choices {
		if c.use != useRule && slices.ContainsFunc(c.members, l.allowsNull) {
			return true
		}
	}
	return false
}

// allowsNull remembers what it finds out: alternatives refer to each other.
func (l *lowerer) allowsNull(p place) bool {
	q, ok := l.follow(p)
	if !ok {
		return false
	}
	null, known := l.nulls[q.pointer]
	if !known {
		l.nulls[q.pointer] = false // where it refers to itself
		f := l.facts(q)
		null = f.nullable || l.alternativelyNull(f)
		l.nulls[q.pointer] = null
	}
	return null
}

// scalar returns the JSON type of a schema that allows scalars of one type, and
// whether it lists them.
func (l *lowerer) scalar(p place) (kind string, listed, ok bool) {
	p, ok = l.follow(p)
	if !ok {
		return "", false, false
	}
	s := p.schema()
	if len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) > 0 || s.Always != nil || s.Nullable {
		return l.annotated(p)
	}
	if s.Const != nil && len(s.Enum) > 0 {
		return "", false, false // two lists
	}
	if list := constants(s); len(list) > 0 {
		kind, ok = oneType(list)
		return kind, true, ok
	}
	types := s.Type.Slice()
	if len(types) != 1 || types[0] == "object" || types[0] == "array" || types[0] == "null" {
		return "", false, false
	}
	return types[0], false, true
}

// annotated is scalar for a list of constants that are written as alternatives.
func (l *lowerer) annotated(p place) (kind string, listed, ok bool) {
	s := p.schema()
	if len(s.OneOf) == 0 || len(s.AllOf)+len(s.AnyOf) > 0 || s.Nullable {
		return "", false, false
	}
	for _, m := range s.OneOf {
		if m == nil || m.Value == nil || m.Ref != "" {
			return "", false, false
		}
		k, good := oneType(constants(m.Value))
		if !good || kind != "" && k != kind {
			return "", false, false
		}
		kind = k
	}
	return kind, true, true
}

// follow returns where a place leads if it is a plain reference.
func (l *lowerer) follow(p place) (place, bool) {
	for range maxChain {
		switch {
		case p.ref == nil || p.ref.Value == nil:
			return p, false
		case !p.isRef():
			return p, true
		}
		q, ok := l.target(p)
		if !ok {
			return p, false
		}
		p = q
	}
	return p, false
}

// maxChain bounds references that lead to references.
const maxChain = 100

// bare tells whether a schema is a type and nothing else.
func bare(p place) bool {
	s := p.schema()
	return !p.isRef() && len(s.Enum) == 0 && s.Const == nil && s.MaxLength == nil && s.MinLength == 0 && s.Pattern == "" &&
		s.Min == nil && s.Max == nil && s.MultipleOf == nil && s.Not == nil && s.If == nil && s.Format == ""
}

// onlyAsserts tells whether a member says nothing about the shape of a value
// that the schemas around it leave open.
func (l *lowerer) onlyAsserts(f *facts, m place) bool {
	if m.ref == nil || m.isRef() {
		return false
	}
	s := m.schema()
	known, _ := f.types()
	for _, t := range withoutNull(s.Type.Slice()) {
		if len(common([]string{t}, known)) == 0 && !(t == "object" && len(f.properties()) > 0) {
			return false
		}
	}
	for name := range s.Properties {
		if !f.describes(name) {
			return false
		}
	}
	if (len(s.Enum) > 0 || s.Const != nil || s.Items != nil) && len(known) == 0 || s.AdditionalProperties.Schema != nil {
		return false
	}
	return l.nestedAssert(f, m)
}

// nestedAssert looks into a member's own allOf, anyOf and oneOf.
func (l *lowerer) nestedAssert(f *facts, m place) bool {
	s := m.schema()
	for _, list := range [][]place{refs(m, "allOf", s.AllOf), refs(m, "anyOf", s.AnyOf), refs(m, "oneOf", s.OneOf)} {
		for _, q := range list {
			if !l.onlyAsserts(f, q) {
				return false
			}
		}
	}
	return true
}

// variantWord names a variant by its title, its one constant member, or its
// JSON type. A range is one whatever its title is.
func (l *lowerer) variantWord(p place) string {
	s := p.schema()
	if isRange(s) {
		return "Range"
	}
	if s.Title != "" {
		return l.names.Tail(s.Title)
	}
	for _, name := range orderedMembers(s.Properties) {
		m := s.Properties[name]
		if m == nil || m.Value == nil || m.Ref != "" {
			continue
		}
		if list := constants(m.Value); len(list) == 1 && slices.Contains(s.Required, name) {
			return l.names.Tail(text(list[0].value))
		}
	}
	return kindWord(s.Type.Slice(), len(s.Enum) > 0 || s.Const != nil)
}

// membersWord says what an object has, as far as that fits into a name: some
// of the members that it requires, or else of all.
func membersWord(s *openapi3.Schema) string {
	list := sorted(s.Required)
	if len(list) == 0 {
		list = sortedKeys(s.Properties)
	}
	if len(list) == 0 {
		return ""
	}
	return " with " + strings.Join(list[:min(len(list), 3)], " ")
}

// isRange tells whether an object is a condition on what stands beside it: its
// members are bounds.
func isRange(s *openapi3.Schema) bool {
	for name := range s.Properties {
		if !slices.Contains([]string{"gt", "gte", "lt", "lte"}, name) {
			return false
		}
	}
	return len(s.Properties) > 1
}

// kindWord names a variant by its JSON type.
func kindWord(types []string, listed bool) string {
	types = withoutNull(types)
	switch {
	case listed:
		return "Enum"
	case len(types) == 0:
		return "Object"
	}
	return typeWords[types[0]]
}

var typeWords = map[string]string{
	"string": "String", "integer": "Integer", "number": "Number", "boolean": "Boolean", "array": "Items", "object": "Object", "null": "Null",
}

// primWord names a variant that is no struct of its own.
func primWord(t ir.Type) string {
	switch t := t.(type) {
	case ir.Prim:
		return typeWords[jsonType(t)]
	case *ir.Slice:
		return "List"
	case *ir.Map:
		return "Map"
	}
	return ""
}

// jsonType returns the JSON type of what a Go type holds, "" for any.
func jsonType(t ir.Type) string {
	switch t := t.(type) {
	case ir.Prim:
		return primTypes[t]
	case *ir.Enum:
		return primTypes[t.Base]
	case *ir.Slice:
		return "array"
	case *ir.Map, *ir.Struct:
		return "object"
	}
	return ""
}

var primTypes = map[ir.Prim]string{
	ir.Bool: "boolean", ir.Int32: "integer", ir.Int64: "integer", ir.Uint64: "integer", ir.UnixTime: "integer",
	ir.Float64: "number", ir.String: "string", ir.Bytes: "string", ir.File: "string",
}
