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

// Check validates a result. The function Validate wants to know at compile time
// that it is given an object.
func Check(result any) error {
	if o, ok := result.(object); ok {
		return Validate(o)
	}
	return nil
}
