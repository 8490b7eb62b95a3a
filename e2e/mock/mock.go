// Package mock runs the mock server of github.com/stripe/stripe-mock for the
// tests of a package.
package mock

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// server is the mock server, once a test has asked for it: benchmarks run
// without it beside them.
var server struct {
	once    sync.Once
	url     string
	err     error
	command *exec.Cmd
}

// Main runs the tests of a package and ends the server: it is all that a
// TestMain has to do.
func Main(m *testing.M) {
	code := m.Run()
	if server.command != nil {
		_ = server.command.Process.Kill()
		_ = server.command.Wait()
	}
	os.Exit(code)
}

// URL returns where the mock server listens, and starts it the first time.
func URL(t testing.TB) string {
	t.Helper()
	server.once.Do(func() { server.command, server.url, server.err = start() })
	if server.err != nil {
		t.Fatal("the mock server did not start: ", server.err)
	}
	return server.url
}

// start builds the mock server and starts it on a port of the system's choice.
// It returns once the server listens.
func start() (*exec.Cmd, string, error) {
	dir, err := os.MkdirTemp("", "oaken-e2e-")
	if err != nil {
		return nil, "", err
	}
	defer os.RemoveAll(dir) // a running program needs its file no more
	binary := filepath.Join(dir, "stripe-mock")
	build := exec.Command("go", "build", "-o", binary, "github.com/stripe/stripe-mock")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, "", fmt.Errorf("%w: %s", err, out)
	}
	// It opens HTTPS as well unless that is given a port of its own choice too.
	command := exec.Command(binary, "-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0")
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	if err := command.Start(); err != nil {
		return nil, "", err
	}
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if _, addr, ok := strings.Cut(lines.Text(), "Listening for HTTP at address: "); ok {
			go drain(lines)
			return command, "http://" + addr, nil
		}
	}
	_ = command.Process.Kill()
	return nil, "", fmt.Errorf("it ended before it listened: %w", command.Wait())
}

// drain keeps the mock server's output from filling its pipe.
func drain(lines *bufio.Scanner) {
	for lines.Scan() {
	}
}
