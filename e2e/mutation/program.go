package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// build builds the tests of the package in dir, with other texts for some of its
// files, and returns the program. What it needs for that it writes to the folder
// work.
func build(ctx context.Context, dir, work string, texts map[string]string, flags ...string) (string, error) {
	replace := map[string]string{}
	for name, text := range texts {
		changed := filepath.Join(work, name)
		if err := os.WriteFile(changed, []byte(text), 0o666); err != nil {
			return "", err
		}
		replace[filepath.Join(dir, name)] = changed
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	list := filepath.Join(work, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o666); err != nil {
		return "", err
	}
	program := filepath.Join(work, "support.test")
	compile := exec.CommandContext(ctx, "go", append([]string{"test", "-c", "-ldflags=-s -w", "-overlay", list, "-o", program}, append(flags, ".")...)...)
	compile.Env = append(os.Environ(), "GOGC=400")
	compile.Dir = dir
	if out, err := compile.CombinedOutput(); err != nil {
		return "", fmt.Errorf("it does not build: %w\n%s", err, out)
	}
	return program, nil
}

// tests is a way to run the tests. One that hangs fails when the time is over.
type tests struct {
	run, skip string // patterns of the names of tests
	all       bool   // goes on after a test fails
	within    time.Duration
}

// flags returns the flags of the test program for that.
func (t tests) flags() []string {
	flags := []string{"-test.short", "-test.timeout", t.within.String(), "-test.run", t.run, "-test.skip", t.skip}
	if !t.all {
		flags = append(flags, "-test.failfast")
	}
	return flags
}

// execute runs a program's tests in dir with the bug of a number. It returns what
// the program said if they failed, and else nothing.
func (t tests) execute(ctx context.Context, program, dir string, number int) ([]byte, error) {
	run := exec.CommandContext(ctx, program, t.flags()...)
	run.Env = append(os.Environ(), seedVariable+"="+strconv.Itoa(number))
	run.Dir = dir
	out, err := run.CombinedOutput()
	if err == nil || ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if _, ended := errors.AsType[*exec.ExitError](err); !ended {
		return nil, err
	}
	return append(out, '\n'), nil
}

var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// finder names the test that failed, or what else ended the program.
func finder(out []byte) string {
	if m := failed.FindSubmatch(out); m != nil {
		return string(m[1])
	}
	if m := regexp.MustCompile(`support\.(Test\w+)`).FindSubmatch(out); m != nil {
		return "crash in " + string(m[1])
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return "crash: " + first
}

var finished = regexp.MustCompile(`(?m)^--- FAIL: (\S+)`)

// failures names all tests that failed in a program that came to its end.
func failures(out []byte) ([]string, error) {
	if !strings.HasSuffix(strings.TrimSpace(string(out)), "FAIL") || strings.Contains(string(out), "\npanic: ") {
		return nil, errors.New(finder(out))
	}
	var all []string
	for _, m := range finished.FindAllSubmatch(out, -1) {
		all = append(all, string(m[1]))
	}
	if len(all) == 0 {
		return nil, errors.New(finder(out))
	}
	return all, nil
}
