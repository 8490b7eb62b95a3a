package lower

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// demand is what an operation asks for.
type demand struct {
	alternatives [][]string // of schemes that a client can follow
	open         bool       // nothing is fine as well
}

// security decides how a client proves who it is: by one key, as the config
// says or where one is enough, else by a credential for each scheme.
func (l *lowerer) security() {
	l.api.Auth = ir.Auth{Kind: ir.AuthNone}
	switch l.opts.Auth {
	case "":
	case "none":
		return
	default:
		auth, ok := l.scheme(l.opts.Auth)
		if !ok {
			l.report("", "bad-auth", "auth: the document has no usable security scheme %q: %s", l.opts.Auth, l.schemesToName())
			return
		}
		l.oneKey(l.opts.Auth, auth)
		return
	}
	usual := l.demand(l.requirements())
	if name, ok := l.enough(usual); ok {
		auth, _ := l.scheme(name)
		l.oneKey(name, auth)
		if usual.open {
			l.api.Security = [][]string{{ir.TheKey}, {}}
		}
		return
	}
	l.severalCredentials(usual)
}

// oneKey makes a scheme the only one.
func (l *lowerer) oneKey(name string, auth ir.Auth) { l.key, l.api.Auth = name, auth }

// demand returns what a list of requirements comes to. A certificate is the
// matter of the HTTP client, and what no client can follow that of the caller,
// by a header.
func (l *lowerer) demand(list openapi3.SecurityRequirements) demand {
	d := demand{open: len(list) == 0}
	lost := false
	for _, r := range list {
		var names []string
		usable := len(r) == 0
		for _, name := range sortedKeys(r) {
			_, ok := l.scheme(name)
			if ok {
				names = append(names, name)
			}
			usable = usable || ok || l.isCertificate(name)
		}
		switch {
		case !usable:
			lost = true
		case len(names) == 0:
			d.open = true
		default:
			for _, names := range l.apart(names) {
				if !slices.ContainsFunc(d.alternatives, func(other []string) bool { return slices.Equal(names, other) }) {
					d.alternatives = append(d.alternatives, names)
				}
			}
		}
	}
	d.open = d.open || lost && len(d.alternatives) == 0
	return d
}

// apart makes alternatives of schemes that are asked for together and all travel
// in the header Authorization, which a request has once (RFC 9110 section
// 11.6.2): what is meant is one of them.
func (l *lowerer) apart(names []string) [][]string {
	rivals := l.rivals(names)
	if len(rivals) < 2 {
		return [][]string{names}
	}
	var out [][]string
	for _, one := range rivals {
		out = append(out, slices.DeleteFunc(slices.Clone(names), func(name string) bool {
			return name != one && slices.Contains(rivals, name)
		}))
	}
	return out
}

// rivals returns those schemes that travel in the header Authorization.
func (l *lowerer) rivals(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		auth, _ := l.scheme(name)
		return !inAuthorization(auth) && !(auth.Kind == ir.AuthAPIKeyHeader && strings.EqualFold(auth.Name, "Authorization"))
	})
}

// enough returns the scheme by which every operation can be called, if there
// is one, and all others travel as it does: then a client has one key.
func (l *lowerer) enough(usual demand) (string, bool) {
	all := []demand{usual}
	for _, c := range l.kept {
		if c.op.Security != nil {
			all = append(all, l.demand(*c.op.Security))
		}
	}
	for _, first := range usual.alternatives {
		if len(first) == 1 && !slices.ContainsFunc(all, func(d demand) bool { return !l.met(d, first[0]) }) {
			return first[0], true
		}
	}
	return "", false
}

// met tells whether a scheme is among the alternatives of a demand, and all
// others are of its kind.
func (l *lowerer) met(d demand, name string) bool {
	if len(d.alternatives) == 0 {
		return true
	}
	key, _ := l.scheme(name)
	return slices.ContainsFunc(d.alternatives, func(names []string) bool { return slices.Equal(names, []string{name}) }) &&
		!slices.ContainsFunc(d.alternatives, func(names []string) bool {
			return slices.ContainsFunc(names, func(other string) bool {
				auth, _ := l.scheme(other)
				return auth != key && !(inAuthorization(auth) && inAuthorization(key))
			})
		})
}

// inAuthorization tells whether a scheme travels in the header Authorization.
func inAuthorization(auth ir.Auth) bool {
	return auth.Kind == ir.AuthBasic || auth.Kind == ir.AuthBearer
}

// severalCredentials gives the client a credential for each scheme that some
// operation asks for.
func (l *lowerer) severalCredentials(usual demand) {
	asked := map[string]bool{}
	add := func(d demand) {
		for _, names := range d.alternatives {
			for _, name := range names {
				asked[name] = true
			}
		}
	}
	add(usual)
	for _, c := range l.kept {
		if c.op.Security != nil {
			add(l.demand(*c.op.Security))
		}
	}
	if len(asked) == 0 {
		return
	}
	taken := map[string]bool{}
	for _, name := range sortedKeys(asked) {
		auth, _ := l.scheme(name)
		c := &ir.Credential{GoName: l.credentialName(name, taken), Pointer: schemePointer(name), Auth: auth}
		c.Doc = plainText(l.doc.Components.SecuritySchemes[name].Value.Description)
		l.credentials[name] = c
		l.api.Credentials = append(l.api.Credentials, c)
	}
	slices.SortFunc(l.api.Credentials, func(a, b *ir.Credential) int { return strings.Compare(a.GoName, b.GoName) })
	l.api.Security = l.asked(usual)
}

// credentialName returns the name of a credential's field.
func (l *lowerer) credentialName(scheme string, taken map[string]bool) string {
	base := l.fieldNameAt(schemePointer(scheme), scheme)
	name := base
	for i := 2; taken[name]; i++ {
		name = fmt.Sprintf("%s_%d", base, i)
	}
	taken[name] = true
	return name
}

func schemePointer(name string) string { return join("/components/securitySchemes", name) }

// asked returns a demand as operations say it, what may be left out last.
func (l *lowerer) asked(d demand) [][]string {
	var out [][]string
	for _, names := range d.alternatives {
		var list []string
		for _, name := range names {
			switch {
			case l.credentials[name] != nil:
				list = append(list, l.credentials[name].GoName)
			case l.key != "":
				list = []string{ir.TheKey}
			}
		}
		if !slices.ContainsFunc(out, func(other []string) bool { return slices.Equal(list, other) }) {
			out = append(out, list)
		}
	}
	if d.open {
		out = append(out, []string{})
	}
	return out
}

// ownSecurity returns what an operation asks for where that is not what most
// do. What the config has decided holds for all but those that ask for nothing.
func (l *lowerer) ownSecurity(c *call) [][]string {
	own := l.doc.Security
	if c.op.Security != nil {
		own = *c.op.Security
	}
	if l.key == "" && len(l.api.Credentials) == 0 || l.opts.Auth != "" && (c.op.Security == nil || len(own) > 0) {
		return nil
	}
	usual := l.api.Security
	if usual == nil {
		usual = [][]string{{ir.TheKey}}
	}
	out := l.asked(l.demand(own))
	if slices.EqualFunc(out, usual, slices.Equal[[]string]) {
		return nil
	}
	return out
}

// requirements returns what the document requires: in general, else for the
// first operation that requires anything.
func (l *lowerer) requirements() openapi3.SecurityRequirements {
	if len(l.doc.Security) > 0 {
		return l.doc.Security
	}
	for _, c := range l.kept {
		if c.op.Security != nil && len(*c.op.Security) > 0 {
			return *c.op.Security
		}
	}
	return nil
}

// schemesToName tells what auth in the config can name.
func (l *lowerer) schemesToName() string {
	usable := slices.DeleteFunc(l.schemeNames(), func(name string) bool {
		_, ok := l.scheme(name)
		return !ok
	})
	if len(usable) == 0 {
		return "it has none: remove the setting, or write none"
	}
	return "write one of " + strings.Join(usable, ", ")
}

func (l *lowerer) schemeNames() []string {
	if l.doc.Components == nil {
		return nil
	}
	return sortedKeys(l.doc.Components.SecuritySchemes)
}

// declaredScheme returns what the document says of a scheme, or nil.
func (l *lowerer) declaredScheme(name string) *openapi3.SecurityScheme {
	if l.doc.Components == nil {
		return nil
	}
	ref := l.doc.Components.SecuritySchemes[name]
	if ref == nil {
		return nil
	}
	return ref.Value
}

func (l *lowerer) isCertificate(name string) bool {
	s := l.declaredScheme(name)
	return s != nil && s.Type == "mutualTLS"
}

// scheme lowers a security scheme, if a client can follow it.
func (l *lowerer) scheme(name string) (ir.Auth, bool) {
	s := l.declaredScheme(name)
	switch {
	case s == nil:
	case s.Type == "http" && strings.EqualFold(s.Scheme, "basic"):
		return ir.Auth{Kind: ir.AuthBasic}, true
	case s.Type == "http" && strings.EqualFold(s.Scheme, "bearer"), s.Type == "oauth2", s.Type == "openIdConnect":
		return ir.Auth{Kind: ir.AuthBearer}, true
	case s.Type == "apiKey" && isToken(s.Name) && s.In == "header":
		return ir.Auth{Kind: ir.AuthAPIKeyHeader, Name: s.Name}, true
	case s.Type == "apiKey" && s.Name != "" && s.In == "query":
		return ir.Auth{Kind: ir.AuthAPIKeyQuery, Name: s.Name}, true
	case s.Type == "apiKey" && isToken(s.Name) && s.In == "cookie":
		return ir.Auth{Kind: ir.AuthAPIKeyCookie, Name: s.Name}, true
	}
	return ir.Auth{}, false
}

// isToken tells whether a text can name a header or a cookie (RFC 9110 section
// 5.6.2, RFC 6265 section 4.1.1).
func isToken(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`()<>@,;:\"/[]?={}`, r)
	})
}

// notedSecurity notes what a list of requirements says and no client follows.
func (l *lowerer) notedSecurity(pointer string, list openapi3.SecurityRequirements) {
	for i, r := range list {
		if rivals := l.rivals(sortedKeys(r)); len(rivals) > 1 && l.opts.Auth == "" {
			l.tally(join(pointer, fmt.Sprint(i)), "rival-schemes", "a request has one header Authorization: of %s, one is sent", strings.Join(rivals, " and "))
		}
		for _, name := range sortedKeys(r) {
			l.notedScheme(join(pointer, fmt.Sprint(i), name), name)
			if len(r[name]) > 0 && l.opts.Auth != "none" {
				l.tally(join(pointer, fmt.Sprint(i), name), "scope", "scopes are for those who get the token: the client does not know which one has")
			}
		}
	}
}

func (l *lowerer) notedScheme(pointer, name string) {
	s := l.declaredScheme(name)
	auth, usable := l.scheme(name)
	switch {
	case s == nil:
		l.tally(pointer, "unknown-scheme", "there is no security scheme %q: declare it, or correct the name; until then, set its header with WithHeader", name)
	case s.Type == "mutualTLS":
		l.tally(pointer, "client-certificate", "a certificate is the HTTP client's: give it one with WithHTTPClient")
	case !usable:
		l.tally(pointer, "unsupported-scheme", "the client can't follow the security scheme %q by itself: set its header with WithHeader", name)
	case len(l.api.Credentials) == 0 && l.api.Auth != auth:
		l.tally(pointer, "other-security", "the client does not prove itself by %s", name)
	}
}
