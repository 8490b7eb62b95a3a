package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// plan is what there is to do.
type plan struct {
	at        place
	files     map[string][]byte
	fresh     bool                   // there is no folder yet
	old       map[string][]byte      // the generated files that are there
	modes     map[string]fs.FileMode // their permissions, which new ones get
	write     []string
	remove    []string
	extra     []File            // those that differ
	oldExtra  map[string][]byte // what is at their paths
	unchanged int
}

func newPlan(at place, files map[string][]byte, extra []File) (*plan, error) {
	p := &plan{at: at, files: files, old: map[string][]byte{}, modes: map[string]fs.FileMode{}, oldExtra: map[string][]byte{}}
	if err := errors.Join(p.readFolder(), p.readExtra(extra)); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if have, ok := p.old[name]; ok && bytes.Equal(have, files[name]) {
			p.unchanged++
		} else {
			p.write = append(p.write, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.old)) {
		if _, ok := files[name]; !ok {
			p.remove = append(p.remove, name)
		}
	}
	return p, nil
}

func (p *plan) result() Result {
	written := slices.Clone(p.write)
	for _, file := range p.extra {
		written = append(written, file.Path)
	}
	slices.Sort(written)
	return Result{Written: written, Removed: p.remove, Unchanged: p.unchanged}
}

// readFolder reads the generated files of the folder. A file that is in the way
// of a generated one without being one itself is an error; every other file is
// none of our business.
func (p *plan) readFolder() error {
	entries, err := os.ReadDir(p.at.dir)
	if errors.Is(err, fs.ErrNotExist) {
		p.fresh = true
		return nil
	}
	if err != nil {
		return err
	}
	var inTheWay []error
	entries = slices.DeleteFunc(entries, func(entry fs.DirEntry) bool {
		_, ours := p.files[entry.Name()]
		readable := entry.Type().IsRegular() || ours && entry.Type() == fs.ModeSymlink
		if ours && !readable {
			inTheWay = append(inTheWay, p.foreign(entry.Name()))
		}
		return !readable || !ours && filepath.Ext(entry.Name()) != ".go"
	})
	contents, err := readGenerated(p.at.dir, entries)
	if err != nil {
		return err
	}
	for i, entry := range entries {
		name := entry.Name()
		_, ours := p.files[name]
		switch {
		case contents[i] != nil:
			p.old[name] = contents[i]
			if info, err := os.Stat(filepath.Join(p.at.dir, name)); err == nil {
				p.modes[name] = info.Mode().Perm()
			}
		case ours:
			inTheWay = append(inTheWay, p.foreign(name))
		}
	}
	return errors.Join(inTheWay...)
}

func (p *plan) foreign(name string) error {
	return fmt.Errorf("%s is not a generated file: move it away, or generate into another folder", filepath.Join(p.at.shown, name))
}

// readExtra finds the files outside of the folder that differ.
func (p *plan) readExtra(extra []File) error {
	for _, file := range extra {
		have, err := os.ReadFile(file.Path)
		switch {
		case err == nil && bytes.Equal(have, file.Content):
			p.unchanged++
			continue
		case err == nil:
			p.oldExtra[file.Path] = have
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
		p.extra = append(p.extra, file)
	}
	return nil
}

// asRead makes sure that nobody has changed the files outside of the folder since
// they were read: that would be lost. Whoever made the same of them did no harm.
func (p *plan) asRead() error {
	for _, file := range p.extra {
		if file.Was != nil && !bytes.Equal(file.Was, p.oldExtra[file.Path]) {
			return fmt.Errorf("%s changed while this ran: run again", file.Path)
		}
	}
	return nil
}

// Generated returns the generated files of a folder by their names, as far as
// they can be read: none where there is no such folder.
func Generated(dir string) map[string][]byte {
	entries, _ := os.ReadDir(dir)
	files := map[string][]byte{}
	for _, entry := range entries {
		e := look(dir, entry.Name())
		if !e.isGenerated() {
			continue
		}
		if content, err := os.ReadFile(e.path); err == nil {
			files[entry.Name()] = content
		}
	}
	return files
}

// readGenerated reads the files with the header; the others are nil, and of
// these nothing but the beginning is read, however large they are.
func readGenerated(dir string, entries []fs.DirEntry) ([][]byte, error) {
	contents := make([][]byte, len(entries))
	return contents, each(len(entries), func(i int) error {
		path := filepath.Join(dir, entries[i].Name())
		generated, err := hasHeader(path)
		if generated {
			contents[i], err = os.ReadFile(path)
		}
		return err
	})
}

func hasHeader(path string) (bool, error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	begin := make([]byte, len(Header))
	_, err = io.ReadFull(file, begin)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return false, nil
	}
	return string(begin) == Header, err
}

// each calls f with every index, several at a time, and returns the error of
// the first.
func each(n int, f func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				errs[i] = f(int(i))
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// flat makes sure that no name leads out of the folder, or is one that is
// needed while writing.
func flat(files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !filepath.IsLocal(name) || filepath.Base(name) != name || reserved(name) {
			return fmt.Errorf("bug in oaken: %q is no name of a file", name)
		}
	}
	return nil
}
