package generator

import (
	"bytes"
	"encoding/json"
)

// Report lists what became raw JSON, lost a constraint or has no counterpart,
// one entry per line.
func (r Result) Report() []byte {
	if len(r.Notes) == 0 {
		return []byte("nothing became raw JSON or lost a constraint\n")
	}
	return []byte(r.Notes.Error() + "\n")
}

// reported is an entry of a report for programs.
type reported struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// ReportJSON is Report for programs: a JSON array.
func (r Result) ReportJSON() ([]byte, error) {
	entries := []reported{}
	for _, n := range r.Notes {
		entries = append(entries, reported{n.Pos.File, n.Pos.Line, n.Pos.Col, n.Pointer, n.Code, n.Message})
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(entries)
	return out.Bytes(), err
}
