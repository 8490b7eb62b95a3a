package diff

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/ir"
)

func TestExtentOfKeywords(t *testing.T) {
	rule := func(keyword, number string) *ir.Rule { return &ir.Rule{Keyword: keyword, Number: number} }
	enum := func(texts ...string) *ir.Rule {
		r := &ir.Rule{Keyword: "enum"}
		for _, text := range texts {
			r.Values = append(r.Values, ir.Literal{Type: "string", Text: text})
		}
		return r
	}
	for name, test := range map[string]struct {
		old, new *ir.Rule
		want     extent
	}{
		"a higher least":            {rule("minLength", "1"), rule("minLength", "2"), less},
		"a lower most":              {rule("maxItems", "10"), rule("maxItems", "9"), less},
		"by value, not by text":     {rule("maximum", "9"), rule("maximum", "10"), more},
		"a negative bound":          {rule("minimum", "-1"), rule("minimum", "-2"), more},
		"beyond float64":            {rule("maximum", "9007199254740993"), rule("maximum", "9007199254740992"), less},
		"a huge exponent":           {rule("maximum", "1e300"), rule("maximum", "1e301"), more},
		"the same number":           {rule("minimum", "1"), rule("minimum", "1.0"), unknown},
		"a bound that excludes":     {rule("minimum", "1"), rule("exclusiveMinimum", "1"), less},
		"one that includes":         {rule("exclusiveMaximum", "1"), rule("maximum", "1"), more},
		"one that excludes a lower": {rule("minimum", "1"), rule("exclusiveMinimum", "0"), more},
		"multiples of a multiple":   {rule("multipleOf", "5"), rule("multipleOf", "10"), less},
		"multiples of a part":       {rule("multipleOf", "0.5"), rule("multipleOf", "0.25"), more},
		"other multiples":           {rule("multipleOf", "2"), rule("multipleOf", "3"), unknown},
		"multiples of nothing":      {rule("multipleOf", "0"), rule("multipleOf", "3"), unknown},
		"fewer values":              {enum("a", "b"), enum("a"), less},
		"more values":               {enum("a"), enum("b", "a"), more},
		"other values":              {enum("a"), enum("b"), unknown},
		"fewer types":               {&ir.Rule{Keyword: "type", Types: []string{"string", "null"}}, &ir.Rule{Keyword: "type", Types: []string{"string"}}, less},
		"more members required":     {&ir.Rule{Keyword: "required", Names: []string{"a"}}, &ir.Rule{Keyword: "required", Names: []string{"a", "b"}}, less},
		"another pattern":           {&ir.Rule{Keyword: "pattern", Text: "a"}, &ir.Rule{Keyword: "pattern", Text: "b"}, unknown},
		"no number":                 {rule("minimum", ""), rule("minimum", "x"), unknown},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, test.want, compareExtent(test.old, test.new))
			require.Equal(t, test.want.reversed(), compareExtent(test.new, test.old))
		})
	}
}

func TestStablePointers(t *testing.T) {
	for pointer, want := range map[string]bool{
		"/components/schemas/a":                      true,
		"/paths/~1a/get/responses/200/content":       true,
		"/paths/~1a/get/parameters/0/schema":         false,
		"/components/schemas/a/anyOf/12":             false,
		"/components/schemas/a2/properties/address1": true,
	} {
		require.Equal(t, want, stable(pointer), pointer)
	}
}
