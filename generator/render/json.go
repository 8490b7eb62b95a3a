package render

import (
	"encoding/json"
	"io"

	"github.com/oaken-go/oaken/generator/diff"
)

// jsonVersion is that of the layout of JSON reports. It grows when a member goes
// or means something else, and not when one is added.
const jsonVersion = 1

// jsonReport is a report for programs, as docs/diff-json.md describes it.
type jsonReport struct {
	Version int          `json:"version"`
	Old     string       `json:"old"`
	New     string       `json:"new"`
	Counts  jsonCounts   `json:"counts"`
	Changes []jsonChange `json:"changes"`
	Types   []jsonPair   `json:"types"`
}

type jsonCounts struct {
	Breaking   int `json:"breaking"`
	Risky      int `json:"risky"`
	Compatible int `json:"compatible"`
}

type jsonChange struct {
	Code     string     `json:"code"`
	Severity string     `json:"severity"`
	Resource string     `json:"resource"`
	Symbol   string     `json:"symbol"`
	Caller   string     `json:"caller"`
	Wire     string     `json:"wire"`
	Why      string     `json:"why"`
	Remedy   string     `json:"remedy"`
	Old      *jsonPlace `json:"old"`
	New      *jsonPlace `json:"new"`
}

type jsonPlace struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Pointer string `json:"pointer"`
}

type jsonPair struct {
	Resource string `json:"resource"`
	Symbol   string `json:"symbol"`
	Old      string `json:"old"`
	New      string `json:"new"`
}

// JSON writes a report for programs. The error is the writer's.
func JSON(w io.Writer, r diff.Report) error {
	n := count(r.Changes)
	out := jsonReport{
		Version: jsonVersion, Old: r.Old, New: r.New,
		Counts:  jsonCounts{n[diff.Breaking], n[diff.Risky], n[diff.Compatible]},
		Changes: []jsonChange{}, Types: []jsonPair{},
	}
	for _, g := range groups(r) {
		for _, c := range g.changes {
			out.Changes = append(out.Changes, jsonChange{
				c.Code, string(c.Severity), c.Resource, c.Symbol, c.Caller, c.Wire, c.Why, c.Remedy, placeJSON(c.Old), placeJSON(c.New),
			})
		}
		for _, p := range g.types {
			out.Types = append(out.Types, jsonPair(p))
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func placeJSON(p *diff.Place) *jsonPlace {
	if p == nil {
		return nil
	}
	return &jsonPlace{p.File, p.Line, p.Col, p.Pointer}
}
