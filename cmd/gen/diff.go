package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/render"
)

// renderer writes a report in some format.
type renderer func(io.Writer, diff.Report) error

// differ is one run of gen diff.
type differ struct {
	*command
	format, output, failOn, color string
}

// diffCommand is gen diff.
func (c *command) diffCommand() *cobra.Command {
	d := &differ{command: c}
	cmd := &cobra.Command{
		Use: "diff [OLD [NEW]]", Args: cobra.MaximumNArgs(2), RunE: d.run,
		Short: "Tell what changed between two documents for callers and on the wire; write no package",
		Long: `Diff compares two documents under one config, as the callers of their packages
see them and as they travel: an entry for each change, with the Go symbol, the
places in the documents, a severity (breaking, risky, compatible) and the reason.

OLD and NEW are files, or REV:PATH as in git: main:api/openapi.yaml, and
:api/openapi.yaml for the index. A revision alone is the config's document at
that revision. Without NEW it is the config's document as it is, without OLD that
of HEAD.

Exit codes: 0 done, 1 --fail-on found what it is about, 2 the input is wrong.`,
	}
	flags := cmd.Flags()
	flags.StringVar(&d.format, "format", "", "text, markdown, json or html: `FORMAT` (default: by the ending of --output, else text)")
	flags.StringVar(&d.output, "output", "", "write the comparison to `FILE` (-: standard output)")
	flags.StringVar(&d.failOn, "fail-on", "", "exit 1 if a change is breaking, or at least risky: `SEVERITY`")
	flags.StringVar(&d.color, "color", "auto", colorUsage)
	return cmd
}

func (d *differ) run(cmd *cobra.Command, args []string) error {
	write, err := d.writer()
	if err != nil {
		return err
	}
	report, err := d.compare(cmd.Context(), args)
	if err != nil {
		return err
	}
	return d.finish(report, write)
}

// finish writes a report, and tells by its error what the exit code is.
func (d *differ) finish(report diff.Report, write renderer) error {
	var out bytes.Buffer
	if err := write(&out, report); err != nil {
		return err
	}
	if err := d.put(out.Bytes()); err != nil {
		return err
	}
	if d.toFile() {
		fmt.Fprintf(d.stdout, "%s: %s\n", d.output, render.Summary(report))
	}
	if d.fails(render.Worst(report)) {
		return errDiffers
	}
	return nil
}

func (d *differ) compare(ctx context.Context, args []string) (diff.Report, error) {
	config, err := generator.LoadConfig(d.config)
	if err != nil {
		return diff.Report{}, err
	}
	config.Override(d.flags)
	args = append(args, "", "")
	return generator.Diff(ctx, generator.DiffOptions{Config: *config, Old: args[0], New: args[1], Observe: d.stage})
}

// writer checks the flags before there is anything to write.
func (d *differ) writer() (renderer, error) {
	if d.failOn != "" && d.failOn != string(diff.Breaking) && d.failOn != string(diff.Risky) {
		return nil, fmt.Errorf("--fail-on %s: write breaking or risky", d.failOn)
	}
	var target io.Writer = d.stdout
	if d.toFile() {
		target = nil
	}
	color, err := useColor(d.color, target)
	if err != nil {
		return nil, err
	}
	switch format := d.formatName(); format {
	case "text":
		return func(w io.Writer, r diff.Report) error { return render.Text(w, r, color) }, nil
	case "markdown":
		return render.Markdown, nil
	case "json":
		return render.JSON, nil
	case "html":
		return render.HTML, nil
	default:
		return nil, fmt.Errorf("--format %s: write text, markdown, json or html", format)
	}
}

// formatName is the format that was asked for, or that the file's name has.
func (d *differ) formatName() string {
	if d.format != "" {
		return d.format
	}
	switch strings.ToLower(filepath.Ext(d.output)) {
	case ".md", ".markdown":
		return "markdown"
	case ".json":
		return "json"
	case ".html", ".htm":
		return "html"
	}
	return "text"
}

func (d *differ) toFile() bool { return d.output != "" && d.output != "-" }

func (d *differ) put(text []byte) error {
	if d.toFile() {
		return os.WriteFile(d.output, text, 0o666)
	}
	_, err := d.stdout.Write(text)
	return err
}

// fails tells whether a severity is at least the one not to be passed over.
func (d *differ) fails(worst diff.Severity) bool {
	return worst == diff.Breaking && d.failOn != "" || worst == diff.Risky && d.failOn == string(diff.Risky)
}
