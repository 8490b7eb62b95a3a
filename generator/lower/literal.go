package lower

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// This file reads numbers and constants as the document writes them: the
// library that reads documents keeps numbers as float64.

// exactNumber returns a number as it stands at a pointer. The library's is the
// number where the document's text is not at hand.
func (l *lowerer) exactNumber(pointer string, v float64) string {
	text, ok := l.text(pointer)
	f, err := strconv.ParseFloat(text, 64)
	if ok && (errors.Is(err, strconv.ErrRange) || err == nil && f == v && ir.Rounds(text)) {
		return text
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// text returns the JSON text of a value of the document.
func (l *lowerer) text(pointer string) (string, bool) {
	if l.opts.JSON == nil {
		return "", false
	}
	return l.opts.JSON(pointer)
}

// constants adds const or enum. An enum without values allows none.
func (b *builder) constants(keyword string) {
	values, there := b.l.listedValues(b.place, keyword)
	switch {
	case !there:
		return
	case len(values) == 0:
		b.out = append(b.out, always(false, join(b.place.pointer, keyword), b.note)...)
		return
	}
	if b.place.schema().Nullable && !b.l.v31 {
		values = append(values, ir.Literal{Type: "null", Text: "null"})
	}
	slices.SortFunc(values, func(x, y ir.Literal) int { return strings.Compare(x.Type+x.Text, y.Type+y.Text) })
	b.add(&ir.Rule{Keyword: keyword, Values: slices.Compact(values)})
}

// listedValues returns the constants of a schema, whatever their types are, and
// whether it has any.
func (l *lowerer) listedValues(p place, keyword string) ([]ir.Literal, bool) {
	s := p.schema()
	list, there := s.Enum, s.Enum != nil
	if keyword == "const" {
		list, there = []any{s.Const}, s.Const != nil
	}
	if !there {
		return nil, false
	}
	var out []ir.Literal
	for _, raw := range l.spelledOut(p, keyword, list) {
		out = append(out, literalOf(raw))
	}
	return out, true
}

// spelledOut returns constants as the document writes them, which matters to
// numbers alone.
func (l *lowerer) spelledOut(p place, keyword string, list []any) []json.RawMessage {
	var out []json.RawMessage
	if slices.ContainsFunc(list, hasNumbers) {
		text, _ := l.text(join(p.pointer, keyword))
		if keyword == "const" {
			text = "[" + text + "]"
		}
		if json.Unmarshal([]byte(text), &out) == nil && len(out) == len(list) {
			return out
		}
		out = nil
	}
	for _, v := range list {
		raw, _ := json.Marshal(v)
		out = append(out, raw)
	}
	return out
}

// hasNumbers tells whether a constant is more than a text, true, false or null.
func hasNumbers(v any) bool {
	switch v.(type) {
	case string, bool, nil:
		return false
	}
	return true
}

// literalOf returns the constant that a JSON text is.
func literalOf(raw []byte) ir.Literal {
	switch raw[0] {
	case '{', '[':
		var compact bytes.Buffer
		_ = json.Compact(&compact, raw) // it has been read before
		return ir.Literal{Type: map[byte]string{'{': "object", '[': "array"}[raw[0]], Text: compact.String()}
	case '"':
		var s string
		_ = json.Unmarshal(raw, &s)
		return ir.Literal{Type: "string", Text: s}
	case 't', 'f':
		return ir.Literal{Type: "boolean", Text: string(raw)}
	case 'n':
		return ir.Literal{Type: "null", Text: "null"}
	}
	return numberLiteral(string(raw))
}

// numberLiteral writes a number as all of the same value are written, unless a
// float64 would round it.
func numberLiteral(raw string) ir.Literal {
	if i, err := strconv.ParseInt(raw, 10, 64); err == nil {
		return ir.Literal{Type: "integer", Text: strconv.FormatInt(i, 10)}
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || ir.Rounds(raw) {
		return ir.Literal{Type: "number", Text: raw}
	}
	return ir.Literal{Type: literalType(f), Text: text(f)}
}
