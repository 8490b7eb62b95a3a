package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// types compares what is declared, each with what became of it. What is declared
// within something that is reported goes with it.
func (c *comparer) types() {
	for _, old := range c.old.types {
		if new := c.pairs.to[old]; new != nil && !c.inRewritten(old, new) {
			c.named(old, new)
		}
	}
	for _, t := range outermost(left(c.old.types, c.pairs.to)) {
		if !c.gone.cover(ir.PointerOf(t)) {
			s := subject{resource: c.old.homes.home(t), symbol: t.TypeName(), old: ir.PointerOf(t)}
			c.went(s, CodeTypeRemoved, unusable, quoted(t.TypeName())+" is gone", "")
			c.gone.add(ir.PointerOf(t))
		}
	}
	for _, t := range outermost(left(c.new.types, c.pairs.from)) {
		if !c.fresh.cover(ir.PointerOf(t)) {
			s := subject{resource: c.new.homes.home(t), symbol: t.TypeName(), new: ir.PointerOf(t)}
			c.came(s, CodeTypeAdded, unused, quoted(t.TypeName())+" is new", "")
			c.fresh.add(ir.PointerOf(t))
		}
	}
}

// inRewritten tells whether types are parts of a body that says by itself that
// it is another.
func (c *comparer) inRewritten(old, new ir.Named) bool {
	return slices.ContainsFunc(c.rewritten, func(r renaming) bool {
		return strings.HasPrefix(ir.PointerOf(old), r.old+"/") && strings.HasPrefix(ir.PointerOf(new), r.new+"/")
	})
}

// outermost sorts types so that one comes before what is inside of it, and
// before the enum of what can be expanded in it.
func outermost(types []ir.Named) []ir.Named {
	slices.SortFunc(types, func(a, b ir.Named) int {
		expand := func(t ir.Named) int { return strings.Count(class(t), "expand") }
		return cmp.Or(cmp.Compare(len(ir.PointerOf(a)), len(ir.PointerOf(b))), expand(a)-expand(b), strings.Compare(a.TypeName(), b.TypeName()))
	})
	return types
}

// named compares a type with what became of it.
func (c *comparer) named(old, new ir.Named) {
	s := subject{c.new.homes.home(new), new.TypeName(), ir.PointerOf(old), ir.PointerOf(new), c.flowOf(old, new)}
	if old.TypeName() != new.TypeName() && !c.names.follows(old.TypeName(), new.TypeName()) {
		c.renamed(s, CodeTypeRenamed, ir.AliasType, old.TypeName(), keepName(ir.PointerOf(new), old.TypeName()))
	}
	switch o := old.(type) {
	case *ir.Struct:
		if n, ok := new.(*ir.Struct); ok {
			c.structs(s, o, n)
			return
		}
	case *ir.Enum:
		if n, ok := new.(*ir.Enum); ok && n.Base == o.Base {
			c.enum(s, o, n)
			return
		}
	case *ir.Union:
		if n, ok := new.(*ir.Union); ok {
			c.union(s, o, n)
			return
		}
	case *ir.Answers:
		if n, ok := new.(*ir.Answers); ok {
			c.answers(s, o, n)
			return
		}
	}
	c.gone.add(s.old)
	c.fresh.add(s.new)
	c.add(s, CodeTypeChanged, unusable, kindText(new)+" instead of "+kindText(old), retypedText(ir.Value{Type: old}, ir.Value{Type: new}))
}

// flowOf is which way a type goes: as it did, or does where nothing led to it.
// What nothing leads to is taken as received.
func (c *comparer) flowOf(old, new ir.Named) direction {
	return cmp.Or(c.old.flow[old], c.new.flow[new], received)
}

// kindText is what a type is in Go.
func kindText(t ir.Named) string {
	if e, ok := t.(*ir.Enum); ok {
		return "an enum of " + primGo[e.Base]
	}
	return "a " + strings.NewReplacer("union", "sealed interface", "answers", "struct of answers").Replace(class(t))
}

// structs compares a struct with what became of it.
func (c *comparer) structs(s subject, old, new *ir.Struct) {
	c.standing(s, old, new)
	c.alike(s, old, new, assigned)
	c.fields(owner{old: old, new: new, resource: s.resource, flow: s.flow})
	c.ownRules(s, old.Rules, new.Rules)
	c.pages(s, old.List, new.List)
	c.deprecated(s, CodeTypeDeprecated, old.Deprecated, new.Deprecated)
	c.documented(s, old.Doc, new.Doc, ir.Value{Rules: old.Rules}, ir.Value{Rules: new.Rules})
}

// standing reports a struct that loses its methods for encoding/json.
func (c *comparer) standing(s subject, old, new *ir.Struct) {
	if old.Root && !new.Root {
		c.add(s, CodeTypeChanged, breaking("json.Marshal writes its Go fields instead, and code that calls the methods no longer compiles"), "no methods `MarshalJSON` and `UnmarshalJSON` any more", "").Remedy = "call Marshal and Unmarshal"
	}
}

// assigned is what breaks where two types were one.
const assigned = "code that assigns one to the other no longer compiles"

// alike reports a type that was another name of one that is still there, and is
// not the same as that any more, which breaks some code.
func (c *comparer) alike(s subject, old, new ir.Named, breaks string) {
	was := ir.Declared(old)
	if was == old {
		return
	}
	if now := c.pairs.to[was]; now != nil && ir.Declared(now) != ir.Declared(new) {
		c.add(s, CodeTypeChanged, breaking(breaks), "no longer another name of "+quoted(was.TypeName()), "")
	}
}

// pages compares how the pages of a list are walked.
func (c *comparer) pages(s subject, old, new *ir.List) {
	switch {
	case old == nil && new == nil:
	case old == nil:
		c.add(s, CodeListChanged, adds, "its pages can be walked", "")
	case new == nil:
		c.add(s, CodeListChanged, unwalkable, "its pages can't be walked any more", "")
	case old.Before != "" && new.Before == "":
		c.add(s, CodeListChanged, breaking("code that goes backward no longer compiles"), "`Previous` is gone", pagesText(old, new))
	case pagesText(new, old) != "":
		c.add(s, CodeListChanged, risky("programs built before ask for pages the old way, which is no longer described"), "", pagesText(old, new))
	}
}

// pagesText says by what pages are walked, where that is something else.
func pagesText(old, new *ir.List) string {
	by := func(l *ir.List) string {
		if l.Next != "" {
			return l.Next + ", " + l.Page
		}
		return strings.Join([]string{l.After, l.Before, l.ItemID}, ", ")
	}
	if by(old) == by(new) {
		return ""
	}
	return "pages by " + instead(by(new), by(old))
}

// deprecated reports what became deprecated, or is no longer.
func (c *comparer) deprecated(s subject, what string, old, new bool) {
	if old != new {
		c.add(s, what, asUsual, toggled(new, "marked as deprecated", "no longer marked as deprecated"), toggled(new, "deprecated", "no longer deprecated"))
	}
}

// described reports a description that is another now, but for the names in it.
func (c *comparer) described(s subject, old, new string) {
	if old != new && c.names.settled(old) != new {
		c.add(s, CodeDescription, compatible("only text changes"), "its comment changes", "")
	}
}

// documented is described for a value: where its rules say the same, what the
// document says beside them belongs to the text.
func (c *comparer) documented(s subject, old, new string, was, is ir.Value) {
	if c.sameRules(was, is) {
		old, new = old+allNotes(was), new+allNotes(is)
	}
	c.described(s, old, new)
}

func (c *comparer) sameRules(old, new ir.Value) bool {
	o, ok := ir.Element(old.Type)
	n, too := ir.Element(new.Type)
	return slices.EqualFunc(old.Rules, new.Rules, c.sameRule) && (!ok || !too || c.sameRules(o, n))
}

func allNotes(v ir.Value) string {
	text := notes(v.Rules)
	if inner, ok := ir.Element(v.Type); ok {
		text += allNotes(inner)
	}
	return text
}

func notes(rules []*ir.Rule) string {
	text := ""
	for _, r := range rules {
		if r.Note != "" {
			text += "\n" + r.Note
		}
		for _, sub := range r.Subs {
			text += notes(sub)
		}
	}
	return text
}
