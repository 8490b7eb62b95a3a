package lower

import (
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// about lowers what a document says about itself and its server.
func (l *lowerer) about() {
	if info := l.doc.Info; info != nil {
		l.api.Title = strings.TrimSpace(info.Title)
		l.api.Version = strings.TrimSpace(info.Version)
		l.api.Doc = plainText(info.Description)
	}
	l.api.Server = l.server()
	l.security()
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
