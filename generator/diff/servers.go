package diff

import "github.com/oaken-go/oaken/generator/ir"

// servers compares the servers that a caller can choose from.
func (c *comparer) servers() {
	m := newMatching(c.old.api.Servers, c.new.api.Servers)
	m.by(func(s *ir.Server) string { return s.GoName })
	m.by(func(s *ir.Server) string { return s.URL })
	for _, old := range c.old.api.Servers {
		s := subject{symbol: "With" + old.GoName, old: old.Pointer}
		if new := m.to[old]; new != nil {
			c.server(old, new)
		} else {
			c.went(s, CodeServerRemoved, unchoosable, quoted(s.symbol)+" is gone", quoted(old.URL))
		}
	}
	for _, new := range left(c.new.api.Servers, m.from) {
		s := subject{symbol: "With" + new.GoName, new: new.Pointer}
		c.came(s, CodeServerAdded, unused, quoted(s.symbol)+" is new", quoted(new.URL))
	}
}

func (c *comparer) server(old, new *ir.Server) {
	s := subject{symbol: "With" + new.GoName, old: old.Pointer, new: new.Pointer, flow: sent}
	if old.GoName != new.GoName {
		c.renamed(s, CodeTypeRenamed, ir.AliasFunc, "With"+old.GoName, keepName(new.Pointer, old.GoName))
	}
	if base := old.URL == c.old.api.Server && new.URL == c.new.api.Server; old.URL != new.URL && !base {
		c.add(s, CodeServerChanged, elsewhere, "", instead(new.URL, old.URL))
	}
	if (len(old.Variables) == 0) != (len(new.Variables) == 0) {
		c.add(s, CodeServerChanged, unchoosable, toggled(len(new.Variables) > 0, "takes ", "no longer takes ")+quoted(new.GoName), "")
	}
	c.described(s, old.Doc, new.Doc)
	c.variables(s, old, new)
}

func (c *comparer) variables(s subject, old, new *ir.Server) {
	m := newMatching(old.Variables, new.Variables)
	m.by(func(v *ir.ServerVariable) string { return v.Name })
	for _, v := range old.Variables {
		at := s
		at.symbol = old.GoName + "." + v.GoName
		if n := m.to[v]; n != nil {
			at.symbol = new.GoName + "." + n.GoName
			c.variable(at, v, n)
		} else {
			c.went(at, of(CodeRemoved, "field"), unusable, quoted(at.symbol)+" is gone", "no variable "+quoted(v.Name))
		}
	}
	for _, v := range left(new.Variables, m.from) {
		at := s
		at.symbol = new.GoName + "." + v.GoName
		verdict := compatible("it has a default")
		if v.Required {
			verdict = neededServer
		}
		c.came(at, of(CodeAdded, "field"), verdict, quoted(at.symbol)+" is new", "variable "+quoted(v.Name))
	}
}

func (c *comparer) variable(s subject, old, new *ir.ServerVariable) {
	if old.GoName != new.GoName {
		c.add(s, of(CodeRenamed, "field"), nameGone, "called "+instead(new.GoName, old.GoName), "")
	}
	if was, is := variableType(old), variableType(new); (was == "string") != (is == "string") {
		c.add(s, of(CodeRetyped, "field"), unusable, instead(is, was), "")
	}
	if old.Default != new.Default {
		c.add(s, of(CodeDefault, "field"), elsewhere, "", "default "+said(new.Default, "none")+" instead of "+said(old.Default, "none"))
	}
	if old.Required != new.Required {
		c.add(s, toggled(new.Required, of(CodeRequired, "field"), of(CodeOptional, "field")), toggledVerdict(new.Required), "", toggled(new.Required, "required", "no longer required"))
	}
	if old.Enum != nil && new.Enum != nil {
		c.enum(s, old.Enum, new.Enum)
	}
	c.described(s, old.Doc, new.Doc)
}

func toggledVerdict(required bool) verdict {
	if required {
		return neededServer
	}
	return compatible("it may be left out")
}

func variableType(v *ir.ServerVariable) string {
	if v.Enum == nil {
		return "string"
	}
	return v.Enum.GoName
}
