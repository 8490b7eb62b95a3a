// Package load reads an OpenAPI document: JSON or YAML, in one file or in
// several inside one folder, from a network only where that is allowed. Enter
// it through File.
//
// Every file first becomes a small tree of its own (tree.go, json.go, yaml.go)
// that knows where each value stands. What can be said about a document without
// understanding it is found there (check.go, shapes.go, refs.go, ids.go): all of
// it at once, each problem with its place. What a document without such problems
// refers to becomes a part of it (bundle.go, homes.go), and one tree is given to
// kin-openapi (decode.go, parts.go), whose errors name one problem at a time and
// no place.
package load

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/diag"
)

// Document is a document that has been read and resolved.
type Document struct {
	Doc  *openapi3.T
	Path string // as it was given to File
	// Notes tell what is wrong by the letter, and was taken for what it means.
	Notes diag.List

	source  *source
	origins map[*node]spot // of what the document's tree has from elsewhere
}

// File reads the document at path. A document with problems is nil, and the
// list has all of them, with their positions.
func File(ctx context.Context, path string, options Options) (*Document, diag.List) {
	r := newReader(path, options)
	defer r.close()
	main := r.readMain(ctx)
	if main == nil || len(r.found) > 0 {
		return nil, r.found.Sorted()
	}
	c := newChecker(ctx, r)
	c.document(main)
	if ctx.Err() != nil {
		r.found.Add("", "stopped", "reading was stopped: %v", ctx.Err())
	}
	if len(r.found) > 0 {
		return nil, r.found.Sorted()
	}
	origins := bundle(c, main)
	if len(r.found) > 0 {
		return nil, r.found.Sorted()
	}
	d := &Document{Path: path, Notes: c.notes(), source: main, origins: origins}
	var err error
	if d.Doc, err = resolve(ctx, main); err != nil {
		_, tokens := blamed(main.root, err.Error())
		r.found.Add(joinPointer(tokens), "unresolvable", "%s", err)
		return nil, d.Locate(r.found)
	}
	return d, nil
}

// Position returns where the value that a JSON pointer names stands: at its key
// in an object, at itself in a list. A pointer that leads nowhere has the
// position of the last value on its way.
func (d *Document) Position(pointer string) diag.Pos {
	pos, _ := d.origin(pointer)
	return pos
}

// origin returns the position of a value, and its pointer in the file that it
// was read from.
func (d *Document) origin(pointer string) (diag.Pos, string) {
	tokens := splitPointer(pointer)
	file, n := d.source, d.source.root
	own := []string{}
	for i, token := range tokens {
		next := n.child(token)
		if next == nil {
			own = append(own, tokens[i:]...)
			break
		}
		n = next
		own = append(own, token)
		if from, ok := d.origins[n]; ok {
			file, own = from.file, slices.Clone(from.tokens)
		}
	}
	return file.pos(n), joinPointer(own)
}

// JSON returns the exact JSON text of the value that a pointer names: compact,
// numbers as they are written, which is more than the library's float64 keeps.
func (d *Document) JSON(pointer string) (string, bool) {
	n, ok := d.source.root.find(splitPointer(pointer))
	if !ok {
		return "", false
	}
	return string(appendJSON(nil, n)), true
}

// Locate returns the list with the positions filled in. Pointers become those
// of the files that the values were read from.
func (d *Document) Locate(list diag.List) diag.List {
	for i := range list {
		if list[i].Pos.File == "" {
			list[i].Pos, list[i].Pointer = d.origin(list[i].Pointer)
		}
	}
	return list.Sorted()
}

// resolve lets kin-openapi parse and resolve. It reads no file: all that the
// document refers to is in it by now.
func resolve(ctx context.Context, main *source) (doc *openapi3.T, err error) {
	defer func() {
		if p := recover(); p != nil {
			doc, err = nil, fmt.Errorf("the document can't be read: the OpenAPI library gave up on it: %v", p)
		}
	}()
	doc, err = assemble(ctx, main)
	if err != nil {
		return nil, fmt.Errorf("the document can't be read: %s", plain(err.Error()))
	}
	return doc, nil
}

// blamed finds the first reference that a message quotes.
func blamed(n *node, message string) (*node, []string) {
	if n.key == "$ref" && n.kind == text && strings.Contains(message, strconv.Quote(n.text)) {
		return n, nil
	}
	for i, kid := range n.kids {
		if found, tokens := blamed(kid, message); found != nil {
			token := kid.key
			if n.kind == list {
				token = strconv.Itoa(i)
			}
			return found, append([]string{token}, tokens...)
		}
	}
	return nil, nil
}

// plain drops what only means something to a reader of the library.
func plain(message string) string {
	if _, after, ok := strings.Cut(message, "json error: "); ok {
		message, _, _ = strings.Cut(after, ", yaml error: ")
	}
	message = strings.ReplaceAll(message, "MUST", "must")
	message = strings.TrimPrefix(message, "json: ")
	return strings.TrimRight(message, ". ")
}
