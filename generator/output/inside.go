package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// inside are files staged in the folder itself, to be renamed one by one: what
// is left where names can't be exchanged.
type inside struct {
	p   *plan
	dir string
}

func (p *plan) stageInside() (staged, error) {
	dir, err := os.MkdirTemp(p.at.dir, prefix+"*"+temporary)
	if err != nil {
		return nil, err
	}
	s := inside{p, dir}
	if err := p.writeAll(dir); err != nil {
		s.discard()
		return nil, err
	}
	return s, nil
}

func (s inside) commit() error {
	for _, name := range s.p.write {
		if err := os.Rename(filepath.Join(s.dir, name), filepath.Join(s.p.at.dir, name)); err != nil {
			return err
		}
	}
	return s.p.removeStale()
}

func (s inside) discard() { os.RemoveAll(s.dir) }

func (p *plan) removeStale() error {
	for _, name := range p.remove {
		if err := os.Remove(filepath.Join(p.at.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
