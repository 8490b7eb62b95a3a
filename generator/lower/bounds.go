package lower

import (
	"math"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/ir"
)

// scalars adds the assertions about texts, numbers, and how many items a list
// has.
func (b *builder) scalars() {
	s := b.place.schema()
	b.count("minLength", positive(s.MinLength))
	b.count("maxLength", s.MaxLength)
	b.pattern(s.Pattern)
	b.format(s)
	b.bounds(s)
	b.number("multipleOf", "multipleOf", s.MultipleOf)
	b.count("minItems", positive(s.MinItems))
	b.count("maxItems", s.MaxItems)
	if s.UniqueItems {
		b.add(&ir.Rule{Keyword: "uniqueItems"})
	}
}

// positive hides a bound that is always met.
func positive(v uint64) *uint64 {
	if v == 0 {
		return nil
	}
	return &v
}

// count adds a limit of a length or number. A limit that nothing reaches is
// always met.
func (b *builder) count(keyword string, v *uint64) {
	if v != nil && (*v <= math.MaxInt32 || strings.HasPrefix(keyword, "min")) {
		b.add(&ir.Rule{Keyword: keyword, Number: countText(*v)})
	}
}

// countText writes a count. The generated code counts with int, which may have
// 32 bits; nothing is as large, so that all larger counts say the same.
func countText(v uint64) string { return strconv.FormatUint(min(v, math.MaxInt32), 10) }

// bounds adds the limits of a number. In OpenAPI 3.0 the exclusive ones are
// flags beside the others.
func (b *builder) bounds(s *openapi3.Schema) {
	lower, upper := "minimum", "maximum"
	if s.ExclusiveMin.IsTrue() {
		lower = "exclusiveMinimum"
	}
	if s.ExclusiveMax.IsTrue() {
		upper = "exclusiveMaximum"
	}
	b.number(lower, "minimum", s.Min)
	b.number(upper, "maximum", s.Max)
	b.number("exclusiveMinimum", "exclusiveMinimum", s.ExclusiveMin.Value)
	b.number("exclusiveMaximum", "exclusiveMaximum", s.ExclusiveMax.Value)
}

// number adds an assertion about a number, which stands at a member of the
// schema.
func (b *builder) number(keyword, member string, v *float64) {
	if v != nil {
		b.add(&ir.Rule{Keyword: keyword, Number: b.l.exactNumber(join(b.place.pointer, member), *v)})
	}
}

func (b *builder) pattern(expr string) {
	if expr == "" {
		return
	}
	if pattern, ok := b.translate(expr, join(b.place.pointer, "pattern")); ok {
		b.add(&ir.Rule{Keyword: "pattern", Text: pattern})
	}
}

// translate returns a pattern as Go writes it, or false and notes that Go can't
// say it.
func (b *builder) translate(expr, pointer string) (string, bool) {
	translated, err := goPattern(expr)
	if err != nil {
		b.l.lost++
		b.l.note(pointer, "unsupported-pattern", "Go's regular expressions can't say %q: %v: it is not checked", expr, err)
	}
	return translated, err == nil
}
