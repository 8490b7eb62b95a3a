package support

import (
	"math"
	"net/url"
	"strings"
	"testing"
)

// form returns the parameters at a location, without the three that are always
// sent.
func form(t *testing.T, p *codecParams, in location) string {
	t.Helper()
	out, err := appendParams(nil, p, in, spellList)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(out), "count=0&ratio=0", "")
	return strings.Trim(strings.ReplaceAll(text, "&&", "&"), "&")
}

func TestForm(t *testing.T) {
	for want, p := range map[string]*codecParams{
		"": {},
		"account_holder[customer]=cus_1&account_holder[type]=active": {Holder: codecHolderParams{"cus_1", "active"}},
		"account_holder[customer]=cus_1":                             {Holder: codecHolderParams{Customer: "cus_1"}},
		"names[0]=a&names[1]=&names[2]=b+c":                          {Names: []string{"a", "", "b c"}},
		"features[0]=active":                                         {Features: []codecStatus{"active"}},
		"metadata[]=e&metadata[%5Bk%5D]=v&metadata[a+b]=1%262":       {Metadata: map[string]string{"[k]": "v", "a b": "1&2", "": "e"}},
		"items[0][price]=x&items[0][quantity]=2&items[1][quantity]=0&items[1][flags][on]=true&items[2][quantity]=0&items[2][flags]=": {
			Items: []codecItemParams{{Price: "x", Quantity: 2}, {Flags: Some(codecFlagParams{On: Bool(true)})}, {Flags: Null[codecFlagParams]()}}},
		"filters[countries][0]=US&filters[countries][1]=DE": {Filters: codecFilterParams{[]string{"US", "DE"}}},
		"search=":                              {Search: Null[string]()},
		"search=%F0%9F%98%80%25~-._%2A":        {Search: String("😀%~-._*")},
		"limit=0&deep=false":                   {Limit: Int(0), Deep: Bool(false)},
		"shape[type]=circle&shape[radius]=1.5": {Shape: &codecCircle{Type: "circle", Radius: 1.5}},
		"shape[type]=square&shape[inner]=x":    {Shape: &codecSquare{Type: "square", Inner: Some[codecShape](codecShapeName("x"))}},
		"shape=name":                           {Shape: codecShapeName("name")},
		"shape=7":                              {Shape: codecShapeCount(7)},
		"shape=false":                          {Shape: codecShapeFlag(false)},
		"shape[a][0]=1&shape[a][1]=x&shape[a][2]=&shape[a][3][b]=true&shape[c]=1e5": {Shape: codecShapeRaw(`{"a":[1,"x",null,{"b":true}],"c":1e5}`)},
		"ref=id":                                 {Ref: Ref[*codecNode]("id")},
		"any=%C3%A9+%22":                         {Any: Raw(` "\u00e9 \""`)},
		"data=%2B%2F8%3D":                        {Data: []byte{0xfb, 0xff}},
		"explode=a&explode=b":                    {Explode: []string{"a", "b"}},
		"comma=a,b%2Cc":                          {Comma: []string{"a", "b,c"}},
		"space=1%202":                            {Space: []int64{1, 2}},
		"pipe=a%7Cb":                             {Pipe: []string{"a", "b"}},
		"a=1&b=2":                                {ExplodeMap: map[string]string{"b": "2", "a": "1"}},
		"comma_map=a,1,b,2":                      {CommaMap: map[string]int64{"b": 2, "a": 1}},
		"ptr[quantity]=3":                        {Ptr: &codecItemParams{Quantity: 3}},
		"ptr[quantity]=0":                        {Ptr: new(codecItemParams)},
		"node=":                                  {Node: Null[*codecNode]()},
		"node[name]=n&node[children][0][name]=c": {Node: Some(&codecNode{Name: "n", Children: []codecNode{{Name: "c"}}})},
	} {
		if have := form(t, p, inQuery); have != want {
			t.Errorf("have %s\nwant %s", have, want)
		}
	}
}

func TestFormAlwaysSent(t *testing.T) {
	out, err := appendParams([]byte("x=1"), &codecParams{Count: -5, Ratio: 1e21}, inQuery, spellList)
	if err != nil || string(out) != "x=1&count=-5&ratio=1000000000000000000000" {
		t.Errorf("%s, %v", out, err)
	}
	if out, _ := appendParams(nil, &codecParams{}, inForm, spellList); len(out) != 0 {
		t.Errorf("an empty string is not sent, required or not: %s", out)
	}
	if out, err := appendParams(nil, (*codecParams)(nil), inQuery, nil); out != nil || err != nil {
		t.Errorf("nil: %s, %v", out, err)
	}
}

func TestFormErrors(t *testing.T) {
	loop := &codecNode{}
	loop.Next = Some(loop)
	for want, p := range map[string]*codecParams{
		"any: not JSON":                       {Any: Raw("{")},
		"ratio: ":                             {Ratio: math.NaN()},
		"node.next.next.":                     {Node: Some(loop)},
		"node.children[1].refs[0].next.next.": {Node: Some(&codecNode{Children: []codecNode{{}, {Refs: Some([]*codecNode{loop})}}})},
		"shape: ":                             {Shape: codecStranger{}},
	} {
		out, err := appendParams([]byte("keep"), p, inQuery, spellList)
		if err == nil || !strings.HasPrefix(err.Error(), want) || string(out) != "keep" {
			t.Errorf("want %s, have %q, %v", want, out, err)
		}
	}
}

func TestParamHeader(t *testing.T) {
	have := map[string]string{}
	set := func(f *field, value string) { have[f.name] = value }
	p := &codecParams{Header: []string{"a", "b"}, Cookie: Int(3)}
	for _, in := range []location{inHeader, inCookie} {
		if err := paramHeader(p, in, nil, set); err != nil {
			t.Fatal(err)
		}
		if err := paramHeader(&codecParams{}, in, nil, func(f *field, _ string) { t.Error("sent " + f.name) }); err != nil {
			t.Fatal(err)
		}
	}
	if len(have) != 2 || have["X-Header"] != "a,b" || have["cookie"] != "3" {
		t.Errorf("%v", have)
	}
}

func TestBodyJSON(t *testing.T) {
	for want, p := range map[string]*codecParams{
		`{"name":"n","children":[]}`: {JSON: Some(&codecNode{Name: "n"})},
		`null`:                       {JSON: Null[*codecNode]()},
	} {
		if body, ok, err := bodyJSON(p); string(body) != want || !ok || err != nil {
			t.Errorf("%s, %v, %v", body, ok, err)
		}
	}
	for _, params := range []object{&codecParams{}, (*codecParams)(nil), &codecItemParams{}} {
		if _, ok, err := bodyJSON(params); ok || err != nil {
			t.Errorf("%T: %v, %v", params, ok, err)
		}
	}
}

// TestFormParses reads back what was written for values of every byte.
func TestFormParses(t *testing.T) {
	var all []byte
	for c := range 256 {
		all = append(all, byte(c))
	}
	p := &codecParams{Names: []string{string(all)}, Metadata: map[string]string{string(all): "x"}}
	out, err := appendParams(nil, p, inQuery, spellList)
	if err != nil {
		t.Fatal(err)
	}
	values, err := url.ParseQuery(string(out))
	if err != nil || values.Get("names[0]") != string(all) || values.Get("metadata["+string(all)+"]") != "x" {
		t.Errorf("%v %q", err, out)
	}
}

// TestBlank: a plain number that is zero is sent in a struct that is required.
func TestBlank(t *testing.T) {
	v := codecItemParams{}
	item := value{kind: kindStruct, sub: &v}
	for optional, want := range map[bool]bool{true: true, false: false} {
		if blank(&item, pointerOf(&v), optional) != want {
			t.Errorf("optional %v: blank is %v", optional, !want)
		}
	}
	v.Flags = Null[codecFlagParams]()
	if blank(&item, pointerOf(&v), true) {
		t.Error("null is blank")
	}
}
