// Package load reads an OpenAPI document: JSON or YAML, in one file or in
// several inside one folder, never from a network. Enter it through File.
//
// Every file first becomes a small tree of its own (tree.go, json.go, yaml.go)
// that knows where each value stands. What can be said about a document without
// understanding it is found there (check.go, shapes.go, refs.go): all of it at
// once, each problem with its place. Only a document without such problems is
// given to kin-openapi (decode.go, parts.go), whose errors name one problem at a
// time and no place.
package load

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/diag"
)

// Document is a document that has been read and resolved.
type Document struct {
	Doc  *openapi3.T
	Path string // as it was given to File

	source *source
}

// File reads the document at path. A document with problems is nil, and the
// list has all of them, with their positions.
func File(ctx context.Context, path string) (*Document, diag.List) {
	r := newReader(path)
	defer r.close()
	main := r.readMain(ctx)
	if main == nil || len(r.found) > 0 {
		return nil, r.found.Sorted()
	}
	newChecker(r).document(main)
	if ctx.Err() != nil {
		r.found.Add("", "stopped", "reading was stopped: %v", ctx.Err())
	}
	if len(r.found) > 0 {
		return nil, r.found.Sorted()
	}
	doc, err := resolve(ctx, r, main)
	if err != nil {
		n, tokens := blamed(main.root, err.Error())
		r.report(main, n, tokens, "unresolvable", "%s", err)
		return nil, r.found.Sorted()
	}
	return &Document{Doc: doc, Path: path, source: main}, nil
}

// Position returns where the value that a JSON pointer names stands: at its key
// in an object, at itself in a list. A pointer that leads nowhere has the
// position of the last value on its way.
func (d *Document) Position(pointer string) diag.Pos {
	n, _ := d.source.root.find(splitPointer(pointer))
	return d.source.pos(n)
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

// Locate returns the list with the positions filled in.
func (d *Document) Locate(list diag.List) diag.List {
	for i := range list {
		if list[i].Pos.File == "" {
			list[i].Pos = d.Position(list[i].Pointer)
		}
	}
	return list.Sorted()
}

// resolve lets kin-openapi parse and resolve. It reads no file: all that the
// document refers to is in memory by now, and inside the document's folder.
func resolve(ctx context.Context, r *reader, main *source) (doc *openapi3.T, err error) {
	defer func() {
		if p := recover(); p != nil {
			doc, err = nil, fmt.Errorf("the document can't be read: the OpenAPI library gave up on it: %v", p)
		}
	}()
	doc, err = assemble(ctx, r, main)
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
