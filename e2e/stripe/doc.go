// Package stripe holds the tests that generate a package for the whole of
// Stripe's document, as the module of the mock server has it, and call all its
// operations.
package stripe
