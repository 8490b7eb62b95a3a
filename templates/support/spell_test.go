package support

import (
	"strings"
	"testing"
	"unsafe"
)

// The values of the style examples in OpenAPI 3.0.4 and 3.1.1. The object's
// members come sorted.
var (
	spelledEmpty  = ""
	spelledString = "blue"
	spelledList   = []string{"blue", "black", "brown"}
	spelledObject = map[string]int64{"R": 100, "G": 200, "B": 150}
)

// TestStyleExamples holds every style against the table of the specification,
// in the column's order: empty, string, list, object. n/a is a style that has no
// spelling for a value.
func TestStyleExamples(t *testing.T) {
	const na = "n/a"
	for _, c := range []struct {
		name  string
		in    location
		style style
		want  [4]string
	}{
		{"matrix", inPath, styleMatrix, [4]string{";color", ";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"}},
		{"matrix exploded", inPath, styleMatrix | styleExploded, [4]string{";color", ";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"}},
		{"label", inPath, styleLabel, [4]string{".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"}},
		{"label exploded", inPath, styleLabel | styleExploded, [4]string{".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"}},
		{"simple", inPath, styleSimple, [4]string{"", "blue", "blue,black,brown", "B,150,G,200,R,100"}},
		{"simple exploded", inPath, styleSimple | styleExploded, [4]string{"", "blue", "blue,black,brown", "B=150,G=200,R=100"}},
		{"header", inHeader, styleForm | styleSpelled, [4]string{"", "blue", "blue,black,brown", "B,150,G,200,R,100"}},
		{"header exploded", inHeader, styleSimple | styleExploded, [4]string{"", "blue", "blue,black,brown", "B=150,G=200,R=100"}},
		{"form", inQuery, styleForm | styleSpelled, [4]string{"color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"}},
		{"form exploded", inQuery, styleExplode | styleSpelled, [4]string{"color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"}},
		{"cookie", inCookie, styleForm | styleSpelled, [4]string{"color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"}},
		{"cookie exploded", inCookie, styleExplode | styleSpelled, [4]string{"color=", "color=blue", "color=blue; color=black; color=brown", "B=150; G=200; R=100"}},
		{"spaceDelimited", inQuery, styleSpace | styleSpelled, [4]string{na, na, "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"}},
		{"pipeDelimited", inQuery, stylePipe | styleSpelled, [4]string{na, na, "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"}},
		{"deepObject", inQuery, styleDeepObject | styleSpelled, [4]string{na, na, na, "color[B]=150&color[G]=200&color[R]=100"}},
		{"content in a query", inQuery, styleContent, [4]string{"color=%22%22", "color=%22blue%22", "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D", "color=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D"}},
		{"content in a header", inHeader, styleContent, [4]string{`""`, `"blue"`, `["blue","black","brown"]`, `{"B":150,"G":200,"R":100}`}},
		{"content in a path", inPath, styleContent, [4]string{"%22%22", "%22blue%22", "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D", "%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D"}},
		{"content in a cookie", inCookie, styleContent, [4]string{"color=%22%22", "color=%22blue%22", "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D", "color=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D"}},
	} {
		for i, x := range []part{
			{&value{kind: kindString}, unsafe.Pointer(&spelledEmpty)},
			{&value{kind: kindString}, unsafe.Pointer(&spelledString)},
			{&value{kind: kindSlice, elem: &value{kind: kindString}}, unsafe.Pointer(&spelledList)},
			{&value{kind: kindMap, elem: &value{kind: kindInt64}}, unsafe.Pointer(&spelledObject)},
		} {
			if c.want[i] == na {
				continue
			}
			f := &field{name: "color", in: c.in, style: c.style, value: *x.v}
			if got, err := spelled(f, x.at); got != c.want[i] || err != nil {
				t.Errorf("%s: got %s, %v, want %s", c.name, got, err, c.want[i])
			}
		}
	}
}

// The same without spelled, for what the formWriter does by itself.
func TestStyleExamplesOfTheFormWriter(t *testing.T) {
	for style, want := range map[style][2]string{
		styleForm:       {"color=blue,black,brown", "color=B,150,G,200,R,100"},
		styleExplode:    {"color=blue&color=black&color=brown", "B=150&G=200&R=100"},
		styleSpace:      {"color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"},
		stylePipe:       {"color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"},
		styleDeepObject: {"color[0]=blue&color[1]=black&color[2]=brown", "color[B]=150&color[G]=200&color[R]=100"},
	} {
		for i, x := range []part{
			{&value{kind: kindSlice, elem: &value{kind: kindString}}, unsafe.Pointer(&spelledList)},
			{&value{kind: kindMap, elem: &value{kind: kindInt64}}, unsafe.Pointer(&spelledObject)},
		} {
			w := formWriter{spell: spellList}
			err := w.field(&field{name: "color", in: inQuery, style: style, value: *x.v}, x.at)
			if string(w.dst) != want[i] || err != nil {
				t.Errorf("style %d: got %s, %v, want %s", style, w.dst, err, want[i])
			}
		}
	}
}

// What a style has no spelling for is JSON, and nothing that a value holds gets
// out of its place.
func TestSpelledValues(t *testing.T) {
	nested := []map[string]string{{"a": "b,c"}, nil}
	odd := []string{"a b", "/?#[]@!$&'()*+,;=:", "50%", "é"}
	text := `{"x":[1,"y"],"z":"a&b"}`
	raw, list, word := Raw(text), Raw(`["a", {"b": 1}]`), Raw(`"a b"`)
	lists := value{kind: kindSlice, elem: &value{kind: kindString}}
	names, oddMap := map[string]string{"a=,": "b,=c"}, value{kind: kindMap, elem: &value{kind: kindString}}
	maps := value{kind: kindSlice, elem: &value{kind: kindMap, elem: &value{kind: kindString}}}
	for _, c := range []struct {
		in    location
		style style
		v     value
		at    unsafe.Pointer
		want  string
	}{
		{inQuery, styleExplode | styleSpelled, maps, unsafe.Pointer(&nested), "p=%7B%22a%22%3A%22b%2Cc%22%7D&p=%7B%7D"},
		{inHeader, styleForm | styleSpelled, maps, unsafe.Pointer(&nested), `{"a":"b,c"},{}`},
		{inPath, styleSimple, lists, unsafe.Pointer(&odd), "a%20b,%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A,50%25,%C3%A9"},
		{inQuery, styleExplode | styleReserved, lists, unsafe.Pointer(&odd), "p=a+b&p=/?%23%5B%5D@!$%26'()*%2B,;=:&p=50%25&p=%C3%A9"},
		{inQuery, styleDeepObject | styleReserved, lists, unsafe.Pointer(&odd), "p[0]=a+b&p[1]=/?%23%5B%5D@!$%26'()*%2B,;=:&p[2]=50%25&p[3]=%C3%A9"},
		{inQuery, styleExplode | styleSpelled, rawPart, unsafe.Pointer(&raw), "x=%5B1%2C%22y%22%5D&z=a%26b"},
		{inQuery, styleForm | styleSpelled, rawPart, unsafe.Pointer(&list), "p=a,%7B%22b%22%3A1%7D"},
		{inQuery, styleForm | styleSpelled, rawPart, unsafe.Pointer(&word), "p=a+b"},
		{inQuery, styleForm | styleReserved, lists, unsafe.Pointer(&odd), "p=a+b,/?%23%5B%5D@!$%26'()*%2B%2C;=:,50%25,%C3%A9"},
		{inQuery, styleForm | styleReserved, oddMap, unsafe.Pointer(&names), "p=a%3D%2C,b%2C=c"},
		{inQuery, styleExplode | styleReserved, oddMap, unsafe.Pointer(&names), "a%3D%2C=b,=c"},
		{inForm, styleJSON | styleSpelled, rawPart, unsafe.Pointer(&raw), "p=%7B%22x%22%3A%5B1%2C%22y%22%5D%2C%22z%22%3A%22a%26b%22%7D"},
		{inForm, styleJSON | styleSpelled, rawPart, unsafe.Pointer(&list), "p=a&p=%7B%22b%22%3A1%7D"},
		{inForm, styleJSON | styleSpelled, rawPart, unsafe.Pointer(&word), "p=a+b"},
		{inQuery, styleContent, rawPart, nil, "p=null"},
		{inQuery, styleForm | styleSpelled, lists, nil, "p="},
		{inCookie, styleForm | styleSpelled, lists, unsafe.Pointer(&odd), "p=a%20b,%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A,50%25,%C3%A9"},
	} {
		got, err := spelled(&field{name: "p", in: c.in, style: c.style, value: c.v}, c.at)
		if err != nil || got != c.want {
			t.Errorf("in %d, style %d: got %s, %v, want %s", c.in, c.style, got, err, c.want)
		}
	}
}

func TestSpellPath(t *testing.T) {
	p := &spelledParams{IDs: []int64{1, 2}, Tags: []string{"a/b"}}
	path, err := spellPath("/x/{ids}/y{tags}/{id}", p)
	if path != "/x/1,2/y;tags=a%2Fb/{id}" || err != nil {
		t.Error(path, err)
	}
	// What is not there leaves a placeholder, which no value is for.
	path, err = spellPath("/x/{ids}", &spelledParams{Tags: []string{"a"}})
	if err == nil {
		_, err = expandPath(path, nil)
	}
	if err == nil || !strings.Contains(err.Error(), "more parameters than there are values") {
		t.Error(err)
	}
}

type spelledParams struct {
	Trace  map[string]string
	Crumb  string
	Crumbs []string
	IDs    []int64
	Tags   []string
	Where  Raw
}

var tableSpelledParams = descriptor{params: true, in: inPath, fields: `
	X-Trace in=header style=simple|exploded
	crumb in=cookie
	crumbs in=cookie style=explode|spelled
	ids style=simple required
	tags style=matrix|exploded
	where in=query style=content
`}

func (*spelledParams) table() *descriptor { return &tableSpelledParams }

// What is spelled arrives where it belongs, beside what is not, and what a path
// has after a question mark stays ahead of the query.
func TestSpelledParametersArrive(t *testing.T) {
	s := newClientServer(t, clientReply(200, clientOK))
	op := &operation{method: "GET", path: "/v1/{ids}/{x}{tags}?fixed=1&of={x}", params: []pathParam{{name: "x"}, {name: "x"}}, spell: spellParam, fill: spellPath, own: ownHeaders}
	p := &spelledParams{IDs: []int64{1, 2}, Tags: []string{"a/b", "c"}, Where: Raw(`{"a": [1]}`), Crumbs: []string{"x;y", "z"}, Crumb: "plain", Trace: map[string]string{"a": "1", "b": "2"}}
	if err := s.core.call(t.Context(), op, []string{"id?", "id?"}, p, nil, nil); err != nil {
		t.Fatal(err)
	}
	got := s.Seen[0]
	if want := "/v1/1,2/id%3F;tags=a%2Fb;tags=c?fixed=1&of=id%3F&where=%7B%22a%22%3A%5B1%5D%7D"; got.URI != want {
		t.Errorf("got  %s\nwant %s", got.URI, want)
	}
	if cookie := got.Header.Get("Cookie"); cookie != "crumb=plain; crumbs=x%3By; crumbs=z" {
		t.Errorf("cookie %q", cookie)
	}
	if trace := got.Header.Get("X-Trace"); trace != "a=1,b=2" {
		t.Errorf("header %q", trace)
	}
	if err := s.core.call(t.Context(), op, []string{"a", "b"}, &spelledParams{IDs: []int64{1}}, nil, []Option{WithoutValidation()}); err == nil {
		t.Error("a path without what belongs into it")
	}
}
