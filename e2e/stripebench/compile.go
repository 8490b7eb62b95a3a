package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// rival is a package to be compiled, and the cache for that.
type rival struct {
	dir  string // of its module
	path string // import path
	// deps is a build cache that holds what the package imports, used a copy
	// of it that holds the package as well.
	deps, used string
}

// rivals are the generated package and the one that it competes with.
func (b *bench) rivals() (ours, theirs *rival) {
	at := func(name, dir, path string) *rival {
		return &rival{dir: dir, path: path, deps: filepath.Join(b.work, name+"-deps"), used: filepath.Join(b.work, name+"-cache")}
	}
	return at("ours", b.module(), benchModule+"/"+thePackage), at("theirs", b.e2e, stripeGoModule)
}

// goWith is a go command with a build cache of its own.
func (r *rival) goWith(cache string, args ...string) command {
	return command{dir: r.dir, env: []string{"GOCACHE=" + cache}, args: append([]string{"go"}, args...)}
}

// imported lists the packages that this one needs; with a template it prints
// what that says of each.
func (r *rival) imported(ctx context.Context, format string) ([]string, error) {
	out, err := r.goWith(r.deps, "list", "-deps", "-f", format, r.path).output(ctx)
	return strings.Fields(out), err
}

// buildDeps compiles what the package imports.
func (r *rival) buildDeps(ctx context.Context) error {
	deps, err := r.imported(ctx, "{{if ne .ImportPath \""+r.path+"\"}}{{.ImportPath}}{{end}}")
	if err != nil {
		return err
	}
	return r.goWith(r.deps, append([]string{"build", "-trimpath"}, deps...)...).do(ctx)
}

// build compiles the package, with all that it imports in the cache.
func (r *rival) build(ctx context.Context) (cost, error) {
	if err := os.RemoveAll(r.used); err != nil {
		return cost{}, err
	}
	if err := os.CopyFS(r.used, os.DirFS(r.deps)); err != nil {
		return cost{}, err
	}
	return r.goWith(r.used, "build", "-trimpath", r.path).cost(ctx)
}

// compiling measures the compiler on both packages.
func (b *bench) compiling(ctx context.Context) error {
	ours, theirs := b.rivals()
	for _, r := range []*rival{ours, theirs} {
		say("compiling what %s imports", r.path)
		if err := r.buildDeps(ctx); err != nil {
			return err
		}
	}
	all, err := inTurns(ctx, "compiling", b.builds, turn{measure: ours.build}, turn{measure: theirs.build})
	if err != nil {
		return err
	}
	our, their := all[0], all[1]
	b.table.ratio("compiling the package : stripe-go, processor time", our.cpu().median, their.cpu().median, 0.55, our.cpu().seconds()+" : "+their.cpu().seconds())
	b.table.Note("compiling the package : stripe-go, time", fmt.Sprintf("%.2f", our.wall().median/their.wall().median), our.wall().seconds()+" : "+their.wall().seconds())
	b.table.AtMost("MB of memory that compiling takes at its peak", our.peak().median, 1000, "%.0f", our.peak().megabytes()+", stripe-go "+their.peak().megabytes())
	return nil
}

// linking compares the sizes of programs that do the same.
func (b *bench) linking(ctx context.Context) error {
	ours, theirs := b.rivals()
	slice := &rival{dir: b.e2e, used: theirs.used}
	for _, kind := range []struct {
		name  string
		ours  *rival
		our   string
		their string
		limit float64
	}{
		{"a program with one call", ours, "oaken", "stripego", 0.9},
		{"a program with the eight calls of its package", slice, "eight", "eightstripego", 0.85},
		{"the same through the whole package", ours, "eightwhole", "eightstripego", 0},
	} {
		say("linking %s", kind.name)
		for _, flags := range []string{"", "-s -w"} {
			suffix := ""
			if flags != "" {
				suffix = ", stripped"
			}
			our, err := b.link(ctx, kind.ours, kind.our, flags)
			if err != nil {
				return err
			}
			their, err := b.link(ctx, theirs, kind.their, flags)
			if err != nil {
				return err
			}
			name, from := kind.name+suffix+" : on stripe-go, size", fmt.Sprintf("%.2f MB : %.2f MB", our, their)
			if kind.limit > 0 && suffix == "" {
				b.table.ratio(name, our, their, kind.limit, from)
			} else {
				b.table.Note(name, fmt.Sprintf("%.2f", our/their), from)
			}
		}
	}
	return nil
}

// link builds a program on a package and returns its size in megabytes.
func (b *bench) link(ctx context.Context, r *rival, program, ldflags string) (float64, error) {
	out := filepath.Join(b.work, program)
	if err := b.build(ctx, r, program, out, ldflags); err != nil {
		return 0, err
	}
	info, err := os.Stat(out)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()) / 1e6, nil
}

// build builds a program on a package, with env added to its environment.
func (b *bench) build(ctx context.Context, r *rival, program, out, ldflags string, env ...string) error {
	c := r.goWith(r.used, "build", "-trimpath", "-ldflags="+ldflags, "-o", out, b.program(program))
	c.env = append(c.env, env...)
	return c.do(ctx)
}

// vetting lets go vet look at the package, and looks at what it imports.
func (b *bench) vetting(ctx context.Context) error {
	ours, _ := b.rivals()
	say("vetting")
	findings := 0
	if err := ours.goWith(ours.used, "vet", ours.path).do(ctx); err != nil {
		if ctx.Err() != nil {
			return err
		}
		say("%v", err)
		findings = strings.Count(err.Error(), ".go:")
	}
	b.table.AtMost("findings of go vet", float64(findings), 0, "%.0f", "")
	foreign, err := ours.imported(ctx, "{{if not .Standard}}{{.ImportPath}}{{end}}")
	if err != nil {
		return err
	}
	b.table.AtMost("imported packages outside the standard library", float64(len(foreign)-1), 0, "%.0f", "")
	return nil
}
