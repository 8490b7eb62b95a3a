// Package ir is the intermediate representation between an OpenAPI document
// and Go source: plain data, with every Go name already decided. It knows
// neither the library that reads documents nor the one that writes Go.
//
// A node keeps the JSON pointer it was made from; positions are looked up only
// when something is reported.
//
// Build it in two phases: every named node first, then what they refer to, so
// that cycles cost nothing. Dump prints it.
package ir

import (
	"slices"
	"strconv"
	"strings"
)

// API is one document, as one Go package.
type API struct {
	Package string // Go package name
	Title   string
	Version string // the document's info.version
	Doc     string
	Server  string // base URL, no trailing slash; "" where the document names none
	Auth    Auth   // of a client with one key
	// Credentials are those of a client that has several, in the order of their
	// GoName; then Auth is none.
	Credentials []*Credential
	// Security is what operations ask for that don't say so themselves:
	// alternatives of credentials by their GoName, or TheKey where Auth is all.
	// One without any asks for nothing; nil is TheKey, if there is one.
	Security [][]string
	Headers  HeaderNames
	// Failure is the type that most errors have, or nil.
	Failure *Struct

	Resources []*Resource // sorted by GoName
	Events    []*Event    // sorted by GoName
	Servers   []*Server   // to choose from, sorted by GoName
	Types     []Named     // every named type, sorted by GoName
	Checks    []*Check    // assertions that rules refer to, sorted by GoName
	Aliases   []*Alias    // names that things had, sorted by GoName
}

// Alias is a name that something had before the document renamed it. It stays,
// deprecated, for those who use it.
type Alias struct {
	GoName  string // Owner, OwnerKindPerson, or a method: Owners.List
	Of      string // what is called so now, likewise
	Kind    AliasKind
	File    string // file stem of what it is an alias of
	Pointer string // of what it is an alias of
}

// AliasKind is what an alias is declared as.
type AliasKind string

// The kinds of aliases.
const (
	AliasType   AliasKind = "type"
	AliasConst  AliasKind = "const"
	AliasFunc   AliasKind = "func"
	AliasMethod AliasKind = "method" // of a service: a resource with its dots, and the method
)

// CutMethod divides the name of a method into those of its resources and its own.
func CutMethod(name string) (resources, method string) {
	at := strings.LastIndexByte(name, '.')
	return name[:max(at, 0)], name[at+1:]
}

// Auth is how a client proves who it is.
type Auth struct {
	Kind AuthKind
	Name string // header, query parameter or cookie, for the API key kinds
}

// TheKey stands for the only key of a client.
const TheKey = "key"

// Credential is one of several by which a client proves who it is.
type Credential struct {
	GoName  string
	Doc     string
	Pointer string
	Auth
}

// AuthKind is a kind of security scheme.
type AuthKind string

// The kinds of security schemes.
const (
	AuthNone         AuthKind = "none"
	AuthBasic        AuthKind = "basic" // the key is the user name, the password is empty
	AuthBearer       AuthKind = "bearer"
	AuthAPIKeyHeader AuthKind = "apiKeyHeader"
	AuthAPIKeyQuery  AuthKind = "apiKeyQuery"
	AuthAPIKeyCookie AuthKind = "apiKeyCookie"
)

// HeaderNames are the headers that a client handles by itself; "" is none.
type HeaderNames struct {
	IdempotencyKey string
	RequestID      string
	Retry          string // header by which a server tells whether to try again
	Version        string
	VersionValue   string // what Version is sent with
}

// Server is a server of the document that a caller can choose.
type Server struct {
	GoName    string // ProductionServer
	URL       string // with variables in braces
	Doc       string
	Pointer   string
	Variables []*ServerVariable // sorted by name
}

// ServerVariable is a variable in the URL of a server.
type ServerVariable struct {
	Name     string
	GoName   string
	Doc      string
	Default  string
	Required bool  // it has no default
	Enum     *Enum // its values, or nil
}

// Event is a request that the server makes: a webhook or a callback.
type Event struct {
	GoName     string // of the type of its body, or another name of that
	Kind       string // webhook or callback
	Name       string // in the document
	Method     string // POST
	Doc        string
	Deprecated bool
	Besides    []string // headers and parameters, as in "header X-Signature"
	Pointer    string
	Value
}

// Resource groups operations: client.Accounts.
type Resource struct {
	GoName string // Accounts
	GoType string // AccountService
	File   string // file stem, account
	Doc    string
	// Pointer is that of the tag that Doc is from, "" where there is none.
	Pointer string
	// Old tells that it is only there for what its methods were called once.
	Old  bool
	Ops  []*Operation // sorted by GoName
	Subs []*Resource  // sorted by GoName
}

// Operation is one method of a resource.
type Operation struct {
	ID         string // operationId
	GoName     string // Retrieve
	Method     string // GET
	Path       string // /v1/accounts/{account}
	Doc        string
	Deprecated bool
	Pointer    string // JSON pointer

	PathParams []*PathParam // in the order of Path
	Params     *Struct      // nil where there are none
	// ParamsRequired tells that some parameter is required.
	ParamsRequired bool
	// ContentType is the body's media type where that is not a matter of
	// course: "" for forms and application/json.
	ContentType string
	// Form tells that the body is a form, which may have no members.
	Form bool
	// PartTypes are the media types of the parts of a multipart body that have
	// one of their own.
	PartTypes []PartType
	// Result is what every success holds, Stream and Text included; its Type is
	// nil where there is no content, and where Answers says what there is.
	Result Value
	// Answers tells the successes apart where they are not alike, else nil.
	Answers *Answers
	// Headers are those of the answers, or nil.
	Headers *Struct
	// Failures are the answers that are errors and have a body of some type.
	Failures []*Failure
	// Unusual tells that some of these are not the API's usual Failure.
	Unusual bool
	// Accept are the media types of the answers where they are not a matter of
	// course: not application/json alone.
	Accept []string
	// Security is what the operation asks for, where that is not what most do.
	Security [][]string
	// Lists tells that the operation is a list whose pages the client can walk.
	Lists bool
	// Server is the base URL where the operation has one of its own, else "".
	Server string
}

// PartType is the media type of a part, by the name of its field.
type PartType struct{ Name, ContentType string }

// Answers is what an operation returns whose successes differ: a struct with a
// field for each that has a body.
type Answers struct {
	GoName  string
	File    string
	Doc     string
	Pointer string
	List    []*Answer // exact statuses first, then ranges
}

// Answer is one success of an operation.
type Answer struct {
	Status string // 200 or 2XX
	GoName string
	Doc    string
	Value  // its Type is nil where there is no body
}

// Failure is the type of the bodies of answers that are errors.
type Failure struct {
	Statuses []string
	Type     *Struct
}

// Returned are the types of what the successes of an operation hold.
func (o *Operation) Returned() []Type {
	var out []Type
	if o.Result.Type != nil {
		out = append(out, o.Result.Type)
	}
	if o.Answers != nil {
		for _, a := range o.Answers.List {
			if a.Type != nil {
				out = append(out, a.Type)
			}
		}
	}
	return out
}

// Iterator is the name of the method that walks the pages of a list.
func (o *Operation) Iterator() string {
	if o.GoName == "List" {
		return "All"
	}
	return o.GoName + "All"
}

// PathParam is a parameter in the path, an argument of the method.
type PathParam struct {
	Name   string // as in the path
	GoName string // argument name, never a Go keyword or predeclared name
	Type   Type   // string, integer or enum
	Doc    string
	Rules  []*Rule
	Again  bool // it stands further ahead in the path, too
}

// Type is what a value is. The kinds are closed: Prim, *Slice, *Map,
// *Expandable, *Struct, *Enum, *Union, and *Answers, which is in none of them.
type Type interface{ isType() }

// Named is a type with a name of its own in the package: *Struct, *Enum,
// *Union, *Answers.
type Named interface {
	Type
	TypeName() string
	FileStem() string
}

// Prim is a type without parts.
type Prim string

// The primitive types.
const (
	Bool     Prim = "bool"
	Int32    Prim = "int32"
	Int64    Prim = "int64"
	Uint64   Prim = "uint64"
	Float64  Prim = "float64"
	String   Prim = "string"
	Bytes    Prim = "bytes"    // base64 text in JSON
	UnixTime Prim = "unixtime" // seconds, an integer in JSON
	Raw      Prim = "raw"      // any JSON
	File     Prim = "file"     // what is uploaded, in parameters alone
	Stream   Prim = "stream"   // an answer that is read as it comes
	Text     Prim = "text"     // a body that is a text and not JSON
)

// Innermost returns what a type has values of, by itself or in lists and maps,
// or as what an id stands for.
func Innermost(t Type) Type {
	switch t := t.(type) {
	case *Slice:
		return Innermost(t.Elem.Type)
	case *Map:
		return Innermost(t.Elem.Type)
	case *Expandable:
		return Innermost(t.Object)
	}
	return t
}

// Value is a type where it is used.
type Value struct {
	Type     Type
	Nullable bool
	// NullToo tells that null is no violation, though the schema does not ask for
	// it: one without a type allows any.
	NullToo bool
	// Boxed asks for a pointer where the type would otherwise contain itself.
	Boxed bool
	Rules []*Rule
}

// Slice is a JSON array.
type Slice struct{ Elem Value }

// Map is a JSON object with members of one type and any name.
type Map struct{ Elem Value }

// Expandable is an id that may come as the object it names.
type Expandable struct {
	Object Type // *Struct, *Union, or Raw where the object is not modelled
}

// Role is what a struct is for.
type Role string

// The roles.
const (
	// RoleObject is a struct that is read and written, as JSON: absent, null
	// and value are told apart for every field that may lack a value.
	RoleObject Role = "object"
	// RoleParams is a struct that is only written, as parameters or a form: an
	// optional string, enum, list, map or struct is a plain field that is not
	// sent while it holds its zero value.
	RoleParams Role = "params"
	// RoleHeaders is a struct of an answer's headers, which is only read: any of
	// them may be absent.
	RoleHeaders Role = "headers"
)

// Struct is a JSON object with known members, or a set of parameters.
type Struct struct {
	GoName string
	File   string // file stem
	Role   Role
	// Inline tells that the struct is described where it is used, as part of
	// parameters, and is no object of its own.
	Inline bool
	// Root tells that the struct, an object, stands for itself somewhere: it has
	// the methods MarshalJSON and UnmarshalJSON.
	Root bool
	// Untyped tells that the document does not say that it is an object: a value
	// of another JSON type is kept as it came.
	Untyped bool
	// Whole tells that the struct stands for a value that is no object: its only
	// field holds it.
	Whole bool
	// Same is the struct that this one is another name of, or nil: both are of
	// parameters and say the same.
	Same       *Struct
	Doc        string
	Deprecated bool
	Pointer    string
	Fields     []*Field // id and object first, then by wire name
	// More is the field for the members that no other is for, nil where there is
	// none. Its type is a map, and it has no name on the wire.
	More  *Field
	Rules []*Rule // about the object as a whole
	ID    string  // wire name of the identifying member, or ""
	List  *List   // set where the struct is one page of a list
}

// List says how a struct pages.
type List struct {
	Data, More, URL string // member names; URL may be ""
	After, Before   string // query parameters, "" where Next is set
	ItemID          string // member of an item that is its cursor, likewise
	Next, Page      string // member that names the next page by a token, and query parameter that takes it; or ""
	Item            Named  // *Struct or *Union
}

// Field is a member of a struct.
type Field struct {
	Name       string // on the wire
	GoName     string
	Doc        string
	Default    string // the default as JSON, for people to read; "" where there is none
	Deprecated bool
	ReadOnly   bool
	WriteOnly  bool
	Required   bool
	Pointer    string
	In         Location // RoleParams at the top level only
	Style      Style    // likewise
	Exploded   bool     // of the styles simple, label and matrix
	Reserved   bool     // reserved characters are not escaped
	Spelled    bool     // it takes more than the usual code to spell it
	Value
}

// Settable tells whether a field can be absent, and its default is a scalar of
// its type.
func (f *Field) Settable() bool {
	if f.Default == "" || f.Required || strings.ContainsAny(f.Default[:1], "{[n") {
		return false
	}
	switch t := f.Type.(type) {
	case *Enum:
		return true
	case Prim:
		return t != Raw && t != File && t != Bytes
	}
	return false
}

// All returns the fields with More.
func (s *Struct) All() []*Field {
	if s.More == nil {
		return s.Fields
	}
	return append(slices.Clone(s.Fields), s.More)
}

// Location is where a parameter travels.
type Location string

// The locations.
const (
	InQuery  Location = "query"
	InForm   Location = "form"
	InHeader Location = "header"
	InCookie Location = "cookie"
	InJSON   Location = "json" // the whole body; the field's Name is ""
	InBody   Location = "body" // the same, of an Upload
	InText   Location = "text" // the same, of a text

	InPath Location = "path" // of what has parts; others are arguments

	InMultipart Location = "multipart" // a part of the body, or one for each element
)

// Style is how an array or object parameter is spelled.
type Style string

// The styles.
const (
	StyleDeepObject Style = "deepObject" // brackets, nested to any depth
	StyleExplode    Style = "explode"    // a=1&a=2
	StyleForm       Style = "form"       // a=1,2
	StyleSpace      Style = "space"
	StylePipe       Style = "pipe"
	StyleJSON       Style = "json" // InMultipart, and headers of answers
	StyleSimple     Style = "simple"
	StyleLabel      Style = "label"
	StyleMatrix     Style = "matrix"
	StyleContent    Style = "content" // JSON
)

// Enum is a list of known values: all that some place lists. What a value may
// be at one place is for the rules there; without any it is open.
type Enum struct {
	GoName     string
	File       string
	Base       Prim // String or Int64
	Doc        string
	Deprecated bool
	Pointer    string
	Expand     bool // made from expandable members, not from a list in the document
	Known      bool // callers can ask whether a value is known, as objects have such values
	// Same is the enum that this one is another name of, or nil. Values are those
	// of that, for which few may have names of their own.
	Same   *Enum
	Values []*EnumValue
}

// Listing returns the enum whose constants are the values of e: e itself, or the
// one that it is another name of and takes them from.
func (e *Enum) Listing() *Enum {
	if e.Same != nil && len(e.Values) > 0 && e.Values[0] == e.Same.Values[0] {
		return e.Same
	}
	return e
}

// OwnValues are those values that have names by this enum: all or none.
func (e *Enum) OwnValues() []*EnumValue {
	if e.Listing() != e {
		return nil
	}
	return e.Values
}

// EnumValue is one value of an enum.
type EnumValue struct {
	GoName     string // AccountStatusActive
	Value      string // text, or the integer as written
	Doc        string
	Deprecated bool
}

// Union is a value that is one of several types.
type Union struct {
	GoName  string
	File    string
	Doc     string
	Pointer string
	By      string // member that tells the variants apart, or ""
	// Open tells that other objects are no violation: the document has more
	// variants than were lowered.
	Open bool
	// Closest tells that an object of several matching variants is the one that
	// knows most of its members.
	Closest bool
	// Raw tells that it may hold JSON as it is, for a variant that the document
	// does not have.
	Raw bool
	// Recursive tells that its table leads to itself without a struct between.
	Recursive bool
	// Rules decide whether a value is valid, where its variant can't.
	Rules    []*Rule
	Variants []*Variant
	// Same is the union that this one is another name of, or nil: both say the
	// same. So are the variants whose types have no name of their own.
	Same *Union
}

// Declared returns the type that t is another name of, or t itself.
func Declared(t Named) Named {
	switch t := t.(type) {
	case *Struct:
		if t.Same != nil {
			return t.Same
		}
	case *Enum:
		if t.Same != nil {
			return t.Same
		}
	case *Union:
		if t.Same != nil {
			return t.Same
		}
	}
	return t
}

// Variant is one type of a union.
type Variant struct {
	// GoName names the variant's own Go type where Type has no name:
	// PaymentSourceString; for named structs it is the struct's name.
	GoName   string
	Type     Type // *Struct, *Enum, Prim, *Slice, *Map
	Rules    []*Rule
	Tags     []string
	Types    []string // JSON types: "string", "integer", "number", "boolean", "array", "object"
	Required []string
	Consts   []Const
	// Vague tells that nothing tells the variant from another: it can be sent, and
	// is read as JSON.
	Vague bool
}

// Const is a member with the only value it may have.
type Const struct {
	Name  string
	Value Literal
}

// Literal is a constant; Type is a JSON type and Text the value as JSON writes
// it, strings without their quotes.
type Literal struct{ Type, Text string }

// Rule is one assertion keyword of JSON Schema with its argument.
type Rule struct {
	// Keyword is as in JSON Schema; "property" and "patternProperty" stand for
	// one entry of properties and patternProperties, "false" for the schema false,
	// "form" for what parameters have to meet as far as they are in the body.
	Keyword string
	Note    string    // the document's own sentence about it
	Number  string    // bounds, lengths and counts, as written; items: how many it leaves out; contains: the least
	Most    string    // contains: the most, "" where there is no end
	Text    string    // pattern, format, or the member that property, patternProperty, dependentRequired and dependentSchemas are about
	Names   []string  // required, dependentRequired; additionalProperties: the members it leaves out, nil for those of the struct
	Pattern string    // additionalProperties: matches the other members that it leaves out, "" for none
	Values  []Literal // enum, const; none is every value of the Enum that the rule is about
	Types   []string  // type
	Check   *Check    // $ref
	// Subs are the subschemas: one for not, items, contains, property,
	// patternProperty, propertyNames, additionalProperties, dependentSchemas and form;
	// any number for allOf, anyOf, oneOf and prefixItems; if, then and else, an
	// absent one empty, for if; for unevaluatedProperties and unevaluatedItems
	// the other keywords of the schema, and the one.
	Subs    [][]*Rule
	Pointer string
}

// Check is all that a schema asserts, where rules refer to it.
type Check struct {
	GoName  string
	File    string // file stem
	Pointer string
	Cyclic  bool // it leads to itself
	Rules   []*Rule
}

// Rounds tells whether a number, as JSON writes it, is another one than the
// shortest decimal of its float64.
func Rounds(number string) bool {
	f, err := strconv.ParseFloat(number, 64)
	digits, exp := decimal(number)
	nearest, nearestExp := decimal(strconv.FormatFloat(f, 'e', -1, 64))
	return err != nil || digits != nearest || exp != nearestExp
}

// decimal returns the digits of a number, without zeros at either end, and the
// power of ten of the last one.
func decimal(number string) (string, int) {
	mantissa, e, _ := strings.Cut(strings.ToLower(strings.TrimLeft(number, "+-")), "e")
	exp, _ := strconv.Atoi(e) // out of range is the end of the range, and no float64's
	whole, part, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimRight(whole+part, "0")
	exp += len(whole) - len(digits)
	if digits = strings.TrimLeft(digits, "0"); digits == "" {
		exp = 0
	}
	return digits, exp
}

// Listed tells whether the rule asks for a value of the Enum that it is about,
// whichever.
func (r *Rule) Listed() bool { return r.Keyword == "enum" && len(r.Values) == 0 }

// PlaceOf is PointerOf without the slash that ends the pointer of what stands for
// several places.
func PlaceOf(t Named) string { return Place(PointerOf(t)) }

// Place returns the pointer into the document of one that may stand for several
// places. A component can have an empty name.
func Place(pointer string) string {
	if pointer == "/components/schemas/" {
		return pointer
	}
	return strings.TrimSuffix(pointer, "/")
}

// PointerOf returns the JSON pointer of a named type.
func PointerOf(t Named) string {
	switch t := t.(type) {
	case *Struct:
		return t.Pointer
	case *Enum:
		return t.Pointer
	case *Union:
		return t.Pointer
	case *Answers:
		return t.Pointer
	}
	return ""
}

func (Prim) isType()        {}
func (*Slice) isType()      {}
func (*Map) isType()        {}
func (*Expandable) isType() {}
func (*Struct) isType()     {}
func (*Enum) isType()       {}
func (*Union) isType()      {}
func (*Answers) isType()    {}

// TypeName returns the Go name.
func (s *Struct) TypeName() string { return s.GoName }

// FileStem returns the stem of the file that the type is written to.
func (s *Struct) FileStem() string { return s.File }

// TypeName returns the Go name.
func (e *Enum) TypeName() string { return e.GoName }

// FileStem returns the stem of the file that the type is written to.
func (e *Enum) FileStem() string { return e.File }

// TypeName returns the Go name.
func (u *Union) TypeName() string { return u.GoName }

// FileStem returns the stem of the file that the type is written to.
func (u *Union) FileStem() string { return u.File }

// TypeName returns the Go name.
func (a *Answers) TypeName() string { return a.GoName }

// FileStem returns the stem of the file that the type is written to.
func (a *Answers) FileStem() string { return a.File }
