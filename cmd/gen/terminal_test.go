package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestUseColor(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	terminal, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a device, as a terminal is
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	for _, c := range []struct {
		name    string
		mode    string
		to      *os.File
		noColor string
		term    string
		want    bool
	}{
		{"a terminal", "auto", terminal, "", "xterm", true},
		{"a terminal without colours", "auto", terminal, "", "dumb", false},
		{"NO_COLOR", "auto", terminal, "1", "xterm", false},
		{"NO_COLOR, but asked for", "always", terminal, "1", "xterm", true},
		{"never", "never", terminal, "", "xterm", false},
		{"a file", "auto", file, "", "xterm", false},
		{"a file, but asked for", "always", file, "", "xterm", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("NO_COLOR", c.noColor)
			t.Setenv("TERM", c.term)
			if got, err := useColor(c.mode, c.to); err != nil || got != c.want {
				t.Errorf("%v, %v, want %v", got, err, c.want)
			}
		})
	}
	if got, _ := useColor("auto", &bytes.Buffer{}); got {
		t.Error("colours in what is no file")
	}
	if _, err := useColor("sometimes", terminal); err == nil {
		t.Error("--color sometimes is no mistake")
	}
}
