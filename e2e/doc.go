// Package e2e holds the tests and benchmarks of the generated packages that
// need heavy dependencies: the generated client against the mock server of
// github.com/stripe/stripe-mock, the codec beside other libraries, and the
// generator on Stripe's whole document, which comes with the mock server. It is
// a module of its own so that the generator's go.mod stays short. The command
// stripebench measures what the whole document costs, and report opens the pages
// of gen diff in a browser.
package e2e
