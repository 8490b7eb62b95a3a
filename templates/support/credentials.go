package support

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// TokenSource returns the token to send with a request. It is asked for each
// attempt, within its time limit, so it keeps a token until that expires. Its
// error ends the call. Any number of goroutines may ask at once.
type TokenSource func(ctx context.Context) (string, error)

// StaticToken returns the source of a token that stays the same, and for an empty
// one nil, which is no source.
func StaticToken(token string) TokenSource {
	if token == "" {
		return nil
	}
	return func(context.Context) (string, error) { return token, nil }
}

// BasicCredentials are a user name, without a colon, and a password (RFC 7617).
type BasicCredentials struct{ Username, Password string }

// credential is one way to prove who the caller is. What is secret of it is in
// its closures, which printing doesn't enter.
type credential struct {
	name string // for messages, and in what operations ask for
	// given tells whether the caller has it, and bad why it can't be sent.
	given bool
	bad   error
	query string // name of the parameter that carries it, or ""
	// there tells whether a request has its like already, by the caller's hand.
	there func(http.Header) bool
	// add puts it into a request, and returns what is secret of it.
	add func(ctx context.Context, h *http.Request) (secrets, error)
}

// secrets returns texts that nobody must see; nil is none.
type secrets func() []string

func (s secrets) and(more secrets) secrets {
	if s == nil {
		return more
	}
	return func() []string { return append(s(), more()...) }
}

// theKey is the name of the only credential of a client that has one key.
const theKey = "key"

// keyMaker makes the credential for a key that travels in a header, query
// parameter or cookie of that name. The generated code says which it is, so that
// a program links no other.
type keyMaker func(name, at, key string) *credential

// basicKey is a key that is the user name, with an empty password (RFC 7617).
func basicKey(name, _, key string) *credential {
	return valueCredential(name, "Authorization", "Basic "+basicPair(key), key).holding(key)
}

// bearerKey is a key that is a bearer token (RFC 6750).
func bearerKey(name, _, key string) *credential {
	return valueCredential(name, "Authorization", "Bearer "+key, key).holding(key)
}

// valueCredential is a header that is always the same.
func valueCredential(name, header, value string, hide ...string) *credential {
	c := &credential{name: name}
	header = http.CanonicalHeaderKey(header)
	c.there = func(h http.Header) bool {
		values := h[header]
		return len(values) > 0 && values[0] != ""
	}
	secret := func() []string { return hide[:len(hide):len(hide)] }
	c.add = func(_ context.Context, h *http.Request) (secrets, error) {
		h.Header[header] = []string{value}
		return secret, nil
	}
	return c
}

// holding says of a credential what it consists of.
func (c *credential) holding(secret string) *credential {
	c.given, c.bad = secret != "", checkKey(keyName(c.name), secret)
	return c
}

// tokenCredential is a bearer token (RFC 6750).
func tokenCredential(name string, source TokenSource) *credential {
	c := &credential{name: name, given: source != nil}
	c.there = func(h http.Header) bool { return h.Get("Authorization") != "" }
	c.add = func(ctx context.Context, h *http.Request) (secrets, error) {
		token, err := source(ctx)
		if err == nil {
			err = checkKey("the token", token)
		}
		if err != nil {
			return nil, fmt.Errorf("no token: %w", err)
		}
		h.Header.Set("Authorization", "Bearer "+token)
		return func() []string { return []string{token} }, nil
	}
	return c
}

// basicPair returns the credentials of RFC 7617 section 2. A key is a user name
// with an empty password; user names hold no colon, so a key that holds one
// is both.
func basicPair(key string) string {
	if !strings.Contains(key, ":") {
		key += ":"
	}
	return base64.StdEncoding.EncodeToString([]byte(key))
}

// headerCredential is a key in a header of its own.
func headerCredential(name, header, key string) *credential {
	return valueCredential(name, header, key, key).holding(key)
}

// queryCredential is a key in the query.
func queryCredential(name, param, key string) *credential {
	c := &credential{name: name, query: param}
	c.there = func(http.Header) bool { return false }
	c.add = func(_ context.Context, h *http.Request) (secrets, error) {
		h.URL.RawQuery = withPairs(h.URL.RawQuery, []pair{{name: param, value: key}})
		return func() []string { return []string{key} }, nil
	}
	return c.holding(key)
}

// cookieCredential is a key in a cookie.
func cookieCredential(name, cookie, key string) *credential {
	c := &credential{name: name}
	c.there = func(h http.Header) bool {
		_, err := (&http.Request{Header: h}).Cookie(cookie)
		return err == nil
	}
	c.add = func(_ context.Context, h *http.Request) (secrets, error) {
		h.Header.Set("Cookie", joined(h.Header.Get("Cookie"), "; ", cookie+"="+key))
		return func() []string { return []string{key} }, nil
	}
	c = c.holding(key)
	if c.bad == nil && strings.ContainsAny(key, "; \",\\") {
		c.bad = fmt.Errorf("%s has a character that a cookie can't hold", keyName(name))
	}
	return c
}

// keyName is what messages call a key.
func keyName(name string) string {
	if name == theKey {
		return "the API key"
	}
	return name
}

// checkKey refuses keys that can't be sent, without showing them.
func checkKey(what, key string) error {
	why := ""
	switch {
	case key == "":
		why = " is empty"
	case !plainText(key):
		why = " has a control character, such as a line end"
	case strings.TrimSpace(key) != key:
		why = " has a space at one of its ends"
	default:
		return nil
	}
	return errors.New(what + why)
}

// prover returns what a request is sent with. Asked for are alternatives of
// credentials' names; one without any asks for nothing, and comes last. What the
// caller has put into the request themselves needs no credential.
type prover func(asked [][]string, header http.Header) ([]*credential, error)

// proofs returns what a request is sent with, and asks for what most operations
// do where its own says nothing.
func (s *settings) proofs(asked [][]string, header http.Header) ([]*credential, error) {
	if s.prover == nil {
		return nil, nil
	}
	if asked == nil {
		asked = s.api.security
	}
	return s.prover(asked, header)
}

// keyProver is the prover of a client that has one key, which is asked for where
// nothing is said, and may be left out where there is another alternative.
func keyProver(key *credential) prover {
	list := []*credential{key}
	return func(asked [][]string, header http.Header) ([]*credential, error) {
		switch {
		case len(asked) > 0 && len(asked[0]) == 0, len(asked) > 1 && !key.given, key.there(header):
			return nil, nil
		case key.bad != nil:
			return nil, key.bad
		}
		return list, nil
	}
}

// WithTokenSource proves who the caller is with a bearer token instead of the
// client's key, for APIs whose key travels in the header Authorization. For
// others, and where there are several credentials, it is an error.
func WithTokenSource(source TokenSource) Option {
	return func(s *settings) {
		switch {
		case source == nil:
			s.fail("WithTokenSource: the source is nil")
		case s.api.key == nil || s.api.keyName != "":
			s.fail("WithTokenSource: this API has no key that a token could stand for")
		default:
			s.prover = keyProver(tokenCredential(theKey, source))
		}
	}
}

// redactAll replaces secrets wherever they occur.
func redactAll(text string, hide secrets) string {
	if hide == nil {
		return text
	}
	for _, secret := range hide() {
		text = redact(text, secret)
	}
	return text
}
