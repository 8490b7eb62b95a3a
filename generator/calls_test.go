package generator_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCalls runs a program that calls a server through a generated package:
// answers and errors by status, headers, bodies and credentials. The program
// is testdata/calls/main.go, and says what is wrong.
func TestCalls(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("..", "testdata", "calls")
	document, err := os.ReadFile(filepath.Join(folder, "openapi.yaml"))
	require.NoError(t, err)
	program, err := os.ReadFile(filepath.Join(folder, "main.go"))
	require.NoError(t, err)
	files, problems := generateFile(t, "openapi.yaml", document)
	require.Empty(t, problems)

	root := t.TempDir()
	writeProgram(t, root, files, program)
	require.Empty(t, command(t, root, "run", "-trimpath", "."))
}
