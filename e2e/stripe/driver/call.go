// Package driver calls the operations of a generated client by reflection, and
// compares what each sends and returns with what a document says. The tests
// beside it copy it into a module of its own, next to a package that they
// generate, so it imports the standard library alone.
package driver

import "maps"

// Call is one call of one operation, as the document has it.
type Call struct {
	Name      string   // for messages: GET /v1/charges, required parameters
	Go        []string // Charges, List: the fields that lead from the client to the method, and the method
	Iterator  string   // the method that walks the pages, or ""
	Token     string   // the field of a page that names the next one, or ""
	Method    string
	Path      string   // as sent
	Arguments []string // of the path
	// Query and Form are the parameters by name, nested as in JSON.
	Query, Form map[string]any
	Files       []File
	Variants    []Variant
	// Pages asks for further pages of each list in the answer.
	Pages bool
}

// File is a parameter that is a file.
type File struct {
	Param   string // as in the document
	Field   string // of the struct with the parameters
	Name    string
	Type    string
	Content string
}

// Variant is a parameter that may be one of several structs.
type Variant struct {
	Param string // as in the document
	Field string // of the struct with the parameters
	Type  string // the one that it is here
}

// Outcome is what became of a call.
type Outcome struct {
	Name     string
	Problems []string
	// Notes are what is the server's fault: lists that it doesn't continue, and
	// answers that break the document's rules.
	Notes    []string
	Items    int // that the iterator yielded
	Turned   int // lists in the answer with a further page
	Expanded int // references that came as the object, and were decoded
}

// params are the parameters of the query and the form.
func (c Call) params() map[string]any {
	all := map[string]any{}
	maps.Copy(all, c.Query)
	maps.Copy(all, c.Form)
	return all
}
