package e2e

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
)

// example reads a document from testdata/examples, compacted as a server would
// send it unless pretty is set.
func example(tb testing.TB, name string, pretty bool) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", "examples", name))
	require.NoError(tb, err)
	if pretty {
		return data
	}
	var out bytes.Buffer
	require.NoError(tb, json.Compact(&out, data))
	return out.Bytes()
}

// BenchmarkDecodeAccount decodes one account: by the generated package, by
// stripe-go and by encoding/json into a struct with pointers.
func BenchmarkDecodeAccount(b *testing.B) {
	for _, layout := range []struct {
		name   string
		pretty bool
	}{{"compact", false}, {"pretty", true}} {
		data := example(b, "account_linked.json", layout.pretty)
		decode(b, "layout="+layout.name+"/codec=oaken", data, func() error {
			var account fc.Account
			return account.UnmarshalJSON(data)
		})
		decode(b, "layout="+layout.name+"/codec=stripe-go", data, func() error {
			var account stripe.FinancialConnectionsAccount
			return json.Unmarshal(data, &account)
		})
		decode(b, "layout="+layout.name+"/codec=encoding-json", data, func() error {
			var account plainAccount
			return json.Unmarshal(data, &account)
		})
	}
}

func decode(b *testing.B, name string, data []byte, run func() error) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if err := run(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// plainAccount is what one would write by hand for encoding/json.
type plainAccount struct {
	ID            string `json:"id"`
	Object        string `json:"object"`
	AccountHolder *struct {
		Account  *string `json:"account"`
		Customer *string `json:"customer"`
		Type     string  `json:"type"`
	} `json:"account_holder"`
	Balance *struct {
		AsOf int64 `json:"as_of"`
		Cash *struct {
			Available map[string]int64 `json:"available"`
		} `json:"cash"`
		Credit *struct {
			Used map[string]int64 `json:"used"`
		} `json:"credit"`
		Current map[string]int64 `json:"current"`
		Type    string           `json:"type"`
	} `json:"balance"`
	BalanceRefresh              *plainRefresh `json:"balance_refresh"`
	Category                    string        `json:"category"`
	Created                     int64         `json:"created"`
	DisplayName                 *string       `json:"display_name"`
	InstitutionName             string        `json:"institution_name"`
	Last4                       *string       `json:"last4"`
	Livemode                    bool          `json:"livemode"`
	Ownership                   *string       `json:"ownership"`
	OwnershipRefresh            *plainRefresh `json:"ownership_refresh"`
	Permissions                 []string      `json:"permissions"`
	Status                      string        `json:"status"`
	Subcategory                 string        `json:"subcategory"`
	Subscriptions               []string      `json:"subscriptions"`
	SupportedPaymentMethodTypes []string      `json:"supported_payment_method_types"`
	TransactionRefresh          *plainRefresh `json:"transaction_refresh"`
}

type plainRefresh struct {
	ID                     *string `json:"id"`
	LastAttemptedAt        int64   `json:"last_attempted_at"`
	NextRefreshAvailableAt *int64  `json:"next_refresh_available_at"`
	Status                 string  `json:"status"`
}
