package support

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzDecode: decoding never panics; what it accepts is JSON; and what is
// encoded from it is the same document.
func FuzzDecode(f *testing.F) {
	for _, list := range [][]string{acceptedJSON, rejectedJSON, rejectedText} {
		for _, value := range list {
			f.Add([]byte(`{"raw":` + value + `,"x":` + value + `}`))
		}
	}
	f.Add([]byte(codecAllJSON))
	f.Add([]byte(codecAccountJSON))
	f.Add([]byte(codecPageJSON(2)))
	f.Add([]byte(`{"one":{"id":"a"},"maybe":{"one":{},"list":[{"id":1}]},"shape":{"type":"circle"},"any":{"id":"\\u0061"},"map":{"k":{}},"nulls":[null,{}],"expandables":[{"name":1}]}`))
	f.Fuzz(func(t *testing.T, document []byte) {
		text := string(document)
		for _, obj := range []object{new(codecAll), new(codecAccount), new(codecPage), new(codecNode), new(codecWide), new(expandBox)} {
			fuzzDecode(t, document, obj)
		}
		if text != string(document) {
			t.Error("the document was changed")
		}
		if validJSON(document) && !json.Valid(document) {
			t.Error("accepted what is not JSON")
		}
	})
}

func fuzzDecode(t *testing.T, document []byte, obj object) {
	if decode(document, obj, nil) != nil {
		return
	}
	if !json.Valid(document) || !utf8.Valid(document) {
		t.Fatalf("accepted %q", document)
	}
	out, err := appendObject(nil, obj)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	if !sameJSON(t, string(out), string(document)) {
		t.Fatalf("%T\nhave %s\nwant %s", obj, out, document)
	}
	again, err := appendObject(nil, obj)
	if err != nil || string(again) != string(out) {
		t.Fatalf("%T\nagain %s\nfirst %s", obj, again, out)
	}
	// What can't be decoded stays as it came.
	_ = expandAll(reflect.ValueOf(obj))
	if out, err = appendObject(nil, obj); err != nil {
		t.Fatalf("encode what was expanded: %v", err)
	}
	if !sameJSON(t, string(out), string(document)) {
		t.Fatalf("%T\nexpanded %s\nwant %s", obj, out, document)
	}
}

// FuzzForm: what is written can be parsed, and holds what was written.
func FuzzForm(f *testing.F) {
	f.Add("cus_1", "k", "v", int64(3), `{"a":[1,{"b":null}]}`)
	f.Add("", "", "", int64(-1), ``)
	f.Add("a&b=c", "[x]", "é\xff", int64(0), `"s"`)
	f.Fuzz(func(t *testing.T, text, key, value string, n int64, raw string) {
		p := &codecParams{
			Names: []string{text}, Metadata: map[string]string{key: value}, Limit: Int(n), Count: n,
			Comma: []string{text, value}, Any: Raw(raw), Search: String(text), Holder: codecHolderParams{Customer: text},
		}
		out, err := appendParams(nil, p, inQuery, spellList)
		if err != nil {
			if validJSON([]byte(raw)) || raw == "" {
				t.Fatal(err)
			}
			return
		}
		values, err := url.ParseQuery(string(out))
		if err != nil {
			t.Fatalf("%v in %q", err, out)
		}
		if values.Get("names[0]") != text || values.Get("metadata["+key+"]") != value || values.Get("search") != text {
			t.Errorf("%q", out)
		}
		if have := values.Get("comma"); have != text+","+value {
			t.Errorf("comma: %q", have)
		}
		if strings.ContainsAny(string(out), " \"<>\n\x00") {
			t.Errorf("not escaped: %q", out)
		}
	})
}
