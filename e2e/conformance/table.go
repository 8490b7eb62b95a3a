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

// page begins the page of the documentation.
const page = `# Conformance

What the [JSON Schema Test Suite](https://github.com/json-schema-org/JSON-Schema-Test-Suite) says of generated packages.
Written by ` + "`make conformance MARKDOWN=docs/conformance.md`" + `; a test of e2e/conformance holds it.

Each group of tests is a schema in a file of its own, beside an OpenAPI document with a component
` + "`{type: object, required: [value], properties: {value: {$ref: FILE}}}`" + `. An instance counts as valid when the generated
package decodes ` + "`{\"value\": INSTANCE}`" + ` and ` + "`Validate`" + ` finds nothing. Up to 64 groups share a document and a package, which
changes nothing, as each schema stays a file: groups that give two schemas one ` + "`$id`" + ` are kept apart, and those with a
` + "`$dynamicRef`" + ` have a document to themselves. Remote references are served from the suite's folder, with --allow-host.
The groups of format.json, which take formats for annotations, are generated with ` + "`formats: annotate`" + `.

- **right**: the answer is the suite's.
- **reported**: it is not, and the generator said so, with the place: the document is refused, or the report has an
  entry about the schema.
- **wrong**: it is not, and nobody was told. There must be none.

Only the required tests count; ` + "`FLAGS=-optional`" + ` runs the others.
`

// markdown is the page of the documentation.
func markdown(results []*result) string {
	var b strings.Builder
	b.WriteString(page)
	for _, r := range results {
		fmt.Fprintf(&b, "\n## %s, as OpenAPI %s\n\n| file | groups | tests | right | reported | wrong |\n|---|--:|--:|--:|--:|--:|\n", r.dialect.folder, r.dialect.openapi)
		for _, name := range slices.Sorted(maps.Keys(r.files)) {
			r.files[name].row(&b, name)
		}
		r.total.row(&b, fmt.Sprintf("**total**, %.1f%% right", 100*r.total.share()))
		r.listLeftOut(&b)
		r.listReported(&b)
	}
	return b.String()
}

func (t *tally) row(b *strings.Builder, name string) {
	fmt.Fprintf(b, "| %s | %d | %d | %d | %d | %d |\n", name, t.groups, t.tests, t.right, t.reported, t.wrong)
}

func (r *result) listLeftOut(b *strings.Builder) {
	if len(r.leftOut) == 0 {
		return
	}
	fmt.Fprintf(b, "\nLeft out, as OpenAPI %s has no such keyword:\n\n| keyword | groups | tests |\n|---|--:|--:|\n", r.dialect.openapi)
	for _, reason := range slices.Sorted(maps.Keys(r.leftOut)) {
		fmt.Fprintf(b, "| `%s` | %d | %d |\n", reason, r.leftOut[reason].groups, r.leftOut[reason].tests)
	}
}

// listReported lists the groups with answers that are reported.
func (r *result) listReported(b *strings.Builder) {
	var lines []string
	for _, g := range r.groups {
		if g.leftOut == "" && slices.ContainsFunc(g.Tests, func(t *test) bool { return g.outcome(t) == "reported" }) {
			lines = append(lines, fmt.Sprintf("- %s: %s: %s\n", g.file, g.Description, codeOf(cmp.Or(g.refused, g.noted))))
		}
	}
	if len(lines) > 0 {
		b.WriteString("\nReported:\n\n" + strings.Join(lines, ""))
	}
}

// codeOf returns the code that ends a diagnostic.
func codeOf(diagnostic string) string {
	return strings.Trim(diagnostic[strings.LastIndexByte(diagnostic, '[')+1:], "]")
}
