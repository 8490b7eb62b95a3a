//go:build unix

package bench

import (
	"syscall"
	"time"
)

// processorTime is what the process has used, or 0 where that is unknown.
func processorTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
