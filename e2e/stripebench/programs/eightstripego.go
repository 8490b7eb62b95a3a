//go:build ignore

// Eightstripego makes the calls of eight.go through stripe-go.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/stripe/stripe-go/v85"
)

func main() {
	client := stripe.NewClient(os.Getenv("STRIPE_SECRET_KEY"))
	if err := run(context.Background(), client, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, client *stripe.Client, verb, id string) error {
	switch verb {
	case "create":
		params := &stripe.FinancialConnectionsSessionCreateParams{}
		params.Permissions = append(params.Permissions, stripe.String("balances"))
		session, err := client.V1FinancialConnectionsSessions.Create(ctx, params)
		return show(session, err)
	case "session":
		session, err := client.V1FinancialConnectionsSessions.Retrieve(ctx, id, nil)
		return show(session, err)
	case "list":
		for account, err := range client.V1FinancialConnectionsAccounts.List(ctx, nil).All(ctx) {
			if err := show(account, err); err != nil {
				return err
			}
		}
		return nil
	case "disconnect":
		account, err := client.V1FinancialConnectionsAccounts.Disconnect(ctx, id, nil)
		return show(account, err)
	case "refresh":
		account, err := client.V1FinancialConnectionsAccounts.Refresh(ctx, id, nil)
		return show(account, err)
	case "subscribe":
		account, err := client.V1FinancialConnectionsAccounts.Subscribe(ctx, id, nil)
		return show(account, err)
	case "unsubscribe":
		account, err := client.V1FinancialConnectionsAccounts.Unsubscribe(ctx, id, nil)
		return show(account, err)
	}
	account, err := client.V1FinancialConnectionsAccounts.GetByID(ctx, id, nil)
	return show(account, err)
}

// show prints that there is an answer.
func show(answer any, err error) error {
	if err == nil {
		fmt.Println(answer != nil)
	}
	return err
}
