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

// exception is a parameter that the mock server can't be sent, or a path of
// expand that it can't expand. It is left out of the call with all parameters,
// and a call with it has to be refused.
type exception struct {
	operation string // GET /v1/charges
	param     string // by name; expand.customer is a path of expand
	says      string // part of the server's message
	reason    string
}

// maxExceptions is how many exceptions there may be.
const maxExceptions = 10

var exceptions = []exception{}

// TestEveryOperation calls each operation of the document: with its required
// parameters alone, and with all of them, once with the first alternative where
// a parameter has several and once with the last. What is sent has to be what
// the document's parameters are, and each result has to be encoded as the
// server's answer was.
func TestEveryOperation(t *testing.T) {
	require.LessOrEqual(t, len(exceptions), maxExceptions)
	calls := allCalls(t)
	called := map[string]bool{}
	var total driver.Outcome
	for i, outcome := range carryOut(t, calls) {
		called[calls[i].Method+" "+strings.Join(calls[i].Go, ".")] = true
		for _, problem := range outcome.Problems {
			t.Errorf("%s (%s): %s", outcome.Name, strings.Join(calls[i].Go, "."), problem)
		}
		total.Items += outcome.Items
		total.Turned += outcome.Turned
		total.Expanded += outcome.Expanded
		total.Unserved = append(total.Unserved, outcome.Unserved...)
		total.Untyped = append(total.Untyped, outcome.Untyped...)
		total.Violations = append(total.Violations, outcome.Violations...)
	}
	t.Logf("%d operations in %d calls; %d items iterated over; %d pages turned, %d lists not continued %q; %d references expanded; %d values of unions untyped %q; %d violations in answers %q",
		len(called), len(calls), total.Items, total.Turned, len(total.Unserved), total.Unserved, total.Expanded, len(total.Untyped), total.Untyped, len(total.Violations), total.Violations)
	require.Len(t, called, 594)
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

// allCalls are the calls of all operations of the document, in its order of
// paths. An operation that the client doesn't have is an error, as is an
// exception that concerns no call.
func allCalls(t *testing.T) []driver.Call {
	t.Helper()
	doc, err := readDocument()
	require.NoError(t, err)
	client := targets(whole(t).API.Resources, nil)
	used := map[exception]bool{}
	var calls []driver.Call
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(doc.Paths[path])) {
			name := strings.ToUpper(method) + " " + path
			at, ok := client[name]
			if !ok {
				t.Errorf("%s is not in the client", name)
				continue
			}
			calls = append(calls, plan{name, doc.Paths[path][method], at, used}.calls()...)
		}
	}
	for _, x := range exceptions {
		if !used[x] {
			t.Errorf("no call needs the exception for %s of %s", x.param, x.operation)
		}
	}
	return calls
}

// plan is what the calls of one operation are made of.
type plan struct {
	name string
	op   *operation
	target
	used map[exception]bool
}

// calls are those of the operation, without the last where it is no other than
// the one before it.
func (p plan) calls() []driver.Call {
	required := p.call("required parameters", chooser{})
	required.Pages = true
	all := p.call("all parameters", chooser{all: true})
	out := append([]driver.Call{required, all}, p.except(&all)...)
	last := p.call("all parameters, last alternatives", chooser{all: true, last: true})
	p.except(&last)
	if first := p.call("", chooser{all: true}); !reflect.DeepEqual(first.Query, last.Query) || !reflect.DeepEqual(first.Form, last.Form) {
		out = append(out, last)
	}
	return out
}

var inBraces = regexp.MustCompile(`\{[^}]*\}`)

// pathArgument is the value of every parameter in a path.
const pathArgument = "x_123"

// call is a call with values that the chooser makes.
func (p plan) call(what string, c chooser) driver.Call {
	call := driver.Call{
		Name: p.name + ", " + what, Go: p.goPath,
		Method: p.Method, Path: inBraces.ReplaceAllString(p.Path, pathArgument),
		Query: map[string]any{}, Form: map[string]any{},
	}
	if p.Lists {
		call.Iterator = p.Iterator()
	}
	for _, param := range p.op.Parameters {
		if param.In == "path" {
			call.Arguments = append(call.Arguments, pathArgument)
		} else if c.all || param.Required {
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
		if property == nil || len(property.AnyOf) == 0 {
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

// except takes out of a call what the exceptions name, and returns for each a
// call that holds it and is to be refused.
func (p plan) except(call *driver.Call) (refused []driver.Call) {
	for _, x := range exceptions {
		if x.operation != p.name {
			continue
		}
		without := *call
		without.Query, without.Form = x.without(call.Query), x.without(call.Form)
		if reflect.DeepEqual(without, *call) {
			continue
		}
		p.used[x] = true
		with := *call
		with.Name, with.Refused = fmt.Sprintf("%s, with %s", p.name, x.param), x.says
		refused = append(refused, with)
		*call = without
	}
	return refused
}

// without is a copy of parameters without the one of the exception.
func (x exception) without(params map[string]any) map[string]any {
	out := maps.Clone(params)
	if path, ok := strings.CutPrefix(x.param, "expand."); ok {
		if paths, ok := out["expand"].([]any); ok {
			out["expand"] = slices.DeleteFunc(slices.Clone(paths), func(each any) bool { return each == path })
		}
		return out
	}
	delete(out, x.param)
	return out
}
