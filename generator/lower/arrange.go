package lower

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/names"
)

// resource is a node of the tree of resources while it grows.
type resource struct {
	word   string // Go name
	key    string // the Go names that lead here, with dots in between
	base   string // Go name without Service
	plural string // the same where nothing is called on it directly
	plain  bool   // base is the words as they stand in the path
	file   string
	found  []*call // every operation of the document
	calls  []*call // those that are kept
	subs   []*resource
	byWord map[string]*resource // subs by their words
}

// find returns the node at the end of a chain of Go names.
func (l *lowerer) find(chain []link) *resource {
	r := l.tree
	for i, part := range chain {
		next := r.child(part.name)
		next.key = strings.TrimPrefix(r.key+"."+part.name, ".")
		if next.plural == "" {
			next.plural = bounded(l.nameAt("resource "+next.key, prefixOf(chain[:i])+part.name, spelled(chain[:i+1])), next.key)
		}
		r = next
	}
	return r
}

func (r *resource) child(word string) *resource {
	if sub := r.byWord[word]; sub != nil {
		return sub
	}
	sub := &resource{word: word}
	r.subs = append(r.subs, sub)
	if r.byWord == nil {
		r.byWord = map[string]*resource{}
	}
	r.byWord[word] = sub
	return sub
}

// arrange puts every operation into the tree of resources and names it. The
// tree has all operations, so that names are the same in every slice.
func (l *lowerer) arrange() {
	l.untilSettled(func() {
		l.tree = &resource{}
		for _, c := range l.found {
			l.nameOperation(c)
		}
	}, l.claimRoutes)
	l.untilSettled(func() {
		for _, c := range l.found {
			c.base = bounded(l.nameAt(c.typesKey(), names.Join(c.noun, c.route.method), names.Join(c.route.method, c.noun)), c.typesKey())
		}
	}, l.claimBases)
}

// untilSettled names operations again and again, until no two want one name.
func (l *lowerer) untilSettled(name func(), claims func(map[scoped][]claim, *resource)) {
	for {
		l.settlement.moved = false
		name()
		wanted := map[scoped][]claim{}
		claims(wanted, l.tree)
		l.settle(wanted)
		if !l.settlement.moved {
			return
		}
		l.settlement.rounds++
	}
}

// nameOperation decides on the resource and the method of an operation, and
// where its types lie.
func (l *lowerer) nameOperation(c *call) {
	key := "method of " + c.pointer
	if c.route.whole != nil && l.level(key) > 0 {
		c.route.chain, c.route.whole = c.route.whole, nil
		c.route.base, c.route.verb = baseOf(c.route.chain), false
		c.spelled = c.route.short
		c.route.short = standardMethod(c, c.route.chain[len(c.route.chain)-1])
	}
	node := l.find(c.route.chain)
	node.found = append(node.found, c)
	if node.base == "" {
		words := spelled(c.route.chain)
		node.base, node.plain = bounded(l.nameAt("resource "+node.key, c.route.base, words), node.key), c.route.base == words
		node.file = l.names.Stem(node.base)
	}
	c.node, c.noun, c.file = node, node.base, node.file
	c.route.method = l.methodName(c)
}

func (c *call) typesKey() string { return "types of " + c.pointer }

// methodKeys is what gets another name where the method of an operation can't
// have its own.
func (c *call) methodKeys() []string {
	if c.route.given {
		return nil
	}
	return []string{"method of " + c.pointer}
}

// methodClaim wants the name of a method. Of several operations the one with
// the fewest parameters in its path has it, and then the oldest version.
func (c *call) methodClaim() claim {
	m := claim{pointer: c.pointer, what: methodClaim, keys: c.methodKeys()}
	switch {
	case c.route.given:
	case c.route.locked == c.route.method:
		m.rank = rankLocked
	default:
		m.rank = rankMethod + 200*strings.Count(c.path, "{") + 2*c.route.version
		if c.posts() || strings.HasSuffix(c.path, "/") {
			m.rank++
		}
	}
	return m
}

// posts tells whether an operation updates by POST, which PATCH does too.
func (c *call) posts() bool { return c.method == "POST" && c.route.short == "Update" && !c.route.verb }

// claimRoutes claims the names of resources and of their methods.
func (l *lowerer) claimRoutes(wanted map[scoped][]claim, node *resource) {
	methods := "methods of " + node.key
	for _, c := range node.found {
		wanted[scoped{methods, c.route.method}] = append(wanted[scoped{methods, c.route.method}], c.methodClaim())
	}
	for _, sub := range node.subs {
		c := claim{pointer: resourcePointer(sub), what: resourceClaim, node: sub}
		wanted[scoped{methods, sub.word}] = append(wanted[scoped{methods, sub.word}], c)
		c.what += " " + sub.key
		c.keys, c.rank = []string{"resource " + sub.key}, rankMethod+2*strings.Count(sub.key, ".")
		if !sub.plain {
			c.rank++
		}
		base := scoped{"resources", either(sub.base, sub.plural)}
		wanted[base] = append(wanted[base], c)
		l.claimRoutes(wanted, sub)
	}
}

// claimBases claims what the types of operations begin with.
func (l *lowerer) claimBases(wanted map[scoped][]claim, node *resource) {
	for _, c := range node.found {
		base := scoped{"types", c.base}
		wanted[base] = append(wanted[base], claim{pointer: c.pointer, what: methodClaim, keys: []string{c.typesKey()}, rank: rankMethod + len(c.route.chain)})
	}
	for _, sub := range node.subs {
		l.claimBases(wanted, sub)
	}
}

// resourcePointer returns the place of some operation of a resource.
func resourcePointer(node *resource) string {
	for _, c := range node.found {
		return join("/paths", c.path)
	}
	for _, sub := range node.subs {
		if pointer := resourcePointer(sub); pointer != "" {
			return pointer
		}
	}
	return ""
}

// methodName names an operation within its resource: as its route says, or
// where another is called so, with more of its path, by its operationId, or by
// all of its path.
func (l *lowerer) methodName(c *call) string {
	if c.route.given {
		return c.route.short
	}
	if c.route.locked != "" && l.level("method of "+c.pointer) == 0 {
		return c.route.locked
	}
	var forms []string
	add := func(name string) {
		if !slices.Contains(forms, name) {
			forms = append(forms, name)
		}
	}
	if c.spelled != "" {
		forms = append(forms, c.spelled) // which is not tried here
	}
	short := c.route.short
	add(short)
	if c.posts() {
		short = "Post"
		add(short)
	} else if c.route.verb {
		short = names.Join(l.names.Exported(strings.ToLower(c.method)), short)
		add(short)
	}
	add(names.Join(short, l.pathWord(c)))
	if c.route.version > 0 {
		add(names.Join(short, l.pathWord(c)+l.names.Tail(versionOf(c.path))))
	}
	if c.op.OperationID != "" {
		add(l.names.Exported(c.op.OperationID))
	}
	add(names.Join(short, l.names.Tail(c.path)))
	add(names.Join(short, l.names.Spelled(c.path)))
	return bounded(l.nameAt("method of "+c.pointer, forms...), c.pointer)
}

// pathWord tells an operation from others of its resource by what its path has
// besides fixed segments: the parameters at its end, or else the resource that
// the last one belongs to.
func (l *lowerer) pathWord(c *call) string {
	word := ""
	links := l.links(c.path)
	switch at := slices.IndexFunc(links, func(part link) bool { return len(part.params) > 0 }); {
	case len(links[len(links)-1].params) > 0:
		word = "By" + l.names.Tail(strings.Join(links[len(links)-1].params, " "))
	case at >= 0:
		for i, part := range links {
			if len(part.params) > 0 {
				at = i
			}
		}
		word = "For" + one(links[at].name)
	}
	return word
}
