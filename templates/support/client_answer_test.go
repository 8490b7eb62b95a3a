package support

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestClientTypedError(t *testing.T) {
	body := `{"error":{"type":"card_error","code":"card_declined","message":"Your card\nwas declined.","param":"source",
		"doc_url":"https://example.com/d","request_log_url":"https://example.com/l","extra":{}}}`
	s := newClientServer(t, clientReply(402, body))
	_, err := s.Things.Make(t.Context(), &clientMakeParams{Name: "a"})
	var e *Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	want := Error{Status: 402, Type: "card_error", Code: "card_declined", Message: "Your card\nwas declined.", Param: "source",
		DocURL: "https://example.com/d", RequestLogURL: "https://example.com/l", RequestID: "req_1"}
	got := *e
	got.Header, got.Body, got.label = nil, nil, ""
	if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
	if string(e.Body) != body || e.Header.Get("Request-Id") != "req_1" || e.Unwrap() != nil {
		t.Errorf("body %q, header %v", e.Body, e.Header)
	}
	if text := "POST /v1/things: 402 card_declined: Your card was declined. (request req_1)"; err.Error() != text {
		t.Errorf("%s", err)
	}
}

func TestClientErrorShapes(t *testing.T) {
	for body, want := range map[string][3]string{
		`{"type":"about:blank","title":"Gone","detail":"It left."}`: {"about:blank", "", "It left."},
		`{"title":"Gone"}`:                                         {"", "", "Gone"},
		`{"code":7,"message":"seven"}`:                             {"", "7", "seven"},
		`{"error":"invalid_grant","error_description":"Expired."}`: {"", "invalid_grant", "Expired."},
		`{"error":{"type":null,"code":[],"message":{"a":1}}}`:      {"", "", ""},
		`{"error":null,"message":"m"}`:                             {"", "", "m"},
		`[1]`:                                                      {"", "", ""},
		`<html><body>Bad gateway</body></html>`:                    {"", "", ""},
		``:                                                         {"", "", ""},
		`{"error":{"type":"card_er`:                                {"", "", ""},
		`{"error":{"type":"a","type":"b","code":1e3},"code":{"x":`: {"", "", ""},
		`{"error":{"type":"a","type":"b","code":1e3},"code":true}`: {"b", "1e3", ""},
		`{"code":true,"message":"\u0041\n"}`:                       {"", "", "A\n"},
		// What is no Unicode costs its character alone.
		"{\"detail\":\"\xffa\\n\xe2\x82\"}":                                  {"", "", "\uFFFDa\n\uFFFD\uFFFD"},
		`{"detail":"\ud83d!\ud83d\ude00\ud83d\ud83d"}`:                       {"", "", "\uFFFD!\U0001F600\uFFFD\uFFFD"},
		strings.Repeat(`{"error":`, 2*maxDepth):                              {"", "", ""},
		`{"detail":"` + strings.Repeat("é", 1000) + `"}`:                     {"", "", strings.Repeat("é", 1000)},
		`{"error":{"message":"` + strings.Repeat("x", 1000) + `"}} trailing`: {"", "", ""},
	} {
		s := newClientServer(t, clientReply(418, body))
		_, err := s.Things.Retrieve(t.Context(), "a")
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", body, err)
			continue
		}
		if got := [3]string{e.Type, e.Code, e.Message}; got != want || e.Status != 418 || string(e.Body) != body {
			t.Errorf("%s: %q instead of %q", body, got, want)
		}
		if len(err.Error()) > 700 || strings.Contains(err.Error(), "<") {
			t.Errorf("%s", err)
		}
	}
}

func TestClientErrorDecode(t *testing.T) {
	s := newClientServer(t, clientReply(400, `{"title":"No"}`))
	_, err := s.Things.Retrieve(t.Context(), "a")
	var e *Error
	var odd clientOddity
	if !errors.As(err, &e) || e.Decode(&odd) != nil || odd.Title != "No" {
		t.Errorf("%+v, %v", odd, err)
	}
	if e.Decode(nil) == nil || (&Error{Body: []byte("{")}).Decode(&odd) == nil {
		t.Error("no error")
	}
}

// Of a body that no error needs, an error doesn't keep more in its fields than
// in Body.
func TestClientErrorIsBounded(t *testing.T) {
	for size, want := range map[int]int{keptBody / 2: keptBody / 2, keptBody: 0} {
		s := newClientServer(t, clientReply(400, `{"error":{"code":"c","message":"`+strings.Repeat("m", size)+`"}}`))
		_, err := s.Things.Retrieve(t.Context(), "a")
		var e *Error
		if !errors.As(err, &e) || len(e.Message) != want || len(e.Body) > keptBody || e.Status != 400 {
			t.Errorf("%d bytes: %d kept, %d of the message", size, len(e.Body), len(e.Message))
		}
	}
}

// An answer that says 200 and can't be read is an error with everything in it.
func TestClientUnusableAnswers(t *testing.T) {
	for _, body := range []string{
		``, `{`, `{"id":"a"`, `{"id":"a"} x`, `<html>`, `{...}`, `{"id":"a",}`, `null`, `[]`, `"a"`, `{"id":1}`,
		strings.Repeat("[", 100000),
	} {
		s := newClientServer(t, clientReply(200, body))
		thing, err := s.Things.Retrieve(t.Context(), "a")
		var e *Error
		if !errors.As(err, &e) || thing != nil {
			t.Errorf("%.20s: %v, %v", body, thing, err)
			continue
		}
		if e.Status != 200 || e.RequestID != "req_1" || string(e.Body) != body || e.Unwrap() == nil || len(s.Seen) != 1 {
			t.Errorf("%.20s: %+v after %d requests", body, e, len(s.Seen))
		}
	}
}

func TestClientIgnoresContentThatNobodyWants(t *testing.T) {
	for _, h := range []http.HandlerFunc{clientReply(204, ""), clientReply(200, "<html>"), clientReply(200, strings.Repeat("x", 1<<20))} {
		s := newClientServer(t, h)
		if err := s.Things.Remove(t.Context(), "a"); err != nil {
			t.Error(err)
		}
	}
}

// clientCut announces more than it sends, and hangs up.
func clientCut(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.Header().Set("Request-Id", "req_1")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestClientTruncatedBodies(t *testing.T) {
	s := newClientServer(t, clientCut(200, `{"id":"a`))
	_, err := s.Things.Retrieve(t.Context(), "a")
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, io.ErrUnexpectedEOF) || e.Status != 200 || string(e.Body) != `{"id":"a` {
		t.Errorf("%v", err)
	}
	if len(s.Seen) != 3 {
		t.Errorf("%d requests", len(s.Seen))
	}
	s = newClientServer(t, clientCut(400, `{"error":{"code":"a`))
	_, err = s.Things.Retrieve(t.Context(), "a")
	if !errors.As(err, &e) || !errors.Is(err, io.ErrUnexpectedEOF) || e.Status != 400 || len(s.Seen) != 1 {
		t.Errorf("%d requests, %v", len(s.Seen), err)
	}
	s = newClientServer(t, clientSequence(clientCut(200, `{`), clientReply(200, clientOK)))
	if _, err = s.Things.Retrieve(t.Context(), "a"); err != nil {
		t.Error(err)
	}
}

func clientEndless(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Request-Id", "req_1")
		w.WriteHeader(status)
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	}
}

func TestClientEndlessBodies(t *testing.T) {
	for _, status := range []int{200, 400} {
		s := newClientServer(t, clientEndless(status), WithMaxResponseBytes(3<<20))
		thing, err := s.Things.Retrieve(t.Context(), "a")
		var e *Error
		if !errors.As(err, &e) || !errors.Is(err, ErrResponseTooLarge) || thing != nil {
			t.Fatalf("%v, %v", thing, err)
		}
		if e.Status != status || e.RequestID != "req_1" || len(e.Body) != 1<<20 || len(s.Seen) != 1 {
			t.Errorf("%v, %d bytes, %d requests", e, len(e.Body), len(s.Seen))
		}
	}
	s := newClientServer(t, clientEndless(200))
	if err := s.Things.Remove(t.Context(), "a"); err != nil {
		t.Error(err)
	}
}

func TestClientLimitIsInclusive(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	n := int64(len(clientOK))
	if _, err := s.Things.Retrieve(t.Context(), "a", WithMaxResponseBytes(n)); err != nil {
		t.Error(err)
	}
	_, err := s.Things.Retrieve(t.Context(), "a", WithMaxResponseBytes(n-1))
	var e *Error
	if !errors.Is(err, ErrResponseTooLarge) || !errors.As(err, &e) || string(e.Body) != clientOK[:n-1] {
		t.Error(err)
	}
}

// clientBody is an endless body that counts what is read and whether it is
// closed.
type clientBody struct{ read, closed int }

func (b *clientBody) Read(p []byte) (int, error) {
	b.read += len(p)
	return len(p), nil
}

func (b *clientBody) Close() error {
	b.closed++
	return nil
}

func TestClientGivesUpBodies(t *testing.T) {
	var body *clientBody
	var ctx context.Context
	h := &http.Client{Transport: clientTransport(func(r *http.Request) (*http.Response, error) {
		body, ctx = &clientBody{}, r.Context()
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: body, ContentLength: -1, Request: r}, nil
	})}
	s := newClientServer(t, clientReply(200, ""), WithHTTPClient(h), WithTimeout(time.Hour))
	for _, c := range []struct {
		call func() error
		want error
		most int
	}{
		{func() error { return s.Things.Remove(t.Context(), "a") }, nil, 64<<10 + 1},
		{func() error {
			_, err := s.Things.Retrieve(t.Context(), "a", WithMaxResponseBytes(1<<21))
			return err
		}, ErrResponseTooLarge, 1<<21 + 1},
	} {
		if err := c.call(); !errors.Is(err, c.want) || body.closed != 1 || body.read > c.most || ctx.Err() == nil {
			t.Errorf("%v: read %d bytes, closed %d times", err, body.read, body.closed)
		}
	}
}

func TestClientCapturesResponses(t *testing.T) {
	s := newClientServer(t, clientSequence(clientReply(500, "", "X", "1"), clientReply(200, clientOK, "X", "2"), clientReply(404, "{}")))
	var r Response
	if _, err := s.Things.Retrieve(t.Context(), "a", WithResponse(&r)); err != nil || r.Status != 200 || r.RequestID != "req_1" || r.Header.Get("X") != "2" {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := s.Things.Retrieve(t.Context(), "a", WithResponse(&r)); err == nil || r.Status != 404 {
		t.Errorf("%+v, %v", r, err)
	} else {
		var e *Error
		r.Header.Set("Request-Id", "changed")
		if !errors.As(err, &e) || e.Header.Get("Request-Id") != "req_1" {
			t.Errorf("%v", err)
		}
	}
	s.Server.Close()
	if _, err := s.Things.Retrieve(t.Context(), "a", WithResponse(&r)); err == nil || r.Status != 0 || r.Header != nil {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestClientContextEnds(t *testing.T) {
	changed := errors.New("changed my mind")
	for _, sent := range []string{"", `{"id":`} {
		ctx, stop := context.WithCancelCause(t.Context())
		defer stop(nil)
		s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
			if sent != "" {
				w.WriteHeader(200)
				_, _ = io.WriteString(w, sent)
				w.(http.Flusher).Flush()
			}
			stop(changed)
			<-r.Context().Done()
		})
		_, err := s.Things.Retrieve(ctx, "a")
		if !errors.Is(err, context.Canceled) || len(s.Seen) != 1 || len(s.Slept) != 0 {
			t.Errorf("%d requests, %v", len(s.Seen), err)
		}
	}
	s := newClientServer(t, clientReply(200, clientOK))
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(1, 0))
	defer cancel()
	if _, err := s.Things.Retrieve(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) || len(s.Seen) != 0 {
		t.Errorf("%v", err)
	}
}

// An attempt that takes too long is made again, as the call has time left.
func TestClientTimeoutOfAnAttempt(t *testing.T) {
	hang := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	s := newClientServer(t, clientSequence(hang, clientReply(200, clientOK)), WithTimeout(50*time.Millisecond))
	if _, err := s.Things.Retrieve(t.Context(), "a", WithMaxRetries(9)); err != nil || len(s.Seen) < 2 {
		t.Errorf("%d requests, %v", len(s.Seen), err)
	}
	s = newClientServer(t, hang, WithTimeout(10*time.Millisecond), WithMaxRetries(0))
	if _, err := s.Things.Retrieve(t.Context(), "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestClientReusesConnections(t *testing.T) {
	s := newClientServer(t, clientSequence(clientReply(500, strings.Repeat("x", 100000)), clientReply(404, "{}"), clientReply(200, "{"),
		clientReply(204, ""), clientReply(200, clientOK)))
	fresh := 0
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) {
		if !i.Reused {
			fresh++
		}
	}})
	for range 4 {
		_, _ = s.Things.Retrieve(ctx, "a")
	}
	if fresh != 1 || len(s.Seen) != 5 {
		t.Errorf("%d connections for %d requests", fresh, len(s.Seen))
	}
}

// clientElsewhere is another server that remembers what it was sent.
func clientElsewhere(t *testing.T, h http.HandlerFunc) (*httptest.Server, *[]clientSeen) {
	t.Helper()
	other := &clientServer{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		other.note(r)
		h(w, r)
	}))
	t.Cleanup(server.Close)
	return server, &other.Seen
}

func TestClientRedirectsToAnotherHost(t *testing.T) {
	for i, key := range []keyMaker{basicKey, bearerKey, headerCredential, queryCredential} {
		other, seen := clientElsewhere(t, clientReply(200, clientOK))
		a := clientAPI
		a.key, a.keyName = key, "X-Key"
		s := newClientServerOf(t, &a, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+r.URL.RequestURI(), http.StatusTemporaryRedirect)
		})
		if _, err := s.Things.Retrieve(t.Context(), "a", WithHeader("X-Account", "acct_1")); err != nil {
			t.Fatal(err)
		}
		got := (*seen)[0]
		for name := range got.Header {
			if name != "Accept" && name != "User-Agent" && name != "Accept-Encoding" {
				t.Errorf("key %d: %s arrived", i, name)
			}
		}
		if strings.Contains(got.URI, clientKey) {
			t.Errorf("key %d: %s arrived", i, got.URI)
		}
		clientNoKey(t, fmt.Sprint(got))
	}
}

// Once away, a request doesn't get its credentials back.
func TestClientRedirectsThereAndBack(t *testing.T) {
	var s *clientServer
	other, _ := clientElsewhere(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.URL+"/v1/back", http.StatusFound)
	})
	s = newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/back":
			clientReply(200, clientOK)(w, r)
		case "/v1/same":
			http.Redirect(w, r, other.URL, http.StatusFound)
		default:
			http.Redirect(w, r, "/v1/same", http.StatusFound)
		}
	})
	if _, err := s.Things.Retrieve(t.Context(), "a"); err != nil || len(s.Seen) != 3 {
		t.Fatal(err)
	}
	if s.Seen[1].Header.Get("Authorization") == "" || s.Seen[1].Header.Get("Referer") != "" {
		t.Errorf("within the server: %v", s.Seen[1].Header)
	}
	if s.Seen[2].Header.Get("Authorization") != "" {
		t.Errorf("back again: %v", s.Seen[2].Header)
	}
}

func TestClientDoesNotRedirectWrites(t *testing.T) {
	other, seen := clientElsewhere(t, clientReply(200, clientOK))
	for _, status := range []int{301, 302, 303, 307, 308} {
		s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, status) })
		_, err := s.Things.Make(t.Context(), &clientMakeParams{Name: "a"})
		var e *Error
		if !errors.As(err, &e) || e.Status != status || e.Header.Get("Location") != other.URL || len(s.Seen) != 1 {
			t.Errorf("%d: %v", status, err)
		}
	}
	if len(*seen) != 0 {
		t.Errorf("%v arrived", *seen)
	}
}

func TestClientRedirectsEnd(t *testing.T) {
	loop := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/v1/loop?token=hunter2", http.StatusFound)
	}
	s := newClientServer(t, loop)
	_, err := s.Things.Retrieve(t.Context(), "a")
	if err == nil || len(s.Seen) != 10 || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%d requests, %v", len(s.Seen), err)
	}
	refused := errors.New("refused")
	h := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return refused }}
	s = newClientServer(t, loop, WithHTTPClient(h))
	if _, err = s.Things.Retrieve(t.Context(), "a"); !errors.Is(err, refused) || len(s.Seen) != 1 {
		t.Errorf("%d requests, %v", len(s.Seen), err)
	}
}

// A CheckRedirect that copies all headers, as was once usual, doesn't bring
// the credentials back.
func TestClientRedirectsWithTheirOwnRule(t *testing.T) {
	other, seen := clientElsewhere(t, clientReply(200, clientOK))
	h := &http.Client{CheckRedirect: func(r *http.Request, via []*http.Request) error {
		r.Header = via[0].Header.Clone()
		return nil
	}}
	s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) }, WithHTTPClient(h))
	if _, err := s.Things.Retrieve(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	clientNoKey(t, fmt.Sprint(*seen))
}

func TestClientSameOrigin(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://a.com/x", "https://A.com:443/y", true},
		{"http://a.com", "http://a.com:80", true},
		{"https://a.com", "http://a.com", false},
		{"https://a.com", "https://b.a.com", false},
		{"https://a.com", "https://a.com:444", false},
		{"https://a.com:443", "http://a.com:443", false},
	} {
		a, _ := url.Parse(c.a)
		b, _ := url.Parse(c.b)
		if sameOrigin(a, b) != c.same || sameOrigin(b, a) != c.same {
			t.Errorf("%s and %s", c.a, c.b)
		}
	}
}

// clientNoKey fails if the text shows the key, in any of its spellings.
func clientNoKey(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{"opensesame", basicPair(clientKey)} {
		if strings.Contains(text, secret) {
			t.Errorf("shows the key: %s", text)
		}
	}
}

func TestClientNeverShowsTheKey(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(401)
		_, _ = io.WriteString(w, `{"error":{"message":"Invalid API key: `+clientKey+`","code":"`+clientKey+`","param":"`+basicPair(clientKey)+`"}}`)
	}
	a := clientAPI
	a.key, a.keyName = queryCredential, "key"
	s := newClientServerOf(t, &a, clientSequence(clientReply(200, `{"data":[{"id":"a"}],"has_more":true,"url":"/v1/things"}`), echo),
		WithHeader("X-Secret", clientKey), WithAPIKey(clientKey), WithParam("client_secret", clientKey))
	page, err := s.Things.List(t.Context(), nil, WithAPIKey(clientKey))
	if err != nil {
		t.Fatal(err)
	}
	_, refused := s.Things.Retrieve(t.Context(), "a")
	s.Server.Close()
	_, lost := s.Things.Retrieve(t.Context(), "a", WithMaxRetries(0))
	_, bad := s.Things.Retrieve(t.Context(), "a", WithAPIKey(clientKey+"\n"))
	broken, _ := clientBroken(9, errors.New("can't read https://x/?key="+clientKey))
	_, quoted := s.Things.Retrieve(t.Context(), "a", WithHTTPClient(broken))
	var e *Error
	if !errors.As(refused, &e) || e.Message != "Invalid API key: [key]" || e.Param != "[key]" {
		t.Errorf("%#v", refused)
	}
	options := []Option{WithAPIKey(clientKey), WithHeader("A", clientKey)}
	for _, v := range []any{
		s.clientClient, *s.clientClient, s.Things, &s.Things, s.core, *s.core, options, options[0],
		page, *page, *page.origin, refused, lost, bad, quoted,
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
			clientNoKey(t, fmt.Sprintf(verb, v))
		}
	}
	for _, err := range []error{refused, lost, bad, quoted} {
		if err == nil {
			t.Fatal("no error")
		}
		for ; err != nil; err = errors.Unwrap(err) {
			if text := fmt.Sprintf("%#v", err); err != errors.Unwrap(quoted) && !strings.HasPrefix(text, "&errors.errorString") {
				clientNoKey(t, text)
			}
		}
	}
	if text, err := json.Marshal(s.clientClient); err == nil {
		clientNoKey(t, string(text))
	}
}
