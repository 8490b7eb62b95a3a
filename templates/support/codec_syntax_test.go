package support

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// The documents are small and each is about one thing. They are read as they
// are and as a member of an object, known and unknown.

var acceptedJSON = []string{
	// Literals and white space.
	"null", "true", "false", " null", "null ", "\t\n\r null\t\n\r ", " true ", "\nfalse\n",
	// Numbers.
	"0", "-0", "1", "-1", "10", "123456789", "0.0", "-0.0", "0.5", "1.5", "-1.5", "1e0", "1E0", "1e+2", "1E-2",
	"0e1", "0E+1", "0e-1", "1.5e3", "-1.5E-3", "0.000000001", "1e308", "123123e100000", "1e-400", "-1e-999",
	"9007199254740993", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "100000000000000000000",
	// Strings.
	`""`, `"a"`, `" "`, `"abc def"`, `"0123456789abcdef0123456789"`, `"\""`, `"\\"`, `"\/"`, `"/"`, `"\b\f\n\r\t"`,
	`"\u0000"`, `"\u0061"`, `"\u00e9"`, `"\u20AC"`, `"\uFFFF"`, `"\uFFFD"`, `"\ud83d\ude00"`, `"\uD83D\uDE00"`, `"a\ud834\udd1eb"`,
	`"\uDBFF\uDFFF"`, `"\uD800\uDC00"`, `"\\u0061"`, `"é"`, `"€"`, `"😀"`, "\"\u007f\"", "\"\u0080\"", "\"\u2028\u2029\"", "\"\ufeff\"", "\"\U0010ffff\"",
	`"\u0022"`, `"\u005c"`, `"\u000a"`, `"[1,2"`, `"{"`, `"null"`, `"a\u00e9bcdefgh\n"`, `"éééééééé\""`, `"12345678"`, `"1234567\""`, `"/* no comment */"`,
	// Arrays.
	"[]", "[ ]", "[\n]", "[1]", "[ 1 ]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[[],[]]", "[[[[]]]]", "[null]", `["a",1,true,null,{},[]]`, `[""]`,
	// Objects.
	"{}", "{ }", "{\n}", `{"a":1}`, `{ "a" : 1 }`, `{"":0}`, `{"a":1,"b":2}`, `{"a":{}}`, `{"a":{"b":{"c":[]}}}`, `{"a":null}`,
	`{"a":1,"a":2}`, `{"a":1,"a":1}`, `{"\u0061":1}`, `{"a\nb":1}`, `{"é":"é"}`, `{"a":[{"b":1},{"b":2}]}`, `{"a":"b","c":[1,2,{"d":null}]}`,
	"{\r\n\t\"a\"\r\n\t:\r\n\t1\r\n}",
}

var rejectedJSON = []string{
	// Nothing, and what is not JSON at all.
	"", " ", "\n", "x", "'", "undefined", "NaN", "Infinity", "-Infinity", "None", "\x00", "\ufeff", "\ufeff1", "\xef\xbb\xbf{}", "\xef\xbb", "é", "\xff", "*", "&", "<a>", "/", "//", "/**/", "#", "\\",
	// Literals.
	"n", "nu", "nul", "nulL", "NULL", "Null", "nul ", "t", "tru", "truE", "True", "TRUE", "f", "fals", "falsE", "False", "truefalse", "nullnull", "null0", "truetrue", "nullx", "true_",
	// Numbers.
	"-", "+", "+1", "--1", "-+1", "01", "-01", "00", "-00", "012", "1.", "-1.", ".5", "-.5", "1.e1", "1e", "1E", "1e+", "1e-", "1e+-1", "1ee1", "1e1.5", "1.5.5", "0x10", "0b1", "1_000", "1,000", "1a", "1 000", "1e1e1", "0.1.2", "2.e3", "2.e-3", "9.e+", "-x", "-NaN", "-Inf", "1٣", "１", "0e", "0e+", ".", "e1", "1+2", "1/2", "0.e1", "-a", "1.0e+",
	// Strings.
	`"`, `"a`, `"\"`, `"\`, `"a\`, `"\x00"`, `"\a"`, `"\0"`, `"\'"`, `"\U0061"`, `"\u"`, `"\u0"`, `"\u00"`, `"\u006"`, `"\u006g"`, `"\u{61}"`, `"\u 061"`, `"\u+061"`, `"\uX061"`, `"\é"`, `'a'`, "`a`", `"a" "b"`, `"a"b`, `""x`,
	"\"\x00\"", "\"\x01\"", "\"\n\"", "\"\r\"", "\"\t\"", "\"\x1f\"", "\"abcdefgh\n\"", "\"a\nbcdefghi\"", "\"\\\n\"", "\"\\\x00\"", `"\ud83d\ude0`, `"\ud83d\u`, `"\ud83d\`,
	// Arrays.
	"[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1:2]", "[1}", "[1]]", "[]]", "[[]", "[[", "[1];", "[\"a\"", "[\"a\",", "[\"a", "[true", "[tru]", "[-]", "[1.]", "[1,\n2", "[] []", "[]{}", "[]1", "[}", "[1;2]", "[*]", "[a]", "[\x0c]", "[\u00a0]", "[\u2060]", "[1]\x00", "[1,2]/",
	// Objects.
	"{", "}", "{]", "{}}", "{{", "{{}}", "{[]}", "{1:1}", "{a:1}", "{'a':1}", "{null:1}", "{true:1}", `{"a"}`, `{"a":}`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{"a":1,,}`, `{,}`, `{,"a":1}`, `{"a":1 "b":2}`, `{"a" 1}`, `{"a"::1}`, `{"a"=1}`, `{"a";1}`, `{"a":1;"b":2}`, `{"a":1:2}`, `{"a":"b":"c"}`, `{"a","b"}`, `{"a":1]`, `{"a":[1}`, `{"a":1}}`, `{"a":1}x`, `{"a":1}{}`, `{"a":1},`, `{"a":1}#`, `{"a":1}//`, `{/**/}`, `{"a":/**/1}`, `{"a`, `{"a"`, `{"a":`, `{"`, `{...}`, `{"a":1,"b"}`, `{"a":1,"b":}`, `{"a":tru}`, `{"a":"b}`, `{:1}`, `{"a":-}`, "{\"a\n\":1}", `{"\x":1}`, `{"\ud800x":1`, "{\"a\":1\x00}", `{"data":[...],}`,
}

// rejectedText is what encoding/json takes and replaces, and RFC 8259 sections
// 8.1 and 8.2 warn of.
var rejectedText = []string{
	`"\ud800"`, `"\udc00"`, `"\ud800\ud800"`, `"\udc00\ud800"`, `"\ud83dx"`, `"\ud83d\n"`, `"\ud83d\u0061"`, `"x\udfff"`, `"\uD800"`, `"\uDEAD"`, `"\ud83d\\ude00"`,
	"\"\xff\"", "\"\x80\"", "\"\xc0\x80\"", "\"\xc3\"", "\"\xe2\x82\"", "\"\xf0\x9f\x98\"", "\"\xed\xa0\x80\"", "\"\xed\xb0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe0\x80\xaf\"", "\"\xfe\"", "\"abcdefgh\xff\"", "\"é\xff\"", "\"\xe9\"",
	`{"\ud800":1}`, "{\"\xff\":1}", `["\ud800"]`,
}

// readings are the ways a value is read: as any JSON, as a member that has a
// field, and as one that has none.
func readings(value string) map[string]error {
	all := map[string]error{"alone": nil}
	if !validJSON([]byte(value)) {
		all["alone"] = errNotJSON
	}
	for name, document := range map[string]string{
		"raw":     `{"raw":` + value + `}`,
		"opt":     `{"opt_raw":` + value + `}`,
		"unknown": `{"other":` + value + `}`,
		"nested":  `{"other":[{"x":` + value + `}]}`,
		"union":   `{"union":{"new":` + value + `}}`,
		"list":    `{"raws":[` + value + `]}`,
		"map":     `{"map_raw":{"k":` + value + `}}`,
	} {
		all[name] = decode([]byte(document), new(codecAll), nil)
	}
	return all
}

func TestDecodeAccepts(t *testing.T) {
	for _, value := range acceptedJSON {
		if !json.Valid([]byte(value)) {
			t.Fatalf("the test is wrong: %q is not JSON", value)
		}
		for how, err := range readings(value) {
			if err != nil {
				t.Errorf("%q, %s: %v", value, how, err)
			}
		}
	}
}

func TestDecodeRejects(t *testing.T) {
	for _, value := range rejectedJSON {
		if json.Valid([]byte(value)) {
			t.Fatalf("the test is wrong: %q is JSON", value)
		}
		rejects(t, value)
	}
	for _, value := range rejectedText {
		if !json.Valid([]byte(value)) && utf8.ValidString(value) {
			t.Fatalf("the test is wrong: %q is not JSON", value)
		}
		rejects(t, value)
	}
	if n := len(acceptedJSON) + len(rejectedJSON) + len(rejectedText); n < 300 {
		t.Errorf("%d cases", n)
	}
}

func rejects(t *testing.T, value string) {
	t.Helper()
	for how, err := range readings(value) {
		// "1},{" would be an end and a beginning.
		if err == nil && json.Valid([]byte(`[`+value+`]`)) == json.Valid([]byte(value)) {
			t.Errorf("%q, %s: accepted", value, how)
		}
		var failure *DecodeError
		if err != nil && how != "alone" && !errors.As(err, &failure) {
			t.Errorf("%q, %s: %T", value, how, err)
		}
	}
}

// TestDecodeTypedSyntax reads each value as every type, so that the paths that
// know what they want are as strict as the one that takes anything.
func TestDecodeTypedSyntax(t *testing.T) {
	for _, value := range rejectedJSON {
		for i := range codecAllTable.fields {
			name, _ := json.Marshal(codecAllTable.fields[i].name)
			document := `{` + string(name) + `:` + value + `}`
			if !json.Valid([]byte(document)) && decode([]byte(document), new(codecAll), nil) == nil {
				t.Errorf("accepted %s", document)
			}
		}
	}
}

func TestDecodeTopLevel(t *testing.T) {
	for _, value := range acceptedJSON {
		isObject := strings.HasPrefix(strings.TrimSpace(value), "{")
		err := decode([]byte(value), new(codecCash), nil)
		if (err == nil) != isObject {
			t.Errorf("%q: %v", value, err)
		}
	}
	for _, value := range rejectedJSON {
		if decode([]byte(value), new(codecCash), nil) == nil {
			t.Errorf("%q: accepted", value)
		}
	}
}

func TestDecodeEveryPrefix(t *testing.T) {
	for _, document := range []string{codecAccountJSON, codecAllJSON, `{"name":"a","children":[{"name":"b","children":[]}]}`} {
		for n := range len(document) {
			var failure *DecodeError
			err := decode([]byte(document[:n]), new(codecAll), nil)
			if !errors.As(err, &failure) {
				t.Fatalf("%d bytes: %v", n, err)
			}
			if failure.Offset > int64(n) {
				t.Fatalf("%d bytes: offset %d", n, failure.Offset)
			}
			if validJSON([]byte(document[:n])) {
				t.Fatalf("%d bytes: valid", n)
			}
		}
	}
}

// TestDecodeEveryChange replaces each byte of a document by others, and compares with
// encoding/json about syntax.
func TestDecodeEveryChange(t *testing.T) {
	for i := range len(codecAllJSON) {
		for _, c := range []byte("\"\\},:0. \x80") {
			data := []byte(codecAllJSON)
			data[i] = c
			if have, want := validJSON(data), json.Valid(data) && utf8.Valid(data); have != want {
				t.Fatalf("byte %d as %q: %v, want %v", i, c, have, want)
			}
			if !json.Valid(data) && decode(data, new(codecAll), nil) == nil {
				t.Fatalf("byte %d as %q: accepted", i, c)
			}
		}
	}
}

func TestDecodeDepth(t *testing.T) {
	nest := func(open, value, end string, n int) []byte {
		return []byte(strings.Repeat(open, n) + value + strings.Repeat(end, n))
	}
	for _, x := range []struct {
		name  string
		depth func(n int) []byte // a document nested n deep
		into  object
	}{
		{"unknown arrays", func(n int) []byte { return []byte(`{"x":` + string(nest("[", "", "]", n-1)) + `}`) }, new(codecAll)},
		{"unknown objects", func(n int) []byte { return nest(`{"x":`, "1", "}", n) }, new(codecAll)},
		{"structs", func(n int) []byte { return nest(`{"next":`, "null", "}", n) }, new(codecNode)},
		{"unions", func(n int) []byte { return nest(`{"type":"square","inner":`, "1", "}", n) }, new(codecSquare)},
	} {
		if err := decode(x.depth(maxDepth), x.into, nil); err != nil {
			t.Errorf("%s: %v", x.name, err)
		}
		if out, err := appendObject(nil, x.into); err != nil {
			t.Errorf("%s: encode: %v", x.name, err)
		} else if err := decode(out, x.into, nil); err != nil {
			t.Errorf("%s: again: %v", x.name, err)
		}
		for _, n := range []int{maxDepth + 1, 100 * maxDepth} {
			if err := decode(x.depth(n), x.into, nil); err == nil || !strings.Contains(err.Error(), "deeper") {
				t.Errorf("%s, %d deep: %v", x.name, n, err)
			}
		}
	}
	if !validJSON(nest("[", "", "]", maxDepth)) || validJSON(nest("[", "", "]", maxDepth+1)) {
		t.Error("arrays alone")
	}
}
