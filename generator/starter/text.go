package starter

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// Settings are what the caller has decided, as the file is to say it.
type Settings struct {
	Spec, Out, Package string
	Lock               string
	Root               string
	AllowHosts         []string
}

// writer writes lines of YAML, each with what it is for above it.
type writer struct{ strings.Builder }

// about starts a paragraph with a comment.
func (w *writer) about(format string, args ...any) {
	w.WriteString("\n")
	w.comment("", format, args...)
}

func (w *writer) comment(indent, format string, args ...any) {
	for line := range strings.Lines(fmt.Sprintf(format, args...)) {
		w.WriteString(indent + "# " + strings.TrimSuffix(line, "\n") + "\n")
	}
}

func (w *writer) set(indent, key, value string) {
	w.WriteString(indent + key + ": " + scalar(value) + "\n")
}

func countOperations(n int) string {
	if n == 1 {
		return "1 operation"
	}
	return strconv.Itoa(n) + " operations"
}

// Text writes the config. The representation is that of the document under
// these settings: it tells what the client looks like.
func (p *Plan) Text(s Settings, api *ir.API) []byte {
	var w writer
	w.comment("", "What gen writes, and from what. Paths count from the folder of this file. Lines\nthat are commented out are offers.")
	w.about("The document: %s, with %s.", orElse(oneLine(p.Title), "without a title"), countOperations(p.Count))
	w.set("", "spec", s.Spec)
	w.about("The folder of the generated package, and the package's name.")
	w.set("", "out", s.Out)
	w.set("", "package", s.Package)
	p.files(&w, s)
	w.about("Where the document calls something else, its old Go name stays beside the new\none. gen writes this file: commit it.")
	w.set("", "lock", s.Lock)
	p.strip(&w)
	p.client(&w, api)
	p.include(&w)
	return []byte(w.String())
}

func (p *Plan) files(w *writer, s Settings) {
	if s.Root != "" {
		w.about("The folder whose files the document may refer to.")
		w.set("", "root", s.Root)
	}
	if len(s.AllowHosts) > 0 {
		w.about("The hosts that files may be fetched from.")
		w.WriteString("allow_hosts: " + list(s.AllowHosts...) + "\n")
	}
}

// strip writes what names leave out.
func (p *Plan) strip(w *writer) {
	if p.Strip == (Strip{}) {
		return
	}
	w.about("What Go names leave out.")
	if p.Strip.Paths == "" && p.Strip.Schemas == "" {
		w.comment("", "strip:\n  schemas: %s # which most schemas begin with", list(p.Strip.Usual))
		return
	}
	w.WriteString("strip:\n")
	if p.Strip.Paths != "" {
		w.WriteString("  paths: " + list(p.Strip.Paths) + " # which all paths begin with\n")
	}
	if p.Strip.Schemas != "" {
		w.WriteString("  schemas: " + list(p.Strip.Schemas) + " # which all schemas begin with\n")
	}
	if p.Strip.Usual != "" {
		w.comment("  ", "schemas: %s # which most schemas begin with", list(p.Strip.Usual))
	}
}

// include offers slices, where there is anything to choose from.
func (p *Plan) include(w *writer) {
	untagged := p.Tagged && p.Bare > 0
	if len(p.Groups) == 0 || len(p.Groups) == 1 && !untagged {
		return
	}
	key := "paths"
	if p.Tagged {
		key = "tags"
	}
	w.about("The operations to generate, by %s, with how many there are; without this,\nall of them. Keep the lines that you need.", key)
	w.comment("", "include:\n  %s:", key)
	for i, group := range p.Groups {
		if i == mostGroups {
			w.comment("", "    # and %d more", len(p.Groups)-i)
			break
		}
		w.comment("", "    - %s # %d", scalar(group.Pattern), group.Count)
	}
	if untagged {
		w.comment("", "    # and %d without a tag", p.Bare)
	}
}

// mostGroups is how many groups are listed.
const mostGroups = 200

// plain is text that needs no quotes in YAML.
var plain = regexp.MustCompile(`^[A-Za-z/.][A-Za-z0-9/._-]*$`)

// scalar spells a text in YAML.
func scalar(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		return strconv.Quote(text)
	}
	if plain.MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}

func list(texts ...string) string {
	var out []string
	for _, text := range texts {
		out = append(out, scalar(text))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
