package lower

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// server returns the base URL: the config's, else the document's first with the
// defaults of its variables, "" where that is no whole URL.
func (l *lowerer) server() string {
	if l.opts.Server != "" {
		return strings.TrimRight(l.opts.Server, "/")
	}
	if len(l.doc.Servers) == 0 || l.doc.Servers[0] == nil {
		return ""
	}
	base := serverURL(l.doc.Servers[0])
	switch {
	case whole(base):
		return base
	case base != "":
		l.note("/servers/0", "relative-server", "%q is no whole URL, so calls need one: set the server in the config, or name it with WithBaseURL", base)
	}
	return ""
}

// whole tells whether paths can be put behind a URL.
func whole(base string) bool {
	u, err := url.Parse(base)
	return err == nil && u.Host != "" && u.User == nil && (u.Scheme == "http" || u.Scheme == "https") && !strings.ContainsAny(base, "?#{}")
}

// serverURL returns the URL of a server, with the defaults of its variables.
func serverURL(s *openapi3.Server) string {
	base := s.URL
	for _, name := range sortedKeys(s.Variables) {
		if v := s.Variables[name]; v != nil {
			base = strings.ReplaceAll(base, "{"+name+"}", v.Default)
		}
	}
	return strings.TrimRight(base, "/")
}

// ownServers returns the servers of an operation that has its own, with their
// place: the operation's before its path's.
func (c *call) ownServers() (openapi3.Servers, string) {
	if c.op.Servers != nil && len(*c.op.Servers) > 0 {
		return *c.op.Servers, join(c.pointer, "servers")
	}
	return c.item.Servers, join("/paths", c.path, "servers")
}

// ownServer returns the base URL of an operation that has one of its own. One
// that is relative is below the document's.
func (l *lowerer) ownServer(c *call) string {
	servers, pointer := c.ownServers()
	if len(servers) == 0 || servers[0] == nil {
		return ""
	}
	base, ok := l.resolved(servers[0], serverURL(servers[0]))
	if !ok {
		l.note(join(pointer, "0"), "relative-server", "%q is no whole URL: the operation is called at the server of the others unless a call names another with WithBaseURL", servers[0].URL)
		return ""
	}
	return base
}

// resolved makes a URL whole, with the document's server if that is needed, and
// tells whether that worked.
func (l *lowerer) resolved(s *openapi3.Server, base string) (string, bool) {
	if whole(base) || strings.Contains(base, "://") {
		return base, whole(base)
	}
	root, err := url.Parse(l.api.Server)
	if err != nil || l.api.Server == "" || strings.ContainsAny(base, "?#{}") {
		return "", false
	}
	own, err := url.Parse(base)
	if err != nil {
		return "", false
	}
	return strings.TrimRight(root.ResolveReference(own).String(), "/"), true
}

// servers lowers what a caller can choose from: the document's servers where
// there are several, and all that have variables.
func (l *lowerer) servers() {
	seen := map[string]bool{}
	l.serverList(l.doc.Servers, "/servers", seen)
	for _, c := range l.kept {
		list, pointer := c.ownServers()
		l.serverList(list, pointer, seen)
	}
	slices.SortFunc(l.api.Servers, func(a, b *ir.Server) int { return strings.Compare(a.GoName, b.GoName) })
}

func (l *lowerer) serverList(list openapi3.Servers, pointer string, seen map[string]bool) {
	for i, s := range list {
		if s == nil || seen[s.URL] || len(list) == 1 && !strings.Contains(s.URL, "{") {
			continue
		}
		seen[s.URL] = true
		at := join(pointer, strconv.Itoa(i))
		template := strings.TrimRight(s.URL, "/")
		if !strings.Contains(template, "://") && !strings.HasPrefix(template, "{") {
			var ok bool
			if template, ok = l.resolved(s, template); !ok {
				if i > 0 || l.opts.Server != "" { // the first is where calls go
					l.note(at, "relative-server", "%q is no whole URL: name it with WithBaseURL", s.URL)
				}
				continue
			}
		}
		l.chosen(s, template, at)
	}
}

// chosen lowers one server.
func (l *lowerer) chosen(s *openapi3.Server, template, pointer string) {
	key := "server " + pointer
	word := l.nameAt(key, l.serverWord(s), l.serverWord(&openapi3.Server{URL: s.URL}), l.names.Exported(withoutScheme(s.URL)))
	name, given := l.override(pointer)
	if !given {
		name = l.unreserved(word + "Server")
	}
	out := &ir.Server{GoName: name, URL: template, Doc: plainText(s.Description), Pointer: pointer}
	forms := map[string]int{}
	for _, variable := range serverVariables(s) {
		out.Variables = append(out.Variables, l.serverVariable(out, s, variable, forms, key))
	}
	l.api.Servers = append(l.api.Servers, out)
	l.claim("With"+name, l.unlessGiven(claim{pointer: pointer, what: "server", keys: []string{key}, rank: rankMethod + len(out.Variables)}))
	if len(out.Variables) > 0 {
		l.claim(name, claim{pointer: pointer, what: "server", keys: []string{key}, rank: rankHidden})
	}
}

// serverVariables returns the variables of a server's URL, each once. What is
// declared and not in the URL changes nothing.
func serverVariables(s *openapi3.Server) []string {
	var out []string
	for _, name := range paramNames(s.URL) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func (l *lowerer) serverVariable(of *ir.Server, s *openapi3.Server, name string, there map[string]int, key string) *ir.ServerVariable {
	v := &ir.ServerVariable{Name: name, GoName: l.names.Exported(name), Required: true}
	if there[v.GoName]++; there[v.GoName] > 1 {
		v.GoName = hashed(v.GoName, name)
	}
	declared := s.Variables[name]
	if declared == nil {
		l.note(of.Pointer, "undeclared-server-variable", "%q stands in the URL and is no variable: it is a text", name)
		return v
	}
	v.Default, v.Required, v.Doc = declared.Default, declared.Default == "" && len(declared.Enum) > 0, plainText(declared.Description)
	if len(declared.Enum) == 0 {
		return v
	}
	v.Enum = &ir.Enum{GoName: of.GoName + v.GoName, Base: ir.String, Doc: of.GoName + v.GoName + " is the variable " + name + " of " + of.GoName + "."}
	l.claim(v.Enum.GoName, claim{pointer: of.Pointer, what: "variable " + name, keys: []string{key}, rank: rankHidden})
	for _, text := range sorted(declared.Enum) {
		value := &ir.EnumValue{GoName: names.Join(v.Enum.GoName, l.names.Tail(text)), Value: text}
		if slices.ContainsFunc(v.Enum.Values, func(o *ir.EnumValue) bool { return o.GoName == value.GoName }) {
			value.GoName = hashed(value.GoName, text)
		}
		v.Enum.Values = append(v.Enum.Values, value)
		l.claim(value.GoName, claim{pointer: of.Pointer, what: "value " + text + " of " + name, keys: []string{key}, rank: rankHidden})
	}
	return v
}

// firstWords is where a short description ends.
var firstWords = regexp.MustCompile(`^[^(.,:;\n]*`)

// serverWord names a server by its description, if that is one of few words, or
// by its URL.
func (l *lowerer) serverWord(s *openapi3.Server) string {
	words := strings.Fields(firstWords.FindString(s.Description))
	if n := len(words); n > 1 && strings.EqualFold(words[n-1], "server") {
		words = words[:n-1]
	}
	text := strings.Join(words, " ")
	if len(words) > 0 && len(words) <= 2 && strings.IndexFunc(text, func(c rune) bool { return c != ' ' && !unicode.IsLetter(c) }) < 0 {
		return l.names.Exported(text)
	}
	return l.names.Exported(strings.Trim(braces.ReplaceAllString(withoutScheme(s.URL), ""), "./:"))
}

func withoutScheme(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		return rest
	}
	return address
}
