package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// client compares the package as a whole: what a client is made with, where it
// calls, and what it sends by itself.
func (c *comparer) client() {
	s := subject{symbol: cmp.Or(c.new.api.Package, c.old.api.Package, "package"), flow: sent}
	c.about(s)
	client := s
	client.symbol = "NewClient"
	c.base(client)
	c.auth(client)
	c.headers(client)
	c.credentials()
	c.failure(client)
	c.servers()
	c.resources()
	c.functions()
}

// about compares what the document says of itself.
func (c *comparer) about(s subject) {
	old, new := c.old.api, c.new.api
	if old.Version != new.Version {
		s.old, s.new = "/info/version", "/info/version"
		c.add(s, CodeVersionChanged, compatible("only the document's own version changes"), "", said(new.Version, "none")+" instead of "+said(old.Version, "none"))
	}
	s.old, s.new = "/info/title", "/info/title"
	c.described(s, old.Title, new.Title)
	s.old, s.new = "/info/description", "/info/description"
	c.described(s, old.Doc, new.Doc)
}

// base compares the URL that requests go to.
func (c *comparer) base(s subject) {
	if old, new := c.old.api.Server, c.new.api.Server; old != new {
		s.old, s.new = "/servers/0", "/servers/0"
		c.add(s, CodeServerChanged, elsewhere, "", said(new, "no base URL")+" instead of "+said(old, "no base URL"))
	}
}

// auth compares what a client is made with, and what operations ask for that
// don't say so themselves.
func (c *comparer) auth(s subject) {
	s.old, s.new = "/security", "/security"
	old, new := c.old.api, c.new.api
	if was, is := made(old), made(new); was != is {
		c.add(s, CodeSecurityChanged, breaking("code that makes a client no longer compiles"), quoted("NewClient("+is+")")+" instead of "+quoted("NewClient("+was+")"), "")
		return
	}
	if len(new.Credentials) == 0 && old.Auth != new.Auth {
		v := oldProof
		if new.Auth.Kind == ir.AuthNone {
			v = compatible("the key is no longer needed")
		}
		c.add(s, CodeSecurityChanged, v, "", authText(new.Auth)+" instead of "+authText(old.Auth))
		return
	}
	c.security(s, c.old.asks(nil), c.new.asks(nil))
}

// made is what a client is made with.
func made(api *ir.API) string {
	if len(api.Credentials) > 0 {
		return "Credentials"
	}
	return "string"
}

var keyPlaces = map[ir.AuthKind]string{ir.AuthAPIKeyHeader: "header", ir.AuthAPIKeyQuery: "query parameter", ir.AuthAPIKeyCookie: "cookie"}

func authText(a ir.Auth) string {
	if a.Kind == ir.AuthNone || a.Kind == "" {
		return "no key"
	}
	if where, ok := keyPlaces[a.Kind]; ok {
		return "a key in the " + where + " " + quoted(a.Name)
	}
	return "HTTP " + string(a.Kind)
}

// asks is what an operation asks for, or any that does not say so itself.
func (s *side) asks(own [][]string) [][]string {
	switch {
	case own != nil:
		return own
	case s.api.Security != nil:
		return s.api.Security
	case s.api.Auth.Kind == ir.AuthNone || s.api.Auth.Kind == "":
		return [][]string{{}}
	}
	return [][]string{{ir.TheKey}}
}

// security compares alternatives of credentials: who had one of them before has
// to have one still.
func (c *comparer) security(s subject, old, new [][]string) {
	was, is := alternatives(old), alternatives(new)
	if slices.Equal(was, is) {
		return
	}
	v := compatible("credentials that were enough still are")
	for _, have := range old {
		if !slices.ContainsFunc(new, func(asked []string) bool { return len(without(asked, have)) == 0 }) {
			v = breaking("credentials that were enough no longer are")
		}
	}
	c.add(s, CodeSecurityChanged, v, "", "asks for "+strings.Join(is, " or ")+" instead of "+strings.Join(was, " or "))
}

func alternatives(list [][]string) []string {
	var out []string
	for _, names := range list {
		text := strings.Join(slices.Sorted(slices.Values(names)), " and ")
		out = append(out, said(text, "nothing"))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// headers compares the headers that a client handles by itself.
func (c *comparer) headers(s subject) {
	s.old, s.new = "/info", "/info"
	old, new := headerTexts(c.old.api.Headers), headerTexts(c.new.api.Headers)
	if !slices.Equal(old, new) {
		c.add(s, CodeClientChanged, risky("requests have other headers, so the server may answer otherwise"), "", list(without(new, old))+" instead of "+list(without(old, new)))
	}
}

func versionText(h ir.HeaderNames) string {
	if h.VersionValue == "" {
		return h.Version
	}
	return h.Version + ": " + h.VersionValue
}

func headerTexts(h ir.HeaderNames) []string {
	var out []string
	for _, header := range []struct{ what, name string }{
		{"idempotency key", h.IdempotencyKey}, {"request id", h.RequestID}, {"retry", h.Retry}, {"version", versionText(h)},
	} {
		if header.name != "" {
			out = append(out, header.what+" "+header.name)
		}
	}
	return out
}

// credentials compares what a client with several credentials is made of.
func (c *comparer) credentials() {
	if len(c.old.api.Credentials) == 0 || len(c.new.api.Credentials) == 0 {
		return // NewClient says so
	}
	m := newMatching(c.old.api.Credentials, c.new.api.Credentials)
	m.by(func(k *ir.Credential) string { return k.Pointer })
	m.by(func(k *ir.Credential) string { return k.GoName })
	for _, k := range c.old.api.Credentials {
		s := subject{symbol: "Credentials." + k.GoName, old: k.Pointer}
		if n := m.to[k]; n != nil {
			c.credential(k, n)
		} else {
			c.went(s, of(CodeRemoved, "field"), unusable, quoted(s.symbol)+" is gone", "no longer asked for")
		}
	}
	for _, k := range left(c.new.api.Credentials, m.from) {
		s := subject{symbol: "Credentials." + k.GoName, new: k.Pointer}
		c.came(s, of(CodeAdded, "field"), compatible("operations that ask for it have an entry of their own"), quoted(s.symbol)+" is new", authText(k.Auth))
	}
}

func (c *comparer) credential(old, new *ir.Credential) {
	s := subject{symbol: "Credentials." + new.GoName, old: old.Pointer, new: new.Pointer, flow: sent}
	if old.GoName != new.GoName {
		c.add(s, of(CodeRenamed, "field"), nameGone, "called "+instead(new.GoName, old.GoName), "")
	}
	if old.Auth != new.Auth {
		c.add(s, CodeSecurityChanged, oldProof, "", authText(new.Auth)+" instead of "+authText(old.Auth))
	}
	c.described(s, old.Doc, new.Doc)
}

// failure compares the type that most errors have.
func (c *comparer) failure(s subject) {
	s.symbol = "Error"
	old, new := c.old.api.Failure, c.new.api.Failure
	if old == nil && new == nil || old != nil && new != nil && c.pairs.to[old] == ir.Named(new) {
		return
	}
	v, was, is := compatible("errors had no type of their own before"), "any type", "any type"
	if old != nil {
		v, was, s.old = otherErrors, old.GoName, old.Pointer
	}
	if new != nil {
		is, s.new = new.GoName, new.Pointer
	}
	c.add(s, CodeFailureChanged, v, "most errors hold "+instead(is, was), "")
}

// resources compares what is said of resources.
func (c *comparer) resources() {
	old := map[string]*ir.Resource{}
	c.old.api.EachResource(func(name string, r *ir.Resource) { old[name] = r })
	c.new.api.EachResource(func(name string, r *ir.Resource) {
		if o := old[name]; o != nil {
			if o.GoType != r.GoType {
				s := subject{resource: name, symbol: r.GoType, old: servicePlace(o), new: servicePlace(r)}
				c.add(s, CodeTypeRenamed, nameGone, "called "+instead(r.GoType, o.GoType), "")
			}
			c.described(subject{resource: name, symbol: r.GoType, old: o.Pointer, new: r.Pointer}, o.Doc, r.Doc)
		}
	})
}

// servicePlace is where a resource is described, or else the first operation of it.
func servicePlace(r *ir.Resource) string {
	if r.Pointer == "" && len(r.Ops) > 0 {
		return r.Ops[0].Pointer
	}
	return cmp.Or(r.Pointer, "/paths")
}
