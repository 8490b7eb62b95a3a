package diff

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// delta is how what is valid at a place changed, in words.
type delta struct{ tightened, loosened, others []string }

func (d *delta) loosen(what string, values []string) {
	if len(values) > 0 {
		d.loosened = append(d.loosened, what+" "+list(values))
	}
}

func (d *delta) tighten(what string, values []string) {
	if len(values) > 0 {
		d.tightened = append(d.tightened, what+" "+list(values))
	}
}

func (d *delta) empty() bool { return len(d.tightened)+len(d.loosened)+len(d.others) == 0 }

// delta compares the rules of two values, but for the lists of their enums.
func (c *comparer) delta(old, new ir.Value) *delta {
	d := &delta{}
	c.compareRules(d, "", settledRules(old, old.Nullable != new.Nullable), settledRules(new, old.Nullable != new.Nullable))
	for o, n := old, new; ; {
		var ok, too bool
		o, ok = inside(o.Type)
		n, too = inside(n.Type)
		if !ok || !too {
			return d
		}
		c.compareRules(d, "each: ", settledRules(o, false), settledRules(n, false))
	}
}

// settledRules are the rules of a value without the list of its enum, and
// without what only follows from null being a value.
func settledRules(v ir.Value, nullToo bool) []*ir.Rule {
	list := listRule(v)
	return slices.DeleteFunc(slices.Clone(v.Rules), func(r *ir.Rule) bool {
		return r == list || nullToo && r.Keyword == "type"
	})
}

// ownRules compares the rules of something as a whole.
func (c *comparer) ownRules(s subject, old, new []*ir.Rule) {
	d := &delta{}
	c.compareRules(d, "", old, new)
	c.whole(s, d)
}

// whole reports how what is valid changed, in one entry.
func (c *comparer) whole(s subject, d *delta) {
	var v verdict
	switch {
	case d.empty():
		return
	case len(d.others) > 0 || len(d.tightened) > 0 && len(d.loosened) > 0:
		v = risky("nobody can say whether what was valid still is")
	case len(d.tightened) > 0:
		v = s.flow.judge(breaking("what was valid may be refused"), compatible("answers hold less"))
	default:
		v = s.flow.judge(compatible("requests may hold more"), risky("answers may hold what they never did"))
	}
	c.add(s, CodeRulesChanged, v, "", strings.Join(slices.Concat(d.tightened, d.loosened, d.others), "; "))
}

// compareRules compares rules, in any order: what is on both sides is left out,
// and what is left is compared by keyword.
func (c *comparer) compareRules(d *delta, before string, old, new []*ir.Rule) {
	if len(old)+len(new) == 0 {
		return
	}
	o, n := c.distinct(old, new)
	news := keyed(n, ruleKey)
	for _, r := range o {
		partners := news[ruleKey(r)]
		if len(partners) == 0 {
			d.loosened = append(d.loosened, before+ruleWords(r)+" no longer holds")
			continue
		}
		news[ruleKey(r)] = partners[1:]
		d.keyword(before, r, partners[0])
	}
	for _, r := range n {
		if slices.Contains(news[ruleKey(r)], r) {
			d.tightened = append(d.tightened, before+ruleWords(r))
		}
	}
}

// distinct leaves out what is on both sides.
func (c *comparer) distinct(old, new []*ir.Rule) (o, n []*ir.Rule) {
	count := map[string]int{}
	for _, r := range new {
		count[c.ruleText(r, false)]++
	}
	for _, r := range old {
		if text := c.ruleText(r, true); count[text] > 0 {
			count[text]--
		} else {
			o = append(o, r)
		}
	}
	for _, r := range slices.Backward(new) {
		if text := c.ruleText(r, false); count[text] > 0 {
			count[text]--
			n = append(n, r)
		}
	}
	slices.Reverse(n)
	return o, n
}

// bounds are keywords that are one assertion, with the end that they are about.
var bounds = map[string]string{
	"minimum": "lower bound", "exclusiveMinimum": "lower bound", "maximum": "upper bound", "exclusiveMaximum": "upper bound",
}

// ruleKey tells which rules are about the same.
func ruleKey(r *ir.Rule) string {
	if bound := bounds[r.Keyword]; bound != "" {
		return bound
	}
	switch r.Keyword {
	case "property", "patternProperty", "dependentRequired", "dependentSchemas":
		return r.Keyword + " " + r.Text
	}
	return r.Keyword
}

// keyword compares two rules that are about the same, and not alike.
func (d *delta) keyword(before string, old, new *ir.Rule) {
	text := before + ruleWords(new) + " instead of " + ruleWords(old)
	switch compareExtent(old, new) {
	case less:
		d.tightened = append(d.tightened, text)
	case more:
		d.loosened = append(d.loosened, text)
	default:
		d.others = append(d.others, text)
	}
}

// ruleWords is a rule for people, as far as a few words say it.
func ruleWords(r *ir.Rule) string {
	if r.Note != "" {
		return code(r.Keyword) + " (" + r.Note + ")"
	}
	words := []string{r.Keyword}
	for _, text := range []string{r.Text, r.Number, r.Most} {
		if text != "" {
			words = append(words, code(text))
		}
	}
	texts := slices.Concat(literals(r), r.Names, r.Types)
	if len(texts) > 0 {
		words = append(words, code(strings.Join(texts, ", ")))
	}
	return strings.Join(words, " ")
}

func literals(r *ir.Rule) []string {
	var out []string
	for _, v := range r.Values {
		out = append(out, v.Text)
	}
	return out
}

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
		name := r.Check.GoName
		if old {
			name = c.names.settled(name)
		}
		b.WriteString(name)
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

// changedChecks finds the named assertions that say something else now, or refer
// to such.
func (c *comparer) changedChecks() map[string]bool {
	out := map[string]bool{}
	olds := checkTexts(c, c.old.api.Checks, true)
	news := checkTexts(c, c.new.api.Checks, false)
	for name, text := range olds {
		if now, ok := news[name]; ok && now != text {
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

// extent is whether a rule leaves less or more than another did.
type extent int

const (
	unknown extent = iota
	less
	more
)

// reversed is the extent seen from the other side.
func (e extent) reversed() extent {
	return []extent{unknown, more, less}[e]
}

// compareExtent tells what a rule leaves of what another one did.
func compareExtent(old, new *ir.Rule) extent {
	switch new.Keyword {
	case "minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum":
		return extentOf(old, new, 1)
	case "maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum":
		return extentOf(old, new, -1)
	case "multipleOf":
		return multiples(old.Number, new.Number)
	case "enum":
		return subset(literalTexts(old), literalTexts(new))
	case "type":
		return subset(old.Types, new.Types)
	case "required", "dependentRequired":
		return subset(old.Names, new.Names).reversed()
	}
	return unknown
}

func literalTexts(r *ir.Rule) []string {
	var out []string
	for _, v := range r.Values {
		out = append(out, v.Type+" "+v.Text)
	}
	return out
}

// extentOf compares two bounds. up is 1 where a larger one leaves less, else -1.
func extentOf(old, new *ir.Rule, up int) extent {
	a, b := number(old.Number), number(new.Number)
	if a == nil || b == nil {
		return unknown
	}
	exclusive := func(r *ir.Rule) bool { return strings.HasPrefix(r.Keyword, "exclusive") }
	switch way := b.Cmp(a) * up; {
	case way > 0, way == 0 && exclusive(new) && !exclusive(old):
		return less
	case way < 0, way == 0 && exclusive(old) && !exclusive(new):
		return more
	}
	return unknown
}

// number reads a number of a document, nil for none. It is precise enough for
// any that a person wrote.
func number(text string) *big.Float {
	f, _, err := big.ParseFloat(text, 10, 256, big.ToNearestEven)
	if err != nil {
		return nil
	}
	return f
}

func multiples(old, new string) extent {
	switch {
	case isMultiple(new, old):
		return less
	case isMultiple(old, new):
		return more
	}
	return unknown
}

func isMultiple(a, b string) bool {
	if len(a)+len(b) > 100 || strings.ContainsAny(a+b, "eE") {
		return false
	}
	x, ok := new(big.Rat).SetString(a)
	y, too := new(big.Rat).SetString(b)
	return ok && too && y.Sign() != 0 && x.Quo(x, y).IsInt()
}

// subset compares lists of what is allowed: less, where the new one has nothing
// that the old one has not.
func subset(old, new []string) extent {
	switch {
	case len(without(new, old)) == 0:
		return less
	case len(without(old, new)) == 0:
		return more
	}
	return unknown
}
