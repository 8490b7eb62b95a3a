package load

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/oaken-go/oaken/generator/diag"
)

// The limits are far beyond any document that someone maintains; they are there
// so that a hostile one costs seconds and megabytes, not hours and gigabytes.
const (
	maxBytes  = 256 << 20
	maxDepth  = 1000
	maxValues = 2_500_000  // in all files together
	maxWork   = 64_000_000 // sum of the depths of all values: a reader of nested text may go over it once per level
	maxCopies = 500_000    // values that YAML aliases may add
	maxFiles  = 2_000
	maxFound  = 10_000 // problems: what has more is no document
)

// limits count what has been read, over all files.
type limits struct {
	work    int
	tooDeep *parseError
}

func (l *limits) count(depth int) { l.work += depth }

func (l *limits) deep(line, col int32) {
	if l.tooDeep == nil {
		l.tooDeep = &parseError{line: line, col: col, code: "too-deep", message: "is nested more than 1,000 levels deep: put the inner parts under components, and refer to them"}
	}
}

// parseError is why a text has no tree, and where.
type parseError struct {
	line, col     int32
	code, message string
}

func (e *parseError) Error() string { return e.message }

// source is one file.
type source struct {
	name   string // for messages: as the user gave it
	abs    string
	text   string
	isJSON bool
	root   *node
	self   *resource           // the file as a whole
	inner  map[*node]*resource // schemas in it that have an $id
	reader *reader
	lines  []int // where each line begins, made when asked for
	// written is how values without quotes are written, where that is not JSON.
	written map[*node]string
}

// json returns the document as JSON text that the library can read.
func (s *source) json() []byte { return appendReadable(make([]byte, 0, len(s.text)), s.root) }

// pos returns where a node stands; nil is the file as a whole.
func (s *source) pos(n *node) diag.Pos {
	if n == nil {
		return diag.Pos{File: s.name}
	}
	return s.at(n.line, n.col)
}

// at returns a position. The YAML library counts characters: turn them to bytes.
func (s *source) at(line, col int32) diag.Pos {
	p := diag.Pos{File: s.name, Line: int(line), Col: int(col)}
	if s.isJSON || col <= 1 || line < 1 {
		return p
	}
	if s.lines == nil {
		s.lines = lineStarts(s.text)
	}
	rest := s.text[s.lines[min(int(line), len(s.lines))-1]:]
	bytes := 0
	for range col - 1 {
		_, size := utf8.DecodeRuneInString(rest[min(bytes, len(rest)):])
		bytes += size
	}
	p.Col = bytes + 1
	return p
}

func lineStarts(text string) []int {
	starts := make([]int, 1, strings.Count(text, "\n")+1)
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return starts
		}
		at += i + 1
		starts = append(starts, at)
	}
}

// errorAt is a parseError at an offset.
func (s *source) errorAt(offset int, code, message string) *parseError {
	offset = max(0, min(offset, len(s.text)))
	before := s.text[:offset]
	start := strings.LastIndexByte(before, '\n') + 1
	return &parseError{
		line: int32(strings.Count(before, "\n")) + 1, col: int32(offset-start) + 1,
		code: code, message: message,
	}
}

// duplicate reports a key that an object has twice; tokens lead to it.
func (s *source) duplicate(tokens []string, first, again *node) {
	s.reader.report(s, again, append(slices.Clone(tokens), again.key), "duplicate-key",
		"key %q is already there in line %d: drop or rename one of them", again.key, first.line)
}

// Options say where a document may be read from.
type Options struct {
	// Root is the folder whose files it may refer to; its own where it is empty.
	Root string
	// AllowHosts are the hosts that files may be fetched from, each with its port
	// where that is not 443. There are none unless they are named.
	AllowHosts []string
	// Files is where files are, the document's own included, if not on the disk.
	Files Files
}

// Files is a place for files that is not the disk. Their paths are absolute, and
// what they would be on the disk.
type Files interface {
	// Open opens a file. Where there is none, the error is fs.ErrNotExist.
	Open(ctx context.Context, path string) (io.ReadCloser, error)
	// Name returns what messages call a file.
	Name(path string) string
}

// reader reads files, each once, and collects what is wrong with them.
type reader struct {
	path    string
	name    string // for messages
	options Options
	folder  string   // absolute; files outside are not read
	root    *os.Root // the folder, opened; nil until a second file is asked for
	files   map[string]*source
	fetched int
	values  int
	limits  limits
	found   diag.List

	resources map[string]*resource // by their addresses
	dynamic   map[string]int       // how many places have a $dynamicAnchor
}

func newReader(path string, options Options) *reader {
	return &reader{
		path: path, name: path, options: options,
		files: map[string]*source{}, resources: map[string]*resource{}, dynamic: map[string]int{},
	}
}

func (r *reader) close() {
	if r.root != nil {
		r.root.Close()
	}
}

// report adds a diagnostic about a node of a file. There is an end to them.
func (r *reader) report(s *source, n *node, tokens []string, code, format string, args ...any) {
	switch {
	case len(r.found) < maxFound:
		r.found = append(r.found, diag.Diagnostic{
			Pos: s.pos(n), Pointer: joinPointer(tokens), Code: code, Message: fmt.Sprintf(format, args...),
		})
	case len(r.found) == maxFound:
		r.found = append(r.found, diag.Diagnostic{
			Pos: diag.Pos{File: r.name}, Code: "too-many-problems",
			Message: fmt.Sprintf("there are more than %d problems: these are the first", maxFound),
		})
	}
}

// readMain reads the document itself; nil where that is not possible.
func (r *reader) readMain(ctx context.Context) *source {
	abs, err := filepath.Abs(r.path)
	if err != nil {
		abs = r.path
	}
	r.folder = filepath.Dir(abs)
	if r.options.Root != "" {
		if r.folder, err = filepath.Abs(r.options.Root); err != nil {
			r.folder = r.options.Root
		}
	}
	if r.options.Files != nil {
		r.name = r.options.Files.Name(abs)
	}
	s := &source{name: r.name, abs: abs, reader: r}
	f, err := r.openMain(ctx, abs)
	if err != nil {
		r.report(s, nil, nil, "unreadable-file", "can't be read: %s", reason(err))
		return nil
	}
	defer f.Close()
	return r.parse(ctx, s, f, fileURL(abs))
}

func (r *reader) openMain(ctx context.Context, abs string) (io.ReadCloser, error) {
	if r.options.Files == nil {
		return os.Open(r.path)
	}
	return r.options.Files.Open(ctx, abs)
}

// readFile reads another file of the document's folder.
func (r *reader) readFile(ctx context.Context, abs string) (*source, error) {
	if s, ok := r.files[abs]; ok {
		return s, nil
	}
	if len(r.files) >= maxFiles {
		return nil, errTooMany
	}
	inside, err := filepath.Rel(r.folder, abs)
	if err != nil || !filepath.IsLocal(inside) {
		return nil, errOutside
	}
	f, err := r.open(ctx, inside)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := &source{name: r.nameOf(abs), abs: abs, reader: r}
	return r.parse(ctx, s, f, fileURL(abs)), nil
}

// nameOf is what messages call a file: as the document's path leads to it.
func (r *reader) nameOf(abs string) string {
	if r.options.Files != nil {
		return r.options.Files.Name(abs)
	}
	if own, err := filepath.Abs(filepath.Dir(r.path)); err == nil {
		if rel, err := filepath.Rel(own, abs); err == nil {
			return filepath.Join(filepath.Dir(r.path), rel)
		}
	}
	return abs
}

var (
	errOutside = errors.New("outside of the document's folder")
	errTooMany = fmt.Errorf("the document has more than %d files", maxFiles)
	errNoFile  = errors.New("is no file, but a folder, a device or a pipe")
)

// open opens a file inside the folder; links that lead out of it are refused,
// and so is what is no file and may never end.
func (r *reader) open(ctx context.Context, inside string) (io.ReadCloser, error) {
	if r.options.Files != nil {
		return r.options.Files.Open(ctx, filepath.Join(r.folder, inside))
	}
	return r.openInRoot(inside)
}

func (r *reader) openInRoot(inside string) (io.ReadCloser, error) {
	if r.root == nil {
		root, err := os.OpenRoot(r.folder)
		if err != nil {
			return nil, err
		}
		r.root = root
	}
	info, err := r.root.Stat(inside)
	if err == nil && !info.Mode().IsRegular() {
		return nil, errNoFile
	}
	f, openErr := r.root.Open(inside)
	if err = cmp.Or(err, openErr); err != nil {
		if f != nil {
			f.Close()
		}
		if strings.Contains(err.Error(), "escapes") {
			return nil, errOutside
		}
		return nil, err
	}
	return f, nil
}

// parse reads and parses one file. It is remembered either way, so that its
// problems are reported once.
func (r *reader) parse(ctx context.Context, s *source, from io.Reader, where *url.URL) *source {
	r.files[s.abs] = nil
	data, err := io.ReadAll(io.LimitReader(&stoppable{ctx, from}, maxBytes+1))
	if err == nil {
		err = r.parseText(s, data)
	}
	var at *parseError
	switch {
	case errors.As(err, &at):
		r.found = append(r.found, diag.Diagnostic{Pos: s.at(at.line, at.col), Code: at.code, Message: at.message})
		return nil
	case err != nil:
		r.report(s, nil, nil, "unreadable-file", "can't be read: %s", reason(err))
		return nil
	}
	r.files[s.abs] = s
	r.register(s, where)
	return s
}

func (r *reader) parseText(s *source, data []byte) error {
	if len(data) > maxBytes {
		return &parseError{code: "too-large", message: "is larger than 256 MiB: divide the document"}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	s.text = string(data)
	if at := invalidUTF8(s.text); at >= 0 {
		return s.errorAt(at, "not-utf8", "is not UTF-8 text: convert it")
	}
	start := strings.TrimLeft(s.text, " \t\r\n")
	if start == "" {
		return &parseError{code: "empty-document", message: "is empty: an OpenAPI document is expected"}
	}
	s.isJSON = start[0] == '{' && (filepath.Ext(s.abs) == ".json" || json.Valid(data))
	if r.values += estimate(s); r.values > maxValues {
		return &parseError{code: "too-large", message: "holds more than 2,500,000 values: divide the document"}
	}
	return r.build(s)
}

func (r *reader) build(s *source) error {
	parse := s.parseYAML
	if s.isJSON {
		parse = s.parseJSON
	}
	if err := parse(&r.limits); err != nil {
		return err
	}
	if r.limits.tooDeep != nil {
		return r.limits.tooDeep
	}
	if r.limits.work > maxWork {
		return &parseError{code: "too-deep", message: "is nested too deeply for its size: put the inner parts under components, and refer to them"}
	}
	return nil
}

// estimate is at least how many values a text holds, without parsing it: every
// value has one of these characters before it or after it.
func estimate(s *source) int {
	marks := ",[{"
	if !s.isJSON {
		marks = ",[{\n"
	}
	total := 1
	for _, mark := range marks {
		total += strings.Count(s.text, string(mark))
	}
	if !s.isJSON { // more than one value can begin in a line: "- - a" and "? ? a"
		total += strings.Count(s.text, "- -") + strings.Count(s.text, "? ?")
	}
	return total
}

func invalidUTF8(s string) int {
	if utf8.ValidString(s) {
		return -1
	}
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			return i
		}
	}
	return -1
}

// stoppable is a reader that ends with its context.
type stoppable struct {
	ctx context.Context
	io.Reader
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(p)
}

// reason is an error without the path, which the message begins with anyway.
func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
