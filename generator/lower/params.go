package lower

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// parameter is a parameter of an operation, with where it stands.
type parameter struct {
	*openapi3.Parameter
	pointer string
	place   place // its schema
}

// params lowers the parameters and the body of an operation.
func (l *lowerer) params(c *call) {
	key := "params of " + c.pointer
	s := &ir.Struct{GoName: l.unreserved(l.nameAt(key, c.base+"Params", "ParamsOf"+c.base)), File: c.file, Role: ir.RoleParams, Pointer: c.pointer}
	inPath := map[string]parameter{}
	for _, p := range l.parameters(c) {
		if p.In == openapi3.ParameterInPath {
			inPath[p.Name] = p
		} else if !l.handled(p) {
			s.Fields = append(s.Fields, l.paramField(p))
		}
	}
	l.pathParams(c, inPath)
	l.body(c, s)
	s.Rules = append(s.Rules, l.extraRules(c)...)
	if len(s.Fields) == 0 {
		return
	}
	l.sortFields(s)
	l.fieldNames(s, methods)
	l.sameWire(s)
	l.declareAs(s, claim{pointer: c.pointer, what: "params", keys: []string{key}, rank: rankOperation})
	c.out.Params = s
	c.out.ParamsRequired = slices.ContainsFunc(s.Fields, func(f *ir.Field) bool { return f.Required })
}

func (l *lowerer) sortFields(s *ir.Struct) {
	slices.SortStableFunc(s.Fields, func(a, b *ir.Field) int {
		if rank(a.Name) != rank(b.Name) {
			return rank(a.Name) - rank(b.Name)
		}
		return strings.Compare(a.Name+"\x00"+string(a.In), b.Name+"\x00"+string(b.In))
	})
}

// parameters returns the parameters of an operation and those of its path that
// it does not replace.
func (l *lowerer) parameters(c *call) []parameter {
	var out []parameter
	seen := map[string]string{} // by place and name, the list that has it
	base := c.first.noun
	shared := place{owner: base, shared: base, file: c.first.file, role: ir.RoleParams}
	own := place{owner: c.base, shared: c.noun, file: c.file, role: ir.RoleParams}
	for _, list := range []struct {
		params  openapi3.Parameters
		pointer string
		context place
	}{{c.op.Parameters, c.pointer, own}, {c.item.Parameters, join("/paths", c.path), shared}} {
		for i, ref := range list.params {
			p, ok := l.parameter(ref, join(list.pointer, "parameters", strconv.Itoa(i)), list.context)
			if !ok {
				continue
			}
			switch key := p.In + " " + p.Name; seen[key] {
			case "":
				seen[key] = list.pointer
				out = append(out, p)
			case list.pointer:
				l.report(p.pointer, "parameter-collision", "%q is a parameter in %s twice: remove one", p.Name, p.In)
			}
		}
	}
	return out
}

func (l *lowerer) parameter(ref *openapi3.ParameterRef, pointer string, context place) (parameter, bool) {
	if ref == nil || ref.Value == nil {
		l.report(pointer, "unresolved-ref", "there is no parameter here: correct the reference")
		return parameter{}, false
	}
	own := l.names.Tail(ref.Value.Name)
	if shared, ok := fragment(ref.Ref); ok && ref.Ref != "" {
		name := unescape(shared[strings.LastIndexByte(shared, '/')+1:])
		pointer, own = shared, l.names.Exported(name)+"Param"
		context.owner, context.shared, context.file = "", "", l.names.Stem(name)
	}
	context.ref, context.own, context.pointer = ref.Value.Schema, own, join(pointer, "schema")
	context.about = "the parameter " + ref.Value.Name
	context.said = either(plainText(ref.Value.Description), plainText(context.schema().Description))
	return parameter{ref.Value, pointer, context}, true
}

// handled tells whether a header is not a parameter: OpenAPI leaves three to
// other parts of the document, and the client sets some by itself.
func (l *lowerer) handled(p parameter) bool {
	if p.In != openapi3.ParameterInHeader {
		return false
	}
	h := l.opts.Headers
	for _, name := range []string{"Accept", "Content-Type", "Authorization", h.IdempotencyKey, h.RequestID, h.Version} {
		if name != "" && strings.EqualFold(name, p.Name) {
			return true
		}
	}
	return false
}

func (l *lowerer) paramField(p parameter) *ir.Field {
	f := &ir.Field{
		Name: p.Name, GoName: l.fieldNameAt(p.pointer, p.Name), Deprecated: p.Deprecated, Required: p.Required,
		Pointer: p.pointer, In: l.location(p), Doc: plainText(p.Description),
	}
	if p.Schema == nil {
		f.Value = l.contentParam(p)
	} else {
		f.Value = l.value(p.place)
		f.Default = jsonText(p.place.schema().Default)
		f.Doc = either(f.Doc, l.describe(p.place))
	}
	if p.AllowEmptyValue && f.In == ir.InQuery {
		f.Nullable = true
	}
	l.mark(f, p.Extensions, p.place.schema().Extensions)
	f.Style = l.style(p.pointer, f, either(p.Style, defaultStyles[f.In]), p.Explode)
	return f
}

// mark remembers a parameter that says what to expand.
func (l *lowerer) mark(f *ir.Field, extensions ...map[string]any) {
	for _, e := range extensions {
		if e["x-oaken-expand"] == true {
			l.marked[f] = true
		}
	}
}

// contentParam reports a parameter that is written as a document of its own.
func (l *lowerer) contentParam(p parameter) ir.Value {
	code, message := "missing-schema", "the parameter has no schema: write one"
	if len(p.Content) > 0 {
		code, message = "unsupported-parameter", "a parameter with content is not supported: give it a schema and a style"
	}
	l.report(p.pointer, code, "%s", message)
	return ir.Value{Type: ir.String}
}

func (l *lowerer) location(p parameter) ir.Location {
	switch p.In {
	case openapi3.ParameterInHeader:
		return ir.InHeader
	case openapi3.ParameterInCookie:
		return ir.InCookie
	case openapi3.ParameterInQuery:
		return ir.InQuery
	}
	l.report(p.pointer, "unsupported-parameter", "a parameter can't be in %q: write query, path, header or cookie", p.In)
	return ir.InQuery
}

var defaultStyles = map[ir.Location]string{ir.InQuery: "form", ir.InCookie: "form", ir.InHeader: "simple", ir.InForm: "form"}

// style returns how a parameter is spelled, and reports what can't be.
func (l *lowerer) style(pointer string, f *ir.Field, style string, explode *bool) ir.Style {
	exploded := style == "form" || style == "deepObject"
	if explode != nil {
		exploded = *explode
	}
	out, ok := styles[style]
	if style == "form" && exploded {
		out = ir.StyleExplode
	}
	kind := jsonType(f.Type)
	compound := kind == "array" || kind == "object" || kind == "" && f.Type != ir.Raw
	if out != ir.StyleDeepObject {
		l.spelled = append(l.spelled, spelling{pointer, f.Type, nil})
	}
	switch {
	case !compound && ok:
		return out
	case !ok, kind == "object" && out != ir.StyleDeepObject, exploded && (out == ir.StyleSpace || out == ir.StylePipe):
		l.report(pointer, "unsupported-style", "a value of this type can't be spelled in style %q: use deepObject, or form for a list", style)
	}
	return out
}

// spelling is a value that is spelled in another style than deepObject.
type spelling struct {
	pointer string
	value   ir.Type
	free    *ir.Field // a member of a form whose style the document does not say
}

// spellings reports a list of lists or objects, and a choice among such: only
// deepObject spells what is nested.
func (l *lowerer) spellings() {
	for _, s := range l.spelled {
		nested := false
		switch t := s.value.(type) {
		case *ir.Slice:
			nested = l.compound(t.Elem.Type)
		case *ir.Union:
			nested = l.compound(t)
		}
		if nested && s.free != nil {
			s.free.Style = ir.StyleJSON
		} else if nested {
			l.report(s.pointer, "unsupported-style", "a list of lists or objects, or a choice among them, can only be spelled in style deepObject, with explode: true")
		}
	}
}

// compound tells whether a value may be more than one text.
func (l *lowerer) compound(t ir.Type) bool {
	types := []ir.Type{t}
	if u := l.unionOf(t); u != nil {
		for _, e := range u.entries {
			types = append(types, e.variant.Type)
		}
	}
	return slices.ContainsFunc(types, func(t ir.Type) bool { return jsonType(t) == "array" || jsonType(t) == "object" })
}

var styles = map[string]ir.Style{
	"deepObject": ir.StyleDeepObject, "form": ir.StyleForm, "simple": ir.StyleForm,
	"spaceDelimited": ir.StyleSpace, "pipeDelimited": ir.StylePipe,
}

// pathParams lowers what stands in the braces of a path, in its order.
func (l *lowerer) pathParams(c *call, declared map[string]parameter) {
	for _, brace := range braces.FindAllString(c.path, -1) {
		name := brace[1 : len(brace)-1]
		p, ok := declared[name]
		delete(declared, name)
		out := &ir.PathParam{Name: name, GoName: l.names.Argument(name), Type: ir.String}
		if ok {
			l.fillPathParam(out, p)
		} else {
			l.report(c.pointer, "undeclared-path-parameter", "%q stands in the path and is no parameter: declare it once, with in: path", name)
		}
		c.out.PathParams = append(c.out.PathParams, out)
	}
	l.argumentNames(c.out.PathParams)
	for _, name := range sortedKeys(declared) {
		l.report(declared[name].pointer, "unused-path-parameter", "the path has no {%s}: remove the parameter", name)
	}
}

func (l *lowerer) fillPathParam(out *ir.PathParam, p parameter) {
	out.Doc = plainText(p.Description)
	if p.Schema == nil {
		l.contentParam(p)
		return
	}
	v := l.value(p.place)
	out.Rules = v.Rules
	out.Doc = either(out.Doc, l.describe(p.place))
	switch t := v.Type.(type) {
	case *ir.Enum:
		out.Type = t
	case ir.Prim:
		out.Type = t
		if t == ir.Raw || t == ir.Bytes {
			l.badPathParam(p)
		}
	default:
		l.badPathParam(p)
	}
	if p.Style != "" && p.Style != "simple" {
		l.report(p.pointer, "unsupported-style", "style %q is not supported in a path: remove it", p.Style)
	}
}

func (l *lowerer) badPathParam(p parameter) {
	l.report(p.pointer, "unsupported-parameter", "only a text, a number, a boolean or an enum can stand in a path: change the schema")
}

// body adds the request body to the parameters.
func (l *lowerer) body(c *call, s *ir.Struct) {
	ref := c.op.RequestBody
	if ref == nil {
		return
	}
	if ref.Value == nil {
		l.report(join(c.pointer, "requestBody"), "unresolved-ref", "there is no body here: correct the reference")
		return
	}
	p := place{owner: c.base, shared: c.noun, within: c.noun, file: c.file, role: ir.RoleParams, pointer: join(c.pointer, "requestBody")}
	if shared, ok := fragment(ref.Ref); ok && ref.Ref != "" {
		name := unescape(shared[strings.LastIndexByte(shared, '/')+1:])
		p.owner, p.file, p.pointer = l.names.Exported(name), l.names.Stem(name), shared
		p.shared, p.within = p.owner, ""
	}
	if c.method == "TRACE" {
		l.note(p.pointer, "body-of-trace", "a TRACE request can't have a body: none is sent")
		return
	}
	before := len(s.Fields)
	l.content(c, s, p, ref.Value)
	if len(s.Fields) > before && (c.method == "GET" || c.method == "HEAD") {
		l.note(p.pointer, "body-of-get", "HTTP gives the body of a %s request no meaning: it is sent, and servers may not look at it", c.method)
	}
}

// content adds a body as what it is best written as: JSON, a form, parts, a
// text, or what the caller brings.
func (l *lowerer) content(c *call, s *ir.Struct, p place, body *openapi3.RequestBody) {
	content := body.Content
	if key, media := jsonIn(content); media != nil {
		c.out.ContentType = ownType(key)
		l.jsonBody(s, p, body, key, media)
		return
	}
	for _, form := range forms {
		for _, key := range sortedKeys(content) {
			if strings.HasPrefix(mediaType(key), form.mediaType) && content[key] != nil {
				l.formBody(c, s, p, body, key, form.in)
				return
			}
		}
	}
	for _, key := range sortedKeys(content) {
		if textual(key, content[key]) && l.textBody(c, s, p, body, key) {
			return
		}
	}
	if len(content) > 0 {
		l.fileBody(c, s, p, body, sortedKeys(content))
	}
}

// form is a media type of bodies with names and values, and where these travel.
type form struct {
	mediaType string
	in        ir.Location
}

// forms are the media types of bodies with names and values, the preferred one
// first.
var forms = []form{{"application/x-www-form-urlencoded", ir.InForm}, {"multipart/form-data", ir.InMultipart}}

func (l *lowerer) jsonBody(s *ir.Struct, p place, body *openapi3.RequestBody, key string, media *openapi3.MediaType) {
	q := p.at(media.Schema, "content", key, "schema")
	q.own, q.role = "Body", ir.RoleObject
	if media.Schema == nil {
		q = p.at(&openapi3.SchemaRef{Value: &openapi3.Schema{}}, "content", key)
	}
	s.Fields = append(s.Fields, &ir.Field{
		GoName: "Body", In: ir.InJSON, Required: body.Required, Pointer: q.pointer,
		Doc: either(plainText(body.Description), l.describe(q)), Value: l.value(q),
	})
}

// formBody adds the members of a form as parameters of their own. A form whose
// members nobody knows is the caller's to write.
func (l *lowerer) formBody(c *call, s *ir.Struct, p place, body *openapi3.RequestBody, key string, in ir.Location) {
	media := body.Content[key]
	q := p.at(media.Schema, "content", key, "schema")
	if media.Schema == nil || media.Schema.Value == nil {
		l.fileBody(c, s, p, body, []string{key})
		return
	}
	f, ok := l.formFacts(q)
	if !ok || len(f.properties()) == 0 && in == ir.InMultipart {
		l.fileBody(c, s, p, body, []string{key})
		return
	}
	props, required := l.split(f)
	if s.More = l.more(f); s.More != nil {
		s.More.In = in
	}
	for _, prop := range props {
		prop = l.reconcile(f, prop)
		field := l.field(prop, required[prop.name])
		field.In = in
		l.mark(field, prop.main.schema().Extensions)
		l.spell(c, join(p.pointer, "content", key), field, prop.main, media.Encoding[prop.name])
		s.Fields = append(s.Fields, field)
		s.Rules = append(s.Rules, l.narrowed(prop)...)
	}
	if len(props) > 0 {
		s.Rules = append(s.Rules, l.requiredRule(f, props)...)
		s.Rules = append(s.Rules, l.applicable(s, l.ownRules(f))...)
	}
}

// formFacts takes the schema of a form apart; only an object with members that
// are known can be one.
func (l *lowerer) formFacts(p place) (*facts, bool) {
	all := *l.facts(p)
	all.parts = slices.Clone(all.parts)
	if !l.gather(&all, all.refs, map[string]visit{}) {
		return nil, false
	}
	types, named := all.types()
	object := !named || slices.Equal(types, []string{"object"})
	if !object || !l.flattenForm(&all) || len(all.properties()) == 0 && slices.ContainsFunc(all.parts, isMap) {
		return nil, false
	}
	return &all, true
}

// spell decides how a member of a form is written.
func (l *lowerer) spell(c *call, pointer string, f *ir.Field, p place, e *openapi3.Encoding) {
	if f.In == ir.InForm {
		f.Style = l.formStyle(pointer, f, e)
		return
	}
	l.upload(f, p, e)
	f.Style = l.partStyle(pointer, f, e)
	l.partType(c, f, p, e)
	l.noteEncoding(join(pointer, "encoding", f.Name), f, e)
}

// formStyle returns how a member of a form is spelled. Without an encoding,
// lists repeat their name, and objects are JSON (OpenAPI 3.0.3, section
// "Support for x-www-form-urlencoded Request Bodies").
func (l *lowerer) formStyle(pointer string, f *ir.Field, e *openapi3.Encoding) ir.Style {
	if e != nil && (e.Style != "" || e.Explode != nil) {
		return l.style(join(pointer, "encoding", f.Name), f, either(e.Style, "form"), e.Explode)
	}
	if e != nil && isJSON(e.ContentType) {
		return ir.StyleJSON
	}
	if structured(f.Type) {
		l.tally(f.Pointer, "form-object", "an object in a form is sent as JSON: give it an encoding with a style if the server wants another spelling")
		return ir.StyleJSON
	}
	l.spelled = append(l.spelled, spelling{f.Pointer, f.Type, f})
	return ir.StyleExplode
}

// sameWire reports a name that the query and the form both have.
func (l *lowerer) sameWire(s *ir.Struct) {
	for i, f := range s.Fields {
		for _, other := range s.Fields[i+1:] {
			if f.Name == other.Name && f.In != other.In {
				l.report(other.Pointer, "parameter-collision", "%q is a parameter in %s and in %s: remove one", f.Name, f.In, other.In)
			}
		}
	}
}

// extraRules are assertions about all parameters of an operation, which
// OpenAPI has no place for.
func (l *lowerer) extraRules(c *call) []*ir.Rule {
	const key = "x-oaken-rules"
	value, ok := c.op.Extensions[key]
	if !ok {
		return nil
	}
	var list openapi3.SchemaRefs
	raw, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(raw, &list)
	}
	if err != nil {
		l.report(join(c.pointer, key), "bad-extension", "%s is a list of JSON Schemas: correct it: %s", key, oneLine(fmt.Sprint(err)))
		return nil
	}
	var out []*ir.Rule
	p := place{owner: c.base, shared: c.noun, file: c.file, role: ir.RoleParams, pointer: c.pointer}
	for _, m := range refs(p, key, list) {
		out = append(out, l.rules(m, "")...)
	}
	return out
}

// fieldNameAt returns the Go name of a member or parameter.
func (l *lowerer) fieldNameAt(pointer, name string) string {
	if given, ok := l.override(pointer); ok {
		return given
	}
	return l.names.Exported(name)
}

// fieldName is fieldNameAt for a member, unless the name that the config gives
// to its place is that of the type declared there.
func (l *lowerer) fieldName(p place, name string) string {
	if t, ok := l.value(p).Type.(ir.Named); ok && t.TypeName() == l.typeName(p) && l.declaredAt(p.pointer, t) {
		return l.names.Exported(name)
	}
	return l.fieldNameAt(p.pointer, name)
}

// declaredAt tells whether a type was declared at a place, rather than
// referred to.
func (l *lowerer) declaredAt(pointer string, t ir.Named) bool {
	return l.declared[pointer] == t
}

// methods are names that every struct has a method of, and pageMethods those
// that pages have besides. A field can't be called the same.
var methods = []string{"MarshalJSON", "UnmarshalJSON"}

func pageMethods(l *ir.List) []string {
	if l.Before == "" {
		return []string{"Next", "All"}
	}
	return []string{"Next", "Previous", "All"}
}
