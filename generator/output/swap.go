package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// What not every system or file system can do; tests put failures here.
var (
	exchange = exchangeNames // makes two names change places, at one stroke
	hardLink = os.Link
)

// swap is a stand-in that has the files to write.
type swap struct{ p *plan }

func (p *plan) stageBeside() (staged, error) {
	if err := p.draft(); err != nil {
		return nil, err
	}
	return swap{p}, nil
}

func (s swap) discard() { discard(s.p.at.standIn) }

// commit changes the folder. What is a single name is changed at one stroke
// anyway. Where the stand-in can't get the folder's name, files are renamed one
// by one.
func (s swap) commit() error {
	switch {
	case len(s.p.write) == 0 && len(s.p.remove) == 1:
		return s.p.removeStale()
	case len(s.p.write) == 1 && len(s.p.remove) == 0:
		name := s.p.write[0]
		if os.Rename(filepath.Join(s.p.at.standIn, name), filepath.Join(s.p.at.dir, name)) == nil {
			return nil
		}
	case s.take() == nil:
		return s.p.at.finish()
	}
	discard(s.p.at.standIn)
	plain, err := s.p.stageInside()
	if err != nil {
		return err
	}
	defer plain.discard()
	return plain.commit()
}

// take completes the stand-in and gives it the folder's name. An error changes
// nothing.
func (s swap) take() error {
	at := s.p.at
	info, err := os.Stat(at.dir)
	if err != nil {
		return err
	}
	if err := writable(at.dir); err != nil {
		return err
	}
	if err := s.p.fill(); err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(at.standIn, draft), filepath.Join(at.standIn, ready)); err != nil {
		return err
	}
	if err := os.Chmod(at.standIn, info.Mode()); err != nil {
		return err
	}
	return exchange(at.dir, at.standIn)
}

// finish goes on where the stand-in has the folder's name: it brings the folder
// up to date and back.
func (at place) finish() error {
	if err := at.settle(at.standIn, at.dir, true); err != nil {
		return at.unfinished(err)
	}
	if err := exchange(at.dir, at.standIn); err != nil {
		return at.unfinished(err)
	}
	return at.clear()
}

// clear goes on where the folder has its name again, and is up to date: it saves
// what somebody made in the stand-in at the last moment, and removes it.
func (at place) clear() error {
	err := at.settle(at.dir, at.standIn, false)
	if err == nil {
		err = discard(at.standIn)
	}
	if err != nil {
		return at.unfinished(err)
	}
	return nil
}

func (at place) unfinished(err error) error {
	return fmt.Errorf("%s has the new files, but they could not be tidied up: %w: mend that and run this again (until then keep %s, which may hold files of yours)", at.shown, err, at.standIn)
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
