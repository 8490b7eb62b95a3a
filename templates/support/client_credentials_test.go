package support

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// clientProofs are credentials as the generator writes them.
type clientProofs struct {
	Basic  BasicCredentials
	Key    string
	OAuth  TokenSource
	SID    string
	Tenant string
}

func (c clientProofs) list() []*credential {
	return []*credential{
		basicCredential("Basic", c.Basic),
		headerCredential("Key", "X-Key", c.Key),
		tokenCredential("OAuth", c.OAuth),
		cookieCredential("SID", "sid", c.SID),
		queryCredential("Tenant", "tenant", c.Tenant),
	}
}

var clientSecuredAPI = func() api {
	a := clientAPI
	a.key, a.security = nil, [][]string{{"Basic"}, {"Key", "Tenant"}}
	return a
}()

// newClientSecured is newClientServer with several credentials.
func newClientSecured(t *testing.T, proofs clientProofs, h http.HandlerFunc, opts ...Option) *clientServer {
	t.Helper()
	s := newClientServerOf(t, &clientSecuredAPI, h)
	s.core = newSecuredCore(&clientSecuredAPI, proofs.list(), append([]Option{WithBaseURL(s.URL)}, opts...))
	s.Things.core = s.core
	return s
}

func (s *clientServer) ask(t *testing.T, security [][]string, opts ...Option) error {
	op := operation{method: http.MethodGet, path: "/v1/things", security: security}
	return s.core.call(t.Context(), &op, nil, nil, nil, opts)
}

func TestClientCredentials(t *testing.T) {
	pair := "Basic " + base64.StdEncoding.EncodeToString([]byte("me:sesame:open"))
	all := clientProofs{BasicCredentials{"me", "sesame:open"}, "k_1", StaticToken("t_1"), "s_1", "a&b"}
	without := all
	without.Basic = BasicCredentials{}
	for _, c := range []struct {
		have     clientProofs
		security [][]string
		opts     []Option
		want     string // header Authorization | X-Key | Cookie | query
		fails    string
	}{
		{have: all, want: pair + "|||"},
		{have: without, want: "|k_1||tenant=a%26b"},
		{have: all, security: [][]string{{"OAuth"}}, want: "Bearer t_1|||"},
		{have: all, security: [][]string{{"OAuth", "SID"}}, want: "Bearer t_1||sid=s_1|"},
		{have: all, security: [][]string{{"Key"}, {"Basic"}}, want: "|k_1||"},
		{have: all, security: [][]string{{}}, want: "|||"},
		{have: all, security: [][]string{{"SID"}, {}}, want: "||sid=s_1|"},
		{have: clientProofs{}, security: [][]string{{"SID"}, {}}, want: "|||"},
		{have: all, security: [][]string{{"SID"}}, opts: []Option{WithHeader("Cookie", "a=b")}, want: "||a=b; sid=s_1|"},
		{have: all, security: [][]string{{"SID"}}, opts: []Option{WithHeader("Cookie", "sid=other")}, want: "||sid=other|"},
		{have: all, security: [][]string{{"Tenant"}}, opts: []Option{WithParam("x", "y")}, want: "|||x=y&tenant=a%26b"},
		// The caller's own header stands for a credential.
		{have: clientProofs{}, opts: []Option{WithHeader("Authorization", "Digest x")}, want: "Digest x|||"},
		{have: clientProofs{Tenant: "t"}, opts: []Option{WithHeader("X-Key", "own")}, want: "|own||tenant=t"},
		{have: without, opts: []Option{withCredentials(clientProofs{Key: "k_2", Tenant: "t"}.list())}, want: "|k_2||tenant=t"},
		{have: clientProofs{Basic: BasicCredentials{Username: "me"}}, want: "Basic bWU6|||"},

		{have: clientProofs{}, fails: "needs Basic, or Key and Tenant"},
		{have: clientProofs{Key: "k_1"}, fails: "needs Basic, or Key and Tenant"},
		{have: clientProofs{Key: "k_1"}, security: [][]string{{"Key", "Tenant"}}, fails: "Key and Tenant, and Tenant is missing"},
		{have: clientProofs{OAuth: StaticToken("")}, security: [][]string{{"OAuth"}}, fails: "OAuth is missing"},
		{have: all, opts: []Option{withCredentials(clientProofs{}.list())}, fails: "needs Basic"},
		{have: all, opts: []Option{WithAPIKey("k")}, fails: "WithAPIKey"},
		{have: all, opts: []Option{WithTokenSource(StaticToken("t"))}, fails: "WithTokenSource"},
		{have: clientProofs{Key: "hunter2\n", Tenant: "t"}, fails: "Key has a control character"},
		{have: clientProofs{Key: " hunter2", Tenant: "t"}, fails: "Key has a space"},
		{have: clientProofs{SID: "hunter2;x"}, security: [][]string{{"SID"}}, fails: "cookie can't hold"},
		{have: clientProofs{Basic: BasicCredentials{"a:b", "hunter2"}}, fails: "colon"},
		{have: clientProofs{Basic: BasicCredentials{"a", "hunter2\x00"}}, fails: "control character"},
		{have: clientProofs{OAuth: StaticToken("hunter2\n")}, security: [][]string{{"OAuth"}}, fails: "control character"},
	} {
		s := newClientSecured(t, c.have, clientReply(200, "{}"))
		err := s.ask(t, c.security, c.opts...)
		if c.fails != "" {
			if err == nil || !strings.Contains(err.Error(), c.fails) || strings.Contains(err.Error(), "hunter2") || len(s.Seen) > 0 {
				t.Errorf("%v: %v, %d sent", c.security, err, len(s.Seen))
			}
			continue
		}
		if err != nil {
			t.Errorf("%v: %v", c.security, err)
			continue
		}
		r := s.Seen[0]
		_, query, _ := strings.Cut(r.URI, "?")
		if got := strings.Join([]string{r.Header.Get("Authorization"), r.Header.Get("X-Key"), r.Header.Get("Cookie"), query}, "|"); got != c.want {
			t.Errorf("%v: sent %q, want %q", c.security, got, c.want)
		}
	}
}

// A token is asked for with each attempt.
func TestClientTokenSource(t *testing.T) {
	n := 0
	source := func(context.Context) (string, error) { n++; return fmt.Sprintf("token_%d", n), nil }
	s := newClientSecured(t, clientProofs{OAuth: source}, clientSequence(clientReply(503, "{}"), clientReply(200, "{}")))
	s.core.sleep = func(context.Context, time.Duration) error { return nil }
	if err := s.ask(t, [][]string{{"OAuth"}}); err != nil {
		t.Fatal(err)
	}
	if a, b := s.Seen[0].Header.Get("Authorization"), s.Seen[1].Header.Get("Authorization"); a != "Bearer token_1" || b != "Bearer token_2" {
		t.Errorf("%q, then %q", a, b)
	}
}

// What a source returns as an error ends the call, and nothing is sent.
func TestClientTokenSourceFails(t *testing.T) {
	expired := errors.New("the refresh token has expired")
	n := 0
	s := newClientSecured(t, clientProofs{OAuth: func(context.Context) (string, error) { n++; return "", expired }}, clientReply(200, "{}"))
	if err := s.ask(t, [][]string{{"OAuth"}}); !errors.Is(err, expired) || n != 1 || len(s.Seen) != 0 {
		t.Errorf("%v, asked %d times, %d sent", err, n, len(s.Seen))
	}
	ctx, cancel := context.WithCancel(t.Context())
	waiting := func(ctx context.Context) (string, error) { cancel(); <-ctx.Done(); return "", ctx.Err() }
	s = newClientSecured(t, clientProofs{OAuth: waiting}, clientReply(200, "{}"))
	op := operation{method: http.MethodGet, path: "/v1/things", security: [][]string{{"OAuth"}}}
	if err := s.core.call(ctx, &op, nil, nil, nil, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	slow := func(ctx context.Context) (string, error) { <-ctx.Done(); return "", ctx.Err() }
	if err := s.ask(t, [][]string{{"OAuth"}}, withCredentials(clientProofs{OAuth: slow}.list()), WithTimeout(time.Millisecond)); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// Where there is one key that travels in the header Authorization, a token may
// stand for it.
func TestClientTokenInsteadOfKey(t *testing.T) {
	for _, test := range []struct {
		key  keyMaker
		name string
		fits bool
	}{
		{basicKey, "", true}, {bearerKey, "", true}, {headerCredential, "X-Key", false}, {queryCredential, "key", false}, {cookieCredential, "sid", false}, {nil, "", false},
	} {
		a, fits := clientAPI, test.fits
		a.key, a.keyName = test.key, test.name
		s := newClientServerOf(t, &a, clientReply(200, clientOK), WithTokenSource(StaticToken("t_1")))
		_, err := s.Things.Retrieve(t.Context(), "a")
		if fits && (err != nil || s.Seen[0].Header.Get("Authorization") != "Bearer t_1") || !fits && (err == nil || len(s.Seen) > 0) {
			t.Errorf("%q: %v, %+v", test.name, err, s.Seen)
		}
	}
	s := newClientServer(t, clientReply(200, clientOK))
	if _, err := s.Things.Retrieve(t.Context(), "a", WithTokenSource(nil)); err == nil {
		t.Error("no source was taken")
	}
}

func TestClientKeyInCookie(t *testing.T) {
	a := clientAPI
	a.key, a.keyName = cookieCredential, "sid"
	s := newClientServerOf(t, &a, clientReply(200, clientOK), WithAPIKey("k_1"))
	if _, err := s.Things.Retrieve(t.Context(), "a"); err != nil || s.Seen[0].Header.Get("Cookie") != "sid=k_1" {
		t.Errorf("%v, %+v", err, s.Seen)
	}
	if _, err := s.Things.Retrieve(t.Context(), "a", WithAPIKey("k;1")); err == nil {
		t.Error("a key that ends its cookie was sent")
	}
}

// An operation that asks for nothing is called without the key, and without
// having one.
func TestClientOptionalKey(t *testing.T) {
	for _, c := range []struct {
		key      string
		security [][]string
		want     string
		fails    bool
	}{
		{"k", [][]string{{}}, "", false},
		{"", [][]string{{}}, "", false},
		{"k", [][]string{{theKey}, {}}, "Basic azo=", false},
		{"", [][]string{{theKey}, {}}, "", false},
		{"", nil, "", true},
		{"k\n", [][]string{{theKey}, {}}, "", true},
	} {
		s := newClientServer(t, clientReply(200, "{}"), WithAPIKey(c.key))
		err := s.ask(t, c.security)
		if (err != nil) != c.fails || !c.fails && s.Seen[0].Header.Get("Authorization") != c.want {
			t.Errorf("%q %v: %v, %+v", c.key, c.security, err, s.Seen)
		}
	}
}

// Pages are asked for with what their operation asks for.
func TestClientPagesAreSecured(t *testing.T) {
	s := newClientSecured(t, clientProofs{OAuth: StaticToken("t_1"), Basic: BasicCredentials{"me", "x"}},
		clientSequence(clientReply(200, `{"data":[{"id":"a"}],"has_more":true,"url":"/v1/things"}`), clientReply(200, `{"data":[],"has_more":false,"url":"/v1/things"}`)))
	op := operation{method: http.MethodGet, path: "/v1/things", security: [][]string{{"OAuth"}}}
	var page clientThingList
	if err := s.core.call(t.Context(), &op, nil, nil, &page, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := page.Next(t.Context()); err != nil || s.Seen[1].Header.Get("Authorization") != "Bearer t_1" {
		t.Errorf("%v, %+v", err, s.Seen)
	}
}

// Secrets stay where they are, and none of them goes to another server.
func TestClientNeverShowsCredentials(t *testing.T) {
	const secret = "opensesame"
	proofs := clientProofs{BasicCredentials{"me", secret}, secret, StaticToken(secret), secret, secret}
	asked := [][]string{{"Basic", "Key", "SID", "Tenant"}}
	for _, security := range [][][]string{asked, {{"OAuth"}}} {
		s := newClientSecured(t, proofs, func(w http.ResponseWriter, r *http.Request) {
			said := strings.Join(append(r.Header["Authorization"], r.RequestURI, r.Header.Get("X-Key")), " ")
			clientReply(401, fmt.Sprintf(`{"error":{"message":%q}}`, said))(w, r)
		})
		op := operation{method: http.MethodGet, path: "/v1/things", security: security}
		refused := s.core.call(t.Context(), &op, nil, nil, nil, nil)
		if refused == nil || strings.Contains(refused.Error(), secret) || strings.Contains(refused.Error(), basicPair("me:"+secret)) {
			t.Errorf("%v", refused)
		}
		broken, _ := clientBroken(9, errors.New("can't read https://x/?tenant="+secret))
		lost := s.core.call(t.Context(), &op, nil, nil, nil, []Option{WithHTTPClient(broken), WithMaxRetries(0)})
		for _, v := range []any{s.core, *s.core, lost, refused, withCredentials(proofs.list())} {
			if text := fmt.Sprintf("%+v", v); strings.Contains(text, secret) {
				t.Errorf("shows a secret: %s", text)
			}
		}
		other, seen := clientElsewhere(t, clientReply(200, "{}"))
		s = newClientSecured(t, proofs, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+r.URL.RequestURI(), http.StatusTemporaryRedirect)
		})
		if err := s.core.call(t.Context(), &op, nil, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
		if text := fmt.Sprint((*seen)[0]); strings.Contains(text, secret) || strings.Contains(text, "Basic") {
			t.Errorf("another server got %s", text)
		}
	}
}
