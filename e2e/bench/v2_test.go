//go:build goexperiment.jsonv2

package bench

import (
	"encoding/json"
	v2 "encoding/json/v2"
)

// experimentCodecs are those that GOEXPERIMENT=jsonv2 adds or makes others of:
// with it, encoding/json is built on top of encoding/json/v2, for stripe-go too.
func experimentCodecs() []codec {
	return []codec{
		plainCodec("encoding-json-v2",
			func(data []byte, v any) error { return v2.Unmarshal(data, v) },
			func(v any) ([]byte, error) { return v2.Marshal(v) }),
		plainCodec("encoding-json-jsonv2", json.Unmarshal, json.Marshal),
		stripeCodec("stripe-go-jsonv2"),
	}
}
