package generator

import (
	"context"
	"errors"

	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/ir"
)

// DiffOptions say what to compare. Both documents are read under the config,
// whose settings may be for either of them.
type DiffOptions struct {
	Config
	// Old and New are documents: a file, REV:PATH as git has it, or a revision
	// alone, at which the config's document is read. An empty Old is HEAD, an
	// empty New the config's document as it is.
	Old, New string
	// Observe is told of each stage; it may be nil.
	Observe func(Stage)
}

// Diff tells what changed between two documents for the callers of their
// packages and on the wire. Nothing is written. The problems of both documents
// are one Diagnostics error.
func Diff(ctx context.Context, o DiffOptions) (diff.Report, error) {
	old, oldErr := o.oldInput(ctx)
	new, newErr := o.newInput(ctx)
	if err := together(oldErr, newErr); err != nil {
		return diff.Report{}, err
	}
	was, oldErr := o.generate(ctx, old, nil)
	is, newErr := o.generate(ctx, new, was.API)
	if err := together(oldErr, newErr); err != nil {
		return diff.Report{}, err
	}
	return report(old.name, new.name, was, is, diff.Compare(was.API, is.API))
}

// report adds to what changed where it did, and the declarations.
func report(old, new string, was, is Result, changes []diff.Change) (diff.Report, error) {
	types, err := declarationPairs(was, is, changes)
	if err != nil {
		return diff.Report{}, err
	}
	for i := range changes {
		changes[i].Old, changes[i].New = was.place(changes[i].Old), is.place(changes[i].New)
	}
	return diff.Report{Old: old, New: new, Changes: changes, Types: types}, nil
}

// together joins what is wrong with two documents; what is wrong with both, as
// a setting can be, is said once.
func together(old, new error) error {
	var a, b Diagnostics
	switch {
	case errors.As(old, &a) && errors.As(new, &b):
		return append(a, b...).Sorted()
	case old != nil:
		return old
	}
	return new
}

// generate makes the package of a document, the newer one with the names that
// stay from before.
func (o DiffOptions) generate(ctx context.Context, in input, before *ir.API) (Result, error) {
	config := o.Config
	config.Spec, config.Root = in.path, in.root
	r, err := Generate(ctx, Options{Config: config, files: in.files, compared: true, before: before})
	for _, stage := range r.Stages {
		if o.Observe != nil {
			o.Observe(stage)
		}
	}
	return r, err
}

// place fills in where a place is: its position, and its pointer in the file
// that it was read from.
func (r Result) place(p *diff.Place) *diff.Place {
	if p == nil || p.File != "" {
		return p
	}
	at := r.doc.Locate(diag.List{{Pointer: p.Pointer}})[0]
	return &diff.Place{Pos: at.Pos, Pointer: at.Pointer}
}
