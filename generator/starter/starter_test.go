package starter

import (
	"go/token"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/ir"
)

func TestPackageNames(t *testing.T) {
	for title, want := range map[string]string{
		"Stripe Financial Connections":   "stripefinancialconnections",
		"Swagger Petstore - OpenAPI 3.0": "petstore",
		"GitHub v3 REST API":             "github",
		"The API of 1000 Ways":           "ways",
		"3scale":                         "api3scale",
		"":                               "api",
		"Данные":                         "api",
		"API":                            "api",
		"Type":                           "apitype",
		"main":                           "apimain",
		"Vendor":                         "apivendor",
		"one two three four five six seven eight nine":         "onetwothreefourfivesixseven",
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz": "abcdefghijklmnopqrstuvwxyzab",
		"Pay\nments":  "payments",
		"Café Orders": "caforders",
	} {
		got := packageName(title)
		require.Equal(t, want, got, title)
		require.True(t, token.IsIdentifier(got) && len(got) <= longestName+len(fallback))
	}
}

func TestPathPrefix(t *testing.T) {
	for want, paths := range map[string][]string{
		"/v1/shop":  {"/v1/shop/items", "/v1/shop/items/{id}", "/v1/shop/orders"},
		"/a/b":      {"/a/b/c", "/a/b/d/{x}/e"},
		"/shop/api": {"/shop/api/items", "/shop/api/orders/"},
	} {
		require.Equal(t, want, pathPrefix(paths))
	}
	for name, paths := range map[string][]string{
		"nothing but what is left out anyway": {"/api/v1/items", "/api/v1/orders"},
		"nothing in common":                   {"/items", "/orders"},
		"the resource itself":                 {"/items", "/items/{id}"},
		"the resource and what is below":      {"/items/{id}/parts", "/items"},
		"a version behind it":                 {"/apps/v1/items", "/apps/v1/orders", "/apps/v2/orders"},
		"a parameter":                         {"/{tenant}/items", "/{tenant}/orders"},
		"the beginning of a word":             {"/shopping/a", "/shop/a"},
		"no paths":                            nil,
		"the root":                            {"/"},
	} {
		require.Empty(t, pathPrefix(paths), name)
	}
}

func TestSchemaPrefixes(t *testing.T) {
	for name, test := range map[string]struct {
		names     []string
		all, most string
	}{
		"all":                     {[]string{"shop.a", "shop.b.c"}, "shop.", ""},
		"the longest":             {[]string{"shop.x.a", "shop.x.b"}, "shop.x.", ""},
		"none":                    {[]string{"a", "b.c", "d", "e"}, "", ""},
		"one":                     {[]string{"shop.a"}, "", ""},
		"half":                    {[]string{"shop.a", "shop.b", "c", "d"}, "", "shop."},
		"half, but it would meet": {[]string{"shop.a", "shop.b", "A", "d"}, "", ""},
		"a domain":                {[]string{"io.k8s.a", "io.k8s.b"}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			all := schemaPrefix(test.names)
			require.Equal(t, test.all, all)
			require.Equal(t, test.most, schemaPrefixOfMost(test.names, all))
		})
	}
}

func TestScalars(t *testing.T) {
	for text, want := range map[string]string{
		"api/open-api.yaml": "api/open-api.yaml", "../x": "../x", "Null": `"Null"`, "a b": `"a b"`, "": `""`,
		"1": `"1"`, "/v1/**": `"/v1/**"`, "a: b": `"a: b"`, "#": `"#"`, "C:/x": `"C:/x"`, "ä": `"ä"`,
	} {
		require.Equal(t, want, scalar(text))
	}
}

// Everything that a document can have is in the config, where there is
// something to set as a setting and as an offer elsewhere.
func TestText(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData([]byte(`openapi: 3.0.3
info: {title: "Corner\nShop", version: '7'}
servers: [{url: 'https://shop.example.com'}, {url: 'https://test.example.com', description: "For\ntests: free."}]
paths:
  /v1/shop/items:
    parameters: [{name: X-Idempotency-Key, in: header, schema: {type: string}}, {name: Shop-Version, in: header, schema: {type: string}}]
    get:
      tags: [Items, 'yes']
      responses: {'200': {description: D, headers: {X-Request-Id: {schema: {type: string}}, Shop-Should-Retry: {schema: {type: string}}}}}
    post: {responses: {'200': {description: D}}}
  /v1/shop/orders:
    get: {tags: [Items], responses: {'200': {description: D}}}
components: {schemas: {shop.a: {type: string}, shop.b: {type: string}, shop.c: {type: string}, d: {type: string}}}
`))
	require.NoError(t, err)
	api := &ir.API{Version: "7", Server: "https://shop.example.com", Auth: ir.Auth{Kind: ir.AuthAPIKeyHeader, Name: "Shop-Key"}}
	settings := Settings{Spec: "../shop.yaml", Out: "shop", Package: "shop", Lock: "gen.lock", Root: "..", AllowHosts: []string{"example.com:80"}}
	require.Equal(t, `# What gen writes, and from what. Paths count from the folder of this file. Lines
# that are commented out are offers.

# The document: Corner Shop, with 3 operations.
spec: ../shop.yaml

# The folder of the generated package, and the package's name.
out: shop
package: shop

# The folder whose files the document may refer to.
root: ..

# The hosts that files may be fetched from.
allow_hosts: ["example.com:80"]

# Where the document calls something else, its old Go name stays beside the new
# one. gen writes this file: commit it.
lock: gen.lock

# What Go names leave out.
strip:
  paths: [/v1/shop] # which all paths begin with
  # schemas: [shop.] # which most schemas begin with

# What the client does by itself.
client:
  # Calls go to https://shop.example.com, unless this says otherwise.
  # server: "https://test.example.com" # For tests: free.

  # A client is made with a key, NewClient(key), which travels
  # in the header Shop-Key.
  # auth: none # for one without

  # Repeats of a request are told by this header, so that they are safe.
  idempotency_header: X-Idempotency-Key

  # Answers and errors are known to the service by this header.
  request_id_header: X-Request-Id

  # The service says by this header whether to try again.
  retry_header: Shop-Should-Retry

  # Every request has this header with this value.
  # version_header: Shop-Version
  # version: "7"

# The operations to generate, by tags, with how many there are; without this,
# all of them. Keep the lines that you need.
# include:
#   tags:
#     - Items # 2
#     - "yes" # 1
#     # and 1 without a tag
`, string(Look(doc).Text(settings, api)))
}

// A slice is offered where it would be a part.
func TestOfferOfSlices(t *testing.T) {
	for name, test := range map[string]struct {
		plan  Plan
		offer bool
	}{
		"nothing":                  {Plan{}, false},
		"one tag":                  {Plan{Tagged: true, Groups: []Group{{"A", 2}}}, false},
		"one tag, and without one": {Plan{Tagged: true, Bare: 1, Groups: []Group{{"A", 2}}}, true},
		"two tags":                 {Plan{Tagged: true, Groups: []Group{{"A", 2}, {"B", 1}}}, true},
		"one path":                 {Plan{Bare: 2, Groups: []Group{{"/a/**", 2}}}, false},
		"two paths":                {Plan{Bare: 3, Groups: []Group{{"/a/**", 2}, {"/b/**", 1}}}, true},
	} {
		var w writer
		test.plan.include(&w)
		require.Equal(t, test.offer, w.Len() > 0, name)
	}
}

func TestTextOfCredentials(t *testing.T) {
	for want, api := range map[string]*ir.API{
		"NewClient(key), which travels\n  # as a bearer token.": {Auth: ir.Auth{Kind: ir.AuthBearer}},
		"asks for no credentials: NewClient(\"\").":             {Auth: ir.Auth{Kind: ir.AuthNone}},
		"NewClient(Credentials{...}), with\n  # APIKey, Basic. To have one with a single key, name its scheme:\n  # auth: api_key # or basic, none\n": {
			Credentials: []*ir.Credential{
				{GoName: "APIKey", Pointer: "/components/securitySchemes/api_key"},
				{GoName: "Basic", Pointer: "/components/securitySchemes/basic"},
			},
		},
	} {
		require.Contains(t, string((&Plan{}).Text(Settings{}, api)), want)
	}
}
