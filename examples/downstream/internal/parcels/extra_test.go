package parcels

import (
	"testing"
	"time"
)

func TestOverdue(t *testing.T) {
	now := time.Unix(100_000, 0)
	for name, test := range map[string]struct {
		status  ParcelStatus
		created int64
		want    bool
	}{
		"long ago":           {ParcelStatusSent, 10_000, true},
		"just now":           {ParcelStatusSent, 99_000, false},
		"there already":      {ParcelStatusDelivered, 10_000, false},
		"an unknown status":  {"lost", 10_000, false},
		"waiting for nobody": {ParcelStatusWaiting, 10_000, false},
	} {
		t.Run(name, func(t *testing.T) {
			parcel := Parcel{Status: test.status, Created: UnixTime(test.created)}
			if got := parcel.Overdue(now, 12*time.Hour); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestCarrier(t *testing.T) {
	for name, test := range map[string]struct {
		courier Optional[Expandable[*Courier]]
		want    string
	}{
		"nobody":      {Null[Expandable[*Courier]](), ""},
		"an id":       {Some(Ref[*Courier]("cou_1")), "cou_1"},
		"with a name": {Some(Expand("cou_1", &Courier{ID: "cou_1", Name: "Ida"})), "Ida"},
	} {
		t.Run(name, func(t *testing.T) {
			parcel := Parcel{Courier: test.courier}
			if got := parcel.Carrier(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
