package render

import (
	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/diff"
)

const (
	oldName = "main:spec/api.yaml"
	newName = "spec/api.yaml"
)

// at is a place in a document.
func at(file string, line int, pointer string) *diff.Place {
	return &diff.Place{Pos: diag.Pos{File: file, Line: line, Col: 9}, Pointer: pointer}
}

// sample is a report as a release of a document makes it: every severity, all
// that an entry can lack, declarations that changed, came and went.
func sample() diff.Report {
	account := "/components/schemas/account"
	return diff.Report{
		Old: oldName, New: newName,
		Changes: []diff.Change{
			{
				Code: "server-changed", Severity: diff.Risky, Symbol: "NewClient",
				Wire: "calls go to https://eu.example.com instead of https://api.example.com",
				Why:  "programs call another host without being changed",
				Old:  at(oldName, 26, "/servers/0"), New: at(newName, 26, "/servers/0"),
			},
			{
				Code: "field-removed", Severity: diff.Breaking, Resource: "Accounts", Symbol: "Account.DisplayName",
				Caller: "the field DisplayName Optional[string] is gone", Wire: "answers no longer have display_name",
				Why: "code that reads the field no longer compiles",
				Old: at(oldName, 412, account+"/properties/display_name"), New: at(newName, 398, account),
			},
			{
				Code: "type-renamed", Severity: diff.Breaking, Resource: "Accounts", Symbol: "AccountPerson",
				Caller: "the type AccountOwner is called AccountPerson", Why: "code that names the type no longer compiles",
				Remedy: "to keep the name, add this to gen.yaml:\nnames:\n  /components/schemas/account_person: AccountOwner",
				Old:    at(oldName, 610, "/components/schemas/account_owner"), New: at(newName, 601, "/components/schemas/account_person"),
			},
			{
				Code: "value-added", Severity: diff.Risky, Resource: "Accounts", Symbol: "AccountStatusSuspended",
				Caller: "the constant AccountStatusSuspended is new", Wire: `status may be "suspended"`,
				Why:    "answers may hold a value that code does not expect",
				Remedy: "give each switch over AccountStatus a default case",
				New:    at(newName, 455, account+"/properties/status/oneOf/3"),
			},
			{
				Code: "field-nullable", Severity: diff.Risky, Resource: "Accounts", Symbol: "Account.Balance",
				Caller: "Balance Optional[*Balance] may be null", Wire: "balance may be null",
				Why: "answers may hold null where they never did",
				Old: at(oldName, 430, account+"/properties/balance"), New: at(newName, 431, account+"/properties/balance"),
			},
			{
				Code: "description-changed", Severity: diff.Compatible, Resource: "Accounts", Symbol: "Account.Created",
				Caller: "another comment", Why: "comments mean nothing to a program",
				Old: at(oldName, 420, account+"/properties/created"), New: at(newName, 421, account+"/properties/created"),
			},
			{
				Code: "operation-renamed", Severity: diff.Breaking, Resource: "Sessions", Symbol: "Sessions.Open",
				Caller: "Sessions.Create is called Open", Why: "code that calls the method no longer compiles",
				Remedy: "operations:\n  POST /v1/sessions: {method: Create}",
				Old:    at(oldName, 210, "/paths/~1v1~1sessions/post"), New: at(newName, 214, "/paths/~1v1~1sessions/post"),
			},
			{
				Code: "parameter-added", Severity: diff.Compatible, Resource: "Sessions", Symbol: "SessionOpenParams.Locale",
				Caller: "the field Locale string is new", Wire: "requests may have locale", Why: "what is not set is not sent",
				New: at(newName, 230, "/paths/~1v1~1sessions/post/requestBody"),
			},
			{
				Code: "type-added", Severity: diff.Compatible, Resource: "Transfers", Symbol: "Transfer",
				Caller: "the type Transfer is new", Why: "nothing used it before",
				New: at(newName, 700, "/components/schemas/transfer"),
			},
		},
		Types: []diff.Pair{
			{Resource: "Accounts", Symbol: "Account", Old: oldAccount, New: newAccount},
			{Resource: "Accounts", Symbol: "AccountPerson", Old: "// Whoever owns an account.\ntype AccountOwner struct {\n\tName string\n\n\textra members\n}", New: "// Whoever owns an account.\ntype AccountPerson struct {\n\tName string\n\n\textra members\n}"},
			{Resource: "Accounts", Symbol: "AccountStatus", Old: oldStatus, New: oldStatus + "\n\n// It is suspended for now.\nconst AccountStatusSuspended AccountStatus = \"suspended\""},
			{Resource: "Sessions", Symbol: "SessionLink", Old: "// A link that opens a session.\ntype SessionLink struct {\n\tURL string\n\n\textra members\n}"},
			{Resource: "Sessions", Symbol: "SessionService", Old: oldService, New: newService},
			{Resource: "Transfers", Symbol: "Transfer", New: "// Money on its way.\ntype Transfer struct {\n\tAmount int64\n\n\textra members\n}"},
		},
	}
}

const oldAccount = `// A bank account that its holder chose to share with you.
type Account struct {
	// Unique identifier.
	ID string
	// Always financial_connections.account.
	Object AccountObject
	// Who the account belongs to.
	AccountHolder Optional[*AccountHolder]
	// What the account holds, as of the last refresh.
	Balance Optional[*Balance]
	// What the account is, at large.
	Category AccountCategory
	// When the account was shared, in seconds since the epoch.
	Created UnixTime
	// What people call the account.
	DisplayName Optional[string]
	// The institution that has the account.
	InstitutionName string
	// The last digits of its number.
	Last4 Optional[string]
	// Tells live data from test data.
	Livemode bool
	// Whether access is still there.
	Status AccountStatus

	extra members
}`

const newAccount = `// A bank account that its holder chose to share with you.
type Account struct {
	// Unique identifier.
	ID string
	// Always financial_connections.account.
	Object AccountObject
	// Who the account belongs to.
	AccountHolder Optional[*AccountHolder]
	// What the account holds, as of the last refresh; null while that is under way.
	Balance Optional[*Balance]
	// What the account is, at large.
	Category AccountCategory
	// When the account was shared with you, in seconds since the epoch.
	Created UnixTime
	// The institution that has the account.
	InstitutionName string
	// The last digits of its number.
	Last4 Optional[string]
	// Tells live data from test data.
	Livemode bool
	// Whether access is still there.
	Status AccountStatus

	extra members
}`

const oldStatus = `// Whether access to an account is still there.
type AccountStatus string

// It can be refreshed.
const AccountStatusActive AccountStatus = "active"

// It is out of reach.
const AccountStatusInactive AccountStatus = "inactive"`

const oldService = `// The sessions in which holders share their accounts.
type SessionService struct {
	core *core
}

// Create a session.
//
// POST /v1/sessions
func (s *SessionService) Create(ctx context.Context, params *SessionCreateParams, opts ...Option) (*Session, error)`

const newService = `// The sessions in which holders share their accounts.
type SessionService struct {
	core *core
}

// Open a session.
//
// POST /v1/sessions
func (s *SessionService) Open(ctx context.Context, params *SessionOpenParams, opts ...Option) (*Session, error)`
