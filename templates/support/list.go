package support

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"unsafe"
)

// origin is where a page of a list came from: what Next, Previous and All need
// in order to ask for another one. Decoding stores the same origin in every
// list that an answer holds; call then gives the page that is the answer
// itself one of its own, with the path and query of its request.
//
// What it holds is a *source without saying so. Printing a page doesn't show its
// request, and Go's description of a page doesn't lead to all that sends
// requests: programs keep what such a description leads to.
type origin struct{ hidden unsafe.Pointer }

// source is what an origin holds.
type source struct {
	core     *core
	settings *settings // of the call that brought the page
	// path and query are those of the request that the page answers, and header
	// sets its header parameters. All are empty for an embedded list, whose own url
	// member leads on.
	path   string
	query  string
	header func(http.Header)
	// security is what the operation asks for, here and in an embedded list.
	security [][]string
}

//go:noinline
func (s *source) origin() *origin { return &origin{unsafe.Pointer(s)} }

func (o *origin) source() *source { return (*source)(o.hidden) }

// originOf returns the origin of the lists in an answer.
func (c *core) originOf(s *settings, req *request) *origin {
	if s = s.lasting(c); s == c.settings() && req.op.security == nil {
		return c.origin
	}
	return (&source{core: c, settings: s, security: req.op.security}).origin()
}

// comesFrom gives the page that answers a request an origin of its own, beside
// that of lists in it. Pages are read with GET; what answers another method
// can't be asked for again.
func (p *page) comesFrom(req *request, from *origin) {
	if req.op.method != http.MethodGet {
		return
	}
	s := from.source()
	*p.origin() = (&source{s.core, s.settings, req.path, req.query, req.own, s.security}).origin()
}

var (
	// ErrNoMorePages is what Next and Previous return where the list ends.
	ErrNoMorePages = errors.New("the list has no more pages")

	errNoOrigin = errors.New("the list was not read by a client, so it can't be continued")
	errNoCursor = errors.New("the list claims more items, but has none with an id to continue from")
	errRepeated = errors.New("the server repeats a cursor of the list, which would never end")
)

// nextPage reads the page that follows into out, which is an empty struct of
// the same type.
func nextPage(ctx context.Context, page, out any, opts []Option) error {
	return turn(ctx, objectIn(page), objectIn(out), false, opts)
}

// previousPage reads the page that precedes into out.
func previousPage(ctx context.Context, page, out any, opts []Option) error {
	return turn(ctx, objectIn(page), objectIn(out), true, opts)
}

func turn(ctx context.Context, of, out object, back bool, opts []Option) error {
	p, ok := pageOf(of)
	if !ok {
		return errors.New("the list is nil")
	}
	cursor, err := p.cursor(back)
	if err != nil {
		return err
	}
	return p.read(ctx, cursor, back, out, opts)
}

// pages is where an iteration over a list begins: with a page that is there
// already, or, where op is set, with one that each iteration asks for anew.
type pages struct {
	ctx    context.Context
	core   *core
	op     *operation
	args   []string
	params object
	page   object // with op a nil pointer that tells its type
	opts   []Option
}

// pages is call for an iteration over what an operation lists. As with the
// functions below, every list of a document has a call of it, and inlining it
// there is what compiling would take longest over.
//
//go:noinline
func (c *core) pages(ctx context.Context, op *operation, args []string, params, page any, opts []Option) *pages {
	return &pages{ctx, c, op, args, objectIn(params), objectIn(page), opts}
}

// pagesFrom begins an iteration with a page.
//
//go:noinline
func pagesFrom(ctx context.Context, page any, opts []Option) *pages {
	return &pages{ctx: ctx, page: objectIn(page), opts: opts}
}

// first returns the first page.
func (p *pages) first() (object, error) {
	if p.op == nil {
		return p.page, nil
	}
	out := fresh(p.page)
	return out, p.core.call(p.ctx, p.op, p.args, p.params, out, p.opts)
}

// eachItem iterates over the items of a list, from its first page on. T is a
// pointer to an item, so that all lists share one function. An error is yielded
// once, with nil, and ends the sequence.
//
// Pages are turned forward, unless the first one was asked for with a cursor
// for what precedes: then they are turned backward, and the items of each come
// in reverse order.
//
//go:noinline
func eachItem[T any](from *pages) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		from.each(func(p unsafe.Pointer, err error) bool { return yield(*(*T)(unsafe.Pointer(&p)), err) })
	}
}

// eachValue is eachItem for lists whose items are unions: T is the interface.
//
//go:noinline
func eachValue[T any](from *pages) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		from.each(func(p unsafe.Pointer, err error) bool {
			if p == nil {
				return yield(*new(T), err)
			}
			return yield(*(*T)(p), err)
		})
	}
}

// each yields the address of each item. It ends with an error where a
// cursor comes a second time, so that no server can keep it busy for ever.
func (p *pages) each(yield func(unsafe.Pointer, error) bool) {
	seen := map[string]bool{}
	out, err := p.first()
	for err == nil {
		page, ok := pageOf(out)
		if !ok {
			err = errors.New("the list is nil")
			break
		}
		// Before the items are the caller's, who may change them.
		cursor, end := page.cursor(page.backward())
		if !page.each(p.ctx, yield) {
			return
		}
		if err = end; err == nil {
			out, err = page.following(p.ctx, cursor, seen, p.opts)
		}
	}
	if !errors.Is(err, ErrNoMorePages) {
		yield(nil, err)
	}
}

// page is one page of a list, seen through its table.
type page struct {
	object
	base unsafe.Pointer
	list *list
	from *source // &nowhere for a page that has no origin
}

var nowhere source

func pageOf(o object) (page, bool) {
	if o == nil || pointerOf(o) == nil || builtTable(o).list == nil {
		return page{}, false
	}
	p := page{object: o, base: pointerOf(o), list: builtTable(o).list, from: &nowhere}
	if from := *p.origin(); from != nil {
		p.from = from.source()
	}
	return p, true
}

// origin returns the address of the page's origin.
func (p *page) origin() **origin { return (**origin)(unsafe.Add(p.base, p.list.origin)) }

// backward tells whether the page was asked for as what precedes something.
//
//go:noinline
func (p *page) backward() bool {
	return p.list.before != "" && paramValue(p.from.query, p.list.before) != ""
}

// forward tells whether it was asked for as what follows something.
func (p *page) forward() bool {
	return paramValue(p.from.query, p.list.after) != ""
}

// each yields the items. It returns false when that ends the iteration.
func (p *page) each(ctx context.Context, yield func(unsafe.Pointer, error) bool) bool {
	items, backward := p.items(), p.backward()
	for i := range items.len {
		if err := ctx.Err(); err != nil {
			yield(nil, err)
			return false
		}
		if backward {
			i = items.len - 1 - i
		}
		if item := items.at(i); item != nil && !yield(item, nil) {
			return false
		}
	}
	return true
}

// following returns the next page in the direction of the iteration, beyond
// the cursor.
func (p *page) following(ctx context.Context, cursor string, seen map[string]bool, opts []Option) (object, error) {
	if seen[cursor] {
		return nil, errRepeated
	}
	seen[cursor] = true
	out := fresh(p.object)
	return out, p.read(ctx, cursor, p.backward(), out, opts)
}

// cursor returns what leads on: the page's own word, or the id at its end.
func (p *page) cursor(back bool) (string, error) {
	if p.list.next != "" {
		return p.token()
	}
	items := p.items()
	if err := p.leadsOn(back, items.len == 0); err != nil {
		return "", err
	}
	at := items.len - 1
	if back {
		at = 0
	}
	if id := p.itemID(items, at); id != "" {
		return id, nil
	}
	return "", errNoCursor
}

// token returns the name of the following page. A page that has none is the
// last one, whatever else it says.
func (p *page) token() (string, error) {
	token := p.text(p.list.next)
	if token == "" || !p.more() {
		return "", ErrNoMorePages
	}
	return token, nil
}

// leadsOn tells why no page lies in a direction, or returns nil.
//
// The member that tells whether there is more speaks of the direction in which
// the page was asked for. In the other direction lies at least what the page
// was asked for with; and before a page that was asked for without a cursor
// lies nothing, as there the list begins.
func (p *page) leadsOn(back, empty bool) error {
	spoken := back == p.backward()
	switch {
	case spoken && !p.more():
		return ErrNoMorePages
	case spoken && empty:
		return errNoCursor
	case empty, back && !p.backward() && !p.forward():
		return ErrNoMorePages
	}
	return nil
}

// read asks for the page on one side of a cursor.
func (p *page) read(ctx context.Context, cursor string, back bool, out object, opts []Option) error {
	if p.from.core == nil {
		return errNoOrigin
	}
	name := p.list.after
	switch {
	case p.list.next != "":
		name = p.list.page
	case back:
		name = p.list.before
	}
	if name == "" {
		return errors.New("the API doesn't turn this list's pages in that direction")
	}
	if paramValue(p.from.query, name) == cursor {
		return errRepeated
	}
	s := p.from.settings.with(opts)
	req, err := p.request(s, pair{name: name, value: cursor})
	if err != nil {
		return fmt.Errorf("%s: %w", req.label(), err)
	}
	return p.from.core.send(ctx, s, req, out)
}

// request repeats the request of the page with another cursor.
func (p *page) request(s *settings, cursor pair) (*request, error) {
	from := p.from
	op := &operation{method: http.MethodGet, path: builtTable(p.object).name, security: from.security}
	req := &request{op: op, path: from.path, query: from.query, own: from.header}
	if s.err != nil {
		return req, s.err
	}
	if from.path == "" {
		var err error
		if req.path, req.query, err = s.place(p.text(p.list.url)); err != nil {
			return req, err
		}
	}
	for _, param := range s.params {
		req.query = withoutParams(req.query, param.name)
	}
	op.path = req.path
	req.query = withoutParams(req.query, p.list.after, p.list.before, cursor.name)
	req.query = withPairs(req.query, []pair{cursor})
	return req, req.complete(s, nil)
}

// place checks the url member of an embedded list and returns the path and
// query in it. It comes from the server, so it must not lead to another one:
// it is a path, or a URL of the server that the client talks to.
func (s *settings) place(text string) (path, query string, err error) {
	if text == "" {
		return "", "", errors.New("the list doesn't say where its pages are")
	}
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.Fragment != "" || strings.ContainsAny(text, `\ `) {
		return "", "", errors.New("the list's url is not a path")
	}
	if u.Host != "" && !(sameOrigin(u, s.base)) || u.Host == "" && u.Scheme != "" {
		return "", "", errors.New("the list's url leads to another server")
	}
	path = u.EscapedPath()
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return "", "", errors.New("the list's url is not a path")
	}
	return s.belowBase(path), u.RawQuery, checkSegments(path)
}

// belowBase removes the base URL's own path, which a server may or may not
// write in front of its paths.
func (s *settings) belowBase(path string) string {
	base := s.base.EscapedPath()
	if rest, ok := strings.CutPrefix(path, base); ok && strings.HasPrefix(rest, "/") {
		return rest
	}
	return path
}

// inside returns the address of a field's value, or nil where it is absent.
func inside(base unsafe.Pointer, f *field) unsafe.Pointer {
	if f == nil {
		return nil
	}
	if at, held := valueAt(&f.value, unsafe.Add(base, f.off)); held == StatePresent {
		return at
	}
	return nil
}

// more tells whether the page says that another one follows.
func (p *page) more() bool {
	f := builtTable(p.object).field(p.list.more)
	at := inside(p.base, f)
	return at != nil && f.kind == kindBool && *(*bool)(at)
}

// text returns a string member of the page.
func (p *page) text(name string) string { return textOf(builtTable(p.object), p.base, name) }

func textOf(t *table, base unsafe.Pointer, name string) string {
	f := t.field(name)
	at := inside(base, f)
	if at == nil || f.kind != kindString && f.kind != kindEnum {
		return ""
	}
	return *(*string)(at)
}

// items is the memory of the page's slice of items.
type items struct {
	sliceHeader
	elem *value
}

func (p *page) items() items {
	f := builtTable(p.object).field(p.list.data)
	at := inside(p.base, f)
	if at == nil || f.kind != kindSlice {
		return items{}
	}
	return items{*(*sliceHeader)(at), f.elem}
}

// at returns the address of an item, or nil for one that is null.
func (s items) at(i int) unsafe.Pointer {
	size, _ := s.elem.layout()
	p, held := valueAt(s.elem, unsafe.Add(s.data, uintptr(i)*size))
	switch {
	case held != StatePresent:
		return nil
	case s.elem.kind == kindPointer:
		return *(*unsafe.Pointer)(p)
	}
	return p
}

// itemID returns the member of an item that is its cursor.
func (p *page) itemID(s items, i int) string {
	at := s.at(i)
	if at == nil {
		return ""
	}
	switch s.elem.kind {
	case kindStruct, kindPointer:
		return p.structID(s.elem.table(), at)
	case kindUnion:
		return p.variantID(builtUnion(s.elem.union), at)
	case kindRaw:
		return p.rawID(*(*Raw)(at))
	}
	return ""
}

func (p *page) structID(t *table, at unsafe.Pointer) string {
	return textOf(t, at, p.list.itemID)
}

func (p *page) variantID(u *union, at unsafe.Pointer) string {
	i, held := u.get(at)
	switch {
	case i == -1:
		return p.rawID(*(*Raw)(held))
	case i < 0 || u.variants[i].kind != kindStruct && u.variants[i].kind != kindPointer:
		return ""
	}
	return p.structID(u.variants[i].table(), held)
}

// rawID reads the cursor from an item that the document doesn't describe.
func (p *page) rawID(raw Raw) string {
	return scalarText(membersOf(raw)[p.list.itemID])
}
