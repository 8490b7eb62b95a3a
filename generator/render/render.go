// Package render writes a comparison of two documents for people and programs.
// Enter it through Text, Markdown, JSON or HTML.
//
// All that a comparison holds may come from a document, so nothing of it is
// trusted: each form escapes what means something in it, and no form lets
// through characters that a terminal or a browser would act upon.
package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/diff"
)

// severities are all there are, the worst first.
var severities = []diff.Severity{diff.Breaking, diff.Risky, diff.Compatible}

// tally is how many changes there are of each severity.
type tally map[diff.Severity]int

func count(changes []diff.Change) tally {
	t := tally{}
	for _, c := range changes {
		t[c.Severity]++
	}
	return t
}

func (t tally) all() int {
	n := 0
	for _, each := range t {
		n += each
	}
	return n
}

// parts is "1 breaking, 2 compatible": what there is none of is left out.
func (t tally) parts() string {
	var out []string
	for _, s := range severities {
		if t[s] > 0 {
			out = append(out, fmt.Sprintf("%d %s", t[s], s))
		}
	}
	return strings.Join(out, ", ")
}

// String is "3 changes: 1 breaking, 2 compatible".
func (t tally) String() string {
	if t.all() == 0 {
		return "no changes"
	}
	return plural(t.all(), "change") + ": " + t.parts()
}

// Summary is a comparison in one line.
func Summary(r diff.Report) string {
	if len(r.Changes) > 0 {
		return count(r.Changes).String()
	}
	if len(r.Types) > 0 {
		return fmt.Sprintf("no changes but in the text of %s", plural(len(r.Types), "declaration"))
	}
	return nothing
}

// nothing is what there is to say where nothing changed.
const nothing = "nothing changed: both documents give the same package"

// sentence makes a summary a sentence of its own.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// group is what a report has about a resource.
type group struct {
	resource string // "" for the package as a whole
	changes  []diff.Change
	types    []diff.Pair
}

// title is what people call the resource.
func (g *group) title() string { return cmp.Or(g.resource, "The package") }

// groups divides a report by resource, the package as a whole first, and puts
// the worst changes of each first.
func groups(r diff.Report) []*group {
	byName := map[string]*group{}
	var out []*group
	of := func(resource string) *group {
		g := byName[resource]
		if g == nil {
			g = &group{resource: resource}
			byName[resource], out = g, append(out, g)
		}
		return g
	}
	for _, c := range r.Changes {
		g := of(c.Resource)
		g.changes = append(g.changes, c)
	}
	for _, p := range r.Types {
		g := of(p.Resource)
		g.types = append(g.types, p)
	}
	for _, g := range out {
		slices.SortStableFunc(g.changes, func(a, b diff.Change) int { return rank(a.Severity) - rank(b.Severity) })
	}
	slices.SortStableFunc(out, func(a, b *group) int { return strings.Compare(a.resource, b.resource) })
	return out
}

func rank(s diff.Severity) int { return slices.Index(severities, s) }

// Worst returns the worst severity of a report; "" where nothing changed.
func Worst(r diff.Report) diff.Severity {
	for _, s := range severities {
		if count(r.Changes)[s] > 0 {
			return s
		}
	}
	return ""
}

// position is file:line:col, or as much of it as is known; "" for no place.
func position(p *diff.Place) string {
	if p == nil || p.File == "" {
		return ""
	}
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}
