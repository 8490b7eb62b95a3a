package emit

import (
	"slices"
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"
	"github.com/oaken-go/oaken/templates"
)

func TestRenderAllKeepsTheOrderOfItsSources(t *testing.T) {
	var sources []source
	for _, name := range []string{"a", "b", "c", "d"} {
		sources = append(sources, source{name, len(sources), func() *jen.File {
			f := newFile("p")
			f.Var().Id(name).Int()
			return f
		}})
	}
	out, err := renderAll(sources, new(templates.Uses))
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range sources {
		if want := Header + "\n\npackage p\n\nvar " + s.name + " int\n"; string(out[i]) != want {
			t.Errorf("%s is %q, want %q", s.name, out[i], want)
		}
	}
	if got := largestFirst(sources); !slices.Equal(got, []int{3, 2, 1, 0}) {
		t.Errorf("the order is %v", got)
	}
}

func TestRenderAllReportsTheFirstSourceThatFails(t *testing.T) {
	fine := func() *jen.File { return newFile("p") }
	broken := func() *jen.File {
		f := newFile("p")
		f.Op("}")
		return f
	}
	panics := func() *jen.File { panic("no such field") }
	_, err := renderAll([]source{{"fine.go", 0, fine}, {"panics.go", 0, panics}, {"broken.go", 9, broken}}, new(templates.Uses))
	if err == nil || !strings.HasPrefix(err.Error(), "panics.go: no such field\n") {
		t.Errorf("the error is %v", err)
	}
}
