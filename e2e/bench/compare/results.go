package main

import (
	"fmt"
	"math/rand/v2"
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
// processor is processor time, empty where the system does not tell it.
type cell struct{ seconds, processor, bytes, allocs []float64 }

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
	if !slices.ContainsFunc(rows(), func(r row) bool { return r.name == key[0] }) ||
		!slices.ContainsFunc(columns, func(c column) bool { return c.name == key[1] }) {
		return fmt.Errorf("no such row or codec: %s", result.Name)
	}
	if r.cells[key] == nil {
		r.cells[key] = &cell{}
	}
	c := r.cells[key]
	if value, ok := result.Value("cpu-sec/op"); ok {
		c.processor = append(c.processor, value)
	}
	for unit, values := range map[string]*[]float64{"sec/op": &c.seconds, "B/op": &c.bytes, "allocs/op": &c.allocs} {
		value, ok := result.Value(unit)
		if !ok {
			return fmt.Errorf("no %s in %s", unit, result.Name)
		}
		*values = append(*values, value)
	}
	return nil
}

// complete tells whether there are results of every row, and of every codec.
func (r *results) complete() bool {
	found := map[string]bool{}
	for key := range r.cells {
		found[key[0]], found[key[1]] = true, true
	}
	return !slices.ContainsFunc(rows(), func(r row) bool { return !found[r.name] }) &&
		!slices.ContainsFunc(columns, func(c column) bool { return !found[c.name] })
}

// useProcessorTime takes the processor times for the times.
func (r *results) useProcessorTime() error {
	for key, c := range r.cells {
		if len(c.processor) != len(c.seconds) {
			return fmt.Errorf("no processor time of %s, %s", key[0], key[1])
		}
		c.seconds = c.processor
	}
	return nil
}

// waiting is how many times its processor time an operation took, or 0 where
// that is unknown: more than 1 on a machine that has other work.
func (r *results) waiting() float64 {
	var parts []float64
	for _, c := range r.cells {
		if len(c.processor) > 0 {
			parts = append(parts, sum(c.seconds)/sum(c.processor))
		}
	}
	if len(parts) == 0 {
		return 0
	}
	return median(parts)
}

// busy tells whether the machine had so much other work that processor time says
// more than time.
func (r *results) busy() bool { return r.waiting() > 1.1 }

func sum(values []float64) (total float64) {
	for _, v := range values {
		total += v
	}
	return total
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

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

// summary is what benchstat makes of the values.
func summary(values []float64) benchmath.Summary {
	sample := benchmath.NewSample(slices.Clone(values), &benchmath.DefaultThresholds)
	return benchmath.AssumeNothing.Summary(sample, confidence)
}

// ratio is how many times as long the other takes as the one: of the medians,
// with the interval that it lies in when rounds are drawn at random from those
// that were run. Both are drawn together: what slows the machine down for a while
// slows both down in the same round.
type ratio struct{ value, low, high float64 }

func ratioOf(other, one []float64) ratio {
	n := min(len(other), len(one))
	random := rand.New(rand.NewPCG(uint64(n), 1)) // the same results have the same interval
	drawn := make([]float64, 2000)
	others, ones := make([]float64, n), make([]float64, n)
	for i := range drawn {
		for j := range n {
			round := random.IntN(n)
			others[j], ones[j] = other[round], one[round]
		}
		drawn[i] = median(others) / median(ones)
	}
	slices.Sort(drawn)
	tail := int(float64(len(drawn)) * (1 - confidence) / 2)
	return ratio{median(other) / median(one), drawn[tail], drawn[len(drawn)-1-tail]}
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
	return duration(s.Center) + " ± " + s.PctRangeString()
}
