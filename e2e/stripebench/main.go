// Stripebench measures what it costs to generate, compile and link a package
// for Stripe's whole OpenAPI document, beside kin-openapi, oapi-codegen and
// stripe-go, and prints a table of the bars that the project has set itself.
// It measures and does not judge: a missed bar is no failure. With -profile it
// shows instead where the generator's time goes.
//
// It runs in its own module, fetches what it compares with through the module
// proxy, and works in a temporary folder.
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
	gen      string
	rounds   int
	slow     int
	builds   int
	starts   int
	markdown string
	profile  bool
}

func main() {
	var s settings
	flag.StringVar(&s.gen, "gen", "", "measure this `binary` of gen (default: one built from the repository)")
	flag.IntVar(&s.rounds, "rounds", 5, "how often gen and kin-openapi run")
	flag.IntVar(&s.slow, "slow", 1, "how often oapi-codegen runs, at most -rounds")
	flag.IntVar(&s.builds, "builds", 3, "how often each package is compiled")
	flag.IntVar(&s.starts, "starts", 101, "how often each program is started")
	flag.StringVar(&s.markdown, "markdown", "", "write the table to this `file`, too")
	flag.BoolVar(&s.profile, "profile", false, "show the stages and functions that the generator spends its time in, and nothing else")
	flag.Parse()
	if min(s.rounds, s.slow, s.builds, s.starts) < 1 || s.slow > s.rounds {
		fmt.Fprintln(os.Stderr, "stripebench: -rounds, -slow, -builds and -starts are at least 1, and -slow is at most -rounds")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, s)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "stripebench:", err)
		os.Exit(1)
	}
}

// run works in a temporary folder that it takes away again.
func run(ctx context.Context, s settings) error {
	work, err := os.MkdirTemp("", "stripebench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	b := &bench{settings: s, work: work}
	if err := b.prepare(ctx); err != nil {
		return err
	}
	if s.profile {
		return b.showProfile(ctx)
	}
	return b.measure(ctx)
}

// measure takes every measurement and prints the table.
func (b *bench) measure(ctx context.Context) error {
	if err := b.prepareTools(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{b.generating, b.source, b.repeating, b.compiling, b.linking, b.starting, b.vetting} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := b.table.WriteText(os.Stdout); err != nil {
		return err
	}
	if b.markdown == "" {
		return nil
	}
	return b.table.saveMarkdown(b.markdown)
}

// say tells whoever waits what is going on.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
