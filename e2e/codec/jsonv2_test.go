//go:build goexperiment.jsonv2

package codec

import (
	"bytes"
	"encoding/json/jsontext"
	"encoding/json/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
)

// The types know encoding/json/v2 by the same methods, whatever is around them.
func TestVersion2(t *testing.T) {
	for name, document := range examples(t) {
		for _, pair := range pairs {
			one, two := pair.ours(), pair.ours()
			if one.UnmarshalJSON(document) != nil {
				continue
			}
			require.NoError(t, json.Unmarshal(document, two), name)
			require.Equal(t, one, two, name)
			out, err := json.Marshal(two, jsontext.Multiline(true))
			require.NoError(t, err)
			require.Equal(t, canonical(t, document), canonical(t, out), name)
		}
	}
	a := account(t, accountText)
	out, err := json.Marshal(ours{Value: a, Pointer: &a, List: []fc.Account{a}, Named: map[string]fc.Account{"k": a}, Raw: fc.Raw("1")})
	require.NoError(t, err)
	var back ours
	require.NoError(t, json.Unmarshal(out, &back, json.RejectUnknownMembers(true)))
	named := back.Named["k"]
	for _, have := range []*fc.Account{&back.Value, back.Pointer, &back.List[0], &named} {
		require.True(t, fc.Equal(&a, have))
	}
}

// Streams of version 2, and methods promoted by embedding.
func TestVersion2Streams(t *testing.T) {
	d := jsontext.NewDecoder(strings.NewReader(accountText + "\n" + accountText))
	for range 2 {
		var a fc.Account
		require.NoError(t, json.UnmarshalDecode(d, &a))
		require.Equal(t, "fca_1", a.ID)
		var out bytes.Buffer
		require.NoError(t, json.MarshalWrite(&out, &a))
		require.JSONEq(t, accountText, out.String())
	}
	v := extended{account(t, accountText), "mine"}
	out, err := json.Marshal(v)
	require.NoError(t, err)
	var back extended
	require.NoError(t, json.Unmarshal(out, &back))
	require.Equal(t, "mine", back.Note)
	require.True(t, strings.HasSuffix(string(out), `,"note":"mine"}`), string(out))
}

// Where version 2 refuses a document by itself, as names that are there twice,
// it does so for these types too; by themselves they take the last.
func TestVersion2IsStricter(t *testing.T) {
	text := []byte(`{"id":"a","id":"b"}`)
	var a fc.Account
	require.Error(t, json.Unmarshal(text, &a))
	require.NoError(t, json.Unmarshal(text, &a, jsontext.AllowDuplicateNames(true)))
	require.Equal(t, "b", a.ID)
	require.NoError(t, fc.Unmarshal(text, &a))
}
