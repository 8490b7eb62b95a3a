package bench

import (
	"github.com/oaken-go/oaken/e2e/bench/ogenstyle"
	fc "github.com/oaken-go/oaken/generated/financialconnections"
	"github.com/stripe/stripe-go/v85"
)

// This file turns what each codec has read into the plain structs, so that it
// can be compared.

func plainFacts(v any) PlainList {
	if account, ok := v.(*PlainAccount); ok {
		return PlainList{Data: []PlainAccount{*account}}
	}
	return *v.(*PlainList)
}

// pointer returns a pointer to a value that is there.
func pointer[T any](v T, ok bool) *T {
	if !ok {
		return nil
	}
	return &v
}

// some returns a pointer to a value, or nil for the zero value, which is how
// stripe-go reads null.
func some[T comparable](v T) *T {
	var zero T
	return pointer(v, v != zero)
}

func texts[E ~string](list []E) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i, e := range list {
		out[i] = string(e)
	}
	return out
}

func oakenFacts(v any) PlainList {
	list, ok := v.(*fc.AccountList)
	if !ok {
		return PlainList{Data: []PlainAccount{oakenAccount(v.(*fc.Account))}}
	}
	out := PlainList{Object: list.Object, HasMore: list.HasMore, URL: list.URL}
	for i := range list.Data {
		out.Data = append(out.Data, oakenAccount(&list.Data[i]))
	}
	return out
}

func oakenAccount(a *fc.Account) PlainAccount {
	out := PlainAccount{
		ID: a.ID, Object: string(a.Object), Category: string(a.Category), Created: int64(a.Created),
		DisplayName: pointer(fc.Get(a.DisplayName)), InstitutionName: a.InstitutionName, Last4: pointer(fc.Get(a.Last4)),
		Livemode: a.Livemode, Permissions: texts(a.Permissions.Value), Status: string(a.Status), Subcategory: string(a.Subcategory),
		Subscriptions: texts(a.Subscriptions.Value), SupportedPaymentMethodTypes: texts(a.SupportedPaymentMethodTypes),
	}
	if h, ok := fc.Get(a.AccountHolder); ok {
		out.AccountHolder = &PlainHolder{Account: some(h.Account.Value.ID), Customer: some(h.Customer.Value.ID), Type: string(h.Type)}
	}
	if b, ok := fc.Get(a.Balance); ok {
		out.Balance = &PlainBalance{AsOf: int64(b.AsOf), Current: b.Current, Type: string(b.Type)}
		if cash, ok := fc.Get(b.Cash); ok {
			out.Balance.Cash = &PlainCash{Available: cash.Available.Value}
		}
		if credit, ok := fc.Get(b.Credit); ok {
			out.Balance.Credit = &PlainCredit{Used: credit.Used.Value}
		}
	}
	if r, ok := fc.Get(a.BalanceRefresh); ok {
		out.BalanceRefresh = &PlainRefresh{int64(r.LastAttemptedAt), some(int64(r.NextRefreshAvailableAt.Value)), string(r.Status)}
	}
	if o, ok := fc.Get(a.Ownership); ok {
		out.Ownership = &o.ID
	}
	if r, ok := fc.Get(a.OwnershipRefresh); ok {
		out.OwnershipRefresh = &PlainRefresh{int64(r.LastAttemptedAt), some(int64(r.NextRefreshAvailableAt.Value)), string(r.Status)}
	}
	if r, ok := fc.Get(a.TransactionRefresh); ok {
		out.TransactionRefresh = &PlainTransactionRefresh{r.ID, int64(r.LastAttemptedAt), some(int64(r.NextRefreshAvailableAt.Value)), string(r.Status)}
	}
	return out
}

func jxFacts(v any) PlainList {
	list, ok := v.(*ogenstyle.AccountList)
	if !ok {
		return PlainList{Data: []PlainAccount{jxAccount(v.(*ogenstyle.Account))}}
	}
	out := PlainList{Object: string(list.Object), HasMore: list.HasMore, URL: list.URL}
	for i := range list.Data {
		out.Data = append(out.Data, jxAccount(&list.Data[i]))
	}
	return out
}

func jxAccount(a *ogenstyle.Account) PlainAccount {
	out := PlainAccount{
		ID: a.ID, Object: string(a.Object), Category: string(a.Category), Created: a.Created,
		DisplayName: pointer(a.DisplayName.Get()), InstitutionName: a.InstitutionName, Last4: pointer(a.Last4.Get()),
		Livemode: a.Livemode, Permissions: texts(a.Permissions.Value), Status: string(a.Status), Subcategory: string(a.Subcategory),
		Subscriptions: texts(a.Subscriptions.Value), SupportedPaymentMethodTypes: texts(a.SupportedPaymentMethodTypes),
	}
	if h, ok := a.AccountHolder.Get(); ok {
		out.AccountHolder = &PlainHolder{Account: some(h.Account.Value.String), Customer: some(h.Customer.Value.String), Type: string(h.Type)}
	}
	if b, ok := a.Balance.Get(); ok {
		out.Balance = &PlainBalance{AsOf: b.AsOf, Current: b.Current, Type: string(b.Type)}
		if cash, ok := b.Cash.Get(); ok {
			out.Balance.Cash = &PlainCash{Available: cash.Available.Value}
		}
		if credit, ok := b.Credit.Get(); ok {
			out.Balance.Credit = &PlainCredit{Used: credit.Used.Value}
		}
	}
	if r, ok := a.BalanceRefresh.Get(); ok {
		out.BalanceRefresh = &PlainRefresh{r.LastAttemptedAt, pointer(r.NextRefreshAvailableAt.Get()), string(r.Status)}
	}
	if o, ok := a.Ownership.Get(); ok {
		out.Ownership = &o.String
	}
	if r, ok := a.OwnershipRefresh.Get(); ok {
		out.OwnershipRefresh = &PlainRefresh{r.LastAttemptedAt, pointer(r.NextRefreshAvailableAt.Get()), string(r.Status)}
	}
	if r, ok := a.TransactionRefresh.Get(); ok {
		out.TransactionRefresh = &PlainTransactionRefresh{r.ID, r.LastAttemptedAt, pointer(r.NextRefreshAvailableAt.Get()), string(r.Status)}
	}
	return out
}

// stripeFacts has to leave out what kind of object a list is, for which stripe-go
// has no field.
func stripeFacts(v any) PlainList {
	list, ok := v.(*stripe.FinancialConnectionsAccountList)
	if !ok {
		return PlainList{Data: []PlainAccount{stripeAccount(v.(*stripe.FinancialConnectionsAccount))}}
	}
	out := PlainList{HasMore: list.HasMore, URL: list.URL}
	for _, account := range list.Data {
		out.Data = append(out.Data, stripeAccount(account))
	}
	return out
}

func stripeAccount(a *stripe.FinancialConnectionsAccount) PlainAccount {
	out := PlainAccount{
		ID: a.ID, Object: a.Object, Category: string(a.Category), Created: a.Created,
		DisplayName: some(a.DisplayName), InstitutionName: a.InstitutionName, Last4: some(a.Last4),
		Livemode: a.Livemode, Permissions: texts(a.Permissions), Status: string(a.Status), Subcategory: string(a.Subcategory),
		Subscriptions: texts(a.Subscriptions), SupportedPaymentMethodTypes: texts(a.SupportedPaymentMethodTypes),
	}
	if h := a.AccountHolder; h != nil {
		out.AccountHolder = &PlainHolder{Type: string(h.Type)}
		if h.Account != nil {
			out.AccountHolder.Account = &h.Account.ID
		}
		if h.Customer != nil {
			out.AccountHolder.Customer = &h.Customer.ID
		}
	}
	if b := a.Balance; b != nil {
		out.Balance = &PlainBalance{AsOf: b.AsOf, Current: b.Current, Type: string(b.Type)}
		if b.Cash != nil {
			out.Balance.Cash = &PlainCash{b.Cash.Available}
		}
		if b.Credit != nil {
			out.Balance.Credit = &PlainCredit{b.Credit.Used}
		}
	}
	if r := a.BalanceRefresh; r != nil {
		out.BalanceRefresh = &PlainRefresh{r.LastAttemptedAt, some(r.NextRefreshAvailableAt), string(r.Status)}
	}
	if o := a.Ownership; o != nil {
		out.Ownership = &o.ID
	}
	if r := a.OwnershipRefresh; r != nil {
		out.OwnershipRefresh = &PlainRefresh{r.LastAttemptedAt, some(r.NextRefreshAvailableAt), string(r.Status)}
	}
	if r := a.TransactionRefresh; r != nil {
		out.TransactionRefresh = &PlainTransactionRefresh{r.ID, r.LastAttemptedAt, some(r.NextRefreshAvailableAt), string(r.Status)}
	}
	return out
}
