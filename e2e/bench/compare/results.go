package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"golang.org/x/perf/benchfmt"
	"golang.org/x/perf/benchmath"
)

// results are the measurements of every row in every codec.
type results struct {
	cells map[[2]string]*cell // by row and codec
}

// cell is what was measured of one row in one codec, a value for each round.
type cell struct{ seconds, bytes, allocs []float64 }

const confidence = 0.95

func readResults(file string) (*results, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	found := &results{cells: map[[2]string]*cell{}}
	reader := benchfmt.NewReader(in, file)
	for reader.Scan() {
		switch record := reader.Result().(type) {
		case *benchfmt.SyntaxError:
			return nil, record
		case *benchfmt.Result:
			if err := found.add(record); err != nil {
				return nil, err
			}
		}
	}
	return found, reader.Err()
}

func (r *results) add(result *benchfmt.Result) error {
	var key [2]string
	_, parts := result.Name.Parts()
	for _, part := range parts {
		if row, ok := strings.CutPrefix(string(part), "/row="); ok {
			key[0] = row
		}
		if codec, ok := strings.CutPrefix(string(part), "/codec="); ok {
			key[1] = codec
		}
	}
	if key[0] == "" || key[1] == "" {
		return fmt.Errorf("no row or no codec in %s", result.Name)
	}
	if r.cells[key] == nil {
		r.cells[key] = &cell{}
	}
	c := r.cells[key]
	for unit, values := range map[string]*[]float64{"sec/op": &c.seconds, "B/op": &c.bytes, "allocs/op": &c.allocs} {
		value, ok := result.Value(unit)
		if !ok {
			return fmt.Errorf("no %s in %s", unit, result.Name)
		}
		*values = append(*values, value)
	}
	return nil
}

// at returns what was measured of a row in a codec, or nil.
func (r *results) at(row, codec string) *cell { return r.cells[[2]string{row, codec}] }

func (r *results) hasKind(kind string) bool {
	for key := range r.cells {
		if strings.HasPrefix(key[0], kind+"-") {
			return true
		}
	}
	return false
}

func median(values []float64) float64 { return summary(values).Center }

func summary(values []float64) benchmath.Summary {
	sample := benchmath.NewSample(slices.Clone(values), &benchmath.DefaultThresholds)
	return benchmath.AssumeNothing.Summary(sample, confidence)
}

// ratio is how many times as long the other takes as the one: of the medians,
// with the interval that the median of the rounds' own ratios is in. What slows
// the machine down for a while slows both down in the same round.
type ratio struct{ value, low, high float64 }

func ratioOf(other, one *cell) ratio {
	n := min(len(other.seconds), len(one.seconds))
	rounds := make([]float64, n)
	for i := range rounds {
		rounds[i] = other.seconds[i] / one.seconds[i]
	}
	r := ratio{value: median(other.seconds) / median(one.seconds)}
	between := summary(rounds)
	r.low, r.high = between.Lo, between.Hi
	if math.IsInf(r.low, 0) || math.IsInf(r.high, 0) { // too few rounds for that
		r.low, r.high = slices.Min(rounds), slices.Max(rounds)
	}
	return r
}

func (r ratio) interval() string { return times(r.low) + " to " + times(r.high) }

// times prints a ratio with three digits or so.
func times(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}

// duration prints seconds with three digits or so.
func duration(seconds float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1, "s"}, {1e-3, "ms"}, {1e-6, "µs"}} {
		if seconds >= unit.size {
			return times(seconds/unit.size) + " " + unit.name
		}
	}
	return times(seconds/1e-9) + " ns"
}

// spread prints a median of seconds with benchstat's interval.
func (c *cell) spread() string {
	s := summary(c.seconds)
	return duration(s.Center) + " " + s.PctRangeString()
}
