package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
)

// Document is a JSON text that the codecs read: an account or a list of them.
type Document struct {
	Name string
	JSON []byte
	List bool
}

// Documents returns every document that the codecs read, built from the same
// invented values each time.
func Documents() []Document {
	one, list, rich := linkedAccount(), accountList(100, 10), accountList(100, 1)
	return []Document{
		{"one-compact", compact(one), false},
		{"one-pretty", pretty(one, "  "), false},
		{"one-shuffled", compact(shuffled(one)), false},
		{"list-compact", compact(list), true},
		{"list-pretty", pretty(list, "    "), true},
		{"list-balances", compact(rich), true},
		{"list-shuffled", compact(shuffled(list)), true},
	}
}

// EncodeDocuments returns the documents that are read once and then written. Where
// an account has the id of a holder or an ownership, stripe-go writes a whole
// object, most of it empty, which is what its users get and pay for. The bare
// documents have no such ids, so that all codecs write about the same.
func EncodeDocuments() []Document {
	one, list := linkedAccount(), accountList(100, 10)
	documents := []Document{
		{"one", compact(one), false},
		{"list", compact(list), true},
	}
	one.withoutIDs()
	for _, account := range list.list("data") {
		account.(object).withoutIDs()
	}
	return append(documents,
		Document{"one-bare", compact(one), false},
		Document{"list-bare", compact(list), true},
	)
}

// ValidateDocuments returns the documents that are read once and then validated:
// an account with all it can have and a list, both valid, and the list with
// three mistakes in its fiftieth account: an unknown status, a subcategory that
// doesn't go with the category, and a refresh that is pending although there is
// a time for the next.
func ValidateDocuments() []Document {
	invalid := accountList(100, 10)
	account := invalid.list("data")[49].(object)
	account.set("status", "dormant")
	account.set("subcategory", "mortgage")
	account.set("balance_refresh", refresh(0).with("status", "pending"))
	return []Document{
		{"one", compact(variedAccount(0, true)), false},
		{"list", compact(accountList(100, 10)), true},
		{"invalid", compact(invalid), true},
	}
}

// object is a JSON object whose members have an order.
type object []member

type member struct {
	name  string
	value any // string, int64, bool, nil, literal, object or []any
}

// literal is JSON that is written as it is.
type literal string

func (o object) at(name string) *any {
	for i := range o {
		if o[i].name == name {
			return &o[i].value
		}
	}
	panic("no member " + name)
}

func (o object) set(name string, value any) { *o.at(name) = value }

func (o object) list(name string) []any { return (*o.at(name)).([]any) }

// with sets a member and returns the object.
func (o object) with(name string, value any) object {
	o.set(name, value)
	return o
}

func (o object) withoutIDs() {
	o.set("account_holder", object{{"type", "account"}})
	o.set("ownership", nil)
}

// linkedAccount is the account of testdata/examples/account_linked.json.
func linkedAccount() object {
	return object{
		{"id", "fca_1OakRowanChecking0001"},
		{"object", "linked_account"},
		{"account_holder", object{{"customer", "cus_OakWren00000001"}, {"type", "customer"}}},
		{"balance", nil},
		{"balance_refresh", nil},
		{"category", "cash"},
		{"created", int64(1700000000)},
		{"display_name", "Everyday Account"},
		{"institution_name", "Rowan Bank"},
		{"last4", "0042"},
		{"livemode", false},
		{"ownership", nil},
		{"ownership_refresh", nil},
		{"permissions", []any{}},
		{"status", "active"},
		{"subcategory", "checking"},
		{"subscriptions", []any{}},
		{"supported_payment_method_types", []any{"us_bank_account"}},
		{"transaction_refresh", nil},
	}
}

// accountList is a page of n accounts, one in every of which has a balance.
func accountList(n, every int) object {
	data := make([]any, n)
	for i := range data {
		data[i] = variedAccount(i, i%every == 0)
	}
	return object{
		{"object", "list"},
		{"data", data},
		{"has_more", true},
		{"url", "/v1/financial_connections/accounts"},
	}
}

var kinds = []struct{ category, subcategory, name string }{
	{"cash", "checking", "Everyday Account"},
	{"cash", "savings", "Rainy Day Savings"},
	{"credit", "credit_card", "Rowan Travel Card"},
	{"cash", "checking", "Haushaltskonto für Zürich"},
	{"credit", "mortgage", "Home Loan 2031"},
	{"investment", "other", "Index Portfolio"},
	{"cash", "other", "Prepaid Wallet"},
	{"cash", "savings", "Épargne"},
	{"credit", "line_of_credit", "Overdraft Reserve"},
	{"other", "other", "Community Fund"},
	{"cash", "checking", "Joint Account"},
}

var institutions = []string{"Rowan Bank", "Alder & Ash Credit Union", "First Hazel Savings", "Birchwood Trust"}

// variedAccount is the account at position i of a list. The numbers that decide
// what it has are relatively prime, so that few accounts are alike.
func variedAccount(i int, hasBalance bool) object {
	kind := kinds[i%len(kinds)]
	return object{
		{"id", fmt.Sprintf("fca_1OakRowanChecking%04d", i+1)},
		{"object", "financial_connections.account"},
		{"account_holder", holder(i)},
		{"balance", balance(i, kind.category, hasBalance)},
		{"balance_refresh", refresh(i)},
		{"category", kind.category},
		{"created", int64(1700000000 + 3671*i)},
		{"display_name", displayName(i, kind.name)},
		{"institution_name", institutions[i%len(institutions)]},
		{"last4", fmt.Sprintf("%04d", (i*7919+42)%10000)},
		{"livemode", i%2 == 0},
		{"ownership", ownership(i)},
		{"ownership_refresh", refresh(i + 1)},
		{"permissions", first(i%5, "balances", "ownership", "payment_method", "transactions")},
		{"status", []string{"active", "active", "active", "inactive", "active", "disconnected"}[i%6]},
		{"subcategory", kind.subcategory},
		{"subscriptions", first(i%2, "transactions")},
		{"supported_payment_method_types", first(1+i%2, "us_bank_account", "link")},
		{"transaction_refresh", append(object{{"id", fmt.Sprintf("fctxnref_OakRowan%08d", i+1)}}, refresh(i+2)...)},
	}
}

func holder(i int) object {
	if i%7 == 6 {
		return object{{"account", fmt.Sprintf("acct_1OakGrove%07d", i)}, {"type", "account"}}
	}
	return object{{"customer", fmt.Sprintf("cus_OakWren%08d", i)}, {"type", "customer"}}
}

// displayName is mostly plain, sometimes with characters outside ASCII, and now
// and then with escapes.
func displayName(i int, name string) any {
	switch i % 25 {
	case 3:
		return literal(`"The \"Household\" Account"`)
	case 13:
		return literal(`"Gr\u00fcne Anlage\/Reserve"`)
	case 23:
		return nil
	}
	return name
}

func ownership(i int) any {
	if i%3 != 0 {
		return nil
	}
	return fmt.Sprintf("fcaowns_OakSnapshot%05d", i)
}

func refresh(i int) object {
	r := object{
		{"last_attempted_at", int64(1700003600 + 61*i)},
		{"next_refresh_available_at", int64(1700090000 + 61*i)},
		{"status", "succeeded"},
	}
	switch i % 8 {
	case 3:
		r.set("status", "failed")
	case 5:
		r.with("status", "pending").set("next_refresh_available_at", nil)
	}
	return r
}

func balance(i int, category string, there bool) any {
	if !there {
		return nil
	}
	amount := int64(12345 + 9876*i)
	if category == "credit" {
		return object{
			{"as_of", int64(1700000050 + i)},
			{"credit", object{{"used", amounts(i, amount)}}},
			{"current", amounts(i, -amount)},
			{"type", "credit"},
		}
	}
	return object{
		{"as_of", int64(1700000050 + i)},
		{"cash", object{{"available", amounts(i, amount-100)}}},
		{"current", amounts(i, amount)},
		{"type", "cash"},
	}
}

// amounts has one currency, or sometimes two.
func amounts(i int, amount int64) object {
	if i%4 == 0 {
		return object{{"eur", amount / 2}, {"usd", amount}}
	}
	return object{{"usd", amount}}
}

func first(n int, values ...string) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = values[i]
	}
	return list
}

// shuffled returns the object with the members of every object in it in some
// other order, each in its own, and with members between those of the accounts
// that no codec knows.
func shuffled(o object) object {
	return shuffle(rand.New(rand.NewPCG(17, 4)), o)
}

func shuffle(r *rand.Rand, o object) object {
	mixed := make(object, 0, len(o)+4)
	known := false
	for _, m := range o {
		known = known || m.name == "institution_name"
		mixed = append(mixed, member{m.name, shuffleValue(r, m.value)})
	}
	if known {
		mixed = append(mixed, unknown(r)...)
	}
	r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	return mixed
}

func shuffleValue(r *rand.Rand, value any) any {
	switch v := value.(type) {
	case object:
		return shuffle(r, v)
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = shuffleValue(r, v[i])
		}
		return list
	}
	return value
}

// unknown makes the members that no codec knows: scalars, an object and an
// array with more inside.
func unknown(r *rand.Rand) object {
	return object{
		{"nickname", fmt.Sprintf("Acorn %d", r.IntN(1000))},
		{"risk_score", literal(fmt.Sprintf("0.%02d", r.IntN(100)))},
		{"branch", object{
			{"city", "Oakham"},
			{"codes", []any{int64(r.IntN(90000)), int64(r.IntN(90000))}},
			{"hours", object{{"saturday", nil}, {"weekday", "9-17"}}},
		}},
		{"labels", []any{"shared", object{{"weight", int64(r.IntN(9))}}, true}},
	}
}

func compact(o object) []byte { return appendJSON(nil, o) }

func pretty(o object, indent string) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, compact(o), "", indent); err != nil {
		panic(err)
	}
	out.WriteByte('\n')
	return out.Bytes()
}

func appendJSON(dst []byte, value any) []byte {
	switch v := value.(type) {
	case object:
		dst = append(dst, '{')
		for i, m := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendJSON(dst, m.name), ':')
			dst = appendJSON(dst, m.value)
		}
		return append(dst, '}')
	case []any:
		dst = append(dst, '[')
		for i := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendJSON(dst, v[i])
		}
		return append(dst, ']')
	case literal:
		return append(dst, v...)
	}
	return appendScalar(dst, value)
}

// appendScalar leaves &, < and > as they are, as servers do.
func appendScalar(dst []byte, value any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err)
	}
	return append(dst, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}
