package e2e

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mockURL is where the mock server listens; TestMain starts and stops it.
var mockURL string

func TestMain(m *testing.M) { os.Exit(runWithMock(m)) }

func runWithMock(m *testing.M) int {
	dir, err := os.MkdirTemp("", "oaken-e2e-")
	if err != nil {
		return fail(err)
	}
	defer os.RemoveAll(dir)
	mock, err := startMock(dir)
	if err != nil {
		return fail(err)
	}
	defer func() {
		_ = mock.Process.Kill()
		_ = mock.Wait()
	}()
	return m.Run()
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, "the mock server did not start:", err)
	return 1
}

// startMock builds the mock server and starts it on a port of the system's
// choice. It returns once the server listens.
func startMock(dir string) (*exec.Cmd, error) {
	binary := filepath.Join(dir, "stripe-mock")
	build := exec.Command("go", "build", "-o", binary, "github.com/stripe/stripe-mock")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	// It opens HTTPS as well unless that is given a port of its own choice too.
	mock := exec.Command(binary, "-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0")
	stdout, err := mock.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := mock.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		if _, addr, ok := strings.Cut(lines.Text(), "Listening for HTTP at address: "); ok {
			mockURL = "http://" + addr
			go drain(lines)
			return mock, nil
		}
	}
	_ = mock.Process.Kill()
	return nil, fmt.Errorf("it ended before it listened: %w", mock.Wait())
}

// drain keeps the mock server's output from filling its pipe.
func drain(lines *bufio.Scanner) {
	for lines.Scan() {
	}
}
