package output

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// ways are the ways in which a folder gets its files: as the system allows, and
// with what a system may lack.
var ways = map[string]func(t *testing.T){
	"as the system allows": func(*testing.T) {},
	"without exchange":     func(t *testing.T) { replaceExchange(t, func(a, b string) error { return syscall.ENOSYS }) },
	"on a mount point":     func(t *testing.T) { replaceExchange(t, func(a, b string) error { return syscall.EBUSY }) },
	"on another system":    func(t *testing.T) { replaceExchange(t, nil) },
	"without hard links": func(t *testing.T) {
		hardLink = func(a, b string) error { return &os.LinkError{Op: "link", Old: a, New: b, Err: syscall.EPERM} }
		t.Cleanup(func() { hardLink = os.Link })
	},
	"with the stand-in's name too long": nil,
}

func eachWay(t *testing.T, test func(t *testing.T, dir string)) {
	for _, name := range slices.Sorted(maps.Keys(ways)) {
		t.Run(name, func(t *testing.T) {
			base := "pkg"
			if prepare := ways[name]; prepare != nil {
				prepare(t)
			} else {
				base = strings.Repeat("p", 250)
			}
			dir := filepath.Join(t.TempDir(), base)
			require.NoError(t, os.Mkdir(dir, 0o777))
			test(t, dir)
			require.Equal(t, []string{base}, names(t, filepath.Dir(dir)), "traces beside the folder")
		})
	}
}

func replaceExchange(t *testing.T, f func(a, b string) error) {
	exchange = f
	t.Cleanup(func() { exchange = exchangeNames })
}

// needsExchange skips what other systems don't do.
func needsExchange(t *testing.T) {
	t.Helper()
	if exchangeNames == nil {
		t.Skip("this system can't exchange names")
	}
}

// afterExchange makes something happen whenever names have been exchanged.
func afterExchange(t *testing.T, happens func(n int)) {
	needsExchange(t)
	n := 0
	replaceExchange(t, func(a, b string) error {
		err := exchangeNames(a, b)
		n++
		happens(n)
		return err
	})
}

func read(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(path...))
	require.NoError(t, err)
	return string(content)
}

func inode(t *testing.T, path ...string) fs.FileInfo {
	t.Helper()
	info, err := os.Lstat(filepath.Join(path...))
	require.NoError(t, err)
	return info
}

func pkg(bodies ...string) map[string][]byte {
	files := map[string][]byte{}
	for _, body := range bodies {
		name, text, _ := strings.Cut(body, "=")
		files[name] = generated(text)
	}
	return files
}

func mustWrite(t *testing.T, dir string, files map[string][]byte, extra ...File) Result {
	t.Helper()
	got, err := Write(dir, files, extra...)
	require.NoError(t, err)
	return got
}

var (
	older = pkg("a.go=1", "b.go=1", "same.go=1", "stale.go=1")
	newer = pkg("a.go=2", "b.go=2", "same.go=1", "added.go=2")
)

func holds(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	for name, content := range files {
		require.Equal(t, string(content), read(t, dir, name), name)
	}
	for _, name := range names(t, dir) {
		if content, err := os.ReadFile(filepath.Join(dir, name)); err == nil && strings.HasPrefix(string(content), Header) {
			require.Contains(t, files, name)
		}
	}
}

func TestWriteKeepsWhatIsNotGenerated(t *testing.T) {
	eachWay(t, func(t *testing.T, dir string) {
		mustWrite(t, dir, older)
		foreign := []string{"hand.go", "read only.go", "-x.go", ".hidden", "ünï\n.txt", "link.go", "nowhere", "folder", "sub"}
		for i, name := range foreign[:5] {
			put(t, dir, name, []byte("package hand"))
			require.NoError(t, os.Chmod(filepath.Join(dir, name), fs.FileMode(0o400+i)))
		}
		require.NoError(t, os.Symlink("hand.go", filepath.Join(dir, "link.go")))
		require.NoError(t, os.Symlink("no/such/file", filepath.Join(dir, "nowhere")))
		require.NoError(t, os.Symlink("..", filepath.Join(dir, "folder")))
		require.NoError(t, os.MkdirAll(filepath.Join(dir, "sub", "deeper"), 0o777))
		put(t, filepath.Join(dir, "sub", "deeper"), "generated.go", generated("of another run"))
		before := map[string]fs.FileInfo{".": inode(t, dir)}
		for _, name := range append(foreign, "same.go") {
			before[name] = inode(t, dir, name)
		}

		got := mustWrite(t, dir, newer)
		require.Equal(t, Result{Written: []string{"a.go", "added.go", "b.go"}, Removed: []string{"stale.go"}, Unchanged: 1}, got)
		holds(t, dir, newer)
		require.Len(t, names(t, dir), len(newer)+len(foreign))
		for name, info := range before {
			now := inode(t, dir, name)
			require.True(t, os.SameFile(info, now), name)
			require.Equal(t, info.Mode(), now.Mode(), name)
			if name != "." && name != "sub" {
				require.Equal(t, info.ModTime(), now.ModTime(), name)
			}
		}
		require.Equal(t, string(generated("of another run")), read(t, dir, "sub", "deeper", "generated.go"))
		text, err := os.Readlink(filepath.Join(dir, "nowhere"))
		require.NoError(t, err)
		require.Equal(t, "no/such/file", text)
	})
}

func TestWriteKeepsPermissions(t *testing.T) {
	eachWay(t, func(t *testing.T, dir string) {
		mustWrite(t, dir, older)
		require.NoError(t, os.Chmod(filepath.Join(dir, "a.go"), 0o440))
		require.NoError(t, os.Chmod(dir, 0o750))
		mustWrite(t, dir, newer)
		require.Equal(t, fs.FileMode(0o440), inode(t, dir, "a.go").Mode())
		require.Equal(t, fs.FileMode(0o750), inode(t, dir).Mode().Perm())
		mustWrite(t, dir, pkg("a.go=3", "b.go=2", "same.go=1", "added.go=2"))
		require.Equal(t, fs.FileMode(0o440), inode(t, dir, "a.go").Mode())
	})
}

// What has the header and is no longer wanted goes; what only looks like it
// stays.
func TestStaleFiles(t *testing.T) {
	eachWay(t, func(t *testing.T, dir string) {
		put(t, dir, "stale.go", generated("x"))
		put(t, dir, "stale_test.go", generated("x"))
		put(t, dir, "short.go", []byte(Header[:10]))
		put(t, dir, "later.go", append([]byte("\n"), generated("x")...))
		put(t, dir, "notes.txt", generated("x"))
		require.NoError(t, os.Mkdir(filepath.Join(dir, "folder.go"), 0o777))
		require.NoError(t, os.Symlink("notes.txt", filepath.Join(dir, "link.go")))
		got := mustWrite(t, dir, pkg("new.go=1"))
		require.Equal(t, []string{"stale.go", "stale_test.go"}, got.Removed)
		require.Equal(t, []string{"folder.go", "later.go", "link.go", "new.go", "notes.txt", "short.go"}, names(t, dir))
	})
}

// A single name is changed at one stroke anyway: nothing is exchanged.
func TestOneChangeIsOneRename(t *testing.T) {
	needsExchange(t)
	dir := t.TempDir()
	mustWrite(t, dir, pkg("a.go=1", "b.go=1"))
	replaceExchange(t, func(a, b string) error {
		t.Error("names were exchanged")
		return syscall.ENOSYS
	})
	for _, files := range []map[string][]byte{pkg("a.go=2", "b.go=1"), pkg("a.go=2"), pkg("a.go=2", "c.go=1")} {
		mustWrite(t, dir, files)
		holds(t, dir, files)
	}
	require.Equal(t, []string{"a.go", "c.go"}, names(t, dir))
	require.Equal(t, []string{filepath.Base(dir)}, names(t, filepath.Dir(dir)))
}

func TestPackageIsWholeAtEachExchange(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, older)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "sub"), 0o777))
	put(t, filepath.Join(dir, "sub"), "data", []byte("mine"))
	require.NoError(t, os.Chmod(dir, 0o710))
	exchanges := 0
	afterExchange(t, func(n int) {
		exchanges = n
		holds(t, dir, newer)
		require.Equal(t, fs.FileMode(0o710), inode(t, dir).Mode().Perm())
		require.Equal(t, "mine", read(t, dir, "sub", "data"))
	})
	mustWrite(t, dir, newer)
	require.Equal(t, 2, exchanges)
}

// The names are taken up by other programs while the stand-in has the folder's.
func TestWhatOthersDoMeanwhile(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, older)
	for _, name := range []string{"saved.go", "written.go", "deleted.go", "kept.go"} {
		put(t, dir, name, []byte("package old"))
	}
	inside, err := os.OpenRoot(dir) // as a shell stands in the folder
	require.NoError(t, err)
	defer inside.Close()
	afterExchange(t, func(n int) {
		if n == 2 {
			put(t, filepath.Join(filepath.Dir(dir), prefix+filepath.Base(dir)), "late.go", []byte("package new"))
			return
		}
		put(t, dir, "saved.go~", []byte("package new"))
		require.NoError(t, os.Rename(filepath.Join(dir, "saved.go~"), filepath.Join(dir, "saved.go")))
		put(t, dir, "written.go", []byte("package new"))
		put(t, dir, "created.go", []byte("package new"))
		require.NoError(t, os.Mkdir(filepath.Join(dir, "made"), 0o777))
		put(t, filepath.Join(dir, "made"), "x", []byte("new"))
		require.NoError(t, os.Remove(filepath.Join(dir, "deleted.go")))
		require.NoError(t, inside.WriteFile("inside.go", []byte("package new"), 0o666))
	})
	mustWrite(t, dir, newer)
	holds(t, dir, newer)
	for _, name := range []string{"saved.go", "written.go", "created.go", "inside.go", "late.go"} {
		require.Equal(t, "package new", read(t, dir, name), name)
	}
	require.Equal(t, "package old", read(t, dir, "kept.go"))
	require.Equal(t, "new", read(t, dir, "made", "x"))
	require.NoFileExists(t, filepath.Join(dir, "deleted.go"))
	require.Equal(t, []string{filepath.Base(dir)}, names(t, filepath.Dir(dir)))
}

func TestSymbolicLinkToTheFolder(t *testing.T) {
	parent := t.TempDir()
	dir, link := filepath.Join(parent, "a", "real"), filepath.Join(parent, "b", "link")
	require.NoError(t, os.MkdirAll(dir, 0o777))
	require.NoError(t, os.Mkdir(filepath.Dir(link), 0o777))
	require.NoError(t, os.Symlink("../a/real", link))
	mustWrite(t, link, older)
	mustWrite(t, link, newer)
	holds(t, dir, newer)
	require.Equal(t, fs.ModeSymlink, inode(t, link).Mode().Type())
	require.Equal(t, []string{"link"}, names(t, filepath.Dir(link)))
	require.Equal(t, []string{"real"}, names(t, filepath.Dir(dir)))

	require.NoError(t, os.RemoveAll(dir))
	_, err := Write(link, newer)
	require.ErrorContains(t, err, "link is a symbolic link that leads nowhere: make the folder that it names")
}

func TestCurrentFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pkg")
	require.NoError(t, os.Mkdir(dir, 0o777))
	t.Chdir(dir)
	mustWrite(t, ".", older)
	mustWrite(t, ".", newer)
	holds(t, ".", newer)
	holds(t, dir, newer)
}

// An error before the names are exchanged changes nothing.
func TestErrorsChangeNothing(t *testing.T) {
	long := strings.Repeat("z", 300) + ".go"
	eachWay(t, func(t *testing.T, dir string) {
		mustWrite(t, dir, older)
		files := maps.Clone(newer)
		files[long] = generated("x")
		_, err := Write(dir, files, File{Path: filepath.Join(filepath.Dir(dir), "x.lock"), Content: []byte("x")})
		require.ErrorContains(t, err, "name too long")
		holds(t, dir, older)
		require.Len(t, names(t, dir), len(older))
	})
}

func TestThingsInTheWay(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "a.go"), 0o777))
	_, err := Write(dir, newer)
	require.ErrorContains(t, err, "a.go is not a generated file")

	beside := filepath.Join(filepath.Dir(dir), prefix+filepath.Base(dir))
	require.NoError(t, os.Mkdir(beside, 0o777))
	put(t, beside, "x", nil)
	_, err = Write(dir, newer)
	require.ErrorContains(t, err, "is in the way, and was not made by oaken: move it away")
	require.FileExists(t, filepath.Join(beside, "x"))
}

// What keeps the folder locked for good, such as the flock that a run was started
// from, is no reason to wait for good.
func TestFolderThatStaysLocked(t *testing.T) {
	needsExchange(t)
	was := patience
	patience = 0
	defer func() { patience = was }()
	parent := t.TempDir()
	unlock, ok, err := lock(parent, true)
	require.NoError(t, err)
	require.True(t, ok)
	_, wrote := Write(filepath.Join(parent, "pkg"), older)
	_, compared := Compare(filepath.Join(parent, "pkg"), older)
	unlock()
	require.ErrorContains(t, wrote, parent+" is locked")
	require.ErrorContains(t, compared, parent+" is locked")
	require.Empty(t, names(t, parent))
	mustWrite(t, filepath.Join(parent, "pkg"), older)
}

// A run waits for one that exchanges a folder around its own.
func TestRunsInsideOneAnother(t *testing.T) {
	needsExchange(t)
	parent := t.TempDir()
	dirs := []string{filepath.Join(parent, "pkg"), filepath.Join(parent, "pkg", "sub", "pkg")}
	var wait sync.WaitGroup
	errs := make([]error, len(dirs))
	for i, dir := range dirs {
		mustWrite(t, dir, older)
		wait.Go(func() {
			for n := range 60 {
				_, err := Write(dir, []map[string][]byte{newer, older}[n%2])
				errs[i] = errors.Join(errs[i], err)
			}
		})
	}
	wait.Wait()
	require.NoError(t, errors.Join(errs...))
	for _, dir := range dirs {
		holds(t, dir, older)
	}
	require.Equal(t, []string{"pkg"}, names(t, parent))
	require.Equal(t, []string{"pkg"}, names(t, filepath.Join(parent, "pkg", "sub")))
}

// Each run ends with a package that is whole, and so do all of them.
func TestManyRunsAtOnce(t *testing.T) {
	for _, fresh := range []bool{true, false} {
		parent := t.TempDir()
		dir := filepath.Join(parent, "pkg")
		if !fresh {
			mustWrite(t, dir, pkg("a.go=0", "b.go=0", "other.go=0"))
			put(t, dir, "hand.go", []byte("package hand"))
		}
		var wait sync.WaitGroup
		errs := make([]error, 16)
		for i := range errs {
			wait.Go(func() {
				files := older
				if i%2 == 0 {
					files = newer
				}
				_, err := Write(dir, files)
				_, compared := Compare(dir, files)
				errs[i] = errors.Join(err, compared)
			})
		}
		wait.Wait()
		require.NoError(t, errors.Join(errs...))
		files := older
		if _, err := os.Stat(filepath.Join(dir, "added.go")); err == nil {
			files = newer
		}
		holds(t, dir, files)
		require.Equal(t, []string{"pkg"}, names(t, parent))
	}
}

// Where nothing can be locked, runs that make one folder all succeed.
func TestFolderAppears(t *testing.T) {
	for range 20 {
		at, err := locate(filepath.Join(t.TempDir(), "pkg"))
		require.NoError(t, err)
		var runs sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			runs.Go(func() { _, errs[i] = at.unlocked().write(newer, nil, false) })
		}
		runs.Wait()
		require.NoError(t, errors.Join(errs...))
		holds(t, at.dir, newer)
		require.Len(t, names(t, at.dir), len(newer))
		require.Equal(t, []string{"pkg"}, names(t, at.parent))
	}
}
