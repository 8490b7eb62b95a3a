package support

import (
	"encoding/binary"
	"math/bits"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// This file reads the tokens of JSON, RFC 8259, strictly: what it accepts is
// what encoding/json accepts, less invalid UTF-8 (section 8.1), lone
// surrogates (section 8.2) and nesting deeper than maxDepth (section 9). A
// lenient decoder takes the first two.
//
// Its functions take the index of a token's first byte and return the index
// after its last, or -1 after a failure, which the decoder then holds.

// maxDepth is how deep arrays and objects may nest.
const maxDepth = 1000

// space returns the index of the first byte at or after i that is not white
// space.
func space(data []byte, i int) int {
	if i < len(data) && data[i] <= ' ' {
		return spaces(data, i)
	}
	return i
}

// past is space for what follows a comma, a colon or a bracket: mostly nothing
// or one blank, or else indentation.
func past(data []byte, i int) int {
	if i++; i < len(data) && data[i] == ' ' {
		i++
	}
	return space(data, i)
}

// line is spaces for what lies between members. Most lines are indented as the one
// before of the same depth.
func (d *decoder) line(i int) int {
	data, q := d.data, &d.lines[uint(d.depth)%uint(len(d.lines))]
	if len(data)-i > 16 && q.begins(word(data, i), word(data, i+8)) && data[i+q.size] > ' ' {
		return i + q.size
	}
	return d.newLine(i)
}

// newLine is line where it does not know the indentation, and learns it.
func (d *decoder) newLine(i int) int {
	data, q := d.data, &d.lines[uint(d.depth)%uint(len(d.lines))]
	end := spaces(data, i)
	if n := end - i; n <= 16 && len(data)-i > 16 {
		q.set(word(data, i), word(data, i+8), n)
	}
	return end
}

// spaces is the part of space that does not fit where space is inlined. White
// space is mostly indentation.
//
//go:noinline
func spaces(data []byte, i int) int {
	const blanks = 0x2020202020202020
	for {
		for len(data)-i >= 8 {
			if other := word(data, i) ^ blanks; other != 0 {
				i += bits.TrailingZeros64(other) / 8
				break
			}
			i += 8
		}
		if i >= len(data) {
			return i
		}
		switch data[i] {
		case ' ', '\n', '\t', '\r':
			i++
		default:
			return i
		}
	}
}

// skip passes over one value of any kind.
func (d *decoder) skip(i int) int {
	if i >= len(d.data) {
		return d.syntax(i)
	}
	switch d.data[i] {
	case '"':
		return d.skipText(i)
	case '{', '[':
		return d.skipNested(i)
	case 't':
		return d.word(i, "true")
	case 'f':
		return d.word(i, "false")
	case 'n':
		return d.word(i, "null")
	}
	return d.number(i)
}

// skipNested is skip for arrays and objects. It is one loop for as many levels as
// there are bits that tell the objects among them, the lowest the innermost.
func (d *decoder) skipNested(i int) int {
	data, level, objects := d.data, 0, uint64(0)
	open := -1 // the extent that is noted for the innermost
	for {
		if objects&1 != 0 {
			if i >= len(data) || data[i] != '"' {
				return d.syntax(i)
			}
			if len(data)-i > 9 && char(data, wordEnd(data, i+1)) == '"' {
				i = wordEnd(data, i+1) + 1
			} else if i = d.skipText(i); i < 0 {
				return -1
			}
			if len(data)-i > 1 && data[i] == ':' && data[i+1] > ' ' {
				i++
			} else if i = d.colon(i); i < 0 {
				return -1
			}
		}
		if uint(i) >= uint(len(data)) {
			return d.syntax(i)
		}
		if c := data[i]; c == '"' {
			if len(data)-i > 9 && char(data, wordEnd(data, i+1)) == '"' {
				i = wordEnd(data, i+1) + 1
			} else if i = d.skipText(i); i < 0 {
				return -1
			}
		} else if c|0x20 == '{' && level < 64 {
			if !d.enter(i) {
				return -1
			}
			if d.noting {
				d.extents = append(d.extents, extent{i, open})
				open = len(d.extents) - 1
			}
			level++
			objects = objects<<1 | uint64(c>>5&1)
			if i++; i < len(data) && data[i] <= ' ' {
				i = spaces(data, i)
			}
			if i >= len(data) || data[i] != c+2 {
				continue
			}
		} else {
			end := digits(data, i)
			if end == i || c == '0' || fractional(data, end) {
				if end = d.skip(i); end < 0 {
					return -1
				}
			}
			i = end
		}
		for {
			if uint(i) >= uint(len(data)) {
				return d.syntax(i)
			}
			c := data[i]
			if c == ',' {
				if i++; i < len(data) && data[i] <= ' ' {
					i = spaces(data, i)
				}
				break
			}
			if c != ']'|byte(objects&1)<<5 {
				at := space(data, i)
				if at == i {
					return d.syntax(i)
				}
				i = at
				continue
			}
			i++
			d.depth--
			if d.noting {
				around := d.extents[open].end
				d.noteEnd(open, i)
				open = around
			}
			if level--; level == 0 {
				return i
			}
			objects >>= 1
		}
	}
}

// skipText is skip for strings.
func (d *decoder) skipText(i int) int {
	data := d.data
	for j := i + 1; len(data)-j >= 8; j += 8 {
		if special := notPlain(word(data, j)); special != 0 {
			if j += bits.TrailingZeros64(special) / 8; data[j] == '"' {
				return j + 1
			}
			break
		}
	}
	return d.skipOddText(i)
}

// skipOddText is skipText for any string.
func (d *decoder) skipOddText(i int) int {
	_, end := d.text(i)
	return end
}

// word reads one of the three literal names.
func (d *decoder) word(i int, name string) int {
	if !hasWord(d.data, i, name) {
		return d.syntax(i)
	}
	return i + len(name)
}

func hasWord(data []byte, i int, name string) bool {
	return len(data)-i >= len(name) && string(data[i:i+len(name)]) == name
}

// enter counts one level of nesting.
func (d *decoder) enter(i int) bool {
	d.depth++
	return d.depth <= maxDepth || d.tooDeep(i)
}

func (d *decoder) tooDeep(i int) bool {
	d.fail(i, errTooDeep.Error())
	return false
}

// open reads the beginning of an array or object, whose last byte is end: it
// returns the index of the first element or member and true, or the one after
// the array or object and false if it is empty.
func (d *decoder) open(i int, end byte) (int, bool) {
	if !d.enter(i) {
		return -1, false
	}
	i = past(d.data, i)
	if i < len(d.data) && d.data[i] == end {
		d.depth--
		return i + 1, false
	}
	return i, true
}

// eachMember reads the object at i and calls each with the name of every
// member and the index of its value; each returns the index after it. The name
// is valid until the next token is read.
func (d *decoder) eachMember(i int, each func(name []byte, at int) int) int {
	i, more := d.open(i, '}')
	for more {
		name, at := d.key(i)
		if at < 0 {
			return -1
		}
		if i = each(name, at); i < 0 {
			return -1
		}
		i, more = d.next(i, '}')
	}
	return i
}

// eachElement reads the array at i and calls each with the index of every
// element; each returns the index after it.
func (d *decoder) eachElement(i int, each func(at int) int) int {
	i, more := d.open(i, ']')
	for more {
		if i = each(i); i < 0 {
			return -1
		}
		i, more = d.next(i, ']')
	}
	return i
}

// next reads what follows an element or member: a comma, after which it
// returns the index of the next one and true, or the end of the array or
// object.
func (d *decoder) next(i int, end byte) (int, bool) {
	i = space(d.data, i)
	if i < len(d.data) {
		switch d.data[i] {
		case ',':
			return past(d.data, i), true
		case end:
			d.depth--
			return i + 1, false
		}
	}
	return d.syntax(i), false
}

// key reads the name of a member and the colon, and returns the name and the
// index of the value.
func (d *decoder) key(i int) ([]byte, int) {
	if i >= len(d.data) || d.data[i] != '"' {
		return nil, d.syntax(i)
	}
	name, i := d.text(i)
	if i < 0 {
		return nil, -1
	}
	return name, d.colon(i)
}

// colon reads the colon after a name and returns the index of the value.
func (d *decoder) colon(i int) int {
	data := d.data
	if len(data)-i > 2 && data[i] == ':' && data[i+1] == ' ' && data[i+2] > ' ' {
		return i + 2
	}
	if i = space(data, i); i >= len(data) || data[i] != ':' {
		return d.syntax(i)
	}
	return past(data, i)
}

// text reads the string at i and returns its text, valid until the next one is
// read.
func (d *decoder) text(i int) ([]byte, int) {
	j := plainEnd(d.data, i+1)
	if j < len(d.data) && d.data[j] == '"' {
		return d.data[i+1 : j], j + 1
	}
	return d.longText(i, j)
}

// word returns the eight bytes at i, which must be there, as a little-endian
// number. It is one instruction, as its callers have compared the length.
func word(data []byte, i int) uint64 {
	return binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(data)), i))[:])
}

// putWord stores eight bytes at i, where there must be room for them.
func putWord(dst []byte, i int, x uint64) {
	binary.LittleEndian.PutUint64((*[8]byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(dst)), i))[:], x)
}

// char is word for one byte.
func char(data []byte, i int) byte {
	return *(*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(data)), i))
}

// half is word for four bytes.
func half(data []byte, i int) uint32 {
	return binary.LittleEndian.Uint32((*[4]byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(data)), i))[:])
}

// plainEnd returns the index of the first byte at or after i that is not a
// plain character of a string: a quote, a backslash, a control character, or
// a byte of a character outside ASCII. It looks at eight bytes at a time.
func plainEnd(data []byte, i int) int {
	for len(data)-i >= 8 {
		if special := notPlain(word(data, i)); special != 0 {
			return i + bits.TrailingZeros64(special)/8
		}
		i += 8
	}
	for i < len(data) && data[i] >= ' ' && data[i] < utf8.RuneSelf && data[i] != '"' && data[i] != '\\' {
		i++
	}
	return i
}

// wordEnd is plainEnd for the eight bytes at i, which must be there.
func wordEnd(data []byte, i int) int {
	return i + bits.TrailingZeros64(notPlain(word(data, i)))/8
}

// notPlain returns a number whose lowest bit that is set is the high bit of the
// first byte of x that is not a plain character of a string, or 0.
func notPlain(x uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	// Below '!' are, with that bit turned, the control characters and the quote,
	// which changes places with the blank.
	turned, slash := x^ones*('"'^' '), x^ones*'\\'
	// In each term the lowest high bit that is set marks a byte that is meant;
	// borrows can only disturb the bytes above it.
	return (x | (turned-ones*'!')&^turned | (slash-ones)&^slash) & highs
}

// longText is text for strings with escapes or characters outside ASCII. The
// string begins at i, and up to j it is plain.
func (d *decoder) longText(i, j int) ([]byte, int) {
	d.buf = d.buf[:0]
	from := i + 1 // what follows is not in buf yet
	for j < len(d.data) {
		switch c := d.data[j]; {
		case c == '"' && len(d.buf) == 0:
			return d.data[from:j], j + 1
		case c == '"':
			d.buf = append(d.buf, d.data[from:j]...)
			return d.buf, j + 1
		case c == '\\':
			d.buf = append(d.buf, d.data[from:j]...)
			if j = d.escape(j); j < 0 {
				return nil, -1
			}
			from = j
		case c < ' ':
			return nil, d.fail(j, "control character in a string")
		default:
			_, n := utf8.DecodeRune(d.data[j:])
			if n == 1 { // the bytes of a string's encoding error: it is not ASCII here
				if !d.lenient {
					return nil, d.fail(j, "invalid UTF-8")
				}
				d.buf = utf8.AppendRune(append(d.buf, d.data[from:j]...), utf8.RuneError)
				from = j + 1
			}
			j += n
		}
		j = plainEnd(d.data, j)
	}
	return nil, d.syntax(j)
}

// escape appends the character that the escape sequence at i stands for.
func (d *decoder) escape(i int) int {
	if i+1 >= len(d.data) {
		return d.syntax(len(d.data))
	}
	c := d.data[i+1]
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		return d.unicode(i)
	default:
		return d.fail(i, "invalid escape sequence")
	}
	d.buf = append(d.buf, c)
	return i + 2
}

// unicode appends the character of a \u escape, or of two that are a surrogate
// pair.
func (d *decoder) unicode(i int) int {
	r, ok := hex4(d.data, i)
	if !ok {
		return d.fail(i, "invalid escape sequence")
	}
	end := i + 6
	if utf16.IsSurrogate(r) {
		low, _ := hex4(d.data, end)
		r = utf16.DecodeRune(r, low)
		switch {
		case r != utf8.RuneError:
			end += 6
		case !d.lenient:
			return d.fail(i, "lone surrogate")
		}
	}
	d.buf = utf8.AppendRune(d.buf, r)
	return end
}

// hex4 returns the code unit of the \u escape at i.
func hex4(data []byte, i int) (rune, bool) {
	if len(data)-i < 6 || data[i] != '\\' || data[i+1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range data[i+2 : i+6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// number passes over a number, RFC 8259 section 6.
func (d *decoder) number(i int) int {
	data, j := d.data, i
	if j < len(data) && data[j] == '-' {
		j++
	}
	whole := digits(data, j)
	if whole == j || data[j] == '0' && whole > j+1 {
		return d.syntax(j)
	}
	j = whole
	if j < len(data) && data[j] == '.' {
		if j = digits(data, j+1); j == whole+1 {
			return d.syntax(j)
		}
	}
	if j < len(data) && data[j]|0x20 == 'e' {
		return d.exponent(j + 1)
	}
	return j
}

// exponent passes over the sign and the digits of an exponent.
func (d *decoder) exponent(i int) int {
	if i < len(d.data) && (d.data[i] == '+' || d.data[i] == '-') {
		i++
	}
	end := digits(d.data, i)
	if end == i {
		return d.syntax(i)
	}
	return end
}

// digits returns the index of the first byte at or after i that is no digit.
func digits(data []byte, i int) int {
	for i < len(data) && data[i]-'0' <= 9 {
		i++
	}
	return i
}

// integer reads an integer of 64 bits.
func (d *decoder) integer(i int) (int64, int) {
	data, j := d.data, i
	negative := j < len(data) && data[j] == '-'
	if negative {
		j++
	}
	start, n := j, int64(0)
	if len(data)-j >= 8 {
		if x := word(data, j); areDigits(x) {
			n = int64(eightDigits(x))
			j += 8
		}
	}
	for j < len(data) && data[j]-'0' <= 9 {
		n = n*10 + int64(data[j]-'0')
		j++
	}
	// Eighteen digits can't overflow; what is longer, has a leading zero, a
	// fraction or an exponent, or is no number at all goes the long way.
	if j == start || j-start > 18 || data[start] == '0' && j-start > 1 || fractional(data, j) {
		return d.longInteger(i)
	}
	if negative {
		n = -n
	}
	return n, j
}

// areDigits tells whether all eight bytes of x are decimal digits.
func areDigits(x uint64) bool {
	const highs, zeros, sixes = 0xF0F0F0F0F0F0F0F0, 0x3030303030303030, 0x0606060606060606
	return x&highs == zeros && (x+sixes)&highs == zeros
}

// eightDigits returns the number whose digits are the bytes of x, the first in
// the lowest byte. Neighbours are joined: digits, then pairs, then fours.
func eightDigits(x uint64) uint64 {
	x = x & 0x0F0F0F0F0F0F0F0F * (10<<8 + 1) >> 8
	x = x & 0x00FF00FF00FF00FF * (100<<16 + 1) >> 16
	return x & 0x0000FFFF0000FFFF * (10000<<32 + 1) >> 32
}

// fractional tells whether a number goes on at i, after its whole digits.
func fractional(data []byte, i int) bool {
	return i < len(data) && (data[i] == '.' || data[i]|0x20 == 'e')
}

// longInteger is integer for any spelling.
func (d *decoder) longInteger(i int) (int64, int) {
	if c := d.kindAt(i); c != "number" {
		return 0, d.mismatch(i, "integer")
	}
	end := d.number(i)
	if end < 0 {
		return 0, -1
	}
	text, whole := wholeNumber(d.data[i:end])
	if !whole {
		return 0, d.fail(i, "want integer, have number "+clip(d.data[i:end]))
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, d.fail(i, "integer out of range: "+clip(d.data[i:end]))
	}
	return n, end
}

// wholeNumber returns a number without fraction and exponent, if that is exact:
// 1.0 and 1e2 are integers to JSON Schema. The text is good for ParseInt,
// which rejects it when it is too large.
func wholeNumber(num []byte) (string, bool) {
	var mantissa []byte
	exp := 0
	for i := 0; i < len(num); i++ {
		switch c := num[i]; {
		case c|0x20 == 'e':
			exp += exponentValue(num[i+1:])
			i = len(num)
		case c == '.':
			exp = -(digits(num, i+1) - i - 1)
		case c != '-':
			mantissa = append(mantissa, c)
		}
	}
	for len(mantissa) > 1 && mantissa[0] == '0' {
		mantissa = mantissa[1:]
	}
	for len(mantissa) > 1 && mantissa[len(mantissa)-1] == '0' {
		mantissa, exp = mantissa[:len(mantissa)-1], exp+1
	}
	if string(mantissa) == "0" {
		return "0", true
	}
	// Beyond twenty digits it is out of range in any case.
	for ; exp > 0 && len(mantissa) < 20; exp-- {
		mantissa = append(mantissa, '0')
	}
	if exp > 0 {
		mantissa, exp = append(mantissa[:20], '0'), 0
	}
	if num[0] == '-' {
		return "-" + string(mantissa), exp == 0
	}
	return string(mantissa), exp == 0
}

// exponentValue returns the value of an exponent, or a very large one of the
// same sign.
func exponentValue(text []byte) int {
	const limit = 1 << 27 // documents don't have as many digits
	n, negative := 0, text[0] == '-'
	for _, c := range text {
		if c-'0' <= 9 && n < limit {
			n = n*10 + int(c-'0')
		}
	}
	if negative {
		return -n
	}
	return n
}

// float reads a number that a float64 can hold, if not exactly.
func (d *decoder) float(i int) (float64, int) {
	if d.kindAt(i) != "number" {
		return 0, d.mismatch(i, "number")
	}
	end := d.number(i)
	if end < 0 {
		return 0, -1
	}
	x, err := strconv.ParseFloat(unsafe.String(&d.data[i], end-i), 64)
	if err != nil {
		return 0, d.fail(i, "number out of range: "+clip(d.data[i:end]))
	}
	return x, end
}

// kindAt names the JSON type of the value at i by its first byte, or returns ""
// where no value begins.
//
//go:noinline
func (d *decoder) kindAt(i int) string {
	if i >= len(d.data) {
		return ""
	}
	switch c := d.data[i]; c {
	case '"':
		return "string"
	case '{':
		return "object"
	case '[':
		return "array"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	default:
		if c == '-' || c-'0' <= 9 {
			return "number"
		}
	}
	return ""
}

// clip shortens a token for a message.
func clip(token []byte) string {
	if len(token) > 32 {
		return string(token[:32]) + "..."
	}
	return string(token)
}
