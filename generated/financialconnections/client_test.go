package financialconnections_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
	"github.com/stretchr/testify/require"
)

// serve answers every request with handle and returns a client for it.
func serve(t *testing.T, handle http.HandlerFunc) *fc.Client {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	return fc.NewClient("sk_test_secret", fc.WithBaseURL(server.URL))
}

// pages serves the accounts fca_0 to fca_6 in pages of three, by cursor, as
// the API does.
func pages(w http.ResponseWriter, r *http.Request) {
	from, to := 0, 3
	query := r.URL.Query()
	more := func() bool { return to < 7 }
	if after := query.Get("starting_after"); after != "" {
		_, _ = fmt.Sscanf(after, "fca_%d", &from)
		from, to = from+1, from+4
	}
	if before := query.Get("ending_before"); before != "" {
		_, _ = fmt.Sscanf(before, "fca_%d", &to)
		from = max(to-3, 0)
		more = func() bool { return from > 0 }
	}
	to = min(to, 7)
	var data []string
	for i := from; i < to; i++ {
		data = append(data, fmt.Sprintf(`{"id":"fca_%d"}`, i))
	}
	fmt.Fprintf(w, `{"object":"list","url":"/v1/financial_connections/accounts","has_more":%t,"data":[%s]}`, more(), strings.Join(data, ","))
}

func ids(t *testing.T, client *fc.Client, params *fc.AccountListParams) []string {
	t.Helper()
	var out []string
	for account, err := range client.Accounts.All(t.Context(), params) {
		require.NoError(t, err)
		out = append(out, account.ID)
	}
	return out
}

func TestThreePagesForward(t *testing.T) {
	require.Equal(t, []string{"fca_0", "fca_1", "fca_2", "fca_3", "fca_4", "fca_5", "fca_6"}, ids(t, serve(t, pages), nil))
}

func TestThreePagesBackward(t *testing.T) {
	require.Equal(t, []string{"fca_6", "fca_5", "fca_4", "fca_3", "fca_2", "fca_1", "fca_0"},
		ids(t, serve(t, pages), &fc.AccountListParams{EndingBefore: "fca_7"}))
}

func TestTurningPages(t *testing.T) {
	first, err := serve(t, pages).Accounts.List(t.Context(), &fc.AccountListParams{Limit: fc.Int(3)})
	require.NoError(t, err)
	second, err := first.Next(t.Context())
	require.NoError(t, err)
	require.Equal(t, "fca_3", second.Data[0].ID)
	back, err := second.Previous(t.Context())
	require.NoError(t, err)
	require.Equal(t, "fca_0", back.Data[0].ID)
}

func TestEmbeddedListLeadsOn(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/financial_connections/accounts" {
			pages(w, r)
			return
		}
		fmt.Fprint(w, `{"id":"fcsess_1","accounts":{"object":"list","url":"/v1/financial_connections/accounts","has_more":true,"data":[{"id":"fca_0"}]}}`)
	})
	session, err := client.Sessions.Retrieve(t.Context(), "fcsess_1", nil)
	require.NoError(t, err)
	n := 0
	for _, err := range session.Accounts.All(t.Context()) {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, 7, n)
}

// The list example of the reference documents is not JSON.
func TestBrokenAnswerIsATypedError(t *testing.T) {
	broken, err := os.ReadFile("../../testdata/examples/account_list_broken.txt")
	require.NoError(t, err)
	page, err := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Request-Id", "req_1")
		_, _ = w.Write(broken)
	}).Accounts.List(t.Context(), nil)
	require.Nil(t, page)
	var apiErr *fc.Error
	require.True(t, errors.As(err, &apiErr), "%v", err)
	require.Equal(t, http.StatusOK, apiErr.Status)
	require.Equal(t, "req_1", apiErr.RequestID)
	require.Equal(t, broken, apiErr.Body)
	var syntax *fc.DecodeError
	require.True(t, errors.As(err, &syntax), "%v", err)
}

func TestErrorHasTheServersWords(t *testing.T) {
	account, err := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Request-Id", "req_2")
		w.WriteHeader(http.StatusPaymentRequired)
		fmt.Fprint(w, `{"error":{"type":"card_error","code":"card_declined","message":"No.","param":"features"}}`)
	}).Accounts.Retrieve(t.Context(), "fca_1", nil)
	require.Nil(t, account)
	var apiErr *fc.Error
	require.True(t, errors.As(err, &apiErr))
	require.Equal(t, http.StatusPaymentRequired, apiErr.Status)
	require.Equal(t, "card_error", apiErr.Type)
	require.Equal(t, "card_declined", apiErr.Code)
	require.Equal(t, "No.", apiErr.Message)
	require.Equal(t, "features", apiErr.Param)
	require.Equal(t, "req_2", apiErr.RequestID)
}

func TestFormOnTheWire(t *testing.T) {
	var body, contentType, version, idempotency string
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		require.NoError(t, r.ParseForm())
		body, contentType = r.PostForm.Encode(), r.Header.Get("Content-Type")
		version, idempotency = r.Header.Get("Stripe-Version"), r.Header.Get("Idempotency-Key")
		fmt.Fprint(w, `{"id":"fcsess_1"}`)
	})
	_, err := client.Sessions.Create(t.Context(), &fc.SessionCreateParams{
		AccountHolder: fc.SessionCreateAccountHolder{Type: fc.AccountHolderTypeCustomer, Customer: "cus_1"},
		Permissions:   []fc.SessionPermission{fc.SessionPermissionBalances, fc.SessionPermissionTransactions},
		Filters:       fc.SessionCreateFilters{Countries: []string{"US"}},
	}, fc.WithIdempotencyKey("k"))
	require.NoError(t, err)
	require.Equal(t, "account_holder%5Bcustomer%5D=cus_1&account_holder%5Btype%5D=customer&filters%5Bcountries%5D%5B0%5D=US"+
		"&permissions%5B0%5D=balances&permissions%5B1%5D=transactions", body)
	require.Equal(t, "application/x-www-form-urlencoded", contentType)
	require.Equal(t, "2026-08-26.dahlia", version)
	require.Equal(t, "k", idempotency)
}

func TestOddIDs(t *testing.T) {
	var path string
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.EscapedPath()
		fmt.Fprint(w, `{}`)
	})
	for _, id := range []string{"", ".", ".."} {
		path = ""
		_, err := client.Accounts.Retrieve(t.Context(), id, nil)
		require.Error(t, err)
		require.Empty(t, path, "nothing may be sent")
	}
	_, err := client.Accounts.Retrieve(t.Context(), "a/b?c#d%e", nil)
	require.NoError(t, err)
	require.Equal(t, "/v1/financial_connections/accounts/a%2Fb%3Fc%23d%25e", path)
}

func TestPathArgumentsAreValidated(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{}`) })
	id := strings.Repeat("x", 5001)
	_, err := client.Accounts.Retrieve(t.Context(), id, nil)
	var invalid *fc.ValidationError
	require.True(t, errors.As(err, &invalid), "%v", err)
	require.Equal(t, "account", invalid.Violations[0].Path)
	require.Equal(t, "maxLength", invalid.Violations[0].Keyword)
	_, err = client.Accounts.Retrieve(t.Context(), id, nil, fc.WithoutValidation())
	require.NoError(t, err)
}

func TestPrintingShowsNoKey(t *testing.T) {
	client := serve(t, pages)
	page, err := client.Accounts.List(t.Context(), nil)
	require.NoError(t, err)
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		for _, v := range []any{client, *client, client.Accounts, page} {
			require.NotContains(t, fmt.Sprintf(format, v), "secret")
		}
	}
}
