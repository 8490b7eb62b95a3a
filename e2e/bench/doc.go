// Package bench measures the generated package of Financial Connections beside
// other libraries: the codec, forms, validation and whole calls. Each benchmark
// is one row, a kind of work on one document, and one codec. Tests make sure
// that all codecs of a row do the same work. The command compare runs the
// benchmarks in turns, as a test binary each without and with
// GOEXPERIMENT=jsonv2, and writes docs/bench.md and docs/bench.svg.
package bench
