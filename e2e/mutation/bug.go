package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// bug is one change of a file that breaks something.
type bug struct {
	file   string
	Breaks string // what it breaks, in a sentence
	Find   string // the text that it takes the place of, which is there once
	Put    string
}

// read reads the lists in a folder, each of which has the name of the file that
// its bugs are for.
func read(folder string) ([]bug, error) {
	lists, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var all []bug
	for _, list := range lists {
		bugs, err := readList(list)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", list, err)
		}
		all = append(all, bugs...)
	}
	return all, nil
}

func readList(path string) ([]bug, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var bugs []bug
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	err = d.Decode(&bugs)
	for i := range bugs {
		bugs[i].file = strings.TrimSuffix(filepath.Base(path), ".yaml")
	}
	return bugs, err
}

// apply returns the text of the bug's file with the bug in it.
func (b bug) apply(dir string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(dir, b.file))
	if err != nil {
		return nil, err
	}
	if n := strings.Count(string(text), b.Find); n != 1 || b.Find == b.Put {
		return nil, fmt.Errorf("%s: %s: the text is there %d times, and must be there once: %q", b.file, b.Breaks, n, b.Find)
	}
	return []byte(strings.Replace(string(text), b.Find, b.Put, 1)), nil
}

// trial runs the tests of the support code in dir with a bug in it.
type trial struct{ dir, work string }

// quick is the way to build and run the tests that takes the least time. What
// counts allocations fails then, and a few tests take half of the time.
var quick, full = mode{[]string{"-gcflags=-N -l"}, []string{"-test.skip", "Alloc|Cost|Evaluation|ContainsItself|UniqueAmong"}}, mode{}

type mode struct{ build, run []string }

// try returns which test found the bug, or "" if none did.
func (t trial) try(ctx context.Context, b bug) (string, error) {
	work, err := os.MkdirTemp(t.work, "bug")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	for _, m := range []mode{quick, full} {
		if found, err := t.tests(ctx, work, b, m); found != "" || err != nil {
			return found, err
		}
	}
	return "", nil
}

func (t trial) tests(ctx context.Context, work string, b bug, m mode) (string, error) {
	program, err := t.build(ctx, work, b, m)
	if err != nil {
		return "", err
	}
	tests := exec.CommandContext(ctx, program, append(m.run, "-test.short", "-test.failfast", "-test.timeout", "2m")...)
	tests.Dir = t.dir
	out, err := tests.CombinedOutput()
	if err == nil || ctx.Err() != nil {
		return "", ctx.Err()
	}
	if _, ended := errors.AsType[*exec.ExitError](err); !ended {
		return "", err
	}
	return finder(out), nil
}

// build builds the tests with the bug in its file. A bug without a file is none.
func (t trial) build(ctx context.Context, work string, b bug, m mode) (string, error) {
	replace := map[string]string{}
	if b.file != "" {
		text, err := b.apply(t.dir)
		if err != nil {
			return "", err
		}
		changed := filepath.Join(work, b.file)
		if err := os.WriteFile(changed, text, 0o666); err != nil {
			return "", err
		}
		replace[filepath.Join(t.dir, b.file)] = changed
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
	build := exec.CommandContext(ctx, "go", append([]string{"test", "-c", "-ldflags=-s -w", "-overlay", list, "-o", program}, append(m.build, ".")...)...)
	build.Env = append(os.Environ(), "GOGC=400")
	build.Dir = t.dir
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("it does not build: %w\n%s", err, out)
	}
	return program, nil
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
