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

// textBody makes a text the whole body, or one of a list of texts.
func (l *lowerer) textBody(c *call, s *ir.Struct, p place, body *openapi3.RequestBody, key string) bool {
	if _, params, _ := mime.ParseMediaType(key); params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8") {
		return false // Go's texts are UTF-8
	}
	v, q := ir.Value{Type: ir.String}, p.at(nil, "content", key)
	if schema := body.Content[key].Schema; schema != nil {
		q = p.at(schema, "content", key, "schema")
		q.own = "Body"
		v = l.value(q)
	}
	if e, ok := v.Type.(*ir.Enum); v.Nullable || v.Type != ir.String && !(ok && e.Base == ir.String) {
		return false
	}
	if kind := mediaType(key); kind != "text/plain" {
		c.out.ContentType = ownType(key)
	}
	s.Fields = append(s.Fields, &ir.Field{
		GoName: "Body", In: ir.InText, Required: body.Required, Pointer: q.pointer,
		Doc: either(plainText(body.Description), l.describe(q)), Value: v,
	})
	return true
}

// fileBody makes a file the whole body: what the document says nothing about,
// or what only the caller can write. Its media type is one of some.
func (l *lowerer) fileBody(c *call, s *ir.Struct, p place, body *openapi3.RequestBody, keys []string) {
	key := keys[0]
	for _, other := range keys {
		if mediaType(key) == "" {
			key = other
		}
	}
	q := p.at(nil, "content", key)
	if media := body.Content[key]; media != nil && media.Schema != nil {
		q = p.at(media.Schema, "content", key, "schema")
		l.unwritten(q, key)
	}
	if c.out.ContentType = mediaType(key); strings.Contains(key, "*") {
		c.out.ContentType = ""
	}
	text := either(plainText(body.Description), plainText(q.schema().Description))
	if len(keys) > 1 {
		text = strings.TrimSpace(text + "\nIts media type is one of " + strings.Join(keys, ", ") + ".")
	}
	if strings.HasPrefix(mediaType(key), "multipart/") {
		c.out.ContentType = ""
		text = strings.TrimSpace(text + "\nIts media type is " + key + " with the boundary of the parts.")
	}
	s.Fields = append(s.Fields, &ir.Field{
		GoName: "Body", In: ir.InBody, Required: body.Required, Pointer: q.pointer, Doc: text, Value: ir.Value{Type: ir.File},
	})
}

// unwritten notes what a schema says about a body that the caller brings.
func (l *lowerer) unwritten(p place, key string) {
	s := p.schema()
	if len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) > 0 || strong(s) || described(p.ref) {
		l.tally(p.pointer, "unwritten-schema", "a body of type %q is not written by the package: it is an Upload, which the caller fills", key)
		return
	}
	l.unchecked(p, l.value(p).Rules)
}

// flattenForm adds to a form the members of its alternatives, all of them optional,
// and lets the alternatives assert which belong together. It returns false
// where one is no object, or where they have a member that no type fits.
func (l *lowerer) flattenForm(f *facts) bool {
	f.choices = slices.Clone(f.choices)
	for i, c := range f.choices {
		if c.use == useRule {
			continue
		}
		members := openapi3.Schemas{}
		for _, m := range c.members {
			if !l.formMembers(members, m) {
				return false
			}
		}
		for _, name := range f.properties() {
			delete(members, name) // what is said beside the alternatives decides
		}
		p := c.place.at(&openapi3.SchemaRef{Value: &openapi3.Schema{Properties: members}}, c.keyword)
		f.parts = append(f.parts, p)
		asserted := *c
		asserted.use = useRule
		f.choices[i] = &asserted
	}
	return true
}

// formMembers collects the members of one alternative.
func (l *lowerer) formMembers(into openapi3.Schemas, p place) bool {
	f := *l.facts(p)
	f.parts, f.refs = slices.Clone(f.parts), slices.Clone(f.refs)
	if !l.gather(&f, f.refs, map[string]visit{}) || len(f.properties()) == 0 || len(f.choices) > 0 {
		return false
	}
	for _, part := range f.parts {
		for name, schema := range part.schema().Properties {
			if there := into[name]; there != nil && !sameSchema(there, schema) {
				if schema = commonText(there, schema); schema == nil {
					return false
				}
			}
			into[name] = schema
		}
	}
	return true
}

// commonText returns a schema of any text, for a member that is one text or
// another; nil where it may be something else.
func commonText(a, b *openapi3.SchemaRef) *openapi3.SchemaRef {
	if !isText(a) || !isText(b) {
		return nil
	}
	return &openapi3.SchemaRef{Value: &openapi3.Schema{Type: &openapi3.Types{"string"}}}
}

// isText tells whether a schema allows nothing but texts, and is no file.
func isText(ref *openapi3.SchemaRef) bool {
	if ref.Value == nil || isFile(ref) {
		return false
	}
	list := constants(ref.Value)
	return ref.Value.Type.Is("string") || ref.Value.Type.IsEmpty() && len(list) > 0 && !slices.ContainsFunc(list, func(c constant) bool {
		_, ok := c.value.(string)
		return !ok
	})
}

// upload makes a member of a multipart body an Upload, or a list of such, where
// that is what it holds. Whether it is null can't be said of a part.
func (l *lowerer) upload(f *ir.Field, p place, e *openapi3.Encoding) {
	file := ir.Value{Type: ir.File}
	if e != nil && e.Style == "" && structured(f.Type) && e.ContentType != "" && !isJSON(e.ContentType) {
		l.tally(p.pointer, "unwritten-schema", "a body of type %q is not written by the package: it is an Upload, which the caller fills", e.ContentType)
		if _, list := f.Type.(*ir.Slice); list {
			file.Type = &ir.Slice{Elem: file}
		}
		f.Value = file
		return
	}
	l.nestedFiles(p)
	switch t := f.Type.(type) {
	case ir.Prim:
		if l.uploaded(p, e) {
			l.unchecked(p, f.Rules)
			f.Value = file
		}
	case *ir.Slice:
		if items, ok := l.items(p); ok && l.uploaded(items, e) {
			l.unchecked(items, t.Elem.Rules)
			f.Value = ir.Value{Type: &ir.Slice{Elem: file}, Rules: f.Rules}
		}
	}
}

// nestedFiles notes files within the object that a part is, or its list holds.
func (l *lowerer) nestedFiles(p place) {
	if items, ok := l.items(p); ok {
		p = items
	}
	q, ok := l.follow(p)
	if !ok {
		return
	}
	for _, part := range l.facts(q).parts {
		for _, name := range sortedKeys(part.schema().Properties) {
			if isFile(part.schema().Properties[name]) {
				l.tally(join(part.pointer, "properties", name), "nested-file", "a file within an object is sent as a text of it: make it a member of the body to send it as a file")
			}
		}
	}
}

// moreFiles notes files among the members of a form that have no name.
func (l *lowerer) moreFiles(f *facts, in ir.Location) {
	for _, part := range f.parts {
		if in == ir.InMultipart && isFile(part.schema().AdditionalProperties.Schema) {
			l.note(join(part.pointer, "additionalProperties"), "nested-file", "a file of any name is sent as a text: make it a member of the body to send it as a file")
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
	return e != nil && e.ContentType != "" && !isJSON(e.ContentType) && !isPlainText(e.ContentType)
}

func isPlainText(contentType string) bool {
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

// unchecked notes what is asserted about the content of a file.
func (l *lowerer) unchecked(p place, rules []*ir.Rule) {
	if len(rules) > 0 {
		l.note(p.pointer, "unchecked-file", "what is in a file is not checked (%s)", rules[0].Keyword)
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
	}
	return l.unstyled(f)
}

// partType keeps the media type of a part where there is one and it is not a
// matter of course. A file may have its own.
func (l *lowerer) partType(c *call, f *ir.Field, p place, e *openapi3.Encoding) {
	kind := ""
	if e != nil {
		kind = e.ContentType
	}
	if kind == "" && isUpload(f.Type) {
		kind = p.schema().ContentMediaType
	}
	plain := mediaType(kind)
	switch {
	case strings.Contains(kind, ","), strings.Contains(kind, "*"), plain == "", plain == "text/plain", plain == "application/octet-stream":
	case f.Style == ir.StyleJSON && (isPlainJSON(plain) || !isJSON(plain)):
	default:
		c.out.PartTypes = append(c.out.PartTypes, ir.PartType{Name: f.Name, ContentType: plain})
	}
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

// structured tells whether a value is an object, or a list of objects or lists.
func structured(t ir.Type) bool {
	if list, ok := t.(*ir.Slice); ok {
		t = list.Elem.Type
		if jsonType(t) == "array" {
			return true
		}
	}
	return jsonType(t) == "object"
}
