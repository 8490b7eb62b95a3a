package support

import (
	"slices"
	"strings"
	"testing"
)

func TestFormats(t *testing.T) {
	tests := []struct {
		name         string
		valid, wrong []string
	}{
		{"date-time",
			[]string{"2026-08-26T00:00:00Z", "1985-04-12T23:20:50.52Z", "1996-12-19t16:39:57-08:00", "1990-12-31T23:59:60Z", "1990-12-31T15:59:60-08:00", "2024-02-29T00:00:00.000000000001z"},
			[]string{"", "2026-08-26", "2026-08-26T00:00:00", "2026-08-26 00:00:00Z", "2026-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-08-26T24:00:00Z", "2026-08-26T00:60:00Z",
				"2026-08-26T00:00:61Z", "2026-08-26T12:00:60Z", "2026-08-26T00:00:00.Z", "2026-08-26T00:00:00+24:00", "2026-08-26T00:00:00+0000", "2026-08-26T00:00:00+00:0", "2026-08-26T00:00:00Zx", "2026-08-26T+1:00:00Z"}},
		{"date", []string{"2026-08-26", "2000-02-29", "2026-04-30"}, []string{"", "26-08-26", "2026-8-26", "2026-00-10", "2026-04-31", "2026-01-00", "2026-01-32", "2026/01/01", "2026-01-1x", "+026-01-01"}},
		{"time", []string{"00:00:00Z", "23:59:59.9+23:59", "23:59:60Z", "00:29:60+00:30"}, []string{"", "00:00Z", "00:00:00", "1:00:00Z", "00:00:00-24:00", "00:29:60-00:30", "00-00:00Z", "00:00-00Z", "00:00:00*00:00"}},
		{"uuid", []string{"123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000", "ABCDEFAB-CDEF-ABCD-EFAB-CDEFABCDEFAB"},
			[]string{"", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", "123e4567-e89b-12d3-a456-4266141740000", "-23e4567-e89b-12d3-a456-426614174000", "123e45670e89b-12d3-a456-426614174000"}},
		{"email", []string{"a@b", "joe.bloggs@example.com", "te~st+1@example.com", `"joe bloggs"@example.com`, "joe@[127.0.0.1]", "joe@[IPv6:::1]", `"a@b"@example.com`},
			[]string{"", "a", "@b", "a@", ".a@b", "a.@b", "a..b@c", "a b@c", "joe@[127.0.0.300]", "joe@-x.com", `"a"b"@c`, "a@b@c", strings.Repeat("a", 65) + "@b", "joe@[", "a@" + strings.Repeat("b.", 130) + "c"}},
		{"hostname", []string{"example.com", "a", "a-b.c", "1.2", strings.Repeat("a", 63) + ".b"}, []string{"", ".", "-a", "a-", "a..b", "a_b", "é.com", strings.Repeat("a", 64), strings.Repeat("a.", 127) + "b"}},
		{"uri", []string{"https://example.com", "https://user:pw@example.com:8080/a;b/c?d=e&f=%20#g", "mailto:a@b.c", "urn:isbn:1", "http://[::1]:80/", "http://[2001:db8::1]", "file:///etc/hosts", "a+b-c.1:", "https://example.com/?a=b?/c"},
			[]string{"", "example.com", "/a/b", "//example.com", "1a:b", ":a", "http://[::1", "http://[1.2.3.4]/", "http://a b", "http://a/%zz", "http://a/%2", "http://a/\\", "http://a:b/", "http://a/<b>", "http://é", "http://a/#b#c", "http://[::1]x", "http://u<@a/"}},
		{"ipv4", []string{"127.0.0.1", "255.255.255.255"}, []string{"", "256.0.0.1", "127.0.0", "01.2.3.4", "::1", "1.2.3.4.5"}},
		{"ipv6", []string{"::1", "::", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4"}, []string{"", "127.0.0.1", "1::2::3", "::1%eth0", "12345::"}},
		{"duration", []string{"P4DT12H30M5S", "P1Y", "PT1M", "P1W", "P1YT1S", "P10Y2M3D", "PT0S"}, []string{"", "P", "PT", "P1", "1Y", "P1D2H", "P1YT", "P2S", "P1Y2W", "P1DT", "P1Y1D", "PT1H1S", "P1M1Y", "P-1D", "P1.5D", "p1d", "PW", "WP1W"}},
		{"uri-reference", []string{"", "/a/b", "a?b#c", "//host/x", "https://example.com", "#f", "./a:b", "?q"}, []string{"\\\\WINDOWS\\fileshare", "a b", "#a\\b", "http://[::1", "1a:b", "%zz"}},
		{"json-pointer", []string{"", "/", "/a~0b/~1", "/a b"}, []string{"a", "/~", "/~2", "#/a"}},
		{"relative-json-pointer", []string{"0", "1/a", "0#", "12/~0", "120/foo/bar"}, []string{"", "/a", "01/a", "1a", "0##", "-1/a", "1/~"}},
		{"unheard-of", []string{"", "anything"}, nil},
	}
	for _, test := range tests {
		oracle := vdOracle(t, `{"format":"`+test.name+`"}`)
		for _, s := range test.valid {
			vdFormat(t, oracle, test.name, s, true)
		}
		for _, s := range test.wrong {
			vdFormat(t, oracle, test.name, s, false)
		}
	}
}

// formatNamed returns the format with a name; one that is not known is met by
// all texts.
func formatNamed(name string) *format {
	for _, f := range []*format{
		&formatDateTime, &formatDateTimeLocal, &formatDate, &formatTime, &formatTimeLocal, &formatDuration, &formatUUID, &formatDecimal, &formatChar,
		&formatBase64URL, &formatJSONPointer, &formatRelativeJSONPointer, &formatEmail, &formatHostname, &formatURI, &formatURIReference, &formatIPv4, &formatIPv6,
	} {
		if f.name == name {
			return f
		}
	}
	return &format{name, func(string) bool { return true }}
}

// Formats of the registry of OpenAPI, which the oracle does not know.
func TestRegisteredFormats(t *testing.T) {
	for name, test := range map[string]struct{ valid, wrong []string }{
		"decimal":         {[]string{"0", "12.50", "-1", "+0.5", ".5", "1.", "00.10", "123456789012345678901234567890.000000000001"}, []string{"", ".", "-", "+.", "1e5", "1,5", "1.2.3", " 1", "0x1", "NaN", "--1"}},
		"char":            {[]string{"a", "é", "\U0001f600"}, []string{"", "ab"}},
		"base64url":       {[]string{"", "YQ", "YQ==", "YWI=", "YWJj", "_-8"}, []string{"Y", "YQ=", "Y===", "YW+j", "YW/j", "YQ==YQ==", "YWJj===="}},
		"date-time-local": {[]string{"2026-08-26T00:00:00", "2026-08-26t23:59:60.5"}, []string{"", "2026-08-26T00:00:00Z", "2026-02-30T00:00:00", "2026-08-26"}},
		"time-local":      {[]string{"00:00:00", "23:59:60.25"}, []string{"", "24:00:00", "00:00:00Z", "00:00:61", "00:00", "00:00:00.", "00-00:00"}},
	} {
		holds := formatNamed(name).holds
		for _, s := range append(test.valid, test.wrong...) {
			if got, want := holds(s), slices.Contains(test.valid, s); got != want {
				t.Errorf("%s %q: %v", name, s, got)
			}
			if n := testing.AllocsPerRun(1, func() { holds(s) }); n != 0 {
				t.Errorf("%s %q: %v allocations", name, s, n)
			}
		}
	}
}

// vdLax are texts that the oracle, being more lenient, takes for the format.
var vdLax = map[string]bool{
	"uri http://a/<b>": true, "uri http://é": true, `uri http://a/\`: true, "uri http://a/#b#c": true,
	"date-time 2026-08-26T+1:00:00Z": true, "email @b": true, "uri http://u<@a/": true,
	"duration P1Y1D": true, "duration PT1H1S": true, "uri-reference a b": true,
}

func vdFormat(t *testing.T, oracle func(string) bool, name, s string, want bool) {
	t.Helper()
	holds := formatNamed(name).holds
	if got := holds(s); got != want {
		t.Errorf("%s %q: %v", name, s, got)
	}
	if got := oracle(vdText(s)); got != want && !vdLax[name+" "+s] {
		t.Errorf("%s %q: the oracle says %v", name, s, got)
	}
	if n := testing.AllocsPerRun(1, func() { holds(s) }); want && n != 0 {
		t.Errorf("%s %q: %v allocations", name, s, n)
	}
}
