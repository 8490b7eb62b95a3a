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

// Unmarshal reads the one JSON value in data with a decoder of its own, as
// generated clients and their UnmarshalJSON do.
func Unmarshal(data []byte, v Object) error {
	d := jx.DecodeBytes(data)
	if err := v.Decode(d); err != nil {
		return err
	}
	if err := d.Skip(); err != io.EOF {
		return errors.New("unexpected trailing data")
	}
	return nil
}

// Marshal returns the JSON of v, written by an encoder of its own, as generated
// clients and their MarshalJSON do.
func Marshal(v Object) []byte {
	e := jx.Encoder{}
	v.Encode(&e)
	return e.Bytes()
}

// Append appends the JSON of v, written by an encoder from jx's pool, which
// nothing generated does.
func Append(dst []byte, v Object) []byte {
	e := jx.GetEncoder()
	defer jx.PutEncoder(e)
	v.Encode(e)
	return append(dst, e.Bytes()...)
}
