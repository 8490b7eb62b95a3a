package lower

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// Options are what a config says about names and about the client.
type Options struct {
	Package      string
	StripPaths   []string                 // prefixes of paths
	StripSchemas []string                 // prefixes of component names
	Reserved     []string                 // Go names that types can't have
	Initialisms  []string                 // words with a spelling of their own
	Names        map[string]string        // Go names by JSON pointer
	Operations   map[string]OperationName // by "GET /path" or operationId
	Headers      ir.HeaderNames
	Server       string // instead of the document's
	Auth         string // name of a security scheme, or none
}

// OperationName says where an operation belongs; an empty part is left to the
// policy. Resource may be a chain with dots, as in Customers.Sources.
type OperationName struct{ Resource, Method string }

// Lower returns the intermediate representation of a document. Where the list
// is not empty, the representation lacks something.
func Lower(doc *openapi3.T, opts Options) (*ir.API, diag.List) {
	l := newLowerer(doc, opts)
	for _, pass := range passes {
		pass(l)
	}
	return l.api, l.diags.Sorted()
}

// passes are the steps of lowering. Types are declared when something first
// refers to them and filled afterwards, so that cycles cost nothing.
var passes = []func(*lowerer){
	(*lowerer).about,        // title, server, authentication
	(*lowerer).components,   // every component schema declared
	(*lowerer).operations,   // every operation, its parameters and result
	(*lowerer).fill,         // what is inside the declared types
	(*lowerer).enums,        // the values of every enum
	(*lowerer).discriminate, // how the variants of unions are told apart
	(*lowerer).spellings,    // parameters that no style can spell
	(*lowerer).lists,        // structs that are pages
	(*lowerer).expands,      // the paths that expand can name
	(*lowerer).box,          // structs that would contain themselves
	(*lowerer).order,        // everything sorted
	(*lowerer).collide,      // names that two things have
	(*lowerer).unused,       // overrides that did nothing
}

// lowerer holds what the passes share.
type lowerer struct {
	doc   *openapi3.T
	opts  Options
	v31   bool // OpenAPI 3.1 or later
	names *names.Policy
	api   *ir.API
	diags diag.List
	notes diag.List // what a reader may want to know, and is no mistake

	values   map[string]ir.Value // by the pointer of the schema
	busy     map[string]bool     // schemas whose value is being found
	tasks    []func()            // what remains to be filled
	unions   []*openUnion
	shared   map[enumKey]*sharedEnum
	listings map[*ir.Rule]*listing // by the rules that hold values to them
	declared map[string]ir.Named   // by the pointer of the schema
	byUnion  map[*ir.Union]*openUnion
	calls    []*call
	byBase   map[string]*call // by the Go name that types begin with
	tree     *resource
	reserved map[string]bool
	used     map[string]bool    // overrides that did something, by their key
	taken    map[string][]claim // Go names of the package
	nulls    map[string]bool    // alternatives that allow null, by pointer
	members  map[string]*facts  // schemas taken apart, by pointer
	variants int                // of all unions
	parts    int                // of all merged schemas
	steps    int                // subschemas that were turned into rules
	marked   map[*ir.Field]bool // parameters that the document marks as expand
	spelled  []spelling         // parameters in other styles than deepObject
}

func newLowerer(doc *openapi3.T, opts Options) *lowerer {
	if doc == nil {
		doc = &openapi3.T{}
	}
	l := &lowerer{
		doc: doc, opts: opts, v31: doc.IsOpenAPI31OrLater(), names: names.New(opts.Initialisms),
		api:      &ir.API{Package: opts.Package, Headers: opts.Headers},
		values:   map[string]ir.Value{},
		busy:     map[string]bool{},
		byUnion:  map[*ir.Union]*openUnion{},
		shared:   map[enumKey]*sharedEnum{},
		listings: map[*ir.Rule]*listing{},
		declared: map[string]ir.Named{},
		byBase:   map[string]*call{},
		tree:     &resource{},
		reserved: map[string]bool{},
		used:     map[string]bool{},
		taken:    map[string][]claim{},
		nulls:    map[string]bool{},
		members:  map[string]*facts{},
		marked:   map[*ir.Field]bool{},
	}
	for _, name := range opts.Reserved {
		l.reserved[name] = true
	}
	return l
}

// report adds a diagnostic.
func (l *lowerer) report(pointer, code, format string, args ...any) {
	l.diags.Add(pointer, code, format, args...)
}

// note adds something that is no mistake.
func (l *lowerer) note(pointer, code, format string, args ...any) {
	l.notes.Add(pointer, code, format, args...)
}

// later puts off what refers to other types until all are declared.
func (l *lowerer) later(task func()) { l.tasks = append(l.tasks, task) }

// fill runs what was put off, which may put off more.
func (l *lowerer) fill() {
	for i := 0; i < len(l.tasks); i++ {
		l.tasks[i]()
	}
}

// components declares every component schema, referred to or not.
func (l *lowerer) components() {
	for _, name := range sortedKeys(l.schemas()) {
		l.value(l.component(name))
	}
}

func (l *lowerer) schemas() openapi3.Schemas {
	if l.doc.Components == nil {
		return nil
	}
	return l.doc.Components.Schemas
}
