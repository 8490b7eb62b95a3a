//go:build race

package support

// Under the race detector a sync.Pool drops some of what it is given.
func init() { poolsKeep = false }
