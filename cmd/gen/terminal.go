package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
)

// colorUsage describes the flag that useColor understands.
const colorUsage = "colour what is printed: `WHEN` is auto (on a terminal, unless NO_COLOR is set), always or never"

// useColor tells whether what is written to w has colours, as a flag says.
func useColor(mode string, w io.Writer) (bool, error) {
	switch mode {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		return wantsColor() && isTerminal(w), nil
	}
	return false, fmt.Errorf("--color %s: write auto, always or never", mode)
}

// wantsColor asks the environment, as no-color.org and terminals have it. The
// console of Windows understands colours where one of these says so.
func wantsColor() bool {
	if runtime.GOOS == "windows" && os.Getenv("WT_SESSION")+os.Getenv("TERM") == "" {
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// isTerminal tells whether w is a character device, which a pipe and a file are
// not.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
