// Gen generates a Go package from an OpenAPI document.
//
//	gen         generate
//	gen init    write a config for a document
//	gen check   tell whether what was generated is up to date
//	gen diff    tell what changed between two documents
//	gen ir      print the intermediate representation
//
// See gen --help for its flags.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// The garbage collector's settings, where the environment has none. A run is
// short: to collect rarely saves a quarter of its time (docs/performance.md). The
// limit makes it collect more often again where a document is very large, so
// that it stays below 2 GiB.
const (
	gcPercent   = 400
	memoryLimit = 3 << 29
)

func tuneGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}

func main() {
	tuneGC()
	// The first signal ends the work in order, the second at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
