package lower

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// note tells of a place where the package says less than the document: a value
// is raw JSON, an assertion is not checked, or a part has no counterpart.
func (l *lowerer) note(pointer, code, format string, args ...any) {
	l.notes.Add(l.written(pointer), code, format, args...)
}

// tally is a note for many places: it names the first.
type tally struct {
	code, message string
	places        map[string]bool
}

// tally counts a place of a note that many have.
func (l *lowerer) tally(pointer, code, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	key := code + " " + message
	if l.tallies[key] == nil {
		l.tallies[key] = &tally{code, message, map[string]bool{}}
	}
	l.tallies[key].places[pointer] = true
}

// tallied notes what was counted.
func (l *lowerer) tallied() {
	for _, key := range sortedKeys(l.tallies) {
		t := l.tallies[key]
		message := t.message
		if len(t.places) > 1 {
			message += fmt.Sprintf(" (%d places)", len(t.places))
		}
		l.note(sortedKeys(t.places)[0], t.code, "%s", message)
	}
}

// passedOver notes the parts of a document that have no counterpart.
func (l *lowerer) passedOver() {
	l.ambiguousPaths()
	l.notedSecurity("/security", l.doc.Security)
	if l.key == "" && len(l.api.Credentials) == 0 && l.opts.Auth == "" {
		for _, name := range l.schemeNames() {
			if _, ok := l.scheme(name); ok {
				l.note(schemePointer(name), "unused-scheme", "no operation asks for this security scheme: name it as auth in the config if they take it nevertheless")
			}
		}
	}
	for _, c := range l.kept {
		if c.op.Security != nil {
			l.notedSecurity(join(c.pointer, "security"), *c.op.Security)
		}
		if body := c.op.RequestBody; body != nil && body.Value != nil {
			l.otherBodies(join(c.pointer, "requestBody", "content"), c.sent, body.Value.Content)
		}
		l.answers(c)
	}
}

// otherBodies notes what a body may be besides what it is sent as, and what is
// no media type. Of files the caller says which they are.
func (l *lowerer) otherBodies(pointer, sent string, content openapi3.Content) {
	l.badMedia(pointer, content)
	if sent != "" {
		l.otherMedia(pointer, sent, content)
	}
}

// otherMedia notes a body that is described in several ways.
func (l *lowerer) otherMedia(pointer, used string, content openapi3.Content) {
	if len(content) > 1 {
		l.note(pointer, "other-media-type", "of %s, only %s is used", strings.Join(sortedKeys(content), ", "), used)
	}
}

// answers notes what the responses of an operation have besides the result.
func (l *lowerer) answers(c *call) {
	if c.op.Responses == nil {
		return
	}
	all := c.op.Responses.Map()
	for _, code := range sortedKeys(all) {
		ref, pointer := all[code], join(c.pointer, "responses", code)
		if code != "default" && !isStatus(strings.ToUpper(code)) {
			l.note(pointer, "bad-status", "%q is no status, and passed over: write one like 404, 4XX or default", code)
			continue
		}
		if ref == nil || ref.Value == nil {
			continue
		}
		for _, name := range sortedKeys(ref.Value.Headers) {
			if !isToken(name) {
				l.note(join(pointer, "headers", name), "bad-header", "no header can be called %q: correct it", name)
			}
		}
		for _, name := range sortedKeys(ref.Value.Links) {
			l.tally(join(pointer, "links", name), "link", "links have no counterpart")
		}
		if content := join(pointer, "content"); len(ref.Value.Content) == 0 || !c.contentless(code) {
			l.otherContent(content, ref.Value.Content)
		} else {
			l.tally(content, "no-content", "in HTTP, answers to HEAD and those with status 204, 205 or 304 have no content: what is described here does not come")
		}
	}
}

// otherContent notes the media types of an answer that are not asked for, are
// none, or are described by what nobody looks at.
func (l *lowerer) otherContent(pointer string, all openapi3.Content) {
	l.badMedia(pointer, all)
	used := contentOf(all)
	if used.kind == jsonContent {
		l.otherMedia(pointer, used.key, all)
		return
	}
	for _, key := range sortedKeys(all) {
		if media := all[key]; used.kind == fileContent && media != nil && described(media.Schema) {
			l.tally(join(pointer, key, "schema"), "unread-schema", "an answer of type %q is not decoded: it is a Stream", key)
		}
	}
}

// described tells whether a schema says more than that there is a text, or
// bytes.
func described(ref *openapi3.SchemaRef) bool {
	return ref != nil && ref.Value != nil && !ref.Value.Type.IsEmpty() && !ref.Value.Type.Is("string")
}

// badMedia notes what should be a media type and is none.
func (l *lowerer) badMedia(pointer string, all openapi3.Content) {
	for _, key := range sortedKeys(all) {
		if mediaType(key) == "" {
			l.note(join(pointer, key), "bad-media-type", "%q is no media type, and is not sent as one: correct it", key)
		}
	}
}

// noteRaw notes a value that has no type, unless the document allows none.
func (l *lowerer) noteRaw(f *facts, code, what string) {
	if !f.never {
		l.note(f.place.pointer, code, "%s", what)
	}
}

// unmodelled notes what a schema describes besides assertions.
func (l *lowerer) unmodelled(p place) {
	s := p.schema()
	if d := s.Discriminator; d != nil && len(s.AnyOf)+len(s.OneOf) == 0 {
		l.note(join(p.pointer, "discriminator"), "discriminator-subtypes", "subtypes are not told apart: a value keeps their members among its unknown ones")
	}
	l.contents(p)
}

// contents notes what is said about what is in a text.
func (l *lowerer) contents(p place) {
	s := p.schema()
	if s.ContentSchema != nil {
		l.note(join(p.pointer, "contentSchema"), "content-schema", "what is inside the text is not checked")
	}
	if e := strings.ToLower(s.ContentEncoding); e != "" && e != "base64" && e != "7bit" && e != "8bit" && e != "binary" {
		l.tally(join(p.pointer, "contentEncoding"), "unchecked-format", "a text in the encoding %q is not decoded", s.ContentEncoding)
	}
}

// looseEnum notes a null among values whose type, by the letter of OpenAPI 3.0,
// does not allow it.
func (l *lowerer) looseEnum(p place) {
	s := p.schema()
	if !l.v31 && !s.Nullable && !s.Type.IsEmpty() && !s.Type.IncludesNull() && slices.Contains(s.Enum, nil) {
		l.tally(join(p.pointer, "enum"), "loose-nullable", "null is listed and taken as allowed here, though strictly its type does not have it without nullable")
	}
}

// looseNull notes a nullable that, by the letter of OpenAPI 3.0, allows nothing:
// there is no type beside it, or something else that refuses null.
func (l *lowerer) looseNull(p place) {
	if p.schema().Type.IsEmpty() || !l.saysNull(p) {
		l.tally(join(p.pointer, "nullable"), "loose-nullable", "nullable allows null here, though strictly it needs a type beside it, and null in the enum or in what allOf, anyOf and oneOf refer to")
	}
}

// ambiguousPaths notes paths that only differ in what stands in their braces.
// OpenAPI forbids them, as a server can't tell which of the two is meant but by
// the value.
func (l *lowerer) ambiguousPaths() {
	first := map[string]string{}
	for _, path := range sortedKeys(l.doc.Paths.Map()) {
		shape := braces.ReplaceAllString(path, "{}")
		if other, there := first[shape]; there {
			l.note(join("/paths", path), "ambiguous-path", "%q is the same path but for the names in braces: which of the two a request is for depends on the values", other)
			continue
		}
		first[shape] = path
	}
}
