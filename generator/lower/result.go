package lower

import (
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// success returns the response of an operation that is no failure, with its
// pointer: the one with the lowest code that has a body, else any. Where only
// failures have codes, the default is what remains.
func (c *call) success() (*openapi3.ResponseRef, string) {
	if c.op.Responses == nil {
		return nil, ""
	}
	all := c.op.Responses.Map()
	code := ""
	for _, key := range sortedKeys(all) {
		if strings.HasPrefix(key, "2") && (code == "" || empty(all[code]) && !empty(all[key])) {
			code = key
		}
	}
	if code == "" && onlyFailures(all) {
		code = "default"
	}
	return all[code], join(c.pointer, "responses", code)
}

func onlyFailures(all map[string]*openapi3.ResponseRef) bool {
	for key := range all {
		if key != "default" && key[:1] < "4" {
			return false
		}
	}
	return all["default"] != nil
}

func empty(ref *openapi3.ResponseRef) bool {
	return ref == nil || ref.Value == nil || len(ref.Value.Content) == 0
}

// responseOf looks at the answer of an operation for naming alone.
func (l *lowerer) responseOf(c *call) response {
	ref, _ := c.success()
	if empty(ref) {
		return response{json: true}
	}
	_, media := jsonContent(ref.Value.Content)
	if media == nil {
		return response{}
	}
	r := response{json: true}
	l.describeResponse(&r, place{ref: media.Schema, pointer: "?"}, 0)
	return r
}

// describeResponse collects the names of the components that a response is
// made of.
func (l *lowerer) describeResponse(r *response, p place, depth int) {
	if p.ref == nil || depth > 4 {
		return
	}
	if pointer, ok := fragment(p.ref.Ref); ok && p.isRef() {
		name := unescape(pointer[strings.LastIndexByte(pointer, '/')+1:])
		r.names = append(r.names, l.componentWords(name))
	}
	s := p.schema()
	r.list = r.list || wraps(s, r.names)
	r.page = r.page || isPage(s)
	for _, list := range [][]*openapi3.SchemaRef{s.AnyOf, s.OneOf, s.AllOf} {
		for _, m := range list {
			if depth == 0 || len(list) == 1 {
				l.describeResponse(r, place{ref: m}, depth+1)
			}
		}
	}
	if items := listItems(s); items != nil {
		r.list = true
		r.names = nil
		l.describeResponse(r, place{ref: items}, depth+1)
	}
}

// wraps tells whether an object that is called as a list has the list inside,
// under its own name: accounts: {accounts: [...]}.
func wraps(s *openapi3.Schema, called []componentName) bool {
	for name, m := range s.Properties {
		if m == nil || m.Value == nil || !m.Value.Type.Is("array") {
			continue
		}
		if slices.ContainsFunc(called, func(c componentName) bool { return c.last == strings.ToLower(name) }) {
			return true
		}
	}
	return false
}

// isPage tells whether an object has a list under a name that says no more than
// that.
func isPage(s *openapi3.Schema) bool {
	return slices.ContainsFunc([]string{"data", "entries", "items", "records", "results", "values"}, func(name string) bool {
		m := s.Properties[name]
		return m != nil && m.Value != nil && m.Value.Type.Is("array")
	})
}

// componentWords returns a component's name as words: for
// deleted_terminal.reader terminal_reader and reader.
func (l *lowerer) componentWords(name string) componentName {
	name = strings.TrimPrefix(l.stripSchema(name), "deleted_")
	return componentName{l.names.Stem(name), l.names.Stem(name[strings.LastIndexByte(name, '.')+1:])}
}

// listItems returns the items of a list, or of a page of one.
func listItems(s *openapi3.Schema) *openapi3.SchemaRef {
	if s.Type.Is("array") {
		return s.Items
	}
	data, more := s.Properties["data"], s.Properties["has_more"]
	if data == nil || data.Value == nil || !data.Value.Type.Is("array") || more == nil {
		return nil
	}
	return data.Value.Items
}

// result lowers the answer of an operation.
func (l *lowerer) result(c *call) {
	ref, pointer := c.success()
	if empty(ref) {
		return
	}
	key, media := jsonContent(ref.Value.Content)
	if media == nil {
		l.stream(c, ref, pointer)
		return
	}
	if media.Schema == nil {
		l.report(join(pointer, "content", key), "missing-schema", "there is no schema here: write one")
		return
	}
	l.oneAnswer(c, ref, func(other *openapi3.ResponseRef) bool { return alike(other, media.Schema) })
	l.lowerResult(c, l.responsePlace(c, ref, pointer, key, media))
}

// oneAnswer reports a success that does not look like the one that is decoded.
func (l *lowerer) oneAnswer(c *call, first *openapi3.ResponseRef, alike func(*openapi3.ResponseRef) bool) {
	all := c.op.Responses.Map()
	for _, code := range sortedKeys(all) {
		if ref := all[code]; ref != first && strings.HasPrefix(code, "2") && !alike(ref) {
			l.report(join(c.pointer, "responses", code), "unsupported-response", "the answers to a success have to be alike: use one schema for all of them, or leave this one out")
		}
	}
}

// alike tells whether a response has JSON of a schema.
func alike(ref *openapi3.ResponseRef, schema *openapi3.SchemaRef) bool {
	if empty(ref) {
		return false
	}
	_, media := jsonContent(ref.Value.Content)
	if media == nil || media.Schema == nil {
		return false
	}
	return media.Schema.Ref == schema.Ref && (schema.Ref != "" || reflect.DeepEqual(media.Schema.Value, schema.Value))
}

// responsePlace returns the schema of a response, named by the operation, or
// by the component that several operations share.
func (l *lowerer) responsePlace(c *call, ref *openapi3.ResponseRef, pointer, key string, media *openapi3.MediaType) place {
	p := place{ref: media.Schema, owner: c.base, own: "Result", file: c.file, role: ir.RoleObject}
	if pages(media.Schema.Value) && c.route.method == "List" {
		p.owner, p.own = strings.TrimSuffix(c.base, "List"), "List"
	}
	if shared, ok := fragment(ref.Ref); ok && ref.Ref != "" {
		name := unescape(shared[strings.LastIndexByte(shared, '/')+1:])
		pointer = shared
		p.owner, p.own, p.file = "", names.Join(l.names.Exported(name), "Response"), l.names.Stem(name)
	}
	p.pointer, p.shared = join(pointer, "content", key, "schema"), p.owner
	if s := p.schema(); s.Type.Is("array") && !p.isRef() {
		p.own += "Items"
	}
	return p
}

// pages tells whether a schema is a page of a list.
func pages(s *openapi3.Schema) bool {
	return s != nil && !s.Type.Is("array") && listItems(s) != nil
}

func (l *lowerer) lowerResult(c *call, p place) {
	v := l.value(p)
	switch v.Type.(type) {
	case *ir.Struct, *ir.Union, *ir.Slice, *ir.Map:
		c.out.Result = v.Type
	default:
		l.report(p.pointer, "unsupported-response", "an answer has to be an object or a list: describe it as one")
		return
	}
	_, named := v.Type.(ir.Named)
	if len(v.Rules) > 0 && !named {
		l.report(p.pointer, "unsupported-response", "assertions about an answer as a whole are only supported for objects: move them into its parts")
	}
	if v.Nullable {
		l.report(p.pointer, "unsupported-response", "an answer that is null as a whole is not supported: remove null")
	}
}

// lists finds the structs that are pages of a list, and the operations whose
// pages can be walked.
func (l *lowerer) lists() {
	for _, t := range l.api.Types {
		if s, ok := t.(*ir.Struct); ok && s.Role == ir.RoleObject {
			if s.List = listOf(s); s.List != nil {
				l.fieldNames(s, pageMethods(s.List))
			}
		}
	}
	for _, c := range l.calls {
		s, ok := c.out.Result.(*ir.Struct)
		c.out.Lists = ok && s.List != nil && c.out.Params != nil && slices.ContainsFunc(c.out.Params.Fields, func(f *ir.Field) bool {
			return f.Name == either(s.List.Page, s.List.After) && f.In == ir.InQuery
		})
	}
}

// listOf tells whether a struct is a page: items under data, and has_more. The
// ids at its ends lead on, unless it names the next page by itself.
func listOf(s *ir.Struct) *ir.List {
	data, more, url, next := member(s, "data"), member(s, "has_more"), member(s, "url"), member(s, "next_page")
	if data == nil || more == nil || more.Type != ir.Bool || next != nil && next.Type != ir.String {
		return nil
	}
	slice, ok := data.Type.(*ir.Slice)
	if !ok {
		return nil
	}
	list := &ir.List{Data: "data", More: "has_more", After: "starting_after", Before: "ending_before"}
	if next != nil {
		list = &ir.List{Data: "data", More: "has_more", Next: "next_page", Page: "page"}
	}
	if url != nil && url.Type == ir.String {
		list.URL = "url"
	}
	return withItem(list, slice.Elem)
}

// withItem says what a list holds; nil where that has no name or may be null,
// as it can't be walked then.
func withItem(list *ir.List, elem ir.Value) *ir.List {
	switch item := elem.Type.(type) {
	case *ir.Struct:
		list.Item, list.ItemID = item, item.ID
	case *ir.Union:
		list.Item = item
		if identified(item) {
			list.ItemID = "id"
		}
	default:
		return nil
	}
	if elem.Nullable {
		return nil
	}
	if list.Next != "" {
		list.ItemID = "" // the page itself leads on
	}
	return list
}

// identified tells whether every variant of a union has an id.
func identified(u *ir.Union) bool {
	return !slices.ContainsFunc(u.Variants, func(v *ir.Variant) bool {
		s, ok := v.Type.(*ir.Struct)
		return !ok || s.ID != "id"
	})
}

func member(s *ir.Struct, name string) *ir.Field {
	for _, f := range s.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}
