package support

import (
	"errors"
	"net/url"
	"strings"
	"unsafe"
)

// Most parameters are spelled by formWriter and paramHeader. What few documents
// have is here: everything in a path that has parts, the style simple with
// explode, lists in cookies, parameters that are JSON, and values for which a
// style has no spelling of its own. Only operations with such a parameter refer
// to these functions, so that other programs don't link them.

// spellPath puts the parameters that travel in a path into their placeholders.
func spellPath(path string, params object) (string, error) {
	for f, at := range sent(params, inPath) {
		text, err := spelled(f, at)
		if err != nil {
			return "", err
		}
		if err := checkArg(f.name, text); err != nil {
			return "", err
		}
		path = strings.ReplaceAll(path, "{"+f.name+"}", text)
	}
	return path, nil
}

// spellList is the speller of lists and objects in the styles form,
// spaceDelimited and pipeDelimited.
func spellList(w *formWriter, f *field, at unsafe.Pointer) error {
	if at == nil {
		w.pair("")
		return nil
	}
	return w.done(f, w.styled(f, at))
}

// styled writes the value of a parameter as its style says.
func (w *formWriter) styled(f *field, p unsafe.Pointer) bool {
	separator := ""
	switch f.style {
	case styleExplode:
		return w.exploded(&f.value, p)
	case styleForm:
		separator = ","
	case styleSpace:
		separator = "%20"
	case stylePipe:
		separator = "%7C"
	}
	if separator == "" || !isList(&f.value) {
		return w.value(&f.value, p)
	}
	return w.joined(&f.value, p, separator)
}

// exploded writes the elements of a list, each with the list's name, or the
// members of an object, each with its own.
func (w *formWriter) exploded(v *value, p unsafe.Pointer) bool {
	if !isList(v) {
		return w.value(v, p)
	}
	if v.kind == kindSlice {
		data, n, size := v.span(p)
		for i := range n {
			if !w.part(partOf(v.elem, unsafe.Add(data, uintptr(i)*size))) {
				return false
			}
		}
		return true
	}
	for _, x := range parts(v, p) {
		w.key = appendEscaped(w.key[:0], x.name)
		if !w.part(x.part) {
			return false
		}
	}
	return true
}

// joined writes the texts of a list in one pair. Objects are lists of names and
// values.
func (w *formWriter) joined(v *value, p unsafe.Pointer, separator string) bool {
	texts, err := part{v, p}.texts(url.QueryEscape)
	if err != nil {
		return w.fail(err)
	}
	if len(texts) > 0 {
		w.pair("")
		w.dst = append(w.dst, strings.Join(texts, separator)...)
	}
	return true
}

// spellParam is the speller of every style.
func spellParam(w *formWriter, f *field, at unsafe.Pointer) error {
	if f.style < styleSimple {
		return spellList(w, f, at)
	}
	text, err := spelled(f, at)
	if len(w.dst) > 0 && text != "" {
		w.dst = append(w.dst, '&')
	}
	w.dst = append(w.dst, text...)
	return err
}

// spelled returns a parameter as text, with its name where that is a part of it.
func spelled(f *field, at unsafe.Pointer) (string, error) {
	s := spelling{f: f, base: f.style & (styleExploded - 1)}
	if s.mixed = s.base == styleJSON; s.mixed {
		s.base = styleExplode
	}
	s.exploded = f.style&styleExploded != 0 || s.base == styleExplode
	s.escape = s.escaping()
	text, err := s.param(part{&f.value, at})
	if err != nil {
		return "", &EncodeError{Path: f.name, Reason: err.Error()}
	}
	return text, nil
}

// spelling is a parameter on its way into text.
type spelling struct {
	f        *field
	base     style
	exploded bool
	mixed    bool // objects are JSON, all else is spelled
	escape   func(string) string
}

// escaping returns how names and values are escaped where the parameter travels.
// Headers have none; what would end their line is refused later.
func (s *spelling) escaping() func(string) string {
	switch s.f.in {
	case inHeader:
		return func(text string) string { return text }
	case inPath:
		return escapePath
	case inCookie:
		return func(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
	}
	if s.f.style&styleReserved != 0 {
		return escapeReserved
	}
	return url.QueryEscape
}

// escapeReserved escapes what a value in a query can't hold. Of the reserved
// characters (RFC 3986 section 2.2) those are: #, [ and ], as they have no place
// in a query, and & and +, as they mean something else in a form.
func escapeReserved(text string) string {
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; strings.IndexByte(":/?@!$'()*,;=", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write(appendEscaped(nil, text[i:i+1]))
		}
	}
	return b.String()
}

func (s *spelling) param(x part) (string, error) {
	x, err := held(x)
	switch {
	case err != nil:
		return "", err
	case s.base == styleContent, s.mixed && hasItems(x) && isObject(x):
		text, err := encodePart(x)
		return s.named(s.escape(string(text))), err
	case s.base == styleDeepObject:
		return s.nested(x)
	case !hasItems(x):
		text, err := x.text()
		return s.scalar(s.escape(text)), err
	}
	list, err := s.items(x)
	if err != nil || len(list) == 0 {
		return "", err
	}
	return s.together(list, x.at != nil && isObject(x)), nil
}

// named puts the parameter's name before a value where that stands for itself.
func (s *spelling) named(text string) string {
	switch s.f.in {
	case inQuery, inForm, inMultipart, inCookie:
		return s.name() + "=" + text
	}
	return text
}

// name is the parameter's own. Cookies have names that are not escaped.
func (s *spelling) name() string {
	switch s.f.in {
	case inCookie:
		return s.f.name
	case inPath:
		return escapePath(s.f.name)
	}
	return string(appendEscaped(nil, s.f.name))
}

func (s *spelling) scalar(text string) string {
	switch s.base {
	case styleLabel:
		return "." + text
	case styleMatrix:
		return ";" + s.name() + valued(text)
	}
	return s.named(text)
}

// valued puts an equals sign before a value, unless that is empty: RFC 6570
// section 3.2.7.
func valued(text string) string {
	if text == "" {
		return ""
	}
	return "=" + text
}

// item is an element of a list, or a member of an object.
type item struct{ name, text string } // escaped

// together joins the items as the style says: the tables of RFC 6570 section
// 3.2.1, and the delimited ones of OpenAPI.
func (s *spelling) together(list []item, object bool) string {
	separator, before := ",", ""
	switch s.base {
	case styleLabel:
		before = "."
		if s.exploded {
			separator = "."
		}
	case styleMatrix:
		before = ";"
		if s.exploded {
			separator = ";"
		}
	case styleSpace:
		separator = "%20"
	case stylePipe:
		separator = "%7C"
	case styleExplode:
		if separator = "&"; s.f.in == inCookie {
			separator = "; "
		}
	}
	pairs := s.exploded && (s.base == styleExplode || s.base == styleMatrix)
	var texts []string
	for _, x := range list {
		switch {
		case object && s.exploded && s.base == styleMatrix:
			texts = append(texts, x.name+valued(x.text))
		case object && s.exploded:
			texts = append(texts, x.name+"="+x.text)
		case object:
			texts = append(texts, x.name, x.text)
		case pairs && s.base == styleMatrix:
			texts = append(texts, s.name()+valued(x.text))
		case pairs:
			texts = append(texts, s.name()+"="+x.text)
		default:
			texts = append(texts, x.text)
		}
	}
	text := strings.Join(texts, separator)
	switch {
	case s.base == styleMatrix && !s.exploded:
		return before + s.name() + "=" + text
	case s.base == styleExplode:
		return text
	}
	return s.named(before + text)
}

// items returns what a list or an object holds. What is nested in that is JSON:
// no style has a spelling for it.
func (s *spelling) items(x part) ([]item, error) {
	escapeName, escape := s.inList()
	var list []item
	var failed error
	err := eachPart(x, func(name string, inner part) bool {
		inner, failed = held(inner)
		if failed != nil {
			return false
		}
		text := ""
		if hasItems(inner) {
			var nested []byte
			nested, failed = encodePart(inner)
			text = string(nested)
		} else {
			text, failed = inner.text()
		}
		list = append(list, item{escapeName(name), escape(text)})
		return failed == nil
	})
	if failed != nil {
		err = failed
	}
	return list, err
}

// inList returns how the names and the values of a list are escaped: what
// separates them is no part of them, reserved or not.
func (s *spelling) inList() (names, values func(string) string) {
	switch {
	case s.f.style&styleReserved == 0:
		return s.escape, s.escape
	case s.base == styleForm:
		return url.QueryEscape, func(text string) string { return strings.ReplaceAll(s.escape(text), ",", "%2C") }
	}
	return url.QueryEscape, s.escape
}

// nested writes brackets, with values that keep their reserved characters.
func (s *spelling) nested(x part) (string, error) {
	w := formWriter{key: appendEscaped(nil, s.f.name)}
	if x.at == nil {
		w.pair("")
	} else if !w.value(x.v, x.at) {
		return "", errors.New(w.reason)
	}
	var pairs []string
	for pair := range strings.SplitSeq(string(w.dst), "&") {
		name, value, _ := strings.Cut(pair, "=")
		plain, _ := url.QueryUnescape(value)
		pairs = append(pairs, name+"="+s.escape(plain))
	}
	return strings.Join(pairs, "&"), nil
}

// held steps into what a union holds.
func held(x part) (part, error) {
	for x.at != nil && x.v.kind == kindUnion {
		u := builtUnion(x.v.union)
		k, at := u.get(x.at)
		switch {
		case k == -1:
			return part{&rawPart, at}, nil
		case k < 0 && !isNilInterface(x.at):
			return part{}, errNoVariant
		case k < 0 || u.variants[k].kind == kindStruct && at == nil:
			return part{x.v, nil}, nil
		}
		x = part{&u.variants[k].value, at}
	}
	return x, nil
}

// hasItems tells whether a value is a list or an object.
func hasItems(x part) bool {
	if x.at == nil {
		return false
	}
	if x.v.kind == kindRaw {
		kind := rawKind(*(*Raw)(x.at))
		return kind == "array" || kind == "object"
	}
	return isList(x.v)
}

func isObject(x part) bool {
	if x.v.kind == kindRaw {
		return rawKind(*(*Raw)(x.at)) == "object"
	}
	return x.v.kind != kindSlice
}

func rawKind(raw Raw) string {
	if len(raw) == 0 || !validJSON(raw) {
		return ""
	}
	d := newDecoder(raw)
	defer d.release(0)
	return d.kindAt(space(raw, 0))
}

// eachPart is parts for JSON as it is, too.
func eachPart(x part, each func(name string, inner part) bool) error {
	if x.v.kind != kindRaw {
		for _, inner := range parts(x.v, x.at) {
			if !each(inner.name, inner.part) {
				break
			}
		}
		return nil
	}
	raw := *(*Raw)(x.at)
	d := newDecoder(raw)
	visit := func(name string, at int) int {
		end := d.skip(at)
		inner := Raw(raw[at:end])
		if !each(name, part{&rawPart, unsafe.Pointer(&inner)}) {
			return -1
		}
		return end
	}
	i := space(raw, 0)
	if d.kindAt(i) == "array" {
		d.eachElement(i, func(at int) int { return visit("", at) })
	} else {
		d.eachMember(i, func(name []byte, at int) int { return visit(string(name), at) })
	}
	d.release(0)
	return nil
}
