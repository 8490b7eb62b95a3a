package render

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/diff"
)

// maxMarkdown is how long a report in Markdown gets, in bytes: GitHub takes no
// comment of more than 65,536 characters. What does not fit is counted.
const maxMarkdown = 60_000

// manyChanges is how many breaking and risky changes of a resource are shown
// without being folded.
const manyChanges = 20

// Markdown writes a report for a pull request or a job's summary, as GitHub
// renders it. It is cut where GitHub would refuse it, the least severe changes
// first, and then says so. The error is the writer's.
func Markdown(w io.Writer, r diff.Report) error {
	m := &markdownWriter{}
	m.line("**%s** (%s → %s)", escape(strings.TrimSuffix(sentence(Summary(r)), ".")), code(r.Old), code(r.New))
	all := slices.DeleteFunc(groups(r), func(g *group) bool { return len(g.changes) == 0 }) // declarations are for the page
	m.table(all)
	entries, left := fitting(all, maxMarkdown-m.out.Len())
	for _, g := range all {
		m.group(g, entries)
	}
	if left.all() > 0 {
		m.line("\n%s left out here, as comments have a limit: %s.", plural(left.all(), "change"), left.parts())
	}
	_, err := w.Write(m.out.Bytes())
	return err
}

// fitting renders changes, the worst first, until there is no room for more.
// Those that are left are counted.
func fitting(all []*group, room int) (map[*diff.Change]string, tally) {
	out, left := map[*diff.Change]string{}, tally{}
	for _, g := range all {
		room -= len(g.title()) + 200 // its heading, and what is around folds
	}
	for _, s := range severities {
		for _, g := range all {
			for i := range g.changes {
				c := &g.changes[i]
				if c.Severity != s {
					continue
				}
				entry := markdownEntry(*c)
				if room -= len(entry); room < 0 {
					left[s]++
					continue
				}
				out[c] = entry
			}
		}
	}
	return out, left
}

type markdownWriter struct{ out bytes.Buffer }

func (m *markdownWriter) line(format string, args ...any) { fmt.Fprintf(&m.out, format+"\n", args...) }

// table is an overview, where there is more than one resource.
func (m *markdownWriter) table(all []*group) {
	if len(all) < 2 {
		return
	}
	m.line("\n| | breaking | risky | compatible |\n|---|--:|--:|--:|")
	for _, g := range all {
		n := count(g.changes)
		m.line("| %s | %d | %d | %d |", escape(g.title()), n[diff.Breaking], n[diff.Risky], n[diff.Compatible])
	}
}

// group writes the changes of a resource. Those that break nothing are folded,
// and so are the others where they are many.
func (m *markdownWriter) group(g *group, entries map[*diff.Change]string) {
	var first, folded []string
	for i := range g.changes {
		entry, ok := entries[&g.changes[i]]
		switch {
		case !ok:
		case g.changes[i].Severity == diff.Compatible:
			folded = append(folded, entry)
		default:
			first = append(first, entry)
		}
	}
	if len(first)+len(folded) == 0 {
		return
	}
	m.line("\n### %s", escape(g.title()))
	if len(first) > manyChanges {
		m.fold(plural(len(first)-manyChanges, "more breaking or risky change"), first[manyChanges:], first[:manyChanges])
	} else {
		m.list(first)
	}
	m.fold(plural(len(folded), "compatible change"), folded, nil)
}

func (m *markdownWriter) list(entries []string) {
	if len(entries) > 0 {
		m.line("\n%s", strings.Join(entries, "\n"))
	}
}

// fold writes a list, and one that unfolds below it.
func (m *markdownWriter) fold(summary string, folded, before []string) {
	m.list(before)
	if len(folded) > 0 {
		m.line("\n<details><summary>%s</summary>\n\n%s\n\n</details>", summary, strings.Join(folded, "\n"))
	}
}

// markdownEntry is a change as an item of a list.
func markdownEntry(c diff.Change) string {
	var b strings.Builder
	said := cmp.Or(c.Caller, c.Wire, c.Code)
	fmt.Fprintf(&b, "- **%s** %s: %s", escape(string(c.Severity)), code(c.Symbol), inMarkdown(said))
	if c.Wire != "" && c.Caller != "" {
		b.WriteString("<br>On the wire: " + inMarkdown(c.Wire))
	}
	if c.Why != "" {
		b.WriteString("<br>Why: " + inMarkdown(c.Why))
	}
	b.WriteString(markdownRemedy(c.Remedy))
	if at := markdownPlaces(c); at != "" {
		if !strings.HasSuffix(b.String(), "\n") { // after a block there is a break already
			b.WriteString("<br>")
		}
		b.WriteString("\n  " + at)
	}
	return b.String()
}

// markdownRemedy is a sentence, and a block to be copied.
func markdownRemedy(s string) string {
	if s == "" {
		return ""
	}
	sentence, copied := remedy(s)
	out := strings.TrimRight("<br>Do: "+inMarkdown(sentence), " ")
	if len(copied) > 0 {
		fence := strings.Repeat("`", max(3, longestTicks(s)+1))
		out += "\n\n  " + fence + "\n  " + strings.Join(copied, "\n  ") + "\n  " + fence + "\n"
	}
	return out
}

func markdownPlaces(c diff.Change) string {
	var out []string
	for _, p := range []*diff.Place{c.Old, c.New} {
		if at := position(p); at != "" {
			out = append(out, code(at))
		}
	}
	last := cmp.Or(c.New, c.Old)
	if len(out) == 0 {
		return ""
	}
	at := strings.Join(out, " → ")
	if last.Pointer != "" {
		at += " " + code(last.Pointer)
	}
	return "<sub>" + at + "</sub>"
}

// escape makes a text mean nothing in Markdown as GitHub reads it: no markup, no
// HTML, nobody who is told, and no reference to an issue.
func escape(s string) string { return escapeWithin(plain(s)) }

// escapeWithin is escape for a part of a line, which may begin or end in a
// space.
func escapeWithin(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '@', r == '#':
			b.WriteRune(r)
			b.WriteString("<!-- -->")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_{}[]()!|~$", r):
			b.WriteRune('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return strings.NewReplacer("://", "<!-- -->://", "www.", "www<!-- -->.").Replace(b.String())
}

// code makes a text a span of code that nothing in it can end.
func code(s string) string {
	s = plain(s)
	if s == "" {
		return ""
	}
	ticks := strings.Repeat("`", longestTicks(s)+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// longestTicks is the length of the longest run of backticks.
func longestTicks(s string) int {
	longest, run := 0, 0
	for _, r := range s {
		if run++; r != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}
