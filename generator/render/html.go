package render

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"unicode"

	"github.com/oaken-go/oaken/generator/diff"
)

var (
	//go:embed page/page.html
	pageText string
	//go:embed page/page.css
	pageStyle string
	//go:embed page/page.js
	pageScript string
)

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// manyTypes is how many declarations are shown without being asked for.
const manyTypes = 40

// HTML writes a report as one page that needs nothing else: neither a network
// nor a script to be read. The error is the writer's.
func HTML(w io.Writer, r diff.Report) error {
	var out bytes.Buffer // a template that fails halfway must not leave half a page
	if err := pageTemplate.Execute(&out, newPage(r)); err != nil {
		return err
	}
	_, err := w.Write(out.Bytes())
	return err
}

// page is what the template shows.
type page struct {
	Style          template.CSS
	Script         template.JS
	Policy         string
	Old, New       string
	Summary        string
	Sentence       string // Summary, where there is nothing to count
	Counts         []countShown
	Total          int
	Groups         []groupShown
	Open           bool // declarations are unfolded
	NothingChanged bool
}

type countShown struct {
	Severity string
	Count    int
}

type groupShown struct {
	ID, Title string
	Parts     []string // of the title between its dots, where it may be broken
	Counts    []countShown
	Changes   []changeShown
	Types     []typeShown
}

type changeShown struct {
	Severity, Symbol, Kind  string
	Caller, Wire, Why, Todo template.HTML
	Copied                  string // what there is to copy
	Old, New                placeShown
	Type                    string // id of the declaration
}

type placeShown struct{ At, Pointer string }

type typeShown struct {
	ID, Symbol string
	Severities string
	State      string // new, gone or changed
	Came, Gone int    // lines
	Blocks     []block
}

func newPage(r diff.Report) page {
	p := page{
		Style: template.CSS(pageStyle), Script: template.JS(pageScript),
		Policy: policy(), Old: visible(r.Old), New: visible(r.New),
		Summary: Summary(r), Sentence: sentence(Summary(r)), Counts: counted(r.Changes), Total: len(r.Changes),
		Open: len(r.Types) <= manyTypes, NothingChanged: len(r.Changes)+len(r.Types) == 0,
	}
	for i, g := range groups(r) {
		p.Groups = append(p.Groups, newGroup(i, g))
	}
	return p
}

// policy lets the page use its own style and script, and nothing else.
func policy() string {
	return fmt.Sprintf("default-src 'none'; img-src data:; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'", digest(pageStyle), digest(pageScript))
}

// digest names a style or a script (Content Security Policy 3, 2.3.1).
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func counted(changes []diff.Change) []countShown {
	n := count(changes)
	var out []countShown
	for _, s := range severities {
		out = append(out, countShown{string(s), n[s]})
	}
	return out
}

func newGroup(i int, g *group) groupShown {
	out := groupShown{ID: fmt.Sprintf("resource-%d", i+1), Title: visible(g.title()), Counts: counted(g.changes)}
	out.Parts = strings.Split(out.Title, ".")
	found := make([]map[diff.Severity]bool, len(g.types))
	for k := range found {
		found[k] = map[diff.Severity]bool{}
	}
	for _, c := range g.changes {
		shown := newChange(c)
		if k := g.declares(c); k >= 0 {
			shown.Type = fmt.Sprintf("%s-type-%d", out.ID, k+1)
			found[k][c.Severity] = true
		}
		out.Changes = append(out.Changes, shown)
	}
	for k, t := range g.types {
		id := fmt.Sprintf("%s-type-%d", out.ID, k+1)
		out.Types = append(out.Types, newType(id, t, found[k]))
	}
	return out
}

// declares returns which declaration shows a change, or -1: that of the symbol,
// of the type that a constant is of, or of the service that has a method.
func (g *group) declares(c diff.Change) int {
	head, method, _ := strings.Cut(c.Symbol, ".")
	best, length := -1, 0
	for i, t := range g.types {
		switch rest, ok := strings.CutPrefix(head, t.Symbol); {
		case ok && rest == "":
			return i
		case ok && unicode.IsUpper([]rune(rest)[0]) && len(t.Symbol) > length:
			best, length = i, len(t.Symbol)
		case method != "" && strings.HasPrefix(c.Symbol, c.Resource+".") && strings.HasSuffix(t.Symbol, "Service") && length == 0:
			best = i
		}
	}
	return best
}

func newChange(c diff.Change) changeShown {
	out := changeShown{
		Severity: string(c.Severity), Symbol: visible(c.Symbol), Kind: visible(c.Code),
		Caller: inHTML(c.Caller), Wire: inHTML(c.Wire), Why: inHTML(c.Why),
		Old: newPlace(c.Old), New: newPlace(c.New),
	}
	if c.Remedy != "" {
		sentence, copied := remedy(c.Remedy)
		out.Todo, out.Copied = inHTML(sentence), strings.Join(copied, "\n")
	}
	if out.Old.Pointer == out.New.Pointer {
		out.Old.Pointer = "" // said once
	}
	return out
}

func newPlace(p *diff.Place) placeShown {
	if p == nil {
		return placeShown{}
	}
	return placeShown{visible(position(p)), visible(p.Pointer)}
}

func newType(id string, p diff.Pair, found map[diff.Severity]bool) typeShown {
	out := typeShown{ID: id, Symbol: visible(p.Symbol), State: "changed", Blocks: sides(p.Old, p.New)}
	switch {
	case p.Old == "":
		out.State = "new"
	case p.New == "":
		out.State = "gone"
	}
	var all []string
	for _, s := range severities {
		if found[s] {
			all = append(all, string(s))
		}
	}
	out.Severities = strings.Join(all, " ")
	for _, b := range out.Blocks {
		for _, r := range b.Rows {
			if r.Class != "same" && r.Old.Number > 0 {
				out.Gone++
			}
			if r.Class != "same" && r.New.Number > 0 {
				out.Came++
			}
		}
	}
	return out
}
