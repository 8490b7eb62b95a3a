package codec

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
)

// The tests of this file use generated types with encoding/json as programs do,
// and run under GOEXPERIMENT=jsonv2 too.

const accountText = `{"id":"fca_1","object":"financial_connections.account","category":"cash","created":1,"display_name":null,"institution_name":"Rowan <Bank> & Co","livemode":false,"status":"active","subcategory":"checking","supported_payment_method_types":[],"new":{"a":[1, 2]}}`

func account(t testing.TB, text string) fc.Account {
	t.Helper()
	var a fc.Account
	require.NoError(t, json.Unmarshal([]byte(text), &a))
	return a
}

// ours are structs as programs have them.
type ours struct {
	Note    string                 `json:"note"`
	Value   fc.Account             `json:"value"`
	Pointer *fc.Account            `json:"pointer"`
	Omitted *fc.Account            `json:"omitted,omitempty"`
	Zero    fc.Account             `json:"zero,omitzero"`
	List    []fc.Account           `json:"list"`
	Several []*fc.Account          `json:"several"`
	Named   map[string]fc.Account  `json:"named"`
	Refs    map[string]*fc.Account `json:"refs"`
	Any     any                    `json:"any"`
	Array   [1]fc.Account          `json:"array"`
	Page    fc.AccountList         `json:"page"`
	Raw     fc.Raw                 `json:"raw"`
}

// Wherever a generated struct is within one of the program's own, its JSON is
// what it is by itself.
func TestWithinStructs(t *testing.T) {
	a := account(t, accountText)
	alone, err := json.Marshal(a)
	require.NoError(t, err)
	require.JSONEq(t, accountText, string(alone))
	page := fc.AccountList{Object: "list", Data: []fc.Account{a}, URL: "/v1"}
	v := ours{Note: "n", Value: a, Pointer: &a, List: []fc.Account{a, a}, Several: []*fc.Account{&a, nil}, Named: map[string]fc.Account{"k": a}, Refs: map[string]*fc.Account{"k": &a}, Any: &a, Array: [1]fc.Account{a}, Page: page, Raw: fc.Raw(`[1]`)}
	out, err := json.Marshal(v)
	require.NoError(t, err)
	x := string(alone)
	require.JSONEq(t, `{"note":"n","value":`+x+`,"pointer":`+x+`,"list":[`+x+`,`+x+`],"several":[`+x+`,null],"named":{"k":`+x+`},"refs":{"k":`+x+`},"any":`+x+`,"array":[`+x+`],"page":{"object":"list","data":[`+x+`],"has_more":false,"url":"/v1"},"raw":[1]}`, string(out))

	var back ours
	require.NoError(t, json.Unmarshal(out, &back))
	for _, have := range []*fc.Account{&back.Value, back.Pointer, &back.List[1], back.Several[0], back.Refs["k"], &back.Array[0], &back.Page.Data[0]} {
		require.True(t, fc.Equal(&a, have), "%+v", have)
	}
	named := back.Named["k"]
	require.True(t, fc.Equal(&a, &named))
	require.Nil(t, back.Several[1])
	require.Nil(t, back.Omitted)
	require.Equal(t, fc.Raw(`[1]`), back.Raw)
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.JSONEq(t, string(out), string(again))
}

// As with any type of the program's own, null leaves a value alone and makes a
// pointer nil.
func TestNull(t *testing.T) {
	a := account(t, accountText)
	v := ours{Value: a, Pointer: &a}
	require.NoError(t, json.Unmarshal([]byte(`{"value":null,"pointer":null}`), &v))
	require.True(t, fc.Equal(&a, &v.Value))
	require.Nil(t, v.Pointer)
}

// An indented document reads as the compact one, and json.Indent, MarshalIndent
// and Compact change nothing but white space.
func TestIndent(t *testing.T) {
	for name, document := range examples(t) {
		for _, pair := range pairs {
			compact, indented := pair.ours(), pair.ours()
			var small, large bytes.Buffer
			require.NoError(t, json.Compact(&small, document))
			require.NoError(t, json.Indent(&large, document, "\t", "  "))
			if json.Unmarshal(small.Bytes(), compact) != nil {
				continue
			}
			require.NoError(t, json.Unmarshal(large.Bytes(), indented), name)
			one, err := json.MarshalIndent(compact, "", "  ")
			require.NoError(t, err)
			two, err := json.MarshalIndent(indented, "", "  ")
			require.NoError(t, err)
			require.JSONEq(t, string(one), string(two), name)
			require.Equal(t, canonical(t, document), canonical(t, one), name)
		}
	}
}

// A stream of documents reads as those that were written into it, and strict
// decoders have no say in what the type takes: members that no field is for are
// kept all the same.
func TestStreams(t *testing.T) {
	var stream bytes.Buffer
	e := json.NewEncoder(&stream)
	e.SetIndent(" ", "\t")
	var want []fc.Account
	for i := range 50 {
		a := account(t, accountText)
		a.ID = strings.Repeat("x", i*100)
		require.NoError(t, e.Encode(a))
		require.NoError(t, e.Encode(&a))
		want = append(want, a, a)
	}
	d := json.NewDecoder(io.MultiReader(&stream)) // reads in pieces
	d.DisallowUnknownFields()
	d.UseNumber()
	for i := range want {
		var have fc.Account
		require.NoError(t, d.Decode(&have))
		require.True(t, fc.Equal(&want[i], &have), i)
		require.Equal(t, `{"a":[1,2]}`, compacted(t, fc.UnknownMembers(&have)["new"]))
	}
	require.ErrorIs(t, d.Decode(new(fc.Account)), io.EOF)

	d = json.NewDecoder(strings.NewReader(`{"value":{"id":"a","new":1},"mine":2}`))
	d.DisallowUnknownFields()
	require.ErrorContains(t, d.Decode(new(ours)), "mine") // the program's own struct is strict
}

func compacted(t *testing.T, text []byte) string {
	var out bytes.Buffer
	require.NoError(t, json.Compact(&out, text))
	return out.String()
}

// An error comes through, with its path, whatever is around the object.
func TestErrorsComeThrough(t *testing.T) {
	var failure *fc.DecodeError
	err := json.Unmarshal([]byte(`{"list":[{"id":"a"},{"balance":{"as_of":"x"}}]}`), new(ours))
	require.ErrorAs(t, err, &failure)
	require.Equal(t, "balance.as_of", failure.Path)
	var refused *fc.EncodeError
	_, err = json.Marshal(ours{Pointer: &fc.Account{ID: "\xff"}})
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "id", refused.Path)
}

// What HTML would take for markup is escaped by encoding/json alone, as the
// program has it.
func TestEscapingIsTheEncoders(t *testing.T) {
	a := account(t, accountText)
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	require.NoError(t, e.Encode(a))
	require.Contains(t, out.String(), `\u003cBank\u003e`)
	out.Reset()
	e.SetEscapeHTML(false)
	require.NoError(t, e.Encode(a))
	require.Contains(t, out.String(), `<Bank>`)
}

// embeds is what docs/package.md warns of.
type embeds struct {
	fc.Account
	Note string `json:"note"`
}

// extended is what docs/package.md has instead: a struct that embeds a generated
// one and has methods of its own, with its members beside those of the object.
type extended struct {
	fc.Account
	Note string
}

func (e extended) MarshalJSON() ([]byte, error) {
	note, err := json.Marshal(e.Note)
	if err != nil {
		return nil, err
	}
	if err := fc.SetUnknownMember(&e.Account, "note", note); err != nil {
		return nil, err
	}
	return fc.Marshal(&e.Account)
}

func (e *extended) UnmarshalJSON(data []byte) error {
	if err := fc.Unmarshal(data, &e.Account); err != nil {
		return err
	}
	if note, ok := fc.UnknownMembers(&e.Account)["note"]; ok {
		return json.Unmarshal(note, &e.Note)
	}
	return nil
}

// A struct that embeds a generated one has its methods, and so its JSON, without
// what the struct has of its own: that is Go's rule. Nothing is lost in reading,
// as the object keeps it.
func TestEmbedded(t *testing.T) {
	v := embeds{account(t, accountText), "mine"}
	out, err := json.Marshal(v)
	require.NoError(t, err)
	require.JSONEq(t, accountText, string(out))
	require.NoError(t, json.Unmarshal([]byte(`{"id":"b","note":"theirs"}`), &v))
	require.Equal(t, "b", v.ID)
	require.Equal(t, "mine", v.Note)
	require.Equal(t, fc.Raw(`"theirs"`), fc.UnknownMembers(&v.Account)["note"])

	pointer := struct {
		*fc.Account
		Note string
	}{&v.Account, "mine"}
	out, err = json.Marshal(pointer)
	require.NoError(t, err)
	require.JSONEq(t, `{"id":"b","note":"theirs"}`, string(out))
	require.NoError(t, json.Unmarshal([]byte(`{"id":"c"}`), &pointer))
	require.Equal(t, "c", v.ID)
	pointer.Account = nil
	require.ErrorContains(t, json.Unmarshal([]byte(`{"id":"c"}`), &pointer), "nil Account")
}

// With methods of its own, or as a field with a name, both are written and read.
func TestExtended(t *testing.T) {
	v := extended{account(t, accountText), "mine"}
	out, err := json.Marshal(map[string]any{"value": v, "pointer": &v})
	require.NoError(t, err)
	one := strings.TrimSuffix(accountText, "}") + `,"note":"mine"}`
	require.JSONEq(t, `{"value":`+one+`,"pointer":`+one+`}`, string(out))
	require.NotContains(t, fc.UnknownMembers(&v.Account), "note") // a copy had it
	var back extended
	require.NoError(t, json.Unmarshal([]byte(one), &back))
	require.Equal(t, "mine", back.Note)
	require.Equal(t, "fca_1", back.ID)

	var named struct {
		Account fc.Account `json:"account"`
		Note    string     `json:"note"`
	}
	text := `{"account":` + accountText + `,"note":"mine"}`
	require.NoError(t, json.Unmarshal([]byte(text), &named))
	out, err = json.Marshal(named)
	require.NoError(t, err)
	require.JSONEq(t, text, string(out))
}
