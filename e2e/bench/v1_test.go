//go:build !goexperiment.jsonv2

package bench

// experimentCodecs is about the binary that is built with GOEXPERIMENT=jsonv2.
func experimentCodecs() []codec { return nil }
