package support

// format is a format of texts (2020-12 validation, section 7.3, and the format
// registry of OpenAPI). Tables refer to those that their document names, so that
// a program has the code of no other.
type format struct {
	name  string
	holds func(s string) bool // does not allocate
}

// natural reads a short number without sign; -1 means that it is none.
func natural(s string) int {
	n := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// digitsIn counts the digits that s begins with.
func digitsIn(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool        { return '0' <= c && c <= '9' }
func isLetter(c byte) bool       { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isAlphanumeric(c byte) bool { return isDigit(c) || isLetter(c) }
func isHex(c byte) bool          { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
