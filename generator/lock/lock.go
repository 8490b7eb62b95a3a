// Package lock keeps the Go names that were given in a file that is committed,
// so that they stay when the document calls something else. Enter it through
// Read; Update says what a document has made of the names, and Bytes is the file
// that is to be written.
//
// The file is YAML with up to four mappings: schemas, operations and others have
// the names of nodes, and aliases the old names that stay. Whoever deletes a line
// gives a name up.
package lock

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/names"
)

// File is what a lock file says.
type File struct {
	names.Given
	Aliases map[string]Alias // by the old name: Owner, Owners.List

	path    string
	places  map[string]diag.Pos // of the lines, by section and key
	adopted map[string]string   // what operations were known by, with other names in the braces
}

// Alias is what has an old name now.
type Alias struct {
	Of  string // what Types or Operations know it by
	Was string // method and path of an operation at which it had the name; "" of a type
}

// isType tells whether it is the old name of a type, and not of an operation.
func (a Alias) isType() bool { return strings.HasPrefix(a.Of, "/") }

// The sections of the file, in their order.
const (
	sectionTypes      = "schemas"
	sectionOperations = "operations"
	sectionLonger     = "others"
	sectionAliases    = "aliases"
)

var sections = []string{sectionTypes, sectionOperations, sectionLonger, sectionAliases}

func newFile(path string) *File {
	return &File{Given: names.NewGiven(), Aliases: map[string]Alias{}, path: path, places: map[string]diag.Pos{}, adopted: map[string]string{}}
}

const header = `# The Go names that gen has given. They stay, whatever the document calls these
# things later on. Commit this file. Delete a line to give up its name, or an alias.
# Each run writes the file anew: comments of yours would be lost.
`

// Bytes returns the text of the file, which depends on nothing but the names.
func (f *File) Bytes() []byte {
	var b strings.Builder
	b.WriteString(header)
	for _, name := range sections {
		lines := f.section(name)
		if len(lines) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s:\n", name)
		for _, key := range slices.Sorted(maps.Keys(lines)) {
			b.WriteString(line(key, lines[key]))
		}
	}
	return []byte(b.String())
}

// section returns the lines of a section by their keys.
func (f *File) section(name string) map[string]string {
	lines := map[string]string{}
	switch name {
	case sectionTypes:
		return f.Types
	case sectionLonger:
		return f.Longer
	case sectionOperations:
		for key, op := range f.Operations {
			lines[key] = withNote(op.Name, op.ID)
		}
	case sectionAliases:
		for old, a := range f.Aliases {
			lines[old] = withNote(a.Of, a.Was)
		}
	}
	return lines
}

// withNote puts what only helps to recognize something into parentheses.
func withNote(text, note string) string {
	if note == "" {
		return text
	}
	return text + " (" + note + ")"
}

// cutNote takes such a note off again.
func cutNote(text string) (string, string) {
	before, note, ok := strings.Cut(text, " (")
	if !ok || !strings.HasSuffix(note, ")") {
		return text, ""
	}
	return before, strings.TrimSuffix(note, ")")
}

// maxKey is how long a key can be in front of its colon.
const maxKey = 1000

func line(key, value string) string {
	if len(key) > maxKey {
		return "  ? " + scalar(key) + "\n  : " + scalar(value) + "\n"
	}
	return "  " + scalar(key) + ": " + scalar(value) + "\n"
}

// scalar writes a text in one line, in quotes where YAML needs them.
func scalar(text string) string {
	node := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	if strings.ContainsFunc(text, func(c rune) bool { return c < ' ' || c == 0x7f || c == '\u0085' || c == '\u2028' || c == '\u2029' }) {
		node.Style = yaml.DoubleQuotedStyle
	}
	out, err := yaml.Marshal(&node)
	if err != nil { // of a text, there is none
		return fmt.Sprintf("%q", text)
	}
	return strings.TrimSuffix(string(out), "\n")
}
