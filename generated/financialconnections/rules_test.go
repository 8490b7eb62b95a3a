package financialconnections

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// ruleTypes are the types that testdata/rules has instances of.
var ruleTypes = map[string]func() object{
	"Account":                    func() object { return new(Account) },
	"AccountHolder":              func() object { return new(AccountHolder) },
	"AccountListParams":          func() object { return new(AccountListParams) },
	"Balance":                    func() object { return new(Balance) },
	"BalanceRefresh":             func() object { return new(BalanceRefresh) },
	"OwnershipRefresh":           func() object { return new(OwnershipRefresh) },
	"SessionCreateAccountHolder": func() object { return new(createHolder) },
	"SessionCreateFilters":       func() object { return new(createFilters) },
	"SessionFilters":             func() object { return new(SessionFilters) },
	"TransactionRefresh":         func() object { return new(TransactionRefresh) },
}

// Structs within parameters are described by the table of what holds them.
type (
	createHolder  SessionCreateAccountHolder
	createFilters SessionCreateFilters
)

func (*createHolder) table() *descriptor  { return memberOf(new(SessionCreateParams), "account_holder") }
func (*createFilters) table() *descriptor { return memberOf(new(SessionCreateParams), "filters") }

func memberOf(o object, name string) *descriptor {
	return builtTable(o).field(name).sub.(object).table()
}

type ruleFile struct {
	Rule    string
	GoType  string
	Valid   []json.RawMessage
	Invalid []struct {
		Instance      json.RawMessage
		Path, Keyword string
		Decode        bool // decoding refuses it already
	}
}

// The same files go through a JSON Schema validator in the tests of spec/, so
// that the two can't disagree.
func TestRules(t *testing.T) {
	files, err := filepath.Glob("../../testdata/rules/*.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), 10)
	for _, name := range files {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		var file ruleFile
		require.NoError(t, json.Unmarshal(data, &file), name)
		t.Run(filepath.Base(name), func(t *testing.T) { checkRule(t, file) })
	}
}

func checkRule(t *testing.T, file ruleFile) {
	newValue := ruleTypes[file.GoType]
	require.NotNil(t, newValue, file.GoType)
	for _, instance := range file.Valid {
		v := newValue()
		require.NoError(t, Unmarshal(instance, v), "%s", instance)
		require.NoError(t, Validate(v), "%s", instance)
	}
	for _, test := range file.Invalid {
		v := newValue()
		err := Unmarshal(test.Instance, v)
		if test.Decode {
			require.Error(t, err, "%s", test.Instance)
			continue
		}
		require.NoError(t, err, "%s", test.Instance)
		var invalid *ValidationError
		require.True(t, errors.As(Validate(v), &invalid), "%s", test.Instance)
		require.Contains(t, places(invalid), place{test.Path, test.Keyword}, "%s: %v", test.Instance, invalid)
	}
}

type place struct{ path, keyword string }

func places(err *ValidationError) []place {
	var out []place
	for _, v := range err.Violations {
		out = append(out, place{v.Path, v.Keyword})
	}
	return out
}
