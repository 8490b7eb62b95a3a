//go:build ignore

// Kinload reads a document with kin-openapi and does nothing else.
package main

import (
	"fmt"
	"os"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	if _, err := openapi3.NewLoader().LoadFromFile(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
