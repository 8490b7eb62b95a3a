package diff_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/ir"
)

// Every code is what some change is reported as.
func TestCodesAreReported(t *testing.T) {
	seen := map[string]bool{}
	note := func(changes []diff.Change) {
		for _, c := range changes {
			seen[c.Code] = true
		}
	}
	_, cases := readChanges(t)
	for _, c := range cases {
		for _, entry := range slices.Concat(c.Forward, c.Back) {
			seen[strings.Fields(entry)[1]] = true
		}
	}
	for _, c := range built {
		note(diff.Compare(c.old, c.new))
	}
	for _, code := range codes(t) {
		found := seen[code]
		if kind := strings.TrimPrefix(code, "%s"); kind != code {
			found = seen["field"+kind] || seen["parameter"+kind] || seen["argument"+kind]
		}
		require.True(t, found, "nothing is reported as %s", code)
	}
}

// codes are the constants of diff.go.
func codes(t *testing.T) []string {
	file, err := parser.ParseFile(token.NewFileSet(), "diff.go", nil, 0)
	require.NoError(t, err)
	var out []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && strings.HasPrefix(spec.Names[0].Name, "Code") {
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			out = append(out, text)
		}
		return true
	})
	require.NotEmpty(t, out)
	return out
}

// built are representations of which no document of the table has any.
var built = map[string]struct {
	old, new *ir.API
	want     []string
}{
	"a union is open": {
		old: &ir.API{Types: []ir.Named{&ir.Union{GoName: "Pet", Pointer: "/p"}}},
		new: &ir.API{Types: []ir.Named{&ir.Union{GoName: "Pet", Pointer: "/p", Open: true}}},
		want: []string{
			"risky union-opened - Pet at /p; wire: other objects are valid, too; why: answers may hold objects that are none of the variants",
		},
	},
	"a union is closed": {
		old: &ir.API{Types: []ir.Named{&ir.Union{GoName: "Pet", Pointer: "/p", Open: true}}},
		new: &ir.API{Types: []ir.Named{&ir.Union{GoName: "Pet", Pointer: "/p"}}},
		want: []string{
			"compatible union-closed - Pet at /p; wire: no other objects are valid; why: answers hold only what they could before",
		},
	},
	"a union is never read": {
		old: &ir.API{Types: []ir.Named{&ir.Union{GoName: "Pet", Pointer: "/p", Raw: true}}},
		new: &ir.API{Types: []ir.Named{&ir.Union{GoName: "Pet", Pointer: "/p"}}},
		want: []string{
			"breaking variant-removed - Pet at old /p; caller: `Raw` is none of `Pet` any more; why: code that uses it as one no longer compiles",
		},
	},
	"a service is called otherwise": {
		old: &ir.API{Resources: []*ir.Resource{{GoName: "Files", GoType: "FileOperations"}}},
		new: &ir.API{Resources: []*ir.Resource{{GoName: "Files", GoType: "FileService"}}},
		want: []string{
			"breaking type-renamed Files FileService at /paths; caller: called `FileService` instead of `FileOperations`; why: code that uses the old name no longer compiles",
		},
	},
	"a variant is called otherwise": {
		old: &ir.API{Types: []ir.Named{&ir.Union{GoName: "Pet", Pointer: "/p", Variants: []*ir.Variant{{GoName: "PetText", Type: ir.String}}}}},
		new: &ir.API{Types: []ir.Named{&ir.Union{GoName: "Pet", Pointer: "/p", Variants: []*ir.Variant{{GoName: "PetString", Type: ir.String}}}}},
		want: []string{
			"breaking variant-renamed - PetString at /p; caller: called `PetString` instead of `PetText`; why: code that uses the old name no longer compiles",
		},
	},
	"the client sends another version": {
		old: &ir.API{Headers: ir.HeaderNames{Version: "V", VersionValue: "1"}},
		new: &ir.API{Headers: ir.HeaderNames{Version: "V", VersionValue: "2"}},
		want: []string{
			"risky client-changed - NewClient at /info; wire: `version V: 2` instead of `version V: 1`; why: requests have other headers, so the server may answer otherwise",
		},
	},
	"the old name of a type stays": {
		old: &ir.API{Types: []ir.Named{&ir.Struct{GoName: "Owner", Pointer: "/components/schemas/owner", Fields: []*ir.Field{{Name: "a", GoName: "A", Value: ir.Value{Type: ir.String}}}}}},
		new: &ir.API{
			Types:   []ir.Named{&ir.Struct{GoName: "Holder", Pointer: "/components/schemas/holder", Fields: []*ir.Field{{Name: "a", GoName: "A", Value: ir.Value{Type: ir.String}}}}},
			Aliases: []*ir.Alias{{GoName: "Owner", Of: "Holder", Kind: ir.AliasType}},
		},
		want: []string{
			"compatible type-renamed - Holder at /components/schemas/owner and /components/schemas/holder; caller: called `Holder` instead of `Owner`; why: the old name stays as a deprecated alias",
		},
	},
	"the old name of a method stays": {
		old: &ir.API{Resources: []*ir.Resource{{GoName: "Owners", GoType: "OwnerService", Ops: []*ir.Operation{{ID: "o", GoName: "List", Method: "GET", Path: "/o", Pointer: "/paths/~1o/get"}}}}},
		new: &ir.API{
			Resources: []*ir.Resource{{GoName: "Owners", GoType: "OwnerService", Ops: []*ir.Operation{{ID: "o", GoName: "All", Method: "GET", Path: "/o", Pointer: "/paths/~1o/get"}}}},
			Aliases:   []*ir.Alias{{GoName: "Owners.List", Of: "Owners.All", Kind: ir.AliasMethod}},
		},
		want: []string{
			"compatible operation-renamed Owners Owners.All at /paths/~1o/get; caller: called `Owners.All` instead of `Owners.List`; why: the old name stays as a deprecated alias",
		},
	},
	"a struct is its own, and loses its methods": {
		old: sameStructs(true),
		new: sameStructs(false),
		want: []string{
			"breaking type-changed - A at /a; caller: no methods `MarshalJSON` and `UnmarshalJSON` any more; why: json.Marshal writes its Go fields instead, and code that calls the methods no longer compiles; remedy: call Marshal and Unmarshal",
			"breaking type-changed - B at /b; caller: no longer another name of `A`; why: code that assigns one to the other no longer compiles",
		},
	},
	"an enum is its own": {
		old: sameEnums(true),
		new: sameEnums(false),
		want: []string{
			"breaking type-changed - B at /b; caller: no longer another name of `A`; why: code that uses the constants of one for the other no longer compiles",
		},
	},
	"an enum is another name": {
		old: sameEnums(false),
		new: sameEnums(true),
		want: []string{
			"breaking value-renamed - AX at /b; caller: called `AX` instead of `BX`; why: code that uses the old name no longer compiles; remedy: keep the name with names in the config, by the pointer of the value",
		},
	},
	"an enum stays another name": {
		old: sameEnums(true),
		new: sameEnums(true, "z"),
		want: []string{
			"risky value-added - Az at new /a; caller: `Az` is new; wire: value `z`; why: answers may hold it, and a switch over the values has no case for it",
		},
	},
	"an enum with constants of its own is its own": {
		old: fewEnums(func(a, b *ir.Enum) { b.Same = a }),
		new: fewEnums(func(_, b *ir.Enum) { b.Values = append(b.Values, &ir.EnumValue{GoName: "BY", Value: "y"}) }),
		want: []string{
			"breaking type-changed - B at /b; caller: no longer another name of `A`; why: code that assigns one to the other no longer compiles",
			"risky value-added - BY at new /b; caller: `BY` is new; wire: value `y`; why: answers may hold it, and a switch over the values has no case for it",
		},
	},
	"the other of two enums is the type": {
		old: fewEnums(func(a, b *ir.Enum) { b.Same = a }),
		new: fewEnums(func(a, b *ir.Enum) { a.Same = b }),
	},
	"two enums become one": {
		old: fewEnums(func(_, _ *ir.Enum) {}),
		new: fewEnums(func(a, b *ir.Enum) { b.Same = a }),
	},
	"a union is its own": {
		old: sameUnions(true),
		new: sameUnions(false),
		want: []string{
			"breaking type-changed - B at /b; caller: no longer another name of `A`; why: code that assigns one to the other no longer compiles",
		},
	},
	"a named assertion is another": {
		old: checked("3"),
		new: checked("4"),
		want: []string{
			"risky rules-changed - A at /a; wire: what is referred to says something else; why: it can't be told whether values that were valid still are",
		},
	},
}

func sameStructs(alike bool) *ir.API {
	a := &ir.Struct{GoName: "A", Pointer: "/a", Root: alike}
	b := &ir.Struct{GoName: "B", Pointer: "/b"}
	if alike {
		b.Same = a
	}
	return &ir.API{Types: []ir.Named{a, b}}
}

// sameEnums has an enum that is another name of one, or is its own.
func sameEnums(alike bool, more ...string) *ir.API {
	a := &ir.Enum{GoName: "A", Base: ir.String, Pointer: "/a", Values: []*ir.EnumValue{{GoName: "AX", Value: "x"}}}
	b := &ir.Enum{GoName: "B", Base: ir.String, Pointer: "/b", Values: []*ir.EnumValue{{GoName: "BX", Value: "x"}}}
	for _, value := range more {
		a.Values = append(a.Values, &ir.EnumValue{GoName: "A" + value, Value: value})
	}
	if alike {
		b.Same, b.Values = a, a.Values
	}
	return &ir.API{Types: []ir.Named{a, b}}
}

// fewEnums has two enums that list the same, each with constants of its own.
func fewEnums(change func(a, b *ir.Enum)) *ir.API {
	a := &ir.Enum{GoName: "A", Base: ir.String, Pointer: "/a", Values: []*ir.EnumValue{{GoName: "AX", Value: "x"}}}
	b := &ir.Enum{GoName: "B", Base: ir.String, Pointer: "/b", Values: []*ir.EnumValue{{GoName: "BX", Value: "x"}}}
	change(a, b)
	return &ir.API{Types: []ir.Named{a, b}}
}

// sameUnions has a union that is another name of one, or is its own.
func sameUnions(alike bool) *ir.API {
	a := &ir.Union{GoName: "A", Pointer: "/a", Variants: []*ir.Variant{{GoName: "AString", Type: ir.String}}}
	b := &ir.Union{GoName: "B", Pointer: "/b", Variants: []*ir.Variant{{GoName: "BString", Type: ir.String}}}
	if alike {
		b.Same = a
	}
	return &ir.API{Types: []ir.Named{a, b}}
}

// checked refers to an assertion that refers to another.
func checked(most string) *ir.API {
	inner := &ir.Check{GoName: "inner", Rules: []*ir.Rule{{Keyword: "maxItems", Number: most}}}
	outer := &ir.Check{GoName: "outer", Rules: []*ir.Rule{{Keyword: "$ref", Check: inner}}}
	return &ir.API{
		Types:  []ir.Named{&ir.Struct{GoName: "A", Pointer: "/a", Rules: []*ir.Rule{{Keyword: "$ref", Check: outer}}}},
		Checks: []*ir.Check{inner, outer},
	}
}

func TestBuiltChanges(t *testing.T) {
	for name, c := range built {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, entries(diff.Compare(c.old, c.new)))
		})
	}
}
