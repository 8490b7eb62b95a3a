package output

import (
	"io/fs"
	"os"
	"path/filepath"
)

// extras are staged files outside of the folder.
type extras []rename

// rename is a file that has its content, and is to get its name.
type rename struct{ from, to string }

// stageExtra writes the files under temporary names beside their places. On an
// error, it returns what to discard.
func stageExtra(files []File) (extras, error) {
	var out extras
	for _, file := range files {
		to := target(file.Path)
		r := rename{temporaryBeside(to), to}
		out = append(out, r)
		mode, known := fs.FileMode(0), false
		if info, err := os.Stat(to); err == nil {
			mode, known = info.Mode().Perm(), true
		}
		if err := ignoreMissing(os.Remove(r.from)); err != nil { // what a killed run may have left
			return out, err
		}
		if err := writeFile(r.from, file.Content, mode, known); err != nil {
			return out, err
		}
	}
	return out, nil
}

// makeParents makes the folders around what is to be written.
func makeParents(dir string, extra []File) error {
	err := makeParent(dir)
	for _, file := range extra {
		if err == nil {
			err = makeParent(file.Path)
		}
	}
	return err
}

func makeParent(path string) error { return os.MkdirAll(filepath.Dir(filepath.Clean(path)), 0o777) }

// target follows a symbolic link, so that it stays one.
func target(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

func temporaryBeside(path string) string {
	dir, base := filepath.Split(path)
	return filepath.Join(dir, prefix+base+temporary)
}

func (e extras) commit() error {
	for _, r := range e {
		if err := os.Rename(r.from, r.to); err != nil {
			return err
		}
	}
	return nil
}

func (e extras) discard() {
	for _, r := range e {
		os.Remove(r.from)
	}
}

// writeFile writes a new file, with the permissions that are known.
func writeFile(path string, content []byte, mode fs.FileMode, known bool) error {
	err := os.WriteFile(path, content, 0o666)
	if err == nil && known {
		err = os.Chmod(path, mode)
	}
	return err
}

// writeAll writes the planned files into a folder, one after the other: a folder
// takes one new file at a time, and whoever waits for it costs more than they
// would gain.
func (p *plan) writeAll(dir string) error {
	for _, name := range p.write {
		mode, known := p.modes[name]
		if err := writeFile(filepath.Join(dir, name), p.files[name], mode, known); err != nil {
			return err
		}
	}
	return nil
}
