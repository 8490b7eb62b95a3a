//go:build ignore

// Http is linked with net/http and makes no use of it.
package main

import (
	"net/http"
	"os"
)

func main() {
	if len(os.Args) > 1 {
		http.Get(os.Args[1])
	}
}
