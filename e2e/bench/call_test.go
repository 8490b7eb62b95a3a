package bench

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
)

// canned answers every request with the same text.
type canned struct {
	text     []byte
	requests int
	last     *http.Request
}

var cannedHeader = http.Header{"Content-Type": {"application/json"}, "Request-Id": {"req_OakGrove000001"}}

func (c *canned) RoundTrip(r *http.Request) (*http.Response, error) {
	c.requests++
	c.last = r
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: cannedHeader, Body: io.NopCloser(bytes.NewReader(c.text)), ContentLength: int64(len(c.text)), Request: r,
	}, nil
}

// call is what a row calls: it returns the ids of the accounts that came.
type call func(ctx context.Context) (ids []string, err error)

const someKey = "sk_test_OakGrove00000001"

// oakenCalls retrieve an account and list a hundred by the generated client.
func oakenCalls(transport http.RoundTripper) (one, list call) {
	client := fc.NewClient(someKey, fc.WithHTTPClient(&http.Client{Transport: transport}), fc.WithMaxRetries(2))
	one = func(ctx context.Context) ([]string, error) {
		account, err := client.Accounts.Retrieve(ctx, "fca_1OakRowanChecking0001", nil)
		if err != nil {
			return nil, err
		}
		return []string{account.ID}, nil
	}
	list = func(ctx context.Context) ([]string, error) {
		page, err := client.Accounts.List(ctx, &fc.AccountListParams{
			AccountHolder: fc.AccountListAccountHolder{Customer: "cus_OakWren00000001"}, Limit: fc.Int(100),
		})
		if err != nil {
			return nil, err
		}
		ids := make([]string, 0, 100)
		for i := range page.Data {
			ids = append(ids, page.Data[i].ID)
		}
		return ids, nil
	}
	return one, list
}

// stripeCalls do the same by stripe-go, with as many retries, and neither
// telemetry nor a log.
func stripeCalls(transport http.RoundTripper) (one, list call) {
	backends := stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		HTTPClient:        &http.Client{Transport: transport},
		MaxNetworkRetries: new(int64(2)),
		EnableTelemetry:   new(false),
		LeveledLogger:     &stripe.LeveledLogger{Level: stripe.LevelNull},
	})
	accounts := stripe.NewClient(someKey, stripe.WithBackends(backends)).V1FinancialConnectionsAccounts
	one = func(ctx context.Context) ([]string, error) {
		account, err := accounts.GetByID(ctx, "fca_1OakRowanChecking0001", nil)
		if err != nil {
			return nil, err
		}
		return []string{account.ID}, nil
	}
	list = func(ctx context.Context) ([]string, error) {
		page := accounts.List(ctx, &stripe.FinancialConnectionsAccountListParams{
			ListParams:    stripe.ListParams{Limit: new(int64(100))},
			AccountHolder: &stripe.FinancialConnectionsAccountListAccountHolderParams{Customer: new("cus_OakWren00000001")},
		})
		ids := make([]string, 0, 100)
		for _, account := range page.Data() {
			ids = append(ids, account.ID)
		}
		return ids, page.Err()
	}
	return one, list
}

// caller is a column of the rows that call.
type caller struct {
	name string
	make func(http.RoundTripper) (one, list call)
}

func callers() []caller {
	if experimentCodecs() != nil {
		return []caller{{"stripe-go-jsonv2", stripeCalls}}
	}
	return []caller{{"oaken", oakenCalls}, {"stripe-go", stripeCalls}}
}

// TestCallsAgree has both clients send the same request and return the same
// accounts.
func TestCallsAgree(t *testing.T) {
	single, page := document(t, "one-compact"), document(t, "list-compact")
	var ids []string
	for _, account := range oakenFactsOf(t, page).Data {
		ids = append(ids, account.ID)
	}
	for _, c := range callers() {
		t.Run(c.name, func(t *testing.T) {
			transport := &canned{text: single.JSON}
			one, list := c.make(transport)
			got, err := one(t.Context())
			require.NoError(t, err)
			require.Equal(t, []string{"fca_1OakRowanChecking0001"}, got)
			require.Equal(t, "GET https://api.stripe.com/v1/financial_connections/accounts/fca_1OakRowanChecking0001", transport.last.Method+" "+transport.last.URL.String())

			transport.text = page.JSON
			got, err = list(t.Context())
			require.NoError(t, err)
			require.Equal(t, ids, got)
			require.Equal(t, "/v1/financial_connections/accounts", transport.last.URL.Path)
			require.Equal(t, map[string][]string{"account_holder[customer]": {"cus_OakWren00000001"}, "limit": {"100"}}, map[string][]string(transport.last.URL.Query()))
			require.Equal(t, 2, transport.requests)
		})
	}
}

func oakenFactsOf(t *testing.T, d Document) PlainList {
	t.Helper()
	v, err := oakenCodec.decode(d)
	require.NoError(t, err)
	return oakenFacts(v)
}
