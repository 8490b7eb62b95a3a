package bench

// PlainAccount is what one would write by hand for codecs that use reflection:
// a struct with pointers where a value may be missing or null. The tags named
// validate hold the assertions of the document that a tag can say.
type PlainAccount struct {
	ID                          string                   `json:"id" validate:"required,max=5000"`
	Object                      string                   `json:"object" validate:"oneof=financial_connections.account linked_account"`
	AccountHolder               *PlainHolder             `json:"account_holder"`
	Balance                     *PlainBalance            `json:"balance"`
	BalanceRefresh              *PlainRefresh            `json:"balance_refresh"`
	Category                    string                   `json:"category" validate:"oneof=cash credit investment other"`
	Created                     int64                    `json:"created" validate:"min=0"`
	DisplayName                 *string                  `json:"display_name" validate:"omitnil,max=5000"`
	InstitutionName             string                   `json:"institution_name" validate:"required,max=5000"`
	Last4                       *string                  `json:"last4" validate:"omitnil,len=4,number"`
	Livemode                    bool                     `json:"livemode"`
	Ownership                   *string                  `json:"ownership" validate:"omitnil,max=5000"`
	OwnershipRefresh            *PlainRefresh            `json:"ownership_refresh"`
	Permissions                 []string                 `json:"permissions" validate:"dive,oneof=balances ownership payment_method transactions"`
	Status                      string                   `json:"status" validate:"oneof=active disconnected inactive"`
	Subcategory                 string                   `json:"subcategory" validate:"oneof=checking credit_card line_of_credit mortgage other savings"`
	Subscriptions               []string                 `json:"subscriptions" validate:"dive,oneof=transactions"`
	SupportedPaymentMethodTypes []string                 `json:"supported_payment_method_types" validate:"required,dive,oneof=link us_bank_account"`
	TransactionRefresh          *PlainTransactionRefresh `json:"transaction_refresh"`
}

// PlainHolder is whoever an account belongs to.
type PlainHolder struct {
	Account  *string `json:"account,omitempty" validate:"omitnil,max=5000"`
	Customer *string `json:"customer,omitempty" validate:"omitnil,max=5000"`
	Type     string  `json:"type" validate:"oneof=account customer"`
}

// PlainBalance is what an account holds or owes.
type PlainBalance struct {
	AsOf    int64            `json:"as_of" validate:"min=0"`
	Cash    *PlainCash       `json:"cash,omitempty"`
	Credit  *PlainCredit     `json:"credit,omitempty"`
	Current map[string]int64 `json:"current" validate:"required,dive,keys,len=3,alpha,lowercase,endkeys"`
	Type    string           `json:"type" validate:"oneof=cash credit"`
}

// PlainCash is what a balance of type cash has besides.
type PlainCash struct {
	Available map[string]int64 `json:"available" validate:"dive,keys,len=3,alpha,lowercase,endkeys"`
}

// PlainCredit is what a balance of type credit has besides.
type PlainCredit struct {
	Used map[string]int64 `json:"used" validate:"dive,keys,len=3,alpha,lowercase,endkeys"`
}

// PlainRefresh is the latest attempt to refresh a balance or an ownership.
type PlainRefresh struct {
	LastAttemptedAt        int64  `json:"last_attempted_at" validate:"min=0"`
	NextRefreshAvailableAt *int64 `json:"next_refresh_available_at" validate:"omitnil,min=0"`
	Status                 string `json:"status" validate:"oneof=failed pending succeeded"`
}

// PlainTransactionRefresh is the latest attempt to refresh transactions.
type PlainTransactionRefresh struct {
	ID                     string `json:"id" validate:"required,max=5000"`
	LastAttemptedAt        int64  `json:"last_attempted_at" validate:"min=0"`
	NextRefreshAvailableAt *int64 `json:"next_refresh_available_at" validate:"omitnil,min=0"`
	Status                 string `json:"status" validate:"oneof=failed pending succeeded"`
}

// PlainList is a page of accounts.
type PlainList struct {
	Object  string         `json:"object" validate:"eq=list"`
	Data    []PlainAccount `json:"data" validate:"required,dive"`
	HasMore bool           `json:"has_more"`
	URL     string         `json:"url" validate:"required,max=5000"`
}
