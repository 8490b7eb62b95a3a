package support

import (
	"net/netip"
	"strings"
)

// Formats of what is found over a network.
var (
	formatEmail        = format{"email", isEmail}
	formatHostname     = format{"hostname", isHostname}
	formatURI          = format{"uri", isURI}
	formatURIReference = format{"uri-reference", isURIReference}
	formatIPv4         = format{"ipv4", isIPv4}
	formatIPv6         = format{"ipv6", isIPv6}
)

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
