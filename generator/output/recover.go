package output

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// recover goes on from whatever a killed run left. It needs the lock: else
// another run may still be at it.
func (at place) recover(extra []File) error {
	for _, file := range extra {
		os.Remove(temporaryBeside(target(file.Path)))
	}
	if err := at.recoverFolder(); err != nil {
		return err
	}
	return at.sweep()
}

func (at place) recoverFolder() error {
	has := func(dir, mark string) bool { return there(filepath.Join(dir, mark)) }
	switch {
	case !there(at.standIn):
		return at.unmark()
	case has(at.dir, ready) && !has(at.standIn, ready) && !has(at.standIn, draft):
		return at.finish()
	case has(at.standIn, ready) && there(at.dir):
		return at.clear()
	case has(at.standIn, ready), has(at.standIn, draft):
		return discard(at.standIn)
	case os.Remove(at.standIn) == nil: // empty: it had no time to get its mark
		return nil
	case !there(at.dir): // a new folder that only lacked its name
		return os.Rename(at.standIn, at.dir)
	}
	return fmt.Errorf("%s is in the way, and was not made by oaken: move it away", at.standIn)
}

// unmark makes a stand-in the folder, where somebody removed the folder itself.
func (at place) unmark() error {
	for _, mark := range []string{ready, draft} {
		dir := filepath.Join(at.dir, mark)
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue
		}
		for _, entry := range entries {
			if e := look(at.dir, entry.Name()); e.isLink() && e.text == at.folderLink(entry.Name()) {
				os.Remove(e.path) // it leads nowhere now
			}
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what was staged in the folder itself.
func (at place) sweep() error {
	entries, err := os.ReadDir(at.dir)
	if err != nil {
		return ignoreMissing(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); reserved(name) && strings.HasSuffix(name, temporary) {
			if err := os.RemoveAll(filepath.Join(at.dir, name)); err != nil {
				return err
			}
		}
	}
	return nil
}
