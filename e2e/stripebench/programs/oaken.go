//go:build ignore

// Oaken makes one call through the generated package. What it names hangs on
// few of the document's names, so that it compiles with most configs.
package main

import (
	"context"
	"fmt"
	"os"

	"example.com/bench/stripe"
)

func main() {
	client := stripe.NewClient(os.Getenv("STRIPE_SECRET_KEY"))
	params := &stripe.CustomerRetrieveParams{}
	params.Expand = append(params.Expand, "default_source")
	result, err := client.Customers.Retrieve(context.Background(), os.Args[1], params)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	// The answer may be a customer that has been deleted.
	if customer, ok := any(result).(*stripe.Customer); ok {
		fmt.Println(customer.Email.Value)
	}
}
