package support

import (
	"slices"
	"testing"
)

type enumColor string

var enumColors = enum{"", "blue", "red"}

func (*enumColor) values() *enum { return &enumColors }

type enumSize int64

var enumSizes = enum{"-1", "10", "9"}

func (*enumSize) values() *enum { return &enumSizes }

func TestKnown(t *testing.T) {
	for color, want := range map[enumColor]bool{"": true, "blue": true, "red": true, "re": false, "redd": false, "a": false} {
		if Known(color) != want {
			t.Errorf("Known(%q) is %v", color, !want)
		}
	}
	for size, want := range map[enumSize]bool{-1: true, 9: true, 10: true, 1: false, 0: false, 11: false} {
		if Known(size) != want {
			t.Errorf("Known(%d) is %v", size, !want)
		}
	}
}

func TestKnownValues(t *testing.T) {
	colors := KnownValues[enumColor]()
	if want := []enumColor{"", "blue", "red"}; !slices.Equal(colors, want) {
		t.Errorf("have %q, want %q", colors, want)
	}
	colors[0] = "green" // the caller's own
	if !Known(enumColor("")) {
		t.Error("the list has changed with the slice")
	}
	if sizes, want := KnownValues[enumSize](), []enumSize{-1, 9, 10}; !slices.Equal(sizes, want) {
		t.Errorf("have %d, want %d", sizes, want)
	}
}
