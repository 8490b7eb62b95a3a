//go:build !linux

package generator_test

import (
	"errors"
	"os"
)

// maxMemory is not known: systems count it in different ways.
func maxMemory(*os.ProcessState) int64 { return 0 }

func makePipe(string) error { return errors.ErrUnsupported }
