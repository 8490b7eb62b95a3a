package stripe

import "fmt"

// Fill sets the parameters that are named in a JSON object. Parameters are
// only written, so the package has this for its tests alone.
func Fill(params any, values []byte) error {
	into, ok := params.(object)
	if !ok {
		return fmt.Errorf("%T holds no parameters", params)
	}
	return decode(values, into, nil)
}
