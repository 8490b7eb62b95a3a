package support

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestClientRetriesByStatus(t *testing.T) {
	locked := `{"error":{"type":"invalid_request_error","code":"lock_timeout"}}`
	for _, c := range []struct {
		name   string
		first  http.HandlerFunc
		again  bool
		status int
	}{
		{"500", clientReply(500, "{}"), true, 500},
		{"503", clientReply(503, "<html>"), true, 503},
		{"429", clientReply(429, "{}"), true, 429},
		{"409 for a lock", clientReply(409, locked), true, 409},
		{"409 for something else", clientReply(409, `{"error":{"code":"idempotency_key_in_use"}}`), false, 409},
		{"409 without a body", clientReply(409, ""), false, 409},
		{"400", clientReply(400, "{}"), false, 400},
		{"402", clientReply(402, "{}"), false, 402},
		{"told to", clientReply(400, "{}", "Should-Retry", "true"), true, 400},
		{"told not to", clientReply(500, "{}", "Should-Retry", "false"), false, 500},
		{"told not to, 429", clientReply(429, "{}", "Should-Retry", "false", "Retry-After", "1"), false, 429},
		{"told something else", clientReply(500, "{}", "Should-Retry", "maybe"), true, 500},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newClientServer(t, clientSequence(c.first, clientReply(200, clientOK)))
			thing, err := s.Things.Make(t.Context(), &clientMakeParams{Name: "a"})
			if c.again {
				if err != nil || thing.ID != "th_1" || len(s.Seen) != 2 {
					t.Fatalf("%d requests, then %v, %v", len(s.Seen), thing, err)
				}
				return
			}
			var e *Error
			if !errors.As(err, &e) || e.Status != c.status || thing != nil || len(s.Seen) != 1 {
				t.Fatalf("%d requests, then %v, %v", len(s.Seen), thing, err)
			}
		})
	}
}

func TestClientRetriesEnd(t *testing.T) {
	for _, c := range []struct {
		opts []Option
		want int
	}{
		{nil, 3},
		{[]Option{WithMaxRetries(0)}, 1},
		{[]Option{WithMaxRetries(5)}, 6},
	} {
		s := newClientServer(t, clientReply(500, `{"error":{"message":"no"}}`))
		_, err := s.Things.Make(t.Context(), &clientMakeParams{Name: "a"}, c.opts...)
		var e *Error
		if !errors.As(err, &e) || e.Message != "no" || len(s.Seen) != c.want {
			t.Errorf("%d requests instead of %d, %v", len(s.Seen), c.want, err)
		}
	}
}

func TestClientRepeatsTheSameRequest(t *testing.T) {
	s := newClientServer(t, clientReply(500, ""))
	_, _ = s.Things.Make(t.Context(), &clientMakeParams{Name: "a", Note: "é&="}, WithParam("x[y]", "1 2"))
	if len(s.Seen) != 3 {
		t.Fatalf("%d requests", len(s.Seen))
	}
	first := s.Seen[0]
	key := first.Header.Get("Idempotency-Key")
	if len(key) != 36 || key[14] != '4' || strings.Count(key, "-") != 4 {
		t.Errorf("idempotency key %q", key)
	}
	if first.Body != "name=a&note=%C3%A9%26%3D&x%5By%5D=1+2" {
		t.Errorf("body %q", first.Body)
	}
	for _, again := range s.Seen[1:] {
		if again.Header.Get("Idempotency-Key") != key || again.Body != first.Body || again.URI != first.URI {
			t.Errorf("first %+v, then %+v", first, again)
		}
	}
	_, _ = s.Things.Make(t.Context(), &clientMakeParams{Name: "a"})
	if s.Seen[3].Header.Get("Idempotency-Key") == key {
		t.Error("two calls share an idempotency key")
	}
}

func TestClientIdempotencyKeys(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	ctx := t.Context()
	_, _ = s.Things.Make(ctx, &clientMakeParams{Name: "a"}, WithIdempotencyKey("mine"))
	_, _ = s.Things.Make(ctx, &clientMakeParams{Name: "a"}, WithMaxRetries(0))
	_, _ = s.Things.Make(ctx, &clientMakeParams{Name: "a"}, WithHeader("idempotency-key", "theirs"))
	_, _ = s.Things.Retrieve(ctx, "x", WithIdempotencyKey("mine"))
	_ = s.Things.Remove(ctx, "x")
	_ = s.core.call(ctx, &operation{method: http.MethodPatch, path: "/v1/things", body: formBody}, nil, nil, nil, []Option{WithIdempotencyKey("patch")})
	var got []string
	for _, r := range s.Seen {
		got = append(got, r.Header.Get("Idempotency-Key"))
	}
	if want := []string{"mine", "", "theirs", "", "", "patch"}; !slices.Equal(got, want) {
		t.Errorf("%q instead of %q", got, want)
	}
	for _, key := range []string{"", strings.Repeat("k", 256), "a\nb"} {
		if _, err := s.Things.Make(ctx, &clientMakeParams{Name: "a"}, WithIdempotencyKey(key)); err == nil {
			t.Errorf("key %q was taken", key)
		}
	}
	if _, err := s.Things.Make(ctx, &clientMakeParams{Name: "a"}, WithIdempotencyKey(strings.Repeat("k", 255))); err != nil {
		t.Error(err)
	}
}

func TestClientWaits(t *testing.T) {
	for _, c := range []struct {
		name   string
		header string
		value  func(now time.Time) string
		want   []time.Duration
	}{
		{"doubles up to a cap", "X", func(time.Time) string { return "" },
			[]time.Duration{250 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 4 * time.Second}},
		{"seconds", "Retry-After", func(time.Time) string { return "7" }, slices.Repeat([]time.Duration{7 * time.Second}, 6)},
		{"date", "Retry-After", func(now time.Time) string { return now.Add(9 * time.Second).UTC().Format(http.TimeFormat) },
			slices.Repeat([]time.Duration{9 * time.Second}, 6)},
		{"at the limit", "Retry-After", func(time.Time) string { return "60" }, slices.Repeat([]time.Duration{time.Minute}, 6)},
		{"shorter than its own", "Retry-After", func(time.Time) string { return "1" },
			[]time.Duration{time.Second, time.Second, time.Second, 2 * time.Second, 4 * time.Second, 4 * time.Second}},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
			s := newClientServer(t, clientReply(429, "", c.header, c.value(now)), WithMaxRetries(6))
			s.core.now = func() time.Time { return now }
			_, err := s.Things.Retrieve(t.Context(), "a")
			if err == nil || !slices.Equal(s.Slept, c.want) {
				t.Errorf("slept %v instead of %v, %v", s.Slept, c.want, err)
			}
		})
	}
}

func TestClientRetryAfter(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                              0,
		"0":                             0,
		"12":                            12 * time.Second,
		"-1":                            0,
		"1.5":                           0,
		"soon":                          0,
		"99999999999999999999999":       1<<63 - 1,
		"Fri, 02 Jan 2026 03:04:15 GMT": 10 * time.Second,
		"Fri, 02 Jan 2026 03:04:00 GMT": 0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q: %v instead of %v", value, got, want)
		}
	}
}

func TestClientFullJitter(t *testing.T) {
	s := newClientServer(t, clientReply(500, ""))
	s.core.random = func() float64 { return 0 }
	_, _ = s.Things.Retrieve(t.Context(), "a")
	if want := []time.Duration{0, 0}; !slices.Equal(s.Slept, want) {
		t.Errorf("slept %v", s.Slept)
	}
}

// A wait that can't end in time, or is unreasonable, is not begun.
func TestClientGivesUpInsteadOfWaiting(t *testing.T) {
	for _, c := range []struct{ after, want string }{
		{"30", "deadline is sooner than the wait of 30s"},
		{"3600", "the server asks to wait longer than 1m0s"},
	} {
		s := newClientServer(t, clientReply(429, `{"error":{"code":"rate_limit"}}`, "Retry-After", c.after))
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		_, err := s.Things.Retrieve(ctx, "a")
		cancel()
		var e *Error
		if !errors.As(err, &e) || e.Code != "rate_limit" || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Retry-After %s: %v", c.after, err)
		}
		if len(s.Slept) != 0 || len(s.Seen) != 1 {
			t.Errorf("slept %v, %d requests", s.Slept, len(s.Seen))
		}
	}
}

func TestClientCancelledWhileWaiting(t *testing.T) {
	s := newClientServer(t, clientReply(500, `{"error":{"code":"oops"}}`))
	ctx, cancel := context.WithCancel(t.Context())
	s.core.sleep = func(ctx context.Context, d time.Duration) error {
		cancel()
		return sleep(ctx, time.Hour)
	}
	_, err := s.Things.Retrieve(ctx, "a")
	var e *Error
	if !errors.Is(err, context.Canceled) || !errors.As(err, &e) || e.Code != "oops" || len(s.Seen) != 1 {
		t.Errorf("%d requests, %v", len(s.Seen), err)
	}
	if err := sleep(t.Context(), time.Nanosecond); err != nil {
		t.Error(err)
	}
}

// clientBroken is an HTTP client whose connections fail in a certain way until
// they have done so n times.
func clientBroken(n int32, fail error) (*http.Client, *atomic.Int32) {
	var tries atomic.Int32
	return &http.Client{Transport: clientTransport(func(r *http.Request) (*http.Response, error) {
		if tries.Add(1) <= n {
			return nil, fail
		}
		w := httptest.NewRecorder()
		clientReply(200, clientOK)(w, r)
		return w.Result(), nil
	})}, &tries
}

type clientTransport func(*http.Request) (*http.Response, error)

func (f clientTransport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestClientRetriesConnections(t *testing.T) {
	reset := &net.OpError{Op: "read", Err: errors.New("connection reset by peer")}
	refused := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	unknown := &net.DNSError{Err: "no such host", Name: "api.example.com"}
	with, without := clientAPI, clientAPI
	without.idempotencyHeader = ""
	for _, c := range []struct {
		name   string
		api    *api
		method string
		fail   error
		want   int32
	}{
		{"POST with a key", &with, http.MethodPost, reset, 3},
		{"POST without", &without, http.MethodPost, reset, 1},
		{"PATCH without", &without, http.MethodPatch, reset, 1},
		{"GET without", &without, http.MethodGet, reset, 3},
		{"PUT without", &without, http.MethodPut, reset, 3},
		{"DELETE without", &without, http.MethodDelete, reset, 3},
		{"POST without, never connected", &without, http.MethodPost, refused, 3},
		{"POST without, no such host", &without, http.MethodPost, unknown, 3},
		{"POST without, own timeout", &without, http.MethodPost, context.DeadlineExceeded, 1},
		{"GET, own timeout", &with, http.MethodGet, context.DeadlineExceeded, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, tries := clientBroken(2, c.fail)
			s := newClientServerOf(t, c.api, clientReply(200, ""), WithHTTPClient(h))
			err := s.core.call(t.Context(), &operation{method: c.method, path: "/v1/things", body: formBody}, nil, nil, nil, nil)
			if tries.Load() != c.want || (err == nil) != (c.want == 3) {
				t.Errorf("%d attempts instead of %d, %v", tries.Load(), c.want, err)
			}
			if err != nil && !errors.Is(err, c.fail) {
				t.Errorf("the cause is lost: %v", err)
			}
		})
	}
}

func TestClientRetriesWithoutIdempotencyKeys(t *testing.T) {
	a := clientAPI
	a.idempotencyHeader = ""
	for _, c := range []struct {
		first http.HandlerFunc
		again bool
	}{
		{clientReply(500, ""), false},
		{clientReply(429, ""), false},
		{clientReply(429, "", "Retry-After", "1"), true},
		{clientReply(409, `{"code":"lock_timeout"}`), false},
		{clientReply(500, "", "Should-Retry", "true"), true},
	} {
		s := newClientServerOf(t, &a, clientSequence(c.first, clientReply(200, clientOK)))
		_, err := s.Things.Make(t.Context(), &clientMakeParams{Name: "a"})
		if (err == nil) != c.again {
			t.Errorf("%v after %d requests", err, len(s.Seen))
		}
		if _, err := s.Things.Make(t.Context(), &clientMakeParams{Name: "a"}, WithIdempotencyKey("k")); err == nil {
			t.Error("a key was taken that can't be sent")
		}
	}
}

func TestClientDoesNotRetryCertificates(t *testing.T) {
	var hits atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	server.Config.ErrorLog = clientSilence
	server.StartTLS()
	defer server.Close()
	plain := newClientServer(t, clientReply(200, clientOK))
	for _, base := range []string{server.URL, strings.Replace(plain.URL, "http:", "https:", 1)} {
		plain.Slept = nil
		_, err := plain.Things.Retrieve(t.Context(), "a", WithBaseURL(base), WithHTTPClient(&http.Client{}))
		if err == nil || len(plain.Slept) != 0 || hits.Load() != 0 {
			t.Errorf("%s: slept %v, %v", base, plain.Slept, err)
		}
	}
}

// What an error wraps decides, however it does.
func TestClientFateOfWrappedErrors(t *testing.T) {
	lost, unsent := errors.New("lost"), &net.OpError{Op: "dial", Err: errors.New("refused")}
	for _, c := range []struct {
		err  error
		want fate
	}{
		{lost, fateLost},
		{&net.OpError{Op: "read", Err: lost}, fateLost},
		{fmt.Errorf("a: %w", unsent), fateUnsent},
		{fmt.Errorf("a: %w", errors.Join(lost, fmt.Errorf("b: %w", unsent))), fateUnsent},
		{errors.Join(lost, &net.DNSError{}), fateUnsent},
		{errors.Join(unsent, http.ErrSchemeMismatch), fateFinal},
		{fmt.Errorf("%w and %w", lost, tls.RecordHeaderError{}), fateFinal},
		{&url.Error{Op: "Get", Err: &tls.CertificateVerificationError{Err: lost}}, fateFinal},
	} {
		if got := fateOf(nil, c.err); got != c.want {
			t.Errorf("%v: got %d, want %d", c.err, got, c.want)
		}
	}
}
