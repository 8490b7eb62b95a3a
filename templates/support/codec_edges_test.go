package support

import (
	"reflect"
	"testing"
)

// TestUnknownMembersStayApartFromOthers: setting one leaves alone what an object
// remembers of the members that it has fields for.
func TestUnknownMembersStayApartFromOthers(t *testing.T) {
	var v codecRefresh
	if err := Unmarshal([]byte(`{"status":null,"x":1}`), &v); err != nil {
		t.Fatal(err)
	}
	for _, value := range []Raw{Raw("2"), nil, Raw("[3]")} {
		if err := SetUnknownMember(&v, "x", value); err != nil {
			t.Fatal(err)
		}
	}
	encoded(t, &v, `{"status":null,"x":[3]}`)
}

// TestSetMembersAreTheObjects: who changes the bytes that a member was set to
// does not change the member.
func TestSetMembersAreTheObjects(t *testing.T) {
	var v codecCash
	value := Raw(`"abc"`)
	if err := SetUnknownMember(&v, "x", value); err != nil {
		t.Fatal(err)
	}
	value[1] = 'x'
	encoded(t, &v, `{"x":"abc"}`)
}

// TestSmallChangesOfMissingMembers: a field that was missing is written once it
// is set, whichever of its bytes is.
func TestSmallChangesOfMissingMembers(t *testing.T) {
	for shift := range 63 {
		var v codecRefresh
		if err := Unmarshal([]byte(`{}`), &v); err != nil {
			t.Fatal(err)
		}
		v.LastAttemptedAt = 1 << shift
		out, err := Marshal(&v)
		if err != nil || len(out) < len(`{"last_attempted_at":1}`) {
			t.Errorf("1<<%d: %s, %v", shift, out, err)
		}
	}
}

// TestDecoderStartsAnew has a document fail in some way, and then reads another:
// nothing of the first may show.
func TestDecoderStartsAnew(t *testing.T) {
	for _, first := range []string{
		`{"balance":{"cash":{"available":{"usd":"x"}}}}`, `{"id":"a","object":"b","category":"c","created":1,"status":2}`,
		`{"x":[[[[[[[[[[[[`, `{"permissions":["a","b",1]}`, `{"permissions":["a","b"`, `{"data":[{"id":1}]}`, "{\"id\":\"\xff\"}",
	} {
		for _, again := range []string{`{"livemode":true}`, `{"permissions":["c"],"supported_payment_method_types":["d"]}`, codecAccountJSON} {
			var want codecAccount
			if err := Unmarshal([]byte(again), &want); err != nil {
				t.Fatal(err)
			}
			for range 20 { // as the pool may have several
				var failed, have codecAccount
				failure := Unmarshal([]byte(first), &failed)
				if second := Unmarshal([]byte(first), &failed); failure != nil && second.Error() != failure.Error() {
					t.Fatalf("%s: %v, and then %v", first, failure, second)
				}
				if err := Unmarshal([]byte(again), &have); err != nil || !reflect.DeepEqual(have, want) {
					t.Fatalf("%s, and then %s: %+v, %v", first, again, have, err)
				}
			}
			deep := make([]byte, 0, 2*maxDepth+20)
			deep = append(deep, `{"x":`...)
			for range maxDepth - 1 {
				deep = append(deep, '[')
			}
			for range maxDepth - 1 {
				deep = append(deep, ']')
			}
			if err := Unmarshal(append(deep, '}'), new(codecAccount)); err != nil {
				t.Fatalf("%s, and then a deep one: %v", first, err)
			}
		}
	}
}
