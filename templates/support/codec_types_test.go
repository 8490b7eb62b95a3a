package support

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"unsafe"
)

// The types of the codec's tests, with tables as the generator writes them.

type codecAccount struct {
	ID              string
	Object          string
	AccountHolder   Optional[*codecHolder]
	Balance         Optional[*codecBalance]
	BalanceRefresh  Optional[*codecRefresh]
	Category        codecCategory
	Created         UnixTime
	DisplayName     Optional[string]
	InstitutionName string
	Last4           Optional[string]
	Livemode        bool
	Ownership       Optional[Expandable[*codecOwnership]]
	Permissions     Optional[[]codecPermission]
	Status          codecStatus
	Supported       []codecMethod
	extra           members
}

type (
	codecCategory   string
	codecPermission string
	codecStatus     string
	codecMethod     string
)

var (
	codecCategories  = enum{"cash", "credit", "investment", "other"}
	codecPermissions = enum{"balances", "ownership", "payment_method", "transactions"}
	codecStatuses    = enum{"active", "disconnected", "inactive"}
	codecMethods     = enum{"link", "us_bank_account"}
)

var codecAccountDescribed = descriptor{built: unsafe.Pointer(&codecAccountTable)}

func (*codecAccount) table() *descriptor { return &codecAccountDescribed }

func (v *codecAccount) UnmarshalJSON(b []byte) error { return Unmarshal(b, v) }
func (v codecAccount) MarshalJSON() ([]byte, error)  { return Marshal(&v) }

var codecAccountTable = table{
	name: "Account", typ: reflect.TypeFor[codecAccount](), size: unsafe.Sizeof(codecAccount{}),
	extra: unsafe.Offsetof(codecAccount{}.extra), id: "id",
	fields: []field{
		{name: "id", off: unsafe.Offsetof(codecAccount{}.ID), required: true, value: value{kind: kindString}},
		{name: "object", off: unsafe.Offsetof(codecAccount{}.Object), required: true, value: value{kind: kindString}},
		{name: "account_holder", off: unsafe.Offsetof(codecAccount{}.AccountHolder), value: value{kind: kindPointer, opt: true, null: true, sub: (*codecHolder)(nil)}},
		{name: "balance", off: unsafe.Offsetof(codecAccount{}.Balance), value: value{kind: kindPointer, opt: true, null: true, sub: (*codecBalance)(nil)}},
		{name: "balance_refresh", off: unsafe.Offsetof(codecAccount{}.BalanceRefresh), value: value{kind: kindPointer, opt: true, null: true, sub: (*codecRefresh)(nil)}},
		{name: "category", off: unsafe.Offsetof(codecAccount{}.Category), required: true, value: value{kind: kindEnum, open: true, enum: &codecCategories}},
		{name: "created", off: unsafe.Offsetof(codecAccount{}.Created), required: true, value: value{kind: kindInt64}},
		{name: "display_name", off: unsafe.Offsetof(codecAccount{}.DisplayName), value: value{kind: kindString, opt: true, null: true}},
		{name: "institution_name", off: unsafe.Offsetof(codecAccount{}.InstitutionName), required: true, value: value{kind: kindString}},
		{name: "last4", off: unsafe.Offsetof(codecAccount{}.Last4), value: value{kind: kindString, opt: true, null: true}},
		{name: "livemode", off: unsafe.Offsetof(codecAccount{}.Livemode), required: true, value: value{kind: kindBool}},
		{name: "ownership", off: unsafe.Offsetof(codecAccount{}.Ownership), value: value{kind: kindExpandable, opt: true, null: true}},
		{name: "permissions", off: unsafe.Offsetof(codecAccount{}.Permissions), value: value{kind: kindSlice, opt: true, null: true, elem: &value{kind: kindEnum, enum: &codecPermissions}}},
		{name: "status", off: unsafe.Offsetof(codecAccount{}.Status), required: true, value: value{kind: kindEnum, open: true, enum: &codecStatuses}},
		{name: "supported_payment_method_types", off: unsafe.Offsetof(codecAccount{}.Supported), required: true, value: value{kind: kindSlice, elem: &value{kind: kindEnum, enum: &codecMethods}}},
	},
}

type codecHolder struct {
	Account  Optional[Expandable[Raw]]
	Customer Optional[string]
	Type     string
	extra    members
}

var codecHolderDescribed = descriptor{built: unsafe.Pointer(&codecHolderTable)}

func (*codecHolder) table() *descriptor { return &codecHolderDescribed }

var codecHolderTable = table{
	name: "Holder", typ: reflect.TypeFor[codecHolder](), size: unsafe.Sizeof(codecHolder{}),
	extra: unsafe.Offsetof(codecHolder{}.extra),
	fields: []field{
		{name: "account", off: unsafe.Offsetof(codecHolder{}.Account), value: value{kind: kindExpandable, opt: true}},
		{name: "customer", off: unsafe.Offsetof(codecHolder{}.Customer), value: value{kind: kindString, opt: true}},
		{name: "type", off: unsafe.Offsetof(codecHolder{}.Type), required: true, value: value{kind: kindString}},
	},
}

type codecBalance struct {
	AsOf    UnixTime
	Cash    Optional[*codecCash]
	Current map[string]int64
	Type    string
	extra   members
}

var codecBalanceDescribed = descriptor{built: unsafe.Pointer(&codecBalanceTable)}

func (*codecBalance) table() *descriptor { return &codecBalanceDescribed }

var codecBalanceTable = table{
	name: "Balance", typ: reflect.TypeFor[codecBalance](), size: unsafe.Sizeof(codecBalance{}),
	extra: unsafe.Offsetof(codecBalance{}.extra),
	fields: []field{
		{name: "as_of", off: unsafe.Offsetof(codecBalance{}.AsOf), required: true, value: value{kind: kindInt64}},
		{name: "cash", off: unsafe.Offsetof(codecBalance{}.Cash), value: value{kind: kindPointer, opt: true, null: true, sub: (*codecCash)(nil)}},
		{name: "current", off: unsafe.Offsetof(codecBalance{}.Current), required: true, value: value{kind: kindMap, elem: &value{kind: kindInt64}}},
		{name: "type", off: unsafe.Offsetof(codecBalance{}.Type), required: true, value: value{kind: kindString}},
	},
}

type codecCash struct {
	Available Optional[map[string]int64]
	extra     members
}

var codecCashDescribed = descriptor{built: unsafe.Pointer(&codecCashTable)}

func (*codecCash) table() *descriptor { return &codecCashDescribed }

var codecCashTable = table{
	name: "Cash", typ: reflect.TypeFor[codecCash](), size: unsafe.Sizeof(codecCash{}),
	extra: unsafe.Offsetof(codecCash{}.extra),
	fields: []field{
		{name: "available", off: unsafe.Offsetof(codecCash{}.Available), value: value{kind: kindMap, opt: true, null: true, elem: &value{kind: kindInt64}}},
	},
}

type codecRefresh struct {
	LastAttemptedAt UnixTime
	NextAvailableAt Optional[UnixTime]
	Status          string
	extra           members
}

var codecRefreshDescribed = descriptor{built: unsafe.Pointer(&codecRefreshTable)}

func (*codecRefresh) table() *descriptor { return &codecRefreshDescribed }

var codecRefreshTable = table{
	name: "Refresh", typ: reflect.TypeFor[codecRefresh](), size: unsafe.Sizeof(codecRefresh{}),
	extra: unsafe.Offsetof(codecRefresh{}.extra),
	fields: []field{
		{name: "last_attempted_at", off: unsafe.Offsetof(codecRefresh{}.LastAttemptedAt), required: true, value: value{kind: kindInt64}},
		{name: "next_refresh_available_at", off: unsafe.Offsetof(codecRefresh{}.NextAvailableAt), value: value{kind: kindInt64, opt: true, null: true}},
		{name: "status", off: unsafe.Offsetof(codecRefresh{}.Status), required: true, value: value{kind: kindString}},
	},
}

type codecOwnership struct {
	Created UnixTime
	ID      string
	Owners  codecPage // an embedded list
	extra   members
}

var codecOwnershipDescribed = descriptor{built: unsafe.Pointer(&codecOwnershipTable)}

func (*codecOwnership) table() *descriptor { return &codecOwnershipDescribed }

var codecOwnershipTable = table{
	name: "Ownership", typ: reflect.TypeFor[codecOwnership](), size: unsafe.Sizeof(codecOwnership{}),
	extra: unsafe.Offsetof(codecOwnership{}.extra), id: "id",
	fields: []field{
		{name: "created", off: unsafe.Offsetof(codecOwnership{}.Created), required: true, value: value{kind: kindInt64}},
		{name: "id", off: unsafe.Offsetof(codecOwnership{}.ID), required: true, value: value{kind: kindString}},
		{name: "owners", off: unsafe.Offsetof(codecOwnership{}.Owners), required: true, value: value{kind: kindStruct, sub: (*codecPage)(nil)}},
	},
}

// codecPage is a page of accounts.
type codecPage struct {
	Data    []codecAccount
	HasMore bool
	URL     string
	from    *origin
	extra   members
}

var codecPageDescribed = descriptor{built: unsafe.Pointer(&codecPageTable)}

func (*codecPage) table() *descriptor { return &codecPageDescribed }

var codecPageTable = table{
	name: "Page", typ: reflect.TypeFor[codecPage](), size: unsafe.Sizeof(codecPage{}),
	extra: unsafe.Offsetof(codecPage{}.extra),
	list: &list{data: "data", more: "has_more", url: "url", after: "starting_after", before: "ending_before",
		origin: unsafe.Offsetof(codecPage{}.from), itemID: "id"},
	fields: []field{
		{name: "data", off: unsafe.Offsetof(codecPage{}.Data), required: true, value: value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*codecAccount)(nil)}}},
		{name: "has_more", off: unsafe.Offsetof(codecPage{}.HasMore), required: true, value: value{kind: kindBool}},
		{name: "url", off: unsafe.Offsetof(codecPage{}.URL), required: true, value: value{kind: kindString}},
	},
}

// codecNode is a tree, by values in a list, by pointers, and by a map.
type codecNode struct {
	Name     string
	Children []codecNode
	Next     Optional[*codecNode]
	Refs     Optional[[]*codecNode]
	Named    Optional[map[string]*codecNode]
	extra    members
}

var codecNodeDescribed = descriptor{built: unsafe.Pointer(&codecNodeTable)}

func (*codecNode) table() *descriptor { return &codecNodeDescribed }

var codecNodeTable = table{
	name: "Node", typ: reflect.TypeFor[codecNode](), size: unsafe.Sizeof(codecNode{}),
	extra: unsafe.Offsetof(codecNode{}.extra), id: "name",
	fields: []field{
		{name: "name", off: unsafe.Offsetof(codecNode{}.Name), required: true, value: value{kind: kindString}},
		{name: "children", off: unsafe.Offsetof(codecNode{}.Children), required: true, value: value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*codecNode)(nil)}}},
		{name: "next", off: unsafe.Offsetof(codecNode{}.Next), value: value{kind: kindPointer, opt: true, sub: (*codecNode)(nil)}},
		{name: "refs", off: unsafe.Offsetof(codecNode{}.Refs), value: value{kind: kindSlice, opt: true, elem: &value{kind: kindPointer, sub: (*codecNode)(nil)}}},
		{name: "named", off: unsafe.Offsetof(codecNode{}.Named), value: value{kind: kindMap, opt: true, elem: &value{kind: kindPointer, sub: (*codecNode)(nil)}, maps: &otherMap{}, typ: reflect.TypeFor[map[string]*codecNode]()}},
	},
}

// codecShape is a union of everything that a union can hold.
type codecShape interface{ codecShape() }

type (
	codecCircle struct {
		Type   string
		Radius float64
		extra  members
	}
	codecSquare struct {
		Type  string
		Side  Optional[int64]
		Inner Optional[codecShape]
		extra members
	}
	codecGone struct {
		Deleted bool
		ID      string
		extra   members
	}
	codecShapeName  string
	codecShapeCount int64
	codecShapeFlag  bool
	codecShapeList  []codecNode
	codecShapeRaw   Raw
)

func (*codecCircle) codecShape()    {}
func (*codecSquare) codecShape()    {}
func (*codecGone) codecShape()      {}
func (codecShapeName) codecShape()  {}
func (codecShapeCount) codecShape() {}
func (codecShapeFlag) codecShape()  {}
func (codecShapeList) codecShape()  {}
func (codecShapeRaw) codecShape()   {}

// codecStranger is no variant, and seals itself in by embedding one.
type codecStranger struct{ *codecCircle }

var codecCircleDescribed = descriptor{built: unsafe.Pointer(&codecCircleTable)}

func (*codecCircle) table() *descriptor { return &codecCircleDescribed }

var codecSquareDescribed = descriptor{built: unsafe.Pointer(&codecSquareTable)}

func (*codecSquare) table() *descriptor { return &codecSquareDescribed }

var codecGoneDescribed = descriptor{built: unsafe.Pointer(&codecGoneTable)}

func (*codecGone) table() *descriptor { return &codecGoneDescribed }

var codecCircleTable = table{
	name: "Circle", typ: reflect.TypeFor[codecCircle](), size: unsafe.Sizeof(codecCircle{}),
	extra: unsafe.Offsetof(codecCircle{}.extra),
	fields: []field{
		{name: "type", off: unsafe.Offsetof(codecCircle{}.Type), required: true, value: value{kind: kindString}},
		{name: "radius", off: unsafe.Offsetof(codecCircle{}.Radius), required: true, value: value{kind: kindFloat64, float: &floats}},
	},
}

var codecSquareTable = table{
	name: "Square", typ: reflect.TypeFor[codecSquare](), size: unsafe.Sizeof(codecSquare{}),
	extra: unsafe.Offsetof(codecSquare{}.extra),
	fields: []field{
		{name: "type", off: unsafe.Offsetof(codecSquare{}.Type), required: true, value: value{kind: kindString}},
		{name: "side", off: unsafe.Offsetof(codecSquare{}.Side), value: value{kind: kindInt64, opt: true}},
		{name: "inner", off: unsafe.Offsetof(codecSquare{}.Inner), value: value{kind: kindUnion, opt: true, union: codecShapeType{}}},
	},
}

var codecGoneTable = table{
	name: "Gone", typ: reflect.TypeFor[codecGone](), size: unsafe.Sizeof(codecGone{}),
	extra: unsafe.Offsetof(codecGone{}.extra), id: "id",
	fields: []field{
		{name: "deleted", off: unsafe.Offsetof(codecGone{}.Deleted), required: true, value: value{kind: kindBool}},
		{name: "id", off: unsafe.Offsetof(codecGone{}.ID), required: true, value: value{kind: kindString}},
	},
}

type codecShapeType struct{}

var codecShapeTypeDescribed = choice{made: unsafe.Pointer(&codecShapeUnion)}

func (codecShapeType) union() madeUnion { return &codecShapeTypeDescribed }

var codecShapeUnion = union{
	read: (*decoder).readUnion, judge: (*evaluation).variant,
	name: "Shape",
	typ:  reflect.TypeFor[codecShape](),
	by:   "type",
	variants: []variant{
		{value: value{kind: kindStruct, sub: (*codecCircle)(nil)}, tags: []string{"circle", "disc"},
			set: func(dst, p unsafe.Pointer) { *(*codecShape)(dst) = (*codecCircle)(p) }},
		{value: value{kind: kindStruct, sub: (*codecSquare)(nil)}, tags: []string{"square"},
			set: func(dst, p unsafe.Pointer) { *(*codecShape)(dst) = (*codecSquare)(p) }},
		{value: value{kind: kindStruct, sub: (*codecGone)(nil)}, required: []string{"id"},
			consts: []constant{{name: "deleted", value: literal{typ: typeBoolean, str: "true"}}},
			set:    func(dst, p unsafe.Pointer) { *(*codecShape)(dst) = (*codecGone)(p) }},
		{value: value{kind: kindString}, types: typeString,
			set: func(dst, p unsafe.Pointer) { *(*codecShape)(dst) = *(*codecShapeName)(p) }},
		{value: value{kind: kindInt64}, types: typeInteger,
			set: func(dst, p unsafe.Pointer) { *(*codecShape)(dst) = *(*codecShapeCount)(p) }},
		{value: value{kind: kindBool}, types: typeBoolean,
			set: func(dst, p unsafe.Pointer) { *(*codecShape)(dst) = *(*codecShapeFlag)(p) }},
		{value: value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*codecNode)(nil)}}, types: typeArray,
			set: func(dst, p unsafe.Pointer) { *(*codecShape)(dst) = *(*codecShapeList)(p) }},
	},
	setRaw: func(dst unsafe.Pointer, raw Raw) { *(*codecShape)(dst) = codecShapeRaw(raw) },
}

func init() {
	codecShapeUnion.get = func(p unsafe.Pointer) (int, unsafe.Pointer) {
		switch x := (*(*codecShape)(p)).(type) {
		case *codecCircle:
			return 0, unsafe.Pointer(x)
		case *codecSquare:
			return 1, unsafe.Pointer(x)
		case *codecGone:
			return 2, unsafe.Pointer(x)
		case codecShapeName:
			return 3, unsafe.Pointer(&x)
		case codecShapeCount:
			return 4, unsafe.Pointer(&x)
		case codecShapeFlag:
			return 5, unsafe.Pointer(&x)
		case codecShapeList:
			return 6, unsafe.Pointer(&x)
		case codecShapeRaw:
			return -1, unsafe.Pointer(&x)
		}
		return -2, nil
	}
}

// codecTags is a union whose by member alone tells its variants apart.
type codecTags struct {
	Items []codecTagged
	extra members
}

type (
	codecTagged    interface{ codecTagged() }
	codecTaggedRaw Raw
)

func (*codecCircle) codecTagged()   {}
func (*codecSquare) codecTagged()   {}
func (codecTaggedRaw) codecTagged() {}

var codecTagsDescribed = descriptor{built: unsafe.Pointer(&codecTagsTable)}

func (*codecTags) table() *descriptor { return &codecTagsDescribed }

var codecTagsTable = table{
	name: "Tags", typ: reflect.TypeFor[codecTags](), size: unsafe.Sizeof(codecTags{}),
	extra: unsafe.Offsetof(codecTags{}.extra),
	fields: []field{
		{name: "items", off: unsafe.Offsetof(codecTags{}.Items), required: true, value: value{kind: kindSlice, elem: &value{kind: kindUnion, union: codecTaggedType{}, typ: reflect.TypeFor[codecTagged]()}}},
	},
}

type codecTaggedType struct{}

var codecTaggedTypeDescribed = choice{made: unsafe.Pointer(&codecTaggedUnion)}

func (codecTaggedType) union() madeUnion { return &codecTaggedTypeDescribed }

var codecTaggedUnion = union{
	read: (*decoder).readUnion, judge: (*evaluation).variant,
	name: "Tagged",
	typ:  reflect.TypeFor[codecTagged](),
	by:   "type",
	variants: []variant{
		{value: value{kind: kindStruct, sub: (*codecCircle)(nil)}, tags: []string{"circle"},
			set: func(dst, p unsafe.Pointer) { *(*codecTagged)(dst) = (*codecCircle)(p) }},
		{value: value{kind: kindStruct, sub: (*codecSquare)(nil)}, tags: []string{"square"},
			set: func(dst, p unsafe.Pointer) { *(*codecTagged)(dst) = (*codecSquare)(p) }},
	},
	get: func(p unsafe.Pointer) (int, unsafe.Pointer) {
		switch x := (*(*codecTagged)(p)).(type) {
		case *codecCircle:
			return 0, unsafe.Pointer(x)
		case *codecSquare:
			return 1, unsafe.Pointer(x)
		case codecTaggedRaw:
			return -1, unsafe.Pointer(&x)
		}
		return -2, nil
	},
	setRaw: func(dst unsafe.Pointer, raw Raw) { *(*codecTagged)(dst) = codecTaggedRaw(raw) },
}

// codecAll has a field of every kind: plain, Optional, in a list and in a map.
type codecAll struct {
	Bool       bool
	Int32      int32
	Int64      int64
	Float      float64
	String     string
	Enum       codecStatus
	Bytes      []byte
	Raw        Raw
	Struct     codecCash
	Pointer    *codecNode
	Slice      []int64
	Map        map[string]string
	Union      codecShape
	Expandable Expandable[codecShape]

	OptBool       Optional[bool]
	OptInt32      Optional[int32]
	OptInt64      Optional[int64]
	OptFloat      Optional[float64]
	OptString     Optional[string]
	OptEnum       Optional[codecStatus]
	OptBytes      Optional[[]byte]
	OptRaw        Optional[Raw]
	OptStruct     Optional[codecCash]
	OptPointer    Optional[*codecNode]
	OptSlice      Optional[[]int64]
	OptMap        Optional[map[string]string]
	OptUnion      Optional[codecShape]
	OptExpandable Optional[Expandable[*codecNode]]

	Bools       []bool
	Int32s      []int32
	Floats      []float64
	Strings     []string
	Byteses     [][]byte
	Raws        []Raw
	Structs     []codecCash
	Pointers    []*codecNode
	Slices      [][]string
	Maps        []map[string]int64
	OptMaps     []Optional[map[string]float64]
	Unions      []codecShape
	Expandables []Expandable[*codecNode]
	Opts        []Optional[int64]
	OptBools    []Optional[bool]

	MapBool       map[string]bool
	MapInt64      map[string]int64
	MapFloat      map[string]float64
	MapEnum       map[string]codecStatus
	MapRaw        map[string]Raw
	MapStruct     map[string]codecCash
	MapSlice      map[string][]string
	MapUnion      map[string]codecShape
	MapOpt        map[string]Optional[string]
	MapExpandable map[string]Expandable[*codecNode]

	Quoted Optional[string]
	extra  members
}

var codecAllDescribed = descriptor{built: unsafe.Pointer(&codecAllTable)}

func (*codecAll) table() *descriptor { return &codecAllDescribed }

var (
	nodeElem   = &value{kind: kindPointer, sub: (*codecNode)(nil)}
	cashElem   = &value{kind: kindStruct, sub: (*codecCash)(nil)}
	int64Elem  = &value{kind: kindInt64}
	stringElem = &value{kind: kindString}
	shapeElem  = &value{kind: kindUnion, union: codecShapeType{}, typ: reflect.TypeFor[codecShape]()}
)

var codecAllTable = table{
	name: "All", typ: reflect.TypeFor[codecAll](), size: unsafe.Sizeof(codecAll{}),
	extra: unsafe.Offsetof(codecAll{}.extra),
	fields: []field{
		{name: "bool", off: unsafe.Offsetof(codecAll{}.Bool), required: true, value: value{kind: kindBool}},
		{name: "int32", off: unsafe.Offsetof(codecAll{}.Int32), required: true, value: value{kind: kindInt32}},
		{name: "int64", off: unsafe.Offsetof(codecAll{}.Int64), required: true, value: value{kind: kindInt64}},
		{name: "float", off: unsafe.Offsetof(codecAll{}.Float), required: true, value: value{kind: kindFloat64, float: &floats}},
		{name: "string", off: unsafe.Offsetof(codecAll{}.String), required: true, value: value{kind: kindString}},
		{name: "enum", off: unsafe.Offsetof(codecAll{}.Enum), required: true, value: value{kind: kindEnum, enum: &codecStatuses}},
		{name: "bytes", off: unsafe.Offsetof(codecAll{}.Bytes), required: true, value: value{kind: kindBytes}},
		{name: "raw", off: unsafe.Offsetof(codecAll{}.Raw), required: true, value: value{kind: kindRaw}},
		{name: "struct", off: unsafe.Offsetof(codecAll{}.Struct), required: true, value: *cashElem},
		{name: "pointer", off: unsafe.Offsetof(codecAll{}.Pointer), required: true, value: *nodeElem},
		{name: "slice", off: unsafe.Offsetof(codecAll{}.Slice), required: true, value: value{kind: kindSlice, elem: int64Elem}},
		{name: "map", off: unsafe.Offsetof(codecAll{}.Map), required: true, value: value{kind: kindMap, elem: stringElem}},
		{name: "union", off: unsafe.Offsetof(codecAll{}.Union), required: true, value: value{kind: kindUnion, union: codecShapeType{}}},
		{name: "expandable", off: unsafe.Offsetof(codecAll{}.Expandable), required: true, value: value{kind: kindExpandable, elem: &value{kind: kindUnion, union: codecShapeType{}}}},

		{name: "opt_bool", off: unsafe.Offsetof(codecAll{}.OptBool), value: value{opt: true, kind: kindBool}},
		{name: "opt_int32", off: unsafe.Offsetof(codecAll{}.OptInt32), value: value{opt: true, kind: kindInt32}},
		{name: "opt_int64", off: unsafe.Offsetof(codecAll{}.OptInt64), value: value{opt: true, kind: kindInt64}},
		{name: "opt_float", off: unsafe.Offsetof(codecAll{}.OptFloat), value: value{opt: true, kind: kindFloat64, float: &floats}},
		{name: "opt_string", off: unsafe.Offsetof(codecAll{}.OptString), value: value{opt: true, kind: kindString}},
		{name: "opt_enum", off: unsafe.Offsetof(codecAll{}.OptEnum), value: value{opt: true, kind: kindEnum, enum: &codecStatuses}},
		{name: "opt_bytes", off: unsafe.Offsetof(codecAll{}.OptBytes), value: value{opt: true, kind: kindBytes}},
		{name: "opt_raw", off: unsafe.Offsetof(codecAll{}.OptRaw), value: value{opt: true, kind: kindRaw}},
		{name: "opt_struct", off: unsafe.Offsetof(codecAll{}.OptStruct), value: value{opt: true, kind: kindStruct, sub: (*codecCash)(nil)}},
		{name: "opt_pointer", off: unsafe.Offsetof(codecAll{}.OptPointer), value: value{opt: true, kind: kindPointer, sub: (*codecNode)(nil)}},
		{name: "opt_slice", off: unsafe.Offsetof(codecAll{}.OptSlice), value: value{opt: true, kind: kindSlice, elem: int64Elem}},
		{name: "opt_map", off: unsafe.Offsetof(codecAll{}.OptMap), value: value{opt: true, kind: kindMap, elem: stringElem}},
		{name: "opt_union", off: unsafe.Offsetof(codecAll{}.OptUnion), value: value{opt: true, kind: kindUnion, union: codecShapeType{}}},
		{name: "opt_expandable", off: unsafe.Offsetof(codecAll{}.OptExpandable), value: value{opt: true, kind: kindExpandable}},

		{name: "bools", off: unsafe.Offsetof(codecAll{}.Bools), required: true, value: value{kind: kindSlice, elem: &value{kind: kindBool}}},
		{name: "int32s", off: unsafe.Offsetof(codecAll{}.Int32s), required: true, value: value{kind: kindSlice, elem: &value{kind: kindInt32}}},
		{name: "floats", off: unsafe.Offsetof(codecAll{}.Floats), required: true, value: value{kind: kindSlice, elem: &value{kind: kindFloat64, float: &floats}}},
		{name: "strings", off: unsafe.Offsetof(codecAll{}.Strings), required: true, value: value{kind: kindSlice, elem: stringElem}},
		{name: "byteses", off: unsafe.Offsetof(codecAll{}.Byteses), required: true, value: value{kind: kindSlice, elem: &value{kind: kindBytes}}},
		{name: "raws", off: unsafe.Offsetof(codecAll{}.Raws), required: true, value: value{kind: kindSlice, elem: &value{kind: kindRaw}}},
		{name: "structs", off: unsafe.Offsetof(codecAll{}.Structs), required: true, value: value{kind: kindSlice, elem: cashElem}},
		{name: "pointers", off: unsafe.Offsetof(codecAll{}.Pointers), required: true, value: value{kind: kindSlice, elem: nodeElem}},
		{name: "slices", off: unsafe.Offsetof(codecAll{}.Slices), required: true, value: value{kind: kindSlice, elem: &value{kind: kindSlice, elem: stringElem, typ: reflect.TypeFor[[]string]()}}},
		{name: "maps", off: unsafe.Offsetof(codecAll{}.Maps), required: true, value: value{kind: kindSlice, elem: &value{kind: kindMap, elem: int64Elem, typ: reflect.TypeFor[map[string]int64]()}}},
		{name: "opt_maps", off: unsafe.Offsetof(codecAll{}.OptMaps), required: true, value: value{kind: kindSlice, elem: &value{kind: kindMap, opt: true, elem: &value{kind: kindFloat64, float: &floats}, maps: &otherMap{of: &floats}, typ: reflect.TypeFor[Optional[map[string]float64]]()}}},
		{name: "unions", off: unsafe.Offsetof(codecAll{}.Unions), required: true, value: value{kind: kindSlice, elem: shapeElem}},
		{name: "expandables", off: unsafe.Offsetof(codecAll{}.Expandables), required: true, value: value{kind: kindSlice, elem: &value{kind: kindExpandable, typ: reflect.TypeFor[Expandable[*codecNode]]()}}},
		{name: "opts", off: unsafe.Offsetof(codecAll{}.Opts), required: true, value: value{kind: kindSlice, elem: &value{kind: kindInt64, opt: true, typ: reflect.TypeFor[Optional[int64]]()}}},
		{name: "opt_bools", off: unsafe.Offsetof(codecAll{}.OptBools), required: true, value: value{kind: kindSlice, elem: &value{kind: kindBool, opt: true, typ: reflect.TypeFor[Optional[bool]]()}}},

		{name: "map_bool", off: unsafe.Offsetof(codecAll{}.MapBool), required: true, value: value{kind: kindMap, elem: &value{kind: kindBool}, maps: &otherMap{}, typ: reflect.TypeFor[map[string]bool]()}},
		{name: "map_int64", off: unsafe.Offsetof(codecAll{}.MapInt64), required: true, value: value{kind: kindMap, elem: int64Elem}},
		{name: "map_float", off: unsafe.Offsetof(codecAll{}.MapFloat), required: true, value: value{kind: kindMap, elem: &value{kind: kindFloat64, float: &floats}, maps: &otherMap{of: &floats}, typ: reflect.TypeFor[map[string]float64]()}},
		{name: "map_enum", off: unsafe.Offsetof(codecAll{}.MapEnum), required: true, value: value{kind: kindMap, elem: &value{kind: kindEnum, enum: &codecStatuses}, maps: &otherMap{of: &codecStatuses}, typ: reflect.TypeFor[map[string]codecStatus]()}},
		{name: "map_raw", off: unsafe.Offsetof(codecAll{}.MapRaw), required: true, value: value{kind: kindMap, elem: &value{kind: kindRaw}, maps: &otherMap{}, typ: reflect.TypeFor[map[string]Raw]()}},
		{name: "map_struct", off: unsafe.Offsetof(codecAll{}.MapStruct), required: true, value: value{kind: kindMap, elem: cashElem, maps: &otherMap{}, typ: reflect.TypeFor[map[string]codecCash]()}},
		{name: "map_slice", off: unsafe.Offsetof(codecAll{}.MapSlice), required: true, value: value{kind: kindMap, elem: &value{kind: kindSlice, elem: stringElem}, maps: &otherMap{}, typ: reflect.TypeFor[map[string][]string]()}},
		{name: "map_union", off: unsafe.Offsetof(codecAll{}.MapUnion), required: true, value: value{kind: kindMap, elem: &value{kind: kindUnion, union: codecShapeType{}}, maps: &otherMap{of: codecShapeType{}}, typ: reflect.TypeFor[map[string]codecShape]()}},
		{name: "map_opt", off: unsafe.Offsetof(codecAll{}.MapOpt), required: true, value: value{kind: kindMap, elem: &value{kind: kindString, opt: true}, maps: &otherMap{}, typ: reflect.TypeFor[map[string]Optional[string]]()}},
		{name: "map_expandable", off: unsafe.Offsetof(codecAll{}.MapExpandable), required: true, value: value{kind: kindMap, elem: &value{kind: kindExpandable}, maps: &otherMap{}, typ: reflect.TypeFor[map[string]Expandable[*codecNode]]()}},

		{name: "quo\"ted\\\n☃", off: unsafe.Offsetof(codecAll{}.Quoted), value: value{opt: true, kind: kindString}},
	},
}

// codecWide has 300 fields, half of them plain. From the 64th on a plain one is
// where an Optional is among the first 64.
type codecWide struct {
	Plain [150]int64
	Opt   [150]Optional[string]
	extra members
}

var codecWideDescribed = descriptor{built: unsafe.Pointer(&codecWideTable)}

func (*codecWide) table() *descriptor { return &codecWideDescribed }

var codecWideTable = table{
	name: "Wide", typ: reflect.TypeFor[codecWide](), size: unsafe.Sizeof(codecWide{}),
	extra: unsafe.Offsetof(codecWide{}.extra), fields: codecWideFields(),
}

func codecWideFields() []field {
	var fields []field
	for i := range uintptr(150) {
		pair := []field{
			{name: fmt.Sprintf("plain_%d", i), off: i * 8, required: true, value: value{kind: kindInt64}},
			{name: fmt.Sprintf("opt_%d", i), off: unsafe.Offsetof(codecWide{}.Opt) + i*unsafe.Sizeof(Optional[string]{}), value: value{kind: kindString, opt: true}},
		}
		if i >= 32 {
			slices.Reverse(pair)
		}
		fields = append(fields, pair...)
	}
	return fields
}

// codecParams has parameters of every kind and style.
type codecParams struct {
	Holder     codecHolderParams
	Names      []string
	Features   []codecStatus
	Metadata   map[string]string
	Items      []codecItemParams
	Filters    codecFilterParams
	Search     Optional[string]
	Limit      Optional[int64]
	Deep       Optional[bool]
	Count      int64
	Ratio      float64
	Shape      codecShape
	Ref        Expandable[*codecNode]
	Any        Raw
	Data       []byte
	Explode    []string
	Comma      []string
	Space      []int64
	Pipe       []string
	ExplodeMap map[string]string
	CommaMap   map[string]int64
	Ptr        *codecItemParams
	Node       Optional[*codecNode]
	Body       string // inForm
	Header     []string
	Cookie     Optional[int64]
	JSON       Optional[*codecNode]
}

var codecParamsDescribed = descriptor{built: unsafe.Pointer(&codecParamsTable)}

func (*codecParams) table() *descriptor { return &codecParamsDescribed }

var codecParamsTable = table{
	name: "Params", typ: reflect.TypeFor[codecParams](), size: unsafe.Sizeof(codecParams{}), params: true,
	fields: []field{
		{name: "account_holder", off: unsafe.Offsetof(codecParams{}.Holder), in: inQuery, value: value{kind: kindStruct, sub: (*codecHolderParams)(nil)}},
		{name: "names", off: unsafe.Offsetof(codecParams{}.Names), in: inQuery, value: value{kind: kindSlice, elem: stringElem}},
		{name: "features", off: unsafe.Offsetof(codecParams{}.Features), in: inQuery, required: true, value: value{kind: kindSlice, elem: &value{kind: kindEnum, enum: &codecStatuses}}},
		{name: "metadata", off: unsafe.Offsetof(codecParams{}.Metadata), in: inQuery, value: value{kind: kindMap, elem: stringElem}},
		{name: "items", off: unsafe.Offsetof(codecParams{}.Items), in: inQuery, value: value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*codecItemParams)(nil)}}},
		{name: "filters", off: unsafe.Offsetof(codecParams{}.Filters), in: inQuery, value: value{kind: kindStruct, sub: (*codecFilterParams)(nil)}},
		{name: "search", off: unsafe.Offsetof(codecParams{}.Search), in: inQuery, value: value{kind: kindString, opt: true, null: true}},
		{name: "limit", off: unsafe.Offsetof(codecParams{}.Limit), in: inQuery, value: value{kind: kindInt64, opt: true}},
		{name: "deep", off: unsafe.Offsetof(codecParams{}.Deep), in: inQuery, value: value{kind: kindBool, opt: true}},
		{name: "count", off: unsafe.Offsetof(codecParams{}.Count), in: inQuery, required: true, value: value{kind: kindInt64}},
		{name: "ratio", off: unsafe.Offsetof(codecParams{}.Ratio), in: inQuery, required: true, value: value{kind: kindFloat64, float: &floats}},
		{name: "shape", off: unsafe.Offsetof(codecParams{}.Shape), in: inQuery, value: value{kind: kindUnion, union: codecShapeType{}}},
		{name: "ref", off: unsafe.Offsetof(codecParams{}.Ref), in: inQuery, value: value{kind: kindExpandable}},
		{name: "any", off: unsafe.Offsetof(codecParams{}.Any), in: inQuery, value: value{kind: kindRaw}},
		{name: "data", off: unsafe.Offsetof(codecParams{}.Data), in: inQuery, value: value{kind: kindBytes}},
		{name: "explode", off: unsafe.Offsetof(codecParams{}.Explode), in: inQuery, style: styleExplode, value: value{kind: kindSlice, elem: stringElem}},
		{name: "comma", off: unsafe.Offsetof(codecParams{}.Comma), in: inQuery, style: styleForm, value: value{kind: kindSlice, elem: stringElem}},
		{name: "space", off: unsafe.Offsetof(codecParams{}.Space), in: inQuery, style: styleSpace, value: value{kind: kindSlice, elem: int64Elem}},
		{name: "pipe", off: unsafe.Offsetof(codecParams{}.Pipe), in: inQuery, style: stylePipe, value: value{kind: kindSlice, elem: stringElem}},
		{name: "explode_map", off: unsafe.Offsetof(codecParams{}.ExplodeMap), in: inQuery, style: styleExplode, value: value{kind: kindMap, elem: stringElem}},
		{name: "comma_map", off: unsafe.Offsetof(codecParams{}.CommaMap), in: inQuery, style: styleForm, value: value{kind: kindMap, elem: int64Elem}},
		{name: "ptr", off: unsafe.Offsetof(codecParams{}.Ptr), in: inQuery, value: value{kind: kindPointer, sub: (*codecItemParams)(nil)}},
		{name: "node", off: unsafe.Offsetof(codecParams{}.Node), in: inQuery, value: value{kind: kindPointer, opt: true, null: true, sub: (*codecNode)(nil)}},
		{name: "body", off: unsafe.Offsetof(codecParams{}.Body), in: inForm, required: true, value: value{kind: kindString}},
		{name: "X-Header", off: unsafe.Offsetof(codecParams{}.Header), in: inHeader, value: value{kind: kindSlice, elem: stringElem}},
		{name: "cookie", off: unsafe.Offsetof(codecParams{}.Cookie), in: inCookie, value: value{kind: kindInt64, opt: true}},
		{name: "", off: unsafe.Offsetof(codecParams{}.JSON), in: inJSON, value: value{kind: kindPointer, opt: true, null: true, sub: (*codecNode)(nil)}},
	},
}

type codecHolderParams struct {
	Customer string
	Type     codecStatus
}

var codecHolderParamsDescribed = descriptor{built: unsafe.Pointer(&codecHolderParamsTable)}

func (*codecHolderParams) table() *descriptor { return &codecHolderParamsDescribed }

var codecHolderParamsTable = table{
	name: "HolderParams", typ: reflect.TypeFor[codecHolderParams](), size: unsafe.Sizeof(codecHolderParams{}), params: true,
	fields: []field{
		{name: "customer", off: unsafe.Offsetof(codecHolderParams{}.Customer), value: value{kind: kindString}},
		{name: "type", off: unsafe.Offsetof(codecHolderParams{}.Type), required: true, value: value{kind: kindEnum, enum: &codecStatuses}},
	},
}

type codecItemParams struct {
	Price    string
	Quantity int64
	Flags    Optional[codecFlagParams]
}

var codecItemParamsDescribed = descriptor{built: unsafe.Pointer(&codecItemParamsTable)}

func (*codecItemParams) table() *descriptor { return &codecItemParamsDescribed }

var codecItemParamsTable = table{
	name: "ItemParams", typ: reflect.TypeFor[codecItemParams](), size: unsafe.Sizeof(codecItemParams{}), params: true,
	fields: []field{
		{name: "price", off: unsafe.Offsetof(codecItemParams{}.Price), value: value{kind: kindString}},
		{name: "quantity", off: unsafe.Offsetof(codecItemParams{}.Quantity), required: true, value: value{kind: kindInt64}},
		{name: "flags", off: unsafe.Offsetof(codecItemParams{}.Flags), value: value{kind: kindStruct, opt: true, null: true, sub: (*codecFlagParams)(nil)}},
	},
}

// codecFlagParams is a struct whose alignment is a byte's.
type codecFlagParams struct{ On, Off Optional[bool] }

var codecFlagParamsDescribed = descriptor{built: unsafe.Pointer(&codecFlagParamsTable)}

func (*codecFlagParams) table() *descriptor { return &codecFlagParamsDescribed }

var codecFlagParamsTable = table{
	name: "FlagParams", typ: reflect.TypeFor[codecFlagParams](), size: unsafe.Sizeof(codecFlagParams{}), params: true,
	fields: []field{
		{name: "on", off: unsafe.Offsetof(codecFlagParams{}.On), value: value{kind: kindBool, opt: true}},
		{name: "off", off: unsafe.Offsetof(codecFlagParams{}.Off), value: value{kind: kindBool, opt: true}},
	},
}

type codecFilterParams struct{ Countries []string }

var codecFilterParamsDescribed = descriptor{built: unsafe.Pointer(&codecFilterParamsTable)}

func (*codecFilterParams) table() *descriptor { return &codecFilterParamsDescribed }

var codecFilterParamsTable = table{
	name: "FilterParams", typ: reflect.TypeFor[codecFilterParams](), size: unsafe.Sizeof(codecFilterParams{}), params: true,
	fields: []field{
		{name: "countries", off: unsafe.Offsetof(codecFilterParams{}.Countries), value: value{kind: kindSlice, elem: stringElem}},
	},
}

// codecAccountJSON is an account as the API sends it, indented.
const codecAccountJSON = `{
  "id": "fca_1MwVK82eZvKYlo2CjzuKHBZS",
  "object": "financial_connections.account",
  "account_holder": {
    "customer": "cus_9s6XKzkNRiz8i3",
    "type": "customer"
  },
  "balance": {
    "as_of": 1680123456,
    "cash": {
      "available": {
        "usd": 123456
      }
    },
    "current": {
      "usd": 234567
    },
    "type": "cash"
  },
  "balance_refresh": {
    "last_attempted_at": 1680123400,
    "next_refresh_available_at": null,
    "status": "pending"
  },
  "category": "cash",
  "created": 1680035496,
  "display_name": "Chequing — everyday",
  "institution_name": "StripeBank",
  "last4": "6789",
  "livemode": false,
  "ownership": "fcaowns_1MwVK82eZvKYlo2C",
  "permissions": [
    "balances",
    "ownership"
  ],
  "status": "active",
  "supported_payment_method_types": [
    "us_bank_account"
  ]
}`

// plainAccount is the account as one would write it for encoding/json.
type plainAccount struct {
	ID              string          `json:"id"`
	Object          string          `json:"object"`
	AccountHolder   *plainHolder    `json:"account_holder"`
	Balance         *plainBalance   `json:"balance"`
	BalanceRefresh  *plainRefresh   `json:"balance_refresh"`
	Category        codecCategory   `json:"category"`
	Created         int64           `json:"created"`
	DisplayName     *string         `json:"display_name"`
	InstitutionName string          `json:"institution_name"`
	Last4           *string         `json:"last4"`
	Livemode        bool            `json:"livemode"`
	Ownership       json.RawMessage `json:"ownership"`
	Permissions     []codecStatus   `json:"permissions"`
	Status          codecStatus     `json:"status"`
	Supported       []codecMethod   `json:"supported_payment_method_types"`
}

type plainHolder struct {
	Account  *string `json:"account"`
	Customer *string `json:"customer"`
	Type     string  `json:"type"`
}

type plainBalance struct {
	AsOf int64 `json:"as_of"`
	Cash *struct {
		Available map[string]int64 `json:"available"`
	} `json:"cash"`
	Current map[string]int64 `json:"current"`
	Type    string           `json:"type"`
}

type plainRefresh struct {
	LastAttemptedAt int64  `json:"last_attempted_at"`
	NextAvailableAt *int64 `json:"next_refresh_available_at"`
	Status          string `json:"status"`
}

type plainPage struct {
	Data    []plainAccount `json:"data"`
	HasMore bool           `json:"has_more"`
	URL     string         `json:"url"`
}
