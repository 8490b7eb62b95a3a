package support

import (
	"reflect"
	"unsafe"
)

// The types below are what the generator would write for small documents.

// vdProbe has a member of each kind, all optional and nullable, and is what
// the differential tests decode their instances into.
type vdProbe struct {
	S Optional[string]
	I Optional[int64]
	F Optional[float64]
	B Optional[bool]
	L Optional[[]string]
	N Optional[[]float64]
	M Optional[map[string]int64]
	T Optional[map[string]string]
	O Optional[*vdProbe]
	A Optional[[]vdProbe]
	R Optional[Raw]
	J Optional[int32]
	K Optional[map[string]*vdProbe]
	X Optional[map[string]float64]
	Y Optional[map[string]bool]
	U Optional[vdSource]
	E Optional[Expandable[*vdProbe]]
	members
}

var vdProbeDescribed = descriptor{built: unsafe.Pointer(&vdProbeTable)}

func (*vdProbe) table() *descriptor { return &vdProbeDescribed }

var vdProbeTable = table{
	name: "vdProbe", typ: reflect.TypeFor[vdProbe](), size: unsafe.Sizeof(vdProbe{}),
	extra: unsafe.Offsetof(vdProbe{}.members),
	fields: []field{
		{name: "s", off: unsafe.Offsetof(vdProbe{}.S), value: value{kind: kindString, opt: true, null: true}},
		{name: "i", off: unsafe.Offsetof(vdProbe{}.I), value: value{kind: kindInt64, opt: true, null: true}},
		{name: "f", off: unsafe.Offsetof(vdProbe{}.F), value: value{kind: kindFloat64, float: &floats, opt: true, null: true}},
		{name: "b", off: unsafe.Offsetof(vdProbe{}.B), value: value{kind: kindBool, opt: true, null: true}},
		{name: "l", off: unsafe.Offsetof(vdProbe{}.L), value: value{kind: kindSlice, opt: true, null: true, elem: &value{kind: kindString}}},
		{name: "n", off: unsafe.Offsetof(vdProbe{}.N), value: value{kind: kindSlice, opt: true, null: true, elem: &value{kind: kindFloat64, float: &floats}}},
		{name: "m", off: unsafe.Offsetof(vdProbe{}.M), value: value{kind: kindMap, opt: true, null: true, elem: &value{kind: kindInt64}}},
		{name: "t", off: unsafe.Offsetof(vdProbe{}.T), value: value{kind: kindMap, opt: true, null: true, elem: &value{kind: kindString}}},
		{name: "o", off: unsafe.Offsetof(vdProbe{}.O), value: value{kind: kindPointer, opt: true, null: true, sub: (*vdProbe)(nil)}},
		{name: "a", off: unsafe.Offsetof(vdProbe{}.A), value: value{kind: kindSlice, opt: true, null: true, elem: &value{kind: kindStruct, sub: (*vdProbe)(nil)}}},
		{name: "r", off: unsafe.Offsetof(vdProbe{}.R), value: value{kind: kindRaw, opt: true, null: true}},
		{name: "j", off: unsafe.Offsetof(vdProbe{}.J), value: value{kind: kindInt32, opt: true, null: true}},
		{name: "k", off: unsafe.Offsetof(vdProbe{}.K), value: value{kind: kindMap, opt: true, null: true, elem: &value{kind: kindPointer, sub: (*vdProbe)(nil)}, maps: &otherMap{}, typ: reflect.TypeFor[map[string]*vdProbe]()}},
		{name: "x", off: unsafe.Offsetof(vdProbe{}.X), value: value{kind: kindMap, maps: &otherMap{}, typ: reflect.TypeFor[map[string]float64](), opt: true, null: true, elem: &value{kind: kindFloat64, float: &floats}}},
		{name: "y", off: unsafe.Offsetof(vdProbe{}.Y), value: value{kind: kindMap, maps: &otherMap{}, typ: reflect.TypeFor[map[string]bool](), opt: true, null: true, elem: &value{kind: kindBool}}},
		{name: "u", off: unsafe.Offsetof(vdProbe{}.U), value: value{kind: kindUnion, opt: true, null: true, union: vdSourceUnion{}}},
		{name: "e", off: unsafe.Offsetof(vdProbe{}.E), value: value{kind: kindExpandable, opt: true, null: true}},
	},
}

// vdAccount and the types it leads to are those of the ten rules.
type vdAccount struct {
	ID          string
	Created     int64
	Category    string
	Subcategory string
	Last4       Optional[string]
	Holder      Optional[*vdHolder]
	Balance     Optional[*vdBalance]
	Refresh     Optional[*vdRefresh]
	Permissions Optional[[]string]
	members
}

var vdAccountDescribed = descriptor{built: unsafe.Pointer(&vdAccountTable)}

func (*vdAccount) table() *descriptor { return &vdAccountDescribed }

var (
	vdCategories  = enum{"cash", "credit", "investment", "other"}
	vdPermissions = enum{"balances", "ownership", "payment_method", "transactions"}
)

// vdWhen is the condition that member has a value.
func vdWhen(member, is string) check {
	return check{
		{op: opRequired, of: &memberNames{member}},
		{op: opProperty, s: member, of: &check{{op: opConst, of: &literals{{typ: typeString, str: is}}}}},
	}
}

// vdIn is the assertion that member has one of some values.
func vdIn(member string, values ...string) check {
	list := make([]literal, len(values))
	for i, v := range values {
		list[i] = literal{typ: typeString, str: v}
	}
	return check{{op: opProperty, s: member, of: &check{{op: opEnum, of: new(literals(list))}}}}
}

// vdPresent is the assertion that member is there and not null, vdMissing that
// it is not or null.
func vdPresent(member string) check {
	return check{
		{op: opRequired, of: &memberNames{member}},
		{op: opProperty, s: member, of: &check{{op: opNot, of: &check{{op: opType, n: int(typeNull)}}, note: "must not be null"}}},
	}
}

func vdMissing(member string) check {
	return check{{op: opProperty, s: member, of: &check{{op: opType, n: int(typeNull)}}}}
}

var vdAccountTable = table{
	name: "vdAccount", typ: reflect.TypeFor[vdAccount](), size: unsafe.Sizeof(vdAccount{}),
	extra: unsafe.Offsetof(vdAccount{}.members), id: "id",
	fields: []field{
		{name: "id", off: unsafe.Offsetof(vdAccount{}.ID), required: true, value: value{kind: kindString}},
		{name: "created", off: unsafe.Offsetof(vdAccount{}.Created), required: true, value: value{kind: kindInt64, check: check{{op: opMinimum, f: 0}}}},
		{name: "category", off: unsafe.Offsetof(vdAccount{}.Category), required: true, value: value{kind: kindEnum, enum: &vdCategories}},
		{name: "subcategory", off: unsafe.Offsetof(vdAccount{}.Subcategory), required: true, value: value{kind: kindString}},
		{name: "last4", off: unsafe.Offsetof(vdAccount{}.Last4), value: value{kind: kindString, opt: true, null: true, check: check{{op: opPattern, of: readSequence("^[0-9]{4}$")}}}},
		{name: "account_holder", off: unsafe.Offsetof(vdAccount{}.Holder), value: value{kind: kindPointer, opt: true, null: true, sub: (*vdHolder)(nil)}},
		{name: "balance", off: unsafe.Offsetof(vdAccount{}.Balance), value: value{kind: kindPointer, opt: true, null: true, sub: (*vdBalance)(nil)}},
		{name: "balance_refresh", off: unsafe.Offsetof(vdAccount{}.Refresh), value: value{kind: kindPointer, opt: true, null: true, sub: (*vdRefresh)(nil)}},
		{name: "permissions", off: unsafe.Offsetof(vdAccount{}.Permissions), value: value{
			kind: kindSlice, opt: true, null: true,
			elem:  &value{kind: kindEnum, enum: &vdPermissions},
			check: check{{op: opKeyword, of: &uniqueItems{}}},
		}},
	},
	check: check{
		{op: opIf, of: &checks{vdWhen("category", "cash"), vdIn("subcategory", "checking", "savings", "other")}},
		{op: opIf, of: &checks{vdWhen("category", "credit"), vdIn("subcategory", "mortgage", "line_of_credit", "credit_card", "other")}},
		{op: opIf, of: &checks{vdWhen("category", "investment"), vdIn("subcategory", "other")}},
		{op: opIf, of: &checks{vdWhen("category", "other"), vdIn("subcategory", "other")}},
	},
}

type vdHolder struct {
	Account  Optional[Expandable[*vdAccount]]
	Customer Optional[Expandable[Raw]]
	Type     string
	members
}

var vdHolderDescribed = descriptor{built: unsafe.Pointer(&vdHolderTable)}

func (*vdHolder) table() *descriptor { return &vdHolderDescribed }

var vdHolderTypes = enum{"account", "customer"}

var vdHolderTable = table{
	name: "vdHolder", typ: reflect.TypeFor[vdHolder](), size: unsafe.Sizeof(vdHolder{}),
	extra: unsafe.Offsetof(vdHolder{}.members),
	fields: []field{
		{name: "account", off: unsafe.Offsetof(vdHolder{}.Account), value: value{kind: kindExpandable, opt: true, null: true}},
		{name: "customer", off: unsafe.Offsetof(vdHolder{}.Customer), value: value{kind: kindExpandable, opt: true, null: true}},
		{name: "type", off: unsafe.Offsetof(vdHolder{}.Type), required: true, value: value{kind: kindEnum, enum: &vdHolderTypes}},
	},
	check: check{
		{op: opIf, of: &checks{vdWhen("type", "account"), nil, vdMissing("account")}, note: "account is only for the type account"},
		{op: opIf, of: &checks{vdWhen("type", "customer"), vdPresent("customer"), vdMissing("customer")}},
	},
}

type vdBalance struct {
	AsOf    int64
	Cash    Optional[*vdCash]
	Credit  Optional[*vdCash]
	Current map[string]int64
	Type    string
	members
}

var vdBalanceDescribed = descriptor{built: unsafe.Pointer(&vdBalanceTable)}

func (*vdBalance) table() *descriptor { return &vdBalanceDescribed }

var (
	vdBalanceTypes = enum{"cash", "credit"}
	vdCurrencies   = check{{op: opPropertyNames, of: &check{{op: opPattern, of: readSequence("^[a-z]{3}$")}}}}
)

var vdBalanceTable = table{
	name: "vdBalance", typ: reflect.TypeFor[vdBalance](), size: unsafe.Sizeof(vdBalance{}),
	extra: unsafe.Offsetof(vdBalance{}.members),
	fields: []field{
		{name: "as_of", off: unsafe.Offsetof(vdBalance{}.AsOf), required: true, value: value{kind: kindInt64}},
		{name: "cash", off: unsafe.Offsetof(vdBalance{}.Cash), value: value{kind: kindPointer, opt: true, null: true, sub: (*vdCash)(nil)}},
		{name: "credit", off: unsafe.Offsetof(vdBalance{}.Credit), value: value{kind: kindPointer, opt: true, null: true, sub: (*vdCash)(nil)}},
		{name: "current", off: unsafe.Offsetof(vdBalance{}.Current), required: true, value: value{
			kind: kindMap, check: vdCurrencies, elem: &value{kind: kindInt64, check: check{{op: opMaximum, f: 1e12}}},
		}},
		{name: "type", off: unsafe.Offsetof(vdBalance{}.Type), required: true, value: value{kind: kindEnum, enum: &vdBalanceTypes}},
	},
	check: check{
		{op: opIf, of: &checks{vdWhen("type", "cash"), vdPresent("cash"), vdMissing("cash")}},
		{op: opIf, of: &checks{vdWhen("type", "credit"), vdPresent("credit"), vdMissing("credit")}},
	},
}

type vdCash struct {
	Available Optional[map[string]int64]
	members
}

var vdCashDescribed = descriptor{built: unsafe.Pointer(&vdCashTable)}

func (*vdCash) table() *descriptor { return &vdCashDescribed }

var vdCashTable = table{
	name: "vdCash", typ: reflect.TypeFor[vdCash](), size: unsafe.Sizeof(vdCash{}),
	extra: unsafe.Offsetof(vdCash{}.members),
	fields: []field{
		{name: "available", off: unsafe.Offsetof(vdCash{}.Available), value: value{kind: kindMap, opt: true, null: true, check: vdCurrencies, elem: &value{kind: kindInt64}}},
	},
}

type vdRefresh struct {
	Last   int64
	Next   Optional[int64]
	Status string
	members
}

var vdRefreshDescribed = descriptor{built: unsafe.Pointer(&vdRefreshTable)}

func (*vdRefresh) table() *descriptor { return &vdRefreshDescribed }

var vdRefreshTable = table{
	name: "vdRefresh", typ: reflect.TypeFor[vdRefresh](), size: unsafe.Sizeof(vdRefresh{}),
	extra: unsafe.Offsetof(vdRefresh{}.members),
	fields: []field{
		{name: "last_attempted_at", off: unsafe.Offsetof(vdRefresh{}.Last), required: true, value: value{kind: kindInt64}},
		{name: "next_refresh_available_at", off: unsafe.Offsetof(vdRefresh{}.Next), value: value{kind: kindInt64, opt: true, null: true}},
		{name: "status", off: unsafe.Offsetof(vdRefresh{}.Status), required: true, value: value{kind: kindString}},
	},
	check: check{{op: opIf, of: &checks{vdWhen("status", "pending"), vdMissing("next_refresh_available_at")}}},
}

// vdListParams and vdSessionParams are parameters.
type vdListParams struct {
	AccountHolder vdHolderFilter
	Session       string
	Limit         Optional[int64]
	Order         string
}

var vdListParamsDescribed = descriptor{built: unsafe.Pointer(&vdListParamsTable)}

func (*vdListParams) table() *descriptor { return &vdListParamsDescribed }

var vdOrders = enum{"asc", "desc"}

var vdListParamsTable = table{
	name: "vdListParams", typ: reflect.TypeFor[vdListParams](), size: unsafe.Sizeof(vdListParams{}), params: true,
	fields: []field{
		{name: "account_holder", off: unsafe.Offsetof(vdListParams{}.AccountHolder), value: value{kind: kindStruct, sub: (*vdHolderFilter)(nil)}},
		{name: "session", off: unsafe.Offsetof(vdListParams{}.Session), value: value{kind: kindString}},
		{name: "limit", off: unsafe.Offsetof(vdListParams{}.Limit), value: value{kind: kindInt64, opt: true, check: check{{op: opMinimum, f: 1}, {op: opMaximum, f: 100}}}},
		{name: "order", off: unsafe.Offsetof(vdListParams{}.Order), value: value{kind: kindEnum, enum: &vdOrders}},
	},
	check: check{{op: opNot, of: &check{{op: opRequired, of: &memberNames{"account_holder", "session"}}}}},
}

type vdHolderFilter struct{ Account, Customer string }

var vdHolderFilterDescribed = descriptor{built: unsafe.Pointer(&vdHolderFilterTable)}

func (*vdHolderFilter) table() *descriptor { return &vdHolderFilterDescribed }

var vdHolderFilterTable = table{
	name: "vdHolderFilter", typ: reflect.TypeFor[vdHolderFilter](), size: unsafe.Sizeof(vdHolderFilter{}), params: true,
	fields: []field{
		{name: "account", off: unsafe.Offsetof(vdHolderFilter{}.Account), value: value{kind: kindString}},
		{name: "customer", off: unsafe.Offsetof(vdHolderFilter{}.Customer), value: value{kind: kindString}},
	},
	check: check{{op: opOneOf, of: &checks{
		{{op: opRequired, of: &memberNames{"account"}}},
		{{op: opRequired, of: &memberNames{"customer"}}},
	}}},
}

type vdSessionParams struct {
	Permissions []string
	Filters     vdFilters
	ReturnURL   Optional[string]
	Metadata    map[string]string
	Secret      Optional[string]
}

var vdSessionParamsDescribed = descriptor{built: unsafe.Pointer(&vdSessionParamsTable)}

func (*vdSessionParams) table() *descriptor { return &vdSessionParamsDescribed }

var vdSessionParamsTable = table{
	name: "vdSessionParams", typ: reflect.TypeFor[vdSessionParams](), size: unsafe.Sizeof(vdSessionParams{}), params: true,
	fields: []field{
		{name: "permissions", off: unsafe.Offsetof(vdSessionParams{}.Permissions), required: true, value: value{
			kind: kindSlice, elem: &value{kind: kindEnum, enum: &vdPermissions},
			check: check{{op: opMinItems, n: 1}, {op: opMaxItems, n: 4}, {op: opKeyword, of: &uniqueItems{}}},
		}},
		{name: "filters", off: unsafe.Offsetof(vdSessionParams{}.Filters), value: value{kind: kindStruct, sub: (*vdFilters)(nil)}},
		{name: "return_url", off: unsafe.Offsetof(vdSessionParams{}.ReturnURL), value: value{kind: kindString, opt: true, null: true, check: check{{op: opMaxLength, n: 20}}}},
		{name: "metadata", off: unsafe.Offsetof(vdSessionParams{}.Metadata), value: value{
			kind: kindMap, elem: &value{kind: kindString, check: check{{op: opMaxLength, n: 5}}},
			check: check{{op: opKeyword, of: &maxProperties{3}}, {op: opPropertyNames, of: &check{{op: opMaxLength, n: 4}}}},
		}},
		{name: "secret", off: unsafe.Offsetof(vdSessionParams{}.Secret), required: true, readOnly: true, value: value{kind: kindString, opt: true}},
	},
	check: check{{op: opKeyword, of: &dependentRequired{"return_url", []string{"metadata"}}}},
}

type vdFilters struct {
	Subcategories []string
	Countries     []string
}

var vdFiltersDescribed = descriptor{built: unsafe.Pointer(&vdFiltersTable)}

func (*vdFilters) table() *descriptor { return &vdFiltersDescribed }

var vdSubcategories = enum{"checking", "credit_card", "line_of_credit", "mortgage", "savings"}

var vdFiltersTable = table{
	name: "vdFilters", typ: reflect.TypeFor[vdFilters](), size: unsafe.Sizeof(vdFilters{}), params: true,
	fields: []field{
		{name: "account_subcategories", off: unsafe.Offsetof(vdFilters{}.Subcategories), value: value{kind: kindSlice, elem: &value{kind: kindEnum, enum: &vdSubcategories}}},
		{name: "countries", off: unsafe.Offsetof(vdFilters{}.Countries), value: value{kind: kindSlice, elem: &value{kind: kindString, check: check{{op: opPattern, of: readSequence("^[A-Z]{2}$")}}}}},
	},
}

// vdBox holds what the types above do not: required parts, unions, maps of
// structs, and a table that allows no unknown members.
type vdBox struct {
	Owner   vdCash
	Chain   *vdBox
	Source  vdSource
	Sources Optional[[]vdSource]
	Boxes   Optional[map[string]vdCash]
	Blob    Optional[[]byte]
	Hidden  Optional[string]
	Kind    Optional[string]
	Rates   Optional[map[string]float64]
	Flags   Optional[map[string]bool]
	Choice  Optional[vdSource]
	members
}

var vdBoxDescribed = descriptor{built: unsafe.Pointer(&vdBoxTable)}

func (*vdBox) table() *descriptor { return &vdBoxDescribed }

var vdBoxTable = table{
	name: "vdBox", typ: reflect.TypeFor[vdBox](), size: unsafe.Sizeof(vdBox{}),
	extra: unsafe.Offsetof(vdBox{}.members),
	fields: []field{
		{name: "owner", off: unsafe.Offsetof(vdBox{}.Owner), required: true, value: value{kind: kindStruct, sub: (*vdCash)(nil)}},
		{name: "chain", off: unsafe.Offsetof(vdBox{}.Chain), value: value{kind: kindPointer, null: true, sub: (*vdBox)(nil)}},
		{name: "source", off: unsafe.Offsetof(vdBox{}.Source), required: true, value: value{kind: kindUnion, union: vdSourceUnion{}}},
		{name: "sources", off: unsafe.Offsetof(vdBox{}.Sources), value: value{kind: kindSlice, opt: true, elem: &value{kind: kindUnion, union: vdSourceUnion{}, typ: reflect.TypeFor[vdSource]()}}},
		{name: "boxes", off: unsafe.Offsetof(vdBox{}.Boxes), value: value{kind: kindMap, opt: true, elem: &value{kind: kindStruct, sub: (*vdCash)(nil)}, maps: &otherMap{}, typ: reflect.TypeFor[map[string]vdCash]()}},
		{name: "blob", off: unsafe.Offsetof(vdBox{}.Blob), value: value{kind: kindBytes, opt: true, check: check{{op: opMaxLength, n: 4}}}},
		{name: "hidden", off: unsafe.Offsetof(vdBox{}.Hidden), required: true, writeOnly: true, value: value{kind: kindString, opt: true}},
		{name: "kind", off: unsafe.Offsetof(vdBox{}.Kind), value: value{kind: kindEnum, opt: true, open: true, enum: &vdCategories}},
		{name: "rates", off: unsafe.Offsetof(vdBox{}.Rates), value: value{kind: kindMap, maps: &otherMap{}, typ: reflect.TypeFor[map[string]float64](), opt: true, elem: &value{kind: kindFloat64, float: &floats, check: check{{op: opMinimum, f: 0.5}}}}},
		{name: "flags", off: unsafe.Offsetof(vdBox{}.Flags), value: value{kind: kindMap, maps: &otherMap{}, typ: reflect.TypeFor[map[string]bool](), opt: true, elem: &value{kind: kindBool, check: check{{op: opConst, of: &literals{{typ: typeBoolean, str: "true"}}}}}}},
		{name: "choice", off: unsafe.Offsetof(vdBox{}.Choice), value: value{kind: kindUnion, opt: true, open: true, union: vdSourceUnion{}}},
	},
	check: check{{op: opKeyword, of: &additional{sub: check{{op: opNever}}}}},
}

// vdSource is a union of an object, a text and what is not known.
type vdSource interface{ isVdSource() }

type vdSourceText string

type vdSourceUnknown struct{ raw Raw }

func (*vdRefresh) isVdSource()       {}
func (vdSourceText) isVdSource()     {}
func (*vdSourceUnknown) isVdSource() {}

type vdSourceUnion struct{}

var vdSourceUnionDescribed = choice{made: unsafe.Pointer(&vdSources)}

func (vdSourceUnion) union() madeUnion { return &vdSourceUnionDescribed }

var vdSources = union{
	read: (*decoder).readUnion, judge: (*evaluation).variant,
	name: "vdSource",
	typ:  reflect.TypeFor[vdSource](),
	variants: []variant{
		{
			value: value{kind: kindStruct, sub: (*vdRefresh)(nil)},
			set:   func(dst, p unsafe.Pointer) { *(*vdSource)(dst) = (*vdRefresh)(p) },
		},
		{
			value: value{kind: kindString, check: check{{op: opMinLength, n: 3}}}, types: typeString,
			set: func(dst, p unsafe.Pointer) { *(*vdSource)(dst) = *(*vdSourceText)(p) },
		},
	},
	get: func(p unsafe.Pointer) (int, unsafe.Pointer) {
		switch v := (*(*vdSource)(p)).(type) {
		case *vdRefresh:
			return 0, unsafe.Pointer(v)
		case vdSourceText:
			return 1, unsafe.Pointer(&v)
		case *vdSourceUnknown:
			return -1, unsafe.Pointer(&v.raw)
		}
		return -2, nil
	},
	setRaw: func(dst unsafe.Pointer, raw Raw) { *(*vdSource)(dst) = &vdSourceUnknown{raw} },
}
