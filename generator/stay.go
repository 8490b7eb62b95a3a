package generator

import (
	"cmp"
	"maps"
	"slices"

	"github.com/oaken-go/oaken/generator/aliases"
	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/load"
	"github.com/oaken-go/oaken/generator/lock"
	"github.com/oaken-go/oaken/generator/lower"
	"github.com/oaken-go/oaken/generator/output"
)

// staying are the names that stay; nil where the config has no lock.
type staying struct {
	path string
	text []byte // of the file, empty where there was none
	file *lock.File
}

// readLock reads the lock that the config names.
func readLock(path string) (*staying, diag.List) {
	if path == "" {
		return nil, nil
	}
	file, text, found := lock.Read(path)
	return &staying{path, append([]byte{}, text...), file}, found
}

// Renames returns the notes about names that callers used and that have changed
// or are gone.
func (r Result) Renames() Diagnostics {
	return slices.DeleteFunc(slices.Clone(r.Notes), func(d diag.Diagnostic) bool {
		return !slices.Contains([]string{"renamed", "name-gone", "alias-taken"}, d.Code)
	})
}

// lower lowers a document with the names that stay, and brings the lock up to
// date.
func (s *staying) lower(r *Result, doc *load.Document, o Options, options lower.Options) (lower.Result, diag.List) {
	if s == nil {
		return lower.Lower(doc.Doc, options)
	}
	s.file.Adopt(operations(doc))
	options.Lock = &s.file.Given
	lowered, found := lower.Lower(doc.Doc, options)
	if len(found) > 0 || o.compared && o.before == nil {
		return lowered, found
	}
	next, notes := s.file.Update(lock.Document{
		Names: lowered.Names, Whole: lowered.Whole,
		Place:  func(key string) string { return placeOf(doc, key, lowered) },
		Before: o.shapesBefore,
		Now:    func() lock.Shapes { return lock.ShapesOf(lowered.API) },
	})
	lowered.Notes = append(append(lowered.Notes, notes...), oldNames(doc, options, next, lowered)...).Sorted()
	if o.home == "" {
		r.Extra = []output.File{{Path: s.path, Content: next.Bytes(), Was: s.text}}
	}
	return lowered, nil
}

// shapesBefore are those of the package that the lock is about, or of what the
// document is compared with.
func (o Options) shapesBefore() lock.Shapes {
	if o.before != nil {
		return lock.ShapesOf(o.before)
	}
	return lock.ShapesIn(output.Generated(cmp.Or(o.home, o.Out)))
}

// operations returns the operations of a document as the lock calls them.
func operations(doc *load.Document) []string {
	var out []string
	for path, item := range doc.Doc.Paths.Map() {
		for method := range item.Operations() {
			out = append(out, method+" "+path)
		}
	}
	slices.Sort(out)
	return out
}

// oldNames adds the aliases of the lock to a package. They come from lowering the
// document under the old names, once for each name that one thing had.
func oldNames(doc *load.Document, options lower.Options, file *lock.File, now lower.Result) (notes diag.List) {
	for _, generation := range file.Generations() {
		before, _ := lower.Lower(doc.Doc, under(options, file, generation)) // what is wrong is reported of the new names
		var old []aliases.Old
		for _, name := range slices.Sorted(maps.Keys(generation)) {
			old = append(old, aliases.Old{Name: name, Place: placeOf(doc, generation[name].Of, now)})
		}
		notes = append(notes, aliases.Add(now.API, before.API, old, options.Reserved)...)
	}
	return notes
}

// placeOf returns where in the document something is that the lock knows by a
// key.
func placeOf(doc *load.Document, key string, now lower.Result) string {
	name := now.Names.Types[key]
	for _, t := range now.API.Types {
		if name != "" && t.TypeName() == name {
			return ir.PlaceOf(t)
		}
	}
	return lower.Pointer(doc.Doc, lock.Pointer(key))
}

// under returns options by which things have the names of a generation.
func under(options lower.Options, file *lock.File, generation map[string]lock.Alias) lower.Options {
	given := lock.Before(generation)
	options.Lock = &given
	options.Names, options.Operations = maps.Clone(options.Names), maps.Clone(options.Operations)
	for _, a := range generation {
		for _, key := range []string{a.Of, "#" + a.Of} {
			delete(options.Names, key)
		}
		delete(options.Operations, a.Of)
		delete(options.Operations, file.Operations[a.Of].ID)
	}
	return options
}
