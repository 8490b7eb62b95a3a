package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMain lets the test binary stand for a command that prints and fails.
func TestMain(m *testing.M) {
	if text := os.Getenv("STRIPEBENCH_FAIL"); text != "" {
		os.Stderr.WriteString(text)
		os.Exit(3)
	}
	os.Exit(m.Run())
}

func TestCommandSaysWhyItFailed(t *testing.T) {
	err := command{env: []string{"STRIPEBENCH_FAIL=no such schema"}, args: []string{os.Args[0]}}.do(t.Context())
	require.ErrorContains(t, err, "exit status 3\nno such schema")
}

func TestCommandMeasures(t *testing.T) {
	took, err := command{args: []string{"go", "version"}}.cost(t.Context())
	require.NoError(t, err)
	require.Positive(t, took.wall)
	require.Positive(t, took.cpu)
	require.Positive(t, took.peak)
}
