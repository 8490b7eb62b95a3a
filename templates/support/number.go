package support

import (
	"cmp"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// number is a JSON number as the assertions see it. They compare decimals, not
// their nearest float64: 0.3 is a multiple of 0.1, and 2^63-1 is not 2^63.
type number struct {
	exact bool    // the value is i
	i     int64   // integers of 64 bits
	f     float64 // those of a float64
	// text is set on all others, as they were written.
	text string
}

// readNumber reads a number as JSON writes it.
func readNumber(text string) number {
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return number{exact: true, i: i}
	}
	return number{text: text}
}

// compare returns -1, 0 or +1 as n is less than, equal to or greater than m.
func (n number) compare(m number) int {
	switch {
	case n.exact && m.exact:
		return cmp.Compare(n.i, m.i)
	case n.exact && m.text == "":
		return compareInt(n.i, m.f)
	case m.exact && n.text == "":
		return -compareInt(m.i, n.f)
	case n.text == "" && m.text == "", math.IsInf(n.f, 0), math.IsInf(m.f, 0):
		return compareFloats(n.f, m.f)
	}
	return readDecimal(n.written()).compare(readDecimal(m.written()))
}

// compareFloats takes what is no number for equal to all others.
func compareFloats(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
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

func (n number) float() float64 {
	switch {
	case n.exact:
		return float64(n.i)
	case n.text != "":
		f, _ := strconv.ParseFloat(n.text, 64) // out of range is infinite
		return f
	}
	return n.f
}

// written returns the number as a decimal, for one that has none the shortest.
func (n number) written() string {
	switch {
	case n.exact:
		return strconv.FormatInt(n.i, 10)
	case n.text != "":
		return n.text
	}
	return strconv.FormatFloat(n.f, 'e', -1, 64)
}

// isWhole tells whether the number is an integer: 1.0 is one.
func (n number) isWhole() bool {
	switch {
	case n.exact:
		return true
	case n.text != "":
		return readDecimal(n.text).exp >= 0
	}
	return n.f == math.Trunc(n.f)
}

// isMultipleOf tells whether n is a whole number of times the decimal f.
func (n number) isMultipleOf(f float64) bool {
	of := decimalOf(f)
	if n.text != "" {
		return readDecimal(n.text).isMultipleOf(of)
	}
	return !math.IsInf(n.f, 0) && !math.IsNaN(n.f) && n.decimal().isMultipleOf(of)
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
	return d.exp >= f.exp && mulMod(d.digits, tenToThe(d.exp-f.exp, f.digits), f.digits) == 0
}

// tenToThe returns 10^exp modulo m.
func tenToThe(exp int, m uint64) uint64 {
	result, base := 1%m, 10%m
	for ; exp > 0; exp /= 2 {
		if exp%2 == 1 {
			result = mulMod(result, base, m)
		}
		base = mulMod(base, base, m)
	}
	return result
}

func mulMod(a, b, m uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return bits.Rem64(hi, lo, m)
}

// longDecimal is digits * 10^exp with any number of digits, which neither begin
// nor end in 0. Zero has none.
type longDecimal struct {
	negative bool
	digits   string
	exp      int
}

// furthest bounds exponents, so that computing with them can't overflow.
const furthest = math.MaxInt / 4

// readDecimal reads a number as JSON writes it.
func readDecimal(text string) longDecimal {
	var d longDecimal
	text, d.negative = strings.CutPrefix(text, "-")
	end := strings.IndexAny(text, "eE")
	if end < 0 {
		end = len(text)
	} else {
		exp, _ := strconv.Atoi(text[end+1:]) // out of range is the end of the range
		d.exp = max(-furthest, min(exp, furthest))
	}
	whole, part, _ := strings.Cut(text[:end], ".")
	d.exp -= len(part)
	d.digits = whole + part
	for strings.HasSuffix(d.digits, "0") {
		d.digits = d.digits[:len(d.digits)-1]
	}
	d.exp += len(whole) + len(part) - len(d.digits)
	d.digits = strings.TrimLeft(d.digits, "0")
	if d.digits == "" {
		return longDecimal{}
	}
	return d
}

func (d longDecimal) compare(m longDecimal) int {
	if n := cmp.Compare(d.sign(), m.sign()); n != 0 || d.sign() == 0 {
		return n
	}
	n := cmp.Compare(len(d.digits)+d.exp, len(m.digits)+m.exp)
	if n == 0 {
		n = strings.Compare(d.digits, m.digits)
	}
	return n * d.sign()
}

func (d longDecimal) sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.negative:
		return -1
	}
	return 1
}

// isMultipleOf is decimal's, digit by digit.
func (d longDecimal) isMultipleOf(f decimal) bool {
	if d.digits == "" || f.digits == 0 {
		return d.digits == ""
	}
	rest := uint64(0)
	for i := range len(d.digits) {
		hi, lo := bits.Mul64(rest, 10)
		lo, carry := bits.Add64(lo, uint64(d.digits[i]-'0'), 0)
		rest = bits.Rem64(hi+carry, lo, f.digits)
	}
	return d.exp >= f.exp && mulMod(rest, tenToThe(d.exp-f.exp, f.digits), f.digits) == 0
}
