package lower

import (
	"strings"

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
	Include      Selection                // the operations to lower; empty for all
	Exclude      Selection                // those of them not to lower
	Headers      ir.HeaderNames
	Server       string // instead of the document's
	Auth         string // name of a security scheme, or none
	FreeFormats  bool   // formats assert nothing
	// Spare tells that overrides and patterns may be for another document: what
	// nothing here uses is no mistake.
	Spare bool
	// Lock has the names that were given before, which stay; nil where there is
	// no lock.
	Lock *names.Given

	// JSON returns the exact text of the value at a pointer of the document,
	// with numbers as they are written; nil where there is no text.
	JSON func(pointer string) (string, bool)
}

// OperationName says where an operation belongs; an empty part is left to the
// policy. Resource may be a chain with dots, as in Customers.Sources.
type OperationName struct{ Resource, Method string }

// Result is what became of a document.
type Result struct {
	API *ir.API
	// Notes tell what became raw JSON, lost a constraint or has no counterpart.
	Notes diag.List
	// Names are those that the lock is to have, and Whole those of the document
	// without a selection. They are empty without a lock.
	Names, Whole names.Given
}

// Lower returns the intermediate representation of a document. Where the list
// is not empty, the representation lacks something.
func Lower(doc *openapi3.T, opts Options) (Result, diag.List) {
	s := newSettlement(opts.Initialisms)
	if opts.Lock != nil {
		given := rekeyed(*opts.Lock, doc, Pointer)
		opts.Lock = &given
	}
	var all names.Given
	if opts.sliced() {
		all = settled(doc, opts.whole(), s).given() // names are those of the whole document
	}
	l := settled(doc, opts, s)
	given := l.given()
	if !opts.sliced() {
		all = given
	}
	return Result{l.api, l.notes.Sorted(), given, all}, l.diags.Sorted()
}

// run runs the passes. Types are declared when something first refers to them
// and filled afterwards, so that cycles cost nothing.
func (l *lowerer) run() {
	for _, pass := range []func(){
		l.slice,        // the operations that the config selects
		l.about,        // title, server, authentication
		l.components,   // every component schema declared
		l.operations,   // every operation, its parameters and result
		l.events,       // webhooks and callbacks
		l.servers,      // servers to choose from
		l.fill,         // what is inside the declared types
		l.expandables,  // ids whose objects may be sliced off
		l.enums,        // the values of every enum
		l.discriminate, // how the variants of unions are told apart
		l.spellings,    // parameters that no style can spell
		l.usualFailure, // what most errors hold
		l.lists,        // structs that are pages
		l.expands,      // the paths that expand can name
		l.defaults,     // defaults that are no value of their member
		l.box,          // structs that would contain themselves
		l.inline,       // structs that are described where they are used
		l.recursive,    // unions whose tables lead to themselves
		l.roots,        // structs that stand for themselves
		l.knowable,     // enums whose values answers hold
		l.rawUnions,    // unions that may hold what the document does not have
		l.endless,      // assertions that consist of themselves
		l.nameChecks,   // assertions that others refer to
		l.order,        // everything sorted
		l.alike,        // structs that are other names of others
		l.collide,      // names that two things have
		l.unused,       // overrides that did nothing
		l.passedOver,   // parts of the document without a counterpart
		l.tallied,      // what is noted once for many places
	} {
		if pass(); l.settlement.moved {
			return // the names are not those of the result
		}
	}
}

// lowerer holds what the passes share.
type lowerer struct {
	doc  *openapi3.T
	opts Options

	settlement *settlement

	v31   bool // OpenAPI 3.1 or later
	names *names.Policy
	api   *ir.API
	diags diag.List
	notes diag.List // what became raw or wider, and is no mistake
	found []*call   // every operation of the document
	kept  []*call   // those that the config selects

	values      map[string]ir.Value // by the pointer of the schema
	busy        map[string]bool     // schemas whose value is being found
	tasks       []func()            // what remains to be filled
	unions      []*openUnion
	shared      map[enumKey]*sharedEnum
	listings    map[*ir.Rule]*listing // by the rules that hold values to them
	declared    map[string]ir.Named   // by the pointer of the schema
	held        map[string]*ir.Struct // what stands for failures that are no objects, by the pointer of the schema
	byUnion     map[*ir.Union]*openUnion
	failing     []func() // what remains to be said of a slice's errors
	calls       []*call
	key         string                    // the security scheme of a client with one key
	credentials map[string]*ir.Credential // of a client with several, by scheme
	tree        *resource
	reserved    map[string]bool
	used        map[string]bool            // overrides that did something, by their key
	taken       map[scoped][]claim         // Go names
	leading     map[string]bool            // unions that are called as an alternative is, by pointer and name
	circles     *cycles[string]            // places that lead to each other through lists and maps, by pointer
	passed      map[string]place           // those places
	shapes      map[string]bool            // schemas that say something about their type, by pointer
	nulls       map[string]bool            // alternatives that allow null, by pointer
	accepts     map[string]bool            // schemas that allow null by their letter, by pointer
	members     map[string]*facts          // schemas taken apart, by pointer
	beneath     map[string]map[string]bool // what alternatives are made of, by the pointers of keywords
	looked      int                        // how often something was found there
	variants    int                        // of all unions
	unmerged    int                        // alternatives that have no type, as they are merged too often
	parts       int                        // of all merged schemas
	spreads     int                        // alternatives that what stands beside them was written into
	steps       int                        // subschemas that were turned into rules
	checks      map[checkKey]*asserted
	checking    *asserted             // the innermost one that is being made
	below       int                   // members and items around the subschema that is being turned into rules
	lost        int                   // assertions that were left out
	long        map[*ir.Field]string  // fields without their short names, which they had to leave to another
	marked      map[*ir.Field]bool    // parameters that the document marks as expand
	nouns       map[*ir.Struct]string // names without the method of an operation
	spelled     []spelling            // parameters in other styles than deepObject
	cuttable    []*cuttable           // expandable members whose objects may be sliced off
	cut         map[string]*ir.Struct // objects that are sliced off, by pointer
	ofIDs       map[*ir.Struct]bool   // what an id may come as
	tallies     map[string]*tally     // what is noted once for many places, by code and message
	titles      map[string]string     // the keys that the lock has for alternatives, by pointer
	longer      map[string]string     // names of nodes that can't have their short one, by their key in the lock
	searched    bool                  // the part that is sliced off was searched for overrides
}

func newLowerer(doc *openapi3.T, opts Options, s *settlement) *lowerer {
	if doc == nil {
		doc = &openapi3.T{}
	}
	l := &lowerer{
		doc: doc, opts: opts, settlement: s, v31: doc.IsOpenAPI31OrLater(), names: s.names,
		api:         &ir.API{Package: opts.Package, Headers: opts.Headers},
		values:      map[string]ir.Value{},
		busy:        map[string]bool{},
		byUnion:     map[*ir.Union]*openUnion{},
		shared:      map[enumKey]*sharedEnum{},
		listings:    map[*ir.Rule]*listing{},
		declared:    map[string]ir.Named{},
		held:        map[string]*ir.Struct{},
		credentials: map[string]*ir.Credential{},
		tree:        &resource{},
		reserved:    map[string]bool{},
		used:        map[string]bool{},
		taken:       map[scoped][]claim{},
		nulls:       map[string]bool{},
		shapes:      map[string]bool{},
		passed:      map[string]place{},
		leading:     map[string]bool{},
		accepts:     map[string]bool{},
		members:     map[string]*facts{},
		beneath:     map[string]map[string]bool{},
		long:        map[*ir.Field]string{},
		marked:      map[*ir.Field]bool{},
		nouns:       map[*ir.Struct]string{},
		cut:         map[string]*ir.Struct{},
		ofIDs:       map[*ir.Struct]bool{},
		tallies:     map[string]*tally{},
		checks:      map[checkKey]*asserted{},
		titles:      map[string]string{},
		longer:      map[string]string{},
	}
	l.circles = newCycles(l.plainPointers)
	for _, name := range opts.Reserved {
		l.reserved[name] = true
	}
	return l
}

// report adds a diagnostic.
func (l *lowerer) report(pointer, code, format string, args ...any) {
	l.diags.Add(l.written(pointer), code, format, args...)
}

// written returns a pointer into the document for one that stands for several
// places: those end in a slash.
func (l *lowerer) written(pointer string) string {
	if f := l.members[pointer]; f != nil && len(f.roots) > 1 {
		return strings.TrimSuffix(pointer, "/")
	}
	return pointer
}

// later puts off what refers to other types until all are declared.
func (l *lowerer) later(task func()) { l.tasks = append(l.tasks, task) }

// fill runs what was put off, which may put off more.
func (l *lowerer) fill() {
	for i := 0; i < len(l.tasks); i++ {
		l.tasks[i]()
	}
	l.tasks = nil
}

// components declares every component schema, referred to or not, unless the
// config selects operations.
func (l *lowerer) components() {
	if l.sliced() {
		return
	}
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
