package lower

import (
	"slices"
	"strings"
)

// This file is about schemas that are made of one that has them among its
// alternatives: a base with the oneOf of its subtypes, each of which has the
// base in its allOf. By the letter that never ends, and what is meant is plain:
// within a subtype, the base is all that it says besides the alternatives.

// subtypes are what the alternatives of a choice are and are made of, by
// pointer: what allOf leads to.
func (l *lowerer) subtypes(c *choice) map[string]bool {
	key := join(c.place.pointer, c.keyword)
	set, ok := l.beneath[key]
	if !ok {
		set = map[string]bool{}
		l.beneath[key] = set
		for _, m := range c.members {
			l.madeOf(m, c.place.pointer, set)
		}
	}
	return set
}

// madeOf adds what a place refers to, and what that is made of, up to a base.
func (l *lowerer) madeOf(m place, base string, set map[string]bool) {
	if !m.isRef() || l.looked > maxBeneath {
		return
	}
	q, ok := l.target(m)
	if !ok || set[q.pointer] {
		return
	}
	set[q.pointer] = true
	l.looked++
	if q.pointer == base {
		return
	}
	for _, ref := range l.facts(q).refs {
		if withoutAllOf(ref.pointer) != ref.pointer {
			l.madeOf(ref, base, set)
		}
	}
}

// extends tells whether an alternative is made of the schema that has it.
func (l *lowerer) extends(m place, base string) bool {
	set := map[string]bool{}
	if m.isRef() {
		l.madeOf(m, base, set)
	}
	return set[base] && !l.refersTo(m, base)
}

func (l *lowerer) refersTo(m place, pointer string) bool {
	q, ok := l.target(m)
	return ok && q.pointer == pointer
}

// toBase tells whether a reference leads from a subtype to its base.
func (l *lowerer) toBase(ref, q place) bool {
	return slices.ContainsFunc(l.facts(q).choices, func(c *choice) bool { return l.baseOf(ref, q, c) })
}

// baseOf tells whether it is so for one choice of the base.
func (l *lowerer) baseOf(ref, q place, c *choice) bool {
	owner := withoutAllOf(ref.pointer)
	if owner == ref.pointer || owner == q.pointer {
		return false
	}
	set := l.subtypes(c)
	return set[owner] && set[q.pointer]
}

// fromSubtype is toBase for a reference that has not been followed.
func (l *lowerer) fromSubtype(ref place) bool {
	q, ok := l.target(ref)
	return ok && l.toBase(ref, q)
}

// besides returns the choices of what a reference leads to, without those that
// the reference stands in.
func (l *lowerer) besides(ref, q place, choices []*choice) []*choice {
	return slices.DeleteFunc(slices.Clone(choices), func(c *choice) bool {
		if !l.baseOf(ref, q, c) {
			return false
		}
		l.tally(join(q.pointer, c.keyword), "subtypes-of-base", "the alternatives of this schema are made of it, which by the letter never ends: within them it is taken without its alternatives")
		return true
	})
}

// withoutAllOf returns the schema whose allOf a place stands in.
func withoutAllOf(pointer string) string {
	for {
		i := strings.LastIndexByte(pointer, '/')
		outer, ok := "", false
		if i >= 0 {
			outer, ok = strings.CutSuffix(pointer[:i], "/allOf")
		}
		if !ok {
			return pointer
		}
		pointer = outer
	}
}

// ofSubtypes tells whether a keyword of a base holds its subtypes.
func (l *lowerer) ofSubtypes(q place, keyword string) bool {
	return slices.ContainsFunc(l.facts(q).choices, func(c *choice) bool {
		return c.keyword == keyword && c.place.pointer == q.pointer && l.subtypes(c)[q.pointer]
	})
}

// maxBeneath bounds how often what alternatives are made of is looked at.
const maxBeneath = 1 << 20
