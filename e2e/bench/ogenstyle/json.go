package ogenstyle

import (
	"io"

	"github.com/go-faster/errors"
	"github.com/go-faster/jx"
)

// Object is what can be read and written: an account or a list of them.
type Object interface {
	Decode(*jx.Decoder) error
	Encode(*jx.Encoder)
}

// Unmarshal reads the one JSON value in data, as a generated client does with a
// body, by a decoder from jx's pool.
func Unmarshal(data []byte, v Object) error {
	d := jx.GetDecoder()
	defer jx.PutDecoder(d)
	d.ResetBytes(data)
	if err := v.Decode(d); err != nil {
		return err
	}
	if err := d.Skip(); err != io.EOF {
		return errors.New("unexpected trailing data")
	}
	return nil
}

// Marshal returns the JSON of v, written by an encoder from jx's pool, as a
// slice of its own.
func Marshal(v Object) []byte {
	e := jx.GetEncoder()
	defer jx.PutEncoder(e)
	v.Encode(e)
	return append([]byte(nil), e.Bytes()...)
}

// Append appends the JSON of v, written by an encoder from jx's pool.
func Append(dst []byte, v Object) []byte {
	e := jx.GetEncoder()
	defer jx.PutEncoder(e)
	v.Encode(e)
	return append(dst, e.Bytes()...)
}
