package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// someResults are those of three rounds, in which the machine gets slower.
func someResults(t *testing.T) *results {
	t.Helper()
	file := filepath.Join(t.TempDir(), "bench.txt")
	require.NoError(t, os.WriteFile(file, []byte(`goos: linux
pkg: example
BenchmarkRows/row=decode-list-compact/codec=oaken-2      10   100 ns/op  50 MB/s  90 cpu-ns/op   64 B/op   3 allocs/op
BenchmarkRows/row=decode-list-compact/codec=jx-2         10   250 ns/op  50 MB/s  270 cpu-ns/op  128 B/op   5 allocs/op
BenchmarkRows/row=decode-list-compact/codec=stripe-go-2  10  8000 ns/op  50 MB/s  900 cpu-ns/op  128 B/op  50 allocs/op
PASS
BenchmarkRows/row=decode-list-compact/codec=oaken-2      10   200 ns/op  50 MB/s  91 cpu-ns/op   64 B/op   3 allocs/op
BenchmarkRows/row=decode-list-compact/codec=jx-2         10   500 ns/op  50 MB/s  273 cpu-ns/op  128 B/op   5 allocs/op
BenchmarkRows/row=decode-list-compact/codec=stripe-go-2  10  9000 ns/op  50 MB/s  910 cpu-ns/op  128 B/op  50 allocs/op
PASS
BenchmarkRows/row=decode-list-compact/codec=oaken-2      10   400 ns/op  50 MB/s  92 cpu-ns/op   64 B/op   3 allocs/op
BenchmarkRows/row=decode-list-compact/codec=jx-2         10  1000 ns/op  50 MB/s  276 cpu-ns/op  128 B/op   5 allocs/op
BenchmarkRows/row=decode-list-compact/codec=stripe-go-2  10  8000 ns/op  50 MB/s  920 cpu-ns/op  128 B/op  50 allocs/op
PASS
`), 0o666))
	found, err := readResults(file)
	require.NoError(t, err)
	return found
}

// Two columns that get slower together have one ratio, and the interval of two
// that don't has it inside.
func TestRatio(t *testing.T) {
	found := someResults(t)
	our := found.at("decode-list-compact", ours).seconds
	require.Equal(t, ratio{2.5, 2.5, 2.5}, ratioOf(found.at("decode-list-compact", "jx").seconds, our))
	apart := ratioOf(found.at("decode-list-compact", "stripe-go").seconds, our)
	require.InDelta(t, 40, apart.value, 1e-9)
	require.InDelta(t, 20, apart.low, 1e-9)
	require.InDelta(t, 80, apart.high, 1e-9)
	require.Equal(t, apart, ratioOf(found.at("decode-list-compact", "stripe-go").seconds, our))

	require.NoError(t, found.useProcessorTime())
	of := ratioOf(found.at("decode-list-compact", "jx").seconds, found.at("decode-list-compact", ours).seconds)
	require.InDelta(t, 3, of.value, 1e-9)
}

func TestBars(t *testing.T) {
	table, err := barsOf(t.Context(), someResults(t))
	require.NoError(t, err)
	var lines []string
	for _, b := range table.Bars {
		lines = append(lines, strings.Join([]string{b.Name, b.Measured, b.Limit, b.Verdict, b.From}, "|"))
	}
	require.Equal(t, []string{
		"decode-list-compact, stripe-go : oaken, time|10.00|at least 9.00|ok|8.00 µs : 200 ns, ratio 40.0 (20.0 to 80.0); of processor time 10.0 (10.0 to 10.0)",
		"decode-list-compact, jx : oaken, time|2.50|at least 2.00|ok|500 ns : 200 ns, ratio 2.50 (2.50 to 2.50); of processor time 3.00 (3.00 to 3.00)",
		"decode-list-compact, allocations|3|at most 100|ok|",
	}, lines)
	require.Contains(t, table.About[0], "3 rounds")
	require.Contains(t, table.About[2], "github.com/go-faster/jx v1.")
	require.Contains(t, table.About[5], "an operation took 2.6 times its processor time")
}

// What has no place in the tables is not passed over.
func TestUnknownResults(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bench.txt")
	for _, name := range []string{"row=decode-list-odd/codec=jx", "row=call-list/codec=odd", "codec=jx"} {
		require.NoError(t, os.WriteFile(file, []byte("BenchmarkRows/"+name+"-2 10 100 ns/op 64 B/op 3 allocs/op\n"), 0o666))
		_, err := readResults(file)
		require.ErrorContains(t, err, "no such")
	}
}

// Every bar is about a row that there is, every row of the plot as well.
func TestRowsAreKnown(t *testing.T) {
	known := map[string]bool{}
	found := &results{cells: map[[2]string]*cell{}}
	for _, r := range rows() {
		known[r.name] = true
		for _, c := range columns {
			found.cells[[2]string{r.name, c.name}] = &cell{[]float64{1}, nil, []float64{1}, []float64{1}}
		}
	}
	for _, r := range plotted {
		require.True(t, known[r.name], r.name)
	}
	table, err := barsOf(t.Context(), found)
	require.NoError(t, err)
	require.Len(t, table.Bars, 32)
	require.True(t, found.complete())
	require.False(t, someResults(t).complete())
	require.Len(t, table.About, 5)
}

func TestDocument(t *testing.T) {
	found := someResults(t)
	table, err := barsOf(t.Context(), found)
	require.NoError(t, err)
	page := document(found, table)
	require.Regexp(t, `\n### A list of 100 accounts, one in ten with a balance \(\d\d,\d\d\d bytes\)\n`, page)
	require.Contains(t, page, "| jx, as ogen uses it | 500 ns ± ∞ | 2.50 | 2.50 to 2.50 | 3.00 | 5 | 128 |\n")
	require.NotContains(t, page, "## Encode")
}

// The plot is XML, and the longest bar is torn where the others would be lost.
func TestPlot(t *testing.T) {
	found := someResults(t)
	busy := plot(found)
	require.Contains(t, busy, "Medians of processor time")
	require.Contains(t, busy, "10.0×")
	require.NotContains(t, busy, "<line")
	for _, c := range found.cells {
		c.processor = c.seconds
	}
	svg := plot(found)
	require.NotContains(t, svg, "processor")
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
	require.Contains(t, svg, "1.00×")
	require.Contains(t, svg, "40.0×")
	require.Equal(t, 1, strings.Count(svg, "<line"))
	require.Contains(t, svg, "prefers-color-scheme: dark")
}

func TestFilter(t *testing.T) {
	for _, test := range []struct {
		rows, codecs string
		want, not    []string
	}{
		{"", "", []string{"row=call-list/codec=jx"}, nil},
		{"list", "jx", []string{"row=call-list/codec=jx", "row=decode-list-compact/codec=oaken"}, []string{"row=call-retrieve/codec=jx", "row=call-list/codec=goccy"}},
		{"^encode-(one|list)$", "", []string{"row=encode-one/codec=jx"}, []string{"row=decode-one-pretty/codec=jx", "row=encode-one-more/codec=jx"}},
		{"one|list", "^sonic$", []string{"row=encode-list/codec=sonic", "row=encode-one/codec=oaken"}, []string{"row=encode-list/codec=sonic-std"}},
	} {
		parts := strings.Split(settings{rows: test.rows, codecs: test.codecs}.filter(), "/")
		require.Len(t, parts, 3)
		for _, part := range parts { // go test takes a | outside of brackets to be between two names
			require.NotContains(t, regexp.MustCompile(`\(([^()]|\([^()]*\))*\)`).ReplaceAllString(part, ""), "|")
		}
		matches := func(name string) bool {
			row, codec, _ := strings.Cut(name, "/")
			return regexp.MustCompile(parts[1]).MatchString(row) && regexp.MustCompile(parts[2]).MatchString(codec)
		}
		for _, name := range test.want {
			require.True(t, matches(name), "%v %s", test, name)
		}
		for _, name := range test.not {
			require.False(t, matches(name), "%v %s", test, name)
		}
	}
}
