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
var ruleTypes = map[string]func() interface {
	object
	Validate() error
}{
	"Account": func() interface {
		object
		Validate() error
	} {
		return new(Account)
	},
	"AccountHolder": func() interface {
		object
		Validate() error
	} {
		return new(AccountHolder)
	},
	"AccountListParams": func() interface {
		object
		Validate() error
	} {
		return new(AccountListParams)
	},
	"Balance": func() interface {
		object
		Validate() error
	} {
		return new(Balance)
	},
	"BalanceRefresh": func() interface {
		object
		Validate() error
	} {
		return new(BalanceRefresh)
	},
	"OwnershipRefresh": func() interface {
		object
		Validate() error
	} {
		return new(OwnershipRefresh)
	},
	"SessionCreateAccountHolder": func() interface {
		object
		Validate() error
	} {
		return new(SessionCreateAccountHolder)
	},
	"SessionCreateFilters": func() interface {
		object
		Validate() error
	} {
		return new(SessionCreateFilters)
	},
	"SessionFilters": func() interface {
		object
		Validate() error
	} {
		return new(SessionFilters)
	},
	"TransactionRefresh": func() interface {
		object
		Validate() error
	} {
		return new(TransactionRefresh)
	},
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
		require.NoError(t, unmarshalObject(instance, v), "%s", instance)
		require.NoError(t, v.Validate(), "%s", instance)
	}
	for _, test := range file.Invalid {
		v := newValue()
		err := unmarshalObject(test.Instance, v)
		if test.Decode {
			require.Error(t, err, "%s", test.Instance)
			continue
		}
		require.NoError(t, err, "%s", test.Instance)
		var invalid *ValidationError
		require.True(t, errors.As(v.Validate(), &invalid), "%s", test.Instance)
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
