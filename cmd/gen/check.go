package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/oaken-go/oaken/generator"
)

// checking is what the flags of gen check say.
type checking struct {
	color string
	stat  bool
}

func (c *command) checkCommand() *cobra.Command {
	var flags checking
	cmd := &cobra.Command{
		Use: "check", Args: noArgs,
		Short: "Tell whether what was generated is up to date; write nothing",
		Long: `Check compares the package with what gen would write, and writes nothing.

Where they differ it prints a unified diff, says on standard error what the
differences come from, as far as that is known, and exits with 1.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.check(cmd, flags) },
	}
	cmd.Flags().StringVar(&flags.color, "color", "auto", colorUsage)
	cmd.Flags().BoolVar(&flags.stat, "stat", false, "print how many lines of which file differ, in place of the differences")
	return cmd
}

// check is gen check.
func (c *command) check(cmd *cobra.Command, flags checking) error {
	paint, err := flags.palette(c.stdout)
	if err != nil {
		return err
	}
	r, err := c.stages(cmd.Context(), "")
	if err != nil {
		return err
	}
	changes, err := r.Compare()
	if err != nil {
		return err
	}
	if err := c.writeReport(r); err != nil {
		return err
	}
	if len(changes) == 0 {
		c.say("%s is up to date", r.Out)
		return nil
	}
	if flags.stat {
		printStat(c.stdout, changes, paint)
	} else {
		printDiffs(c.stdout, changes, paint)
	}
	c.tellNames(r)
	if origin := generator.Origin(changes); origin != "" {
		fmt.Fprintln(c.stderr, origin)
	}
	shorter := ""
	if len(changes) > manyDiffs && !flags.stat {
		shorter = " (--stat sums them up)"
	}
	fmt.Fprintf(c.stderr, "%s is stale: %s%s: run gen\n", r.Out, plural(len(changes), "difference"), shorter)
	return errDiffers
}

// manyDiffs is how many differences nobody reads one by one.
const manyDiffs = 20

// palette colours text, or returns it as it is.
type palette func(color, text string) string

// The colours, as terminals take them.
const (
	bold  = "1"
	red   = "31"
	green = "32"
	cyan  = "36"
)

func plain(_, text string) string { return text }

func colored(color, text string) string { return "\x1b[" + color + "m" + text + "\x1b[m" }

// palette says whether what is written to w has colours.
func (flags checking) palette(w io.Writer) (palette, error) {
	color, err := useColor(flags.color, w)
	if color {
		return colored, err
	}
	return plain, err
}

func printDiffs(w io.Writer, changes []generator.Change, paint palette) {
	for _, change := range changes {
		for i, line := range strings.SplitAfter(change.Diff(), "\n") {
			text := strings.TrimSuffix(line, "\n")
			if color := colorOf(text, i); color != "" {
				line = paint(color, text) + "\n"
			}
			io.WriteString(w, line)
		}
	}
}

// colorOf returns the colour of a line of a diff, of which the first two are its
// head.
func colorOf(line string, at int) string {
	switch {
	case line == "":
		return ""
	case at < 2:
		return bold
	}
	return map[byte]string{'@': cyan, '-': red, '+': green}[line[0]]
}
