package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// ruleText is all that a rule says, but for its place and its note. A named
// assertion that is another now has another text on each side.
func (c *comparer) ruleText(r *ir.Rule, old bool) string {
	var b strings.Builder
	c.writeRule(&b, r, old)
	return b.String()
}

func (c *comparer) writeRule(b *strings.Builder, r *ir.Rule, old bool) {
	fmt.Fprintf(b, "%s %q %q %q %q %q %q %v", r.Keyword, r.Number, r.Most, r.Text, r.Pattern, r.Names, r.Types, r.Values)
	if r.Check != nil {
		b.WriteString(" " + c.checkName(r.Check, old))
		if c.checks[r.Check.GoName] {
			fmt.Fprint(b, old)
		}
	}
	for _, sub := range r.Subs {
		b.WriteByte('(')
		for _, inner := range sub {
			c.writeRule(b, inner, old)
		}
		b.WriteByte(')')
	}
}

// sameRule tells whether two rules say the same, without writing them down.
func (c *comparer) sameRule(old, new *ir.Rule) bool {
	return old.Keyword == new.Keyword && old.Number == new.Number && old.Most == new.Most && old.Text == new.Text && old.Pattern == new.Pattern &&
		(old.Names == nil) == (new.Names == nil) && slices.Equal(old.Names, new.Names) && slices.Equal(old.Types, new.Types) && slices.Equal(old.Values, new.Values) &&
		c.sameCheck(old.Check, new.Check) &&
		slices.EqualFunc(old.Subs, new.Subs, func(o, n []*ir.Rule) bool { return slices.EqualFunc(o, n, c.sameRule) })
}

func (c *comparer) sameCheck(old, new *ir.Check) bool {
	if old == nil || new == nil {
		return old == new
	}
	return c.checkName(old, true) == c.checkName(new, false) && !c.checks[old.GoName]
}

// checkName is what a named assertion is called now.
func (c *comparer) checkName(check *ir.Check, old bool) string {
	if now, ok := c.checkNames[check.GoName]; ok && old {
		return now
	}
	return check.GoName
}

// currentChecks finds what named assertions are called now: those at the same
// place, wherever that is.
func (c *comparer) currentChecks() map[string]string {
	m := newMatching(c.old.api.Checks, c.new.api.Checks)
	m.across(func(k *ir.Check) string { return c.pairs.moves.translate(k.Pointer) }, func(k *ir.Check) string { return k.Pointer })
	m.by(func(k *ir.Check) string { return k.GoName })
	out := map[string]string{}
	for old, new := range m.to {
		out[old.GoName] = new.GoName
	}
	return out
}

// changedChecks finds the named assertions that say something else now, or refer
// to such.
func (c *comparer) changedChecks() map[string]bool {
	out := map[string]bool{}
	olds := checkTexts(c, c.old.api.Checks, true)
	news := checkTexts(c, c.new.api.Checks, false)
	for name, text := range olds {
		if now, ok := news[c.checkNames[name]]; ok && now != text {
			out[name] = true
		}
	}
	for grown := len(out) > 0; grown; {
		before := len(out)
		for _, check := range slices.Concat(c.old.api.Checks, c.new.api.Checks) {
			if !out[check.GoName] && refers(check.Rules, out) {
				out[check.GoName] = true
			}
		}
		grown = len(out) > before
	}
	return out
}

func checkTexts(c *comparer, checks []*ir.Check, old bool) map[string]string {
	out := map[string]string{}
	for _, check := range checks {
		var b strings.Builder
		for _, r := range check.Rules {
			c.writeRule(&b, r, old)
		}
		out[check.GoName] = b.String()
	}
	return out
}

func refers(rules []*ir.Rule, to map[string]bool) bool {
	return slices.ContainsFunc(rules, func(r *ir.Rule) bool {
		return r.Check != nil && to[r.Check.GoName] || slices.ContainsFunc(r.Subs, func(sub []*ir.Rule) bool { return refers(sub, to) })
	})
}
