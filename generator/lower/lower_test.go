package lower

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/ir"
)

// lowered is what became of a document, as lines to look for.
type lowered struct {
	lines []string // of the dump, without indentation and pointers
	diags []string // code and pointer
	list  diag.List
	notes diag.List
	dump  string
}

var pointers = regexp.MustCompile(` at "[^"]*"`)

// run lowers a document in YAML.
func run(t *testing.T, text string, opts Options) lowered {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	result, list := Lower(doc, opts)
	out := lowered{list: list, notes: result.Notes, dump: ir.Dump(result.API)}
	for line := range strings.Lines(out.dump) {
		out.lines = append(out.lines, strings.TrimSpace(pointers.ReplaceAllString(line, "")))
	}
	for _, d := range list {
		out.diags = append(out.diags, d.Code+" "+d.Pointer)
	}
	return out
}

// document puts component schemas, written with two spaces less than they
// need, into a document.
func document(version, schemas string) string {
	return "openapi: " + version + "\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n" + indent(schemas, 4)
}

// operations puts paths into a document, with a few components to refer to.
func operations(paths string) string {
	return "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n" + indent(paths, 2) + `
components:
  schemas:
    pet: {type: object, required: [id], properties: {id: {type: string}, owner: {anyOf: [{type: string}, {$ref: '#/components/schemas/person'}], x-expansionResources: {}}}}
    person: {type: object, required: [id], properties: {id: {type: string}}}
    pet_list: {type: object, required: [data, has_more], properties: {data: {type: array, items: {$ref: '#/components/schemas/pet'}}, has_more: {type: boolean}, url: {type: string}}}
`
}

func indent(text string, n int) string {
	pad := strings.Repeat(" ", n)
	return pad + strings.ReplaceAll(strings.Trim(text, "\n"), "\n", "\n"+pad)
}

// check looks for lines and diagnostics; all diagnostics have to be expected.
func (l lowered) check(t *testing.T, want, diags []string) {
	t.Helper()
	for _, line := range want {
		if strings.HasPrefix(line, "!") {
			if slices.Contains(l.lines, line[1:]) {
				t.Errorf("there is a line %q", line[1:])
			}
		} else if !slices.Contains(l.lines, line) {
			t.Errorf("there is no line %q", line)
		}
	}
	if !slices.Equal(l.diags, diags) {
		t.Errorf("diagnostics:\n%s\nwant:\n%s", strings.Join(l.diags, "\n"), strings.Join(diags, "\n"))
	}
	if t.Failed() {
		t.Log(l.dump + l.list.Error())
	}
}

func TestSchemas(t *testing.T) {
	for _, c := range []struct {
		name, version, schemas string
		want, diags            []string
	}{{
		name: "presence in 3.0", version: "3.0.3", schemas: `
thing:
  type: object
  required: [both, must]
  properties:
    must: {type: string}
    may: {type: integer}
    both: {type: boolean, nullable: true}
    null_only: {type: number, nullable: true}
    ref: {nullable: true, allOf: [{$ref: '#/components/schemas/other'}]}
    any: {nullable: true, anyOf: [{$ref: '#/components/schemas/other'}], description: Stripe style.}
other: {type: object, properties: {a: {type: string}}}`,
		want: []string{
			`field "must" Must string required`, `field "may" May int64`, `field "both" Both bool? required`,
			`field "null_only" NullOnly float64?`, `field "ref" Ref Other?`, `field "any" Any Other?`, `doc "Stripe style."`,
		},
	}, {
		name: "presence in 3.1", version: "3.1.0", schemas: `
thing:
  type: object
  properties:
    types: {type: [string, 'null'], maxLength: 3}
    any: {anyOf: [{$ref: '#/components/schemas/other'}, {type: 'null'}]}
    one: {oneOf: [{type: integer, minimum: 1}, {type: 'null'}]}
    listed: {type: [string, 'null'], enum: [b, a, null]}
    beside: {$ref: '#/components/schemas/other', description: Own words.}
    narrower: {$ref: '#/components/schemas/text', maxLength: 3}
    wrong: {type: string, nullable: true}
other: {type: object, properties: {a: {type: string}}}
text: {type: string, minLength: 1}`,
		want: []string{
			`field "types" Types string?`, `field "any" Any Other?`, `field "one" One int64?`, `rule minimum 1`,
			`field "listed" Listed ThingListed?`, `value ThingListedA "a"`, `doc "Own words."`,
			`field "narrower" Narrower string`, `rule minLength 1`, `rule maxLength 3`,
		},
	}, {
		name: "types", version: "3.0.3", schemas: `
thing:
  type: object
  properties:
    time: {type: integer, format: unix-time}
    small: {type: integer, format: int32}
    bytes: {type: string, format: byte}
    free: {type: object}
    open: {type: object, additionalProperties: true}
    map: {type: object, additionalProperties: {type: array, items: {type: integer}}, minProperties: 1}
    what: {}
    lists: {type: array, items: {type: array, items: {type: object, properties: {a: {type: string}}}}}
    addresses: {type: array, minItems: 1, items: {type: object, properties: {a: {type: string}}}}
    metadata: {type: object, additionalProperties: {type: object, properties: {a: {type: string}}}}`,
		want: []string{
			`field "time" Time unixtime`, `field "small" Small int32`, `field "bytes" Bytes bytes`, `field "free" Free map[string]raw`,
			`field "open" Open map[string]raw`, `field "map" Map map[string][]int64`, `rule minProperties 1`, `field "what" What raw`,
			`field "lists" Lists [][]ThingList`, `field "addresses" Addresses []ThingAddress`, `rule minItems 1`,
			`field "metadata" Metadata map[string]ThingMetadataValue`,
		},
	}, {
		name: "order, ids and names of fields", version: "3.0.3", schemas: `
thing:
  type: object
  properties:
    z: {type: string}
    object: {type: string}
    id: {type: string}
    marshalJSON: {type: string}
    a_b: {type: string}
    aB: {type: string}`,
		want: []string{`id "id"`, `field "marshalJSON" MarshalJSONField string`, `field "aB" AB string`, `field "a_b" AUnderscoreB string`},
	}, {
		name: "enums", version: "3.1.0", schemas: `
thing:
  type: object
  properties:
    listed: {type: string, enum: [b, a], x-enumDescriptions: {a: First., b: Second.}}
    named: {type: string, enum: ['1', '2'], x-enum-varnames: [one, two], x-enum-descriptions: [First of two., Second of two.]}
    annotated: {type: string, description: The enum., oneOf: [{const: x, description: An x.}, {const: y, deprecated: true}]}
    single: {const: only}
    number: {type: integer, enum: [10, 9, -1]}
    flag: {type: boolean, enum: [true]}
    open: {type: string, enum: [a], x-stripeBypassValidation: true}
    known: {anyOf: [{type: string}, {type: string, enum: [a]}]}
    odd: {type: string, enum: ['', '*', 2.1.0, Etc/GMT+1, Etc/GMT-1]}
    clash: {type: string, enum: [a-b, a_b]}
    cases: {type: string, enum: [DESC, desc]}
    mixed: {enum: [1, a]}
    shared: {$ref: '#/components/schemas/color'}
color: {type: string, enum: [red, green]}`,
		want: []string{
			`value ThingCasesDESC "DESC"`, `value ThingClashValueADashB "a-b"`, `value ThingClashValueAUnderscoreB "a_b"`, `value ThingCasesDesc "desc"`, `enum ThingListed string file=thing known`, `doc "First."`, `value ThingNamedOne "1"`, `doc "Second of two."`,
			`enum ThingAnnotated string file=thing known`, `doc "An x."`, `value ThingAnnotatedY "y" deprecated`,
			`field "single" Single string`, `rule const "only"`,
			`enum ThingNumber int64 file=thing known`, `value ThingNumberMinus1 "-1"`,
			`field "flag" Flag bool`, `rule enum true`, `field "open" Open ThingOpen`, `enum ThingKnown string file=thing known`,
			`value ThingOddEmpty ""`, `value ThingOddStar "*"`, `value ThingOdd2_1_0 "2.1.0"`,
			`value ThingOddEtcGMTPlus1 "Etc/GMT+1"`, `value ThingOddEtcGMTMinus1 "Etc/GMT-1"`,
			`field "mixed" Mixed raw`, `rule enum 1 "a"`, `field "shared" Shared Color`, `enum Color string file=color known`,
		},
	}, {
		name: "allOf", version: "3.0.3", schemas: `
base: {type: object, required: [a], properties: {a: {type: string}, kind: {type: string}}, description: Base.}
dog:
  description: A dog.
  allOf:
    - $ref: '#/components/schemas/base'
    - {type: object, required: [b], properties: {b: {type: object, properties: {c: {type: string}}}, kind: {type: string, enum: [dog]}}}
alias: {allOf: [{$ref: '#/components/schemas/base'}]}
user: {type: object, properties: {base: {description: Mine., allOf: [{$ref: '#/components/schemas/alias'}]}}}
wrong: {allOf: [{$ref: '#/components/schemas/base'}, {properties: {a: {type: integer}}}]}
self: {allOf: [{$ref: '#/components/schemas/self'}, {$ref: '#/components/schemas/base'}]}`,
		want: []string{
			`struct Dog object file=dog`, `field "a" A string required`, `field "b" B DogB required`, `field "kind" Kind DogKind`,
			`struct DogB object file=dog`, `field "base" Base Base`, `doc "Mine."`, `!struct Alias object file=alias`,
			`field "a" A raw required`, `rule type integer`,
		},
		diags: []string{
			"endless-schema /components/schemas/self/allOf/0",
		},
	}, {
		name: "expandable", version: "3.0.3", schemas: `
thing:
  type: object
  properties:
    owner: {nullable: true, anyOf: [{type: string, maxLength: 5}, {$ref: '#/components/schemas/person'}], x-expansionResources: {oneOf: [{$ref: '#/components/schemas/person'}]}}
    either: {anyOf: [{type: string}, {$ref: '#/components/schemas/person'}, {$ref: '#/components/schemas/deleted_person'}], x-expansionResources: {}}
    many: {type: array, items: {anyOf: [{type: string}, {$ref: '#/components/schemas/person'}], x-expansionResources: {}}}
    unknown: {anyOf: [{type: string}, {}], x-expansionResources: {}}
person: {type: object, required: [id, object], properties: {id: {type: string}, object: {type: string, enum: [person]}}}
deleted_person: {type: object, required: [id, object, deleted], properties: {id: {type: string}, object: {type: string, enum: [person]}, deleted: {type: boolean, enum: [true]}}}`,
		want: []string{
			`field "owner" Owner Expandable[Person]?`, `rule maxLength 5`, `field "either" Either Expandable[ThingEither]`,
			`field "many" Many []Expandable[Person]`, `field "unknown" Unknown Expandable[raw]~`,
			`variant DeletedPerson DeletedPerson type="object" const="deleted":true`, `variant Person Person type="object"`,
		},
	}, {
		name: "unions", version: "3.1.0", schemas: `
cat: {type: object, required: [kind], properties: {kind: {const: cat}, lives: {type: integer}}}
dog: {type: object, required: [kind, tail], properties: {kind: {const: dog}, tail: {type: string}}}
fish: {type: object, required: [fins], properties: {fins: {type: integer}}}
vague: {type: object, properties: {a: {type: string}}}
by_name: {oneOf: [{$ref: '#/components/schemas/cat'}, {$ref: '#/components/schemas/dog'}], discriminator: {propertyName: kind, mapping: {kitty: '#/components/schemas/cat'}}}
by_constant: {anyOf: [{$ref: '#/components/schemas/dog'}, {$ref: '#/components/schemas/cat'}]}
by_required: {oneOf: [{$ref: '#/components/schemas/fish'}, {$ref: '#/components/schemas/vague'}]}
by_type: {oneOf: [{type: integer}, {type: string, maxLength: 2}, {type: array, items: {type: string}}, {type: object, title: range, properties: {gt: {type: integer}}}]}
types: {type: [string, integer]}
same: {anyOf: [{type: string, format: email}, {type: string, pattern: '^x'}]}
nested: {oneOf: [{$ref: '#/components/schemas/by_constant'}, {type: string}]}
vague_too: {type: object, properties: {b: {type: string}}}
vague_again: {type: object, properties: {a: {type: integer}}}
closest: {oneOf: [{$ref: '#/components/schemas/vague'}, {$ref: '#/components/schemas/vague_too'}]}
ambiguous: {oneOf: [{$ref: '#/components/schemas/vague'}, {$ref: '#/components/schemas/vague_again'}]}
beside: {type: object, properties: {a: {type: string}}, oneOf: [{$ref: '#/components/schemas/cat'}, {$ref: '#/components/schemas/dog'}]}
holder: {type: object, properties: {a: {$ref: '#/components/schemas/same'}, b: {$ref: '#/components/schemas/types'}}}`,
		want: []string{
			`union ByName file=by_name by="kind"`, `variant Cat Cat tag="cat" tag="kitty"`, `union ByConstant file=by_constant by="kind"`,
			`variant Dog Dog tag="dog"`, `variant Fish Fish type="object" required="fins"`, `variant Vague Vague type="object"`,
			`variant ByTypeInteger int64 type="integer"`, `variant ByTypeString string type="string"`, `rule maxLength 2`,
			`variant ByTypeList []string type="array"`, `variant ByTypeRange ByTypeRange type="object"`,
			`variant TypesInteger int64 type="integer"`, `variant TypesString string type="string"`,
			`union Closest file=closest closest`, `field "a" A string`, `rule anyOf`, `variant NestedString string type="string"`,
			`variant Vague Vague vague type="object"`, `variant VagueAgain VagueAgain vague type="object"`,
			`union Beside file=beside by="kind"`, `variant BesideCat BesideCat tag="cat"`, `struct BesideDog object file=beside`,
		},
	}, {
		name: "lists of one name in a union", version: "3.1.0", schemas: `
twice: {anyOf: [{title: word, type: string, enum: [a]}, {title: word, type: string, enum: [b]}, {type: integer}]}
once: {anyOf: [{$ref: '#/components/schemas/word'}, {description: The same., $ref: '#/components/schemas/word'}, {type: integer}]}
word: {type: string, enum: [a]}`,
		want: []string{`variant TwiceWord TwiceWord type="string"`, `rule enum "a"`, `variant Word Word type="string"`},
	}, {
		name: "rules", version: "3.1.0", schemas: `
thing:
  type: object
  required: [ghost]
  additionalProperties: false
  minProperties: 1
  dependentRequired: {a: [c, b]}
  dependentSchemas: {a: {required: [b]}}
  properties:
    a: {type: string, minLength: 1, pattern: '^a'}
    b: {type: number, exclusiveMinimum: 0, maximum: 1.5, multipleOf: 0.5}
    c: {type: array, uniqueItems: true, maxItems: 3, items: {type: string, minLength: 2}}
    names: {type: object, additionalProperties: {type: integer}, propertyNames: {description: Lower case., pattern: '^[a-z]+$'}}
    look: {type: string, pattern: '(?=x)'}
  anyOf: [{required: [a]}, {required: [b]}]
  allOf:
    - description: Not both.
      not: {required: [a, b]}
    - description: If so, then so.
      if: {properties: {a: {const: x}}}
      then: {required: [b]}
      else: {description: Otherwise so., properties: {c: {maxItems: 1, type: [array, 'null']}}}
never: {type: object, properties: {a: false, b: true}}
later: {type: object, patternProperties: {x: {type: 'null'}, y: {}}, additionalProperties: false, properties: {a: {type: array, prefixItems: [{}], contains: {minLength: 1}, minContains: 0, maxContains: 4}}}
rest: {type: object, properties: {a: {}}, allOf: [{properties: {b: {}}}], unevaluatedProperties: false}
tree: {type: object, properties: {kids: {not: {not: {items: {$ref: '#/components/schemas/tree'}}}}}}`,
		want: []string{
			`rule required "ghost"`, `rule additionalProperties`, `rule false`, `rule minProperties 1`, `rule dependentRequired "a" "b" "c"`,
			`rule dependentSchemas "a"`, `rule minLength 1`, `rule pattern "^a"`, `rule exclusiveMinimum 0`, `rule maximum 1.5`, `rule multipleOf 0.5`,
			`rule uniqueItems`, `rule maxItems 3`, `each`, `rule minLength 2`, `rule propertyNames`, `note "Lower case."`, `rule anyOf`, `rule not`,
			`note "Not both."`, `rule if`, `rule const "x"`, `note "If so, then so."`, `note "Otherwise so."`, `rule type array null`,
			`field "b" B raw`, `rule patternProperty "x"`, `rule additionalProperties but="(?:x)|(?:y)"`, `rule contains 0 most="4"`,
			`rule unevaluatedProperties`, `beside`, `rule property "b"`, `rule $ref Tree`, `check Tree file=tree cyclic`,
		},
	}, {
		name: "bounds in 3.0", version: "3.0.3", schemas: `
thing: {type: object, properties: {a: {type: integer, minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false}}}`,
		want: []string{`rule exclusiveMinimum 1`, `rule maximum 5`, `!rule minimum 1`},
	}, {
		name: "recursion", version: "3.0.3", schemas: `
node: {type: object, required: [next, kids], properties: {next: {$ref: '#/components/schemas/peer'}, kids: {type: array, items: {$ref: '#/components/schemas/node'}}, up: {$ref: '#/components/schemas/node'}}}
peer: {type: object, required: [node, leaf], properties: {node: {$ref: '#/components/schemas/node'}, leaf: {$ref: '#/components/schemas/leaf'}}}
leaf: {type: object, properties: {a: {type: string}}}
list: {type: array, items: {$ref: '#/components/schemas/list'}}
map: {type: object, additionalProperties: {$ref: '#/components/schemas/map'}}
union: {oneOf: [{$ref: '#/components/schemas/map'}, {type: array, items: {$ref: '#/components/schemas/union'}}]}`,
		want: []string{
			`field "next" Next *Peer required`, `field "node" Node *Node required`, `field "leaf" Leaf Leaf required`,
			`variant UnionMap map[string]raw type="object"`, `field "kids" Kids []Node required`, `field "up" Up Node`, `variant UnionList []Union type="array"`,
		},
		diags: []string{"endless-value /components/schemas/node/properties/next"},
	}, {
		name: "names", version: "3.0.3", schemas: `
error: {type: object, properties: {type: {type: string, enum: [a]}}}
error_object: {type: object, properties: {a: {type: string}}}
a.b: {type: object, properties: {a: {type: string}}}
a_b: {type: object, properties: {a: {type: string}}}
more: {type: object, additionalProperties: {type: string}, properties: {a: {type: string}}}`,
		want: []string{
			`struct LowerError object file=error`, `enum LowerErrorType string file=error known`, `struct ErrorObject object file=error_object`,
			`struct AB object file=a_b`, `struct ADotB object file=a_b`, `more AdditionalProperties map[string]string`,
		},
	}} {
		t.Run(c.name, func(t *testing.T) {
			run(t, document(c.version, c.schemas), Options{Reserved: []string{"Error"}}).check(t, c.want, c.diags)
		})
	}
}

func TestReferencesIntoComponents(t *testing.T) {
	run(t, document("3.0.3", `
thing: {type: object, properties: {inner: {type: object, properties: {a: {type: string}}}, list: {type: array, items: {type: object, properties: {a: {type: string}}}}}}
user: {type: object, properties: {a: {$ref: '#/components/schemas/thing/properties/inner'}, b: {$ref: '#/components/schemas/thing/properties/list/items'}}}`),
		Options{}).check(t, []string{`field "a" A ThingInner`, `field "b" B ThingList`, `struct ThingInner object file=thing`}, nil)
}

func TestDocsArePlainText(t *testing.T) {
	for in, want := range map[string]string{
		" plain <id> text ": "plain <id> text",
		`<p>One <code>x</code> &amp; <a href="https://e.org/?a=1&amp;b">two</a>.</p><ul><li>a</li><li>b</li></ul>`: "One `x` & two (https://e.org/?a=1&b).\n\n- a\n- b",
		"a<br>b <a href=\"#x\">c</a>": "a\nb c",
	} {
		if got := plainText(in); got != want {
			t.Errorf("plainText(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestOddDocuments only asks for no panic.
func TestOddDocuments(t *testing.T) {
	Lower(nil, Options{})
	Lower(&openapi3.T{}, Options{Server: "/", Auth: "x", Names: map[string]string{"": ""}, Operations: map[string]OperationName{"": {}}})
	doc := &openapi3.T{OpenAPI: "3.0.0", Paths: openapi3.NewPaths(), Components: &openapi3.Components{Schemas: openapi3.Schemas{
		"a": nil, "b": {}, "c": {Ref: "#/components/schemas/c"}, "d": {Ref: "nowhere.yaml"},
		"e": {Value: &openapi3.Schema{AllOf: openapi3.SchemaRefs{nil, {}}, AnyOf: openapi3.SchemaRefs{nil, nil}, Items: nil}},
		"f": {Value: &openapi3.Schema{Properties: openapi3.Schemas{"": nil, "x": {}}, Type: &openapi3.Types{"object"}}},
		"g": {Value: &openapi3.Schema{Type: &openapi3.Types{"array"}, Not: &openapi3.SchemaRef{}, If: &openapi3.SchemaRef{}}},
		"h": {Value: &openapi3.Schema{Type: &openapi3.Types{}, Enum: []any{nil, []any{1}, map[string]any{}}}},
	}}}
	doc.Paths.Set("/{", &openapi3.PathItem{Get: &openapi3.Operation{}, Post: &openapi3.Operation{Parameters: openapi3.Parameters{nil, {}},
		RequestBody: &openapi3.RequestBodyRef{}, Extensions: map[string]any{"x-oaken-rules": 1}}})
	doc.Paths.Set("", nil)
	doc.Paths.Set("/x", &openapi3.PathItem{Parameters: openapi3.Parameters{nil}, Put: &openapi3.Operation{
		Parameters:  openapi3.Parameters{{Value: &openapi3.Parameter{}}},
		RequestBody: &openapi3.RequestBodyRef{Value: &openapi3.RequestBody{Content: openapi3.Content{"application/x-www-form-urlencoded": nil, "a/b": nil}}},
		Responses:   openapi3.NewResponses(openapi3.WithStatus(200, nil)),
	}})
	if _, list := Lower(doc, Options{}); len(list) == 0 {
		t.Error("no diagnostics")
	}
}

// TestDoubling builds chains in which each schema refers to the next one twice.
func TestDoubling(t *testing.T) {
	for _, keyword := range []string{"allOf", "anyOf", "not", "object"} {
		schemas := openapi3.Schemas{}
		next := &openapi3.Schema{Type: &openapi3.Types{"object"}, Properties: openapi3.Schemas{"x": {Value: openapi3.NewStringSchema()}}}
		schemas["s0"] = &openapi3.SchemaRef{Value: next}
		for i := 1; i < 200; i++ {
			ref := func() *openapi3.SchemaRef {
				return &openapi3.SchemaRef{Ref: "#/components/schemas/s" + strconv.Itoa(i-1), Value: next}
			}
			s := &openapi3.Schema{}
			switch keyword {
			case "allOf":
				s.AllOf = openapi3.SchemaRefs{ref(), ref()}
			case "anyOf":
				s.AnyOf = openapi3.SchemaRefs{ref(), ref()}
			case "not":
				s.Not = &openapi3.SchemaRef{Value: &openapi3.Schema{AllOf: openapi3.SchemaRefs{ref(), ref()}}}
			case "object":
				s.Properties = openapi3.Schemas{"a": ref(), "b": ref()}
			}
			schemas["s"+strconv.Itoa(i)] = &openapi3.SchemaRef{Value: s}
			next = s
		}
		doc := &openapi3.T{OpenAPI: "3.1.0", Components: &openapi3.Components{Schemas: schemas}}
		start := time.Now()
		Lower(doc, Options{})
		if took := time.Since(start); took > tooLong {
			t.Errorf("%s: took %v", keyword, took)
		}
	}
}

// tooLong is what none of these documents takes on any machine, but for a step
// whose time grows with more than their size.
const tooLong = time.Minute

// TestChains lowers schemas that each have all that those before them have: the
// result would grow with the square of the document.
func TestChains(t *testing.T) {
	for _, c := range []struct{ link, code string }{
		{"{allOf: [{$ref: '#/components/schemas/S%d'}, {properties: {p%d: {type: string}}}]}", "too-many-schemas"},
		{"{oneOf: [{$ref: '#/components/schemas/S%d'}, {type: object, required: [p%d], properties: {p%[2]d: {type: string}}}]}", "too-many-alternatives"},
	} {
		text := "S0: {type: object, properties: {x: {type: string}}}\n"
		for i := 1; i < 1500; i++ {
			text += fmt.Sprintf("S%d: "+c.link+"\n", i, i-1, i)
		}
		start := time.Now()
		out := run(t, document("3.1.0", text), Options{})
		if took := time.Since(start); took > tooLong {
			t.Errorf("took %v", took)
		}
		if len(out.list) > 0 || !slices.ContainsFunc(out.notes, func(d diag.Diagnostic) bool { return d.Code == c.code }) {
			t.Errorf("there is no %s: %v", c.code, out.list[:min(len(out.list), 1)])
		}
	}
}

// TestWideDiscriminator lowers a union of very many alternatives, each of which
// has a value of its own.
func TestWideDiscriminator(t *testing.T) {
	const n = 6000
	variants, mapping, text := "", "", ""
	for i := range n {
		text += fmt.Sprintf("S%d: {type: object, required: [k], properties: {k: {type: string}}}\n", i)
		variants += fmt.Sprintf("{$ref: '#/components/schemas/S%d'}, ", i)
		mapping += fmt.Sprintf("v%d: '#/components/schemas/S%d', ", i, i)
	}
	text += "U: {oneOf: [" + variants + "], discriminator: {propertyName: k, mapping: {" + mapping + "}}}\n"
	start := time.Now()
	out := run(t, document("3.1.0", text), Options{})
	if took := time.Since(start); took > tooLong {
		t.Errorf("took %v", took)
	}
	for i := range n {
		if line := fmt.Sprintf(`variant S%d S%d tag="S%d" tag="v%d"`, i, i, i, i); !strings.Contains(out.dump, line+"\n") {
			t.Errorf("there is no %s", line)
		}
	}
}

// TestTagsBesideMapping tells variants apart by values that the mapping does not
// have: constants and names count, unless they are another's.
func TestTagsBesideMapping(t *testing.T) {
	out := run(t, document("3.1.0", `
U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/D'}, {$ref: '#/components/schemas/E'}], discriminator: {propertyName: k, mapping: {a: A, b: B, D: C}}}
A: {type: object, required: [k], properties: {k: {enum: [a, aa, b, shared]}}}
B: {type: object, required: [k], properties: {k: {enum: [b, shared]}}}
C: {type: object, required: [k], properties: {k: {type: string}}}
D: {type: object, required: [k], properties: {k: {enum: [d, D]}}}
E: {type: object, required: [k], properties: {k: {type: string}}}
`), Options{})
	for _, want := range []string{
		`variant A A tag="a" tag="aa"`, `variant B B tag="b"`, `variant C C tag="C" tag="D"`, `variant D D tag="d"`, `variant E E tag="E"`,
	} {
		if !slices.Contains(out.lines, want) {
			t.Errorf("there is no %s in\n%s", want, out.dump)
		}
	}
}

// TestChainOfLists lowers lists that lead to two that lead to each other: only
// these are within themselves.
func TestChainOfLists(t *testing.T) {
	const last = 3000
	text := ""
	for i := range last {
		text += fmt.Sprintf("S%d: {type: array, items: {$ref: '#/components/schemas/S%d'}}\n", i, i+1)
	}
	text += fmt.Sprintf("S%d: {type: object, additionalProperties: {$ref: '#/components/schemas/S%d'}}\n", last, last-1)
	start := time.Now()
	out := run(t, document("3.1.0", text), Options{})
	if took := time.Since(start); took > tooLong {
		t.Errorf("took %v", took)
	}
	var raw []string
	for _, d := range out.notes {
		if d.Code == "recursive-list" {
			raw = append(raw, d.Pointer)
		}
	}
	want := []string{"/components/schemas/S2999/items", "/components/schemas/S3000/additionalProperties"}
	if !slices.Equal(raw, want) {
		t.Errorf("raw is %v, want %v", raw, want)
	}
}

// doubled is a schema that holds two of itself, so many levels deep.
func doubled(levels int, inner *openapi3.Schema, hold func(a, b *openapi3.SchemaRef) *openapi3.Schema) *openapi3.Schema {
	for range levels {
		inner = hold(&openapi3.SchemaRef{Value: inner}, &openapi3.SchemaRef{Value: inner})
	}
	return inner
}

func TestAssertionsEnd(t *testing.T) {
	s := doubled(17, openapi3.NewStringSchema(), func(a, b *openapi3.SchemaRef) *openapi3.Schema {
		return &openapi3.Schema{Not: &openapi3.SchemaRef{Value: &openapi3.Schema{AnyOf: openapi3.SchemaRefs{a, b}}}}
	})
	found := lowerSchemas(openapi3.Schemas{"s": {Value: s}})
	if !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code == "too-many-assertions" }) {
		t.Error(found)
	}
}

func TestAlternativesEnd(t *testing.T) {
	object := func(member string) *openapi3.Schema {
		return openapi3.NewObjectSchema().WithProperty(member, openapi3.NewStringSchema())
	}
	choice := func(alternatives int) *openapi3.SchemaRef {
		s := object("id")
		for i := range alternatives {
			member := "m" + strconv.Itoa(i)
			alternative := object(member)
			alternative.Title, alternative.Required = member, []string{member}
			s.OneOf = append(s.OneOf, &openapi3.SchemaRef{Value: alternative})
		}
		return &openapi3.SchemaRef{Value: s}
	}
	const each = 64
	schemas := openapi3.Schemas{"z": choice(2)}
	for i := range maxSpread/each + 1 {
		schemas["s"+strconv.Itoa(i)] = choice(each)
	}
	found := lowerSchemas(schemas)
	if !slices.ContainsFunc(found, func(d diag.Diagnostic) bool {
		return d.Code == "too-many-alternatives" && d.Pointer == "/components/schemas/z/oneOf"
	}) {
		t.Errorf("%.500s", found)
	}
}

// lowerSchemas returns all that lowering says about components.
func lowerSchemas(schemas openapi3.Schemas) diag.List {
	result, list := Lower(&openapi3.T{OpenAPI: "3.1.0", Components: &openapi3.Components{Schemas: schemas}}, Options{})
	return append(list, result.Notes...)
}
