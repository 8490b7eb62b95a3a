package support

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"unsafe"
)

// What follows is written as the generator writes it: a page that names the
// next one by a token, and what embeds such.

type clientFound struct {
	Data     []clientThing
	HasMore  bool
	NextPage Optional[string]
	URL      string
	origin   *origin
	extra    members
}

var clientFoundDescribed = descriptor{built: unsafe.Pointer(&clientFoundTable)}

func (*clientFound) table() *descriptor { return &clientFoundDescribed }

var clientFoundTable = table{
	name: "clientFound", typ: reflect.TypeFor[clientFound](), size: unsafe.Sizeof(clientFound{}),
	fields: []field{
		{name: "data", off: unsafe.Offsetof(clientFound{}.Data), required: true,
			value: value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*clientThing)(nil)}}},
		{name: "has_more", off: unsafe.Offsetof(clientFound{}.HasMore), required: true, value: value{kind: kindBool}},
		{name: "next_page", off: unsafe.Offsetof(clientFound{}.NextPage), value: value{kind: kindString, opt: true, null: true}},
		{name: "url", off: unsafe.Offsetof(clientFound{}.URL), required: true, value: value{kind: kindString}},
	},
	extra: unsafe.Offsetof(clientFound{}.extra),
	list: &list{data: "data", more: "has_more", url: "url", next: "next_page", page: "page",
		origin: unsafe.Offsetof(clientFound{}.origin)},
}

func (p *clientFound) Next(ctx context.Context, opts ...Option) (*clientFound, error) {
	var out clientFound
	if err := nextPage(ctx, p, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

func (p *clientFound) All(ctx context.Context, opts ...Option) iter.Seq2[*clientThing, error] {
	return eachItem[*clientThing](pagesFrom(ctx, p, opts))
}

type clientFolder struct {
	Found clientFound
	extra members
}

var clientFolderDescribed = descriptor{built: unsafe.Pointer(&clientFolderTable)}

func (*clientFolder) table() *descriptor { return &clientFolderDescribed }

var clientFolderTable = table{
	name: "clientFolder", typ: reflect.TypeFor[clientFolder](), size: unsafe.Sizeof(clientFolder{}),
	fields: []field{{name: "found", off: unsafe.Offsetof(clientFolder{}.Found), required: true,
		value: value{kind: kindStruct, sub: (*clientFound)(nil)}}},
	extra: unsafe.Offsetof(clientFolder{}.extra),
}

type clientSearchParams struct{ Query, Page string }

var clientSearchParamsDescribed = descriptor{built: unsafe.Pointer(&clientSearchParamsTable)}

func (*clientSearchParams) table() *descriptor { return &clientSearchParamsDescribed }

var clientSearchParamsTable = table{
	name: "clientSearchParams", typ: reflect.TypeFor[clientSearchParams](), size: unsafe.Sizeof(clientSearchParams{}), params: true,
	fields: []field{
		{name: "query", off: unsafe.Offsetof(clientSearchParams{}.Query), in: inQuery, required: true, value: value{kind: kindString}},
		{name: "page", off: unsafe.Offsetof(clientSearchParams{}.Page), in: inQuery, value: value{kind: kindString}},
	},
}

var clientSearch = operation{method: http.MethodGet, path: "/v1/things/search"}

func (s clientThings) Search(ctx context.Context, params *clientSearchParams, opts ...Option) (*clientFound, error) {
	var out clientFound
	if err := s.core.call(ctx, &clientSearch, nil, params, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

func (s clientThings) SearchAll(ctx context.Context, params *clientSearchParams, opts ...Option) iter.Seq2[*clientThing, error] {
	return eachItem[*clientThing](s.core.pages(ctx, &clientSearch, nil, params, (*clientFound)(nil), opts))
}

// clientTokens serves pages by their tokens, each with one thing. What follows
// a page is another token, null for "null", nothing for "".
func clientTokens(pages map[string]string, more string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		at := r.URL.Query().Get("page")
		answer := map[string]any{"data": []any{map[string]any{"id": "th" + at}}, "url": "/v1/things/search"}
		switch next := pages[at]; next {
		case "":
		case "null":
			answer["next_page"] = nil
		default:
			answer["next_page"] = next
		}
		if answer["has_more"] = answer["next_page"] != nil; more != "" {
			answer["has_more"] = more == "true"
		}
		_ = json.NewEncoder(w).Encode(answer)
	}
}

func TestClientSearch(t *testing.T) {
	s := newClientServer(t, clientTokens(map[string]string{"": "p/2=&", "p/2=&": "p3", "p3": "null"}, ""))
	all := s.Things.SearchAll(t.Context(), &clientSearchParams{Query: "a:'b'"}, WithHeader("Z", "z"))
	for range 2 {
		ids, err := clientIDs(t, all)
		if ids != "th thp/2=& thp3" || err != nil {
			t.Errorf("%s, %v", ids, err)
		}
		uris := strings.Join(clientURIs(s), " ")
		if want := "/search?query=a%3A%27b%27 /search?query=a%3A%27b%27&page=p%2F2%3D%26 /search?query=a%3A%27b%27&page=p3"; uris != want {
			t.Errorf("sent %s", uris)
		}
	}
	if ids, err := clientIDs(t, s.Things.SearchAll(t.Context(), &clientSearchParams{Query: "q", Page: "p3"})); ids != "thp3" || err != nil {
		t.Errorf("%s, %v", ids, err)
	}
}

func TestClientSearchEnds(t *testing.T) {
	for name, c := range map[string]struct {
		pages map[string]string
		more  string
		want  string
		fails error
	}{
		"null, though there is more":   {map[string]string{"": "null"}, "true", "th", nil},
		"absent, though there is more": {map[string]string{"": ""}, "true", "th", nil},
		"no more, though there is one": {map[string]string{"": "p2"}, "false", "th", nil},
		"the same token again":         {map[string]string{"": "p2", "p2": "p2"}, "", "th thp2", errRepeated},
		"in a circle":                  {map[string]string{"": "p2", "p2": "p3", "p3": "p2"}, "", "th thp2 thp3", errRepeated},
	} {
		s := newClientServer(t, clientTokens(c.pages, c.more))
		ids, err := clientIDs(t, s.Things.SearchAll(t.Context(), &clientSearchParams{Query: "q"}))
		if ids != c.want || !errors.Is(err, c.fails) || (err == nil) != (c.fails == nil) {
			t.Errorf("%s: %s, %v", name, ids, err)
		}
	}
}

func TestClientSearchNext(t *testing.T) {
	s := newClientServer(t, clientTokens(map[string]string{"": "p2", "p2": "null"}, ""))
	first, err := s.Things.Search(t.Context(), &clientSearchParams{Query: "q"})
	if err != nil {
		t.Fatal(err)
	}
	second, err := first.Next(t.Context())
	if err != nil || second.Data[0].ID != "thp2" {
		t.Fatal(second, err)
	}
	if third, err := second.Next(t.Context()); third != nil || !errors.Is(err, ErrNoMorePages) {
		t.Error(third, err)
	}
	var decoded clientFound
	if err := Unmarshal([]byte(`{"data":[{"id":"a"}],"has_more":true,"next_page":"p2","url":"/v1/x"}`), &decoded); err != nil {
		t.Fatal(err)
	}
	if _, err := decoded.Next(t.Context()); !errors.Is(err, errNoOrigin) {
		t.Error(err)
	}
}

func TestClientSearchEmbedded(t *testing.T) {
	s := newClientServer(t, clientSequence(
		clientReply(200, `{"found":{"data":[{"id":"a"}],"has_more":true,"next_page":"p2","url":"/v1/things/inside?x=1&page=p1"}}`),
		clientTokens(map[string]string{"p2": "null"}, "")))
	var folder clientFolder
	if err := s.core.call(t.Context(), &operation{method: "GET", path: "/v1/things"}, nil, nil, &folder, nil); err != nil {
		t.Fatal(err)
	}
	ids, err := clientIDs(t, folder.Found.All(t.Context()))
	if uris := strings.Join(clientURIs(s), " "); ids != "a thp2" || err != nil || uris != " /inside?x=1&page=p2" {
		t.Errorf("%s, %v, sent %s", ids, err, uris)
	}
}
