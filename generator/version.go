package generator

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/oaken-go/oaken/generator/emit"
	"github.com/oaken-go/oaken/generator/output"
	"github.com/oaken-go/oaken/templates"
)

// Version is the version of the generator. It changes with what is generated
// from a document, the support code included.
const Version = "0.1.0"

// Change is a file that differs from what would be generated.
type Change = output.Change

// Origin tells what differences come from, as far as the package in the folder
// says: the version of the generator that wrote it, another build of that
// version, or an edit of the support code. It is empty where they are what a
// changed document, or an edit, leaves.
func Origin(changes []Change) string {
	var support, others []string
	core := Change{}
	for _, c := range changes {
		name := filepath.Base(c.Path)
		if strings.HasPrefix(name, templates.Prefix) {
			support = append(support, name)
		} else {
			others = append(others, name)
		}
		if name == emit.Stamped {
			core = c
		}
	}
	if core.Kind != output.Changed && (core.Kind != "" || len(support) == 0) {
		return "" // who wrote the package is not known, or of no interest
	}
	by, known := stamp(core.Old)
	switch another := known && by != Version; {
	case !another && len(others) == 0:
		return fmt.Sprintf("only support code differs, and both are of oaken %s: another build of it, or an edit by hand", Version)
	case !another:
		return ""
	case len(others) > 0:
		return fmt.Sprintf("%s: some of the differences may come from that\n  support code: %s\n  made from the document: %s",
			written(by), strings.Join(support, ", "), strings.Join(others, ", "))
	case len(support) > 1 || !bytes.Equal(rest(core.Old), rest(core.New)):
		return written(by) + ": only support code differs"
	default:
		return written(by) + ": nothing else differs"
	}
}

var stamped = regexp.MustCompile(`^` + output.Header + `(?: (\S+))?\. DO NOT EDIT\.\r?\n`)

// stamp reads the version in the header of a file; before the first version,
// there was none.
func stamp(text []byte) (version string, known bool) {
	m := stamped.FindSubmatch(text)
	if m == nil {
		return "", false
	}
	return string(m[1]), true
}

// rest is what follows the first line.
func rest(text []byte) []byte {
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	return rest
}

func written(by string) string {
	if by == "" {
		return "written by an oaken before 0.1.0, this is " + Version
	}
	return fmt.Sprintf("written by oaken %s, this is %s", by, Version)
}
