package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"

	"github.com/bytedance/sonic"
	"github.com/oaken-go/oaken/e2e/bars"
	"github.com/oaken-go/oaken/e2e/bench"
)

// kinds of work, and how the rows of each begin.
var kinds = []struct{ name, title string }{
	{"decode", "Decode"},
	{"encode", "Encode into memory of its own"},
	{"append", "Encode into memory that is given"},
	{"form", "Write parameters as a form"},
	{"validate", "Validate what was decoded"},
	{"call", "A whole call, with an answer that is there already"},
}

// row is a kind of work on one document.
type row struct{ name, title string }

// rows returns all rows, with the sizes of their documents.
var rows = sync.OnceValue(func() []row {
	all := []row{
		{"decode-one-compact", "An account"},
		{"decode-one-pretty", "An account, indented"},
		{"decode-one-shuffled", "An account, with its members in another order and four unknown ones between"},
		{"decode-list-compact", "A list of 100 accounts, one in ten with a balance"},
		{"decode-list-pretty", "The same list, indented"},
		{"decode-list-balances", "A list of 100 accounts, all with a balance"},
		{"decode-list-shuffled", "A list of 100 accounts, each with its members in an order of its own and four unknown ones between"},
		{"encode-one", "An account (stripe-go writes a whole object for the id of its holder)"},
		{"encode-list", "A list of 100 accounts (stripe-go writes a whole object for the id of each holder)"},
		{"encode-one-bare", "An account without ids that stripe-go makes objects of"},
		{"encode-list-bare", "A list of 100 such accounts"},
		{"append-one", "An account"},
		{"append-list", "A list of 100 accounts"},
		{"append-one-bare", "An account without ids that stripe-go makes objects of"},
		{"append-list-bare", "A list of 100 such accounts"},
		{"form-session", "The parameters that create a session: thirteen pairs"},
		{"form-list", "The parameters of a list: three pairs"},
		{"validate-one", "A valid account"},
		{"validate-list", "A valid list of 100 accounts"},
		{"validate-invalid", "A list of 100 accounts with three mistakes"},
		{"call-retrieve", "Retrieve an account"},
		{"call-list", "List 100 accounts"},
	}
	sizes := map[string]int{}
	for kind, documents := range map[string][]bench.Document{"decode-": bench.Documents(), "encode-": bench.EncodeDocuments(), "append-": bench.EncodeDocuments()} {
		for _, d := range documents {
			sizes[kind+d.Name] = len(d.JSON)
		}
	}
	for i, r := range all {
		if size := sizes[r.name]; size > 0 {
			all[i].title += fmt.Sprintf(" (%s bytes)", grouped(float64(size)))
		}
	}
	return all
})

// column is a codec, a library that validates, or a client.
type column struct{ name, title string }

var columns = []column{
	{ours, "**oaken**"},
	{"stripe-go", "stripe-go"},
	{"stripe-go-jsonv2", "stripe-go, jsonv2"},
	{"jx", "jx, as ogen uses it"},
	{"encoding-json", "encoding/json"},
	{"encoding-json-jsonv2", "encoding/json, jsonv2"},
	{"encoding-json-v2", "encoding/json/v2, jsonv2"},
	{"go-json-experiment", "go-json-experiment"},
	{"sonic", "sonic"},
	{"sonic-std", "sonic, ConfigStd"},
	{"goccy", "goccy/go-json"},
	{"validator", "validator"},
	{"validator-tags", "validator, tags alone"},
	{"jsonschema", "jsonschema"},
	{"kin-openapi", "kin-openapi"},
}

// ours is the column that all others are compared with.
const ours = "oaken"

var modules = []string{
	"github.com/stripe/stripe-go/v85", "github.com/go-faster/jx", "github.com/go-json-experiment/json", "github.com/bytedance/sonic",
	"github.com/goccy/go-json", "github.com/go-playground/validator/v10", "github.com/santhosh-tekuri/jsonschema/v6", "github.com/getkin/kin-openapi",
}

// about tells what was measured with what.
func about(ctx context.Context, found *results) ([]string, error) {
	out, err := output(ctx, ".", nil, append([]string{"go", "list", "-m", "-f", "{{.Path}} {{.Version}}"}, modules...)...)
	if err != nil {
		return nil, err
	}
	var env struct{ GOVERSION, GOOS, GOARCH string }
	text, err := output(ctx, ".", nil, "go", "env", "-json", "GOVERSION", "GOOS", "GOARCH")
	if err == nil {
		err = json.Unmarshal(text, &env)
	}
	if err != nil {
		return nil, err
	}
	rounds := 0
	for _, c := range found.cells {
		rounds = max(rounds, len(c.seconds))
	}
	compiler := "with its just-in-time compiler"
	if sonic.APIKind != sonic.UseSonicJSON {
		compiler = "which is encoding/json under another name with this Go"
	}
	lines := []string{
		fmt.Sprintf("%s, %s/%s, %d CPUs, %d rounds", env.GOVERSION, env.GOOS, env.GOARCH, runtime.NumCPU(), rounds),
		"GOEXPERIMENT empty, and GOEXPERIMENT=jsonv2 for what is marked so",
		"beside " + strings.Join(strings.Split(strings.TrimSpace(string(out)), "\n"), ", "),
		"sonic " + compiler,
		heap(),
	}
	if found.busy() {
		lines = append(lines, fmt.Sprintf("**The machine was busy**: an operation took %.1f times its processor time, so the ratios of times mean little, and those of processor time are to be trusted", found.waiting()))
	}
	return lines, nil
}

// heap tells how much memory the benchmarks hold, which decides how often
// garbage is collected.
func heap() string {
	return cmp.Or(os.Getenv("BENCH_HEAP"), "64") + " MB of memory are held meanwhile, as by a service, so that garbage is collected as rarely as there (`BENCH_HEAP=0` for none)"
}

// barsOf holds the results against the bars. A bar for which nothing was
// measured is left out.
func barsOf(ctx context.Context, found *results) (*bars.Table, error) {
	lines, err := about(ctx, found)
	if err != nil {
		return nil, err
	}
	b := &barTable{results: found}
	b.About = lines
	for _, layout := range []string{"compact", "pretty"} {
		b.atLeast("decode-list-"+layout, "stripe-go", 9)
		b.atLeast("decode-list-"+layout, "jx", 2)
		b.allocs("decode-list-"+layout, 100)
	}
	for _, layout := range []string{"compact", "pretty"} {
		b.atLeast("decode-one-"+layout, "stripe-go", 8)
		b.atLeast("decode-one-"+layout, "jx", 1.5)
		b.allocs("decode-one-"+layout, 4)
	}
	b.atLeast("decode-one-shuffled", "stripe-go", 6)
	b.atLeast("decode-list-shuffled", "stripe-go", 6)
	for _, name := range []string{"one", "list"} {
		b.atLeast("encode-"+name, "stripe-go", 3)
		b.atLeast("encode-"+name, "jx", 2.5)
		b.allocs("encode-"+name, 1)
		b.allocs("append-"+name, 0)
	}
	for _, name := range []string{"session", "list"} {
		b.atLeast("form-"+name, "stripe-go", 7)
		b.allocs("form-"+name, 1)
	}
	for _, name := range []string{"one", "list"} {
		b.atLeast("validate-"+name, "validator", 35)
		b.allocs("validate-"+name, 0)
	}
	b.atLeast("call-retrieve", "stripe-go", 5)
	b.atLeast("call-list", "stripe-go", 15)
	return &b.Table, nil
}

// barTable adds the bars that there are results for.
type barTable struct {
	bars.Table
	results *results
}

// atLeast takes the lesser of two ratios, that of the times and that of the
// processor times: a busy machine makes the first say anything.
func (b *barTable) atLeast(row, codec string, limit float64) {
	our, their := b.results.at(row, ours), b.results.at(row, codec)
	if our == nil || their == nil {
		return
	}
	r := ratioOf(their.seconds, our.seconds)
	from := fmt.Sprintf("%s : %s, ratio %s", duration(median(their.seconds)), duration(median(our.seconds)), times(r.value)+" ("+r.interval()+")")
	lesser := r.value
	if len(their.processor) > 0 && len(our.processor) > 0 {
		p := ratioOf(their.processor, our.processor)
		lesser = min(lesser, p.value)
		from += fmt.Sprintf("; of processor time %s (%s)", times(p.value), p.interval())
	}
	b.AtLeast(row+", "+codec+" : oaken, time", lesser, limit, "%.2f", from)
}

func (b *barTable) allocs(row string, limit float64) {
	if our := b.results.at(row, ours); our != nil {
		b.AtMost(row+", allocations", median(our.allocs), limit, "%.0f", "")
	}
}

// grouped prints a whole number with commas between thousands.
func grouped(x float64) string {
	text := fmt.Sprintf("%.0f", x)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
