//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package output

import (
	"os"
	"syscall"
)

// lock waits until no other run is at work in a folder, or, unless it is
// exclusive, none that writes. The lock is one on the folder itself: it leaves no
// file, and ends with the process. It is not ok where the folder can't be read
// or its file system has no locks.
func lock(dir string, exclusive bool) (unlock func(), ok bool) {
	folder, err := os.Open(dir)
	if err != nil {
		return func() {}, false
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
		return func() { folder.Close() }, err == nil
	}
}
