package e2e

import (
	"bytes"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// output runs a command in a folder.
func output(t *testing.T, folder, name string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	command := exec.Command(name, args...)
	command.Dir, command.Stdout, command.Stderr = folder, &out, &errs
	var failed *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return out.String(), errs.String()
}

// stripeDocument returns the path of Stripe's whole document, which comes with
// the mock server.
func stripeDocument(t *testing.T) string {
	t.Helper()
	dir, errs := output(t, ".", "go", "list", "-m", "-f", "{{.Dir}}", "github.com/stripe/stripe-mock")
	require.NotEmpty(t, strings.TrimSpace(dir), errs)
	return filepath.Join(strings.TrimSpace(dir), "embedded", "openapi", "spec3.json")
}

// TestWholeDocumentIsUnderstood lowers Stripe's whole document: every name is
// settled by the policy or by stripe/gen.yaml.
func TestWholeDocumentIsUnderstood(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "gen")
	_, errs := output(t, "..", "go", "build", "-o", binary, "./cmd/gen")
	require.Empty(t, errs)
	_, errs = output(t, "stripe", binary, "ir", "--spec", stripeDocument(t))
	require.Empty(t, errs)
}
