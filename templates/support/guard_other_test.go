//go:build !unix

package support

import "testing"

// guarded returns memory of its own, as what lies behind can't be kept from
// reading here.
func guarded(t testing.TB, size int) []byte { return make([]byte, size) }
