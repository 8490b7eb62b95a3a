//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package output

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// lock waits until no other run is at work in a folder, or, unless it is
// exclusive, none that writes. The lock is one on the folder itself: it leaves no
// file, and ends with the process. It is not ok where the folder can't be read
// or its file system has no locks; where it is not free in time, that is an error.
func lock(dir string, exclusive bool) (unlock func(), ok bool, err error) {
	around := lockAround(dir)
	folder, err := os.Open(dir)
	if err != nil {
		return around, false, nil
	}
	how := syscall.LOCK_SH
	if exclusive {
		how = syscall.LOCK_EX
	}
	err = flock(folder, how, time.Now().Add(patience))
	unlock = func() { folder.Close(); around() }
	if err == syscall.EWOULDBLOCK {
		return unlock, false, errLocked(dir)
	}
	return unlock, err == nil, nil
}

// patienceAround is how long lockAround waits. What locks a folder for longer is
// no run of gen, and may be what waits for this one.
const patienceAround = 3 * time.Second

// lockAround keeps others from exchanging a folder that this one is inside of,
// as far as the folders around can be locked. All runs do so from the outside in,
// so that no two wait for each other.
func lockAround(dir string) (unlock func()) {
	var held []*os.File
	end := time.Now().Add(patienceAround)
	for _, path := range foldersAround(dir) {
		if folder, err := os.Open(path); err == nil {
			held = append(held, folder)
			flock(folder, syscall.LOCK_SH, end)
		}
	}
	return func() {
		for _, folder := range held {
			folder.Close()
		}
	}
}

// flock tries to lock a folder until a time.
func flock(folder *os.File, how int, end time.Time) error {
	for {
		err := syscall.Flock(int(folder.Fd()), how|syscall.LOCK_NB)
		if err != syscall.EWOULDBLOCK && err != syscall.EINTR || time.Now().After(end) {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}

// foldersAround are the folders that hold one, the outermost first.
func foldersAround(dir string) (around []string) {
	for parent := filepath.Dir(dir); parent != dir; parent = filepath.Dir(dir) {
		around, dir = append(around, parent), parent
	}
	slices.Reverse(around)
	return around
}
