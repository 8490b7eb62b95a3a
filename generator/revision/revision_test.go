package revision_test

import (
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/revision"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		arg, rev, path string
		ok             bool
	}{
		{"main:spec/api.yaml", "main", "spec/api.yaml", true},
		{"HEAD~1:./spec/api.yaml", "HEAD~1", "./spec/api.yaml", true},
		{":spec/api.yaml", "", "spec/api.yaml", true},
		{"main@{2026-11-02 10:00}:api.yaml", "main@{2026-11-02 10:00}", "api.yaml", true},
		{"HEAD^{/fix: it}:api.yaml", "HEAD^{/fix: it}", "api.yaml", true},
		{"main:odd:name", "main", "odd:name", true},
		{"a:b", "a", "b", true},
		{"spec/api.yaml", "", "", false},
		{"main", "", "", false},
		{"main:", "main", "", false},
		{`C:\api.yaml`, "", "", false},
		{"c:/api.yaml", "", "", false},
		{"", "", "", false},
	} {
		t.Run(c.arg, func(t *testing.T) {
			rev, path, ok := revision.Split(c.arg)
			require.Equal(t, c.ok, ok)
			if ok {
				require.Equal(t, c.rev, rev)
				require.Equal(t, c.path, path)
			}
		})
	}
}

// repository makes a git repository with two commits, and returns its folder.
// What is on the disk afterwards is in neither.
func repository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	folder, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	for _, name := range []string{"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"} { // as hooks have them
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "A")
		t.Setenv("GIT_"+who+"_EMAIL", "a@example.com")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
	git(t, folder, "init", "--quiet", "--initial-branch=main")
	put(t, folder, "api.yaml", "first")
	put(t, folder, "sub/api.yaml", "first, below")
	put(t, folder, "sub/only.yaml", "here")
	put(t, folder, ":odd *.yaml", "odd")
	if runtime.GOOS != "windows" {
		require.NoError(t, os.Symlink("api.yaml", filepath.Join(folder, "link.yaml")))
	}
	commit(t, folder)
	put(t, folder, "api.yaml", "second")
	commit(t, folder)
	put(t, folder, "api.yaml", "staged")
	git(t, folder, "add", "-A")
	put(t, folder, "api.yaml", "on the disk")
	return folder
}

func commit(t *testing.T, folder string) {
	t.Helper()
	git(t, folder, "add", "-A")
	git(t, folder, "commit", "--quiet", "-m", "a commit")
}

func git(t *testing.T, folder string, args ...string) {
	t.Helper()
	command := exec.Command("git", args...)
	command.Dir = folder
	out, err := command.CombinedOutput()
	require.NoError(t, err, "git %v: %s", args, out)
}

func put(t *testing.T, folder, name, content string) {
	t.Helper()
	path := filepath.Join(folder, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
}

func TestFilesAtARevision(t *testing.T) {
	top := repository(t)
	for _, c := range []struct {
		folder, rev, path string
		content, name     string
		err               string
	}{
		{".", "main", "api.yaml", "second", "main:api.yaml", ""},
		{".", "HEAD~1", "api.yaml", "first", "HEAD~1:api.yaml", ""},
		{".", "", "api.yaml", "staged", ":api.yaml", ""},
		{"sub", "main", "api.yaml", "second", "main:api.yaml", ""},
		{"sub", "main", "./api.yaml", "first, below", "main:./api.yaml", ""},
		{"sub", "main", "../api.yaml", "second", "main:../api.yaml", ""},
		{"sub", "", "./api.yaml", "first, below", ":./api.yaml", ""},
		{"sub", "main", filepath.Join(top, "sub", "api.yaml"), "first, below", "main:sub/api.yaml", ""},
		{"sub", "main", ":odd *.yaml", "odd", "main::odd *.yaml", ""},
		{".", "", ":odd *.yaml", "odd", "::odd *.yaml", ""},
		{".", "main", "no.yaml", "", "main:no.yaml", "there is no such file at main"},
		{".", "", "no.yaml", "", ":no.yaml", "there is no such file in git's index"},
		{"sub", "main", "only.yaml", "", "main:only.yaml", "there is no such file at main: is it main:./only.yaml?"},
		{".", "main", "*.yaml", "", "main:*.yaml", "there is no such file at main"},
		{".", "main", "sub", "", "main:sub", "is no file, but a folder or a submodule"},
		{".", "main", "link.yaml", "", "main:link.yaml", "is a symbolic link at main, which is not followed: name the file itself"},
		{".", "main", "../outside.yaml", "", "main:../outside.yaml", "is outside of the git repository"},
	} {
		t.Run(c.folder+" "+c.rev+":"+c.path, func(t *testing.T) {
			if runtime.GOOS == "windows" && c.path == "link.yaml" {
				t.Skip("links need rights there")
			}
			files, path, err := revision.Open(t.Context(), filepath.Join(top, c.folder), c.rev, c.path)
			require.NoError(t, err)
			require.Equal(t, c.name, files.Name(path))
			f, err := files.Open(t.Context(), path)
			if c.err != "" {
				require.EqualError(t, err, c.err)
				return
			}
			require.NoError(t, err)
			content, err := io.ReadAll(f)
			require.NoError(t, err)
			require.Equal(t, c.content, string(content))
		})
	}
}

func TestMissingFileIsNotExist(t *testing.T) {
	files, path, err := revision.Open(t.Context(), repository(t), "main", "no.yaml")
	require.NoError(t, err)
	_, err = files.Open(t.Context(), path)
	require.ErrorIs(t, err, fs.ErrNotExist)
}

// A file may be called otherwise by now, or be new.
func TestMissingFileThatIsThereNow(t *testing.T) {
	top := repository(t)
	commit(t, top)
	git(t, top, "mv", "sub/api.yaml", "sub/pets.yaml")
	put(t, top, "sub/new.yaml", "new")
	for _, c := range []struct{ path, err string }{
		{"sub/pets.yaml", "there is no such file at main: it was main:sub/api.yaml"},
		{"sub/new.yaml", "there is no such file at main, only on the disk"},
	} {
		files, path, err := revision.Open(t.Context(), filepath.Join(top, "sub"), "main", c.path)
		require.NoError(t, err)
		_, err = files.Open(t.Context(), path)
		require.EqualError(t, err, c.err)
		require.ErrorIs(t, err, fs.ErrNotExist)
	}
}

func TestRevisionsThatAreNotThereYet(t *testing.T) {
	top := repository(t)
	commit(t, top)
	for name, c := range map[string]struct {
		make      []string
		rev, want string
	}{
		"no commits": {[]string{"init", "--quiet"}, "HEAD", `git knows no revision "HEAD" here: commit something first`},
		"a shallow clone": {[]string{"clone", "--quiet", "--depth=1", "file://" + filepath.ToSlash(top)}, "HEAD~1",
			`git knows no revision "HEAD~1" here: this clone has a part of the history alone, fetch the rest with git fetch --unshallow`},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			git(t, folder, append(c.make, filepath.Join(folder, "clone"))...)
			_, _, err := revision.Open(t.Context(), filepath.Join(folder, "clone"), c.rev, "api.yaml")
			require.EqualError(t, err, c.want)
		})
	}
}

func TestConflictInTheIndexIsRefused(t *testing.T) {
	top := repository(t)
	git(t, top, "commit", "--quiet", "-m", "staged")
	git(t, top, "checkout", "--quiet", "--force", "-b", "other", "HEAD~1")
	put(t, top, "api.yaml", "other")
	commit(t, top)
	merge := exec.Command("git", "merge", "main")
	merge.Dir = top
	require.Error(t, merge.Run())
	files, path, err := revision.Open(t.Context(), top, "", "api.yaml")
	require.NoError(t, err)
	_, err = files.Open(t.Context(), path)
	require.EqualError(t, err, "is in conflict in git's index: resolve that first")
}

func TestWhatIsNoRevision(t *testing.T) {
	top := repository(t)
	for _, rev := range []string{"nope", "--help", "main..HEAD", "main:api.yaml"} {
		_, _, err := revision.Open(t.Context(), top, rev, "api.yaml")
		var unknown *revision.UnknownError
		require.ErrorAs(t, err, &unknown, rev)
		require.ErrorContains(t, err, "git knows no revision")
	}
}

func TestOutsideOfARepository(t *testing.T) {
	repository(t) // for what it sets
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(os.TempDir()))
	_, _, err := revision.Open(t.Context(), t.TempDir(), "main", "api.yaml")
	require.ErrorContains(t, err, "main:api.yaml can only be read in a git repository: git says: not a git repository")
}

func TestGitIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, _, err := revision.Open(t.Context(), t.TempDir(), "main", "api.yaml")
	require.ErrorContains(t, err, "git is not installed, or not in PATH")
}
