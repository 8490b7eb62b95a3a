package support

import (
	"bytes"
	"cmp"
	"context"
	crand "crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unsafe"
)

// api is what a document says about its interface as a whole. The generated
// package has one, and it is static. A name that is empty means that the
// interface has no such thing.
type api struct {
	server string // base URL without a slash at its end
	// key makes the credential of a client that has only one.
	key     keyMaker
	keyName string // of the header, query parameter or cookie, unless it is Authorization
	// security is what operations ask for that don't say so themselves, as in
	// operation; nil is the key, if there is one.
	security [][]string
	// idempotencyHeader carries a key that makes repeating a request harmless.
	idempotencyHeader string
	requestIDHeader   string // on answers
	retryHeader       string // on answers: "true" or "false", whether to try again
	versionHeader     string
	version           string // what versionHeader says unless WithAPIVersion does
	userAgent         string
}

const (
	formType      = "application/x-www-form-urlencoded"
	jsonType      = "application/json"
	multipartType = "multipart/form-data"
	textType      = "text/plain; charset=utf-8"
)

// core sends requests and reads answers for every service of a client. It
// doesn't change after newCore, so any number of goroutines may share it.
type core struct {
	settings func() *settings // a closure, which printing doesn't enter
	// origin is that of the lists in the answers of most calls.
	origin *origin
	// What follows is replaced in tests.
	sleep  func(ctx context.Context, d time.Duration) error
	random func() float64 // in [0, 1)
	now    func() time.Time
}

// newCore makes what a client's services share. What is wrong with the key or
// an option is reported by each call.
func newCore(a *api, key string, opts []Option) *core {
	var p prover
	if a.key != nil {
		p = keyProver(a.key(theKey, a.keyName, key))
	}
	return makeCore(newSettings(a, p, opts))
}

func makeCore(s *settings) *core {
	c := &core{
		settings: func() *settings { return s },
		sleep:    sleep,
		random:   rand.Float64,
		now:      time.Now,
	}
	c.origin = (&source{core: c, settings: s}).origin()
	return c
}

// call sends one request and decodes its answer into out. The path arguments
// are text, in the order of the operation's parameters. Params may be nil or a
// nil pointer; out is nil where the operation has no content.
func (c *core) call(ctx context.Context, op *operation, args []string, params, out any, opts []Option) error {
	s, req, err := c.prepare(op, args, objectIn(params), opts)
	if err != nil {
		return err
	}
	return c.send(ctx, s, req, objectIn(out))
}

// prepare checks what a call is given and makes its request.
func (c *core) prepare(op *operation, args []string, params object, opts []Option) (*settings, *request, error) {
	if c == nil {
		return nil, nil, errors.New("the client was not made by NewClient")
	}
	s := c.settings().with(opts)
	params = nonNil(params)
	if err := s.check(op, args, params); err != nil {
		return nil, nil, err
	}
	req := &request{op: op}
	if op.server != "" && !s.baseGiven {
		s = s.at(op.server)
	}
	path, err := op.path, error(nil)
	if op.fill != nil {
		path, err = op.fill(path, params)
	}
	if err == nil {
		err = req.fill(s, path, args, params)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", req.label(), err)
	}
	return s, req, nil
}

// check validates what a call is given, unless that is turned off.
func (s *settings) check(op *operation, args []string, params object) error {
	if s.unchecked || s.err != nil {
		return nil
	}
	return validateCall(op, args, params)
}

// nonNil replaces a nil pointer by one to a zero struct, so that what the
// operation requires is still asked for and nothing else meets nil.
func nonNil(params object) object {
	if params == nil || pointerOf(params) != nil {
		return params
	}
	return fresh(params)
}

// fresh returns a new zero object of the same type.
func fresh(o object) object {
	return reflect.New(reflect.TypeOf(o).Elem()).Interface().(object)
}

// request is everything that each attempt sends.
type request struct {
	op          *operation
	path        string // escaped, follows the base URL
	query       string
	url         *url.URL          // of the attempt that comes next, as header
	own         func(http.Header) // sets header and cookie parameters, nil without any
	contentType string            // of the body, "" without one
	key         string            // of idempotency, or ""
	header      http.Header       // of the attempt that comes next; nil where it has to be made again
	body        []byte
	upload      uploader      // a body that is read while it is sent, or nil
	extended    bool          // the body has what WithParam adds
	proofs      []*credential // what it is sent with
	// pick says what takes a success of a status, where that is not one object to
	// decode; nil otherwise.
	pick func(status int) (sink, error)
	// lasts is untilBegun where the answer may be a stream, nil otherwise.
	lasts func(context.Context, time.Duration) (bound context.Context, begun func(), cancel context.CancelFunc)
	// repeatable tells that sending it twice does what sending it once does.
	repeatable bool
}

// label is the method and path as in the document, for messages.
func (r *request) label() string { return r.op.method + " " + r.op.path }

// fill computes the request of a call.
func (r *request) fill(s *settings, path string, args []string, params object) error {
	if s.err != nil {
		return s.err
	}
	var err error
	if path, err = expandPath(path, args); err != nil {
		return err
	}
	r.path, r.query, _ = strings.Cut(path, "?") // which a few documents have there
	if params != nil {
		if err = r.takeQuery(params); err == nil && r.op.own != nil {
			err = r.op.own(r, params)
		}
		if err != nil {
			return err
		}
	}
	return r.complete(s, params)
}

// ownHeaders puts parameters into headers and cookies.
func ownHeaders(r *request, params object) error {
	own := http.Header{}
	r.own = func(h http.Header) {
		for name, values := range own {
			h[name] = slices.Clone(values)
		}
	}
	if err := r.takeHeaders(params, inHeader, func(f *field, value string) { own.Set(f.name, value) }); err != nil {
		return err
	}
	return r.takeHeaders(params, inCookie, func(f *field, value string) {
		if f.style < styleSimple { // others come with their names
			value = f.name + "=" + value
		}
		own.Set("Cookie", joined(own.Get("Cookie"), "; ", value))
	})
}

func (r *request) takeQuery(params object) error {
	text, err := appendParams([]byte(r.query), params, inQuery, r.op.spell)
	r.query = unsafe.String(unsafe.SliceData(text), len(text)) // nobody else has it
	return err
}

// takeHeaders hands each header or cookie parameter to set, and refuses what
// would end its line or, for a cookie, its value (RFC 6265 section 4.1.1).
func (r *request) takeHeaders(params object, in location, set func(f *field, value string)) (err error) {
	failed := paramHeader(params, in, r.op.spell, func(f *field, value string) {
		if !plainText(value) || in == inCookie && f.style < styleSimple && strings.ContainsAny(value, "; \",\\") {
			err = fmt.Errorf("parameter %q has a character that can't be sent", f.name)
			return
		}
		set(f, value)
	})
	return cmp.Or(failed, err)
}

// complete adds the body, the headers and the target's URL.
func (r *request) complete(s *settings, params object) (err error) {
	if r.op.body != nil {
		if r.contentType, err = r.op.body(r, s, params); err != nil {
			return err
		}
	}
	if !r.extended {
		r.query = withPairs(r.query, s.params)
	}
	r.key = s.keyFor(r.op.method)
	r.header = r.headers(s)
	r.repeatable = idempotent(r.op.method) || s.api.idempotencyHeader != "" && r.header.Get(s.api.idempotencyHeader) != ""
	if r.proofs, err = s.proofs(r.op.security, r.header); err != nil {
		return err
	}
	r.url, err = s.target(r.path, r.query)
	return err
}

// headers makes the headers of an attempt, all but the credentials. What an
// attempt was sent with may have been changed on its way.
func (r *request) headers(s *settings) http.Header {
	h := headerMaker{http.Header{}, make([]string, 0, 5)}
	h.set("Content-Type", r.contentType)
	h.set("Accept", cmp.Or(r.op.accept, jsonType))
	h.set("User-Agent", s.api.userAgent)
	h.set(http.CanonicalHeaderKey(s.api.versionHeader), s.version)
	h.set(http.CanonicalHeaderKey(s.api.idempotencyHeader), r.key)
	if r.own != nil {
		r.own(h.header)
	}
	for _, edit := range s.headers {
		edit(h.header)
	}
	return h.header
}

// take returns the URL and the headers for an attempt, which may change them.
func (r *request) take(s *settings) (u *url.URL, h http.Header) {
	if u, h = r.url, r.header; h == nil {
		u, _ = s.target(r.path, r.query) // as before
		h = r.headers(s)
	}
	r.url, r.header = nil, nil
	return u, h
}

// headerMaker sets headers, by their canonical names. Values share their memory.
type headerMaker struct {
	header http.Header
	values []string
}

//go:noinline
func (m *headerMaker) set(name, value string) {
	if name == "" || value == "" {
		return
	}
	n := len(m.values)
	m.values = append(m.values, value)
	m.header[name] = m.values[n : n+1 : n+1]
}

// keyFor returns the idempotency key of a request: the caller's, or a random
// one where the request might be sent twice and its method is not idempotent.
func (s *settings) keyFor(method string) string {
	switch {
	case safe(method):
		return ""
	case s.idempotencyKey == "" && s.maxRetries > 0 && !idempotent(method) && s.api.idempotencyHeader != "":
		return randomUUID()
	}
	return s.idempotencyKey
}

// randomUUID returns a UUID of version 4 (RFC 9562 section 5.4).
func randomUUID() string {
	var b [16]byte
	_, _ = crand.Read(b[:]) // never fails, see its documentation
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 36)
	for i, c := range b {
		if i >= 4 && i <= 10 && i%2 == 0 {
			out = append(out, '-')
		}
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}

// jsonBody makes a body of JSON, one of the functions that an operation has as
// its body.
func jsonBody(r *request, _ *settings, params object) (string, error) {
	body, ok, err := bodyJSON(params)
	if !ok || err != nil {
		return "", err
	}
	r.body = body
	return cmp.Or(r.op.contentType, jsonType), nil
}

// formBody makes a body of type application/x-www-form-urlencoded. It travels
// with POST, PUT and PATCH even when it is empty, as servers insist on the type,
// and with other methods when there is something in it.
func formBody(r *request, s *settings, params object) (string, error) {
	form, err := appendParams(nil, params, inForm, r.op.spell)
	if err != nil || len(form) == 0 && !writes(r.op.method) {
		return "", err
	}
	r.body, r.extended = appendPairs(form, s.params), true
	return formType, nil
}

// textBody makes a text the whole body.
func textBody(r *request, _ *settings, params object) (string, error) {
	for f, at := range sent(params, inText) {
		text, err := part{&f.value, at}.text()
		r.body = []byte(text)
		return cmp.Or(r.op.contentType, textType), err
	}
	return "", nil
}

func writes(method string) bool {
	return method == http.MethodPost || method == http.MethodPut || method == http.MethodPatch
}

// answer is what came back, or why nothing did.
type answer struct {
	status int
	header http.Header
	body   []byte // valid until the attempt ends
	// secrets are what the request was sent with, to cut out of texts.
	secrets secrets
	// broken is why the body is not the whole one.
	broken error
}

func (a *answer) succeeded() bool { return a.status >= 200 && a.status <= 299 }

// sink takes a success: as an object, or by a function, or unread. One without
// any of them wants nothing.
type sink struct {
	object object
	read   func(body []byte, from *origin) error
	valid  func() error    // validates what read has read, if there is anything to
	take   func(*exchange) // the answer as it comes
}

// sink returns what takes an answer.
func (r *request) sink(a *answer, out object) (sink, error) {
	if r.pick == nil || !a.succeeded() {
		return sink{object: out}, nil
	}
	return r.pick(a.status)
}

// attempt sends the request once.
func (c *core) attempt(ctx context.Context, s *settings, req *request, out object) (fate, error) {
	s.report(nil)
	x := s.exchange(ctx, req)
	if err := s.deliver(x, req); err != nil {
		return x.failed(req, err)
	}
	a := &answer{status: x.resp.StatusCode, header: x.resp.Header, secrets: x.secrets}
	s.report(a)
	to, err := req.sink(a, out)
	if to.take != nil {
		to.take(x)
		return fateDone, nil
	}
	buf, ok := buffers.Get().(*[]byte)
	if !ok {
		buf = new([]byte)
	}
	defer func() {
		release(buf)
		x.end()
	}()
	a.broken = withDone(ctx, read(buf, x.resp, s.bodyLimit(a, to)))
	a.body = *buf
	return c.understand(s, req, a, to, err)
}

// uploader is a body that is read while it is sent: an upload, whose code is
// only linked where an operation makes one.
type uploader interface {
	again() bool // whether it can be sent once more, or has not been read yet
	open(context.Context) sentBody
}

// sentBody is an uploader during one attempt.
type sentBody interface {
	io.ReadCloser
	length() int64 // -1 where it is not known
	end(done <-chan struct{}) error
}

// exchange is one attempt while it lasts.
type exchange struct {
	ctx    context.Context // the call's
	bound  context.Context // with the time limit of the attempt
	begun  func()          // lifts that limit
	cancel context.CancelFunc
	body   sentBody // nil where the body is in memory
	resp   *http.Response
	// secrets are what the request proves with who the caller is; denied is why
	// there is nothing to prove it with.
	secrets secrets
	denied  error
}

// exchange begins an attempt. Its time limit covers the answer's body too,
// unless that turns out to be a stream.
func (s *settings) exchange(ctx context.Context, req *request) *exchange {
	x := &exchange{ctx: ctx}
	switch {
	case req.lasts != nil:
		x.bound, x.begun, x.cancel = req.lasts(ctx, s.timeout)
	case s.timeout > 0:
		x.bound, x.cancel = context.WithTimeout(ctx, s.timeout)
	default:
		x.bound = ctx
	}
	if req.upload != nil {
		x.body = req.upload.open(x.bound)
	}
	return x
}

// end gives back what the attempt holds. It returns why a file of the request
// could not be read.
func (x *exchange) end() error {
	if x.resp != nil {
		_ = x.resp.Body.Close()
	}
	if x.cancel != nil {
		x.cancel()
	}
	if x.body == nil {
		return nil
	}
	return x.body.end(x.ctx.Done())
}

// failed ends an attempt that brought no answer.
func (x *exchange) failed(req *request, err error) (fate, error) {
	broken := x.end()
	if broken == nil {
		broken = x.denied
	}
	if broken != nil {
		return fateFinal, fmt.Errorf("%s: %w", req.label(), withDone(x.ctx, hideSecrets(broken, x.secrets)))
	}
	return fateOf(x.resp, err), transportError(x.ctx, err, x.secrets)
}

// deliver hands the request to the HTTP client. As there, an error with a
// response beside it is about a redirect.
func (s *settings) deliver(x *exchange, req *request) error {
	h := (&http.Request{Method: req.op.method, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Body: http.NoBody}).WithContext(x.bound)
	h.URL, h.Header = req.take(s)
	h.Host = h.URL.Host
	if host := h.Header["Host"]; len(host) > 0 && host[0] != "" {
		h.Host = host[0] // net/http reads it here alone
	}
	x.give(h, req.body)
	err := x.authorize(h, req.proofs)
	if err == nil {
		x.resp, err = s.sender(req.proofs).Do(h)
	}
	return err
}

// give adds the body. The HTTP client must not repeat what is read while it is
// sent, so it is only told how to repeat what is in memory.
func (x *exchange) give(h *http.Request, body []byte) {
	switch {
	case x.body != nil && x.body.length() != 0:
		h.Body, h.ContentLength = x.body, x.body.length()
	case len(body) > 0:
		h.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		h.Body, _ = h.GetBody()
		h.ContentLength = int64(len(body))
	}
}

// authorize adds what proves who the caller is, and remembers what is secret of
// it for as long as the attempt lasts.
func (x *exchange) authorize(h *http.Request, proofs []*credential) error {
	for _, c := range proofs {
		secrets, err := c.add(x.bound, h)
		if err != nil {
			x.denied = err
			return err
		}
		x.secrets = x.secrets.and(secrets)
	}
	return nil
}

// understand decodes the answer, or makes the error that it is. An answer that
// nothing takes is an error too, unless it has no content.
func (c *core) understand(s *settings, req *request, a *answer, to sink, odd error) (fate, error) {
	switch {
	case !a.succeeded():
		return fateAnswered, newError(s, req, a, a.broken)
	case odd != nil && len(a.body) > 0:
		return fateUseless, newError(s, req, a, odd)
	case to.object == nil && to.read == nil:
		return fateDone, nil
	case a.broken != nil:
		return fateBroken, newError(s, req, a, a.broken)
	}
	from := c.originOf(s, req)
	if err := to.decode(a.body, from); err != nil {
		return fateUseless, newError(s, req, a, err)
	}
	if s.validate != nil {
		if err := s.validate(to); err != nil {
			return fateUseless, newError(s, req, a, err)
		}
	}
	if p, ok := pageOf(to.object); ok {
		p.comesFrom(req, from)
	}
	return fateDone, nil
}

func (to sink) decode(body []byte, from *origin) error {
	if to.read != nil {
		return to.read(body, from)
	}
	return decode(body, to.object, from)
}

// validate checks what has been decoded.
func (to sink) validate() error {
	switch {
	case to.valid != nil:
		return to.valid()
	case to.object != nil:
		return Validate(to.object)
	}
	return nil
}

// bodyLimit is the number of bytes to read of a body: few of one that nobody
// wants, only so that the connection can be used again.
func (s *settings) bodyLimit(a *answer, to sink) int64 {
	if to.object == nil && to.read == nil && a.succeeded() {
		return min(s.maxResponse, 64<<10)
	}
	return s.maxResponse
}

// ErrResponseTooLarge is the cause of an [Error] whose answer was longer than
// WithMaxResponseBytes allows.
var ErrResponseTooLarge = errors.New("the response is longer than the limit")

// read appends the body to buf. Reading up to its end lets the connection be
// used again; a body over the limit gives its connection up.
func read(buf *[]byte, resp *http.Response, limit int64) error {
	// A byte more, so that the end needs no more memory to be seen.
	room := int(max(0, min(resp.ContentLength, limit, keptBuffer))) + 1
	for {
		b := *buf
		if cap(b)-len(b) < room {
			b = slices.Grow(b, max(room, bytes.MinRead))
		}
		room = 1
		n, err := resp.Body.Read(b[len(b):min(int64(cap(b)), limit+1)])
		b = b[:len(b)+n]
		*buf = b
		switch {
		case err != nil && err != io.EOF:
			return err
		case int64(len(b)) > limit:
			*buf = b[:limit]
			return ErrResponseTooLarge
		case err != nil:
			return nil
		}
	}
}

// buffers holds the memory of bodies between calls: decoding copies what it
// keeps.
var buffers sync.Pool

// keptBuffer is the size in bytes above which a buffer is left to the garbage
// collector, so that one large answer doesn't stay.
const keptBuffer = 1 << 20

func release(buf *[]byte) {
	if cap(*buf) <= keptBuffer+bytes.MinRead {
		*buf = (*buf)[:0]
		buffers.Put(buf)
	}
}

// transportError rewrites the error of an HTTP client: the URL loses its
// query, the text what is secret, and a context that is done shows through whatever
// the error was.
func transportError(ctx context.Context, err error, hide secrets) error {
	if u, ok := err.(*url.Error); ok {
		err = &url.Error{Op: u.Op, URL: beforeQuery(u.URL), Err: hideSecrets(u.Err, hide)}
	} else {
		err = hideSecrets(err, hide)
	}
	return withDone(ctx, err)
}

// withDone makes sure that errors.Is finds why the context ended, which an
// HTTP client may report as the context's cause alone.
func withDone(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if done := ctx.Err(); done != nil && !errors.Is(err, done) {
		return fmt.Errorf("%w: %w", done, err)
	}
	return err
}

func beforeQuery(target string) string {
	if i := strings.IndexAny(target, "?#"); i >= 0 {
		return target[:i]
	}
	return target
}

// hidden is an error whose text would show what is secret.
type hidden struct {
	_ incomparable
	error
	text string
}

func (e *hidden) Error() string { return e.text }
func (e *hidden) Unwrap() error { return e.error }

func hideSecrets(err error, hide secrets) error {
	text := err.Error()
	if without := redactAll(text, hide); without != text {
		return &hidden{error: err, text: without}
	}
	return err
}

// redact replaces the key wherever it occurs: plain, escaped for a URL, or as
// basic authentication spells it. Keys too short to be secrets stay, as they
// would take ordinary words with them.
func redact(text, key string) string {
	if len(key) < 8 {
		return text
	}
	for _, form := range []string{key, url.QueryEscape(key), basicPair(key)} {
		text = strings.ReplaceAll(text, form, "[key]")
	}
	return text
}
