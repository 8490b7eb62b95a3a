package support

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// cutJSON has in little space what a document can have: members in and out of
// order, known and not, nested in each other, of every type, with escapes, wide
// characters, indentation and names that are longer than two words.
const cutJSON = `{"id":"\u00e9\ud83e\udd8a\n","object":"a\"b\\","wh\u0061t":[-0.5e+3,{"x":null}],
  "institution_name": "Ünïcode 🦊 text", "livemode":true,"created":1680035496,"last4":null,
  "supported_payment_method_types":["link","us_bank_account"],"balance":{"as_of":-12,"current":{"usd":1,"eur":-2},"cash":{"available":{}}},
  "permissions":[],"ownership":{"id":"o","created":1,"owners":{"data":[{"id":"a"}]}},"status":"active","category":"cash","9":9223372036854775807 }`

// sampleDocuments are those of testdata/examples and of the tests here.
func sampleDocuments(t testing.TB) map[string]string {
	t.Helper()
	documents := map[string]string{
		"cut": cutJSON, "all": codecAllJSON, "account": codecAccountJSON, "page": codecPageJSON(2),
		"tree":   `{"name":"a","children":[{"name":"b","children":[]}],"next":{"name":"c","children":[],"next":{"name":"d"}},"named":{"k":{"name":"e"}}}`,
		"shapes": `{"items":[{"type":"circle","radius":1.5},{"side":3,"type":"square","inner":{"deleted":true,"id":"x"}},{"type":"new"}]}`,
	}
	paths, err := filepath.Glob(filepath.Join("..", "..", "testdata", "examples", "*.json"))
	if err != nil || len(paths) < 10 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		documents[filepath.Base(path)] = string(data)
	}
	return documents
}

// samples are what documents are read into.
func samples() []object {
	return []object{new(codecAll), new(codecAccount), new(codecPage), new(codecNode), new(codecTags), new(codecSquare), new(anyThing), new(moreThing)}
}

// outcome tells all that comes of reading a document into obj.
func outcome(data []byte, obj object) string {
	if err := decode(data, obj, nil); err != nil {
		return err.Error()
	}
	out, err := Marshal(obj)
	return fmt.Sprintf("%s, %v", out, err)
}

// TestEveryPrefixEndsWhereItEnds reads every beginning of documents in three
// places: before memory that must not be read, and before what would let the
// document go on, which must not be seen.
func TestEveryPrefixEndsWhereItEnds(t *testing.T) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	mem := guarded(t, 1<<14)
	for name, document := range sampleDocuments(t) {
		if len(document) > len(mem) {
			t.Fatalf("%s is too long", name)
		}
		for n := range len(document) + 1 {
			if !poolsKeep && n%9 != 0 { // the race detector takes its time
				continue
			}
			beginning := document[:n]
			alone := mem[len(mem)-n:]
			copy(alone, beginning)
			followed := [][]byte{[]byte(document)[:n]}
			for _, next := range []string{`"""""""""`, `}}}}}}}}}`, `]]]]]]]]]`, `999999999`, `,,,,,,,,,`, `\\\\\\\\\`, "\xbf\xbf\xbf\xbf", `         `} {
				followed = append(followed, []byte(beginning + next)[:n])
			}
			for _, obj := range samples()[:3] {
				want := outcome(alone, obj)
				if err := decode(alone, obj, nil); err == nil && strings.TrimSpace(document[n:]) != "" {
					t.Fatalf("%s, %d bytes: accepted by %T", name, n, obj)
				}
				for _, data := range followed[:1+8*(n%3/2)] { // the document itself always, the others for every third
					if have := outcome(data, obj); have != want {
						t.Fatalf("%s, %d bytes, %q after: %T\nhave %s\nwant %s", name, n, data[n:min(n+4, cap(data))], obj, have, want)
					}
				}
			}
			for _, obj := range samples()[3:] {
				if err := decode(alone, obj, nil); err == nil && strings.TrimSpace(document[n:]) != "" {
					t.Fatalf("%s, %d bytes: accepted by %T", name, n, obj)
				}
			}
			if err := SetUnknownMember(new(codecNode), "x", alone); err == nil && strings.TrimSpace(document[n:]) != "" {
				t.Fatalf("%s, %d bytes: accepted as a member", name, n)
			}
		}
	}
}

// isStrictJSON tells what is JSON here, by encoding/json and by what it does not
// look at.
func isStrictJSON(data []byte) bool {
	return json.Valid(data) && utf8.Valid(data) && !hasLoneSurrogate(string(data))
}

// hasLoneSurrogate tells whether a \u escape of a valid document is half of a
// pair without the other half.
func hasLoneSurrogate(text string) bool {
	unit := func(at int) rune {
		if at+6 > len(text) || text[at:at+2] != `\u` {
			return 0
		}
		n, _ := strconv.ParseUint(text[at+2:at+6], 16, 16)
		return rune(n)
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if r := unit(i); utf16.IsSurrogate(r) {
			if utf16.DecodeRune(r, unit(i+6)) == utf8.RuneError {
				return true
			}
			i += 6
		}
		i++
	}
	return false
}

// changedIsJudged decodes a changed document: it may be wrong about a type and
// right about all else, and must not be right where it is no JSON.
func changedIsJudged(t *testing.T, how string, data []byte, objects []object) {
	t.Helper()
	want := isStrictJSON(data)
	if err := SetUnknownMember(new(codecNode), "x", data); (err == nil) != want {
		t.Fatalf("%s: %v, want %v, in %s", how, err, want, data)
	}
	for _, obj := range objects {
		err := decode(data, obj, nil)
		if err == nil && !want {
			t.Fatalf("%s: %T accepts %s", how, obj, data)
		}
		if err != nil && want && !isAboutType(err) {
			t.Fatalf("%s: %T: %v in %s", how, obj, err, data)
		}
	}
}

// TestEveryByteChanged has each byte of a document be each other one, and be
// missing, and be there twice. Where time is short, or the race detector takes
// it, a few will do.
func TestEveryByteChanged(t *testing.T) {
	few := testing.Short() || !poolsKeep
	objects := []object{new(codecAccount), new(codecAll)}
	for i := range len(cutJSON) {
		for c := range 256 {
			if few && (i%7 != 0 || c%11 != i%11) {
				continue
			}
			data := []byte(cutJSON)
			data[i] = byte(c)
			changedIsJudged(t, fmt.Sprintf("byte %d as %q", i, byte(c)), data, objects)
		}
	}
	others := []byte("\"\\{}[]:,-+.0e n\x00\x1f\x7f\x80\xc3\xff")
	for name, document := range sampleDocuments(t) {
		for i := range len(document) {
			if few && i%13 != 0 {
				continue
			}
			how := fmt.Sprintf("%s, byte %d ", name, i)
			changedIsJudged(t, how+"missing", []byte(document[:i]+document[i+1:]), objects)
			changedIsJudged(t, how+"twice", []byte(document[:i+1]+document[i:]), objects)
			for k, c := range others {
				if k%5 == i%5 {
					changedIsJudged(t, how+"as "+strconv.Quote(string([]byte{c})), []byte(document[:i]+string([]byte{c})+document[i+1:]), objects)
				}
			}
		}
	}
}

// TestMembersInAnyOrder has the members of a document come in other orders, with
// unknown ones between, which changes nothing of what is known.
func TestMembersInAnyOrder(t *testing.T) {
	for name, into := range map[string]func() object{
		"account": func() object { return new(codecAccount) }, "all": func() object { return new(codecAll) }, "account_subscribed.json": func() object { return new(codecAccount) },
	} {
		members := splitMembers(t, sampleDocuments(t)[name])
		want := into()
		if err := decode([]byte(joinMembers(members)), want, nil); err != nil {
			t.Fatal(err)
		}
		for step := 1; step < len(members); step++ {
			if big.NewInt(0).GCD(nil, nil, big.NewInt(int64(step)), big.NewInt(int64(len(members)))).Int64() != 1 {
				continue // would not reach all
			}
			var shuffled []string
			for i := range members {
				shuffled = append(shuffled, members[i*step%len(members)], fmt.Sprintf(`"new_%d":[{"id":%d}]`, i, i))
			}
			have := into()
			if err := decode([]byte(joinMembers(shuffled)), have, nil); err != nil {
				t.Fatalf("%s, every %d: %v", name, step, err)
			}
			for i := range members {
				if err := SetUnknownMember(have, fmt.Sprintf("new_%d", i), nil); err != nil {
					t.Fatal(err)
				}
			}
			if !sameFields(have, want) {
				t.Errorf("%s, every %d:\nhave %+v\nwant %+v", name, step, have, want)
			}
		}
	}
}

// splitMembers splits a document into its members.
func splitMembers(t *testing.T, document string) (members []string) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(document))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		quoted, _ := json.Marshal(name)
		members = append(members, string(quoted)+":"+string(value))
	}
	return members
}

func joinMembers(members []string) string { return "{" + strings.Join(members, ",") + "}" }

// sameFields compares structs but for the order of the members that have no
// field.
func sameFields(a, b object) bool {
	if !reflect.DeepEqual(UnknownMembers(a), UnknownMembers(b)) {
		return false
	}
	x, y := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for i := range x.NumField() {
		if x.Type().Field(i).IsExported() && !reflect.DeepEqual(x.Field(i).Interface(), y.Field(i).Interface()) {
			return false
		}
	}
	return true
}
