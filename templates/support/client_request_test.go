package support

import (
	"encoding/base64"
	"errors"
	"io"
	"log"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var clientSilence = log.New(io.Discard, "", 0)

func TestClientPathParameters(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	for id, want := range map[string]string{
		"fca_123":      "fca_123",
		"a/b":          "a%2Fb",
		"../x":         "..%2Fx",
		"a?b#c":        "a%3Fb%23c",
		"50%":          "50%25",
		"%2e%2e":       "%252e%252e",
		"a b+c":        "a%20b%2Bc",
		"é\n\x00\xff":  "%C3%A9%0A%00%FF",
		"...":          "...",
		"a:b@c;d,e=f&": "a%3Ab%40c%3Bd%2Ce%3Df%26",
		"~-._":         "~-._",
		`\`:            "%5C",
		"{x}":          "%7Bx%7D",
	} {
		s.Seen = nil
		if _, err := s.Things.Retrieve(t.Context(), id); err != nil {
			t.Errorf("%q: %v", id, err)
			continue
		}
		if got := s.Seen[0].URI; got != "/v1/things/"+want {
			t.Errorf("%q arrived as %q", id, got)
		}
	}
}

func TestClientPathParametersRefused(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	for _, id := range []string{"", ".", ".."} {
		thing, err := s.Things.Retrieve(t.Context(), id)
		if err == nil || thing != nil || !strings.Contains(err.Error(), `"thing"`) {
			t.Errorf("%q: %v, %v", id, thing, err)
		}
	}
	if err := s.core.call(t.Context(), &operation{method: "GET", path: "/v1/{a}{b}"}, []string{".", "."}, nil, nil, nil); err == nil {
		t.Error("two dots")
	}
	if len(s.Seen) != 0 {
		t.Errorf("sent %v", s.Seen)
	}
}

func TestClientExpandPath(t *testing.T) {
	for _, c := range []struct {
		path string
		args []string
		want string
	}{
		{"/v1/a", nil, "/v1/a"},
		{"/v1/{a}/b/{c}", []string{"1", "2"}, "/v1/1/b/2"},
		{"/v1/{a}.json", []string{"x/y"}, "/v1/x%2Fy.json"},
		{"/v1/{a}:{verb}", []string{"x", "go"}, "/v1/x:go"},
		{"/v1/{a}{b}", []string{".", "x"}, ""},
		{"/v1/a.{b}", []string{"."}, ""},
		{"/v1/{a}", nil, ""},
		{"/v1/a", []string{"x"}, ""},
		{"/v1/.{a}", []string{"x"}, "/v1/.x"},
	} {
		got, err := expandPath(c.path, c.args)
		if c.want == "" && err == nil || c.want != "" && got != c.want {
			t.Errorf("%s %q: %q, %v", c.path, c.args, got, err)
		}
	}
}

func TestClientSendsForms(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	ctx := t.Context()
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "GET"} {
		s.Seen = nil
		op := &operation{method: method, path: "/v1/things"}
		if method != "GET" {
			op.body = formBody
		}
		if err := s.core.call(ctx, op, nil, &clientMakeParams{Name: "a b"}, nil, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.core.call(ctx, op, nil, nil, nil, nil); err != nil {
			t.Fatal(err)
		}
		body, kind := "name=a+b", formType
		if method == "GET" {
			body, kind = "", ""
		}
		if full := s.Seen[0]; full.Body != body || full.Header.Get("Content-Type") != kind || full.URI != "/v1/things" {
			t.Errorf("%s sent %+v", method, full)
		}
		if method == "DELETE" {
			kind = ""
		}
		if empty := s.Seen[1]; empty.Body != "" || empty.Header.Get("Content-Type") != kind {
			t.Errorf("%s sent %+v", method, empty)
		}
	}
}

func TestClientSendsJSON(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	for _, body := range []string{`{"a":1}`, ``} {
		params := &clientJSONParams{}
		if body != "" {
			params.Body = Raw(body)
		}
		if err := s.core.call(t.Context(), &operation{method: "POST", path: "/v1/things", body: jsonBody}, nil, params, nil, []Option{WithParam("q", "1")}); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Seen[0]; got.Body != `{"a":1}` || got.Header.Get("Content-Type") != jsonType || got.URI != "/v1/things?q=1" {
		t.Errorf("sent %+v", got)
	}
	if got := s.Seen[1]; got.Body != "" || got.Header["Content-Type"] != nil {
		t.Errorf("sent %+v", got)
	}
}

func TestClientSendsQueryHeadersAndCookies(t *testing.T) {
	s := newClientServer(t, clientReply(200, `{"data":[],"has_more":false,"url":"/"}`))
	params := &clientListParams{Limit: Int(3), Kind: "a&b", Trace: "t1", Flavour: "mint"}
	before := *params
	_, err := s.Things.List(t.Context(), params, WithParam("new", "x y"), WithHeader("Accept", "text/x"), WithAPIVersion("v2"))
	if err != nil {
		t.Fatal(err)
	}
	got := s.Seen[0]
	if got.URI != "/v1/things?limit=3&kind=a%26b&new=x+y" {
		t.Errorf("sent %s", got.URI)
	}
	for name, want := range map[string]string{
		"X-Trace": "t1", "Cookie": "flavour=mint", "Accept": "text/x", "Api-Version": "v2", "User-Agent": "things/1.0 oaken",
		"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte(clientKey+":")),
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s: %q instead of %q", name, got.Header.Get(name), want)
		}
	}
	if !reflect.DeepEqual(*params, before) {
		t.Errorf("the parameters changed: %+v", params)
	}
	for _, bad := range []*clientListParams{{Trace: "a\nb"}, {Flavour: "a;b"}} {
		if _, err := s.Things.List(t.Context(), bad); err == nil {
			t.Errorf("%+v was sent", bad)
		}
	}
}

// net/http takes this one header from elsewhere.
func TestClientSendsHost(t *testing.T) {
	var hosts []string
	s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
		hosts = append(hosts, r.Host)
		clientReply(200, clientOK)(w, r)
	})
	for _, opts := range [][]Option{nil, {WithHeader("host", "api.example.com")}} {
		if _, err := s.Things.Retrieve(t.Context(), "a", opts...); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{strings.TrimPrefix(s.URL, "http://"), "api.example.com"}; !slices.Equal(hosts, want) {
		t.Errorf("asked %q", hosts)
	}
}

func TestClientValidatesFirst(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	for _, params := range []*clientMakeParams{{}, nil} {
		_, err := s.Things.Make(t.Context(), params)
		var invalid *ValidationError
		if !errors.As(err, &invalid) || len(s.Seen) != 0 {
			t.Fatalf("%d requests, %v", len(s.Seen), err)
		}
	}
	if _, err := s.Things.Make(t.Context(), &clientMakeParams{}, WithoutValidation()); err != nil || len(s.Seen) != 1 {
		t.Errorf("%d requests, %v", len(s.Seen), err)
	}
}

func TestClientAuthentication(t *testing.T) {
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("me:secret"))
	for _, c := range []struct {
		auth      keyMaker
		key       string
		name      string
		value     string
		uri       string
		extraOpts []Option
	}{
		{name: "Authorization"},
		{auth: basicKey, key: "me:secret", name: "Authorization", value: basic},
		{auth: bearerKey, key: "k", name: "Authorization", value: "Bearer k"},
		{auth: headerCredential, key: "k", name: "X-Key", value: "k"},
		{auth: queryCredential, key: "k&1", name: "Authorization", uri: "?X-Key=k%261"},
		{auth: bearerKey, key: "k", name: "Authorization", value: "Custom", extraOpts: []Option{WithHeader("authorization", "Custom")}},
	} {
		a := clientAPI
		a.key, a.keyName = c.auth, "X-Key"
		s := newClientServerOf(t, &a, clientReply(200, clientOK), append(c.extraOpts, WithAPIKey(c.key))...)
		if _, err := s.Things.Retrieve(t.Context(), "a"); err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		if got := s.Seen[0]; got.Header.Get(c.name) != c.value || got.URI != "/v1/things/a"+c.uri {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}

func TestClientOptionsRefused(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	a := clientAPI
	a.versionHeader = ""
	plain := newClientServerOf(t, &a, clientReply(200, clientOK))
	for i, opt := range []Option{
		WithAPIKey(""), WithAPIKey("sk_hunter2\n"), WithAPIKey("sk_\x00hunter2"), WithAPIKey(" sk_hunter2"),
		WithBaseURL(""), WithBaseURL("example.com"), WithBaseURL("ftp://example.com"), WithBaseURL("http://me:hunter2@example.com"),
		WithBaseURL("http://example.com/?hunter2"), WithBaseURL("http://example.com/?"), WithBaseURL("http://:80"), WithBaseURL("http://example.com/../x"), WithBaseURL("http://hunter2:\n"),
		WithHeader("a b", "hunter2"), WithHeader("A", "hunter2\r\nB: c"), WithHeader("", "x"),
		WithHTTPClient(nil), WithMaxRetries(-1), WithTimeout(0), WithMaxResponseBytes(0), WithParam("", "hunter2"),
		WithAPIVersion("v\n"), WithResponse(nil),
	} {
		_, err := s.Things.Retrieve(t.Context(), "a", opt)
		if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.HasPrefix(err.Error(), "GET /v1/things/{thing}: ") ||
			strings.Contains(err.Error(), "can't be part of a URL") {
			t.Errorf("option %d: %v", i, err)
		}
	}
	if _, err := plain.Things.Retrieve(t.Context(), "a", WithAPIVersion("v2")); err == nil {
		t.Error("a version without a header for it")
	}
	for i, opt := range []Option{WithIdempotencyKey("a"), WithResponse(&Response{}), WithHeader("", "")} {
		c := newClientClient(&clientAPI, clientKey, WithBaseURL(s.URL), opt)
		if _, err := c.Things.Retrieve(t.Context(), "a"); err == nil {
			t.Errorf("client option %d was taken", i)
		}
	}
	if len(s.Seen)+len(plain.Seen) != 0 {
		t.Error("something was sent")
	}
}

func TestClientWithoutServerOrClient(t *testing.T) {
	a := clientAPI
	a.server = ""
	if _, err := newClientClient(&a, clientKey).Things.Retrieve(t.Context(), "a"); err == nil {
		t.Error("no server")
	}
	if _, err := (clientThings{}).Retrieve(t.Context(), "a"); err == nil {
		t.Error("no client")
	}
}

func TestClientTimeLimits(t *testing.T) {
	h := WithHTTPClient(&http.Client{Timeout: time.Minute})
	for _, c := range []struct {
		opts []Option
		want time.Duration
	}{
		{nil, defaultTimeout},
		{[]Option{h}, 0},
		{[]Option{WithTimeout(time.Second), h}, time.Second},
		{[]Option{h, WithTimeout(time.Second)}, time.Second},
	} {
		if got := newClientClient(&clientAPI, clientKey, c.opts...).core.settings().timeout; got != c.want {
			t.Errorf("%v instead of %v", got, c.want)
		}
	}
	if sharedClient().Timeout != 0 {
		t.Error("the shared client would cut longer limits short")
	}
}

// Some operations name a server of their own.
func TestClientPathWithServer(t *testing.T) {
	var asked []string
	h := &http.Client{Transport: clientTransport(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.String())
		return nil, errors.New("enough")
	})}
	for _, opts := range [][]Option{nil, {WithBaseURL("http://localhost:1/mock/")}} {
		c := newClientClient(&clientAPI, clientKey, append(opts, WithHTTPClient(h), WithMaxRetries(0))...)
		_ = c.core.call(t.Context(), &operation{method: "GET", server: "https://files.example.com/v1", path: "/files/{file}"}, []string{"f/1"}, nil, nil, nil)
		_ = c.core.call(t.Context(), &operation{method: "GET", path: "/v1/things"}, nil, nil, nil, nil)
	}
	want := []string{
		"https://files.example.com/v1/files/f%2F1", "https://api.example.com/v1/things",
		"http://localhost:1/mock/files/f%2F1", "http://localhost:1/mock/v1/things",
	}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %q", asked)
	}
}

func TestClientLeavesHTTPClientAlone(t *testing.T) {
	h := &http.Client{}
	s := newClientServer(t, clientReply(200, clientOK), WithHTTPClient(h))
	if _, err := s.Things.Retrieve(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(h, &http.Client{}) {
		t.Errorf("the HTTP client changed: %+v", h)
	}
}

func TestClientConcurrently(t *testing.T) {
	s := newClientServer(t, clientSequence(clientReply(500, ""), clientReply(200, clientOK)),
		WithHeader("A", "b"), WithHeader("C", "d"), WithHeader("E", "f"), WithParam("e", "1"), WithParam("f", "2"), WithParam("g", "3"))
	var wg sync.WaitGroup
	for i := range 8 {
		mine := strconv.Itoa(i)
		wg.Go(func() {
			for range 20 {
				_, err := s.Things.Make(t.Context(), &clientMakeParams{Name: mine}, WithHeader("X", mine), WithParam("z", mine))
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if len(s.Seen) != 161 {
		t.Errorf("%d requests", len(s.Seen))
	}
	for _, r := range s.Seen {
		mine := r.Header.Get("X")
		if r.Body != "name="+mine+"&e=1&f=2&g=3&z="+mine {
			t.Fatalf("%+v", r)
		}
	}
}
