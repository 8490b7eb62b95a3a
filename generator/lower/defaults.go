package lower

import (
	"slices"
	"strconv"

	"github.com/oaken-go/oaken/generator/ir"
)

// defaultOf returns the default of a schema as JSON, "" where there is none.
func (l *lowerer) defaultOf(p place) string {
	s := p.schema()
	if number, ok := s.Default.(float64); ok {
		if written, ok := l.text(join(p.pointer, "default")); ok && ir.Rounds(written) {
			return written
		}
		return text(number)
	}
	return jsonText(s.Default)
}

// checkDefault takes away a default that is no value of its member, and notes
// it. One that is a list or an object is for people to read, and not checked.
func (l *lowerer) checkDefault(f *ir.Field) {
	if f.Default == "" || f.Default[0] == '{' || f.Default[0] == '[' {
		return
	}
	if why := unfit(f.Value, literalOf([]byte(f.Default))); why != "" {
		l.note(f.Pointer, "bad-default", "the default %s is %s: correct it", f.Default, why)
		f.Default = ""
	}
}

// unfit says why a constant is no value, "" where it may be one.
func unfit(v ir.Value, c ir.Literal) string {
	kind := jsonType(v.Type)
	if c.Type == "number" {
		c.Type = wholeType(rounded(c.Text))
	}
	switch {
	case c.Type == "null" && !v.Nullable && !v.NullToo && v.Type != ir.Raw:
		return "null, which is not allowed"
	case c.Type == "null" || kind == "":
		return ""
	case !within([]string{c.Type}, []string{kind}):
		return "not of type " + kind
	case !inRange(v.Type, c.Text):
		return "out of range"
	case slices.ContainsFunc(v.Rules, func(r *ir.Rule) bool { return breaks(v, r, c) }):
		return "not one of the values that are listed"
	}
	return ""
}

// inRange tells whether a Go type has a number.
func inRange(t ir.Type, text string) bool {
	var err error
	switch t {
	case ir.Int32:
		_, err = strconv.ParseInt(text, 10, 32)
	case ir.Int64, ir.UnixTime:
		_, err = strconv.ParseInt(text, 10, 64)
	case ir.Uint64:
		_, err = strconv.ParseUint(text, 10, 64)
	}
	return err == nil
}

// breaks tells whether a constant is left out of a list of values.
func breaks(v ir.Value, r *ir.Rule, c ir.Literal) bool {
	list := r.Values
	if e, ok := v.Type.(*ir.Enum); ok && r.Listed() {
		list = allOf(e)
	}
	return (r.Keyword == "enum" || r.Keyword == "const") && len(list) > 0 && !slices.Contains(list, c)
}

// defaults checks the defaults of all members, once the values of every enum
// are known.
func (l *lowerer) defaults() {
	for _, t := range l.api.Types {
		if s, ok := t.(*ir.Struct); ok {
			for _, f := range s.Fields {
				l.checkDefault(f)
			}
		}
	}
}
