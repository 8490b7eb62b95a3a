package bench

import (
	"context"
	"os"
	"runtime"
	"strconv"
	"testing"
)

// serviceHeap is how many megabytes the benchmarks hold besides what they
// measure, unless BENCH_HEAP says otherwise. A program that has next to nothing in memory collects
// garbage every four megabytes, which is every forty lists, and each time goes
// through all global variables of all libraries here: what is measured then is
// mostly that. A service holds tens of megabytes.
const serviceHeap = 64

func heldMemory(b *testing.B) []byte {
	size := serviceHeap
	if text := os.Getenv("BENCH_HEAP"); text != "" {
		var err error
		if size, err = strconv.Atoi(text); err != nil {
			b.Fatalf("BENCH_HEAP: %v", err)
		}
	}
	held := make([]byte, size<<20)
	// What the heap grows by until garbage is first collected is memory that the
	// system has to bring, at the expense of what is measured first.
	for range 2 * size {
		used = make([]byte, 1<<20)
		for i := 0; i < len(used); i += 1 << 12 {
			used[i] = 1
		}
	}
	return held
}

var used []byte

// BenchmarkRows has every row in every column: row=decode-list-compact/codec=jx.
func BenchmarkRows(b *testing.B) {
	held := heldMemory(b)
	defer runtime.KeepAlive(held)
	benchDecode(b)
	benchEncode(b)
	if experimentCodecs() == nil {
		benchForm(b)
		benchValidate(b)
	}
	benchCall(b)
}

// run measures one row in one column: its time, and the processor time that goes
// into it, which the garbage collector's is part of. What only the first time costs, as caches
// of types and code compiled at run time do, is left out.
func run(b *testing.B, row, codec string, bytes int, do func() error) {
	b.Run("row="+row+"/codec="+codec, func(b *testing.B) {
		b.ReportAllocs()
		if bytes > 0 {
			b.SetBytes(int64(bytes))
		}
		for range 2 {
			if err := do(); err != nil {
				b.Fatal(err)
			}
		}
		began := processorTime()
		for b.Loop() {
			if err := do(); err != nil {
				b.Fatal(err)
			}
		}
		if spent := processorTime() - began; spent > 0 {
			b.ReportMetric(float64(spent.Nanoseconds())/float64(b.N), "cpu-ns/op")
		}
	})
}

func benchDecode(b *testing.B) {
	for _, d := range Documents() {
		for _, c := range codecs() {
			run(b, "decode-"+d.Name, c.name, len(d.JSON), func() error {
				_, err := c.decode(d)
				return err
			})
		}
	}
}

// benchEncode writes into memory that the codec makes, and into memory that is
// there already.
func benchEncode(b *testing.B) {
	for _, d := range EncodeDocuments() {
		for _, c := range codecs() {
			v, err := c.decode(d)
			if err != nil {
				b.Fatal(err)
			}
			run(b, "encode-"+d.Name, c.name, len(d.JSON), func() error {
				_, err := c.encode(v)
				return err
			})
			if c.append == nil {
				continue
			}
			dst := make([]byte, 0, 2*len(d.JSON))
			run(b, "append-"+d.Name, c.name, len(d.JSON), func() error {
				_, err := c.append(dst, v)
				return err
			})
		}
	}
}

func benchForm(b *testing.B) {
	for _, f := range forms() {
		for _, column := range []struct {
			name  string
			write func() (string, error)
		}{{"oaken", f.oaken}, {"stripe-go", f.stripe}} {
			run(b, f.name, column.name, 0, func() error {
				_, err := column.write()
				return err
			})
		}
	}
}

// benchValidate passes over the error that the invalid document makes, which
// TestValidationsAgree has seen to.
func benchValidate(b *testing.B) {
	columns := validations(b)
	for _, d := range ValidateDocuments() {
		for _, v := range columns {
			value, err := v.read(d)
			if err != nil {
				b.Fatal(err)
			}
			run(b, "validate-"+d.Name, v.name, 0, func() error {
				err := v.validate(value)
				if d.Name == "invalid" && err != nil {
					return nil
				}
				return err
			})
		}
	}
}

func benchCall(b *testing.B) {
	for _, d := range Documents() {
		for _, c := range callers() {
			one, list := c.make(&canned{text: d.JSON})
			switch d.Name {
			case "one-compact":
				benchOneCall(b, "call-retrieve", c.name, one)
			case "list-compact":
				benchOneCall(b, "call-list", c.name, list)
			}
		}
	}
}

func benchOneCall(b *testing.B, row, codec string, do call) {
	run(b, row, codec, 0, func() error {
		_, err := do(context.Background())
		return err
	})
}
