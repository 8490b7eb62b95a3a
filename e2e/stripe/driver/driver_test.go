package driver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// client looks as generated clients do.
type client struct{ Things service }

// service sends a body that is given, and loses a member of the answer.
type service struct {
	through *http.Client
	base    string
	body    string
	lost    string
}

type params struct{ Name string }

func (s service) Create(ctx context.Context, owner string, p *params, _ ...int) (map[string]json.RawMessage, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.base+"/"+owner+"/things", strings.NewReader(fmt.Sprintf(s.body, p.Name)))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := s.through.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var out map[string]json.RawMessage
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	err = json.NewDecoder(resp.Body).Decode(&out)
	delete(out, s.lost)
	return out, err
}

func TestProblemsAreFound(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("owner[refuse]") != "" {
			w.WriteHeader(http.StatusBadRequest)
		}
		fmt.Fprint(w, `{"size": 100, "parts": [1, {"a": null}]}`)
	}))
	defer server.Close()
	for name, test := range map[string]struct {
		service service
		form    map[string]any
		problem string
	}{
		"none":           {service{body: "owner[name]=%s"}, nil, ""},
		"lost parameter": {service{body: "%.0s"}, nil, "the request differs: body: owner[name]=a is missing"},
		"more is sent":   {service{body: "owner[name]=%s&x=1"}, nil, "the request differs: body: x=1 is one too many"},
		"sent twice":     {service{body: "owner[name]=%[1]s&owner[name]=%[1]s"}, nil, "the request differs: body: a pair is there twice"},
		"lost member":    {service{body: "owner[name]=%s", lost: "parts"}, nil, "the result differs from the answer: $.parts is missing, want [1,{\"a\":null}]\nthe result with its objects differs from the answer: $.parts is missing, want [1,{\"a\":null}]"},
		"refused":        {service{body: "owner[name]=%s&owner[refuse]=true"}, map[string]any{"refuse": true}, "status 400"},
	} {
		t.Run(name, func(t *testing.T) {
			through := &http.Client{Transport: recorder{http.DefaultTransport}}
			test.service.through, test.service.base = through, server.URL
			r := runner{client: &client{test.service}, fill: func(into any, values []byte) error {
				into.(*params).Name = "a"
				return nil
			}, check: func(any) error { return errors.New("it is noted") }}
			owner := map[string]any{"name": "a"}
			maps.Copy(owner, test.form)
			o := r.one(Call{Go: []string{"Things", "Create"}, Method: "POST", Path: "/o/things", Arguments: []string{"o"}, Form: map[string]any{"owner": owner}})
			require.Equal(t, test.problem, strings.Join(o.Problems, "\n"))
			require.Equal(t, test.problem != "status 400", slices.Contains(o.Notes, "the answer is not what the document says: it is noted"))
		})
	}
}

func TestUnequal(t *testing.T) {
	for _, test := range []struct{ want, have, difference string }{
		{`{"a":1,"b":[null,true,"x"]}`, `{"b":[null,true,"x"],"a":1.0}`, ""},
		{`9007199254740993`, `9007199254740992`, "$ is 9007199254740992, want 9007199254740993"},
		{`{"a":null}`, `{}`, "$.a is missing, want null"},
		{`{}`, `{"a":null}`, "$.a is null, want none"},
		{`[1]`, `[1,2]`, "$ is [1,2], want [1]"},
		{`{"a":[{"b":"1"}]}`, `{"a":[{"b":1}]}`, `$.a[0].b is 1, want "1"`},
	} {
		require.Equal(t, test.difference, unequal([]byte(test.want), []byte(test.have)))
	}
}

// These look as those of generated packages do.
type (
	Optional[T any] struct {
		State uint8
		Value T
	}
	Expandable[T any] struct {
		ID     string
		object T
	}
	union interface{ isUnion() }
	Raw   []byte
	page  struct {
		Data    []item
		HasMore bool
		Token   Optional[string]
	}
	item struct {
		ID, Object string // as an Expandable has them
		Owner      Optional[Expandable[*page]]
		Kind       Optional[union]
	}
)

// broken is what can't be expanded.
var broken = new(page)

func (Raw) isUnion()    {}
func (*page) isUnion()  {}
func (*page) Next() int { return 0 }

func TestWalkThroughAnAnswer(t *testing.T) {
	refer := func(object *page) Optional[Expandable[*page]] {
		return Optional[Expandable[*page]]{Value: Expandable[*page]{object: object}}
	}
	expanded := item{Owner: refer(&page{Data: []item{{Owner: refer(&page{})}}}), Kind: Optional[union]{Value: &page{}}}
	answer := &page{Data: []item{{ID: "a", Object: "item"}, expanded, {Kind: Optional[union]{Value: Raw(`{}`)}}, {Owner: refer(broken)}}}
	r := runner{expansions: map[reflect.Type]Expand{reflect.TypeFor[Expandable[*page]](): func(reference any) (any, error) {
		switch object := reference.(Expandable[*page]).object; object {
		case nil:
			return nil, nil
		case broken:
			return nil, errors.New("broken")
		default:
			return object, nil
		}
	}}}
	w := r.walk(reflect.ValueOf(answer))
	require.ElementsMatch(t, []string{"", ".Data[1].Owner", ".Data[1].Owner.Data[0].Owner", ".Data[1].Kind"}, slices.Collect(maps.Keys(w.pages)))
	require.Equal(t, []string{".Data[2].Kind"}, w.untyped)
	require.Equal(t, []string{".Data[3].Owner can't be expanded: broken"}, w.wrong)
	require.Equal(t, 2, w.expanded)
	unknown := new(runner).walk(reflect.ValueOf(&item{}))
	require.Equal(t, []string{".Owner is a driver.Expandable[*github.com/oaken-go/oaken/e2e/stripe/driver.page], which nothing expands"}, unknown.wrong)
}

func TestSetText(t *testing.T) {
	var p page
	setText(reflect.ValueOf(&p).Elem().FieldByName("Token"), "next")
	require.Equal(t, Optional[string]{State: statePresent, Value: "next"}, p.Token)
	var i item
	setText(reflect.ValueOf(&i).Elem().FieldByName("ID"), "next")
	require.Equal(t, "next", i.ID)
}
