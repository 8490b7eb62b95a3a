package edits_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/edits"
)

const document = `a: {b: 1, c: [x, z]}
refs: [{$ref: '#/a/b'}, {$ref: '#/a/b/deep'}, {$ref: '#/a/bc'}]
`

func TestSteps(t *testing.T) {
	for name, test := range map[string]struct{ script, want string }{
		"add a key at the end":     {"{op: add, at: /a/d, value: 2}", "a: {b: 1, c: [x, z], d: 2}"},
		"add a key before another": {"{op: add, at: /a/d, before: c, value: {e: 2}}", "a: {b: 1, d: {e: 2}, c: [x, z]}"},
		"add a key with a slash":   {"{op: add, at: /a/~1d~0, value: 2}", "a: {b: 1, c: [x, z], /d~: 2}"},
		"add an item":              {"{op: add, at: /a/c/1, value: y}", "a: {b: 1, c: [x, y, z]}"},
		"add an item at the end":   {"{op: add, at: /a/c/-, value: y}", "a: {b: 1, c: [x, z, y]}"},
		"remove a key":             {"{op: remove, at: /a/b}", "a: {c: [x, z]}"},
		"remove an item":           {"{op: remove, at: /a/c/0}", "a: {b: 1, c: [z]}"},
		"replace":                  {"{op: replace, at: /a/c/0, value: [y]}", "a: {b: 1, c: [[y], z]}"},
		"move":                     {"{op: move, from: /a/c, at: /a/c, before: b}", "a: {c: [x, z], b: 1}"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := apply(t, test.script)
			require.NoError(t, err)
			require.Contains(t, out, test.want+"\n")
		})
	}
}

func TestRenameLeadsReferencesAlong(t *testing.T) {
	out, err := apply(t, "{op: rename, at: /a/b, to: n/m}")
	require.NoError(t, err)
	require.Equal(t, "a: {n/m: 1, c: [x, z]}\nrefs: [{$ref: '#/a/n~1m'}, {$ref: '#/a/n~1m/deep'}, {$ref: '#/a/bc'}]\n", out)
}

func TestStepsThatFindNothing(t *testing.T) {
	for script, want := range map[string]string{
		"{op: add, at: /a/b, value: 1}":              `e: step 1: add /a/b: "b" has no place there`,
		"{op: add, at: /a/d, before: x, value: 1}":   `e: step 1: add /a/d: there is no "x" to go before`,
		"{op: add, at: /a/c/7, value: 1}":            `e: step 1: add /a/c/7: there is no item 7`,
		"{op: remove, at: /a/x}":                     `e: step 1: remove /a/x: there is no "x"`,
		"{op: remove, at: ''}":                       `e: step 1: remove : it is the whole document`,
		"{op: replace, at: /x/b, value: 1}":          `e: step 1: replace /x/b: there is no "x"`,
		"{op: move, from: /a/x, at: /a/y}":           `e: step 1: move /a/y: there is no "x"`,
		"{op: rename, at: /a/c/0, to: y}":            `e: step 1: rename /a/c/0: there is no "0"`,
		"{op: turn, at: /a}":                         `e: step 1: turn /a: there is no such operation`,
		"{op: add, at: /a/b/c/d, value: {deep: no}}": `e: step 1: add /a/b/c/d: there is no "c"`,
	} {
		_, err := apply(t, script)
		require.EqualError(t, err, want)
	}
}

// Shuffling leaves what has an order as it is, and nothing out.
func TestReorder(t *testing.T) {
	edit := edits.Edit{Name: "e", Steps: []edits.Step{{Op: "reorder"}}}
	src := "required: [a, b, c, d, e, f]\nallOf: [1, 2, 3, 4, 5, 6]\noneOf: [{const: a}, {const: b}, {const: c}, {const: d}, {const: e}]\nanyOf: [{x: 1}]\n"
	first, err := edit.Apply([]byte(src))
	require.NoError(t, err)
	again, err := edit.Apply([]byte(src))
	require.NoError(t, err)
	require.Equal(t, string(first), string(again))
	require.NotContains(t, string(first), "required: [a, b, c, d, e, f]")
	require.NotContains(t, string(first), "oneOf: [{const: a}, {const: b}, {const: c}, {const: d}, {const: e}]")
	require.Contains(t, string(first), "allOf: [1, 2, 3, 4, 5, 6]\n")
	require.Len(t, first, len(src))
}

func TestRead(t *testing.T) {
	list, err := edits.Read([]byte("- {name: e, in: /a, edit: [{op: remove, at: b}, {op: remove, at: /c}, {op: remove, at: .}], changes: [{symbol: S, at: d}], own: [T]}"))
	require.NoError(t, err)
	require.Equal(t, []string{"/a/b", "/c", "/a"}, []string{list[0].Steps[0].At, list[0].Steps[1].At, list[0].Steps[2].At})
	require.Equal(t, "/a/d", list[0].Changes[0].At)
	require.Equal(t, []string{"T", "S"}, list[0].Symbols())

	for _, wrong := range []string{"- {edit: []}", "- {name: a}\n- {name: a}", "- {name: a, edits: []}", "a: b"} {
		_, err := edits.Read([]byte(wrong))
		require.Error(t, err, wrong)
	}
}

func TestMeasure(t *testing.T) {
	const head = "package p\n"
	for name, test := range map[string]struct {
		old, now string
		want     edits.Difference
	}{
		"nothing":   {"var X int\n", "var X int\n", edits.Difference{}},
		"a comment": {"// Old.\nvar X int\n", "// New.\nvar X int\n", edits.Difference{Files: []string{"a.go"}, Lines: 2}},
		"a line more": {
			"type T struct {\n\tA int\n\tC int\n}\n", "type T struct {\n\tA int\n\tB int\n\tC int\n}\n",
			edits.Difference{Files: []string{"a.go"}, Lines: 1, Code: 1},
		},
		"a moved line": {
			"const A = 1\nconst B = 2\nconst C = 3\n", "const C = 3\nconst A = 1\nconst B = 2\n",
			edits.Difference{Files: []string{"a.go"}, Lines: 2, Code: 2},
		},
		"names": {
			"type T struct{ A, b int }\nfunc (t *T) M(a, b int) {}\nfunc F(x int) {}\nconst C = 1\nconst c = 1\n",
			"type T struct{ A string }\nfunc (t T) M(x int, y int) {}\nfunc F(y int) error { return nil }\nconst C = 2\n",
			edits.Difference{Files: []string{"a.go"}, Lines: 9, Code: 9, Moved: []string{"C", "F", "T.A"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := edits.Measure(map[string][]byte{"a.go": []byte(head + test.old)}, map[string][]byte{"a.go": []byte(head + test.now)})
			require.NoError(t, err)
			require.Equal(t, test.want, got)
		})
	}
	require.Equal(t, []string{"Ab", "B"}, edits.Difference{Moved: []string{"A", "A.x", "Ab", "B", "GetC.D"}}.Others([]string{"A", "", "*C*"}))
}

func apply(t *testing.T, script string) (string, error) {
	t.Helper()
	list, err := edits.Read([]byte("- name: e\n  edit: [" + script + "]\n"))
	require.NoError(t, err)
	out, err := list[0].Apply([]byte(document))
	return string(out), err
}
