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
// or its file system has no locks.
func lock(dir string, exclusive bool) (unlock func(), ok bool) {
	around := lockAround(dir)
	folder, err := os.Open(dir)
	if err != nil {
		return around, false
	}
	how := syscall.LOCK_SH
	if exclusive {
		how = syscall.LOCK_EX
	}
	for {
		err := syscall.Flock(int(folder.Fd()), how)
		if err == syscall.EINTR {
			continue
		}
		return func() { folder.Close(); around() }, err == nil
	}
}

// patience is how long lockAround waits for a folder. What locks one for longer
// is no run of gen, and may be what waits for this one.
const patience = 3 * time.Second

// lockAround keeps others from exchanging a folder that this one is inside of,
// as far as the folders around can be locked. All runs do so from the outside in,
// so that no two wait for each other.
func lockAround(dir string) (unlock func()) {
	var held []*os.File
	end := time.Now().Add(patience)
	for _, path := range foldersAround(dir) {
		folder, err := os.Open(path)
		if err != nil {
			continue
		}
		held = append(held, folder)
		for {
			err := syscall.Flock(int(folder.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
			if err != syscall.EWOULDBLOCK && err != syscall.EINTR || time.Now().After(end) {
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
	return func() {
		for _, folder := range held {
			folder.Close()
		}
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
