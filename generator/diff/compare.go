package diff

import "github.com/oaken-go/oaken/generator/ir"

// Compare returns what changed from old to new.
func Compare(old, new *ir.API) []Change { return nil }
