package support

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unsafe"
)

// namesTable is the table of a struct that has a text for each name.
func namesTable(names []string) *table {
	t := &table{name: "Names", typ: reflect.TypeFor[struct{}]()}
	for i, name := range names {
		t.fields = append(t.fields, field{name: name, off: uintptr(i) * unsafe.Sizeof(""), value: value{kind: kindString}})
	}
	return t
}

// isFound tells what is wrong with how field k is found by its name, in the ways
// that there are: by the index, by the index as the name stands in a document,
// and by comparing. A wrong answer of one makes the others be asked, and so is not
// seen in what is read.
func isFound(t *testing.T, tab *table, k int, name string) {
	t.Helper()
	x := tab.hashed()
	for _, after := range []string{`": "0123456789abcdefgh"`, `":1,"a":2,"ab":3,"abc":4`} {
		document := []byte(`"` + name + after)
		// Whatever came last time where it was expected that there are no more; of
		// many fields some.
		last, first := &x.steps[len(tab.fields)], word(document, 1)
		for before := 0; before < len(x.steps); before += 1 + len(x.steps)/64 {
			var order memberOrder
			order.reset(tab)
			order.next[last.index%64] = uint8(before)
			d, o := newDecoder(document), reading{t: tab, x: x, order: &order}
			for range 2 { // the second time it is known what came
				o.from, o.to = 0, 0
				q, value := o.likely(last), 0
				if q.begins(first, word(document, 9)) {
					q, value = d.named(&o, q, 0)
				} else {
					q, value = d.name(&o, q, 0)
				}
				have := -1
				if q != nil {
					have = int(q.index)
				}
				if want := bytes.IndexAny(document[len(name)+3:], `"1`) + len(name) + 3; have != k || value != want {
					t.Errorf("%q%s: found %d with a value at %d, want %d and %d", name, after, have, value, k, want)
				}
				if k < 0 && (o.from != 0 || o.to != len(name)+1) {
					t.Errorf("%q%s: unknown from %d to %d", name, after, o.from, o.to)
				}
				if k >= 0 && len(name) < 16 && o.to != 0 {
					t.Errorf("%q%s: not found as it stands", name, after)
				}
				if after := order.next[last.index%64]; k >= 0 && o.to == 0 && after != uint8(k) {
					t.Errorf("%q: %d is expected next time", name, after)
				}
			}
			if u := &order.unknown[0]; u.size > 0 != (k < 0 && len(name) < 16) || u.size > 0 && (u.size != len(name)+1 || !u.begins(first, word(document, 9))) {
				t.Errorf("%q%s: the unknown name that is expected next time has the words %x", name, after, u.words)
			}
			d.release(0)
		}
		for j := range x.steps {
			s := &x.steps[j]
			if equal := s.begins(word(document, 1), word(document, 9)) && (s.size <= 16 || s.ends(document, 1)); equal != (j < len(tab.fields) && tab.fields[j].name == name && (!tab.params || j == k)) {
				t.Errorf("%q%s: compared with field %d: %v", name, after, j, equal)
			}
		}
	}
	if have := tab.find(name); have != k {
		t.Errorf("%q: found %d, want %d", name, have, k)
	}
}

// TestNamesOfEveryLength has names that are each the beginning of the next, and
// those that differ in one byte.
func TestNamesOfEveryLength(t *testing.T) {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	var names []string
	for size := 0; size <= 40; size += 2 {
		names = append(names, letters[:size])
	}
	tab := namesTable(names)
	for size := range 43 {
		want := size / 2
		if size%2 != 0 || size > 40 {
			want = -1
		}
		isFound(t, tab, want, letters[:size])
		for at := range size {
			other := []byte(letters[:size])
			other[at] = '_'
			isFound(t, tab, -1, string(other))
		}
	}
}

// TestNamesOfManyFields finds each of many names, and none else.
func TestNamesOfManyFields(t *testing.T) {
	var names []string
	for i := range 1000 {
		names = append(names, "name_"+strconv.Itoa(i*i), "a_much_longer_name_"+strconv.Itoa(i))
	}
	tab := namesTable(names)
	for k, name := range names {
		isFound(t, tab, k, name)
		isFound(t, tab, -1, name+"_")
	}
}

// TestLongTextsThatAreCutOff: what is behind the document is not looked at.
func TestLongTextsThatAreCutOff(t *testing.T) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	const text = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	mem := guarded(t, 1<<12)
	for size := 16; size <= len(text); size++ {
		var q textToken
		q.setText(text[:size])
		for n := range size + 2 {
			data := mem[len(mem)-n:]
			copy(data, text[:size]+`"`)
			if have := q.ends(data, 0); have != (n == size+1) {
				t.Errorf("%d bytes of a text of %d: %v", n, size, have)
			}
		}
	}
}

// TestNamesOfTheLastSlot has fields whose names all belong in the last slot of the
// index, so that those after the first go on at its beginning.
func TestNamesOfTheLastSlot(t *testing.T) {
	x := namesTable([]string{"a", "b", "c"}).hashed()
	var names []string
	for i := 0; len(names) < 6; i++ {
		if name := "n" + strconv.Itoa(i); x.slot(wordsOf(name)) == len(x.slots)-1 {
			names = append(names, name)
		}
	}
	tab := namesTable(names[:3])
	for k, name := range names {
		if k >= 3 {
			k = -1
		}
		isFound(t, tab, k, name)
	}
}

// TestOrdersInOnePlace: an object within another one may take the place of its
// order, which then is no longer believed.
func TestOrdersInOnePlace(t *testing.T) {
	few, names := namesTable([]string{"a", "b"}), make([]string, 60)
	for i := range names {
		names[i] = fmt.Sprintf("name_%d", i)
	}
	many := namesTable(names)
	var order memberOrder
	order.reset(few)
	for k, likely := range order.next {
		if int(likely) != min(k, 2) {
			t.Errorf("what comes after %d of 2 fields is likely number %d", k, likely)
		}
	}
	d := newDecoder([]byte(`"name_50":"0123456789","b":"0123456789abcdef"`))
	defer d.release(0)
	outer, inner := reading{t: few, x: few.hashed()}, reading{t: many, x: many.hashed()}
	for range 2 {
		for _, x := range []struct {
			o        *reading
			at, want int
		}{{&outer, 23, 1}, {&inner, 0, 50}} {
			if q, _ := d.name(x.o, &x.o.x.steps[0], x.at); q == nil || int(q.index) != x.want || x.o.order.t != x.o.t {
				t.Errorf("found %v by the order of %p, want field %d and %p", q, x.o.order.t, x.want, x.o.t)
			}
			if s := &few.hashed().steps[0]; outer.order.t == many && outer.likely(s) != s {
				t.Error("the order of another table's members is believed")
			}
		}
	}
}

// TestNamesThatDifferInFewBits has names that end as a field's does, and whose
// first eight bytes differ from its in bits that the last ones have.
func TestNamesThatDifferInFewBits(t *testing.T) {
	tab := namesTable([]string{"aaaaaaaazzzzzzz"})
	for i := range 1 << 8 {
		name := []byte("aaaaaaaazzzzzzz")
		for at := range 8 {
			name[at] |= byte(i>>at&1) << 1
		}
		isFound(t, tab, max(-1, -i), string(name))
	}
}

// TestNamesWithoutSlots has names that begin alike looked for before a table has
// slots, which is not done for ever.
func TestNamesWithoutSlots(t *testing.T) {
	x := namesTable([]string{"retention_days", "retention_kind"}).names()
	for name, want := range map[string]*step{"retention_days": &x.steps[0], "retention_kind": &x.steps[1], "retention_size": nil} {
		if got := x.among(wordsOf(name)); got != want {
			t.Errorf("%s is %v, not %v", name, got, want)
		}
	}
	for range 16 {
		x.among(wordsOf("retention_days"))
	}
	if got := x.among(wordsOf("retention_days")); got != nil {
		t.Errorf("the names are gone through for ever, to find %v", got)
	}
}

// TestFieldsOfEveryNumber has each of many fields come alone, in every order of
// its value and null: the last counts, and all others are missing.
func TestFieldsOfEveryNumber(t *testing.T) {
	for k := range codecWideTable.fields {
		f := &codecWideTable.fields[k]
		some, zero := `"x"`, `""`
		if f.kind == kindInt64 {
			some, zero = "3", "0"
		}
		for _, values := range [][]string{{zero}, {some}, {"null"}, {some, "null"}, {"null", some}, {some, zero}, {some, some, "null"}, {some, "null", zero}} {
			var members []string
			for _, value := range values {
				members = append(members, `"`+f.name+`":`+value)
			}
			var v codecWide
			if err := Unmarshal([]byte(`{`+strings.Join(members, ",")+`}`), &v); err != nil {
				t.Fatal(err)
			}
			last := `{` + members[len(members)-1] + `}`
			encoded(t, &v, last)
			var alone codecWide
			if err := Unmarshal([]byte(last), &alone); err != nil {
				t.Fatal(err)
			}
			if v.Plain != alone.Plain || !reflect.DeepEqual(v.Opt, alone.Opt) {
				t.Errorf("%s: something is left of what came before %s", members, last)
			}
		}
	}
}

// wideNode has more than 64 fields and another one of its kind.
type wideNode struct {
	Opts  [70]Optional[int64]
	Last  int64
	Inner Optional[*wideNode]
	More  Optional[[]wideNode]
	extra members
}

var wideNodeDescribed = descriptor{built: unsafe.Pointer(&wideNodeTable)}

func (*wideNode) table() *descriptor { return &wideNodeDescribed }

var wideNodeTable table

func init() {
	wideNodeTable = table{name: "WideNode", typ: reflect.TypeFor[wideNode](), size: unsafe.Sizeof(wideNode{}), extra: unsafe.Offsetof(wideNode{}.extra)}
	for i := range uintptr(70) {
		wideNodeTable.fields = append(wideNodeTable.fields, field{name: fmt.Sprint("o", i), off: i * unsafe.Sizeof(Optional[int64]{}), value: value{kind: kindInt64, opt: true}})
	}
	wideNodeTable.fields = append(wideNodeTable.fields,
		field{name: "last", off: unsafe.Offsetof(wideNode{}.Last), required: true, value: value{kind: kindInt64}},
		field{name: "inner", off: unsafe.Offsetof(wideNode{}.Inner), value: value{kind: kindPointer, opt: true, sub: (*wideNode)(nil)}},
		field{name: "more", off: unsafe.Offsetof(wideNode{}.More), value: value{kind: kindSlice, opt: true, elem: &value{kind: kindStruct, sub: (*wideNode)(nil)}}})
}

// TestWideObjectsWithinEachOther: what has arrived of one says nothing about the
// one around it, nor about those within it.
func TestWideObjectsWithinEachOther(t *testing.T) {
	for _, document := range []string{
		`{"inner":{"last":0}}`, `{"last":0,"inner":{}}`, `{"last":0,"inner":{"inner":{"last":0}}}`,
		`{"inner":{"o3":1,"last":0,"inner":{"o69":2}},"more":[{"last":0},{},{"o66":0}]}`,
	} {
		var v wideNode
		if err := Unmarshal([]byte(document), &v); err != nil {
			t.Fatal(err)
		}
		encoded(t, &v, document)
	}
	d := newDecoder([]byte(`{"more":[` + strings.Repeat(`{"last":1},`, 999) + `{}]}`))
	if i := d.object(&wideNodeTable, unsafe.Pointer(new(wideNode)), 0); i < 0 || len(d.seen) != 0 || cap(d.seen) > 64 {
		t.Errorf("%d: %d words for what has arrived, room for %d", i, len(d.seen), cap(d.seen))
	}
	d.release(0)
}

// nullTexts has a list whose texts may be null.
type nullTexts struct {
	List  []Optional[string]
	extra members
}

var nullTextsTable = descriptor{fields: `
	list
`}

func (*nullTexts) table() *descriptor { return &nullTextsTable }

// TestListsOfNullTexts: texts that may be null are told from null and from empty
// ones.
func TestListsOfNullTexts(t *testing.T) {
	for _, document := range []string{`{"list":["a",null,"","b"]}`, `{"list":[null]}`, `{"list":["x"]}`, `{"list":[]}`} {
		var v nullTexts
		if err := Unmarshal([]byte(document), &v); err != nil {
			t.Fatal(err)
		}
		encoded(t, &v, document)
	}
}

// TestGivenMemory: AppendJSON writes nothing behind the memory that it is given,
// however much that is, and what it returns is no memory of its own.
func TestGivenMemory(t *testing.T) {
	var account codecAccount
	if err := Unmarshal([]byte(codecAccountJSON), &account); err != nil {
		t.Fatal(err)
	}
	numbers := codecWide{}
	for i := range numbers.Plain {
		numbers.Plain[i] = math.MinInt64
	}
	long, few := account, codecRefresh{}
	long.ID, long.DisplayName = strings.Repeat("i", 60), String(strings.Repeat("n", 100))
	if err := Unmarshal([]byte(`{"status":"`+strings.Repeat("s", 90)+`"}`), &few); err != nil {
		t.Fatal(err)
	}
	list := codecAll{Strings: []string{strings.Repeat("a", 40), "", "abc", "abcdefgh"}}
	for _, v := range []object{&account, &long, &few, &numbers, &list, &codecCash{Available: Some(map[string]int64{"least": math.MinInt64})}} {
		want, err := Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		mem := make([]byte, len(want)+2*spare)
		for size := range len(want) + spare {
			for i := range mem {
				mem[i] = '.'
			}
			have, err := AppendJSON(mem[:0:size], v)
			if err != nil || !bytes.Equal(have, want) || strings.Trim(string(mem[size:]), ".") != "" {
				t.Fatalf("room of %d: %v, %s\nbehind it %s", size, err, have, mem[size:])
			}
			if _, err := Marshal(&codecAccount{ID: strings.Repeat("x", 2000)}); err != nil || !bytes.Equal(have, want) {
				t.Fatalf("room of %d: %v, then %s", size, err, have)
			}
		}
	}
}

// TestEncoderKeepsLittle: memory of a result is kept for the next, unless it is
// large.
func TestEncoderKeepsLittle(t *testing.T) {
	var e encoder
	e.keep(make([]byte, 5, maxBuffer))
	if len(e.room) != 0 || cap(e.room) != maxBuffer {
		t.Errorf("keeps %d of %d", cap(e.room), maxBuffer)
	}
	e.keep(make([]byte, 5, maxBuffer+1))
	if cap(e.room) != maxBuffer {
		t.Errorf("keeps %d", cap(e.room))
	}
}

// TestGoBack: what a variant that failed has left is gone.
func TestGoBack(t *testing.T) {
	d := newDecoder(nil)
	d.depth, d.seen, d.page = 2, []uint64{7}, progress{3, 4}
	d.unnamed = append(d.unnamed[:0], extent{1, 2})
	before := decoding{d.depth, len(d.seen), len(d.unnamed), d.page}
	d.depth, d.seen, d.page = 5, append(d.seen, 8, 9), progress{1, 1}
	d.unnamed = append(d.unnamed, extent{3, 4})
	d.syntax(0)
	d.within("x")
	d.goBack(before)
	if d.depth != 2 || len(d.seen) != 1 || d.page != (progress{3, 4}) || d.failure != nil || d.path != nil {
		t.Errorf("left %d, %v, %v, %v, %v", d.depth, d.seen, d.page, d.failure, d.path)
	}
	if !slices.Equal(d.unnamed, []extent{{1, 2}}) {
		t.Errorf("unknown members %v", d.unnamed)
	}
	d.goBack(decoding{})
	d.release(0)
}

// TestReleaseForgets: whatever a decoder held, the next document begins without.
func TestReleaseForgets(t *testing.T) {
	for _, end := range []int{0, -1} {
		d := newDecoder([]byte("x"))
		d.from, d.depth, d.lenient, d.trying, d.noted, d.noting, d.used = new(origin), 3, true, true, 4, true, 5
		d.page, d.one = progress{6, 7}, scalars{int64: 8, string: "9"}
		d.buf, d.chunk = []byte("10"), []byte("11")
		d.lists, d.records = chunk[string]{[]string{"12"}, 13}, chunk[record]{make([]record, 1), 14}
		d.slabOf(&codecNodeTable)
		d.slabOf(&codecCashTable)
		d.seen, d.keys, d.extents = append(d.seen, 16), append(d.keys, memberAt{17, 18}), append(d.extents, extent{19, 20})
		if end < 0 {
			d.unnamed = append(d.unnamed, extent{21, 22})
			d.syntax(0)
			d.within("x")
		}
		if err := d.release(end); (err != nil) != (end < 0) {
			t.Error(err)
		}
		if len(d.seen)+len(d.keys)+len(d.extents)+len(d.unnamed) != 0 {
			t.Errorf("keeps %v, %v, %v, %v", d.seen, d.keys, d.extents, d.unnamed)
		}
		d.seen, d.keys, d.extents, d.unnamed, d.lines, d.orders = nil, nil, nil, nil, [8]token{}, [8]memberOrder{}
		if !reflect.ValueOf(*d).IsZero() {
			t.Errorf("keeps %+v", *d)
		}
	}
}

// pageOfNodes is a page whose items have lists and structs within.
type pageOfNodes struct {
	Data  []codecNode
	from  *origin
	extra members
}

var pageOfNodesDescribed = descriptor{built: unsafe.Pointer(&pageOfNodesTable)}

func (*pageOfNodes) table() *descriptor { return &pageOfNodesDescribed }

var pageOfNodesTable = table{
	name: "NodePage", typ: reflect.TypeFor[pageOfNodes](), size: unsafe.Sizeof(pageOfNodes{}), extra: unsafe.Offsetof(pageOfNodes{}.extra),
	list:   &list{data: "data", origin: unsafe.Offsetof(pageOfNodes{}.from)},
	fields: []field{{name: "data", off: unsafe.Offsetof(pageOfNodes{}.Data), required: true, value: value{kind: kindSlice, elem: &value{kind: kindStruct, sub: (*codecNode)(nil)}}}},
}

// TestPagesTakeWhatTheyNeed: chunks of structs end with the page, be there one in
// every item, or in some, or several, and lists before them.
func TestPagesTakeWhatTheyNeed(t *testing.T) {
	const next, children = `"next":{"name":"n"}`, `"children":[{"name":"c"}],`
	for _, items := range [][]string{
		{`{` + next + `}`}, {`{` + next + `}`, `{"none":{"name":"n"}}`}, {`{"refs":[{"name":"a"},{"name":"b"},{"name":"c"}]}`}, {`{` + children + next + `}`},
	} {
		const n = 70 // more than a chunk
		document := `{"data":[` + strings.Repeat(strings.Join(items, ",")+",", n/len(items)) + items[0] + `]}`
		d := newDecoder([]byte(document))
		var page pageOfNodes
		if i := d.object(&pageOfNodesTable, unsafe.Pointer(&page), 0); i != len(document) || d.page != (progress{}) {
			t.Fatalf("%d of %d, and after it %+v", i, len(document), d.page)
		}
		if len(page.Data) < n || cap(page.Data) > n+n/10 {
			t.Errorf("%s: %d items, room for %d", items, len(page.Data), cap(page.Data))
		}
		s := d.slabOf(&codecNodeTable)
		if left := s.chunk.cap - s.chunk.len; left > s.handed/8 || s.handed < n/2 {
			t.Errorf("%s: %d structs handed out, %d left", items, s.handed, left)
		}
		d.release(0)
	}
}

// TestPageGrowth: what remains of a page is taken to be like what was read of it,
// with caution where that is little.
func TestPageGrowth(t *testing.T) {
	d := newDecoder(make([]byte, 10_000))
	for _, x := range []struct {
		n    int
		size uintptr
		page bool
		at   int
		want int
	}{
		{0, 16, false, 101, 4}, {0, 17, false, 101, 1}, {0, 17, true, 101, 1}, {3, 17, false, 200, 1},
		{1, 17, true, 200, sampleItems - 1}, {5, 17, true, 600, sampleItems - 5}, {2, 17, true, 9990, 1},
		{8, 17, true, 900, 92 + 2}, {8, 17, true, 180, maxPage}, {100, 17, true, 9900, 2},
	} {
		if have := d.growth(x.n, x.size, x.page, 100, x.at); have != x.want {
			t.Errorf("%+v: room for %d", x, have)
		}
	}
	d.release(0)
}

// TestListGrowth: chunks of lists double up to a bound, unless one list needs more.
func TestListGrowth(t *testing.T) {
	d := newDecoder(nil)
	for _, want := range []int{4, 8, 16, 32, 64, 128, 256, 256} {
		if d.moreTexts(nil); len(d.lists.free) != want {
			t.Errorf("a chunk of %d, want %d", len(d.lists.free), want)
		}
	}
	long := make([]string, 300)
	long[0], long[299] = "first", "last"
	if have := d.moreTexts(long); len(have) != 300 || cap(have) != 600 || have[0] != "first" || have[299] != "last" {
		t.Errorf("a list of %d, room for %d", len(have), cap(have))
	}
	d.release(0)
}

// TestChunksOfRecords: chunks double up to a bound, and what is larger has memory
// of its own.
func TestChunksOfRecords(t *testing.T) {
	var c chunk[int]
	for _, want := range []int{1, 2, 4, 8, 8, 8} {
		for k := range want {
			own := c.take(1, 8)
			if cap(own) != 1 || own[0] != 0 || len(c.free) != want-k-1 {
				t.Fatalf("%d left, want %d", len(c.free), want-k-1)
			}
			own[0] = 1
		}
	}
	left := len(c.free)
	if own := c.take(9, 8); len(own) != 9 || len(c.free) != left {
		t.Errorf("%d, and %d left", len(own), len(c.free))
	}
}

// TestListsOfTexts has lists of every length, of texts that are known and of
// others, with and without white space. None reaches into another.
func TestListsOfTexts(t *testing.T) {
	for _, space := range []string{"", " ", "\n", "  ", " \t\r\n"} {
		for size := range 40 {
			texts := make([]string, size)
			for i := range texts {
				texts[i] = codecPermissions[i%len(codecPermissions)]
				if i%3 == 0 {
					texts[i] += strconv.Itoa(i)
				}
			}
			list := "[" + space
			for i, text := range texts {
				list += strings.Repeat(","+space, min(i, 1)) + strconv.Quote(text)
			}
			list += space + "]"
			var all codecAll
			var account codecAccount
			if err := Unmarshal([]byte(`{"strings":`+list+`,"slices":[`+list+`,`+list+`]}`), &all); err != nil {
				t.Fatalf("%s: %v", list, err)
			}
			if err := Unmarshal([]byte(`{"permissions":`+list+`,"supported_payment_method_types":`+list+`}`), &account); err != nil {
				t.Fatalf("%s: %v", list, err)
			}
			permissions, methods := account.Permissions.Value, account.Supported
			areLists(t, texts, *(*[]string)(unsafe.Pointer(&permissions)), *(*[]string)(unsafe.Pointer(&methods)))
			areLists(t, texts, all.Strings, all.Slices[0], all.Slices[1])
		}
	}
}

// areLists tells whether lists have some texts and memory of their own.
func areLists(t *testing.T, want []string, lists ...[]string) {
	t.Helper()
	for _, list := range lists {
		_ = append(list, "more")
	}
	for _, list := range lists {
		if list == nil || !slices.Equal(list, want) {
			t.Fatalf("%q, want %q", list, want)
		}
		clear(list)
	}
}

// TestPartsOfAnswersKnowTheirOrigin: a page that is not the whole of a document is
// given where it is from, too.
func TestPartsOfAnswersKnowTheirOrigin(t *testing.T) {
	from, page := new(origin), new(codecPage)
	for _, document := range []string{` {"data":[]} `, `{"data":[],"has_more":true,"url":"/v1/accounts"}`} {
		*page = codecPage{}
		if err := decodeValue([]byte(document), &value{kind: kindStruct, sub: page}, unsafe.Pointer(page), from); err != nil || page.from != from {
			t.Errorf("%s: %v, %v", document, page.from, err)
		}
	}
}

// TestParametersOfOneName: a name is that of a body's member, where there is one.
func TestParametersOfOneName(t *testing.T) {
	for _, body := range []location{inForm, inMultipart} {
		for want, in := range [][]location{{body, inQuery}, {inQuery, body}} {
			tab := namesTable([]string{"kind", "kind"})
			tab.params = true
			tab.fields[0].in, tab.fields[1].in = in[0], in[1]
			isFound(t, tab, want, "kind")
		}
	}
}

// TestEncoderForgets: whatever an encoder held, the next result begins without.
func TestEncoderForgets(t *testing.T) {
	e := encoders.Get().(*encoder)
	e.depth, e.sent, e.given, e.reason, e.path = 1, true, true, "2", []string{"3"}
	e.keys = append(e.keys[:0], "4", "5")
	keys := e.keys
	if err := e.release(); err == nil || err.Error() != "3: 2" {
		t.Error(err)
	}
	if len(e.keys) != 0 || keys[0] != "" || keys[1] != "" {
		t.Errorf("keeps %q", keys)
	}
	e.keys, e.room = nil, nil
	if !reflect.ValueOf(*e).IsZero() {
		t.Errorf("keeps %+v", *e)
	}
	e.room = []byte{}
}

// TestBodiesAreApart: a part of a request stays as it is when the next is written.
func TestBodiesAreApart(t *testing.T) {
	first, second := "first", "other"
	a, err := encodePart(part{&value{kind: kindString}, unsafe.Pointer(&first)})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := encodePart(part{&value{kind: kindString}, unsafe.Pointer(&second)}); err != nil || string(b) != `"other"` || string(a) != `"first"` {
		t.Errorf("%s and %s, %v", a, b, err)
	}
}

// longValued has texts that are listed and long.
type longValued struct {
	Value Optional[longValue]
	extra members
}

type longValue string

var longValues = enum{"a_rather_long_value", "a_rather_long_value_one", "a_rather_long_value_two", "sixteen_in_total", "fifteen_letters"}

func (*longValue) values() *enum { return &longValues }

var longValuedTable = descriptor{fields: `
	value of
`, refs: []any{
	&longValues,
}}

func (*longValued) table() *descriptor { return &longValuedTable }

// TestLongListedTexts: a text that begins or ends as a listed one does is not it,
// in documents that end soon after and in others.
func TestLongListedTexts(t *testing.T) {
	texts := []string{"", "a_rather_long_va", "a_rather_long_value_on", "a_rather_long_value_ten", "a_rather_long_value_ones", "a_rather_lung_value_one", "b_rather_long_value_one", "sixteen_in_totals", "sixteen_in_tota", "fifteen_letter", "fifteen_letterss"}
	for i, text := range append(texts, longValues...) {
		for _, more := range []string{"", `,"z":"0123456789012345678901234567890123456789"`} {
			var v longValued
			if err := Unmarshal([]byte(`{"value":"`+text+`"`+more+`}`), &v); err != nil || string(v.Value.Value) != text {
				t.Errorf("%q became %q, %v", text, v.Value.Value, err)
			}
			if i >= len(texts) && data(string(v.Value.Value)) != data(text) {
				t.Errorf("%q has memory of its own", text)
			}
		}
	}
}

// TestIndentation reads members with all kinds of white space between them, where
// every second one is indented otherwise than those around it, and then with one
// byte of it that is no white space.
func TestIndentation(t *testing.T) {
	gaps := []string{"", " ", "\t", "\n", "\n  ", "\n\t", "\r\n  ", "\n   \n", "\n\n\n\n\n\n\n\n\n", "\n    \t"}
	for _, n := range []int{6, 7, 8, 11, 14, 15, 16, 17, 24, 40} {
		gaps = append(gaps, "\n"+strings.Repeat(" ", n), strings.Repeat(" ", n), strings.Repeat(" ", n-1)+"\t", "\n"+strings.Repeat("\t", n))
	}
	read := func(document string) (codecCash, error) {
		var v codecCash
		err := Unmarshal([]byte(document), &v)
		return v, err
	}
	for _, one := range gaps {
		for _, other := range gaps {
			document := "{" + one + `"a":1,` + other + `"b":[2],` + one + `"available":{` + other + `"usd":3},` + other + `"c":"4",` + one + `"d":5}`
			v, err := read(document)
			if err != nil {
				t.Errorf("%q: %v", document, err)
				continue
			}
			encoded(t, &v, `{"available":{"usd":3},"a":1,"b":[2],"c":"4","d":5}`)
		}
		document := "{" + one + `"a":1,` + one + `"b":2,` + one + `"c":3}`
		for at := len(document) - len(one) - len(`"c":3}`); at < len(document)-len(`"c":3}`); at++ {
			for _, c := range []string{"\x00", "\f", "x", `"`, ",", "\u00a0"} {
				if _, err := read(document[:at] + c + document[at+1:]); err == nil {
					t.Errorf("%q: accepted with %q at %d", document, c, at)
				}
			}
		}
	}
}

// TestManyUnknownMembers: of those of one name, few or many, the last counts, in
// the place of the first.
func TestManyUnknownMembers(t *testing.T) {
	for _, n := range []int{1, 2, 15, 16, 17, 18, 40} {
		for again := range n {
			var document, want strings.Builder
			for i := range n {
				value := strconv.Itoa(i)
				fmt.Fprintf(&document, `,"x%02d":%s`, i, value)
				if i == again {
					value = "[true]"
				}
				fmt.Fprintf(&want, `,"x%02d":%s`, i, value)
			}
			fmt.Fprintf(&document, `,"x%02d":null,"x%02d":[true]`, again, again)
			var v codecCash
			if err := Unmarshal([]byte("{"+document.String()[1:]+"}"), &v); err != nil {
				t.Fatal(err)
			}
			encoded(t, &v, "{"+want.String()[1:]+"}")
			if err := Unmarshal([]byte("{"+document.String()[1:]+`,"last":0}`), &v); err != nil {
				t.Fatal(err)
			}
			encoded(t, &v, "{"+want.String()[1:]+`,"last":0}`)
		}
	}
}

// TestEmptyObjectsIndentedOtherwise: an object that ends at once may do so behind
// more white space, or less, than the members had of the one before.
func TestEmptyObjectsIndentedOtherwise(t *testing.T) {
	for size := range 40 {
		var v codecNode
		document := "{\"children\":[{\n  \"name\":\"c\",\"children\":[]},{\n" + strings.Repeat(" ", size) + "}],\"name\":\"0123456789abcdef\"}"
		if err := Unmarshal([]byte(document), &v); err != nil || len(v.Children) != 2 {
			t.Errorf("%d blanks: %d children, %v", size, len(v.Children), err)
		}
	}
}

// TestUnknownNamesSpelledInTwoWays: they are the same name, which is kept as it came
// last.
func TestUnknownNamesSpelledInTwoWays(t *testing.T) {
	for document, want := range map[string]string{
		`{"\u0078y":1,"xy":2}`:              `{"xy":2}`,
		`{"xy":1,"z":0,"\u0078\u0079":2}`:   `{"\u0078\u0079":2,"z":0}`,
		`{"\u0078y":1,"z":0,"x\u0079":2}`:   `{"x\u0079":2,"z":0}`,
		`{"\u0078y" : 1, "\u0078z" : [2 ]}`: `{"\u0078y":1,"\u0078z":[2]}`,
	} {
		var v codecCash
		if err := Unmarshal([]byte(document), &v); err != nil {
			t.Fatal(err)
		}
		encoded(t, &v, want)
	}
}

// TestUnknownMembersOfAnySize: they are kept apart from other texts, whichever
// memory they are in.
func TestUnknownMembersOfAnySize(t *testing.T) {
	for size := range 260 {
		x := `"` + strings.Repeat("x", size) + `"`
		document := `{"name":"` + strings.Repeat("n", 90) + `","children":[{"name":"c","children":[],"y":` + x + `}],"x":` + x + `,"z":[1,2]}`
		var v codecNode
		if err := Unmarshal([]byte(document), &v); err != nil {
			t.Fatal(err)
		}
		encoded(t, &v, document)
	}
}

// TestWhereUnknownMembersLie: they are with their record where the memory for texts
// has no room for them.
func TestWhereUnknownMembersLie(t *testing.T) {
	for size, want := range map[int]bool{1: false, 30: false, 100: true, 179: true, 180: false} {
		var v codecNode
		if err := Unmarshal([]byte(`{"name":"n","children":[],"x":"`+strings.Repeat("x", size-1)+`"}`), &v); err != nil {
			t.Fatal(err)
		}
		rec := v.extra.rec
		from := uintptr(unsafe.Pointer(unsafe.SliceData(rec.unknown))) - uintptr(unsafe.Pointer(rec))
		if have := from == unsafe.Sizeof(record{}); have != want {
			t.Errorf("%d bytes: %v, want %v", size, have, want)
		}
	}
}

// TestPassedLevels: what is passed over may have any number of levels up to the
// limit, arrays and objects in any order, and each ends as it began.
func TestPassedLevels(t *testing.T) {
	for _, levels := range []int{1, 2, 62, 63, 64, 65, 66, 127, 128, 129, 130, 200, maxDepth - 1} {
		for seed := range 4 {
			r := rand.New(rand.NewPCG(uint64(levels), uint64(seed)))
			var open, end []byte
			for range levels {
				if r.IntN(2) == 0 {
					open, end = append(open, "[0,"...), append(end, ']')
				} else {
					open, end = append(open, `{"a":`...), append(end, '}')
				}
			}
			slices.Reverse(end)
			document := `{"x":` + string(open) + "1" + string(end) + `,"y":2}`
			var v codecCash
			if err := Unmarshal([]byte(document), &v); err != nil {
				t.Fatalf("%d levels: %v", levels, err)
			}
			encoded(t, &v, document)
			at := len(document) - len(`,"y":2}`) - 1 - r.IntN(levels)
			wrong := []byte(document)
			wrong[at] ^= ']' ^ '}'
			var failure *DecodeError
			if err := Unmarshal(wrong, &v); !errors.As(err, &failure) || failure.Offset != int64(at) {
				t.Errorf("%s: %v, want an error at offset %d", wrong, err, at)
			}
		}
	}
}

// TestPassFails: of what is no JSON no extents are remembered.
func TestPassFails(t *testing.T) {
	long := `["` + strings.Repeat("x", minExtent) + `"]`
	d := newDecoder([]byte(`[` + long + `,[` + long + `,x]]`))
	if end := d.pass(0); end >= 0 || len(d.extents) != 0 {
		t.Errorf("passed up to %d, with %v", end, d.extents)
	}
	d.release(-1)
	d = newDecoder([]byte(`[` + long + `,[` + long + `,{"a":` + long + `}, 0]]`))
	end := d.pass(0)
	if want := len(d.data); end != want || d.endOf(0) != want {
		t.Errorf("passed up to %d and %d, want %d", end, d.endOf(0), want)
	}
	n := len(long)
	want := []extent{{0, end}, {1, 1 + n}, {n + 2, end - 1}, {n + 3, 2*n + 3}, {2*n + 4, end - 5}, {2*n + 9, 3*n + 9}}
	if !slices.Equal(d.extents, want) {
		t.Errorf("extents %v, want %v", d.extents, want)
	}
	d.release(end)
}

// TestNothingIsTheDocumentsMemory: what was read stays when the document's memory
// is used again.
func TestNothingIsTheDocumentsMemory(t *testing.T) {
	for text, v := range map[string]object{
		`["a","b"]`: new(anyThing), `"text"`: new(anyThing), codecAllJSON: new(codecAll), `{"x\u0079":{"a":"bc"},"éé":"é"}`: new(codecCash), `{"value":"not listed"}`: new(longValued),
		`{"plain":1,"an\u0064":2}`: new(moreThing),
	} {
		document := []byte(text)
		if err := Unmarshal(document, v); err != nil {
			t.Fatal(err)
		}
		before, err := Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		for i := range document {
			document[i] = '1'
		}
		if after, err := Marshal(v); err != nil || !bytes.Equal(after, before) {
			t.Errorf("%s became %s, %v", before, after, err)
		}
	}
}

// TestNullIsAValue of what may be anything.
func TestNullIsAValue(t *testing.T) {
	for _, document := range []string{`{"raw":null}`, `{"raw":1,"raw":null}`} {
		var v codecAll
		if err := Unmarshal([]byte(document), &v); err != nil || string(v.Raw) != "null" {
			t.Errorf("%s: %q, %v", document, v.Raw, err)
		}
	}
}

// TestSlabsOfManyTables has more tables than slabs, many of which have the same
// place, and structs of every size: none may reach into another.
func TestSlabsOfManyTables(t *testing.T) {
	d := newDecoder(nil)
	var tables []*table
	for i := range 60 {
		typ := reflect.ArrayOf(i%7+1, reflect.TypeFor[int64]())
		tables = append(tables, &table{typ: typ, size: typ.Size(), number: uint32(i * 5 % 37)})
	}
	structs := map[*[]int64]int64{}
	for i := range 6000 {
		tab := tables[i*i%59]
		s := unsafe.Slice((*int64)(d.newStruct(tab)), tab.size/8)
		for k := range s {
			if s[k] != 0 {
				t.Fatal("memory is not zero")
			}
			s[k] = int64(i)
		}
		structs[&s] = int64(i)
	}
	for s, i := range structs {
		if slices.ContainsFunc(*s, func(x int64) bool { return x != i }) {
			t.Fatalf("struct %d has become %d", i, *s)
		}
	}
	d.release(0)
}

// TestSlabsAreFound: tables of the same place have a slab each, up to some, and
// keep it.
func TestSlabsAreFound(t *testing.T) {
	for _, number := range []uint32{0, 5, slabCount - 1, slabCount - 3} {
		d := newDecoder(nil)
		var tables [maxProbes + 1]table
		var slabs [maxProbes]*slab
		for i := range tables {
			tables[i].number = number + uint32(i%2)*slabCount
			if i < maxProbes {
				slabs[i] = d.slabOf(&tables[i])
			}
		}
		for i, first := range slabs {
			if s := d.slabOf(&tables[i]); s != first || s.t != &tables[i] {
				t.Errorf("table %d of place %d has lost its slab", i, number)
			}
		}
		if s := d.slabOf(&tables[maxProbes]); s != &d.slabs[number] || !reflect.DeepEqual(*s, slab{t: &tables[maxProbes]}) {
			t.Errorf("a slab is not used again: %+v", s)
		}
		d.release(0)
	}
}

// TestMapsAreApart: the keys of one map are not those of another in the document.
func TestMapsAreApart(t *testing.T) {
	const document = `{"as_of":0,"cash":{"available":{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}},"current":{"h":1,"i":2,"j":3,"k":4,"l":5},"type":""}`
	var v codecBalance
	if err := Unmarshal([]byte(document), &v); err != nil {
		t.Fatal(err)
	}
	encoded(t, &v, document)
}

// wideNames has fields whose names are not ASCII, one of them beyond what is looked
// at once.
type wideNames struct {
	Size  Optional[int64]
	Long  Optional[int64]
	Snow  Optional[int64]
	extra members
}

var wideNamesTable = descriptor{fields: `
	"größe"
	"a_rather_long_größe"
	"☃"
`}

func (*wideNames) table() *descriptor { return &wideNamesTable }

// TestNamesOutsideASCII: such a name is found as it stands and with escapes, in
// any order, and wherever it is in the document.
func TestNamesOutsideASCII(t *testing.T) {
	for _, name := range []string{`größe`, `gr\u00f6\u00dfe`, `a_rather_long_größe`, `a_rather_long_gr\u00f6ße`, `☃`, `\u2603`} {
		for _, before := range []string{"", `"x":1,"y":2,"z":3,`} {
			for _, after := range []string{"", `,"more":"0123456789012345678901234567890123456789"`} {
				document := `{` + before + `"` + name + `":7` + after + `}`
				var v wideNames
				if err := Unmarshal([]byte(document), &v); err != nil || v.Size.Value+v.Long.Value+v.Snow.Value != 7 {
					t.Errorf("%s: %+v, %v", document, v, err)
				}
			}
		}
	}
}

// TestUnknownMembersOfCopies: a member that is set in a copy stays as it is in the
// original, and its name has to be text.
func TestUnknownMembersOfCopies(t *testing.T) {
	var v codecCash
	if err := Unmarshal([]byte(`{"x":1,"y":2}`), &v); err != nil {
		t.Fatal(err)
	}
	same := v
	if err := SetUnknownMember(&same, "x", Raw("3")); err != nil {
		t.Fatal(err)
	}
	encoded(t, &v, `{"x":1,"y":2}`)
	encoded(t, &same, `{"x":3,"y":2}`)
	if err := SetUnknownMember(&v, "\xff", Raw("3")); err == nil {
		t.Error("a name that is no UTF-8 is set")
	}
	encoded(t, &v, `{"x":1,"y":2}`)
}

// TestNamesWithNeedlessEscapes: a name is the same however it is spelled, that of a
// field and that in the path of a failure.
func TestNamesWithNeedlessEscapes(t *testing.T) {
	for _, more := range []string{"", `,"more":"0123456789012345678901234567890123456789"`} {
		var v codecCash
		document := `{"avail\u0061ble":{"usd":7}` + more + `}`
		if err := Unmarshal([]byte(document), &v); err != nil || v.Available.Value["usd"] != 7 {
			t.Errorf("%s: %+v, %v", document, v, err)
		}
		err := Unmarshal([]byte(`{"unkn\u006fwn":["a\nb",?]`+more+`}`), &v)
		if err == nil || !strings.HasPrefix(err.Error(), "unknown: unexpected character") {
			t.Error(err)
		}
	}
}
