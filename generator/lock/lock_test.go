package lock

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
	"github.com/oaken-go/oaken/generator/renames"
)

func parse(t *testing.T, text string) *File {
	t.Helper()
	f, found := Parse("gen.lock", []byte(text))
	require.Empty(t, found)
	return f
}

// What is written is read as it was, whatever a document calls its things.
func TestBytesAreRead(t *testing.T) {
	f := newFile("gen.lock")
	odd := []string{"a", "a b", "a: b", "a #b", "'", `"`, `\`, "{a}", "[", "*", "&a", "!x", "- a", "? a", "a\nb", "\t", " a ", "日本", "\u2028", "\x00", "\u0085",
		"null", "1", "true", "", "a (b)", "(a)", ") (", "%41", "@a", "`", "---", strings.Repeat("long/", 300)}
	for i, text := range odd {
		f.Types["/components/schemas/"+text] = fmt.Sprintf("T%d", i)
		f.Longer["service "+text] = "X"
		f.Operations["GET /"+text] = names.Operation{Name: fmt.Sprintf("A.B%d", i), ID: text}
		f.Aliases[fmt.Sprintf("Old%d", i)] = Alias{Of: "/components/schemas/" + text}
		f.Aliases[fmt.Sprintf("Old.B%d", i)] = Alias{Of: "GET /" + text, Was: "POST /" + text}
	}
	read := parse(t, string(f.Bytes()))
	require.Equal(t, f.Given, read.Given)
	require.Equal(t, f.Aliases, read.Aliases)
	require.Equal(t, string(f.Bytes()), string(read.Bytes()))
}

func TestEmptyFiles(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "schemas:\naliases:\n", "schemas: {}\n", header} {
		require.Equal(t, header, string(parse(t, text).Bytes()), text)
	}
}

func TestProblems(t *testing.T) {
	for text, want := range map[string]string{
		"- a\n":                              "gen.lock:1:1: the file must be a mapping: restore it, or delete it to give up its names [lock]",
		"schemas: {/a: *x}\n":                "gen.lock:1:1: is not YAML: unknown anchor 'x' referenced: restore the file, or delete it to give up its names [lock]",
		"schemas:\n  /a: A.B\n":              `gen.lock:2:7: "A.B" is no exported Go name: write one like AccountHolder, or delete the line [lock]`,
		"a\n=======\nb\n":                    "gen.lock:2:1: there is a merge conflict here: keep the lines of both sides, and run gen [lock]",
		"schemas: {/a: A}\nschemas: {/a: B}": `gen.lock:2:11: "/a" is in line 1 already: delete one of the lines [lock]`,
		"schemas:\n\t/a: A\n":                "gen.lock:2:1: is not YAML: found character that cannot start any token: restore the file, or delete it to give up its names [lock]",
		"schemas: {/a: A, /b: A}":            `gen.lock:1:18: A is the name in line 1 already: delete one of the lines [lock]`,
		"operations:\n  get /a: A\n":         "gen.lock:2:3: \"get /a\" is no operation: write one like GET /v1/accounts [lock]",
	} {
		_, found := Parse("gen.lock", []byte(text))
		require.Equal(t, want, found.Error(), text)
	}
}

// What people and their tools make of the file is read as what it was.
func TestOtherSpellings(t *testing.T) {
	want := string(parse(t, "schemas: {/a: A, /b: B}\naliases: {Old: /a}").Bytes())
	for name, text := range map[string]string{
		"CRLF":                    strings.ReplaceAll(want, "\n", "\r\n"),
		"a byte order mark":       "\ufeff" + want,
		"comments":                want + "# ours\n",
		"the lines of both sides": "schemas:\n  /a: A\n  /b: B\n  /a: A\naliases:\n  Old: /a\naliases:\n  Old: /a\n",
	} {
		require.Equal(t, want, string(parse(t, text).Bytes()), name)
	}
}

func TestAdopt(t *testing.T) {
	f := parse(t, `
schemas: {"/paths/~1a~1{x}/get/parameters/0/schema/oneOf/t": T}
operations: {"GET /a/{x}": A.Retrieve, "GET /b/{x}/{y}": B.Get, "GET /c/{x}": C.Get}
others: {"types of /paths/~1a~1{x}/get": GetA, "/paths/~1b~1{x}~1{y}/get/x": B}
aliases: {Old.Get: "GET /a/{x}"}
`)
	f.Adopt([]string{"GET /a/{id}", "GET /b/{y}/{x}", "GET /c/{x}", "GET /c/{z}", "GET /d/{x}"})
	require.Equal(t, []string{"GET /a/{id}", "GET /b/{y}/{x}", "GET /c/{x}"}, slices.Sorted(maps.Keys(f.Operations)))
	require.Equal(t, map[string]string{"types of /paths/~1a~1{id}/get": "GetA", "/paths/~1b~1{y}~1{x}/get/x": "B"}, f.Longer)
	require.Equal(t, "T", f.Types["/paths/~1a~1{id}/get/parameters/0/schema/oneOf/t"])
	require.Equal(t, "GET /a/{id}", f.Aliases["Old.Get"].Of)
}

func TestGenerations(t *testing.T) {
	f := parse(t, `aliases: {A: /x, B: /x, C: /y, D: /x, E.F: GET /e}`)
	var got []string
	for _, generation := range f.Generations() {
		got = append(got, strings.Join(slices.Sorted(maps.Keys(generation)), " "))
	}
	require.Equal(t, []string{"A C E.F", "B", "D"}, got)
}

func given(types ...string) names.Given {
	g := names.NewGiven()
	for _, pair := range types {
		key, name, _ := strings.Cut(pair, " ")
		g.Types[key] = name
	}
	return g
}

func TestUpdate(t *testing.T) {
	alike, other := renames.Shape{Kind: kindStruct, Parts: []string{"A", "B"}}, renames.Shape{Kind: kindStruct, Parts: []string{"C", "D"}}
	for name, test := range map[string]struct {
		lock   string
		now    names.Given
		before map[string]renames.Shape
		after  map[string]renames.Shape
		want   string // schemas and aliases
		notes  string // the codes
	}{
		"nothing changed":                  {lock: "schemas: {/a: A}", now: given("/a A"), want: "/a=A"},
		"new":                              {lock: "schemas: {/a: A}", now: given("/a A", "/b B"), want: "/a=A /b=B"},
		"gone":                             {lock: "schemas: {/a: A}", now: given("/b B"), want: "/b=B", notes: "name-gone"},
		"renamed":                          {lock: "schemas: {/a: A}", now: given("/b B"), before: map[string]renames.Shape{"A": alike}, after: map[string]renames.Shape{"B": alike}, want: "/b=B A>/b", notes: "renamed"},
		"moved under its name":             {lock: "schemas: {/a: A}\naliases: {Old: /a}", now: given("/b A"), want: "/b=A Old>/b"},
		"renamed, and its name given anew": {lock: "schemas: {/a: A}", now: given("/b B", "/c A"), before: map[string]renames.Shape{"A": alike}, after: map[string]renames.Shape{"B": alike}, want: "/b=B /c=A A>/b", notes: "renamed"},
		"named by the config":              {lock: "schemas: {/a: A}", now: given("/a B"), want: "/a=B A>/a", notes: "renamed"},
		"what is inside follows": {
			lock: "schemas: {/a: A, /a/oneOf/x: AX, /a/oneOf/y: Why}", now: given("/b B", "/b/oneOf/x BX", "/b/oneOf/y BY"),
			before: map[string]renames.Shape{"A": alike}, after: map[string]renames.Shape{"B": alike},
			want: "/b=B /b/oneOf/x=BX /b/oneOf/y=BY A>/b Why>/b/oneOf/y", notes: "renamed renamed",
		},
		"renamed on another branch": {lock: "schemas: {/a: A, /b: B}\naliases: {A: /b}", now: given("/b B"), want: "/b=B A>/b"},
		"its old names go with it":  {lock: "schemas: {/a: A, /b: B}\naliases: {Old: /a, Older: /a/properties/x}", now: given("/b B"), want: "/b=B", notes: "name-gone name-gone name-gone"},
		"what is inside keeps its old names": {
			lock: "schemas: {/a: A}\naliases: {Older: /a/properties/x, Old: /a}", now: given("/b B"), before: map[string]renames.Shape{"A": alike}, after: map[string]renames.Shape{"B": alike},
			want: "/b=B A>/b Old>/b Older>/b/properties/x", notes: "renamed",
		},
		"renamed, and its place taken": {
			lock: "schemas: {/a: A}\naliases: {Old: /a}", now: given("/a A", "/b B"), before: map[string]renames.Shape{"A": alike}, after: map[string]renames.Shape{"A": other, "B": alike},
			want: "/a=A /b=B A>/b Old>/b", notes: "renamed",
		},
		"renamed to what is renamed": {
			lock: "schemas: {/a: A, /b: B}\naliases: {Old: /a, Older: /b}", now: given("/b B", "/c C"), before: map[string]renames.Shape{"A": alike, "B": other}, after: map[string]renames.Shape{"B": alike, "C": other},
			want: "/b=B /c=C A>/b B>/c Old>/b Older>/c", notes: "renamed renamed",
		},
		"exchanged": {
			lock: "schemas: {/a: A, /b: B}\naliases: {Old: /a}", now: given("/a A", "/b B"), before: map[string]renames.Shape{"A": alike, "B": other}, after: map[string]renames.Shape{"A": other, "B": alike},
			want: "/a=A /b=B A>/b B>/a Old>/b", notes: "renamed renamed",
		},
		"changed beside something new": {
			lock: "schemas: {/a: A}", now: given("/a A", "/b B"), before: map[string]renames.Shape{"A": alike}, after: map[string]renames.Shape{"A": other, "B": other},
			want: "/a=A /b=B",
		},
		"swapped": {
			lock: "schemas: {/a: A, /b: B}", now: given("/a B", "/b A"), want: "/a=B /b=A A>/a B>/b", notes: "renamed renamed",
		},
	} {
		t.Run(name, func(t *testing.T) {
			next, notes := parse(t, test.lock).Update(Document{
				Names: test.now, Whole: test.now, Place: Pointer,
				Before: func() Shapes { return Shapes{Types: test.before} }, Now: func() Shapes { return Shapes{Types: test.after} },
			})
			var got, codes []string
			for _, key := range slices.Sorted(maps.Keys(next.Types)) {
				got = append(got, key+"="+next.Types[key])
			}
			for _, old := range slices.Sorted(maps.Keys(next.Aliases)) {
				got = append(got, old+">"+next.Aliases[old].Of)
			}
			for _, n := range notes {
				codes = append(codes, n.Code)
			}
			require.Equal(t, test.want, strings.Join(got, " "))
			require.Equal(t, test.notes, strings.Join(codes, " "))
		})
	}
}

// A package is of the shapes of the representation that it was made from.
func TestShapesInSource(t *testing.T) {
	owner := &ir.Struct{GoName: "Owner", Fields: []*ir.Field{{GoName: "ID"}, {GoName: "Kind"}}}
	kind := &ir.Enum{GoName: "Kind", Base: ir.Int64, Values: []*ir.EnumValue{{GoName: "KindA", Value: "-1"}, {GoName: "KindB", Value: "2"}}}
	source := &ir.Union{GoName: "Source", Variants: []*ir.Variant{{GoName: "Owner", Type: owner}, {GoName: "SourceString", Type: ir.String}}}
	params := &ir.Struct{GoName: "OwnerListParams", Role: ir.RoleParams, Fields: []*ir.Field{{GoName: "Limit"}}}
	list := &ir.Operation{GoName: "List", Method: "GET", Path: "/a/{id}", Doc: "Lists\n all.\n\nThat is all.", Params: params, Result: ir.Value{Type: &ir.Slice{Elem: ir.Value{Type: owner}}}, PathParams: []*ir.PathParam{{GoName: "id", Type: ir.String}, {GoName: "kind", Type: kind}}}
	remove := &ir.Operation{GoName: "Delete", Method: "DELETE", Path: "/a"}
	want := ShapesOf(&ir.API{Types: []ir.Named{owner, kind, source, params}, Resources: []*ir.Resource{{GoName: "Users", Subs: []*ir.Resource{{GoName: "Owners", Ops: []*ir.Operation{list, remove}}}}}})
	got := ShapesIn(map[string][]byte{"broken.go": []byte("package"), "a.go": []byte(`package a
type Client struct { Users UserService; core *core }
type UserService struct { Owners OwnerService; core *core }
type OwnerService struct { core *core }
// Lists
// all.
//
// That is all.
//
// GET /a/{id}
func (s *OwnerService) List(ctx context.Context, id string, kind Kind, params *OwnerListParams, opts ...Option) ([]Owner, error) { panic(1) }
// All yields them.
func (s *OwnerService) All(ctx context.Context, opts ...Option) {}
// Delete has no description in the document.
//
// DELETE /a
func (s *OwnerService) Delete(ctx context.Context, opts ...Option) error { return nil }
type OwnerListParams struct { _ incomparable; Limit Optional[int] }
type Owner struct { ID string; Kind Kind; extra members }
type Former = Owner
type Kind int64
const KindA Kind = -1
const KindB Kind = 2
const Old = KindB
type Source interface { isSource() }
type SourceString string
func (*Owner) isSource() {}
func (SourceString) isSource() {}
func (Raw) isSource() {}
`)})
	for name, shape := range want.Types {
		require.Equal(t, shape, got.Types[name], name)
	}
	require.Equal(t, want.Operations, got.Operations)
	require.Equal(t, want.Arguments, got.Arguments)
	require.Empty(t, want.Operations["Users.Owners.Delete"].Parts, "what has no description is like no other")
}

// An alias of an operation must be called as the old one was, and mean the same.
func TestRenamedOperations(t *testing.T) {
	shape := func(text string) renames.Shape {
		return operation{method: "GET", text: text, result: []string{"ID", "Name"}}.shape()
	}
	for name, test := range map[string]struct {
		old, id, now, nowID          string
		before, after                string // descriptions
		arguments, argumentsNow      string
		isRenamed, takesOtherThanWas bool
	}{
		"the same operationId":          {old: "GET /a/{x}", id: "a", now: "GET /b/{y}", nowID: "a", arguments: "string", argumentsNow: "string", isRenamed: true},
		"the same description":          {old: "GET /a/{x}", now: "GET /b/{y}", before: "Gets it.", after: "Gets it.", isRenamed: true},
		"no description":                {old: "GET /a/{x}", now: "GET /b/{y}"},
		"another description":           {old: "GET /a/{x}", now: "GET /b/{y}", before: "Locks it.", after: "Unlocks it."},
		"an argument more":              {old: "GET /a/{x}", id: "a", now: "GET /b/{x}/{y}", nowID: "a", takesOtherThanWas: true},
		"an argument of another type":   {old: "GET /a/{x}", id: "a", now: "GET /b/{x}", nowID: "a", arguments: "string", argumentsNow: "int64", takesOtherThanWas: true},
		"arguments in another order":    {old: "GET /a/{x}/b/{y}", id: "a", now: "GET /b/{y}/a/{x}", nowID: "a", takesOtherThanWas: true},
		"and without an operationId":    {old: "GET /a/{x}/b/{y}", now: "GET /b/{y}/a/{x}", before: "Gets it.", after: "Gets it.", takesOtherThanWas: true},
		"an argument that stands twice": {old: "GET /a/{x}/{x}", id: "a", now: "GET /b/{y}", nowID: "a", isRenamed: true},
	} {
		t.Run(name, func(t *testing.T) {
			old, now := newFile("gen.lock"), names.NewGiven()
			old.Operations[test.old] = names.Operation{Name: "A.Get", ID: test.id}
			now.Operations[test.now] = names.Operation{Name: "B.Get", ID: test.nowID}
			next, notes := old.Update(Document{
				Names: now, Whole: now, Place: Pointer,
				Before: func() Shapes {
					return Shapes{Operations: map[string]renames.Shape{"A.Get": shape(test.before)}, Arguments: map[string]string{"A.Get": test.arguments}}
				},
				Now: func() Shapes {
					return Shapes{Operations: map[string]renames.Shape{"B.Get": shape(test.after)}, Arguments: map[string]string{"B.Get": test.argumentsNow}}
				},
			})
			require.Len(t, notes, 1)
			require.Equal(t, test.isRenamed, notes[0].Code == "renamed", notes[0].Message)
			require.Equal(t, test.isRenamed, next.Aliases["A.Get"].Of == test.now)
			require.Equal(t, test.takesOtherThanWas, strings.Contains(notes[0].Message, "takes other arguments"), notes[0].Message)
		})
	}
}
