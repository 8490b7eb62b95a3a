package ogenstyle

import "github.com/go-faster/jx"

// Encode writes Account as JSON.
func (s *Account) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *Account) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("id")
		e.Str(s.ID)
	}
	{
		e.FieldStart("object")
		s.Object.Encode(e)
	}
	{
		if s.AccountHolder.Set {
			e.FieldStart("account_holder")
			s.AccountHolder.Encode(e)
		}
	}
	{
		if s.Balance.Set {
			e.FieldStart("balance")
			s.Balance.Encode(e)
		}
	}
	{
		if s.BalanceRefresh.Set {
			e.FieldStart("balance_refresh")
			s.BalanceRefresh.Encode(e)
		}
	}
	{
		e.FieldStart("category")
		s.Category.Encode(e)
	}
	{
		e.FieldStart("created")
		e.Int64(s.Created)
	}
	{
		if s.DisplayName.Set {
			e.FieldStart("display_name")
			s.DisplayName.Encode(e)
		}
	}
	{
		e.FieldStart("institution_name")
		e.Str(s.InstitutionName)
	}
	{
		if s.Last4.Set {
			e.FieldStart("last4")
			s.Last4.Encode(e)
		}
	}
	{
		e.FieldStart("livemode")
		e.Bool(s.Livemode)
	}
	{
		if s.Ownership.Set {
			e.FieldStart("ownership")
			s.Ownership.Encode(e)
		}
	}
	{
		if s.OwnershipRefresh.Set {
			e.FieldStart("ownership_refresh")
			s.OwnershipRefresh.Encode(e)
		}
	}
	{
		if s.Permissions.Set {
			e.FieldStart("permissions")
			s.Permissions.Encode(e)
		}
	}
	{
		e.FieldStart("status")
		s.Status.Encode(e)
	}
	{
		e.FieldStart("subcategory")
		s.Subcategory.Encode(e)
	}
	{
		if s.Subscriptions.Set {
			e.FieldStart("subscriptions")
			s.Subscriptions.Encode(e)
		}
	}
	{
		e.FieldStart("supported_payment_method_types")
		e.ArrStart()
		for _, elem := range s.SupportedPaymentMethodTypes {
			elem.Encode(e)
		}
		e.ArrEnd()
	}
	{
		if s.TransactionRefresh.Set {
			e.FieldStart("transaction_refresh")
			s.TransactionRefresh.Encode(e)
		}
	}
}

var jsonFieldsNameOfAccount = [19]string{
	0:  "id",
	1:  "object",
	2:  "account_holder",
	3:  "balance",
	4:  "balance_refresh",
	5:  "category",
	6:  "created",
	7:  "display_name",
	8:  "institution_name",
	9:  "last4",
	10: "livemode",
	11: "ownership",
	12: "ownership_refresh",
	13: "permissions",
	14: "status",
	15: "subcategory",
	16: "subscriptions",
	17: "supported_payment_method_types",
	18: "transaction_refresh",
}

// Encode writes AccountHolder as JSON.
func (s *AccountHolder) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *AccountHolder) encodeFields(e *jx.Encoder) {
	{
		if s.Account.Set {
			e.FieldStart("account")
			s.Account.Encode(e)
		}
	}
	{
		if s.Customer.Set {
			e.FieldStart("customer")
			s.Customer.Encode(e)
		}
	}
	{
		e.FieldStart("type")
		s.Type.Encode(e)
	}
}

var jsonFieldsNameOfAccountHolder = [3]string{
	0: "account",
	1: "customer",
	2: "type",
}

// Encode writes AccountList as JSON.
func (s *AccountList) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *AccountList) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("object")
		s.Object.Encode(e)
	}
	{
		e.FieldStart("data")
		e.ArrStart()
		for _, elem := range s.Data {
			elem.Encode(e)
		}
		e.ArrEnd()
	}
	{
		e.FieldStart("has_more")
		e.Bool(s.HasMore)
	}
	{
		e.FieldStart("url")
		e.Str(s.URL)
	}
}

var jsonFieldsNameOfAccountList = [4]string{
	0: "object",
	1: "data",
	2: "has_more",
	3: "url",
}

// Encode writes AccountOwner as JSON.
func (s *AccountOwner) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *AccountOwner) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("id")
		e.Str(s.ID)
	}
	{
		e.FieldStart("object")
		s.Object.Encode(e)
	}
	{
		if s.Email.Set {
			e.FieldStart("email")
			s.Email.Encode(e)
		}
	}
	{
		e.FieldStart("name")
		e.Str(s.Name)
	}
	{
		e.FieldStart("ownership")
		e.Str(s.Ownership)
	}
	{
		if s.Phone.Set {
			e.FieldStart("phone")
			s.Phone.Encode(e)
		}
	}
	{
		if s.RawAddress.Set {
			e.FieldStart("raw_address")
			s.RawAddress.Encode(e)
		}
	}
	{
		if s.RefreshedAt.Set {
			e.FieldStart("refreshed_at")
			s.RefreshedAt.Encode(e)
		}
	}
}

var jsonFieldsNameOfAccountOwner = [8]string{
	0: "id",
	1: "object",
	2: "email",
	3: "name",
	4: "ownership",
	5: "phone",
	6: "raw_address",
	7: "refreshed_at",
}

// Encode writes AccountOwnerList as JSON.
func (s *AccountOwnerList) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *AccountOwnerList) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("object")
		s.Object.Encode(e)
	}
	{
		e.FieldStart("data")
		e.ArrStart()
		for _, elem := range s.Data {
			elem.Encode(e)
		}
		e.ArrEnd()
	}
	{
		e.FieldStart("has_more")
		e.Bool(s.HasMore)
	}
	{
		e.FieldStart("url")
		e.Str(s.URL)
	}
}

var jsonFieldsNameOfAccountOwnerList = [4]string{
	0: "object",
	1: "data",
	2: "has_more",
	3: "url",
}

// Encode writes AccountOwnership as JSON.
func (s *AccountOwnership) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *AccountOwnership) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("id")
		e.Str(s.ID)
	}
	{
		e.FieldStart("object")
		s.Object.Encode(e)
	}
	{
		e.FieldStart("created")
		e.Int64(s.Created)
	}
	{
		e.FieldStart("owners")
		s.Owners.Encode(e)
	}
}

var jsonFieldsNameOfAccountOwnership = [4]string{
	0: "id",
	1: "object",
	2: "created",
	3: "owners",
}

// Encode writes Balance as JSON.
func (s *Balance) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *Balance) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("as_of")
		e.Int64(s.AsOf)
	}
	{
		if s.Cash.Set {
			e.FieldStart("cash")
			s.Cash.Encode(e)
		}
	}
	{
		if s.Credit.Set {
			e.FieldStart("credit")
			s.Credit.Encode(e)
		}
	}
	{
		e.FieldStart("current")
		s.Current.Encode(e)
	}
	{
		e.FieldStart("type")
		s.Type.Encode(e)
	}
}

var jsonFieldsNameOfBalance = [5]string{
	0: "as_of",
	1: "cash",
	2: "credit",
	3: "current",
	4: "type",
}

// Encode writes BalanceRefresh as JSON.
func (s *BalanceRefresh) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *BalanceRefresh) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("last_attempted_at")
		e.Int64(s.LastAttemptedAt)
	}
	{
		if s.NextRefreshAvailableAt.Set {
			e.FieldStart("next_refresh_available_at")
			s.NextRefreshAvailableAt.Encode(e)
		}
	}
	{
		e.FieldStart("status")
		s.Status.Encode(e)
	}
}

var jsonFieldsNameOfBalanceRefresh = [3]string{
	0: "last_attempted_at",
	1: "next_refresh_available_at",
	2: "status",
}

// Encode writes CashBalance as JSON.
func (s *CashBalance) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *CashBalance) encodeFields(e *jx.Encoder) {
	{
		if s.Available.Set {
			e.FieldStart("available")
			s.Available.Encode(e)
		}
	}
}

var jsonFieldsNameOfCashBalance = [1]string{
	0: "available",
}

// Encode writes ConnectedAccount as JSON.
func (s *ConnectedAccount) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *ConnectedAccount) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("id")
		e.Str(s.ID)
	}
	{
		e.FieldStart("object")
		s.Object.Encode(e)
	}
}

var jsonFieldsNameOfConnectedAccount = [2]string{
	0: "id",
	1: "object",
}

// Encode writes CreditBalance as JSON.
func (s *CreditBalance) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *CreditBalance) encodeFields(e *jx.Encoder) {
	{
		if s.Used.Set {
			e.FieldStart("used")
			s.Used.Encode(e)
		}
	}
}

var jsonFieldsNameOfCreditBalance = [1]string{
	0: "used",
}

// Encode writes Customer as JSON.
func (s *Customer) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *Customer) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("id")
		e.Str(s.ID)
	}
	{
		e.FieldStart("object")
		s.Object.Encode(e)
	}
}

var jsonFieldsNameOfCustomer = [2]string{
	0: "id",
	1: "object",
}

// Encode writes OwnershipRefresh as JSON.
func (s *OwnershipRefresh) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *OwnershipRefresh) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("last_attempted_at")
		e.Int64(s.LastAttemptedAt)
	}
	{
		if s.NextRefreshAvailableAt.Set {
			e.FieldStart("next_refresh_available_at")
			s.NextRefreshAvailableAt.Encode(e)
		}
	}
	{
		e.FieldStart("status")
		s.Status.Encode(e)
	}
}

var jsonFieldsNameOfOwnershipRefresh = [3]string{
	0: "last_attempted_at",
	1: "next_refresh_available_at",
	2: "status",
}

// Encode writes TransactionRefresh as JSON.
func (s *TransactionRefresh) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s *TransactionRefresh) encodeFields(e *jx.Encoder) {
	{
		e.FieldStart("id")
		e.Str(s.ID)
	}
	{
		e.FieldStart("last_attempted_at")
		e.Int64(s.LastAttemptedAt)
	}
	{
		if s.NextRefreshAvailableAt.Set {
			e.FieldStart("next_refresh_available_at")
			s.NextRefreshAvailableAt.Encode(e)
		}
	}
	{
		e.FieldStart("status")
		s.Status.Encode(e)
	}
}

var jsonFieldsNameOfTransactionRefresh = [4]string{
	0: "id",
	1: "last_attempted_at",
	2: "next_refresh_available_at",
	3: "status",
}

// Encode writes AccountObject as JSON.
func (s AccountObject) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes AccountCategory as JSON.
func (s AccountCategory) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes AccountPermission as JSON.
func (s AccountPermission) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes AccountStatus as JSON.
func (s AccountStatus) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes AccountSubcategory as JSON.
func (s AccountSubcategory) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes AccountHolderType as JSON.
func (s AccountHolderType) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes BalanceType as JSON.
func (s BalanceType) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes PaymentMethodType as JSON.
func (s PaymentMethodType) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes RefreshStatus as JSON.
func (s RefreshStatus) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes SubscriptionFeature as JSON.
func (s SubscriptionFeature) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes AccountListObject as JSON.
func (s AccountListObject) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes ConnectedAccountObject as JSON.
func (s ConnectedAccountObject) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes CustomerObject as JSON.
func (s CustomerObject) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes AccountOwnershipObject as JSON.
func (s AccountOwnershipObject) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes AccountOwnerListObject as JSON.
func (s AccountOwnerListObject) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes AccountOwnerObject as JSON.
func (s AccountOwnerObject) Encode(e *jx.Encoder) {
	e.Str(string(s))
}

// Encode writes Amounts as JSON.
func (s Amounts) Encode(e *jx.Encoder) {
	e.ObjStart()
	s.encodeFields(e)
	e.ObjEnd()
}

// encodeFields writes the members.
func (s Amounts) encodeFields(e *jx.Encoder) {
	for k, elem := range s {
		e.FieldStart(k)
		e.Int64(elem)
	}
}

// Encode writes ConnectedAccountOrID as JSON.
func (s ConnectedAccountOrID) Encode(e *jx.Encoder) {
	switch s.Type {
	case StringConnectedAccountOrID:
		e.Str(s.String)
	case ConnectedAccountConnectedAccountOrID:
		s.ConnectedAccount.Encode(e)
	}
}

// Encode writes CustomerOrID as JSON.
func (s CustomerOrID) Encode(e *jx.Encoder) {
	switch s.Type {
	case StringCustomerOrID:
		e.Str(s.String)
	case CustomerCustomerOrID:
		s.Customer.Encode(e)
	}
}

// Encode writes AccountOwnershipOrID as JSON.
func (s AccountOwnershipOrID) Encode(e *jx.Encoder) {
	switch s.Type {
	case StringAccountOwnershipOrID:
		e.Str(s.String)
	case AccountOwnershipAccountOwnershipOrID:
		s.AccountOwnership.Encode(e)
	}
}

// Encode writes AccountHolder as JSON.
func (o OptNilAccountHolder) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes AccountOwnershipOrID as JSON.
func (o OptNilAccountOwnershipOrID) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes []AccountPermission as JSON.
func (o OptNilAccountPermissionArray) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	e.ArrStart()
	for _, elem := range o.Value {
		elem.Encode(e)
	}
	e.ArrEnd()
}

// Encode writes Amounts as JSON.
func (o OptNilAmounts) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes Balance as JSON.
func (o OptNilBalance) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes BalanceRefresh as JSON.
func (o OptNilBalanceRefresh) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes CashBalance as JSON.
func (o OptNilCashBalance) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes ConnectedAccountOrID as JSON.
func (o OptNilConnectedAccountOrID) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes CreditBalance as JSON.
func (o OptNilCreditBalance) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes CustomerOrID as JSON.
func (o OptNilCustomerOrID) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes int64 as JSON.
func (o OptNilInt64) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	e.Int64(int64(o.Value))
}

// Encode writes OwnershipRefresh as JSON.
func (o OptNilOwnershipRefresh) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}

// Encode writes string as JSON.
func (o OptNilString) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	e.Str(string(o.Value))
}

// Encode writes []SubscriptionFeature as JSON.
func (o OptNilSubscriptionFeatureArray) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	e.ArrStart()
	for _, elem := range o.Value {
		elem.Encode(e)
	}
	e.ArrEnd()
}

// Encode writes TransactionRefresh as JSON.
func (o OptNilTransactionRefresh) Encode(e *jx.Encoder) {
	if !o.Set {
		return
	}
	if o.Null {
		e.Null()
		return
	}
	o.Value.Encode(e)
}
