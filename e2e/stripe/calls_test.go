package stripe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/oaken-go/oaken/e2e/mock"
	"github.com/oaken-go/oaken/e2e/stripe/driver"
	"github.com/oaken-go/oaken/generator/ir"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) { mock.Main(m) }

// TestEveryOperation calls each operation of the document: with its required
// parameters alone, and with all of them; where a parameter has several
// alternatives with the first and with the last, and where it can be cleared
// with null. What is sent has to be what the document's parameters are, and
// each result has to be encoded as the server's answer was.
func TestEveryOperation(t *testing.T) {
	calls := allCalls(t)
	called := map[string]bool{}
	var total driver.Outcome
	for i, outcome := range carryOut(t, calls) {
		called[calls[i].Method+" "+strings.Join(calls[i].Go, ".")] = true
		for _, problem := range outcome.Problems {
			t.Errorf("%s (%s): %s", outcome.Name, strings.Join(calls[i].Go, "."), problem)
		}
		for _, note := range outcome.Notes {
			t.Logf("%s: %s", outcome.Name, note)
		}
		total.Items += outcome.Items
		total.Turned += outcome.Turned
		total.Expanded += outcome.Expanded
	}
	t.Logf("%d operations in %d calls, %d items iterated over, %d pages turned, %d references expanded",
		len(called), len(calls), total.Items, total.Turned, total.Expanded)
	require.Len(t, called, 594)
	require.Positive(t, total.Items)
	require.Positive(t, total.Turned)
	require.Positive(t, total.Expanded)
}

// carryOut builds the program that calls the generated package and runs it.
func carryOut(t *testing.T, calls []driver.Call) []driver.Outcome {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, writeModule(dir, whole(t)))
	run(t, dir, nil, "go", "vet", "./...")
	run(t, dir, nil, "go", "build", "-o", "calls", ".")
	manifest, err := json.Marshal(calls)
	require.NoError(t, err)
	var outcomes []driver.Outcome
	require.NoError(t, json.Unmarshal(run(t, dir, manifest, "./calls", "-base", mock.URL(t)), &outcomes))
	require.Len(t, outcomes, len(calls))
	return outcomes
}

// run runs a command and returns what it writes to its standard output.
func run(t *testing.T, dir string, input []byte, name string, args ...string) []byte {
	t.Helper()
	command := exec.Command(name, args...)
	command.Dir, command.Stdin = dir, bytes.NewReader(input)
	command.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath")
	var out, problems bytes.Buffer
	command.Stdout, command.Stderr = &out, &problems
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, problems.String())
	}
	return out.Bytes()
}

// target is an operation of the generated client.
type target struct {
	*ir.Operation
	goPath []string
}

// targets finds the operations of the client by method and path.
func targets(resources []*ir.Resource, goPath []string) map[string]target {
	out := map[string]target{}
	for _, r := range resources {
		here := append(slices.Clone(goPath), r.GoName)
		for _, op := range r.Ops {
			out[op.Method+" "+op.Path] = target{op, append(slices.Clone(here), op.GoName)}
		}
		maps.Copy(out, targets(r.Subs, here))
	}
	return out
}

// allCalls are the calls of all operations of the document. An operation that
// the client doesn't have is an error.
func allCalls(t *testing.T) []driver.Call {
	t.Helper()
	doc, err := readDocument()
	require.NoError(t, err)
	client := targets(whole(t).API.Resources, nil)
	var calls []driver.Call
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(doc.Paths[path])) {
			name := strings.ToUpper(method) + " " + path
			at, ok := client[name]
			if !ok {
				t.Errorf("%s is not in the client", name)
				continue
			}
			calls = append(calls, plan{name, doc.Paths[path][method], at}.calls()...)
		}
	}
	return calls
}

// plan is what the calls of one operation are made of.
type plan struct {
	name string
	op   *operation
	target
}

// calls are those of the operation. Those that would be the same as the one
// with all parameters are left out.
func (p plan) calls() []driver.Call {
	required := p.call("required parameters", chooser{})
	required.Pages = true
	all := p.call("all parameters", chooser{all: true})
	variations := []driver.Call{
		p.call("last alternatives", chooser{all: true, last: true}),
		p.call("cleared", chooser{all: true, clear: true}),
	}
	out := []driver.Call{required, all}
	for _, call := range variations {
		if !reflect.DeepEqual(all.Query, call.Query) || !reflect.DeepEqual(all.Form, call.Form) {
			out = append(out, call)
		}
	}
	return out
}

var inBraces = regexp.MustCompile(`\{([^}]*)\}`)

// call is a call with values that the chooser makes.
func (p plan) call(what string, c chooser) driver.Call {
	call := driver.Call{
		Name: p.name + ", " + what, Go: p.goPath,
		Method: p.Method, Path: inBraces.ReplaceAllString(p.Path, "x_$1"),
		Query: map[string]any{}, Form: map[string]any{},
	}
	if p.Lists {
		call.Iterator = p.Iterator()
		call.Token = p.token()
	}
	for _, param := range inBraces.FindAllStringSubmatch(p.Path, -1) {
		call.Arguments = append(call.Arguments, "x_"+param[1])
	}
	for _, param := range p.op.Parameters {
		if param.In == "query" && (c.all || param.Required) {
			call.Query[param.Name] = c.value(param.Schema)
		}
	}
	for _, body := range p.op.RequestBody.Content {
		if len(body.Schema.Properties) > 0 && (c.all || len(body.Schema.Required) > 0) {
			call.Form = c.object(body.Schema)
		}
		p.takeFiles(&call, body.Schema)
		p.takeVariants(&call, body.Schema, c)
	}
	p.expand(&call)
	return call
}

// token is the field of the result that names the next page, or "".
func (p plan) token() string {
	page, ok := p.Result.Type.(*ir.Struct)
	if !ok || page.List == nil {
		return ""
	}
	for _, field := range page.Fields {
		if field.Name == page.List.Next {
			return field.GoName
		}
	}
	return ""
}

// takeFiles moves what is binary out of the form.
func (p plan) takeFiles(call *driver.Call, body *schema) {
	for name := range call.Form {
		if property := body.Properties[name]; property != nil && property.Format == "binary" {
			delete(call.Form, name)
			call.Files = append(call.Files, driver.File{Param: name, Field: p.field(name).GoName, Name: "a.txt", Type: "text/plain", Content: "a file\r\n"})
		}
	}
}

// takeVariants names the structs that parameters are where they may be one of
// several: what the caller of a client says by the type.
func (p plan) takeVariants(call *driver.Call, body *schema, c chooser) {
	for name := range call.Form {
		property := body.Properties[name]
		if property == nil || len(property.AnyOf) == 0 || call.Form[name] == nil {
			continue
		}
		union, ok := p.field(name).Type.(*ir.Union)
		if !ok || len(structs(union)) < 2 {
			continue
		}
		chosen := fmt.Sprintf("/%s/anyOf/%d", name, slices.Index(property.AnyOf, c.alternative(property.AnyOf)))
		for _, s := range structs(union) {
			if strings.HasSuffix(s.Pointer, chosen) {
				call.Variants = append(call.Variants, driver.Variant{Param: name, Field: p.field(name).GoName, Type: s.GoName})
			}
		}
	}
}

// field is a parameter of the client's operation, empty where it has none of
// that name.
func (p plan) field(name string) *ir.Field {
	if p.Params != nil {
		for _, field := range p.Params.Fields {
			if field.Name == name {
				return field
			}
		}
	}
	return &ir.Field{}
}

// expand asks for what the operation's result can have expanded: its own
// members, and those of the items of a list. Where it has none the server
// refuses every text.
func (p plan) expand(call *driver.Call) {
	paths := []any{}
	for _, path := range p.expandable() {
		if !strings.Contains(strings.TrimPrefix(path, "data."), ".") {
			paths = append(paths, path)
		}
	}
	for _, params := range []map[string]any{call.Query, call.Form} {
		if _, ok := params["expand"]; ok {
			params["expand"] = paths
		}
	}
}

// expandable are the values of the type of the parameter expand.
func (p plan) expandable() (paths []string) {
	slice, _ := p.field("expand").Type.(*ir.Slice)
	if slice == nil {
		return nil
	}
	if enum, ok := slice.Elem.Type.(*ir.Enum); ok {
		for _, value := range enum.Values {
			paths = append(paths, value.Value)
		}
	}
	return paths
}
