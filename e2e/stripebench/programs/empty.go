//go:build ignore

// Empty does nothing: what it takes is what starting a process takes.
package main

func main() {}
