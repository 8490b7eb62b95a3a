package load

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// visited is a server, and what it has been asked for.
type visited struct {
	*httptest.Server
	paths []string
	sent  []http.Header
}

func serve(t *testing.T, handle http.HandlerFunc) *visited {
	t.Helper()
	v := &visited{}
	v.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v.paths = append(v.paths, r.URL.String())
		v.sent = append(v.sent, r.Header)
		http.SetCookie(w, &http.Cookie{Name: "c", Value: "1", Path: "/"})
		handle(w, r)
	}))
	t.Cleanup(v.Close)
	return v
}

func (v *visited) host() string { return strings.TrimPrefix(v.URL, "http://") }

// loadFrom loads a document with one reference, from allowed hosts.
func loadFrom(t *testing.T, ref string, hosts ...string) (*Document, string) {
	t.Helper()
	text := fmt.Sprintf("openapi: 3.1.0\ninfo: {title: T, version: \"1\"}\ncomponents: {schemas: {Start: {items: {$ref: %q}}}}\n", ref)
	path := filepath.Join(write(t, map[string]string{"api.yaml": text}), "api.yaml")
	doc, list := File(t.Context(), path, Options{AllowHosts: hosts})
	for _, d := range list {
		t.Log(d)
	}
	return doc, codes(list)
}

func TestFetch(t *testing.T) {
	other := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") })
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/s/a.yaml":
			fmt.Fprint(w, "properties: {b: {$ref: b.json}, c: {$ref: '/moved?x=1#/C'}}")
		case "/s/b.json":
			fmt.Fprint(w, `{"type": "string", "$id": "https://example.com/b", "not": {"$ref": "#"}}`)
		case "/moved":
			http.Redirect(w, r, "/new/place.yaml", http.StatusFound)
		case "/new/place.yaml":
			fmt.Fprint(w, "C: {type: object, items: {$ref: '../s/b.json'}}")
		case "/away":
			http.Redirect(w, r, other.URL+"/x", http.StatusFound)
		case "/secret":
			http.Redirect(w, r, strings.Replace(other.URL, "//", "//user:pw@", 1), http.StatusFound)
		case "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	})
	doc, found := loadFrom(t, server.URL+"/s/a.yaml", server.host())
	if found != "" {
		t.Fatal(found)
	}
	want := `{"Start":{"items":{"$ref":"#/components/schemas/a"}},"C":{"type":"object","items":{"$ref":"#/components/schemas/b"}},` +
		`"a":{"properties":{"b":{"$ref":"#/components/schemas/b"},"c":{"$ref":"#/components/schemas/C"}}},` +
		`"b":{"type":"string","$id":"https://example.com/b","not":{"$ref":"#/components/schemas/b"}}}`
	if got, _ := doc.JSON("/components/schemas"); got != want {
		t.Errorf("is\n%s, want\n%s", got, want)
	}
	if want := []string{"/s/a.yaml", "/s/b.json", "/moved?x=1", "/new/place.yaml"}; !slices.Equal(server.paths, want) {
		t.Errorf("asked for %q, want %q", server.paths, want)
	}
	for _, sent := range server.sent {
		for _, name := range []string{"Cookie", "Authorization", "Proxy-Authorization", "Referer"} {
			if sent.Get(name) != "" {
				t.Errorf("%s was sent: %s", name, sent.Get(name))
			}
		}
	}
	for ref, want := range map[string]string{
		"/none.yaml": "unresolved-ref", "/circle": "unresolved-ref", "/away": "external-ref", "/secret": "external-ref",
	} {
		if _, found := loadFrom(t, server.URL+ref, server.host()); found != want {
			t.Errorf("%s: %s, want %s", ref, found, want)
		}
	}
	if len(other.paths) > 0 {
		t.Errorf("a host that is not on the list was asked for %q", other.paths)
	}
}

// Only what is on the list is asked for anything.
func TestFetchIsRefused(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") })
	for _, hosts := range [][]string{nil, {"example.com"}, {"127.0.0.1"}, {"*"}, {""}, {server.URL}} {
		if _, found := loadFrom(t, server.URL+"/a.yaml", hosts...); found != "external-ref" {
			t.Errorf("%q: %s", hosts, found)
		}
	}
	if _, found := loadFrom(t, strings.Replace(server.URL, "//", "//u:p@", 1), server.host()); found != "external-ref" {
		t.Errorf("a password: %s", found)
	}
	if len(server.paths) > 0 {
		t.Errorf("was asked for %q", server.paths)
	}
}

// What has been read is not fetched again because of its $id.
func TestFetchIsForWhatHasNoID(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "{}") })
	files := map[string]string{
		"api.yaml": "openapi: 3.1.0\ninfo: {title: T, version: \"1\"}\ncomponents: {schemas: {A: {items: {$ref: '" + server.URL + "/a.json'}}, B: {$ref: a.json}}}",
		"a.json":   `{"$id": "` + server.URL + `/a.json", "properties": {"b": {"$ref": "b.json"}}}`,
		"b.json":   `{"type": "string"}`,
	}
	doc, list := File(t.Context(), filepath.Join(write(t, files), "api.yaml"), Options{AllowHosts: []string{server.host()}})
	if doc == nil || len(server.paths) > 0 {
		t.Errorf("%v, was asked for %q", list, server.paths)
	}
}

func TestFetchStops(t *testing.T) {
	server := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	path := filepath.Join(write(t, map[string]string{"api.yaml": "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: '" + server.URL + "'}}}"}), "api.yaml")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if doc, _ := File(ctx, path, Options{AllowHosts: []string{server.host()}}); doc != nil || time.Since(began) > 3*time.Second {
		t.Error("went on")
	}
}

// The folder that files are read from can be another one than the document's.
func TestRoot(t *testing.T) {
	files := map[string]string{
		"specs/api.yaml":   "openapi: 3.1.0\ninfo: {title: T, version: \"1\"}\ncomponents: {schemas: {A: {$ref: ../shared/a.yaml}}}",
		"shared/a.yaml":    "properties: {b: {$ref: b.yaml}}",
		"shared/b.yaml":    "maxLength: x",
		"shared/ok/a.yaml": "{}",
	}
	dir := write(t, files)
	path := filepath.Join(dir, "specs", "api.yaml")
	if _, list := File(t.Context(), path, Options{}); codes(list) != "external-ref" {
		t.Errorf("without a root: %v", list)
	}
	_, list := File(t.Context(), path, Options{Root: dir})
	if codes(list) != "wrong-type" || list[0].Pos.File != filepath.Join(dir, "shared", "b.yaml") {
		t.Errorf("with a root: %v", list)
	}
	if _, list := File(t.Context(), path, Options{Root: filepath.Join(dir, "shared", "ok")}); codes(list) != "external-ref" {
		t.Errorf("with another root: %v", list)
	}
	if _, list := File(t.Context(), path, Options{Root: filepath.Join(dir, "none")}); codes(list) != "external-ref" {
		t.Errorf("with a root that is not there: %v", list)
	}
}
