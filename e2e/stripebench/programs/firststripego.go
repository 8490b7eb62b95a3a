//go:build ignore

// Firststripego decodes the account of firstoaken.go into the type of stripe-go,
// and prints how many nanoseconds that takes.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/stripe/stripe-go/v85"
)

func main() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var account stripe.FinancialConnectionsAccount
	began := time.Now()
	err = json.Unmarshal(data, &account)
	took := time.Since(began)
	if err != nil || account.ID == "" {
		panic(fmt.Sprint("no account: ", err))
	}
	fmt.Println(took.Nanoseconds())
}
