package codec

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	experiment "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
)

// maxDepth is how deep a document may nest here.
const maxDepth = 1000

// isJSON asks go-json-experiment, which is as strict as the package is but for
// the depth, and for names that are there twice.
func isJSON(data []byte) bool {
	return jsontext.Value(data).IsValid(jsontext.AllowDuplicateNames(true)) && depth(data) <= maxDepth
}

// depth is how deep a valid document nests.
func depth(data []byte) int {
	deepest, d := 0, jsontext.NewDecoder(bytes.NewReader(data), jsontext.AllowDuplicateNames(true))
	for {
		if _, err := d.ReadToken(); err != nil {
			return deepest
		}
		deepest = max(deepest, d.StackDepth())
	}
}

// addSeeds gives a fuzz target the cases of testdata/syntax.txt, each set into
// some document, and the documents of testdata/examples.
func addSeeds(f *testing.F, around ...string) {
	for _, c := range syntaxCases(f) {
		if len(c.text) > 10000 {
			continue
		}
		for _, document := range around {
			f.Add([]byte(strings.Replace(document, "%", c.text, 1)))
		}
	}
	for _, document := range examples(f) {
		f.Add(document)
	}
}

func examples(tb testing.TB) map[string][]byte {
	tb.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "..", "testdata", "examples", "*.json"))
	require.NoError(tb, err)
	require.Greater(tb, len(paths), 10)
	documents := map[string][]byte{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(tb, err)
		documents[filepath.Base(path)] = data
	}
	return documents
}

// FuzzSyntax: what is JSON to the package is so to go-json-experiment, and the
// other way round; to encoding/json it is JSON too.
func FuzzSyntax(f *testing.F) {
	addSeeds(f, "%")
	f.Fuzz(func(t *testing.T, data []byte) {
		if data == nil {
			return // it would remove the member
		}
		var account fc.Account
		err := fc.SetUnknownMember(&account, "x", data)
		if want := isJSON(data); (err == nil) != want {
			t.Fatalf("%v, want %v", err, want)
		}
		if err != nil {
			return
		}
		require.True(t, json.Valid(data) && utf8.Valid(data))
		out, err := json.Marshal(account)
		require.NoError(t, err)
		require.True(t, isJSON(out), "wrote %s", out)
	})
}

// FuzzValues: the package reads from a document what go-json-experiment reads
// into plain structs; and where one of them refuses, it is for a reason that
// the other knows nothing of.
func FuzzValues(f *testing.F) {
	addSeeds(f, `{"id":%}`, `{"livemode":%,"x":1}`, `{"x":%,"display_name":%}`, `{"data":[%]}`, `{"balance":{"as_of":%,"current":{"usd":%}}}`, `{"account_holder":%}`, `{"permissions":[%]}`, `{"ownership":%}`)
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, pair := range pairs {
			sameReading(t, data, pair.ours(), pair.plain())
		}
	})
}

func sameReading(t *testing.T, data []byte, ours object, plain any) {
	t.Helper()
	err := ours.UnmarshalJSON(data)
	again := experiment.Unmarshal(data, plain)
	var ourFailure *fc.DecodeError
	switch {
	case !isJSON(data):
		require.Error(t, err)
	case bytes.Equal(bytes.TrimSpace(data), []byte("null")):
		require.NoError(t, err) // and nothing changed
	case err == nil && again == nil:
		sameValues(t, "", reflect.ValueOf(ours), reflect.ValueOf(plain), data)
	case err == nil:
		require.True(t, knownToExperiment(again), "only go-json-experiment refuses %s: %v", data, again)
	case again == nil:
		require.ErrorAs(t, err, &ourFailure)
		require.Contains(t, ourFailure.Reason, "have null", "only the package refuses %s", data)
	default:
		require.ErrorAs(t, err, &ourFailure)
	}
}

// knownToExperiment tells whether go-json-experiment refuses what the package
// takes on purpose: names that are there twice, and integers that are written as
// 1.0 or 1e2.
func knownToExperiment(err error) bool {
	if errors.Is(err, jsontext.ErrDuplicateName) {
		return true
	}
	var failure *experiment.SemanticError
	return errors.As(err, &failure) && (failure.JSONKind == '0' && (failure.GoType.Kind() == reflect.Int64))
}

// FuzzRoundTrip: what was read is written as the same JSON, members that have no
// field included, and reads as the same value.
func FuzzRoundTrip(f *testing.F) {
	addSeeds(f, `{"id":%}`, `{"x":%}`, `{"created":%,"y":[%]}`, `{"data":[{"z":%}]}`, `{"ownership":%}`, `{"account_holder":{"customer":%}}`)
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, pair := range pairs {
			ours, second, third := pair.ours(), pair.ours(), pair.ours()
			if bytes.Equal(bytes.TrimSpace(data), []byte("null")) || ours.UnmarshalJSON(data) != nil {
				continue
			}
			out, err := ours.MarshalJSON()
			require.NoError(t, err)
			require.Equal(t, canonical(t, data), canonical(t, out), "have %s", out)
			require.NoError(t, second.UnmarshalJSON(out))
			require.NoError(t, third.UnmarshalJSON(out))
			require.True(t, reflect.DeepEqual(second, third), "two readings of %s", out)
			again, err := second.MarshalJSON()
			require.NoError(t, err)
			require.Equal(t, string(out), string(again))
		}
	})
}

// canonical is a document for comparing: the last of names that are there twice,
// and numbers by value.
func canonical(t *testing.T, data []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	require.NoError(t, d.Decode(&v))
	return withValues(v)
}

func withValues(v any) any {
	switch v := v.(type) {
	case json.Number:
		mantissa, exponent, _ := strings.Cut(strings.ToLower(string(v)), "e")
		if strings.Trim(mantissa, "-0.") == "" {
			return "0"
		}
		if n, err := strconv.Atoi(exponent); exponent != "" && (err != nil || n > 2000 || n < -2000) {
			return v
		}
		if x, ok := new(big.Rat).SetString(string(v)); ok {
			return x.RatString()
		}
	case []any:
		for i := range v {
			v[i] = withValues(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = withValues(v[name])
		}
	}
	return v
}

// FuzzText: a text is written so that both others read it as it was, and one
// that is no UTF-8 is refused.
func FuzzText(f *testing.F) {
	for _, text := range []string{"", "plain", "\"\\/\b\f\n\r\t\x00\x1f\x7f", "é€🦊\u2028\ufeff", "<&>", "1234567\n", "\xff", "a\xed\xa0\x80", "12345678\xc3"} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, text, key string) {
		account := fc.Account{DisplayName: fc.String(text), Balance: fc.Some(&fc.Balance{Current: map[string]int64{key: 1}})}
		out, err := json.Marshal(account)
		if !utf8.ValidString(text) || !utf8.ValidString(key) {
			require.Error(t, err)
			return
		}
		require.NoError(t, err)
		var old, plain plainAccount
		require.NoError(t, json.Unmarshal(out, &old))
		require.NoError(t, experiment.Unmarshal(out, &plain))
		require.Equal(t, text, *old.DisplayName)
		require.Equal(t, text, *plain.DisplayName)
		require.Equal(t, map[string]int64{key: 1}, old.Balance.Current)
		require.Equal(t, map[string]int64{key: 1}, plain.Balance.Current)
		var back fc.Account
		require.NoError(t, json.Unmarshal(out, &back))
		require.Equal(t, text, back.DisplayName.Value)
		require.Equal(t, map[string]int64{key: 1}, back.Balance.Value.Current)
	})
}
