// Package diff tells what the caller of a generated package, and what travels
// on the wire, have to expect from a change of the document. It compares two
// intermediate representations, so it can say what no comparison of documents
// can: that a constant is called otherwise, or a field is no longer optional.
// Enter it through Compare.
package diff

import "github.com/oaken-go/oaken/generator/diag"

// Severity is what a change means for those who call the package.
type Severity string

// The severities, the worst first.
const (
	// Breaking: code that was right no longer compiles, or a call that worked is
	// refused, or an exchange with a program built before fails.
	Breaking Severity = "breaking"
	// Risky: code compiles and calls are made, but may see what they never saw.
	Risky Severity = "risky"
	// Compatible: code compiles, and calls and answers work as before.
	Compatible Severity = "compatible"
)

// Change is one difference.
type Change struct {
	Code     string // stable, kebab-case: one of those below
	Severity Severity
	Resource string // as in Accounts or Customers.Sources; "" for the package as a whole
	// Symbol is what the caller calls it: Account, Account.DisplayName,
	// AccountStatusActive, Accounts.List. It is the old name where there is no
	// new one.
	Symbol string
	// Caller and Wire say what changed in Go, and on the wire, "" where nothing
	// did. Why is the reason for the severity. Code is between backticks, and has
	// none itself.
	Caller, Wire, Why string
	// Remedy is what avoids the change, or what there is to do; "" for nothing.
	// What there is to copy are lines after one that ends in a colon.
	Remedy string
	Old    *Place // where it was; nil for what is new
	New    *Place // where it is; nil for what is gone
}

// Report is all that changed between two documents.
type Report struct {
	Old, New string   // what was compared, as the caller named it
	Changes  []Change // by resource, the package as a whole first; then severity, symbol and code
	Types    []Pair   // the declarations that changed, by resource and name
}

// Pair is a declaration as it was and as it is.
type Pair struct {
	Resource string
	Symbol   string // its name, the new one
	Old, New string // Go source; "" where there is none
}

// Place is a place in a document.
type Place struct {
	diag.Pos
	Pointer string // JSON pointer (RFC 6901)
}

// The codes. Those with a %s exist of fields (of objects), parameters (of
// operations, in query, header, cookie or body) and arguments (parameters in
// the path).
const (
	CodeOperationAdded      = "operation-added"
	CodeOperationRemoved    = "operation-removed"
	CodeOperationRenamed    = "operation-renamed"    // another method or resource in Go
	CodeOperationRerouted   = "operation-rerouted"   // another HTTP method or path
	CodeOperationDeprecated = "operation-deprecated" // or no longer
	CodeResultChanged       = "result-changed"       // what a method returns
	CodeBodyChanged         = "body-changed"         // the media type of what is sent
	CodeParamsAdded         = "params-added"         // a method that took none takes parameters
	CodeParamsRemoved       = "params-removed"
	CodeParamsRequired      = "params-required" // nil parameters are refused
	CodeParamsOptional      = "params-optional"
	CodeReordered           = "arguments-reordered" // the arguments of a method
	CodeListChanged         = "list-changed"        // how pages are walked
	CodeFailureChanged      = "failure-changed"
	CodeSecurityChanged     = "security-changed"
	CodeServerAdded         = "server-added" // one to choose, or a base URL
	CodeServerRemoved       = "server-removed"
	CodeServerChanged       = "server-changed"
	CodeClientChanged       = "client-changed"  // the headers that a client handles by itself
	CodeVersionChanged      = "version-changed" // the document's own version
	CodeEventAdded          = "event-added"     // a webhook or a callback
	CodeEventRemoved        = "event-removed"
	CodeEventChanged        = "event-changed"
	CodeEventDeprecated     = "event-deprecated"

	CodeTypeAdded      = "type-added"
	CodeTypeRemoved    = "type-removed"
	CodeTypeRenamed    = "type-renamed"
	CodeTypeChanged    = "type-changed"    // a struct that became an enum
	CodeTypeDeprecated = "type-deprecated" // or no longer

	CodeAdded      = "%s-added"
	CodeRemoved    = "%s-removed"
	CodeRenamed    = "%s-renamed" // in Go alone
	CodeRetyped    = "%s-retyped"
	CodeRequired   = "%s-required"
	CodeOptional   = "%s-optional"
	CodeNullable   = "%s-nullable"
	CodeNotNull    = "%s-not-null"
	CodeExpandable = "%s-expandable" // or no longer
	CodeReadOnly   = "%s-read-only"  // or no longer
	CodeWriteOnly  = "%s-write-only" // or no longer
	CodeRespelled  = "%s-respelled"  // sent at another place, or written otherwise
	CodeDefault    = "%s-default"    // another default
	CodeDeprecated = "%s-deprecated" // or no longer
	CodeTightened  = "%s-tightened"  // its rules allow less
	CodeLoosened   = "%s-loosened"   // its rules allow more
	CodeRules      = "%s-rules"      // its rules are others

	CodeValueAdded      = "value-added" // of an enum
	CodeValueRemoved    = "value-removed"
	CodeValueRenamed    = "value-renamed" // its constant
	CodeValueDeprecated = "value-deprecated"
	CodeEnumOpened      = "enum-opened" // at a place: a field, a parameter, an argument
	CodeEnumClosed      = "enum-closed"
	CodeVariantAdded    = "variant-added" // of a union
	CodeVariantGone     = "variant-removed"
	CodeVariantRenamed  = "variant-renamed" // a variant's own type
	CodeUnionOpened     = "union-opened"    // other objects are valid
	CodeUnionClosed     = "union-closed"
	CodeToldApart       = "union-told-apart" // by other members
	CodeRulesChanged    = "rules-changed"    // of a type as a whole, a variant or a result
	CodeFunctionAdded   = "function-added"   // one that not every package has
	CodeFunctionRemoved = "function-removed"
	CodeDescription     = "description-changed"
)
