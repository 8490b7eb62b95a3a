//go:build !unix

package bench

import "time"

// processorTime is what the process has used, or 0 where that is unknown.
func processorTime() time.Duration { return 0 }
