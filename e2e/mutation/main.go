// Mutation seeds bugs in the support code, one at a time, and runs its tests:
// each bug must make some test fail. The bugs are in the folder bugs, in a list for
// each file; the text that a bug takes the place of is there once. It prints which
// test found each, and ends with an error if one survives.
//
// It runs in the folder of its module and changes no file of the repository: the
// compiler is given the changed files in place of the real ones. The tests are built
// once, with all bugs in copies of their functions (see seed), and run once for each
// bug. Only a bug that is not within one function has a build of its own.
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

func main() {
	dir := flag.String("dir", filepath.Join("..", "templates", "support"), "the `folder` of the support code")
	lists := flag.String("bugs", filepath.Join("mutation", "bugs"), "the `folder` with the bugs")
	only := flag.String("run", "", "seed only bugs whose file or description matches this `pattern`")
	jobs := flag.Int("jobs", 2, "how many bugs to try at the same time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *dir, *lists, *only, *jobs)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir, lists, only string, jobs int) error {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	bugs, err := read(lists)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "mutation")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	dir, err = filepath.Abs(dir)
	if err != nil {
		return err
	}
	chosen := matching(bugs, pattern)
	t, err := prepare(ctx, dir, work, chosen)
	if err != nil {
		return err
	}
	return t.all(ctx, chosen, jobs)
}

func matching(bugs []bug, pattern *regexp.Regexp) []bug {
	var chosen []bug
	for _, b := range bugs {
		if pattern.MatchString(b.file + ": " + b.Breaks) {
			chosen = append(chosen, b)
		}
	}
	return chosen
}
