package diff

import "github.com/oaken-go/oaken/generator/ir"

// presence compares whether a field has to be there, and may be null. It is
// worst where it changes the type in Go.
func (c *comparer) presence(s subject, o owner, old, new *ir.Field) {
	if old.Required != new.Required {
		c.required(s, o, old, new)
	}
	if old.Nullable != new.Nullable {
		c.nullable(s, o, old, new)
	}
}

func (c *comparer) required(s subject, o owner, old, new *ir.Field) {
	alone := *old
	alone.Required = new.Required
	caller, other := c.wrapped(o, old, new, &alone)
	if new.Required {
		v := s.flow.judge(neededNow, compatible("answers always have it now"))
		c.add(s, of(CodeRequired, kind(o.new)), v.or(other), caller, "required")
		return
	}
	v := s.flow.judge(compatible("requests may leave it out, and need not"), risky("answers may lack it"))
	c.add(s, of(CodeOptional, kind(o.new)), v.or(other), caller, "no longer required")
}

func (c *comparer) nullable(s subject, o owner, old, new *ir.Field) {
	alone := *old
	alone.Nullable = new.Nullable
	caller, other := c.wrapped(o, old, new, &alone)
	if new.Nullable {
		v := s.flow.judge(compatible("requests may have null, and need not"), risky("answers may have null"))
		c.add(s, of(CodeNullable, kind(o.new)), v.or(other), caller, "may be null")
		return
	}
	v := s.flow.judge(breaking("requests with null are refused"), compatible("answers no longer have null"))
	c.add(s, of(CodeNotNull, kind(o.new)), v.or(other), caller, "no longer null")
}

// wrapped tells whether the field becomes an Optional, or is none any more, and
// does so for this reason: alone is the field with nothing else changed.
func (c *comparer) wrapped(o owner, old, new, alone *ir.Field) (caller string, other bool) {
	was, is := optional(o.old.Role, old), optional(o.new.Role, new)
	if was == is || optional(o.old.Role, alone) == was {
		return "", false
	}
	return instead(fieldText(o.new.Role, new), fieldText(o.old.Role, old)), true
}

// or is breaking where the type in Go is another.
func (v verdict) or(other bool) verdict {
	if other && v.severity != Breaking {
		return breaking("its Go type changes, so code that uses it no longer compiles")
	}
	return v
}
