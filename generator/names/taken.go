package names

import (
	"go/token"
	"strings"
)

// taken are names that an argument must not have: keywords, what Go declares
// beforehand, and what the generated methods use themselves.
var taken = func() map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(`ctx params opts s out context http iter strconv first object eachItem eachValue
		any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string
		uint uint8 uint16 uint32 uint64 uintptr true false iota nil append cap clear close complex copy delete imag
		len make max min new panic print println real recover`) {
		set[word] = true
	}
	for t := token.BREAK; t <= token.VAR; t++ {
		set[t.String()] = true
	}
	return set
}()

// IsExported tells whether a text can be the name of something exported.
func IsExported(name string) bool { return token.IsIdentifier(name) && token.IsExported(name) }
