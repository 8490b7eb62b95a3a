package support

import (
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unsafe"
)

// expandBox has references of every kind.
type expandBox struct {
	One    Expandable[*codecGone]
	Maybe  Optional[Expandable[*expandBox]]
	Shape  Optional[Expandable[codecShape]]
	Any    Optional[Expandable[Raw]]
	List   Optional[[]Expandable[*codecGone]]
	Nulls  Optional[[]Optional[Expandable[*codecGone]]]
	Map    Optional[map[string]Expandable[*codecGone]]
	Short  Optional[Expandable[*codecGone]]
	Unique Optional[[]Expandable[*codecGone]]
	extra  members
}

var expandBoxTable = descriptor{fields: `
	one required
	maybe null
	shape of
	any
	list
	nulls of
	map of
	short maxLength=3 check
	unique check
`, refs: []any{
	codecShapeType{},
	&member{null: true},
	&otherMap{},
	&check{{op: opKeyword, of: &maxProperties{2}}, {op: opProperty, s: "id", of: &check{{op: opMinLength, n: 2}}}},
	&check{{op: opKeyword, of: &uniqueItems{}}},
}}

func (*expandBox) table() *descriptor { return &expandBoxTable }

// expandAll asks for all objects that a value's references were expanded to,
// and for those in them, and returns an error of theirs.
func expandAll(v reflect.Value) (err error) {
	expand := func(inner reflect.Value) {
		if e := expandAll(inner); e != nil {
			err = e
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			expand(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			expand(v.Index(i))
		}
	case reflect.Map:
		for _, x := range v.Seq2() {
			expand(x)
		}
	case reflect.Struct:
		if v.CanInterface() && isExpandable(v.Type()) {
			return expandOne(v.Interface())
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() || v.Type().Field(i).Anonymous {
				expand(v.Field(i))
			}
		}
	}
	return err
}

// expandOne is expandAll for a reference.
func expandOne(reference any) (err error) {
	var object any
	switch x := reference.(type) {
	case Expandable[*codecGone]:
		object, err = Expanded(x)
	case Expandable[*codecNode]:
		object, err = Expanded(x)
	case Expandable[*codecOwnership]:
		object, err = Expanded(x)
	case Expandable[*expandBox]:
		object, err = Expanded(x)
	case Expandable[*vdAccount]:
		object, err = Expanded(x)
	case Expandable[*vdProbe]:
		object, err = Expanded(x)
	case Expandable[codecShape]:
		object, err = Expanded(x)
	case Expandable[Raw]:
		object, err = Expanded(x)
	default:
		panic("another reference")
	}
	if err == ErrNotExpanded {
		return nil
	}
	if err != nil {
		return err
	}
	return expandAll(reflect.ValueOf(object))
}

func expandBoxOf(t *testing.T, document string) *expandBox {
	t.Helper()
	v := new(expandBox)
	if err := decode([]byte(document), v, nil); err != nil {
		t.Fatalf("%v in %s", err, document)
	}
	return v
}

// Members that are not described, their order, repeated ones and the spelling
// of numbers and texts: an object that nobody has asked for comes out as it
// came, but for white space.
func TestExpandableKeepsJSON(t *testing.T) {
	const object = `{"z":1.50,"deleted":true,"id":"\u0067_1","a":{"n":12345678901234567890,"e":1E2},"z":-0,"x y":" \" "}`
	for _, member := range []string{"one", "any", "short"} {
		document := `{"one":` + object + `}`
		if member != "one" {
			document = `{"one":"x","` + member + `":` + object + `}`
		}
		v := expandBoxOf(t, strings.ReplaceAll(document, ",", " ,\n\t"))
		encoded(t, v, document)
	}
	v := expandBoxOf(t, `{"one":`+object+`}`)
	if v.One.ID != "g_1" || v.One.object.unread == nil {
		t.Errorf("id %q, decoded %v", v.One.ID, v.One.object.object)
	}
	roundTrip(t, `{"one":"a","maybe":{"one":{"id":"b"},"maybe":{"one":"c"}},"any":{"id":4},"shape":{"deleted":true,"id":"s"},`+
		`"list":["x",{"id":"d"},{}],"nulls":[null,"y",{"id":"e"}],"map":{"k":"z","l":{"id":"f"}},"unique":[]}`, new(expandBox))
	for _, document := range []string{`{"one":"a","maybe":null}`, `{"one":"a"}`, `{"one":null}`, `{}`, `{"one":"a","nulls":[]}`} {
		roundTrip(t, document, new(expandBox))
	}
}

func TestExpandableIDs(t *testing.T) {
	for object, want := range map[string]string{
		`{"id":"a"}`:                     "a",
		`{"x":{"id":"b"},"id":"a"}`:      "a",
		`{"id":"b","id":"a"}`:            "a",
		`{"id":"b","id":null}`:           "",
		`{"id":{"id":"b"},"\u0069d":""}`: "",
		`{"i\u0064":"\u0061"}`:           "a",
		`{"id":7}`:                       "",
		`{}`:                             "",
	} {
		v := expandBoxOf(t, `{"one":`+object+`,"any":`+object+`,"shape":`+object+`}`)
		if v.One.ID != want || v.Any.Value.ID != want || v.Shape.Value.ID != want || v.One.object == nil {
			t.Errorf("%s: %q, %q, %q, want %q", object, v.One.ID, v.Any.Value.ID, v.Shape.Value.ID, want)
		}
	}
	v := expandBoxOf(t, `{"one":"x","shape":{"deleted":true,"id":"a"},"any":"y"}`)
	if v.One.object != nil || v.One.ID != "x" || v.Shape.Value.ID != "a" || v.Any.Value.ID != "y" {
		t.Errorf("%+v", v)
	}
}

func TestExpanded(t *testing.T) {
	v := expandBoxOf(t, `{"one":{"deleted":true,"id":"a","more":[1]},"maybe":{"one":{"id":"b"}}}`)
	copied := v.One
	one, err := Expanded(v.One)
	if err != nil || one.ID != "a" || !one.Deleted || string(UnknownMembers(one)["more"]) != "[1]" {
		t.Fatalf("%+v, %v", one, err)
	}
	if again, err := Expanded(copied); again != one || err != nil {
		t.Errorf("the second time: %p, not %p, %v", again, one, err)
	}
	if v.One.object.unread != nil {
		t.Error("the JSON is kept")
	}
	encoded(t, v, `{"one":{"deleted":true,"id":"a","more":[1]},"maybe":{"one":{"id":"b"}}}`)
	if other := expandBoxOf(t, `{"one":{"deleted":true,"id":"a","more":[1]},"maybe":{"one":{"id":"b"}}}`); reflect.DeepEqual(v, other) {
		t.Error("what is decoded equals what is not")
	} else if Expanded(other.One); !reflect.DeepEqual(v, other) {
		t.Error("equal references differ")
	}
	one.ID = "changed"
	encoded(t, v, `{"one":{"deleted":true,"id":"changed","more":[1]},"maybe":{"one":{"id":"b"}}}`)
	inner, err := Expanded(v.Maybe.Value)
	if err != nil {
		t.Fatal(err)
	}
	if two, err := Expanded(inner.One); err != nil || two.ID != "b" {
		t.Errorf("%+v, %v", two, err)
	}
}

func TestExpandedOfAnID(t *testing.T) {
	v := expandBoxOf(t, `{"one":"a","maybe":null}`)
	one, err := Expanded(v.One)
	if one != nil || !errors.Is(err, ErrNotExpanded) {
		t.Errorf("%v, %v", one, err)
	}
	for _, err := range []error{
		second(Expanded(v.Maybe.Value)), second(Expanded(v.Shape.Value)), second(Expanded(v.Any.Value)),
		second(Expanded(Ref[*codecNode]("a"))), second(Expanded(Expand[*codecNode]("a", nil))),
		second(Expanded(Expand[Raw]("a", nil))), second(Expanded(Expand[codecShape]("a", nil))),
		second(Expanded(Expand[codecShape]("a", (*codecCircle)(nil)))),
	} {
		if err != ErrNotExpanded {
			t.Error(err)
		}
	}
	encoded(t, &expandBox{One: Expand[*codecGone]("a", nil), Shape: Some(Ref[codecShape]("b"))}, `{"one":"a","shape":"b"}`)
}

func second[T any](_ T, err error) error { return err }

// What is wrong with an object is the error of who asks for it, each time; it
// is written as it came all the same.
func TestExpandedErrors(t *testing.T) {
	const document = `{"one":{"id":"a","deleted":1},"maybe":{"one":"x","nulls":["x",3]},"list":[{"deleted":{}}]}`
	v := expandBoxOf(t, document)
	for range 2 {
		one, err := Expanded(v.One)
		var wrong *DecodeError
		if one != nil || !errors.As(err, &wrong) || wrong.Path != "deleted" || wrong.Offset != 20 || err.Error() != "deleted: want boolean, have number at offset 20" {
			t.Errorf("%v, %v", one, err)
		}
	}
	if _, err := Expanded(v.Maybe.Value); err == nil || err.Error() != "nulls[1]: want string or object, have number at offset 24" {
		t.Error(err)
	}
	encoded(t, v, document)
	for _, wrong := range []string{`{"one":{"id":"a}`, `{"one":{"a":tru}}`, `{"one":{"id":"\ud800"}}`, `{"one":{"id":"a" "b":1}}`, `{"one":[]}`, `{"one":7}`,
		`{"list":[{"a":01}]}`, `{"map":{"k":{"a":}}}`, `{"one":` + strings.Repeat(`{"a":`, maxDepth) + "1" + strings.Repeat("}", maxDepth) + `}`} {
		if err := decode([]byte(wrong), new(expandBox), nil); err == nil {
			t.Errorf("accepted %.40s", wrong)
		}
	}
	if err := decode([]byte(`{"one":{"a":{"b":nul}}}`), new(expandBox), nil); err == nil || err.Error() != "one: unexpected character 'n' at offset 17" {
		t.Error(err)
	}
}

func TestExpandedRaces(t *testing.T) {
	const document = `{"one":{"deleted":true,"id":"a"},"shape":{"type":"circle","radius":1},"any":{"x":[1]}}`
	v := expandBoxOf(t, document)
	var wait sync.WaitGroup
	got := make([]*codecGone, 16)
	for i := range got {
		wait.Go(func() {
			got[i], _ = Expanded(v.One)
			if circle, err := Expanded(v.Shape.Value); err != nil || circle.(*codecCircle).Radius != 1 {
				t.Error(circle, err)
			}
			if raw, err := Expanded(v.Any.Value); err != nil || string(raw) != `{"x":[1]}` {
				t.Error(raw, err)
			} else {
				clear(raw)
			}
			if out, err := Marshal(v); string(out) != document || err != nil {
				t.Errorf("%s, %v", out, err)
			}
			if err := Validate(v); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, one := range got {
		if one == nil || one != got[0] {
			t.Errorf("%p and %p", one, got[0])
		}
	}
}

// The document that was decoded is its caller's again, and objects that are
// decoded late have nothing of it.
func TestExpandedOwnsItsJSON(t *testing.T) {
	document := []byte(`{"one":{"deleted":true,"id":"a"},"any":{"x":"` + strings.Repeat("y", 2*longText) + `"}}`)
	v := new(expandBox)
	if err := decode(document, v, nil); err != nil {
		t.Fatal(err)
	}
	clear(document)
	one, err := Expanded(v.One)
	if err != nil || one.ID != "a" {
		t.Errorf("%+v, %v", one, err)
	}
	raw, err := Expanded(v.Any.Value)
	if err != nil || len(raw) != 2*longText+8 {
		t.Errorf("%s, %v", raw, err)
	}
	clear(raw)
	if again, err := Expanded(v.Any.Value); err != nil || !strings.HasPrefix(string(again), `{"x":"yyy`) {
		t.Errorf("%s, %v", again, err)
	}
}

func TestExpand(t *testing.T) {
	gone := &codecGone{Deleted: true, ID: "g"}
	v := &expandBox{
		One:   Expand("a", gone),
		Maybe: Some(Expand("b", &expandBox{One: Ref[*codecGone]("c")})),
		Shape: Some(Expand[codecShape]("d", codecShapeName("text"))),
		Any:   Some(Expand("e", Raw(` { "x" : 1 } `))),
		List:  Some([]Expandable[*codecGone]{Expand("f", gone), Ref[*codecGone]("g")}),
		Map:   Some(map[string]Expandable[*codecGone]{"k": Expand("h", gone)}),
	}
	encoded(t, v, `{"one":{"deleted":true,"id":"g"},"maybe":{"one":"c"},"shape":"text","any":{"x":1},`+
		`"list":[{"deleted":true,"id":"g"},"g"],"map":{"k":{"deleted":true,"id":"g"}}}`)
	if one, err := Expanded(v.One); one != gone || err != nil || v.One.ID != "a" {
		t.Errorf("%p, not %p, %v", one, gone, err)
	}
	if raw, err := Expanded(v.Any.Value); string(raw) != ` { "x" : 1 } ` || err != nil {
		t.Errorf("%q, %v", raw, err)
	}
	for want, wrong := range map[string]*expandBox{
		"any: not JSON":           {Any: Some(Expand("e", Raw(`{`)))},
		"shape: not JSON":         {Shape: Some(Expand[codecShape]("e", codecShapeRaw(`x`)))},
		"shape: not a variant":    {Shape: Some(Expand[codecShape]("e", codecStranger{&codecCircle{}}))},
		"one.id: invalid UTF-8":   {One: Expand("e", &codecGone{ID: "\xff"})},
		"maybe.maybe.maybe.maybe": expandLoop(),
	} {
		if out, err := appendObject(nil, wrong); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("want %s, have %s, %v", want, out, err)
		}
	}
}

// expandLoop contains itself.
func expandLoop() *expandBox {
	v := new(expandBox)
	v.Maybe = Some(Expand("loop", v))
	return v
}

// An object that may be of several types is decoded at once.
func TestExpandedUnions(t *testing.T) {
	for object, want := range map[string]codecShape{
		`{"type":"circle","radius":1}`: new(codecCircle),
		`{"deleted":true,"id":"g"}`:    new(codecGone),
		`{"type":"hexagon","id":"h"}`:  codecShapeRaw(nil),
	} {
		v := expandBoxOf(t, `{"one":"a","shape":`+object+`}`)
		shape, err := Expanded(v.Shape.Value)
		if err != nil || reflect.TypeOf(shape) != reflect.TypeOf(want) {
			t.Errorf("%s: %T, %v", object, shape, err)
		}
		if again, err := Expanded(v.Shape.Value); err != nil || !reflect.DeepEqual(again, shape) {
			t.Errorf("%s: again %v, %v", object, again, err)
		}
		encoded(t, v, `{"one":"a","shape":`+object+`}`)
	}
	v := expandBoxOf(t, `{"one":"a","shape":{"type":"circle","radius":1}}`)
	circle, _ := Expanded(v.Shape.Value)
	circle.(*codecCircle).Radius = 2
	encoded(t, v, `{"one":"a","shape":{"type":"circle","radius":2}}`)
	err := decode([]byte(`{"one":"a","shape":{"type":"circle","radius":"1"}}`), new(expandBox), nil)
	if err == nil || err.Error() != "shape.radius: want number, have string at offset 45" {
		t.Error(err)
	}
}

// The compiler refuses to convert a reference into one of another object. Who
// gets past it gets no object that is of another type.
func TestReferencesAreApart(t *testing.T) {
	from := reflect.TypeFor[Expandable[*codecGone]]()
	for _, to := range []reflect.Type{reflect.TypeFor[Expandable[*codecNode]](), reflect.TypeFor[Expandable[Raw]](), reflect.TypeFor[Expandable[codecShape]]()} {
		if from.ConvertibleTo(to) || from.Size() != to.Size() {
			t.Errorf("%s converts to %s", from, to)
		}
	}
	v := expandBoxOf(t, `{"one":{"deleted":true,"id":"a"},"shape":{"type":"circle"}}`)
	if shape, err := Expanded(*(*Expandable[codecShape])(unsafe.Pointer(&v.One))); shape != nil || err != errOtherObject {
		t.Errorf("undecoded: %v, %v", shape, err)
	}
	if _, err := Expanded(v.One); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		second(Expanded(*(*Expandable[*codecNode])(unsafe.Pointer(&v.One)))),
		second(Expanded(*(*Expandable[Raw])(unsafe.Pointer(&v.One)))),
		second(Expanded(*(*Expandable[string])(unsafe.Pointer(&v.One)))),
		second(Expanded(*(*Expandable[*codecSquare])(unsafe.Pointer(&v.Shape.Value)))),
	} {
		if err != errOtherObject {
			t.Error(err)
		}
	}
}

// Validate looks into what has been decoded or was put there. Assertions about
// the reference itself see the object either way.
func TestValidateExpanded(t *testing.T) {
	const valid = `"id":"aa","deleted":true`
	v := expandBoxOf(t, `{"one":{"id":7},"list":[{"deleted":true}],"short":{`+valid+`},"unique":["a",{"x":1,"y":[2]},{"y":[2]}]}`)
	violations := func(v *expandBox) string {
		if err := Validate(v); err != nil {
			return err.Error()
		}
		return ""
	}
	if have := violations(v); have != "" {
		t.Error(have)
	}
	if _, err := Expanded(v.List.Value[0]); err != nil {
		t.Fatal(err)
	}
	if have := violations(v); have != "list[0].id: is required" {
		t.Error(have)
	}
	v = expandBoxOf(t, `{"one":"x","short":{"id":"a","b":1,"c":2},"unique":[{"x":1,"y":[2]},"a",{"y":[2.0],"x":1}]}`)
	want := violations(v)
	if want != "short: must have at most 2 members; short.id: must be at least 2 characters long; unique: must not have equal items" {
		t.Error(want)
	}
	if n, err := Expanded(v.Short.Value); err != nil || n.ID != "a" {
		t.Fatal(err)
	}
	if have := violations(v); !strings.HasPrefix(have, want[:strings.Index(want, "; unique")]) {
		t.Error(have)
	}
	if have := violations(&expandBox{Short: Some(Ref[*codecGone]("long")), Shape: Some(Expand[codecShape]("a", &codecGone{})), Any: Some(Expand("b", Raw("{}")))}); have != "short: must be at most 3 characters long" {
		t.Error(have)
	}
	outside := &expandBox{Shape: Some(Expand[codecShape]("a", codecShapeRaw(`{}`)))}
	if have := violations(outside); have != "shape: must be one of the known variants, which type tells apart" {
		t.Error(have)
	}
}

// The lists of an object that is decoded late know where they came from, as all
// of its document do.
func TestExpandedListsKnowTheirOrigin(t *testing.T) {
	from := new(origin)
	var v codecAccount
	if err := decode([]byte(`{"ownership":{"owners":{"data":[{"ownership":{"owners":{"data":[]}}}]}}}`), &v, from); err != nil {
		t.Fatal(err)
	}
	outer, err := Expanded(v.Ownership.Value)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := Expanded(outer.Owners.Data[0].Ownership.Value)
	if err != nil || outer.Owners.from != from || inner.Owners.from != from || v.Ownership.Value.object.from != nil {
		t.Errorf("a list lacks its origin, %v", err)
	}
}

func TestExpandableAllocations(t *testing.T) {
	if !poolsKeep {
		t.Skip("pools drop what they are given")
	}
	data := []byte(`{"one":{"id":"a","x":{"y":[1,2,3]}}}`)
	n := testing.AllocsPerRun(100, func() {
		if err := decode(data, new(expandBox), nil); err != nil {
			t.Fatal(err)
		}
	})
	if n > 3 { // the struct, the text, and what the reference was expanded to
		t.Errorf("%v allocations", n)
	}
}
