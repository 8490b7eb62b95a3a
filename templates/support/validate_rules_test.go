package support

import (
	"reflect"
	"testing"
)

// The rules that the documentation of accounts and sessions states in prose,
// as JSON Schema.
const (
	vdAccountSchema = `{
	"type": "object",
	"required": ["id", "created", "category", "subcategory"],
	"properties": {
		"id": {"type": "string"},
		"created": {"type": "integer", "minimum": 0},
		"category": {"enum": ["cash", "credit", "investment", "other"]},
		"subcategory": {"type": "string"},
		"last4": {"type": ["string", "null"], "pattern": "^[0-9]{4}$"},
		"account_holder": {"anyOf": [{"$ref": "#/$defs/holder"}, {"type": "null"}]},
		"balance": {"anyOf": [{"$ref": "#/$defs/balance"}, {"type": "null"}]},
		"balance_refresh": {"anyOf": [{"$ref": "#/$defs/refresh"}, {"type": "null"}]},
		"permissions": {"type": ["array", "null"], "uniqueItems": true, "items": {"enum": ["balances", "ownership", "payment_method", "transactions"]}}
	},
	"allOf": [
		{"if": {"properties": {"category": {"const": "cash"}}}, "then": {"properties": {"subcategory": {"enum": ["checking", "savings", "other"]}}}},
		{"if": {"properties": {"category": {"const": "credit"}}}, "then": {"properties": {"subcategory": {"enum": ["mortgage", "line_of_credit", "credit_card", "other"]}}}},
		{"if": {"properties": {"category": {"enum": ["investment", "other"]}}}, "then": {"properties": {"subcategory": {"const": "other"}}}}
	],
	"$defs": {
		"holder": {
			"type": "object",
			"required": ["type"],
			"properties": {
				"type": {"enum": ["account", "customer"]},
				"account": {"anyOf": [{"type": ["string", "null"]}, {"$ref": "#"}]},
				"customer": {"type": ["string", "object", "null"]}
			},
			"allOf": [
				{"if": {"properties": {"type": {"const": "account"}}}, "else": {"properties": {"account": {"type": "null"}}}},
				{
					"if": {"properties": {"type": {"const": "customer"}}},
					"then": {"required": ["customer"], "properties": {"customer": {"not": {"type": "null"}}}},
					"else": {"properties": {"customer": {"type": "null"}}}
				}
			]
		},
		"balance": {
			"type": "object",
			"required": ["as_of", "current", "type"],
			"properties": {
				"as_of": {"type": "integer"},
				"type": {"enum": ["cash", "credit"]},
				"cash": {"anyOf": [{"$ref": "#/$defs/funds"}, {"type": "null"}]},
				"credit": {"anyOf": [{"$ref": "#/$defs/funds"}, {"type": "null"}]},
				"current": {"$ref": "#/$defs/amounts", "additionalProperties": {"maximum": 1000000000000}}
			},
			"allOf": [
				{"if": {"properties": {"type": {"const": "cash"}}}, "then": {"required": ["cash"], "properties": {"cash": {"type": "object"}}}, "else": {"properties": {"cash": {"type": "null"}}}},
				{"if": {"properties": {"type": {"const": "credit"}}}, "then": {"required": ["credit"], "properties": {"credit": {"type": "object"}}}, "else": {"properties": {"credit": {"type": "null"}}}}
			]
		},
		"funds": {"type": "object", "properties": {"available": {"anyOf": [{"$ref": "#/$defs/amounts"}, {"type": "null"}]}}},
		"amounts": {"type": "object", "propertyNames": {"pattern": "^[a-z]{3}$"}, "additionalProperties": {"type": "integer"}},
		"refresh": {
			"type": "object",
			"required": ["last_attempted_at", "status"],
			"properties": {"last_attempted_at": {"type": "integer"}, "next_refresh_available_at": {"type": ["integer", "null"]}, "status": {"type": "string"}},
			"if": {"properties": {"status": {"const": "pending"}}},
			"then": {"properties": {"next_refresh_available_at": {"type": "null"}}}
		}
	}
}`

	vdListSchema = `{
	"properties": {
		"account_holder": {"oneOf": [{"required": ["account"]}, {"required": ["customer"]}]},
		"limit": {"type": "integer", "minimum": 1, "maximum": 100},
		"order": {"enum": ["asc", "desc"]}
	},
	"not": {"required": ["account_holder", "session"]}
}`

	vdSessionSchema = `{
	"required": ["permissions"],
	"properties": {
		"permissions": {"minItems": 1, "maxItems": 4, "uniqueItems": true, "items": {"enum": ["balances", "ownership", "payment_method", "transactions"]}},
		"filters": {"properties": {
			"account_subcategories": {"items": {"enum": ["checking", "credit_card", "line_of_credit", "mortgage", "savings"]}},
			"countries": {"items": {"pattern": "^[A-Z]{2}$"}}
		}},
		"return_url": {"maxLength": 20},
		"metadata": {"maxProperties": 3, "propertyNames": {"maxLength": 4}, "additionalProperties": {"maxLength": 5}}
	},
	"dependentRequired": {"return_url": ["metadata"]}
}`
)

const vdPlain = `"id":"fca_1","created":1,"category":"cash","subcategory":"checking"`

// TestRulesOfObjects holds instances that keep and break each rule, with what
// is reported, and asks a JSON Schema validator whether it agrees.
func TestRulesOfObjects(t *testing.T) {
	tests := []struct{ instance, want string }{
		{`{` + vdPlain + `}`, ``},
		{`{}`, `id: is required; created: is required; category: is required; subcategory: is required`},
		{`{` + vdPlain + `,"surprise":{"any":[1]}}`, ``},
		{`{` + vdPlain + `,"id":null}`, `id: must not be null`},

		// 2. account only when type is account; customer if and only if type is customer.
		{`{` + vdPlain + `,"account_holder":null}`, ``},
		{`{` + vdPlain + `,"account_holder":{"type":"account","account":"acct_1"}}`, ``},
		{`{` + vdPlain + `,"account_holder":{"type":"account","account":{` + vdPlain + `}}}`, ``},
		{`{` + vdPlain + `,"account_holder":{"type":"account"}}`, ``},
		{`{` + vdPlain + `,"account_holder":{"type":"customer","customer":"cus_1","account":null}}`, ``},
		{`{` + vdPlain + `,"account_holder":{"type":"customer","customer":{"id":"cus_1"}}}`, ``},
		{`{` + vdPlain + `,"account_holder":{"type":"customer"}}`, `account_holder.customer: is required`},
		{`{` + vdPlain + `,"account_holder":{"type":"customer","customer":null}}`, `account_holder.customer: must not be null`},
		{`{` + vdPlain + `,"account_holder":{"type":"customer","customer":"cus_1","account":"acct_1"}}`, `account_holder.account: account is only for the type account`},
		{`{` + vdPlain + `,"account_holder":{"type":"account","customer":"cus_1"}}`, `account_holder.customer: must be null`},
		{`{` + vdPlain + `,"account_holder":{"type":"other"}}`, `account_holder.type: must be one of "account", "customer"`},
		{`{` + vdPlain + `,"account_holder":{"type":"account","account":{"id":"a","created":-1,"category":"cash","subcategory":"other"}}}`, `account_holder.account.created: must be at least 0`},

		// 3. cash only when type is cash, credit likewise, and the named one is there.
		{`{` + vdPlain + `,"balance":{"as_of":1,"type":"cash","cash":{"available":{"usd":-5}},"current":{"usd":1,"eur":2}}}`, ``},
		{`{` + vdPlain + `,"balance":{"as_of":1,"type":"credit","credit":{},"cash":null,"current":{}}}`, ``},
		{`{` + vdPlain + `,"balance":{"as_of":1,"type":"cash","current":{}}}`, `balance.cash: is required`},
		{`{` + vdPlain + `,"balance":{"as_of":1,"type":"cash","cash":null,"current":{}}}`, `balance.cash: must not be null`},
		{`{` + vdPlain + `,"balance":{"as_of":1,"type":"cash","cash":{},"credit":{},"current":{}}}`, `balance.credit: must be null`},
		{`{` + vdPlain + `,"balance":{"as_of":1,"type":"credit","cash":{},"current":{}}}`, `balance.cash: must be null; balance.credit: is required`},

		// 4. next_refresh_available_at is null while status is pending.
		{`{` + vdPlain + `,"balance_refresh":{"last_attempted_at":1,"status":"pending"}}`, ``},
		{`{` + vdPlain + `,"balance_refresh":{"last_attempted_at":1,"status":"pending","next_refresh_available_at":null}}`, ``},
		{`{` + vdPlain + `,"balance_refresh":{"last_attempted_at":1,"status":"succeeded","next_refresh_available_at":2}}`, ``},
		{`{` + vdPlain + `,"balance_refresh":{"last_attempted_at":1,"status":"pending","next_refresh_available_at":2}}`, `balance_refresh.next_refresh_available_at: must be null`},

		// 5. subcategory by category.
		{`{"id":"","created":0,"category":"credit","subcategory":"mortgage"}`, ``},
		{`{"id":"","created":0,"category":"investment","subcategory":"other"}`, ``},
		{`{"id":"","created":0,"category":"cash","subcategory":"mortgage"}`, `subcategory: must be one of "checking", "savings", "other"`},
		{`{"id":"","created":0,"category":"credit","subcategory":"checking"}`, `subcategory: must be one of "mortgage", "line_of_credit", "credit_card", "other"`},
		{`{"id":"","created":0,"category":"other","subcategory":"checking"}`, `subcategory: must be "other"`},
		{`{"id":"","created":0,"category":"new","subcategory":"checking"}`, `category: must be one of "cash", "credit", "investment", "other"`},

		// 6. last4 is exactly four digits.
		{`{` + vdPlain + `,"last4":"0042"}`, ``},
		{`{` + vdPlain + `,"last4":null}`, ``},
		{`{` + vdPlain + `,"last4":"042"}`, `last4: must match ^[0-9]{4}$`},
		{`{` + vdPlain + `,"last4":"00042"}`, `last4: must match ^[0-9]{4}$`},

		// 7. Currency keys are three lower-case letters, values are integers.
		{`{` + vdPlain + `,"balance":{"as_of":1,"type":"cash","cash":{},"current":{"undefined":1,"USD":2,"usd":3}}}`,
			`balance.current.USD: has a name that is not allowed: it must match ^[a-z]{3}$; balance.current.undefined: has a name that is not allowed: it must match ^[a-z]{3}$`},
		{`{` + vdPlain + `,"balance":{"as_of":1,"type":"cash","cash":{"available":{"u s":1}},"current":{}}}`,
			`balance.cash.available["u s"]: has a name that is not allowed: it must match ^[a-z]{3}$`},
		{`{` + vdPlain + `,"balance":{"as_of":1,"type":"cash","cash":{},"current":{"usd":1000000000001,"eur":1000000000000,"aed":1000000000002}}}`,
			`balance.current.aed: must be at most 1000000000000; balance.current.usd: must be at most 1000000000000`},

		// 10. Timestamps are seconds since 1970.
		{`{"id":"","created":-1,"category":"other","subcategory":"other"}`, `created: must be at least 0`},

		{`{` + vdPlain + `,"permissions":["balances","ownership"]}`, ``},
		{`{` + vdPlain + `,"permissions":["balances","balances"]}`, `permissions: must not have equal items`},
		{`{` + vdPlain + `,"permissions":["balances","balance"]}`, `permissions[1]: must be one of "balances", "ownership", "payment_method", "transactions"`},
	}
	oracle := vdOracle(t, vdAccountSchema)
	for _, test := range tests {
		var account vdAccount
		if err := decode([]byte(test.instance), &account, nil); err != nil {
			t.Fatalf("%v in %s", err, test.instance)
		}
		if err := expandAll(reflect.ValueOf(&account)); err != nil {
			t.Fatalf("%v in %s", err, test.instance)
		}
		vdExpect(t, test.instance, Validate(&account), test.want)
		if got, want := isValid(&vdAccountTable, pointerOf(&account)), test.want == ""; got != want {
			t.Errorf("the quick way says %v: %s", got, test.instance)
		}
		if got, want := test.want == "", oracle(vdLast(t, test.instance)); got != want {
			t.Errorf("valid is %v, the oracle says %v: %s", got, want, test.instance)
		}
	}
}

// vdLast writes an instance again with the last of repeated members only.
func vdLast(t *testing.T, instance string) string { return vdText(vdRead(t, instance)) }

func vdExpect(t *testing.T, what string, err error, want string) {
	t.Helper()
	got := ""
	if err != nil {
		got = err.Error()
	}
	if got != want {
		t.Errorf("%s\ngot  %s\nwant %s", what, got, want)
	}
}

func TestRulesOfParameters(t *testing.T) {
	holder := func(account, customer string) vdHolderFilter { return vdHolderFilter{account, customer} }
	permissions := []string{"balances"}
	tests := []struct {
		params             object
		schema, same, want string
	}{
		// 1. At most one of account, customer and session.
		{&vdListParams{}, vdListSchema, `{}`, ``},
		{(*vdListParams)(nil), vdListSchema, `{}`, ``},
		{&vdListParams{Session: "s"}, vdListSchema, `{"session":"s"}`, ``},
		{&vdListParams{AccountHolder: holder("a", "")}, vdListSchema, `{"account_holder":{"account":"a"}}`, ``},
		{&vdListParams{AccountHolder: holder("a", "c")}, vdListSchema, `{"account_holder":{"account":"a","customer":"c"}}`, `account_holder: must have exactly one of: account, customer`},
		{&vdListParams{AccountHolder: holder("a", ""), Session: "s"}, vdListSchema, `{"account_holder":{"account":"a"},"session":"s"}`, `must not have account_holder together with session`},

		// 9. limit is 1 to 100.
		{&vdListParams{Limit: Int(1)}, vdListSchema, `{"limit":1}`, ``},
		{&vdListParams{Limit: Int(100)}, vdListSchema, `{"limit":100}`, ``},
		{&vdListParams{Limit: Int(0)}, vdListSchema, `{"limit":0}`, `limit: must be at least 1`},
		{&vdListParams{Limit: Int(101), Order: "up"}, vdListSchema, `{"limit":101,"order":"up"}`, `limit: must be at most 100; order: must be one of "asc", "desc"`},

		// 8. The filters' subcategories exclude other.
		{&vdSessionParams{Permissions: permissions, Filters: vdFilters{Subcategories: []string{"checking"}, Countries: []string{"US"}}}, vdSessionSchema,
			`{"permissions":["balances"],"filters":{"account_subcategories":["checking"],"countries":["US"]}}`, ``},
		{&vdSessionParams{Permissions: permissions, Filters: vdFilters{Subcategories: []string{"checking", "other"}, Countries: []string{"us"}}}, vdSessionSchema,
			`{"permissions":["balances"],"filters":{"account_subcategories":["checking","other"],"countries":["us"]}}`,
			`filters.account_subcategories[1]: must be one of "checking", "credit_card", "line_of_credit", "mortgage", "savings"; filters.countries[0]: must match ^[A-Z]{2}$`},

		{(*vdSessionParams)(nil), vdSessionSchema, `{}`, `permissions: is required`},
		{&vdSessionParams{}, vdSessionSchema, `{}`, `permissions: is required`},
		{&vdSessionParams{Permissions: []string{"balances", "balances"}}, vdSessionSchema, `{"permissions":["balances","balances"]}`, `permissions: must not have equal items`},
		{&vdSessionParams{Permissions: permissions, ReturnURL: String("https://example.com")}, vdSessionSchema, `{"permissions":["balances"],"return_url":"https://example.com"}`, `metadata: is required beside return_url`},
		{&vdSessionParams{Permissions: permissions, Metadata: map[string]string{"a": "12345", "bcde": ""}}, vdSessionSchema, `{"permissions":["balances"],"metadata":{"a":"12345","bcde":""}}`, ``},
		{&vdSessionParams{Permissions: permissions, Metadata: map[string]string{"a b": "123456", "bcdef": ""}}, vdSessionSchema, `{"permissions":["balances"],"metadata":{"a b":"123456","bcdef":""}}`,
			`metadata.bcdef: has a name that is not allowed: it must be at most 4 characters long; metadata["a b"]: must be at most 5 characters long`},
		{&vdSessionParams{Permissions: permissions, Metadata: map[string]string{"a": "", "b": "", "c": "", "d": ""}}, vdSessionSchema, `{"permissions":["balances"],"metadata":{"a":"","b":"","c":"","d":""}}`,
			`metadata: must have at most 3 members`},
	}
	for _, test := range tests {
		vdExpect(t, test.same, Validate(test.params), test.want)
		if got, want := test.want == "", vdOracle(t, test.schema)(test.same); got != want {
			t.Errorf("valid is %v, the oracle says %v: %s", got, want, test.same)
		}
	}
}
