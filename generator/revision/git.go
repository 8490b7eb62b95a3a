package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// git runs git in a folder.
type git struct{ folder string }

// failure is what git says when it refuses something.
type failure struct{ message string }

func (f *failure) Error() string { return "git says: " + f.message }

// run returns what git prints. It takes no locks, asks nobody anything, and
// ends with the context.
func (g git) run(ctx context.Context, args ...string) ([]byte, error) {
	command := exec.CommandContext(ctx, "git", args...)
	command.Dir = g.folder
	command.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("git is not installed, or not in PATH")
	case errors.As(err, &exit):
		return nil, &failure{firstLine(stderr.String(), exit)}
	case err != nil:
		return nil, fmt.Errorf("git can't be run: %w", err)
	}
	return stdout.Bytes(), nil
}

// firstLine is what git says, without what it goes on about.
func firstLine(said string, exit *exec.ExitError) string {
	line, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
	if line = strings.TrimPrefix(line, "fatal: "); line == "" {
		return exit.String()
	}
	return line
}
