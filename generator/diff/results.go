package diff

import (
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// result compares what a method returns, and what it asks for.
func (c *comparer) result(s subject, p opPair) {
	s.flow = received
	old, new := p.old.Result, p.new.Result
	same := (p.old.Answers == nil) == (p.new.Answers == nil) && c.same(old.Type, new.Type) && nilable(old) == nilable(new)
	if !same {
		c.gone.add(p.old.Pointer + "/responses")
		c.fresh.add(p.new.Pointer + "/responses")
		c.add(s, CodeResultChanged, breaking("code that uses the result no longer compiles"), returns(p.new)+" instead of "+said(resultText(p.old), "nothing"), answered(p.old, p.new))
		return
	}
	if old.Type != nil {
		c.nullableResult(s, old, new)
		d := c.delta(old, new)
		c.enumAt(s, "", old, new, d)
		c.whole(s, d)
	}
	c.accept(s, p)
}

// nilable tells whether a result has a type of its own in Go for null.
func nilable(v ir.Value) bool { return v.Nullable && !ir.HasNil(v.Type) }

// nullableResult compares whether a result may be null that is nil then.
func (c *comparer) nullableResult(s subject, old, new ir.Value) {
	switch {
	case new.Nullable && !old.Nullable:
		c.add(s, CodeResultChanged, risky("nil may be returned without an error"), "may be nil", "may be null")
	case old.Nullable && !new.Nullable:
		c.add(s, CodeResultChanged, compatible("answers no longer have null"), "no longer nil", "no longer null")
	}
}

func returns(o *operation) string {
	if text := resultText(o); text != "" {
		return "returns " + quoted(text)
	}
	return "returns nothing"
}

// answered says what came on the wire, where that is one thing on both sides.
func answered(old, new *operation) string {
	if old.Answers != nil || new.Answers != nil {
		return "the successes are others"
	}
	if is, was := wireText(new.Result), wireText(old.Result); is != was {
		return is + " instead of " + was
	}
	return ""
}

// accept compares the media types that answers are asked for in.
func (c *comparer) accept(s subject, p opPair) {
	old, new := accepted(p.old), accepted(p.new)
	if slices.Equal(old, new) {
		return
	}
	v := compatible("the old media type is still described")
	if slices.ContainsFunc(old, func(t string) bool { return !slices.Contains(new, t) }) {
		v = breaking("programs built before ask for a media type that is no longer described")
	}
	c.add(s, CodeResultChanged, v, "", "asks for "+list(new)+" instead of "+list(old))
}

// accepted are the media types of what an operation is answered with.
func accepted(o *operation) []string {
	if len(o.Accept) == 0 && len(o.Returned()) > 0 {
		return []string{"application/json"}
	}
	return slices.Sorted(slices.Values(o.Accept))
}

// list is some texts in code.
func list(texts []string) string {
	if len(texts) == 0 {
		return "nothing"
	}
	return quoted(strings.Join(texts, "`, `"))
}

// failures compares the types of answers that are errors, where an operation
// has others than the package.
func (c *comparer) failures(s subject, p opPair) {
	if !p.old.Unusual && !p.new.Unusual {
		return
	}
	old, new := c.failing(p.old, true), c.failing(p.new, false)
	if slices.Equal(old, new) {
		return
	}
	v := compatible("errors that had a type keep it")
	if slices.ContainsFunc(old, func(text string) bool { return !slices.Contains(new, text) || isRange(text) }) {
		v = otherErrors
	}
	c.add(s, CodeFailureChanged, v, "errors hold "+list(c.failing(p.new, false))+" instead of "+list(old), "")
}

// isRange tells whether a type is that of several statuses, so that one of them
// can get another.
func isRange(failure string) bool {
	status, _, _ := strings.Cut(failure, " ")
	return strings.HasSuffix(status, "XX") || status == "default"
}

// failing are the types of errors by their status; those of the old side under
// their names of today.
func (c *comparer) failing(o *operation, old bool) []string {
	var out []string
	for _, f := range o.Failures {
		name := f.Type.GoName
		if t, ok := c.pairs.to[f.Type]; ok && old {
			name = t.TypeName()
		}
		for _, status := range f.Statuses {
			out = append(out, status+" "+name)
		}
	}
	slices.Sort(out)
	return out
}

// answers compares the successes of an operation that are not alike.
func (c *comparer) answers(s subject, old, new *ir.Answers) {
	s.flow = received
	was := keyed(old.List, func(a *ir.Answer) string { return a.Status })
	is := keyed(new.List, func(a *ir.Answer) string { return a.Status })
	for _, a := range old.List {
		if is[a.Status] == nil {
			m := member(s, a.GoName)
			c.went(m, of(CodeRemoved, "field"), unusable, quoted(m.symbol)+" is gone", "no answer "+a.Status)
		}
	}
	for _, a := range new.List {
		m := member(s, a.GoName)
		if was[a.Status] == nil {
			c.came(m, of(CodeAdded, "field"), risky("answers may have a status that code does not look for"), quoted(m.symbol)+" is new", "answer "+a.Status)
			continue
		}
		before := was[a.Status][0]
		c.answer(m, before, a)
	}
}

// answer compares the successes of one status.
func (c *comparer) answer(s subject, old, new *ir.Answer) {
	switch {
	case !c.same(old.Type, new.Type) || old.Nullable != new.Nullable:
		c.add(s, of(CodeRetyped, "field"), unusable, instead(answerText(new), answerText(old)), wireText(new.Value)+" instead of "+wireText(old.Value))
	case old.GoName != new.GoName:
		c.add(s, of(CodeRenamed, "field"), nameGone, "called "+instead(new.GoName, old.GoName), "")
	}
	c.described(s, old.Doc, new.Doc)
}

func answerText(a *ir.Answer) string {
	if a.Type == nil {
		return "nothing"
	}
	return elemText(a.Value)
}

// member is a part of what a subject is about.
func member(s subject, name string) subject {
	s.symbol += "." + name
	return s
}
