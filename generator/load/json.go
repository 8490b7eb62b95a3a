package load

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// parseJSON builds the tree of a JSON text. The syntax is encoding/json's
// business; what comes after can rely on it.
func (s *source) parseJSON(limits *limits) error {
	if err := s.checkJSON(); err != nil {
		return err
	}
	p := &jsonParser{text: s.text, line: 1, limits: limits, source: s}
	s.root = p.value("")
	return nil
}

func (s *source) checkJSON() error {
	if json.Valid([]byte(s.text)) {
		return nil
	}
	var raw json.RawMessage
	err := json.Unmarshal([]byte(s.text), &raw)
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return &parseError{code: "not-json", message: fmt.Sprintf("is not JSON: %v", err)}
	}
	if strings.Contains(syntax.Error(), "max depth") {
		return s.errorAt(int(syntax.Offset)-1, "too-deep", "is nested more than 1,000 levels deep: put the inner parts under components, and refer to them")
	}
	return s.errorAt(int(syntax.Offset)-1, "not-json", "is not JSON: "+syntax.Error())
}

// jsonParser walks over a text that is known to be JSON.
type jsonParser struct {
	text   string
	at     int
	line   int32
	start  int // offset of the line
	limits *limits
	source *source
	tokens []string // where it is, for messages
}

// space skips white space and separators, which follow their grammar already.
func (p *jsonParser) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case '\n':
			p.line++
			p.start = p.at + 1
		case ' ', '\t', '\r', ',', ':':
		default:
			return
		}
		p.at++
	}
}

func (p *jsonParser) value(key string) *node {
	p.space()
	n := &node{key: key, line: p.line, col: int32(p.at-p.start) + 1}
	p.fill(n)
	return n
}

// fill reads the value at hand into n.
func (p *jsonParser) fill(n *node) {
	p.limits.count(len(p.tokens))
	switch c := p.text[p.at]; c {
	case '{':
		n.kind = object
		p.inside('}', func() { n.kids = append(n.kids, p.member()) })
		n.duplicates(func(first, again *node) { p.source.duplicate(p.tokens, first, again) })
	case '[':
		n.kind = list
		p.inside(']', func() { n.kids = append(n.kids, p.value("")) })
	case '"':
		n.kind, n.text = text, p.string()
	default:
		n.kind, n.text = scalar(c), p.word()
	}
}

// inside reads what stands between brackets, or skips it where that is too deep.
func (p *jsonParser) inside(closing byte, each func()) {
	p.tokens = append(p.tokens, "")
	defer func() { p.tokens = p.tokens[:len(p.tokens)-1] }()
	if len(p.tokens) > maxDepth {
		p.limits.deep(p.line, int32(p.at-p.start)+1)
		p.at = len(p.text)
		return
	}
	p.at++
	for p.space(); p.at < len(p.text) && p.text[p.at] != closing; p.space() {
		each()
	}
	p.at++
}

func (p *jsonParser) member() *node {
	n := &node{line: p.line, col: int32(p.at-p.start) + 1}
	n.key = p.string()
	p.tokens[len(p.tokens)-1] = n.key
	p.space()
	p.fill(n)
	return n
}

// string reads a string literal; one without escapes is a part of the text.
func (p *jsonParser) string() string {
	from := p.at
	p.at++
	for escaped := false; ; p.at++ {
		switch p.text[p.at] {
		case '\\':
			p.at++
			escaped = true
		case '"':
			p.at++
			if !escaped {
				return p.text[from+1 : p.at-1]
			}
			return unquote(p.text[from:p.at])
		}
	}
}

func unquote(literal string) string {
	var s string
	if err := json.Unmarshal([]byte(literal), &s); err != nil {
		return strings.ToValidUTF8(literal, string(utf8.RuneError))
	}
	return s
}

// word reads a number, true, false or null.
func (p *jsonParser) word() string {
	from := p.at
	for p.at < len(p.text) && !strings.ContainsRune(" \t\r\n,]}", rune(p.text[p.at])) {
		p.at++
	}
	return p.text[from:p.at]
}

func scalar(first byte) kind {
	switch first {
	case 'n':
		return null
	case 't', 'f':
		return boolean
	}
	return number
}
