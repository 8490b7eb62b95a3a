//go:build !linux && !darwin && !freebsd && !netbsd && !openbsd && !dragonfly && !windows

package output

// lock is not there on this system.
func lock(string, bool) (unlock func(), ok bool, err error) { return func() {}, false, nil }
