package support

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// An Option changes how a client, or one call, sends requests. NewClient and
// every method take the same options; what a call says goes before what its
// client says. An option that is wrong is reported by the call, before
// anything is sent.
type Option func(*settings)

// settings are the options of a client or a call, applied. Credentials and
// headers are in closures, so that not even printing settings shows them.
type settings struct {
	api         *api
	http        *http.Client // the caller's
	client      *http.Client // the same with a rule for redirects; nil where that is to be made
	base        *url.URL     // nil while no server is known
	baseGiven   bool         // by WithBaseURL
	prover      prover       // nil where nothing can be asked for
	version     string
	headers     []func(http.Header)
	maxRetries  int
	timeout     time.Duration // of one attempt; 0: no limit but the context's
	timed       bool          // by WithTimeout
	maxResponse int64         // bytes
	unchecked   bool
	validate    func(sink) error // validates an answer; a function, so that only who asks for that links it
	forClient   bool             // while the options of NewClient are applied
	err         error            // the first thing that is wrong
	once
}

// once is the part of the settings that holds for a call but not for further
// pages of its list.
type once struct {
	idempotencyKey string
	params         []pair
	response       func(Response)    // nil unless WithResponse asks for it
	received       func(http.Header) // nil unless headers are asked for
}

// Defaults, which the documentation of their options states.
const (
	defaultRetries     = 2
	defaultTimeout     = 80 * time.Second
	defaultMaxResponse = 64 << 20
)

func newSettings(a *api, p prover, opts []Option) *settings {
	s := &settings{
		api:         a,
		prover:      p,
		http:        sharedClient(),
		version:     a.version,
		maxRetries:  defaultRetries,
		timeout:     defaultTimeout,
		maxResponse: defaultMaxResponse,
		forClient:   true,
	}
	if a.server != "" {
		s.setBase(a.server)
	}
	s.apply(opts)
	s.forClient = false
	s.client = s.followingSafely(nil)
	return s
}

// shared is the HTTP client of every client that was given none: what it keeps
// open is shared between them.
var shared struct {
	once   sync.Once
	client *http.Client
}

func sharedClient() *http.Client {
	shared.once.Do(func() { shared.client = newHTTPClient() })
	return shared.client
}

func newHTTPClient() *http.Client {
	t, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return &http.Client{}
	}
	t = t.Clone()
	t.MaxIdleConnsPerHost = 16 // one server gets all the requests
	t.DialContext = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	return &http.Client{Transport: t}
}

// with returns the settings of a call. Without options they are the client's
// own, which nobody changes.
func (s *settings) with(opts []Option) *settings {
	if len(opts) == 0 && s.base != nil {
		return s
	}
	c := *s
	// Appending in a call must not write into memory that calls share.
	c.headers = c.headers[:len(c.headers):len(c.headers)]
	c.params = c.params[:len(c.params):len(c.params)]
	c.apply(opts)
	if c.err == nil {
		c.err = c.ready()
	}
	if c.client == nil {
		c.client = c.followingSafely(nil)
	}
	return &c
}

// at returns the settings of a call to another server.
func (s *settings) at(server string) *settings {
	c := *s
	c.setBase(server)
	return &c
}

func (s *settings) apply(opts []Option) {
	for _, opt := range opts {
		if opt != nil {
			opt(s)
		}
	}
}

// lasting returns the settings for further pages of a list: parameters that
// the client adds to every request stay, those of the call don't.
func (s *settings) lasting(c *core) *settings {
	own := c.settings()
	if s == own {
		return s
	}
	l := *s
	l.once = own.once
	return &l
}

// fail remembers the first thing that is wrong.
func (s *settings) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf(format, args...)
	}
}

// ready tells what is missing for any request.
func (s *settings) ready() error {
	if s.base == nil {
		return errors.New("the API has no server of its own: use WithBaseURL")
	}
	return nil
}

func (s *settings) setBase(text string) {
	base, err := parseBase(text)
	if err != nil {
		s.fail("the base URL can't be used: %w", err)
		return
	}
	s.base = base
}

// WithHTTPClient sends requests with h instead of a client of the package's
// own. Its Timeout, Transport, Jar and CheckRedirect count, and an attempt has
// no other time limit unless WithTimeout sets one. h itself is not changed.
func WithHTTPClient(h *http.Client) Option {
	return func(s *settings) {
		if h == nil {
			s.fail("WithHTTPClient: the client is nil")
			return
		}
		s.http, s.client = h, nil
		if !s.timed {
			s.timeout = 0
		}
	}
}

// WithBaseURL sends requests to another server, such as a mock: an absolute
// http or https URL, with a path if all paths are below it.
func WithBaseURL(base string) Option {
	return func(s *settings) {
		s.baseGiven = true
		s.setBase(base)
	}
}

// WithAPIKey uses another key.
func WithAPIKey(key string) Option {
	return func(s *settings) {
		if s.api.key == nil {
			if s.api.security != nil {
				s.fail("WithAPIKey: this API has several credentials: use WithCredentials")
			}
			return // without any there is nothing to replace
		}
		s.prover = keyProver(s.api.key(theKey, s.api.keyName, key))
	}
}

// WithAPIVersion asks for another version of the API than the one that this
// package was generated from.
func WithAPIVersion(version string) Option {
	return func(s *settings) {
		switch {
		case s.api.versionHeader == "":
			s.fail("WithAPIVersion: this API has no version header")
		case !plainText(version):
			s.fail("WithAPIVersion: the version has a control character")
		default:
			s.version = version
		}
	}
}

// WithHeader sets a header, instead of what the package or the parameters
// would set.
func WithHeader(name, value string) Option {
	return func(s *settings) {
		if !isToken(name) {
			s.fail("WithHeader: %q is not the name of a header", name)
			return
		}
		if !plainText(value) {
			s.fail("WithHeader: the value of %q has a control character", name)
			return
		}
		s.headers = append(s.headers, func(h http.Header) { h.Set(name, value) })
	}
}

// WithParam adds a parameter that the API's description doesn't have: to the
// form that is the body, or to the query where the body is none, or is an
// [Upload], which holds the caller's own. Name and value are escaped. It doesn't
// replace a parameter of the same name.
func WithParam(name, value string) Option {
	return func(s *settings) {
		if name == "" {
			s.fail("WithParam: the name is empty")
			return
		}
		s.params = append(s.params, pair{name: name, value: value})
	}
}

// WithIdempotencyKey names a call, so that the server carries it out once
// however often it arrives: at most 255 characters, without control
// characters. It is an option of a call, not of a client. Without it, POST and
// PATCH get a random key, unless there are no retries. GET, HEAD and OPTIONS
// change nothing and are sent without one.
func WithIdempotencyKey(key string) Option {
	return func(s *settings) {
		switch {
		case s.api.idempotencyHeader == "":
			s.fail("WithIdempotencyKey: this API has no idempotency keys")
		case s.forClient:
			s.fail("WithIdempotencyKey is an option of a call, not of a client")
		case key == "" || len(key) > maxKey || !plainText(key):
			s.fail("WithIdempotencyKey: a key has 1 to %d characters and no control characters", maxKey)
		default:
			s.idempotencyKey = key
		}
	}
}

// maxKey is the greatest length of an idempotency key, in bytes.
const maxKey = 255

// WithMaxRetries sets how often a request is tried again, 2 by default.
// A request is tried again when the connection fails, or when the server says
// that it is busy (409 for a lock, 429, 5xx), and only if doing it twice does
// no harm: because of its method, its idempotency key, or because it never
// arrived. An [Upload] that can't be read again is not sent again. The wait
// doubles from half a second to eight, less a random part, and is no shorter
// than the server's Retry-After. A call that would wait longer than its context
// allows, or longer than a minute, returns at once with the error of the last
// attempt.
func WithMaxRetries(n int) Option {
	return func(s *settings) {
		if n < 0 {
			s.fail("WithMaxRetries: %d is negative", n)
			return
		}
		s.maxRetries = n
	}
}

// WithTimeout limits each attempt, from its start to the end of the answer's
// body, or to the beginning of a [Stream]: 80 seconds by default. The context
// limits the call as a whole, waits included.
func WithTimeout(d time.Duration) Option {
	return func(s *settings) {
		if d <= 0 {
			s.fail("WithTimeout: %v is not a time limit", d)
			return
		}
		s.timeout, s.timed = d, true
	}
}

// WithMaxResponseBytes limits the size of an answer's body, 64 MiB by default.
// A longer one is an [Error] whose cause is [ErrResponseTooLarge]. A [Stream]
// has no limit.
func WithMaxResponseBytes(n int64) Option {
	return func(s *settings) {
		if n <= 0 || n >= 1<<31-1 {
			s.fail("WithMaxResponseBytes: %d is not between 1 byte and 2 GiB", n)
			return
		}
		s.maxResponse = n
	}
}

// WithoutValidation sends parameters without checking them first.
func WithoutValidation() Option { return func(s *settings) { s.unchecked = true } }

// WithAnswerValidation makes an answer that breaks a rule of the document an
// error, an *Error that wraps a *ValidationError with every such rule. Without it
// such an answer is returned as it came: servers are newer than documents, and
// break them.
func WithAnswerValidation() Option { return func(s *settings) { s.validate = sink.validate } }

// Response is what an answer holds beside its body.
type Response struct {
	Status    int
	Header    http.Header
	RequestID string
}

// WithResponse stores into r what the last attempt of a call brought, also
// when the call returns an error; a zero Response means that no answer
// arrived. It is an option of a call, not of a client.
func WithResponse(r *Response) Option {
	return func(s *settings) {
		if s.forClient || r == nil {
			s.fail("WithResponse is an option of a call, with a Response to store into")
			return
		}
		s.response = func(of Response) {
			*r = of
			r.Header = of.Header.Clone()
		}
	}
}

// report stores the answer, or that there is none.
func (s *settings) report(a *answer) {
	if s.received != nil && a == nil {
		s.received(nil)
	} else if s.received != nil {
		s.received(a.header)
	}
	switch {
	case s.response == nil:
	case a == nil:
		s.response(Response{})
	default:
		s.response(Response{Status: a.status, Header: a.header, RequestID: s.requestID(a)})
	}
}

//go:noinline
func (s *settings) requestID(a *answer) string {
	if s.api.requestIDHeader == "" {
		return ""
	}
	return a.header.Get(s.api.requestIDHeader)
}

// plainText tells whether s has no control characters: it can be the value of
// a header (RFC 9110 section 5.5).
func plainText(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) < 0
}

// isToken tells whether s is a token (RFC 9110 section 5.6.2).
func isToken(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
		return !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	}) < 0
}

// sleep waits for d, or until the context is done.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	select {
	case <-ctx.Done():
		t.Stop()
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
