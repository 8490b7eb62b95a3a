package support

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"
)

// What follows is written as the generator writes it: the parameters of an
// upload.

type clientUploadParams struct {
	File   Upload
	More   []Upload
	Listed []Upload
	Note   Optional[string]
	Names  map[string]string
	Things []clientMakeParams
	Title  string
	Trace  string
}

var clientUploadParamsDescribed = descriptor{built: unsafe.Pointer(&clientUploadParamsTable)}

func (*clientUploadParams) table() *descriptor { return &clientUploadParamsDescribed }

var clientUploadParamsTable = table{
	name: "clientUploadParams", typ: reflect.TypeFor[clientUploadParams](), size: unsafe.Sizeof(clientUploadParams{}), params: true,
	fields: []field{
		{name: "file", off: unsafe.Offsetof(clientUploadParams{}.File), in: inMultipart, required: true, style: styleExplode, value: value{kind: kindFile}},
		{name: "more", off: unsafe.Offsetof(clientUploadParams{}.More), in: inMultipart, style: styleExplode,
			value: value{kind: kindSlice, elem: &value{kind: kindFile}}},
		{name: "listed", off: unsafe.Offsetof(clientUploadParams{}.Listed), in: inMultipart,
			value: value{kind: kindSlice, elem: &value{kind: kindFile}}},
		{name: "note", off: unsafe.Offsetof(clientUploadParams{}.Note), in: inMultipart, style: styleExplode,
			value: value{kind: kindString, opt: true, null: true}},
		{name: "names", off: unsafe.Offsetof(clientUploadParams{}.Names), in: inMultipart,
			value: value{kind: kindMap, elem: &value{kind: kindString}}},
		{name: "things", off: unsafe.Offsetof(clientUploadParams{}.Things), in: inMultipart, style: styleJSON,
			value: value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*clientMakeParams)(nil)}}},
		{name: "title", off: unsafe.Offsetof(clientUploadParams{}.Title), in: inMultipart, style: styleJSON, value: value{kind: kindString}},
		{name: "trace", off: unsafe.Offsetof(clientUploadParams{}.Trace), in: inQuery, value: value{kind: kindString}},
	},
}

type clientBodyParams struct{ Body Upload }

var clientBodyParamsDescribed = descriptor{built: unsafe.Pointer(&clientBodyParamsTable)}

func (*clientBodyParams) table() *descriptor { return &clientBodyParamsDescribed }

var clientBodyParamsTable = table{
	name: "clientBodyParams", typ: reflect.TypeFor[clientBodyParams](), size: unsafe.Sizeof(clientBodyParams{}), params: true,
	fields: []field{{name: "", off: unsafe.Offsetof(clientBodyParams{}.Body), in: inBody, value: value{kind: kindFile}}},
}

var (
	clientUploads = operation{method: http.MethodPost, path: "/v1/files", body: multipartBody, spell: spellList}
	clientBodies  = operation{method: http.MethodPut, path: "/v1/files", body: fileBody, contentType: "image/png"}
)

func (s clientThings) Upload(ctx context.Context, params *clientUploadParams, opts ...Option) (*clientThing, error) {
	var out clientThing
	if err := s.core.call(ctx, &clientUploads, nil, params, &out, opts); err != nil {
		return nil, err
	}
	return &out, nil
}

// clientPart is a part as a server got it.
type clientPart struct{ Name, FileName, Type, Text string }

// clientParts reads the parts of a request.
func clientParts(t *testing.T, r clientSeen) []clientPart {
	t.Helper()
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != multipartType {
		t.Fatalf("Content-Type %q: %v", r.Header.Get("Content-Type"), err)
	}
	var out []clientPart
	reader := multipart.NewReader(strings.NewReader(r.Body), params["boundary"])
	for {
		p, err := reader.NextRawPart()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		_, disposition, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
		if err != nil || len(p.Header) > 2 {
			t.Fatalf("%v: %v", p.Header, err)
		}
		out = append(out, clientPart{p.FormName(), disposition["filename"], p.Header.Get("Content-Type"), string(text)})
	}
}

// clientOnce is a reader that can't go back, and notes that it was closed.
type clientOnce struct {
	io.Reader
	closed bool
}

func (r *clientOnce) Close() error { r.closed = true; return nil }

func TestClientUploads(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	text := func(s string) *strings.Reader { return strings.NewReader(s) }
	params := &clientUploadParams{
		File:   Upload{Name: "é.png", ContentType: "image/png", Content: text("PNG\r\n--x")},
		More:   []Upload{{Content: text("")}, {Name: "b", Content: text("two")}},
		Listed: []Upload{{Content: text("zero")}, {Content: text("one")}},
		Note:   Null[string](), Names: map[string]string{"a b": "1&2=3+"},
		Things: []clientMakeParams{{Name: "x"}, {Name: "y", Note: "n"}}, Title: `a "b"`, Trace: "t",
	}
	if _, err := s.Things.Upload(t.Context(), params, WithParam("extra[x]", "a b")); err != nil {
		t.Fatal(err)
	}
	want := []clientPart{
		{"note", "", "", ""},
		{"names[a b]", "", "", "1&2=3+"},
		{"things", "", jsonType, `{"name":"x"}`},
		{"things", "", jsonType, `{"name":"y","note":"n"}`},
		{"title", "", jsonType, `"a \"b\""`},
		{"extra[x]", "", "", "a b"},
		{"file", "é.png", "image/png", "PNG\r\n--x"},
		{"more", "file", binaryType, ""},
		{"more", "b", binaryType, "two"},
		{"listed[0]", "file", binaryType, "zero"},
		{"listed[1]", "file", binaryType, "one"},
	}
	if got := clientParts(t, s.Seen[0]); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("sent %q", got)
	}
	r := s.Seen[0]
	if r.URI != "/v1/files?trace=t" || r.Header.Get("Content-Length") != fmt.Sprint(len(r.Body)) {
		t.Errorf("sent %s %v", r.URI, r.Header)
	}
	if s.Things.core.settings().err != nil || params.File.Name != "é.png" || params.File.Content == nil || len(params.More) != 2 {
		t.Errorf("the parameters are now %+v", params)
	}
}

func TestClientUploadsNothing(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	if _, err := s.Things.Upload(t.Context(), nil, WithoutValidation()); err != nil {
		t.Fatal(err)
	}
	if got := clientParts(t, s.Seen[0]); len(got) != 0 {
		t.Errorf("sent %q", got)
	}
}

func TestClientUploadsNameNothingElse(t *testing.T) {
	evil := "a\"; name=\"b\\\r\nX-Evil: 1\r\n\r\n\x00\x7f--"
	s := newClientServer(t, clientReply(200, clientOK))
	_, err := s.Things.Upload(t.Context(), &clientUploadParams{
		File:  Upload{Name: evil, Content: strings.NewReader("1")},
		Names: map[string]string{evil: evil, `x\`: "2"},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := clientParts(t, s.Seen[0])
	if len(got) != 3 {
		t.Fatalf("sent %q", got)
	}
	escaped := `a"; name="b\%0D%0AX-Evil: 1%0D%0A%0D%0A%00%7F--`
	want := map[string]string{"names[" + escaped + "]": evil, `names[x\]`: "2", "file": "1"}
	for _, p := range got {
		if want[p.Name] != p.Text || p.Name == "file" && p.FileName != escaped {
			t.Errorf("sent %q", p)
		}
	}
	for _, kind := range []string{"a/b\r\nX: 1", "a/b\n\n"} {
		_, err := s.Things.Upload(t.Context(), &clientUploadParams{File: Upload{ContentType: kind, Content: strings.NewReader("1")}})
		if err == nil || !strings.Contains(err.Error(), `the file "file"`) || len(s.Seen) != 1 {
			t.Errorf("%q: %v", kind, err)
		}
	}
}

func TestClientUploadsAreChecked(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	for _, c := range []struct {
		params *clientUploadParams
		path   string
	}{
		{nil, "file"},
		{&clientUploadParams{File: Upload{Name: "a"}}, "file"},
		{&clientUploadParams{File: Upload{Content: strings.NewReader("")}, More: []Upload{{Content: strings.NewReader("")}, {Name: "a"}}}, "more[1]"},
	} {
		_, err := s.Things.Upload(t.Context(), c.params)
		var v *ValidationError
		if !errors.As(err, &v) || len(v.Violations) != 1 || v.Violations[0].Path != c.path {
			t.Errorf("%v", err)
		}
	}
	if len(s.Seen) != 0 {
		t.Errorf("sent %v", s.Seen)
	}
}

func TestClientUploadsAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte("012345"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Seek(2, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	s := newClientServer(t, clientSequence(clientReply(500, ""), clientReply(503, ""), clientReply(200, clientOK)))
	if _, err := s.Things.Upload(t.Context(), &clientUploadParams{File: Upload{Content: file}, More: []Upload{{Content: file}}}); err != nil {
		t.Fatal(err)
	}
	first := s.Seen[0]
	if parts := clientParts(t, first); parts[0].Text != "2345" || parts[1].Text != "2345" {
		t.Errorf("sent %q", parts)
	}
	key := first.Header.Get("Idempotency-Key")
	for _, r := range s.Seen {
		if r.Body != first.Body || key == "" || r.Header.Get("Idempotency-Key") != key || r.Header.Get("Content-Length") != fmt.Sprint(len(r.Body)) {
			t.Errorf("sent %+v", r)
		}
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil || len(s.Seen) != 3 {
		t.Errorf("%d requests, then %v", len(s.Seen), err)
	}
}

func TestClientUploadsOnceWhatCantGoBack(t *testing.T) {
	cut := func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }
	for name, h := range map[string]http.HandlerFunc{"500": clientReply(500, ""), "cut": cut} {
		t.Run(name, func(t *testing.T) {
			s := newClientServer(t, h)
			s.Server.Config.ErrorLog = clientSilence
			// A connection that was used before is one that net/http doubts.
			if _, err := s.Things.Retrieve(t.Context(), "x", WithMaxRetries(0)); err == nil {
				t.Fatal("no error")
			}
			s.mu.Lock() // what was cut off tells nobody that it is over
			s.Seen = nil
			s.mu.Unlock()
			file := &clientOnce{Reader: strings.NewReader("once")}
			_, err := s.Things.Upload(t.Context(), &clientUploadParams{File: Upload{Content: file}})
			s.mu.Lock()
			defer s.mu.Unlock()
			if err == nil || len(s.Seen) != 1 || file.closed {
				t.Fatalf("%d requests, %v, closed %v", len(s.Seen), err, file.closed)
			}
			if r := s.Seen[0]; clientParts(t, r)[0].Text != "once" || r.Header.Get("Content-Length") != "" {
				t.Errorf("sent %+v", r)
			}
		})
	}
}

func TestClientUploadsAgainWhatWasNotRead(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	tries := 0
	transport := clientTransport(func(r *http.Request) (*http.Response, error) {
		if tries++; tries == 1 {
			return nil, &net.OpError{Op: "dial", Err: errors.New("refused")}
		}
		return http.DefaultTransport.RoundTrip(r)
	})
	params := &clientUploadParams{File: Upload{Content: &clientOnce{Reader: strings.NewReader("once")}}}
	_, err := s.Things.Upload(t.Context(), params, WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil || tries != 2 || clientParts(t, s.Seen[0])[0].Text != "once" {
		t.Errorf("%d tries, %v", tries, err)
	}
}

func TestClientUploadsAsItReads(t *testing.T) {
	got := make(chan string)
	s := newClientClient(&clientAPI, clientKey, WithHTTPClient(&http.Client{Transport: clientTransport(func(r *http.Request) (*http.Response, error) {
		buf := make([]byte, 4096)
		for {
			n, err := r.Body.Read(buf)
			if strings.Contains(string(buf[:n]), "piece") {
				got <- string(buf[:n])
			}
			if err != nil {
				return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(clientOK))}, nil
			}
		}
	})}))
	out, in := io.Pipe()
	done := make(chan error)
	go func() {
		_, err := s.Things.Upload(t.Context(), &clientUploadParams{File: Upload{Content: out}})
		done <- err
	}()
	for i := range 3 { // each piece arrives before the next is there
		piece := fmt.Sprintf("piece %d", i)
		if _, err := io.WriteString(in, piece); err != nil {
			t.Fatal(err)
		}
		if arrived := <-got; arrived != piece {
			t.Fatalf("%q arrived", arrived)
		}
	}
	_ = in.Close()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestClientUploadsFail(t *testing.T) {
	broken := errors.New("the disk is broken")
	s := newClientServer(t, clientReply(200, clientOK))
	s.Server.Config.ErrorLog = clientSilence
	for name, c := range map[string]struct {
		content io.Reader
		cause   error
	}{
		"broken":       {io.MultiReader(strings.NewReader("a"), clientBrokenFile{broken}), broken},
		"shorter":      {&clientShort{Reader: strings.NewReader("ab"), claimed: 5}, io.ErrUnexpectedEOF},
		"doesn't seek": {&clientShort{Reader: strings.NewReader("ab"), claimed: 2, fails: broken}, broken},
	} {
		_, err := s.Things.Upload(t.Context(), &clientUploadParams{File: Upload{Content: c.content}})
		if !errors.Is(err, c.cause) || !strings.Contains(err.Error(), `POST /v1/files: the file "file"`) || len(s.Slept) != 0 {
			t.Errorf("%s: %v, slept %v", name, err, s.Slept)
		}
	}
}

type clientBrokenFile struct{ err error }

func (r clientBrokenFile) Read([]byte) (int, error) { return 0, r.err }

// clientShort claims to be longer than it is, and may fail to go back.
type clientShort struct {
	*strings.Reader
	claimed int64
	fails   error
	seeks   int
}

func (r *clientShort) Read(p []byte) (int, error) { return r.Reader.Read(p) }

func (r *clientShort) Seek(offset int64, whence int) (int64, error) {
	if r.seeks++; r.fails != nil && r.seeks > 3 { // the first three measure it
		return 0, r.fails
	}
	if whence == io.SeekEnd {
		return r.claimed, nil
	}
	return r.Reader.Seek(offset, whence)
}

// clientGrowing is a log that grows while it is sent.
type clientGrowing struct {
	*bytes.Reader
	size int64
}

func (r *clientGrowing) Seek(offset int64, whence int) (int64, error) {
	if whence == io.SeekEnd {
		return r.size, nil
	}
	return r.Reader.Seek(offset, whence)
}

func TestClientUploadsWhatWasThereAtFirst(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	log := &clientGrowing{bytes.NewReader([]byte("one two")), 3}
	if _, err := s.Things.Upload(t.Context(), &clientUploadParams{File: Upload{Content: log}}); err != nil {
		t.Fatal(err)
	}
	if parts := clientParts(t, s.Seen[0]); parts[0].Text != "one" {
		t.Errorf("sent %q", parts)
	}
}

// clientCounting counts what is read of it, which never ends.
type clientCounting struct {
	mu sync.Mutex
	n  int
}

func (r *clientCounting) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n += len(p)
	return len(p), nil
}

func (r *clientCounting) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.n
}

func TestClientUploadsStopWithTheAnswer(t *testing.T) {
	s := newClientClient(&clientAPI, clientKey, WithHTTPClient(&http.Client{Transport: clientTransport(func(r *http.Request) (*http.Response, error) {
		go func() { _, _ = io.Copy(io.Discard, r.Body) }() // goes on, as net/http may
		time.Sleep(time.Millisecond)
		return &http.Response{StatusCode: 413, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"error":{"code":"too_large"}}`))}, nil
	})}))
	file := &clientCounting{}
	_, err := s.Things.Upload(t.Context(), &clientUploadParams{File: Upload{Content: file}})
	var e *Error
	if !errors.As(err, &e) || e.Code != "too_large" {
		t.Fatal(err)
	}
	time.Sleep(time.Millisecond) // a read that was under way
	before := file.count()
	time.Sleep(5 * time.Millisecond)
	if after := file.count(); after != before {
		t.Errorf("read on from %d to %d", before, after)
	}
}

// clientSlow takes its time for each read, and can go back.
type clientSlow struct {
	*strings.Reader
	busy sync.Mutex
}

func (r *clientSlow) Read(p []byte) (int, error) {
	if !r.busy.TryLock() {
		panic("two reads at once")
	}
	defer r.busy.Unlock()
	time.Sleep(5 * time.Millisecond)
	return r.Reader.Read(p)
}

func (r *clientSlow) Seek(offset int64, whence int) (int64, error) {
	if !r.busy.TryLock() {
		panic("moved while it is read")
	}
	defer r.busy.Unlock()
	return r.Reader.Seek(offset, whence)
}

func TestClientUploadsWaitForAReadBeforeTheNextAttempt(t *testing.T) {
	tries := 0
	var bodies []string
	transport := clientTransport(func(r *http.Request) (*http.Response, error) {
		answer := &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(clientOK))}
		if tries++; tries == 1 {
			go func() { _, _ = io.Copy(io.Discard, r.Body) }()
			time.Sleep(time.Millisecond)
			answer.StatusCode = 500
			return answer, nil
		}
		body, err := io.ReadAll(r.Body)
		bodies = append(bodies, string(body))
		return answer, err
	})
	s := newClientServer(t, nil)
	file := &clientSlow{Reader: strings.NewReader("slow")}
	_, err := s.Things.Upload(t.Context(), &clientUploadParams{File: Upload{Content: file}}, WithHTTPClient(&http.Client{Transport: transport}))
	if err != nil || tries != 2 || !strings.Contains(bodies[0], "\r\n\r\nslow\r\n") {
		t.Errorf("%d tries, %v, %q", tries, err, bodies)
	}
}

func TestClientUploadsEndWithTheContext(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	out, in := io.Pipe()
	defer in.Close()
	_, err := s.Things.Upload(ctx, &clientUploadParams{File: Upload{Content: out}})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestClientSendsFilesAsBodies(t *testing.T) {
	s := newClientServer(t, clientSequence(clientReply(500, ""), clientReply(200, clientOK)))
	call := func(f Upload) error {
		return s.core.call(t.Context(), &clientBodies, nil, &clientBodyParams{Body: f}, nil, []Option{WithParam("q", "1")})
	}
	if err := call(Upload{Content: strings.NewReader("PNG")}); err != nil || len(s.Seen) != 2 {
		t.Fatal(err)
	}
	for _, r := range s.Seen {
		if r.Body != "PNG" || r.Header.Get("Content-Type") != "image/png" || r.Header.Get("Content-Length") != "3" || r.URI != "/v1/files?q=1" {
			t.Errorf("sent %+v", r)
		}
	}
	for i, c := range []struct {
		file               Upload
		body, kind, length string
	}{
		{Upload{ContentType: "image/gif", Content: bytes.NewBufferString("GIF")}, "GIF", "image/gif", "3"},
		{Upload{Content: strings.NewReader("")}, "", "image/png", "0"},
		{Upload{Content: &clientOnce{Reader: strings.NewReader("x")}}, "x", "image/png", ""},
		{Upload{Name: "nothing"}, "", "", "0"},
		{Upload{ContentType: formType, Content: strings.NewReader("a=b")}, "a=b", formType, "3"}, // nothing is added to what the caller writes
	} {
		s.Seen = nil
		if err := call(c.file); err != nil || s.Seen[0].URI != "/v1/files?q=1" {
			t.Fatal(err, s.Seen)
		}
		if r := s.Seen[0]; r.Body != c.body || r.Header.Get("Content-Type") != c.kind || r.Header.Get("Content-Length") != c.length {
			t.Errorf("%d: sent %+v", i, r)
		}
	}
}

func TestClientSendsOtherJSON(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	op := operation{method: http.MethodPatch, path: "/v1/things", body: jsonBody, contentType: "application/merge-patch+json"}
	if err := s.core.call(t.Context(), &op, nil, &clientJSONParams{Body: Raw(`{}`)}, nil, []Option{WithParam("q", "1")}); err != nil {
		t.Fatal(err)
	}
	if r := s.Seen[0]; r.Header.Get("Content-Type") != op.contentType || r.URI != "/v1/things?q=1" || !json.Valid([]byte(r.Body)) {
		t.Errorf("sent %+v", r)
	}
}

func TestFileExtent(t *testing.T) {
	pipe, other, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	defer other.Close()
	moved := strings.NewReader("abcde")
	_, _ = moved.Seek(2, io.SeekStart)
	for name, c := range map[string]struct {
		content     io.Reader
		start, size int64
	}{
		"moved":  {moved, 2, 3},
		"beyond": {bytes.NewReader(nil), 0, 0},
		"buffer": {bytes.NewBufferString("abc"), -1, 3},
		"pipe":   {pipe, -1, -1},
		"device": {&clientGrowing{bytes.NewReader([]byte("abc")), 0}, 0, -1},
		"other":  {&clientOnce{}, -1, -1},
	} {
		start, size, err := standing(c.content)
		if start != c.start || size != c.size || err != nil {
			t.Errorf("%s: from %d, %d bytes, %v", name, start, size, err)
		}
	}
}
