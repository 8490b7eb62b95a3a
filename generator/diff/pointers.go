package diff

import (
	"strings"

	"github.com/oaken-go/oaken/generator/diag"
)

// Locate fills in the positions of all places. old and new find what a pointer
// leads to, each in its document.
func Locate(changes []Change, old, new func(pointer string) diag.Pos) {
	for _, c := range changes {
		if c.Old != nil {
			c.Old.Pos = old(c.Old.Pointer)
		}
		if c.New != nil {
			c.New.Pos = new(c.New.Pointer)
		}
	}
}

func at(pointer string) *Place { return &Place{Pointer: pointer} }

// pointers are places of a document, to ask what lies within one of them.
type pointers map[string]bool

func (p pointers) add(pointer string) {
	if pointer != "" {
		p[pointer] = true
	}
}

// addOperation adds an operation with the parameters of its path, as what is
// declared there came or went with the last operation that has them.
func (p pointers) addOperation(pointer string) {
	p.add(pointer)
	p.add(around(pointer) + "/parameters")
}

// cover tells whether a place is one of these, or within one.
func (p pointers) cover(pointer string) bool {
	for pointer != "" {
		if p[pointer] {
			return true
		}
		pointer = around(pointer)
	}
	return false
}

func around(pointer string) string {
	return pointer[:max(0, strings.LastIndexByte(pointer, '/'))]
}

// stable tells whether a pointer has no index of a list in it: the next element
// that is put in front would move it.
func stable(pointer string) bool {
	digits := 0 // of the part so far, or -1 for one that is no number
	for _, char := range pointer + "/" {
		switch {
		case char == '/' && (digits == 1 || digits == 2): // a status has three
			return false
		case char == '/':
			digits = 0
		case char < '0' || char > '9':
			digits = -1
		case digits >= 0:
			digits++
		}
	}
	return true
}

// moves are places of the old document that are elsewhere in the new one.
type moves map[string]string

// translate returns where a place of the old document is in the new one.
func (m moves) translate(pointer string) string {
	for head := pointer; head != ""; head = around(head) {
		if to, ok := m[head]; ok {
			return to + pointer[len(head):]
		}
	}
	return pointer
}

func (m moves) add(old, new string) {
	if old != new && old != "" && new != "" {
		m[old] = new
	}
}
