package support

import (
	"context"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"reflect"
	"sync"
	"testing"
	"time"
	"unsafe"
)

// What follows is written as the generator writes it: a resource with a list,
// an object that embeds that list, a list of unions, and their services.

type clientThing struct {
	ID    string
	Name  Optional[string]
	extra members
}

var clientThingDescribed = descriptor{built: unsafe.Pointer(&clientThingTable)}

func (*clientThing) table() *descriptor { return &clientThingDescribed }

var clientThingTable = table{
	name: "clientThing", typ: reflect.TypeFor[clientThing](), size: unsafe.Sizeof(clientThing{}),
	fields: []field{
		{name: "id", off: unsafe.Offsetof(clientThing{}.ID), required: true, value: value{kind: kindString}},
		{name: "name", off: unsafe.Offsetof(clientThing{}.Name), value: value{kind: kindString, opt: true}},
	},
	extra: unsafe.Offsetof(clientThing{}.extra), id: "id",
}

type clientThingList struct {
	Data    []clientThing
	HasMore bool
	URL     string
	origin  *origin
	extra   members
}

var clientThingListDescribed = descriptor{built: unsafe.Pointer(&clientThingListTable)}

func (*clientThingList) table() *descriptor { return &clientThingListDescribed }

var clientThingListTable = table{
	name: "clientThingList", typ: reflect.TypeFor[clientThingList](), size: unsafe.Sizeof(clientThingList{}),
	fields: []field{
		{name: "data", off: unsafe.Offsetof(clientThingList{}.Data), required: true,
			value: value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*clientThing)(nil)}}},
		{name: "has_more", off: unsafe.Offsetof(clientThingList{}.HasMore), required: true, value: value{kind: kindBool}},
		{name: "url", off: unsafe.Offsetof(clientThingList{}.URL), required: true, value: value{kind: kindString}},
	},
	extra: unsafe.Offsetof(clientThingList{}.extra),
	list: &list{data: "data", more: "has_more", url: "url", after: "starting_after", before: "ending_before",
		origin: unsafe.Offsetof(clientThingList{}.origin), itemID: "id"},
}

func (p *clientThingList) Next(ctx context.Context, opts ...Option) (*clientThingList, error) {
	var out clientThingList
	if err := nextPage(ctx, p, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

func (p *clientThingList) Previous(ctx context.Context, opts ...Option) (*clientThingList, error) {
	var out clientThingList
	if err := previousPage(ctx, p, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

func (p *clientThingList) All(ctx context.Context, opts ...Option) iter.Seq2[*clientThing, error] {
	return eachItem[*clientThing](pagesFrom(ctx, p, opts))
}

// clientBox embeds a list, and one more below a pointer.
type clientBox struct {
	ID     string
	Things clientThingList
	Inner  Optional[*clientBox]
	extra  members
}

var clientBoxDescribed = descriptor{built: unsafe.Pointer(&clientBoxTable)}

func (*clientBox) table() *descriptor { return &clientBoxDescribed }

var clientBoxTable = table{
	name: "clientBox", typ: reflect.TypeFor[clientBox](), size: unsafe.Sizeof(clientBox{}),
	fields: []field{
		{name: "id", off: unsafe.Offsetof(clientBox{}.ID), required: true, value: value{kind: kindString}},
		{name: "things", off: unsafe.Offsetof(clientBox{}.Things), required: true,
			value: value{kind: kindStruct, sub: (*clientThingList)(nil)}},
		{name: "inner", off: unsafe.Offsetof(clientBox{}.Inner),
			value: value{kind: kindPointer, opt: true, sub: (*clientBox)(nil)}},
	},
	extra: unsafe.Offsetof(clientBox{}.extra), id: "id",
}

// clientEither is a union of a thing and a box.
type clientEither interface{ clientEither() }

func (*clientThing) clientEither() {}
func (*clientBox) clientEither()   {}
func (Raw) clientEither()          {}

type clientEitherUnion struct{}

var clientEitherUnionDescribed = choice{made: unsafe.Pointer(&clientEitherTable)}

func (clientEitherUnion) union() madeUnion { return &clientEitherUnionDescribed }

var clientEitherTable = union{
	read: (*decoder).readUnion, judge: (*evaluation).variant,
	name: "clientEither", by: "object",
	variants: []variant{
		{value: value{kind: kindStruct, sub: (*clientThing)(nil)}, tags: []string{"thing"},
			set: func(dst, p unsafe.Pointer) { *(*clientEither)(dst) = (*clientThing)(p) }},
		{value: value{kind: kindStruct, sub: (*clientBox)(nil)}, tags: []string{"box"},
			set: func(dst, p unsafe.Pointer) { *(*clientEither)(dst) = (*clientBox)(p) }},
	},
	get: func(p unsafe.Pointer) (int, unsafe.Pointer) {
		switch v := (*(*clientEither)(p)).(type) {
		case *clientThing:
			return 0, unsafe.Pointer(v)
		case *clientBox:
			return 1, unsafe.Pointer(v)
		case Raw:
			return -1, unsafe.Pointer(&v)
		}
		return -2, nil
	},
	setRaw: func(dst unsafe.Pointer, raw Raw) { *(*clientEither)(dst) = raw },
}

type clientEitherList struct {
	Data    Optional[[]clientEither]
	HasMore Optional[bool]
	origin  *origin
	extra   members
}

var clientEitherListDescribed = descriptor{built: unsafe.Pointer(&clientEitherListTable)}

func (*clientEitherList) table() *descriptor { return &clientEitherListDescribed }

var clientEitherListTable = table{
	name: "clientEitherList", typ: reflect.TypeFor[clientEitherList](), size: unsafe.Sizeof(clientEitherList{}),
	fields: []field{
		{name: "data", off: unsafe.Offsetof(clientEitherList{}.Data), value: value{kind: kindSlice, opt: true,
			elem: &value{kind: kindUnion, union: clientEitherUnion{}, typ: reflect.TypeFor[clientEither]()}}},
		{name: "has_more", off: unsafe.Offsetof(clientEitherList{}.HasMore), value: value{kind: kindBool, opt: true}},
	},
	extra: unsafe.Offsetof(clientEitherList{}.extra),
	list: &list{data: "data", more: "has_more", after: "starting_after", before: "ending_before",
		origin: unsafe.Offsetof(clientEitherList{}.origin), itemID: "id"},
}

func (p *clientEitherList) All(ctx context.Context, opts ...Option) iter.Seq2[clientEither, error] {
	return eachValue[clientEither](pagesFrom(ctx, p, opts))
}

type clientListParams struct {
	Limit         Optional[int64]
	StartingAfter string
	EndingBefore  string
	Kind          string
	Trace         string
	Flavour       string
}

var clientListParamsDescribed = descriptor{built: unsafe.Pointer(&clientListParamsTable)}

func (*clientListParams) table() *descriptor { return &clientListParamsDescribed }

var clientListParamsTable = table{
	name: "clientListParams", typ: reflect.TypeFor[clientListParams](), size: unsafe.Sizeof(clientListParams{}), params: true,
	fields: []field{
		{name: "limit", off: unsafe.Offsetof(clientListParams{}.Limit), in: inQuery, value: value{kind: kindInt64, opt: true}},
		{name: "starting_after", off: unsafe.Offsetof(clientListParams{}.StartingAfter), in: inQuery, value: value{kind: kindString}},
		{name: "ending_before", off: unsafe.Offsetof(clientListParams{}.EndingBefore), in: inQuery, value: value{kind: kindString}},
		{name: "kind", off: unsafe.Offsetof(clientListParams{}.Kind), in: inQuery, value: value{kind: kindString}},
		{name: "X-Trace", off: unsafe.Offsetof(clientListParams{}.Trace), in: inHeader, value: value{kind: kindString}},
		{name: "flavour", off: unsafe.Offsetof(clientListParams{}.Flavour), in: inCookie, value: value{kind: kindString}},
	},
}

type clientMakeParams struct {
	Name string
	Note string
}

var clientMakeParamsDescribed = descriptor{built: unsafe.Pointer(&clientMakeParamsTable)}

func (*clientMakeParams) table() *descriptor { return &clientMakeParamsDescribed }

var clientMakeParamsTable = table{
	name: "clientMakeParams", typ: reflect.TypeFor[clientMakeParams](), size: unsafe.Sizeof(clientMakeParams{}), params: true,
	fields: []field{
		{name: "name", off: unsafe.Offsetof(clientMakeParams{}.Name), in: inForm, required: true,
			value: value{kind: kindString, check: check{{op: opMinLength, n: 1}}}},
		{name: "note", off: unsafe.Offsetof(clientMakeParams{}.Note), in: inForm, value: value{kind: kindString}},
	},
}

type clientJSONParams struct{ Body Raw }

var clientJSONParamsDescribed = descriptor{built: unsafe.Pointer(&clientJSONParamsTable)}

func (*clientJSONParams) table() *descriptor { return &clientJSONParamsDescribed }

var clientJSONParamsTable = table{
	name: "clientJSONParams", typ: reflect.TypeFor[clientJSONParams](), size: unsafe.Sizeof(clientJSONParams{}), params: true,
	fields: []field{{name: "", off: unsafe.Offsetof(clientJSONParams{}.Body), in: inJSON, value: value{kind: kindRaw}}},
}

// clientOddity is the body of an error that the document describes.
type clientOddity struct {
	Title string
	extra members
}

var clientOddityDescribed = descriptor{built: unsafe.Pointer(&clientOddityTable)}

func (*clientOddity) table() *descriptor { return &clientOddityDescribed }

var clientOddityTable = table{
	name: "clientOddity", typ: reflect.TypeFor[clientOddity](), size: unsafe.Sizeof(clientOddity{}),
	fields: []field{{name: "title", off: unsafe.Offsetof(clientOddity{}.Title), required: true, value: value{kind: kindString}}},
	extra:  unsafe.Offsetof(clientOddity{}.extra),
}

type clientThings struct{ core *core }

func (s clientThings) Retrieve(ctx context.Context, thing string, opts ...Option) (*clientThing, error) {
	var out clientThing
	if err := s.core.call(ctx, &operation{method: http.MethodGet, path: "/v1/things/{thing}"}, []string{thing}, nil, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

func (s clientThings) List(ctx context.Context, params *clientListParams, opts ...Option) (*clientThingList, error) {
	var out clientThingList
	if err := s.core.call(ctx, &operation{method: http.MethodGet, path: "/v1/things", own: ownHeaders}, nil, params, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

func (s clientThings) All(ctx context.Context, params *clientListParams, opts ...Option) iter.Seq2[*clientThing, error] {
	return eachItem[*clientThing](s.core.pages(ctx, &operation{method: http.MethodGet, path: "/v1/things", own: ownHeaders}, nil, params, (*clientThingList)(nil), opts))
}

func (s clientThings) Make(ctx context.Context, params *clientMakeParams, opts ...Option) (*clientThing, error) {
	var out clientThing
	if err := s.core.call(ctx, &operation{method: http.MethodPost, path: "/v1/things", body: formBody}, nil, params, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

func (s clientThings) Remove(ctx context.Context, thing string, opts ...Option) error {
	return s.core.call(ctx, &operation{method: http.MethodDelete, path: "/v1/things/{thing}", body: formBody}, []string{thing}, nil, nil, opts)
}

func (s clientThings) Box(ctx context.Context, box string, opts ...Option) (*clientBox, error) {
	var out clientBox
	if err := s.core.call(ctx, &operation{method: http.MethodGet, path: "/v1/boxes/{box}"}, []string{box}, nil, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

func (s clientThings) Either(ctx context.Context, opts ...Option) (*clientEitherList, error) {
	var out clientEitherList
	if err := s.core.call(ctx, &operation{method: http.MethodGet, path: "/v1/either"}, nil, nil, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

type clientClient struct {
	Things clientThings
	core   *core
}

var clientAPI = api{
	server: "https://api.example.com", key: basicKey,
	idempotencyHeader: "Idempotency-Key", requestIDHeader: "Request-Id", retryHeader: "Should-Retry",
	versionHeader: "Api-Version", version: "2026-01-01", userAgent: "things/1.0 oaken",
}

const clientKey = "sk_test_opensesame"

func newClientClient(a *api, key string, opts ...Option) *clientClient {
	c := newCore(a, key, opts)
	return &clientClient{Things: clientThings{c}, core: c}
}

// clientSeen is a request as a server got it.
type clientSeen struct {
	Method, URI, Body string
	Header            http.Header
}

// clientServer is a server that remembers its requests, and a client of it
// that remembers its sleeps instead of sleeping.
type clientServer struct {
	*clientClient
	URL    string
	Server *httptest.Server
	mu     sync.Mutex
	Seen   []clientSeen
	Slept  []time.Duration
}

func newClientServer(t *testing.T, h http.HandlerFunc, opts ...Option) *clientServer {
	t.Helper()
	return newClientServerOf(t, &clientAPI, h, opts...)
}

func newClientServerOf(t *testing.T, a *api, h http.HandlerFunc, opts ...Option) *clientServer {
	t.Helper()
	s := &clientServer{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.note(r)
		h(w, r)
	}))
	t.Cleanup(s.Server.Close)
	s.URL = s.Server.URL
	all := append([]Option{WithBaseURL(s.URL), WithHTTPClient(s.Server.Client())}, opts...)
	s.clientClient = newClientClient(a, clientKey, all...)
	s.core.random = func() float64 { return 0.5 }
	s.core.sleep = func(ctx context.Context, d time.Duration) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.Slept = append(s.Slept, d)
		return ctx.Err()
	}
	return s
}

func (s *clientServer) note(r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Seen = append(s.Seen, clientSeen{r.Method, r.RequestURI, string(body), r.Header.Clone()})
}

// clientSequence answers with one handler after the other, and stays with the
// last.
func clientSequence(handlers ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		h := handlers[0]
		if len(handlers) > 1 {
			handlers = handlers[1:]
		}
		mu.Unlock()
		h(w, r)
	}
}

// clientReply answers with a status, a body and headers.
func clientReply(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Request-Id", "req_1")
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

const clientOK = `{"id":"th_1"}`
