//go:build ignore

// Stripego makes the call of oaken.go through stripe-go.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/stripe/stripe-go/v85"
)

func main() {
	client := stripe.NewClient(os.Getenv("STRIPE_SECRET_KEY"))
	params := &stripe.CustomerRetrieveParams{}
	params.AddExpand("default_source")
	customer, err := client.V1Customers.Retrieve(context.Background(), os.Args[1], params)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if !customer.Deleted {
		fmt.Println(customer.Email)
	}
}
