package lower

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// locked returns the name that the lock has for the type at a place. It is that
// of the type alone: in an operation, enums inside go on to leave out the method.
// A name that something with a better claim has is given up.
func (l *lowerer) locked(p place, owner string) (string, bool) {
	if l.opts.Lock == nil || owner != p.owner || l.level(p.pointer) > 0 {
		return "", false
	}
	name, ok := l.opts.Lock.Types[l.lockKey(p.pointer)]
	return name, ok
}

// lockKey is what the lock knows a type by: its place, or for an alternative
// with a title, which may come to stand elsewhere among the others, that.
func (l *lowerer) lockKey(pointer string) string {
	pointer = ir.Place(pointer)
	return either(l.titles[pointer], pointer)
}

// titled remembers the alternatives that have a title to themselves.
func (l *lowerer) titled(p place, keyword string, all []place) {
	if l.opts.Lock == nil {
		return
	}
	count := map[string]int{}
	for _, m := range all {
		count[m.schema().Title]++
	}
	for _, m := range all {
		if title := m.schema().Title; title != "" && count[title] == 1 && !m.isRef() && !isRange(m.schema()) {
			l.titles[m.pointer] = join(p.pointer, keyword, title)
		}
	}
}

// lockedLevel returns how long the name of a node was, where the lock has one
// that is none of the short ones. What it has besides was made by other rules,
// and is passed over.
func (l *lowerer) lockedLevel(lockKey, key string, families ...[]string) {
	if l.opts.Lock == nil || l.level(key) > 0 {
		return
	}
	name, ok := l.opts.Lock.Longer[lockKey]
	if !ok {
		return
	}
	for _, forms := range families {
		for i, form := range append(slices.Clone(forms), hashed(forms[len(forms)-1], key)) {
			if i == len(forms) {
				i = lastLevel
			}
			if i > 0 && slices.Contains([]string{form, form + "Union", form + "Object"}, name) {
				l.settlement.levels[key] = i
				return
			}
		}
	}
}

// lockedRoute puts an operation where the lock has it.
func (l *lowerer) lockedRoute(c *call, r route) route {
	if l.opts.Lock == nil {
		return r
	}
	given, ok := l.opts.Lock.Operations[c.key()]
	dot := strings.LastIndexByte(given.Name, '.')
	if !ok || dot < 0 {
		return r
	}
	words := strings.Split(given.Name[:dot], ".")
	switch {
	case given.Path == "" && spells(r.chain, words):
	case given.Path == "" && spells(r.whole, words):
		r.chain = r.whole
	default:
		r.chain = chainOf(words, l.links(either(given.Path, c.path)))
	}
	r.locked, r.whole, r.base = given.Name[dot+1:], nil, baseOf(r.chain)
	return r
}

// key is what the config and the lock call an operation.
func (c *call) key() string { return c.method + " " + c.path }

// serviceName names the type of a resource. One that only leads to others is called
// in the plural, which the lock has, so that it stays when operations come to it.
func (l *lowerer) serviceName(node *resource, base string) string {
	key, led := "service "+node.key, l.unreserved(node.plural+"Service")
	if l.opts.Lock != nil && l.level(key) == 0 && (node.base == "" || l.opts.Lock.Longer[key] == led) {
		l.longer[key] = led
		return led
	}
	return l.unreserved(l.nameAt(key, base+"Service", base+"Operations"))
}

func spells(chain []link, words []string) bool {
	return slices.EqualFunc(chain, words, func(part link, word string) bool { return part.name == word })
}

// chainOf returns the links of a path that have some names, in their order, and
// makes up what is not in the path.
func chainOf(words []string, links []link) []link {
	var out []link
	for _, word := range words {
		part := link{word: word, name: word}
		if at := slices.IndexFunc(links, func(other link) bool { return other.name == word }); at >= 0 {
			part, links = links[at], links[at+1:]
		}
		out = append(out, part)
	}
	return out
}

// freshRank is added to the rank of what is not in the lock: it comes after all
// that is.
const freshRank = 1 << 20

// standing puts what is not in the lock behind all that is.
func (l *lowerer) standing(claims []claim) []claim {
	if len(claims) < 2 || l.opts.Lock == nil || l.opts.Lock.Empty() {
		return claims
	}
	out := slices.Clone(claims)
	for i, c := range out {
		if c.rank > rankLocked && l.isFresh(c) {
			out[i].rank += freshRank
		}
	}
	return out
}

// isFresh tells whether a node, and what it is inside of, is not in the lock.
func (l *lowerer) isFresh(c claim) bool {
	if c.node != nil {
		return !slices.ContainsFunc(c.node.all(), func(c *call) bool { return l.isLocked(c.method, c.path) })
	}
	tokens := strings.Split(c.pointer, "/")
	switch {
	case strings.HasPrefix(c.pointer, "/paths/"):
		path := unescape(tokens[2])
		if len(tokens) > 3 && l.isLocked(strings.ToUpper(tokens[3]), path) {
			return false
		}
		item := l.doc.Paths.Value(path)
		return item == nil || len(tokens) > 3 && item.GetOperation(strings.ToUpper(tokens[3])) != nil || !l.anyLocked(path)
	case strings.HasPrefix(c.pointer, "/components/"):
		for i := 4; i <= len(tokens); i++ {
			if _, known := l.opts.Lock.Types[l.lockKey(strings.Join(tokens[:i], "/"))]; known {
				return false
			}
		}
		return true
	}
	return false
}

func (l *lowerer) isLocked(method, path string) bool {
	_, ok := l.opts.Lock.Operations[method+" "+path]
	return ok
}

func (l *lowerer) anyLocked(path string) bool {
	return slices.ContainsFunc(l.found, func(c *call) bool { return c.path == path && l.isLocked(c.method, path) })
}

// all returns the operations of a resource and of those below it.
func (r *resource) all() []*call {
	out := slices.Clone(r.found)
	for _, sub := range r.subs {
		out = append(out, sub.all()...)
	}
	return out
}

// given returns the names that the lock is to have; none where nobody wants one.
func (l *lowerer) given() names.Given {
	out := names.NewGiven()
	if l.opts.Lock == nil {
		return out
	}
	for _, c := range l.kept {
		out.Operations[c.key()] = names.Operation{Name: c.node.key + "." + c.route.method, ID: c.op.OperationID}
	}
	inTypes := map[string]bool{}
	for _, t := range l.api.Types { // sorted by now
		if pointer, ok := l.lockable(t); ok && out.Types[l.lockKey(pointer)] == "" {
			out.Types[l.lockKey(pointer)], inTypes[pointer] = t.TypeName(), true
		}
	}
	for key, name := range l.longer {
		if !inTypes[key] && !strings.HasPrefix(key, "method of ") {
			out.Longer[key] = name
		}
	}
	for _, name := range sortedNames(l.taken) {
		for _, c := range l.taken[name] {
			for _, key := range c.keys {
				if out.Longer[key] != "" && strings.HasPrefix(key, "/") && !strings.Contains(key, " ") {
					out.Longer[key] = name.name
				}
			}
		}
	}
	return rekeyed(out, l.doc, steadyKey)
}

// lockable returns the place of a type that has a name of its own, rather than
// one that follows from what it is inside of.
func (l *lowerer) lockable(t ir.Named) (string, bool) {
	pointer := ir.PlaceOf(t)
	inOperation := strings.HasPrefix(pointer, "/paths/")
	switch t := t.(type) {
	case *ir.Struct:
		if t.Whole {
			return "", false
		}
	case *ir.Enum:
		if t.Expand || inOperation {
			return "", false
		}
	}
	if l.titles[pointer] != "" {
		return pointer, true
	}
	return pointer, !inOperation && pointer != "" && !l.isInside(pointer)
}

// isInside tells whether a type is around a place.
func (l *lowerer) isInside(pointer string) bool {
	for strings.Count(pointer, "/") > 3 { // what is around the components is no type
		pointer = pointer[:strings.LastIndexByte(pointer, '/')]
		if l.declared[pointer] != nil || l.declared[pointer+"/"] != nil {
			return true
		}
	}
	return false
}
