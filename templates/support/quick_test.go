package support

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

// vdQuick sees to it that the quick way comes to the same result as the
// interpreter: about an object with a check as a whole, and about one whose
// fields have what the check says of them.
func vdQuick(t *testing.T, c check, p unsafe.Pointer, schema, instance string) {
	t.Helper()
	whole := vdTableWith(vdProbeTable.fields, c)
	fields := slices.Clone(vdProbeTable.fields)
	for i := range c {
		for k := range fields {
			if c[i].op == opProperty && fields[k].name == c[i].s {
				fields[k].check = c[i].sub()
			}
		}
	}
	for _, tab := range []*table{whole, vdTableWith(fields, nil), vdStricter(schema)} {
		var e evaluation
		e.object(tab, p)
		if got, want := isValid(tab, p), len(e.violations) == 0; got != want {
			t.Errorf("quickly %v, otherwise %v\nschema   %s\ninstance %s\n%v", got, want, schema, instance, e.violations)
		}
	}
}

// vdStricter is vdProbeTable where some members must be there, some must not be
// null, some are only sent, and s is one of some texts. Which is up to the text.
func vdStricter(schema string) *table {
	fields := slices.Clone(vdProbeTable.fields)
	fields[0].kind, fields[0].enum = kindEnum, &enum{"", "a", "ab"}
	for i := range fields {
		sum := uint32(i * 7)
		for _, c := range []byte(schema) {
			sum = sum*31 + uint32(c)
		}
		f := &fields[i]
		f.required, f.null, f.untyped, f.writeOnly = sum>>8%16 == 0, sum>>12%8 != 0, sum>>16%8 == 0, sum>>20%2 == 0
	}
	return vdTableWith(fields, nil)
}

// A nil pointer that is said to be present is null.
func TestQuickNilPointers(t *testing.T) {
	null := check{{op: opProperty, s: "o", of: &check{{op: opType, n: int(typeNull)}}}}
	object := check{{op: opProperty, s: "o", of: &check{{op: opType, n: int(typeObject)}}}}
	for _, c := range []check{null, object} {
		for _, may := range []bool{true, false} {
			fields := slices.Clone(vdProbeTable.fields)
			for i := range fields {
				fields[i].null = may
			}
			p := pointerOf(&vdProbe{O: Some[*vdProbe](nil)})
			tab := vdTableWith(fields, c)
			var e evaluation
			e.object(tab, p)
			if got, want := isValid(tab, p), len(e.violations) == 0; got != want || want != (may && c[0].sub()[0].n == int(typeNull)) {
				t.Errorf("null %v, %v: quickly %v, otherwise %v", may, c, got, want)
			}
		}
	}
}

// vdTableWith is vdProbeTable with other fields and another check.
func vdTableWith(fields []field, c check) *table {
	like := &vdProbeTable
	return &table{name: like.name, typ: like.typ, size: like.size, extra: like.extra, fields: fields, check: c}
}

// TestQuickTests has what documents mostly say about fields tested without the
// interpreter.
func TestQuickTests(t *testing.T) {
	length, two := check{{op: opMaxLength, n: 3}}, enum{"a", "b"}
	many := enum{"a", "b", "c", "d", "e", "f", "g", "h", "i"}
	code := check{{op: opPattern, of: readSequence("^[a-z]{3}$")}}
	for _, x := range []struct {
		v    value
		want quickTest
	}{
		{value{kind: kindString}, testNothing},
		{value{kind: kindString, check: length}, testLength},
		{value{kind: kindString, check: code}, testPattern},
		{value{kind: kindString, check: check{{op: opPattern, of: &pattern{expr: "^a.b"}}}}, testPattern},
		{value{kind: kindString, check: append(code, length...)}, testInterpret},
		{value{kind: kindString, check: check{{op: opConst, of: &literals{{typ: typeString, str: "x"}}}}}, testText},
		{value{kind: kindEnum, enum: &two}, testText},
		{value{kind: kindEnum, enum: &many}, testText},
		{value{kind: kindEnum, enum: &two, open: true}, testNothing},
		{value{kind: kindEnum, enum: &two, open: true, check: length}, testLength},
		{value{kind: kindEnum, enum: &two, check: length}, testInterpret},
		{value{kind: kindInt64, check: check{{op: opMinimum, f: 0}}}, testRange},
		{value{kind: kindInt64, check: check{{op: opExclusiveMaximum, f: 3}}}, testRange},
		{value{kind: kindInt64, check: check{{op: opMinimum, f: 0.5}}}, testInterpret},
		{value{kind: kindInt64, check: check{{op: opMaximum, s: "9223372036854775806"}}}, testInterpret},
		{value{kind: kindInt64, check: check{{op: opKeyword, of: &multiple{2}}}}, testInterpret},
		{value{kind: kindStruct, sub: (*vdProbe)(nil)}, testObject},
		{value{kind: kindPointer, sub: (*vdProbe)(nil)}, testPointer},
		{value{kind: kindPointer, sub: (*vdProbe)(nil), untyped: true}, testInterpret},
		{value{kind: kindExpandable, check: length}, testReference},
		{value{kind: kindExpandable, check: code}, testInterpret},
		{value{kind: kindSlice, elem: &value{kind: kindEnum, enum: &two}}, testList},
		{value{kind: kindSlice, elem: &value{kind: kindString}}, testNothing},
		{value{kind: kindSlice, elem: &value{kind: kindString, opt: true}}, testInterpret},
		{value{kind: kindMap, elem: &value{kind: kindInt64}, check: check{{op: opPropertyNames, of: &code}}}, testNames},
		{value{kind: kindMap, elem: &value{kind: kindInt64}, check: check{{op: opKeyword, of: &minProperties{1}}}}, testInterpret},
	} {
		var q quickValue
		if q.set(&x.v); q.test != x.want {
			t.Errorf("%+v: got test %d, want %d", x.v, q.test, x.want)
		}
	}
	x := vdAccountTable.quickly()
	at := slices.IndexFunc(x.texts, func(f quickField) bool { return f.of.f.name == "category" })
	if at < 0 || x.texts[at].test != testSwitch {
		t.Errorf("the conditions on the category are not joined: %+v", x.texts)
	}
	for _, r := range x.rules {
		if r.op == ruleIf || r.op == ruleSwitch {
			t.Errorf("a condition is left: %+v", r)
		}
	}
}

// Bounds are the integers at both ends.
func TestQuickRange(t *testing.T) {
	var q quickValue
	q.set(&value{kind: kindInt64, check: check{{op: opExclusiveMinimum, f: 1}, {op: opMaximum, f: 9}, {op: opExclusiveMaximum, f: 5}, {op: opMinimum, f: -3}}})
	if q.low != 2 || q.high != 4 {
		t.Errorf("%d to %d", q.low, q.high)
	}
}

// An account may have a value that does not share the memory of the constant.
func TestQuickTextsOfOwn(t *testing.T) {
	account := vdDecoded(t)
	account.Category = strings.Clone(account.Category)
	if !isValid(&vdAccountTable, pointerOf(account)) {
		t.Error("it is not valid")
	}
	for _, text := range []string{"", "cas", "cash ", "zzzz"} {
		if account.Category = text; isValid(&vdAccountTable, pointerOf(account)) || Validate(account) == nil {
			t.Errorf("%q is valid", text)
		}
	}
}

// What contains itself is not valid, and is not gone through for ever.
func TestQuickDepth(t *testing.T) {
	var loop vdProbe
	loop.O = Some(&loop)
	var list vdProbe
	list.A = Some(make([]vdProbe, 1))
	list.A.Value[0].A = list.A
	for _, v := range []*vdProbe{&loop, &list} {
		if isValid(&vdProbeTable, pointerOf(v)) {
			t.Error("it is valid")
		}
		if err := Validate(v); err == nil || !strings.Contains(err.Error(), "nested too deep") {
			t.Errorf("got %.100v", err)
		}
	}
}

// A text is found in a set by its address and by its characters.
func TestTextSet(t *testing.T) {
	for _, texts := range [][]string{
		nil, {""}, {" "}, {"a", "b", "a"}, {"cash", "credit", "investment", "other"},
		strings.Fields("a b c d e f g h"), strings.Fields("a b c d e f g h i j k l m n o p q r"),
	} {
		s, seen := newTextSet(texts), map[int]string{}
		for _, text := range texts {
			k := s.find(text)
			if k < 0 || k >= s.places() || s.find(strings.Clone(text)) != k {
				t.Errorf("%q in %q: at %d of %d, and a copy at %d", text, texts, k, s.places(), s.find(strings.Clone(text)))
			}
			if before, ok := seen[k]; ok && before != text {
				t.Errorf("%q and %q are both at %d", before, text, k)
			}
			seen[k] = text
		}
		for _, text := range []string{"", " ", "\x00", "aa", "cas", "cash "} {
			if got := s.find(text) >= 0; got != slices.Contains(texts, text) {
				t.Errorf("%q in %q: %t", text, texts, got)
			}
			if !slices.Contains(texts, text) && s.holdsAll([]string{text}) {
				t.Errorf("%q is in %q", text, texts)
			}
		}
		if !s.holdsAll(texts) {
			t.Errorf("not all of %q are found", texts)
		}
		if few := len(texts) <= fewTexts; few != (s.factor != 0) {
			t.Errorf("%q have places: %t", texts, !few)
		}
	}
}

// Names that were seen in one map are remembered, and say nothing of others.
func TestQuickNames(t *testing.T) {
	names := check{{op: opPropertyNames, of: &check{{op: opPattern, of: readSequence("^[a-z]{3}$")}}}}
	for _, elem := range []kind{kindInt64, kindString} {
		var q quickValue
		q.set(&value{kind: kindMap, elem: &value{kind: elem}, check: names})
		for range 2 {
			for _, x := range []struct {
				names string
				want  bool
			}{
				{"", true}, {"usd", true}, {"eur", true}, {"usd eur", true}, {"USD", false}, {"usd us", false}, {"eur usd chfs", false},
				{"usd eur chf", true}, {"sek nok dkk gbp", true}, {"usd eur chf sek nok dkk gbp", true}, {"usd eur chf sek nok dkk gbp x", false},
			} {
				numbers, texts := map[string]int64{}, map[string]string{}
				for _, name := range strings.Fields(x.names) {
					numbers[name], texts[name] = 1, ""
				}
				p := unsafe.Pointer(&numbers)
				if elem == kindString {
					p = unsafe.Pointer(&texts)
				}
				if got := new(trial).fits(&q, p); got != x.want {
					t.Errorf("%q: %t", x.names, got)
				}
			}
		}
		known := slices.Clone(*(*[]string)(q.names))
		if slices.Sort(known); len(known) != maxKnownNames || len(slices.Compact(known)) != maxKnownNames {
			t.Errorf("known are %q", known)
		}
	}
}

// What may be long is not remembered.
func TestQuickLongNames(t *testing.T) {
	for _, expr := range []string{"^[a-z]{3,9}$", "^[a-z]{3,}$", "^[a-z]{3}", "^[a-z]{3}-?$"} {
		names := check{{op: opPropertyNames, of: &check{{op: opPattern, of: vdMatcher(expr)}}}}
		var q quickValue
		q.set(&value{kind: kindMap, elem: &value{kind: kindInt64}, check: names})
		m := map[string]int64{"usd": 1}
		if !new(trial).fits(&q, unsafe.Pointer(&m)) || (*[]string)(q.names) != nil {
			t.Errorf("%s: known are %v", expr, (*[]string)(q.names))
		}
	}
}

// An Optional without a value may yet hold one that would not be valid.
func TestQuickLeftovers(t *testing.T) {
	for _, s := range []State{StateAbsent, StateNull} {
		account := vdDecoded(t)
		account.Refresh = Optional[*vdRefresh]{State: s, Value: &vdRefresh{Status: "none"}}
		if err := Validate(account); err != nil {
			t.Errorf("%v: %v", s, err)
		}
	}
}

// TestValidListAllocatesNothing holds for a whole page.
func TestValidListAllocatesNothing(t *testing.T) {
	if !poolsKeep {
		t.Skip("pools drop what they are given")
	}
	accounts := make([]vdAccount, 100)
	for i := range accounts {
		accounts[i] = *vdDecoded(t)
	}
	var q quickValue
	q.set(&value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*vdAccount)(nil)}})
	run := func() {
		var e trial
		if !e.fits(&q, unsafe.Pointer(&accounts)) {
			t.Fatal("it is not valid")
		}
		if e.by != nil {
			e.by.release()
		}
	}
	run()
	if n := testing.AllocsPerRun(100, run); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A member that has to be there, and be an object if it is, has to be both.
func TestQuickStates(t *testing.T) {
	there, object := assertion{op: opRequired, of: &memberNames{"o"}}, assertion{op: opProperty, s: "o", of: &check{{op: opType, n: int(typeObject)}}}
	for _, c := range []check{{there, object}, {object, there}} {
		tab := vdTableWith(vdProbeTable.fields, c)
		for _, o := range []Optional[*vdProbe]{{}, Null[*vdProbe](), Some(new(vdProbe))} {
			if got := isValid(tab, pointerOf(&vdProbe{O: o})); got != (o.State == StatePresent) {
				t.Errorf("%v: %t", o.State, got)
			}
		}
	}
}

// quickBox holds a value in each way that there is for one.
type quickBox[T any] struct {
	V     T
	W     Optional[T]
	L     []T
	extra members
}

// agrees sees to it that the quick way and the interpreter come to the same result
// about some values that v describes: alone, in a list, null and missing, required
// and not.
func agrees[T any](t *testing.T, v value, values ...T) {
	t.Helper()
	list := value{kind: kindSlice, elem: &v}
	for flags := range 8 {
		single := v
		single.null = flags&1 != 0
		optional := single
		optional.opt = true
		tab := &table{
			name: "Box", typ: reflect.TypeFor[quickBox[T]](), size: unsafe.Sizeof(quickBox[T]{}), extra: unsafe.Offsetof(quickBox[T]{}.extra),
			fields: []field{
				{name: "v", off: unsafe.Offsetof(quickBox[T]{}.V), required: true, value: single},
				{name: "w", off: unsafe.Offsetof(quickBox[T]{}.W), required: flags&2 != 0, writeOnly: flags&4 != 0, value: optional},
				{name: "l", off: unsafe.Offsetof(quickBox[T]{}.L), value: list},
			},
		}
		for i, x := range values {
			good := values[0]
			for _, box := range []quickBox[T]{
				{V: x, W: Some(good)}, {V: good, W: Some(x)}, {V: good, W: Null[T]()}, {V: good}, {V: good, W: Some(good), L: []T{x}}, {V: good, W: Some(good), L: []T{good, x, good}},
				{V: good, W: Some(good), extra: members{rec: &record{odd: []oddField{{state: StateAbsent}}}}}, {V: good, W: Some(good), extra: members{rec: &record{odd: []oddField{{state: StateNull}}}}},
			} {
				var e evaluation
				e.object(tab, unsafe.Pointer(&box))
				if got, want := isValid(tab, unsafe.Pointer(&box)), len(e.violations) == 0; got != want {
					t.Errorf("flags %d, value %d, %+v: quickly %v, otherwise %v", flags, i, box, got, want)
				}
			}
		}
	}
}

// TestQuickValues has values of each kind of test that are good, that are just so,
// and that are not. The first of each is good.
func TestQuickValues(t *testing.T) {
	two, many := enum{"abc", "bcd"}, enum{"a", "abc", "c", "d", "e", "f", "g", "h", "i"}
	texts := []string{two[0], two[1], strings.Clone("abc"), two[0][:2], two[0][:1], "", "ab", "abcd", "äöü", "äöüx", "日本語", "日本語文", "z", "bcdx"}
	length := check{{op: opMaxLength, n: 3}}
	for _, v := range []value{
		{kind: kindString}, {kind: kindString, check: length}, {kind: kindEnum, enum: &two}, {kind: kindEnum, enum: &many}, {kind: kindEnum, enum: &two, open: true},
		{kind: kindEnum, enum: &two, open: true, check: length}, {kind: kindEnum, enum: &two, check: length},
		{kind: kindString, check: check{{op: opConst, of: &literals{{typ: typeString, str: "abc"}, {typ: typeInteger, str: "z"}}}}},
		{kind: kindString, check: check{{op: opType, n: int(typeString)}}}, {kind: kindString, check: check{{op: opMinLength, n: 1}}},
	} {
		agrees(t, v, texts...)
	}
	numbers := []int64{2, 1, 0, -1, 3, 4, 5, 6, math.MinInt64, math.MaxInt64, math.MaxInt64 - 1, 1<<53 + 1}
	for _, c := range []check{
		{{op: opMinimum, f: 1}}, {{op: opMaximum, f: 4}}, {{op: opMinimum, f: 1}, {op: opMaximum, f: 4}}, {{op: opExclusiveMinimum, f: 1}, {op: opExclusiveMaximum, f: 4}},
		{{op: opMinimum, f: 1}, {op: opMinimum, f: -3}}, {{op: opMinimum, f: 0.5}}, {{op: opMaximum, f: 4.5}, {op: opExclusiveMaximum, f: 5.5}},
		{{op: opMaximum, f: 9223372036854775807, s: "9223372036854775806"}}, {{op: opMaximum, f: 1 << 60}}, {{op: opMinimum, s: "1"}},
	} {
		agrees(t, value{kind: kindInt64, check: c}, numbers...)
	}
	for _, v := range []value{{kind: kindExpandable}, {kind: kindExpandable, check: length}} {
		agrees(t, v, Ref[*vdProbe]("abc"), Ref[*vdProbe]("abcd"), Ref[*vdProbe](""), Ref[*vdProbe]("äöü"), Ref[*vdProbe]("äöüx"))
	}
	agrees(t, value{kind: kindPointer, sub: (*vdProbe)(nil)}, new(vdProbe), nil)
	agrees(t, value{kind: kindStruct, sub: (*vdProbe)(nil)}, vdProbe{})
}

// TestQuickDepthOfMany: objects beside each other do not count as ones within each
// other.
func TestQuickDepthOfMany(t *testing.T) {
	v := codecNode{Name: "a", Children: make([]codecNode, 3*maxDepth)}
	for i := range v.Children {
		v.Children[i] = codecNode{Name: "b", Children: []codecNode{}, Refs: Some([]*codecNode{})}
		v.Children[i].Children = make([]codecNode, 1)
	}
	if p := pointerOf(&v); !isValid(&codecNodeTable, p) || Validate(&v) != nil {
		t.Errorf("not valid: %v", Validate(&v))
	}
}

// quickChain has another one of its kind.
type quickChain struct {
	Name  string
	Next  Optional[*quickChain]
	extra members
}

var quickChainTable = descriptor{fields: `
	name required null
	next
`}

func (*quickChain) table() *descriptor { return &quickChainTable }

// TestQuickDepthGoesOn: where the interpreter is asked about an object, depth
// counts from the outermost one.
func TestQuickDepthGoesOn(t *testing.T) {
	for n, want := range map[int]bool{maxDepth - 10: true, maxDepth + 10: false} {
		var chain Optional[*quickChain]
		for level := range n {
			next := new(quickChain)
			if level < n/2 { // which the interpreter is asked about
				if err := Unmarshal([]byte(`{"name":null}`), next); err != nil {
					t.Fatal(err)
				}
			}
			next.Next = chain
			chain = Some(next)
		}
		if have := isValid(builtTable(chain.Value), pointerOf(chain.Value)); have != want {
			t.Errorf("%d levels: quickly %v, want %v", n, have, want)
		}
	}
}
