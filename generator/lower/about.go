package lower

import (
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// about lowers what a document says about itself and its server.
func (l *lowerer) about() {
	if info := l.doc.Info; info != nil {
		l.api.Title = strings.TrimSpace(info.Title)
		l.api.Version = strings.TrimSpace(info.Version)
		l.api.Doc = plainText(info.Description)
	}
	l.api.Server = l.server()
	l.api.Auth = l.auth()
}

// server returns the base URL: the config's, else the document's first.
func (l *lowerer) server() string {
	if l.opts.Server != "" {
		return strings.TrimRight(l.opts.Server, "/")
	}
	if len(l.doc.Servers) == 0 || l.doc.Servers[0] == nil {
		return ""
	}
	base := serverURL(l.doc.Servers[0])
	if !whole(base) {
		if base != "" {
			l.report("/servers/0", "unsupported-server", "%q is no whole URL: set the server in the config", base)
		}
		return ""
	}
	return base
}

// whole tells whether paths can be put behind a URL.
func whole(base string) bool {
	u, err := url.Parse(base)
	return err == nil && u.Host != "" && u.User == nil && (u.Scheme == "http" || u.Scheme == "https") && !strings.ContainsAny(base, "?#{}")
}

// serverURL returns the URL of a server, with the defaults of its variables.
func serverURL(s *openapi3.Server) string {
	if s == nil {
		return ""
	}
	base := s.URL
	for _, name := range sortedKeys(s.Variables) {
		if v := s.Variables[name]; v != nil {
			base = strings.ReplaceAll(base, "{"+name+"}", v.Default)
		}
	}
	return strings.TrimRight(base, "/")
}

// auth returns how a client proves who it is: as the config says, else by the
// first usable scheme that the document requires.
func (l *lowerer) auth() ir.Auth {
	none := ir.Auth{Kind: ir.AuthNone}
	switch l.opts.Auth {
	case "none":
		return none
	case "":
	default:
		auth, ok := l.scheme(l.opts.Auth)
		if !ok {
			l.report("", "bad-auth", "auth: the document has no usable security scheme %q: it has %s", l.opts.Auth, strings.Join(l.schemeNames(), ", "))
			return none
		}
		return auth
	}
	return l.requiredAuth(none)
}

func (l *lowerer) requiredAuth(none ir.Auth) ir.Auth {
	required := l.requirements()
	for _, alternative := range required {
		if auth, ok := l.alternative(alternative); ok {
			return auth
		}
	}
	if len(required) > 0 && !slices.ContainsFunc(required, open) {
		l.report("/security", "unsupported-security", "no alternative here is one scheme that a client can follow (basic, bearer, a key in header or query): set auth in the config")
	}
	return none
}

// open tells whether an alternative requires nothing.
func open(alternative openapi3.SecurityRequirement) bool { return len(alternative) == 0 }

// alternative lowers a requirement of one scheme.
func (l *lowerer) alternative(r openapi3.SecurityRequirement) (ir.Auth, bool) {
	if len(r) != 1 {
		return ir.Auth{}, false
	}
	return l.scheme(sortedKeys(r)[0])
}

// ownAuth reports an operation that wants another proof than the client gives,
// unless the config has decided on that.
func (l *lowerer) ownAuth(c *call) {
	if c.op.Security == nil || l.opts.Auth != "" {
		return
	}
	fits := func(r openapi3.SecurityRequirement) bool {
		auth, ok := l.alternative(r)
		return open(r) || ok && auth == l.api.Auth
	}
	if required := *c.op.Security; len(required) > 0 && !slices.ContainsFunc(required, fits) {
		l.report(join(c.pointer, "security"), "unsupported-security", "this operation asks for another scheme than the others: set auth in the config, or leave the operation out")
	}
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

func (l *lowerer) schemeNames() []string {
	if l.doc.Components == nil {
		return nil
	}
	return sortedKeys(l.doc.Components.SecuritySchemes)
}

// scheme lowers a security scheme.
func (l *lowerer) scheme(name string) (ir.Auth, bool) {
	if !slices.Contains(l.schemeNames(), name) {
		return ir.Auth{}, false
	}
	ref := l.doc.Components.SecuritySchemes[name]
	if ref == nil || ref.Value == nil {
		return ir.Auth{}, false
	}
	s := ref.Value
	switch {
	case s.Type == "http" && strings.EqualFold(s.Scheme, "basic"):
		return ir.Auth{Kind: ir.AuthBasic}, true
	case s.Type == "http" && strings.EqualFold(s.Scheme, "bearer"), s.Type == "oauth2", s.Type == "openIdConnect":
		return ir.Auth{Kind: ir.AuthBearer}, true
	case s.Type == "apiKey" && s.Name == "":
		return ir.Auth{}, false
	case s.Type == "apiKey" && s.In == "header":
		return ir.Auth{Kind: ir.AuthAPIKeyHeader, Name: s.Name}, true
	case s.Type == "apiKey" && s.In == "query":
		return ir.Auth{Kind: ir.AuthAPIKeyQuery, Name: s.Name}, true
	}
	return ir.Auth{}, false
}
