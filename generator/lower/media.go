package lower

import (
	"mime"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// contentKind says what becomes of a body.
type contentKind int

const (
	noContent   contentKind = iota
	jsonContent             // a type of its own
	textContent             // a text, as it is
	fileContent             // bytes, read or written as they come
)

// content is what a response holds.
type content struct {
	kind   contentKind
	key    string              // of what is decoded, as it stands in the document
	media  *openapi3.MediaType // likewise
	accept []string            // the media types that are asked for
}

// contentOf decides what a response is read as: JSON where it can be, else a
// text where it is nothing but text, else bytes.
func contentOf(all openapi3.Content) content {
	if len(all) == 0 {
		return content{}
	}
	if key, media := jsonIn(all); media != nil {
		return content{jsonContent, key, media, []string{either(ownType(key), "application/json")}}
	}
	c := content{kind: textContent}
	for _, key := range sortedKeys(all) {
		if kind := mediaType(key); kind != "" {
			c.accept = append(c.accept, kind)
		}
		if !textual(key, all[key]) {
			c.kind = fileContent
		}
	}
	if len(c.accept) == 0 {
		c.accept = []string{"*/*"}
	}
	return c
}

// jsonIn returns the JSON among the media types of a body, plain JSON first. A
// wildcard with a schema is JSON too; the content of a file never is.
func jsonIn(all openapi3.Content) (string, *openapi3.MediaType) {
	for _, fits := range []func(string) bool{isPlainJSON, isJSON, isAny} {
		for _, key := range sortedKeys(all) {
			media := all[key]
			if fits(key) && media != nil && !isFile(media.Schema) && (media.Schema != nil || !isAny(key)) {
				return key, media
			}
		}
	}
	return "", nil
}

func isPlainJSON(key string) bool {
	kind, _, _ := strings.Cut(mediaType(key), ";")
	return kind == "application/json"
}

// textual tells whether a media type is a text that is read at once. Events
// come one by one.
func textual(key string, media *openapi3.MediaType) bool {
	kind, _, _ := strings.Cut(mediaType(key), ";")
	if !strings.HasPrefix(kind, "text/") || kind == "text/event-stream" || media == nil {
		return false
	}
	if media.Schema == nil || media.Schema.Value == nil {
		return kind == "text/plain"
	}
	return media.Schema.Value.Type.Is("string") && !isFile(media.Schema)
}

func isJSON(key string) bool {
	kind := mediaType(key)
	kind, _, _ = strings.Cut(kind, ";")
	return kind == "application/json" || strings.HasSuffix(kind, "+json")
}

func isAny(key string) bool { return key == "*/*" || key == "application/*" }

// isFile tells whether a schema is the content of a file, as it is: format
// binary, or from OpenAPI 3.1 on a media type without an encoding.
func isFile(ref *openapi3.SchemaRef) bool {
	if ref == nil || ref.Value == nil {
		return false
	}
	s := ref.Value
	kind := mediaType(s.ContentMediaType)
	return s.ContentEncoding == "" && (s.Format == "binary" || kind != "" && !isJSON(kind) && !strings.HasPrefix(kind, "text/"))
}

// mediaType returns a media type as it is sent, "" for what is none.
func mediaType(key string) string {
	kind, params, err := mime.ParseMediaType(key)
	if err != nil || !strings.Contains(kind, "/") {
		return ""
	}
	return mime.FormatMediaType(kind, params)
}

// ownType returns the media type of a body unless it is a matter of course.
func ownType(key string) string {
	kind := mediaType(key)
	if plain, _, _ := strings.Cut(kind, ";"); plain == "application/json" || strings.Contains(plain, "*") {
		return ""
	}
	return kind
}

// fileBody makes a file the whole body, if that has a media type about whose
// content the document says nothing.
func (l *lowerer) fileBody(c *call, s *ir.Struct, p place, body *openapi3.RequestBody) bool {
	for _, key := range sortedKeys(body.Content) {
		kind, media := mediaType(key), body.Content[key]
		if kind == "" || strings.HasPrefix(kind, "multipart/") || media == nil {
			continue
		}
		q := p.at(media.Schema, "content", key, "schema")
		if media.Schema != nil && !l.opaque(q) {
			continue
		}
		if media.Schema == nil {
			q.pointer = join(p.pointer, "content", key)
		}
		l.bodyAllowed(s, q)
		c.out.ContentType = ownType(key)
		s.Fields = append(s.Fields, &ir.Field{
			GoName: "Body", In: ir.InBody, Required: body.Required, Pointer: q.pointer,
			Doc: either(plainText(body.Description), plainText(q.schema().Description)), Value: ir.Value{Type: ir.File},
		})
		return true
	}
	return false
}

// opaque tells whether a schema asserts nothing but that there is a text.
func (l *lowerer) opaque(p place) bool {
	q, ok := l.follow(p)
	if !ok {
		return false
	}
	if types, named := l.facts(q).types(); named && !slices.Equal(types, []string{"string"}) {
		return false
	}
	v := l.value(q)
	return (v.Type == ir.String || v.Type == ir.Raw) && len(v.Rules) == 0
}

// upload makes a member of a multipart body an Upload, or a list of such, where
// that is what it holds. Whether it is null can't be said of a part.
func (l *lowerer) upload(f *ir.Field, p place, e *openapi3.Encoding) {
	file := ir.Value{Type: ir.File}
	switch t := f.Type.(type) {
	case ir.Prim:
		if l.uploaded(p, e) {
			l.unasserted(p, f.Rules)
			f.Value = file
		}
	case *ir.Slice:
		if items, ok := l.items(p); ok && l.uploaded(items, e) {
			l.unasserted(items, t.Elem.Rules)
			f.Value = ir.Value{Type: &ir.Slice{Elem: file}, Rules: f.Rules}
		}
	}
}

// uploaded tells whether a schema, with what the encoding says of its part, is
// the content of a file.
func (l *lowerer) uploaded(p place, e *openapi3.Encoding) bool {
	v := l.value(p)
	if v.Type != ir.String && v.Type != ir.Raw {
		return false
	}
	q, ok := l.follow(p)
	if ok && slices.ContainsFunc(l.facts(q).parts, func(part place) bool { return isFile(part.ref) }) {
		return true
	}
	return e != nil && e.ContentType != "" && !isJSON(e.ContentType) && !isText(e.ContentType)
}

func isText(contentType string) bool {
	kind, _, _ := strings.Cut(mediaType(contentType), ";")
	return kind == "text/plain"
}

// items returns what describes the elements of a list.
func (l *lowerer) items(p place) (place, bool) {
	q, ok := l.follow(p)
	if !ok {
		return q, false
	}
	for _, part := range l.facts(q).parts {
		if part.schema().Items != nil {
			return part.item(), true
		}
	}
	return q, false
}

// unasserted reports what is asserted about the content of a file.
func (l *lowerer) unasserted(p place, rules []*ir.Rule) {
	if len(rules) > 0 {
		l.report(p.pointer, "unsupported-file", "what is in a file is not checked: remove %s", rules[0].Keyword)
	}
}

// partStyle returns how a member of a multipart body is spelled: as its
// encoding says, else objects are JSON, and lists are a part for each element.
func (l *lowerer) partStyle(pointer string, f *ir.Field, e *openapi3.Encoding) ir.Style {
	switch {
	case e != nil && (e.Style != "" || e.Explode != nil):
		style := l.formStyle(pointer, f, e)
		if isUpload(f.Type) && style != ir.StyleDeepObject {
			return ir.StyleExplode
		}
		return style
	case isUpload(f.Type):
		return ir.StyleExplode
	case e == nil || e.ContentType == "":
		if structured(f.Type) {
			return ir.StyleJSON
		}
	case isJSON(e.ContentType):
		return ir.StyleJSON
	case !isText(e.ContentType) || structured(f.Type):
		l.report(f.Pointer, "unsupported-form", "a part can't be written as %q: write application/json into the encoding, or a style", e.ContentType)
	}
	l.spelled = append(l.spelled, spelling{f.Pointer, f.Type})
	return ir.StyleExplode
}

// noteEncoding notes what the encoding of a part says and nobody keeps.
func (l *lowerer) noteEncoding(pointer string, f *ir.Field, e *openapi3.Encoding) {
	if e == nil {
		return
	}
	if len(e.Headers) > 0 {
		l.note(join(pointer, "headers"), "part-header", "a part is sent without headers of its own: %s", strings.Join(sortedKeys(e.Headers), ", "))
	}
	if isUpload(f.Type) && e.ContentType != "" {
		l.note(join(pointer, "contentType"), "part-type", "the media type of a file is what the caller says, and is not checked")
	}
}

func isUpload(t ir.Type) bool {
	list, ok := t.(*ir.Slice)
	return t == ir.File || ok && list.Elem.Type == ir.File
}

// structured tells whether a value is an object, or a list of such.
func structured(t ir.Type) bool {
	if list, ok := t.(*ir.Slice); ok {
		t = list.Elem.Type
	}
	return jsonType(t) == "object"
}
