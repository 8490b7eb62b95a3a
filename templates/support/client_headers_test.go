package support

import (
	"net/http"
	"reflect"
	"testing"
)

// clientAnswerHeaders is written as the generator writes it: the headers of an
// operation's answers.
type clientAnswerHeaders struct {
	Cached  Optional[bool]
	Counts  Optional[map[string]int64]
	Limit   Optional[int32]
	Meta    Optional[*clientThing]
	Mode    Optional[clientMode]
	Numbers Optional[[]int64]
	Pairs   Optional[map[string]string]
	Price   Optional[float64]
	Cookies Optional[[]string]
	Tags    Optional[[]string]
	Text    Optional[string]
}

type clientMode string

var clientModes = enum{"fast", "slow"}

var clientHeadersDescribed = descriptor{params: true, fields: `
	X-Cached
	Counts style=explode
	X-Limit
	Meta style=json
	Mode of
	Numbers style=form
	Pairs style=form
	Price of
	Set-Cookie style=form
	Tags style=form
	Text
`, refs: []any{
	&clientModes,
	&floats,
}}

func (*clientAnswerHeaders) headers() *descriptor { return &clientHeadersDescribed }

func TestClientHeaders(t *testing.T) {
	for _, c := range []struct {
		sent []string
		want clientAnswerHeaders
	}{
		{[]string{"x-cached", "true", "X-Limit", " 7 ", "Price", "1.5e2", "Text", `a "b", c`}, clientAnswerHeaders{
			Cached: Some(true), Limit: Some(int32(7)), Price: Some(150.0), Text: Some(`a "b", c`)}},
		{[]string{"Mode", "slow", "Tags", "a, b ,c", "Tags", "d", "Numbers", "1,2"}, clientAnswerHeaders{
			Mode: Some(clientMode("slow")), Tags: Some([]string{"a", "b", "c", "d"}), Numbers: Some([]int64{1, 2})}},
		{[]string{"Mode", "other", "Tags", "", "Set-Cookie", "a=b, c", "Set-Cookie", "d=e"}, clientAnswerHeaders{
			Mode: Some(clientMode("other")), Tags: Some([]string{}), Cookies: Some([]string{"a=b, c", "d=e"})}},
		{[]string{"Counts", "a=1,b=2", "Pairs", "x,1,y,z"}, clientAnswerHeaders{
			Counts: Some(map[string]int64{"a": 1, "b": 2}), Pairs: Some(map[string]string{"x": "1", "y": "z"})}},
		{[]string{"Text", ""}, clientAnswerHeaders{Text: Some("")}},
		// What is not what the document says is left out.
		{[]string{"X-Cached", "yes", "X-Limit", "3000000000", "Price", "1,2", "Numbers", "1,x", "Pairs", "a", "Counts", "a=b", "Meta", "{", "Text", "t"}, clientAnswerHeaders{Text: Some("t")}},
		{nil, clientAnswerHeaders{}},
	} {
		s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
			for i := 0; i < len(c.sent); i += 2 {
				w.Header().Add(c.sent[i], c.sent[i+1])
			}
			clientReply(200, clientOK)(w, r)
		})
		got := clientAnswerHeaders{Text: Some("from before")}
		if _, err := s.Things.Retrieve(t.Context(), "a", WithHeaders(&got)); err != nil {
			t.Error(err)
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: got  %+v\nwant %+v", c.sent, got, c.want)
		}
	}
}

func TestClientHeadersOfJSON(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK, "Meta", `{"id":"a"}`))
	var got clientAnswerHeaders
	if _, err := s.Things.Retrieve(t.Context(), "a", WithHeaders(&got)); err != nil || got.Meta.Value.ID != "a" {
		t.Errorf("%+v, %v", got, err)
	}
}

// Headers are those of the last attempt, and of failures too.
func TestClientHeadersOfFailures(t *testing.T) {
	s := newClientServer(t, clientSequence(clientReply(503, "{}", "X-Limit", "1"), clientReply(404, "{}", "Text", "gone")))
	var got clientAnswerHeaders
	_, err := s.Things.Retrieve(t.Context(), "a", WithHeaders(&got))
	if want := (clientAnswerHeaders{Text: Some("gone")}); err == nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	s.Server.Close()
	if _, err := s.Things.Retrieve(t.Context(), "a", WithHeaders(&got), WithMaxRetries(0)); err == nil || !reflect.DeepEqual(got, clientAnswerHeaders{}) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, opt := range []Option{WithHeaders(nil), WithHeaders((*clientAnswerHeaders)(nil))} {
		if _, err := s.Things.Retrieve(t.Context(), "a", opt); err == nil || len(s.Seen) != 2 {
			t.Error("headers without a place were taken")
		}
	}
	c := newClientClient(&clientAPI, clientKey, WithBaseURL(s.URL), WithHeaders(&got))
	if _, err := c.Things.Retrieve(t.Context(), "a"); err == nil {
		t.Error("an option of a call was taken for a client")
	}
}
