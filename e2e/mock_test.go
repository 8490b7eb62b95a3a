package e2e

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

// mock is the mock server, once a test has asked for it: benchmarks run
// without it beside them.
var mock struct {
	once    sync.Once
	url     string
	err     error
	command *exec.Cmd
}

func TestMain(m *testing.M) {
	code := m.Run()
	if mock.command != nil {
		_ = mock.command.Process.Kill()
		_ = mock.command.Wait()
	}
	os.Exit(code)
}

// mockURL returns where the mock server listens, and starts it the first time.
func mockURL(t *testing.T) string {
	t.Helper()
	mock.once.Do(func() { mock.command, mock.url, mock.err = startMock() })
	if mock.err != nil {
		t.Fatal("the mock server did not start: ", mock.err)
	}
	return mock.url
}

// startMock builds the mock server and starts it on a port of the system's
// choice. It returns once the server listens.
func startMock() (*exec.Cmd, string, error) {
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
