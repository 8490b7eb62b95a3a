package dispatch

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"example.com/downstream/internal/parcels"
)

// serve answers as the service would: what a handler returns is written by the
// generated package, too.
func serve(t *testing.T, handle func(r *http.Request) (int, any)) Desk {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, body := handle(r)
		var text []byte
		var err error
		switch body := body.(type) {
		case *parcels.ParcelList:
			text, err = parcels.Marshal(body)
		case *parcels.Parcel:
			text, err = parcels.Marshal(body)
		case *parcels.Failure:
			text, err = parcels.Marshal(body)
		}
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		w.Write(text)
	}))
	t.Cleanup(server.Close)
	return Desk{Client: parcels.NewClient("key", parcels.WithBaseURL(server.URL)), Patience: time.Hour}
}

func parcel(id string, created int64) parcels.Parcel {
	return parcels.Parcel{
		ID: id, Created: parcels.UnixTime(created), Status: parcels.ParcelStatusSent, Weight: 300,
		Recipient: parcels.Address{Name: "Ada", City: "London"},
		Courier:   parcels.Some(parcels.Expand("cou_1", &parcels.Courier{ID: "cou_1", Name: "Ida"})),
	}
}

func TestOverdueGoesThroughAllPages(t *testing.T) {
	late, early, noted := parcel("par_1", 1_000), parcel("par_2", 9_000), parcel("par_3", 2_000)
	noted.Note = parcels.Some("fragile")
	desk := serve(t, func(r *http.Request) (int, any) {
		query := r.URL.Query()
		if query.Get("status") != "sent" {
			t.Errorf("asked for %q", r.URL)
		}
		if query.Get("starting_after") == "" {
			return http.StatusOK, &parcels.ParcelList{Data: []parcels.Parcel{late, early}, HasMore: true, URL: "/v1/parcels"}
		}
		return http.StatusOK, &parcels.ParcelList{Data: []parcels.Parcel{noted}, URL: "/v1/parcels"}
	})
	got, err := desk.Overdue(t.Context(), time.Unix(10_000, 0))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"par_1 to Ada in London, carried by Ida", "par_3 to Ada in London, carried by Ida (fragile)"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRecall(t *testing.T) {
	desk := serve(t, func(r *http.Request) (int, any) {
		switch r.Method + " " + r.URL.Path {
		case "POST /v1/parcels/par_1/return":
			p := parcel("par_1", 1_000)
			return http.StatusOK, &p
		case "POST /v1/parcels/par_2/return":
			return http.StatusNotFound, &parcels.Failure{Error: parcels.FailureError{Code: "not_found", Message: "There is none."}}
		}
		return http.StatusBadRequest, &parcels.Failure{Error: parcels.FailureError{Code: "too_late", Message: "It was delivered."}}
	})
	for id, ok := range map[string]bool{"par_1": true, "par_2": true, "par_3": false} {
		if err := desk.Recall(t.Context(), id); (err == nil) != ok {
			t.Errorf("%s: %v", id, err)
		}
	}
}
