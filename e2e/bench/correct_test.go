package bench

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
	"github.com/stretchr/testify/require"
)

// The single account is the one of the examples, and the others are what the
// table says they are.
func TestDocuments(t *testing.T) {
	sizes := map[string]int{}
	for _, d := range Documents() {
		sizes[d.Name] = len(d.JSON)
		require.True(t, json.Valid(d.JSON), d.Name)
		var list PlainList
		require.NoError(t, json.Unmarshal(d.JSON, &list))
		if d.List {
			require.Len(t, list.Data, 100, d.Name)
		}
	}
	example, err := os.ReadFile(filepath.Join("..", "..", "testdata", "examples", "account_linked.json"))
	require.NoError(t, err)
	require.Equal(t, string(example), string(document(t, "one-pretty").JSON))
	require.InDelta(t, 160_000, sizes["list-pretty"], 10_000)
	require.Equal(t, document(t, "list-shuffled"), document(t, "list-shuffled"))
}

func document(t *testing.T, name string) Document {
	t.Helper()
	for _, d := range Documents() {
		if d.Name == name {
			return d
		}
	}
	t.Fatal("no document " + name)
	return Document{}
}

// TestDecodersAgree compares what every codec reads with what encoding/json
// does, which TestPlainStructs holds against the documents themselves.
func TestDecodersAgree(t *testing.T) {
	for _, d := range Documents() {
		want, err := plainCodec("", json.Unmarshal, nil).decode(d)
		require.NoError(t, err)
		for _, c := range codecs() {
			t.Run(d.Name+"/"+c.name, func(t *testing.T) {
				got, err := c.decode(d)
				require.NoError(t, err)
				require.Equal(t, sameMembers(c, plainFacts(want)), sameMembers(c, c.facts(got)))
			})
		}
	}
}

// sameMembers leaves out what a codec has no place for, which is a list's kind
// in stripe-go.
func sameMembers(c codec, list PlainList) PlainList {
	if c.name == "stripe-go" || c.name == "stripe-go-jsonv2" {
		list.Object = ""
	}
	return list
}

// The plain structs hold all that the documents say, unless it is unknown: they
// give the same JSON again.
func TestPlainStructs(t *testing.T) {
	plain := plainCodec("", json.Unmarshal, json.Marshal)
	for shuffled, ordered := range map[string]string{
		"one-compact": "one-compact", "one-pretty": "one-compact", "one-shuffled": "one-compact", "list-compact": "list-compact",
		"list-pretty": "list-compact", "list-balances": "list-balances", "list-shuffled": "list-compact",
	} {
		v, err := plain.decode(document(t, shuffled))
		require.NoError(t, err)
		again, err := plain.encode(v)
		require.NoError(t, err)
		require.JSONEq(t, string(document(t, ordered).JSON), string(again), shuffled)
	}
}

// The shuffled accounts have other members in between, which the generated
// package keeps and the others skip.
func TestShuffled(t *testing.T) {
	v, err := oakenCodec.decode(document(t, "list-shuffled"))
	require.NoError(t, err)
	first := map[byte]bool{}
	for _, account := range v.(*fc.AccountList).Data {
		require.Len(t, fc.UnknownMembers(&account), 4)
	}
	var list struct{ Data []json.RawMessage }
	require.NoError(t, json.Unmarshal(document(t, "list-shuffled").JSON, &list))
	for _, account := range list.Data {
		first[account[2]] = true
	}
	require.Greater(t, len(first), 5)
}

// TestEncodersAgree reads what every codec has written. Only stripe-go writes
// other JSON than it has read: empty texts and zeros instead of null, and members
// that the document had not. So that is compared by what it says.
func TestEncodersAgree(t *testing.T) {
	for _, d := range EncodeDocuments() {
		for _, c := range codecs() {
			t.Run(d.Name+"/"+c.name, func(t *testing.T) {
				v, err := c.decode(d)
				require.NoError(t, err)
				text, err := c.encode(v)
				require.NoError(t, err)
				checkEncoded(t, c, d, text)
				if c.append != nil {
					appended, err := c.append([]byte("before"), v)
					require.NoError(t, err)
					require.True(t, bytes.HasPrefix(appended, []byte("before")))
					checkEncoded(t, c, d, appended[len("before"):])
				}
			})
		}
	}
}

func checkEncoded(t *testing.T, c codec, d Document, text []byte) {
	t.Helper()
	if c.name != "stripe-go" && c.name != "stripe-go-jsonv2" {
		require.JSONEq(t, string(d.JSON), string(text))
		return
	}
	read, err := c.decode(d)
	require.NoError(t, err)
	again, err := c.decode(Document{JSON: text, List: d.List})
	require.NoError(t, err)
	require.Equal(t, c.facts(read), c.facts(again))
}
