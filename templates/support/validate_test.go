package support

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestValidationErrorIsTyped(t *testing.T) {
	err := fmt.Errorf("before sending: %w", Validate(&vdListParams{Limit: Int(0)}))
	var invalid *ValidationError
	if !errors.As(err, &invalid) {
		t.Fatalf("%T", err)
	}
	want := Violation{Path: "limit", Keyword: "minimum", Message: "must be at least 1"}
	if len(invalid.Violations) != 1 || invalid.Violations[0] != want {
		t.Errorf("%+v", invalid.Violations)
	}
}

func TestValidReturnsNilError(t *testing.T) {
	if err := Validate(&vdListParams{}); err != nil {
		t.Errorf("%#v", err)
	}
}

func TestPaths(t *testing.T) {
	tests := []struct {
		steps []pathStep
		want  string
	}{
		{nil, ``},
		{[]pathStep{memberStep("a_1")}, `a_1`},
		{[]pathStep{memberStep("items"), itemStep(2), memberStep("price")}, `items[2].price`},
		{[]pathStep{memberStep("metadata"), memberStep("a b")}, `metadata["a b"]`},
		{[]pathStep{memberStep("a-b"), memberStep("")}, `["a-b"][""]`},
		{[]pathStep{memberStep("x"), memberStep("1a"), memberStep("\"\n")}, `x["1a"]["\"\n"]`},
		{[]pathStep{{index: stepBody}, memberStep("é")}, `["é"]`},
		{[]pathStep{{index: stepBody}, memberStep("a"), itemStep(0), itemStep(1)}, `a[0][1]`},
	}
	for _, test := range tests {
		if got := pathOf(test.steps); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

// TestMessages pins the sentence and the keyword of every assertion.
func TestMessages(t *testing.T) {
	many := make([]literal, 25)
	for i := range many {
		many[i] = literal{typ: typeString, str: fmt.Sprint(i)}
	}
	required := func(names ...string) check { return check{{op: opRequired, of: (*memberNames)(&names)}} }
	tests := []struct {
		check check
		raw   string
		want  string
	}{
		{check{{op: opType, n: int(typeString | typeNull)}}, `1`, `type: must be null or a string`},
		{check{{op: opType, n: int(typeInteger | typeNumber)}}, `""`, `type: must be a number`},
		{check{{op: opType, n: int(typeInteger)}}, `1.5`, `type: must be an integer`},
		{check{{op: opEnum, of: &literals{{typ: typeString, str: "a\n"}, {typ: typeNull}, {typ: typeInteger, str: "1"}, {typ: typeBoolean, str: "true"}}}}, `2`, `enum: must be one of "a\n", null, 1, true`},
		{check{{op: opEnum, of: new(literals(many))}}, `2`, `enum: must be one of "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19" and 5 more`},
		{check{{op: opConst, of: new(literals(many[:1]))}}, `2`, `const: must be "0"`},
		{check{{op: opMinLength, n: 1}}, `""`, `minLength: must be at least 1 character long`},
		{check{{op: opMaxLength, n: 2}}, `"abc"`, `maxLength: must be at most 2 characters long`},
		{check{{op: opPattern, of: &pattern{expr: "^a$"}}}, `"secret"`, `pattern: must match ^a$`},
		{check{{op: opPattern, of: readSequence("^cret")}}, `"secret"`, `pattern: must match ^cret`},
		{check{{op: opFormat, of: &formatDate}}, `"secret"`, `format: must be in the format date`},
		{check{{op: opMinimum, f: 0.1}}, `0`, `minimum: must be at least 0.1`},
		{check{{op: opMaximum, f: 1e20}}, `1e21`, `maximum: must be at most 100000000000000000000`},
		{check{{op: opExclusiveMinimum, f: 1}}, `1`, `exclusiveMinimum: must be greater than 1`},
		{check{{op: opExclusiveMaximum, f: 1}}, `1`, `exclusiveMaximum: must be less than 1`},
		{check{{op: opKeyword, of: &multiple{2}}}, `1`, `multipleOf: must be a multiple of 2`},
		{check{{op: opMinItems, n: 1}}, `[]`, `minItems: must have at least 1 item`},
		{check{{op: opMaxItems, n: 0}}, `[1]`, `maxItems: must have at most 0 items`},
		{check{{op: opKeyword, of: &uniqueItems{}}}, `[1,1]`, `uniqueItems: must not have equal items`},
		{check{{op: opItems, of: &check{{op: opMinimum, f: 1}}}}, `[1,0]`, `minimum [1]: must be at least 1`},
		{check{{op: opItems, of: &check{{op: opNever}}}}, `[1]`, `items [0]: is not allowed`},
		{check{{op: opKeyword, of: &minProperties{1}}}, `{}`, `minProperties: must have at least 1 member`},
		{check{{op: opKeyword, of: &maxProperties{1}}}, `{"a":1,"b":1}`, `maxProperties: must have at most 1 member`},
		{check{{op: opPropertyNames, of: &check{{op: opMaxLength, n: 9}, {op: opMaxLength, n: 1}}}}, `{"bb":1,"a":1}`, `propertyNames bb: has a name that is not allowed: it must be at most 1 character long`},
		{required("a", "b"), `{}`, `required a: is required; required b: is required`},
		{check{{op: opProperty, s: "a", of: &check{{op: opNever}}}}, `{"a":1}`, `properties a: is not allowed`},
		{check{{op: opProperty, s: "a", of: &check{{op: opNever, note: "not here"}}}}, `{"a":1}`, `properties a: not here`},
		{check{{op: opKeyword, of: &additional{names: []string{"a"}, sub: check{{op: opNever}}}}}, `{"a":1,"c":2,"b":3}`, `additionalProperties b: is not allowed; additionalProperties c: is not allowed`},
		{check{{op: opKeyword, of: &dependentRequired{"a", []string{"b"}}}}, `{"a":1}`, `dependentRequired b: is required beside a`},
		{check{{op: opKeyword, of: &dependentSchema{"a", check{{op: opNever}}}}}, `{"a":1}`, `dependentSchemas: is not allowed`},
		{check{{op: opAllOf, of: &checks{required("a"), {{op: opNever}}}}}, `{}`, `required a: is required; allOf: is not allowed`},
		{check{{op: opAnyOf, of: &checks{required("a"), required("b", "c")}}}, `{}`, `anyOf: must have at least one of: a, b and c`},
		{check{{op: opOneOf, of: &checks{required("a"), required("b")}}}, `{}`, `oneOf: must have exactly one of: a, b`},
		{check{{op: opOneOf, of: &checks{{{op: opNever}}}}}, `{}`, `oneOf: must match exactly one of its alternatives`},
		{check{{op: opAnyOf, of: &checks{{{op: opNever}}}}}, `{}`, `anyOf: must match at least one of its alternatives`},
		{check{{op: opNot, of: new(required("a", "b"))}}, `{"a":1,"b":1}`, `not: must not have a together with b`},
		{check{{op: opNot}}, `{}`, `not: must not match what the document excludes`},
		{check{{op: opIf, of: &checks{required("a"), required("b"), required("c")}}}, `{"a":1}`, `required b: is required`},
		{check{{op: opIf, of: &checks{required("a"), {{op: opNever}}}}}, `{"a":1}`, `then: is not allowed`},
		{check{{op: opIf, of: &checks{required("a"), nil, {{op: opNever}}}}}, `{}`, `else: is not allowed`},
		{check{{op: opNever}}, `{}`, `false: is not allowed`},

		// The document's sentence comes first, and the innermost of several.
		{check{{op: opMinimum, f: 1, note: "must be positive"}}, `0`, `minimum: must be positive`},
		{check{{op: opNot, note: "no"}}, `0`, `not: no`},
		{check{{op: opIf, of: &checks{nil, append(required("a"), assertion{op: opKeyword, note: "inner", of: &maxProperties{}})}, note: "outer"}, {op: opKeyword, of: &maxProperties{}}}, `{"b":1}`,
			`required a: outer; maxProperties: inner; maxProperties: must have at most 0 members`},
		{check{{op: opPropertyNames, of: &check{{op: opMaxLength}}, note: "names"}}, `{"b":1}`, `propertyNames b: names`},
	}
	for _, test := range tests {
		violations, _ := vdRun(t, test.check, readRaw(Raw(test.raw)))
		var got []string
		for _, v := range violations {
			got = append(got, strings.TrimSuffix(v.Keyword+" "+v.Path, " ")+": "+v.Message)
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), test.want)
		}
	}
}

func TestParts(t *testing.T) {
	text := vdSourceText("card")
	good := func() *vdBox { return &vdBox{Source: text} }
	with := func(change func(*vdBox)) *vdBox {
		b := good()
		change(b)
		return b
	}
	bad := vdCash{Available: Some(map[string]int64{"X": 1})}
	const name = `has a name that is not allowed: it must match ^[a-z]{3}$`
	tests := []struct {
		box  *vdBox
		want string
	}{
		{good(), ``},
		{nil, `owner: is required; source: is required`},
		{&vdBox{}, `source: must not be null`},
		{&vdBox{Source: (*vdRefresh)(nil)}, `source: must not be null`},
		{&vdBox{Source: &vdRefresh{}}, ``},
		{&vdBox{Source: &vdRefresh{Status: "pending", Next: Int(1)}}, `source.next_refresh_available_at: must be null`},
		{&vdBox{Source: vdSourceText("ab")}, `source: must be at least 3 characters long`},
		{&vdBox{Source: &vdSourceUnknown{Raw(`[]`)}}, `source: must be one of the known variants`},
		{with(func(b *vdBox) { b.Owner = bad }), `owner.available.X: ` + name},
		{with(func(b *vdBox) { b.Chain = &vdBox{Source: text, Owner: bad} }), `chain.owner.available.X: ` + name},
		{with(func(b *vdBox) { b.Sources = Some([]vdSource{text, nil, &vdSourceUnknown{Raw(`1`)}, vdSourceText("")}) }),
			`sources[1]: must not be null; sources[2]: must be one of the known variants; sources[3]: must be at least 3 characters long`},
		{with(func(b *vdBox) { b.Sources = Null[[]vdSource]() }), `sources: must not be null`},
		{with(func(b *vdBox) { b.Boxes = Some(map[string]vdCash{"b": bad, "a": bad, "c": {}}) }), `boxes.a.available.X: ` + name + `; boxes.b.available.X: ` + name},
		{with(func(b *vdBox) { b.Blob = Some([]byte("abc")) }), ``},
		{with(func(b *vdBox) { b.Blob = Some([]byte("abcd")) }), `blob: must be at most 4 characters long`},
		{with(func(b *vdBox) {
			b.Rates, b.Flags = Some(map[string]float64{"a": 1, "b": 0.5}), Some(map[string]bool{"a": true})
		}), ``},
		{with(func(b *vdBox) {
			b.Rates, b.Flags = Some(map[string]float64{"b": 0, "a": 1, "A": 0.4}), Some(map[string]bool{"a": false})
		}), `rates.A: must be at least 0.5; rates.b: must be at least 0.5; flags.a: must be true`},
		{with(func(b *vdBox) { b.Choice = Some[vdSource](&vdSourceUnknown{Raw(`1`)}) }), ``},
		{with(func(b *vdBox) { b.Kind = String("unheard of") }), ``},
	}
	for _, test := range tests {
		vdExpect(t, fmt.Sprintf("%+v", test.box), Validate(test.box), test.want)
	}
}

func TestUnknownMembersCanBeForbidden(t *testing.T) {
	var box vdBox
	if err := decode([]byte(`{"owner":{"z":1},"source":"card","b c":1,"a":{}}`), &box, nil); err != nil {
		t.Fatal(err)
	}
	vdExpect(t, "unknown", Validate(&box), `a: is not allowed; ["b c"]: is not allowed`)
}

// TestDirection has a member that is readOnly and required, which requests
// need not have and answers must, and a writeOnly one for the reverse.
func TestDirection(t *testing.T) {
	params := &vdSessionParams{Permissions: []string{"balances"}}
	vdExpect(t, "readOnly in a request", Validate(params), "")
	vdExpect(t, "writeOnly in an answer", Validate(&vdBox{Source: vdSourceText("card")}), "")
	e := evaluation{request: true}
	e.object(&vdBoxTable, pointerOf(&vdBox{Source: vdSourceText("card")}))
	if len(e.violations) != 1 || e.violations[0].Path != "hidden" {
		t.Errorf("writeOnly in a request: %v", e.violations)
	}
}

func TestNullClearsParameters(t *testing.T) {
	// What can't be null can't be cleared.
	params := &vdListParams{Limit: Null[int64]()}
	vdExpect(t, "null", Validate(params), "limit: must not be null")
	// To clear a member is to send it.
	session := &vdSessionParams{Permissions: []string{"balances"}, ReturnURL: Null[string]()}
	vdExpect(t, "null", Validate(session), "metadata: is required beside return_url")
}

// TestValueThatContainsItself checks that neither one cycle nor the many paths
// of a branching one keep the validator busy.
func TestValueThatContainsItself(t *testing.T) {
	box := &vdBox{Source: vdSourceText("card")}
	box.Chain = box
	err := Validate(box)
	if err == nil || !strings.HasSuffix(err.Error(), ": is nested too deep") || strings.Contains(err.Error(), ";") {
		t.Errorf("%.100v", err)
	}
	probe := &vdProbe{}
	probe.O, probe.K = Some(probe), Some(map[string]*vdProbe{"a": probe, "b": probe})
	if err := Validate(probe); err == nil || strings.Contains(err.Error(), ";") {
		t.Errorf("%.100v", err)
	}
	items := make([]vdProbe, 40)
	for i := range items {
		items[i] = *probe
	}
	probe.A = Some(items)
	whole := structDatum(&vdProbeTable, pointerOf(probe))
	n := whole.member("a").datum()
	if hasUniqueItems(&n) {
		t.Error("equal items pass for different")
	}
}

func TestUniqueAmongMany(t *testing.T) {
	var list strings.Builder
	list.WriteString(`{"o":{"x":1},"a":[[1.5,{"y":null}],true`)
	for i := range 100 {
		fmt.Fprintf(&list, `,%d,"%d",{"i":%d,"o":{"i":%d}}`, i, i, i%10, i/10)
	}
	n := readRaw(Raw(list.String() + `]}`)).memberForTest("a")
	if !hasUniqueItems(&n) {
		t.Error("different items pass for equal")
	}
	for _, again := range []string{`99.0`, `-0`, `"7"`, `{"o":{"i":9},"i":9.0}`, `true`, `[15e-1,{"y":null}]`} {
		n := readRaw(Raw(list.String() + `,` + again + `]}`)).memberForTest("a")
		if hasUniqueItems(&n) {
			t.Errorf("%s passes for new", again)
		}
	}
}

// Items that differ only deep within, or only in how their parts are put together,
// are told apart in time that grows with their number.
func TestUniqueAmongManyThatDifferDeepWithin(t *testing.T) {
	var deep, matrix strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&deep, `,[[{"a":[[[%d]]]}]]`, i)
	}
	for i := range 1 << 14 {
		cells := fmt.Sprintf("%014b", i)
		matrix.WriteString(`,[`)
		for j := range cells { // the same texts in two orders
			one, other := j, j+100
			if cells[j] == '1' {
				one, other = other, one
			}
			fmt.Fprintf(&matrix, `[[0,%d],[%d,0]],`, one, other)
		}
		matrix.WriteString(`0]`)
	}
	for name, list := range map[string]string{"deep": deep.String(), "matrix": matrix.String()} {
		begun := time.Now()
		n := readRaw(Raw("[" + list[1:] + "]"))
		if !hasUniqueItems(&n) {
			t.Errorf("%s: different items pass for equal", name)
		}
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func (n datum) memberForTest(name string) datum { return n.member(name).datum() }

func TestRawThatIsNotJSON(t *testing.T) {
	for _, raw := range []string{``, ` `, `{`, `[`, `{"a"`, `{"a":}`, `[1,]`, `-`, `01`, `tru`, `nul`, `"`, `"\u12"`, strings.Repeat("[", 2*maxDepth)} {
		n := readRaw(Raw(raw))
		if _, ok := vdRun(t, check{{op: opType, n: int(typeObject | typeArray | typeString | typeNumber | typeBoolean | typeNull)}}, n); ok {
			t.Errorf("%.20q has a type", raw)
		}
	}
}

func TestRawsTypes(t *testing.T) {
	for raw, typ := range map[string]jsonTypes{
		` null `: typeNull, `true`: typeBoolean, `false`: typeBoolean, ` "\ud800" `: typeString, "\"\xff\"": typeString,
		`-1e400`: typeNumber, `{"a":[{}]}`: typeObject, "\n[]": typeArray,
	} {
		if n := readRaw(Raw(raw)); n.typ != typ {
			t.Errorf("%q has the type %d instead of %d", raw, n.typ, typ)
		}
	}
}

func TestInt64BoundsAreExact(t *testing.T) {
	tests := []struct {
		i    int64
		f    float64
		want int
	}{
		{math.MaxInt64, 1 << 63, -1},
		{math.MinInt64, -1 << 63, 0},
		{math.MinInt64, -1 << 64, 1},
		{math.MaxInt64, math.Inf(1), -1},
		{math.MinInt64, math.Inf(-1), 1},
		{1<<53 + 1, 1 << 53, 1},
		{1<<53 - 1, 1 << 53, -1},
		{1 << 53, 1 << 53, 0},
		{0, 0.5, -1}, {0, -0.5, 1}, {-1, -0.5, -1}, {1, 0.5, 1}, {-1, -1.5, 1}, {-2, -1.5, -1},
	}
	for _, test := range tests {
		if got := compareInt(test.i, test.f); got != test.want {
			t.Errorf("%d and %g: %d", test.i, test.f, got)
		}
	}
}

// TestLongNumbersAreExact checks that they end quickly.
func TestLongNumbersAreExact(t *testing.T) {
	tests := []struct {
		text string
		f    float64
		want int
	}{
		{"0.1" + strings.Repeat("0", 2000) + "1", 0.1, 1},
		{"1e999999999", math.MaxFloat64, 1},
		{"-1e999999999", -math.MaxFloat64, -1},
		{"1e-999999999", 0, 1},
		{"-0.0e99999999999999999999", 0, 0},
		{"9007199254740993.0", 1 << 53, 1},
	}
	for _, test := range tests {
		n := readNumber(test.text)
		if got := n.compare(number{f: test.f}); got != test.want || n.isMultipleOf(0.7) && test.f != 0 {
			t.Errorf("%.20s: %d", test.text, got)
		}
	}
}

func TestMultiplesAreDecimal(t *testing.T) {
	tests := []struct {
		n    number
		f    float64
		want bool
	}{
		{number{f: 0.3}, 0.1, true},
		{number{f: 1e300}, 0.1, true},
		{number{f: 1e-300}, 1e-301, true},
		{number{f: 1e-301}, 1e-300, false},
		{number{f: 0}, 5, true},
		{number{f: 8.61}, 0.01, true},
		{number{f: 8.615}, 0.01, false},
		{number{exact: true, i: math.MinInt64}, 2, true},
		{number{exact: true, i: math.MaxInt64}, 2, false},
		{number{exact: true, i: math.MaxInt64}, 7, true}, // 7 * 7 * 73 * 127 * 337 * 92737 * 649657
		{number{exact: true, i: math.MaxInt64 - 1}, 7, false},
		{number{exact: true, i: 100}, 1e2, true},
		{number{exact: true, i: 3}, 0, false},
	}
	for _, test := range tests {
		if got := test.n.isMultipleOf(test.f); got != test.want {
			t.Errorf("%+v of %g: %v", test.n, test.f, got)
		}
	}
}

// TestLongDecimals compares and divides numbers as they are written.
func TestLongDecimals(t *testing.T) {
	order := []string{"-1e1000", "-12345678901234567890.5", "-1.0", "0.00", "1e-1000", "0.1", "0.10000000000000000000001", "99999999999999999999", "1e20", "1.00000000000000000000001e20"}
	for i, a := range order {
		for j, b := range order {
			if got, want := readNumber(a).compare(readNumber(b)), cmp.Compare(i, j); got != want {
				t.Errorf("%s and %s: %d", a, b, got)
			}
		}
	}
	multiples := []struct {
		n, of string
		want  bool
	}{
		{"0.0075", "0.0001", true},
		{"0.00751", "0.0001", false},
		{"1e308", "0.123456789", false},
		{"1e308", "0.5", true},
		{"12345678901234567890123456789", "9", true},
		{"12345678901234567890123456786", "9", false},
		{"246913578024691357802469135780", "12345678901234567890123456789", true},
		{"246913578024691357802469135781", "12345678901234567890123456789", false},
		{"0", "12345678901234567890123456789", true},
		{"1e1000000000", "3", false},
		{"3e1000000000", "3", true},
		{"1e-1000000000", "3", false},
	}
	for _, test := range multiples {
		n, k := readNumber(test.n), longMultiple{of: test.of}
		if got := k.divides(n); got != test.want {
			t.Errorf("%s of %s: %v", test.n, test.of, got)
		}
		if f, _ := strconv.ParseFloat(test.of, 64); len(test.of) < 16 && n.isMultipleOf(f) != test.want {
			t.Errorf("%s of the float64 %s: %v", test.n, test.of, !test.want)
		}
	}
}

const vdFull = `{` + vdPlain + `,"last4":"0042","permissions":["balances","ownership"],
	"account_holder":{"type":"customer","customer":"cus_1","account":null},
	"balance":{"as_of":1,"type":"cash","cash":{"available":{"usd":1}},"current":{"usd":1,"eur":2}},
	"balance_refresh":{"last_attempted_at":1,"status":"pending"}}`

func vdDecoded(t testing.TB) *vdAccount {
	var account vdAccount
	if err := decode([]byte(vdFull), &account, nil); err != nil {
		t.Fatal(err)
	}
	return &account
}

// poolsKeep says that what is put into a pool comes back out, without which
// allocations can't be counted.
var poolsKeep = true

// TestValidAllocatesNothing holds for lists, maps of scalars, patterns,
// conditions and alternatives.
func TestValidAllocatesNothing(t *testing.T) {
	if !poolsKeep {
		t.Skip("pools drop what they are given")
	}
	account := vdDecoded(t)
	list := &vdListParams{AccountHolder: vdHolderFilter{Account: "a"}, Limit: Int(10)}
	session := &vdSessionParams{Permissions: []string{"balances", "ownership"}, Metadata: map[string]string{"a": "b", "c": "d"}}
	for _, v := range []object{account, list, session, (*vdListParams)(nil)} {
		run := func() {
			if err := Validate(v); err != nil {
				t.Fatal(err)
			}
		}
		run()
		runtime.GC()
		if n := testing.AllocsPerRun(200, run); n != 0 {
			t.Errorf("%T: %v allocations", v, n)
		}
	}
}

// TestQuietAllocatesNothing holds though what is asked does not hold.
func TestQuietAllocatesNothing(t *testing.T) {
	account := vdDecoded(t)
	account.Balance, account.Refresh = Optional[*vdBalance]{}, Optional[*vdRefresh]{}
	c := append(vdIn("subcategory", "a", "b"), vdMissing("last4")...)
	var e evaluation
	n := datum{typ: typeObject, t: &vdAccountTable, p: pointerOf(account)}
	e.path = make([]pathStep, 0, 8)
	if n := testing.AllocsPerRun(100, func() {
		for i := range c {
			if e.holds(c[i:i+1], &n) {
				t.Fatal("it holds")
			}
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestConcurrentValidation(t *testing.T) {
	account, done := vdDecoded(t), make(chan error)
	for range 8 {
		go func() {
			for range 100 {
				if err := Validate(account); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	account := vdDecoded(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := Validate(account); err != nil {
			b.Fatal(err)
		}
	}
}
