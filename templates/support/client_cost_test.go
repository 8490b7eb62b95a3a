package support

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// clientCanned answers each request with the same body.
func clientCanned(body string) *http.Client {
	header := http.Header{"Content-Type": {jsonType}}
	return &http.Client{Transport: clientTransport(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: header, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)), Request: r}, nil
	})}
}

// clientAllocations counts what a call allocates, which must succeed.
func clientAllocations(t *testing.T, call func() error) float64 {
	t.Helper()
	var failed error
	n := testing.AllocsPerRun(200, func() {
		if err := call(); err != nil {
			failed = err
		}
	})
	if failed != nil {
		t.Error(failed)
	}
	return n
}

// TestClientAllocations counts what calls allocate by themselves: more than
// net/http does for a request with as many headers, and than the decoder.
func TestClientAllocations(t *testing.T) {
	if !poolsKeep {
		t.Skip("under the race detector pools lose what they hold")
	}
	ctx, h := t.Context(), clientCanned(clientOK)
	list := clientCanned(`{"data":[],"has_more":false,"url":"/v1/things"}`)
	header := http.Header{"Accept": {"a"}, "Api-Version": {"b"}, "Authorization": {"c"}, "User-Agent": {"d"}}
	plain := clientAllocations(t, func() error {
		r, err := http.NewRequestWithContext(ctx, "GET", "", http.NoBody)
		if err != nil {
			return err
		}
		r.URL.Scheme, r.URL.Host, r.Header = "https", "api.example.com", header
		resp, err := h.Do(r)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	})
	c := newClientClient(&clientAPI, clientKey, WithHTTPClient(h)).core
	lists := newClientClient(&clientAPI, clientKey, WithHTTPClient(list)).core
	retrieve, index := &operation{method: "GET", path: "/v1/things/{thing}"}, &operation{method: "GET", path: "/v1/things"}
	create := &operation{method: "POST", path: "/v1/things", body: formBody}
	args, params := []string{"th_1"}, &clientMakeParams{Name: "a b", Note: "c"}
	query := &clientListParams{Limit: Int(3), Kind: "a&b"}
	thing, page := &clientThing{}, &clientThingList{}
	for name, x := range map[string]struct {
		call   func() error
		decode func() error
		want   float64
	}{
		"retrieve": {
			call:   func() error { return c.call(ctx, retrieve, args, nil, thing, nil) },
			decode: func() error { return decode([]byte(clientOK), thing, nil) },
			want:   6,
		},
		"list": {
			call:   func() error { return lists.call(ctx, index, nil, query, page, nil) },
			decode: func() error { return decode([]byte(`{"data":[],"has_more":false,"url":"/v1/things"}`), page, nil) },
			want:   8,
		},
		"create": {
			call:   func() error { return c.call(ctx, create, nil, params, thing, nil) },
			decode: func() error { return decode([]byte(clientOK), thing, nil) },
			want:   10,
		},
	} {
		if n := clientAllocations(t, x.call) - clientAllocations(t, x.decode) - plain; n != x.want {
			t.Errorf("%s: %v allocations, want %v", name, n, x.want)
		}
	}
}

// TestFormAllocations: the body is all that a form allocates.
func TestFormAllocations(t *testing.T) {
	if !poolsKeep {
		t.Skip("under the race detector pools lose what they hold")
	}
	s := newClientClient(&clientAPI, clientKey).core.settings()
	r := &request{op: &operation{method: "POST"}}
	params := &clientMakeParams{Name: strings.Repeat("é ", 100), Note: "n"}
	if n := clientAllocations(t, func() error { _, err := formBody(r, s, params); return err }); n != 1 {
		t.Errorf("%v allocations for a body", n)
	}
	nested := &codecParams{
		Holder: codecHolderParams{"cus_1", "active"}, Names: []string{"a", "", "b c"}, Metadata: map[string]string{"[k]": "v", "a b": "1&2", "": "e"},
		Items: []codecItemParams{{Price: "x", Quantity: 2}, {Flags: Some(codecFlagParams{On: Bool(true)})}},
		Limit: Int(7),
	}
	var room []byte
	if n := clientAllocations(t, func() (err error) { room, err = appendParams(room[:0], nested, inQuery, nil); return err }); n != 0 {
		t.Errorf("%v allocations into memory that is there", n)
	}
}

// What happens to the headers of an attempt on its way does not reach the next
// one, nor the parameters of further pages.
func TestClientHeadersOfEachAttempt(t *testing.T) {
	var sent []http.Header
	h := &http.Client{Transport: clientTransport(func(r *http.Request) (*http.Response, error) {
		sent = append(sent, r.Header.Clone())
		for name, values := range r.Header {
			values[0] = "changed"
			r.Header[name] = append(values, "more")
		}
		r.Header.Set("Added", "x")
		r.URL.Path, r.URL.RawQuery = "/elsewhere", "x=1"
		return nil, errors.New("lost")
	})}
	c := newClientClient(&clientAPI, clientKey, WithHTTPClient(h), WithHeader("Own", "o"))
	c.core.random = func() float64 { return 0 }
	for range 2 {
		if _, err := c.Things.List(t.Context(), &clientListParams{Trace: "t", Flavour: "f"}); err == nil {
			t.Fatal("no error")
		}
	}
	if len(sent) != 6 {
		t.Fatalf("%d attempts", len(sent))
	}
	for _, have := range sent {
		for name, want := range map[string]string{"Own": "o", "X-Trace": "t", "Cookie": "flavour=f", "Accept": jsonType, "Api-Version": "2026-01-01", "User-Agent": "things/1.0 oaken"} {
			if len(have[name]) != 1 || have[name][0] != want {
				t.Errorf("%s: %q", name, have[name])
			}
		}
		if len(have) != 7 || have.Get("Authorization") == "changed" {
			t.Errorf("%q", have)
		}
	}
}

// The URL of a request is what parsing its text gives.
func TestClientTarget(t *testing.T) {
	for _, base := range []string{"https://api.example.com", "http://localhost:8080/base", "https://example.com/a%2Fb", "http://example.com:/x/", "http://[::1]:80"} {
		s := newClientClient(&clientAPI, clientKey, WithBaseURL(base)).core.settings()
		for _, path := range []string{"", "/", "/v1/things", "//x", "/v1/th_1-2.~", "/a%2Fb", "/a%20b", "/a:b", "/a b", "/a%zz", "/a\x00", "/é", "/a?b", "/a#b", "v1", ":1/x", "@evil.example/x"} {
			for _, query := range []string{"", "a=1&b[0]=%20+", "a b", "a=#b", "a=\n", "a=é"} {
				have, err := s.target(path, query)
				text := s.base.String() + path
				if query != "" {
					text += "?" + query
				}
				want, bad := url.Parse(text)
				if bad != nil || want.Host != s.base.Host || want.EscapedPath() != s.base.EscapedPath()+path {
					want = nil
				}
				if (want == nil) != (err != nil) || want != nil && *have != *want {
					t.Errorf("%s %q %q: %+v, %v, want %+v", base, path, query, have, err, want)
				}
			}
		}
	}
}
