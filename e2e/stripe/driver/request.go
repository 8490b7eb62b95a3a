package driver

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// exchange is a request and its answer.
type exchange struct {
	method, path, query string
	contentType         string
	body                []byte
	status              int
	answer              []byte
}

// tape holds the exchanges of a call.
type tape struct {
	mu        sync.Mutex
	exchanges []*exchange
}

func (t *tape) add(e *exchange) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.exchanges = append(t.exchanges, e)
}

// last returns the latest exchange, or nil.
func (t *tape) last() *exchange {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.exchanges) == 0 {
		return nil
	}
	return t.exchanges[len(t.exchanges)-1]
}

type tapeKey struct{}

// record returns a context whose requests are recorded.
func record(ctx context.Context) (context.Context, *tape) {
	t := &tape{}
	return context.WithValue(ctx, tapeKey{}, t), t
}

// recorder is a transport that records on the tape of the request's context.
type recorder struct{ next http.RoundTripper }

func (r recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	e := &exchange{method: req.Method, path: req.URL.Path, query: req.URL.RawQuery, contentType: req.Header.Get("Content-Type")}
	if t, ok := req.Context().Value(tapeKey{}).(*tape); ok {
		t.add(e)
	}
	var err error
	if req, err = e.takeBody(req); err != nil {
		return nil, err
	}
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	e.status = resp.StatusCode
	if e.answer, err = io.ReadAll(resp.Body); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(e.answer))
	return resp, nil
}

// takeBody reads the body and returns a request that has it still.
func (e *exchange) takeBody(req *http.Request) (*http.Request, error) {
	if req.Body == nil {
		return req, nil
	}
	defer req.Body.Close()
	var err error
	if e.body, err = io.ReadAll(req.Body); err != nil {
		return nil, err
	}
	again := req.Clone(req.Context())
	again.Body = io.NopCloser(bytes.NewReader(e.body))
	return again, nil
}

// differences says how a request is not the one that the call asks for.
func (c Call) differences(e *exchange) (found []string) {
	if e.method != c.Method || e.path != c.Path {
		found = append(found, fmt.Sprintf("it is %s %s, not %s %s", e.method, e.path, c.Method, c.Path))
	}
	query, err := formPairs(e.query)
	found = append(found, compare("query", query, err, pairs(c.Query))...)
	form, err := e.form()
	want := pairs(c.Form)
	for _, file := range c.Files {
		want = append(want, file.pair())
	}
	return append(found, compare("body", form, err, want)...)
}

// compare tells two lists of pairs apart, whatever their order.
func compare(what string, have []string, err error, want []string) (found []string) {
	if err != nil {
		return []string{what + ": " + err.Error()}
	}
	slices.Sort(have)
	slices.Sort(want)
	for _, pair := range want {
		if _, there := slices.BinarySearch(have, pair); !there {
			found = append(found, fmt.Sprintf("%s: %s is missing", what, pair))
		}
	}
	for _, pair := range have {
		if _, there := slices.BinarySearch(want, pair); !there {
			found = append(found, fmt.Sprintf("%s: %s is one too many", what, pair))
		}
	}
	if len(found) == 0 && len(have) != len(want) {
		found = []string{what + ": a pair is there twice"}
	}
	return found
}

// pairs are nested parameters as name=value, with brackets, unescaped and in no
// order.
func pairs(params map[string]any) (out []string) {
	for name, value := range params {
		out = appendPairs(out, name, value)
	}
	return out
}

func appendPairs(out []string, name string, value any) []string {
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			out = appendPairs(out, name+"["+key+"]", inner)
		}
	case []any:
		for i, inner := range value {
			out = appendPairs(out, name+"["+strconv.Itoa(i)+"]", inner)
		}
	case json.Number:
		return append(out, name+"="+value.String())
	case bool:
		return append(out, name+"="+strconv.FormatBool(value))
	case string:
		return append(out, name+"="+value)
	case nil:
		return append(out, name+"=")
	}
	return out
}

// formPairs are the pairs of an encoded form or query.
func formPairs(text string) ([]string, error) {
	values, err := url.ParseQuery(text)
	var out []string
	for name, texts := range values {
		for _, text := range texts {
			out = append(out, name+"="+text)
		}
	}
	return out, err
}

// form is the request's body as pairs.
func (e *exchange) form() ([]string, error) {
	kind, options, err := mime.ParseMediaType(e.contentType)
	switch {
	case len(e.body) == 0:
		return nil, nil
	case err != nil:
		return nil, err
	case kind == "multipart/form-data":
		return multipartPairs(multipart.NewReader(bytes.NewReader(e.body), options["boundary"]))
	case kind != "application/x-www-form-urlencoded":
		return nil, fmt.Errorf("it is %s", kind)
	}
	return formPairs(string(e.body))
}

// multipartPairs are the parts of a body; those with a file's name as
// File.pair has them.
func multipartPairs(parts *multipart.Reader) (out []string, err error) {
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		pair := part.FormName() + "=" + string(content)
		if part.FileName() != "" {
			pair = File{Param: part.FormName(), Name: part.FileName(), Type: part.Header.Get("Content-Type"), Content: string(content)}.pair()
		}
		out = append(out, pair)
	}
}

func (f File) pair() string {
	return strings.Join([]string{f.Param, f.Name, f.Type, f.Content}, "=")
}
