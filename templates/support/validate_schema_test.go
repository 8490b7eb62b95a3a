package support

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// vdCheckOf turns a JSON Schema into a check, as the generator does.
func vdCheckOf(schema any) check {
	if b, ok := schema.(bool); ok {
		if b {
			return nil
		}
		return check{{op: opNever}}
	}
	var c check
	s := schema.(map[string]any)
	for _, keyword := range slices.Sorted(maps.Keys(s)) {
		c = append(c, vdAssertions(keyword, s[keyword], s)...)
	}
	if arg, ok := s["unevaluatedItems"]; ok {
		c = check{{op: opKeyword, of: &unevaluatedItems{c, vdCheckOf(arg)}}}
	}
	if arg, ok := s["unevaluatedProperties"]; ok {
		c = check{{op: opKeyword, of: &unevaluatedProperties{c, vdCheckOf(arg)}}}
	}
	return c
}

func vdMatcher(expr string) matcher {
	if s := readSequence(expr); s != nil {
		return s
	}
	return &pattern{expr: expr}
}

// vdKeyword is a keyword that brings its code along.
func vdKeyword(keyword string, arg any, siblings map[string]any) check {
	switch keyword {
	case "uniqueItems":
		return check{{op: opKeyword, of: &uniqueItems{}}}
	case "prefixItems":
		return check{{op: opKeyword, of: &prefixItems{vdChecksOf(arg.([]any))}}}
	case "contains":
		k := contains{vdCheckOf(arg), 1, -1}
		if least, ok := siblings["minContains"]; ok {
			k.least = int(vdFloat(least))
		}
		if most, ok := siblings["maxContains"]; ok {
			k.most = int(vdFloat(most))
		}
		return check{{op: opKeyword, of: &k}}
	case "minProperties":
		return check{{op: opKeyword, of: &minProperties{int(vdFloat(arg))}}}
	case "maxProperties":
		return check{{op: opKeyword, of: &maxProperties{int(vdFloat(arg))}}}
	case "additionalProperties":
		return vdAdditional(arg, siblings)
	case "dependentRequired":
		return vdEach(arg, func(name string, names any) assertion {
			return assertion{op: opKeyword, of: &dependentRequired{name, vdTexts(names)}}
		})
	case "dependentSchemas":
		return vdEach(arg, func(name string, schema any) assertion {
			return assertion{op: opKeyword, of: &dependentSchema{name, vdCheckOf(schema)}}
		})
	case "multipleOf":
		if vdLong(arg) {
			return check{{op: opKeyword, of: &longMultiple{string(arg.(json.Number))}}}
		}
		return check{{op: opKeyword, of: &multiple{vdFloat(arg)}}}
	case "patternProperties":
		return vdEach(arg, func(expr string, schema any) assertion {
			return assertion{op: opKeyword, of: &patternProperties{vdMatcher(expr), vdCheckOf(schema)}}
		})
	case "then", "else", "$schema", "description", "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties":
		return nil
	}
	panic("no assertion for " + keyword)
}

// vdLong tells whether float64 would round a number, as the generator does.
func vdLong(arg any) bool {
	return readNumber(string(arg.(json.Number))).compare(number{f: vdFloat(arg)}) != 0
}

// vdConstants are constants some of which are lists or objects.
func vdConstants(keyword string, list []any) check {
	k := constants{name: keyword}
	for _, x := range list {
		text, err := json.Marshal(x)
		if err != nil {
			panic(err)
		}
		k.texts = append(k.texts, string(text))
	}
	return check{{op: opKeyword, of: &k}}
}

func vdAssertions(keyword string, arg any, siblings map[string]any) check {
	op := op(slices.Index(keywords[:], keyword))
	switch op {
	case opType:
		return check{{op: op, n: int(vdTypes(arg))}}
	case opEnum, opConst:
		list, ok := arg.([]any)
		if !ok || op == opConst {
			list = []any{arg}
		}
		if scalars := vdLiterals(list); len(scalars) == len(list) {
			return check{{op: op, of: &scalars}}
		}
		return vdConstants(keyword, list)
	case opMinLength, opMaxLength, opMinItems, opMaxItems:
		return check{{op: op, n: int(vdFloat(arg))}}
	case opMinimum, opMaximum, opExclusiveMinimum, opExclusiveMaximum:
		if vdLong(arg) {
			return check{{op: op, s: string(arg.(json.Number))}}
		}
		return check{{op: op, f: vdFloat(arg)}}
	case opPattern:
		return check{{op: op, of: vdMatcher(arg.(string))}}
	case opFormat:
		return check{{op: op, of: formatNamed(arg.(string))}}
	case opItems:
		first, _ := siblings["prefixItems"].([]any)
		return check{{op: op, n: len(first), of: new(vdCheckOf(arg))}}
	case opPropertyNames, opNot:
		return check{{op: op, of: new(vdCheckOf(arg))}}
	case opRequired:
		return check{{op: op, of: new(memberNames(vdTexts(arg)))}}
	case opAllOf, opAnyOf, opOneOf:
		return check{{op: op, of: new(vdChecksOf(arg.([]any)))}}
	case opIf:
		return check{{op: op, of: new(vdChecksOf([]any{arg, vdOr(siblings["then"]), vdOr(siblings["else"])}))}}
	case opProperty:
		return vdEach(arg, func(name string, schema any) assertion {
			return assertion{op: op, s: name, of: new(vdCheckOf(schema))}
		})
	}
	return vdKeyword(keyword, arg, siblings)
}

func vdAdditional(arg any, siblings map[string]any) check {
	k := additional{names: []string{}, sub: vdCheckOf(arg)}
	if properties, ok := siblings["properties"].(map[string]any); ok {
		k.names = slices.AppendSeq(k.names, maps.Keys(properties))
	}
	if patterns, ok := siblings["patternProperties"].(map[string]any); ok {
		k.re = vdMatcher(strings.Join(slices.Sorted(maps.Keys(patterns)), "|"))
	}
	return check{{op: opKeyword, of: &k}}
}

// vdEach makes an assertion of each member of a keyword's argument.
func vdEach(arg any, of func(string, any) assertion) (c check) {
	members := arg.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		c = append(c, of(name, members[name]))
	}
	return c
}

func vdOr(schema any) any {
	if schema == nil {
		return true
	}
	return schema
}

func vdChecksOf(list []any) (subs checks) {
	for _, schema := range list {
		subs = append(subs, vdCheckOf(schema))
	}
	return subs
}

func vdTypes(arg any) (types jsonTypes) {
	list, ok := arg.([]any)
	if !ok {
		list = []any{arg}
	}
	names := []string{"null", "boolean", "integer", "number", "string", "array", "object"}
	for _, name := range list {
		types |= 1 << slices.Index(names, name.(string))
	}
	return types
}

func vdLiterals(list []any) (out literals) {
	for _, x := range list {
		switch x := x.(type) {
		case nil:
			out = append(out, literal{typ: typeNull})
		case bool:
			out = append(out, literal{typ: typeBoolean, str: fmt.Sprint(x)})
		case string:
			out = append(out, literal{typ: typeString, str: x})
		case json.Number:
			l := literal{typ: typeNumber, str: string(x)}
			if _, err := x.Int64(); err == nil {
				l.typ = typeInteger
			}
			out = append(out, l)
		}
	}
	return out
}

func vdFloat(arg any) float64 {
	f, err := arg.(json.Number).Float64()
	if err != nil {
		panic(err)
	}
	return f
}

func vdTexts(arg any) []string {
	out := []string{}
	for _, x := range arg.([]any) {
		out = append(out, x.(string))
	}
	return out
}

// vdOracle compiles a schema with an independent implementation.
func vdOracle(t *testing.T, schema string) func(instance string) bool {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("schema.json", vdRead(t, schema)); err != nil {
		t.Fatalf("%v in %s", err, schema)
	}
	compiled, err := c.Compile("schema.json")
	if err != nil {
		t.Fatalf("%v in %s", err, schema)
	}
	return func(instance string) bool { return compiled.Validate(vdRead(t, instance)) == nil }
}

func vdParse(text string) (any, error) { return jsonschema.UnmarshalJSON(strings.NewReader(text)) }

func vdRead(t *testing.T, text string) any {
	t.Helper()
	x, err := vdParse(text)
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return x
}

// vdRun evaluates a check over a value, and sees to it that reporting comes to
// the same result as not reporting.
func vdRun(t *testing.T, c check, n datum) ([]Violation, bool) {
	t.Helper()
	var e evaluation
	ok := e.run(c, &n)
	if ok != (len(e.violations) == 0) {
		t.Errorf("result %v with violations %v", ok, e.violations)
	}
	if quiet := e.holds(c, &n); quiet != ok {
		t.Errorf("quietly %v, otherwise %v", quiet, ok)
	}
	if len(e.path)+len(e.names)+len(e.marked)+len(e.held) != 0 || e.note != "" || e.quiet != 0 {
		t.Errorf("left behind: path %v, note %q, quiet %d", e.path, e.note, e.quiet)
	}
	return e.violations, ok
}

// vdCompare evaluates a schema over an instance in the memory of a struct, with
// what is expanded left as it came and decoded, in a Raw, and by the oracle.
func vdCompare(t *testing.T, c check, oracle func(string) bool, schema, instance string) bool {
	t.Helper()
	var probe vdProbe
	if err := decode([]byte(instance), &probe, nil); err != nil {
		t.Fatalf("%v in %s", err, instance)
	}
	want := oracle(instance)
	for _, how := range []string{"came", "decoded"} {
		violations, got := vdRun(t, c, datum{typ: typeObject, t: &vdProbeTable, p: pointerOf(&probe)})
		if got != want {
			t.Errorf("memory, %s: %v, the oracle %v\nschema   %s\ninstance %s\n%v", how, got, want, schema, instance, violations)
		}
		vdQuick(t, c, pointerOf(&probe), schema, instance)
		if err := expandAll(reflect.ValueOf(&probe)); err != nil {
			t.Fatalf("%v in %s", err, instance)
		}
	}
	violations, got := vdRun(t, c, readRaw(Raw(instance)))
	if got != want {
		t.Errorf("raw: %v, the oracle %v\nschema   %s\ninstance %s\n%v", got, want, schema, instance, violations)
	}
	return want
}

// vdSchemas has every keyword with instances that meet it and others that
// don't.
var vdSchemas = []struct {
	schema string
	valid  []string
	wrong  []string
}{
	{`{"properties":{"r":{"type":"string"}}}`, []string{`{}`, `{"r":"x"}`}, []string{`{"r":1}`, `{"r":null}`, `{"r":[]}`, `{"r":true}`}},
	{`{"properties":{"f":{"type":"integer"}}}`, []string{`{"f":1}`, `{"f":1.0}`, `{"f":1e3}`, `{"f":-0.0}`}, []string{`{"f":1.5}`, `{"f":null}`}},
	{`{"properties":{"r":{"type":"integer"}}}`, []string{`{"r":1.0}`, `{"r":1e400}`, `{"r":100000000000000000000}`}, []string{`{"r":1.00000000000000000001}`, `{"r":"1"}`}},
	{`{"properties":{"i":{"type":"number"},"j":{"type":["integer","null"]}}}`, []string{`{"i":1,"j":2}`, `{"j":null}`}, []string{`{"i":null}`}},
	{`{"properties":{"s":{"type":["string","null"]}}}`, []string{`{"s":null}`, `{"s":""}`}, nil},
	{`{"properties":{"s":{"type":["integer","boolean"]}}}`, []string{`{}`}, []string{`{"s":null}`, `{"s":"1"}`}},
	{`{"properties":{"l":{"type":"array"},"m":{"type":"object"},"o":{"type":"object"},"b":{"type":"boolean"}}}`,
		[]string{`{"l":[],"m":{},"o":{},"b":false}`}, []string{`{"l":null}`, `{"m":null}`, `{"o":null}`, `{"b":null}`}},
	{`{"properties":{"s":{"enum":["a","b",null]}}}`, []string{`{"s":"a"}`, `{"s":null}`}, []string{`{"s":"c"}`, `{"s":""}`}},
	{`{"properties":{"i":{"enum":[1,2.0,9007199254740993]}}}`, []string{`{"i":1}`, `{"i":2}`, `{"i":9007199254740993}`}, []string{`{"i":9007199254740992}`, `{"i":0}`}},
	{`{"properties":{"f":{"enum":[1,0.1]}}}`, []string{`{"f":1.0}`, `{"f":0.1}`, `{"f":1e-1}`}, []string{`{"f":1.1}`}},
	{`{"properties":{"r":{"enum":[1,0.5,"x",true,null]}}}`, []string{`{"r":1.0}`, `{"r":5e-1}`, `{"r":"x"}`, `{"r":true}`, `{"r":null}`},
		[]string{`{"r":false}`, `{"r":"1"}`, `{"r":[]}`, `{"r":{}}`, `{"r":1.0000000000000000000001}`}},
	{`{"properties":{"b":{"const":true}}}`, []string{`{"b":true}`}, []string{`{"b":false}`, `{"b":null}`}},
	{`{"properties":{"b":{"const":null}}}`, []string{`{"b":null}`}, []string{`{"b":false}`}},
	{`{"properties":{"s":{"minLength":2},"r":{"minLength":2}}}`, []string{`{"s":"éé"}`, `{"s":"😀😀"}`, `{"r":1}`}, []string{`{"s":"é"}`, `{"s":"😀"}`, `{"r":"x"}`}},
	{`{"properties":{"s":{"maxLength":2}}}`, []string{`{"s":"éé"}`, `{"s":"😀😀"}`, `{"s":null}`}, []string{`{"s":"ééé"}`, `{"s":"abc"}`}},
	{`{"properties":{"s":{"pattern":"^[0-9]{4}$"}}}`, []string{`{"s":"0123"}`, `{"s":null}`}, []string{`{"s":"01234"}`, `{"s":"0123\n"}`, `{"s":"x\n0123"}`}},
	{`{"properties":{"s":{"pattern":"b+"}}}`, []string{`{"s":"abbc"}`}, []string{`{"s":"ac"}`}},
	{`{"properties":{"s":{"format":"ipv4"}}}`, []string{`{"s":"127.0.0.1"}`}, []string{`{"s":"127.0.0.256"}`}},
	{`{"properties":{"i":{"minimum":2},"f":{"minimum":0.1},"r":{"minimum":0.1}}}`,
		[]string{`{"i":2,"f":0.1,"r":0.1}`, `{"r":"0"}`, `{"r":1e400}`, `{"r":0.10000000000000000001}`},
		[]string{`{"i":1}`, `{"f":0.0999}`, `{"r":0.09999999999999999999999}`, `{"r":-1e400}`}},
	{`{"properties":{"i":{"maximum":9007199254740992}}}`, []string{`{"i":9007199254740992}`}, []string{`{"i":9007199254740993}`}},
	{`{"properties":{"i":{"exclusiveMaximum":9223372036854775808}}}`, []string{`{"i":9223372036854775807}`}, nil},
	{`{"properties":{"i":{"exclusiveMinimum":2},"j":{"exclusiveMaximum":2}}}`, []string{`{"i":3,"j":1}`}, []string{`{"i":2}`, `{"j":2}`}},
	{`{"properties":{"i":{"minimum":1.5,"maximum":3.5}}}`, []string{`{"i":2}`, `{"i":3}`}, []string{`{"i":1}`, `{"i":4}`}},
	{`{"properties":{"i":{"minimum":-3.5,"maximum":-1.5}}}`, []string{`{"i":-2}`, `{"i":-3}`}, []string{`{"i":-1}`, `{"i":-4}`}},
	{`{"properties":{"f":{"multipleOf":0.1},"i":{"multipleOf":3}}}`, []string{`{"f":0.3,"i":9}`, `{"f":0.7}`, `{"f":1e22}`, `{"f":0,"i":0}`, `{"i":-9}`},
		[]string{`{"f":0.35}`, `{"i":10}`, `{"f":1e-22}`}},
	{`{"properties":{"i":{"multipleOf":0.01}}}`, []string{`{"i":9223372036854775807}`}, nil},
	{`{"properties":{"i":{"multipleOf":9007199254740992}}}`, []string{`{"i":9007199254740992}`, `{"i":-9007199254740992}`}, []string{`{"i":9007199254740993}`}},
	{`{"properties":{"f":{"multipleOf":0.01},"r":{"multipleOf":0.01}}}`, []string{`{"f":4.35,"r":4.35}`, `{"f":1.1}`, `{"f":19.99}`, `{"r":12345678901234567890.12}`},
		[]string{`{"f":4.355}`, `{"r":12345678901234567890.123}`}},
	{`{"properties":{"i":{"multipleOf":2.5}}}`, []string{`{"i":5}`}, []string{`{"i":4}`}},
	{`{"properties":{"l":{"minItems":1,"maxItems":2},"r":{"minItems":1}}}`, []string{`{"l":["a"]}`, `{"l":["a","b"]}`, `{"r":{}}`}, []string{`{"l":[]}`, `{"l":["a","b","c"]}`, `{"r":[]}`}},
	{`{"properties":{"l":{"uniqueItems":true},"n":{"uniqueItems":true},"r":{"uniqueItems":true},"a":{"uniqueItems":true}}}`,
		[]string{`{"l":["a","b"],"n":[1,2]}`, `{"r":[1,"1",true,null,[1],{"a":1}]}`, `{"a":[{"s":"x"},{"s":"y"},{}]}`, `{"r":[12345678901234567890,12345678901234567891]}`, `{"r":[[],{}]}`},
		[]string{`{"l":["a","b","a"]}`, `{"n":[1,1.0]}`, `{"r":[1,1.0]}`, `{"r":[{"a":1,"b":2},{"b":2,"a":1}]}`, `{"r":[null,null]}`, `{"r":[[1,{"a":[]}],[1.0,{"a":[]}]]}`,
			`{"a":[{"s":"x","zz":1},{"zz":1.0,"s":"x"}]}`, `{"a":[{},{}]}`, `{"a":[{"m":{"a":1},"n":[2]},{"n":[2.0],"m":{"a":1}}]}`}},
	{`{"properties":{"l":{"items":{"minLength":1}},"n":{"items":{"minimum":0}},"r":{"items":{"type":"string"}}}}`,
		[]string{`{"l":["a"],"n":[0],"r":["x"]}`, `{"l":[],"r":1}`}, []string{`{"l":["a",""]}`, `{"n":[0,-1]}`, `{"r":["a",1]}`}},
	{`{"properties":{"l":{"items":false}}}`, []string{`{"l":[]}`}, []string{`{"l":["a"]}`}},
	{`{"minProperties":1,"maxProperties":2}`, []string{`{"s":"a"}`, `{"s":null,"zz":1}`}, []string{`{}`, `{"s":"a","zz":1,"i":1}`}},
	{`{"properties":{"m":{"minProperties":1,"maxProperties":1},"k":{"minProperties":1},"r":{"maxProperties":1}}}`,
		[]string{`{"m":{"a":1},"k":{"x":{}},"r":{}}`}, []string{`{"m":{}}`, `{"m":{"a":1,"b":2}}`, `{"k":{}}`, `{"r":{"a":1,"b":1}}`}},
	{`{"properties":{"m":{"propertyNames":{"pattern":"^[a-z]{3}$"}},"t":{"propertyNames":{"maxLength":1}},"k":{"propertyNames":{"const":"x"}}}}`,
		[]string{`{"m":{"usd":1},"t":{"a":"b"},"k":{"x":{}}}`, `{"m":{}}`}, []string{`{"m":{"undefined":1}}`, `{"t":{"a":"","bb":""}}`, `{"k":{"y":{}}}`}},
	{`{"propertyNames":{"enum":["s","zz"]}}`, []string{`{"s":"","zz":1}`}, []string{`{"i":1}`, `{"zzz":1}`}},
	{`{"required":["s","zz"]}`, []string{`{"s":null,"zz":null}`}, []string{`{"s":""}`, `{"zz":1}`, `{}`}},
	{`{"properties":{"m":{"required":["a"]},"k":{"required":["a"]},"o":{"required":["s"]},"r":{"required":["a"]}}}`,
		[]string{`{"m":{"a":1},"k":{"a":{}},"o":{"s":""},"r":{"a":null}}`, `{"r":[]}`}, []string{`{"m":{}}`, `{"k":{"b":{}}}`, `{"o":{}}`, `{"r":{}}`}},
	{`{"properties":{"zz":{"type":"string","minLength":1},"m":{"properties":{"a":{"minimum":1}}}}}`, []string{`{"zz":"a","m":{"a":1}}`}, []string{`{"zz":""}`, `{"zz":1}`, `{"m":{"a":0}}`}},
	{`{"properties":{"s":false,"zz":false}}`, []string{`{}`, `{"i":1}`}, []string{`{"s":""}`, `{"s":null}`, `{"zz":1}`}},
	{`{"properties":{"k":{"properties":{"x":{"properties":{"i":{"minimum":1}}}}},"t":{"properties":{"a":{"const":"b"}}}}}`, []string{`{"k":{"x":{"i":1},"y":{"i":0}},"t":{"a":"b"}}`}, []string{`{"k":{"x":{"i":0}}}`, `{"t":{"a":"a"}}`}},
	{`{"properties":{"s":true},"additionalProperties":false}`, []string{`{"s":""}`, `{}`}, []string{`{"zz":1}`, `{"i":1}`}},
	{`{"properties":{"i":{}},"additionalProperties":{"type":"string"}}`, []string{`{"i":1,"s":"a","zz":"b"}`}, []string{`{"zz":1}`, `{"j":1}`}},
	{`{"properties":{"m":{"additionalProperties":{"minimum":0}},"t":{"properties":{"a":{}},"additionalProperties":{"const":"x"}},"r":{"additionalProperties":{"type":"null"}}}}`,
		[]string{`{"m":{"a":0},"t":{"a":"y","b":"x"},"r":{"q":null}}`}, []string{`{"m":{"a":-1}}`, `{"t":{"b":"y"}}`, `{"r":{"q":1}}`}},
	{`{"dependentRequired":{"s":["i","zz"]}}`, []string{`{}`, `{"i":1}`, `{"s":"","i":1,"zz":2}`}, []string{`{"s":""}`, `{"s":null,"i":1}`}},
	{`{"dependentSchemas":{"s":{"required":["i"],"properties":{"i":{"minimum":3}}},"zz":false}}`, []string{`{"i":1}`, `{"s":"","i":3}`}, []string{`{"s":"","i":1}`, `{"s":""}`, `{"zz":1}`}},
	{`{"allOf":[{"required":["s"]},{"properties":{"i":{"minimum":1}}},true]}`, []string{`{"s":"","i":1}`}, []string{`{"i":1}`, `{"s":"","i":0}`, `{}`}},
	{`{"allOf":[true,false]}`, nil, []string{`{}`}},
	{`{"anyOf":[{"required":["s"]},{"required":["i"]}]}`, []string{`{"s":""}`, `{"i":1}`, `{"s":"","i":1}`}, []string{`{}`, `{"f":1}`}},
	{`{"oneOf":[{"required":["s"]},{"required":["i"]},{"required":["zz"]}]}`, []string{`{"s":""}`, `{"i":1}`, `{"zz":1}`}, []string{`{}`, `{"s":"","i":1}`, `{"s":"","i":1,"zz":1}`}},
	{`{"not":{"required":["s","i"]}}`, []string{`{}`, `{"s":""}`, `{"i":1}`}, []string{`{"s":"","i":1}`}},
	{`{"not":true}`, nil, []string{`{}`}},
	{`{"not":false}`, []string{`{}`}, nil},
	{`{"if":{"properties":{"s":{"const":"a"}},"required":["s"]},"then":{"required":["i"]},"else":{"properties":{"i":false}}}`,
		[]string{`{"s":"a","i":1}`, `{"s":"b"}`, `{}`}, []string{`{"s":"a"}`, `{"s":"b","i":1}`, `{"i":1}`}},
	{`{"if":{"required":["s"]},"then":false}`, []string{`{}`}, []string{`{"s":""}`}},
	{`{"if":{"required":["s"]},"else":false}`, []string{`{"s":""}`}, []string{`{}`}},
	{`{"if":false,"then":false}`, []string{`{}`}, nil},
	{`{"not":{"anyOf":[{"required":["s","i"]},{"required":["s","f"]},{"required":["i","f"]}]}}`, []string{`{}`, `{"s":""}`, `{"f":1}`}, []string{`{"s":"","i":1}`, `{"i":1,"f":1}`}},
	{`{"properties":{"u":{"type":"object","required":["zz"],"properties":{"status":{"minLength":1}}}}}`,
		[]string{`{"u":{"last_attempted_at":1,"status":"a","zz":1}}`, `{}`}, []string{`{"u":"text"}`, `{"u":[]}`, `{"u":null}`, `{"u":{"last_attempted_at":1,"status":"","zz":1}}`, `{"u":{"last_attempted_at":1,"status":"a"}}`}},
	{`{"properties":{"u":{"anyOf":[{"const":"text"},{"items":{"const":1},"minItems":1,"type":"array"}]}}}`, []string{`{"u":"text"}`, `{"u":[1,1.0]}`}, []string{`{"u":"texts"}`, `{"u":[2]}`, `{"u":{"last_attempted_at":1,"status":"a"}}`}},
	{`{"properties":{"e":{"minLength":2,"required":["i"],"properties":{"i":{"minimum":1}}}}}`, []string{`{"e":"ab"}`, `{"e":{"i":1}}`, `{"e":null}`}, []string{`{"e":"a"}`, `{"e":{}}`, `{"e":{"i":0}}`}},
	{`{"properties":{"x":{"propertyNames":{"const":"a"},"additionalProperties":{"minimum":0.5}},"y":{"required":["a"],"additionalProperties":{"const":true}}}}`,
		[]string{`{"x":{"a":0.5},"y":{"a":true}}`}, []string{`{"x":{"b":1}}`, `{"x":{"a":0.4}}`, `{"y":{}}`, `{"y":{"a":true,"b":false}}`}},
	{`{"properties":{"r":{"uniqueItems":true}}}`, []string{`{"r":[[1],[1,2],[2]]}`, `{"r":[{"a":1},{"a":1,"b":1},{"b":1}]}`}, []string{`{"r":[[1,[2]],[3],[1,[2]]]}`}},
	{`{"properties":{"l":{"prefixItems":[{"const":"a"},true,{"minLength":2}],"items":{"maxLength":1}}}}`,
		[]string{`{"l":[]}`, `{"l":["a","x","bb","c"]}`, `{"l":["a"]}`}, []string{`{"l":["b"]}`, `{"l":["a","x","b"]}`, `{"l":["a","x","bb","cc"]}`}},
	{`{"properties":{"r":{"prefixItems":[false]},"l":{"prefixItems":[{}],"items":false}}}`, []string{`{"r":{},"l":["x"]}`, `{"r":[]}`}, []string{`{"r":[1]}`, `{"l":["a","b"]}`}},
	{`{"properties":{"l":{"contains":{"const":"a"}},"r":{"contains":true},"n":{"contains":{"minimum":2},"minContains":2,"maxContains":3}}}`,
		[]string{`{"l":["b","a"],"r":[1],"n":[1,2,3]}`, `{"r":1}`, `{"n":[2,2,2,1]}`}, []string{`{"l":["b"]}`, `{"l":[]}`, `{"r":[]}`, `{"n":[2]}`, `{"n":[2,3,4,5]}`}},
	{`{"properties":{"l":{"contains":false,"minContains":0},"n":{"contains":{"const":1},"minContains":0,"maxContains":1}}}`, []string{`{"l":[],"n":[]}`, `{"n":[1,2]}`}, []string{`{"n":[1,1.0]}`}},
	{`{"patternProperties":{"^s":{"minLength":1},"z+":{"type":"integer"}}}`, []string{`{"s":"a","zz":1,"i":0}`, `{}`}, []string{`{"s":""}`, `{"zz":"1"}`, `{"azb":null}`}},
	{`{"properties":{"i":true},"patternProperties":{"^s":true,"^z":{"type":"string"}},"additionalProperties":false}`, []string{`{"i":1,"s":"","zz":""}`}, []string{`{"j":1}`, `{"f":1}`, `{"zz":1}`}},
	{`{"properties":{"r":{"enum":[[1,{"a":null}],{"b":[true,1.50]},null,"x"]},"l":{"const":["a"]},"o":{"const":{"s":"x"}}}}`,
		[]string{`{"r":[1.0,{"a":null}]}`, `{"r":{"b":[true,15e-1]}}`, `{"r":null}`, `{"r":"x"}`, `{"l":["a"],"o":{"s":"x"}}`},
		[]string{`{"r":[1]}`, `{"r":{"b":[true,1.5],"c":1}}`, `{"r":[{"a":null},1]}`, `{"r":false}`, `{"l":["a","a"]}`, `{"o":{}}`}},
	{`{"properties":{"r":{"maximum":9223372036854775807.5},"i":{"maximum":9223372036854775806},"f":{"exclusiveMinimum":0.10000000000000000000001}}}`,
		[]string{`{"r":9223372036854775807,"i":9223372036854775806,"f":0.2}`}, []string{`{"r":9223372036854775808}`, `{"i":9223372036854775807}`, `{"f":0.1}`}},
	{`{"properties":{"r":{"multipleOf":0.12345678901234567890123}}}`, []string{`{"r":0.24691357802469135780246}`, `{"r":0}`, `{"r":"x"}`}, []string{`{"r":0.24691357802469135780247}`, `{"r":1}`}},
	{`{"properties":{"s":true},"patternProperties":{"^i":true},"unevaluatedProperties":{"type":"string"}}`, []string{`{"s":"","i":1,"zz":"x"}`}, []string{`{"zz":1}`}},
	{`{"allOf":[{"properties":{"s":true}}],"anyOf":[{"required":["i"],"properties":{"i":true}},{"properties":{"zz":{"type":"integer"}}}],"unevaluatedProperties":false}`,
		[]string{`{"s":"","i":1}`, `{"s":"","zz":1}`, `{"i":1,"zz":1}`}, []string{`{"i":1,"zz":""}`, `{"j":1}`, `{"aa":1}`}},
	{`{"if":{"properties":{"s":{"const":"a"}},"required":["s"]},"then":{"properties":{"i":true}},"else":{"properties":{"j":true}},"unevaluatedProperties":false}`,
		[]string{`{"s":"a","i":1}`, `{"j":1}`, `{}`}, []string{`{"s":"a","j":1}`, `{"s":"b","j":1}`, `{"i":1}`}},
	{`{"dependentSchemas":{"s":{"properties":{"i":true}}},"properties":{"s":true},"not":{"properties":{"zz":false}},"unevaluatedProperties":false}`, []string{}, []string{`{}`, `{"i":1}`, `{"s":"","i":1}`, `{"zz":1}`}},
	{`{"dependentSchemas":{"s":{"properties":{"i":true}}},"properties":{"s":true},"unevaluatedProperties":false}`, []string{`{}`, `{"s":"","i":1}`}, []string{`{"i":1}`}},
	{`{"allOf":[{"unevaluatedProperties":true},{"additionalProperties":{"type":["string","integer"]}}],"unevaluatedProperties":false}`, []string{`{"s":"","zz":1}`}, []string{`{"zz":[]}`}},
	{`{"allOf":[{"properties":{"s":true},"unevaluatedProperties":false}]}`, []string{`{"s":""}`}, []string{`{"i":1}`}},
	{`{"allOf":[{"properties":{"s":true}},{"unevaluatedProperties":false}]}`, []string{`{}`}, []string{`{"s":""}`}},
	{`{"properties":{"l":{"prefixItems":[true],"contains":{"const":"c"},"unevaluatedItems":{"const":"u"}},"n":{"allOf":[{"items":true}],"unevaluatedItems":false}}}`,
		[]string{`{"l":["a","c","u","c"],"n":[1,2]}`}, []string{`{"l":["a","c","x"]}`, `{"l":["a"]}`}},
	{`{"properties":{"r":{"oneOf":[{"prefixItems":[{"const":1}]},{"prefixItems":[{"const":2},true]}],"unevaluatedItems":false}}}`,
		[]string{`{"r":[1]}`, `{"r":[2,3]}`}, []string{`{"r":[1,3]}`, `{"r":[3]}`, `{"r":1}`, `{"r":{}}`}},
	{`{"properties":{"r":{"allOf":[{"prefixItems":[true],"unevaluatedItems":{"type":"string"}}],"unevaluatedItems":false,"unevaluatedProperties":false}}}`,
		[]string{`{"r":[1,"a"]}`, `{"r":{}}`}, []string{`{"r":[1,2]}`, `{"r":{"a":1}}`}},
	{`false`, nil, []string{`{}`}},
	{`true`, []string{`{}`}, nil},
}

func TestAssertionsAgreeWithJSONSchema(t *testing.T) {
	seen := map[op]bool{}
	for _, test := range vdSchemas {
		c, oracle := vdCheckOf(vdRead(t, test.schema)), vdOracle(t, test.schema)
		vdOps(c, seen)
		for _, instance := range test.valid {
			if !vdCompare(t, c, oracle, test.schema, instance) {
				t.Errorf("the oracle refuses %s by %s", instance, test.schema)
			}
		}
		for _, instance := range test.wrong {
			if vdCompare(t, c, oracle, test.schema, instance) {
				t.Errorf("the oracle accepts %s by %s", instance, test.schema)
			}
		}
	}
	for op := opType; op <= opKeyword; op++ {
		if !seen[op] {
			t.Errorf("no schema with op %d", op)
		}
	}
}

func vdOps(c check, seen map[op]bool) {
	for _, a := range c {
		seen[a.op] = true
		vdOps(a.sub(), seen)
		for _, sub := range a.subs() {
			vdOps(sub, seen)
		}
	}
}

// TestRandomAssertionsAgree combines keywords as no table of cases would.
func TestRandomAssertionsAgree(t *testing.T) {
	rounds := 1500
	if testing.Short() {
		rounds = 200
	}
	valid := 0
	for i := range rounds {
		g := vdGenerator{rand.New(rand.NewPCG(1, uint64(i)))}
		schema := vdText(g.schema(3))
		c, oracle := vdCheckOf(vdRead(t, schema)), vdOracle(t, schema)
		for range 8 {
			if vdCompare(t, c, oracle, schema, vdText(g.probe(2))) {
				valid++
			}
		}
		if t.Failed() {
			t.Fatalf("round %d", i)
		}
	}
	if share := float64(valid) / float64(8*rounds); share < 0.2 || share > 0.8 {
		t.Errorf("%.2f of the instances are valid, which tests little", share)
	}
}

func vdText(x any) string {
	b, err := json.Marshal(x)
	if err != nil {
		panic(err)
	}
	return string(b)
}

type vdGenerator struct{ *rand.Rand }

func vdPick[T any](g vdGenerator, list ...T) T { return list[g.IntN(len(list))] }

func (g vdGenerator) name() string {
	return vdPick(g, "s", "i", "f", "b", "l", "n", "m", "t", "o", "a", "r", "j", "k", "x", "y", "u", "e", "zz")
}

func (g vdGenerator) text() string { return vdPick(g, "", "a", "ab", "é", "zz", "b") }
func (g vdGenerator) integer() int { return vdPick(g, 0, 1, 2, 3, 10, -1) }
func (g vdGenerator) number() any  { return vdPick[any](g, 0, 1, 2, 1.5, 0.1, 0.3, -1, 10, 1e20) }
func (g vdGenerator) scalar() any  { return vdPick[any](g, nil, true, false, g.text(), g.number()) }
func (g vdGenerator) value() any {
	return vdPick[any](g, g.scalar(), g.scalar(), g.scalar(), []any{}, []any{g.scalar()}, map[string]any{}, map[string]any{g.name(): g.scalar()})
}
func (g vdGenerator) typeName() any {
	return vdPick(g, "null", "boolean", "integer", "number", "string", "array", "object")
}

// vdKeywords are the keywords that schemas are made of.
var vdKeywords = append(slices.Clone(keywords[1:opIf+1]), "prefixItems", "contains", "patternProperties", "unevaluatedItems", "unevaluatedProperties",
	"minProperties", "maxProperties", "additionalProperties", "dependentRequired", "dependentSchemas")

// schema returns a schema of a few keywords.
func (g vdGenerator) schema(depth int) any {
	if g.IntN(12) == 0 {
		return g.IntN(2) == 0
	}
	s := map[string]any{}
	for range 1 + g.IntN(2) {
		keyword := vdPick(g, vdKeywords...)
		if op := op(slices.Index(keywords[:], keyword)); depth == 0 && (op < 0 || op == opItems || op >= opPropertyNames) {
			keyword = "type"
		}
		s[keyword] = g.argument(keyword, depth-1)
		switch keyword {
		case "if":
			s["then"], s["else"] = g.schema(depth-1), g.schema(depth-1)
		case "contains":
			s["minContains"], s["maxContains"] = g.IntN(2), 1+g.IntN(2)
		}
	}
	return s
}

func (g vdGenerator) argument(keyword string, depth int) any {
	switch keyword {
	case "type":
		if g.IntN(2) == 0 {
			return g.typeName()
		}
		return slices.Compact([]any{g.typeName(), "object"})
	case "enum":
		return []any{g.scalar(), g.value(), "more", 99}
	case "const":
		return g.value()
	case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties":
		return g.IntN(3)
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		return g.number()
	case "multipleOf":
		return vdPick[any](g, 1, 2, 0.1, 0.5)
	case "pattern":
		return vdPick(g, "^a", "b$", "^.$")
	case "format":
		return vdPick(g, "date", "uuid", "unheard-of")
	case "uniqueItems":
		return true
	case "required":
		return []any{g.name()}
	case "dependentRequired":
		return map[string]any{g.name(): []any{g.name()}}
	case "properties", "dependentSchemas":
		return map[string]any{g.name(): g.schema(depth), g.name(): g.schema(depth)}
	case "patternProperties":
		return map[string]any{vdPick(g, "^[a-m]", "z", "[st]"): g.schema(depth)}
	case "allOf", "anyOf", "oneOf", "prefixItems":
		return []any{g.schema(depth), g.schema(depth)}
	}
	return g.schema(depth)
}

// probe returns an instance of vdProbe.
func (g vdGenerator) probe(depth int) map[string]any {
	o := map[string]any{}
	for range g.IntN(6) {
		name := g.name()
		o[name] = g.member(name, depth-1)
	}
	return o
}

func (g vdGenerator) member(name string, depth int) any {
	if g.IntN(8) == 0 {
		return nil
	}
	switch name {
	case "s":
		return g.text()
	case "i", "j":
		return g.integer()
	case "f":
		return g.number()
	case "b":
		return g.IntN(2) == 0
	case "l":
		return vdList(g, func() any { return g.text() })
	case "n":
		return vdList(g, g.number)
	case "m":
		return map[string]any{g.text(): g.integer(), g.name(): g.integer()}
	case "x":
		return map[string]any{g.text(): g.number()}
	case "y":
		return map[string]any{g.text(): g.IntN(2) == 0}
	case "u":
		return vdPick[any](g, g.text(), g.integer(), map[string]any{"last_attempted_at": g.integer(), "status": g.text(), g.name(): g.scalar()})
	case "t":
		return map[string]any{g.text(): g.text(), g.name(): g.text()}
	}
	if depth <= 0 {
		return map[string]any{"o": map[string]any{}, "a": []any{}, "k": map[string]any{}, "e": g.text(), "r": g.scalar(), "zz": g.scalar()}[name]
	}
	switch name {
	case "e":
		return vdPick[any](g, g.text(), g.probe(depth))
	case "o":
		return g.probe(depth)
	case "a":
		return vdList(g, func() any { return g.probe(depth) })
	case "k":
		return map[string]any{g.name(): g.probe(depth)}
	}
	return vdPick[any](g, g.scalar(), g.probe(depth), vdList(g, g.scalar))
}

func vdList(g vdGenerator, item func() any) []any {
	list := []any{}
	for range g.IntN(4) {
		list = append(list, item())
	}
	return list
}
