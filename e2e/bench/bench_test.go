package bench

import "testing"

// BenchmarkRows has every row in every column: row=decode-list-compact/codec=jx.
func BenchmarkRows(b *testing.B) {
	benchDecode(b)
	benchEncode(b)
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
			var dst []byte
			run(b, "append-"+d.Name, c.name, len(d.JSON), func() (err error) {
				dst, err = c.append(dst[:0], v)
				return err
			})
		}
	}
}
