package diff

import (
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/renames"
)

// typePairs are the types of both sides that are the same.
type typePairs struct {
	*matching[ir.Named]
	moves moves
}

// pairTypes finds out which type is which. A place that has no index of a list
// in it says most, then the name, then any place, then what a type is made of.
// What is inside something that moved is looked for where that is now.
func pairTypes(old, new *side, ops []opPair) *typePairs {
	p := &typePairs{newMatching(old.types, new.types), moves{}}
	for _, o := range ops {
		if o.old != nil && o.new != nil {
			p.operation(o.old, o.new)
		}
	}
	p.unmoved()
	p.places(stable)
	p.by(func(t ir.Named) string { return class(t) + " " + t.TypeName() })
	p.places(func(string) bool { return true })
	p.by(plainName) // a struct that became an enum
	p.across(p.whole, wholeNow)
	p.renamed(component)
	p.places(func(string) bool { return true })
	for range 2 { // the second time for what is within what was found the first time
		apart := p.apart(ops)
		p.renamed(func(t ir.Named) bool { return !apart[t] })
		p.places(func(string) bool { return true })
	}
	return p
}

// apart are the types within what came or went as a whole. That one of them is
// like another is chance.
func (p *typePairs) apart(ops []opPair) map[ir.Named]bool {
	gone, fresh := pointers{}, pointers{}
	for _, o := range ops {
		switch {
		case o.new == nil:
			gone.addOperation(o.old.Pointer)
		case o.old == nil:
			fresh.addOperation(o.new.Pointer)
		}
	}
	out := map[ir.Named]bool{}
	note := func(left []ir.Named, within pointers) {
		for _, t := range left {
			if component(t) {
				within.add(ir.PointerOf(t))
			}
		}
		for _, t := range left {
			out[t] = within.cover(around(ir.PointerOf(t)))
		}
	}
	note(left(p.old, p.to), gone)
	note(left(p.new, p.from), fresh)
	return out
}

// operation pairs what belongs to an operation.
func (p *typePairs) operation(old, new *operation) {
	p.moves.add(old.Pointer, new.Pointer)
	if old.Params != nil && new.Params != nil {
		p.pair(old.Params, new.Params)
	}
	if old.Answers != nil && new.Answers != nil {
		p.pair(old.Answers, new.Answers)
	}
	if old.Headers != nil && new.Headers != nil {
		p.pair(old.Headers, new.Headers)
	}
}

// unmoved pairs what has both its place and its name, as nearly all have.
func (p *typePairs) unmoved() {
	names := keyed(p.new, plainName)
	for _, o := range p.old {
		for _, n := range names[o.TypeName()] {
			_, done := p.to[o]
			_, taken := p.from[n]
			if !done && !taken && class(o) == class(n) && ir.PointerOf(o) == ir.PointerOf(n) {
				p.pair(o, n)
			}
		}
	}
}

// places pairs types of the same kind by their places, as far as these are of
// use.
func (p *typePairs) places(use func(pointer string) bool) {
	key := func(t ir.Named, pointer string) string {
		if pointer == "" || !use(pointer) {
			return ""
		}
		return class(t) + " " + pointer
	}
	p.across(func(t ir.Named) string { return key(t, p.moves.translate(ir.PointerOf(t))) },
		func(t ir.Named) string { return key(t, ir.PointerOf(t)) })
}

// whole and wholeNow return the places of components, whatever kind they are of.
func (p *typePairs) whole(t ir.Named) string {
	return p.moves.translate(wholeNow(t))
}

func wholeNow(t ir.Named) string {
	if !component(t) {
		return ""
	}
	return ir.PointerOf(t)
}

// renamed pairs types of which one has gone and one has come by what they are
// made of.
func (p *typePairs) renamed(of func(ir.Named) bool) {
	name := func(t ir.Named) string {
		if !of(t) {
			return ""
		}
		return t.TypeName()
	}
	before := len(p.to)
	p.alike(name, typeShape)
	if len(p.to) == before {
		return
	}
	for _, old := range p.old {
		if new := p.to[old]; new != nil && of(old) && class(old) != "expand" {
			p.moves.add(ir.PointerOf(old), ir.PointerOf(new))
		}
	}
}

// class is the kind of a type. What can be expanded is apart, as it has the
// place of the object that it is about.
func class(t ir.Named) string {
	switch t := t.(type) {
	case *ir.Struct:
		return "struct"
	case *ir.Enum:
		if t.Expand {
			return "expand"
		}
		return "enum"
	case *ir.Union:
		return "union"
	}
	return "answers"
}

func plainName(t ir.Named) string { return t.TypeName() }

// component tells whether a type is a component's.
func component(t ir.Named) bool {
	return class(t) != "expand" && strings.HasPrefix(ir.PointerOf(t), "/components/") && strings.Count(ir.PointerOf(t), "/") == 3
}

// typeShape is what a type is made of.
func typeShape(t ir.Named) renames.Shape {
	s := renames.Shape{Kind: class(t)}
	switch t := t.(type) {
	case *ir.Struct:
		for _, f := range t.Fields {
			s.Parts = append(s.Parts, f.Name)
		}
	case *ir.Enum:
		for _, v := range t.Values {
			s.Parts = append(s.Parts, v.Value)
		}
	case *ir.Union:
		for _, v := range t.Variants {
			s.Parts = append(s.Parts, typeText(v.Type)+" "+strings.Join(v.Tags, " "))
		}
	case *ir.Answers:
		for _, a := range t.List {
			s.Parts = append(s.Parts, a.Status)
		}
	}
	return s
}
