package support

import (
	"net/http"
	"reflect"
	"strings"
	"unsafe"
)

// headers is the struct of an operation's headers. It is no object: it is
// only read, from text.
type headers interface{ headers() *descriptor }

// WithHeaders stores into h, a pointer to the headers of an operation, what the
// last attempt of a call brought, also when the call returns an error. A header
// that is not what the document says is left out; [WithResponse] has all of
// them as they came. It is an option of a call, not of a client.
func WithHeaders(h headers) Option {
	return func(s *settings) {
		if s.forClient || h == nil || reflect.ValueOf(h).IsNil() {
			s.fail("WithHeaders is an option of a call, with headers to store into")
			return
		}
		s.received = func(header http.Header) { readHeaders(h, header) }
	}
}

// readHeaders reads the fields of a struct of headers, each for itself.
func readHeaders(into headers, header http.Header) {
	v := reflect.ValueOf(into)
	v.Elem().SetZero()
	p, t := v.UnsafePointer(), into.headers().tableOf(v.Type().Elem(), (*descriptor).describe)
	for i := range t.fields {
		f := &t.fields[i]
		values := header.Values(f.name)
		if len(values) == 0 {
			continue
		}
		at := unsafe.Add(p, f.off)
		text, ok := f.headerJSON(values)
		if !ok || decodeValue(text, &f.value, at, nil) != nil {
			clearValue(&f.value, at)
		}
	}
}

// headerJSON returns the JSON of what a header says in the style simple of
// OpenAPI. Several lines are one with commas (RFC 9110 section 5.3), but for
// cookies.
func (f *field) headerJSON(values []string) ([]byte, bool) {
	whole := strings.Join(values, ",")
	switch {
	case f.style == styleJSON:
		return []byte(whole), true
	case f.kind == kindSlice && !strings.EqualFold(f.name, "Set-Cookie"):
		values = headerList(whole)
		fallthrough
	case f.kind == kindSlice:
		return jsonList(f.elem, values), true
	case f.kind == kindMap:
		return f.headerMap(headerList(whole))
	}
	return headerScalar(&f.value, strings.TrimSpace(whole)), true
}

// headerList splits a list, which may be empty.
func headerList(text string) []string {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	list := strings.Split(text, ",")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

func jsonList(elem *value, list []string) []byte {
	out := []byte{'['}
	for i, text := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, headerScalar(elem, text)...)
	}
	return append(out, ']')
}

// headerMap writes names and values, which stand in turns, or with an equals
// sign between them.
func (f *field) headerMap(list []string) ([]byte, bool) {
	if f.style == styleExplode {
		var turns []string
		for _, pair := range list {
			name, value, _ := strings.Cut(pair, "=")
			turns = append(turns, name, value)
		}
		list = turns
	}
	if len(list)%2 != 0 {
		return nil, false
	}
	out := []byte{'{'}
	for i := 0; i < len(list); i += 2 {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, headerScalar(&value{kind: kindString}, list[i])...)
		out = append(append(out, ':'), headerScalar(f.elem, list[i+1])...)
	}
	return append(out, '}'), true
}

// headerScalar writes a text as the JSON that its kind is read from.
func headerScalar(v *value, text string) []byte {
	switch v.kind {
	case kindBool, kindInt32, kindInt64, kindUint64, kindFloat64:
		return []byte(text)
	}
	out, _ := encodePart(part{&value{kind: kindString}, unsafe.Pointer(&text)})
	return out
}
