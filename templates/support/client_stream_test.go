package support

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

var clientPDF = operation{method: http.MethodGet, path: "/v1/things/{thing}/pdf", accept: "application/pdf, text/plain"}

func (s clientThings) PDF(ctx context.Context, thing string, opts ...Option) (*Stream, error) {
	return s.core.stream(ctx, &clientPDF, []string{thing}, nil, opts)
}

// clientChunks answers piece by piece, each when the last has been flushed.
func clientChunks(wait time.Duration, pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		for _, piece := range pieces {
			_, _ = io.WriteString(w, piece)
			_ = http.NewResponseController(w).Flush()
			time.Sleep(wait)
		}
	}
}

func TestClientStreams(t *testing.T) {
	s := newClientServer(t, clientReply(200, "%PDF", "Content-Type", "application/pdf", "X-Pages", "2"))
	var response Response
	stream, err := s.Things.PDF(t.Context(), "th_1", WithResponse(&response))
	if err != nil {
		t.Fatal(err)
	}
	if stream.ContentType != "application/pdf" || stream.Size != 4 || stream.Header.Get("X-Pages") != "2" || response.RequestID != "req_1" {
		t.Errorf("%+v, %+v", stream, response)
	}
	text, err := io.ReadAll(stream)
	if string(text) != "%PDF" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	for range 2 {
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
	}
	if n, err := stream.Read(make([]byte, 1)); n != 0 || err == nil {
		t.Errorf("read %d after closing, %v", n, err)
	}
	if r := s.Seen[0]; r.Header.Get("Accept") != clientPDF.accept || r.URI != "/v1/things/th_1/pdf" {
		t.Errorf("sent %+v", r)
	}
}

func TestClientStreamsOfAnySize(t *testing.T) {
	large := strings.Repeat("x", 1<<20)
	s := newClientServer(t, clientChunks(0, large, large), WithMaxResponseBytes(10))
	stream, err := s.Things.PDF(t.Context(), "th_1")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	n, err := io.Copy(io.Discard, stream)
	if n != 2<<20 || err != nil || stream.Size != -1 {
		t.Errorf("%d bytes of %d, %v", n, stream.Size, err)
	}
}

func TestClientStreamsFail(t *testing.T) {
	s := newClientServer(t, clientReply(404, `{"error":{"code":"missing"}}`+strings.Repeat(" ", 100)), WithMaxResponseBytes(50))
	stream, err := s.Things.PDF(t.Context(), "th_1")
	var e *Error
	if stream != nil || !errors.As(err, &e) || e.Status != 404 || !errors.Is(err, ErrResponseTooLarge) || len(e.Body) != 50 {
		t.Errorf("%v, %v", stream, err)
	}
	if stream, err := s.Things.PDF(t.Context(), ""); stream != nil || err == nil || len(s.Seen) != 1 {
		t.Errorf("%v, %v", stream, err)
	}
	var nobody clientThings
	if stream, err := nobody.PDF(t.Context(), "x"); stream != nil || err == nil {
		t.Errorf("%v, %v", stream, err)
	}
}

func TestClientStreamsAfterRetries(t *testing.T) {
	s := newClientServer(t, clientSequence(clientReply(500, ""), clientReply(429, ""), clientReply(200, "text")))
	stream, err := s.Things.PDF(t.Context(), "th_1")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	if text, err := io.ReadAll(stream); string(text) != "text" || err != nil || len(s.Seen) != 3 {
		t.Errorf("%d requests, %q, %v", len(s.Seen), text, err)
	}
}

func TestClientStreamsTakeTheirTime(t *testing.T) {
	const limit = 200 * time.Millisecond
	s := newClientServer(t, clientChunks(limit, "one ", "two"))
	stream, err := s.Things.PDF(t.Context(), "th_1", WithTimeout(limit))
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	if text, err := io.ReadAll(stream); string(text) != "one two" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

func TestClientStreamsBeginInTime(t *testing.T) {
	s := newClientServer(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	_, err := s.Things.PDF(t.Context(), "th_1", WithTimeout(10*time.Millisecond), WithMaxRetries(1))
	if !errors.Is(err, context.DeadlineExceeded) || len(s.Slept) != 1 {
		t.Errorf("%v, slept %v", err, s.Slept)
	}
}

func TestClientStreamsEndWithTheContext(t *testing.T) {
	s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
		clientChunks(0, "one")(w, r)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	stream, err := s.Things.PDF(ctx, "th_1")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	if _, err := io.ReadFull(stream, make([]byte, 3)); err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := stream.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestClientStreamsCloseEarly(t *testing.T) {
	gone := make(chan struct{})
	s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
		clientChunks(0, "one")(w, r)
		<-r.Context().Done()
		close(gone)
	})
	stream, err := s.Things.PDF(t.Context(), "th_1")
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.Close(); err != nil {
		t.Fatal(err)
	}
	<-gone
}

func TestClientStreamsTellOtherServersNothing(t *testing.T) {
	other := newClientServer(t, clientReply(200, "%PDF"))
	s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.Replace(other.URL, "127.0.0.1", "localhost", 1)+"/signed", http.StatusFound)
	})
	stream, err := s.Things.PDF(t.Context(), "th_1", WithHTTPClient(&http.Client{}), WithHeader("X-Own", "1"))
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	if text, err := io.ReadAll(stream); string(text) != "%PDF" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	r := other.Seen[0]
	for name := range r.Header {
		if name != "Accept" && name != "User-Agent" && name != "Accept-Encoding" {
			t.Errorf("%s arrived", name)
		}
	}
	if r.URI != "/signed" || r.Header.Get("Accept") != clientPDF.accept {
		t.Errorf("%+v", r)
	}
}

func TestClientStreamsAndUploadsTogether(t *testing.T) {
	s := newClientServer(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "done") })
	op := operation{method: http.MethodPost, path: "/v1/convert", body: fileBody, accept: "text/plain", contentType: "image/png"}
	file := &clientOnce{Reader: bytes.NewBufferString("PNG")}
	stream, err := s.core.stream(t.Context(), &op, nil, &clientBodyParams{Body: Upload{Content: file}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(stream); string(text) != "done" || err != nil || s.Seen[0].Body != "PNG" {
		t.Errorf("%q, %v, %+v", text, err, s.Seen)
	}
	if err := stream.Close(); err != nil || file.closed {
		t.Errorf("%v, closed %v", err, file.closed)
	}
}

func TestStreamShowsNoSecret(t *testing.T) {
	s := newClientServer(t, clientReply(200, "text"))
	stream, err := s.Things.PDF(t.Context(), "th_1")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	if text := fmt.Sprintf("%+v %#v", stream, stream); strings.Contains(text, clientKey) {
		t.Error(text)
	}
}

func TestStreamOfNobody(t *testing.T) {
	for _, stream := range []*Stream{nil, {}} {
		if _, err := stream.Read(nil); err == nil {
			t.Error("read")
		}
		if err := stream.Close(); err != nil {
			t.Error(err)
		}
	}
}
