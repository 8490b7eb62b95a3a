package lower

import (
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// checkedFormats are the formats of texts that the support code checks.
var checkedFormats = []string{
	"base64url", "char", "date", "date-time", "date-time-local", "decimal", "duration", "email", "hostname", "ipv4", "ipv6", "json-pointer",
	"relative-json-pointer", "time", "time-local", "uri", "uri-reference", "uuid",
}

// freeFormats say how a value is meant, or are settled by its Go type: they
// allow every value of their type.
var freeFormats = map[string][]string{
	"binary": {"string"}, "byte": {"string"}, "password": {"string"}, "html": {"string"}, "commonmark": {"string"},
	"int32": {"integer"}, "int64": {"integer"}, "unix-time": {"integer"}, "unixtime": {"integer", "number"},
	"float": {"integer", "number"}, "double": {"integer", "number"},
}

// integerFormats are the ranges of integers, without the upper end.
var integerFormats = map[string]struct{ from, below float64 }{
	"int8": {-1 << 7, 1 << 7}, "int16": {-1 << 15, 1 << 15}, "int32": {-1 << 31, 1 << 31}, "int64": {-1 << 63, 1 << 63},
	"uint8": {0, 1 << 8}, "uint16": {0, 1 << 16}, "uint32": {0, 1 << 32}, "uint64": {0, 1 << 64},
	"double-int": {1 - 1<<53, 1 << 53},
}

// format adds what a format asserts.
func (b *builder) format(s *openapi3.Schema) {
	if s.Format == "" || b.l.opts.FreeFormats {
		return
	}
	kinds := b.kinds(s)
	allows := func(kind string) bool { return len(kinds) == 0 || slices.Contains(kinds, kind) }
	_, integers := integerFormats[s.Format]
	switch {
	case len(kinds) > 0 && len(common(kinds, freeFormats[s.Format])) == len(kinds):
	case integers && (allows("number") || allows("integer")):
		b.integers(s.Format, allows("number"))
	case slices.Contains(checkedFormats, s.Format):
		b.add(&ir.Rule{Keyword: "format", Text: s.Format})
	default:
		b.l.tally(join(b.place.pointer, "format"), "unchecked-format", "format %q is not checked", s.Format)
	}
}

// kinds returns the JSON types that the format is about, none for any.
func (b *builder) kinds(s *openapi3.Schema) []string {
	if types := withoutNull(s.Type.Slice()); len(types) > 0 || b.within == nil {
		return types
	}
	types, _ := b.within.types()
	return types
}

// integers adds the range of a format, and that fractions are left out where
// the type allows them.
func (b *builder) integers(format string, fractions bool) {
	add := func(keyword string, v float64) {
		b.add(&ir.Rule{Keyword: keyword, Number: strconv.FormatFloat(v, 'g', -1, 64)})
		b.out[len(b.out)-1].Pointer = join(b.place.pointer, "format")
	}
	limits := integerFormats[format]
	if limits.from > -1<<63 || fractions {
		add("minimum", limits.from)
	}
	if limits.below < 1<<63 || fractions {
		add("exclusiveMaximum", limits.below)
	}
	if fractions {
		add("multipleOf", 1)
	}
}
