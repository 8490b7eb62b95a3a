// Conformance runs the JSON Schema Test Suite: each group of tests becomes a
// component of an OpenAPI document, the document a generated package, and an
// instance counts as valid when the package decodes it and finds no violation.
// It prints how many answers are right, how many are not because the generator
// says that it does not support the schema, and how many are wrong without a
// word.
//
// The suite is found by SPEC_CORPUS, a folder with json-schema-test-suite in
// it. The command works in a temporary folder, and needs the go command.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

// settings are the flags.
type settings struct {
	markdown string
	rules    bool
	optional bool
	file     string
	verbose  bool
}

func main() {
	var s settings
	flag.StringVar(&s.markdown, "markdown", "", "write the table to this `file`, too")
	flag.BoolVar(&s.rules, "rules", false, "let no Go type help: every schema is raw JSON with assertions")
	flag.BoolVar(&s.optional, "optional", false, "run the optional tests instead of the required ones")
	flag.StringVar(&s.file, "file", "*", "run these `files` alone, as in enum or unevaluated*")
	flag.BoolVar(&s.verbose, "v", false, "print every answer that is not right")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := show(ctx, s)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

// show runs the suite and prints what came of it.
func show(ctx context.Context, s settings) error {
	results, err := measureAll(ctx, s)
	if err != nil {
		return err
	}
	for _, r := range results {
		fmt.Println(r.text())
		if s.verbose {
			fmt.Println(r.details())
		}
	}
	if s.markdown == "" {
		return nil
	}
	return os.WriteFile(s.markdown, []byte(markdown(results)), 0o666)
}

// measureAll runs the suite of each dialect.
func measureAll(ctx context.Context, s settings) ([]*result, error) {
	folder, err := suiteFolder()
	if err != nil {
		return nil, err
	}
	stop, err := serveRemotes(folder)
	if err != nil {
		return nil, err
	}
	defer stop()
	var results []*result
	for _, d := range dialects {
		r, err := measure(ctx, d, folder, s)
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return results, nil
}

// measure runs the suite of one dialect.
func measure(ctx context.Context, d *dialect, folder string, s settings) (*result, error) {
	groups, err := d.read(folder, s)
	if err != nil {
		return nil, err
	}
	work, err := os.MkdirTemp("", "conformance")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	if err := answer(ctx, work, groups, s.rules); err != nil {
		return nil, err
	}
	return count(d, groups), nil
}
