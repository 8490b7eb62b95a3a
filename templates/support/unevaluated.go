package support

import "slices"

// This file checks what no other assertion of a schema is about (2020-12 core,
// section 11). A schema that asks for that has all its other assertions in the
// one that does, as its scope: first they have to hold, and then those that do
// are gone through for the members or items that they apply to.

// unevaluatedProperties applies a subschema to the members of an object that
// its scope does not evaluate.
type unevaluatedProperties struct{ scope, sub check }

// unevaluatedItems does so for the items of an array.
type unevaluatedItems struct{ scope, sub check }

func (k *unevaluatedProperties) demand() (string, string) {
	return "unevaluatedProperties", "must have no members but those that the document describes"
}

func (k *unevaluatedItems) demand() (string, string) {
	return "unevaluatedItems", "must have no items but those that the document describes"
}

func (k *unevaluatedProperties) holds(e *evaluation, n *datum) bool {
	ok := e.run(k.scope, n)
	if !ok || n.typ != typeObject {
		return ok
	}
	names := len(e.names)
	e.names = n.appendNames(e.names, true)
	m := e.begin(names, len(e.names)-names)
	e.mark(k.scope, n, m)
	for i := 0; i < m.size && (ok || e.quiet == 0); i++ {
		if !e.marked[m.first+i] {
			ok = e.member("unevaluatedProperties", e.names[names+i], k.sub, n) && ok
		}
	}
	e.marked, e.names = e.marked[:m.first], e.names[:names]
	return ok
}

func (k *unevaluatedItems) holds(e *evaluation, n *datum) bool {
	ok := e.run(k.scope, n)
	if !ok || n.typ != typeArray {
		return ok
	}
	m := e.begin(0, n.len())
	e.mark(k.scope, n, m)
	for i := 0; i < m.size && (ok || e.quiet == 0); i++ {
		if !e.marked[m.first+i] {
			ok = e.part("unevaluatedItems", itemStep(i), n.item(i), k.sub) && ok
		}
	}
	e.marked = e.marked[:m.first]
	return ok
}

// marks are the members or the items of one value, and which of them have been
// evaluated: parts of what the evaluation keeps, by where they begin.
type marks struct {
	names int // in evaluation.names, sorted; of an object
	first int // in evaluation.marked
	size  int
}

func (e *evaluation) begin(names, size int) marks {
	m := marks{names, len(e.marked), size}
	e.marked = append(e.marked, make([]bool, size)...)
	return m
}

// markFrom marks everything from one item on, and all members for 0.
func (e *evaluation) markFrom(m marks, i int) {
	for ; i < m.size; i++ {
		e.marked[m.first+i] = true
	}
}

func (e *evaluation) markName(m marks, name string) {
	if i, ok := slices.BinarySearch(e.names[m.names:m.names+m.size], name); ok {
		e.marked[m.first+i] = true
	}
}

// markNames marks the members whose names are asked for.
func (e *evaluation) markNames(m marks, asked func(string) bool) {
	for i, name := range e.names[m.names : m.names+m.size] {
		if asked(name) {
			e.marked[m.first+i] = true
		}
	}
}

// marker is a keyword that evaluates members or items, or refers to such.
type marker interface {
	mark(e *evaluation, n *datum, m marks)
}

// mark marks what assertions that hold evaluate.
func (e *evaluation) mark(c check, n *datum, m marks) {
	for i := range c {
		if !e.spend() {
			return
		}
		a := &c[i]
		if k, ok := a.of.(marker); ok {
			k.mark(e, n, m)
		}
		switch {
		case n.typ == typeObject && a.op == opProperty:
			e.markName(m, a.s)
		case n.typ == typeArray && a.op == opItems:
			e.markFrom(m, a.n)
		}
		e.markBranches(a, n, m)
	}
}

// markBranches goes into the subschemas of the same value that hold.
func (e *evaluation) markBranches(a *assertion, n *datum, m marks) {
	switch a.op {
	case opAllOf:
		for _, c := range a.subs() {
			e.mark(c, n, m)
		}
	case opAnyOf, opOneOf:
		for _, c := range a.subs() {
			if e.holds(c, n) {
				e.mark(c, n, m)
			}
		}
	case opIf:
		if subs := a.subs(); e.holds(subs[0], n) {
			e.mark(subs[0], n, m)
			e.mark(subs[1], n, m)
		} else {
			e.mark(subs[2], n, m)
		}
	}
}

func (k *referred) mark(e *evaluation, n *datum, m marks) { e.mark(*k.to.rules(), n, m) }

func (k *prefixItems) mark(e *evaluation, n *datum, m marks) {
	if n.typ == typeArray {
		for i := range min(len(k.subs), m.size) {
			e.marked[m.first+i] = true
		}
	}
}

func (k *contains) mark(e *evaluation, n *datum, m marks) {
	for i := 0; n.typ == typeArray && i < m.size; i++ {
		if k.counts(e, n, i) {
			e.marked[m.first+i] = true
		}
	}
}

func (k *patternProperties) mark(e *evaluation, n *datum, m marks) {
	if n.typ == typeObject {
		e.markNames(m, k.re.match)
	}
}

func (k *additional) mark(e *evaluation, n *datum, m marks) {
	if n.typ == typeObject {
		e.markNames(m, func(name string) bool { return !k.leavesOut(name) })
	}
}

func (k *dependentSchema) mark(e *evaluation, n *datum, m marks) {
	if n.hasMember(k.name) {
		e.mark(k.sub, n, m)
	}
}

func (k *unevaluatedProperties) mark(e *evaluation, n *datum, m marks) {
	if n.typ == typeObject {
		e.markFrom(m, 0)
		return
	}
	e.mark(k.scope, n, m)
}

func (k *unevaluatedItems) mark(e *evaluation, n *datum, m marks) {
	if n.typ == typeArray {
		e.markFrom(m, 0)
		return
	}
	e.mark(k.scope, n, m)
}
