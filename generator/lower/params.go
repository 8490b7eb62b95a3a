package lower

import (
	"encoding/json"
	"net/url"
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
	l.pathParams(c, s, inPath)
	l.body(c, s)
	s.Rules = append(s.Rules, l.extraRules(c)...)
	if len(s.Fields) == 0 {
		return
	}
	l.sortFields(s)
	l.fieldNames(s, methods)
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
		return parameter{}, false // not in a document that was loaded
	}
	own := l.names.Tail(ref.Value.Name)
	if shared, ok := fragment(ref.Ref); ok && ref.Ref != "" {
		name := unescape(shared[strings.LastIndexByte(shared, '/')+1:])
		pointer, own = shared, l.names.Exported(name)+"Param"
		context.owner, context.shared, context.file = "", "", l.names.Stem(name)
	}
	p := parameter{Parameter: ref.Value, pointer: pointer}
	context.ref, context.own, context.pointer = ref.Value.Schema, own, join(pointer, "schema")
	if key, media := p.content(); media != nil {
		context.ref, context.pointer = media.Schema, join(pointer, "content", key, "schema")
		if isJSON(key) {
			context.role = ir.RoleObject
		}
	}
	context.about = "the parameter " + ref.Value.Name
	context.said = either(plainText(ref.Value.Description), plainText(context.schema().Description))
	p.place = context
	return p, true
}

// handled tells whether a header is not a parameter: OpenAPI leaves three to
// other parts of the document, and the client sets some by itself.
func (l *lowerer) handled(p parameter) bool {
	if p.In != openapi3.ParameterInHeader {
		return false
	}
	h := l.opts.Headers
	for _, name := range []string{"Accept", "Content-Type", "Authorization"} {
		if strings.EqualFold(name, p.Name) {
			l.tally(p.pointer, "ignored-header", "OpenAPI leaves the header %s to other parts of a document: it is no parameter", name)
			return true
		}
	}
	for _, name := range []string{h.IdempotencyKey, h.RequestID, h.Version} {
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
	f.Value = l.paramValue(p)
	f.Default = l.defaultOf(p.place)
	f.Doc = either(f.Doc, l.describe(p.place))
	if p.AllowEmptyValue && f.In == ir.InQuery {
		f.Nullable = true
	}
	l.mark(f, p.Extensions, p.place.schema().Extensions)
	l.spellParameter(f, p)
	return f
}

// paramValue returns what a parameter is: a text where the document does not
// say.
func (l *lowerer) paramValue(p parameter) ir.Value {
	if p.place.ref == nil {
		l.note(p.pointer, "missing-schema", "the document does not say what this parameter is: it is a text")
		return ir.Value{Type: ir.String}
	}
	return l.value(p.place)
}

// mark remembers a parameter that says what to expand.
func (l *lowerer) mark(f *ir.Field, extensions ...map[string]any) {
	for _, e := range extensions {
		if e["x-oaken-expand"] == true {
			l.marked[f] = true
		}
	}
}

func (l *lowerer) location(p parameter) ir.Location {
	switch p.In {
	case openapi3.ParameterInHeader:
		return ir.InHeader
	case openapi3.ParameterInCookie:
		return ir.InCookie
	case openapi3.ParameterInPath:
		return ir.InPath
	case openapi3.ParameterInQuery:
		return ir.InQuery
	}
	l.report(p.pointer, "unsupported-parameter", "a parameter can't be in %q: write query, path, header or cookie", p.In)
	return ir.InQuery
}

// pathParams lowers what stands in the braces of a path, in its order. A scalar
// is an argument of the method; what has parts is a field of the parameters.
func (l *lowerer) pathParams(c *call, s *ir.Struct, declared map[string]parameter) {
	seen := map[string]bool{}
	for _, name := range paramNames(c.path) {
		p, ok := declared[name]
		if !ok {
			l.note(c.pointer, "undeclared-path-parameter", "%q stands in the path and is no parameter: it is a text", name)
			p = parameter{Parameter: &openapi3.Parameter{Name: name, In: openapi3.ParameterInPath, Required: true}, pointer: c.pointer}
		}
		if !seen[name] {
			l.pathParam(c, s, p, ok)
		}
		seen[name] = true
	}
	l.argumentNames(c.out.PathParams)
	c.out.PathParams = repeated(c.out.PathParams, c.path)
	for _, name := range sortedKeys(declared) {
		if !seen[name] {
			l.note(declared[name].pointer, "unused-path-parameter", "the path has no {%s}: the parameter is left out", name)
		}
	}
}

// repeated adds the arguments that stand in a path several times.
func repeated(list []*ir.PathParam, path string) []*ir.PathParam {
	var out []*ir.PathParam
	for _, name := range paramNames(path) {
		i := slices.IndexFunc(list, func(p *ir.PathParam) bool { return p.Name == name })
		if i < 0 {
			continue
		}
		p := *list[i]
		p.Again = slices.ContainsFunc(out, func(o *ir.PathParam) bool { return o.Name == name })
		out = append(out, &p)
	}
	return out
}

// pathParam lowers one of them. declared tells that the document describes it.
func (l *lowerer) pathParam(c *call, s *ir.Struct, p parameter, declared bool) {
	v, text := ir.Value{Type: ir.String}, ""
	if declared {
		v, text = l.paramValue(p), either(plainText(p.Description), l.describe(p.place))
	}
	_, media := p.content()
	if t, ok := v.Type.(ir.Prim); ok && (t == ir.Raw || t == ir.Bytes) || jsonType(v.Type) == "array" || jsonType(v.Type) == "object" || isUnion(v.Type) || media != nil {
		f := l.paramField(p)
		f.Required = true
		if f.Style == ir.StyleForm {
			f.Style = ir.StyleSimple
		}
		f.Spelled = true
		s.Fields = append(s.Fields, f)
		return
	}
	out := &ir.PathParam{Name: p.Name, GoName: l.names.Argument(p.Name), Type: v.Type, Rules: v.Rules, Doc: text}
	c.out.PathParams = append(c.out.PathParams, out)
	l.spellArgument(c, p)
}

func isUnion(t ir.Type) bool {
	_, ok := t.(*ir.Union)
	return ok
}

// spellArgument puts what a style says of a scalar into the path itself.
func (l *lowerer) spellArgument(c *call, p parameter) {
	f := &ir.Field{In: ir.InPath, Value: ir.Value{Type: ir.String}}
	before := map[ir.Style]string{ir.StyleLabel: ".", ir.StyleMatrix: ";" + url.PathEscape(p.Name) + "="}[l.style(p.pointer, f, p.Style, p.Explode)]
	brace := "{" + p.Name + "}"
	c.out.Path = strings.ReplaceAll(c.out.Path, brace, before+brace)
}

// body adds the request body to the parameters.
func (l *lowerer) body(c *call, s *ir.Struct) {
	ref := c.op.RequestBody
	if ref == nil || ref.Value == nil {
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
	if before > 0 && len(s.Rules) > 0 { // these are about the body alone
		s.Rules = []*ir.Rule{{Keyword: "form", Subs: [][]*ir.Rule{s.Rules}, Pointer: p.pointer}}
	}
	if len(s.Fields) > before && (c.method == "GET" || c.method == "HEAD") {
		l.note(p.pointer, "body-of-get", "HTTP gives the body of a %s request no meaning: it is sent, and servers may not look at it", c.method)
	}
}

// content adds a body as what it is best written as: JSON, a form, parts, a
// text, or what the caller brings.
func (l *lowerer) content(c *call, s *ir.Struct, p place, body *openapi3.RequestBody) {
	content := body.Content
	if key, media := jsonIn(content); media != nil {
		c.sent, c.out.ContentType = key, ownType(key)
		l.jsonBody(s, p, body, key, media)
		return
	}
	for _, form := range forms {
		for _, key := range sortedKeys(content) {
			if strings.HasPrefix(mediaType(key), form.mediaType) && content[key] != nil {
				c.sent = key
				l.formBody(c, s, p, body, key, form.in)
				return
			}
		}
	}
	for _, key := range sortedKeys(content) {
		if textual(key, content[key]) && l.textBody(c, s, p, body, key) {
			c.sent = key
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
	c.out.Form = in == ir.InForm
	props, required := l.split(f)
	if s.More = l.more(f); s.More != nil {
		s.More.In = in
		l.moreFiles(f, in)
		l.spellMore(s.More)
	}
	for _, prop := range props {
		prop = l.reconcile(f, prop)
		field := l.field(prop, required[prop.name])
		if field.ReadOnly {
			continue // only answers have it
		}
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
		l.report(p.pointer, "too-many-schemas", "the schemas of this form are merged too often, or consist of themselves: write them more simply")
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

// formStyle returns how a member of a form is spelled. Without an encoding, lists
// repeat their name, and objects are JSON: section 4.8.15 of OpenAPI 3.0.4.
func (l *lowerer) formStyle(pointer string, f *ir.Field, e *openapi3.Encoding) ir.Style {
	at := join(pointer, "encoding", f.Name)
	f.Reserved = e != nil && e.AllowReserved && f.In == ir.InForm
	switch {
	case e != nil && (e.Style != "" || e.Explode != nil || e.AllowReserved):
		return l.style(at, f, e.Style, e.Explode)
	case e != nil && e.ContentType != "" && !isJSON(e.ContentType) && mediaType(e.ContentType) != "text/plain":
		l.note(at, "part-type", "a member of a form can't be %s: it is written as text, and lists and objects as JSON", e.ContentType)
	}
	if jsonType(f.Type) == "object" || e != nil && isJSON(e.ContentType) {
		f.Spelled = true
		return ir.StyleContent
	}
	return l.unstyled(f)
}

// unstyled returns how a member of a form is spelled of which no encoding says
// anything: lists repeat their name. What may turn out to be an object is
// decided in spellings.
func (l *lowerer) unstyled(f *ir.Field) ir.Style {
	l.spelled = append(l.spelled, spelling{pointer: f.Pointer, style: "form", field: f, unstyled: true})
	return ir.StyleExplode
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
	if err != nil || slices.Contains(list, nil) {
		l.report(join(c.pointer, key), "bad-extension", "%s must be a list of JSON Schemas: correct it", key)
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
