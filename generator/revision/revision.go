// Package revision reads files as git has them at a revision or in its index,
// without checking anything out. Split tells what names such a file, and Open
// enters it.
//
// It runs git, which has to be installed, and changes nothing in the repository.
package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Split divides REV:PATH, as git writes a file at a revision. Without a
// revision it is the file in the index. A colon within braces, as in
// main@{10:00}, belongs to the revision, and one after the letter of a drive to
// a path of Windows, which is none of this.
func Split(arg string) (rev, path string, ok bool) {
	if hasDrive(arg) {
		return "", "", false
	}
	depth := 0
	for i, r := range arg {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		case ':':
			if depth <= 0 {
				return arg[:i], arg[i+1:], i+1 < len(arg)
			}
		}
	}
	return "", "", false
}

func hasDrive(arg string) bool {
	if filepath.VolumeName(arg) != "" {
		return true
	}
	return len(arg) > 2 && arg[1] == ':' && strings.ContainsRune(`\/`, rune(arg[2])) && isLetter(arg[0])
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// Files are the files of a repository at a revision. A path is absolute: where
// the file would be if the revision were checked out.
type Files struct {
	git    git
	rev    string // as it was asked for; "" for the index
	tree   string // the id of its tree; "" for the index
	top    string // the repository's folder
	beside bool   // names count from the current folder, as ./ says
}

// Open finds a revision in the repository around a folder, the current one, and
// returns its files with the path of one of them, which is named as in REV:PATH:
// from the repository's folder, or with ./ or ../ from the current one. It may be
// absolute, too. The error tells what is missing: git, a repository or the
// revision. Whether there is such a file only Files.Open tells.
func Open(ctx context.Context, folder, rev, path string) (*Files, string, error) {
	f := &Files{git: git{folder}, rev: rev, beside: isBeside(path)}
	up, err := f.git.run(ctx, "rev-parse", "--show-cdup")
	if err != nil {
		return nil, "", fmt.Errorf("%s can only be read in a git repository: %w", f.spell(path), err)
	}
	f.top = filepath.Join(folder, strings.TrimSpace(string(up)))
	if rev != "" {
		if f.tree, err = f.find(ctx); err != nil {
			return nil, "", err
		}
	}
	return f, f.locate(filepath.FromSlash(path)), nil
}

func (f *Files) locate(path string) string {
	switch {
	case filepath.IsAbs(path):
		return path
	case f.beside:
		return filepath.Join(f.git.folder, path)
	}
	return filepath.Join(f.top, path)
}

func isBeside(path string) bool {
	return path == ".." || strings.HasPrefix(path, "./") || strings.HasPrefix(path, "../")
}

// find returns the id of the revision's tree.
func (f *Files) find(ctx context.Context) (string, error) {
	if strings.HasPrefix(f.rev, "-") {
		return "", &UnknownError{Rev: f.rev}
	}
	id, err := f.git.run(ctx, "rev-parse", "--verify", "--quiet", f.rev+"^{tree}")
	var failed *failure
	if errors.As(err, &failed) {
		shallow, _ := f.git.run(ctx, "rev-parse", "--is-shallow-repository")
		return "", &UnknownError{f.rev, strings.TrimSpace(string(shallow)) == "true"}
	}
	return strings.TrimSpace(string(id)), err
}

// UnknownError tells that the repository has no such revision.
type UnknownError struct {
	Rev     string
	Shallow bool // the repository has a part of the history alone
}

func (e *UnknownError) Error() string {
	return fmt.Sprintf("git knows no revision %q here: %s", e.Rev, e.Advice())
}

// Advice is what there is to do.
func (e *UnknownError) Advice() string {
	switch {
	case e.Shallow:
		return "this clone has a part of the history alone, fetch the rest with git fetch --unshallow"
	case e.Rev == "HEAD":
		return "commit something first"
	}
	return "correct it, or fetch it first"
}

// Name returns a file's name as REV:PATH.
func (f *Files) Name(path string) string {
	from := f.top
	if f.beside {
		from = f.git.folder
	}
	rel, err := filepath.Rel(from, path)
	if err != nil {
		return f.spell(path)
	}
	rel = filepath.ToSlash(rel)
	if f.beside && !isBeside(rel) {
		rel = "./" + rel
	}
	return f.spell(rel)
}

func (f *Files) spell(path string) string { return f.rev + ":" + path }

func (f *Files) where() string {
	if f.rev == "" {
		return "in git's index"
	}
	return "at " + f.rev
}

// Open returns what a file holds. Links are not followed.
func (f *Files) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	found, err := f.look(ctx, path)
	if err != nil {
		return nil, err
	}
	switch {
	case found == nil:
		return nil, f.missing(ctx, path)
	case found.mode == modeLink:
		return nil, fmt.Errorf("is a symbolic link %s, which is not followed: name the file itself", f.where())
	case !strings.HasPrefix(found.mode, modeFile):
		return nil, errors.New("is no file, but a folder or a submodule")
	}
	content, err := f.git.run(ctx, "cat-file", "blob", found.id)
	return io.NopCloser(bytes.NewReader(content)), err
}

// missingError is that there is no such file. It is fs.ErrNotExist.
type missingError struct{ message string }

func (e *missingError) Error() string      { return e.message }
func (*missingError) Is(target error) bool { return target == fs.ErrNotExist }

// missing says that there is no such file, and how the one is spelled that was
// probably meant: git counts from the top of the repository, and files get other
// names.
func (f *Files) missing(ctx context.Context, path string) error {
	message := "there is no such file " + f.where()
	rel, err := filepath.Rel(f.top, path)
	if err == nil && !f.beside {
		if meant, err := f.look(ctx, filepath.Join(f.git.folder, rel)); err == nil && meant != nil {
			message += ": is it " + f.spell("./"+filepath.ToSlash(rel)) + "?"
		}
	}
	if before := f.before(ctx, path); before != "" {
		message += ": it was " + f.Name(before)
	} else if _, err := os.Stat(path); err == nil && f.tree != "" {
		message += ", only on the disk"
	}
	return &missingError{message}
}

// before returns what a file of today was called at the revision, "" where git
// does not know.
func (f *Files) before(ctx context.Context, path string) string {
	rel, err := filepath.Rel(f.top, path)
	if err != nil || f.tree == "" {
		return ""
	}
	listed, err := f.git.run(ctx, "diff", "--no-ext-diff", "--no-relative", "--find-renames", "--diff-filter=R", "--name-status", "-z", f.tree)
	if err != nil {
		return ""
	}
	fields := strings.Split(string(listed), "\x00") // how alike, the old name and the new one, and so on
	for i := 0; i+2 < len(fields); i += 3 {
		if fields[i+2] == filepath.ToSlash(rel) {
			return filepath.Join(f.top, filepath.FromSlash(fields[i+1]))
		}
	}
	return ""
}

// entry is a file as git lists it.
type entry struct{ mode, id string }

const (
	modeFile = "100"
	modeLink = "120000"
)

// look returns a file's entry, or nil where there is none.
func (f *Files) look(ctx context.Context, path string) (*entry, error) {
	rel, err := filepath.Rel(f.top, path)
	if err != nil || !filepath.IsLocal(rel) {
		return nil, errors.New("is outside of the git repository")
	}
	name := filepath.ToSlash(rel)
	args := []string{"ls-tree", "-z", "--full-tree", f.tree, "--", ":(literal)" + name}
	if f.tree == "" {
		args = []string{"ls-files", "-z", "--stage", "--full-name", "--", ":(top,literal)" + name}
	}
	listed, err := f.git.run(ctx, args...)
	if err != nil {
		return nil, err
	}
	for line := range strings.SplitSeq(string(listed), "\x00") {
		about, of, _ := strings.Cut(line, "\t")
		if of == name {
			return f.entry(strings.Fields(about))
		}
	}
	return nil, nil
}

// entry reads "mode type id" of a tree, or "mode id stage" of the index.
func (f *Files) entry(fields []string) (*entry, error) {
	switch {
	case len(fields) != 3:
		return nil, fmt.Errorf("git lists it as %q, which is not understood", fields)
	case f.tree != "":
		return &entry{fields[0], fields[2]}, nil
	case fields[2] != "0":
		return nil, errors.New("is in conflict in git's index: resolve that first")
	}
	return &entry{fields[0], fields[1]}, nil
}
