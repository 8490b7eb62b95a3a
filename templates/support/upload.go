package support

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

// Upload is the content of a file to send.
//
// The content is read while the request is sent, from where it stands, and is
// not closed. One that is an [io.Seeker], such as an *os.File or a
// *bytes.Reader, can be read again, so its request is tried again as any other
// is. One that can't go back is sent once.
type Upload struct {
	_           incomparable
	Name        string    // "" sends a name of no meaning
	ContentType string    // media type; "" is application/octet-stream, or what the document says
	Content     io.Reader // nil is no file
}

const (
	unnamedFile = "file"
	binaryType  = "application/octet-stream"
)

// upload is a body that is read while it is sent: texts and the content of
// files, in turns.
type upload struct {
	pieces []piece
	size   int64 // -1 where a file doesn't tell
	fixed  bool  // some file can't go back to where it stood
	// What follows tells of the attempts so far.
	mu     sync.Mutex
	begun  bool  // something was read
	failed error // of a file
}

// piece is a text, or a file where it has content.
type piece struct {
	text    []byte
	content io.Reader
	label   string // for messages
	start   int64  // where the content stood; -1 where it can't go back
	size    int64  // -1 where it doesn't tell
}

// addText adds bytes that are sent as they are.
func (u *upload) addText(text []byte) {
	u.pieces = append(u.pieces, piece{text: text})
	u.grow(int64(len(text)))
}

// addFile adds what the file holds from where it stands on.
func (u *upload) addFile(label string, content io.Reader) error {
	start, size, err := standing(content)
	if err != nil {
		return fmt.Errorf("%s: %w", label, err)
	}
	u.pieces = append(u.pieces, piece{content: content, label: label, start: start, size: size})
	u.fixed = u.fixed || start < 0
	u.grow(size)
	return nil
}

// grow adds a size to the body's, unless one of them is unknown.
func (u *upload) grow(size int64) {
	if u.size < 0 || size < 0 {
		u.size = -1
		return
	}
	u.size += size
}

// standing tells where a reader stands and how much of it is left, -1 for what
// it can't tell. Devices, and the files that Linux keeps under /proc, claim to
// be empty, so that is no size.
func standing(r io.Reader) (start, size int64, err error) {
	start, size = -1, -1
	if s, ok := r.(io.Seeker); ok {
		if start, size, err = reach(s); err != nil {
			return -1, -1, err
		}
	}
	switch r := r.(type) {
	case *bytes.Buffer:
		size = int64(r.Len())
	case *bytes.Reader:
		size = int64(r.Len())
	case *strings.Reader:
		size = int64(r.Len())
	}
	return start, size, nil
}

// reach is standing for what may go back. What can't, such as a pipe, says so
// at once.
func reach(s io.Seeker) (start, size int64, err error) {
	start, err = s.Seek(0, io.SeekCurrent)
	if err != nil {
		return -1, -1, nil
	}
	size = -1
	if end, err := s.Seek(0, io.SeekEnd); err == nil && end > start {
		size = end - start
	}
	_, err = s.Seek(start, io.SeekStart)
	return start, size, err
}

// again tells whether the body can be sent once more, or has not been read yet.
func (u *upload) again() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.failed == nil && !(u.fixed && u.begun)
}

// sending is an upload during one attempt. A goroutine reads the files, so
// that one that has nothing to say, such as a pipe, holds nobody up: HTTP
// clients wait for a read to end, however long that takes.
type sending struct {
	*upload
	body   io.Reader
	out    *io.PipeReader
	in     *io.PipeWriter
	unhook func() bool
	ended  bool          // guarded by mu
	copied chan struct{} // nil before the first read, closed when all is read
}

// open begins an attempt, which ends with its context at the latest.
func (u *upload) open(ctx context.Context) sentBody {
	readers := make([]io.Reader, len(u.pieces))
	for i := range u.pieces {
		readers[i] = u.pieces[i].reader()
	}
	s := &sending{upload: u, body: io.MultiReader(readers...)}
	s.out, s.in = io.Pipe()
	s.unhook = context.AfterFunc(ctx, func() { _ = s.Close() })
	return s
}

var errEnded = errors.New("the request has ended")

func (s *sending) length() int64 { return s.size }

// Read implements io.Reader.
func (s *sending) Read(p []byte) (int, error) {
	s.begin()
	return s.out.Read(p)
}

func (s *sending) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.copied == nil && !s.ended {
		s.begun = true
		s.copied = make(chan struct{})
		go s.copy()
	}
}

// copy reads the files until the attempt ends.
func (s *sending) copy() {
	_, err := io.Copy(s.in, s.body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil && err != errEnded {
		s.failed = err
	}
	_ = s.in.CloseWithError(err)
	close(s.copied)
}

// Close implements io.Closer. The files stay open, and are left alone from now
// on but for a read that is under way.
func (s *sending) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	return s.out.CloseWithError(errEnded)
}

// end takes the files back, and returns why one could not be read. A read that
// is under way is waited for where the next attempt, or the caller, is going
// to move the file; what can't go back may have nothing to say for ever.
func (s *sending) end(done <-chan struct{}) error {
	s.unhook()
	_ = s.Close()
	if s.copied != nil && !s.fixed {
		select {
		case <-s.copied:
		case <-done:
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

// reader returns what reads the piece for one attempt.
func (p *piece) reader() io.Reader {
	if p.content == nil {
		return bytes.NewReader(p.text)
	}
	return &fileReader{piece: p, left: p.size}
}

// fileReader reads a file from where it stood: as much as it had when its size
// was announced.
type fileReader struct {
	*piece
	left   int64 // -1 where the size is unknown
	placed bool
}

// Read implements io.Reader.
func (r *fileReader) Read(p []byte) (int, error) {
	if err := r.place(); err != nil {
		return 0, fmt.Errorf("%s can't be read: %w", r.label, err)
	}
	if r.left >= 0 {
		p = p[:min(int64(len(p)), r.left)]
	}
	if r.left == 0 {
		return 0, io.EOF
	}
	n, err := r.content.Read(p)
	if r.left > 0 {
		r.left -= int64(n)
	}
	switch {
	case err == io.EOF && r.left > 0:
		err = fmt.Errorf("%s is shorter than it was: %w", r.label, io.ErrUnexpectedEOF)
	case err != nil && err != io.EOF:
		err = fmt.Errorf("%s can't be read: %w", r.label, err)
	}
	return n, err
}

// place goes back to where the file stood, once.
func (r *fileReader) place() error {
	if r.placed || r.start < 0 {
		return nil
	}
	r.placed = true
	_, err := r.content.(io.Seeker).Seek(r.start, io.SeekStart)
	return err
}

// fileBody makes a file the whole body. Its media type is its own, or else the
// document's.
func fileBody(r *request, _ *settings, params object) (string, error) {
	for _, at := range sent(params, inBody) {
		f := (*Upload)(at)
		contentType, err := f.mediaType(cmp.Or(r.op.contentType, binaryType))
		if err != nil {
			return "", err
		}
		u := &upload{}
		r.upload = u
		return contentType, u.addFile("the body", f.Content)
	}
	return "", nil
}

// mediaType returns the media type of a file, or another one where it has none.
func (f *Upload) mediaType(other string) (string, error) {
	switch {
	case f.ContentType == "":
		return other, nil
	case !plainText(f.ContentType):
		return "", fmt.Errorf("the content type %q has a control character", f.ContentType)
	}
	return f.ContentType, nil
}
