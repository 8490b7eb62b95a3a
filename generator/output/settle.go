package output

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// settle brings to the folder what its stand-in has. With all, the stand-in has
// the folder's name: then its generated files are what the folder is to have.
// In any case, what somebody did to other files by way of the stand-in is done
// to the folder too.
func (at place) settle(folder, standIn string, all bool) error {
	mark := filepath.Join(standIn, ready)
	listed := []string{standIn, mark}
	if all {
		listed = append(listed, folder)
	}
	names, err := union(listed)
	if err != nil {
		return err
	}
	for _, name := range names {
		s, base, f := look(standIn, name), look(mark, name), look(folder, name)
		switch decide(at.folderLink(name), s, base, f, all) {
		case bring:
			err = move(s, f)
		case drop:
			err = ignoreMissing(os.Remove(f.path))
		case clash:
			err = fmt.Errorf("%s and %s are both there: move one of them away", s.path, f.path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// union returns the names in several folders, but for the generator's own,
// sorted.
func union(dirs []string) ([]string, error) {
	var names []string
	for _, dir := range dirs {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			if !reserved(entry.Name()) {
				names = append(names, entry.Name())
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// action is what becomes of a name in the folder.
type action int

const (
	leave action = iota
	bring
	drop
	clash
)

// decide says what becomes of a name: s is what the stand-in has, f what the
// folder has, and base the file, not a generated one, that both had when the
// stand-in was made.
func decide(folderLink string, s, base, f entry, all bool) action {
	here := func(link entry) bool { return link.same(f) || link.isLink() && link.text == folderLink && f.isDir() }
	untouched := base.there() && here(base) // in the folder
	switch {
	case here(s), base.there() && s.same(base):
		return leave
	case !s.there():
		if untouched && !f.isDir() || !base.there() && all && f.isRegular() && f.isGenerated() {
			return drop
		}
		return leave
	case s.isGenerated():
		if all && (!f.there() || untouched || f.isGenerated()) {
			return bring
		}
		return leave
	case s.isDir() && all: // it is moved when nobody looks for it in the stand-in
		return leave
	case !f.there():
		return bring
	case s.isDir() || f.isDir():
		return clash
	case untouched || f.isGenerated() || !s.info.ModTime().Before(f.info.ModTime()):
		return bring
	}
	return leave
}

// move puts what the stand-in has into the folder: as another link to it, so
// that it stays in the stand-in, or, if it is a folder, by renaming.
func move(s, f entry) error {
	if s.isDir() {
		return os.Rename(s.path, f.path)
	}
	temporary := filepath.Join(filepath.Dir(f.path), prefix+"link"+temporary)
	if err := ignoreMissing(os.Remove(temporary)); err != nil {
		return err
	}
	var err error
	if s.isLink() {
		err = os.Symlink(s.text, temporary)
	} else {
		err = hardLink(s.path, temporary)
	}
	if err != nil {
		return err
	}
	return os.Rename(temporary, f.path)
}

// entry is what a folder has under a name.
type entry struct {
	path string
	info fs.FileInfo // nil where there is nothing
	text string      // of a symbolic link
}

func look(dir, name string) entry {
	e := entry{path: filepath.Join(dir, name)}
	if info, err := os.Lstat(e.path); err == nil {
		e.info = info
	}
	if e.isLink() {
		e.text, _ = os.Readlink(e.path)
	}
	return e
}

func (e entry) there() bool     { return e.info != nil }
func (e entry) isDir() bool     { return e.there() && e.info.IsDir() }
func (e entry) isRegular() bool { return e.there() && e.info.Mode().IsRegular() }
func (e entry) isLink() bool    { return e.there() && e.info.Mode()&fs.ModeSymlink != 0 }

// isGenerated tells whether it is, or leads to, a Go file with the header.
func (e entry) isGenerated() bool {
	if !strings.HasSuffix(e.path, ".go") || !e.isRegular() && !e.isLink() {
		return false
	}
	generated, err := hasHeader(e.path)
	return generated && err == nil
}

// same tells whether two entries are one file, or alike as links.
func (e entry) same(other entry) bool {
	switch {
	case !e.there() || !other.there():
		return e.there() == other.there()
	case e.isLink() && other.isLink():
		return e.text == other.text
	}
	return os.SameFile(e.info, other.info)
}
