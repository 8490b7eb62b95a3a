package support

import (
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// What follows is written as the generator writes it: bodies of several kinds.

type clientTextParams struct{ Body string }

var clientTextDescribed = descriptor{params: true, fields: `
	"" in=text maxLength=5
`}

func (*clientTextParams) table() *descriptor { return &clientTextDescribed }

type clientNeededTextParams struct{ Body string }

var clientNeededTextDescribed = descriptor{params: true, fields: `
	"" in=text required
`}

func (*clientNeededTextParams) table() *descriptor { return &clientNeededTextDescribed }

type clientMixedParams struct {
	Box   clientMixedBox
	Boxes []clientMixedBox
	Clear Optional[string]
	Name  string
	Note  string
	Texts []string
}

type clientMixedBox struct{ A string }

var clientMixedBoxFields = &inline{fields: `
	a
`}

var clientMixedDescribed = descriptor{params: true, in: inForm, fields: `
	box style=content of
	boxes style=explode|spelled of
	clear style=content null
	name style=explode
	note style=content
	texts style=explode
`, refs: []any{
	clientMixedBoxFields,
	&member{of: clientMixedBoxFields},
}}

func (*clientMixedParams) table() *descriptor { return &clientMixedDescribed }

func (s *clientServer) post(t *testing.T, op operation, params object, opts ...Option) error {
	if op.method == "" {
		op.method = http.MethodPost
	}
	op.path = "/v1/things"
	return s.core.call(t.Context(), &op, nil, params, nil, opts)
}

func TestClientTextBodies(t *testing.T) {
	for _, c := range []struct {
		contentType, sends string
		params             object
		body               string
	}{
		{"", "text/plain; charset=utf-8", &clientTextParams{"a & é"}, "a & é"},
		{"text/csv", "text/csv", &clientTextParams{"a,b"}, "a,b"},
		{"text/csv", "", &clientTextParams{}, ""},
		{"text/csv", "", nil, ""},
		{"text/csv", "text/csv", &clientNeededTextParams{"x"}, "x"},
	} {
		s := newClientServer(t, clientReply(200, ""))
		if err := s.post(t, operation{body: textBody, contentType: c.contentType}, c.params); err != nil {
			t.Error(err)
			continue
		}
		if r := s.Seen[0]; r.Body != c.body || r.Header.Get("Content-Type") != c.sends {
			t.Errorf("sent %q as %q", r.Body, r.Header.Get("Content-Type"))
		}
	}
	s := newClientServer(t, clientReply(200, ""))
	for _, params := range []object{&clientTextParams{"too long"}, &clientNeededTextParams{}, (*clientNeededTextParams)(nil)} {
		if err := s.post(t, operation{body: textBody}, params); err == nil || len(s.Seen) > 0 {
			t.Errorf("%v, %d sent", err, len(s.Seen))
		}
	}
}

func TestClientFormsWithJSON(t *testing.T) {
	for _, c := range []struct {
		params *clientMixedParams
		body   string
	}{
		{&clientMixedParams{Box: clientMixedBox{"x y"}, Name: "a&b", Texts: []string{"1", "2"}}, `box=%7B%22a%22%3A%22x+y%22%7D&name=a%26b&texts=1&texts=2&more=%26`},
		{&clientMixedParams{Boxes: []clientMixedBox{{"1"}, {"2"}}, Note: `"q"`}, `boxes=%7B%22a%22%3A%221%22%7D&boxes=%7B%22a%22%3A%222%22%7D&note=%22%5C%22q%5C%22%22&more=%26`},
		{&clientMixedParams{Clear: Null[string]()}, "clear=null&more=%26"},
		{&clientMixedParams{}, "more=%26"},
	} {
		s := newClientServer(t, clientReply(200, ""))
		if err := s.post(t, operation{body: formBody, spell: spellParam}, c.params, WithParam("more", "&")); err != nil {
			t.Error(err)
			continue
		}
		if r := s.Seen[0]; r.Body != c.body || r.Header.Get("Content-Type") != formType {
			t.Errorf("sent %s as %q, want %s", r.Body, r.Header.Get("Content-Type"), c.body)
		}
	}
	s := newClientServer(t, clientReply(200, ""))
	if err := s.post(t, operation{method: http.MethodDelete, body: formBody, spell: spellParam}, &clientMixedParams{}); err != nil || s.Seen[0].Header.Get("Content-Type") != "" {
		t.Errorf("%v, %+v", err, s.Seen)
	}
}

type clientFurtherParams struct {
	Name    string
	Further map[string][]string
}

var clientFurtherDescribed = descriptor{params: true, in: inForm, fields: `
	name
`, more: &member{style: styleExplode, of: &otherMap{}}}

func (*clientFurtherParams) table() *descriptor { return &clientFurtherDescribed }

// Members that have no field are spelled by the style of all of them.
func TestClientFormsWithFurtherMembers(t *testing.T) {
	s := newClientServer(t, clientReply(200, ""))
	params := &clientFurtherParams{Name: "n", Further: map[string][]string{"b": {"3"}, "a": {"1", "2"}}}
	if err := s.post(t, operation{body: formBody, spell: spellList}, params); err != nil {
		t.Fatal(err)
	}
	if got := s.Seen[0].Body; got != "name=n&a=1&a=2&b=3" {
		t.Errorf("sent %s", got)
	}
}

// Parts have the media types of the document, and files their own before those.
func TestClientPartTypes(t *testing.T) {
	op := operation{body: multipartBody, spell: spellList, parts: []pair{{name: "file", value: "image/png"}, {name: "listed", value: "image/gif"}, {name: "names", value: "text/html"}, {name: "things", value: "application/vnd.a+json"}}}
	s := newClientServer(t, clientReply(200, ""))
	params := &clientUploadParams{
		File: Upload{Content: strings.NewReader("1")}, Listed: []Upload{{Content: strings.NewReader("2"), ContentType: "image/webp"}, {Content: strings.NewReader("3")}},
		Names: map[string]string{"a": "b"}, Things: []clientMakeParams{{Name: "n"}}, Title: "t",
	}
	if err := s.post(t, op, params); err != nil {
		t.Fatal(err)
	}
	_, boundary, err := mime.ParseMediaType(s.Seen[0].Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	reader := multipart.NewReader(strings.NewReader(s.Seen[0].Body), boundary["boundary"])
	var got []string
	for {
		p, err := reader.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p.FormName()+" "+p.Header.Get("Content-Type"))
	}
	want := []string{"names[a] text/html", "things application/vnd.a+json", "title application/json", "file image/png", "listed[0] image/webp", "listed[1] image/gif"}
	if !slices.Equal(got, want) {
		t.Errorf("sent %q, want %q", got, want)
	}
}

// A GET with a body is sent as such, and follows no redirect, which would take
// the body elsewhere.
func TestClientGetWithBody(t *testing.T) {
	other, seen := clientElsewhere(t, clientReply(200, ""))
	for _, status := range []int{302, 307} {
		s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL, status)
		})
		err := s.post(t, operation{method: http.MethodGet, body: textBody}, &clientTextParams{"body"})
		if err == nil || len(*seen) > 0 || s.Seen[0].Body != "body" || s.Seen[0].Method != http.MethodGet {
			t.Errorf("%v, %+v, %+v", err, s.Seen, *seen)
		}
	}
}
