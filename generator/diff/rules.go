package diff

import (
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
		o, ok = ir.Element(o.Type)
		n, too = ir.Element(n.Type)
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
		v = incomparable
	case len(d.tightened) > 0:
		v = s.flow.narrowed()
	default:
		v = s.flow.widened(beyondRules)
	}
	c.add(s, CodeRulesChanged, v, "", strings.Join(slices.Concat(d.tightened, d.loosened, d.others), "; "))
}

// compareRules compares rules, in any order: what is on both sides is left out,
// and what is left is compared by keyword.
func (c *comparer) compareRules(d *delta, before string, old, new []*ir.Rule) {
	if len(old)+len(new) == 0 {
		return
	}
	if slices.EqualFunc(old, new, c.sameRule) { // as nearly all are
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
			d.tightened = append(d.tightened, before+ruleWords(r)+" holds now")
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
	if ruleWords(old) == ruleWords(new) {
		text = before + ruleWords(new) + " says something else"
	}
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
		return quoted(r.Keyword) + " (" + r.Note + ")"
	}
	if r.Check != nil {
		return "what is referred to"
	}
	texts := slices.Concat([]string{r.Text, r.Number, r.Most}, literals(r), r.Names, r.Types)
	texts = slices.DeleteFunc(texts, func(text string) bool { return text == "" })
	if len(texts) == 0 {
		return quoted(r.Keyword)
	}
	return quoted(r.Keyword + ": " + strings.Join(texts, ", "))
}

func literals(r *ir.Rule) []string {
	var out []string
	for _, v := range r.Values {
		out = append(out, v.Text)
	}
	return out
}
