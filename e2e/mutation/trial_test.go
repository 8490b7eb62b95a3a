package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// code is a package of which a test fails in the program with all bugs, since that
// program has another function where the name is asked for.
const code = `package support

import "runtime"

var constant = 7

func sum(a, b int) int { return a + b }

func name() string {
	at, _, _, _ := runtime.Caller(0)
	return runtime.FuncForPC(at).Name()
}

func unused() int { return 1 }
`

const codeTest = `package support

import "testing"

func TestConstant(t *testing.T) {
	if constant != 7 {
		t.Fail()
	}
}

func TestName(t *testing.T) {
	if have := name(); have[len(have)-5:] != ".name" {
		t.Fail()
	}
}

func TestSum(t *testing.T) {
	if sum(1, 2) != 3 {
		t.Fail()
	}
}
`

// A bug is found in the program with all of them, or in one of its own if it is not
// within a function, or if the test that finds it fails there without a bug.
func TestTrial(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module support\n\ngo 1.26\n", "a.go": code, "a_test.go": codeTest} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	t.Setenv("GOWORK", "off")
	bugs := []bug{
		{file: "a.go", number: 1, Breaks: "sum", Find: "a + b", Put: "a - b"},
		{file: "a.go", number: 2, Breaks: "constant", Find: "= 7", Put: "= 8"},
		{file: "a.go", number: 3, Breaks: "name", Find: "return runtime.FuncForPC(at).Name()", Put: "return runtime.FuncForPC(at).Name() + \"-\""},
		{file: "a.go", number: 4, Breaks: "unused", Find: "return 1", Put: "return 2"},
	}
	trial, err := prepare(t.Context(), dir, t.TempDir(), bugs)
	require.NoError(t, err)
	require.Equal(t, map[int]bool{2: true}, trial.left)
	require.Equal(t, "^(TestName)$", trial.disturbed)
	for i, want := range []string{"TestSum", "TestConstant", "TestName", ""} {
		found, err := trial.try(t.Context(), bugs[i])
		require.NoError(t, err)
		require.Equal(t, want, found, bugs[i].Breaks)
	}
	require.ErrorContains(t, trial.all(t.Context(), bugs, 2), "1 bugs survive")
	require.NoError(t, trial.all(t.Context(), bugs[:1], 2))
}

// Tests that fail without a bug are an error: all bugs would die of them.
func TestTrialWithoutABug(t *testing.T) {
	dir := t.TempDir()
	broken := "package support\n\nimport \"testing\"\n\nfunc TestFails(t *testing.T) { t.Fail() }\n"
	for name, text := range map[string]string{"go.mod": "module support\n\ngo 1.26\n", "a_test.go": broken} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	t.Setenv("GOWORK", "off")
	_, err := prepare(t.Context(), dir, t.TempDir(), nil)
	require.EqualError(t, err, "without a bug: TestFails")
}
