package support

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// tree is the JSON of a node with n children at each of some levels.
func tree(name string, n, levels int) string {
	var children []string
	for i := range n {
		if levels > 0 {
			children = append(children, tree(fmt.Sprintf("%s.%d", name, i), n, levels-1))
		}
	}
	list := strings.Join(children, ",")
	return `{"name":"` + name + `","children":[` + list + `],"refs":[` + list + `],"next":{"name":"next of ` + name + `","children":[]},"x":"` + name + `"}`
}

// checkTree tells what is wrong with a node that was decoded from tree.
func checkTree(v *codecNode, name string, n, levels int) error {
	if v.Name != name || v.Next.Value == nil || v.Next.Value.Name != "next of "+name {
		return fmt.Errorf("have %q, want %q", v.Name, name)
	}
	if string(UnknownMembers(v)["x"]) != `"`+name+`"` {
		return fmt.Errorf("%s: %s", name, UnknownMembers(v)["x"])
	}
	want := n
	if levels == 0 {
		want = 0
	}
	if len(v.Children) != want || len(v.Refs.Value) != want {
		return fmt.Errorf("%s: %d children", name, len(v.Children))
	}
	for i := range v.Children {
		child := fmt.Sprintf("%s.%d", name, i)
		if err := checkTree(&v.Children[i], child, n, levels-1); err != nil {
			return err
		}
		if err := checkTree(v.Refs.Value[i], child, n, levels-1); err != nil {
			return err
		}
	}
	return nil
}

// TestDecodeUnderCollection decodes in several goroutines while the garbage
// collector runs all the time: a pointer that it can't see would be lost.
func TestDecodeUnderCollection(t *testing.T) {
	stop := make(chan struct{})
	var collector, workers sync.WaitGroup
	collector.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
			}
		}
	})
	for _, shape := range [][2]int{{1, 9}, {2, 4}, {3, 3}, {9, 2}, {70, 1}} {
		workers.Go(func() {
			document := []byte(tree("t", shape[0], shape[1]))
			var kept []*codecNode
			for range 5 {
				v := new(codecNode)
				if err := decode(document, v, nil); err != nil {
					t.Error(err)
				}
				kept = append(kept, v)
			}
			clear(document) // nothing may point into it
			for _, v := range kept {
				if err := checkTree(v, "t", shape[0], shape[1]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	workers.Wait()
	close(stop)
	collector.Wait()
}

// TestStructsAreApart has every struct of a page that comes from a slab
// written to: no other may change.
func TestStructsAreApart(t *testing.T) {
	const n = 300 // more than a chunk, and than a page's first memory
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,{"id":"%d","account_holder":{"type":"h%d","account":{"id":"a%d"}},"balance":{"as_of":%d,"current":{"usd":%d},"cash":{"available":{"eur":%d}}},"permissions":["p%d","q"],"new":%d}`, i, i, i, i, i, i, i, i)
	}
	var page codecPage
	if err := decode([]byte(`{"data":[`+b.String()[1:]+`]}`), &page, nil); err != nil {
		t.Fatal(err)
	}
	if len(page.Data) != n {
		t.Fatalf("%d accounts", len(page.Data))
	}
	seen := map[any]bool{}
	for i := range page.Data {
		v := &page.Data[i]
		holder, balance := v.AccountHolder.Value, v.Balance.Value
		if seen[holder] || seen[balance] || seen[balance.Cash.Value] {
			t.Fatalf("account %d shares a struct", i)
		}
		seen[holder], seen[balance], seen[balance.Cash.Value] = true, true, true
		have := fmt.Sprint(v.ID, holder.Type, holder.Account.Value.ID, balance.AsOf, balance.Current["usd"], balance.Cash.Value.Available.Value["eur"], v.Permissions.Value[0], string(UnknownMembers(v)["new"]))
		want := fmt.Sprint(i, fmt.Sprintf("h%d", i), fmt.Sprintf("a%d", i), i, i, i, fmt.Sprintf("p%d", i), i)
		if strings.ReplaceAll(have, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Fatalf("account %d: have %s, want %s", i, have, want)
		}
		holder.Type = "changed"
		balance.Current["usd"] = -1
		v.Permissions.Value = append(v.Permissions.Value, "more")
		raw := v.extra.rec.listUnknown()[0].value
		_ = append(raw, "overwritten"...)
	}
}

// TestSlabCollisions has all slabs taken by other tables now and then.
func TestSlabCollisions(t *testing.T) {
	d := newDecoder(nil)
	tables := []*table{&codecNodeTable, &codecCashTable, &codecHolderTable, &codecBalanceTable, &codecAccountTable, &codecAllTable}
	taken := map[uintptr]bool{}
	var kept []reflect.Value
	for i := range 400 {
		tab := tables[i*7%len(tables)]
		if i%3 == 0 {
			for k := range d.slabs {
				d.slabs[k] = slab{t: tables[(i+1)%len(tables)]}
			}
		}
		p := d.newStruct(tab)
		if taken[uintptr(p)] {
			t.Fatal("memory handed out twice")
		}
		taken[uintptr(p)] = true
		v := reflect.NewAt(tab.typ, p)
		if !v.Elem().IsZero() {
			t.Fatal("memory is not zero")
		}
		v.Elem().Field(0).SetZero()
		kept = append(kept, v)
	}
	d.taken = 1<<slabCount - 1
	d.release(0)
	if d.taken != 0 || !reflect.ValueOf(d.slabs).IsZero() {
		t.Error("the decoder keeps slabs")
	}
	runtime.KeepAlive(kept)
}

// TestSlabGrowth: chunks double up to a bound.
func TestSlabGrowth(t *testing.T) {
	d := newDecoder(nil)
	s := d.slabOf(&codecNodeTable)
	for _, want := range []int{1, 2, 4, 8, 16, 32, 64, 64, 64} {
		for range want {
			d.newStruct(&codecNodeTable)
			if s.chunk.cap != want {
				t.Fatalf("chunk of %d, want %d", s.chunk.cap, want)
			}
		}
	}
	d.release(0)
}

// TestDecoderForgets: a decoder in the pool holds nothing of the documents.
func TestDecoderForgets(t *testing.T) {
	for _, document := range []string{codecAllJSON, codecPageJSON(70), codecAccountJSON[:700], `{"strings":["abcdef","b"`, `{"x":"\n` + strings.Repeat("a", 9000) + `"}`,
		`{"unions":[{"x":[` + strings.Repeat(`["`+strings.Repeat("x", minExtent)+`"],`, 30000) + `[]]` + strings.Repeat(`,"":0`, 30000) + `}]}`} {
		d := newDecoder([]byte(document))
		d.from, d.seen = new(origin), nil
		var v object = new(codecAll)
		if strings.HasPrefix(document, `{"data"`) {
			v = new(codecPage)
		}
		i := d.object(builtTable(v), pointerOf(v), 0)
		d.release(i)
		if cap(d.seen) > 64 || cap(d.keys) > 10000 || cap(d.extents) > 10000 || cap(d.unnamed) > 10000 {
			t.Errorf("%d words of seen fields, %d keys, %d extents, %d unknown members", cap(d.seen), cap(d.keys), cap(d.extents), cap(d.unnamed))
		}
		d.seen, d.keys, d.extents, d.unnamed = nil, nil, nil, nil
		d.lines, d.orders = [8]token{}, [8]memberOrder{} // of white space and fields
		if !reflect.ValueOf(*d).IsZero() {
			t.Errorf("keeps %+v", *d)
		}
	}
}

// TestLargeTextIsApart: long strings don't come from chunks, and short ones
// don't pin much.
func TestLargeTextIsApart(t *testing.T) {
	d := newDecoder(make([]byte, 1<<20))
	first := d.own([]byte("a"))
	if len(d.chunk) != maxText || d.used != 1 || first != "a" {
		t.Errorf("chunk of %d, %d used", len(d.chunk), d.used)
	}
	d.own(make([]byte, maxText))
	if len(d.chunk) != maxText || d.used != 1 {
		t.Error("long text comes from the chunk")
	}
	d.release(0)
}

// TestDecodeAllocations is exact: whatever makes decoding allocate once more, or
// once less, is to be looked at.
func TestDecodeAllocations(t *testing.T) {
	if !poolsKeep {
		t.Skip("pools drop what they are given")
	}
	for _, x := range []struct {
		what, document string
		into           func() object
		want           float64
	}{
		// The account and its four structs, two maps of two allocations each, the
		// text, the list, and the record of its unknown members.
		{"an account", codecAccountJSON, func() object { return new(codecAccount) }, 11},
		{"an account with little in it", codecSmallJSON, func() object { return new(codecAccount) }, 4},
		// What is unknown shares the memory of its record where it is about as long as
		// the texts, and the first of its object.
		{"an account with members that are unknown", codecSmallJSON[:len(codecSmallJSON)-1] + `,"x":"` + strings.Repeat("x", 176) + `"}`, func() object { return new(codecAccount) }, 5},
		{"an account with long ones", codecSmallJSON[:len(codecSmallJSON)-1] + `,"x":"` + strings.Repeat("x", 180) + `"}`, func() object { return new(codecAccount) }, 6},
		{"an account with short ones", codecSmallJSON[:len(codecSmallJSON)-1] + `,"x":1}`, func() object { return new(codecAccount) }, 5},
		{"a page of accounts with members that are unknown", strings.ReplaceAll(codecPageOf(100, codecSmallJSON[:len(codecSmallJSON)-1]+`,"x":"`+strings.Repeat("x", 170)+`"}`), "\n", ""), func() object { return new(codecPage) }, 28},
		{"a page of accounts without maps", strings.ReplaceAll(codecPageOf(100, codecSmallJSON), "\n", ""), func() object { return new(codecPage) }, 16},
		{"a page of accounts with maps", codecPageJSON(100), func() object { return new(codecPage) }, 431},
	} {
		data := []byte(x.document)
		if n := testing.AllocsPerRun(100, func() {
			if err := decode(data, x.into(), nil); err != nil {
				t.Fatal(err)
			}
		}); n != x.want {
			t.Errorf("%s: %v allocations, want %v", x.what, n, x.want)
		}
	}
}

func TestEncodeAllocations(t *testing.T) {
	if !poolsKeep {
		t.Skip("pools drop what they are given")
	}
	var account codecAccount
	var page codecPage
	if err := decode([]byte(codecAccountJSON), &account, nil); err != nil {
		t.Fatal(err)
	}
	if err := decode([]byte(codecPageJSON(100)), &page, nil); err != nil {
		t.Fatal(err)
	}
	for _, v := range []object{&account, &page} {
		text, err := Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		room := make([]byte, 0, len(text))
		for _, x := range []struct {
			want float64
			run  func() ([]byte, error)
		}{
			{1, func() ([]byte, error) { return Marshal(v) }},
			{0, func() ([]byte, error) { return AppendJSON(room, v) }},
		} {
			runtime.GC()
			if n := testing.AllocsPerRun(100, func() {
				if out, err := x.run(); err != nil || len(out) != len(text) {
					t.Fatal(err)
				}
			}); n != x.want {
				t.Errorf("%T: %v allocations, want %v", v, n, x.want)
			}
		}
	}
}

// TestMissingMembersAllocations: an empty object is short to send, and what it
// lacks is remembered in one piece.
func TestMissingMembersAllocations(t *testing.T) {
	if !poolsKeep {
		t.Skip("pools drop what they are given")
	}
	data := []byte(`{}`)
	n := testing.AllocsPerRun(100, func() {
		if err := decode(data, new(codecAccount), nil); err != nil {
			t.Fatal(err)
		}
	})
	if n > 3 { // the account, the record, its list
		t.Errorf("%v allocations", n)
	}
}

// TestRawIsApart: who appends to a raw value writes over nothing that was read
// after it.
func TestRawIsApart(t *testing.T) {
	var v codecAll
	if err := decode([]byte(`{"raw":[1],"string":"kept","unknown":{"a":1},"expandable":"id_1"}`), &v, nil); err != nil {
		t.Fatal(err)
	}
	_ = append(v.Raw, "overwritten, and more"...)
	_ = append(v.extra.rec.unknown, "overwritten, and more"...)
	if string(v.Raw) != "[1]" || v.String != "kept" || v.Expandable.ID != "id_1" || string(UnknownMembers(&v)["unknown"]) != `{"a":1}` {
		t.Errorf("have %s, %q, %q, %s", v.Raw, v.String, v.Expandable.ID, UnknownMembers(&v))
	}
}
