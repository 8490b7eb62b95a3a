package names

// Given are the Go names of a package, by the nodes of the document that have
// them.
type Given struct {
	// Types are those of types that are not inside another type or an operation,
	// and of alternatives that a title names. They go by JSON pointer, of which
	// the last part is the title of an alternative.
	Types map[string]string
	// Operations go by method and path: GET /v1/accounts.
	Operations map[string]Operation
	// Longer are the names of all other nodes that can't have their short one, by
	// what lowering knows them by: a JSON pointer, sometimes with words around it.
	Longer map[string]string
}

// Operation is what an operation is called.
type Operation struct {
	Name string // its resources and its method: Customers.Sources.List
	ID   string // its operationId, which tells it when its path changes
	Path string // the path that its name is from, "" for its own
}

// NewGiven returns names without an entry.
func NewGiven() Given {
	return Given{Types: map[string]string{}, Operations: map[string]Operation{}, Longer: map[string]string{}}
}

// Empty tells whether no type and no operation has a name.
func (g Given) Empty() bool { return len(g.Types)+len(g.Operations) == 0 }
