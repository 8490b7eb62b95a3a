package diff

import (
	"regexp"
	"strings"

	"github.com/oaken-go/oaken/generator/renames"
)

// opPair is an operation as it was and as it is; one of them is nil where it
// came or went.
type opPair struct{ old, new *operation }

// pairOps finds out which operation is which: by method and path, then by
// operationId, by its name in Go, and by what it takes and returns
// if it is described alike.
func pairOps(old, new []*operation) []opPair {
	m := newMatching(old, new)
	m.by(func(o *operation) string { return o.Method + " " + bare(o.Path) })
	m.by(func(o *operation) string { return o.ID })
	m.by((*operation).symbol)
	m.alike(func(o *operation) string { return o.Method + " " + o.Path }, opShape)
	var out []opPair
	for _, o := range old {
		out = append(out, opPair{o, m.to[o]})
	}
	for _, n := range new {
		if m.from[n] == nil {
			out = append(out, opPair{nil, n})
		}
	}
	return out
}

var braces = regexp.MustCompile(`\{[^{}]*\}`)

// bare is a path without the names of its parameters.
func bare(path string) string { return braces.ReplaceAllString(path, "{}") }

// opShape is what an operation is made of. Of two that take and return the same,
// one may do the opposite of the other, so they have to be described alike, too.
func opShape(o *operation) renames.Shape {
	parts := []string{"returns " + resultText(o)}
	for _, p := range o.PathParams {
		parts = append(parts, "takes "+p.Name)
	}
	if o.Params != nil {
		for _, f := range o.Params.Fields {
			parts = append(parts, "takes "+f.Name)
		}
	}
	text, _, _ := strings.Cut(strings.TrimSpace(o.Doc), "\n\n")
	return renames.Shape{Kind: o.Method + " " + text, Parts: parts}
}
