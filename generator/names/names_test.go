package names

import (
	"strings"
	"testing"
	"time"
)

func TestExported(t *testing.T) {
	p := New([]string{"PDF", "OAuth"})
	for in, want := range map[string]string{
		"account_id": "AccountID", "financial_connections.account": "FinancialConnectionsAccount",
		"url": "URL", "urls": "URLs", "ids": "IDs", "accountIDs": "AccountIDs", "HTTPServer": "HTTPServer",
		"apiKey": "APIKey", "pdf": "PDF", "ACTIVE_NOW": "ActiveNow", "LINE_OF_CREDIT": "LineOfCredit", "visa_US": "VisaUS", "US": "US", "last4": "Last4", "usd": "Usd",
		"": "Empty", "*": "Star", "2.1.0": "X2_1_0", "21.0": "X21_0", "-1": "Minus1", "+1": "Plus1", "3ds": "X3ds",
		"Etc/GMT+1": "EtcGMTPlus1", "Etc/GMT-1": "EtcGMTMinus1", "us-east-1": "UsEast1", "utf-8": "Utf8",
		"-": "Dash", "_": "Underscore", "...": "DotDotDot", "日本": "X日本", "é": "É", "\x00": "U0000",
		"type": "Type", "$ref": "DollarRef", "a.b/c d": "ABCD", "😀": "U1F600", "\xff": "UFFFD", "oauth": "OAuth",
		"//line x.go:1\nfunc": "LineXGo1Func",
	} {
		if got := p.Exported(in); got != want || !IsExported(got) {
			t.Errorf("Exported(%q) = %q, want %q", in, got, want)
		}
	}
}

// What one name leaves out of a text, the spelled out one has, the case of a
// first letter included.
func TestSpelled(t *testing.T) {
	p := New(nil)
	for in, want := range map[string]string{
		"foo_bar": "FooUnderscoreBar", "foo-bar": "FooDashBar", "foo.bar": "FooDotBar", "fooBar": "LowerFooBar", "FooBar": "FooBar",
		"FOOBAR": "FOOBAR", "ID": "ID", "Id": "Id", "status": "LowerStatus", "_id": "UnderscoreId", "id": "LowerId", "": "EmptyText", "***": "StarStarStar",
		"a😀": "AU1F600", "1.2": "X1Dot2", "日本": "X日本", "-1": "Dash1", "../x": "DotDotSlashX",
	} {
		if got := p.Spelled(in); got != want || !IsExported(got) {
			t.Errorf("Spelled(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPlainness(t *testing.T) {
	for want, list := range [][]string{{"FooBar"}, {"foobar"}, {"fooBar", "FOOBAR"}, {"foo_bar"}, {"foo-bar", "_foo_bar", "foo_bar_", ""}} {
		for _, text := range list {
			if got := Plainness(text, "FooBar"); got != want {
				t.Errorf("Plainness(%q) = %d, want %d", text, got, want)
			}
		}
	}
}

func TestJoinKeepsDigitsApart(t *testing.T) {
	if got := Join("Version2", "1"); got != "Version2_1" {
		t.Error(got)
	}
}

func TestSingular(t *testing.T) {
	for in, want := range map[string]string{
		"AccountHolders": "AccountHolder", "Status": "Status", "Statuses": "Status", "Addresses": "Address",
		"Address": "Address", "Series": "Series", "Capabilities": "Capability", "Boxes": "Box", "Taxes": "Tax",
		"Responses": "Response", "Licenses": "License", "Matches": "Match", "People": "Person", "IDs": "ID",
		"TaxIDs": "TaxID", "URLs": "URL", "Data": "Data", "Analysis": "Analysis", "Business": "Business",
		"SMS": "SMS", "DNS": "DNS", "Cases": "Case", "Currencies": "Currency", "AccountSubcategories": "AccountSubcategory",
		"Caches": "Cache", "S": "S", "": "", "CrossBorderNews": "CrossBorderNews", "Heroes": "Hero", "Sizes": "Size",
		"JSONs": "JSON", "API": "API", "HTTPS": "HTTPS", "V1s": "V1", "DisputesIndices": "DisputesIndex",
	} {
		if got := Singular(in); got != want {
			t.Errorf("Singular(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestArgument(t *testing.T) {
	p := New(nil)
	for in, want := range map[string]string{
		"account": "account", "account_id": "accountID", "ID": "id", "type": "type_", "len": "len_", "ctx": "ctx_",
		"2fa": "x2fa", "accountId": "accountID", "HTTPKey": "httpKey", "http": "http_", "": "empty",
		"object": "object_", "first": "first_", "each_item": "eachItem_", "strconv": "strconv_",
	} {
		if got := p.Argument(in); got != want {
			t.Errorf("Argument(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestStem(t *testing.T) {
	p := New(nil)
	for in, want := range map[string]string{
		"financial_connections.account": "financial_connections_account", "AccountHolder": "account_holder",
		"../../etc": "etc", "CON": "con", "HTTPServer": "http_server", "": "empty", "\u017fet": "set", "../": "dot_dot_slash",
	} {
		if got := p.Stem(in); got != want {
			t.Errorf("Stem(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestLongTexts names texts that would take hours if each word cost what all
// before it do.
func TestLongTexts(t *testing.T) {
	p := New(nil)
	text := strings.Repeat("a_", 1<<20)
	start := time.Now()
	for _, name := range []string{p.Exported(text), p.Cased(text), p.Spelled(text), p.Argument(text), p.Spelled(strings.Repeat("a", 1<<20))} {
		if len(name) < 1<<20 {
			t.Errorf("%.20s has %d bytes", name, len(name))
		}
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}
