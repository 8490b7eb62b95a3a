package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// module is the folder of the generated package's module.
func (b *bench) module() string { return filepath.Join(b.work, "module") }

// out is the folder of the generated package.
func (b *bench) out() string { return filepath.Join(b.module(), thePackage) }

func (b *bench) generate(ctx context.Context, out string) (cost, error) {
	args := []string{b.gen, "--config", b.conf, "--spec", b.spec, "--out", out, "--package", thePackage}
	return command{dir: b.work, args: args}.cost(ctx)
}

// generateAnew generates into a folder that does not exist yet. The one of the
// last time is put aside: ext4 looks long for a place for new files where many
// have just been deleted.
func (b *bench) generateAnew(ctx context.Context) (cost, error) {
	aside, err := os.MkdirTemp(b.work, "aside")
	if err != nil {
		return cost{}, err
	}
	if err := os.Rename(b.out(), filepath.Join(aside, thePackage)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cost{}, err
	}
	return b.generate(ctx, b.out())
}

func (b *bench) generateAgain(ctx context.Context) (cost, error) { return b.generate(ctx, b.out()) }

func (b *bench) loadOnly(ctx context.Context) (cost, error) {
	return command{dir: b.work, args: []string{b.kin, b.spec}}.cost(ctx)
}

func (b *bench) generateOapi(ctx context.Context) (cost, error) {
	out := filepath.Join(b.work, "oapi.go")
	return command{dir: b.work, args: []string{b.oapi, "-package", "x", "-o", out, b.spec}}.cost(ctx)
}

// inTurns measures runs in turns, so that a machine that gets slower or faster
// does so for all of them. The slow ones sit out the later rounds.
func inTurns(ctx context.Context, what string, rounds int, runs ...turn) ([]costs, error) {
	all := make([]costs, len(runs))
	for round := range rounds {
		if rounds <= 10 || round%25 == 0 {
			say("%s: round %d of %d", what, round+1, rounds)
		}
		for i, run := range runs {
			if run.rounds > 0 && round >= run.rounds {
				continue
			}
			took, err := run.measure(ctx)
			if err != nil {
				return nil, err
			}
			all[i] = append(all[i], took)
		}
	}
	return all, nil
}

// turn is a run that takes turns with others.
type turn struct {
	measure func(context.Context) (cost, error)
	rounds  int // its own number of rounds, if that is less
}

// generating measures the generator beside others.
func (b *bench) generating(ctx context.Context) error {
	if err := os.MkdirAll(b.module(), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(b.module(), "go.mod"), []byte(b.goMod), 0o666); err != nil {
		return err
	}
	all, err := inTurns(ctx, "generating", b.rounds,
		turn{measure: b.loadOnly}, turn{measure: b.generateAnew}, turn{measure: b.generateAgain}, turn{measure: b.generateOapi, rounds: b.slow})
	if err != nil {
		return err
	}
	kin, anew, again, oapi := all[0], all[1], all[2], all[3]
	for _, ours := range []struct {
		name string
		took costs
	}{{"gen into an empty folder", anew}, {"gen with nothing changed", again}} {
		wall, cpu := ours.took.wall(), ours.took.cpu()
		b.table.ratio(ours.name+" : kin-openapi's load, time", wall.median, kin.wall().median, 1.5, wall.seconds()+" : "+kin.wall().seconds())
		b.table.Note(ours.name+" : kin-openapi's load, processor time", fmt.Sprintf("%.2f", cpu.median/kin.cpu().median), cpu.seconds()+" : "+kin.cpu().seconds())
		b.table.ratio(ours.name+" : oapi-codegen, time", wall.median, oapi.wall().median, 0.15, wall.seconds()+" : "+oapi.wall().seconds())
	}
	b.table.ratio("gen into an empty folder : oapi-codegen, peak memory", anew.peak().median, oapi.peak().median, 1, anew.peak().megabytes()+" : "+oapi.peak().megabytes())
	return nil
}

// repeating tells whether another run gives the same files.
func (b *bench) repeating(ctx context.Context) error {
	other := filepath.Join(b.work, "again")
	if _, err := b.generate(ctx, other); err != nil {
		return err
	}
	one, err := readFolder(b.out())
	if err != nil {
		return err
	}
	two, err := readFolder(other)
	if err != nil {
		return err
	}
	differing := max(len(two)-len(one), 0)
	for name, content := range one {
		if second, ok := two[name]; !ok || !bytes.Equal(content, second) {
			differing++
		}
	}
	b.table.AtMost("files that differ between two runs", float64(differing), 0, "%.0f", fmt.Sprintf("%d files", len(one)))
	return nil
}

// source counts what was generated.
func (b *bench) source(context.Context) error {
	files, err := readFolder(b.out())
	if err != nil {
		return err
	}
	lines, size, longest, longestName := 0, 0, 0, ""
	for name, content := range files {
		n := bytes.Count(content, []byte("\n"))
		lines += n
		size += len(content)
		if n > longest || n == longest && name < longestName {
			longest, longestName = n, name
		}
	}
	b.table.AtMost("lines of Go", float64(lines), 180_000, "%.0f", "")
	b.table.AtMost("MB of Go", float64(size)/1e6, 9, "%.2f", "")
	b.table.AtMost("lines of the longest file", float64(longest), 10_000, "%.0f", longestName)
	b.table.Note("files", fmt.Sprint(len(files)), "")
	return nil
}

// readFolder reads the Go files of a folder.
func readFolder(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	return files, err
}
