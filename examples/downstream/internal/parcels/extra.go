package parcels

// This file is written by hand. What gen writes begins with a line that says
// so; it leaves every other file of the folder alone.

import "time"

// Overdue tells whether a parcel that is on its way was sent longer ago than
// one should wait.
func (p *Parcel) Overdue(now time.Time, patience time.Duration) bool {
	return p.Status == ParcelStatusSent && now.Sub(p.Created.Time()) > patience
}

// Carrier is the name of who carries a parcel, their id where the answer has
// no more, or empty.
func (p *Parcel) Carrier() string {
	courier, err := Expanded(p.Courier.Value)
	if err != nil {
		return p.Courier.Value.ID
	}
	return courier.Name
}
