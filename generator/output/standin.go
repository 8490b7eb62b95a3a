package output

import (
	"os"
	"path/filepath"
	"slices"
)

// newFolder is a folder that has all its files, but not its name yet.
type newFolder struct{ at place }

func (p *plan) stageNew() (staged, error) {
	if err := p.draft(); err != nil {
		return nil, err
	}
	return newFolder{p.at}, nil
}

// commit gives the folder its name. An error that is fs.ErrExist says that
// somebody was faster.
func (s newFolder) commit() error {
	if err := os.Remove(filepath.Join(s.at.standIn, draft)); err != nil {
		return err
	}
	err := os.Rename(s.at.standIn, s.at.dir)
	if err != nil { // it is a stand-in again, which discard removes
		os.Mkdir(filepath.Join(s.at.standIn, draft), 0o777)
	}
	return err
}

func (s newFolder) discard() { discard(s.at.standIn) }

// draft makes a stand-in that holds the files to write. Where that fails, there
// is none.
func (p *plan) draft() error {
	dir := p.at.standIn
	if err := os.Mkdir(dir, 0o777); err != nil {
		return err
	}
	err := os.Mkdir(filepath.Join(dir, draft), 0o777)
	if err == nil {
		err = p.writeAll(dir)
	}
	if err != nil {
		discard(dir)
	}
	return err
}

// folderLink is what stands in for a folder inside of the folder: a link to the
// folder out of the way.
func (at place) folderLink(name string) string {
	return filepath.Join("..", filepath.Base(at.standIn), name)
}

// fill links what the folder has besides into the stand-in. The mark keeps a
// second link to what is not generated, by which a later look tells what
// somebody did to it in the meantime.
func (p *plan) fill() error {
	entries, err := os.ReadDir(p.at.dir)
	if err != nil {
		return err
	}
	changes := map[string]bool{}
	for _, name := range slices.Concat(p.write, p.remove) {
		changes[name] = true
	}
	for _, entry := range entries {
		name := entry.Name()
		if changes[name] || reserved(name) {
			continue
		}
		if err := p.at.link(entry, p.at.standIn); err != nil {
			return err
		}
		if _, ours := p.old[name]; ours {
			continue
		}
		if err := p.at.link(entry, filepath.Join(p.at.standIn, draft)); err != nil {
			return err
		}
	}
	return p.tryLink()
}

// tryLink tells whether the new files can be linked, as the folder gets them
// that way when it is too late to do without.
func (p *plan) tryLink() error {
	if len(p.write) == 0 {
		return nil
	}
	to := filepath.Join(p.at.standIn, draft, prefix+"link"+temporary)
	if err := hardLink(filepath.Join(p.at.standIn, p.write[0]), to); err != nil {
		return err
	}
	return os.Remove(to)
}

// link puts into a folder what stands in for an entry: a link, as a rule a hard
// one. Links are made anew, as not every system has hard links to them.
func (at place) link(entry os.DirEntry, dir string) error {
	from, to := filepath.Join(at.dir, entry.Name()), filepath.Join(dir, entry.Name())
	switch {
	case entry.IsDir():
		return os.Symlink(at.folderLink(entry.Name()), to)
	case entry.Type()&os.ModeSymlink != 0:
		text, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(text, to)
	default:
		return hardLink(from, to)
	}
}

// discard removes a stand-in. It is a draft before anything of it is gone, and
// its mark goes last. A folder that somebody made in it, and did not empty, is
// an error.
func discard(dir string) error {
	if there(filepath.Join(dir, ready)) {
		if err := os.Rename(filepath.Join(dir, ready), filepath.Join(dir, draft)); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return ignoreMissing(err)
	}
	for _, entry := range entries {
		if entry.Name() == draft {
			continue
		}
		if err := os.Remove(filepath.Join(dir, entry.Name())); err != nil {
			return ignoreMissing(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, draft)); err != nil {
		return err
	}
	return ignoreMissing(os.Remove(dir))
}
