package diff

import (
	"math/big"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// extent is whether a rule leaves less or more than another did.
type extent int

const (
	unknown extent = iota
	less
	more
)

// reversed is the extent seen from the other side.
func (e extent) reversed() extent {
	return []extent{unknown, more, less}[e]
}

// compareExtent tells what a rule leaves of what another one did.
func compareExtent(old, new *ir.Rule) extent {
	switch new.Keyword {
	case "minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum":
		return extentOf(old, new, 1)
	case "maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum":
		return extentOf(old, new, -1)
	case "multipleOf":
		return multiples(old.Number, new.Number)
	case "enum":
		return subset(literalTexts(old), literalTexts(new))
	case "type":
		return subset(old.Types, new.Types)
	case "required", "dependentRequired":
		return subset(old.Names, new.Names).reversed()
	}
	return unknown
}

func literalTexts(r *ir.Rule) []string {
	var out []string
	for _, v := range r.Values {
		out = append(out, v.Type+" "+v.Text)
	}
	return out
}

// extentOf compares two bounds. up is 1 where a larger one leaves less, else -1.
func extentOf(old, new *ir.Rule, up int) extent {
	a, b := number(old.Number), number(new.Number)
	if a == nil || b == nil {
		return unknown
	}
	exclusive := func(r *ir.Rule) bool { return strings.HasPrefix(r.Keyword, "exclusive") }
	switch way := b.Cmp(a) * up; {
	case way > 0, way == 0 && exclusive(new) && !exclusive(old):
		return less
	case way < 0, way == 0 && exclusive(old) && !exclusive(new):
		return more
	}
	return unknown
}

// number reads a number of a document, nil for none. It is precise enough for
// any that a person wrote.
func number(text string) *big.Float {
	f, _, err := big.ParseFloat(text, 10, 256, big.ToNearestEven)
	if err != nil {
		return nil
	}
	return f
}

func multiples(old, new string) extent {
	switch {
	case isMultiple(new, old):
		return less
	case isMultiple(old, new):
		return more
	}
	return unknown
}

func isMultiple(a, b string) bool {
	if len(a)+len(b) > 100 || strings.ContainsAny(a+b, "eE") {
		return false
	}
	x, ok := new(big.Rat).SetString(a)
	y, too := new(big.Rat).SetString(b)
	return ok && too && x.Sign() != 0 && y.Sign() != 0 && x.Quo(x, y).IsInt()
}

// subset compares lists of what is allowed: less, where the new one has nothing
// that the old one has not.
func subset(old, new []string) extent {
	switch {
	case len(without(new, old)) == 0:
		return less
	case len(without(old, new)) == 0:
		return more
	}
	return unknown
}
