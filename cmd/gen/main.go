// Gen generates a Go package from an OpenAPI document.
//
//	gen         generate
//	gen check   tell whether what was generated is up to date
//	gen ir      print the intermediate representation
//
// See gen --help for its flags.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// The first signal ends the work in order, the second at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
