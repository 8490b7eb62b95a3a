package generator

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/oaken-go/oaken/generator/load"
	"github.com/oaken-go/oaken/generator/revision"
)

// input is a document of a comparison.
type input struct {
	name  string     // what the report calls it
	path  string     // where it is, or would be if its revision were checked out
	root  string     // the folder whose files it may refer to; "" for its own
	files load.Files // nil for the disk
}

// oldInput is the document as it was.
func (o DiffOptions) oldInput(ctx context.Context) (input, error) {
	if o.Old == "" {
		return o.specAt(ctx, "HEAD")
	}
	return o.input(ctx, o.Old)
}

// newInput is the document as it is.
func (o DiffOptions) newInput(ctx context.Context) (input, error) {
	switch {
	case o.New != "":
		return o.input(ctx, o.New)
	case o.Spec == "":
		return input{}, fmt.Errorf("one document to compare, and no other: give two, or name the other by --spec FILE or spec in %s", ConfigFile)
	}
	return o.onDisk(o.Spec), nil
}

// input finds what an argument names. A file that is there goes before a
// revision.
func (o DiffOptions) input(ctx context.Context, arg string) (input, error) {
	if info, err := os.Stat(arg); err == nil && !info.IsDir() {
		return o.onDisk(arg), nil
	}
	if rev, path, ok := revision.Split(arg); ok {
		in, err := o.inGit(ctx, rev, path)
		in.name = arg
		return in, err
	}
	if o.Spec == "" {
		return input{}, fmt.Errorf("%s: there is no such file; if it is a revision, write %s:PATH, or give --spec FILE", arg, arg)
	}
	in, err := o.specAt(ctx, arg)
	var unknown *revision.UnknownError
	switch {
	case errors.As(err, &unknown) && unknown.Shallow:
		return in, fmt.Errorf("%s: there is no such file, and %w", arg, err)
	case errors.As(err, &unknown):
		return in, fmt.Errorf("%s: there is neither a file nor a revision of that name", arg)
	case err != nil:
		return in, fmt.Errorf("%s: there is no such file, and as a revision: %w", arg, err)
	}
	return in, nil
}

// specAt is the config's document at a revision.
func (o DiffOptions) specAt(ctx context.Context, rev string) (input, error) {
	if o.Spec == "" {
		return input{}, fmt.Errorf("no document is named to be read at %s: write %s:PATH, or give --spec FILE", rev, rev)
	}
	path, err := absolute(o.Spec)
	if err != nil {
		return input{}, err
	}
	return o.inGit(ctx, rev, path)
}

func (o DiffOptions) inGit(ctx context.Context, rev, path string) (input, error) {
	folder, err := absolute(".")
	if err != nil {
		return input{}, err
	}
	files, path, err := revision.Open(ctx, folder, rev, path)
	if err != nil {
		return input{}, err
	}
	return input{name: files.Name(path), path: path, root: o.rootOf(path), files: files}, nil
}

func (o DiffOptions) onDisk(path string) input {
	return input{name: path, path: path, root: o.rootOf(path)}
}

// rootOf is the config's root for a document that lies within it. Any other has
// its own folder.
func (o DiffOptions) rootOf(path string) string {
	root, err := absolute(o.Root)
	if o.Root == "" || err != nil {
		return ""
	}
	if path, err = absolute(path); err != nil {
		return ""
	}
	if rel, err := filepath.Rel(root, path); err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return root
}

// absolute returns an absolute path from the current folder as git names that:
// without links on the way.
func absolute(path string) (string, error) {
	if filepath.IsAbs(path) {
		return filepath.Clean(path), nil
	}
	folder, err := os.Getwd()
	if err == nil {
		folder, err = filepath.EvalSymlinks(folder)
	}
	return filepath.Join(folder, path), err
}
