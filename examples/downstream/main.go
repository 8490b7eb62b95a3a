// Downstream prints the parcels that are overdue, as an example of a program
// that calls an API through a generated package. It takes the API's key from
// PARCELS_KEY, and its address from PARCELS_URL where that is set.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"example.com/downstream/internal/dispatch"
	"example.com/downstream/internal/parcels"
)

func main() {
	var opts []parcels.Option
	if url := os.Getenv("PARCELS_URL"); url != "" {
		opts = append(opts, parcels.WithBaseURL(url))
	}
	desk := dispatch.Desk{Client: parcels.NewClient(os.Getenv("PARCELS_KEY"), opts...), Patience: 48 * time.Hour}
	overdue, err := desk.Overdue(context.Background(), time.Now())
	if err != nil {
		fmt.Fprintln(os.Stderr, "downstream:", err)
		os.Exit(1)
	}
	for _, parcel := range overdue {
		fmt.Println(parcel)
	}
}
