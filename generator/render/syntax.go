package render

import (
	"go/scanner"
	"go/token"
	"strings"
)

// The classes of code in a page's style.
const (
	classKeyword = "k"
	classComment = "c"
	classText    = "s"
	classNumber  = "n"
	classMark    = "m" // what changed within a line
)

// classes returns the class of each byte of Go source, 0 for plain code: the
// first letter of one of those above. The source need not be a whole file.
func classes(source string) []byte {
	out := make([]byte, len(source))
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(source))
	var s scanner.Scanner
	s.Init(file, []byte(source), func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			return out
		}
		class := classOf(tok)
		if class == "" {
			continue
		}
		if literal == "" {
			literal = tok.String()
		}
		from := file.Offset(pos)
		for i := from; i < min(from+len(literal), len(source)); i++ {
			out[i] = class[0]
		}
	}
}

func classOf(tok token.Token) string {
	switch {
	case tok.IsKeyword():
		return classKeyword
	case tok == token.COMMENT:
		return classComment
	case tok == token.STRING, tok == token.CHAR:
		return classText
	case tok == token.INT, tok == token.FLOAT, tok == token.IMAG:
		return classNumber
	}
	return ""
}

// line is a line of source with the classes of its bytes.
type line struct {
	text    string
	classes []byte
}

// linesOf divides source into lines.
func linesOf(source string) []line {
	if source == "" {
		return nil
	}
	all, out, at := classes(source), []line(nil), 0
	for text := range strings.SplitSeq(source, "\n") {
		out = append(out, line{text, all[at : at+len(text)]})
		at += len(text) + 1
	}
	return out
}

// run is a part of a line that looks alike.
type run struct{ Class, Text string }

// runs divides a line where its class changes, or what is marked begins or ends.
func (l line) runs(marks []span) []run {
	marked := make([]bool, len(l.text))
	for _, m := range marks {
		for i := m.from; i < m.to; i++ {
			marked[i] = true
		}
	}
	var out []run
	for from := 0; from < len(l.text); {
		to := from + 1
		for to < len(l.text) && l.classes[to] == l.classes[from] && marked[to] == marked[from] {
			to++
		}
		out = append(out, run{className(l.classes[from], marked[from]), visible(l.text[from:to])})
		from = to
	}
	return out
}

func className(class byte, marked bool) string {
	name := strings.Trim(string(class), "\x00")
	if marked {
		name = strings.TrimSpace(name + " " + classMark)
	}
	return name
}
