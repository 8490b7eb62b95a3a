package support

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// TestUnknownMembersStayApartFromOthers: setting one leaves alone what an object
// remembers of the members that it has fields for.
func TestUnknownMembersStayApartFromOthers(t *testing.T) {
	var v codecRefresh
	if err := Unmarshal([]byte(`{"status":null,"x":1}`), &v); err != nil {
		t.Fatal(err)
	}
	for _, value := range []Raw{Raw("2"), nil, Raw("[3]")} {
		if err := SetUnknownMember(&v, "x", value); err != nil {
			t.Fatal(err)
		}
	}
	encoded(t, &v, `{"status":null,"x":[3]}`)
}

// TestSetMembersAreTheObjects: who changes the bytes that a member was set to
// does not change the member.
func TestSetMembersAreTheObjects(t *testing.T) {
	var v codecCash
	value := Raw(`"abc"`)
	if err := SetUnknownMember(&v, "x", value); err != nil {
		t.Fatal(err)
	}
	value[1] = 'x'
	encoded(t, &v, `{"x":"abc"}`)
}

// TestSmallChangesOfMissingMembers: a field that was missing is written once it
// is set, whichever of its bytes is.
func TestSmallChangesOfMissingMembers(t *testing.T) {
	for shift := range 63 {
		var v codecRefresh
		if err := Unmarshal([]byte(`{}`), &v); err != nil {
			t.Fatal(err)
		}
		v.LastAttemptedAt = 1 << shift
		out, err := Marshal(&v)
		if err != nil || len(out) < len(`{"last_attempted_at":1}`) {
			t.Errorf("1<<%d: %s, %v", shift, out, err)
		}
	}
}

// TestDecoderStartsAnew has a document fail in some way, and then reads another:
// nothing of the first may show.
func TestDecoderStartsAnew(t *testing.T) {
	for _, first := range []string{
		`{"balance":{"cash":{"available":{"usd":"x"}}}}`, `{"id":"a","object":"b","category":"c","created":1,"status":2}`,
		`{"x":[[[[[[[[[[[[`, `{"permissions":["a","b",1]}`, `{"permissions":["a","b"`, `{"data":[{"id":1}]}`, "{\"id\":\"\xff\"}",
	} {
		for _, again := range []string{`{"livemode":true}`, `{"permissions":["c"],"supported_payment_method_types":["d"]}`, codecAccountJSON} {
			var want codecAccount
			if err := Unmarshal([]byte(again), &want); err != nil {
				t.Fatal(err)
			}
			for range 20 { // as the pool may have several
				var failed, have codecAccount
				failure := Unmarshal([]byte(first), &failed)
				if second := Unmarshal([]byte(first), &failed); failure != nil && second.Error() != failure.Error() {
					t.Fatalf("%s: %v, and then %v", first, failure, second)
				}
				if err := Unmarshal([]byte(again), &have); err != nil || !reflect.DeepEqual(have, want) {
					t.Fatalf("%s, and then %s: %+v, %v", first, again, have, err)
				}
			}
			deep := make([]byte, 0, 2*maxDepth+20)
			deep = append(deep, `{"x":`...)
			for range maxDepth - 1 {
				deep = append(deep, '[')
			}
			for range maxDepth - 1 {
				deep = append(deep, ']')
			}
			if err := Unmarshal(append(deep, '}'), new(codecAccount)); err != nil {
				t.Fatalf("%s, and then a deep one: %v", first, err)
			}
		}
	}
}

// edgeThing has names that begin alike, the longest of which are alike in their
// first sixteen bytes, and an enum with many values.
type edgeThing struct {
	ID        Optional[string]
	Ids       Optional[string]
	LongOne   Optional[int64]
	LongTwo   Optional[int64]
	LongThree Optional[int64]
	Color     Optional[edgeColor]
	Owner     Optional[Expandable[*codecNode]]
	extra     members
}

type edgeColor string

var edgeColors = enum{"amber", "blue", "cyan", "gold", "green", "indigo", "jade", "lime", "mint", "pink", "red", "teal"}

func (*edgeColor) values() *enum { return &edgeColors }

var edgeThingTable = descriptor{fields: `
	id
	ids
	a_rather_long_name_one
	a_rather_long_name_two
	a_rather_long_name_too
	color of
	owner
`, refs: []any{
	&edgeColors,
}}

func (*edgeThing) table() *descriptor { return &edgeThingTable }

// TestNamesThatAreAlike has members whose names begin as those of fields do, in
// documents that end soon after and in others.
func TestNamesThatAreAlike(t *testing.T) {
	for _, more := range []string{"", `,"z":"0123456789012345678901234567890123456789"`} {
		for name, want := range map[string][]int{
			"a_rather_long_name_one": {1, 0, 0}, "a_rather_long_name_two": {0, 1, 0}, "a_rather_long_name_too": {0, 0, 1},
			"a_rather_long_name_on": {0, 0, 0}, "a_rather_long_name_ones": {0, 0, 0}, "a_rather_long_name_ten": {0, 0, 0}, "a_rather_long_nam": {0, 0, 0}, "a_rather": {0, 0, 0},
			"i": {0, 0, 0}, "idx": {0, 0, 0}, "idss": {0, 0, 0}, "colors": {0, 0, 0}, "": {0, 0, 0},
		} {
			var v edgeThing
			document := `{"` + name + `":1` + more + `}`
			if err := Unmarshal([]byte(document), &v); err != nil {
				t.Errorf("%s: %v", document, err)
				continue
			}
			have := []int{int(v.LongOne.Value), int(v.LongTwo.Value), int(v.LongThree.Value)}
			_, unknown := UnknownMembers(&v)[name]
			if !reflect.DeepEqual(have, want) || unknown != reflect.DeepEqual(want, []int{0, 0, 0}) || v.ID.State != StateAbsent || v.Ids.State != StateAbsent {
				t.Errorf("%s: %v, %v", document, have, unknown)
			}
		}
	}
}

// TestNamesWithEscapes: a name that needs escapes in JSON is not one without.
func TestNamesWithEscapes(t *testing.T) {
	for _, before := range []string{"", `"map_expandable":{},`} {
		if err := Unmarshal([]byte(`{`+before+"\"quo\"ted\\\n☃\":\"x\",\"z\":\"01234567890123456789\"}"), new(codecAll)); err == nil {
			t.Errorf("%s: accepted a name that ends early", before)
		}
		var v codecAll
		if err := Unmarshal([]byte(`{`+before+`"quo\"ted\\\n☃":"x","z":"01234567890123456789"}`), &v); err != nil || v.Quoted.Value != "x" {
			t.Errorf("%s: %+v, %v", before, v.Quoted, err)
		}
	}
}

// TestLongEnums: of many values too, those that are known share the constants'
// memory, and others are kept as they came.
func TestLongEnums(t *testing.T) {
	read := func(text string) string {
		var v edgeThing
		if err := Unmarshal([]byte(`{"color":"`+text+`"}`), &v); err != nil {
			t.Fatal(err)
		}
		return string(v.Color.Value)
	}
	for i, known := range edgeColors {
		if have := read(known); have != known || data(have) != data(edgeColors[i]) {
			t.Errorf("%s: %q, or memory of its own", known, have)
		}
		for _, other := range []string{known + "s", known[1:], "a" + known, "z" + known} {
			if have := read(other); have != other {
				t.Errorf("%s became %s", other, have)
			}
		}
	}
	var v codecAccount
	if err := Unmarshal([]byte(`{"status":"actives","category":"cas","permissions":["balance","balancess"]}`), &v); err != nil {
		t.Fatal(err)
	}
	if v.Status != "actives" || v.Category != "cas" || v.Permissions.Value[0] != "balance" || v.Permissions.Value[1] != "balancess" {
		t.Errorf("%+v", v)
	}
}

// TestIDsOfExpanded: the id of an object is the last of its members of that name,
// if it is text.
func TestIDsOfExpanded(t *testing.T) {
	for text, want := range map[string]string{
		`{"id":"a","no":"b"}`: "a", `{"no":"b","id":"a"}`: "a", `{"id":"a","id":"b"}`: "b", `{"id":"a","id":1}`: "", `{"id":1,"id":"a"}`: "a",
		`{"x":{"id":"b"}}`: "", `{"i\u0064":"a"}`: "a", `{"ID":"a"}`: "", `{}`: "", `"a"`: "a",
	} {
		var v edgeThing
		if err := Unmarshal([]byte(`{"owner":`+text+`}`), &v); err != nil || v.Owner.Value.ID != want {
			t.Errorf("%s: %q, %v, want %q", text, v.Owner.Value.ID, err, want)
		}
	}
}

// TestResetOfSmallValues: a struct that is decoded into is reset, whichever of
// its bytes is set.
func TestResetOfSmallValues(t *testing.T) {
	for shift := range 63 {
		v := codecRefresh{LastAttemptedAt: 1 << shift}
		if err := Unmarshal([]byte(`{"x":1}`), &v); err != nil || v.LastAttemptedAt != 0 {
			t.Errorf("1<<%d: %d is left, %v", shift, v.LastAttemptedAt, err)
		}
	}
}

// TestPagesOfUnlikeItems: a first item that is small does not make a page take
// memory for as many of them as the document could hold.
func TestPagesOfUnlikeItems(t *testing.T) {
	var page codecPage
	document := `{"data":[{},{"x":"` + strings.Repeat("a", 1<<20) + `"}]}`
	if err := Unmarshal([]byte(document), &page); err != nil {
		t.Fatal(err)
	}
	if len(page.Data) != 2 || cap(page.Data) > 2000 {
		t.Errorf("%d items, room for %d", len(page.Data), cap(page.Data))
	}
}

// edgeParams has a parameter of the query and a member of the form of one name,
// and a rule about that of the form.
type edgeParams struct {
	_     incomparable
	Query string
	Form  string
}

var edgeParamsTable = descriptor{params: true, in: inForm, check: check{{op: opProperty, s: "kind", of: &check{{op: opMinLength, n: 3}}}}, fields: `
	kind in=query
	kind
`}

func (*edgeParams) table() *descriptor { return &edgeParamsTable }

// TestRulesOfABodyAreAboutTheBody: a rule about a member of the form is not
// about the parameter of the query that has its name.
func TestRulesOfABodyAreAboutTheBody(t *testing.T) {
	if err := Validate(&edgeParams{Query: "a", Form: "long"}); err != nil {
		t.Error(err)
	}
	if err := Validate(&edgeParams{Query: "long", Form: "a"}); err == nil {
		t.Error("the query's parameter is taken for the form's")
	}
}

// edgeVagues is a list of what nothing tells apart but reading it.
type edgeVagues struct {
	Items []vagueValue
	ID    Optional[string]
	extra members
}

var edgeVaguesTable = descriptor{fields: `
	items of
	id
`, refs: []any{
	&member{of: (*vagueLeads)(nil)},
}}

func (*edgeVagues) table() *descriptor { return &edgeVaguesTable }

// TestTriedVariantsLeaveNothing: a variant that a value was not of counts neither
// for the depth of what follows nor for the path of a later failure.
func TestTriedVariantsLeaveNothing(t *testing.T) {
	items := strings.Repeat(`{"gt":"x"},`, 2*maxDepth) + `["a"]`
	var v edgeVagues
	if err := Unmarshal([]byte(`{"items":[`+items+`]}`), &v); err != nil || len(v.Items) != 2*maxDepth+1 {
		t.Errorf("%d items, %v", len(v.Items), err)
	}
	err := Unmarshal([]byte(`{"items":[{"gt":"x"},[true],["a"]],"id":1}`), &v)
	if err == nil || err.Error() != "id: want string, have number at offset 40" {
		t.Error(err)
	}
}

// TestEveryCharacterIsWritten: encoding/json reads each character as it was, in
// texts and in names.
func TestEveryCharacterIsWritten(t *testing.T) {
	for c := range rune(0x180) {
		text := "a" + string(c) + "bcdefgh"
		out, err := Marshal(&codecAll{String: text, Map: map[string]string{text: text}})
		if err != nil {
			t.Fatal(err)
		}
		var back struct {
			String string            `json:"string"`
			Map    map[string]string `json:"map"`
		}
		if err := json.Unmarshal(out, &back); err != nil || back.String != text || back.Map[text] != text {
			t.Errorf("%q became %+v, %v", text, back, err)
		}
	}
}

// TestExponentsBeyondWords: an exponent that is a small number in 64 or 32 bits
// is large all the same.
func TestExponentsBeyondWords(t *testing.T) {
	for _, exponent := range []string{"18446744073709551616", "18446744073709551618", "4294967296", "4294967298", "36893488147419103232"} {
		for _, number := range []string{"1e" + exponent, "-1E+" + exponent, "100e-" + exponent, "0.1e" + exponent} {
			if err := Unmarshal([]byte(`{"created":`+number+`}`), new(codecAccount)); err == nil || !isAboutType(err) {
				t.Errorf("%s: %v", number, err)
			}
		}
		var v codecAccount
		if err := Unmarshal([]byte(`{"created":0e`+exponent+`}`), &v); err != nil || v.Created != 0 {
			t.Errorf("0e%s: %d, %v", exponent, v.Created, err)
		}
	}
}

// edgeMaze has assertions that lead to themselves, and edgeRules ones about an
// open enum and a member within another.
type (
	edgeMaze  struct{ extra members }
	edgeRules struct {
		Color Optional[edgeColor]
		Inner Optional[*edgeThing]
		extra members
	}
	edgeBody struct {
		_    incomparable
		Body edgeThing
	}
)

var (
	edgeMazeTable  = descriptor{check: vdMazeRules}
	edgeRulesTable = descriptor{
		check: check{
			{op: opProperty, s: "inner", of: &check{{op: opRequired, of: &memberNames{"id"}}}},
			{op: opProperty, s: "inner", of: &check{{op: opRequired, of: &memberNames{"id"}}}},
		},
		fields: `
	color of open maxLength=5
	inner
`, refs: []any{
			&edgeColors,
		},
	}
	edgeBodyTable = descriptor{params: true, in: inJSON, fields: `
	"" required
`}
)

func (*edgeMaze) table() *descriptor  { return &edgeMazeTable }
func (*edgeRules) table() *descriptor { return &edgeRulesTable }
func (*edgeBody) table() *descriptor  { return &edgeBodyTable }

// TestEvaluationStartsAnew: a value that took too many steps to check takes none
// away from the next.
func TestEvaluationStartsAnew(t *testing.T) {
	var long, short edgeMaze
	if err := Unmarshal([]byte(strings.Repeat(`{"n":`, 300)+`{}`+strings.Repeat(`}`, 300)), &long); err != nil {
		t.Fatal(err)
	}
	if err := Unmarshal([]byte(`{"n":{"n":{"exit":1},"exit":1},"exit":1}`), &short); err != nil {
		t.Fatal(err)
	}
	if err := Validate(&long); err == nil || !strings.Contains(err.Error(), "too many steps") {
		t.Errorf("%.80v", err)
	}
	for range 20 { // as the pool may have several
		if err := Validate(&short); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOpenEnumsWithLimits: a value that an open enum does not list is fine as
// long as its other assertions hold.
func TestOpenEnumsWithLimits(t *testing.T) {
	if err := Validate(&edgeRules{Color: Some(edgeColor("new"))}); err != nil {
		t.Error(err)
	}
	if err := Validate(&edgeRules{Color: Some(edgeColor("longer"))}); err == nil || strings.Contains(err.Error(), "one of") {
		t.Error(err)
	}
}

// TestViolationsAreReportedOnce: what two assertions ask for alike is one
// violation, within members too.
func TestViolationsAreReportedOnce(t *testing.T) {
	err := Validate(&edgeRules{Inner: Some(&edgeThing{})})
	if err == nil || err.Error() != "inner.id: is required" {
		t.Error(err)
	}
}

// TestEmptyBodyThatIsRequired: a body that the document insists on is sent
// though nothing is in it.
func TestEmptyBodyThatIsRequired(t *testing.T) {
	body, ok, err := bodyJSON(new(edgeBody))
	if string(body) != "{}" || !ok || err != nil {
		t.Errorf("%s, %v, %v", body, ok, err)
	}
}

// edgeAligned has parameters whose alignment is that of its first field, where
// more of them lie in a list and behind a state.
type (
	edgeMixed struct {
		Count int64
		On    bool
	}
	edgeAligned struct {
		_     incomparable
		Flags Optional[bool]
		Mixed Optional[edgeMixed]
		List  []edgeMixed
	}
)

var (
	edgeMixedInline = inline{fields: `
	count
	on
`}
	edgeAlignedTable = descriptor{params: true, in: inForm, fields: `
	flags
	mixed of
	list of
`, refs: []any{
		&edgeMixedInline,
		&member{of: &edgeMixedInline},
	}}
)

func (*edgeAligned) table() *descriptor { return &edgeAlignedTable }

// TestAlignmentOfParameters: a struct within an Optional is found where Go has
// laid it, whatever its last field is.
func TestAlignmentOfParameters(t *testing.T) {
	p := &edgeAligned{Flags: Bool(true), Mixed: Some(edgeMixed{Count: 1<<40 + 3, On: true}), List: []edgeMixed{{1, true}, {2, false}}}
	out, err := appendParams(nil, p, inForm, nil)
	want := "flags=true&mixed[count]=1099511627779&mixed[on]=true&list[0][count]=1&list[0][on]=true&list[1][count]=2&list[1][on]=false"
	if string(out) != want || err != nil {
		t.Errorf("have %s, %v\nwant %s", out, err, want)
	}
}
