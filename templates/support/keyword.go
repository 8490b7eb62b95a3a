package support

// keyword is an assertion that brings its code along, as few documents have
// one: a program links those that its tables lead to.
type keyword interface {
	// holds evaluates it, and reports what does not hold.
	holds(e *evaluation, n *datum) bool
	// demand is the keyword and what it asks for, for messages.
	demand() (keyword, message string)
}

// keyword evaluates k about a copy of n: what is given to an interface is on the
// heap, and that of all other assertions is not.
func (e *evaluation) keyword(k keyword, n *datum) bool {
	e.held = append(e.held, *n)
	ok := k.holds(e, &e.held[len(e.held)-1])
	e.held = e.held[:len(e.held)-1]
	return ok
}

// blame reports a keyword that a value as a whole does not meet.
func (e *evaluation) blame(k keyword) bool {
	if e.quiet == 0 {
		e.failBy(k.demand())
	}
	return false
}

// referred applies a check that stands elsewhere: one that leads to itself, or
// that several others share.
type referred struct{ to rules }

// rules leads to a check: its address, and for one that leads to itself an empty
// struct, as variables must not do that.
type rules interface{ rules() *check }

func (c *check) rules() *check { return c }

func (k *referred) holds(e *evaluation, n *datum) bool {
	return !e.spend() || e.run(*k.to.rules(), n)
}

func (k *referred) demand() (string, string) {
	return "$ref", "must match what the document refers to"
}

// maxSteps bounds how often one value is given to checks that refer to each
// other. A document can ask for more than any machine can do.
const maxSteps = 1 << 22

// spend counts a step. It returns false where no more is evaluated.
func (e *evaluation) spend() bool {
	if e.steps++; e.steps > maxSteps && !e.stopped {
		e.fail("$ref", "takes too many steps to check")
		e.stopped = true
	}
	return !e.stopped
}

// hasMember tells whether the datum is an object with a member of that name.
func (n *datum) hasMember(name string) bool {
	return n.typ == typeObject && n.member(name).state != StateAbsent
}
