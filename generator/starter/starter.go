// Package starter makes the first config for a document: it looks for what is
// worth a setting, and writes a file that says what each is for. Enter it
// through Look, then Plan.Text.
package starter

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"
)

// Plan is what a config can say about a document.
type Plan struct {
	Title   string
	Package string // made from the title

	Strip   Strip
	Headers Headers
	Servers []Server

	// Groups are the parts of the document that a slice can be made of: tags,
	// or the first segments of paths where operations have none.
	Groups []Group
	Tagged bool
	Count  int // of operations
	Bare   int // of those that have no tag
}

// Server is a server of the document.
type Server struct{ URL, Description string }

// Group is a selection of operations.
type Group struct {
	Pattern string // as in include
	Count   int
}

// longestLine is how much of a text goes into a comment, in letters.
const longestLine = 80

// Look finds what is worth a setting.
func Look(doc *openapi3.T) *Plan {
	p := &Plan{Package: fallback}
	if doc.Info != nil {
		p.Title, p.Package = doc.Info.Title, packageName(doc.Info.Title)
	}
	for _, s := range doc.Servers {
		if s != nil {
			p.Servers = append(p.Servers, Server{s.URL, oneLine(s.Description)})
		}
	}
	var paths, schemas []string
	if doc.Paths != nil {
		paths = slices.Sorted(maps.Keys(doc.Paths.Map()))
	}
	if doc.Components != nil {
		schemas = slices.Sorted(maps.Keys(doc.Components.Schemas))
	}
	p.Strip = Strip{Paths: pathPrefix(paths), Schemas: schemaPrefix(schemas)}
	p.Strip.Usual = schemaPrefixOfMost(schemas, p.Strip.Schemas)
	p.group(doc, p.Strip.Paths)
	p.Headers = headers(doc)
	return p
}

// group counts operations by tag, or else by path.
func (p *Plan) group(doc *openapi3.T, prefix string) {
	tags, segments := map[string]int{}, map[string]int{}
	for path, method := range operations(doc) {
		p.Count++
		for _, tag := range method.Tags {
			tags[tag]++
		}
		if len(method.Tags) == 0 {
			p.Bare++
		}
		segments[beginning(path, prefix)]++
	}
	p.Tagged = len(tags) > 0
	counts := segments
	if p.Tagged {
		counts = tags
	}
	for pattern, n := range counts {
		p.Groups = append(p.Groups, Group{pattern, n})
	}
	slices.SortFunc(p.Groups, func(a, b Group) int { return cmp.Compare(a.Pattern, b.Pattern) })
}

// operations yields every operation with its path, in no order.
func operations(doc *openapi3.T) func(yield func(string, *openapi3.Operation) bool) {
	return func(yield func(string, *openapi3.Operation) bool) {
		if doc.Paths == nil {
			return
		}
		for path, item := range doc.Paths.Map() {
			if item == nil {
				continue
			}
			for _, op := range item.Operations() {
				if !yield(path, op) {
					return
				}
			}
		}
	}
}

// oneLine makes a line for a comment of a text.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > longestLine {
		text = string(runes[:longestLine]) + "..."
	}
	return text
}
