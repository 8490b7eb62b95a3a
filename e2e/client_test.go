package e2e

import (
	"context"
	"errors"
	"net/http"
	"testing"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
	"github.com/stretchr/testify/require"
)

const key = "sk_test_123"

func newClient(t *testing.T, opts ...fc.Option) *fc.Client {
	t.Helper()
	return fc.NewClient(key, append([]fc.Option{fc.WithBaseURL(mockURL(t))}, opts...)...)
}

func TestListAccounts(t *testing.T) {
	page, err := newClient(t).Accounts.List(t.Context(), &fc.AccountListParams{
		AccountHolder: fc.AccountListAccountHolder{Customer: "cus_123"},
		Limit:         fc.Int(3),
		Expand:        []fc.AccountListExpand{fc.AccountListExpandDataOwnership},
	})
	require.NoError(t, err)
	require.Len(t, page.Data, 1)
	require.False(t, page.HasMore)
	_, err = page.Next(t.Context())
	require.ErrorIs(t, err, fc.ErrNoMorePages)
}

func TestListAccountsWithoutParameters(t *testing.T) {
	page, err := newClient(t).Accounts.List(t.Context(), nil)
	require.NoError(t, err)
	require.NotEmpty(t, page.Data[0].ID)
}

func TestAllAccounts(t *testing.T) {
	n := 0
	for account, err := range newClient(t).Accounts.All(t.Context(), &fc.AccountListParams{Session: "fcsess_123"}) {
		require.NoError(t, err)
		require.NotEmpty(t, account.ID)
		n++
	}
	require.Equal(t, 1, n)
}

func TestRetrieveAccount(t *testing.T) {
	account, err := newClient(t).Accounts.Retrieve(t.Context(), "fca_123", nil)
	require.NoError(t, err)
	require.Equal(t, "fca_123", account.ID)
	require.True(t, fc.Known(account.Status))
}

func TestRetrieveAccountExpanded(t *testing.T) {
	account, err := newClient(t).Accounts.Retrieve(t.Context(), "fca_123", &fc.AccountRetrieveParams{
		Expand: []fc.AccountExpand{fc.AccountExpandOwnership},
	})
	require.NoError(t, err)
	ownership, ok := fc.Get(account.Ownership)
	require.True(t, ok)
	object, err := fc.Expanded(ownership)
	require.NoError(t, err)
	require.Equal(t, "financial_connections.account_ownership", object.Object)
	require.NotEmpty(t, object.Owners.Data) // the mock server leaves the object's own id empty
	require.Equal(t, object.ID, ownership.ID)
	again, err := fc.Expanded(account.Ownership.Value)
	require.NoError(t, err)
	require.Same(t, object, again)
}

func TestRetrieveAccountNotExpanded(t *testing.T) {
	account, err := newClient(t).Accounts.Retrieve(t.Context(), "fca_123", nil)
	require.NoError(t, err)
	_, err = fc.Expanded(account.Ownership.Value)
	require.ErrorIs(t, err, fc.ErrNotExpanded)
}

func TestAccountActions(t *testing.T) {
	client := newClient(t)
	for name, act := range map[string]func(context.Context) (*fc.Account, error){
		"disconnect": func(ctx context.Context) (*fc.Account, error) {
			return client.Accounts.Disconnect(ctx, "fca_123", nil)
		},
		"refresh": func(ctx context.Context) (*fc.Account, error) {
			return client.Accounts.Refresh(ctx, "fca_123", &fc.AccountRefreshParams{
				Features: []fc.RefreshFeature{fc.RefreshFeatureBalance, fc.RefreshFeatureOwnership},
			})
		},
		"subscribe": func(ctx context.Context) (*fc.Account, error) {
			return client.Accounts.Subscribe(ctx, "fca_123", &fc.AccountSubscribeParams{
				Features: []fc.SubscriptionFeature{fc.SubscriptionFeatureTransactions},
			})
		},
		"unsubscribe": func(ctx context.Context) (*fc.Account, error) {
			return client.Accounts.Unsubscribe(ctx, "fca_123", &fc.AccountUnsubscribeParams{
				Features: []fc.SubscriptionFeature{fc.SubscriptionFeatureTransactions},
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			account, err := act(t.Context())
			require.NoError(t, err)
			require.NotEmpty(t, account.ID)
		})
	}
}

func sessionParams() *fc.SessionCreateParams {
	return &fc.SessionCreateParams{
		AccountHolder: fc.SessionCreateAccountHolder{Type: fc.AccountHolderTypeCustomer, Customer: "cus_123"},
		Permissions:   []fc.SessionPermission{fc.SessionPermissionBalances, fc.SessionPermissionPaymentMethod},
		Filters:       fc.SessionCreateFilters{Countries: []string{"US"}},
		Prefetch:      []fc.SessionPrefetch{fc.SessionPrefetchBalances},
		ReturnURL:     "https://example.com/return",
	}
}

func TestCreateSession(t *testing.T) {
	var response fc.Response
	session, err := newClient(t).Sessions.Create(t.Context(), sessionParams(),
		fc.WithIdempotencyKey("k"), fc.WithResponse(&response))
	require.NoError(t, err)
	require.NotEmpty(t, session.ClientSecret)
	require.Equal(t, http.StatusOK, response.Status)
	for account, err := range session.Accounts.All(t.Context()) {
		require.NoError(t, err)
		require.NotEmpty(t, account.ID)
	}
}

func TestRetrieveSession(t *testing.T) {
	session, err := newClient(t).Sessions.Retrieve(t.Context(), "fcsess_123", nil)
	require.NoError(t, err)
	require.Equal(t, "fcsess_123", session.ID)
}

func TestErrorsAreTyped(t *testing.T) {
	wrong := sessionParams()
	wrong.Permissions = nil
	for name, test := range map[string]struct {
		status int
		call   func(context.Context) (any, error)
	}{
		"400": {http.StatusBadRequest, func(ctx context.Context) (any, error) {
			return newClient(t).Sessions.Create(ctx, wrong, fc.WithoutValidation())
		}},
		"401": {http.StatusUnauthorized, func(ctx context.Context) (any, error) {
			return newClient(t, fc.WithAPIKey("wrong")).Accounts.Retrieve(ctx, "fca_123", nil)
		}},
		"404": {http.StatusNotFound, func(ctx context.Context) (any, error) {
			return newClient(t, fc.WithBaseURL(mockURL(t)+"/nowhere")).Accounts.Retrieve(ctx, "fca_123", nil)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			result, err := test.call(t.Context())
			require.Nil(t, result)
			var apiErr *fc.Error
			require.True(t, errors.As(err, &apiErr), "%v", err)
			require.Equal(t, test.status, apiErr.Status)
			require.NotEmpty(t, apiErr.Message)
			require.NotEmpty(t, apiErr.Body)
			if test.status != http.StatusUnauthorized { // where the mock server sends none
				require.NotEmpty(t, apiErr.RequestID)
			}
		})
	}
}

func TestInvalidRequestIsNotSent(t *testing.T) {
	params := sessionParams()
	params.AccountHolder.Customer = ""
	session, err := newClient(t, fc.WithBaseURL("http://127.0.0.1:1")).Sessions.Create(t.Context(), params)
	require.Nil(t, session)
	var invalid *fc.ValidationError
	require.True(t, errors.As(err, &invalid), "%v", err)
	require.Equal(t, "account_holder.customer", invalid.Violations[0].Path)
}
