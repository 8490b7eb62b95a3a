package diff

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

const argument = "argument"

// arguments compares what a method takes for its path. It is called by
// position, so names are of no consequence.
func (c *comparer) arguments(s subject, p opPair) {
	old, new := taken(p.old), taken(p.new)
	pairs := byPosition(old, new)
	if bare(p.old.Path) != bare(p.new.Path) {
		pairs = byName(old, new)
		c.argumentOrder(s, old, new)
	}
	for _, a := range pairs {
		switch {
		case a.old == nil:
			s.new = argumentPlace(p.new, a.new)
			c.came(s, of(CodeAdded, argument), argumentLess, "takes "+argumentText(a.new), inPath(p.old, a.new, "in the path"))
		case a.new == nil:
			s.old = argumentPlace(p.old, a.old)
			c.went(s, of(CodeRemoved, argument), argumentMore, "no longer takes "+argumentText(a.old), inPath(p.new, a.old, "no longer in the path"))
		default:
			at := s
			at.old, at.new = argumentPlace(p.old, a.old), argumentPlace(p.new, a.new)
			c.argument(at, a.old, a.new)
		}
	}
}

// argumentPair is an argument as it was and as it is.
type argumentPair struct{ old, new *ir.PathParam }

// taken are the arguments of a method.
func taken(o *operation) []*ir.PathParam {
	return slices.DeleteFunc(slices.Clone(o.PathParams), func(p *ir.PathParam) bool { return p.Again })
}

// inPath is a text about an argument, "" where the path of the other side has it
// all the same: what has parts is among the parameters.
func inPath(other *operation, p *ir.PathParam, text string) string {
	if strings.Contains(other.Path, "{"+p.Name+"}") {
		return ""
	}
	return text
}

func byPosition(old, new []*ir.PathParam) []argumentPair {
	var out []argumentPair
	for i := range max(len(old), len(new)) {
		var p argumentPair
		if i < len(old) {
			p.old = old[i]
		}
		if i < len(new) {
			p.new = new[i]
		}
		out = append(out, p)
	}
	return out
}

// byName pairs by names, and by position what has none in common.
func byName(old, new []*ir.PathParam) []argumentPair {
	m := newMatching(old, new)
	m.by(func(p *ir.PathParam) string { return p.Name })
	out := byPosition(left(old, m.to), left(new, m.from))
	for _, o := range old {
		if n := m.to[o]; n != nil {
			out = append(out, argumentPair{o, n})
		}
	}
	return out
}

// argumentOrder reports arguments that change places.
func (c *comparer) argumentOrder(s subject, old, new []*ir.PathParam) {
	was, is := argumentNames(old, new), argumentNames(new, old)
	if !slices.Equal(was, is) {
		c.add(s, CodeReordered, breaking("calls pass arguments in the old order, and may compile all the same"),
			"takes "+list(is)+" instead of "+list(was), "")
	}
}

// argumentNames are the names that others have, too.
func argumentNames(list, others []*ir.PathParam) []string {
	var out []string
	for _, p := range list {
		if slices.ContainsFunc(others, func(o *ir.PathParam) bool { return o.Name == p.Name }) {
			out = append(out, p.Name)
		}
	}
	return out
}

func argumentText(p *ir.PathParam) string { return quoted(p.GoName + " " + typeText(p.Type)) }

func (c *comparer) argument(s subject, old, new *ir.PathParam) {
	if old.GoName != new.GoName {
		c.add(s, of(CodeRenamed, argument), compatible("arguments go by their position"), argumentText(new)+" was called "+quoted(old.GoName), "")
	}
	if !c.same(old.Type, new.Type) {
		c.gone.add(s.old + "/schema")
		c.fresh.add(s.new + "/schema")
		c.add(s, of(CodeRetyped, argument), breaking("calls with the old type no longer compile"), argumentText(new)+" instead of "+argumentText(old), retypedText(ir.Value{Type: old.Type}, ir.Value{Type: new.Type}))
		return
	}
	was, is := ir.Value{Type: old.Type, Rules: old.Rules}, ir.Value{Type: new.Type, Rules: new.Rules}
	c.constraints(s, argument, quoted(new.GoName)+": ", was, is)
}

// argumentPlace is where an argument is described: its rules know, or its type.
// Without both it is that of the operation.
func argumentPlace(o *operation, p *ir.PathParam) string {
	for _, r := range p.Rules {
		if parameter, _, ok := strings.Cut(r.Pointer, "/schema"); ok && strings.Contains(parameter, "/parameters/") {
			return parameter
		}
	}
	if e, ok := p.Type.(*ir.Enum); ok {
		if parameter, _, ok := strings.Cut(e.Pointer, "/schema"); ok && strings.Contains(parameter, "/parameters/") {
			return parameter
		}
	}
	return o.Pointer
}
