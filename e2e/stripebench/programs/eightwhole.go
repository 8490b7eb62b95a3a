//go:build ignore

// Eightwhole makes the calls of eight.go through the package of the whole
// document.
package main

import (
	"context"
	"fmt"
	"os"

	"example.com/bench/stripe"
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
		params.Permissions = append(params.Permissions, "balances")
		session, err := client.FinancialConnections.Sessions.Create(ctx, params)
		return show(session, err)
	case "session":
		session, err := client.FinancialConnections.Sessions.Retrieve(ctx, id, nil)
		return show(session, err)
	case "list":
		for account, err := range client.FinancialConnections.Accounts.All(ctx, nil) {
			if err := show(account, err); err != nil {
				return err
			}
		}
		return nil
	case "disconnect":
		account, err := client.FinancialConnections.Accounts.Disconnect(ctx, id, nil)
		return show(account, err)
	case "refresh":
		account, err := client.FinancialConnections.Accounts.Refresh(ctx, id, nil)
		return show(account, err)
	case "subscribe":
		account, err := client.FinancialConnections.Accounts.Subscribe(ctx, id, nil)
		return show(account, err)
	case "unsubscribe":
		account, err := client.FinancialConnections.Accounts.Unsubscribe(ctx, id, nil)
		return show(account, err)
	}
	account, err := client.FinancialConnections.Accounts.Retrieve(ctx, id, nil)
	return show(account, err)
}

// show prints that there is an answer.
func show(answer any, err error) error {
	if err == nil {
		fmt.Println(answer != nil)
	}
	return err
}
