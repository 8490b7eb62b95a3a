// Package edits changes documents in scripted ways, and tells what that
// changes in the packages made of them. It is what the table in docs/edits.md
// and its tests stand on. Enter it through Read, Edit.Apply and Measure.
package edits

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Edit is a change of a document, and what is expected to come of it.
type Edit struct {
	Name string `yaml:"name"`
	// In is the place that pointers count from where they don't begin with a
	// slash.
	In    string `yaml:"in"`
	Steps []Step `yaml:"edit"`

	Files int  `yaml:"files"` // how many files may change at most
	Code  bool `yaml:"code"`  // whether lines may change that are no comments

	Changes []Change `yaml:"changes"` // what a comparison has to say
	Also    []Change `yaml:"also"`    // what follows from that, and may be said
	// Own are exported names that the edit may move besides the symbols of the
	// changes, with all that is below them.
	Own []string `yaml:"own"`
	// Theirs are the same in the code that oapi-codegen makes.
	Theirs []string `yaml:"theirs"`
}

// Step is one operation on the tree of a document, as in RFC 6902 but for
// Before, rename and reorder.
type Step struct {
	Op     string    `yaml:"op"`     // add, remove, replace, move, rename, reorder
	At     string    `yaml:"at"`     // JSON pointer
	From   string    `yaml:"from"`   // where a move takes from
	To     string    `yaml:"to"`     // the key after a rename
	Before string    `yaml:"before"` // the key that an added or moved one goes before
	Value  yaml.Node `yaml:"value"`
}

// Change is what a comparison has to say about an edit.
type Change struct {
	Code     string `yaml:"code"`
	Severity string `yaml:"severity"`
	Unlocked string `yaml:"unlocked"` // the severity where names have no lock, if that is another
	Symbol   string `yaml:"symbol"`
	At       string `yaml:"at"` // JSON pointer: the new place, or the old one of what is gone
}

// Read reads a list of edits. Pointers in the result all begin with a slash,
// or are empty.
func Read(data []byte) ([]Edit, error) {
	var list []Edit
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&list); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("edits: %w", err)
	}
	seen := map[string]bool{}
	for i := range list {
		e := &list[i]
		if e.Name == "" || seen[e.Name] {
			return nil, fmt.Errorf("edits: edit %d needs a name of its own, has %q", i+1, e.Name)
		}
		seen[e.Name] = true
		e.settle()
	}
	return list, nil
}

// settle makes every pointer count from the root.
func (e *Edit) settle() {
	for i := range e.Steps {
		e.Steps[i].At, e.Steps[i].From = e.absolute(e.Steps[i].At), e.absolute(e.Steps[i].From)
	}
	for _, list := range [][]Change{e.Changes, e.Also} {
		for i := range list {
			list[i].At = e.absolute(list[i].At)
		}
	}
}

func (e *Edit) absolute(pointer string) string {
	switch {
	case pointer == "" || pointer == ".":
		return e.In
	case strings.HasPrefix(pointer, "/"):
		return pointer
	}
	return e.In + "/" + pointer
}

// Symbols are the names that the edit may move.
func (e *Edit) Symbols() []string {
	out := append([]string(nil), e.Own...)
	for _, list := range [][]Change{e.Changes, e.Also} {
		for _, c := range list {
			out = append(out, c.Symbol)
		}
	}
	return out
}
