//go:build ignore

// Imports does nothing either, but is linked with the generated package.
package main

import (
	"os"

	"example.com/bench/stripe"
)

func main() {
	if len(os.Args) > 1 {
		stripe.NewClient(os.Args[1])
	}
}
