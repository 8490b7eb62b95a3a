package lower

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// responseOf looks at the answer of an operation for naming alone.
func (l *lowerer) responseOf(c *call) response {
	good, _ := successes(c.responses())
	i := slices.IndexFunc(good, func(a answer) bool { return a.kind != noContent })
	if i < 0 {
		return response{json: true}
	}
	if good[i].kind != jsonContent {
		return response{}
	}
	r := response{json: true}
	l.describeResponse(&r, place{ref: good[i].media.Schema, pointer: "?"}, 0)
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

// pages tells whether a schema is a page of a list.
func pages(s *openapi3.Schema) bool {
	return s != nil && !s.Type.Is("array") && listItems(s) != nil
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
		s, ok := c.out.Result.Type.(*ir.Struct)
		c.out.Lists = ok && !c.out.Result.Nullable && s.List != nil && c.out.Params != nil && slices.ContainsFunc(c.out.Params.Fields, func(f *ir.Field) bool {
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
