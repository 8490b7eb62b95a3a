package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
)

// showProfile runs the generator under a profiler and prints where its time
// goes: by stage, and by function.
func (b *bench) showProfile(ctx context.Context) error {
	binary, profile := filepath.Join(b.work, "profile"), filepath.Join(b.work, "profile.pprof")
	if err := b.buildTool(ctx, binary, b.program("profile")); err != nil {
		return err
	}
	say("generating %d times under the profiler", b.rounds)
	run := command{dir: b.work, args: []string{binary,
		"-config", b.conf, "-spec", b.spec, "-out", b.out(), "-package", thePackage, "-profile", profile, "-rounds", strconv.Itoa(b.rounds)}}
	stages, err := run.output(ctx)
	if err != nil {
		return err
	}
	top := command{dir: b.work, args: []string{"go", "tool", "pprof", "-top", "-cum", "-nodecount=15", binary, profile}}
	functions, err := top.output(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%s\n\n%s\n", stages, functions)
	return nil
}
