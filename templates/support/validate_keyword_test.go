package support

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"
)

// vdTree and vdMaze lead to themselves, as generated checks do.
type (
	vdTree struct{}
	vdMaze struct{}
)

var vdTreeRules = check{
	{op: opType, n: int(typeObject)},
	{op: opProperty, s: "name", of: &check{{op: opType, n: int(typeString)}}},
	{op: opProperty, s: "kids", of: &check{{op: opItems, of: &check{{op: opKeyword, of: &referred{vdTree{}}}}}}},
}

// vdMazeRules look at each member twice before they fail.
var vdMazeRules = check{{op: opAnyOf, of: &checks{
	{{op: opProperty, s: "n", of: &check{{op: opKeyword, of: &referred{vdMaze{}}}}}, {op: opRequired, of: &memberNames{"exit"}}},
	{{op: opProperty, s: "n", of: &check{{op: opKeyword, of: &referred{vdMaze{}}}}}, {op: opRequired, of: &memberNames{"exit"}}},
}}}

func (vdTree) rules() *check { return &vdTreeRules }
func (vdMaze) rules() *check { return &vdMazeRules }

func vdViolations(c check, text string) string {
	var e evaluation
	n := readRaw(Raw(text))
	e.run(c, &n)
	if err := e.result(); err != nil {
		return err.Error()
	}
	return ""
}

func TestChecksThatLeadToThemselves(t *testing.T) {
	for text, want := range map[string]string{
		`{"name": "a", "kids": [{"kids": []}, {"name": "b"}]}`: "",
		`{"kids": [{}, {"kids": [{"name": 1}, 2]}]}`:           "kids[1].kids[0].name: must be a string; kids[1].kids[1]: must be an object",
	} {
		if got := vdViolations(vdTreeRules, text); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
	// What a decoder lets through is not too deep to check.
	deep := strings.Repeat(`{"kids":[`, 400) + `{"name":1}` + strings.Repeat(`]}`, 400)
	if got := vdViolations(vdTreeRules, deep); !strings.HasSuffix(got, "[0].name: must be a string") {
		t.Errorf("%.80s", got)
	}
}

// TestEvaluationEnds has a check look at a value more often than there are
// atoms to count with.
func TestEvaluationEnds(t *testing.T) {
	text := strings.Repeat(`{"n":`, 300) + `{}` + strings.Repeat(`}`, 300)
	if got := vdViolations(vdMazeRules, text); !strings.Contains(got, "takes too many steps to check") {
		t.Errorf("%.200s", got)
	}
	if got := vdViolations(vdMazeRules, `{"n":{"n":{"exit":1},"exit":1},"exit":1}`); got != "" {
		t.Error(got)
	}
}

// TestKeywordMessages: a keyword that brings its code along is reported as all
// others are, with the document's own sentence where there is one.
func TestKeywordMessages(t *testing.T) {
	texts := check{{op: opType, n: int(typeString)}}
	one := func(k keyword) check { return check{{op: opKeyword, of: k}} }
	for _, test := range []struct {
		c          check
		text, want string
	}{
		{one(&contains{texts, 1, -1}), `[1]`, "contains: must have an item of the kind that the document asks for"},
		{one(&contains{texts, 2, -1}), `["a"]`, "minContains: must have at least 2 items of the kind that the document counts"},
		{one(&contains{texts, 0, 1}), `["a","b"]`, "maxContains: must have 0 to 1 item of the kind that the document counts"},
		{one(&constants{name: "const", texts: []string{`{"a":[]}`}}), `{}`, `const: must be {"a":[]}`},
		{one(&longMultiple{"0.12345678901234567890123"}), `1`, "multipleOf: must be a multiple of 0.12345678901234567890123"},
		{one(&prefixItems{[]check{texts}}), `[1]`, "[0]: type: must be a string"},
		{one(&patternProperties{&pattern{expr: "^x"}, texts}), `{"x-a":1}`, `["x-a"]: type: must be a string`},
		{one(&unevaluatedProperties{check{{op: opProperty, s: "a"}}, check{{op: opNever}}}), `{"a":1,"b":1}`, "b: unevaluatedProperties: is not allowed"},
		{one(&unevaluatedItems{one(&prefixItems{[]check{nil}}), texts}), `[1,2]`, "[1]: type: must be a string"},
		{check{{op: opKeyword, note: "Texts only.", of: &contains{texts, 1, -1}}}, `[]`, "contains: Texts only."},
		{check{{op: opMaximum, s: "9223372036854775806.5"}}, `9223372036854775807`, "maximum: must be at most 9223372036854775806.5"},
		{check{{op: opPropertyNames, of: new(one(&constants{name: "enum", texts: []string{`["a"]`, `"b"`}}))}}, `{"a":1}`,
			`a: propertyNames: has a name that is not allowed: it must be one of ["a"], "b"`},
	} {
		var e evaluation
		n := readRaw(Raw(test.text))
		e.run(test.c, &n)
		if len(e.violations) != 1 {
			t.Errorf("%s: %v", test.want, e.violations)
			continue
		}
		v := e.violations[0]
		got := v.Keyword + ": " + v.Message
		if v.Path != "" {
			got = v.Path + ": " + got
		}
		if got != test.want {
			t.Errorf("%s\nis not %s", got, test.want)
		}
	}
}

// FuzzAssertions gives any JSON to every keyword: none of them panics, and each
// comes to the same result whether it reports or not.
func FuzzAssertions(f *testing.F) {
	checks := []check{vdTreeRules, vdMazeRules}
	for _, test := range vdSchemas {
		schema, err := vdParse(test.schema)
		if err != nil {
			f.Fatal(err)
		}
		checks = append(checks, vdCheckOf(schema))
		for _, instance := range append(test.valid, test.wrong...) {
			f.Add([]byte(instance))
		}
	}
	f.Fuzz(func(t *testing.T, instance []byte) {
		n := readRaw(Raw(instance))
		for i, c := range checks {
			var e evaluation
			if ok := e.run(c, &n); ok != (len(e.violations) == 0) {
				t.Errorf("check %d: %v, with %v", i, ok, e.violations)
			}
			if quiet := e.holds(c, &n); quiet != (len(e.violations) == 0) {
				t.Errorf("check %d: quietly %v, with %v", i, quiet, e.violations)
			}
		}
	})
}

// vdMixedParams has a form, and other parameters beside it.
type vdMixedParams struct {
	Name, NameHeader, Query string
	Count                   Optional[int64]
}

var vdMixedParamsDescribed = descriptor{built: unsafe.Pointer(&vdMixedParamsTable)}

func (*vdMixedParams) table() *descriptor { return &vdMixedParamsDescribed }

var vdMixedParamsTable = table{
	name: "vdMixedParams", typ: reflect.TypeFor[vdMixedParams](), size: unsafe.Sizeof(vdMixedParams{}), params: true,
	fields: []field{
		{name: "count", off: unsafe.Offsetof(vdMixedParams{}.Count), in: inForm, value: value{kind: kindInt64, opt: true}},
		{name: "name", off: unsafe.Offsetof(vdMixedParams{}.Name), in: inForm, value: value{kind: kindString}},
		{name: "name", off: unsafe.Offsetof(vdMixedParams{}.NameHeader), in: inHeader, value: value{kind: kindString}},
		{name: "query", off: unsafe.Offsetof(vdMixedParams{}.Query), in: inQuery, value: value{kind: kindString}},
	},
	check: check{{op: opKeyword, of: &formMembers{check{
		{op: opKeyword, of: &minProperties{1}},
		{op: opKeyword, of: &maxProperties{1}},
		{op: opPropertyNames, of: &check{{op: opMaxLength, n: 4}}},
		{op: opKeyword, of: &additional{names: []string{"name"}, sub: check{{op: opNever}}}},
		{op: opKeyword, of: &dependentRequired{"query", []string{"count"}}},
	}}}},
}

func TestAssertionsAboutAForm(t *testing.T) {
	for _, c := range []struct {
		params vdMixedParams
		want   string
	}{
		{vdMixedParams{Name: "a"}, ""},
		{vdMixedParams{Name: "a", NameHeader: "b", Query: "c"}, ""},
		{vdMixedParams{NameHeader: "b", Query: "c"}, "must have at least 1 member"},
		{vdMixedParams{Count: Int(1)}, "count: has a name that is not allowed: it must be at most 4 characters long; count: is not allowed"},
	} {
		got := ""
		if err := Validate(&c.params); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%+v: %q, want %q", c.params, got, c.want)
		}
	}
}
