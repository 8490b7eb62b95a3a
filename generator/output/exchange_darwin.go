package output

import (
	"os"

	"golang.org/x/sys/unix"
)

var exchangeNames = func(a, b string) error {
	if err := unix.RenamexNp(a, b, unix.RENAME_SWAP); err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}

// writable tells whether names in a folder can be changed.
func writable(dir string) error { return unix.Access(dir, unix.W_OK|unix.X_OK) }
