package support

import "testing"

type sentThing struct {
	ID     string
	Name   string
	Secret Optional[string]
	Inner  Optional[*sentThing]
	extra  members
}

var sentThingTable = descriptor{fields: `
	id required readOnly
	name required
	secret writeOnly
	inner
`}

func (*sentThing) table() *descriptor { return &sentThingTable }

type sentParams struct{ Body sentThing }

var sentParamsTable = descriptor{params: true, in: inJSON, fields: `
	""
`}

func (*sentParams) table() *descriptor { return &sentParamsTable }

// TestRequestLeavesOutWhatOnlyAnswersHave: an object that was read can be sent,
// at any depth without its readOnly members, and anywhere else it is whole.
func TestRequestLeavesOutWhatOnlyAnswersHave(t *testing.T) {
	v := sentThing{ID: "1", Name: "a", Secret: Some("s"), Inner: Some(&sentThing{ID: "2", Name: "b"})}
	body, ok, err := bodyJSON(&sentParams{v})
	if want := `{"name":"a","secret":"s","inner":{"name":"b"}}`; err != nil || !ok || string(body) != want {
		t.Errorf("%s, %v, want %s", body, err, want)
	}
	whole, err := Marshal(&v)
	if want := `{"id":"1","name":"a","secret":"s","inner":{"id":"2","name":"b"}}`; err != nil || string(whole) != want {
		t.Errorf("%s, %v, want %s", whole, err, want)
	}
	const lacking = `{"id":"1","inner":{"id":"2","name":null}}`
	if err := Unmarshal([]byte(lacking), &v); err != nil {
		t.Fatal(err)
	}
	encoded(t, &v, lacking)
}
