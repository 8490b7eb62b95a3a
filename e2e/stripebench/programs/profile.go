//go:build ignore

// Profile generates a package into a new folder, several times, and writes a
// profile of where the processor's time goes. It prints the stages.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime/pprof"
	"slices"
	"time"

	"github.com/oaken-go/oaken/generator"
)

func main() {
	var flags generator.Config
	config := flag.String("config", "", "the config file")
	profile := flag.String("profile", "", "the file for the profile")
	rounds := flag.Int("rounds", 5, "how often to generate")
	flag.StringVar(&flags.Spec, "spec", "", "the document")
	flag.StringVar(&flags.Out, "out", "", "the folder to write")
	flag.StringVar(&flags.Package, "package", "", "the package's name")
	flag.Parse()
	if err := run(*config, flags, *profile, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run generates under the profiler.
func run(config string, flags generator.Config, profile string, rounds int) error {
	file, err := os.Create(profile)
	if err != nil {
		return err
	}
	defer file.Close()
	c, err := generator.LoadConfig(config)
	if err != nil {
		return err
	}
	c.Override(flags)
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	stages, err := generate(c, rounds)
	pprof.StopCPUProfile()
	if err != nil {
		return err
	}
	show(stages)
	return nil
}

// stages are the times of each stage, and their names in order.
type stages struct {
	names []string
	took  map[string][]time.Duration
}

func (s *stages) add(name string, took time.Duration) {
	if len(s.took[name]) == 0 {
		s.names = append(s.names, name)
	}
	s.took[name] = append(s.took[name], took)
}

func generate(c *generator.Config, rounds int) (stages, error) {
	s := stages{took: map[string][]time.Duration{}}
	out := c.Out
	for round := range rounds {
		c.Out = fmt.Sprintf("%s%d", out, round)
		r, err := generator.Generate(context.Background(), generator.Options{Config: *c})
		if err != nil {
			return s, err
		}
		began := time.Now()
		if _, err := r.Write(); err != nil {
			return s, err
		}
		for _, stage := range r.Stages {
			s.add(stage.Name, stage.Took)
		}
		s.add("write", time.Since(began))
	}
	return s, nil
}

// show prints the median of each stage and its share of them all.
func show(s stages) {
	medians, total := map[string]time.Duration{}, time.Duration(0)
	for name, took := range s.took {
		slices.Sort(took)
		medians[name] = took[len(took)/2]
		total += medians[name]
	}
	for _, name := range s.names {
		share := 100 * float64(medians[name]) / float64(total)
		fmt.Printf("%-6s %8.2f s %5.1f %%\n", name, medians[name].Seconds(), share)
	}
	fmt.Printf("%-6s %8.2f s\n", "all", total.Seconds())
}
