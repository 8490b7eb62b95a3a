package bench

import (
	"encoding/json"

	"github.com/bytedance/sonic"
	experiment "github.com/go-json-experiment/json"
	goccy "github.com/goccy/go-json"
	"github.com/oaken-go/oaken/e2e/bench/ogenstyle"
	fc "github.com/oaken-go/oaken/generated/financialconnections"
	"github.com/stripe/stripe-go/v85"
)

// codec reads accounts and lists of them into its own types, and writes those.
type codec struct {
	name      string
	one, list func(data []byte) (any, error)
	encode    func(v any) ([]byte, error)
	append    func(dst []byte, v any) ([]byte, error) // nil where there is no such function
	facts     func(v any) PlainList                   // what has been read, an account as a list of one
}

func (c codec) decode(d Document) (any, error) {
	if d.List {
		return c.list(d.JSON)
	}
	return c.one(d.JSON)
}

// codecs are the columns of the rows that decode and encode. Those of this
// binary's GOEXPERIMENT alone are left to experimentCodecs.
func codecs() []codec {
	if v2 := experimentCodecs(); v2 != nil {
		return v2
	}
	return []codec{
		oakenCodec,
		stripeCodec("stripe-go"),
		jxCodec,
		plainCodec("encoding-json", json.Unmarshal, json.Marshal),
		plainCodec("go-json-experiment",
			func(data []byte, v any) error { return experiment.Unmarshal(data, v) },
			func(v any) ([]byte, error) { return experiment.Marshal(v) }),
		plainCodec("sonic", sonic.Unmarshal, sonic.Marshal),
		plainCodec("sonic-std", sonic.ConfigStd.Unmarshal, sonic.ConfigStd.Marshal),
		plainCodec("goccy", goccy.Unmarshal, goccy.Marshal),
	}
}

var oakenCodec = codec{
	name: "oaken",
	one: func(data []byte) (any, error) {
		account := new(fc.Account)
		return account, account.UnmarshalJSON(data)
	},
	list: func(data []byte) (any, error) {
		list := new(fc.AccountList)
		return list, list.UnmarshalJSON(data)
	},
	encode: func(v any) ([]byte, error) {
		if list, ok := v.(*fc.AccountList); ok {
			return fc.Marshal(list)
		}
		return fc.Marshal(v.(*fc.Account))
	},
	append: func(dst []byte, v any) ([]byte, error) {
		if list, ok := v.(*fc.AccountList); ok {
			return fc.AppendJSON(dst, list)
		}
		return fc.AppendJSON(dst, v.(*fc.Account))
	},
	facts: oakenFacts,
}

func stripeCodec(name string) codec {
	return codec{
		name: name,
		one: func(data []byte) (any, error) {
			account := new(stripe.FinancialConnectionsAccount)
			return account, json.Unmarshal(data, account)
		},
		list: func(data []byte) (any, error) {
			list := new(stripe.FinancialConnectionsAccountList)
			return list, json.Unmarshal(data, list)
		},
		encode: json.Marshal,
		facts:  stripeFacts,
	}
}

var jxCodec = codec{
	name: "jx",
	one: func(data []byte) (any, error) {
		account := new(ogenstyle.Account)
		return account, ogenstyle.Unmarshal(data, account)
	},
	list: func(data []byte) (any, error) {
		list := new(ogenstyle.AccountList)
		return list, ogenstyle.Unmarshal(data, list)
	},
	encode: func(v any) ([]byte, error) { return ogenstyle.Marshal(v.(ogenstyle.Object)), nil },
	append: func(dst []byte, v any) ([]byte, error) { return ogenstyle.Append(dst, v.(ogenstyle.Object)), nil },
	facts:  jxFacts,
}

// plainCodec reads into the plain structs and writes them.
func plainCodec(name string, unmarshal func([]byte, any) error, marshal func(any) ([]byte, error)) codec {
	return codec{
		name: name,
		one: func(data []byte) (any, error) {
			account := new(PlainAccount)
			return account, unmarshal(data, account)
		},
		list: func(data []byte) (any, error) {
			list := new(PlainList)
			return list, unmarshal(data, list)
		},
		encode: marshal,
		facts:  plainFacts,
	}
}
