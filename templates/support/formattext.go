package support

import (
	"strings"
	"unicode/utf8"
)

// Formats of texts that stand for something else than text.
var (
	formatUUID                = format{"uuid", isUUID}
	formatDecimal             = format{"decimal", isDecimal}
	formatChar                = format{"char", isChar}
	formatBase64URL           = format{"base64url", isBase64URL}
	formatJSONPointer         = format{"json-pointer", isJSONPointer}
	formatRelativeJSONPointer = format{"relative-json-pointer", isRelativePointer}
)

// isUUID is the text form of RFC 9562: 8-4-4-4-12 hexadecimal digits.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (s[i] == '-') || !dash && !isHex(s[i]) {
			return false
		}
	}
	return true
}

// isDecimal is decimal of XML Schema, part 2, section 3.2.3.1: digits with or
// without a sign and a point, no exponent.
func isDecimal(s string) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	whole := digitsIn(s)
	s = s[whole:]
	if strings.HasPrefix(s, ".") {
		fraction := digitsIn(s[1:])
		return fraction+1 == len(s) && whole+fraction > 0
	}
	return s == "" && whole > 0
}

// isBase64URL is base64url of RFC 4648, section 5, with or without padding.
func isBase64URL(s string) bool {
	data := strings.TrimRight(s, "=")
	if pad := len(s) - len(data); pad > 2 || pad > 0 && len(s)%4 != 0 || len(data)%4 == 1 {
		return false
	}
	for i := range len(data) {
		if !isAlphanumeric(data[i]) && data[i] != '-' && data[i] != '_' {
			return false
		}
	}
	return true
}

// isJSONPointer is json-pointer of RFC 6901.
func isJSONPointer(s string) bool {
	for i := range len(s) {
		if s[i] == '~' && (i+1 == len(s) || s[i+1] != '0' && s[i+1] != '1') {
			return false
		}
	}
	return s == "" || s[0] == '/'
}

// isRelativePointer is a number of levels up, and from there a pointer or "#".
func isRelativePointer(s string) bool {
	n := digitsIn(s)
	return n > 0 && (n == 1 || s[0] != '0') && (s[n:] == "#" || isJSONPointer(s[n:]))
}

func isChar(s string) bool { return utf8.RuneCountInString(s) == 1 }
