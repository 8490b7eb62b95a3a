package support

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// clientPages serves seven things in pages of limit, or three.
func clientPages(w http.ResponseWriter, r *http.Request) {
	const n = 7
	q := r.URL.Query()
	limit := 3
	if l, err := strconv.Atoi(q.Get("limit")); err == nil {
		limit = l
	}
	from, to, more := 0, 0, false
	if before := q.Get("ending_before"); before != "" {
		to, _ = strconv.Atoi(before)
		to--
		from = max(0, to-limit)
		more = from > 0
	} else {
		from, _ = strconv.Atoi(q.Get("starting_after"))
		to = min(n, from+limit)
		more = to < n
	}
	clientPage(w, more, from+1, to)
}

// clientPage answers with the things from one number to another.
func clientPage(w http.ResponseWriter, more bool, from, to int) {
	var items []map[string]any
	for i := from; i <= to; i++ {
		items = append(items, map[string]any{"id": strconv.Itoa(i)})
	}
	if items == nil {
		items = []map[string]any{}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": items, "has_more": more, "url": "/v1/things"})
}

// clientIDs collects what a sequence yields.
func clientIDs(t *testing.T, seq iter.Seq2[*clientThing, error]) (string, error) {
	t.Helper()
	var ids []string
	var last error
	for thing, err := range seq {
		if (thing == nil) == (err == nil) {
			t.Fatalf("yielded %v and %v", thing, err)
		}
		if last != nil {
			t.Fatalf("yielded %v, %v after an error", thing, err)
		}
		if last = err; err == nil {
			ids = append(ids, thing.ID)
		}
	}
	return strings.Join(ids, " "), last
}

func clientURIs(s *clientServer) []string {
	var uris []string
	for _, r := range s.Seen {
		uris = append(uris, strings.TrimPrefix(r.URI, "/v1/things"))
	}
	s.Seen = nil
	return uris
}

func TestClientListForward(t *testing.T) {
	s := newClientServer(t, clientPages)
	all := s.Things.All(t.Context(), &clientListParams{Kind: "a/b", Trace: "t1"}, WithParam("x", "y"), WithHeader("Z", "z"))
	for range 2 { // a sequence can be used again
		ids, err := clientIDs(t, all)
		if ids != "1 2 3 4 5 6 7" || err != nil {
			t.Fatalf("%s, %v", ids, err)
		}
		for _, r := range s.Seen {
			if r.Header.Get("X-Trace") != "t1" || r.Header.Get("Z") != "z" || r.Header.Get("Authorization") == "" {
				t.Errorf("%+v", r)
			}
		}
		want := []string{"?kind=a%2Fb&x=y", "?kind=a%2Fb&starting_after=3&x=y", "?kind=a%2Fb&starting_after=6&x=y"}
		if got := clientURIs(s); !slices.Equal(got, want) {
			t.Errorf("asked %q", got)
		}
	}
}

func TestClientListBackward(t *testing.T) {
	s := newClientServer(t, clientPages)
	ids, err := clientIDs(t, s.Things.All(t.Context(), &clientListParams{EndingBefore: "7", Limit: Int(2)}))
	if ids != "6 5 4 3 2 1" || err != nil {
		t.Errorf("%s, %v", ids, err)
	}
	want := []string{"?limit=2&ending_before=7", "?limit=2&ending_before=5", "?limit=2&ending_before=3"}
	if got := clientURIs(s); !slices.Equal(got, want) {
		t.Errorf("asked %q", got)
	}
}

// What a loop does to its items must not lead to another page.
func TestClientListItemsMayChange(t *testing.T) {
	s := newClientServer(t, clientPages)
	for _, params := range []*clientListParams{{}, {EndingBefore: "8"}} {
		n := 0
		for thing, err := range s.Things.All(t.Context(), params) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			thing.ID = ""
		}
		if n != 7 {
			t.Errorf("%d things", n)
		}
	}
}

func TestClientListTurnsPages(t *testing.T) {
	s := newClientServer(t, clientPages)
	ctx := t.Context()
	first, err := s.Things.List(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if page, err := first.Previous(ctx); !errors.Is(err, ErrNoMorePages) || page != nil {
		t.Errorf("before the first page: %v, %v", page, err)
	}
	second, err := first.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	third, err := second.Next(ctx)
	if err != nil || third.Data[0].ID != "7" {
		t.Fatalf("%v, %v", third, err)
	}
	if page, err := third.Next(ctx); !errors.Is(err, ErrNoMorePages) || page != nil {
		t.Errorf("after the last page: %v, %v", page, err)
	}
	back, err := third.Previous(ctx)
	if err != nil || back.Data[0].ID != "4" || len(back.Data) != 3 {
		t.Fatalf("%v, %v", back, err)
	}
	back, err = back.Previous(ctx)
	if err != nil || back.Data[0].ID != "1" || back.HasMore {
		t.Fatalf("%v, %v", back, err)
	}
	if _, err := back.Previous(ctx); !errors.Is(err, ErrNoMorePages) {
		t.Error(err)
	}
	forth, err := back.Next(ctx) // although it says that there are no more, in its own direction
	if err != nil || forth.Data[0].ID != "4" {
		t.Fatalf("%v, %v", forth, err)
	}
	if ids, err := clientIDs(t, second.All(ctx)); ids != "4 5 6 7" || err != nil {
		t.Errorf("%s, %v", ids, err)
	}
	if ids, err := clientIDs(t, back.All(ctx)); ids != "3 2 1" || err != nil {
		t.Errorf("%s, %v", ids, err)
	}
}

func TestClientListThatNeverEnds(t *testing.T) {
	same := func(w http.ResponseWriter, _ *http.Request) { clientPage(w, true, 1, 3) }
	circle := func(w http.ResponseWriter, r *http.Request) {
		after, _ := strconv.Atoi(r.URL.Query().Get("starting_after"))
		clientPage(w, true, after%5+1, after%5+1)
	}
	empty := func(w http.ResponseWriter, _ *http.Request) { clientPage(w, true, 1, 0) }
	nameless := clientReply(200, `{"data":[{"id":""}],"has_more":true,"url":""}`)
	for _, c := range []struct {
		name string
		h    http.HandlerFunc
		ids  string
		want error
		asks int
	}{
		{"the same page", same, "1 2 3 1 2 3", errRepeated, 2},
		{"a circle", circle, "1 2 3 4 5 1", errRepeated, 6},
		{"an empty page", empty, "", errNoCursor, 1},
		{"items without ids", nameless, "", errNoCursor, 1},
	} {
		s := newClientServer(t, c.h)
		ids, err := clientIDs(t, s.Things.All(t.Context(), nil))
		if strings.TrimSpace(ids) != c.ids || !errors.Is(err, c.want) || len(s.Seen) != c.asks {
			t.Errorf("%s: %q after %d requests, %v", c.name, ids, len(s.Seen), err)
		}
	}
	s := newClientServer(t, same)
	if ids, err := clientIDs(t, s.Things.All(t.Context(), &clientListParams{EndingBefore: "9"})); ids != "3 2 1 3 2 1" || !errors.Is(err, errRepeated) {
		t.Errorf("backward: %s, %v", ids, err)
	}
	page, _ := s.Things.List(t.Context(), &clientListParams{StartingAfter: "3"})
	if _, err := page.Next(t.Context()); !errors.Is(err, errRepeated) {
		t.Errorf("next: %v", err)
	}
}

func TestClientListEndsEarly(t *testing.T) {
	s := newClientServer(t, clientPages)
	for thing := range s.Things.All(t.Context(), nil) {
		if thing.ID == "3" {
			break
		}
	}
	if len(s.Seen) != 1 {
		t.Errorf("%d requests", len(s.Seen))
	}
	s.Seen = nil
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var ids []string
	var last error
	for thing, err := range s.Things.All(ctx, nil) {
		if last = err; err == nil {
			ids = append(ids, thing.ID)
			cancel()
		}
	}
	if len(ids) != 1 || !errors.Is(last, context.Canceled) || len(s.Seen) != 1 {
		t.Errorf("%v, %v, %d requests", ids, last, len(s.Seen))
	}
}

func TestClientListErrors(t *testing.T) {
	s := newClientServer(t, clientSequence(clientPages, clientReply(404, `{"error":{"code":"gone"}}`)))
	ids, err := clientIDs(t, s.Things.All(t.Context(), nil))
	var e *Error
	if ids != "1 2 3" || !errors.As(err, &e) || e.Code != "gone" {
		t.Errorf("%s, %v", ids, err)
	}
	if ids, err = clientIDs(t, s.Things.All(t.Context(), nil)); ids != "" || !errors.As(err, &e) {
		t.Errorf("%s, %v", ids, err)
	}
	if page, err := s.Things.List(t.Context(), nil); page != nil || err == nil {
		t.Errorf("%v, %v", page, err)
	}
}

// The options of the call hold for further pages, those of Next go before.
func TestClientListOptions(t *testing.T) {
	s := newClientServer(t, clientPages, WithParam("client", "1"))
	var r Response
	page, err := s.Things.List(t.Context(), nil, WithAPIVersion("v9"), WithParam("x", "1"), WithResponse(&r))
	if err != nil {
		t.Fatal(err)
	}
	r = Response{}
	if _, err := page.Next(t.Context(), WithParam("x", "2"), WithHeader("A", "b")); err != nil {
		t.Fatal(err)
	}
	if got := s.Seen[1]; got.URI != "/v1/things?starting_after=3&client=1&x=2" || got.Header.Get("Api-Version") != "v9" || got.Header.Get("A") != "b" {
		t.Errorf("%+v", got)
	}
	if r.Status != 0 {
		t.Error("the response of another call was overwritten")
	}
	if _, err := page.Next(t.Context(), WithAPIKey("")); err == nil {
		t.Error("no error")
	}
}

func TestClientListWithoutOrigin(t *testing.T) {
	var none *clientThingList
	if _, err := none.Next(t.Context()); err == nil {
		t.Error("nil")
	}
	if _, err := clientIDs(t, none.All(t.Context())); err == nil {
		t.Error("nil")
	}
	page := &clientThingList{HasMore: true, Data: []clientThing{{ID: "a"}}}
	if _, err := page.Next(t.Context()); !errors.Is(err, errNoOrigin) {
		t.Error(err)
	}
	if ids, err := clientIDs(t, page.All(t.Context())); ids != "a" || !errors.Is(err, errNoOrigin) {
		t.Errorf("%s, %v", ids, err)
	}
	page.HasMore = false
	if ids, err := clientIDs(t, page.All(t.Context())); ids != "a" || err != nil {
		t.Errorf("%s, %v", ids, err)
	}
}

// clientBoxes answers with a box whose list goes on at a URL.
func clientBoxes(place string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/boxes/") {
			list := fmt.Sprintf(`{"data":[{"id":"1"}],"has_more":true,"url":%q}`, place)
			_, _ = fmt.Fprintf(w, `{"id":"b","things":%s,"inner":{"id":"i","things":%s}}`, list, list)
			return
		}
		clientPages(w, r)
	}
}

func TestClientEmbeddedLists(t *testing.T) {
	for _, place := range []string{"/v1/box%2F1/things", "/v1/box%2F1/things?starting_after=9"} {
		s := newClientServer(t, clientBoxes(place))
		box, err := s.Things.Box(t.Context(), "b", WithParam("expand", "x"), WithHeader("A", "b"), WithIdempotencyKey("k"))
		if err != nil {
			t.Fatal(err)
		}
		inner, _ := Get(box.Inner)
		for _, list := range []*clientThingList{&box.Things, &inner.Things} {
			s.Seen = nil
			if ids, err := clientIDs(t, list.All(t.Context())); ids != "1 2 3 4 5 6 7" || err != nil {
				t.Errorf("%s, %v", ids, err)
			}
			if got := s.Seen[0]; got.URI != "/v1/box%2F1/things?starting_after=1" || got.Header.Get("A") != "b" {
				t.Errorf("%+v", got)
			}
			if got := s.Seen[1].URI; got != "/v1/box%2F1/things?starting_after=4" {
				t.Errorf("%s", got)
			}
		}
		if _, err := box.Things.Previous(t.Context()); !errors.Is(err, ErrNoMorePages) {
			t.Error(err)
		}
	}
}

// A server must not lead the client, and its key, to another one.
func TestClientEmbeddedListsElsewhere(t *testing.T) {
	other, seen := clientElsewhere(t, clientPages)
	for _, place := range []string{
		"", "v1/things", "things", "//example.com/v1", "///example.com/v1", "http://me:too@%s/v1", other.URL + "/v1/things", strings.Replace(other.URL, "http:", "", 1) + "/v1",
		"/v1/../secret", "/v1/%2e%2e/secret", "/v1/./x", "mailto:a", "file:///etc", "/v1#x", `/v1\x`, "/v1/\n", "?a=b", "http:/v1/x", "/v1/%zz", "/v1/things?a b",
	} {
		var s *clientServer
		s = newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
			clientBoxes(strings.Replace(place, "%s", strings.TrimPrefix(s.URL, "http://"), 1))(w, r)
		})
		box, err := s.Things.Box(t.Context(), "b")
		if err != nil {
			t.Fatal(err)
		}
		s.Seen = nil
		var answered *Error
		if page, err := box.Things.Next(t.Context()); err == nil || errors.As(err, &answered) || page != nil || len(s.Seen) != 0 {
			t.Errorf("%q: %v, asked %v", place, err, s.Seen)
		}
	}
	if len(*seen) != 0 {
		t.Errorf("%v arrived", *seen)
	}
}

// A URL may name the client's own server, with or without its path.
func TestClientEmbeddedListsAtHome(t *testing.T) {
	for _, place := range []string{"/v1/things", "/api/v1/things", "%s/api/v1/things"} {
		var s *clientServer
		s = newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
			clientBoxes(strings.Replace(place, "%s", s.URL, 1))(w, r)
		})
		box, err := s.Things.Box(t.Context(), "b", WithBaseURL(s.URL+"/api/"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := box.Things.Next(t.Context()); err != nil || s.Seen[1].URI != "/api/v1/things?starting_after=1" {
			t.Errorf("%s: %v, %v", place, s.Seen[1:], err)
		}
	}
}

// What a POST found can't be asked for again, but goes on where it says.
func TestClientListFromPost(t *testing.T) {
	s := newClientServer(t, clientPages)
	var page clientThingList
	if err := s.core.call(t.Context(), &operation{method: "POST", path: "/v1/search", body: formBody}, nil, nil, &page, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := page.Next(t.Context()); err != nil || s.Seen[1].URI != "/v1/things?starting_after=3" || s.Seen[1].Method != "GET" {
		t.Errorf("%+v, %v", s.Seen[1:], err)
	}
}

func TestClientListOfUnions(t *testing.T) {
	box := `{"object":"box","id":"2","things":{"data":[],"has_more":false,"url":"/"}}`
	pages := map[string]string{
		"":  `{"data":[{"object":"thing","id":"1"},` + box + `],"has_more":true}`,
		"2": `{"data":[{"object":"new","id":"3"}],"has_more":true}`,
		"3": `{"data":[{"object":"thing","id":"4"}]}`,
	}
	s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
		clientReply(200, pages[r.URL.Query().Get("starting_after")])(w, r)
	})
	list, err := s.Things.Either(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for item, err := range list.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%T", item))
	}
	want := []string{"*support.clientThing", "*support.clientBox", "support.Raw", "*support.clientThing"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	s.Server.Close()
	for item, err := range (&clientEitherList{HasMore: Some(true)}).All(t.Context()) {
		if item != nil || err == nil {
			t.Errorf("%v, %v", item, err)
		}
	}
}
