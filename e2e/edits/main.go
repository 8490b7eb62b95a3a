// Edits measures what each scripted edit of testdata/edits.yaml changes in the
// package that oaken makes of the document, and in the file that oapi-codegen
// makes of it: files, lines, and exported names that are none of the edit's
// business. It prints a table, which docs/edits.md keeps.
//
// It runs in the folder of its module, builds oapi-codegen from the module
// proxy once, and works in a temporary folder.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/oaken-go/oaken/generator/edits"
)

func main() {
	repo := flag.String("repo", "..", "the `folder` of the generator's module")
	markdown := flag.String("markdown", "", "write the table to this `file`, too")
	show := flag.Bool("names", false, "list the names that moved on standard error")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *repo, *markdown, *show)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "edits:", err)
		os.Exit(1)
	}
}

// run works in a temporary folder that it takes away again.
func run(ctx context.Context, repo, markdown string, show bool) error {
	list, spec, err := scripts(repo)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "edits")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)

	tools, err := prepare(ctx, repo, work)
	if err != nil {
		return err
	}
	found, err := measure(ctx, tools, list, spec)
	if err != nil {
		return err
	}
	if show {
		found.listNames(os.Stderr)
	}
	if markdown != "" {
		return os.WriteFile(markdown, []byte(found.markdown()), 0o666)
	}
	_, err = os.Stdout.WriteString(found.markdown())
	return err
}

// scripts reads the edits and the document.
func scripts(repo string) ([]edits.Edit, []byte, error) {
	data, err := os.ReadFile(filepath.Join(repo, "testdata", "edits.yaml"))
	if err != nil {
		return nil, nil, err
	}
	list, err := edits.Read(data)
	if err != nil {
		return nil, nil, err
	}
	spec, err := os.ReadFile(filepath.Join(repo, "spec", "financial_connections.yaml"))
	return list, spec, err
}

// measure applies each edit and compares what comes of it with what was.
func measure(ctx context.Context, tools []tool, list []edits.Edit, spec []byte) (table, error) {
	found := table{tools: tools}
	before := make([]map[string][]byte, len(tools))
	for i, tool := range tools {
		var err error
		if before[i], err = tool.generate(ctx, spec); err != nil {
			return found, err
		}
	}
	for _, edit := range list {
		edited, err := edit.Apply(spec)
		if err != nil {
			return found, err
		}
		r := row{edit: edit}
		for i, tool := range tools {
			after, err := tool.generate(ctx, edited)
			if err != nil {
				return found, fmt.Errorf("%s: %w", edit.Name, err)
			}
			d, err := edits.Measure(before[i], after)
			if err != nil {
				return found, fmt.Errorf("%s: %w", edit.Name, err)
			}
			r.cells = append(r.cells, cell{d, d.Others(tool.own(edit))})
		}
		found.rows = append(found.rows, r)
	}
	return found, nil
}
