package bench

import (
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unsafe"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/form"
)

// forms are the rows that write parameters: by the generated package, and by
// stripe-go.
func forms() []formRow {
	return []formRow{
		{"form-session", formOf(createSession(), inForm), stripeFormOf(stripeCreateSession())},
		{"form-list", formOf(listAccounts(), inQuery), stripeFormOf(stripeListAccounts())},
	}
}

type formRow struct {
	name          string
	oaken, stripe func() (string, error)
}

func createSession() *fc.SessionCreateParams {
	return &fc.SessionCreateParams{
		AccountHolder: fc.SessionCreateAccountHolder{Customer: "cus_OakWren00000001", Type: fc.AccountHolderTypeCustomer},
		Expand:        []fc.SessionExpand{fc.SessionExpandAccountHolderCustomer, fc.SessionExpandAccountsDataOwnership},
		Filters: fc.SessionCreateFilters{
			AccountSubcategories: []fc.SessionFilterSubcategory{fc.SessionFilterSubcategoryChecking, fc.SessionFilterSubcategorySavings},
			Countries:            []string{"US"},
		},
		Permissions: []fc.SessionPermission{fc.SessionPermissionBalances, fc.SessionPermissionOwnership, fc.SessionPermissionTransactions},
		Prefetch:    []fc.SessionPrefetch{fc.SessionPrefetchBalances, fc.SessionPrefetchTransactions},
		ReturnURL:   "https://oak.example/return?from=bank&step=2",
	}
}

func stripeCreateSession() *stripe.FinancialConnectionsSessionCreateParams {
	return &stripe.FinancialConnectionsSessionCreateParams{
		AccountHolder: &stripe.FinancialConnectionsSessionCreateAccountHolderParams{
			Customer: new("cus_OakWren00000001"), Type: new("customer"),
		},
		Expand: stripe.StringSlice([]string{"account_holder.customer", "accounts.data.ownership"}),
		Filters: &stripe.FinancialConnectionsSessionCreateFiltersParams{
			AccountSubcategories: stripe.StringSlice([]string{"checking", "savings"}),
			Countries:            stripe.StringSlice([]string{"US"}),
		},
		Permissions: stripe.StringSlice([]string{"balances", "ownership", "transactions"}),
		Prefetch:    stripe.StringSlice([]string{"balances", "transactions"}),
		ReturnURL:   new("https://oak.example/return?from=bank&step=2"),
	}
}

// listAccounts has those parameters that stripe-go sends in the same order:
// apart from these, it sends those that all lists have before the others.
func listAccounts() *fc.AccountListParams {
	return &fc.AccountListParams{EndingBefore: "fca_1OakRowanChecking0001", Limit: fc.Int(100), Session: "fcsess_1OakRowan00000001"}
}

func stripeListAccounts() *stripe.FinancialConnectionsAccountListParams {
	return &stripe.FinancialConnectionsAccountListParams{
		ListParams: stripe.ListParams{EndingBefore: new("fca_1OakRowanChecking0001"), Limit: new(int64(100))},
		Session:    new("fcsess_1OakRowan00000001"),
	}
}

// stripeFormOf returns what writes parameters as stripe-go's client does.
func stripeFormOf(params any) func() (string, error) {
	return func() (string, error) {
		values := &form.Values{}
		form.AppendTo(values, params)
		return values.Encode(), nil
	}
}

// formOf returns what writes parameters as the generated client does, which
// exports no function for that.
func formOf(params any, in uint8) func() (string, error) {
	x := reflect.New(reflect.TypeOf(fc.Marshal).In(0)) // the interface object
	x.Elem().Set(reflect.ValueOf(params))
	same := *(*sameLayout)(x.UnsafePointer())
	return func() (string, error) {
		text, err := appendParams(nil, same, in, nil)
		return unsafe.String(unsafe.SliceData(text), len(text)), err
	}
}

// appendParams is the function of the generated package of that name.
//
//go:linkname appendParams github.com/oaken-go/oaken/generated/financialconnections.appendParams
func appendParams(dst []byte, params sameLayout, in uint8, spell func(w, f, at unsafe.Pointer) error) ([]byte, error)

// sameLayout is laid out as the generated package's interface object is.
type sameLayout interface{ notToBeCalled() }

const (
	inQuery = 1
	inForm  = 2
)

// The generated package's appendParams has to be what it is declared as here.
func TestAppendParamsIsUnchanged(t *testing.T) {
	dir := filepath.Join("..", "..", "generated", "financialconnections")
	fset := token.NewFileSet()
	text := func(file, name string) string {
		parsed, err := parser.ParseFile(fset, filepath.Join(dir, file), nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, decl := range parsed.Decls {
			var node ast.Node = decl
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil || d.Name.Name != name {
					continue
				}
				node = d.Type
			case *ast.GenDecl:
				value, ok := d.Specs[0].(*ast.ValueSpec)
				typ, isType := d.Specs[0].(*ast.TypeSpec)
				if (!ok || value.Names[0].Name != name) && (!isType || typ.Name.Name != name) {
					continue
				}
				d.Doc = nil
				d.Specs = d.Specs[:min(2, len(d.Specs))]
			}
			var out strings.Builder
			require.NoError(t, printer.Fprint(&out, fset, node))
			return strings.Join(strings.Fields(out.String()), " ")
		}
		t.Fatalf("no %s in %s", name, file)
		return ""
	}
	require.Equal(t, "func(dst []byte, params object, in location, spell speller) ([]byte, error)", text("oaken_form.go", "appendParams"))
	require.Equal(t, "type speller func(w *formWriter, f *field, at unsafe.Pointer) error", text("oaken_table.go", "speller"))
	require.Equal(t, "type location uint8", text("oaken_table.go", "location"))
	require.Contains(t, text("oaken_table.go", "inQuery"), "inQuery location = iota + 1 inForm")
}

// Both write the same bytes.
func TestFormsAgree(t *testing.T) {
	for _, f := range forms() {
		want, err := f.stripe()
		require.NoError(t, err)
		got, err := f.oaken()
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Greater(t, strings.Count(got, "&"), 1)
	}
}
