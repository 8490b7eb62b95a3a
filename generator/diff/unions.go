package diff

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// union compares a union with what became of it.
func (c *comparer) union(s subject, old, new *ir.Union) {
	c.alike(s, old, new, assigned)
	m := newMatching(old.Variants, new.Variants)
	c.pairVariants(m)
	for _, v := range old.Variants {
		if n := m.to[v]; n != nil {
			c.variant(s, v, n)
		} else {
			c.went(s, CodeVariantGone, breaking("code that uses it as one no longer compiles"), quoted(variantText(v))+" is none of "+quoted(old.GoName)+" any more", tagText(old, v))
		}
	}
	for _, v := range new.Variants {
		if m.from[v] == nil {
			verdict := s.flow.widened(newVariant)
			c.came(s, CodeVariantAdded, verdict, quoted(variantText(v))+" is one of "+quoted(new.GoName), tagText(new, v))
		}
	}
	c.raw(s, old, new)
	settled := len(m.to) == len(old.Variants) && len(m.to) == len(new.Variants)
	c.toldApart(s, m, old, new, settled)
	c.open(s, old, new)
	c.ownRules(s, old.Rules, new.Rules)
	c.described(s, old.Doc, new.Doc)
}

// raw compares whether a value may be JSON as it is.
func (c *comparer) raw(s subject, old, new *ir.Union) {
	switch {
	case old.Raw && !new.Raw:
		c.went(s, CodeVariantGone, breaking("code that uses it as one no longer compiles"), "`Raw` is none of "+quoted(old.GoName)+" any more", "")
	case new.Raw && !old.Raw:
		c.came(s, CodeVariantAdded, s.flow.widened(newVariant), "`Raw` is one of "+quoted(new.GoName), "")
	}
}

// pairVariants pairs variants by what they are, then by their tags and names.
func (c *comparer) pairVariants(m *matching[*ir.Variant]) {
	for _, o := range m.old {
		i := slices.IndexFunc(m.new, func(n *ir.Variant) bool { return m.from[n] == nil && c.same(o.Type, n.Type) })
		if i >= 0 {
			m.pair(o, m.new[i])
		}
	}
	m.by(func(v *ir.Variant) string { return v.GoName })
}

// variantText is what a variant is in Go.
func variantText(v *ir.Variant) string {
	if s, ok := v.Type.(*ir.Struct); ok {
		return "*" + s.GoName
	}
	return v.GoName
}

// tagText says by which values of a member a variant is known.
func tagText(u *ir.Union, v *ir.Variant) string {
	if u.By == "" || len(v.Tags) == 0 {
		return ""
	}
	return quoted(u.By) + " " + list(v.Tags)
}

func (c *comparer) variant(s subject, old, new *ir.Variant) {
	if !c.same(old.Type, new.Type) {
		c.add(s, CodeTypeChanged, unusable, quoted(new.GoName)+": "+instead(typeText(new.Type), typeText(old.Type)), "")
		return
	}
	_, isStruct := new.Type.(*ir.Struct)
	if old.GoName != new.GoName && !isStruct && !c.names.follows(old.GoName, new.GoName) {
		v := s
		v.symbol = new.GoName
		c.renamed(v, CodeVariantRenamed, ir.AliasType, old.GoName, "")
	}
	was, is := ir.Value{Type: old.Type, Rules: old.Rules}, ir.Value{Type: new.Type, Rules: new.Rules}
	d := c.delta(was, is)
	c.enumAt(s, variantText(new)+": ", was, is, d)
	c.whole(s, d)
}

// toldApart compares how variants are told apart. Where some came or went, the
// others may be told apart by something else only for that.
func (c *comparer) toldApart(s subject, m *matching[*ir.Variant], old, new *ir.Union, settled bool) {
	var texts []string
	if old.By != new.By {
		texts = append(texts, "told apart by "+said(new.By, "what they have")+" instead of "+said(old.By, "what they have"))
	}
	for _, v := range old.Variants {
		n := m.to[v]
		if n == nil {
			continue
		}
		if was, is := tags(v), tags(n); was != is && old.By == new.By {
			texts = append(texts, quoted(variantText(n))+": "+said(is, "no tag")+" instead of "+said(was, "no tag"))
		}
		if settled && v.Vague != n.Vague {
			texts = append(texts, quoted(variantText(n))+toggled(n.Vague, ": read as JSON, as nothing tells it apart", ": told apart, and no longer read as JSON"))
		}
	}
	if len(texts) > 0 {
		v := s.flow.judge(compatible("requests hold one variant, as before"), risky("programs built before may take one variant for another"))
		c.add(s, CodeToldApart, v, "", strings.Join(texts, "; "))
	}
}

func tags(v *ir.Variant) string {
	return strings.Join(slices.Sorted(slices.Values(v.Tags)), ", ")
}

// open compares whether a value may be none of the variants.
func (c *comparer) open(s subject, old, new *ir.Union) {
	switch {
	case new.Open && !old.Open:
		c.add(s, CodeUnionOpened, s.flow.widened(otherObjects), "", "other objects are valid, too")
	case old.Open && !new.Open:
		c.add(s, CodeUnionClosed, s.flow.narrowed(), "", "no other objects are valid")
	}
}
