package support

import (
	"errors"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"unsafe"
)

// buildAllDescribed is what the generator would write of codecAll.
var buildAllDescribed = descriptor{fields: `
	bool required
	int32 required
	int64 required
	float required of
	string required
	enum required of
	bytes required
	raw required
	struct required
	pointer required
	slice required
	map required
	union required of
	expandable required of
	opt_bool
	opt_int32
	opt_int64
	opt_float of
	opt_string
	opt_enum of
	opt_bytes
	opt_raw
	opt_struct
	opt_pointer
	opt_slice
	opt_map
	opt_union of
	opt_expandable
	bools required
	int32s required
	floats required of
	strings required
	byteses required
	raws required
	structs required
	pointers required
	slices required
	maps required
	opt_maps required of
	unions required of
	expandables required
	opts required
	opt_bools required
	map_bool required of
	map_int64 required
	map_float required of
	map_enum required of
	map_raw required of
	map_struct required of
	map_slice required of
	map_union required of
	map_opt required of
	map_expandable required of
	"quo\"ted\\\n☃"
`, refs: []any{
	&floats,
	&codecStatuses,
	codecShapeType{},
	codecShapeType{},
	&floats,
	&codecStatuses,
	codecShapeType{},
	&member{of: &floats},
	&member{of: &otherMap{of: &floats}},
	codecShapeType{},
	&otherMap{},
	&otherMap{of: &floats},
	&otherMap{of: &codecStatuses},
	&otherMap{},
	&otherMap{},
	&otherMap{},
	&otherMap{of: codecShapeType{}},
	&otherMap{},
	&otherMap{},
}}

// The table that is built for a struct with fields of every kind is the one
// that was written by hand.
func TestBuildEveryKind(t *testing.T) {
	d := descriptor{fields: buildAllDescribed.fields, refs: buildAllDescribed.refs}
	have, want := d.build(reflect.TypeFor[codecAll]()), &codecAllTable
	if have.size != want.size || have.extra != want.extra || have.typ != want.typ || have.id != "" || have.params || have.list != nil {
		t.Errorf("have %+v", have)
	}
	if len(have.fields) != len(want.fields) {
		t.Fatalf("%d fields, want %d", len(have.fields), len(want.fields))
	}
	for i := range want.fields {
		if !reflect.DeepEqual(have.fields[i], want.fields[i]) {
			t.Errorf("have %+v\nwant %+v", have.fields[i], want.fields[i])
		}
	}
}

// buildPage is a page with everything that a table has besides fields.
type buildPage struct {
	ID     Optional[string]
	Data   []codecNode
	More   bool
	origin *origin
	extra  members
}

var buildPageTable = descriptor{
	list:  &list{data: "data", more: "more", after: "after", itemID: "name"},
	check: check{{op: opKeyword, of: &minProperties{1}}},
	fields: `
	id readOnly null maxLength=9 check
	data required
	more writeOnly
`, refs: []any{
		&check{{op: opMinLength, n: 1}},
	},
}

func (*buildPage) table() *descriptor { return &buildPageTable }

func TestBuildPage(t *testing.T) {
	have := builtTable((*buildPage)(nil))
	want := &table{
		name: "buildPage", typ: reflect.TypeFor[buildPage](), size: unsafe.Sizeof(buildPage{}),
		number: have.number, extra: unsafe.Offsetof(buildPage{}.extra), id: "id", check: buildPageTable.check,
		list: &list{data: "data", more: "more", after: "after", itemID: "name", origin: unsafe.Offsetof(buildPage{}.origin)},
		fields: []field{
			{name: "id", readOnly: true, value: value{kind: kindString, opt: true, null: true, check: check{{op: opMaxLength, n: 9}, {op: opMinLength, n: 1}}}},
			{name: "data", off: unsafe.Offsetof(buildPage{}.Data), required: true, value: value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*codecNode)(nil)}}},
			{name: "more", off: unsafe.Offsetof(buildPage{}.More), writeOnly: true, value: value{kind: kindBool}},
		},
	}
	if !reflect.DeepEqual(have, want) {
		t.Errorf("have %+v\nwant %+v", have, want)
	}
	if buildPageTable.list.origin != 0 {
		t.Error("building a table changed its descriptor")
	}
}

// buildParams has structs that are described where they are used.
type buildParams struct {
	Name    string
	Address buildAddress
	Notes   []buildNote
	Maybe   Optional[*buildNote]
	Named   map[string]buildNote
	Ref     Expandable[*codecNode]
	Trace   string
}

type (
	buildAddress struct {
		City string
		Geo  buildNote
	}
	buildNote struct {
		Text Optional[int64]
		Tags []codecStatus
	}
)

var oneNoteField = inline{fields: `
	text required
`}

var buildNoteFields = inline{fields: `
	text required
	tags of
`, refs: []any{
	&member{of: &codecStatuses},
}}

var buildParamsTable = descriptor{params: true, in: inForm, fields: `
	name required
	address of
	notes
		text required
		tags of
	maybe null of
	named of
	ref
	trace in=query
`, refs: []any{
	&inline{check: check{{op: opRequired, of: &memberNames{"city"}}}, fields: `
	city maxLength=3
	geo of
`, refs: []any{
		&buildNoteFields,
	}},
	&codecStatuses,
	&buildNoteFields,
	&otherMap{of: &buildNoteFields},
}}

func (*buildParams) table() *descriptor { return &buildParamsTable }

func TestBuildInlineStructs(t *testing.T) {
	note := buildNote{Text: Int(1), Tags: []codecStatus{"gone"}}
	p := &buildParams{
		Name: "n", Address: buildAddress{"Rome", note}, Notes: []buildNote{note}, Maybe: Some(&note),
		Named: map[string]buildNote{"a": note}, Ref: Ref[*codecNode]("id"), Trace: "t",
	}
	out, err := appendParams(nil, p, inForm, nil)
	want := "name=n&address[city]=Rome&address[geo][text]=1&address[geo][tags][0]=gone&notes[0][text]=1&notes[0][tags][0]=gone" +
		"&maybe[text]=1&maybe[tags][0]=gone&named[a][text]=1&named[a][tags][0]=gone&ref=id"
	if string(out) != want || err != nil {
		t.Errorf("have %s %v\nwant %s", out, err, want)
	}
	if query, _ := appendParams(nil, p, inQuery, nil); string(query) != "trace=t" {
		t.Errorf("query %s", query)
	}
	keywords := map[string]string{}
	for _, v := range Validate(p).(*ValidationError).Violations {
		keywords[v.Path] = v.Keyword
	}
	wantKeywords := map[string]string{"address.city": "maxLength", "address.geo.tags[0]": "enum", "notes[0].tags[0]": "enum", "maybe.tags[0]": "enum", "named.a.tags[0]": "enum"}
	if !reflect.DeepEqual(keywords, wantKeywords) {
		t.Errorf("violations %v", keywords)
	}
	missing := Validate(&buildParams{Name: "n", Address: buildAddress{Geo: buildNote{Text: Int(1)}}})
	if missing == nil || missing.Error() != "address.city: is required" {
		t.Errorf("without a city: %v", missing)
	}
}

// buildShape is a union with variants of every kind.
type buildShape interface{ isBuildShape() }

type (
	buildText  string
	buildKnown string
	buildCount int64
	buildReal  float64
	buildFlag  bool
	buildList  []string
	buildMap   map[string]int64
)

func (*codecCircle) isBuildShape() {}
func (*codecGone) isBuildShape()   {}
func (buildText) isBuildShape()    {}
func (buildKnown) isBuildShape()   {}
func (buildCount) isBuildShape()   {}
func (buildReal) isBuildShape()    {}
func (buildFlag) isBuildShape()    {}
func (buildList) isBuildShape()    {}
func (buildMap) isBuildShape()     {}
func (Raw) isBuildShape()          {}

var buildShapeTable = choice{of: (*buildShape)(nil), by: "type", variants: []alternative{
	{is: (*codecCircle)(nil), tags: []string{"circle"}},
	{is: (*codecGone)(nil), required: []string{"id"}, consts: []constant{{name: "deleted", value: literal{typ: typeBoolean, str: "true"}}}},
	{is: (*buildText)(nil), types: typeString, member: member{maxLength: 4}},
	{is: (*buildCount)(nil), types: typeInteger},
	{is: (*buildReal)(nil), types: typeNumber, member: member{of: &floats}},
	{is: (*buildFlag)(nil), types: typeBoolean},
	{is: (*buildList)(nil), types: typeArray, member: member{of: &member{maxLength: 2}}},
	{is: (*buildMap)(nil), tags: []string{}, required: []string{"a"}},
}}

type unionOfBuildShape struct{}

func (unionOfBuildShape) union() madeUnion { return &buildShapeTable }

type buildShapes struct {
	Items []buildShape
	extra members
}

var buildShapesTable = descriptor{fields: `
	items required of
`, refs: []any{
	&member{of: unionOfBuildShape{}},
}}

func (*buildShapes) table() *descriptor { return &buildShapesTable }

// buildSent is a union that is only sent: it has no room for a Raw.
type buildSent interface{ isBuildSent() }

func (buildText) isBuildSent() {}

var buildSentTable = choice{of: (*buildSent)(nil), variants: []alternative{{is: (*buildText)(nil), types: typeString}}}

type buildSentParams struct{ A, B buildSent }

var buildSentParamsTable = descriptor{params: true, in: inForm, fields: `
	a of
	b of
`, refs: []any{
	&buildSentTable,
	&buildSentTable,
}}

func (*buildSentParams) table() *descriptor { return &buildSentParamsTable }

func TestBuildUnionThatIsOnlySent(t *testing.T) {
	var v buildSentParams
	if err := decode([]byte(`{"a":"text"}`), &v, nil); err != nil || v.A != buildText("text") || v.B != nil {
		t.Errorf("have %#v %v", v, err)
	}
	if out, err := appendParams(nil, &v, inForm, nil); string(out) != "a=text" || err != nil {
		t.Errorf("sent %s %v", out, err)
	}
	var failure *DecodeError
	if err := decode([]byte(`{"a":5}`), &v, nil); !errors.As(err, &failure) || failure.Path != "a" || failure.Offset != 5 || failure.Reason != "no variant of buildSent" {
		t.Errorf("have %v", err)
	}
}

func TestBuildUnion(t *testing.T) {
	const text = `{"items":[{"type":"circle","radius":1},{"deleted":true,"id":"x"},"text",5,1.5,true,["a","bcd"],{"a":1},{"b":1},null]}`
	var v buildShapes
	if err := decode([]byte(text), &v, nil); err != nil {
		t.Fatal(err)
	}
	circle, isCircle := v.Items[0].(*codecCircle)
	if !isCircle || circle.Radius != 1 {
		t.Errorf("circle %v", v.Items[0])
	}
	want := []buildShape{buildText("text"), buildCount(5), buildReal(1.5), buildFlag(true), buildList{"a", "bcd"}, buildMap{"a": 1}, Raw(`{"b":1}`), nil}
	if !reflect.DeepEqual(v.Items[2:], want) {
		t.Errorf("have %#v", v.Items[2:])
	}
	if out, err := Marshal(&v); string(out) != text || err != nil {
		t.Errorf("have %s %v", out, err)
	}
	v.Items[8], v.Items[9] = (*codecCircle)(nil), struct{ *codecCircle }{circle}
	if _, err := Marshal(&v); err == nil || err.Error() != "items[9]: "+errNoVariant.Error() {
		t.Errorf("a stranger: %v", err)
	}
	err := Validate(&buildShapes{Items: []buildShape{buildText("longer"), buildList{"a", "bcd"}}})
	if err == nil || err.Error() != "items[0]: must be at most 4 characters long; items[1][1]: must be at most 2 characters long" {
		t.Errorf("violations %v", err)
	}
}

// What the collector is not told of would be gone.
func TestBuiltUnionsKeepWhatTheyHold(t *testing.T) {
	var v buildShapes
	text := `{"items":[` + strings.Repeat(`["a text with memory of its own"],{"a":7},"another text",5,`, 500) + `1]}`
	if err := decode([]byte(text), &v, nil); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		runtime.GC()
		_ = make([]buildShapes, 10_000)
	}
	if out, err := Marshal(&v); string(out) != text || err != nil {
		t.Errorf("the document changed: %v", err)
	}
}

func TestBuildRaces(t *testing.T) {
	d := descriptor{fields: buildAllDescribed.fields, refs: buildAllDescribed.refs}
	c := choice{of: (*buildShape)(nil), variants: buildShapeTable.variants}
	var wait sync.WaitGroup
	tables, unions := make([]*table, 8), make([]*union, 8)
	for i := range tables {
		wait.Go(func() { tables[i], unions[i] = d.build(reflect.TypeFor[codecAll]()), c.build() })
	}
	wait.Wait()
	for i := range tables {
		if tables[i] != tables[0] || unions[i] != unions[0] || len(tables[i].fields) != reflect.TypeFor[codecAll]().NumField()-1 {
			t.Errorf("goroutine %d has another table", i)
		}
	}
}

// A descriptor that is not that of its Go type is a bug in the generator, which
// must not become a read of other memory.
func TestBuildDisagreements(t *testing.T) {
	type text struct {
		A     string
		extra members
	}
	type enumerated struct {
		A     Optional[codecStatus]
		extra members
	}
	type listed struct {
		A     [][]int64
		extra members
	}
	type strange struct {
		A     chan int
		extra members
	}
	type nested struct {
		A     buildNote
		extra members
	}
	type expandable struct {
		A     Expandable[*codecNode]
		extra members
	}
	type forgetful struct{ A string }
	type turned struct {
		A      string
		origin *origin
		extra  members
	}
	one := func(of any) *descriptor { return &descriptor{fields: "\n\ta of\n", refs: []any{of}} }
	for name, c := range map[string]struct {
		d    *descriptor
		typ  reflect.Type
		want string
	}{
		"too few fields":    {&descriptor{}, reflect.TypeFor[text](), "text has 0 fields, its struct 1"},
		"enum of a list":    {one(&codecStatuses), reflect.TypeFor[listed](), "listed.A[][] has *support.enum to say of the Go type int64"},
		"enum without list": {one(nil), reflect.TypeFor[enumerated](), "enumerated.A has <nil> to say of the Go type support.codecStatus"},
		"union of a string": {one(codecShapeType{}), reflect.TypeFor[text](), "text.A has support.codecShapeType to say of the Go type string"},
		"no union": {one(nil), reflect.TypeFor[struct {
			A     codecShape
			extra members
		}](), ".A has <nil> to say of the Go type support.codecShape"},
		"elements of text":  {one(&member{}), reflect.TypeFor[text](), "text.A has *support.member to say of the Go type string"},
		"nested elements":   {one(&member{of: &member{of: &member{}}}), reflect.TypeFor[listed](), "listed.A[][] has *support.member to say of the Go type int64"},
		"one object":        {one(&member{}), reflect.TypeFor[expandable](), "expandable.A has *support.member to say of the Go type support.Expandable[*github.com/oaken-go/oaken/templates/support.codecNode]"},
		"fields of text":    {one(&buildNoteFields), reflect.TypeFor[text](), "text.A has *support.inline to say of the Go type string"},
		"members of text":   {&descriptor{fields: "\n\ta\n\t\tb\n"}, reflect.TypeFor[text](), "text.A has *support.lines to say of the Go type string"},
		"numbers":           {one(&[...]int{1}), reflect.TypeFor[nested](), "nested.A has *[1]int to say of the Go type support.buildNote"},
		"inline, no fields": {one(nil), reflect.TypeFor[nested](), "buildNote is missing, and so are its fields where it is used"},
		"too few inline":    {one(&oneNoteField), reflect.TypeFor[nested](), "buildNote has 1 fields, its struct 2"},
		"table, and fields": {one(&buildNoteFields), reflect.TypeFor[struct {
			A     codecNode
			extra members
		}](), ".A has the fields of a struct that has a table"},
		"no kind":           {one(nil), reflect.TypeFor[strange](), "strange.A can't describe chan int"},
		"no members":        {one(nil), reflect.TypeFor[forgetful](), "forgetful is not that of a struct which remembers unknown members, or is of one which can't"},
		"members of params": {&descriptor{params: true, fields: "\n\ta\n"}, reflect.TypeFor[text](), "text is not that of a struct which remembers unknown members, or is of one which can't"},
		"no origin":         {&descriptor{list: &list{}, fields: "\n\ta\n"}, reflect.TypeFor[text](), "text says of another struct that it is a page of a list"},
		"origin of no list": {one(nil), reflect.TypeFor[turned](), "turned says of another struct that it is a page of a list"},
	} {
		t.Run(name, func(t *testing.T) {
			wantPanic(t, c.want, func() {
				for _, f := range c.d.describe(c.typ).fields {
					f.table()
				}
			})
		})
	}
	wantPanic(t, "buildShape.codecNode has a variant that is none: *support.codecNode", func() {
		(&choice{of: (*buildShape)(nil), variants: []alternative{{is: (*codecNode)(nil)}}}).build()
	})
	wantPanic(t, "buildShape.buildCount has *support.enum to say of the Go type support.buildCount", func() {
		(&choice{of: (*buildShape)(nil), variants: []alternative{{is: (*buildKnown)(nil)}, {is: (*buildCount)(nil), member: member{of: &codecStatuses}}}}).build()
	})
}

func wantPanic(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if have := recover(); have != "bug in oaken: the table of "+want {
			t.Errorf("have %v\nwant %s", have, want)
		}
	}()
	f()
}

// BenchmarkBuildTable is what the first use of a type with 51 fields costs.
func BenchmarkBuildTable(b *testing.B) {
	d := descriptor{fields: buildAllDescribed.fields, refs: buildAllDescribed.refs}
	b.ReportAllocs()
	for b.Loop() {
		d.describe(reflect.TypeFor[codecAll]())
	}
}
