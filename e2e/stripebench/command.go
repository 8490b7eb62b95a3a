package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// command is a program to run.
type command struct {
	dir  string
	env  []string // besides the environment, over which it wins
	args []string
}

// output runs the command and returns what it prints.
func (c command) output(ctx context.Context) (string, error) {
	out, _, err := c.run(ctx)
	return out, err
}

// do runs the command for what it leaves behind.
func (c command) do(ctx context.Context) error {
	_, _, err := c.run(ctx)
	return err
}

// cost runs the command and returns what that takes.
func (c command) cost(ctx context.Context) (cost, error) {
	_, took, err := c.run(ctx)
	return took, err
}

func (c command) run(ctx context.Context) (string, cost, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.dir, &stdout, &stderr
	// Neither a workspace nor flags of the caller's own change what is built.
	cmd.Env = append(append(os.Environ(), "GOWORK=off", "GOFLAGS="), c.env...)
	began := time.Now()
	err := cmd.Run()
	wall := time.Since(began)
	if err != nil {
		return "", cost{}, fmt.Errorf("%s: %w\n%s", strings.Join(c.args, " "), err, lastLines(stdout.String()+stderr.String()))
	}
	p := cmd.ProcessState
	return strings.TrimSpace(stdout.String()), cost{wall, p.UserTime() + p.SystemTime(), peak(p)}, nil
}

// lastLines is the end of what a command that failed has printed.
func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-10):], "\n")
}
