package support

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What follows is written as the generator writes it: an operation whose
// answers differ by status, a text, and an error that is no object.

type clientOutcome struct {
	StatusCode int
	OK         *clientThing
	Created    Optional[string]
	Accepted   *Stream
	IMUsed     *clientThingList
	Success    []string
	Default    Optional[*clientThing]
}

var clientOutcomeDescribed = descriptor{fields: `
	200 in=json
	201 in=text
	202 in=body
	204
	226 in=json
	2XX in=json check
	default in=json null
`, refs: []any{
	&check{{op: opMaxItems, n: 2}},
}}

func (*clientOutcome) answers() *descriptor { return &clientOutcomeDescribed }

type clientNarrowOutcome struct {
	StatusCode int
	OK         *clientThing
}

var clientNarrowDescribed = descriptor{fields: `
	200 in=json
	202
`}

func (*clientNarrowOutcome) answers() *descriptor { return &clientNarrowDescribed }

type clientFailureList struct{ Value []clientThing }

var clientFailureDescribed = descriptor{whole: true, fields: `
	"" required
`}

func (*clientFailureList) table() *descriptor { return &clientFailureDescribed }

var clientOutcomes = operation{method: http.MethodGet, path: "/v1/things", accept: "application/json, text/plain, image/png"}

func (s clientThings) Outcome(ctx context.Context, opts ...Option) (*clientOutcome, error) {
	var out clientOutcome
	if err := s.core.result(ctx, &clientOutcomes, nil, nil, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

func TestClientAnswersByStatus(t *testing.T) {
	for status, c := range map[int]struct {
		body string
		fits func(*clientOutcome) bool
	}{
		200: {`{"id":"a"}`, func(o *clientOutcome) bool { return o.OK.ID == "a" }},
		201: {"as it\ncame", func(o *clientOutcome) bool {
			return o.Created.Value == "as it\ncame" && o.Created.State == StatePresent
		}},
		202: {"bytes", func(o *clientOutcome) bool {
			text, err := io.ReadAll(o.Accepted)
			return string(text) == "bytes" && err == nil && o.Accepted.Close() == nil
		}},
		204: {"", func(o *clientOutcome) bool { return true }},
		206: {`["x","y"]`, func(o *clientOutcome) bool { return len(o.Success) == 2 }}, // the range
		226: {`{"data":[{"id":"b"}],"has_more":false,"url":"/v1/things"}`, func(o *clientOutcome) bool { return o.IMUsed.Data[0].ID == "b" }},
	} {
		s := newClientServer(t, clientReply(status, c.body))
		out, err := s.Things.Outcome(t.Context())
		if err != nil || out.StatusCode != status || !c.fits(out) {
			t.Errorf("%d: %+v, %v", status, out, err)
			continue
		}
		if set := clientOutcomeFields(out); len(set) > 1 || len(set) == 0 && status != 204 {
			t.Errorf("%d: %v are set", status, set)
		}
		if accept := s.Seen[0].Header.Get("Accept"); accept != clientOutcomes.accept {
			t.Errorf("asked for %q", accept)
		}
	}
}

// TestClientAnswerValidation: an answer that breaks a rule is an error where that
// is asked for, and only there.
func TestClientAnswerValidation(t *testing.T) {
	for _, c := range []struct {
		status     int
		body, want string
	}{
		{200, `{"id":"a"}`, ""},
		{200, `{"name":"a"}`, "id: is required"},
		{201, "a text", ""},
		{206, `["x","y"]`, ""},
		{206, `["x","y","z"]`, "must have at most 2 items"},
		{226, `{"data":[{"id":"a"},{}],"has_more":false,"url":"/v1/things"}`, "data[1].id: is required"},
	} {
		s := newClientServer(t, clientReply(c.status, c.body))
		if _, err := s.Things.Outcome(t.Context()); err != nil {
			t.Errorf("%s: %v without being asked", c.body, err)
		}
		_, err := s.Things.Outcome(t.Context(), WithAnswerValidation())
		if c.want == "" {
			if err != nil {
				t.Errorf("%s: %v", c.body, err)
			}
			continue
		}
		answer, _ := errors.AsType[*Error](err)
		broken, ok := errors.AsType[*ValidationError](err)
		if !ok || answer == nil || answer.Status != c.status || !strings.Contains(broken.Error(), c.want) {
			t.Errorf("%s: have %v, want %s", c.body, err, c.want)
		}
		if len(s.Seen) != 2 {
			t.Errorf("%s: asked %d times", c.body, len(s.Seen)-1)
		}
	}
}

func clientOutcomeFields(o *clientOutcome) (set []string) {
	for name, there := range map[string]bool{
		"OK": o.OK != nil, "Created": o.Created.State != StateAbsent, "Accepted": o.Accepted != nil, "IMUsed": o.IMUsed != nil,
		"Success": o.Success != nil, "Default": o.Default.State != StateAbsent,
	} {
		if there {
			set = append(set, name)
		}
	}
	return set
}

// A page that is one of several answers leads on as any other does.
func TestClientAnswersLeadOn(t *testing.T) {
	s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.RawQuery, "starting_after=a") {
			clientReply(200, `{"data":[{"id":"b"}],"has_more":false,"url":"/v1/things"}`)(w, r)
			return
		}
		clientReply(226, `{"data":[{"id":"a"}],"has_more":true,"url":"/v1/things"}`)(w, r)
	})
	out, err := s.Things.Outcome(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	next, err := out.IMUsed.Next(t.Context())
	if err != nil || next.Data[0].ID != "b" {
		t.Errorf("%+v, %v", next, err)
	}
}

// Failures, and answers that are not what they should be, are errors as ever.
func TestClientAnswersThatAreErrors(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
	}{{404, `{"error":"no"}`}, {200, `{`}, {200, ``}, {206, `{}`}, {226, `null`}, {304, ``}} {
		s := newClientServer(t, clientReply(c.status, c.body))
		out, err := s.Things.Outcome(t.Context())
		var e *Error
		if !errors.As(err, &e) || out != nil || e.Status != c.status || string(e.Body) != c.body {
			t.Errorf("%d %s: %+v, %v", c.status, c.body, out, err)
		}
	}
}

// A status that the document does not have is told by the code alone, unless
// there is something that would be lost.
func TestClientAnswersBeyondTheDocument(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		fails  bool
	}{{204, "", false}, {206, "", false}, {206, "{}", true}, {202, "ignored", false}} {
		s := newClientServer(t, clientReply(c.status, c.body))
		var out clientNarrowOutcome
		err := s.Things.core.result(t.Context(), &clientOutcomes, nil, nil, &out, nil)
		if (err != nil) != c.fails || out.OK != nil || out.StatusCode != c.status {
			t.Errorf("%d %q: %+v, %v", c.status, c.body, out, err)
		}
	}
}

// Nothing of an attempt that failed is left.
func TestClientAnswersAreTriedAgain(t *testing.T) {
	n := 0
	s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
		if n++; n == 1 {
			w.Header().Set("Content-Length", "100") // and then it breaks off
			clientReply(201, "cut")(w, r)
			return
		}
		clientReply(200, `{"id":"a"}`)(w, r)
	})
	out, err := s.Things.Outcome(t.Context())
	if err != nil || out.OK.ID != "a" || out.Created.State != StateAbsent || n != 2 {
		t.Errorf("%+v, %v after %d requests", out, err, n)
	}
}

// The time limit covers what is held in memory, and not what is read as it comes.
func TestClientAnswersWithinTime(t *testing.T) {
	slow := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(status)
			_ = http.NewResponseController(w).Flush()
			time.Sleep(150 * time.Millisecond)
			_, _ = io.WriteString(w, "late")
		}
	}
	s := newClientServer(t, slow(202))
	out, err := s.Things.Outcome(t.Context(), WithTimeout(100*time.Millisecond), WithMaxRetries(0))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(out.Accepted); string(text) != "late" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	s = newClientServer(t, slow(201))
	if out, err = s.Things.Outcome(t.Context(), WithTimeout(100*time.Millisecond), WithMaxRetries(0)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestClientText(t *testing.T) {
	s := newClientServer(t, clientReply(200, "a\x00\xff"))
	text, err := s.Things.core.text(t.Context(), &clientOutcomes, nil, nil, nil)
	if text != "a\x00\xff" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := s.Things.core.text(t.Context(), &clientOutcomes, nil, nil, []Option{WithMaxResponseBytes(2)}); !errors.Is(err, ErrResponseTooLarge) {
		t.Error(err)
	}
	s = newClientServer(t, clientReply(404, "not here"))
	var e *Error
	if text, err := s.Things.core.text(t.Context(), &clientOutcomes, nil, nil, nil); text != "" || !errors.As(err, &e) || string(e.Body) != "not here" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestClientErrorsThatAreNoObjects(t *testing.T) {
	s := newClientServer(t, clientReply(422, ` [{"id":"a"},{"id":"b"}] `))
	_, err := s.Things.Retrieve(t.Context(), "a")
	var e *Error
	var list clientFailureList
	if !errors.As(err, &e) || e.Decode(&list) != nil || len(list.Value) != 2 || list.Value[1].ID != "b" {
		t.Errorf("%+v, %v", list, err)
	}
	if text, err := Marshal(&list); string(text) != `[{"id":"a"},{"id":"b"}]` || err != nil {
		t.Errorf("%s, %v", text, err)
	}
	if err := Validate(&list); err != nil {
		t.Error(err)
	}
}
