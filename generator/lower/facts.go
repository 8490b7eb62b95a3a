package lower

import (
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// facts are what a schema consists of once wrappers are gone: the schemas that
// all apply, those of allOf and of an only alternative included, with null
// taken out. References among them are not followed.
type facts struct {
	place    place
	roots    []place // the schemas as they stand, of which all of it is said
	parts    []place
	refs     []place
	choices  []*choice
	nullable bool
	never    bool // the schema false is among them
}

// choice is an anyOf or oneOf of two members or more.
type choice struct {
	place   place // the schema that has the keyword
	keyword string
	members []place
	use     use
}

// use is what a choice turned out to be.
type use int

const (
	useRule   use = iota // alternatives of assertions
	useEnum              // a list of constants
	useUnion             // alternatives of types
	useExpand            // an id, or the object it names
)

// facts takes a schema apart.
func (l *lowerer) facts(p place) *facts {
	if f, ok := l.members[p.pointer]; ok {
		return f
	}
	f := &facts{place: p}
	l.members[p.pointer] = f
	l.join(f, p)
	l.conclude(f)
	return f
}

// join takes in schemas that all apply as they stand.
func (l *lowerer) join(f *facts, all ...place) {
	f.roots = append(slices.Clone(f.roots), all...)
	for _, p := range all {
		l.add(f, p)
	}
}

// conclude decides what only all parts together tell.
func (l *lowerer) conclude(f *facts) {
	f.nullable = f.nullable || l.partsNullable(f)
	for _, c := range f.choices {
		c.use = l.useOf(f, c)
	}
}

// widened returns facts to which more can be added.
func (f *facts) widened() *facts {
	all := *f
	all.parts, all.refs, all.roots = slices.Clone(f.parts), slices.Clone(f.refs), slices.Clone(f.roots)
	all.choices = nil
	all.take(f.choices)
	return &all
}

// take adds choices, whose use may be another here.
func (f *facts) take(choices []*choice) {
	for _, c := range choices {
		copied := *c
		f.choices = append(f.choices, &copied)
	}
}

// add takes in one of the schemas that all apply.
func (l *lowerer) add(f *facts, p place) {
	switch {
	case p.ref == nil || p.ref.Value == nil: // not in a document that was loaded
	case p.isRef():
		if !slices.ContainsFunc(f.refs, func(q place) bool { return q.ref.Ref == p.ref.Ref }) {
			f.refs = append(f.refs, p)
		}
		for _, q := range l.siblings(p) {
			l.add(f, q)
		}
	case p.schema().Always != nil:
		f.never = f.never || !*p.schema().Always
	default:
		l.addInline(f, p)
	}
}

func (l *lowerer) addInline(f *facts, p place) {
	if len(f.parts) > 0 && !strong(p.schema()) {
		p.note = oneLine(p.schema().Description)
	}
	f.parts = append(f.parts, p)
	for i, m := range p.schema().AllOf {
		q := p.at(m, "allOf", strconv.Itoa(i))
		l.add(f, q)
	}
	for _, keyword := range []string{"anyOf", "oneOf"} {
		l.addChoice(f, p, keyword)
	}
}

// addChoice takes in an anyOf or oneOf: an only alternative applies as it is.
func (l *lowerer) addChoice(f *facts, p place, keyword string) {
	all := alternativesOf(p.schema(), keyword)
	if len(all) == 0 {
		return
	}
	members := l.alternatives(p, keyword)
	if len(members) < len(all) {
		f.nullable = true
	}
	switch {
	case len(members) == 0:
	case len(members) == 1 && !l.extends(members[0], p.pointer):
		l.add(f, members[0])
	default:
		f.choices = append(f.choices, &choice{place: p, keyword: keyword, members: members})
	}
}

func alternativesOf(s *openapi3.Schema, keyword string) openapi3.SchemaRefs {
	if keyword == "anyOf" {
		return s.AnyOf
	}
	return s.OneOf
}

// alternatives returns the members of an anyOf or oneOf without those that
// stand for null. Where several remain, each has a name of its own.
func (l *lowerer) alternatives(p place, keyword string) []place {
	var out []place
	for i, m := range alternativesOf(p.schema(), keyword) {
		if q := p.at(m, keyword, strconv.Itoa(i)); !isNull(q) {
			out = append(out, q)
		}
	}
	if len(out) > 1 {
		l.titled(p, keyword, out)
		for i, q := range out {
			out[i] = l.under(p, q, l.variantWord(q))
			out[i].longer = l.names.Tail(out[i].own + membersWord(q.schema()))
			out[i].about = "an alternative of " + out[i].owner
		}
	}
	return out
}

// isNull tells whether a schema says null and nothing else. A parameter is
// cleared with an empty text, so there the enum of "" says the same.
func isNull(p place) bool {
	s := p.schema()
	switch {
	case p.ref == nil || p.isRef():
		return false
	case s.Type.Is("null"):
		return true
	case len(s.Enum) != 1:
		return false
	}
	return s.Enum[0] == nil || p.role == ir.RoleParams && s.Enum[0] == ""
}

// partsNullable tells whether null is allowed besides: by the outermost schema
// where nullable is a keyword, or by every schema that names types.
func (l *lowerer) partsNullable(f *facts) bool {
	typed, all := false, true
	for i, p := range f.parts {
		s := p.schema()
		if s.Nullable && l.v31 {
			l.tally(join(p.pointer, "nullable"), "unsupported-nullable", "nullable means nothing from OpenAPI 3.1 on: add null to the type instead")
		}
		nullable := s.Nullable && !l.v31 || s.Type.IncludesNull() || slices.Contains(s.Enum, nil)
		if i == 0 && s.Nullable && nullable {
			l.looseNull(p)
			return true
		}
		if !s.Type.IsEmpty() || len(s.Enum) > 0 {
			typed = true
			all = all && nullable
		}
	}
	if !typed || !all {
		return false
	}
	for _, p := range f.parts {
		l.looseEnum(p)
	}
	return true
}

// siblings returns what stands beside a reference and narrows it. The library
// puts it into a copy of what is referred to, as further members of allOf.
func (l *lowerer) siblings(p place) []place {
	q, ok := l.target(p)
	if !ok || p.ref.Value == q.ref.Value || p.ref.Value == nil {
		return nil
	}
	var out []place
	for _, m := range p.ref.Value.AllOf[min(len(q.schema().AllOf), len(p.ref.Value.AllOf)):] {
		inline := p.at(m)
		inline.beside = p.ref
		out = append(out, inline)
	}
	return out
}

// types returns the JSON types that all parts allow, without null, and whether
// any part names types at all.
func (f *facts) types() ([]string, bool) {
	var out []string
	named := false
	for _, p := range f.parts {
		s := p.schema()
		if s.Type.IsEmpty() {
			continue
		}
		if !named {
			out = withoutNull(s.Type.Slice())
		} else {
			out = common(out, s.Type.Slice())
		}
		named = true
	}
	return distinct(out), named
}

// distinct returns types sorted, without those that others of them include.
func distinct(types []string) []string {
	types = sorted(types)
	if slices.Contains(types, "number") {
		types = slices.DeleteFunc(types, func(t string) bool { return t == "integer" })
	}
	return types
}

func withoutNull(types []string) []string {
	return slices.DeleteFunc(slices.Clone(types), func(t string) bool { return t == "null" })
}

// common returns the types in both lists; integers are numbers.
func common(a, b []string) []string {
	var out []string
	for _, t := range a {
		switch {
		case slices.Contains(b, t), t == "integer" && slices.Contains(b, "number"):
			out = append(out, t)
		case t == "number" && slices.Contains(b, "integer"):
			out = append(out, "integer")
		}
	}
	return out
}

// properties returns the names of all members that the parts describe, sorted.
func (f *facts) properties() []string {
	set := map[string]bool{}
	for _, p := range f.parts {
		for name := range p.schema().Properties {
			set[name] = true
		}
	}
	return sortedKeys(set)
}

// describes tells whether a part describes a member.
func (f *facts) describes(name string) bool {
	return slices.ContainsFunc(f.parts, func(p place) bool { return p.schema().Properties[name] != nil })
}

// choicesFor returns the choices of one use.
func (f *facts) choicesFor(u use) []*choice {
	var out []*choice
	for _, c := range f.choices {
		if c.use == u {
			out = append(out, c)
		}
	}
	return out
}

// strong tells whether a schema says more about its shape than a type.
func strong(s *openapi3.Schema) bool {
	return len(s.Properties) > 0 || s.Items != nil || len(s.Enum) > 0 || s.Const != nil || s.AdditionalProperties.Schema != nil
}
