// Package emit turns the intermediate representation into Go source. It is the
// only package that knows how Go is written, and it invents no names: those
// are the IR's.
//
// Emit is the entry. For each file stem of the IR it writes a file that people
// read (types, constants, methods), and for all stems that begin with the
// same two words a file beside them with the mechanical part (tables and the
// methods that lead to them). The client and the support code are files of
// their own.
package emit
