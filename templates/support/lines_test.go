package support

import (
	"reflect"
	"testing"
)

// readLines reads all lines of a descriptor.
func readLines(d *descriptor, of string) []member {
	l := d.lines(of)
	list := l.all()
	l.end()
	return list
}

func (l *lines) all() (list []member) {
	for m := new(member); l.next(m); m = new(member) {
		if m.of == any(l) {
			below := l.below(l.of)
			m.of = below.all()
			l.at, l.refs = below.at, below.refs
		}
		list = append(list, *m)
	}
	return list
}

func TestLines(t *testing.T) {
	length, of, inner := &check{{op: opMinLength, n: 2}}, &codecStatuses, &floats
	constant := func(s string) *check { return &check{{op: opConst, of: &literals{{typ: typeString, str: s}}}} }
	d := descriptor{fields: `
	id required readOnly null maxLength=2147483647
	object const=thing
	"two\x20words" writeOnly const="a\x20\"b\"\x60\n"
	"" untyped
	$ref in=query
	x-id in=header style=simple|exploded|reserved
	body in=body style=content
	path in=path style=spelled
	status open check of
	in null
		a of
		b
			c check
	last
		d
`, refs: []any{length, of, inner, length}}
	want := []member{
		{name: "id", required: true, readOnly: true, null: true, maxLength: 2147483647},
		{name: "object", check: constant("thing")},
		{name: "two words", writeOnly: true, check: constant("a \"b\"`\n")},
		{untyped: true},
		{name: "$ref", in: inQuery},
		{name: "x-id", in: inHeader, style: styleSimple | styleExploded | styleReserved},
		{name: "body", in: inBody, style: styleContent},
		{name: "path", in: inPath, style: styleSpelled},
		{name: "status", open: true, check: length, of: of},
		{name: "in", null: true, of: []member{
			{name: "a", of: inner},
			{name: "b", of: []member{{name: "c", check: length}}},
		}},
		{name: "last", of: []member{{name: "d"}}},
	}
	have := readLines(&d, "Thing")
	if !reflect.DeepEqual(have, want) {
		t.Errorf("have %+v\nwant %+v", have, want)
	}
	if have[8].check != length || have[8].of != any(of) || have[9].of.([]member)[0].of != any(inner) {
		t.Error("what lines refer to was copied, or taken in another order")
	}
	if have := readLines(new(descriptor), "Empty"); len(have) != 0 {
		t.Errorf("no lines say %+v", have)
	}
}

// The words are in the order of the constants.
func TestLineConstants(t *testing.T) {
	var l lines
	for word, want := range map[string]location{"query": inQuery, "form": inForm, "header": inHeader, "cookie": inCookie, "json": inJSON, "multipart": inMultipart, "body": inBody, "text": inText, "path": inPath} {
		if have := location(l.number(locationWords, word)); have != want {
			t.Errorf("in=%s is %d, want %d", word, have, want)
		}
	}
	for word, want := range map[string]style{"explode": styleExplode, "form": styleForm, "space": styleSpace, "pipe": stylePipe, "json": styleJSON, "simple": styleSimple, "label": styleLabel, "matrix": styleMatrix, "content": styleContent,
		"exploded": styleExploded, "spelled|reserved": styleSpelled | styleReserved, "form|exploded": styleForm | styleExploded} {
		if have := l.style(word); have != want {
			t.Errorf("style=%s is %d, want %d", word, have, want)
		}
	}
}

func TestLinesThatAreNone(t *testing.T) {
	for _, c := range []struct {
		fields string
		refs   []any
		want   string
	}{
		{"\n\ta requird\n", nil, `has the unknown word "requird"`},
		{"\n\ta in=Query\n", nil, `has the unknown word "Query"`},
		{"\n\ta in=query form\n", nil, `has the unknown word "form"`},
		{"\n\ta style=\n", nil, `has the unknown word ""`},
		{"\n\ta maxLength=many\n", nil, `has the length "many"`},
		{"\n\ta maxLength=0\n", nil, `has the length "0"`},
		{"\n\t\tb\n", nil, `has the misplaced lines "\t\tb\n"`},
		{"\n\ta of\n\t\tb\n", []any{&codecStatuses}, `has two things to say of what member "a" is`},
		{"\n\ta null", nil, `has the line "null", which does not end`},
		{"\n\ta maxLength=2147483648\n", nil, `has the length "2147483648"`},
		{"\n\t\"a\n", nil, `has the word "a, which is not quoted as in Go`},
		{"\n\ta of\n", nil, `has fewer references than its lines need`},
		{"\n\ta check of\n", []any{&check{}}, `has fewer references than its lines need`},
		{"\n\ta check\n", []any{&codecStatuses}, `has no assertions where member "a" needs them`},
		{"\n\ta\n", []any{&codecStatuses}, `has 1 references that no line needs, and the misplaced lines ""`},
		{"\n\ta\n\t\t\tb\n", nil, `has the misplaced lines "\t\t\tb\n"`},
		{"\na\n", nil, `has 0 references that no line needs, and the misplaced lines "a\n"`},
	} {
		wantPanic(t, "Thing "+c.want, func() { readLines(&descriptor{fields: c.fields, refs: c.refs}, "Thing") })
	}
}
