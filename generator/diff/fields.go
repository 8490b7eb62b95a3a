package diff

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// owner is a struct as it was and as it is.
type owner struct {
	old, new *ir.Struct
	resource string
	flow     direction
	// rewritten tells that the body is of another media type, which says enough
	// about its members.
	rewritten bool
}

// kind is what the members of a struct are called.
func kind(s *ir.Struct) string {
	if s.Role == ir.RoleParams {
		return "parameter"
	}
	return "field"
}

// pairFields pairs members by name, those first that are at the same place.
func pairFields(old, new []*ir.Field) *matching[*ir.Field] {
	m := newMatching(old, new)
	alike := func(o, n *ir.Field) bool { return o.In == n.In && o.Name == n.Name }
	if slices.EqualFunc(old, new, alike) { // as nearly all are
		for i, o := range old {
			m.pair(o, new[i])
		}
		return m
	}
	m.by(func(f *ir.Field) string { return string(f.In) + " " + f.Name })
	m.by(func(f *ir.Field) string { return f.Name })
	return m
}

// fields compares the members of a struct.
func (c *comparer) fields(o owner) {
	m := pairFields(o.old.Fields, o.new.Fields)
	if o.old.More != nil && o.new.More != nil {
		m.pair(o.old.More, o.new.More)
	}
	for _, f := range o.old.All() {
		if n := m.to[f]; n != nil {
			c.field(o, f, n)
		} else if !o.rewritten || bodyKinds[f.In] == "" {
			c.fieldGone(o, f)
		}
	}
	for _, f := range o.new.All() {
		if m.from[f] == nil && (!o.rewritten || bodyKinds[f.In] == "") {
			c.fieldNew(o, f)
		}
	}
}

// subjectOf is a field as a subject.
func (o owner) subjectOf(f *ir.Field) subject {
	s := subject{resource: o.resource, symbol: o.new.GoName + "." + f.GoName, flow: o.flow}
	if d := o.flow & mutable(f); d != 0 {
		s.flow = d
	}
	return s
}

func (c *comparer) fieldNew(o owner, f *ir.Field) {
	s := o.subjectOf(f)
	s.new = f.Pointer
	c.fresh.add(f.Pointer)
	c.came(s, of(CodeAdded, kind(o.new)), o.coming(s.flow, f), quoted(s.symbol+" "+fieldText(o.new.Role, f))+" is new", wireOf(f))
	c.expands.note(f.Name, len(c.out)-1)
}

// coming is what it means that a field is new.
func (o owner) coming(flow direction, f *ir.Field) verdict {
	more := compatible("answers may have a member more, which other code passes over")
	switch {
	case f == o.new.More && o.wasOpen() && f.Type != ir.Raw:
		return flow.narrowed() // members of any name were of any type
	case f == o.new.More:
		return compatible("no member that was valid is refused")
	case f.Required:
		return flow.judge(neededNow, more)
	}
	return flow.judge(compatible("requests without it stay valid"), more)
}

// wasOpen tells whether any member was valid beside those of the struct.
func (o owner) wasOpen() bool {
	return !slices.ContainsFunc(o.old.Rules, func(r *ir.Rule) bool {
		return r.Keyword == "additionalProperties" || r.Keyword == "unevaluatedProperties"
	})
}

func (c *comparer) fieldGone(o owner, f *ir.Field) {
	s := o.subjectOf(f)
	s.symbol, s.old = o.old.GoName+"."+f.GoName, f.Pointer
	c.gone.add(f.Pointer)
	c.went(s, of(CodeRemoved, kind(o.old)), unusable, quoted(s.symbol)+" is gone", wireOf(f))
	c.expands.note(f.Name, len(c.out)-1)
}

// wireOf says what a field is on the wire.
func wireOf(f *ir.Field) string {
	if m, ok := f.Type.(*ir.Map); ok && f.Name == "" && f.In == "" {
		return "members of other names, " + wireText(m.Elem)
	}
	text := wireText(f.Value)
	if f.Required {
		text = "required " + text
	}
	if f.In != "" && f.In != ir.InForm && f.In != ir.InJSON {
		text += " in " + string(f.In)
	}
	if f.Name == "" {
		return text
	}
	return quoted(f.Name) + ", " + text
}

// field compares a field with what became of it.
func (c *comparer) field(o owner, old, new *ir.Field) {
	s := o.subjectOf(new)
	s.old, s.new = old.Pointer, new.Pointer
	word := kind(o.new)
	if was := o.old.GoName + "." + old.GoName; old.GoName != new.GoName {
		c.add(s, of(CodeRenamed, word), nameGone, "called "+instead(s.symbol, was), "").Remedy = keepName(new.Pointer, old.GoName)
	}
	c.presence(s, o, old, new)
	if c.retyped(s, o, old, new) {
		c.gone.add(old.Pointer)
		c.fresh.add(new.Pointer)
	} else {
		c.constraints(s, word, "", old.Value, new.Value)
	}
	c.mutability(s, word, o.flow, old, new)
	if !o.rewritten {
		c.spelling(s, word, old, new)
	}
	if old.Default != new.Default {
		c.add(s, of(CodeDefault, word), risky("leaving it out means something else now"), "", "default "+said(new.Default, "none")+" instead of "+said(old.Default, "none"))
	}
	c.deprecated(s, of(CodeDeprecated, word), old.Deprecated, new.Deprecated)
	c.documented(s, old.Doc, new.Doc, old.Value, new.Value)
}

// retyped compares the types of a field, but for what presence says of them.
func (c *comparer) retyped(s subject, o owner, old, new *ir.Field) bool {
	was, is := fieldText(o.old.Role, old), fieldText(o.new.Role, new)
	wire := retypedText(old.Value, new.Value)
	switch {
	case c.same(old.Type, new.Type):
		wrapped := optional(o.old.Role, old) != optional(o.new.Role, new)
		boxed := old.Boxed != new.Boxed && !optional(o.new.Role, new) && !optional(o.old.Role, old)
		if boxed || wrapped && old.Required == new.Required && old.Nullable == new.Nullable {
			c.add(s, of(CodeRetyped, kind(o.new)), unusable, instead(is, was), "")
		}
		return false
	case expandable(old.Type) != expandable(new.Type) && c.same(unexpanded(old.Type), unexpanded(new.Type)):
		c.add(s, of(CodeExpandable, kind(o.new)), unusable, instead(is, was), wire)
	default:
		c.add(s, of(CodeRetyped, kind(o.new)), unusable, instead(is, was), wire)
	}
	c.expands.note(new.Name, len(c.out)-1)
	return true
}

// retypedText says what a type is on the wire now, where that is something else.
func retypedText(old, new ir.Value) string {
	old.Nullable, new.Nullable = false, false
	if was, is := wireText(old), wireText(new); was != is {
		return is + " instead of " + was
	}
	return ""
}

// same tells whether two types are one, whatever it is called.
func (c *comparer) same(old, new ir.Type) bool {
	switch o := old.(type) {
	case *ir.Slice:
		n, ok := new.(*ir.Slice)
		return ok && c.sameElem(o.Elem, n.Elem)
	case *ir.Map:
		n, ok := new.(*ir.Map)
		return ok && c.sameElem(o.Elem, n.Elem)
	case *ir.Expandable:
		n, ok := new.(*ir.Expandable)
		return ok && c.same(o.Object, n.Object)
	case ir.Named:
		return c.pairs.to[o] == new
	}
	return old == new
}

func (c *comparer) sameElem(old, new ir.Value) bool {
	return old.Nullable == new.Nullable && old.Boxed == new.Boxed && c.same(old.Type, new.Type)
}

// expandable tells whether values of a type, or in it, can be expanded.
func expandable(t ir.Type) bool {
	if inner, ok := ir.Element(t); ok {
		return expandable(inner.Type)
	}
	_, ok := t.(*ir.Expandable)
	return ok
}

// unexpanded is a type with ids for what can be expanded.
func unexpanded(t ir.Type) ir.Type {
	switch t := t.(type) {
	case *ir.Expandable:
		return ir.String
	case *ir.Slice:
		elem := t.Elem
		elem.Type = unexpanded(elem.Type)
		return &ir.Slice{Elem: elem}
	case *ir.Map:
		elem := t.Elem
		elem.Type = unexpanded(elem.Type)
		return &ir.Map{Elem: elem}
	}
	return t
}

// mutability compares who may write a field.
func (c *comparer) mutability(s subject, word string, flow direction, old, new *ir.Field) {
	s.flow = flow
	if old.ReadOnly != new.ReadOnly {
		c.add(s, of(CodeReadOnly, word), flow.judge(c.written(new), compatible("answers have it as before")), "", toggled(new.ReadOnly, "answers alone have it", "requests may have it, too"))
	}
	if old.WriteOnly != new.WriteOnly {
		v := compatible("answers may have it besides")
		if new.WriteOnly {
			v = risky("answers no longer have it")
		}
		c.add(s, of(CodeWriteOnly, word), flow.judge(compatible("requests have it as before"), v), "", toggled(new.WriteOnly, "requests alone have it", "answers may have it, too"))
	}
}

// written is what it means for requests that answers alone have a field, or no
// longer.
func (c *comparer) written(new *ir.Field) verdict {
	switch {
	case new.ReadOnly:
		return risky("requests no longer carry it, though code that sets it compiles")
	case new.Required:
		return neededNow
	}
	return compatible("it may be sent, and need not be")
}

// spelling compares where a parameter travels, and how it is written there.
func (c *comparer) spelling(s subject, word string, old, new *ir.Field) {
	if was, is := spelled(old), spelled(new); was != is {
		c.add(s, of(CodeRespelled, word), breaking("programs built before send it the old way, which is no longer described"), "", is+" instead of "+was)
	}
}

func spelled(f *ir.Field) string {
	words := []string{"in " + string(f.In)}
	if f.Style != "" {
		words = append(words, "style "+string(f.Style))
	}
	if f.Exploded {
		words = append(words, "exploded")
	}
	if f.Reserved {
		words = append(words, "reserved characters as they are")
	}
	return strings.Join(words, ", ")
}
