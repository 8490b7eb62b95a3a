package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// slow are the tests that take most of the time, and counting those that count
// allocations, which fail in a program that is not optimized.
const (
	slow     = "Evaluation|ContainsItself|UniqueAmong|EveryPrefix|EveryChange|EveryByte|Client"
	counting = "Alloc|Cost"
)

var (
	quick = tests{skip: slow, within: time.Minute}
	full  = tests{within: 2 * time.Minute}
)

// trial runs the tests of the support code in dir with a bug in it.
type trial struct {
	dir, work string
	program   string       // the tests of the code with all bugs but those that are left
	left      map[int]bool // the numbers of the bugs that have a build of their own
	disturbed string       // the pattern of the tests that fail in the program without a bug
}

// prepare builds the program with the bugs and sees that without a bug its tests
// pass, else all bugs would die of what fails. Copies may cost more allocations than
// what they are copies of: what fails in the program alone is left out there.
func prepare(ctx context.Context, dir, work string, bugs []bug) (*trial, error) {
	t := &trial{dir: dir, work: work, left: map[int]bool{}}
	texts, err := t.seedAll(bugs)
	if err != nil {
		return nil, err
	}
	if t.program, err = build(ctx, dir, work, texts); err != nil {
		return nil, err
	}
	fmt.Printf("%d bugs in one program, %d with a build of their own\n", len(bugs)-len(t.left), len(t.left))
	if err := t.disturb(ctx); err != nil {
		return nil, fmt.Errorf("without a bug: %w", err)
	}
	return t, nil
}

// seedAll returns the texts of the files that have bugs, with the bugs in them.
func (t *trial) seedAll(bugs []bug) (map[string]string, error) {
	files := map[string][]bug{}
	for _, b := range bugs {
		files[b.file] = append(files[b.file], b)
	}
	texts := map[string]string{}
	for file, bugs := range files {
		text, err := os.ReadFile(filepath.Join(t.dir, file))
		if err != nil {
			return nil, err
		}
		seeded, left, err := seed(string(text), bugs)
		if err != nil {
			return nil, err
		}
		for _, b := range left {
			t.left[b.number] = true
		}
		texts[file] = seeded
	}
	texts["seeded_choice.go"] = fmt.Sprintf(seedChoice, "support")
	return texts, nil
}

// disturb finds the tests that fail in the program without a bug. The code as it is
// has to pass these, and if any bug has a build of its own, the others too.
func (t *trial) disturb(ctx context.Context) error {
	everything := full
	everything.all = true
	out, err := everything.execute(ctx, t.program, t.dir, 0)
	if err != nil || out == nil && len(t.left) == 0 {
		return err
	}
	if out != nil {
		names, err := failures(out)
		if err != nil {
			return err
		}
		t.disturbed = "^(" + strings.Join(names, "|") + ")$"
		fmt.Println("left out, but with builds of their own for bugs that survive:", strings.Join(names, ", "))
	}
	found, err := t.alone(ctx, bug{}, full)
	if err == nil && found != "" {
		err = errors.New(found)
	}
	return err
}

// try returns which test found the bug, or "" if none did.
func (t *trial) try(ctx context.Context, b bug) (string, error) {
	if t.left[b.number] {
		bare := quick
		bare.skip += "|" + counting
		if found, err := t.alone(ctx, b, bare, "-gcflags=-N -l"); found != "" || err != nil {
			return found, err
		}
		return t.alone(ctx, b, full)
	}
	if found, err := t.together(ctx, b); found != "" || err != nil || t.disturbed == "" {
		return found, err
	}
	rest := full
	rest.run = t.disturbed
	return t.alone(ctx, b, rest)
}

// together runs the tests of the program with all bugs for one of these.
func (t *trial) together(ctx context.Context, b bug) (string, error) {
	for _, way := range []tests{quick, full} {
		if t.disturbed != "" {
			way.skip = strings.TrimPrefix(way.skip+"|"+t.disturbed, "|")
		}
		out, err := way.execute(ctx, t.program, t.dir, b.number)
		if err != nil {
			return "", err
		}
		if out != nil {
			return finder(out), nil
		}
	}
	return "", nil
}

// alone builds the tests with one bug in the place where it is, and runs them. A bug
// without a file is none.
func (t *trial) alone(ctx context.Context, b bug, way tests, flags ...string) (string, error) {
	work, err := os.MkdirTemp(t.work, "bug")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	texts := map[string]string{}
	if b.file != "" {
		text, err := b.apply(t.dir)
		if err != nil {
			return "", err
		}
		texts[b.file] = string(text)
	}
	program, err := build(ctx, t.dir, work, texts, flags...)
	if err != nil {
		return "", err
	}
	out, err := way.execute(ctx, program, t.dir, 0)
	if err != nil || out == nil {
		return "", err
	}
	return finder(out), nil
}

// all tries the bugs, some at a time, and prints what comes of each.
func (t *trial) all(ctx context.Context, bugs []bug, jobs int) error {
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
