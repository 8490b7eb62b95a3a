package support

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"
)

// The generated structs are encoded and decoded by their tables. The methods
// here serve whoever puts an Optional, an Expandable or a Raw into a struct of
// his own and hands that to encoding/json.

// MarshalJSON returns the JSON of the value, or null where there is none. With
// omitzero in the field's tag an absent one is left out.
func (o Optional[T]) MarshalJSON() ([]byte, error) {
	if o.state != statePresent {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON sets the value, or null.
func (o *Optional[T]) UnmarshalJSON(data []byte) error {
	*o = Optional[T]{}
	if isNullJSON(data) {
		o.state = stateNull
		return nil
	}
	if err := json.Unmarshal(data, &o.value); err != nil {
		return err
	}
	o.state = statePresent
	return nil
}

// MarshalJSON returns the JSON of the object, or of the id where that is all.
func (e Expandable[T]) MarshalJSON() ([]byte, error) {
	if e.expanded {
		return json.Marshal(e.object)
	}
	return json.Marshal(e.id)
}

// UnmarshalJSON sets the id, or the object and its id.
func (e *Expandable[T]) UnmarshalJSON(data []byte) error {
	*e = Expandable[T]{}
	switch trimmed := bytes.TrimLeft(data, " \t\r\n"); {
	case isNullJSON(data):
		return nil
	case bytes.HasPrefix(trimmed, []byte{'"'}):
		return json.Unmarshal(data, &e.id)
	case !bytes.HasPrefix(trimmed, []byte{'{'}):
		return errors.New("want string or object")
	}
	var named struct {
		ID any `json:"id"`
	}
	if err := json.Unmarshal(data, &named); err != nil {
		return err
	}
	if err := json.Unmarshal(data, &e.object); err != nil {
		return err
	}
	e.id, _ = named.ID.(string)
	e.expanded = true
	return nil
}

// MarshalJSON returns the value itself, or null if it is nil.
func (r Raw) MarshalJSON() ([]byte, error) {
	if r == nil {
		return []byte("null"), nil
	}
	return r, nil
}

// UnmarshalJSON keeps a copy of the value.
func (r *Raw) UnmarshalJSON(data []byte) error {
	*r = bytes.Clone(data)
	return nil
}

// UnixTimeOf returns the moment, without its fraction of a second.
func UnixTimeOf(t time.Time) UnixTime { return UnixTime(t.Unix()) }

// Time returns the moment in UTC.
func (u UnixTime) Time() time.Time { return time.Unix(int64(u), 0).UTC() }

func isNullJSON(data []byte) bool { return string(bytes.TrimSpace(data)) == "null" }
