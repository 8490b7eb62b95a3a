package diff

import (
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// events compares the requests that the server makes.
func (c *comparer) events() {
	m := newMatching(c.old.api.Events, c.new.api.Events)
	m.by(func(e *ir.Event) string { return e.Kind + " " + e.Name + " " + e.Method + " " + e.Pointer })
	m.by(func(e *ir.Event) string { return e.Kind + " " + e.Name })
	m.by(func(e *ir.Event) string { return e.GoName })
	for _, old := range c.old.api.Events {
		s := subject{symbol: old.GoName, old: old.Pointer}
		if new := m.to[old]; new != nil {
			c.event(old, new)
			continue
		}
		c.gone.add(old.Pointer)
		c.went(s, CodeEventRemoved, unreadable, quoted(s.symbol)+" is gone", old.Kind+" "+quoted(old.Name))
	}
	for _, new := range left(c.new.api.Events, m.from) {
		s := subject{symbol: new.GoName, new: new.Pointer}
		c.fresh.add(new.Pointer)
		c.came(s, CodeEventAdded, unused, quoted(s.symbol)+" is new", new.Kind+" "+quoted(new.Name))
	}
}

func (c *comparer) event(old, new *ir.Event) {
	s := subject{symbol: new.GoName, old: old.Pointer, new: new.Pointer, flow: received}
	if old.GoName != new.GoName && !c.pairedName(old, new) {
		c.renamed(s, CodeTypeRenamed, ir.AliasType, old.GoName, keepName(new.Pointer, old.GoName))
	}
	if !c.same(old.Type, new.Type) {
		c.gone.add(old.Pointer)
		c.fresh.add(new.Pointer)
		c.add(s, CodeEventChanged, unreadable, instead(typeText(new.Type), typeText(old.Type)), retypedText(old.Value, new.Value))
	}
	was, is := eventText(old), eventText(new)
	if was != is {
		c.add(s, CodeEventChanged, risky("the server sends another request than code expects"), "", instead(is, was))
	}
	d := c.delta(old.Value, new.Value)
	c.enumAt(s, "", old.Value, new.Value, d)
	c.whole(s, d)
	c.deprecated(s, CodeEventDeprecated, old.Deprecated, new.Deprecated)
	c.described(s, old.Doc, new.Doc)
}

// pairedName tells whether an event is called as its type is, which says that it
// has another name.
func (c *comparer) pairedName(old, new *ir.Event) bool {
	o, ok := old.Type.(ir.Named)
	n, too := new.Type.(ir.Named)
	return ok && too && o.TypeName() == old.GoName && n.TypeName() == new.GoName && c.pairs.to[o] == n || c.names.follows(old.GoName, new.GoName)
}

func eventText(e *ir.Event) string {
	return strings.Join(append([]string{e.Kind, e.Name, e.Method}, e.Besides...), ", ")
}
