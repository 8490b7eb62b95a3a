package lower

import (
	"slices"
	"testing"

	"github.com/oaken-go/oaken/generator/ir"
)

func TestRootsStandForThemselves(t *testing.T) {
	object := func(name string) *ir.Struct { return &ir.Struct{GoName: name, Role: ir.RoleObject} }
	variants := func(list ...*ir.Struct) *ir.Union {
		u := &ir.Union{Variants: []*ir.Variant{{Type: ir.String}}}
		for _, s := range list {
			u.Variants = append(u.Variants, &ir.Variant{Type: s})
		}
		return u
	}
	params, answer, page, item, either, part := &ir.Struct{GoName: "Params", Role: ir.RoleParams}, object("Answer"), object("Page"), object("Item"), object("Either"), object("Part")
	inList, inMap, identified, nested := object("InList"), object("InMap"), object("Identified"), &ir.Struct{GoName: "Nested", Role: ir.RoleParams, ID: "id"}
	identified.ID = "id"
	page.List = &ir.List{Item: variants(item)}
	l := &lowerer{api: &ir.API{}}
	for _, op := range []*ir.Operation{
		{Params: params, Result: ir.Value{Type: answer}}, {Result: ir.Value{Type: variants(either)}}, {},
		{Result: ir.Value{Type: &ir.Slice{Elem: ir.Value{Type: inList}}}},
		{Answers: &ir.Answers{List: []*ir.Answer{{}, {Value: ir.Value{Type: &ir.Map{Elem: ir.Value{Type: inMap}}}}}}},
	} {
		l.calls = append(l.calls, &call{out: op})
	}
	roots := []*ir.Struct{answer, page, item, either, inList, inMap, identified}
	all := append(slices.Clone(roots), params, part, nested)
	for _, s := range all {
		l.api.Types = append(l.api.Types, s)
	}
	l.roots()
	for _, s := range all {
		if want := slices.Contains(roots, s); s.Root != want {
			t.Errorf("%s is a root: %v, want %v", s.GoName, s.Root, want)
		}
	}
}

func TestKnowableAreTheEnumsOfObjects(t *testing.T) {
	alone, listed, mapped, sent := &ir.Enum{GoName: "Alone"}, &ir.Enum{GoName: "Listed"}, &ir.Enum{GoName: "Mapped"}, &ir.Enum{GoName: "Sent"}
	field := func(of ir.Type) *ir.Field { return &ir.Field{Value: ir.Value{Type: of}} }
	l := &lowerer{api: &ir.API{Types: []ir.Named{
		alone, listed, mapped, sent,
		&ir.Struct{Role: ir.RoleObject, Fields: []*ir.Field{
			field(ir.String), field(alone), field(&ir.Slice{Elem: ir.Value{Type: listed}}), field(&ir.Map{Elem: ir.Value{Type: mapped}}),
		}},
		&ir.Struct{Role: ir.RoleParams, Fields: []*ir.Field{field(alone), field(sent)}},
	}}}
	l.knowable()
	for e, want := range map[*ir.Enum]bool{alone: true, listed: true, mapped: true, sent: false} {
		if e.Known != want {
			t.Errorf("%s can be known: %v, want %v", e.GoName, e.Known, want)
		}
	}
}

func TestUnionsInAnswersAndInJSONHoldRaw(t *testing.T) {
	union := func(name string, variants ...ir.Type) *ir.Union {
		u := &ir.Union{GoName: name}
		for _, v := range variants {
			u.Variants = append(u.Variants, &ir.Variant{Type: v})
		}
		return u
	}
	field := func(of ir.Type) *ir.Field { return &ir.Field{Value: ir.Value{Type: of}} }
	list := func(of ir.Type) ir.Type { return &ir.Slice{Elem: ir.Value{Type: of}} }
	within, sent, form, posted, part := union("Within"), union("Sent"), union("Form"), union("Posted"), union("Part")
	answered := union("Answered", ir.String, list(within))
	result := union("Result")
	loop := &ir.Struct{Role: ir.RoleParams}
	loop.Fields = []*ir.Field{field(loop), field(posted)}
	body, json, query := field(loop), field(list(part)), field(sent)
	body.In, json.In, json.Style, query.In = ir.InJSON, ir.InMultipart, ir.StyleJSON, ir.InQuery
	params := &ir.Struct{Role: ir.RoleParams, Fields: []*ir.Field{body, json, query, field(&ir.Struct{Role: ir.RoleParams, Fields: []*ir.Field{field(form)}})}}
	l := &lowerer{
		api:   &ir.API{Types: []ir.Named{&ir.Struct{Role: ir.RoleObject, Fields: []*ir.Field{field(&ir.Expandable{Object: answered})}}}},
		calls: []*call{{out: &ir.Operation{Params: params, Result: ir.Value{Type: result}}}},
	}
	l.rawUnions()
	for u, want := range map[*ir.Union]bool{answered: true, within: true, result: true, posted: true, part: true, sent: false, form: false} {
		if u.Raw != want {
			t.Errorf("%s holds a Raw: %v, want %v", u.GoName, u.Raw, want)
		}
	}
}
