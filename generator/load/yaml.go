package load

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML builds the tree of a YAML text.
func (s *source) parseYAML(limits *limits) error {
	decoder := yaml.NewDecoder(strings.NewReader(s.text))
	var doc, more yaml.Node
	if err := decode(decoder, &doc); err != nil {
		return s.yamlError(err)
	}
	if err := decode(decoder, &more); !errors.Is(err, io.EOF) {
		if err != nil {
			return s.yamlError(err)
		}
		return &parseError{line: int32(more.Line), col: int32(more.Column), code: "several-documents",
			message: "holds more than one YAML document: keep one and drop the --- between them"}
	}
	b := &yamlBuilder{source: s, limits: limits, open: map[*yaml.Node]bool{}}
	s.root = b.value(doc.Content[0], "")
	return b.err
}

// decode keeps a panic of the YAML library from going further.
func decode(d *yaml.Decoder, into *yaml.Node) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return d.Decode(into)
}

var yamlLine = regexp.MustCompile(`^line (\d+): `)

func (s *source) yamlError(err error) error {
	if errors.Is(err, io.EOF) {
		return &parseError{code: "empty-document", message: "is empty: an OpenAPI document is expected"}
	}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	e := &parseError{code: "not-yaml"}
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ := strconv.Atoi(m[1])
		e.line, e.col = int32(line), 1
		message = message[len(m[0]):]
	}
	e.message = "is not YAML: " + message
	if strings.Contains(message, "max depth") {
		e.code, e.message = "too-deep", "is nested more than 1,000 levels deep: put the inner parts under components, and refer to them"
	}
	return e
}

// yamlBuilder turns the YAML library's nodes into ours. Aliases and merge keys
// are expanded, up to a limit.
type yamlBuilder struct {
	source *source
	limits *limits
	open   map[*yaml.Node]bool // anchors that are being expanded
	inside int                 // depth of aliases
	copies int                 // values that aliases have made so far
	tokens []string
	err    error // the first that ends the work
}

func (b *yamlBuilder) fail(y *yaml.Node, code, format string, args ...any) {
	if b.err == nil {
		b.err = &parseError{line: int32(y.Line), col: int32(y.Column), code: code, message: fmt.Sprintf(format, args...)}
	}
}

func (b *yamlBuilder) value(y *yaml.Node, key string) *node {
	n := &node{key: key, line: int32(y.Line), col: int32(y.Column)}
	b.fill(n, y)
	return n
}

func (b *yamlBuilder) fill(n *node, y *yaml.Node) {
	b.limits.count(len(b.tokens))
	if b.inside > 0 {
		if b.copies += 1 + len(y.Value)/32; b.copies > maxCopies {
			b.fail(y, "alias-expansion", "aliases expand to more than %d values: write the document with $ref", maxCopies)
		}
	}
	if b.err != nil {
		return
	}
	switch y.Kind {
	case yaml.AliasNode:
		b.alias(n, y)
	case yaml.MappingNode:
		n.kind = object
		b.mapping(n, y)
	case yaml.SequenceNode:
		n.kind = list
		b.sequence(n, y)
	default:
		b.scalar(n, y)
	}
}

func (b *yamlBuilder) alias(n *node, y *yaml.Node) {
	target := y.Alias
	if b.open[target] {
		b.fail(y, "alias-cycle", "alias *%s holds itself: write the document with $ref", y.Value)
		return
	}
	b.open[target] = true
	b.inside++
	b.fill(n, target)
	b.inside--
	delete(b.open, target)
}

// enter runs f one level deeper.
func (b *yamlBuilder) enter(y *yaml.Node, f func()) {
	if len(b.tokens) >= maxDepth {
		b.fail(y, "too-deep", "is nested more than 1,000 levels deep: put the inner parts under components, and refer to them")
		return
	}
	b.tokens = append(b.tokens, "")
	f()
	b.tokens = b.tokens[:len(b.tokens)-1]
}

func (b *yamlBuilder) sequence(n *node, y *yaml.Node) {
	b.enter(y, func() {
		for i, item := range y.Content {
			b.tokens[len(b.tokens)-1] = strconv.Itoa(i)
			n.kids = append(n.kids, b.value(item, ""))
		}
	})
}

func (b *yamlBuilder) mapping(n *node, y *yaml.Node) {
	var merges []*yaml.Node
	b.enter(y, func() {
		for i := 0; i+1 < len(y.Content); i += 2 {
			if k, v := y.Content[i], y.Content[i+1]; k.ShortTag() == "!!merge" {
				merges = append(merges, v)
			} else {
				n.kids = append(n.kids, b.member(k, v))
			}
		}
	})
	n.duplicates(func(first, again *node) { b.source.duplicate(b.tokens, first, again) })
	for _, m := range merges {
		b.merge(n, m)
	}
}

func (b *yamlBuilder) member(k, v *yaml.Node) *node {
	for k.Kind == yaml.AliasNode {
		k = k.Alias
	}
	if k.Kind != yaml.ScalarNode {
		b.fail(k, "bad-key", "a key must be text, is %s", map[yaml.Kind]kind{yaml.MappingNode: object, yaml.SequenceNode: list}[k.Kind])
		return &node{}
	}
	b.tokens[len(b.tokens)-1] = k.Value
	n := &node{key: k.Value, line: int32(k.Line), col: int32(k.Column)}
	b.fill(n, v)
	return n
}

// merge adds the members of m, the value of a merge key, that n lacks.
func (b *yamlBuilder) merge(n *node, m *yaml.Node) {
	from := b.value(m, "")
	if from.kind == list {
		for _, kid := range from.kids {
			n.adopt(kid)
		}
		return
	}
	if from.kind != object && b.err == nil {
		b.fail(m, "bad-key", "the value of << must be an object, is %s", from.kind)
	}
	n.adopt(from)
}

// adopt adds the members of from whose names n lacks.
func (n *node) adopt(from *node) {
	has := make(map[string]bool, len(n.kids))
	for _, kid := range n.kids {
		has[kid.key] = true
	}
	for _, kid := range from.kids {
		if !has[kid.key] {
			n.kids = append(n.kids, kid)
		}
	}
	n.index = nil
}

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

func (b *yamlBuilder) scalar(n *node, y *yaml.Node) {
	n.text = y.Value
	switch y.ShortTag() {
	case "!!null":
		n.kind, n.text = null, "null"
		if y.Value == "" {
			b.written(n, y)
		}
	case "!!bool":
		n.kind, n.text = boolean, strings.ToLower(y.Value)
		b.written(n, y)
	case "!!int", "!!float":
		n.kind = number
		if !jsonNumber.MatchString(y.Value) {
			b.number(n, y)
		}
	default:
		n.kind = text
		if y.Style == 0 && jsonNumber.MatchString(y.Value) { // too large for the library's float64
			n.kind = number
		}
	}
}

// number rewrites what YAML has beyond JSON: hexadecimal, underscores, .5, inf.
func (b *yamlBuilder) number(n *node, y *yaml.Node) {
	var v any
	err := y.Decode(&v)
	if f, ok := v.(float64); err != nil || ok && (math.IsInf(f, 0) || math.IsNaN(f)) {
		b.fail(y, "bad-number", "%s is no number that JSON knows: put it in quotes if it is text", y.Value)
		return
	}
	written, err := json.Marshal(v)
	if err != nil || len(written) == 0 || written[0] == '"' {
		b.fail(y, "bad-number", "%s is no number that JSON knows: put it in quotes if it is text", y.Value)
		return
	}
	n.text = string(written)
	b.written(n, y)
}

// written remembers how a value is written where its node has it otherwise.
func (b *yamlBuilder) written(n *node, y *yaml.Node) {
	if n.text == y.Value {
		return
	}
	if b.source.written == nil {
		b.source.written = map[*node]string{}
	}
	b.source.written[n] = y.Value
}

// appendJSON writes the tree as JSON, numbers as they are written.
func appendJSON(b []byte, n *node) []byte { return appendTree(b, n, false) }

// appendReadable writes the tree as JSON that fits the library's types.
func appendReadable(b []byte, n *node) []byte { return appendTree(b, n, true) }

func appendTree(b []byte, n *node, readable bool) []byte {
	switch n.kind {
	case text:
		return appendText(b, n.text)
	case list:
		b = append(b, '[')
		for i, kid := range n.kids {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendTree(b, kid, readable)
		}
		return append(b, ']')
	case object:
		b = append(b, '{')
		for i, kid := range n.kids {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendText(b, kid.key), ':')
			b = appendTree(b, kid, readable)
		}
		return append(b, '}')
	case number:
		if readable {
			return append(b, withinFloat(n.text)...)
		}
	}
	return append(b, n.text...)
}

// withinFloat is a number, or the float64 next to one that is beyond them all.
func withinFloat(text string) string {
	if len(text) < 300 && !strings.ContainsAny(text, "eE") {
		return text
	}
	f, err := strconv.ParseFloat(text, 64)
	if err == nil {
		return text
	}
	return strconv.FormatFloat(math.Copysign(math.MaxFloat64, f), 'g', -1, 64)
}

func appendText(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil { // a string always has a JSON form
		return append(b, `""`...)
	}
	return append(b, quoted...)
}
