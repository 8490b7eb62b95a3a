package output

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// kill does what Write does until names were exchanged for the nth time, and
// nothing after that.
func kill(t *testing.T, n int, dir string, files map[string][]byte) {
	t.Helper()
	needsExchange(t)
	at, err := locate(dir)
	require.NoError(t, err)
	p, err := newPlan(at, files, nil)
	require.NoError(t, err)
	s, err := p.stageBeside()
	require.NoError(t, err)
	require.NoError(t, s.(swap).take())
	if n == 2 {
		require.NoError(t, at.settle(at.standIn, at.dir, true))
		require.NoError(t, exchange(at.dir, at.standIn))
	}
}

func newProject(t *testing.T) (dir string) {
	dir = filepath.Join(t.TempDir(), "pkg")
	mustWrite(t, dir, older)
	put(t, dir, "hand.go", []byte("package hand"))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "sub"), 0o777))
	put(t, filepath.Join(dir, "sub"), "data", []byte("mine"))
	return dir
}

func standInOf(dir string) string {
	return filepath.Join(filepath.Dir(dir), prefix+filepath.Base(dir))
}

// recovered runs again, and wants the folder to be what it was, and no traces.
func recovered(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	mustWrite(t, dir, files)
	holds(t, dir, files)
	require.Equal(t, "package hand", read(t, dir, "hand.go"))
	require.Equal(t, "mine", read(t, dir, "sub", "data"))
	require.True(t, inode(t, dir, "sub").IsDir())
	require.Equal(t, []string{"pkg"}, names(t, filepath.Dir(dir)))
	for _, name := range names(t, dir) {
		require.False(t, reserved(name), name)
	}
}

func TestRecoveryAfterEachExchange(t *testing.T) {
	for n := 1; n <= 2; n++ {
		for _, next := range []map[string][]byte{older, newer, pkg("a.go=3", "z.go=3")} {
			dir := newProject(t)
			before := inode(t, dir)
			kill(t, n, dir, newer)
			holds(t, dir, newer)
			require.Equal(t, "mine", read(t, dir, "sub", "data"))
			recovered(t, dir, next)
			require.True(t, os.SameFile(before, inode(t, dir)))
		}
	}
}

// Compare sees what the name leads to, and leaves everything as it is.
func TestCompareBeforeRecovery(t *testing.T) {
	for n := 1; n <= 2; n++ {
		dir := newProject(t)
		kill(t, n, dir, newer)
		beside, within := names(t, filepath.Dir(dir)), names(t, dir)
		changes, err := Compare(dir, newer)
		require.NoError(t, err)
		require.Empty(t, changes)
		changes, err = Compare(dir, older)
		require.NoError(t, err)
		require.Len(t, changes, 4)
		require.Equal(t, beside, names(t, filepath.Dir(dir)))
		require.Equal(t, within, names(t, dir))
		require.Contains(t, beside, prefix+"pkg")
		recovered(t, dir, newer)
	}
}

// Between a kill and the next run there is all the time in the world.
func TestWorkBeforeRecovery(t *testing.T) {
	dir := newProject(t)
	put(t, dir, "deleted.go", []byte("package hand"))
	kill(t, 1, dir, newer)
	require.NoError(t, os.Remove(filepath.Join(dir, "deleted.go")))
	require.NoError(t, os.Remove(filepath.Join(dir, "hand.go")))
	put(t, dir, "hand.go", []byte("package replaced"))
	old := inode(t, dir, "a.go").ModTime().AddDate(-1, 0, 0)
	require.NoError(t, os.Chtimes(filepath.Join(dir, "hand.go"), old, old)) // as mv and cp -p leave it
	put(t, dir, "created.go", []byte("package created"))
	put(t, filepath.Join(dir, "sub"), "more", []byte("mine too"))
	put(t, dir, "a.go", generated("by hand"))
	mustWrite(t, dir, newer)
	holds(t, dir, newer)
	require.NoFileExists(t, filepath.Join(dir, "deleted.go"))
	require.Equal(t, "package replaced", read(t, dir, "hand.go"))
	require.Equal(t, "package created", read(t, dir, "created.go"))
	require.Equal(t, "mine too", read(t, dir, "sub", "more"))
	require.Equal(t, []string{"pkg"}, names(t, filepath.Dir(dir)))
}

func TestRecoveryWithoutTheFolderOrItsStandIn(t *testing.T) {
	dir := newProject(t)
	kill(t, 1, dir, newer)
	require.NoError(t, os.RemoveAll(dir)) // the stand-in: what is beside is the folder
	recovered(t, dir, newer)

	kill(t, 1, dir, older)
	require.NoError(t, os.RemoveAll(standInOf(dir)))
	mustWrite(t, dir, newer)
	holds(t, dir, newer)
	require.Equal(t, []string{"a.go", "added.go", "b.go", "hand.go", "same.go"}, names(t, dir))
}

// A draft never had the folder's name, so nothing of it is of interest.
func TestDraftsAreRemoved(t *testing.T) {
	for _, marked := range []bool{true, false} {
		for _, fresh := range []bool{true, false} {
			dir := newProject(t)
			if fresh {
				require.NoError(t, os.RemoveAll(dir))
			}
			require.NoError(t, os.MkdirAll(standInOf(dir), 0o777))
			if marked {
				require.NoError(t, os.Mkdir(filepath.Join(standInOf(dir), draft), 0o777))
				put(t, standInOf(dir), "a.go", generated("half"))
				put(t, standInOf(dir), "gone.go", []byte("package gone"))
			}
			mustWrite(t, dir, newer)
			holds(t, dir, newer)
			require.NoFileExists(t, filepath.Join(dir, "gone.go"))
			require.Equal(t, []string{"pkg"}, names(t, filepath.Dir(dir)))
		}
	}
}

func TestNewFolderThatLacksItsName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pkg")
	mustWrite(t, standInOf(dir), older)
	mustWrite(t, dir, newer)
	holds(t, dir, newer)
	require.Equal(t, []string{"pkg"}, names(t, filepath.Dir(dir)))
}

func TestLeftoversInside(t *testing.T) {
	dir := newProject(t)
	require.NoError(t, os.Mkdir(filepath.Join(dir, prefix+"123"+temporary), 0o777))
	put(t, filepath.Join(dir, prefix+"123"+temporary), "a.go", generated("half"))
	put(t, dir, prefix+"link"+temporary, generated("half"))
	recovered(t, dir, older)
}

// Who stands in the folder while it is out of the way means the folder.
func TestRunInTheFolderOutOfTheWay(t *testing.T) {
	dir := newProject(t)
	kill(t, 1, dir, newer)
	t.Chdir(standInOf(dir))
	changes, err := Compare(".", newer)
	require.NoError(t, err)
	require.Empty(t, changes)
	mustWrite(t, ".", newer)
	recovered(t, dir, newer)
}

// Two folders of one name can't be both: nothing is lost, and it is said.
func TestFolderReplacedBeforeRecovery(t *testing.T) {
	dir := newProject(t)
	kill(t, 1, dir, newer)
	require.NoError(t, os.Remove(filepath.Join(dir, "sub")))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "sub"), 0o777))
	put(t, filepath.Join(dir, "sub"), "data", []byte("other"))
	for range 2 {
		_, err := Write(dir, newer)
		require.ErrorContains(t, err, "are both there: move one of them away")
		holds(t, dir, newer)
	}
	require.Equal(t, "other", read(t, standInOf(dir), "sub", "data"))
	require.NoError(t, os.RemoveAll(filepath.Join(standInOf(dir), "sub")))
	recovered(t, dir, newer)
}
