package codec

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
)

// The generated types as one would write them for go-json-experiment, with
// pointers for what may be missing and the text itself for what may be an id
// or an object. Fields have the names of those that they stand for.

type plainAccount struct {
	ID                          string             `json:"id"`
	Object                      string             `json:"object"`
	AccountHolder               *plainHolder       `json:"account_holder"`
	Balance                     *plainBalance      `json:"balance"`
	BalanceRefresh              *plainRefresh      `json:"balance_refresh"`
	Category                    string             `json:"category"`
	Created                     int64              `json:"created"`
	DisplayName                 *string            `json:"display_name"`
	InstitutionName             string             `json:"institution_name"`
	Last4                       *string            `json:"last4"`
	Livemode                    bool               `json:"livemode"`
	Ownership                   plainReference     `json:"ownership"`
	OwnershipRefresh            *plainRefresh      `json:"ownership_refresh"`
	Permissions                 *[]string          `json:"permissions"`
	Status                      string             `json:"status"`
	Subcategory                 string             `json:"subcategory"`
	Subscriptions               *[]string          `json:"subscriptions"`
	SupportedPaymentMethodTypes []string           `json:"supported_payment_method_types"`
	TransactionRefresh          *plainTransactions `json:"transaction_refresh"`
}

type plainHolder struct {
	Account  plainReference `json:"account"`
	Customer plainReference `json:"customer"`
	Type     string         `json:"type"`
}

type plainBalance struct {
	AsOf    int64            `json:"as_of"`
	Cash    *plainCash       `json:"cash"`
	Credit  *plainCredit     `json:"credit"`
	Current map[string]int64 `json:"current"`
	Type    string           `json:"type"`
}

type plainCash struct {
	Available *map[string]int64 `json:"available"`
}

type plainCredit struct {
	Used *map[string]int64 `json:"used"`
}

type plainRefresh struct {
	LastAttemptedAt        int64  `json:"last_attempted_at"`
	NextRefreshAvailableAt *int64 `json:"next_refresh_available_at"`
	Status                 string `json:"status"`
}

type plainTransactions struct {
	ID                     string `json:"id"`
	LastAttemptedAt        int64  `json:"last_attempted_at"`
	NextRefreshAvailableAt *int64 `json:"next_refresh_available_at"`
	Status                 string `json:"status"`
}

type plainList struct {
	Object  string         `json:"object"`
	Data    []plainAccount `json:"data"`
	HasMore bool           `json:"has_more"`
	URL     string         `json:"url"`
}

type plainSession struct {
	ID            string        `json:"id"`
	Object        string        `json:"object"`
	AccountHolder *plainHolder  `json:"account_holder"`
	Accounts      plainList     `json:"accounts"`
	ClientSecret  string        `json:"client_secret"`
	Filters       *plainFilters `json:"filters"`
	Livemode      bool          `json:"livemode"`
	Permissions   []string      `json:"permissions"`
	Prefetch      *[]string     `json:"prefetch"`
	ReturnURL     *string       `json:"return_url"`
}

type plainFilters struct {
	AccountSubcategories *[]string `json:"account_subcategories"`
	Countries            *[]string `json:"countries"`
}

// plainReference is an id or an object.
type plainReference struct{}

func (*plainReference) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	switch d.PeekKind() {
	case '"', '{', 'n', jsontext.KindInvalid:
		return d.SkipValue()
	}
	return errors.New("neither an id nor an object")
}

// pairs are generated types with their plain ones.
var pairs = []struct {
	name  string
	ours  func() object
	plain func() any
}{
	{"account", func() object { return new(fc.Account) }, func() any { return new(plainAccount) }},
	{"list", func() object { return new(fc.AccountList) }, func() any { return new(plainList) }},
	{"session", func() object { return new(fc.Session) }, func() any { return new(plainSession) }},
}

// object is what the package reads and writes, and encoding/json knows.
type object interface {
	json.Marshaler
	json.Unmarshaler
}

// sameValues holds a generated value against the plain one that was read from
// the same document, whose text says what was there.
func sameValues(t *testing.T, path string, ours, plain reflect.Value, text jsontext.Value) {
	t.Helper()
	if ours.Kind() == reflect.Pointer {
		require.False(t, ours.IsNil() || plain.IsNil(), path)
		sameValues(t, path, ours.Elem(), plain.Elem(), text)
		return
	}
	if plain.Kind() == reflect.Pointer {
		plain = plain.Elem()
	}
	switch {
	case isA(ours, "Expandable"):
		sameReference(t, path, ours, text)
	case ours.Kind() == reflect.Struct:
		sameStructs(t, path, ours, plain, text)
	case ours.Kind() == reflect.Slice:
		var items []jsontext.Value
		if text != nil && string(text) != "null" {
			require.NoError(t, json.Unmarshal(text, &items), path)
		}
		require.Equal(t, plain.Len(), ours.Len(), path)
		for i := range ours.Len() {
			sameValues(t, path+"[]", ours.Index(i), plain.Index(i), items[i])
		}
	case ours.Kind() == reflect.Map:
		require.Equal(t, plain.Len(), ours.Len(), path)
		for _, key := range ours.MapKeys() {
			require.True(t, plain.MapIndex(key).IsValid(), "%s has %q", path, key)
			sameValues(t, path, ours.MapIndex(key), plain.MapIndex(key), nil)
		}
	default:
		require.Equal(t, plain.Interface(), ours.Convert(plain.Type()).Interface(), path)
	}
}

// sameReference holds a reference against the text that it came as.
func sameReference(t *testing.T, path string, ours reflect.Value, text jsontext.Value) {
	t.Helper()
	var id struct {
		ID any `json:"id"`
	}
	if text.Kind() == '"' {
		require.NoError(t, json.Unmarshal(text, &id.ID), path)
	} else {
		var members map[string]any // its names are not folded
		require.NoError(t, json.Unmarshal(text, &members), path)
		id.ID = members["id"]
	}
	want, _ := id.ID.(string)
	require.Equal(t, want, ours.FieldByName("ID").String(), path)
}

func sameStructs(t *testing.T, path string, ours, plain reflect.Value, text jsontext.Value) {
	t.Helper()
	var members map[string]jsontext.Value
	if text != nil {
		require.NoError(t, json.Unmarshal(text, &members), path)
	}
	for i := range plain.NumField() {
		f := plain.Type().Field(i)
		name := f.Tag.Get("json")
		value, arrived := members[name]
		delete(members, name)
		have := ours.FieldByName(f.Name)
		switch isNull := string(value) == "null"; {
		case isA(have, "Optional"):
			require.Equal(t, stateOf(arrived, isNull), have.FieldByName("State").Interface(), path+"."+name)
			if have = have.FieldByName("Value"); !arrived || isNull {
				require.True(t, have.IsZero(), path+"."+name)
				continue
			}
		case !arrived || isNull:
			require.True(t, have.IsZero() || have.Kind() == reflect.Struct, path+"."+name) // a struct remembers it
			continue
		}
		sameValues(t, path+"."+name, have, plain.Field(i), value)
	}
	// What is left of the members is unknown to the document.
	kept := unknownMembers(ours.Addr().Interface())
	require.Equal(t, len(members), len(kept), path)
	for name, value := range members {
		require.Equal(t, string(value), string(kept[name]), "%s.%s", path, name)
	}
}

// isA tells whether a value is of a generic type.
func isA(v reflect.Value, generic string) bool {
	return strings.HasPrefix(v.Type().Name(), generic+"[")
}

func stateOf(arrived, null bool) fc.State {
	switch {
	case !arrived:
		return fc.StateAbsent
	case null:
		return fc.StateNull
	}
	return fc.StatePresent
}

// unknownMembers is fc.UnknownMembers for what reflection finds.
func unknownMembers(v any) map[string]fc.Raw {
	switch v := v.(type) {
	case *fc.Account:
		return fc.UnknownMembers(v)
	case *fc.AccountHolder:
		return fc.UnknownMembers(v)
	case *fc.AccountList:
		return fc.UnknownMembers(v)
	case *fc.Balance:
		return fc.UnknownMembers(v)
	case *fc.BalanceRefresh:
		return fc.UnknownMembers(v)
	case *fc.CashBalance:
		return fc.UnknownMembers(v)
	case *fc.CreditBalance:
		return fc.UnknownMembers(v)
	case *fc.OwnershipRefresh:
		return fc.UnknownMembers(v)
	case *fc.Session:
		return fc.UnknownMembers(v)
	case *fc.SessionFilters:
		return fc.UnknownMembers(v)
	case *fc.TransactionRefresh:
		return fc.UnknownMembers(v)
	}
	panic("a type that the test does not know")
}
