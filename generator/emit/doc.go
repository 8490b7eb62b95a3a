// Package emit turns the intermediate representation into Go source. It is the
// only package that knows how Go is written, and it invents no names.
package emit
