package support

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"
)

// codecAllJSON has every member of codecAll.
const codecAllJSON = `{"bool":true,"int32":-2147483648,"int64":9223372036854775807,"float":1.5,"string":"s\u0000\n\"é😀","enum":"active","bytes":"AQID","raw":{"a":[1,2.50,"\u00e9"]},"struct":{"available":{"usd":-1,"eur":2}},"pointer":{"name":"p","children":[]},"slice":[1,2,3,4,5],"map":{"b":"2","a":"1"},"union":{"type":"disc","radius":2},"expandable":"id_1",` +
	`"opt_bool":false,"opt_int32":0,"opt_int64":-0,"opt_float":0.000000123,"opt_string":"","opt_enum":"new","opt_bytes":"","opt_raw":[null],"opt_struct":{},"opt_pointer":{"name":"q","children":[{"name":"c1","children":[],"x":1},{"name":"c2","children":[]},{"name":"c3","children":[]}],"next":{"name":"n","children":[]}},"opt_slice":[],"opt_map":{},"opt_union":"text","opt_expandable":{"id":"node_1","name":"n","children":[]},` +
	`"bools":[true,false],"int32s":[2147483647],"floats":[1,1e21,1e-7,-0.5],"strings":["a","","b"],"byteses":["AA==",""],"raws":[null,1,"x"],"structs":[{},{"available":null},{"available":{}}],"pointers":[{"name":"r","children":[]},null],"slices":[["a"],[],["b","c"]],"maps":[{"a":1},{}],"opt_maps":[{"a":1.5},null,{}],"unions":[{"type":"square","side":3,"inner":{"deleted":true,"id":"x"}},"t",7,true,[{"name":"l","children":[]}],null,{"type":"hexagon"},1.5,{"deleted":false,"id":"x"}],"expandables":["id_2",{"name":"e","children":[]}],"opts":[1,null,0],"opt_bools":[true,null,false],` +
	`"map_bool":{"t":true,"u":false,"v":true},"map_int64":{"":1},"map_float":{"x":0.25},"map_enum":{"k":"inactive"},"map_raw":{"n":null,"o":{}},"map_struct":{"c":{"available":{"usd":1}}},"map_slice":{"l":["x"]},"map_union":{"u":{"type":"circle","radius":1},"v":null},"map_opt":{"n":null,"s":"x"},"map_expandable":{"i":"id_3","o":{"name":"f","children":[]}},` +
	`"quo\"ted\\\n☃":"odd","unknown_1":{"a": 1},"unknown_2":null,"unknown\u000a3":12345678901234567890}`

// sameJSON compares as JSON: order of members and spelling don't count, the
// values of numbers do.
func sameJSON(t *testing.T, have, want string) bool {
	t.Helper()
	return reflect.DeepEqual(parsed(t, have), parsed(t, want))
}

func parsed(t *testing.T, text string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var x any
	if err := d.Decode(&x); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return canonical(x)
}

// canonical replaces numbers by one spelling of each value.
func canonical(x any) any {
	switch x := x.(type) {
	case json.Number:
		if whole, ok := wholeNumber([]byte(x)); ok && len(whole) < 20 {
			return json.Number(strings.TrimPrefix(whole, "-0"))
		}
		if f, err := strconv.ParseFloat(string(x), 64); err == nil {
			return f
		}
		return x
	case []any:
		for i := range x {
			x[i] = canonical(x[i])
		}
	case map[string]any:
		for k := range x {
			x[k] = canonical(x[k])
		}
	}
	return x
}

func roundTrip(t *testing.T, document string, into object) {
	t.Helper()
	if err := decode([]byte(document), into, nil); err != nil {
		t.Errorf("%v in %s", err, document)
		return
	}
	encodesAs(t, into, document)
	if err := expandAll(reflect.ValueOf(into)); err != nil {
		t.Errorf("%v in %s", err, document)
	}
	encodesAs(t, into, document)
}

func encodesAs(t *testing.T, obj object, document string) {
	t.Helper()
	out, err := Marshal(obj)
	if err != nil {
		t.Errorf("encode: %v, of %s", err, document)
		return
	}
	if !sameJSON(t, string(out), document) {
		t.Errorf("have %s\nwant %s", out, document)
	}
}

func TestRoundTrip(t *testing.T) {
	roundTrip(t, codecAllJSON, new(codecAll))
	roundTrip(t, codecAccountJSON, new(codecAccount))
	roundTrip(t, codecPageJSON(3), new(codecPage))
	roundTrip(t, `{}`, new(codecAll))
}

// TestWhiteSpace has white space wherever it may be.
func TestWhiteSpace(t *testing.T) {
	for _, space := range []string{" ", "\t", "\r\n", "\n                  ", strings.Repeat(" \n\t\r", 5)} {
		var b strings.Builder
		d := json.NewDecoder(strings.NewReader(codecAllJSON))
		at := int64(0)
		for {
			if _, err := d.Token(); err != nil {
				break
			}
			// Tokens come with what separates them in front.
			token := codecAllJSON[at:d.InputOffset()]
			at = d.InputOffset()
			if separator := strings.IndexByte(",:", token[0]); separator >= 0 {
				b.WriteString(token[:1] + space)
				token = token[1:]
			}
			b.WriteString(strings.TrimSpace(token) + space)
		}
		if !sameJSON(t, b.String(), codecAllJSON) {
			t.Fatal("the test is wrong")
		}
		roundTrip(t, space+b.String(), new(codecAll))
		for _, n := range []int{1, 100, 1000, b.Len() - 2*len(space)} {
			if decode([]byte(b.String()[:n]), new(codecAll), nil) == nil {
				t.Fatalf("accepted %q", b.String()[:n])
			}
		}
	}
	for _, document := range []string{`{"id":"" ,`, `{"x":{} ,`, `{"x":1 ,"id":"" ,`, `{"balance":{"type":"" ,`, `{"permissions":[ ,`, `{"permissions":[] ,`} {
		if decode([]byte(document), new(codecAccount), nil) == nil {
			t.Errorf("accepted %s", document)
		}
	}
}

// TestRoundTripEachMember has each member alone, null, and left out.
func TestRoundTripEachMember(t *testing.T) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(codecAllJSON), &all); err != nil {
		t.Fatal(err)
	}
	for name, value := range all {
		alone, _ := json.Marshal(map[string]json.RawMessage{name: value})
		null, _ := json.Marshal(map[string]json.RawMessage{name: json.RawMessage("null")})
		roundTrip(t, string(alone), new(codecAll))
		roundTrip(t, string(null), new(codecAll))
		without := map[string]json.RawMessage{}
		for k, v := range all {
			if k != name {
				without[k] = v
			}
		}
		rest, _ := json.Marshal(without)
		roundTrip(t, string(rest), new(codecAll))
		if len(all) < len(codecAllTable.fields) {
			t.Fatal("the document lacks members")
		}
	}
}

func TestDecodeValues(t *testing.T) {
	var v codecAll
	if err := decode([]byte(codecAllJSON), &v, nil); err != nil {
		t.Fatal(err)
	}
	check := func(name string, have, want any) {
		t.Helper()
		if !reflect.DeepEqual(have, want) {
			t.Errorf("%s: have %#v, want %#v", name, have, want)
		}
	}
	check("int32", v.Int32, int32(math.MinInt32))
	check("int64", v.Int64, int64(math.MaxInt64))
	check("string", v.String, "s\x00\n\"é😀")
	check("bytes", v.Bytes, []byte{1, 2, 3})
	check("raw", string(v.Raw), `{"a":[1,2.50,"\u00e9"]}`)
	check("slice", v.Slice, []int64{1, 2, 3, 4, 5})
	check("map", v.Map, map[string]string{"a": "1", "b": "2"})
	check("struct", Or(v.Struct.Available, nil), map[string]int64{"usd": -1, "eur": 2})
	check("circle", v.Union.(*codecCircle).Radius, 2.0)
	check("expandable", v.Expandable.ID, "id_1")
	check("opt_bool", v.OptBool, Bool(false))
	check("opt_int64", v.OptInt64, Int(0))
	check("opt_string", v.OptString, String(""))
	check("opt_raw", string(v.OptRaw.Value), "[null]")
	check("opt_slice", v.OptSlice, Some([]int64{}))
	check("opt_union", v.OptUnion, Some[codecShape](codecShapeName("text")))
	x, _ := Get(v.OptExpandable)
	check("expanded id", x.ID, "node_1")
	node, err := Expanded(x)
	check("error", err, nil)
	check("expanded", node.Name, "n")
	check("strings", v.Strings, []string{"a", "", "b"})
	check("byteses", v.Byteses, [][]byte{{0}, {}})
	check("pointers", v.Pointers[1], (*codecNode)(nil))
	check("opts", v.Opts, []Optional[int64]{Int(1), Null[int64](), Int(0)})
	check("opt_bools", v.OptBools, []Optional[bool]{Bool(true), Null[bool](), Bool(false)})
	check("map_opt", v.MapOpt, map[string]Optional[string]{"n": Null[string](), "s": String("x")})
	check("map_enum", v.MapEnum, map[string]codecStatus{"k": "inactive"})
	square := v.Unions[0].(*codecSquare)
	check("side", square.Side, Int(3))
	check("gone", square.Inner.Value.(*codecGone).ID, "x")
	check("count", v.Unions[2], codecShape(codecShapeCount(7)))
	check("flag", v.Unions[3], codecShape(codecShapeFlag(true)))
	check("list", v.Unions[4].(codecShapeList)[0].Name, "l")
	check("nil", v.Unions[5], nil)
	check("unknown variant", string(v.Unions[6].(codecShapeRaw)), `{"type":"hexagon"}`)
	check("number variant", string(v.Unions[7].(codecShapeRaw)), `1.5`)
	check("no constant", string(v.Unions[8].(codecShapeRaw)), `{"deleted":false,"id":"x"}`)
	check("children", v.OptPointer.Value.Children[2].Name, "c3")
	check("unknown members", UnknownMembers(&v), map[string]Raw{"unknown_1": Raw(`{"a": 1}`), "unknown_2": Raw("null"), "unknown\n3": Raw("12345678901234567890")})
}

func TestDecodeInternsEnums(t *testing.T) {
	var v codecAccount
	if err := decode([]byte(codecAccountJSON), &v, nil); err != nil {
		t.Fatal(err)
	}
	if data(string(v.Status)) != data(codecStatuses[0]) || data(string(v.Permissions.Value[1])) != data(codecPermissions[1]) {
		t.Error("a known value has memory of its own")
	}
}

func TestDecodeWide(t *testing.T) {
	for _, step := range []int{1, 2, 7, 150} {
		want := map[string]any{}
		var order []string
		for k := range 300 {
			i := k * step % 300
			if i%5 == 4 || i%7 == 0 {
				continue
			}
			name := codecWideTable.fields[i].name
			order = append(order, name)
			switch {
			case i%3 == 0:
				want[name] = nil
			case !codecWideTable.fields[i].opt:
				want[name] = i
			default:
				want[name] = "s" + name
			}
		}
		var b strings.Builder
		for i, name := range order {
			value, _ := json.Marshal(want[name])
			b.WriteString(map[bool]string{true: "{", false: ","}[i == 0] + `"` + name + `":` + string(value))
		}
		var v codecWide
		roundTrip(t, b.String()+"}", &v)
		if have := v.Plain[1]; step < 150 && have != 2 || v.extra.noted(4) != StateAbsent {
			t.Errorf("step %d: %d", step, have)
		}
	}
}

func TestAbsentAndNull(t *testing.T) {
	var v codecRefresh
	if err := decode([]byte(`{"last_attempted_at":null,"next_refresh_available_at":null}`), &v, nil); err != nil {
		t.Fatal(err)
	}
	states := func() (s [3]State) {
		for i := range s {
			s[i] = presence(builtTable(&v), &builtTable(&v).fields[i], pointerOf(&v))
		}
		return s
	}
	if have := states(); have != [3]State{StateNull, StateNull, StateAbsent} {
		t.Errorf("have %v", have)
	}
	encoded(t, &v, `{"last_attempted_at":null,"next_refresh_available_at":null}`)
	v.Status = "active"
	v.LastAttemptedAt = 3
	if have := states(); have != [3]State{StatePresent, StateNull, StatePresent} {
		t.Errorf("set: have %v", have)
	}
	encoded(t, &v, `{"last_attempted_at":3,"next_refresh_available_at":null,"status":"active"}`)
	encoded(t, &codecRefresh{}, `{"last_attempted_at":0,"status":""}`)
}

func encoded(t *testing.T, obj object, want string) {
	t.Helper()
	have, err := appendObject([]byte("x"), obj)
	if err != nil || string(have) != "x"+want {
		t.Errorf("have %s, %v\nwant %s", have, err, want)
	}
}

func TestDecodeResets(t *testing.T) {
	var v codecAll
	if err := decode([]byte(codecAllJSON), &v, nil); err != nil {
		t.Fatal(err)
	}
	roundTrip(t, `{"bool":true}`, &v)
	var fresh codecAll
	if err := decode([]byte(`{"bool":true}`), &fresh, nil); err != nil || !reflect.DeepEqual(v, fresh) {
		t.Errorf("something is left: %+v", v)
	}
}

// TestRepeatedMembers has each member twice: the last counts, whatever the
// first was.
func TestRepeatedMembers(t *testing.T) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(codecAllJSON), &all); err != nil {
		t.Fatal(err)
	}
	zeros := map[string]string{"bool": "false", "int32": "0", "int64": "0", "float": "0", "string": `""`, "bytes": `""`, "slice": "[]", "map": "{}", "struct": "{}", "union": `"x"`, "expandable": `"x"`, "opt_expandable": `"x"`}
	for name, value := range all {
		key, _ := json.Marshal(name)
		second := zeros[name]
		if second == "" {
			second = string(value)
		}
		for _, pair := range [][2]string{{string(value), second}, {"null", second}, {string(value), "null"}, {second, string(value)}} {
			var twice, once codecAll
			if err := decode([]byte(`{`+string(key)+`:`+pair[0]+`,`+string(key)+`:`+pair[1]+`}`), &twice, nil); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := decode([]byte(`{`+string(key)+`:`+pair[1]+`}`), &once, nil); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			a, _ := appendObject(nil, &twice)
			b, _ := appendObject(nil, &once)
			if string(a) != string(b) || !reflect.DeepEqual(twice, once) && pair[0] != "null" {
				t.Errorf("%s: %v\nhave %s\nwant %s", name, pair, a, b)
			}
		}
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, x := range []struct{ document, want string }{
		{`null`, "want object, have null at offset 0"},
		{` [1]`, "want object, have array at offset 1"},
		{`{"account_holder":{"type":7}}`, "account_holder.type: want string, have number at offset 26"},
		{`{"balance":{"current":{"usd":"1"}}}`, "balance.current.usd: want integer, have string at offset 29"},
		{`{"permissions":["a",null]}`, "permissions[1]: want string, have null at offset 20"},
		{`{"permissions":{}}`, "permissions: want array, have object at offset 15"},
		{`{"balance":[]}`, "balance: want object, have array at offset 11"},
		{`{"livemode":"true"}`, "livemode: want boolean, have string at offset 12"},
		{`{"created":1.5}`, "created: want integer, have number 1.5 at offset 11"},
		{`{"created":9223372036854775808}`, "created: integer out of range: 9223372036854775808 at offset 11"},
		{`{"created":1e19}`, "created: integer out of range: 1e19 at offset 11"},
		{`{"ownership":3}`, "ownership: want string or object, have number at offset 13"},
		{`{"id":"a","x":{"y":nul}}`, `x: unexpected character 'n' at offset 19`},
		{`{"id":"a"`, "unexpected end at offset 9"},
		{`{"id":"a"} x`, "unexpected character 'x' at offset 11"},
		{`{"id":"\ud800"}`, "id: lone surrogate at offset 7"},
		{"{\"id\":\"\xff\"}", "id: invalid UTF-8 at offset 7"},
		{"{\"id\":\"\x01\"}", "id: control character in a string at offset 7"},
	} {
		err := decode([]byte(x.document), new(codecAccount), nil)
		if err == nil || err.Error() != x.want {
			t.Errorf("%s\nhave %v\nwant %s", x.document, err, x.want)
		}
	}
	err := decode([]byte(`{"data":[{},{"balance":{"cash":{"available":[]}}}]}`), new(codecPage), nil)
	if err == nil || err.Error() != "data[1].balance.cash.available: want object, have array at offset 44" {
		t.Error(err)
	}
	for _, document := range []string{`{"int32":2147483648}`, `{"int32":-2147483649}`, `{"float":1e999}`, `{"bytes":"A"}`, `{"bytes":"A==="}`, `{"bytes":"AB=="}`, `{"structs":[null]}`, `{"slices":[null]}`, `{"map":{"a":null}}`, `{"map_struct":{"a":null}}`, `{"expandables":[null]}`, `{"opts":[nul]}`} {
		if decode([]byte(document), new(codecAll), nil) == nil {
			t.Errorf("accepted %s", document)
		}
	}
	if decode([]byte(`{}`), (*codecAll)(nil), nil) == nil {
		t.Error("decoded into nil")
	}
}

func TestIntegers(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "-0": 0, "1.0": 1, "1e2": 100, "12.5e1": 125, "-1E+3": -1000, "100e-2": 1, "0e99999999999999999999": 0, "0.0e-5": 0, "-0.0": 0,
		"9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64, "922337203685477580700e-2": math.MaxInt64, "9.223372036854775807e18": math.MaxInt64,
		"999999999999999999": 999999999999999999, "1000000000000000000": 1000000000000000000, "9007199254740993": 9007199254740993, "1000.000": 1000,
	} {
		var v codecAll
		if err := decode([]byte(`{"int64":`+text+`}`), &v, nil); err != nil || v.Int64 != want {
			t.Errorf("%s: %d, %v", text, v.Int64, err)
		}
	}
	for _, text := range []string{"0.5", "1e-1", "1e19", "-1e19", "9223372036854775808", "-9223372036854775809", "99999999999999999999", "1e999999999999999999999", "1e-999999999999999999999", "123456789012345678901e-1", "1.5e0"} {
		if decode([]byte(`{"int64":`+text+`}`), new(codecAll), nil) == nil {
			t.Errorf("accepted %s", text)
		}
	}
}

func TestEncodeErrors(t *testing.T) {
	loop := &codecNode{Name: "loop"}
	loop.Next = Some(loop)
	for want, obj := range map[string]object{
		"float: JSON has no number NaN":  &codecAll{Float: math.NaN()},
		"floats[1]: JSON has no number ": &codecAll{Floats: []float64{1, math.Inf(-1)}},
		"string: invalid UTF-8":          &codecAll{String: "a\xff"},
		"map.k: invalid UTF-8":           &codecAll{Map: map[string]string{"k": "\xc3"}},
		"raw: not JSON":                  &codecAll{Raw: Raw(`{`)},
		"raws[0]: not JSON":              &codecAll{Raws: []Raw{{}}},
		"union: not JSON":                &codecAll{Union: codecShapeRaw("x")},
		"next.next.next":                 loop,
		"union: ":                        &codecAll{Union: codecStranger{}},
		"unions[1]: ":                    &codecAll{Unions: []codecShape{nil, codecStranger{}}},
	} {
		out, err := appendObject([]byte("keep"), obj)
		if err == nil || !strings.HasPrefix(err.Error(), want) || string(out) != "keep" {
			t.Errorf("want %s, have %q, %v", want, out, err)
		}
	}
	if out, err := appendObject(nil, (*codecAll)(nil)); string(out) != "null" || err != nil {
		t.Errorf("%s, %v", out, err)
	}
}

// TestAppendJSON: the result is what was there and what Marshal returns, after a
// failure what was there.
func TestAppendJSON(t *testing.T) {
	var v codecAccount
	if err := decode([]byte(codecAccountJSON), &v, nil); err != nil {
		t.Fatal(err)
	}
	text, err := Marshal(&v)
	if err != nil {
		t.Fatal(err)
	}
	for _, before := range []string{"", "before"} {
		for size := range len(text) + 10 { // it grows at any place
			have, err := AppendJSON(append(make([]byte, 0, size), before...), &v)
			if err != nil || string(have) != before+string(text) {
				t.Fatalf("room of %d: %s, %v", size, have, err)
			}
		}
	}
	if have, err := AppendJSON(nil, &codecAll{Float: math.NaN()}); have != nil || err == nil {
		t.Errorf("%q, %v", have, err)
	}
}

// TestMapOrder: the keys of maps of any size are sorted.
func TestMapOrder(t *testing.T) {
	for size := range 12 {
		v := codecCash{Available: Some(map[string]int64{})}
		var keys []string
		for i := range size {
			keys = append(keys, strconv.Itoa(i*7919%1000))
			v.Available.Value[keys[i]] = int64(i)
		}
		text, err := Marshal(&v)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(keys)
		at := 0
		for _, key := range keys {
			next := strings.Index(string(text), `"`+key+`":`+strconv.FormatInt(v.Available.Value[key], 10))
			if next <= at {
				t.Fatalf("%s is not in its place in %s", key, text)
			}
			at = next
		}
	}
}

// TestPutPlain: texts that need no escapes are written as they are, at every
// length, and what needs some is found in every place.
func TestPutPlain(t *testing.T) {
	for size := range 40 {
		text := []byte("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH"[:size])
		room := slices.Grow([]byte("before"), size+spare)
		if have, plain := putPlain(room, string(text)); !plain || string(have) != `before`+string(text)+`"` {
			t.Errorf("have %q of %q", have, text)
		}
		for at := range size {
			was := text[at]
			for c := range 256 {
				text[at] = byte(c)
				have, plain := putPlain(room, string(text))
				if want := plainEnd(text, 0) == size; plain != want || !plain && string(have) != "before" {
					t.Fatalf("%q: %v", text, plain)
				}
			}
			text[at] = was
		}
	}
}

// TestPutInt holds numbers against strconv: those around each power of ten, and
// many in between.
func TestPutInt(t *testing.T) {
	check := func(n uint64) {
		have, want := putUint(slices.Grow([]byte("x"), maxDigits+spare), n), "x"+strconv.FormatUint(n, 10)
		if string(have) != want {
			t.Fatalf("have %q, want %q", have, want)
		}
		have, want = putInt(slices.Grow([]byte("x"), maxDigits+spare), int64(n)), "x"+strconv.FormatInt(int64(n), 10)
		if string(have) != want {
			t.Fatalf("have %q, want %q", have, want)
		}
	}
	for power := uint64(1); ; power *= 10 {
		for _, n := range []uint64{power - 1, power, power + 1, power * 3, -power, power / 7} {
			check(n)
		}
		if power == 1e19 {
			break
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		check(r.Uint64() >> r.IntN(64))
	}
}

func TestUnknownMembers(t *testing.T) {
	var v codecCash
	if err := decode([]byte(`{"b":1,"a":2,"b":3}`), &v, nil); err != nil {
		t.Fatal(err)
	}
	encoded(t, &v, `{"b":3,"a":2}`)
	before := v
	for name, value := range map[string]Raw{"b": nil, "c": Raw(` [ 1 ] `)} {
		if err := SetUnknownMember(&v, name, value); err != nil {
			t.Fatal(err)
		}
	}
	encoded(t, &v, `{"a":2,"c":[1]}`)
	encoded(t, &before, `{"b":3,"a":2}`)
	UnknownMembers(&before)["a"][0] = '9'
	encoded(t, &before, `{"b":3,"a":2}`)
	for name, value := range map[string]Raw{"available": Raw("1"), "x": Raw("{")} {
		if SetUnknownMember(&v, name, value) == nil {
			t.Errorf("accepted %s", name)
		}
	}
	if SetUnknownMember(&codecParams{}, "x", Raw("1")) == nil || SetUnknownMember((*codecCash)(nil), "x", Raw("1")) == nil {
		t.Error("accepted parameters, or nil")
	}
	for _, name := range []string{"a", "c"} {
		if err := SetUnknownMember(&v, name, nil); err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(v, codecCash{}) {
		t.Errorf("%+v is not empty", v)
	}
}

func TestListsKnowTheirOrigin(t *testing.T) {
	from := new(origin)
	var page codecPage
	if err := decode([]byte(`{"data":[{"ownership":{"owners":{"data":[]}}}]}`), &page, from); err != nil {
		t.Fatal(err)
	}
	inner, err := Expanded(page.Data[0].Ownership.Value)
	if err != nil || page.from != from || inner.Owners.from != from {
		t.Error("a list lacks its origin")
	}
}

func TestUnionOrder(t *testing.T) {
	for document, want := range map[string]codecShape{
		`{"radius":1,"type":"circle"}`:               new(codecCircle),
		`{"a":{"type":"circle"},"type":"square"}`:    new(codecSquare),
		`{"\u0074ype":"square"}`:                     new(codecSquare),
		`{"type":"circle","type":"square"}`:          new(codecSquare),
		`{"id":"x","deleted":true}`:                  new(codecGone),
		`{"deleted":true}`:                           codecShapeRaw(nil),
		`{"type":"square","id":"x","deleted":true}`:  new(codecSquare),
		`{"type":"hexagon","id":"x","deleted":true}`: new(codecGone),
		`{"type":7}`:                           codecShapeRaw(nil),
		`{}`:                                   codecShapeRaw(nil),
		`{"id":{"deleted":true},"x":{"id":1}}`: codecShapeRaw(nil),
		`{"deleted":"true","id":"x"}`:          codecShapeRaw(nil),
		`1.0`:                                  codecShapeCount(1),
		`1.5`:                                  codecShapeRaw(nil),
		`""`:                                   codecShapeName(""),
		`[]`:                                   codecShapeList(nil),
	} {
		var v codecAll
		roundTrip(t, `{"union":`+document+`}`, &v)
		if reflect.TypeOf(v.Union) != reflect.TypeOf(want) {
			t.Errorf("%s: have %T, want %T", document, v.Union, want)
		}
	}
}

// TestUnionTag has more items than levels are allowed, and errors after the
// tag, which is as far as the choice looks.
func TestUnionTag(t *testing.T) {
	items := strings.Repeat(`{"type":"circle","radius":1},{"side":1,"type":"square"},{"x":{"type":"circle"}},{"type":"x"},{},null,`, 600)
	document := `{"items":[` + strings.TrimSuffix(items, ",") + `]}`
	var v codecTags
	roundTrip(t, document, &v)
	for i, want := range []codecTagged{new(codecCircle), new(codecSquare), codecTaggedRaw(nil), codecTaggedRaw(nil), codecTaggedRaw(nil), nil} {
		if reflect.TypeOf(v.Items[i]) != reflect.TypeOf(want) {
			t.Errorf("%d: have %T, want %T", i, v.Items[i], want)
		}
	}
	for n := range 180 {
		if decode([]byte(document[:n]), &v, nil) == nil {
			t.Errorf("accepted %s", document[:n])
		}
	}
	if decode([]byte(`{"items":[{"type":"circle" "radius":1}]}`), &v, nil) == nil {
		t.Error("accepted a missing comma")
	}
}

// TestUnionsReadOnce: finding the variant of a union reads past all that is in
// it, and must not do so again at each level. What is deeper than the second
// level is overwritten after it was read, so that reading it again fails.
func TestUnionsReadOnce(t *testing.T) {
	const level = `{"a":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","type":"square","inner":`
	data := []byte(strings.Repeat(level, 4) + `[[],{}]` + strings.Repeat("}", 4))
	d := newDecoder(data)
	if k, end := d.choose(&codecShapeUnion, 0); k != 1 || end < 0 {
		t.Fatalf("variant %d, %v", k, d.failure)
	}
	deeper := data[2*len(level) : len(data)-2]
	kept := string(deeper)
	copy(deeper[1:], strings.Repeat("x", len(deeper)-2))
	if k, end := d.choose(&codecShapeUnion, len(level)); k != 1 || end < 0 {
		t.Errorf("variant %d, %v", k, d.failure)
	}
	copy(deeper, kept)
	if err := d.release(0); err != nil {
		t.Error(err)
	}
}

// TestNestedUnions has unions, lists of unions and unknown members of all
// sizes within each other, tags before and after them, and repeated members.
func TestNestedUnions(t *testing.T) {
	document := `{"type":"circle","radius":1}`
	for i := range 60 {
		filler := strings.Repeat("x", i)
		document = []string{
			`{"type":"square","inner":` + document + `}`,
			`{"inner":` + document + `,"type":"square","` + filler + `":[[{"` + filler + `":[]}],{}]}`,
			`{"more":{"a":[1,{"b":"` + filler + `"}]},"side":1,"inner":` + document + `,"type":"square"}`,
			`{"id":"x","deleted":true,"was":{"` + filler + `":[]}}`,
			`{"type":"square","inner":[{"name":"` + filler + `","children":[{"name":"","children":[]}]}],"then":` + document + `}`,
		}[[]int{0, 1, 2, 0, 1, 4, 2, 1, 0, 3}[i%10]]
		var v codecAll
		roundTrip(t, `{"unions":[`+document+`,{"type":"circle","radius":2},`+document+`],"map_union":{"a":`+document+`}}`, &v)
		var tags codecTags
		roundTrip(t, `{"items":[`+document+`,`+document+`]}`, &tags)
	}
}

func TestEncodingJSON(t *testing.T) {
	type own struct {
		Account codecAccount `json:"account"`
		Raw     Raw          `json:"raw"`
		Time    UnixTime     `json:"time"`
	}
	text := `{"account":` + codecAccountJSON + `,"raw":[1, 2],"time":5}`
	var v own
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	if v.Account.ID == "" || v.Time.Time() != time.Unix(5, 0).UTC() || UnixTimeOf(time.Unix(7, 9)) != 7 {
		t.Errorf("%+v", v)
	}
	out, err := json.Marshal(v)
	if err != nil || !sameJSON(t, string(out), text) {
		t.Errorf("%s, %v", out, err)
	}
	reused := []byte(`{"raw":[3]}`)
	if err := json.Unmarshal(reused, &v); err != nil {
		t.Fatal(err)
	}
	if clear(reused); string(v.Raw) != "[3]" {
		t.Errorf("raw: %q", v.Raw)
	}
	before := v.Account.ID
	if err := Unmarshal([]byte(" null "), &v.Account); err != nil || v.Account.ID != before {
		t.Error("null changed the object")
	}
	if json.Unmarshal([]byte(`{"account":[]}`), new(own)) == nil {
		t.Error("accepted a list for an object")
	}
}

func TestOptional(t *testing.T) {
	some, null, absent := Int(5), Null[int64](), Optional[int64]{}
	for _, test := range []struct {
		o    Optional[int64]
		text string
		held bool
		or   int64
	}{{some, "present", true, 5}, {null, "null", false, 7}, {absent, "absent", false, 7}} {
		if v, ok := Get(test.o); ok != test.held || v != test.o.Value || Or(test.o, 7) != test.or || test.o.State.String() != test.text {
			t.Errorf("%+v is %d, %v, %d, %s", test.o, v, ok, Or(test.o, 7), test.o.State)
		}
	}
	if f, ok := Get(Float(2)); f != 2 || !ok {
		t.Errorf("the float is %v, %v", f, ok)
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[Optional[bool]](), reflect.TypeFor[Expandable[Raw]](), reflect.TypeFor[members]()} {
		if typ.Comparable() || typ.NumMethod() > 0 || reflect.PointerTo(typ).NumMethod() > 0 {
			t.Errorf("%s has a function of its own", typ)
		}
	}
}

// TestEncodeOrder: the keys of maps are sorted, and Raw loses its white space
// but not what is in its strings.
func TestEncodeOrder(t *testing.T) {
	v := codecHolder{Type: "x", Account: Some(Expand("id", Raw("{ \"a  b\" : [ 1 ,\n\"x \\\" , \\\\\" ] , \"c\":\" \" }")))}
	encoded(t, &v, `{"account":{"a  b":[1,"x \" , \\"],"c":" "},"type":"x"}`)
	cash, want := codecCash{Available: Some(map[string]int64{})}, `{"available":{`
	for i := range 26 {
		key := string(rune('a' + i))
		cash.Available.Value[key] = int64(i)
		want += fmt.Sprintf(`"%s":%d,`, key, i)
	}
	encoded(t, &cash, strings.TrimSuffix(want, ",")+"}}")
}

func TestEncodeDepth(t *testing.T) {
	for n, want := range map[int]bool{maxDepth: true, maxDepth + 1: false} {
		var v *codecNode
		for range n - 1 { // the innermost has a list
			next := &codecNode{}
			if v != nil {
				next.Next = Some(v)
			}
			v = next
		}
		if _, err := appendObject(nil, v); (err == nil) != want {
			t.Errorf("%d levels: %v", n, err)
		}
	}
}

// data returns the address of a string's bytes.
func data(s string) *byte { return unsafe.StringData(s) }
