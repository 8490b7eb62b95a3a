// Package codec holds the JSON of a generated package against other
// implementations, encoding/json and go-json-experiment, by examples and by
// fuzzing, and uses its types as programs do: with encoding/json, in structs
// of their own, copied, and compared.
package codec
