// Compare runs the benchmarks of the generated package beside those of other
// libraries, in turns, and compares the medians: every round runs each of them
// once, in a test binary that is built without and one that is built with
// GOEXPERIMENT=jsonv2. It prints what benchstat says of them and the bars that
// the project has set itself. When nothing was left out, it writes the tables and
// a plot for the documentation, too.
//
// It measures and does not judge: a missed bar is no failure.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
)

// settings are the flags.
type settings struct {
	rounds    int
	benchtime string
	rows      string
	codecs    string
	raw       string
	again     bool
	docs      string
	processor bool
}

func main() {
	var s settings
	flag.IntVar(&s.rounds, "rounds", 10, "how often everything is run")
	flag.StringVar(&s.benchtime, "benchtime", "100ms", "how long a benchmark runs in a round")
	flag.StringVar(&s.rows, "rows", "", "measure only the rows that this `regexp` matches, as list or ^encode, and write no documentation")
	flag.StringVar(&s.codecs, "codecs", "", "measure only oaken and the codecs that this `regexp` matches, and write no documentation")
	flag.StringVar(&s.raw, "raw", "bench.txt", "keep the results of the benchmarks in this `file`")
	flag.BoolVar(&s.again, "again", false, "measure nothing, and take the results from the file of -raw; without all of them no documentation is written")
	flag.StringVar(&s.docs, "docs", filepath.Join("..", "docs"), "write bench.md and bench.svg into this `folder`")
	flag.BoolVar(&s.processor, "processor", false, "compare processor times instead of times, as on a busy machine, and write no documentation")
	flag.Parse()
	if s.rounds < 1 {
		fmt.Fprintln(os.Stderr, "compare: -rounds is at least 1")
		os.Exit(2)
	}
	for _, expr := range []string{s.rows, s.codecs} {
		if _, err := regexp.Compile(expr); err != nil {
			fmt.Fprintln(os.Stderr, "compare:", err)
			os.Exit(2)
		}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, s)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings) error {
	if !s.again {
		if err := measure(ctx, s); err != nil {
			return err
		}
	}
	found, err := readResults(s.raw)
	if err != nil {
		return err
	}
	if err := benchstat(ctx, s.raw, found); err != nil {
		return err
	}
	if s.processor {
		if err := found.useProcessorTime(); err != nil {
			return err
		}
	}
	table, err := barsOf(ctx, found)
	if err != nil {
		return err
	}
	if err := table.WriteText(os.Stdout); err != nil {
		return err
	}
	if s.rows != "" || s.codecs != "" || s.docs == "" || s.processor || !found.complete() {
		return nil
	}
	if err := os.WriteFile(filepath.Join(s.docs, "bench.svg"), []byte(plot(found)), 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.docs, "bench.md"), []byte(document(found, table)), 0o666)
}
