package lock

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/names"
)

// Read reads a lock file, and returns its text as well. One that is not there
// has no names, and no text. Where the list is not empty, the file can't be used.
func Read(path string) (*File, []byte, diag.List) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newFile(path), nil, nil
	}
	if err != nil {
		r := reader{file: newFile(path)}
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		r.report(diag.Pos{}, "can't be read: %v", err)
		return r.file, nil, r.found
	}
	f, found := Parse(path, text)
	return f, text, found
}

// Parse is Read for a text that is read already.
func Parse(path string, text []byte) (*File, diag.List) {
	r := reader{file: newFile(path), lines: map[string]*yaml.Node{}, named: map[string]int{}}
	if at := conflict(string(text)); at > 0 {
		r.report(diag.Pos{Line: at, Col: 1}, "there is a merge conflict here: keep the lines of both sides, and run gen")
		return r.file, r.found
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		pos, message := placeOf(err)
		r.report(pos, "is not YAML: %s: restore the file, or delete it to give up its names", message)
		return r.file, r.found
	}
	if len(root.Content) > 0 {
		r.root(root.Content[0])
	}
	return r.file, r.found.Sorted()
}

// conflict returns the line of the first mark of a merge conflict, 0 for none.
func conflict(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		n++
		if strings.HasPrefix(line, "<<<<<<< ") || strings.HasPrefix(line, ">>>>>>> ") || strings.TrimSpace(line) == "=======" {
			return n
		}
	}
	return 0
}

var linePrefix = regexp.MustCompile(`^line (\d+): `)

// placeOf takes the line out of what the YAML library says.
func placeOf(err error) (diag.Pos, string) {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	m := linePrefix.FindStringSubmatch(message)
	if m == nil {
		return diag.Pos{Line: 1, Col: 1}, message
	}
	line, _ := strconv.Atoi(m[1])
	return diag.Pos{Line: line, Col: 1}, message[len(m[0]):]
}

// reader reads a file, and collects its problems.
type reader struct {
	file  *File
	lines map[string]*yaml.Node // the values, by section and key
	named map[string]int        // the lines of names, by section and name
	found diag.List
}

func (r *reader) report(pos diag.Pos, format string, args ...any) {
	pos.File = r.file.path
	r.found = append(r.found, diag.Diagnostic{Pos: pos, Code: "lock", Message: fmt.Sprintf(format, args...)})
}

func position(n *yaml.Node) diag.Pos { return diag.Pos{Line: n.Line, Col: n.Column} }

// root reads the whole file: a mapping of sections. After a merge, one can be
// there twice.
func (r *reader) root(n *yaml.Node) {
	r.each(n, "the file", func(key, value *yaml.Node) {
		if !slices.Contains(sections, key.Value) {
			r.report(position(key), "there is no section %q: write one of %s", key.Value, strings.Join(sections, ", "))
			return
		}
		r.each(value, key.Value, func(k, v *yaml.Node) { r.line(key.Value, k, v) })
	})
}

// line reads a line of a section. What two branches have added alike is there
// twice as well.
func (r *reader) line(section string, key, value *yaml.Node) {
	at := section + " " + key.Value
	first, again := r.lines[at]
	switch {
	case value.Kind != yaml.ScalarNode:
		r.report(position(value), "%q must have a text: write one, or delete the line", key.Value)
	case again && first.Value == value.Value:
	case again:
		r.report(position(key), "%q is in line %d already: delete one of the lines", key.Value, first.Line)
	default:
		r.lines[at] = value
		pos := position(key)
		pos.File = r.file.path
		r.file.places[at] = pos
		r.entry(section, key, value)
	}
}

// each goes through a mapping. One of which every line was deleted is null.
func (r *reader) each(n *yaml.Node, what string, visit func(key, value *yaml.Node)) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return
	}
	if n.Kind != yaml.MappingNode {
		r.report(position(n), "%s must be a mapping: restore it, or delete it to give up its names", what)
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		visit(n.Content[i], n.Content[i+1])
	}
}

// entry reads a line of a section.
func (r *reader) entry(section string, key, value *yaml.Node) {
	switch section {
	case sectionTypes:
		if r.pointer(key) && r.goName(value, value.Value, 1) && r.only(section, key, value.Value) {
			r.file.Types[key.Value] = value.Value
		}
	case sectionLonger:
		if r.goName(value, value.Value, 1) {
			r.file.Longer[key.Value] = value.Value
		}
	case sectionOperations:
		name, id := cutNote(value.Value)
		if r.operation(key, key.Value) && r.goName(value, name, 2) && r.only(section, key, name) {
			r.file.Operations[key.Value] = names.Operation{Name: name, ID: id}
		}
	case sectionAliases:
		if a := aliasOf(value.Value); r.alias(key, value, a) {
			r.file.Aliases[key.Value] = a
		}
	}
}

// former is where an operation was, behind where it is now.
var former = regexp.MustCompile(`(?s) \(([A-Z]+ /.*)\)$`)

func aliasOf(text string) Alias {
	if at := former.FindStringSubmatchIndex(text); at != nil && !strings.HasPrefix(text, "/") {
		return Alias{Of: text[:at[0]], Was: text[at[2]:at[3]]}
	}
	return Alias{Of: text}
}

func (r *reader) alias(key, value *yaml.Node, a Alias) bool {
	if a.isType() {
		return r.goName(key, key.Value, 1)
	}
	return r.operation(value, a.Of) && r.goName(key, key.Value, 2)
}

func (r *reader) pointer(n *yaml.Node) bool {
	if !strings.HasPrefix(n.Value, "/") {
		r.report(position(n), "%q is no JSON pointer: write one like /components/schemas/account", n.Value)
		return false
	}
	return true
}

var methodAndPath = regexp.MustCompile(`^[A-Z]+ /`)

func (r *reader) operation(n *yaml.Node, text string) bool {
	if !methodAndPath.MatchString(text) {
		r.report(position(n), "%q is no operation: write one like GET /v1/accounts", text)
		return false
	}
	return true
}

// goName tells whether a text is an exported Go name, or several with dots
// between them where that many are needed.
func (r *reader) goName(n *yaml.Node, text string, least int) bool {
	words := strings.Split(text, ".")
	example := []string{"", "AccountHolder", "Accounts.List"}[least]
	if len(words) < least || least == 1 && len(words) > 1 || slices.ContainsFunc(words, func(word string) bool { return !names.IsExported(word) }) {
		r.report(position(n), "%q is no exported Go name: write one like %s, or delete the line", text, example)
		return false
	}
	return true
}

// only tells whether a name is the first of its kind.
func (r *reader) only(section string, key *yaml.Node, name string) bool {
	at := section + " " + name
	if first, again := r.named[at]; again {
		r.report(position(key), "%s is the name in line %d already: delete one of the lines", name, first)
		return false
	}
	r.named[at] = key.Line
	return true
}
