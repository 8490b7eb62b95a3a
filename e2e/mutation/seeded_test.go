package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// program prints what its functions return; each line is of one function.
const program = `package main

import "fmt"

type list[T any] struct{ items []T }

// add has a comment.
func (l *list[T]) add(items ...T) { l.items = append(l.items, items...) }

func double[K comparable, V any](key K, value V) (first K, rest []V) {
	return key, []V{value, value}
}

func sum(a, b int) int {
	if a > 0 {
		return a + b
	}
	return b - a
}

func down(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + down(n-1)
}

func join(sep string, words ...string) (all string) {
	for _, w := range words {
		all += w + sep
	}
	return
}

func saved() (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	panic("one")
}

func save() { recover() }

func unnamed(int) int { return 5 }

var constant = 7

func main() {
	var l list[int]
	l.add(1, 2)
	fmt.Println("add", l.items)
	fmt.Println(double("a", 1))
	fmt.Println("sum", sum(1, 2), sum(-1, 2))
	fmt.Println("down", down(3))
	fmt.Println("join", join(",", "a", "b"))
	fmt.Println("saved", saved())
	fmt.Println(unnamed(1), constant)
	save()
}
`

// asItIs is what the program prints without a bug.
var asItIs = []string{"add [1 2]", "a [1 1]", "sum 3 3", "down 3", "join a,b,", "saved one", "5 7"}

// The seeded bugs are of every kind of function. Each changes one line of what the
// program prints, and without one it prints what it did.
func TestSeed(t *testing.T) {
	seeds := []struct {
		find, put string
		line      int
		want      string
	}{
		{"append(l.items, items...)", "items[:1]", 0, "add [1]"},
		{"[]V{value, value}", "nil", 1, "a []"},
		{"return a + b", "return a * b", 2, "sum 2 3"},
		{"return b - a", "return a - b", 2, "sum 3 -3"},
		{"return 1 + down(n-1)", "return 2 + down(n-1)", 3, "down 6"},
		{"w + sep", "w", 4, "join ab"},
		{"\tpanic(\"one\")", "\tpanic(\"two\")", 5, "saved two"},
	}
	var bugs []bug
	for i, s := range seeds {
		bugs = append(bugs, bug{number: i + 1, Find: s.find, Put: s.put})
	}
	seeded, left, err := seed(program, bugs)
	require.NoError(t, err)
	require.Empty(t, left)
	require.Equal(t, 1, strings.Count(seeded, "func sum("))
	run := built(t, seeded)
	require.Equal(t, asItIs, run(""))
	require.Equal(t, asItIs, run("0"))
	for i, s := range seeds {
		want := append([]string{}, asItIs...)
		want[s.line] = s.want
		require.Equal(t, want, run(strconv.Itoa(i+1)), s.find)
	}
}

// built builds a program and returns what prints its lines with a bug.
func built(t *testing.T, seeded string) func(number string) []string {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	write("go.mod", "module seeded\n\ngo 1.26\n")
	write("main.go", seeded)
	write("choice.go", strings.Replace(seedChoice, "%s", "main", 1))
	build := exec.Command("go", "build", "-o", "seeded", ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOWORK=off")
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s\n%s", out, seeded)
	return func(number string) []string {
		run := exec.Command(filepath.Join(dir, "seeded"))
		run.Env = append(os.Environ(), seedVariable+"="+number)
		out, err := run.CombinedOutput()
		require.NoError(t, err, "%s", out)
		return strings.Split(strings.TrimSpace(string(out)), "\n")
	}
}

// What is not within a function that can call a copy is left, and the text stays as
// it is.
func TestSeedLeaves(t *testing.T) {
	bugs := []bug{
		{number: 1, Find: "constant = 7", Put: "constant = 8"},
		{number: 2, Find: "return 5", Put: "return 6"},
		{number: 3, Find: "{ recover() }", Put: "{ _ = recover }"},
		{number: 4, Find: "sum(a, b int) int {\n\tif a > 0", Put: "sum(b, a int) int {\n\tif a > 1"},
		{number: 5, Find: "return 0\n\t}\n", Put: "return 0\n\t}\n\treturn 1\n}\n\nfunc other(n int) int {\n"},
	}
	seeded, left, err := seed(program, bugs)
	require.NoError(t, err)
	require.Equal(t, bugs, left)
	require.Equal(t, program, seeded)
	_, _, err = seed(program, []bug{{number: 1, Find: "nowhere"}})
	require.ErrorContains(t, err, "0 times")
}

// The tests that fail are named, unless the program ended before all of them ran.
func TestFailures(t *testing.T) {
	names, err := failures([]byte("--- FAIL: TestA (0.00s)\n    --- FAIL: TestA/b (0.00s)\n--- FAIL: TestC (0.00s)\nFAIL\n"))
	require.NoError(t, err)
	require.Equal(t, []string{"TestA", "TestC"}, names)
	_, err = failures([]byte("--- FAIL: TestA (0.00s)\npanic: x [recovered]\n\nsupport.TestB(0xc0)\n"))
	require.ErrorContains(t, err, "TestA")
	_, err = failures([]byte("panic: test timed out after 1m0s\n\nsupport.TestB(0xc0)\n"))
	require.ErrorContains(t, err, "crash in TestB")
}

// A test that hangs fails when its time is over.
func TestExecute(t *testing.T) {
	dir := t.TempDir()
	text := "package support\n\nimport \"testing\"\n\nfunc TestHangs(t *testing.T) { select {} }\n\nfunc TestPasses(t *testing.T) {}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module support\n\ngo 1.26\n"), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a_test.go"), []byte(text), 0o666))
	t.Setenv("GOWORK", "off")
	path, err := build(t.Context(), dir, t.TempDir(), nil)
	require.NoError(t, err)
	out, err := tests{within: time.Second, skip: "Passes"}.execute(t.Context(), path, dir, 0)
	require.NoError(t, err)
	require.Contains(t, string(out), "TestHangs")
	out, err = tests{within: time.Second, run: "Passes"}.execute(t.Context(), path, dir, 0)
	require.NoError(t, err)
	require.Nil(t, out)
}
