package lower

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// place is a schema where it stands, with all that decides the name of a type
// declared there. Its value and its name depend on nothing else.
type place struct {
	ref     *openapi3.SchemaRef
	pointer string
	owner   string // Go name of what is around it, "" for a component
	shared  string // the same without the method of an operation, for enums
	own     string // what the place adds to these
	longer  string // what it adds where the name is taken, "" for a name the other way around
	within  string // instead of both, for enums inside
	file    string
	role    ir.Role
	note    string // the document's sentence about assertions made here
	about   string // what a type declared here is: "the member address"
	said    string // the description that stands on the field

	required bool                // the object around it asks for it
	beside   *openapi3.SchemaRef // the reference that it stands beside, if it does
	valued   bool                // it is a member, an item or a component
	demanded bool                // it is under a condition, where all that is said is what an assertion demands
	base     bool                // it is asked about without the alternatives that are made of it
}

// schema returns the schema behind a place, never nil.
func (p place) schema() *openapi3.Schema {
	if p.ref == nil || p.ref.Value == nil {
		return &openapi3.Schema{}
	}
	return p.ref.Value
}

// isRef tells whether the place only refers to another.
func (p place) isRef() bool { return p.ref != nil && p.ref.Ref != "" }

// whole returns the place of a schema with the reference that it stands beside.
func (p place) whole() place {
	if p.beside != nil {
		p.ref = p.beside
	}
	return p
}

// describes tells whether the description of a schema says what a value is,
// and not what an assertion demands of it.
func (p place) describes() bool {
	return p.valued && !p.demanded && (!p.schema().Type.IsEmpty() || strong(p.schema()))
}

// at returns a schema inside p that shares its name.
func (p place) at(ref *openapi3.SchemaRef, tokens ...string) place {
	p.ref = ref
	p.pointer = join(p.pointer, tokens...)
	p.note, p.required, p.beside, p.valued, p.base = "", false, nil, false, false
	return p
}

// inside returns a schema inside p with a name of its own.
func (l *lowerer) inside(p place, own string, ref *openapi3.SchemaRef, tokens ...string) place {
	return l.under(p, p.at(ref, tokens...), own)
}

// under names q by p, which is around it.
func (l *lowerer) under(p, q place, own string) place {
	q.owner, q.shared, q.within, q.own, q.longer = l.typeName(p), either(p.within, l.orUnion(p, p.shared)), "", own, ""
	q.about, q.said = "", ""
	return q
}

// member returns a property of the object at p.
func (l *lowerer) member(p place, name string) place {
	q := l.inside(p, l.names.Tail(name), p.schema().Properties[name], "properties", name)
	q.required = slices.Contains(p.schema().Required, name)
	q.about = "the member " + name
	q.said = plainText(q.schema().Description)
	return q
}

// item returns the items of the list at p.
func (p place) item() place {
	q := p.at(p.schema().Items, "items")
	q.own, q.longer = names.Singular(p.own), p.own+"Item"
	q.about = "an item of " + either(p.about, names.Join(p.owner, p.own))
	return q
}

// entry returns the values of the map at p.
func (p place) entry() place {
	q := p.at(p.schema().AdditionalProperties.Schema, "additionalProperties")
	q.own, q.longer = p.own+"Value", p.own+"Entry"
	q.about = "a value of " + either(p.about, names.Join(p.owner, p.own))
	return q
}

// describeType returns the text about a type declared at p. What stands on the
// field already is not said again, and what is around it is said by the name,
// unless the config gives another.
func (p place) describeType(name string) string {
	text := plainText(p.schema().Description)
	switch {
	case p.about == "" || text != "" && text != p.said:
		return text
	case strings.HasPrefix(name, p.owner) || strings.HasPrefix(name, p.shared):
		return name + " is " + p.about + "."
	}
	return name + " is " + p.about + " of " + p.owner + "."
}

// component returns a component schema.
func (l *lowerer) component(name string) place {
	short := l.stripSchema(name)
	return place{
		ref:     l.schemas()[name],
		pointer: join("/components/schemas", name),
		own:     l.componentName(join("/components/schemas", name), short),
		file:    l.names.Stem(short),
		role:    ir.RoleObject,
	}
}

// stripSchema takes the first configured prefix that fits off the name of a
// component.
func (l *lowerer) stripSchema(name string) string {
	for _, prefix := range l.opts.StripSchemas {
		rest, ok := strings.CutPrefix(name, prefix)
		rest = strings.TrimLeft(rest, "._-/")
		if ok && prefix != "" && rest != "" {
			l.used["schemas "+prefix] = true
			return rest
		}
	}
	return name
}

// typeName returns the Go name of a struct or union declared at p.
func (l *lowerer) typeName(p place) string { return l.orUnion(p, p.owner) }

// enumName returns the Go name of an enum declared at p. It leaves out the
// method of an operation: what a resource is created with, updated with and
// answered with is of one type.
func (l *lowerer) enumName(p place) string { return l.nameIn(p, p.shared) }

func (l *lowerer) nameIn(p place, owner string) string {
	if name, ok := l.override(p.pointer); ok {
		return name
	}
	if name, ok := l.locked(p, owner); ok {
		return name
	}
	if l.opts.Lock != nil && l.opts.Lock.Longer[p.pointer] != "" {
		l.lockedLevel(p.pointer, p.pointer, l.formsIn(p, p.owner), l.formsIn(p, p.shared))
	}
	if l.level(p.pointer) == 0 || owner == "" && isComponent(p.pointer) {
		return bounded(l.unreserved(names.Join(owner, p.own)), p.pointer)
	}
	return bounded(l.nameAt(p.pointer, l.formsIn(p, owner)...), p.pointer)
}

// formsIn returns the names of what is declared at p, the short one first.
func (l *lowerer) formsIn(p place, owner string) []string {
	name := l.unreserved(names.Join(owner, p.own))
	switch {
	case owner == "":
		return []string{name, p.own + "Schema"}
	case p.longer != "":
		return []string{name, names.Join(owner, p.longer)}
	}
	return []string{name, names.Capitalized(p.own + "Of" + owner)}
}

func isComponent(pointer string) bool {
	name, ok := strings.CutPrefix(pointer, "/components/schemas/")
	return ok && !strings.Contains(name, "/")
}

// maxName is the number of bytes at which a name is cut: the names of what is
// nested without end would take memory without end.
const maxName = 255

// bounded cuts a name that is too long and puts a hash in place of the rest.
func bounded(name, key string) string {
	if len(name) <= maxName {
		return name
	}
	return hashed(strings.ToValidUTF8(name[:maxName-10], ""), key)
}

// componentName names a component schema. A name like those of packages, as
// io.k8s.api.apps.v1.Deployment, begins with a domain, and its last part is
// enough unless another has that too.
func (l *lowerer) componentName(pointer, name string) string {
	if parts := strings.Split(name, "."); isQualified(parts) {
		near := parts[max(0, len(parts)-3):]
		return l.nameAt(pointer, l.names.Exported(parts[len(parts)-1]), l.names.Exported(strings.Join(near, ".")), l.names.Exported(name))
	}
	forms := []string{l.names.Exported(name), l.names.Spelled(name)}
	if l.opts.Lock != nil && !l.opts.Lock.Empty() {
		forms = append(forms, names.Join(forms[0], "Schema")) // where a less plain one had the name before
	}
	return l.nameAt(pointer, forms...)
}

var domains = []string{"io", "com", "org", "net", "dev", "edu", "gov"}

// isQualified tells whether the parts of a name are those of a package that is
// called by a domain, and of a type in it.
func isQualified(parts []string) bool {
	last := parts[len(parts)-1]
	return len(parts) > 2 && slices.Contains(domains, parts[0]) && last != "" && last != strings.ToLower(last)
}

// orUnion returns the name of what is declared at p. A union that would be
// called as one of its variants is says that it is one.
func (l *lowerer) orUnion(p place, owner string) string {
	name := l.nameIn(p, owner)
	_, given := l.override(p.pointer)
	if _, locked := l.locked(p, owner); given || locked || p.isRef() {
		return name
	}
	if l.anyLeadsTo(p, name) {
		return name + "Union"
	}
	return name
}

// anyLeadsTo tells whether one of the alternatives at p refers to a component of
// a Go name. It is asked for each of them.
func (l *lowerer) anyLeadsTo(p place, name string) bool {
	key := p.pointer + " " + name
	known, ok := l.leading[key]
	if !ok {
		for _, list := range []openapi3.SchemaRefs{p.schema().AnyOf, p.schema().OneOf} {
			known = known || len(list) > 1 && slices.ContainsFunc(list, func(m *openapi3.SchemaRef) bool { return l.leadsTo(m, name) })
		}
		l.leading[key] = known
	}
	return known
}

// leadsTo tells whether a schema refers to a component of a Go name.
func (l *lowerer) leadsTo(m *openapi3.SchemaRef, name string) bool {
	if m == nil {
		return false
	}
	pointer, _ := fragment(m.Ref)
	component, ok := strings.CutPrefix(pointer, "/components/schemas/")
	return ok && l.nameIn(l.component(unescape(component)), "") == name
}

func (l *lowerer) unreserved(name string) string {
	if l.reserved[name] {
		return name + "Object"
	}
	return name
}

// override returns the Go name that the config gives to a place.
func (l *lowerer) override(pointer string) (string, bool) {
	if len(l.opts.Names) == 0 {
		return "", false
	}
	pointer = strings.TrimSuffix(pointer, "/") // of what stands for several places
	for _, key := range []string{pointer, "#" + pointer} {
		if name, ok := l.opts.Names[key]; ok {
			l.used["name "+key] = true
			return name, true
		}
	}
	return "", false
}

// target returns the place that a reference leads to: a component, or a schema
// inside one. Loading made it so for every reference of the document.
func (l *lowerer) target(p place) (place, bool) {
	pointer, ok := fragment(p.ref.Ref)
	tokens := strings.Split(pointer, "/")
	if ok && len(tokens) >= 4 && tokens[1] == "components" && tokens[2] == "schemas" {
		q, ok := l.walk(l.component(unescape(tokens[3])), tokens[4:])
		if ok && q.ref != nil && q.ref.Value != nil {
			return q, true
		}
	}
	l.report(p.pointer, "unresolved-ref", "%q leads nowhere: correct it", p.ref.Ref)
	return place{}, false
}

// fragment returns the JSON pointer of a reference inside the document.
func fragment(ref string) (string, bool) {
	rest, ok := strings.CutPrefix(ref, "#")
	if !ok || !strings.HasPrefix(rest, "/") {
		return "", false
	}
	if plain, err := url.PathUnescape(rest); err == nil {
		rest = plain
	}
	return rest, true
}

// walk follows the rest of a pointer, so that a place has the same name
// however it is reached.
func (l *lowerer) walk(p place, tokens []string) (place, bool) {
	for len(tokens) > 0 && p.ref != nil && !p.isRef() {
		step := 2
		switch tokens[0] {
		case "items":
			p, step = p.item(), 1
		case "additionalProperties":
			p, step = p.entry(), 1
		default:
			if len(tokens) < 2 {
				return place{}, false
			}
			p = l.step(p, tokens[0], unescape(tokens[1]))
		}
		tokens = tokens[step:]
	}
	return p, len(tokens) == 0 && p.ref != nil
}

// step follows a keyword that holds several schemas.
func (l *lowerer) step(p place, keyword, token string) place {
	s := p.schema()
	switch keyword {
	case "properties":
		return l.member(p, token)
	case "$defs":
		return l.inside(p, l.names.Tail(token), s.Defs[token], keyword, token)
	case "allOf":
		return p.at(nth(s.AllOf, token), keyword, token)
	case "anyOf", "oneOf":
		for _, m := range l.alternatives(p, keyword) {
			if m.pointer == join(p.pointer, keyword, token) {
				return m
			}
		}
		return p.at(nth(alternativesOf(s, keyword), token), keyword, token) // null
	}
	return place{}
}

func nth(list openapi3.SchemaRefs, token string) *openapi3.SchemaRef {
	i, err := strconv.Atoi(token)
	if err != nil || i < 0 || i >= len(list) {
		return nil
	}
	return list[i]
}

// join adds tokens to a JSON pointer.
func join(pointer string, tokens ...string) string {
	for _, token := range tokens {
		pointer += "/" + strings.ReplaceAll(strings.ReplaceAll(token, "~", "~0"), "/", "~1")
	}
	return pointer
}

func unescape(token string) string {
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}
