package lower

import (
	"fmt"
	"slices"
	"testing"

	"github.com/oaken-go/oaken/generator/diag"
)

func TestOperations(t *testing.T) {
	ok := `responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}}`
	list := `responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/pet_list'}}}}}`
	id := `parameters: [{name: id, in: path, required: true, schema: {type: string}}]`
	for _, c := range []struct {
		name, paths string
		opts        Options
		want, diags []string
	}{{
		name: "methods", paths: `
/v1/pets:
  get: {operationId: a, summary: List pets, description: All of them., ` + list + `}
  post: {` + ok + `}
  delete: {responses: {'204': {description: ''}}}
/v1/pets/{id}:
  ` + id + `
  get: {` + ok + `}
  post: {` + ok + `}
  put: {` + ok + `}
  delete: {deprecated: true, ` + ok + `}
/v1/pets/{id}/feed:
  ` + id + `
  post: {` + ok + `}
/v1/pets/search:
  get: {` + list + `}
/v1/pets/{id}/toys:
  ` + id + `
  get: {responses: {'200': {description: '', content: {application/json: {schema: {type: array, items: {type: object, properties: {a: {type: string}}}}}}}}}
/v1/pets/{id}/photo:
  ` + id + `
  get: {responses: {'200': {description: '', content: {image/png: {}}}}}
/v1/zoo/keepers:
  post: {responses: {'201': {description: '', content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}`,
		opts: Options{StripPaths: []string{"/v1"}},
		want: []string{
			`resource Pets PetService file=pet`, `op List GET /v1/pets`, `doc "List pets.\n\nAll of them."`, `op Create POST /v1/pets`, `op DeleteAll DELETE /v1/pets`,
			`op Retrieve GET /v1/pets/{id}`, `op Update POST /v1/pets/{id}`, `op Replace PUT /v1/pets/{id}`, `op Delete DELETE /v1/pets/{id} deprecated`,
			`op Feed POST /v1/pets/{id}/feed`, `op Search GET /v1/pets/search`, `resource Toys PetToyService file=pet_toy`, `op List GET /v1/pets/{id}/toys`,
			`result []PetToyListResultItem`, `op Photo GET /v1/pets/{id}/photo`, `resource Zoo ZooService file=zoo`, `resource Keepers ZooKeeperService file=zoo_keeper`,
			`result ZooKeeperCreateResult`, `result stream accept="image/png"`,
		},
	}, {
		name: "parameters", paths: `
/pets/{id}/{kind}/{type}:
  parameters:
    - {name: id, in: path, required: true, description: The id., schema: {type: string, maxLength: 9}}
    - {name: kind, in: path, required: true, schema: {type: string, enum: [a, b]}}
    - {name: type, in: path, required: true, schema: {type: integer}}
    - {name: shared, in: query, schema: {type: string, enum: [x]}}
  get:
    parameters:
      - {name: deep, in: query, style: deepObject, schema: {type: object, properties: {inner: {type: object, properties: {a: {type: string}}}}}}
      - {name: many, in: query, schema: {type: array, items: {type: string, enum: [a]}}}
      - {name: commas, in: query, explode: false, schema: {type: array, items: {type: string}}}
      - {name: pipes, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
      - {name: range, in: query, style: deepObject, schema: {anyOf: [{type: integer}, {type: object, title: range, properties: {gt: {type: integer}}}]}}
      - {name: clear, in: query, schema: {anyOf: [{type: string}, {type: string, enum: ['']}]}}
      - {name: clear_listed, in: query, required: true, schema: {type: string, enum: [a, '']}}
      - {name: X-Trace, in: header, schema: {type: string}}
      - {name: Idempotency-Key, in: header, schema: {type: string}}
      - {name: Accept, in: header, schema: {type: string}}
      - {name: session, in: cookie, schema: {type: string}}
      - {name: wrong, in: query, schema: {type: object, properties: {a: {type: string}}}}
    ` + ok,
		opts: func() (o Options) { o.Headers.IdempotencyKey = "idempotency-key"; return o }(),
		want: []string{
			`path "id" id string`, `rule maxLength 9`, `path "kind" kind PetKind`, `path "type" type_ int64`, `params PetRetrieveParams required`,
			`struct PetRetrieveParams params file=pet`, `field "deep" Deep PetRetrieveDeep in="query" style="deepObject"`, `struct PetRetrieveDeepInner params inline file=pet`,
			`field "many" Many []PetMany in="query" style="explode"`, `field "commas" Commas []string in="query" style="form"`,
			`field "pipes" Pipes []string in="query" style="pipe"`, `field "range" Range PetRetrieveRange in="query" style="deepObject"`,
			`field "clear" Clear string? in="query" style="explode"`, `field "clear_listed" ClearListed PetClearListed? required in="query" style="explode"`,
			`field "X-Trace" XTrace string in="header" style="form"`, `field "session" Session string in="cookie" style="explode"`,
			`field "shared" Shared PetShared in="query" style="explode"`, `!field "Accept" Accept string in="header" style="form"`,
			`!value PetRetrieveClearListedEmpty ""`,
		},
	}, {
		name: "bodies", paths: `
/pets:
  get: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {}}}}}, ` + list + `}
  post:
    parameters: [{name: twice, in: query, schema: {type: string}}]
    requestBody:
      content:
        application/x-www-form-urlencoded:
          encoding: {deep: {style: deepObject, explode: true}}
          schema:
            type: object
            additionalProperties: false
            required: [name]
            properties:
              name: {type: string}
              twice: {type: string}
              deep: {type: object, required: [a], properties: {a: {type: string}}}
              flat: {type: array, items: {type: string}}
              lost: {type: object, properties: {a: {type: string}}}
    ` + ok + `
/pets/{id}:
  ` + id + `
  put: {requestBody: {required: true, description: The pet., content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}, ` + ok + `}
  patch: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}, responses: {'200': {description: ''}}}
/files:
  post: {requestBody: {content: {multipart/form-data: {schema: {type: object}}}}, ` + ok + `}`,
		want: []string{
			`params PetCreateParams required`, `field "name" Name string required in="form" style="explode"`,
			`field "deep" Deep PetCreateDeep in="form" style="deepObject"`, `field "flat" Flat []string in="form" style="explode"`,
			`struct PetCreateDeep params inline file=pet`, `field Body PetReplaceBody required in="json"`, `struct PetReplaceBody object file=pet`,
			`field Body Pet in="json"`, `!params PetListParams`,
			`field "lost" Lost PetCreateLost in="form" style="content" spelled`, `field Body file in="body"`,
		},
		diags: []string{},
	}, {
		name: "lists and expand", paths: `
/pets:
  get:
    parameters:
      - {name: starting_after, in: query, schema: {type: string}}
      - {name: expand, in: query, style: deepObject, schema: {type: array, items: {type: string}}}
      - {name: account_holder, in: query, schema: {type: string}}
      - {name: session, in: query, schema: {type: string}}
    x-oaken-rules: [{description: Not both., not: {required: [account_holder, session]}}]
    ` + list + `
/people/{id}:
  get:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: expand, in: query, style: deepObject, schema: {type: array, items: {type: string}}}
    responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/person'}}}}}
/pets/{id}:
  get:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: with, in: query, x-oaken-expand: true, schema: {type: array, items: {type: string}}}
    ` + ok,
		want: []string{
			`result PetList lists`, `list data="data" more="has_more" url="url" after="starting_after" before="ending_before" itemID="id" item=Pet`,
			`enum PetListExpand string file=pet_list expand`, `value PetListExpandDataOwner "data.owner"`, `doc "Expands data.owner to the whole Person."`,
			`field "expand" Expand []PetListExpand in="query" style="deepObject"`, `field "expand" Expand []string in="query" style="deepObject"`,
			`field "with" With []PetExpand in="query" style="explode"`, `value PetExpandOwner "owner"`, `rule not`, `note "Not both."`,
		},
	}, {
		name: "inline list", paths: `
/cats:
  get: {responses: {'200': {description: '', content: {application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/pet'}}, has_more: {type: boolean}, next: {type: string}}}}}}}}`,
		want: []string{`struct CatList object root file=cat`, `field "next" NextField string`},
	}, {
		name: "collisions and overrides", paths: `
/pets/{id}:
  ` + id + `
  post: {operationId: one, ` + ok + `}
  patch: {operationId: two, ` + ok + `}
/pets/{id}/feed:
  ` + id + `
  post: {operationId: feed, ` + ok + `}
/pets/{missing}:
  get: {` + ok + `}
/pets:
  parameters: [{name: nowhere, in: path, required: true, schema: {type: string}}]
  get: {` + list + `}`,
		opts: Options{
			Operations: map[string]OperationName{"two": {Method: "Patch"}, "POST /pets/{id}/feed": {Resource: "Zoo.Meals", Method: "Serve"}, "none": {}},
			Names:      map[string]string{"/components/schemas/person": "Human", "/nowhere": "X", "#/components/schemas/pet/properties/id": "Ident"},
			StripPaths: []string{"/v9"}, StripSchemas: []string{"pet_", "x_"},
		},
		want: []string{`op Patch PATCH /pets/{id}`, `resource Meals ZooMealService file=zoo_meal`, `op Serve POST /pets/{id}/feed`, `struct Human object root file=person`, `field "id" Ident string required`, `struct List object root file=list`},
		diags: []string{
			"unused-override ", "unused-override ", "unused-override ", "unused-override ",
		},
	}} {
		t.Run(c.name, func(t *testing.T) {
			run(t, operations(c.paths), c.opts).check(t, c.want, c.diags)
		})
	}
}

func TestTwoOperationsOfOneName(t *testing.T) {
	run(t, operations(`
/pets/{id}:
  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  post: {responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}}}
  patch: {responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}}}`), Options{}).
		check(t, []string{`op Update PATCH /pets/{id}`, `op Post POST /pets/{id}`}, nil)
}

func TestServerAndAuth(t *testing.T) {
	const text = `
openapi: 3.0.3
info: {title: T, version: '2', description: About.}
servers: [{url: 'https://{host}/v1/', variables: {host: {default: api.test}}}]
security: [{both: [], key: []}, {key: []}]
paths: {}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    both: {type: http, scheme: bearer}
    cookie: {type: apiKey, in: cookie, name: c}
    digest: {type: http, scheme: digest}
`
	run(t, text, Options{}).check(t, []string{
		`server "https://api.test/v1"`, `auth none`, `credential Both bearer`, `credential Key apiKeyHeader "X-Key"`,
		`security Both Key`, `security Key`, `doc "About."`, `version "2"`,
	}, nil)
	run(t, text, Options{Server: "https://other/", Auth: "both"}).check(t, []string{`server "https://other"`, `auth bearer`, `!security Key`}, nil)
	run(t, text, Options{Auth: "none"}).check(t, []string{`auth none`, `!security Key`}, nil)
	run(t, text, Options{Auth: "cookie"}).check(t, []string{`auth apiKeyCookie "c"`}, nil)
	run(t, text, Options{Auth: "digest"}).check(t, []string{`auth none`}, []string{"bad-auth "})
}

func TestSecurityOfAnyShape(t *testing.T) {
	const text = `
openapi: 3.1.0
info: {title: T, version: '1'}
security: %s
paths:
  /a: {get: {security: %s, responses: {'204': {description: ''}}}}
  /b: {get: {responses: {'204': {description: ''}}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    Key: {type: apiKey, in: query, name: key}
    nameless: {type: apiKey, in: header}
    digest: {type: http, scheme: digest}
    tls: {type: mutualTLS}
    token: {type: http, scheme: bearer}
    user: {type: http, scheme: basic}
    other: {type: oauth2, flows: {}}
`
	for _, c := range []struct {
		all, own string
		want     []string
		note     string
	}{
		{"[{}, {token: []}]", "[]", []string{"auth bearer", "security key", "security nothing"}, ""}, // a key that is given is sent
		{"[{token: []}]", "[]", []string{"auth bearer", "!security key", "security nothing"}, ""},
		{"[{token: []}, {other: [read]}]", "[{other: []}, {token: []}]", []string{"auth bearer", "!security key"}, "scope"},
		{"[{user: []}, {token: []}]", "[{user: []}]", []string{"auth basic", "!security key"}, "other-security"},
		{"[{}, {nameless: []}]", "[]", []string{"auth none", "!security nothing"}, "unsupported-scheme"},
		{"[{digest: []}]", "[]", []string{"auth none"}, "unsupported-scheme"},
		{"[{digest: []}, {token: []}]", "[{digest: [], token: []}]", []string{"auth bearer"}, "unsupported-scheme"},
		{"[{missing: []}, {token: []}]", "[{token: []}]", []string{"auth bearer"}, "unknown-scheme"},
		{"[{tls: []}, {token: []}]", "[{tls: [], token: []}]", []string{"auth bearer", "security key", "security nothing"}, "client-certificate"},
		{"[]", "[{token: []}]", []string{"auth bearer", "security nothing"}, ""}, // /b asks for nothing
		{"[{token: []}]", "[{key: []}]", []string{"auth none", "security Token", "security Key"}, ""},
		{"[{token: []}]", "[{key: [], token: []}]", []string{"auth none", "security Key Token"}, ""},
		{"[{token: []}]", "[{key: []}, {}]", []string{"security Key", "security nothing"}, ""},
		{"[{token: []}]", "[{other: []}]", []string{"credential Other bearer", "credential Token bearer"}, ""}, // one token is not the other
		{"[{key: []}]", "[{Key: []}]", []string{`credential Key apiKeyQuery "key"`, `credential Key_2 apiKeyHeader "X-Key"`}, ""},
		{"[]", "[]", []string{"auth none"}, "unused-scheme"},
	} {
		out := run(t, fmt.Sprintf(text, c.all, c.own), Options{})
		out.check(t, c.want, nil)
		if c.note != "" && !slices.ContainsFunc(out.notes, func(d diag.Diagnostic) bool { return d.Code == c.note }) {
			t.Errorf("%s, %s: there is no note %s", c.all, c.own, c.note)
		}
	}
	run(t, fmt.Sprintf(text, "[{token: []}]", "[{key: []}]"), Options{Auth: "token"}).check(t, []string{"auth bearer", "!security Key"}, nil)
	run(t, fmt.Sprintf(text, "[{token: []}]", "[]"), Options{Auth: "token"}).check(t, []string{"auth bearer", "security nothing"}, nil)
}

func TestDefaultAnswer(t *testing.T) {
	const answer = `{description: '', content: {application/json: {schema: {$ref: '#/components/schemas/pet'}}}}`
	for responses, want := range map[string]string{
		"default: " + answer:                                                       "result Pet",
		"'404': {description: ''}, default: " + answer:                             "result Pet",
		"'302': {description: ''}, default: " + answer:                             "!result Pet",
		"'204': {description: ''}, default: " + answer:                             "!result Pet",
		"'200': " + answer + ", '201': " + answer + ", default: {description: ''}": "result Pet",
	} {
		run(t, operations("/pet: {get: {responses: {"+responses+"}}}"), Options{}).check(t, []string{want}, nil)
	}
}

func TestFragmentsAreNotSent(t *testing.T) {
	run(t, operations(`
/pets/{id}: {parameters: [&id {name: id, in: path, required: true, schema: {type: string}}], put: {responses: {'204': {description: ''}}}}
/pets/{id}#share: {parameters: [*id], put: {responses: {'204': {description: ''}}}}`), Options{}).
		check(t, []string{"op Replace PUT /pets/{id}", "op Share PUT /pets/{id}", "!op Replace PUT /pets/{id}#share"}, nil)
}
