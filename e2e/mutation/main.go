// Mutation seeds bugs in the support code, one at a time, and runs its tests:
// each bug must make some test fail. The bugs are in the folder bugs, in a list for
// each file; the text that a bug takes the place of is there once. It prints which
// test found each, and ends with an error if one survives.
//
// It runs in the folder of its module and changes no file of the repository: the
// compiler is given the changed file in place of the real one.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"sync"
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
	t := trial{dir: dir, work: work}
	if found, err := t.try(ctx, bug{}); found != "" || err != nil { // else all would die of it
		return fmt.Errorf("without a bug: %s %v", found, err)
	}
	return t.all(ctx, matching(bugs, pattern), jobs)
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

// all tries the bugs, some at a time, and prints what comes of each.
func (t trial) all(ctx context.Context, bugs []bug, jobs int) error {
	var (
		mu        sync.Mutex
		workers   sync.WaitGroup
		survivors int
		failure   error
	)
	next := make(chan bug)
	for range jobs {
		workers.Go(func() {
			for b := range next {
				found, err := t.try(ctx, b)
				mu.Lock()
				switch {
				case err != nil:
					failure = fmt.Errorf("%s: %s: %w", b.file, b.Breaks, err)
					fmt.Println("ERROR   ", failure)
				case found == "":
					survivors++
					fmt.Printf("SURVIVES %s: %s\n", b.file, b.Breaks)
				default:
					fmt.Printf("dies     %s: %s (%s)\n", b.file, b.Breaks, found)
				}
				mu.Unlock()
			}
		})
	}
	for _, b := range bugs {
		next <- b
	}
	close(next)
	workers.Wait()
	fmt.Printf("%d of %d bugs were found\n", len(bugs)-survivors, len(bugs))
	if failure == nil && survivors > 0 {
		failure = fmt.Errorf("%d bugs survive the tests", survivors)
	}
	return failure
}
