// The program decodes and encodes the examples that it is given, one JSON
// object each, and says what became of each, one JSON object again.
package main

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"

	"corpus/api"
)

type result struct {
	Out              json.RawMessage
	Decode, Encode   string
	Broken, Keywords []string
}

func main() {
	out := json.NewEncoder(os.Stdout)
	for in := json.NewDecoder(os.Stdin); in.More(); {
		var example struct {
			Type  string
			Value json.RawMessage
		}
		if err := in.Decode(&example); err != nil {
			panic(err)
		}
		if err := out.Encode(through(types[example.Type], example.Value)); err != nil {
			panic(err)
		}
	}
}

// through decodes and encodes a value. The functions of the package take a type
// that has no name here, so reflection calls them.
func through(typ any, value []byte) result {
	v := reflect.New(reflect.TypeOf(typ).Elem())
	if err := failed(reflect.ValueOf(api.Unmarshal).Call([]reflect.Value{reflect.ValueOf(value), v})[0]); err != nil {
		return result{Decode: err.Error()}
	}
	var r result
	out := reflect.ValueOf(api.Marshal).Call([]reflect.Value{v})
	if err := failed(out[1]); err != nil {
		r.Encode = err.Error()
	} else {
		r.Out = out[0].Bytes()
	}
	var broken *api.ValidationError
	if errors.As(failed(reflect.ValueOf(api.Validate).Call([]reflect.Value{v})[0]), &broken) {
		for _, violation := range broken.Violations {
			r.Broken = append(r.Broken, violation.Path+": "+violation.Message)
			r.Keywords = append(r.Keywords, violation.Keyword)
		}
	}
	return r
}

func failed(v reflect.Value) error {
	err, _ := v.Interface().(error)
	return err
}
