package output

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func generated(body string) []byte { return []byte(Header + ". DO NOT EDIT.\n\n" + body) }

func put(t *testing.T, dir, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), content, 0o666); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, entry := range entries {
		out = append(out, entry.Name())
	}
	return out
}

func TestWriteTouchesOnlyWhatDiffers(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "same.go", generated("same"))
	put(t, dir, "stale.go", generated("stale"))
	put(t, dir, "hand.go", []byte("package hand\n"))
	put(t, dir, "notes.txt", generated("looks generated, is no Go file"))
	before, _ := os.Stat(filepath.Join(dir, "same.go"))

	got, err := Write(dir, map[string][]byte{"same.go": generated("same"), "new.go": generated("new")})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Written, []string{"new.go"}) || !slices.Equal(got.Removed, []string{"stale.go"}) || got.Unchanged != 1 {
		t.Errorf("result %+v", got)
	}
	if want := []string{"hand.go", "new.go", "notes.txt", "same.go"}; !slices.Equal(names(t, dir), want) {
		t.Errorf("folder holds %v, want %v", names(t, dir), want)
	}
	after, _ := os.Stat(filepath.Join(dir, "same.go"))
	if !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("an unchanged file was written")
	}
}

func TestWriteRefusesForeignFiles(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "account.go", []byte("package mine\n"))
	_, err := Write(dir, map[string][]byte{"account.go": generated("x"), "other.go": generated("y")})
	if err == nil || !strings.Contains(err.Error(), "account.go is not a generated file") {
		t.Fatalf("error %v", err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"account.go"}) {
		t.Errorf("folder holds %v", got)
	}
}

func TestWriteMakesTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	if _, err := Write(dir, map[string][]byte{"x.go": generated("x")}); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"x.go"}) {
		t.Errorf("folder holds %v", got)
	}
}

// What is not generated may be large, and is not read beyond its beginning.
func TestForeignFilesAreNotRead(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "large.go", []byte("package mine\n"))
	put(t, dir, "short.go", nil)
	if err := os.Truncate(filepath.Join(dir, "large.go"), 1<<42); err != nil {
		t.Skip(err)
	}
	if _, err := Write(dir, map[string][]byte{"x.go": generated("x")}); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"large.go", "short.go", "x.go"}) {
		t.Errorf("folder holds %v", got)
	}
}

// What can't be the folder is named as the caller named it.
func TestWhatIsNoFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, ".", "file", nil)
	if err := os.Symlink("loop", "loop"); err != nil {
		t.Skip(err)
	}
	for _, dir := range []string{"file", filepath.Join("file", "below"), "loop"} {
		_, wrote := Write(dir, map[string][]byte{"x.go": generated("x")})
		_, compared := Compare(dir, nil)
		for _, err := range []error{wrote, compared} {
			if err == nil || !strings.HasPrefix(err.Error(), dir+" can't be a folder: ") {
				t.Errorf("%s: the error is %v", dir, err)
			}
		}
	}
}

// A name that is too long for the file system fails while files are staged.
func TestWriteFailsWithoutATrace(t *testing.T) {
	parent := t.TempDir()
	files := map[string][]byte{"a.go": generated("a"), strings.Repeat("z", 300) + ".go": generated("z")}
	for _, dir := range []string{filepath.Join(parent, "new"), parent} {
		if _, err := Write(dir, files); err == nil {
			t.Fatal("no error")
		}
		if got := names(t, parent); len(got) > 0 {
			t.Errorf("left behind: %v", got)
		}
	}
}

// Of several errors, the one that comes first by name is reported.
func TestErrorsDoNotDependOnTiming(t *testing.T) {
	long := func(first string) string { return first + strings.Repeat("z", 300) + ".go" }
	for range 20 {
		_, err := Write(t.TempDir(), map[string][]byte{"0.go": generated("0"), long("a"): nil, long("b"): nil, long("c"): nil})
		if err == nil || !strings.Contains(err.Error(), "/az") {
			t.Fatalf("the error is %v", err)
		}
		dir := t.TempDir()
		for _, name := range []string{"a.go", "b.go", "c.go"} {
			if err := os.Mkdir(filepath.Join(dir, name), 0o777); err != nil {
				t.Fatal(err)
			}
		}
		_, err = Write(dir, map[string][]byte{"0.go": nil, "a.go": nil, "b.go": nil, "c.go": nil})
		if err == nil || !strings.Contains(err.Error(), "a.go") {
			t.Fatalf("the error is %v", err)
		}
	}
}

func TestNamesStayInside(t *testing.T) {
	for _, name := range []string{"../x.go", "a/b.go", "/etc/x.go", ".."} {
		if _, err := Write(t.TempDir(), map[string][]byte{name: nil}); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestCompare(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "same.go", generated("same"))
	put(t, dir, "stale.go", generated("stale\n"))
	put(t, dir, "changed.go", generated("old\n"))
	got, err := Compare(dir, map[string][]byte{
		"same.go": generated("same"), "changed.go": generated("new\n"), "added.go": generated("added\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, c := range got {
		kinds = append(kinds, filepath.Base(c.Path)+" "+string(c.Kind))
	}
	if want := []string{"added.go added", "changed.go changed", "stale.go removed"}; !slices.Equal(kinds, want) {
		t.Fatalf("changes %v, want %v", kinds, want)
	}
	if !strings.Contains(got[1].Diff(), "-old\n+new\n") || !strings.Contains(got[0].Diff(), "/dev/null") {
		t.Errorf("diffs %q, %q", got[0].Diff(), got[1].Diff())
	}
	if got := names(t, dir); len(got) != 3 {
		t.Errorf("comparing changed the folder: %v", got)
	}
}

func TestDiffsAndLines(t *testing.T) {
	for _, row := range []struct {
		change       Change
		diff         string
		gained, lost int
	}{
		{Change{"x", Added, nil, []byte("a\nb\n")}, "--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n", 2, 0},
		{Change{"x", Removed, []byte("a\n"), nil}, "--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", 0, 1},
		{Change{"x", Changed, []byte("a\nb\nc\n"), []byte("a\nB\nB\nc\n")}, "--- a/x\n+++ b/x\n@@ -1,3 +1,4 @@\n a\n-b\n+B\n+B\n c\n", 2, 1},
		{Change{"x", Changed, []byte("a\n"), []byte("a")}, "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n", 1, 1},
		{Change{"x", Changed, nil, []byte("a\n")}, "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n", 1, 0},
	} {
		if got := row.change.Diff(); got != row.diff {
			t.Errorf("diff\n%s\nwant\n%s", got, row.diff)
		}
		if gained, lost := row.change.Lines(); gained != row.gained || lost != row.lost {
			t.Errorf("%s: +%d -%d, want +%d -%d", row.diff, gained, lost, row.gained, row.lost)
		}
	}
}
