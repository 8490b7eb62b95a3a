package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
)

// prepareTools builds the programs that are measured.
func (b *bench) prepareTools(ctx context.Context) error {
	say("building gen, a program around kin-openapi, and oapi-codegen")
	if err := b.findGen(ctx); err != nil {
		return err
	}
	b.kin = filepath.Join(b.work, "kinload")
	if err := b.buildTool(ctx, b.kin, b.program("kinload")); err != nil {
		return err
	}
	b.oapi = filepath.Join(b.work, "oapi-codegen")
	install := command{
		dir:  b.work,
		env:  []string{"GOBIN=" + b.work},
		args: []string{"go", "install", oapiModule + "/cmd/oapi-codegen@" + oapiVersion},
	}
	if err := install.do(ctx); err != nil {
		return err
	}
	return b.describe(ctx)
}

// findGen builds gen, unless a flag says which one to take.
func (b *bench) findGen(ctx context.Context) (err error) {
	if b.gen != "" {
		b.gen, err = filepath.Abs(b.gen)
		return err
	}
	b.gen = filepath.Join(b.work, "gen")
	return b.buildTool(ctx, b.gen, "./cmd/gen")
}

// buildTool builds a program with what the generator's module requires.
func (b *bench) buildTool(ctx context.Context, out, what string) error {
	return command{dir: b.repo, args: []string{"go", "build", "-buildvcs=false", "-o", out, what}}.do(ctx)
}

// program is the source of a program that is built on its own, as none of it
// may depend on what this module requires.
func (b *bench) program(name string) string {
	return filepath.Join(b.e2e, "stripebench", "programs", name+".go")
}

// describe notes the versions of everything that takes part.
func (b *bench) describe(ctx context.Context) error {
	var env struct{ GOVERSION, GOOS, GOARCH, GOEXPERIMENT string }
	out, err := command{dir: b.e2e, args: []string{"go", "env", "-json", "GOVERSION", "GOOS", "GOARCH", "GOEXPERIMENT"}}.output(ctx)
	if err == nil {
		err = json.Unmarshal([]byte(out), &env)
	}
	if err != nil {
		return err
	}
	kin, err := findModule(ctx, b.repo, kinModule)
	if err != nil {
		return err
	}
	stripeGo, err := findModule(ctx, b.e2e, stripeGoModule)
	if err != nil {
		return err
	}
	b.table.About = append(b.table.About,
		fmt.Sprintf("%s, %s/%s, GOEXPERIMENT %s, %d CPUs", env.GOVERSION, env.GOOS, env.GOARCH, cmp.Or(env.GOEXPERIMENT, "empty"), runtime.NumCPU()),
		fmt.Sprintf("beside kin-openapi %s, oapi-codegen %s, stripe-go %s", kin.Version, oapiVersion, stripeGo.Version))
	return nil
}
