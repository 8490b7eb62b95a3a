package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
)

// Names that begin with prefix are the generator's own while it writes.
const (
	prefix    = ".oaken-"
	temporary = ".tmp" // ends the names of what may be left over inside of a folder

	// The marks are folders that tell a stand-in from the folder itself. A draft
	// is being made, or removed. One that is ready may have the folder's name.
	draft = prefix + "draft"
	ready = prefix + "ready"
)

func reserved(name string) bool { return strings.HasPrefix(name, prefix) }

// place is where a package is to be.
type place struct {
	shown   string // as the caller says it, for messages
	dir     string // absolute, and no link itself
	parent  string
	standIn string // what stands in for the folder for a while
}

// locate finds the folder that dir means, which need not be there yet.
func locate(dir string) (place, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return place{}, err
	}
	real, err := filepath.EvalSymlinks(path)
	switch {
	case err == nil:
		if info, err := os.Stat(real); err == nil && !info.IsDir() {
			return place{}, fmt.Errorf("%s can't be a folder: it is a file: move it away, or generate into another", dir)
		}
		path = real
	case !errors.Is(err, fs.ErrNotExist):
		return place{}, fmt.Errorf("%s can't be a folder: %w", dir, err)
	case there(path):
		return place{}, fmt.Errorf("%s is a symbolic link that leads nowhere: make the folder that it names, or remove it", dir)
	}
	at := beside(dir, path)
	// Who stands in a folder that is out of the way for a while is told its other
	// name by the system.
	if name, ok := strings.CutPrefix(filepath.Base(path), prefix); ok {
		if own := filepath.Join(at.parent, name); there(own) {
			at = beside(dir, own)
		}
	}
	return at, nil
}

// claim finds the folder that dir means, and locks what is around it. While
// somebody exchanges a folder further out, dir may lead elsewhere for a moment:
// what counts is where it leads once nobody does.
func claim(dir string, exclusive bool) (at place, unlock func(), locked bool, err error) {
	at, err = locate(dir)
	for err == nil {
		if unlock, locked, err = lock(at.parent, exclusive); err != nil {
			unlock()
			break
		}
		was := at
		if at, err = locate(dir); err == nil && at == was {
			return at, unlock, locked, nil
		}
		unlock()
	}
	return at, nil, false, err
}

// patience is how long a run waits for another: none takes as long to write.
var patience = time.Minute

func errLocked(dir string) error {
	return fmt.Errorf("%s is locked, for %v now: end the other run of gen, or what else locks that folder, and run this again", dir, patience)
}

func beside(shown, path string) place {
	parent, base := filepath.Split(path)
	parent = filepath.Clean(parent)
	return place{shown, path, parent, filepath.Join(parent, prefix+base)}
}

// unlocked is the place for a run that can't know what others do: its stand-in
// is its own.
func (at place) unlocked() place {
	at.standIn = fmt.Sprintf("%s-%d-%d", at.standIn, os.Getpid(), runs.Add(1))
	return at
}

var runs atomic.Int64 // of this process, without a lock

// isRoot tells whether nothing is around the folder.
func (at place) isRoot() bool { return at.parent == at.dir }

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
