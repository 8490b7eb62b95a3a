package support

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// Types of documents that say less than usual: a struct that may be any value,
// one with further members of a type, and alternatives that are told apart by
// being read.

type anyThing struct {
	Name  Optional[string]
	Size  int64
	Inner *anyThing
	Kids  Optional[[]anyThing]
	extra members
}

var anyThingTable = descriptor{untyped: true, check: check{{op: opMinLength, n: 2}}, fields: `
	name
	size required
	inner null
	kids
`}

func (*anyThing) table() *descriptor { return &anyThingTable }

// TestUntypedKeepsAnyValue: what is no object comes back out as it came in, and
// is no violation by itself.
func TestUntypedKeepsAnyValue(t *testing.T) {
	for _, text := range []string{
		`{"name":"a","size":1,"inner":{"size":2}}`, `"text"`, `12.50`, `true`, `[1,{"a":2}]`, `{"size":1,"inner":"text"}`,
		`{"size":1,"inner":null}`, `{"size":1,"kids":["ab",{"size":2},null,[]]}`, `{"size":1,"inner":[1]}`,
	} {
		var v anyThing
		if err := Unmarshal([]byte(text), &v); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		out, err := Marshal(&v)
		if err != nil || string(out) != text {
			t.Errorf("%s became %s, %v", text, out, err)
		}
		if err := Validate(&v); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestUntypedAssertsByType: assertions are about the value that came.
func TestUntypedAssertsByType(t *testing.T) {
	for text, want := range map[string]string{
		`"x"`: "minLength", `{"inner":{"size":1}}`: "size: is required", `{"size":1,"kids":["x"]}`: "kids[0]", `{"size":1,"inner":"x"}`: "inner",
	} {
		var v anyThing
		if err := Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		var broken *ValidationError
		if err := Validate(&v); !errors.As(err, &broken) || !strings.Contains(err.Error()+broken.Violations[0].Keyword, want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// TestUntypedIsAnObjectOnceSet: a field that is set takes the place of what came.
func TestUntypedIsAnObjectOnceSet(t *testing.T) {
	var v anyThing
	if err := Unmarshal([]byte(`"text"`), &v); err != nil {
		t.Fatal(err)
	}
	before := v
	v.Name = Some("a")
	if out, err := Marshal(&v); err != nil || string(out) != `{"name":"a","size":0,"inner":null}` {
		t.Errorf("%s, %v", out, err)
	}
	if out, err := Marshal(&before); err != nil || string(out) != `"text"` {
		t.Errorf("the copy became %s, %v", out, err)
	}
	if err := SetUnknownMember(&before, "more", Raw("1")); err != nil {
		t.Error(err)
	}
	if out, err := Marshal(&before); err != nil || string(out) != `{"size":0,"inner":null,"more":1}` {
		t.Errorf("%s, %v", out, err)
	}
}

type looseThing struct {
	Name                 Optional[string]
	extra                members
	AdditionalProperties map[string]int64
}

var looseThingTable = descriptor{untyped: true, fields: `
	name
`, more: &member{}}

func (*looseThing) table() *descriptor { return &looseThingTable }

// TestUntypedIsAnObjectOnceItHasMore: so does a member that no field is for.
func TestUntypedIsAnObjectOnceItHasMore(t *testing.T) {
	var v looseThing
	if err := Unmarshal([]byte(`[1]`), &v); err != nil {
		t.Fatal(err)
	}
	v.AdditionalProperties = map[string]int64{}
	if out, err := Marshal(&v); err != nil || string(out) != `[1]` {
		t.Errorf("%s, %v", out, err)
	}
	v.AdditionalProperties["a"] = 1
	if out, err := Marshal(&v); err != nil || string(out) != `{"a":1}` {
		t.Errorf("%s, %v", out, err)
	}
}

type moreThing struct {
	A                    Optional[string]
	AdditionalProperties map[string]int64
	extra                members
}

var moreThingTable = descriptor{check: check{{op: opKeyword, of: &minProperties{1}}}, fields: `
	a
`, more: &member{of: &member{check: &check{{op: opMaximum, f: 5}}}}}

func (*moreThing) table() *descriptor { return &moreThingTable }

// TestFurtherMembersHaveAType: they are read into a map, written sorted after
// the fields, and checked.
func TestFurtherMembersHaveAType(t *testing.T) {
	var v moreThing
	if err := Unmarshal([]byte(`{"z":3,"a":"x","b":1,"z":4}`), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.AdditionalProperties) != 2 || v.AdditionalProperties["z"] != 4 || v.A.Value != "x" {
		t.Errorf("%+v", v)
	}
	if out, err := Marshal(&v); err != nil || string(out) != `{"a":"x","b":1,"z":4}` {
		t.Errorf("%s, %v", out, err)
	}
	if err := Validate(&v); err != nil {
		t.Error(err)
	}
	v.AdditionalProperties["z"] = 6
	if err := Validate(&v); err == nil || !strings.Contains(err.Error(), "z: ") {
		t.Errorf("%v", err)
	}
	if err := Unmarshal([]byte(`{"b":"x"}`), &v); err == nil || !strings.HasPrefix(err.Error(), "b: want integer") {
		t.Errorf("%v", err)
	}
	if err := Unmarshal([]byte(`{"b":1}`), &v); err != nil || Validate(&v) != nil { // counted among the members
		t.Errorf("%v, %v", err, Validate(&v))
	}
	if err := Validate(&moreThing{}); err == nil {
		t.Error("an object without members passed")
	}
}

type moreFlags struct {
	extra                members
	AdditionalProperties map[string]bool
}

var moreFlagsTable = descriptor{more: &member{of: &otherMap{}}}

func (*moreFlags) table() *descriptor { return &moreFlagsTable }

// TestFurtherMembersOfOtherTypes: those that are no texts or integers all stay.
func TestFurtherMembersOfOtherTypes(t *testing.T) {
	var v moreFlags
	if err := Unmarshal([]byte(`{"a":true,"b":false,"c":true}`), &v); err != nil {
		t.Fatal(err)
	}
	if out, err := Marshal(&v); err != nil || string(out) != `{"a":true,"b":false,"c":true}` {
		t.Errorf("%s, %v", out, err)
	}
}

// TestUnknownMemberWithEscapes sets a member whose name JSON has to escape.
func TestUnknownMemberWithEscapes(t *testing.T) {
	var v codecNode
	if err := SetUnknownMember(&v, "a\"b\n", Raw("1")); err != nil {
		t.Fatal(err)
	}
	if out, err := Marshal(&v); err != nil || !strings.Contains(string(out), `"a\"b\n":1`) {
		t.Errorf("%s, %v", out, err)
	}
}

// TestFurtherMemberOfAFieldsName: one name would be written twice.
func TestFurtherMemberOfAFieldsName(t *testing.T) {
	v := moreThing{AdditionalProperties: map[string]int64{"a": 1}}
	if out, err := Marshal(&v); err == nil || !strings.Contains(err.Error(), `has a field for "a"`) {
		t.Errorf("%s, %v", out, err)
	}
	if err := SetUnknownMember(&v, "b", Raw("1")); err == nil {
		t.Error("a further member was set past its field")
	}
}

type moreParams struct {
	A                    string
	In                   moreIn
	AdditionalProperties map[string]string
}

type moreIn struct {
	B    string
	More map[string]bool
}

var moreParamsTable = descriptor{params: true, in: inForm, fields: `
	a
	in of
`, refs: []any{
	&inline{fields: `
	b
`, more: &member{of: &otherMap{}}},
}, more: &member{}}

func (*moreParams) table() *descriptor { return &moreParamsTable }

// TestFurtherParameters: those of a form stand after its fields, nested ones in
// brackets.
func TestFurtherParameters(t *testing.T) {
	v := moreParams{A: "1", In: moreIn{More: map[string]bool{"y": true, "x": false}}, AdditionalProperties: map[string]string{"n": "2", "m": "3"}}
	if text, err := appendParams(nil, &v, inForm, nil); err != nil || string(text) != "a=1&in[x]=false&in[y]=true&m=3&n=2" {
		t.Errorf("%s, %v", text, err)
	}
	if text, err := appendParams(nil, &v, inQuery, nil); err != nil || len(text) > 0 {
		t.Errorf("%s, %v", text, err)
	}
}

type (
	vagueValue   interface{ isVague() }
	vagueNumbers struct {
		Gt    Optional[float64]
		extra members
	}
	vagueDates struct {
		Gt    Optional[string]
		extra members
	}
	vagueTexts    []string
	vagueIntegers []int64
	vagueNest     struct {
		In    Optional[vagueValue]
		extra members
	}
)

func (*vagueNumbers) isVague() {}
func (*vagueDates) isVague()   {}
func (vagueTexts) isVague()    {}
func (vagueIntegers) isVague() {}
func (*vagueNest) isVague()    {}
func (Raw) isVague()           {}

var (
	vagueNumbersTable = descriptor{fields: `
	gt of
`, refs: []any{
		&floats,
	}}
	vagueDatesTable = descriptor{fields: `
	gt
`}
	vagueNestTable = descriptor{fields: `
	in of
`, refs: []any{
		(*vagueLeads)(nil),
	}}
	vagueChoice = choice{of: (*vagueValue)(nil), closest: true, check: check{{op: opOneOf, of: &checks{
		{{op: opType, n: int(typeObject)}, {op: opProperty, s: "gt", of: &check{{op: opType, n: int(typeNumber)}}}},
		{{op: opType, n: int(typeObject)}, {op: opRequired, of: &memberNames{"gt"}}, {op: opProperty, s: "gt", of: &check{{op: opType, n: int(typeString)}}}},
		{{op: opType, n: int(typeArray)}},
	}}}, variants: []alternative{
		{is: (*vagueNest)(nil), types: typeObject, required: []string{"in"}},
		{is: (*vagueNumbers)(nil), types: typeObject, vague: true},
		{is: (*vagueDates)(nil), types: typeObject, vague: true},
		{is: (*vagueTexts)(nil), types: typeArray, vague: true},
		{is: (*vagueIntegers)(nil), types: typeArray, vague: true},
	}}
)

type vagueLeads struct{}

func (*vagueLeads) union() madeUnion { return &vagueChoice }

func (*vagueNumbers) table() *descriptor { return &vagueNumbersTable }
func (*vagueDates) table() *descriptor   { return &vagueDatesTable }
func (*vagueNest) table() *descriptor    { return &vagueNestTable }

// TestVagueVariants: of variants that nothing tells apart the one that can be
// read is taken, and what several could be is raw.
func TestVagueVariants(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  vagueValue
		valid bool
	}{
		{`{"gt":1}`, &vagueNumbers{}, true},
		{`{"gt":"x"}`, &vagueDates{}, true},
		{`{"other":1}`, Raw{}, true}, // both can be read, and the first alternative is meant
		{`{"gt":true}`, Raw{}, false},
		{`["a"]`, vagueTexts{}, true},
		{`[1]`, vagueIntegers{}, true},
		{`[]`, Raw{}, true},
		{`[true]`, Raw{}, true},
		{`"x"`, Raw{}, false},
		{`{"in":{"gt":"x"}}`, &vagueNest{}, true},
		{`{"in":{"in":[{"gt":2}]}}`, &vagueNest{}, true},
	} {
		var v vagueNest
		text := `{"in":` + c.text + `}`
		if err := Unmarshal([]byte(text), &v); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if have, want := fmt.Sprintf("%T", v.In.Value), fmt.Sprintf("%T", c.want); have != want {
			t.Errorf("%s is a %s, want %s", text, have, want)
		}
		if out, err := Marshal(&v); err != nil || string(out) != text {
			t.Errorf("%s became %s, %v", text, out, err)
		}
		if err := Validate(&v); (err == nil) != c.valid {
			t.Errorf("%s: %v", text, err)
		}
	}
}

type (
	pairedValue interface{ isPaired() }
	pairedNest  struct {
		In    Optional[pairedValue]
		extra members
	}
	pairedNumber struct {
		X     int64
		G     Optional[int64]
		extra members
	}
	pairedText struct {
		X     int64
		G     Optional[string]
		extra members
	}
	pairedOther struct {
		Y     int64
		G     Optional[int64]
		extra members
	}
)

func (*pairedNumber) isPaired() {}
func (*pairedText) isPaired()   {}
func (*pairedOther) isPaired()  {}
func (Raw) isPaired()           {}

var (
	pairedNestTable = descriptor{fields: `
	in of
`, refs: []any{
		&pairedChoice,
	}}
	pairedNumberTable = descriptor{fields: `
	x required
	g
`}
	pairedTextTable = descriptor{fields: `
	x required
	g
`}
	pairedOtherTable = descriptor{fields: `
	y required
	g
`}
	pairedChoice = choice{of: (*pairedValue)(nil), variants: []alternative{
		{is: (*pairedNumber)(nil), types: typeObject, required: []string{"x"}, vague: true},
		{is: (*pairedText)(nil), types: typeObject, required: []string{"x"}, vague: true},
		{is: (*pairedOther)(nil), types: typeObject, required: []string{"y"}, vague: true},
	}}
)

func (*pairedNest) table() *descriptor   { return &pairedNestTable }
func (*pairedNumber) table() *descriptor { return &pairedNumberTable }
func (*pairedText) table() *descriptor   { return &pairedTextTable }
func (*pairedOther) table() *descriptor  { return &pairedOtherTable }

// TestVagueVariantsMatch: a value is only tried as what it has the members for.
func TestVagueVariantsMatch(t *testing.T) {
	for text, want := range map[string]pairedValue{
		`{"x":1,"g":2}`: &pairedNumber{}, `{"x":1,"g":"a"}`: &pairedText{}, `{"y":1,"g":2}`: &pairedOther{},
		`{"x":1}`: Raw{}, `{"x":1,"g":true}`: Raw{}, `{"x":1,"y":2,"g":"a"}`: &pairedText{},
	} {
		var v pairedNest
		if err := Unmarshal([]byte(`{"in":`+text+`}`), &v); err != nil {
			t.Errorf("%s: %v", text, err)
		} else if have, want := fmt.Sprintf("%T", v.In.Value), fmt.Sprintf("%T", want); have != want {
			t.Errorf("%s is a %s, want %s", text, have, want)
		}
	}
}

// TestLooseVariantIsRaw: a variant that a value matches and is not leaves it raw
// where several match.
func TestLooseVariantIsRaw(t *testing.T) {
	var v vagueNest
	text := `{"in":{"in":5,"list":["a","b"]}}`
	if err := Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	if out, err := Marshal(&v); err != nil || string(out) != text {
		t.Errorf("%s, %v", out, err)
	}
}

// TestVagueVariantsInEachOther: what is nested is read in time that grows with
// its size.
func TestVagueVariantsInEachOther(t *testing.T) {
	depth := 900
	text := strings.Repeat(`{"x":{"gt":`, depth/2) + "1" + strings.Repeat("}}", depth/2)
	v := deepVague{}
	if err := Unmarshal([]byte(`{"v":`+text+`}`), &v); err != nil {
		t.Fatal(err)
	}
}

type (
	deepValue interface{ isDeep() }
	deepVague struct {
		V     Optional[deepValue]
		extra members
	}
	deepOne struct {
		X     Optional[deepValue]
		Gt    Optional[deepValue]
		extra members
	}
	deepTwo struct {
		X     Optional[deepValue]
		Gt    Optional[deepValue]
		extra members
	}
)

func (*deepOne) isDeep() {}
func (*deepTwo) isDeep() {}
func (Raw) isDeep()      {}

var (
	deepVagueTable = descriptor{fields: `
	v of
`, refs: []any{
		(*deepLeads)(nil),
	}}
	deepOneTable = descriptor{fields: `
	x of
	gt of
`, refs: []any{
		(*deepLeads)(nil),
		(*deepLeads)(nil),
	}}
	deepTwoTable = descriptor{fields: `
	x of
	gt of
`, refs: []any{
		(*deepLeads)(nil),
		(*deepLeads)(nil),
	}}
	deepChoice = choice{of: (*deepValue)(nil), closest: true, check: check{{op: opType, n: int(typeObject)}}, variants: []alternative{
		{is: (*deepOne)(nil), types: typeObject, vague: true}, {is: (*deepTwo)(nil), types: typeObject, vague: true},
	}}
)

type deepLeads struct{}

func (*deepLeads) union() madeUnion { return &deepChoice }

func (*deepVague) table() *descriptor { return &deepVagueTable }
func (*deepOne) table() *descriptor   { return &deepOneTable }
func (*deepTwo) table() *descriptor   { return &deepTwoTable }
