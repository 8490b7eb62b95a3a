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
	}, stripe.Fill, stripe.Check, variants, expansions)
}

// expanded returns what a reference to a T was expanded to.
func expanded[T any](reference any) (any, error) {
	object, err := stripe.Expanded(reference.(stripe.Expandable[T]))
	if err == stripe.ErrNotExpanded {
		return nil, nil
	}
	return object, err
}

// put sets a variable for the values of the union U to one of them.
func put[U any](into any, chosen U) any {
	switch into := into.(type) {
	case *U:
		*into = chosen
	case *stripe.Optional[U]:
		*into = stripe.Some(chosen)
	default:
		return nil
	}
	return chosen
}
