//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the most memory in bytes that a process, or one of its children, has
// held.
func peak(p *os.ProcessState) int64 {
	used, ok := p.SysUsage().(*syscall.Rusage)
	switch {
	case !ok:
		return 0
	case runtime.GOOS == "darwin" || runtime.GOOS == "ios":
		return int64(used.Maxrss)
	}
	return int64(used.Maxrss) * 1024
}
