package support

import "testing"

type defaultThing struct {
	Name  Optional[string]
	Size  int64
	On    Optional[bool]
	Inner Optional[*defaultThing]
	Each  Optional[map[string]defaultThing]
	List  Optional[[]defaultThing]
	extra members
}

var defaultThingTable = descriptor{untyped: true, fields: `
	name
	size required
	on null
	inner
	each of
	list
`, refs: []any{
	&otherMap{},
}}

func (*defaultThing) table() *descriptor { return &defaultThingTable }

type defaultParams struct {
	Name  string
	Limit Optional[int64]
	In    defaultIn
}

type defaultIn struct{ Name string }

var defaultParamsTable = descriptor{params: true, in: inQuery, fields: `
	name
	limit
	in
		name
`}

func (*defaultParams) table() *descriptor { return &defaultParamsTable }

var defaultsOfTests = []fieldDefault{
	{typ: "defaultIn", member: "name", value: `"in"`},
	{typ: "defaultParams", member: "limit", value: `"many"`, in: inHeader}, {typ: "defaultParams", member: "limit", value: "10", in: inQuery},
	{typ: "defaultParams", member: "name", value: `"a\"b"`},
	{typ: "defaultThing", member: "name", value: `"x"`}, {typ: "defaultThing", member: "on", value: "true"}, {typ: "defaultThing", member: "size", value: "3"},
}

// TestDefaultsAreSetWhereNothingIs: at any depth, and neither over null nor in
// what is required.
func TestDefaultsAreSetWhereNothingIs(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                                  `{"name":"x","on":true}`,
		`{"name":"","size":1,"on":null}`:      `{"name":"","size":1,"on":null}`,
		`{"size":1,"inner":{"on":false}}`:     `{"name":"x","size":1,"on":true,"inner":{"name":"x","on":false}}`,
		`{"each":{"a":{},"b":{"name":"y"}}}`:  `{"name":"x","on":true,"each":{"a":{"name":"x","on":true},"b":{"name":"y","on":true}}}`,
		`{"list":[{"size":2},"text"],"on":0}`: "",
		`{"list":[{"size":2},"text"]}`:        `{"name":"x","on":true,"list":[{"name":"x","size":2,"on":true},"text"]}`,
		`"text"`:                              `"text"`,
	} {
		var v defaultThing
		if err := Unmarshal([]byte(text), &v); err != nil {
			if want != "" {
				t.Errorf("%s: %v", text, err)
			}
			continue
		}
		if err := applyDefaults(&v, defaultsOfTests); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if out, err := Marshal(&v); err != nil || string(out) != want {
			t.Errorf("%s became %s, %v, want %s", text, out, err, want)
		}
	}
}

// TestDefaultsOfParameters: an empty text is no text there, and a struct that
// holds nothing is not sent.
func TestDefaultsOfParameters(t *testing.T) {
	v := defaultParams{}
	if err := applyDefaults(&v, defaultsOfTests); err != nil || v.Name != `a"b` || v.Limit.Value != 10 || v.In.Name != "" {
		t.Errorf("%+v, %v", v, err)
	}
	w := defaultParams{Name: "own", Limit: Int(0)}
	if err := applyDefaults(&w, defaultsOfTests); err != nil || w.Name != "own" || w.Limit.Value != 0 {
		t.Errorf("%+v, %v", w, err)
	}
	if err := applyDefaults((*defaultParams)(nil), defaultsOfTests); err != nil {
		t.Error(err)
	}
	if err := applyDefaults(&defaultParams{}, []fieldDefault{{typ: "defaultParams", member: "limit", value: `"x"`}}); err == nil {
		t.Error("a default of another type was set")
	}
}

// TestDefaultsOfWhatContainsItself ends with an error.
func TestDefaultsOfWhatContainsItself(t *testing.T) {
	v := defaultThing{}
	v.Inner = Some(&v)
	if err := applyDefaults(&v, defaultsOfTests); err == nil {
		t.Error("no error")
	}
}

type uintThing struct {
	N     uint64
	All   Optional[[]uint64]
	Each  Optional[map[string]uint64]
	extra members
}

var uintThingTable = descriptor{fields: `
	n required check
	all
	each of
`, refs: []any{
	&check{{op: opMinimum, f: 1}},
	&otherMap{},
}}

func (*uintThing) table() *descriptor { return &uintThingTable }

// TestUnsignedIntegers are exact to their last.
func TestUnsignedIntegers(t *testing.T) {
	text := `{"n":18446744073709551615,"all":[0,9223372036854775808],"each":{"a":1}}`
	var v uintThing
	if err := Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	if out, err := Marshal(&v); err != nil || string(out) != text {
		t.Errorf("%s, %v", out, err)
	}
	if err := Validate(&v); err != nil {
		t.Error(err)
	}
	for _, text := range []string{`{"n":-1}`, `{"n":1.5}`, `{"n":18446744073709551616}`, `{"n":"1"}`, `{"n":1e}`} {
		if err := Unmarshal([]byte(text), &uintThing{}); err == nil {
			t.Errorf("%s was read", text)
		}
	}
	if err := Unmarshal([]byte(`{"n":1e2,"all":[1.0]}`), &v); err != nil || v.N != 100 {
		t.Errorf("%+v, %v", v, err)
	}
}
