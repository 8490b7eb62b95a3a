package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// enum compares an enum with what became of it, each value once: places that
// list some of them only report what they do besides.
func (c *comparer) enum(s subject, old, new *ir.Enum) {
	if old.Listing() != old { // its values are compared there
		c.alike(s, old, new, "code that uses the constants of one for the other no longer compiles")
	} else {
		c.alike(s, old, new, assigned)
		c.listed(s, old, new)
	}
	c.deprecated(s, CodeTypeDeprecated, old.Deprecated, new.Deprecated)
	if !new.Expand {
		c.described(s, old.Doc, new.Doc)
	}
}

func (c *comparer) listed(s subject, old, new *ir.Enum) {
	was := keyed(old.Values, func(v *ir.EnumValue) string { return v.Value })
	is := keyed(new.Values, func(v *ir.EnumValue) string { return v.Value })
	for _, v := range old.Values {
		if is[v.Value] == nil {
			c.valueGone(s, old, v)
		} else {
			c.value(s, new, v, is[v.Value][0])
		}
	}
	for _, v := range new.Values {
		if was[v.Value] == nil {
			c.valueNew(s, new, v)
		}
	}
}

func (c *comparer) valueNew(s subject, e *ir.Enum, v *ir.EnumValue) {
	if e.Expand && c.expands.explain(v.Value, v.GoName, true) {
		return
	}
	flow, pointer := c.new.listing(e, v.Value)
	s.symbol, s.new = v.GoName, pointer
	verdict := cmp.Or(flow, s.flow).widened(newValue)
	c.came(s, CodeValueAdded, verdict, quoted(v.GoName)+" is new", "value "+quoted(v.Value))
}

func (c *comparer) valueGone(s subject, e *ir.Enum, v *ir.EnumValue) {
	if e.Expand && c.expands.explain(v.Value, v.GoName, false) {
		return
	}
	_, pointer := c.old.listing(e, v.Value)
	s.symbol, s.old = v.GoName, pointer
	c.went(s, CodeValueRemoved, breaking("code that uses the constant no longer compiles"), quoted(v.GoName)+" is gone", "no value "+quoted(v.Value))
}

// value compares a value that both sides have.
func (c *comparer) value(s subject, e *ir.Enum, old, new *ir.EnumValue) {
	s.symbol = new.GoName
	if old.GoName != new.GoName && !c.names.follows(old.GoName, new.GoName) {
		c.renamed(s, CodeValueRenamed, ir.AliasConst, old.GoName, "keep the name with names in the config, by the pointer of the value")
	}
	c.deprecated(s, CodeValueDeprecated, old.Deprecated, new.Deprecated)
	if !e.Expand {
		c.described(s, old.Doc, new.Doc)
	}
}

// expands are the constants of what can be expanded. They are made of the names
// of members, and come and go with these, in every type that leads there.
type expands struct {
	fields    map[string][]int // changes of members, by the name of the member
	constants map[bool]map[int][]string
}

// note remembers that a change is about a member.
func (e *expands) note(name string, change int) {
	e.fields[name] = append(e.fields[name], change)
}

// explain looks for a change that a constant came with, or went with.
func (e *expands) explain(path, constant string, isNew bool) bool {
	for _, name := range slices.Backward(strings.Split(path, ".")) {
		if changes := e.fields[name]; len(changes) > 0 {
			if e.constants == nil {
				e.constants = map[bool]map[int][]string{true: {}, false: {}}
			}
			e.constants[isNew][changes[0]] = append(e.constants[isNew][changes[0]], constant)
			return true
		}
	}
	return false
}

// explainExpands says at each change of a member which constants it brought.
func (c *comparer) explainExpands() {
	for _, isNew := range []bool{true, false} {
		for change, constants := range c.expands.constants[isNew] {
			slices.Sort(constants)
			c.out[change].Caller += "; " + list(constants) + toggled(len(constants) > 1, " are ", " is ") + toggled(isNew, "new", "gone")
		}
	}
}
