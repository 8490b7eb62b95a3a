package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/oaken-go/oaken/generator"
)

// The exit codes.
const (
	exitDone    = 0
	exitDiffers = 1 // check found differences, or diff what it was to fail on
	exitWrong   = 2 // the input or the command line is wrong
)

// errDiffers is what check ends with where it found differences.
var errDiffers = errors.New("differs")

// run runs the command and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := &command{stdout: stdout, stderr: stderr}
	root := c.root()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return c.exit(root.ExecuteContext(ctx))
}

// exit reports an error and returns its exit code.
func (c *command) exit(err error) int {
	var problems generator.Diagnostics
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errDiffers):
		return exitDiffers
	case errors.As(err, &problems):
		for _, p := range problems {
			fmt.Fprintln(c.stderr, p)
		}
		fmt.Fprintln(c.stderr, plural(len(problems), "problem"))
	default:
		fmt.Fprintf(c.stderr, "gen: %v\n", err)
	}
	return exitWrong
}

// command is one run of gen.
type command struct {
	stdout, stderr io.Writer

	flags   generator.Config // what the flags say
	config  string
	report  string
	verbose bool
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "gen",
		Short: "Generate a Go package from an OpenAPI document",
		Long: `Gen generates a Go package (types, client, validators) from an OpenAPI document.

It reads gen.yaml in the current folder, if there is one; flags win over it.
It writes only what differs, and nothing at all where the document is wrong.

Exit codes: 0 done, 1 check or diff found differences, 2 the input is wrong.`,
		Version:           generator.Version,
		Args:              noArgs,
		RunE:              c.generate,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w\nrun '%s --help' for the flags there are", err, cmd.CommandPath())
	})
	root.SetVersionTemplate("oaken {{.Version}}\n")
	flags := root.PersistentFlags()
	flags.StringVar(&c.flags.Spec, "spec", "", "the OpenAPI document, JSON or YAML: `FILE`")
	flags.StringVar(&c.flags.Out, "out", "", "the folder of the generated package: `DIR`")
	flags.StringVar(&c.flags.Package, "package", "", "the package's `NAME` (default: the folder's)")
	flags.StringVar(&c.flags.Root, "root", "", "the folder whose files the document may refer to: `DIR` (default: the document's own)")
	flags.StringArrayVar(&c.flags.AllowHosts, "allow-host", nil, "a host that files may be fetched from, with its port unless that is 443: `HOST` (can be repeated)")
	flags.StringVar(&c.config, "config", "", "the config `FILE` (default: gen.yaml, where it exists)")
	flags.BoolVar(&c.verbose, "verbose", false, "show each stage, with its time and counts")
	check, dump := c.checkCommand(), &cobra.Command{
		Use: "ir", Args: noArgs, RunE: c.ir,
		Short: "Print the intermediate representation; write nothing",
	}
	for _, cmd := range []*cobra.Command{root, check, dump} {
		cmd.Flags().StringVar(&c.report, "report", "", "list what became raw JSON or lost a constraint in `FILE`, as JSON in one called .json (-: standard output)")
	}
	root.AddCommand(c.initCommand(), check, c.diffCommand(), dump)
	return root
}

// noArgs refuses arguments: to gen itself they are commands that it does not
// have.
func noArgs(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.HasSubCommands():
		return fmt.Errorf("there is no command %q: run '%s --help' for those there are", args[0], cmd.CommandPath())
	}
	return fmt.Errorf("%s takes no arguments: leave out %q", cmd.CommandPath(), args[0])
}

// generate is gen without a subcommand.
func (c *command) generate(cmd *cobra.Command, _ []string) error {
	r, err := c.stages(cmd.Context(), "")
	if err != nil {
		return err
	}
	began := time.Now()
	w, err := r.Write()
	if err != nil {
		return err
	}
	if err := c.writeReport(r); err != nil {
		return err
	}
	counts := fmt.Sprintf("%d written, %d removed, %d unchanged", len(w.Written), len(w.Removed), w.Unchanged)
	c.stage(generator.Stage{Name: "write", Took: time.Since(began), Counts: counts})
	if len(w.Written)+len(w.Removed) == 0 {
		c.say("%s is up to date", r.Out)
		return nil
	}
	fmt.Fprintf(c.stdout, "%s: %s written, %d removed\n", r.Out, plural(len(w.Written), "file"), len(w.Removed))
	c.tellNames(r)
	c.summarize(r.Notes)
	return nil
}

// ir is gen ir.
func (c *command) ir(cmd *cobra.Command, _ []string) error {
	r, err := c.stages(cmd.Context(), "lower")
	if err != nil {
		return err
	}
	if err := c.writeReport(r); err != nil {
		return err
	}
	_, err = io.WriteString(c.stdout, r.Dump())
	return err
}

// writeReport writes what --report asks for.
func (c *command) writeReport(r generator.Result) error {
	text, err := r.Report(), error(nil)
	if filepath.Ext(c.report) == ".json" {
		text, err = r.ReportJSON()
	}
	switch {
	case err != nil || c.report == "":
		return err
	case c.report == "-":
		_, err = c.stdout.Write(text)
	default:
		err = os.WriteFile(c.report, text, 0o666)
	}
	return err
}

// tellNames says which names the document has changed, and which are gone.
func (c *command) tellNames(r generator.Result) {
	for _, note := range r.Renames() {
		fmt.Fprintln(c.stderr, note)
	}
}

// summarize says how much of the report there is, for those who did not ask for
// it.
func (c *command) summarize(notes generator.Diagnostics) {
	if len(notes) == 0 || c.report != "" {
		return
	}
	var kinds []string
	for code, n := range notes.Codes() {
		kinds = append(kinds, fmt.Sprintf("%d %s", n, code))
	}
	fmt.Fprintf(c.stderr, "%s in the report, which --report - prints: %s\n", plural(len(notes), "note"), strings.Join(kinds, ", "))
}

// stages runs the generator.
func (c *command) stages(ctx context.Context, through string) (generator.Result, error) {
	config, err := generator.LoadConfig(c.config)
	if err != nil {
		return generator.Result{}, err
	}
	config.Override(c.flags)
	r, err := generator.Generate(ctx, generator.Options{Config: *config, Through: through})
	for _, stage := range r.Stages {
		c.stage(stage)
	}
	return r, err
}

func (c *command) stage(s generator.Stage) {
	c.say("%-6s %8s  %s", s.Name, s.Took.Round(time.Millisecond/10), s.Counts)
}

// say prints a line under --verbose.
func (c *command) say(format string, args ...any) {
	if c.verbose {
		fmt.Fprintf(c.stderr, format+"\n", args...)
	}
}

func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
