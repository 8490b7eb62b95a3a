//go:build ignore

// Eight makes the eight calls of the package that is generated for Financial
// Connections alone.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/oaken-go/oaken/generated/financialconnections"
)

func main() {
	client := financialconnections.NewClient(os.Getenv("STRIPE_SECRET_KEY"))
	if err := run(context.Background(), client, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, client *financialconnections.Client, verb, id string) error {
	switch verb {
	case "create":
		params := &financialconnections.SessionCreateParams{}
		params.Permissions = append(params.Permissions, "balances")
		session, err := client.Sessions.Create(ctx, params)
		return show(session, err)
	case "session":
		session, err := client.Sessions.Retrieve(ctx, id, nil)
		return show(session, err)
	case "list":
		for account, err := range client.Accounts.All(ctx, nil) {
			if err := show(account, err); err != nil {
				return err
			}
		}
		return nil
	case "disconnect":
		account, err := client.Accounts.Disconnect(ctx, id, nil)
		return show(account, err)
	case "refresh":
		account, err := client.Accounts.Refresh(ctx, id, nil)
		return show(account, err)
	case "subscribe":
		account, err := client.Accounts.Subscribe(ctx, id, nil)
		return show(account, err)
	case "unsubscribe":
		account, err := client.Accounts.Unsubscribe(ctx, id, nil)
		return show(account, err)
	}
	account, err := client.Accounts.Retrieve(ctx, id, nil)
	return show(account, err)
}

// show prints that there is an answer.
func show(answer any, err error) error {
	if err == nil {
		fmt.Println(answer != nil)
	}
	return err
}
