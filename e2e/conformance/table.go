package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tally counts tests.
type tally struct {
	groups, tests, right int
	reported             int // not right, and the generator says that it can't be
	wrong                int // not right, without a word
}

// result is what came of the tests of a dialect.
type result struct {
	dialect *dialect
	groups  []*group
	files   map[string]*tally
	total   tally
	leftOut map[string]*tally // by what OpenAPI's dialect lacks
}

// outcome is one of right, reported and wrong.
func (g *group) outcome(t *test) string {
	switch {
	case g.refused != "":
		return "reported"
	case (t.answer == "") == t.Valid:
		return "right"
	case g.noted != "":
		return "reported"
	}
	return "wrong"
}

func count(d *dialect, groups []*group) *result {
	r := &result{dialect: d, groups: groups, files: map[string]*tally{}, leftOut: map[string]*tally{}}
	for _, g := range groups {
		if g.leftOut != "" {
			add(r.leftOut, g.leftOut).groups++
			r.leftOut[g.leftOut].tests += len(g.Tests)
			continue
		}
		for _, into := range []*tally{add(r.files, g.file), &r.total} {
			into.groups++
			for _, t := range g.Tests {
				into.tests++
				switch g.outcome(t) {
				case "right":
					into.right++
				case "reported":
					into.reported++
				default:
					into.wrong++
				}
			}
		}
	}
	return r
}

func add(m map[string]*tally, key string) *tally {
	if m[key] == nil {
		m[key] = &tally{}
	}
	return m[key]
}

// share is how much of the tests is right.
func (t tally) share() float64 { return float64(t.right) / float64(max(1, t.tests)) }

// text is the table for people at a terminal.
func (r *result) text() string {
	var b strings.Builder
	line := func(name string, t tally) {
		fmt.Fprintf(&b, "%-28s %5d %6d %6d %9d %6d\n", name, t.groups, t.tests, t.right, t.reported, t.wrong)
	}
	fmt.Fprintf(&b, "%-28s %5s %6s %6s %9s %6s\n", r.dialect.folder, "groups", "tests", "right", "reported", "wrong")
	for _, name := range slices.Sorted(maps.Keys(r.files)) {
		line(name, *r.files[name])
	}
	line(fmt.Sprintf("total (%.1f%% right)", 100*r.total.share()), r.total)
	for _, reason := range slices.Sorted(maps.Keys(r.leftOut)) {
		fmt.Fprintf(&b, "left out: %-18s %5d %6d\n", reason, r.leftOut[reason].groups, r.leftOut[reason].tests)
	}
	return b.String()
}

// details lists every answer that is not right.
func (r *result) details() string {
	var b strings.Builder
	for _, g := range r.groups {
		if g.leftOut != "" {
			continue
		}
		if g.refused != "" {
			fmt.Fprintf(&b, "reported: %s: %s: %s\n", g.file, g.Description, g.refused)
			continue
		}
		for _, t := range g.Tests {
			if what := g.outcome(t); what != "right" {
				fmt.Fprintf(&b, "%s: %s: %s: %s: valid is %t: %s\n", what, g.file, g.Description, t.Description, t.Valid, cmp.Or(g.noted, t.answer))
			}
		}
	}
	return b.String()
}

// markdown is the page of the documentation.
func markdown(results []*result) string { return "" }
