package ir

import (
	"strings"
	"testing"
)

func TestDumpSaysEverything(t *testing.T) {
	item := &Struct{GoName: "Item", File: "item", Role: RoleObject, ID: "id", Fields: []*Field{
		{Name: "id", GoName: "ID", Required: true, ReadOnly: true, Pointer: "/p", Value: Value{Type: String, Rules: []*Rule{{Keyword: "maxLength", Number: "5", Note: "Short."}}}},
		{Name: "tags", GoName: "Tags", WriteOnly: true, Deprecated: true, Value: Value{Nullable: true, Type: &Slice{Elem: Value{Type: String, Rules: []*Rule{{Keyword: "enum", Values: []Literal{{"string", "a"}, {"integer", "1"}}}}}}}},
	}}
	item.Fields = append(item.Fields, &Field{Name: "up", GoName: "Up", Value: Value{Type: item, Boxed: true}})
	page := &Struct{GoName: "ItemList", File: "item", List: &List{Data: "data", More: "more", After: "after", ItemID: "id", Item: item}}
	union := &Union{GoName: "Either", File: "either", By: "kind", Closest: true, Variants: []*Variant{
		{GoName: "Item", Type: item, Tags: []string{"x"}, Types: []string{"object"}, Required: []string{"id"}, Consts: []Const{{"kind", Literal{"boolean", "true"}}}},
		{GoName: "EitherMap", Type: &Map{Elem: Value{Type: &Expandable{Object: Raw}}}},
	}}
	enum := &Enum{GoName: "Kind", File: "kind", Base: Int64, Expand: true, Values: []*EnumValue{{GoName: "KindOne", Value: "1", Doc: "One.", Deprecated: true}}}
	params := &Struct{GoName: "ItemListParams", File: "item", Role: RoleParams, Fields: []*Field{{Name: "a", GoName: "A", In: InQuery, Style: StyleForm, Value: Value{Type: Bool}}},
		Rules: []*Rule{{Keyword: "if", Subs: [][]*Rule{{{Keyword: "required", Names: []string{"a"}}}, nil, {{Keyword: "type", Types: []string{"null"}}}}}}}
	op := &Operation{ID: "list", GoName: "List", Method: "GET", Path: "/items/{id}", Pointer: "/paths", Params: params, ParamsRequired: true, ContentType: "image/png", Result: Value{Type: page}, Lists: true, Server: "https://x",
		PathParams: []*PathParam{{Name: "id", GoName: "id", Type: String, Doc: "An id."}}}
	found := &Struct{GoName: "Found", File: "item", List: &List{Data: "data", More: "more", Next: "next", Page: "page", Item: item}}
	read := &Operation{ID: "read", GoName: "Read", Method: "GET", Path: "/text", Result: Value{Type: Stream}, Accept: []string{"text/plain", "text/csv"}}
	got := Dump(&API{Package: "p", Title: "T", Server: "https://s", Auth: Auth{AuthAPIKeyHeader, "X-Key"}, Headers: HeaderNames{Retry: "R"},
		Resources: []*Resource{{GoName: "Items", GoType: "ItemService", File: "item", Ops: []*Operation{op, read}, Subs: []*Resource{{GoName: "Sub", GoType: "SubService", File: "sub", Old: true}}}},
		Aliases:   []*Alias{{GoName: "Things.List", Of: "Items.List", Kind: AliasMethod, File: "item", Pointer: "/paths"}},
		Types:     []Named{union, item, found, page, params, enum}})
	for _, want := range []string{
		`auth apiKeyHeader "X-Key"`, `header retry "R"`, `  op List GET /items/{id} at "/paths"`, `    path "id" id string`, `    params ItemListParams required contentType="image/png"`,
		`    result ItemList lists`, `    result stream accept="text/plain" accept="text/csv"`, `  list data="data" more="more" next="next" page="page" item=Item`, `    server "https://x"`, `  resource Sub SubService file=sub old`, `alias method Things.List of Items.List file=item at "/paths"`, `struct Item object file=item`,
		`  field "id" ID string required readOnly at "/p"`, `    rule maxLength 5`, `      note "Short."`, `  field "tags" Tags []string? writeOnly deprecated`,
		`    each`, `      rule enum "a" 1`, `  field "up" Up *Item`, `  list data="data" more="more" after="after" itemID="id" item=Item`,
		`  variant Item Item tag="x" type="object" required="id" const="kind":true`, `  variant EitherMap map[string]Expandable[raw]`,
		`union Either file=either by="kind" closest`, `enum Kind int64 file=kind expand`, `  value KindOne "1" deprecated`, `  field "a" A bool in="query" style="form"`,
		`    if`, `      rule required "a"`, `    then`, `    else`, `      rule type null`,
	} {
		if !strings.Contains("\n"+got, "\n"+want+"\n") {
			t.Errorf("no line %q", want)
		}
	}
	if t.Failed() {
		t.Log(got)
	}
}
