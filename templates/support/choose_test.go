package support

import (
	"fmt"
	"reflect"
	"testing"
	"unsafe"
)

// codecNear is a union that nothing but the members that are there tells apart.
type codecNear interface{ codecNear() }

type (
	codecNarrow struct {
		Tip   Optional[int64]
		extra members
	}
	codecBroad struct {
		Tax, Tip Optional[int64]
		extra    members
	}
	codecMarked struct {
		Mark  string
		extra members
	}
	codecNearMap  map[string]string
	codecNearRaw  Raw
	codecNearText string
	codecNears    struct {
		Items []codecNear
		extra members
	}
	codecNearType struct{}
)

func (*codecNarrow) codecNear()  {}
func (*codecBroad) codecNear()   {}
func (*codecMarked) codecNear()  {}
func (codecNearMap) codecNear()  {}
func (codecNearRaw) codecNear()  {}
func (codecNearText) codecNear() {}

var codecNarrowDescribed = descriptor{built: unsafe.Pointer(&codecNarrowTable)}

func (*codecNarrow) table() *descriptor { return &codecNarrowDescribed }

var codecBroadDescribed = descriptor{built: unsafe.Pointer(&codecBroadTable)}

func (*codecBroad) table() *descriptor { return &codecBroadDescribed }

var codecMarkedDescribed = descriptor{built: unsafe.Pointer(&codecMarkedTable)}

func (*codecMarked) table() *descriptor { return &codecMarkedDescribed }

var codecNearsDescribed = descriptor{built: unsafe.Pointer(&codecNearsTable)}

func (*codecNears) table() *descriptor { return &codecNearsDescribed }

var codecNearTypeDescribed = choice{made: unsafe.Pointer(&codecNearUnion)}

func (codecNearType) union() madeUnion { return &codecNearTypeDescribed }

var codecNarrowTable = table{
	name: "Narrow", typ: reflect.TypeFor[codecNarrow](), size: unsafe.Sizeof(codecNarrow{}), extra: unsafe.Offsetof(codecNarrow{}.extra),
	fields: []field{{name: "tip", off: unsafe.Offsetof(codecNarrow{}.Tip), value: value{kind: kindInt64, opt: true}}},
}

var codecBroadTable = table{
	name: "Broad", typ: reflect.TypeFor[codecBroad](), size: unsafe.Sizeof(codecBroad{}), extra: unsafe.Offsetof(codecBroad{}.extra),
	fields: []field{
		{name: "tax", off: unsafe.Offsetof(codecBroad{}.Tax), value: value{kind: kindInt64, opt: true}},
		{name: "tip", off: unsafe.Offsetof(codecBroad{}.Tip), value: value{kind: kindInt64, opt: true}},
	},
}

var codecMarkedTable = table{
	name: "Marked", typ: reflect.TypeFor[codecMarked](), size: unsafe.Sizeof(codecMarked{}), extra: unsafe.Offsetof(codecMarked{}.extra),
	fields: []field{{name: "mark", off: unsafe.Offsetof(codecMarked{}.Mark), required: true, value: value{kind: kindString}}},
}

var codecNearsTable = table{
	name: "Nears", typ: reflect.TypeFor[codecNears](), size: unsafe.Sizeof(codecNears{}), extra: unsafe.Offsetof(codecNears{}.extra),
	fields: []field{{name: "items", off: unsafe.Offsetof(codecNears{}.Items), required: true,
		value: value{kind: kindSlice, elem: &value{kind: kindUnion, union: codecNearType{}, typ: reflect.TypeFor[codecNear]()}}}},
}

var codecNearUnion = union{
	read: (*decoder).readUnion, judge: (*evaluation).variant,
	name:    "Near",
	closest: true,
	variants: []variant{
		{value: value{kind: kindStruct, sub: (*codecMarked)(nil)}, types: typeObject, required: []string{"mark"},
			set: func(dst, p unsafe.Pointer) { *(*codecNear)(dst) = (*codecMarked)(p) }},
		{value: value{kind: kindString}, types: typeString,
			set: func(dst, p unsafe.Pointer) { *(*codecNear)(dst) = *(*codecNearText)(p) }},
		{value: value{kind: kindMap, elem: &value{kind: kindString}}, types: typeObject,
			set: func(dst, p unsafe.Pointer) { *(*codecNear)(dst) = *(*codecNearMap)(p) }},
		{value: value{kind: kindStruct, sub: (*codecNarrow)(nil)}, types: typeObject,
			set: func(dst, p unsafe.Pointer) { *(*codecNear)(dst) = (*codecNarrow)(p) }},
		{value: value{kind: kindStruct, sub: (*codecBroad)(nil)}, types: typeObject,
			set: func(dst, p unsafe.Pointer) { *(*codecNear)(dst) = (*codecBroad)(p) }},
	},
	setRaw: func(dst unsafe.Pointer, raw Raw) { *(*codecNear)(dst) = codecNearRaw(raw) },
}

func init() {
	codecNearUnion.get = func(p unsafe.Pointer) (int, unsafe.Pointer) {
		switch x := (*(*codecNear)(p)).(type) {
		case *codecMarked:
			return 0, unsafe.Pointer(x)
		case codecNearText:
			return 1, unsafe.Pointer(&x)
		case codecNearMap:
			return 2, unsafe.Pointer(&x)
		case *codecNarrow:
			return 3, unsafe.Pointer(x)
		case *codecBroad:
			return 4, unsafe.Pointer(x)
		case codecNearRaw:
			return -1, unsafe.Pointer(&x)
		}
		return -2, nil
	}
}

// TestClosestVariant: of the variants that match, the one that knows most of
// the members is taken, the first of equals. What it does not know is kept.
func TestClosestVariant(t *testing.T) {
	for document, want := range map[string]codecNear{
		`{}`:                          codecNearMap(nil),
		`{"a":"x"}`:                   codecNearMap(nil),
		`{"tip":1}`:                   (*codecNarrow)(nil),
		`{"tip":1,"a":"x"}`:           (*codecNarrow)(nil),
		`{"tax":1}`:                   (*codecBroad)(nil),
		`{"tax":1,"tip":2,"a":[{}]}`:  (*codecBroad)(nil),
		`{"t\u0061x":1}`:              (*codecBroad)(nil),
		`{"mark":"x"}`:                (*codecMarked)(nil),
		`{"mark":"x","tip":1}`:        (*codecMarked)(nil),
		`{"mark":1,"tip":1,"tax":{}}`: nil,
		`"text"`:                      codecNearText(""),
		`7`:                           codecNearRaw(nil),
	} {
		var v codecNears
		err := Unmarshal([]byte(`{"items":[`+document+`]}`), &v)
		if want == nil { // it is taken for the closest, which it then is not
			if err == nil {
				t.Errorf("%s: no error", document)
			}
			continue
		}
		if err != nil || len(v.Items) != 1 || fmt.Sprintf("%T", v.Items[0]) != fmt.Sprintf("%T", want) {
			t.Errorf("%s: got %T, %v, want %T", document, v.Items, err, want)
			continue
		}
		again, err := Marshal(&v)
		if written := `{"items":[` + document + `]}`; err != nil || string(again) != written && document != `{"t\u0061x":1}` {
			t.Errorf("%s became %s, %v", written, again, err)
		}
	}
}
