package lower

import (
	"fmt"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// alike finds inline structs that are the same member of a resource in several
// operations, and say the same: what one creates and another updates. The first
// is a type, the others are other names of it.
func (l *lowerer) alike() {
	w := &writer{nouns: l.nouns, texts: map[*ir.Struct]string{}, first: map[string]*ir.Struct{}}
	for _, t := range l.api.Types { // sorted by now
		if s, ok := t.(*ir.Struct); ok && s.Inline {
			w.settle(s)
		}
	}
}

// writer writes structs down, so that they can be compared.
type writer struct {
	nouns map[*ir.Struct]string
	texts map[*ir.Struct]string
	first map[string]*ir.Struct
}

// settle finds out which struct says what s says, the structs in it first.
func (w *writer) settle(s *ir.Struct) *ir.Struct {
	if _, done := w.texts[s]; !done {
		var b strings.Builder
		b.WriteString(s.File + " " + w.nouns[s] + "\n")
		for _, f := range s.All() {
			fmt.Fprintf(&b, "%s %s %t %t %t %q %q\n", f.GoName, w.value(f.Value), f.Boxed, f.Required, f.Deprecated, f.Doc, f.Default)
		}
		w.texts[s] = b.String()
		if w.first[b.String()] == nil {
			w.first[b.String()] = s
		} else {
			s.Same = w.first[b.String()]
		}
	}
	return w.first[w.texts[s]]
}

// value writes the type of a value down.
func (w *writer) value(v ir.Value) string {
	text := ""
	if v.Nullable {
		text = "?"
	}
	switch t := v.Type.(type) {
	case ir.Prim:
		return text + string(t)
	case *ir.Slice:
		return text + "[]" + w.value(t.Elem)
	case *ir.Map:
		return text + "map " + w.value(t.Elem)
	case *ir.Expandable:
		return text + "expandable " + w.value(ir.Value{Type: t.Object})
	case *ir.Struct:
		if t.Inline {
			t = w.settle(t)
		}
		return text + t.GoName
	case ir.Named:
		return text + t.TypeName()
	}
	return text
}
