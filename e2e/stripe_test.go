package e2e

import (
	"bytes"
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
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
	var found []string
	for _, m := range regexp.MustCompile(`at #(/\S+) \[([a-z-]+)\]`).FindAllStringSubmatch(errs, -1) {
		found = append(found, m[2]+" "+m[1])
	}
	require.Equal(t, []string{
		"unsupported-media-type /paths/~1v1~1files/post/requestBody/content",
		"unsupported-media-type /paths/~1v1~1quotes~1{quote}~1pdf/get/responses/200/content",
	}, found, errs)
	require.Contains(t, errs, "\n2 problems\n")
}
