//go:build linux || darwin

package main

import (
	"bytes"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/output"
)

const (
	kills    = 50                   // a fifth of them with -short
	attempts = 20 * kills           // a run that ends before it is killed counts for nothing
	writing  = 8 * time.Millisecond // how long a run may write before it is killed
)

// A run of gen that is killed at any moment leaves the package of one document
// or of the other, and what is written by hand; the next run leaves no trace of
// it.
func TestKilledRuns(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	p := newTwoDocuments(t)
	p.typeCheck(t)
	begin := time.Now()
	p.run(t, "b")
	whole := time.Since(begin)
	p.run(t, "a")

	killed, beside, now, kills := 0, 0, "a", kills
	if testing.Short() {
		kills /= 5
	}
	for n := 0; n < attempts && killed < kills; n++ {
		to := map[string]string{"a": "b", "b": "a"}[now]
		wait, phase := time.Duration(random.Int64N(int64(whole))), killed%2 == 1
		if phase { // once it writes
			wait = time.Duration(random.Int64N(int64(writing)))
		}
		if p.kill(t, to, wait, phase) {
			killed++
		}
		now = p.which(t)
		if len(p.beside(t)) > 0 {
			beside++
		}
		p.recover(t, now, killed%5 == 0)
	}
	t.Logf("%d runs killed, of %v each; %d left something beside the folder", killed, whole, beside)
	require.Equal(t, kills, killed)
	require.Greater(t, beside, kills/10, "the kills come at the wrong moments")
}

// However many runs there are at once, the last one to write leaves its package
// whole.
func TestRunsAtOnce(t *testing.T) {
	p := newTwoDocuments(t)
	for _, fresh := range []bool{true, false} {
		if fresh {
			require.NoError(t, os.RemoveAll(p.out))
		}
		var runs sync.WaitGroup
		failures := make([]string, 10)
		for i := range failures {
			runs.Go(func() {
				out, err := p.command([]string{"a", "b"}[i%2]).CombinedOutput()
				if err != nil {
					failures[i] = string(out) + err.Error()
				}
			})
		}
		runs.Wait()
		require.Empty(t, strings.Join(failures, ""))
		if fresh {
			p.writeByHand(t)
		}
		p.which(t)
		require.Empty(t, p.beside(t))
	}
}

// twoDocuments is a project whose package comes from one of two documents.
type twoDocuments struct {
	gen      string // the command
	root     string
	out      string
	packages map[string]map[string][]byte // what either document gives
}

var buildGen = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "gen")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "gen")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	os.Stderr.Write(out)
	return path, err
})

func newTwoDocuments(t *testing.T) *twoDocuments {
	t.Helper()
	gen, err := buildGen()
	require.NoError(t, err)
	root := t.TempDir()
	p := &twoDocuments{gen, root, filepath.Join(root, "parent", "pkg"), map[string]map[string][]byte{}}
	text, err := os.ReadFile(filepath.Join("..", "..", "spec", "financial_connections.yaml"))
	require.NoError(t, err)
	other := strings.NewReplacer(
		"financial_connections.cash_balance", "financial_connections.cash_at_hand",
		"financial_connections.refresh_status", "financial_connections.state_of_refresh",
		"        display_name:", "        another_name: {type: string}\n        display_name:",
		"  /v1/financial_connections/accounts/{account}/subscribe:", "  /v1/financial_connections/accounts/{account}/watch:",
	).Replace(string(text))
	for name, text := range map[string]string{"a": string(text), "b": other} {
		spec := filepath.Join(root, name+".yaml")
		put(t, spec, text)
		r, err := generator.Generate(t.Context(), generator.Options{Config: generator.Config{Spec: spec, Out: p.out}})
		require.NoError(t, err)
		p.packages[name] = r.Files
	}
	p.differs(t)
	p.run(t, "a")
	p.writeByHand(t)
	return p
}

// differs holds that files of both packages differ, and each has files that the
// other has not.
func (p *twoDocuments) differs(t *testing.T) {
	t.Helper()
	a, b := p.packages["a"], p.packages["b"]
	changed, added, removed := 0, 0, 0
	for name := range a {
		if _, ok := b[name]; !ok {
			removed++
		} else if !bytes.Equal(a[name], b[name]) {
			changed++
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			added++
		}
	}
	require.Greater(t, min(changed, added, removed), 1, "%d changed, %d added, %d removed", changed, added, removed)
}

// typeCheck checks both packages, each with what is written by hand.
func (p *twoDocuments) typeCheck(t *testing.T) {
	t.Helper()
	std := importer.Default()
	for _, name := range []string{"b", "a"} {
		p.run(t, name)
		fset := token.NewFileSet()
		var files []*ast.File
		for name, text := range p.files(t) {
			file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
			require.NoError(t, err)
			files = append(files, file)
		}
		_, err := (&types.Config{Importer: std}).Check("pkg", fset, files, nil)
		require.NoError(t, err)
	}
}

func (p *twoDocuments) writeByHand(t *testing.T) {
	t.Helper()
	put(t, filepath.Join(p.out, "hand.go"), "package pkg\n\nvar byHand = NewClient\n")
	require.NoError(t, os.MkdirAll(filepath.Join(p.out, "sub"), 0o777))
	put(t, filepath.Join(p.out, "sub", "data.txt"), "by hand")
}

func (p *twoDocuments) command(document string) *exec.Cmd {
	cmd := exec.Command(p.gen, "--spec", document+".yaml", "--out", p.out)
	cmd.Dir = p.root
	return cmd
}

func (p *twoDocuments) run(t *testing.T, document string) {
	t.Helper()
	out, err := p.command(document).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// recover runs again, with the command or what of it is fast, and wants no
// traces of the run before.
func (p *twoDocuments) recover(t *testing.T, document string, command bool) {
	t.Helper()
	if command {
		p.run(t, document)
	} else {
		_, err := output.Write(p.out, p.packages[document])
		require.NoError(t, err)
	}
	require.Equal(t, document, p.which(t))
	require.Empty(t, p.beside(t))
	entries, err := os.ReadDir(p.out)
	require.NoError(t, err)
	require.Len(t, entries, len(p.packages[document])+2)
}

// kill starts a run and kills it after a while: of its beginning, or of the
// moment when it begins to write. It says whether the run was still there.
func (p *twoDocuments) kill(t *testing.T, document string, after time.Duration, sinceWriting bool) bool {
	t.Helper()
	cmd := p.command(document)
	require.NoError(t, cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for begin := time.Now(); time.Since(begin) < after; {
		select {
		case err := <-ended:
			require.NoError(t, err)
			return false
		default:
		}
		switch {
		case !sinceWriting:
			time.Sleep(time.Millisecond / 4)
		case len(p.beside(t)) == 0:
			begin = time.Now()
		}
	}
	cmd.Process.Kill()
	return (<-ended) != nil
}

// beside lists what is around the folder besides.
func (p *twoDocuments) beside(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(p.out))
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		if entry.Name() != filepath.Base(p.out) {
			names = append(names, entry.Name())
		}
	}
	return names
}

// files are the files of the folder, but for the generator's own, by name.
func (p *twoDocuments) files(t *testing.T) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(p.out, "[^.]*.go"))
	require.NoError(t, err)
	files := map[string][]byte{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		files[filepath.Base(path)] = text
	}
	return files
}

// which says which document's package the folder holds, byte for byte, and fails
// if that is none, or if what is written by hand is not there.
func (p *twoDocuments) which(t *testing.T) string {
	t.Helper()
	files := p.files(t)
	require.Equal(t, "package pkg\n\nvar byHand = NewClient\n", string(files["hand.go"]))
	data, err := os.ReadFile(filepath.Join(p.out, "sub", "data.txt"))
	require.NoError(t, err)
	require.Equal(t, "by hand", string(data))
	delete(files, "hand.go")
	for name, want := range p.packages {
		if maps.EqualFunc(files, want, bytes.Equal) {
			return name
		}
	}
	t.Fatalf("a mixture of packages: %q", slices.Sorted(maps.Keys(files)))
	return ""
}
