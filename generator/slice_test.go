package generator_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/ir"
)

// Every operation alone has the names that it has in the whole document.
func TestSlicesHaveTheNamesOfTheWhole(t *testing.T) {
	for _, path := range []string{"../gen.yaml", "lists/gen.yaml", "expandable/gen.yaml", "name-overrides/gen.yaml", "slice-selectors/gen.yaml", "query-styles/gen.yaml"} {
		config := sliceConfig(t, path)
		whole := lowerSlice(t, config, "")
		for _, operation := range whole.operations {
			part := lowerSlice(t, config, operation)
			require.Equal(t, []string{operation}, part.operations)
			require.Subset(t, whole.names, part.names, "%s of %s", operation, path)
		}
	}
}

func sliceConfig(t *testing.T, path string) generator.Config {
	t.Helper()
	if filepath.Dir(path) != ".." {
		path = filepath.Join(goldenRoot, path)
	}
	if _, err := os.Stat(path); err != nil {
		return generator.Config{Spec: filepath.Join(filepath.Dir(path), "input.yaml")}
	}
	config, err := generator.LoadConfig(path)
	require.NoError(t, err)
	config.Include, config.Exclude = generator.Selection{}, generator.Selection{}
	if config.Spec == "" {
		config.Spec = filepath.Join(filepath.Dir(path), "input.yaml")
	}
	return *config
}

// lowered is what a slice consists of: operations by method and path, and what
// has which Go name where.
type lowered struct {
	operations []string
	names      map[string]string
}

func lowerSlice(t *testing.T, config generator.Config, operation string) lowered {
	t.Helper()
	if operation != "" {
		config.Include.Operations = []string{operation}
	}
	r, err := generator.Generate(t.Context(), generator.Options{Config: config, Through: "lower"})
	require.NoError(t, err)
	out := lowered{names: map[string]string{}}
	for _, named := range r.API.Types {
		out.names["type "+named.TypeName()] = place(named)
	}
	out.resources(r.API.Resources)
	return out
}

func (l *lowered) resources(list []*ir.Resource) {
	for _, r := range list {
		l.names["resource "+r.GoType] = r.GoName + " in " + r.File
		for _, op := range r.Ops {
			l.operations = append(l.operations, op.Method+" "+op.Path)
			l.names["operation "+op.Pointer] = r.GoType + "." + op.GoName
		}
		l.resources(r.Subs)
	}
}

// place returns where a type is declared, and the file that it is written to.
func place(named ir.Named) string {
	switch t := named.(type) {
	case *ir.Struct:
		return t.Pointer + " in " + t.File
	case *ir.Enum:
		return t.Pointer + " in " + t.File
	case *ir.Union:
		return t.Pointer + " in " + t.File
	}
	return ""
}

// What a slice cuts off depends on no order.
func TestOrderOfMembersChangesNoSlice(t *testing.T) {
	config, err := generator.LoadConfig(filepath.Join(goldenRoot, "slice", "gen.yaml"))
	require.NoError(t, err)
	input := filepath.Join(goldenRoot, "slice", "input.yaml")
	random := rand.New(rand.NewPCG(1, 2))
	want := ""
	for range determinismRuns {
		root := readYAML(t, input)
		shuffle(root, random)
		config.Spec = filepath.Join(t.TempDir(), "input.json")
		require.NoError(t, os.WriteFile(config.Spec, asJSON(t, root), 0o666))
		r, err := generator.Generate(t.Context(), generator.Options{Config: *config, Through: "lower"})
		require.NoError(t, err)
		if want == "" {
			want = r.Dump()
		}
		require.Equal(t, want, r.Dump())
	}
}

// sliceTest runs inside a generated package.
const sliceTest = `package golden

import (
	"encoding/json"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	const text = ` + "`" + `{"id":"o_1","object":"order","customer":{"id":"c_1","object":"customer","n":1.50},` +
	`"discount":{"id":"d_1","object":"discount","percent":5,"order":"o_1"},` +
	`"discounts":[{"id":"d_1","object":"discount","percent":5},{"id":"d_2","object":"discount","deleted":true},"d_3"],` +
	`"payer":"c_2","place":{"town":"Ulm"},"reason":{"id":"d_4","object":"discount","percent":5},` +
	`"source":{"name":"x","object":"company"}}` + "`" + `
	var o Order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	same(t, o, text)
	customer, err := Expanded(o.Customer.Value)
	if o.Customer.Value.ID != "c_1" || string(customer) != ` + "`" + `{"id":"c_1","object":"customer","n":1.50}` + "`" + ` {
		t.Errorf("customer %q %s %v", o.Customer.Value.ID, customer, err)
	}
	if discount, err := Expanded(o.Discount.Value); err != nil || discount.Percent != 5 {
		t.Errorf("discount %v %v", discount, err)
	}
	discounts := o.Discounts.Value
	first, err := Expanded(discounts[0])
	if _, ok := first.(*Discount); !ok {
		t.Errorf("discount %T %v", first, err)
	}
	second, err := Expanded(discounts[1])
	if _, ok := second.(Raw); !ok || discounts[1].ID != "d_2" {
		t.Errorf("deleted discount %q %T %v", discounts[1].ID, second, err)
	}
	if third, err := Expanded(discounts[2]); err != ErrNotExpanded {
		t.Errorf("an id %v %v", third, err)
	}
	source, err := Expanded(o.Source.Value)
	if _, ok := source.(Raw); !ok {
		t.Errorf("source %T %v", source, err)
	}
	same(t, o, text)
	if err := Validate(&o); err != nil {
		t.Error(err)
	}
}

func same(t *testing.T, o Order, text string) {
	t.Helper()
	again, err := json.Marshal(o)
	if err != nil || !sameJSON(t, again, []byte(text)) {
		t.Errorf("%v: %s", err, again)
	}
}

func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	p, _ := json.Marshal(x)
	q, _ := json.Marshal(y)
	return string(p) == string(q)
}
`

// What a slice does not type comes back out as it came in.
func TestSliceKeepsWhatItCutsOff(t *testing.T) {
	t.Parallel()
	config, err := generator.LoadConfig(filepath.Join(goldenRoot, "slice", "gen.yaml"))
	require.NoError(t, err)
	config.Override(generator.Config{Spec: filepath.Join(goldenRoot, "slice", "input.yaml"), Out: t.TempDir(), Package: "golden"})
	r, err := generator.Generate(t.Context(), generator.Options{Config: *config})
	require.NoError(t, err)
	_, err = r.Write()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(r.Out, "go.mod"), []byte("module golden\n\ngo 1.24\n"), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(r.Out, "slice_test.go"), []byte(sliceTest), 0o666))
	run := exec.Command("go", "test", ".")
	run.Dir = r.Out
	run.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
}
