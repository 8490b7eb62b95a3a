package output

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExtraFiles(t *testing.T) {
	eachWay(t, func(t *testing.T, dir string) {
		path := filepath.Join(t.TempDir(), "conf", "gen.lock")
		lock := func(text string) File { return File{path, []byte(text)} }

		got := mustWrite(t, dir, older, lock("1"))
		require.Equal(t, []string{path, "a.go", "b.go", "same.go", "stale.go"}, got.Written)
		require.NoError(t, os.Chmod(path, 0o640))
		before := inode(t, path)
		got = mustWrite(t, dir, newer, lock("1"))
		require.NotContains(t, got.Written, path)
		require.True(t, os.SameFile(before, inode(t, path)), "what is the same was written")

		got = mustWrite(t, dir, newer, lock("2")) // alone
		require.Equal(t, Result{Written: []string{path}, Unchanged: len(newer)}, got)
		require.Equal(t, "2", read(t, path))
		require.Equal(t, fs.FileMode(0o640), inode(t, path).Mode())
		require.Equal(t, []string{"gen.lock"}, names(t, filepath.Dir(path)))
	})
}

func TestCompareExtraFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "conf", "gen.lock")
	changes, err := Compare(filepath.Join(dir, "pkg"), nil, File{path, []byte("a\n")})
	require.NoError(t, err)
	require.Equal(t, []Change{{Name: path, Kind: Added, New: []byte("a\n")}}, changes)
	require.Empty(t, names(t, dir))

	mustWrite(t, filepath.Join(dir, "pkg"), nil, File{path, []byte("a\n")})
	changes, err = Compare(filepath.Join(dir, "pkg"), nil, File{path, []byte("b\n")})
	require.NoError(t, err)
	require.Equal(t, []Change{{Name: path, Kind: Changed, Old: []byte("a\n"), New: []byte("b\n")}}, changes)
}

// The file may stand in the folder itself, and may be a link.
func TestExtraFileInsideAndLinked(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "pkg")
	inside := filepath.Join(dir, "gen.lock")
	mustWrite(t, dir, older, File{inside, []byte("1")})
	mustWrite(t, dir, newer, File{inside, []byte("2")})
	holds(t, dir, newer)
	require.Equal(t, "2", read(t, inside))

	link := filepath.Join(parent, "link.lock")
	require.NoError(t, os.Symlink("pkg/gen.lock", link))
	mustWrite(t, dir, newer, File{link, []byte("3")})
	require.Equal(t, "3", read(t, inside))
	require.Equal(t, fs.ModeSymlink, inode(t, link).Mode().Type())
	require.Equal(t, []string{"link.lock", "pkg"}, names(t, parent))
}

// An extra file comes first: a run that is killed after it has decided.
func TestExtraFilesComeFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pkg")
	path := filepath.Join(filepath.Dir(dir), "gen.lock")
	mustWrite(t, dir, older, File{path, []byte("1")})
	afterExchange(t, func(int) { require.Equal(t, "2", read(t, path)) })
	mustWrite(t, dir, newer, File{path, []byte("2")})
}

// A file that can't be written keeps the folder from being changed, and the
// other way around.
func TestExtraFilesAreStagedWithTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pkg")
	path := filepath.Join(filepath.Dir(dir), "gen.lock")
	mustWrite(t, dir, older, File{path, []byte("1")})
	inTheWay := File{filepath.Join(path, "x"), []byte("x")}
	_, err := Write(dir, newer, File{path, []byte("2")}, inTheWay)
	require.Error(t, err)
	holds(t, dir, older)
	require.Equal(t, "1", read(t, path))

	put(t, dir, "added.go", []byte("package hand"))
	_, err = Write(dir, newer, File{path, []byte("2")})
	require.ErrorContains(t, err, "added.go is not a generated file")
	require.Equal(t, "1", read(t, path))
}
