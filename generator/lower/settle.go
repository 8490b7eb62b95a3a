package lower

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/names"
)

// scoped is a Go name, and what it has to be the only one in: "" for the
// package, else the type of a service.
type scoped struct{ scope, name string }

// claim is a node that wants a Go name.
type claim struct {
	pointer string
	what    string // tells several nodes at one place apart
	also    string // the other places of an enum
	// keys are what gets a longer name where this one can't be had; none where
	// the config gives the name.
	keys []string
	rank int       // of several, the only one of the lowest rank has the name
	node *resource // whose name it is, for one of a resource or its service
}

// The ranks of claims. A component is called by a name that people chose; what
// is inside another node is called by its place.
const (
	rankGiven     = 0 // by the config, or by what can't be called otherwise
	rankLocked    = 1 // by the lock
	rankIterator  = 2
	rankComponent = 3 // and names.Plainness
	rankService   = 10
	rankInside    = 11 // another schema
	rankOperation = 12
	rankItem      = 13 // of a list, called by the singular
	rankConstant  = 14
	rankHidden    = 15
	rankMethod    = 20 // and more
)

// settlement is how long a name each node has. A node has its short name,
// which is not in levels, unless another has a better claim to that, or one
// that is as good: then both get a longer one, which again depends on each node
// alone.
type settlement struct {
	names  *names.Policy
	stems  map[enumKey]string // what the constants of enums are named by that may be one
	levels map[string]int     // by key
	lost   map[string]loss
	rounds int
	moved  bool // since the round began
}

// loss is the name that a node would have, and who else would.
type loss struct{ name, to string }

func newSettlement(initialisms []string) *settlement {
	return &settlement{names: names.New(initialisms), levels: map[string]int{}, lost: map[string]loss{}}
}

const (
	// lastLevel is the level at which a name holds a hash of the node's place.
	lastLevel = 8
	// patience is after how many rounds every further collision is settled by
	// such names, so that no document can ask for more.
	patience = 12
)

// settled lowers a document again and again, until each node has a name that
// nothing else has. Nearly always the first time is the last.
func settled(doc *openapi3.T, opts Options, s *settlement) *lowerer {
	for {
		l := newLowerer(doc, opts, s)
		s.moved = false
		l.run()
		if !s.moved {
			return l
		}
		s.rounds++
	}
}

// settle gives longer names to the nodes that want one name, and reports those
// that can't have another.
func (l *lowerer) settle(all map[scoped][]claim) {
	list := sortedNames(all)
	for _, name := range list {
		l.contest(name, all[name], l.lengthen)
	}
	if l.settlement.moved {
		return
	}
	for _, name := range list {
		l.contest(name, all[name], l.stuck)
	}
}

// contest calls lose with each claim to a name that is not the best.
func (l *lowerer) contest(name scoped, claims []claim, lose func(name scoped, c, to claim)) {
	claims = l.standing(claims)
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(a.rank-b.rank, cmp.Compare(a.pointer+" "+a.what, b.pointer+" "+b.what))
	})
	reserved := name.scope == "" && l.reserved[name.name]
	for i, c := range claims {
		switch {
		case reserved:
			lose(name, c, claim{})
		case len(claims) == 1 || i == 0 && claims[1].rank > c.rank:
		case i == 0:
			lose(name, c, claims[1])
		default:
			lose(name, c, claims[0])
		}
	}
}

// lengthen gives a longer name to what loses a contest.
func (l *lowerer) lengthen(name scoped, c, to claim) {
	s := l.settlement
	for _, key := range c.keys {
		if s.levels[key] >= lastLevel {
			continue
		}
		s.levels[key]++
		if s.rounds > patience {
			s.levels[key] = lastLevel
		}
		if _, again := s.lost[key]; !again {
			s.lost[key] = loss{name.name, to.pointer}
		}
		s.moved = true
	}
}

// stuck reports what loses a contest and has no other name: only the config
// can do that, which gives one name twice, or to a node with a longer one.
func (l *lowerer) stuck(name scoped, c, to claim) {
	switch {
	case to.pointer == "":
		l.report(c.pointer, "reserved-name", "%s is a name of the support code: give this another under names in the config, at %q", name.name, c.pointer)
	case c.rank > rankGiven || to.rank == rankGiven && c.pointer+c.what > to.pointer+to.what:
		l.report(c.pointer, "name-collision", "this%s is called %s, and so is #%s%s: %s", c.others(), name.name, to.pointer, to.others(), c.remedy())
	}
}

func sortedNames(all map[scoped][]claim) []scoped {
	var out []scoped
	for name := range all {
		out = append(out, name)
	}
	slices.SortFunc(out, func(a, b scoped) int { return cmp.Or(cmp.Compare(a.scope, b.scope), cmp.Compare(a.name, b.name)) })
	return out
}

// level returns how long the name of a node is.
func (l *lowerer) level(key string) int { return l.settlement.levels[key] }

// hashed is the longest name of a node, which nothing else has.
func hashed(name, key string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key)) // never fails
	return names.Join(name, fmt.Sprintf("X%08x", h.Sum32()))
}

// nameAt returns the name of a node at its level, of these, the short one first.
// From the last level on a hash follows the last of them.
func (l *lowerer) nameAt(key string, forms ...string) string { return l.nameAs(key, key, forms...) }

// nameAs is nameAt for what the lock has another key for.
func (l *lowerer) nameAs(lockKey, key string, forms ...string) string {
	if l.opts.Lock != nil {
		l.lockedLevel(lockKey, key, forms)
	}
	level, name := l.level(key), ""
	switch {
	case level == 0:
		return forms[0]
	case level >= len(forms) || level == lastLevel:
		name = hashed(forms[len(forms)-1], key)
	default:
		name = forms[level]
	}
	l.longer[lockKey] = name
	return name
}

// remedy says how a place gets another name.
func (c claim) remedy() string {
	switch c.what {
	case resourceClaim:
		return "give its operations another resource under operations in the config"
	case methodClaim:
		return "give it another name under operations in the config"
	}
	return fmt.Sprintf("give it another name under names in the config, at %q", c.pointer)
}

// What resources and methods are marked by, which are named in another part of
// the config than types.
const (
	resourceClaim = "resource"
	methodClaim   = "method"
)

// others lists the other places of an enum, which share its name until each has
// another.
func (c claim) others() string {
	if c.also == "" {
		return ""
	}
	return " (and #" + c.also + ")"
}

// renamed notes every node that does not have its short name.
func (l *lowerer) renamed(all map[scoped][]claim) {
	for _, name := range sortedNames(all) {
		for _, c := range all[name] {
			i := slices.IndexFunc(c.keys, func(key string) bool { return l.level(key) > 0 })
			if i < 0 || c.rank == rankHidden || c.rank == rankIterator {
				continue
			}
			lost, here := l.settlement.lost[c.keys[i]]
			if !here {
				l.note(c.pointer, "longer-name", "this%s is called %s, as the lock has it so: delete its line there for the name that it would have now", c.others(), name.name)
				continue
			}
			why := lost.name + " is a name of the support code"
			if lost.to != "" {
				why = "#" + lost.to + " would be called " + lost.name + " as well"
			}
			l.note(c.pointer, "longer-name", "this%s is called %s, as %s: %s if you want one", c.others(), name.name, why, c.remedy())
		}
	}
}

// typeClaim returns the claim of a type that is declared at a place.
func (l *lowerer) typeClaim(name, pointer string) claim {
	c := claim{pointer: pointer, keys: []string{pointer}, rank: rankInside}
	component, ok := strings.CutPrefix(pointer, "/components/schemas/")
	switch {
	case ok && !strings.Contains(component, "/"):
		short := l.stripSchema(unescape(component))
		c.rank = rankComponent + names.LeastPlain
		if l.names.Exported(short) == name { // and nothing had to be added
			c.rank = rankComponent + names.Plainness(short, name)
		}
	case strings.HasSuffix(pointer, "/items"):
		c.rank = rankItem
	case strings.HasPrefix(pointer, "/paths/"):
		c.rank = rankOperation
	}
	return l.unlessGiven(c)
}

// unlessGiven takes the keys off a claim whose name the config gives.
func (l *lowerer) unlessGiven(c claim) claim {
	if _, given := l.override(c.pointer); given {
		c.keys, c.rank = nil, rankGiven
	} else if l.opts.Lock != nil && l.level(c.pointer) == 0 && l.opts.Lock.Types[l.lockKey(c.pointer)] != "" {
		c.rank = rankLocked
	}
	return c
}
