// Package downstream takes examples/downstream through the changes that a
// module of one's own goes through: its document is edited, the package
// generated anew, and the code around it built and tested. It works on copies.
package downstream
