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
		lock := func(text string) File { return File{Path: path, Content: []byte(text)} }

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
	changes, err := Compare(filepath.Join(dir, "pkg"), nil, File{Path: path, Content: []byte("a\n")})
	require.NoError(t, err)
	require.Equal(t, []Change{{Path: path, Kind: Added, New: []byte("a\n")}}, changes)
	require.Empty(t, names(t, dir))

	mustWrite(t, filepath.Join(dir, "pkg"), nil, File{Path: path, Content: []byte("a\n")})
	changes, err = Compare(filepath.Join(dir, "pkg"), nil, File{Path: path, Content: []byte("b\n")})
	require.NoError(t, err)
	require.Equal(t, []Change{{Path: path, Kind: Changed, Old: []byte("a\n"), New: []byte("b\n")}}, changes)
}

// The file may stand in the folder itself, and may be a link.
func TestExtraFileInsideAndLinked(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "pkg")
	inside := filepath.Join(dir, "gen.lock")
	mustWrite(t, dir, older, File{Path: inside, Content: []byte("1")})
	mustWrite(t, dir, newer, File{Path: inside, Content: []byte("2")})
	holds(t, dir, newer)
	require.Equal(t, "2", read(t, inside))

	link := filepath.Join(parent, "link.lock")
	require.NoError(t, os.Symlink("pkg/gen.lock", link))
	mustWrite(t, dir, newer, File{Path: link, Content: []byte("3")})
	require.Equal(t, "3", read(t, inside))
	require.Equal(t, fs.ModeSymlink, inode(t, link).Mode().Type())
	require.Equal(t, []string{"link.lock", "pkg"}, names(t, parent))
}

// An extra file comes first: a run that is killed after it has decided.
func TestExtraFilesComeFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pkg")
	path := filepath.Join(filepath.Dir(dir), "gen.lock")
	mustWrite(t, dir, older, File{Path: path, Content: []byte("1")})
	afterExchange(t, func(int) { require.Equal(t, "2", read(t, path)) })
	mustWrite(t, dir, newer, File{Path: path, Content: []byte("2")})
}

// A file that can't be written keeps the folder from being changed, and the
// other way around.
func TestExtraFilesAreStagedWithTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pkg")
	path := filepath.Join(filepath.Dir(dir), "gen.lock")
	mustWrite(t, dir, older, File{Path: path, Content: []byte("1")})
	inTheWay := File{Path: filepath.Join(path, "x"), Content: []byte("x")}
	_, err := Write(dir, newer, File{Path: path, Content: []byte("2")}, inTheWay)
	require.Error(t, err)
	holds(t, dir, older)
	require.Equal(t, "1", read(t, path))

	put(t, dir, "added.go", []byte("package hand"))
	_, err = Write(dir, newer, File{Path: path, Content: []byte("2")})
	require.ErrorContains(t, err, "added.go is not a generated file")
	require.Equal(t, "1", read(t, path))
}

func TestExtraFilesThatOthersChange(t *testing.T) {
	for name, test := range map[string]struct {
		was  []byte
		have string // "" for none
		ok   bool
	}{
		"as it was":            {was: []byte("old"), have: "old", ok: true},
		"as it becomes":        {was: []byte("old"), have: "new", ok: true},
		"changed":              {was: []byte("old"), have: "other"},
		"removed":              {was: []byte("old")},
		"still not there":      {was: []byte{}, ok: true},
		"there by now":         {was: []byte{}, have: "other"},
		"whatever it has been": {have: "other", ok: true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path, out := filepath.Join(dir, "names.lock"), filepath.Join(dir, "api")
			if test.have != "" {
				if err := os.WriteFile(path, []byte(test.have), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			_, err := Write(out, map[string][]byte{"a.go": generated("a")}, File{Path: path, Content: []byte("new"), Was: test.was})
			if test.ok {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || err.Error() != path+" changed while this ran: run again" {
				t.Fatalf("the error is %v", err)
			}
			if have, _ := os.ReadFile(path); string(have) != test.have {
				t.Errorf("it is %q now", have)
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("the package was written")
			}
		})
	}
}
