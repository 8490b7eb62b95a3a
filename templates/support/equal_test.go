package support

import (
	"reflect"
	"testing"
)

// TestEqual compares what was read from documents.
func TestEqual(t *testing.T) {
	for _, x := range []struct {
		a, b string
		want bool
	}{
		{`{}`, `{}`, true},
		{codecAllJSON, codecAllJSON, true},
		{`{"int64":1}`, `{"int64":1.0}`, true},
		{`{"int64":1}`, `{"int64":2}`, false},
		{`{"int64":0}`, `{}`, false},
		{`{"int64":0}`, `{"int64":null}`, false},
		{`{"int64":null}`, `{}`, false},
		{`{"opt_int64":null}`, `{}`, false},
		{`{"opt_int64":null}`, `{"opt_int64":0}`, false},
		{`{"opt_int64":null}`, `{"opt_string":null}`, false},
		{`{"opt_string":""}`, `{"opt_string":"a"}`, false},
		{`{"strings":["a","b"]}`, `{"strings":["b","a"]}`, false},
		{`{"strings":["a"]}`, `{"strings":["a","a"]}`, false},
		{`{"map":{"a":"1","b":"2"}}`, `{"map":{"b":"2","a":"1"}}`, true},
		{`{"map":{"a":"1"}}`, `{"map":{"b":"1"}}`, false},
		{`{"union":"x"}`, `{"union":"x"}`, true},
		{`{"union":"x"}`, `{"union":true}`, false},
		{`{"union":{"type":"circle","radius":1}}`, `{"union":{"radius":1e0,"type":"circle"}}`, true},
		{`{"union":{"type":"new","x":1}}`, `{"union":{"x":1.0,"type":"new"}}`, true},
		{`{"opt_expandable":"a"}`, `{"opt_expandable":"a"}`, true},
		{`{"opt_expandable":"a"}`, `{"opt_expandable":{"id":"a"}}`, false},
		{`{"opt_expandable":{"id":"a","name":"n"}}`, `{"opt_expandable":{"name":"n","id":"a"}}`, true},
		{`{"opt_expandable":{"id":"a","name":"n"}}`, `{"opt_expandable":{"name":"m","id":"a"}}`, false},
		{`{"x":1,"y":[2]}`, `{"y":[ 2 ],"x":1}`, true},
		{`{"x":1}`, `{"x":2}`, false},
		{`{"x":1}`, `{"y":1}`, false},
		{`{"x":1}`, `{}`, false},
		{`{"raw":{"a":1,"b":null}}`, `{"raw":{"b":null,"a":1}}`, true},
		{`{"raw":{"a":1,"b":null}}`, `{"raw":{"a":1}}`, false},
		{`{"structs":[{"x":1}]}`, `{"structs":[{}]}`, false},
	} {
		var a, b codecAll
		if err := Unmarshal([]byte(x.a), &a); err != nil {
			t.Fatal(err)
		}
		if err := Unmarshal([]byte(x.b), &b); err != nil {
			t.Fatal(err)
		}
		if Equal(&a, &b) != x.want || Equal(&b, &a) != x.want || !Equal(&a, &a) {
			t.Errorf("%.80s and %.80s: want %v", x.a, x.b, x.want)
		}
		// What somebody has expanded is still the same.
		if err := expandAll(reflect.ValueOf(&a)); err != nil {
			t.Fatal(err)
		}
		if Equal(&a, &b) != x.want {
			t.Errorf("%.80s, expanded, and %.80s: want %v", x.a, x.b, x.want)
		}
	}
}

// TestEqualOfTypes compares nothing, and what is of different types.
func TestEqualOfTypes(t *testing.T) {
	var nobody *codecAll
	for _, x := range []struct {
		a, b object
		want bool
	}{
		{nil, nil, true}, {nil, nobody, false}, {nobody, nil, false}, {nobody, nobody, true}, {nobody, new(codecAll), false}, {new(codecAll), nobody, false},
		{(*codecCash)(nil), new(codecCash), false}, {new(codecCash), (*codecCash)(nil), false},
		{nobody, (*codecNode)(nil), false}, {new(codecAll), new(codecNode), false}, {new(codecCash), new(codecCash), true},
		{&codecHolderParams{Customer: "a"}, &codecHolderParams{Customer: "a"}, true}, {&codecHolderParams{Customer: "a"}, &codecHolderParams{}, false},
	} {
		if Equal(x.a, x.b) != x.want {
			t.Errorf("%#v and %#v: want %v", x.a, x.b, x.want)
		}
	}
	for text, want := range map[string]bool{`"a"`: true, `[1]`: false} {
		var a, b anyThing
		if err := Unmarshal([]byte(text), &a); err != nil {
			t.Fatal(err)
		}
		if err := Unmarshal([]byte(`"a"`), &b); err != nil {
			t.Fatal(err)
		}
		if Equal(&a, &b) != want {
			t.Errorf(`%s and "a": want %v`, text, want)
		}
	}
}
