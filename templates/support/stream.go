package support

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// Stream is an answer that is read as it comes, such as a PDF. Close it, also
// when not all of it was read. The call's context covers reading; time limits
// of attempts and the limit of an answer's size don't.
type Stream struct {
	ContentType string // media type, as the server says
	Size        int64  // in bytes, -1 where the server doesn't say
	Header      http.Header

	// Closures, which printing doesn't enter.
	read  func(p []byte) (int, error)
	close func() error
}

var errNoStream = errors.New("the stream was not opened by a client")

// Read reads from the answer's body.
func (s *Stream) Read(p []byte) (int, error) {
	if s == nil || s.read == nil {
		return 0, errNoStream
	}
	return s.read(p)
}

// Close gives the connection back, or up where the body was not read to its
// end. Closing again does nothing.
func (s *Stream) Close() error {
	if s == nil || s.close == nil {
		return nil
	}
	return s.close()
}

// stream sends one request and returns its answer unread.
func (c *core) stream(ctx context.Context, op *operation, args []string, params any, opts []Option) (*Stream, error) {
	s, req, err := c.prepare(op, args, objectIn(params), opts)
	if err != nil {
		return nil, err
	}
	out := &Stream{}
	req.pick, req.lasts = func(int) (sink, error) { return sink{take: out.take}, nil }, untilBegun
	if err := c.send(ctx, s, req, nil); err != nil {
		return nil, err
	}
	return out, nil
}

// take takes the answer over, with all that the attempt holds.
func (s *Stream) take(x *exchange) {
	x.begun()
	*s = Stream{
		ContentType: x.resp.Header.Get("Content-Type"),
		Size:        x.resp.ContentLength,
		Header:      x.resp.Header,
		read: func(p []byte) (int, error) {
			n, err := x.resp.Body.Read(p)
			if err != nil && err != io.EOF {
				err = withDone(x.ctx, err)
			}
			return n, err
		},
		close: func() error { x.end(); return nil },
	}
}

// untilBegun returns a context that ends after a time limit, if there is one,
// unless begun is called before: an answer that has begun takes its time.
func untilBegun(ctx context.Context, limit time.Duration) (bound context.Context, begun func(), cancel context.CancelFunc) {
	bound, end := context.WithCancelCause(ctx)
	if limit <= 0 {
		return bound, func() {}, func() { end(nil) }
	}
	timer := time.AfterFunc(limit, func() { end(context.DeadlineExceeded) })
	return bound, func() { timer.Stop() }, func() { timer.Stop(); end(nil) }
}
