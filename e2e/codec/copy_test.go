package codec

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
)

// richText has members of every kind, some that no field is for, and some that
// are null or missing.
const richText = `{"id":"fca_1","object":"financial_connections.account","account_holder":{"customer":{"id":"cus_1","name":"Wren"},"type":"customer","h":1},` +
	`"balance":{"as_of":1,"cash":{"available":{"usd":1,"eur":2},"c":[1]},"current":{"usd":3},"type":"cash"},"category":null,"created":1,"display_name":null,` +
	`"permissions":["balances","other"],"status":"active","supported_payment_method_types":["link"],"new":{"a":1},"later":[1,2]}`

// Two readings of a document are deeply equal, which is what reflect, testify
// and most other tools compare by.
func TestDeepEqual(t *testing.T) {
	for name, document := range examples(t) {
		for _, pair := range pairs {
			one, two := pair.ours(), pair.ours()
			if json.Unmarshal(document, one) != nil {
				continue
			}
			require.NoError(t, json.Unmarshal(document, two))
			require.True(t, reflect.DeepEqual(one, two), name)
			require.Equal(t, one, two, name)
		}
	}
	one, two := account(t, richText), account(t, richText)
	require.Equal(t, one, two)
	two.Balance.Value.Current["usd"]++
	var said recorder
	require.False(t, assert.Equal(&said, one, two))
	require.Contains(t, said.text, `(string) (len=3) "usd": (int64) 4`) // and says where
}

// recorder keeps what an assertion says.
type recorder struct{ text string }

func (r *recorder) Errorf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) }

// The options for go-cmp that docs/package.md names.
var (
	byPointer = cmp.Comparer(fc.Equal)
	byValue   = cmp.Comparer(func(a, b fc.Account) bool { return fc.Equal(&a, &b) })
	allFields = cmp.Exporter(func(reflect.Type) bool { return true })
)

// go-cmp compares generated objects with one option, be they behind pointers or
// values, by themselves or within others, and panics without any.
func TestCmp(t *testing.T) {
	require.Panics(t, func() { cmp.Equal(account(t, richText), account(t, richText)) })
	change := map[string]func(a *fc.Account){
		"":               func(a *fc.Account) {},
		"a field":        func(a *fc.Account) { a.ID = "b" },
		"a state":        func(a *fc.Account) { a.DisplayName = fc.Optional[string]{} },
		"a plain field":  func(a *fc.Account) { a.Category = "cash" },
		"a map":          func(a *fc.Account) { a.Balance.Value.Current["usd"]++ },
		"a list":         func(a *fc.Account) { a.Permissions.Value[1] = "x" },
		"an unknown":     func(a *fc.Account) { require.NoError(t, fc.SetUnknownMember(a, "new", fc.Raw("2"))) },
		"a deep unknown": func(a *fc.Account) { require.NoError(t, fc.SetUnknownMember(a.Balance.Value.Cash.Value, "c", nil)) },
	}
	type box struct {
		Value   fc.Account
		Pointer *fc.Account
		List    []fc.Account
		Map     map[string]*fc.Account
	}
	for name, change := range change {
		a, b := account(t, richText), account(t, richText)
		change(&b)
		same := name == ""
		require.Equal(t, same, fc.Equal(&a, &b), name)
		for _, option := range []cmp.Option{cmp.Options{byPointer, byValue}, allFields} {
			require.Equal(t, same, cmp.Equal(&a, &b, option), name)
			require.Equal(t, same, cmp.Equal(a, b, option), name)
			x, y := box{a, &a, []fc.Account{a}, map[string]*fc.Account{"k": &a}}, box{b, &b, []fc.Account{b}, map[string]*fc.Account{"k": &b}}
			require.Equal(t, same, cmp.Equal(x, y, option), name)
			require.Equal(t, same, cmp.Diff(x, y, option) == "", name)
		}
		if !same {
			require.NotEmpty(t, cmp.Diff(a, b, allFields), name)
		}
	}
	// The order of unknown members, the spelling of numbers and what Expanded
	// remembers do not count.
	a, b := account(t, richText), account(t, strings.Replace(strings.Replace(richText, `"new":{"a":1},`, "", 1), `{"id":"fca_1"`, `{"new":{ "a":1.0 },"id":"fca_1"`, 1))
	_, err := fc.Expanded(b.AccountHolder.Value.Customer.Value)
	require.NoError(t, err)
	require.True(t, cmp.Equal(&a, &b, byPointer))
	require.True(t, cmp.Equal(a, b, byValue))
	require.False(t, cmp.Equal(&a, new(fc.Account), byPointer))
	require.True(t, cmp.Equal((*fc.Account)(nil), nil, byPointer) == cmp.Equal((*fc.Account)(nil), nil))
}

// A copy by assignment has members of its own as far as Go copies them: what is
// unknown is set for one alone, lists, maps and pointers are shared.
func TestAssignedCopy(t *testing.T) {
	a := account(t, richText)
	before, err := json.Marshal(a)
	require.NoError(t, err)
	b := a
	b.ID = "b"
	b.DisplayName = fc.String("b")
	b.Category = "cash"
	require.NoError(t, fc.SetUnknownMember(&b, "new", fc.Raw(`"b"`)))
	require.NoError(t, fc.SetUnknownMember(&b, "later", nil))
	require.NoError(t, fc.SetUnknownMember(&b, "more", fc.Raw("1")))
	after, err := json.Marshal(a)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	// What is handed out is a copy too.
	unknown := fc.UnknownMembers(&a)
	unknown["new"][0] = 'x'
	delete(unknown, "later")
	after, err = json.Marshal(a)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	require.Same(t, a.Balance.Value, b.Balance.Value)
}

// copies are the ways to copy all of an object.
var copies = map[string]func(t *testing.T, a *fc.Account) *fc.Account{
	"by JSON": func(t *testing.T, a *fc.Account) *fc.Account {
		out, err := json.Marshal(a)
		require.NoError(t, err)
		var b fc.Account
		require.NoError(t, json.Unmarshal(out, &b))
		return &b
	},
	"by the package": func(t *testing.T, a *fc.Account) *fc.Account {
		out, err := fc.Marshal(a)
		require.NoError(t, err)
		var b fc.Account
		require.NoError(t, fc.Unmarshal(out, &b))
		return &b
	},
	"by reflection": func(t *testing.T, a *fc.Account) *fc.Account {
		return deepCopy(reflect.ValueOf(a)).Interface().(*fc.Account)
	},
}

// deepCopy copies as tools by reflection do: a struct by assignment, and then
// what its exported fields lead to.
func deepCopy(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(deepCopy(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				out.Index(i).Set(deepCopy(v.Index(i)))
			}
		}
	case reflect.Map:
		if !v.IsNil() {
			out.Set(reflect.MakeMap(v.Type()))
			for _, key := range v.MapKeys() {
				out.SetMapIndex(key, deepCopy(v.MapIndex(key)))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out.Field(i).Set(deepCopy(v.Field(i)))
			}
		}
	}
	return out
}

// A deep copy is equal to the original, and what is done to it, fields, lists,
// maps, nested objects and unknown members, leaves the original alone.
func TestDeepCopy(t *testing.T) {
	for name, deepCopy := range copies {
		t.Run(name, func(t *testing.T) {
			a := account(t, richText)
			before, err := json.Marshal(a)
			require.NoError(t, err)
			b := deepCopy(t, &a)
			require.True(t, fc.Equal(&a, b))
			out, err := json.Marshal(b)
			require.NoError(t, err)
			require.Equal(t, string(before), string(out))

			b.ID, b.Category = "b", "other"
			b.Permissions.Value[0] = "x"
			b.Permissions.Value = append(b.Permissions.Value, "y")
			b.SupportedPaymentMethodTypes = append(b.SupportedPaymentMethodTypes[:0], "z")
			b.Balance.Value.AsOf = 9
			b.Balance.Value.Current["usd"] = 9
			b.Balance.Value.Cash.Value.Available.Value["gbp"] = 9
			b.AccountHolder.Value.Customer = fc.Some(fc.Ref[*fc.Customer]("cus_9"))
			require.NoError(t, fc.SetUnknownMember(b, "new", fc.Raw(`9`)))
			require.NoError(t, fc.SetUnknownMember(b.Balance.Value.Cash.Value, "c", fc.Raw(`9`)))
			require.NoError(t, fc.SetUnknownMember(b.AccountHolder.Value, "h", nil))
			require.False(t, fc.Equal(&a, b))
			after, err := json.Marshal(a)
			require.NoError(t, err)
			require.Equal(t, string(before), string(after))
		})
	}
}
