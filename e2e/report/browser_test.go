package report

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// browsers are what Chromium is called.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// browser returns the path of Chromium.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("OAKEN_BROWSER") == "required" {
		t.Fatalf("there is no browser, and OAKEN_BROWSER asks for one: install one of %v", browsers)
	}
	t.Skipf("there is no browser: none of %v is in PATH", browsers)
	return ""
}

// patience is how long a browser may take before it is taken for stuck.
const patience = 2 * time.Minute

// open opens a page at an address such as #severity=risky, and returns what it
// has become, and what it wrote to the console, errors included.
func open(t *testing.T, page, hash string) (dom string, console []string) {
	t.Helper()
	path := browser(t)
	file := filepath.Join(t.TempDir(), "page.html")
	require.NoError(t, os.WriteFile(file, []byte(page), 0o666))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(file)}
	command := exec.CommandContext(ctx, path,
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
		"--enable-logging=stderr", "--v=0", "--dump-dom",
		address.String()+hash)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	require.NoError(t, command.Run(), stderr.String())
	return stdout.String(), logged.FindAllString(stderr.String(), -1)
}

// logged is a line of the console, as Chromium logs it.
var logged = regexp.MustCompile(`(?m)^.*:CONSOLE[(:].*$`)
