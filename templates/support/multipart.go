package support

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unsafe"
)

// A body of type multipart/form-data (RFC 7578) has a part for each name and
// value that a form would have, a part of JSON for what the document wants so,
// and last the files: servers that read a body as it comes know by then what
// the files are for.

// formData is such a body while it is put together.
type formData struct {
	upload
	boundary string
	spell    speller
	text     []byte // what comes before the next file
	types    []pair // media types of some parts, by name
	files    []namedFile
}

type namedFile struct {
	name, field string // field is what the document calls it
	*Upload
}

// multipartBody makes such a body from parameters.
func multipartBody(r *request, s *settings, params object) (string, error) {
	m := &formData{boundary: randomUUID(), spell: r.op.spell, types: r.op.parts}
	for f, at := range sent(params, inMultipart) {
		if err := m.field(f, at); err != nil {
			return "", err
		}
	}
	for _, p := range s.params {
		m.part(p.name, "", p.value)
	}
	for _, f := range m.files {
		if err := m.file(f); err != nil {
			return "", err
		}
	}
	m.text = append(m.text, "--"+m.boundary+"--\r\n"...)
	m.addText(m.text)
	r.upload, r.extended = &m.upload, true
	return multipartType + "; boundary=" + m.boundary, nil
}

// field adds what a parameter holds; at is nil for null.
func (m *formData) field(f *field, at unsafe.Pointer) error {
	switch {
	case holdsFiles(&f.value):
		m.collect(f, at)
		return nil
	case f.style == styleJSON, f.style&^styleSpelled == styleJSON && holdsObject(&f.value, at):
		return m.json(f, at)
	}
	w := formWriter{spell: m.spell}
	if err := w.field(f, at); err != nil || len(w.dst) == 0 {
		return err
	}
	for pair := range strings.SplitSeq(string(w.dst), "&") {
		name, value, _ := strings.Cut(pair, "=")
		m.part(unescaped(name), m.typeOf(f.name, ""), unescaped(value))
	}
	return nil
}

// unescaped reads back what a formWriter wrote.
func unescaped(text string) string {
	plain, _ := url.QueryUnescape(text)
	return plain
}

// holdsObject tells whether any JSON, or the variant of a union, is an object.
func holdsObject(v *value, p unsafe.Pointer) bool {
	for p != nil && v.kind == kindUnion {
		u := builtUnion(v.union)
		k, at := u.get(p)
		if v, p = &rawPart, at; k >= 0 {
			v = &u.variants[k].value
		} else if k != -1 {
			return false
		}
	}
	switch {
	case p == nil || v.kind == kindSlice:
		return false
	case v.kind == kindRaw:
		return bytes.HasPrefix(bytes.TrimSpace(*(*Raw)(p)), []byte("{"))
	}
	return isList(v)
}

func holdsFiles(v *value) bool {
	return v.kind == kindFile || v.kind == kindSlice && v.elem.kind == kindFile
}

// collect keeps the files for the end of the body.
func (m *formData) collect(f *field, at unsafe.Pointer) {
	switch {
	case at == nil:
		m.part(f.name, "", "")
	case f.kind == kindFile:
		m.files = append(m.files, namedFile{f.name, f.name, (*Upload)(at)})
	default:
		for _, x := range parts(&f.value, at) {
			if name := f.name; x.at != nil {
				if f.style == styleDeepObject {
					name += "[" + x.name + "]"
				}
				m.files = append(m.files, namedFile{name, f.name, (*Upload)(x.at)})
			}
		}
	}
}

// json adds a value as JSON; of a list each element is a part of its own.
func (m *formData) json(f *field, at unsafe.Pointer) error {
	if at == nil || f.kind != kindSlice {
		return m.jsonPart(f.name, part{&f.value, at})
	}
	for _, x := range parts(&f.value, at) {
		if err := m.jsonPart(f.name, x.part); err != nil {
			return err
		}
	}
	return nil
}

func (m *formData) jsonPart(name string, x part) error {
	text, err := encodePart(x)
	m.part(name, m.typeOf(name, jsonType), string(text))
	return err
}

// typeOf returns the media type of a part, or another one where the document
// does not say.
func (m *formData) typeOf(name, other string) string {
	for _, t := range m.types {
		if t.name == name {
			return t.value
		}
	}
	return other
}

// part adds a text with its header.
func (m *formData) part(name, contentType, text string) {
	m.open(name, "", contentType)
	m.text = append(m.text, text...)
	m.text = append(m.text, "\r\n"...)
}

// file adds a file, unless it has no content.
func (m *formData) file(f namedFile) error {
	if f.Content == nil {
		return nil
	}
	label := fmt.Sprintf("the file %q", f.name)
	contentType, err := f.mediaType(m.typeOf(f.field, binaryType))
	if err != nil {
		return fmt.Errorf("%s: %w", label, err)
	}
	m.open(f.name, cmp.Or(f.Name, unnamedFile), contentType)
	m.addText(m.text)
	m.text = []byte("\r\n")
	return m.addFile(label, f.Content)
}

// open begins a part.
func (m *formData) open(name, fileName, contentType string) {
	header := "--" + m.boundary + "\r\nContent-Disposition: form-data; name=" + quotedText(name)
	if fileName != "" {
		header += "; filename=" + quotedText(fileName)
	}
	if contentType != "" {
		header += "\r\nContent-Type: " + contentType
	}
	m.text = append(m.text, header+"\r\n\r\n"...)
}

// quotedText writes a name as a quoted string (RFC 2183 section 2). What would
// end its line is escaped as RFC 7578 section 2 says; other text is UTF-8, as
// it is (section 5.1.3).
func quotedText(name string) string {
	b := []byte{'"'}
	for i := range len(name) {
		switch c := name[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ' || c == 0x7f:
			b = append(b, '%')
			b = append(b, strings.ToUpper(strconv.FormatInt(int64(c)|0x100, 16)[1:])...)
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}
