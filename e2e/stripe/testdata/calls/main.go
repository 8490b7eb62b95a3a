// The program calls the client that was generated for Stripe's document.
package main

import (
	"net/http"

	"calls/driver"
	"calls/stripe"
)

func main() {
	driver.Main(func(base string, through *http.Client) any {
		return stripe.NewClient("sk_test_123", stripe.WithBaseURL(base), stripe.WithHTTPClient(through), stripe.WithMaxRetries(0))
	}, stripe.Fill)
}
