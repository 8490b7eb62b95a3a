package financialconnections_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/oaken-go/oaken/generated/financialconnections"
)

// The code of README.md and docs/package.md, so that it keeps compiling.
func Example() {
	ctx := context.Background()
	if err := readme(ctx); err != nil {
		log.Print(err)
	}
}

func readme(ctx context.Context) error {
	client := financialconnections.NewClient(os.Getenv("STRIPE_SECRET_KEY"))

	account, err := client.Accounts.Retrieve(ctx, "fca_123", &financialconnections.AccountRetrieveParams{
		Expand: []financialconnections.AccountExpand{financialconnections.AccountExpandOwnership},
	})
	var apiErr *financialconnections.Error
	if errors.As(err, &apiErr) && apiErr.Status == http.StatusNotFound {
		return nil // apiErr also has Code, Message, Param, RequestID, Body
	}
	if err != nil {
		return err
	}

	fmt.Println(account.DisplayName.Value) // "" for absent and for null
	if name, ok := financialconnections.Get(account.DisplayName); ok {
		fmt.Println(name) // there is a value, perhaps ""
	}
	if account.DisplayName.State == financialconnections.StateNull {
		fmt.Println("the institution has no name for it") // with StateAbsent, the answer did not have it
	}
	if balance := account.Balance.Value; balance != nil { // objects are pointers
		fmt.Println(balance.Current["usd"])
	}

	// What can be expanded is an id, and the object where that came.
	fmt.Println(account.Ownership.Value.ID)
	ownership, err := financialconnections.Expanded(account.Ownership.Value)
	if err == nil {
		fmt.Println(len(ownership.Owners.Data))
	} else if !errors.Is(err, financialconnections.ErrNotExpanded) { // the id alone, or null
		return err
	}
	if holder := account.AccountHolder.Value; holder != nil {
		fmt.Println(holder.Customer.Value.ID)
	}
	if !financialconnections.Known(account.Status) {
		log.Printf("new status %q", account.Status)
	}

	// Every page, fetched as the loop goes. A zero field is not sent.
	for account, err := range client.Accounts.All(ctx, &financialconnections.AccountListParams{
		AccountHolder: financialconnections.AccountListAccountHolder{Customer: "cus_123"},
		Limit:         financialconnections.Int(100),
	}) {
		if err != nil {
			return err
		}
		fmt.Println(account.ID)
	}

	page, err := client.Accounts.List(ctx, nil) // page.Data, page.HasMore, page.Next(ctx)
	if err != nil {
		return err
	}
	fmt.Println(len(page.Data))

	session, err := client.Sessions.Create(ctx, &financialconnections.SessionCreateParams{
		AccountHolder: financialconnections.SessionCreateAccountHolder{
			Type:     financialconnections.AccountHolderTypeCustomer,
			Customer: "cus_123",
		},
		Permissions: []financialconnections.SessionPermission{financialconnections.SessionPermissionBalances},
	}, financialconnections.WithIdempotencyKey("k"))
	if err != nil {
		return err
	}
	fmt.Println(session.ClientSecret)
	return nil
}
