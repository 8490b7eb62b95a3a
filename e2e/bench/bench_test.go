package bench

import (
	"context"
	"net/http"
	"slices"
	"testing"
)

// BenchmarkRows has every row in every column: row=decode-list-compact/codec=jx.
func BenchmarkRows(b *testing.B) {
	benchDecode(b)
	benchEncode(b)
	if experimentCodecs() == nil {
		benchForm(b)
		benchValidate(b)
	}
	benchCall(b)
}

// run measures one row in one column. It sets up nothing that a filter leaves
// out.
func run(b *testing.B, row, codec string, bytes int, do func() error) {
	b.Run("row="+row+"/codec="+codec, func(b *testing.B) {
		b.ReportAllocs()
		if bytes > 0 {
			b.SetBytes(int64(bytes))
		}
		for b.Loop() {
			if err := do(); err != nil {
				b.Fatal(err)
			}
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
		for name, write := range f.writers() {
			run(b, f.name, name, 0, func() error {
				_, err := write()
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
	documents := Documents()
	for row, name := range map[string]string{"call-retrieve": "one-compact", "call-list": "list-compact"} {
		at := slices.IndexFunc(documents, func(d Document) bool { return d.Name == name })
		for codec, make := range callers() {
			one, list := make(http.RoundTripper(&canned{text: documents[at].JSON}))
			do := one
			if documents[at].List {
				do = list
			}
			run(b, row, codec, 0, func() error {
				_, err := do(context.Background())
				return err
			})
		}
	}
}
