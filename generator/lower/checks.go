package lower

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// This file is about schemas that assertions refer to. Each becomes a check,
// once. A small one is copied to where it is referred to; what is large or
// leads to itself is referred to by rules, too.

// checkKey tells checks apart: by the schema, and by whether they keep what an
// unevaluatedProperties or unevaluatedItems around them looks at.
type checkKey struct {
	pointer string
	marks   bool
	base    bool // without the alternatives that are made of the schema
}

// asserted is a check in the making.
type asserted struct {
	check   *ir.Check
	done    bool
	used    bool // rules refer to it
	lost    bool // an assertion was left out
	below   int  // how many members or items deep it began
	inPlace []inPlace
}

// inPlace is a reference to a check about the same value.
type inPlace struct {
	to      *asserted
	pointer string
}

// maxCopied is up to how many rules are copied rather than referred to.
const maxCopied = 16

// reference returns the rules of what a place refers to.
func (l *lowerer) reference(p place, note string, marks bool) []*ir.Rule {
	q, ok := l.target(p)
	if !ok {
		return nil
	}
	a := l.check(q, marks, l.toBase(p, q))
	if from := l.checking; from != nil && from.below == l.below {
		from.inPlace = append(from.inPlace, inPlace{a, p.pointer})
	}
	if a.lost {
		l.lost++
	}
	switch {
	case !a.done:
		a.check.Cyclic = true
	case !a.check.Cyclic && weightOf(a.check.Rules) <= maxCopied:
		return copied(a.check.Rules, note)
	}
	a.used = true
	return []*ir.Rule{{Keyword: "$ref", Check: a.check, Note: spoken(note), Pointer: join(p.pointer, "$ref")}}
}

// check returns the check of a schema, which is not done yet where the schema
// leads to itself.
func (l *lowerer) check(q place, marks, base bool) *asserted {
	key := checkKey{q.pointer, marks, base}
	if a := l.checks[key]; a != nil {
		return a
	}
	a := &asserted{check: &ir.Check{Pointer: q.pointer, File: q.file}, below: l.below}
	l.checks[key] = a
	around, lost := l.checking, l.lost
	l.checking = a
	q.valued = true
	q.base = base
	a.check.Rules = l.assertions(q, "", marks)
	l.checking = around
	a.done, a.lost = true, l.lost > lost
	return a
}

// weightOf counts rules, with those inside.
func weightOf(rules []*ir.Rule) int {
	n := len(rules)
	for _, r := range rules {
		for _, sub := range r.Subs {
			n += weightOf(sub)
		}
	}
	return n
}

// copied returns rules with the note of the place that refers to them, where
// they have none of their own.
func copied(rules []*ir.Rule, note string) []*ir.Rule {
	var out []*ir.Rule
	for _, r := range rules {
		c := *r
		if note == quiet {
			c.Note = ""
		} else {
			c.Note = either(c.Note, note)
		}
		c.Subs = nil
		for i, sub := range r.Subs {
			inner := ""
			if note == quiet || slices.Contains([]string{"not", "contains", "anyOf", "oneOf"}, r.Keyword) || r.Keyword == "if" && i == 0 {
				inner = quiet
			}
			c.Subs = append(c.Subs, copied(sub, inner))
		}
		out = append(out, &c)
	}
	return out
}

// endless reports schemas that consist of themselves: whoever evaluates one
// never comes to an end (2020-12 core, section 9.4.1).
func (l *lowerer) endless() {
	state := map[*asserted]visit{}
	var follow func(a *asserted)
	follow = func(a *asserted) {
		state[a] = visiting
		for _, r := range a.inPlace {
			switch state[r.to] {
			case visiting:
				l.report(r.pointer, "endless-schema", "the schema consists of itself: break the cycle with an object")
			case visited:
			default:
				follow(r.to)
			}
		}
		state[a] = visited
	}
	for _, key := range l.checkKeys() {
		if state[l.checks[key]] == 0 {
			follow(l.checks[key])
		}
	}
}

func (l *lowerer) checkKeys() []checkKey {
	var keys []checkKey
	for key := range l.checks {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b checkKey) int {
		return cmp.Or(
			strings.Compare(a.pointer+strconv.FormatBool(a.marks), b.pointer+strconv.FormatBool(b.marks)),
			strings.Compare(strconv.FormatBool(a.base), strconv.FormatBool(b.base)),
		)
	})
	return keys
}

// nameChecks names the checks that are referred to by their places, and adds
// them to the package.
func (l *lowerer) nameChecks() {
	taken := map[string]bool{}
	for _, key := range l.checkKeys() {
		a := l.checks[key]
		if !a.used {
			continue
		}
		base := l.checkName(key)
		name := base
		for i := 2; taken[name]; i++ {
			name = base + strconv.Itoa(i)
		}
		taken[name] = true
		a.check.GoName = name
		l.api.Checks = append(l.api.Checks, a.check)
	}
	slices.SortFunc(l.api.Checks, func(a, b *ir.Check) int { return strings.Compare(a.GoName, b.GoName) })
}

// checkName names a check by the way to its schema.
func (l *lowerer) checkName(key checkKey) string {
	tokens := strings.Split(strings.TrimPrefix(key.pointer, "/components/schemas/"), "/")
	name := l.names.Exported(l.stripSchema(unescape(tokens[0])))
	for _, token := range tokens[1:] {
		name = names.Join(name, l.names.Tail(unescape(token)))
	}
	if key.base {
		name += "Base"
	}
	if key.marks {
		name += "Scope"
	}
	return name
}
