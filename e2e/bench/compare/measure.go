package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// experiments are the values of GOEXPERIMENT of the binaries.
var experiments = []string{"", "jsonv2"}

// measure builds the binaries and runs them in turns. The results go to the raw
// file.
func measure(ctx context.Context, s settings) error {
	work, err := os.MkdirTemp("", "compare")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	var binaries []string
	for _, experiment := range experiments {
		say("building the benchmarks with GOEXPERIMENT=%s", experiment)
		binary := filepath.Join(work, cmp.Or(experiment, "plain")+".test")
		if _, err := output(ctx, ".", []string{"GOEXPERIMENT=" + experiment}, "go", "test", "-c", "-o", binary, "./bench"); err != nil {
			return err
		}
		binaries = append(binaries, binary)
	}
	raw, err := os.Create(s.raw)
	if err != nil {
		return err
	}
	defer raw.Close()
	for round := range s.rounds {
		say("round %d of %d", round+1, s.rounds)
		for _, binary := range binaries {
			out, err := output(ctx, "bench", nil, binary, "-test.run", "^$", "-test.bench", s.filter(), "-test.benchtime", s.benchtime)
			if err != nil {
				return err
			}
			if _, err := raw.Write(out); err != nil {
				return err
			}
		}
	}
	return raw.Close()
}

// filter selects the benchmarks. oaken is never left out, as all are compared
// with it. A ^ or $ is about the name of the row or the codec.
func (s settings) filter() string {
	within := func(name, expr string) string {
		if expr == "" {
			return ""
		}
		if strings.HasPrefix(expr, "^") {
			return "^" + name + "=(" + expr[1:] + ")"
		}
		return "^" + name + "=.*(" + expr + ")"
	}
	codecs := within("codec", s.codecs)
	if codecs != "" {
		codecs = "(" + codecs + "|^codec=oaken$)" // go test splits at a | outside of brackets
	}
	return "^BenchmarkRows$/" + within("row", s.rows) + "/" + codecs
}

// output runs a command and returns what it prints.
func output(ctx context.Context, dir string, env []string, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	cmd.Env = append(append(os.Environ(), "GOWORK=off", "GOFLAGS="), env...)
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s%s", strings.Join(args, " "), err, stdout.String(), stderr.String())
	}
	return stdout.Bytes(), nil
}

// benchstat prints what benchstat says of the results, each kind of work by
// itself as the columns are not the same.
func benchstat(ctx context.Context, raw string, found *results) error {
	for _, kind := range kinds {
		if !found.hasKind(kind.name) {
			continue
		}
		out, err := output(ctx, ".", nil, "go", "tool", "benchstat", "-row", "/row", "-col", "/codec",
			"-filter", "/row:/^"+kind.name+"-/ .unit:(sec/op OR cpu-sec/op OR allocs/op)", raw)
		if err != nil {
			return err
		}
		fmt.Printf("%s\n\n%s\n", kind.title, out)
	}
	return nil
}

// say tells whoever waits what is going on.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
