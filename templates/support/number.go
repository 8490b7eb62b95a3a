package support

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// number is a JSON number as the assertions see it. They compare decimals, not
// their nearest float64: 0.3 is a multiple of 0.1, and 2^63-1 is not 2^63.
type number struct {
	exact bool    // the value is i
	i     int64   // integers of 64 bits
	f     float64 // all others, rounded
	// text is set on numbers that f may not hold exactly, as they were written.
	text string
}

// readNumber reads a number as JSON writes it.
func readNumber(text string) number {
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return number{exact: true, i: i}
	}
	f, _ := strconv.ParseFloat(text, 64) // out of range is infinite, which orders rightly
	return number{f: f, text: text}
}

// compare returns -1, 0 or +1 as n is less than, equal to or greater than f.
func (n number) compare(f float64) int {
	switch {
	case n.exact:
		return compareInt(n.i, f)
	case n.f < f:
		return -1
	case n.f > f:
		return 1
	case n.text == "":
		return 0
	}
	return compareRats(n.rat(), number{f: f}.rat())
}

// compareInt compares without rounding i to a float64.
func compareInt(i int64, f float64) int {
	switch {
	case f >= 1<<63:
		return -1
	case f < -1<<63:
		return 1
	}
	whole, part := math.Modf(f)
	switch j := int64(whole); {
	case i < j || i == j && part > 0:
		return -1
	case i > j || part < 0:
		return 1
	}
	return 0
}

// equals tells whether the numbers are the same, however they are written.
func (n number) equals(m number) bool {
	switch {
	case n.exact && m.exact:
		return n.i == m.i
	case m.text == "" && !m.exact:
		return n.compare(m.f) == 0
	case n.text == "" && !n.exact:
		return m.compare(n.f) == 0
	}
	return n.float() == m.float() && compareRats(n.rat(), m.rat()) == 0
}

func (n number) float() float64 {
	if n.exact {
		return float64(n.i)
	}
	return n.f
}

// isWhole tells whether the number is an integer: 1.0 is one.
func (n number) isWhole() bool {
	if n.exact {
		return true
	}
	if r := n.rat(); n.text != "" && r != nil {
		return r.IsInt()
	}
	return n.f == math.Trunc(n.f)
}

// isMultipleOf tells whether n is a whole number of times the decimal f.
func (n number) isMultipleOf(f float64) bool {
	if n.text != "" {
		if a, b := n.rat(), (number{f: f}).rat(); a != nil && b != nil && b.Sign() != 0 {
			return a.Quo(a, b).IsInt()
		}
	}
	return !math.IsInf(n.f, 0) && !math.IsNaN(n.f) && n.decimal().isMultipleOf(decimalOf(f))
}

// maxDigits bounds the numbers that are computed with exactly: 1e1000000000 is
// short to write and long to compute with.
const maxDigits = 1000

// rat returns the exact value, or nil where it would be too long.
func (n number) rat() *big.Rat {
	text := n.text
	switch {
	case n.exact:
		return new(big.Rat).SetInt64(n.i)
	case text == "":
		text = strconv.FormatFloat(n.f, 'g', -1, 64)
	case len(text) > maxDigits || math.IsInf(n.f, 0) || n.f == 0:
		return nil
	}
	r, _ := new(big.Rat).SetString(text)
	return r
}

// compareRats takes numbers of the same float64; those too long to tell apart
// pass for equal.
func compareRats(a, b *big.Rat) int {
	if a == nil || b == nil {
		return 0
	}
	return a.Cmp(b)
}

// decimal is digits * 10^exp. The digits do not end in 0.
type decimal struct {
	digits uint64
	exp    int
}

func (n number) decimal() decimal {
	if !n.exact {
		return decimalOf(n.f)
	}
	if n.i < 0 {
		return decimal{digits: -uint64(n.i)}.trim()
	}
	return decimal{digits: uint64(n.i)}.trim()
}

// decimalOf returns the shortest decimal that reads as f, without its sign.
func decimalOf(f float64) decimal {
	var room [32]byte
	text := strconv.AppendFloat(room[:0], math.Abs(f), 'e', -1, 64)
	var d decimal
	point := false
	for i, c := range text {
		switch {
		case c == '.':
			point = true
		case c == 'e':
			exp, _ := strconv.Atoi(string(text[i+1:]))
			d.exp += exp
			return d.trim()
		case isDigit(c):
			d.digits = d.digits*10 + uint64(c-'0')
			if point {
				d.exp--
			}
		}
	}
	return d // infinite or not a number
}

func (d decimal) trim() decimal {
	for d.digits != 0 && d.digits%10 == 0 {
		d.digits /= 10
		d.exp++
	}
	return d
}

// isMultipleOf computes digits * 10^(exp-f.exp) modulo f.digits. Where that
// exponent is negative there is no whole number: the digits do not end in 0.
func (d decimal) isMultipleOf(f decimal) bool {
	if d.digits == 0 || f.digits == 0 {
		return d.digits == 0
	}
	rest := d.digits % f.digits
	for range d.exp - f.exp {
		hi, lo := bits.Mul64(rest, 10)
		rest = bits.Rem64(hi, lo, f.digits)
	}
	return d.exp >= f.exp && rest == 0
}
