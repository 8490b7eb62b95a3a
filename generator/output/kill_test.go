//go:build linux || darwin

package output

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	kills       = 200 // a fifth of them with -short
	killFiles   = 60
	handWritten = 20                    // they come first where files are listed
	longest     = 25 * time.Millisecond // until a writer is killed
	shortest    = time.Millisecond      // the longest where that is after an exchange
)

// killedPackages are what the writer that is killed writes in turns. Of them,
// most files differ, some are new and some are gone. The last ones differ in one
// file.
func killedPackages() []map[string][]byte {
	packages := make([]map[string][]byte, 3)
	for i := range packages {
		packages[i] = map[string][]byte{}
		for n := range killFiles {
			if n%7 == i {
				continue
			}
			version := i
			if n%3 == 0 || i == 2 {
				version = 0
			}
			packages[i][fmt.Sprintf("file%d.go", n)] = generated(strings.Repeat(fmt.Sprintf("%d of %d\n", n, version), 200))
		}
	}
	packages = append(packages, map[string][]byte{})
	for name, content := range packages[2] {
		packages[3][name] = content
	}
	packages[3]["file0.go"] = generated("one file of the fourth")
	return packages
}

// TestHelperWriter is no test: it writes packages into the folder that is its
// argument until it is killed.
func TestHelperWriter(t *testing.T) {
	dir, ok := strings.CutPrefix(flag.Arg(0), "write:")
	if !ok {
		t.Skip("runs as the writer that TestKilledWriter kills")
	}
	if at, err := strconv.Atoi(flag.Arg(1)); err == nil {
		killAfterExchange(t, at)
	}
	packages := killedPackages()
	fmt.Println("ready")
	for i := 0; ; i++ {
		mustWrite(t, dir, packages[i%len(packages)], File{Path: dir + ".lock", Content: []byte{byte('0' + i%len(packages))}})
	}
}

// killAfterExchange kills this process shortly after it has exchanged names for
// the nth time: what follows takes less time than the rest, and would hardly
// ever be met.
func killAfterExchange(t *testing.T, at int) {
	delay, err := time.ParseDuration(flag.Arg(2))
	require.NoError(t, err)
	afterExchange(t, func(n int) {
		if n == at {
			go func() {
				for begin := time.Now(); time.Since(begin) < delay; {
				}
				syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}()
		}
	})
}

// A writer that is killed at any moment leaves one package, and what is not
// generated. Every second one has to recover before it writes, and may be killed
// while it does.
func TestKilledWriter(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	parent := t.TempDir()
	dir := filepath.Join(parent, "pkg")
	packages := killedPackages()
	newHandWritten(t, dir)
	folder, left, kills := inode(t, dir), 0, kills
	if testing.Short() {
		kills /= 5
	}
	for i := range kills {
		if i%4 < 2 {
			killWriter(t, time.Duration(random.Int64N(int64(longest))), "write:"+dir)
		} else {
			exchange, delay := random.IntN(4)+1, time.Duration(random.Int64N(int64(shortest)))
			killWriter(t, 0, "write:"+dir, strconv.Itoa(exchange), delay.String())
		}
		at := which(t, dir, packages)
		require.GreaterOrEqual(t, at, 0, "kill %d: a mixture of packages", i)
		checkHandWritten(t, dir)
		if len(names(t, parent)) > 2 {
			left++
		}
		if i%2 == 0 {
			continue
		}
		mustWrite(t, dir, packages[at], File{Path: dir + ".lock", Content: []byte("0")})
		require.Equal(t, at, which(t, dir, packages))
		checkHandWritten(t, dir)
		require.Equal(t, []string{"pkg", "pkg.lock"}, names(t, parent), "kill %d", i)
		require.Len(t, names(t, dir), len(packages[at])+handWritten+2)
		require.True(t, os.SameFile(folder, inode(t, dir)))
	}
	t.Logf("%d of %d kills left something beside the folder", left, kills)
	require.Greater(t, left, kills/10, "the kills come at the wrong moments")
}

// killWriter starts a writer, and kills it, unless it does that by itself.
func killWriter(t *testing.T, after time.Duration, args ...string) {
	t.Helper()
	writer := exec.Command(os.Args[0], append([]string{"-test.run=^TestHelperWriter$", "-test.count=1"}, args...)...)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, writer.Start())
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan(), "the writer did not begin")
	require.Equal(t, "ready", lines.Text())
	if len(args) == 1 {
		time.Sleep(after)
		require.NoError(t, writer.Process.Kill())
	}
	if lines.Scan() {
		t.Errorf("the writer failed: %s", lines.Text())
	}
	writer.Wait()
	require.Equal(t, syscall.SIGKILL, writer.ProcessState.Sys().(syscall.WaitStatus).Signal())
}

func newHandWritten(t *testing.T, dir string) {
	mustWrite(t, dir, killedPackages()[0])
	for i := range handWritten {
		put(t, dir, fmt.Sprintf("a_hand%d.go", i), []byte("package hand"))
	}
	require.NoError(t, os.Symlink("a_hand0.go", filepath.Join(dir, "link")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "sub"), 0o777))
	put(t, filepath.Join(dir, "sub"), "data", []byte("mine"))
}

func checkHandWritten(t *testing.T, dir string) {
	t.Helper()
	for i := range handWritten {
		require.Equal(t, "package hand", read(t, dir, fmt.Sprintf("a_hand%d.go", i)))
	}
	require.Equal(t, "package hand", read(t, dir, "link"))
	require.Equal(t, "mine", read(t, dir, "sub", "data"))
}

// which says which of some packages a folder holds, byte for byte, or -1.
func which(t *testing.T, dir string, packages []map[string][]byte) int {
	t.Helper()
	found := map[string]string{}
	for _, name := range names(t, dir) {
		if strings.HasPrefix(name, "file") {
			found[name] = read(t, dir, name)
		}
	}
	for i, files := range packages {
		equal := len(files) == len(found)
		for name, content := range files {
			equal = equal && found[name] == string(content)
		}
		if equal {
			return i
		}
	}
	return -1
}

func TestPipesInTheWay(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, syscall.Mkfifo(filepath.Join(dir, "a.go"), 0o666))
	_, err := Write(dir, older)
	require.ErrorContains(t, err, "a.go is not a generated file")
}
