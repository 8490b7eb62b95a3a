package load

import (
	"cmp"
	"iter"
	"net/url"
	"slices"
	"strings"
)

// link is a reference and what it leads to.
type link struct {
	holder  *node  // the object with the reference; nil for a value of a mapping
	ref     *node  // the reference itself
	was     string // as it is written
	at      spot   // where that stands
	shape   string
	to      spot
	dynamic bool   // a $dynamicRef
	text    string // what the reference becomes
}

// holds returns where the object with the reference stands.
func (l *link) holds() spot { return spot{l.at.file, l.holder, l.at.tokens[:len(l.at.tokens)-1]} }

// home is a place that becomes a component of the document.
type home struct {
	spot
	shape string
	name  string
	node  *node // of the component, where the document has it already
}

// bundler makes one document of all that a document refers to. What does not
// stand where references can lead, which is in the document's components,
// becomes a component. The trees are changed in place: first everything is
// decided, on the trees as they were read, then done.
type bundler struct {
	*checker
	main    *source
	origins map[*node]spot  // of what stood elsewhere
	byNode  map[*node]*link // by the object with the reference
	homes   map[*node]*home // by what becomes a component
	moved   []*home         // those of them that are not inside others
	last    map[*node]spot  // where references to references lead
	items   map[*node]int   // what is being copied, or has been
	copied  int             // values
}

// bundle returns where the parts of the document, changed by then, come from.
func bundle(c *checker, main *source) map[*node]spot {
	b := &bundler{
		checker: c, main: main, origins: map[*node]spot{}, byNode: map[*node]*link{},
		homes: map[*node]*home{}, last: map[*node]spot{}, items: map[*node]int{},
	}
	b.links = slices.DeleteFunc(b.links, func(l *link) bool { return !c.settled(l) })
	for _, l := range b.links {
		if l.holder != nil && (!l.dynamic || l.holder.get("$ref") == nil) {
			b.byNode[l.holder] = l
		}
	}
	if b.endless(); len(b.found) > 0 {
		return nil
	}
	b.settle()
	for _, l := range b.links {
		b.rewrite(l)
	}
	for _, n := range b.unions {
		b.keepTags(n)
	}
	for _, at := range b.nulls {
		b.nullConst(at)
	}
	for _, h := range b.moved {
		b.move(h)
	}
	for _, l := range b.links {
		if shapes[l.shape].copied {
			b.copyItem(l)
		}
	}
	return b.origins
}

// endless reports each $dynamicRef that leads back to itself: until all was
// read, nobody knew where it leads.
func (b *bundler) endless() {
	state := map[*link]int{} // 1 while on the way, 2 where it ends
	for _, l := range b.links {
		var way []*link
		next := l
		for next != nil && state[next] == 0 {
			state[next] = 1
			way = append(way, next)
			next = b.byNode[next.to.node]
		}
		if next != nil && state[next] == 1 {
			b.report(l.at.file, l.ref, l.at.tokens, "circular-reference", "%s leads back to itself and never to a schema: write out one of those on the way", l.was)
		}
		for _, on := range way {
			state[on] = 2
		}
	}
}

// settle decides what each reference becomes.
func (b *bundler) settle() {
	for _, l := range b.links {
		l.to = b.end(l)
		if !shapes[l.shape].copied && b.homes[l.to.node] == nil && !b.reachable(l.to, l.shape) {
			b.homes[l.to.node] = &home{spot: l.to, shape: l.shape}
		}
	}
	for _, h := range b.homes {
		if outer, _ := b.around(h.spot, h.shape); outer == nil {
			b.moved = append(b.moved, h)
		}
	}
	slices.SortFunc(b.moved, func(x, y *home) int {
		return cmp.Or(strings.Compare(x.file.abs, y.file.abs), slices.Compare(x.tokens, y.tokens))
	})
	for _, l := range b.links {
		b.alias(l)
	}
	b.name()
	for _, l := range b.links {
		l.text = b.text(l)
	}
}

// end follows references to what is nothing but a reference, up to the
// document's components.
func (b *bundler) end(l *link) spot {
	to := l.to
	var way []*node
	for {
		next := b.byNode[to.node]
		if last, ok := b.last[to.node]; ok {
			to = last
			break
		}
		if next == nil || !b.pure(next) || b.isComponent(to, l.shape) {
			break
		}
		way = append(way, to.node)
		to = next.to
	}
	for _, n := range way {
		b.last[n] = to
	}
	return to
}

// isComponent tells whether a place is one of the document's components.
func (b *bundler) isComponent(at spot, shape string) bool {
	return at.file == b.main && len(at.tokens) == 3 && at.tokens[0] == "components" && at.tokens[1] == shapes[shape].section
}

// beside tells whether an object has such members beside its reference.
func (l *link) beside(such func(key string) bool) bool {
	return slices.ContainsFunc(l.holder.kids, func(kid *node) bool { return kid != l.ref && such(kid.key) })
}

// pure tells whether an object is a reference and says nothing besides.
func (b *bundler) pure(l *link) bool {
	if shapes[l.shape].copied {
		return len(l.holder.kids) == 1
	}
	return !b.siblings || !l.beside(func(key string) bool { return !silent[key] })
}

// asserts tells whether an object has members beside its reference that a value
// has to meet as well: since OpenAPI 3.1.
func (b *bundler) asserts(l *link) bool {
	return b.siblings && l.beside(func(key string) bool { return !silent[key] && !describing[key] && !extension(key) })
}

// silent are the members beside a $ref that say nothing at all, describing
// those that say something which no value can break.
var (
	silent = map[string]bool{
		"$schema": true, "$id": true, "$anchor": true, "$dynamicAnchor": true, "$comment": true, "$defs": true, "definitions": true,
	}
	describing = map[string]bool{
		"title": true, "description": true, "summary": true, "deprecated": true, "default": true, "example": true, "examples": true,
		"readOnly": true, "writeOnly": true, "externalDocs": true, "xml": true, "nullable": true, "discriminator": true,
		"allowEmptyValue": true,
	}
)

// reachable tells whether a reference can lead to a place where it is.
func (b *bundler) reachable(at spot, shape string) bool {
	if at.file != b.main || len(at.tokens) < 3 {
		return false
	}
	top, _ := b.main.root.find(at.tokens[:3])
	return b.isComponent(spot{b.main, top, at.tokens[:3]}, shape) && b.walkable(top, at.tokens[3:], shape)
}

// walkable tells whether lowering can follow the way from one schema to another
// one inside it.
func (b *bundler) walkable(n *node, tokens []string, shape string) bool {
	for len(tokens) > 0 {
		step := steps[tokens[0]]
		if l := b.byNode[n]; shape != "schema" || step == 0 || len(tokens) < step || l != nil && !b.asserts(l) {
			return false
		}
		next, ok := n.find(tokens[:step])
		if !ok || next.kind != object && (next.kind != boolean || tokens[0] == "additionalProperties") {
			return false
		}
		n, tokens = next, tokens[step:]
	}
	return true
}

// steps are the keywords that lowering can follow, and how many tokens each
// takes.
var steps = map[string]int{
	"items": 1, "additionalProperties": 1, "properties": 2, "$defs": 2, "allOf": 2, "anyOf": 2, "oneOf": 2,
}

// around returns the outermost place that becomes a component and has another
// place in it, and the way from there.
func (b *bundler) around(at spot, shape string) (*home, []string) {
	n := at.file.root
	for i, token := range at.tokens {
		if h := b.homes[n]; h != nil && h.shape == shape && b.walkable(n, at.tokens[i:], shape) {
			return h, at.tokens[i:]
		}
		if n = n.child(token); n == nil {
			break
		}
	}
	return nil, nil
}

// alias looks at a component that is nothing but a reference to what becomes a
// component: then it is that. Of several, the one that is called as what it
// refers to comes first, then the first by name.
func (b *bundler) alias(l *link) {
	h := b.homes[l.to.node]
	if h == nil || l.holder == nil || !b.pure(l) || !b.isComponent(l.holds(), l.shape) || l.holder == h.spot.node {
		return
	}
	if outer, _ := b.around(h.spot, h.shape); outer != nil {
		return
	}
	name, natural := l.at.tokens[2], naturalName(h.spot)
	if h.node == nil || h.name != natural && (name == natural || name < h.name) {
		h.name, h.node = name, l.holder
	}
}

// text returns what a reference becomes: itself, where it leads to a component.
func (b *bundler) text(l *link) string {
	if shapes[l.shape].copied {
		return ""
	}
	if b.reachable(l.to, l.shape) {
		own, err := url.Parse(l.was)
		if err == nil && !l.dynamic && l.at.file == b.main && strings.HasPrefix(l.was, "#/") && slices.Equal(splitPointer(own.Fragment), l.to.tokens) {
			return l.was
		}
		return refTo(l.to.tokens)
	}
	if h, rest := b.around(l.to, l.shape); h != nil {
		return refTo(append(h.component(), rest...))
	}
	return refTo(b.homes[l.to.node].component())
}

func (h *home) component() []string { return []string{"components", shapes[h.shape].section, h.name} }

// refTo writes a reference inside the document.
func refTo(tokens []string) string {
	return "#" + (&url.URL{Fragment: joinPointer(tokens)}).EscapedFragment()
}

// rewrite makes a reference what it becomes. What stands beside it and has to
// hold as well stays, and the reference becomes one more part of that: the
// library has no members beside a reference.
func (b *bundler) rewrite(l *link) {
	if shapes[l.shape].copied {
		return
	}
	l.ref.text = l.text
	if l.holder == nil {
		return
	}
	only := b.byNode[l.holder] == l
	if only && l.dynamic {
		l.ref.key, l.holder.index = "$ref", nil
	}
	if l.shape != "schema" || only && !b.asserts(l) {
		return
	}
	l.ref.key = "$ref"
	l.holder.drop(l.ref)
	b.conjoin(l.holds(), &node{kind: object, kids: []*node{l.ref}})
	b.origins[l.ref] = l.at
}

// conjoin adds a schema to the allOf of another one.
func (b *bundler) conjoin(at spot, part *node) {
	n := at.node
	part.line, part.col = n.line, n.col
	b.origins[part] = at
	all := n.get("allOf")
	if all == nil {
		all = &node{kind: list, key: "allOf", line: n.line, col: n.col}
		b.origins[all] = at
		n.add(all)
	}
	all.add(part)
}

// nullConst writes a const of null as an enum: the library takes it for none.
func (b *bundler) nullConst(at spot) {
	constant := at.node.get("const")
	from := spot{at.file, constant, append(slices.Clone(at.tokens), "const")}
	value := &node{kind: null, text: "null", line: constant.line, col: constant.col}
	enum := &node{kind: list, key: "enum", kids: []*node{value}, line: constant.line, col: constant.col}
	b.origins[enum], b.origins[value] = from, from
	at.node.drop(constant)
	if at.node.get("enum") == nil {
		at.node.add(enum)
		return
	}
	b.conjoin(at, &node{kind: object, kids: []*node{enum}})
}

// keepTags keeps the values of a discriminator that follow from the names of
// schemas, where those have others now.
func (b *bundler) keepTags(n *node) {
	by := n.get("discriminator")
	for _, keyword := range []string{"oneOf", "anyOf"} {
		alternatives := n.get(keyword)
		if alternatives == nil || by.kind != object {
			continue
		}
		for _, kid := range alternatives.kids {
			if l := b.byNode[kid]; l != nil && lastName(l.was) != lastName(l.text) {
				b.keepTag(by, lastName(l.was), l.text)
			}
		}
	}
}

func (b *bundler) keepTag(by *node, tag, to string) {
	mapping := by.get("mapping")
	if mapping == nil {
		mapping = &node{kind: object, key: "mapping", line: by.line, col: by.col}
		by.add(mapping)
	}
	named := false
	for _, kid := range mapping.kids {
		if kid.kind == text && kid.text == tag {
			kid.text = to
		}
		named = named || kid.text == to
	}
	if !named {
		mapping.add(&node{kind: text, key: tag, text: to, line: by.line, col: by.col})
	}
}

// move makes a place a component, to which the place then refers.
func (b *bundler) move(h *home) {
	if h.node == nil {
		h.node = &node{key: h.name}
		all := b.section(h.shape)
		all.kids, all.index = append(all.kids, h.node), nil
	}
	place := h.spot.node
	h.node.take(place)
	b.origins[h.node] = h.spot
	if place == h.file.root {
		return
	}
	if section := b.wrongSection(h); section != nil {
		section.drop(place)
		return
	}
	ref := &node{kind: text, key: "$ref", text: refTo(h.component()), line: place.line, col: place.col}
	place.take(&node{kind: object, kids: []*node{ref}, line: place.line, col: place.col})
}

// wrongSection returns the components that a component of another shape stands
// among: no reference may lead on from there.
func (b *bundler) wrongSection(h *home) *node {
	tokens := h.tokens
	if h.file != b.main || len(tokens) != 3 || tokens[0] != "components" || !misplaced(sections[tokens[1]], h.shape) {
		return nil
	}
	return b.main.root.get("components").get(tokens[1])
}

// section returns the components of a shape.
func (b *bundler) section(shape string) *node {
	n := b.main.root
	for _, name := range []string{"components", shapes[shape].section} {
		next := n.get(name)
		if next == nil {
			next = &node{kind: object, key: name, line: n.line, col: n.col}
			n.add(next)
		}
		if next.kind == null { // YAML's empty value
			next.kind = object
		}
		n = next
	}
	return n
}

// States of path items.
const (
	copying = 1 + iota
	copied
)

// copyItem puts what a path item refers to in place of the reference: before
// OpenAPI 3.1 path items are no components, and others never are. Its own
// members win.
func (b *bundler) copyItem(l *link) {
	holder := l.holder
	if len(b.found) > 0 {
		return
	}
	switch b.items[holder] {
	case copied:
		return
	case copying:
		b.report(l.at.file, l.ref, l.at.tokens, "circular-reference", "what this refers to holds itself: write that out")
		return
	}
	b.items[holder] = copying
	for n := range within(l.to.node) {
		if inner := b.byNode[n]; inner != nil && shapes[inner.shape].copied {
			b.copyItem(inner)
		}
		if len(b.found) > 0 {
			return
		}
		if b.copied++; b.copied > maxCopies {
			b.report(l.at.file, l.ref, l.at.tokens, "too-large", "what others refer to where references have no counterpart is copied, to more than 500,000 values: make it smaller, or refer to it less")
			return
		}
	}
	holder.drop(l.ref)
	for _, kid := range l.to.node.kids {
		if kid.key == "$ref" || holder.get(kid.key) != nil {
			continue
		}
		holder.add(kid)
		if b.origins[kid].file == nil {
			b.origins[kid] = spot{l.to.file, kid, append(slices.Clone(l.to.tokens), kid.key)}
		}
	}
	b.items[holder] = copied
}

// within goes over a node and all that is in it.
func within(n *node) iter.Seq[*node] {
	return func(yield func(*node) bool) { visit(n, yield) }
}

func visit(n *node, yield func(*node) bool) bool {
	return yield(n) && !slices.ContainsFunc(n.kids, func(kid *node) bool { return !visit(kid, yield) })
}
