package support

import (
	"bytes"
	"time"
)

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
