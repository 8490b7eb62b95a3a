package load

import (
	"slices"
	"strconv"
	"strings"
)

// kind is the JSON type of a node.
type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	object
)

// String names the kind as a message says it.
func (k kind) String() string {
	return [...]string{"null", "true or false", "a number", "text", "a list", "an object"}[k]
}

// node is a value of a document, JSON or YAML alike.
type node struct {
	kind kind
	key  string // its name, for a member of an object
	text string // strings as they read, numbers as JSON writes them
	kids []*node
	// line and col are where the key stands, or the value where there is none.
	// They count from 1; col counts bytes in JSON and characters in YAML.
	line, col int32

	index map[string]*node // members by name, made for large objects when asked
	seen  uint32           // shapes as which it has been checked, a bit each
}

// manyMembers is from where on an index pays.
const manyMembers = 16

// get returns a member, or nil.
func (n *node) get(name string) *node {
	if n == nil || n.kind != object {
		return nil
	}
	if len(n.kids) > manyMembers {
		return n.indexed()[name]
	}
	for _, kid := range n.kids {
		if kid.key == name {
			return kid
		}
	}
	return nil
}

func (n *node) indexed() map[string]*node {
	if n.index == nil {
		n.index = make(map[string]*node, len(n.kids))
		for _, kid := range n.kids {
			n.index[kid.key] = kid
		}
	}
	return n.index
}

// child returns what one token of a pointer names, or nil.
func (n *node) child(token string) *node {
	if n.kind != list {
		return n.get(token)
	}
	i, err := strconv.Atoi(token)
	if err != nil || i < 0 || i >= len(n.kids) || strconv.Itoa(i) != token {
		return nil
	}
	return n.kids[i]
}

// token returns the token that leads from n to one of its kids.
func (n *node) token(i int) string {
	if n.kind == list {
		return strconv.Itoa(i)
	}
	return n.kids[i].key
}

// take gives n the value of another node. Its name stays.
func (n *node) take(from *node) {
	n.kind, n.text, n.kids, n.index = from.kind, from.text, from.kids, nil
	n.line, n.col = from.line, from.col
}

// add adds a member.
func (n *node) add(kid *node) {
	n.kids = append(n.kids[:len(n.kids):len(n.kids)], kid)
	n.index = nil
}

// drop removes a member.
func (n *node) drop(kid *node) {
	n.kids = slices.DeleteFunc(slices.Clone(n.kids), func(k *node) bool { return k == kid })
	n.index = nil
}

// find follows tokens as far as they lead, and tells whether that was all the
// way.
func (n *node) find(tokens []string) (*node, bool) {
	for _, token := range tokens {
		next := n.child(token)
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}

// duplicates calls report for every member whose name an earlier one has.
func (n *node) duplicates(report func(first, again *node)) {
	if len(n.kids) <= manyMembers {
		for i, kid := range n.kids {
			for _, first := range n.kids[:i] {
				if first.key == kid.key {
					report(first, kid)
					break
				}
			}
		}
		return
	}
	names := make(map[string]*node, len(n.kids))
	for _, kid := range n.kids {
		if first, ok := names[kid.key]; ok {
			report(first, kid)
			continue
		}
		names[kid.key] = kid
	}
	n.index = names
}

var (
	escaper   = strings.NewReplacer("~", "~0", "/", "~1")
	unescaper = strings.NewReplacer("~1", "/", "~0", "~")
)

// joinPointer makes a JSON pointer of its tokens.
func joinPointer(tokens []string) string {
	var b strings.Builder
	for _, token := range tokens {
		b.WriteByte('/')
		b.WriteString(escaper.Replace(token))
	}
	return b.String()
}

// splitPointer is the reverse of joinPointer.
func splitPointer(pointer string) []string {
	pointer = strings.TrimPrefix(pointer, "#")
	if pointer == "" {
		return nil
	}
	tokens := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, token := range tokens {
		tokens[i] = unescaper.Replace(token)
	}
	return tokens
}
