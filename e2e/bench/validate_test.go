package bench

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-playground/validator/v10"
	fc "github.com/oaken-go/oaken/generated/financialconnections"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// validation checks what has been read by the codec that it goes with.
type validation struct {
	name     string
	read     func(Document) (any, error)
	validate func(v any) error
	rules    bool // whether it knows the conditions between members
}

// validations are the columns of the rows that validate.
func validations(tb testing.TB) []validation {
	tags, rules := validator.New(validator.WithRequiredStructEnabled()), validator.New(validator.WithRequiredStructEnabled())
	registerRules(rules)
	plain := plainCodec("", json.Unmarshal, nil).decode
	kin, schemas := kinSchemas(tb), jsonSchemas(tb)
	return []validation{
		{"oaken", oakenCodec.decode, validateOaken, true},
		{"validator", plain, rules.Struct, true},
		{"validator-tags", plain, tags.Struct, false},
		{"kin-openapi", decodeAny, func(v any) error {
			return kin[isList(v)].VisitJSON(v, openapi3.EnableJSONSchema2020(), openapi3.MultiErrors())
		}, true},
		{"jsonschema", decodeAny, func(v any) error { return schemas[isList(v)].Validate(v) }, true},
	}
}

func validateOaken(v any) error {
	if list, ok := v.(*fc.AccountList); ok {
		return fc.Validate(list)
	}
	return fc.Validate(v.(*fc.Account))
}

func decodeAny(d Document) (any, error) {
	return jsonschema.UnmarshalJSON(bytes.NewReader(d.JSON))
}

func isList(v any) bool { return v.(map[string]any)["object"] == "list" }

const (
	accountSchema = "financial_connections.account"
	listSchema    = "financial_connections.account_list"
)

var specFile = filepath.Join("..", "..", "spec", "financial_connections.yaml")

// kinSchemas returns the schemas of an account and of a list, for kin-openapi.
func kinSchemas(tb testing.TB) map[bool]*openapi3.Schema {
	doc, err := openapi3.NewLoader().LoadFromFile(specFile)
	require.NoError(tb, err)
	return map[bool]*openapi3.Schema{
		false: doc.Components.Schemas[accountSchema].Value,
		true:  doc.Components.Schemas[listSchema].Value,
	}
}

// jsonSchemas does the same for jsonschema.
func jsonSchemas(tb testing.TB) map[bool]*jsonschema.Schema {
	text, err := os.ReadFile(specFile)
	require.NoError(tb, err)
	var tree any
	require.NoError(tb, yaml.Unmarshal(text, &tree))
	text, err = json.Marshal(tree)
	require.NoError(tb, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(tb, err)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	require.NoError(tb, compiler.AddResource("spec.json", doc))
	return map[bool]*jsonschema.Schema{
		false: compiler.MustCompile("spec.json#/components/schemas/" + accountSchema),
		true:  compiler.MustCompile("spec.json#/components/schemas/" + listSchema),
	}
}

// registerRules adds the conditions between members of the document.
func registerRules(v *validator.Validate) {
	v.RegisterStructValidation(func(sl validator.StructLevel) {
		a := sl.Current().Interface().(PlainAccount)
		if !fits(a.Category, a.Subcategory) {
			sl.ReportError(a.Subcategory, "Subcategory", "Subcategory", "category", a.Category)
		}
	}, PlainAccount{})
	v.RegisterStructValidation(func(sl validator.StructLevel) {
		h := sl.Current().Interface().(PlainHolder)
		if h.Type != "account" && h.Account != nil {
			sl.ReportError(h.Account, "Account", "Account", "type", h.Type)
		}
		if (h.Type == "customer") != (h.Customer != nil) {
			sl.ReportError(h.Customer, "Customer", "Customer", "type", h.Type)
		}
	}, PlainHolder{})
	v.RegisterStructValidation(func(sl validator.StructLevel) {
		b := sl.Current().Interface().(PlainBalance)
		if (b.Type == "cash") != (b.Cash != nil) {
			sl.ReportError(b.Cash, "Cash", "Cash", "type", b.Type)
		}
		if (b.Type == "credit") != (b.Credit != nil) {
			sl.ReportError(b.Credit, "Credit", "Credit", "type", b.Type)
		}
	}, PlainBalance{})
	v.RegisterStructValidation(func(sl validator.StructLevel) {
		r := sl.Current().Interface().(PlainRefresh)
		if r.Status == "pending" && r.NextRefreshAvailableAt != nil {
			sl.ReportError(r.NextRefreshAvailableAt, "NextRefreshAvailableAt", "NextRefreshAvailableAt", "pending", "")
		}
	}, PlainRefresh{})
	v.RegisterStructValidation(func(sl validator.StructLevel) {
		r := sl.Current().Interface().(PlainTransactionRefresh)
		if r.Status == "pending" && r.NextRefreshAvailableAt != nil {
			sl.ReportError(r.NextRefreshAvailableAt, "NextRefreshAvailableAt", "NextRefreshAvailableAt", "pending", "")
		}
	}, PlainTransactionRefresh{})
}

// fits tells whether a subcategory goes with a category.
func fits(category, subcategory string) bool {
	switch category {
	case "cash":
		return subcategory == "checking" || subcategory == "savings" || subcategory == "other"
	case "credit":
		return subcategory == "mortgage" || subcategory == "line_of_credit" || subcategory == "credit_card" || subcategory == "other"
	case "investment", "other":
		return subcategory == "other"
	}
	return true
}

// TestValidationsAgree has every library accept what is valid, and name the
// members with the three mistakes, or the one that no condition is about.
func TestValidationsAgree(t *testing.T) {
	status, conditions := regexp.MustCompile(`(?i)\bstatus\b`), []*regexp.Regexp{
		regexp.MustCompile(`(?i)\bsubcategory\b`), regexp.MustCompile(`(?i)\bnext_?refresh_?available_?at\b`),
	}
	for _, d := range ValidateDocuments() {
		for _, v := range validations(t) {
			t.Run(d.Name+"/"+v.name, func(t *testing.T) {
				value, err := v.read(d)
				require.NoError(t, err)
				err = v.validate(value)
				if d.Name != "invalid" {
					require.NoError(t, err)
					return
				}
				require.Error(t, err)
				require.Regexp(t, status, err)
				for _, member := range conditions {
					require.Equal(t, v.rules, member.MatchString(err.Error()), "%v in %v", member, err)
				}
			})
		}
	}
}

// TestRulesAgree has the conditions that are written for validator accept and
// refuse what the files of testdata/rules say, as far as they are about types
// that the plain structs have.
func TestRulesAgree(t *testing.T) {
	types := map[string]func() any{
		"Account": func() any { return new(PlainAccount) }, "AccountHolder": func() any { return new(PlainHolder) },
		"Balance": func() any { return new(PlainBalance) }, "BalanceRefresh": func() any { return new(PlainRefresh) },
		"OwnershipRefresh": func() any { return new(PlainRefresh) }, "TransactionRefresh": func() any { return new(PlainTransactionRefresh) },
	}
	check := validator.New(validator.WithRequiredStructEnabled())
	registerRules(check)
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "rules", "*.json"))
	require.NoError(t, err)
	checked := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		var file struct {
			GoType  string
			Valid   []json.RawMessage
			Invalid []struct {
				Instance json.RawMessage
				Decode   bool
			}
		}
		require.NoError(t, json.Unmarshal(text, &file))
		if types[file.GoType] == nil {
			continue
		}
		for _, instance := range file.Valid {
			v := types[file.GoType]()
			if json.Unmarshal(instance, v) != nil {
				continue // an expanded object, for which the structs have no place
			}
			require.NoError(t, check.Struct(v), "%s: %s", name, instance)
			checked++
		}
		for _, invalid := range file.Invalid {
			v := types[file.GoType]()
			if invalid.Decode || json.Unmarshal(invalid.Instance, v) != nil {
				continue // of another type, or an expanded object again
			}
			require.Error(t, check.Struct(v), "%s: %s", name, invalid.Instance)
			checked++
		}
	}
	require.Greater(t, checked, 30)
}
