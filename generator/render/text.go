package render

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/oaken-go/oaken/generator/diff"
)

// Text writes a report for terminals, in colours if those are asked for. The
// error is the writer's.
func Text(w io.Writer, r diff.Report, color bool) error {
	t := &textWriter{color: color}
	t.line("%s -> %s", plain(r.Old), plain(r.New))
	t.line("%s", t.summary(r))
	for _, g := range groups(r) {
		if len(g.changes) == 0 {
			continue
		}
		t.line("\n%s", t.paint(bold, plain(g.title())))
		for _, c := range g.changes {
			t.change(c)
		}
	}
	_, err := w.Write(t.out.Bytes())
	return err
}

// style is a terminal's style (ECMA-48, 8.3.117).
type style string

const (
	bold  style = "1"
	faint style = "2"

	codeStyle style = "36"
)

var severityStyles = map[diff.Severity]style{diff.Breaking: "1;31", diff.Risky: "33", diff.Compatible: "32"}

type textWriter struct {
	out   bytes.Buffer
	color bool
}

func (t *textWriter) line(format string, args ...any) { fmt.Fprintf(&t.out, format+"\n", args...) }

func (t *textWriter) paint(s style, text string) string {
	if !t.color || s == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

func (t *textWriter) summary(r diff.Report) string {
	all := count(r.Changes)
	if all.all() == 0 {
		return Summary(r)
	}
	var parts []string
	for _, s := range severities {
		if all[s] > 0 {
			parts = append(parts, t.paint(severityStyles[s], fmt.Sprintf("%d %s", all[s], s)))
		}
	}
	return plural(all.all(), "change") + ": " + strings.Join(parts, ", ")
}

// change writes one entry, a line for each thing that there is to say.
func (t *textWriter) change(c diff.Change) {
	severity := fmt.Sprintf("%-10s", plain(string(c.Severity)))
	t.line("\n  %s  %s  %s", t.paint(severityStyles[c.Severity], severity), t.paint(bold, plain(c.Symbol)), t.paint(faint, plain(c.Code)))
	for _, each := range []struct{ label, text string }{{"go", c.Caller}, {"wire", c.Wire}, {"why", c.Why}} {
		if each.text != "" {
			t.labelled(each.label, t.inText(each.text))
		}
	}
	if c.Remedy != "" {
		for i, line := range plainLines(c.Remedy) {
			t.labelled([]string{"do", ""}[min(i, 1)], line)
		}
	}
	t.place("old", c.Old)
	t.place("new", c.New)
}

func (t *textWriter) labelled(label, text string) {
	t.line("%s", strings.TrimRight("    "+t.paint(faint, fmt.Sprintf("%-4s", label))+"  "+text, " "))
}

func (t *textWriter) place(label string, p *diff.Place) {
	if at := position(p); at != "" {
		t.labelled(label, strings.TrimRight(plain(at)+"  "+t.paint(faint, plain(p.Pointer)), " "))
	}
}
