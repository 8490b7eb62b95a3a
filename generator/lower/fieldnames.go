package lower

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// fieldNames gives every field of a struct a name of its own, which no method
// has. Of several with one name, the plainest on the wire has it, and the
// others get longer ones.
func (l *lowerer) fieldNames(s *ir.Struct, methods []string) {
	if !l.shortNames(s, methods) {
		l.contestNames(s, methods)
	}
	nameMore(s)
}

// shortNames gives every field its short name, unless two have the same or a
// method has one.
func (l *lowerer) shortNames(s *ir.Struct, methods []string) bool {
	there := make(map[string]bool, len(s.Fields))
	short := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		short[i], _ = l.shortName(f)
		if there[short[i]] || slices.Contains(methods, short[i]) {
			return false
		}
		there[short[i]] = true
	}
	for i, f := range s.Fields {
		f.GoName = short[i]
	}
	return true
}

// shortName returns the name that a field has where no other has it, and whether
// that is the config's.
func (l *lowerer) shortName(f *ir.Field) (name string, given bool) {
	if name, ok := l.override(f.Pointer); ok && name == f.GoName {
		return name, true
	}
	if f.Name == "" && f.In != "" { // a body
		return f.GoName, false
	}
	return l.names.Exported(f.Name), false
}

// contestNames decides who of several has a short name.
func (l *lowerer) contestNames(s *ir.Struct, methods []string) {
	all := make([]*fieldName, len(s.Fields))
	elsewhere := l.namedElsewhere(s)
	for i, f := range s.Fields {
		all[i] = l.fieldForms(f, methods, elsewhere)
	}
	for contested(all, methods) {
	}
	for i, f := range s.Fields {
		f.GoName = all[i].forms[0]
		if short := all[i].short; f.GoName != short && f.GoName != names.Join(short, "Field") {
			l.long[f] = s.GoName + "." + short
		}
	}
	l.sameFields(s)
}

// namedElsewhere returns the short names that parameters of several places have,
// or one beside a body.
func (l *lowerer) namedElsewhere(s *ir.Struct) map[string]bool {
	first, several := map[string]ir.Location{}, map[string]bool{}
	for _, f := range s.Fields {
		if f.Name == "" {
			several[f.GoName] = true
			continue
		}
		short := l.names.Exported(f.Name)
		if in, there := first[short]; there && in != f.In {
			several[short] = true
		}
		first[short] = f.In
	}
	return several
}

// fieldName is the name of a field while it is being decided on.
type fieldName struct {
	short string
	forms []string // the name that it has, and what it may get instead
	rank  int      // the lowest of several has the name; -1 where the config gives it
}

// fieldForms returns the names that a field may have: its short one; that of a
// method as a Field, and that of a parameter elsewhere by where it is itself;
// spelled out; and with a hash.
func (l *lowerer) fieldForms(f *ir.Field, methods []string, elsewhere map[string]bool) *fieldName {
	short, given := l.shortName(f)
	if given {
		return &fieldName{short: short, forms: []string{short}, rank: -1}
	}
	n := &fieldName{short: short, forms: []string{short}}
	if slices.Contains(methods, n.short) {
		n.forms = append(n.forms, names.Join(n.short, "Field"))
	}
	where := ""
	if slices.Contains(besideBody, f.In) {
		where = l.names.Exported(string(f.In))
	}
	if elsewhere[n.short] {
		n.forms = append(n.forms, names.Join(n.short, where))
	}
	n.forms = append(n.forms, names.Join(l.names.Spelled(f.Name), where), hashed(n.short, string(f.In)+" "+f.Name))
	n.forms = slices.Compact(n.forms)
	n.rank = 10*(1+slices.Index(besideBody, f.In)) + names.Plainness(f.Name, n.short)
	if f.Name == "" {
		n.rank = 0
	}
	return n
}

// besideBody are the places of parameters outside a body, in the order of their
// claim to a name that they share.
var besideBody = []ir.Location{ir.InPath, ir.InQuery, ir.InHeader, ir.InCookie}

// contested gives the next of their names to the fields that share one, but
// for the one with the best claim. It returns whether any has another now.
func contested(all []*fieldName, methods []string) bool {
	byName := map[string][]*fieldName{}
	for _, n := range all {
		byName[n.forms[0]] = append(byName[n.forms[0]], n)
	}
	moved := false
	for name, list := range byName {
		slices.SortStableFunc(list, func(a, b *fieldName) int {
			return cmp.Compare(a.rank, b.rank)
		})
		keeps := !slices.Contains(methods, name) && (len(list) == 1 || list[0].rank < list[1].rank)
		for i, n := range list {
			if len(n.forms) > 1 && !(keeps && i == 0) {
				n.forms = n.forms[1:]
				moved = true
			}
		}
	}
	return moved
}

// sameFields reports fields that have one name even so: the config gives it.
func (l *lowerer) sameFields(s *ir.Struct) {
	there := map[string]*ir.Field{}
	for _, f := range s.Fields {
		if other := there[f.GoName]; other != nil {
			l.report(f.Pointer, "name-collision", "%q and %q are both called %s.%s: give one of them another name under names in the config, at %q",
				other.Name, f.Name, s.GoName, f.GoName, f.Pointer)
		}
		there[f.GoName] = f
	}
}

// longFields notes the fields that do not have their short names.
func (l *lowerer) longFields() {
	for f, lost := range l.long {
		l.note(f.Pointer, "longer-name", "this is called %s, as another would be called %s as well: give it another name under names in the config, at %q, if you want one", f.GoName, lost, f.Pointer)
	}
}

// argumentNames gives every argument of a method a name of its own.
func (l *lowerer) argumentNames(list []*ir.PathParam) {
	all := make([]*fieldName, len(list))
	for i, p := range list {
		all[i] = &fieldName{
			forms: []string{p.GoName, l.names.Argument(l.names.Spelled(p.Name)), hashed(p.GoName, strconv.Itoa(i)+p.Name)},
			rank:  names.Plainness(p.Name, p.GoName),
		}
	}
	for contested(all, nil) {
	}
	for i, p := range list {
		p.GoName = all[i].forms[0]
	}
}
