// Package compat holds what gen diff says of a package against apidiff, which
// compares the Go alone and knows nothing of documents.
package compat
