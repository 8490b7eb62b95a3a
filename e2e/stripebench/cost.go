package main

import (
	"fmt"
	"slices"
	"time"
)

// cost is what one run of a command takes, its children included.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // bytes
}

// costs are those of several runs.
type costs []cost

func (c costs) wall() spread {
	return spreadOf(c, func(c cost) float64 { return c.wall.Seconds() })
}

func (c costs) cpu() spread {
	return spreadOf(c, func(c cost) float64 { return c.cpu.Seconds() })
}

func (c costs) peak() spread {
	return spreadOf(c, func(c cost) float64 { return float64(c.peak) / 1e6 })
}

// spread sums up several measurements of one thing.
type spread struct {
	min, median, max float64
	count            int
}

func spreadOf(c costs, of func(cost) float64) spread {
	values := make([]float64, len(c))
	for i, one := range c {
		values[i] = of(one)
	}
	slices.Sort(values)
	half := len(values) / 2
	median := values[half]
	if len(values)%2 == 0 {
		median = (values[half-1] + median) / 2
	}
	return spread{values[0], median, values[len(values)-1], len(values)}
}

// seconds prints a spread of times.
func (s spread) seconds() string { return s.text("%.2f", "s") }

// megabytes prints a spread of sizes.
func (s spread) megabytes() string { return s.text("%.0f", "MB") }

func (s spread) text(format, unit string) string {
	median := fmt.Sprintf(format, s.median) + " " + unit
	if s.count == 1 {
		return median
	}
	return fmt.Sprintf("%s ("+format+" to "+format+")", median, s.min, s.max)
}
