package support

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

// codecPageJSON is a page of n accounts.
func codecPageJSON(n int) string { return codecPageOf(n, codecAccountJSON) }

func codecPageOf(n int, account string) string {
	return `{"data":[` + strings.TrimSuffix(strings.Repeat(account+",", n), ",") + `],"has_more":true,"url":"/v1/accounts"}`
}

func BenchmarkDecodeAccount(b *testing.B) {
	data := []byte(codecAccountJSON)
	benchDecode(b, data, func() error { return decode(data, new(codecAccount), nil) },
		func() error { return json.Unmarshal(data, new(plainAccount)) })
}

// codecSmallJSON is an account that has no balance yet.
const codecSmallJSON = `{ "id": "fca_1MwVK82eZvKYlo2CjzuKHBZS", "object": "financial_connections.account", "account_holder": { "customer": "cus_9s6XKzkNRiz8i3", "type": "customer" }, "balance": null, "balance_refresh": null, "category": "cash", "created": 1680035496, "display_name": "Everyday Account", "institution_name": "StripeBank", "last4": "6789", "livemode": false, "ownership": null, "permissions": [], "status": "active", "supported_payment_method_types": [ "us_bank_account" ] }`

// BenchmarkDecodeSmallAccount is about what most answers show.
func BenchmarkDecodeSmallAccount(b *testing.B) {
	data := []byte(codecSmallJSON)
	benchDecode(b, data, func() error { return decode(data, new(codecAccount), nil) },
		func() error { return json.Unmarshal(data, new(plainAccount)) })
}

// BenchmarkDecodeExpandedAccount is about an account with its ownership, which
// most who decode it leave alone.
func BenchmarkDecodeExpandedAccount(b *testing.B) {
	const ownership = `{ "id": "fcaowns_1MwVK82eZvKYlo2C", "created": 1680035496, "owners": { "data": [ { "id": "fca_1", "status": "active" } ], "has_more": false, "url": "/v1/owners" } }`
	data := []byte(strings.Replace(codecAccountJSON, `"fcaowns_1MwVK82eZvKYlo2C"`, ownership, 1))
	benchDecode(b, data, func() error { return decode(data, new(codecAccount), nil) },
		func() error { return json.Unmarshal(data, new(plainAccount)) })
	b.Run("asked-for", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var account codecAccount
			if err := decode(data, &account, nil); err != nil {
				b.Fatal(err)
			}
			if owned, err := Expanded(account.Ownership.Value); err != nil || len(owned.Owners.Data) != 1 {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDecodePage(b *testing.B) {
	data := []byte(codecPageJSON(100))
	benchDecode(b, data, func() error { return decode(data, new(codecPage), nil) },
		func() error { return json.Unmarshal(data, new(plainPage)) })
}

func benchDecode(b *testing.B, data []byte, tables, reflection func() error) {
	run := func(decode func() error) func(*testing.B) {
		return func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if err := decode(); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	b.Run("tables", run(tables))
	b.Run("encoding-json", run(reflection))
}

func BenchmarkEncodeAccount(b *testing.B) {
	var account codecAccount
	var plain plainAccount
	if err := decode([]byte(codecAccountJSON), &account, nil); err != nil {
		b.Fatal(err)
	}
	if err := json.Unmarshal([]byte(codecAccountJSON), &plain); err != nil {
		b.Fatal(err)
	}
	b.Run("tables", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Marshal(&account); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(&plain); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkDecodeNestedUnions decodes documents of the same length whose unions
// nest to several depths. The time should not depend on them.
func BenchmarkDecodeNestedUnions(b *testing.B) {
	for _, depth := range []int{1, 10, 100, 900} {
		one := strings.Repeat(`{"side":12,"type":"square","inner":`, depth) + `null` + strings.Repeat("}", depth)
		data := []byte(`{"unions":[` + one + strings.Repeat(","+one, 900/depth-1) + `]}`)
		b.Run(strconv.Itoa(depth), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if err := decode(data, new(codecAll), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
