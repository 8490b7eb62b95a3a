package support

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// expandPath puts args into the placeholders of a document's path, in order.
// The document's own text stays as it is.
func expandPath(path string, args []string) (string, error) {
	if len(args) == 0 {
		return path, checkSegments(path)
	}
	var room [128]byte
	b, rest := room[:0], path
	for _, arg := range args {
		before, name, after, err := cutPlaceholder(rest)
		if err != nil {
			return "", err
		}
		if err := checkArg(name, arg); err != nil {
			return "", err
		}
		b = append(b, before...)
		b = appendPathEscaped(b, arg)
		rest = after
	}
	full := string(append(b, rest...))
	return full, checkSegments(full)
}

func cutPlaceholder(path string) (before, name, after string, err error) {
	before, rest, _ := strings.Cut(path, "{")
	name, after, ok := strings.Cut(rest, "}")
	if !ok {
		return "", "", "", errors.New("the path has fewer parameters than there are values")
	}
	return before, name, after, nil
}

// checkArg refuses what would address another resource: an empty id the
// collection, and a dot segment whatever lies above (RFC 3986 section 5.2.4).
func checkArg(name, arg string) error {
	switch arg {
	case "":
		return fmt.Errorf("path parameter %q is empty", name)
	case ".", "..":
		return fmt.Errorf("path parameter %q is %q, which would lead to another path", name, arg)
	}
	return nil
}

// checkSegments refuses dot segments that several values make together, and
// placeholders that are left.
func checkSegments(path string) error {
	if strings.IndexByte(path, '{') >= 0 {
		return errors.New("the path has more parameters than there are values")
	}
	if strings.IndexByte(path, '.') < 0 && strings.IndexByte(path, '%') < 0 {
		return nil
	}
	for rest := path; rest != ""; {
		var segment string
		segment, rest, _ = strings.Cut(rest, "/")
		if plain, err := url.PathUnescape(segment); err != nil || plain == "." || plain == ".." {
			return fmt.Errorf("the path has a segment %q", segment)
		}
	}
	return nil
}

// escapePath escapes every byte but the unreserved ones (RFC 3986 section
// 2.3), so that a value is always one segment or a part of one.
func escapePath(s string) string { return string(appendPathEscaped(nil, s)) }

func appendPathEscaped(dst []byte, s string) []byte { return appendPercent(dst, s, false) }

// unreserved is 1 for each byte that is a letter, a digit or one of -._~.
var unreserved = [256]uint8{
	'-': 1, '.': 1, '_': 1, '~': 1,
	'0': 1, '1': 1, '2': 1, '3': 1, '4': 1, '5': 1, '6': 1, '7': 1, '8': 1, '9': 1,
	'A': 1, 'B': 1, 'C': 1, 'D': 1, 'E': 1, 'F': 1, 'G': 1, 'H': 1, 'I': 1, 'J': 1, 'K': 1, 'L': 1, 'M': 1,
	'N': 1, 'O': 1, 'P': 1, 'Q': 1, 'R': 1, 'S': 1, 'T': 1, 'U': 1, 'V': 1, 'W': 1, 'X': 1, 'Y': 1, 'Z': 1,
	'a': 1, 'b': 1, 'c': 1, 'd': 1, 'e': 1, 'f': 1, 'g': 1, 'h': 1, 'i': 1, 'j': 1, 'k': 1, 'l': 1, 'm': 1,
	'n': 1, 'o': 1, 'p': 1, 'q': 1, 'r': 1, 's': 1, 't': 1, 'u': 1, 'v': 1, 'w': 1, 'x': 1, 'y': 1, 'z': 1,
}

// parseBase reads the URL of a server.
func parseBase(text string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimRightFunc(text, func(r rune) bool { return r == '/' }))
	switch {
	case err != nil:
		return nil, errors.New("it is not a URL") // err would repeat it
	case base.Scheme != "http" && base.Scheme != "https" || base.Hostname() == "":
		return nil, errors.New("it must start with http:// or https:// and a host")
	case base.User != nil:
		return nil, errors.New("it holds a user name or a password")
	case base.RawQuery != "" || base.ForceQuery || base.Fragment != "":
		return nil, errors.New("it has a query or a fragment")
	}
	base.Host = strings.TrimSuffix(base.Host, ":") // an empty port is none
	return base, checkSegments(base.EscapedPath())
}

// target returns the URL of a path below the server's.
func (s *settings) target(path, query string) (*url.URL, error) {
	if isPlainPath(path) && isPlainQuery(query) {
		u := *s.base
		u.Path += path
		u.RawQuery = query
		if u.RawPath != "" {
			u.RawPath += path
		}
		return &u, nil
	}
	text := s.base.String() + path
	if query != "" {
		text += "?" + query
	}
	u, err := url.Parse(text)
	if err != nil || u.Host != s.base.Host || u.EscapedPath() != s.base.EscapedPath()+path {
		return nil, fmt.Errorf("the path %q can't be part of a URL", path)
	}
	return u, nil
}

// isPlainPath tells whether a path is the same when it is escaped and when it is
// not, and isPlainQuery whether all of a query is one.
func isPlainPath(path string) bool {
	for i := range len(path) {
		if c := path[i]; c != '/' && unreserved[c] == 0 {
			return false
		}
	}
	return strings.HasPrefix(path, "/")
}

func isPlainQuery(query string) bool {
	for i := range len(query) {
		if c := query[i]; c <= ' ' || c == '#' || c == 0x7f {
			return false
		}
	}
	return true
}

// pair is a parameter before it is escaped.
type pair struct {
	_           incomparable
	name, value string
}

// withPairs adds parameters to a query or form.
func withPairs(query string, pairs []pair) string {
	if len(pairs) == 0 {
		return query
	}
	return string(appendPairs([]byte(query), pairs))
}

// joined puts sep between two texts, unless the first is empty.
func joined(a, sep, b string) string {
	if a == "" {
		return b
	}
	return a + sep + b
}

// withoutParams removes every parameter of these names from a query and
// leaves the others as they are written.
func withoutParams(query string, names ...string) string {
	kept := ""
	for query != "" {
		var part string
		if part, query, _ = strings.Cut(query, "&"); part != "" && !slices.Contains(names, paramName(part)) {
			kept = joined(kept, "&", part)
		}
	}
	return kept
}

func paramName(part string) string {
	name, _, _ := strings.Cut(part, "=")
	if plain, err := url.QueryUnescape(name); err == nil {
		return plain
	}
	return name
}

// paramValue returns the first value of a parameter in a query.
func paramValue(query, name string) string {
	for query != "" {
		var part string
		if part, query, _ = strings.Cut(query, "&"); paramName(part) == name {
			_, value, _ := strings.Cut(part, "=")
			plain, _ := url.QueryUnescape(value)
			return plain
		}
	}
	return ""
}

// sender returns the HTTP client that sends a request. Only where something of
// the query proves who the caller is, the rule for redirects is one of its own.
func (s *settings) sender(proofs []*credential) *http.Client {
	for _, c := range proofs {
		if c.query != "" {
			return s.followingSafely(proofs)
		}
	}
	return s.client
}

// followingSafely returns the HTTP client with its rule for redirects inside
// another one; the caller's stays as it is.
//
//   - GET and HEAD follow redirects, up to ten or as the caller's own
//     CheckRedirect says. Other methods don't, as following would turn them
//     into GET or send their body again (RFC 9110 section 15.4), and nor does a
//     GET with a body: the redirect is then the answer, and so an [Error].
//   - A request that has left the scheme, host and port it was made for
//     carries nothing but Accept and User-Agent, also when it comes back: no
//     credential, no idempotency key, no header that the caller added, and no
//     Referer, which would quote a query.
//
//go:noinline
func (s *settings) followingSafely(proofs []*credential) *http.Client {
	c := *s.http
	theirs := c.CheckRedirect
	c.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if method := via[0].Method; method != http.MethodGet && method != http.MethodHead || via[0].ContentLength != 0 {
			return http.ErrUseLastResponse
		}
		err := askRedirect(theirs, r, via)
		r.Header.Del("Referer")
		if leftOrigin(r, via) {
			strip(r, proofs)
		}
		return err
	}
	return &c
}

func askRedirect(theirs func(*http.Request, []*http.Request) error, r *http.Request, via []*http.Request) error {
	if theirs != nil {
		return theirs(r, via)
	}
	if len(via) >= 10 {
		return errors.New("stopped after 10 redirects")
	}
	return nil
}

// leftOrigin tells whether the request, or one before it, went to another
// origin (RFC 6454 section 4) than the first.
func leftOrigin(r *http.Request, via []*http.Request) bool {
	home := via[0].URL
	for _, v := range via {
		if !sameOrigin(home, v.URL) {
			return true
		}
	}
	return !sameOrigin(home, r.URL)
}

func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.ToLower(a.Hostname()) == strings.ToLower(b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	switch u.Scheme {
	case "http":
		return "80"
	case "https":
		return "443"
	}
	return ""
}

// strip removes what other servers must not see.
func strip(r *http.Request, proofs []*credential) {
	for name := range r.Header {
		if name != "Accept" && name != "User-Agent" {
			delete(r.Header, name)
		}
	}
	for _, c := range proofs {
		if c.query != "" {
			r.URL.RawQuery = withoutParams(r.URL.RawQuery, c.query)
		}
	}
	r.URL.User = nil
}
