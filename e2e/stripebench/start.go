package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"time"
)

// starting measures what a process pays before it does anything, and what the
// first decode in it takes.
func (b *bench) starting(ctx context.Context) error {
	ours, theirs := b.rivals()
	say("linking programs that only start, and that decode once")
	for _, program := range []string{"empty", "http", "imports", "firstoaken"} {
		if _, err := b.link(ctx, ours, program, ""); err != nil {
			return err
		}
	}
	for _, program := range []string{"empty", "http", "imports"} {
		if err := b.build(ctx, ours, program, filepath.Join(b.work, program+withoutC), "", "CGO_ENABLED=0"); err != nil {
			return err
		}
	}
	if _, err := b.link(ctx, theirs, "firststripego", ""); err != nil {
		return err
	}
	if err := b.startingUp(ctx); err != nil {
		return err
	}
	return b.firstDecoding(ctx)
}

// withoutC ends the names of programs that are built without cgo. With it package
// net has the system's resolver, and the program waits for the dynamic linker.
const withoutC = "-withoutc"

// startingUp compares a program that is linked with the package with one that
// does nothing, and shows what of the difference is net/http's.
func (b *bench) startingUp(ctx context.Context) error {
	for _, kind := range []struct{ name, suffix string }{
		{"ms that a program with the package takes longer to start than an empty one", ""},
		{"the same, built without cgo", withoutC},
	} {
		all, err := inTurns(ctx, "starting", b.starts, b.started("imports"+kind.suffix), b.started("empty"+kind.suffix), b.started("http"+kind.suffix))
		if err != nil {
			return err
		}
		ms := func(c costs) float64 { return c.wall().median * 1000 }
		b.table.AtMost(kind.name, ms(all[0])-ms(all[1]), 2, "%.2f",
			fmt.Sprintf("%.2f ms : %.2f ms", ms(all[0]), ms(all[1])))
		b.table.Note("of that with net/http alone", fmt.Sprintf("%.2f", ms(all[2])-ms(all[1])), "")
	}
	return nil
}

func (b *bench) started(program string) turn {
	return turn{measure: func(ctx context.Context) (cost, error) {
		return command{dir: b.work, args: []string{filepath.Join(b.work, program)}}.cost(ctx)
	}}
}

// firstDecoding compares the first decode of one account in many processes.
func (b *bench) firstDecoding(ctx context.Context) error {
	all, err := inTurns(ctx, "decoding first", b.starts, b.firstOf("firstoaken"), b.firstOf("firststripego"))
	if err != nil {
		return err
	}
	our, their := all[0].wall(), all[1].wall()
	us := func(s spread) string {
		return fmt.Sprintf("%.0f µs (%.0f to %.0f)", s.median*1e6, s.min*1e6, s.max*1e6)
	}
	b.table.AtMost("first decode in a process : stripe-go, time", our.median/their.median, 0.01, "%.4f", us(our)+" : "+us(their))
	return nil
}

// firstOf takes the time that the program itself tells.
func (b *bench) firstOf(program string) turn {
	document := filepath.Join(b.repo, "testdata", "examples", "account_linked.json")
	return turn{measure: func(ctx context.Context) (cost, error) {
		out, err := command{dir: b.work, args: []string{filepath.Join(b.work, program), document}}.output(ctx)
		if err != nil {
			return cost{}, err
		}
		ns, err := strconv.ParseInt(out, 10, 64)
		return cost{wall: time.Duration(ns)}, err
	}}
}
