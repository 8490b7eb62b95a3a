package support

import (
	"net/netip"
	"strings"
	"unicode/utf8"
)

// format is a format of texts (2020-12 validation, section 7.3, and the format
// registry of OpenAPI). Tables refer to those that their document names, so that
// a program has the code of no other.
type format struct {
	name  string
	holds func(s string) bool // does not allocate
}

var (
	formatDateTime            = format{"date-time", isDateTime}
	formatDateTimeLocal       = format{"date-time-local", isDateTimeLocal}
	formatDate                = format{"date", isDate}
	formatTime                = format{"time", isTime}
	formatTimeLocal           = format{"time-local", isTimeLocal}
	formatDuration            = format{"duration", isDuration}
	formatUUID                = format{"uuid", isUUID}
	formatDecimal             = format{"decimal", isDecimal}
	formatChar                = format{"char", isChar}
	formatBase64URL           = format{"base64url", isBase64URL}
	formatJSONPointer         = format{"json-pointer", isJSONPointer}
	formatRelativeJSONPointer = format{"relative-json-pointer", isRelativePointer}
	formatEmail               = format{"email", isEmail}
	formatHostname            = format{"hostname", isHostname}
	formatURI                 = format{"uri", isURI}
	formatURIReference        = format{"uri-reference", isURIReference}
	formatIPv4                = format{"ipv4", isIPv4}
	formatIPv6                = format{"ipv6", isIPv6}
)

// isDateTime is date-time of RFC 3339, section 5.6.
func isDateTime(s string) bool {
	return len(s) > 10 && s[10]|0x20 == 't' && isDate(s[:10]) && isTime(s[11:])
}

// isDateTimeLocal is date-time without an offset.
func isDateTimeLocal(s string) bool {
	return len(s) > 10 && s[10]|0x20 == 't' && isDate(s[:10]) && isTimeLocal(s[11:])
}

// isDate is full-date of RFC 3339: a day that exists.
func isDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	year, month, day := natural(s[:4]), natural(s[5:7]), natural(s[8:])
	return year >= 0 && 1 <= month && month <= 12 && 1 <= day && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// isTime is full-time of RFC 3339: the offset is part of it, and second 60
// exists only at the end of a UTC day.
func isTime(s string) bool {
	if len(s) < 9 || s[2] != ':' || s[5] != ':' {
		return false
	}
	hour, minute, second := natural(s[:2]), natural(s[3:5]), natural(s[6:8])
	if !isClock(hour, minute) || second < 0 || second > 60 {
		return false
	}
	offset, ok := zone(skipFraction(s[8:]))
	const day = 24 * 60
	return ok && (second < 60 || (hour*60+minute-offset+day)%day == day-1)
}

// isTimeLocal is partial-time of RFC 3339: without an offset. Somewhere, second
// 60 exists at any minute.
func isTimeLocal(s string) bool {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' || skipFraction(s[8:]) != "" {
		return false
	}
	second := natural(s[6:8])
	return isClock(natural(s[:2]), natural(s[3:5])) && 0 <= second && second <= 60
}

func isClock(hour, minute int) bool {
	return 0 <= hour && hour < 24 && 0 <= minute && minute < 60
}

// skipFraction cuts a fraction of a second; a point without digits stays, and
// is no time zone.
func skipFraction(s string) string {
	if !strings.HasPrefix(s, ".") {
		return s
	}
	n := 1
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	if n == 1 {
		return s
	}
	return s[n:]
}

// zone reads a time zone, in minutes.
func zone(s string) (int, bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	if len(s) != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':' {
		return 0, false
	}
	hour, minute := natural(s[1:3]), natural(s[4:])
	offset := hour*60 + minute
	if s[0] == '-' {
		offset = -offset
	}
	return offset, isClock(hour, minute)
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

// isEmail is Mailbox of RFC 5321, section 4.1.2, with limits of 4.5.3.1.
func isEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > 64 || len(s) > 254 {
		return false
	}
	return isLocalPart(s[:at]) && (isHostname(s[at+1:]) || isAddressLiteral(s[at+1:]))
}

func isLocalPart(s string) bool {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return isQuotedText(s[1 : len(s)-1])
	}
	if s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return false
	}
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && strings.IndexByte(".!#$%&'*+-/=?^_`{|}~", s[i]) < 0 {
			return false
		}
	}
	return true
}

// isQuotedText is what stands between the quotes of a quoted local part.
func isQuotedText(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		} else if s[i] == '"' {
			return false
		}
		if i == len(s) || s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func isIPv4(s string) bool {
	addr, err := netip.ParseAddr(s)
	return err == nil && addr.Is4()
}

func isIPv6(s string) bool {
	addr, err := netip.ParseAddr(s)
	return err == nil && addr.Is6() && addr.Zone() == ""
}

// isAddressLiteral is an address in brackets: [192.0.2.1], [IPv6:2001:db8::1].
func isAddressLiteral(s string) bool {
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return false
	}
	s = s[1 : len(s)-1]
	if v6, ok := strings.CutPrefix(s, "IPv6:"); ok {
		return isIPv6(v6)
	}
	return isIPv4(s)
}

// isHostname is a name of RFC 1123, section 2.1: labels of letters, digits and
// inner hyphens. A dot at the end is allowed.
func isHostname(s string) bool {
	s = strings.TrimSuffix(s, ".")
	if len(s) > 253 {
		return false
	}
	for {
		label, rest, more := strings.Cut(s, ".")
		if !isLabel(label) {
			return false
		}
		if !more {
			return true
		}
		s = rest
	}
}

func isLabel(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if !isAlphanumeric(s[i]) && s[i] != '-' {
			return false
		}
	}
	return true
}

// isDuration is duration of RFC 3339, appendix A: weeks alone, or units from
// years to seconds of which none is left out in between.
func isDuration(s string) bool {
	s, ok := strings.CutPrefix(s, "P")
	if n := digitsIn(s); n > 0 && s[n:] == "W" {
		return true
	}
	date, time, timed := strings.Cut(s, "T")
	return ok && s != "" && (date == "" || isUnits(date, "YMD")) && (!timed || isUnits(time, "HMS"))
}

// isUnits tells whether s is numbers with the units, or some of them in a row.
func isUnits(s, units string) bool {
	last := -1
	for s != "" {
		n := digitsIn(s)
		if n == 0 || n == len(s) {
			return false
		}
		at := strings.IndexByte(units, s[n])
		if at < 0 || last >= 0 && at != last+1 {
			return false
		}
		last, s = at, s[n+1:]
	}
	return last >= 0
}

// digitsIn counts the digits that s begins with.
func digitsIn(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
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

// isURI is URI of RFC 3986: a scheme, and none but the allowed characters,
// escapes and brackets in their places.
func isURI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	return ok && isScheme(scheme) && isAfterScheme(rest)
}

// isRelativeURI is relative-ref of RFC 3986: a URI without scheme, of which the
// first segment has no colon.
func isRelativeURI(s string) bool {
	end := strings.IndexAny(s, "/?#")
	if end < 0 {
		end = len(s)
	}
	return strings.IndexByte(s[:end], ':') < 0 && isAfterScheme(s)
}

func isAfterScheme(s string) bool {
	rest, fragment, _ := strings.Cut(s, "#")
	rest, query, _ := strings.Cut(rest, "?")
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		end := strings.IndexByte(after, '/')
		if end < 0 {
			end = len(after)
		}
		if !isAuthority(after[:end]) {
			return false
		}
		rest = after[end:]
	}
	return isURIText(rest, "/:@") && isURIText(query, "/?:@") && isURIText(fragment, "/?:@")
}

func isScheme(s string) bool {
	for i := range len(s) {
		if !isLetter(s[i]) && (i == 0 || !isDigit(s[i]) && strings.IndexByte("+-.", s[i]) < 0) {
			return false
		}
	}
	return s != ""
}

func isURIReference(s string) bool { return isURI(s) || isRelativeURI(s) }

// isAuthority is [user@]host[:port]; an IPv6 host stands in brackets.
func isAuthority(s string) bool {
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		if !isURIText(s[:at], ":") {
			return false
		}
		s = s[at+1:]
	}
	if strings.HasPrefix(s, "[") {
		end := strings.IndexByte(s, ']')
		return end > 0 && isIPv6(s[1:end]) && (end+1 == len(s) || isPort(s[end+1:]))
	}
	host, _, found := strings.Cut(s, ":")
	return isURIText(host, "") && (!found || isPort(s[len(host):]))
}

func isPort(s string) bool { return s[0] == ':' && natural(s[1:]) >= 0 }

// isURIText tells whether s has only unreserved characters, sub-delimiters,
// escapes, and those in also.
func isURIText(s, also string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isAlphanumeric(c), strings.IndexByte("-._~!$&'()*+,;=", c) >= 0, strings.IndexByte(also, c) >= 0:
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			i += 2
		default:
			return false
		}
	}
	return true
}

func isDigit(c byte) bool        { return '0' <= c && c <= '9' }
func isLetter(c byte) bool       { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isAlphanumeric(c byte) bool { return isDigit(c) || isLetter(c) }
func isHex(c byte) bool          { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func isChar(s string) bool { return utf8.RuneCountInString(s) == 1 }
