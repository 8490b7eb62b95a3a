//go:build ignore

// Firstoaken decodes an account, which is the first thing that the process
// decodes, and prints how many nanoseconds that takes.
package main

import (
	"fmt"
	"os"
	"time"

	"example.com/bench/stripe"
)

func main() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var account stripe.FinancialConnectionsAccount
	began := time.Now()
	err = stripe.Unmarshal(data, &account)
	took := time.Since(began)
	if err != nil || account.ID == "" {
		panic(fmt.Sprint("no account: ", err))
	}
	fmt.Println(took.Nanoseconds())
}
