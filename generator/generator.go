// Package generator turns an OpenAPI document into a Go package. Enter it
// through Generate, which runs the stages in order:
//
//	config   what to read, what to write, and what to call it
//	load     the document, read, resolved and checked for sense
//	lower    its intermediate representation, with every Go name
//	emit     the files of the package, in memory
//
// Nothing is written: that is Result.Write's job, and Result.Compare tells
// what it would do. A stage finds all the problems that it can, and the next
// one starts only where there are none. They come as a Diagnostics error.
package generator

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/emit"
	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/load"
	"github.com/oaken-go/oaken/generator/lower"
	"github.com/oaken-go/oaken/generator/output"
)

// Diagnostics are the problems of a document or of a config.
type Diagnostics = diag.List

// Options say what to generate.
type Options struct {
	Config
	// Through is the last stage to run: lower, or emit where it is empty.
	Through string

	files load.Files // where the document is, if not on the disk
	// compared tells that nothing will be written, and that the config may have
	// settings for another document.
	compared bool
	before   *ir.API // what it is compared with, nil for the older of the two
}

// Result is what the stages made.
type Result struct {
	API    *ir.API
	Notes  Diagnostics       // what became raw JSON, lost a constraint or has no counterpart
	Files  map[string][]byte // by name
	Out    string
	Extra  []output.File // files that are not in the folder: the lock
	Stages []Stage

	doc *load.Document
}

// Stage is a stage that has run.
type Stage struct {
	Name   string
	Took   time.Duration
	Counts string // what it made, for people
}

// Write brings the files to their folder, the lock first: a run that ends between
// the two has decided on all names.
func (r Result) Write() (output.Result, error) {
	return output.Write(r.Out, r.Files, r.Extra...)
}

// Compare tells how the folder differs from the files.
func (r Result) Compare() ([]output.Change, error) {
	return output.Compare(r.Out, r.Files, r.Extra...)
}

// Dump prints the intermediate representation.
func (r Result) Dump() string { return ir.Dump(r.API) }

// Generate reads the document and makes the files, in memory. It returns when
// the context ends, whatever it is doing.
func Generate(ctx context.Context, o Options) (Result, error) {
	type outcome struct {
		result Result
		err    error
	}
	done := make(chan outcome, 1)
	go func() {
		result, err := guarded(ctx, o)
		done <- outcome{result, err}
	}()
	select {
	case <-ctx.Done():
		return Result{}, fmt.Errorf("stopped: nothing was written: %w", ctx.Err())
	case out := <-done:
		return out.result, out.err
	}
}

// guarded turns a panic into an error.
func guarded(ctx context.Context, o Options) (result Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			result = Result{}
			err = fmt.Errorf("bug in oaken, nothing was written: %v\n%s", p, debug.Stack())
		}
	}()
	return run(ctx, o)
}

// run is the table of contents: a step per stage.
func run(ctx context.Context, o Options) (Result, error) {
	r := Result{Out: o.Out}

	// 1. The config, with its defaults.
	options, err := o.settle()
	if err != nil {
		return r, err
	}
	names, found := readLock(o.Lock)
	if len(found) > 0 {
		return r, found
	}

	// 2. The document, read, resolved and checked.
	step := r.begin("load")
	doc, found := load.File(ctx, o.Spec, load.Options{Root: o.Root, AllowHosts: o.AllowHosts, Files: o.files})
	if len(found) > 0 {
		return r, found
	}
	r.doc = doc
	step.end(countDocument(doc))

	// 3. The intermediate representation, with every Go name, and those that stay.
	step = r.begin("lower")
	options.JSON, options.Spare = doc.JSON, o.compared
	lowered, found := names.lower(&r, doc, o, options)
	if len(found) > 0 {
		return r, doc.Locate(o.locate(found))
	}
	r.API, r.Notes = lowered.API, append(doc.Notes, doc.Locate(lowered.Notes)...).Sorted()
	step.end(countAPI(r.API))
	if o.Through == "lower" {
		return r, nil
	}

	// 4. The files.
	step = r.begin("emit")
	r.Files, err = o.emit(r.API)
	if err != nil {
		return r, fmt.Errorf("bug in oaken, nothing was written: %w", err)
	}
	step.end(countFiles(r.Files))
	return r, nil
}

// emit writes the package, or what of it a comparison shows.
func (o *Options) emit(api *ir.API) (map[string][]byte, error) {
	if o.compared {
		return emit.Read(api)
	}
	return emit.Emit(api, Version)
}

// settle completes the config and says what it means for lowering.
func (o *Options) settle() (lower.Options, error) {
	if err := o.complete(o.Through != "lower" && !o.compared); err != nil {
		return lower.Options{}, err
	}
	return o.lowering()
}

// running is a stage that has begun.
type running struct {
	result *Result
	name   string
	since  time.Time
}

func (r *Result) begin(name string) running { return running{r, name, time.Now()} }

func (s running) end(counts string) {
	s.result.Stages = append(s.result.Stages, Stage{s.name, time.Since(s.since), counts})
}

func countDocument(doc *load.Document) string {
	schemas := 0
	if doc.Doc.Components != nil {
		schemas = len(doc.Doc.Components.Schemas)
	}
	return fmt.Sprintf("%s, %s", count(doc.Doc.Paths.Len(), "path"), count(schemas, "schema"))
}

func countAPI(api *ir.API) string {
	operations := 0
	api.EachResource(func(_ string, r *ir.Resource) { operations += len(r.Ops) })
	return fmt.Sprintf("%s, %s, %s", count(len(api.Resources), "resource"), count(operations, "operation"), count(len(api.Types), "type"))
}

func countFiles(files map[string][]byte) string {
	size := 0
	for _, content := range files {
		size += len(content)
	}
	return fmt.Sprintf("%s, %d kB", count(len(files), "file"), (size+999)/1000)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
