package generator_test

import (
	"encoding/json"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/output"
)

// kept is a folder with a document, a package and a lock.
type kept struct {
	*testing.T
	config generator.Config
}

func newKept(t *testing.T, document string) kept {
	dir := t.TempDir()
	k := kept{t, generator.Config{Spec: filepath.Join(dir, "api.yaml"), Out: filepath.Join(dir, "api"), Package: "api", Lock: filepath.Join(dir, "gen.lock")}}
	k.put(document)
	k.run()
	return k
}

func (k kept) put(document string) {
	require.NoError(k, os.WriteFile(k.config.Spec, []byte(document), 0o666))
}

func (k kept) generate() generator.Result {
	k.Helper()
	r, err := generator.Generate(k.Context(), generator.Options{Config: k.config})
	require.NoError(k, err)
	return r
}

// run generates and writes, and holds that a further run has nothing to do.
func (k kept) run() generator.Result {
	k.Helper()
	r := k.generate()
	_, err := r.Write()
	require.NoError(k, err)
	again := k.generate()
	changes, err := again.Compare()
	require.NoError(k, err)
	require.Empty(k, changes)
	written, err := again.Write()
	require.NoError(k, err)
	require.Empty(k, written.Written)
	return r
}

func (k kept) lock() string {
	text, err := os.ReadFile(k.config.Lock)
	require.NoError(k, err)
	return string(text)
}

// edit replaces what matches in the lock.
func (k kept) edit(pattern, by string) {
	text := regexp.MustCompile(pattern).ReplaceAllString(k.lock(), by)
	require.NotEqual(k, k.lock(), text)
	require.NoError(k, os.WriteFile(k.config.Lock, []byte(text), 0o666))
}

// compiles type-checks a package, and a caller of it.
func (c *typeChecker) compiles(t *testing.T, files map[string][]byte, caller string) {
	t.Helper()
	config := types.Config{Importer: c, Sizes: types.SizesFor("gc", "amd64"), Error: func(err error) { t.Errorf("does not compile: %v", err) }}
	c.std["api"], _ = config.Check("api", c.fset, c.parse(t, files), nil)
	c.check(t, "caller", map[string][]byte{"caller.go": []byte("package caller\n\nimport (\n\t\"context\"\n\n\t\"api\"\n)\n\n" + caller)})
}

const owners = `openapi: 3.1.0
info: {title: Owners, version: "1"}
paths:
  /users/{id}/owners:
    get:
      operationId: listOwners
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: starting_after, in: query, schema: {type: string}}
        - {name: expand, in: query, schema: {type: array, items: {type: string}}}
      responses: {"200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/owner_list"}}}}}
  /pets/{id}/feed:
    post:
      operationId: feedPet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: food, in: query, schema: {type: string, enum: [meat]}}]
      responses: {"200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/owner"}}}}}
webhooks:
  named: {post: {requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}, responses: {"200": {description: OK}}}}
components:
  schemas:
    owner:
      type: object
      required: [id]
      properties:
        id: {type: string}
        kind: {type: string, enum: [person, company]}
        home: {type: object, properties: {street: {type: string}}}
        best: {anyOf: [{type: string}, {$ref: "#/components/schemas/owner"}], x-expansionResources: {oneOf: [{$ref: "#/components/schemas/owner"}]}}
        contact: {oneOf: [{type: string}, {type: array, items: {type: string}}]}
    owner_list: {type: object, required: [data, has_more], properties: {data: {type: array, items: {$ref: "#/components/schemas/owner"}}, has_more: {type: boolean}}}
`

// calling is a program that uses every name that a rename of owners moves.
const calling = `func use(ctx context.Context, c *api.Client) {
	var service *api.UserOwnerService = &c.Users.Owners
	params := &api.UserOwnerListParams{StartingAfter: "a", Expand: []api.OwnerListExpand{api.OwnerListExpandDataBest}}
	page, err := service.List(ctx, "id", params)
	for owner, err := range c.Users.Owners.All(ctx, "id", params) {
		var o *api.Owner = owner
		o.Home = api.Some(&api.OwnerHome{})
		o.Kind = api.Some(api.OwnerKindPerson)
		switch v := o.Contact.Value.(type) {
		case api.OwnerContactString:
			o.Contact = api.Some[api.OwnerContact](v)
		case api.OwnerContactList:
		}
		_ = err
	}
	var list *api.OwnerList = page
	fed, err := c.Pets.Feed(ctx, "id", &api.PetFeedParams{Food: api.PetFoodMeat})
	_, _, _ = list, fed, err
}
`

var renameOwners = strings.NewReplacer("schemas/owner", "schemas/keeper", "    owner:", "    keeper:", "    owner_list:", "    keeper_list:",
	"/users/{id}/owners", "/accounts/{id}/keepers", "/pets/{id}/feed", "/animals/{id}/nourish")

func TestCallersOfOldNames(t *testing.T) {
	checker := newTypeChecker(t)
	k := newKept(t, owners)
	checker.compiles(t, k.generate().Files, calling)

	k.put(renameOwners.Replace(owners))
	r := k.run()
	require.Len(t, r.Renames(), 4)
	checker.compiles(t, r.Files, calling)
	require.Contains(t, string(r.Files["keeper.go"]), "type Keeper struct")

	// Renamed again, both old names stay.
	again := strings.NewReplacer("schemas/keeper", "schemas/master", "    keeper", "    master", "/keepers", "/masters", "/animals", "/beasts")
	k.put(again.Replace(renameOwners.Replace(owners)))
	r = k.run()
	checker.compiles(t, r.Files, calling)
	checker.compiles(t, r.Files, `var _ api.Keeper = api.Owner(api.Master{})
func use(ctx context.Context, c api.Client) { _, _ = c.Accounts.Keepers.List(ctx, "id", &api.AccountKeeperListParams{}) }
`)
}

func TestAliasesGoWithTheirLines(t *testing.T) {
	k := newKept(t, owners)
	k.put(renameOwners.Replace(owners))
	require.Contains(t, string(k.run().Files["keeper.go"]), "type OwnerKind = KeeperKind")

	k.edit(`(?m)^  Owner: .*\n`, "")
	r := k.run()
	require.NotContains(t, string(r.Files["keeper.go"]), "OwnerKind")
	require.Contains(t, string(r.Files["keeper_list.go"]), "type OwnerList = KeeperList")
	require.Empty(t, r.Renames())

	k.edit(`(?m)^aliases:\n(  .*\n)*`, "aliases:\n")
	for name, text := range k.run().Files {
		if !strings.HasPrefix(name, "oaken_") {
			require.NotContains(t, string(text), "Deprecated: ", name)
		}
	}
}

func TestNamesAreGivenUpWithTheirLines(t *testing.T) {
	k := newKept(t, owners)
	k.edit(`schemas/owner: Owner`, "schemas/owner: Landlord")
	require.Contains(t, string(k.run().Files["owner.go"]), "type LandlordKind string")
	k.edit(`(?m)^  .*: Landlord\n`, "")
	r := k.run()
	require.Contains(t, string(r.Files["owner.go"]), "type OwnerKind string")
	require.Empty(t, r.Renames())
}

// A thing that is called as it was again has no alias of that name.
func TestRenamedBack(t *testing.T) {
	k := newKept(t, owners)
	before, files := k.lock(), k.generate().Files
	k.put(renameOwners.Replace(owners))
	k.run()
	k.put(owners)
	r := k.run()
	require.Contains(t, string(r.Files["owner.go"]), "type KeeperKind = OwnerKind")
	require.NotContains(t, k.lock(), "\n  Owner: ")
	k.edit(`(?m)^aliases:\n(  .*\n)*`, "")
	require.Equal(t, before, k.lock())
	sameFiles(t, files, k.run().Files)
}

// A run that ends between writing the lock and the package is made up for by the
// next.
func TestLockIsWrittenFirst(t *testing.T) {
	k := newKept(t, owners)
	k.put(renameOwners.Replace(owners))
	want := k.generate()
	require.NoError(t, os.WriteFile(k.config.Lock, want.Extra[0].Content, 0o666))
	got := k.generate()
	sameFiles(t, want.Files, got.Files)
	require.Equal(t, string(want.Extra[0].Content), string(got.Extra[0].Content))
}

func TestLockThatChanges(t *testing.T) {
	k := newKept(t, owners)
	k.put(renameOwners.Replace(owners))
	r := k.generate()
	k.edit(`schemas/owner: Owner`, "schemas/owner: Landlord")
	text := k.lock()
	_, err := r.Write()
	require.EqualError(t, err, k.config.Lock+" changed while this ran: run again")
	require.Equal(t, text, k.lock())
	require.FileExists(t, filepath.Join(k.config.Out, "owner.go"))
	require.NoFileExists(t, filepath.Join(k.config.Out, "keeper.go"))

	require.NoError(t, os.Remove(k.config.Lock))
	_, err = r.Write()
	require.Error(t, err)
}

// A lock that can't be read says so with its place.
func TestLockThatCannotBeRead(t *testing.T) {
	k := newKept(t, owners)
	require.NoError(t, os.Remove(k.config.Lock))
	require.NoError(t, os.Mkdir(k.config.Lock, 0o777))
	_, err := generator.Generate(t.Context(), generator.Options{Config: k.config})
	require.ErrorContains(t, err, k.config.Lock+": can't be read: ")
}

// What a slice cuts off keeps its name for the day when it grows.
func TestLockOfASlice(t *testing.T) {
	k := newKept(t, owners)
	k.edit(`Pets.Feed`, "Pets.Serve")
	k.edit(`schemas/owner: Owner`, "schemas/owner: Landlord")
	k.run()
	text, files := k.lock(), k.generate().Files
	k.config.Exclude.Paths = []string{"/pets/**"}
	k.run()
	require.Equal(t, text, k.lock())
	k.config.Exclude.Paths = nil
	sameFiles(t, files, k.run().Files)
}

const categories = `openapi: 3.1.0
info: {title: Cards, version: "1"}
paths:
  /cards:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {blocked: {type: string, enum: [a1, b1, c1, d1, e1, f1, g1, h1]}}}}}}
      responses: {"200": {description: OK, content: {application/json: {schema: {$ref: "#/components/schemas/card"}}}}}
components:
  schemas:
    card:
      type: object
      properties:
        used: {type: object, properties: {at: {type: string, enum: [a1, b1, c1, d1, e1, f1, g1, h1]}}}
`

// Constants of enums that list the same are called as before, whatever else comes
// to list that, and whatever one of them comes to list.
func TestLockOfLikeEnums(t *testing.T) {
	k := newKept(t, categories)
	const same = "type CardBlocked = CardUsedAt\n"
	require.Contains(t, string(k.run().Files["card.go"]), same)

	more := strings.Replace(categories, "used: {", "kind: {type: string, enum: [a1, b1, c1, d1, e1, f1, g1, h1]}\n        used: {", 1)
	k.put(more)
	text := string(k.run().Files["card.go"])
	require.Contains(t, text, same)
	require.Contains(t, text, "type CardKind = CardUsedAt\n")

	k.put(strings.Replace(more, "at: {type: string, enum: [a1, ", "at: {type: string, enum: [i1, ", 1))
	text = string(k.run().Files["card.go"])
	require.Contains(t, text, same)
	require.Contains(t, text, "const CardUsedAtA1 CardUsedAt = ")
	require.Contains(t, text, "const CardUsedAtI1 CardUsedAt = ")
}

// Enums that come to list the same stay what they are.
func TestLockOfEnumsThatGetLike(t *testing.T) {
	k := newKept(t, strings.Replace(categories, "at: {type: string, enum: [a1, b1, c1, d1", "at: {type: string, enum: [a2, b2, c2, d2", 1))
	k.put(categories)
	text := string(k.run().Files["card.go"])
	require.Contains(t, text, "type CardBlocked string\n")
	require.Contains(t, text, "type CardUsedAt string\n")
}

const petsBy = `openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets/by/{order}:
    get:
      parameters:
        - {name: order, in: path, required: true, schema: {type: string, enum: [up, down]}}
        - {name: sort, in: query, schema: {type: string, enum: [a-b, a_b]}}
        - {name: filter, in: query, content: {application/json: {schema: {oneOf: [{title: By name, type: object, required: [name], properties: {name: {type: string}}}, {title: By id, type: object, required: [id], properties: {id: {type: string}}}]}}}}
      responses: {"200": {description: OK}}
`

// The order of parameters means nothing, to the lock neither.
func TestLockOfReorderedParameters(t *testing.T) {
	k := newKept(t, petsBy)
	text, files := k.lock(), k.generate().Files
	require.Contains(t, text, "/parameters/query:filter/")
	lines := strings.Split(petsBy, "\n")
	slices.Reverse(lines[6:9])
	k.put(strings.Join(lines, "\n"))
	sameFiles(t, files, k.run().Files)
	require.Equal(t, text, k.lock())

	// What has a title there is found by it when it is called otherwise.
	k.put(strings.Replace(strings.Join(lines, "\n"), "title: By id", "title: By key", 1))
	r := k.run()
	require.Len(t, r.Renames(), 1)
	require.Contains(t, string(r.Files["pets_by.go"]), "type PetsByRetrieveFilterByID = PetsByRetrieveFilterByKey")
}

// A resource that only led to others goes on to have the service that it had when
// it gets operations of its own.
func TestServiceThatGetsOperations(t *testing.T) {
	const lines = `openapi: 3.1.0
info: {title: Orders, version: "1"}
paths:
  /orders/{id}/lines:
    get: {responses: {"204": {description: OK}}}
`
	k := newKept(t, lines)
	k.put(lines + strings.Replace(lines[strings.Index(lines, "  /"):], "/lines", "", 1))
	r := k.run()
	require.Contains(t, string(r.Files["order.go"]), "type OrdersService struct")
	require.Contains(t, k.lock(), "  service Orders: OrdersService\n")
	k.edit("  service Orders: OrdersService\n", "")
	require.Contains(t, string(k.run().Files["order.go"]), "type OrderService struct")
}

// An enum in a path is called after what stands there.
func TestRenamedEnumInAPath(t *testing.T) {
	k := newKept(t, petsBy)
	k.put(strings.ReplaceAll(petsBy, "order", "sequence"))
	r := k.run()
	require.Len(t, r.Renames(), 1)
	require.Contains(t, r.Renames()[0].Message, "PetsByOrder is gone, which breaks callers: it is called PetsBySequence now")
}

// A package that is made elsewhere for once has the same names, aliases included,
// and leaves the lock to the package that it is about.
func TestLockOfAnotherFolder(t *testing.T) {
	k := newKept(t, owners)
	k.put(renameOwners.Replace(owners))
	text, want, home := k.lock(), k.generate().Files, k.config.Out
	k.config.Override(generator.Config{Out: filepath.Join(t.TempDir(), "api")})
	sameFiles(t, want, k.run().Files)
	require.Equal(t, text, k.lock())

	k = kept{t, generator.Config{Spec: k.config.Spec, Out: home, Package: "api", Lock: k.config.Lock}}
	k.config.Override(generator.Config{Out: home + "/."})
	sameFiles(t, want, k.run().Files)
	require.NotEqual(t, text, k.lock())
}

// TestRenamesLoseNoName renames the components and the paths of documents, one
// after the other: every name that callers could use is still there, unless the
// run says which is not.
func TestRenamesLoseNoName(t *testing.T) {
	checker := newTypeChecker(t)
	inputs := []string{determinismInputs[0], filepath.Join(goldenRoot, "expandable", "input.yaml")}
	for _, path := range append(inputs,
		filepath.Join(goldenRoot, "names-collide", "input.yaml"), filepath.Join(goldenRoot, "shared-enums", "input.yaml"),
		filepath.Join(goldenRoot, "webhooks", "input.yaml"), filepath.Join(goldenRoot, "responses", "input.yaml")) {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			text := readJSON(t, path)
			k := newKept(t, string(text))
			lock, files := k.lock(), k.generate().Files
			before := checker.names(t, files)
			check := func(rename func(document map[string]any)) {
				var document map[string]any
				require.NoError(t, json.Unmarshal(text, &document))
				rename(document)
				renamed, err := json.Marshal(document)
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(k.config.Lock, []byte(lock), 0o666))
				_, err = output.Write(k.config.Out, files)
				require.NoError(t, err)
				k.put(string(renamed))
				r := k.generate()
				told, now := r.Renames().Error(), checker.names(t, r.Files)
				for name := range before {
					if !now[name] && !strings.Contains(told, "is gone") && !strings.Contains(told, "can't stay") {
						t.Errorf("%s is lost:\n%s", name, told)
					}
				}
			}
			for _, name := range keysAt(t, text, "components", "schemas") {
				check(func(document map[string]any) {
					schemas := document["components"].(map[string]any)["schemas"].(map[string]any)
					schemas["renamed_"+name] = schemas[name]
					delete(schemas, name)
					refer(document, "#/components/schemas/"+name, "#/components/schemas/renamed_"+name)
				})
			}
			for _, path := range keysAt(t, text, "paths") {
				check(func(document map[string]any) {
					paths := document["paths"].(map[string]any)
					paths["/renamed"+path] = paths[path]
					delete(paths, path)
				})
			}
		})
	}
}

// keysAt returns the members of an object in a document.
func keysAt(t *testing.T, text []byte, path ...string) []string {
	var document map[string]any
	require.NoError(t, json.Unmarshal(text, &document))
	for _, name := range path {
		document, _ = document[name].(map[string]any)
	}
	return slices.Sorted(maps.Keys(document))
}

// refer makes references lead elsewhere.
func refer(v any, from, to string) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if text, ok := member.(string); ok && (text == from || strings.HasPrefix(text, from+"/")) {
				v[name] = to + strings.TrimPrefix(text, from)
			}
			refer(member, from, to)
		}
	case []any:
		for _, item := range v {
			refer(item, from, to)
		}
	}
}

// names returns what callers can write of a package: exported names, and with a
// dot the fields and methods of its types.
func (c *typeChecker) names(t *testing.T, files map[string][]byte) map[string]bool {
	t.Helper()
	config := types.Config{Importer: c, Sizes: types.SizesFor("gc", "amd64"), Error: func(err error) { t.Errorf("does not compile: %v", err) }}
	pkg, _ := config.Check("api", c.fset, c.parse(t, files), nil)
	out := map[string]bool{}
	for _, name := range pkg.Scope().Names() {
		if !token.IsExported(name) {
			continue
		}
		out[name] = true
		object, isType := pkg.Scope().Lookup(name).(*types.TypeName)
		if !isType {
			continue
		}
		if s, ok := object.Type().Underlying().(*types.Struct); ok {
			for field := range s.Fields() {
				out[name+"."+field.Name()] = field.Exported()
			}
		}
		for method := range types.NewMethodSet(types.NewPointer(object.Type())).Methods() {
			out[name+"."+method.Obj().Name()] = method.Obj().Exported()
		}
	}
	maps.DeleteFunc(out, func(_ string, isExported bool) bool { return !isExported })
	return out
}
