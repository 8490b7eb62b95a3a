// Package dispatch looks after parcels that take too long. It is written by
// hand, on top of the generated package.
package dispatch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"example.com/downstream/internal/parcels"
)

// Desk is where somebody looks after parcels.
type Desk struct {
	Client   *parcels.Client
	Patience time.Duration // how long a parcel may be on its way
}

// Overdue lists the parcels that should have arrived by now, a line each.
func (d Desk) Overdue(ctx context.Context, now time.Time) ([]string, error) {
	var lines []string
	for parcel, err := range d.Client.Parcels.All(ctx, &parcels.ParcelListParams{
		Status: parcels.ParcelStatusSent,
		Expand: []parcels.ParcelListExpand{parcels.ParcelListExpandDataCourier},
	}) {
		if err != nil {
			return nil, fmt.Errorf("listing parcels: %w", err)
		}
		if parcel.Overdue(now, d.Patience) {
			lines = append(lines, line(parcel))
		}
	}
	return lines, nil
}

func line(p *parcels.Parcel) string {
	text := fmt.Sprintf("%s to %s in %s, carried by %s", p.ID, p.Recipient.Name, p.Recipient.City, p.Carrier())
	if note, ok := parcels.Get(p.Note); ok {
		text += " (" + note + ")"
	}
	return text
}

// Recall has a parcel brought back. One that there is no more needs nothing.
func (d Desk) Recall(ctx context.Context, id string) error {
	_, err := d.Client.Parcels.Return(ctx, id)
	if failure, ok := errors.AsType[*parcels.Error](err); ok && failure.Status == http.StatusNotFound {
		return nil
	}
	return err
}
