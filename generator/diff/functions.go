package diff

import (
	"slices"

	"github.com/oaken-go/oaken/generator/ir"
)

// occasional are the functions that a package has where there is something for
// them to do: each with the place of the first such thing, "" for none.
var occasional = []struct {
	name, is, no string
	place        func(*side) string
}{
	{"ApplyDefaults", "something has a default", "nothing has a default any more", (*side).firstDefault},
	{"WithHeaders", "an answer has headers", "no answer has headers any more", (*side).firstHeaders},
}

// functions compares which of these the packages have.
func (c *comparer) functions() {
	for _, f := range occasional {
		s := subject{symbol: f.name, old: f.place(c.old), new: f.place(c.new)}
		switch {
		case s.old == "" && s.new != "":
			c.came(s, CodeFunctionAdded, unused, quoted(f.name)+" is new, as "+f.is, "")
		case s.old != "" && s.new == "":
			c.went(s, CodeFunctionRemoved, unusable, quoted(f.name)+" is gone, as "+f.no, "")
		}
	}
}

func (s *side) firstDefault() string {
	place := ""
	s.structs(func(t *ir.Struct) {
		at := slices.IndexFunc(t.Fields, (*ir.Field).Settable)
		if place == "" && t.Same == nil && at >= 0 {
			place = t.Fields[at].Pointer
		}
	})
	return place
}

func (s *side) firstHeaders() string {
	for _, op := range s.ops {
		if op.Headers != nil {
			return op.Pointer
		}
	}
	return ""
}
