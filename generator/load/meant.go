package load

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/oaken-go/oaken/generator/diag"
)

// This file is about what is wrong by the letter and has one meaning all the
// same, which other tools take it for. It is changed in the tree to what it
// means, with a note.

// loosely notes something that is taken for what it means: one entry for all
// places of a kind, with the first of them.
func (c *checker) loosely(n *node, code, message string) {
	if t := c.loose[code]; t != nil {
		t.places++
		return
	}
	c.loose[code] = &looseness{places: 1, first: diag.Diagnostic{
		Pos: c.file.pos(n), Pointer: joinPointer(c.tokens), Code: code, Message: message,
	}}
}

// looseness is a kind of note.
type looseness struct {
	first  diag.Diagnostic
	places int
}

// notes returns what loosely noted.
func (c *checker) notes() diag.List {
	var out diag.List
	for _, t := range c.loose {
		if t.places > 1 {
			t.first.Message += fmt.Sprintf(" (%d places)", t.places)
		}
		out = append(out, t.first)
	}
	return out.Sorted()
}

// text is a number, true or false where text belongs: as YAML has it without
// quotes.
func (c *checker) text(n *node) {
	if n.kind != number && n.kind != boolean {
		c.one(n, n.kind == text, "text")
		return
	}
	if written, ok := c.file.written[n]; ok {
		n.text = written
	}
	n.kind = text
	c.loosely(n, "unquoted-text", "a number, true or false stands where text belongs, and is taken as it is written: put it in quotes")
}

// types are the values of the keyword type. Without quotes, YAML's null is no
// text.
func (c *checker) types(n *node) {
	if n.kind != list {
		if c.nullType(n); n.kind != null {
			c.one(n, n.kind == text, "text or a list of text")
		}
		return
	}
	for i, kid := range n.kids {
		c.in(strconv.Itoa(i), func() { c.nullType(kid) })
	}
	c.items(n, "text")
}

func (c *checker) nullType(n *node) {
	if _, empty := c.file.written[n]; n.kind != null || empty || !c.siblings {
		return
	}
	n.kind, n.text = text, "null"
	c.loosely(n, "unquoted-null", "null stands where the name of a type belongs, and is taken for \"null\": put it in quotes")
}

// prose are the members whose text is for people. Nothing follows from them, so
// that it may come from another file, or be left out.
var prose = map[string]bool{"description": true, "summary": true, "title": true, "termsOfService": true, "$comment": true}

// maxProse bounds the text that is read for such members, in all.
const maxProse = 16 << 20

// told reads the text that a reference in place of text names. It tells whether
// there is such a reference.
func (c *checker) told(n *node) bool {
	ref := n.get("$ref")
	if len(c.tokens) == 0 || !prose[c.tokens[len(c.tokens)-1]] || len(n.kids) != 1 || ref == nil || ref.kind != text {
		return false
	}
	said, ok := c.prose(ref.text)
	n.kind, n.text, n.kids = text, said, nil
	if ok {
		c.loosely(n, "text-reference", "a reference stands where text belongs: the text that it names is taken, which few tools do")
	} else {
		c.loosely(n, "text-left-out", "a reference stands where text belongs, and names no text in the document's folder: it is left out: write the text")
	}
	return true
}

// prose returns the text that a reference names: a value in a document, or a
// file that is none.
func (c *checker) prose(ref string) (string, bool) {
	said, ok := "", false
	if name, _, _ := strings.Cut(ref, "#"); name == "" || slices.Contains([]string{".json", ".yaml", ".yml"}, filepath.Ext(name)) {
		t := c.lookup(ref)
		ok = t.file != nil && t.node.kind == text
		if ok {
			said = t.node.text
		}
	} else {
		said, ok = c.plainFile(name)
	}
	if c.said += len(said); !ok || c.said > maxProse {
		return "", false
	}
	return said, true
}

// plainFile returns what a file of the document's folder holds.
func (c *checker) plainFile(name string) (string, bool) {
	inside, err := filepath.Rel(c.folder, filepath.Join(filepath.Dir(c.file.abs), filepath.FromSlash(name)))
	if err != nil || filepath.IsAbs(name) || !filepath.IsLocal(inside) || c.file.self.at.Scheme != "file" {
		return "", false
	}
	f, err := c.open(c.ctx, inside)
	if err != nil {
		return "", false
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(&stoppable{c.ctx, f}, maxProse+1))
	return string(data), err == nil && invalidUTF8(string(data)) < 0
}

// spreadAs is spread where what the list or the object has can be referred to.
func (c *checker) spreadAs(n *node, each string) {
	if s := shapes[each]; s != nil && s.ref {
		c.spread(n)
	}
}

// spread makes a reference in place of a list, or of an object with names, a
// list or object of references. It does nothing where there is none.
func (c *checker) spread(n *node) {
	ref := n.get("$ref")
	if ref == nil || ref.kind != text || len(n.kids) != 1 {
		return
	}
	t, address := c.several(ref.text)
	if t.file == nil && t.code != "" {
		c.in("$ref", func() { c.fail(ref, t.code, "%s", t.message) })
		n.kids = nil
	}
	if t.file == nil || t.node == n || t.node.kind != object && t.node.kind != list {
		return
	}
	if c.spreads += len(t.node.kids); c.spreads > maxCopies {
		return
	}
	out := &node{kind: t.node.kind}
	for i, kid := range t.node.kids {
		token := t.node.token(i)
		to := refTo(append(slices.Clone(t.tokens), token))
		inner := &node{kind: text, key: "$ref", text: address + to, line: ref.line, col: ref.col}
		item := &node{kind: object, kids: []*node{inner}, line: ref.line, col: ref.col}
		if out.kind == object {
			item.key = token
		}
		if !extension(item.key) || kid.kind == object {
			out.kids = append(out.kids, item)
		}
	}
	out.line, out.col = ref.line, ref.col
	n.take(out)
	c.loosely(n, "reference-to-several", "a reference stands where several things belong, each of which could be one: it is read as references to all that are where it leads, which few tools do")
}

// several returns what a reference in place of several things leads to, and the
// address of its file: by way of other such references.
func (c *checker) several(ref string) (found, string) {
	base, fetching := c.base, c.fetching
	defer func() { c.base, c.fetching = base, fetching }()
	c.fetching = true // what is there can't wait
	address, _, _ := strings.Cut(ref, "#")
	t := c.lookup(ref)
	for range maxChain {
		next := t.node.get("$ref")
		if t.file == nil || next == nil || next.kind != text || len(t.node.kids) != 1 {
			return t, address
		}
		c.base = t.file.resourceAt(t.tokens)
		t = c.lookup(next.text)
		if t.file != nil {
			address = t.file.self.at.String()
		}
	}
	return found{}, ""
}
