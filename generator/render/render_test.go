package render

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator/diff"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/reports")

// formats are all there are, by the endings of their files.
var formats = map[string]func(io.Writer, diff.Report) error{
	"txt":  func(w io.Writer, r diff.Report) error { return Text(w, r, false) },
	"ansi": func(w io.Writer, r diff.Report) error { return Text(w, r, true) },
	"md":   Markdown,
	"json": JSON,
	"html": HTML,
}

// reports are those of the golden files.
func reports() map[string]diff.Report {
	return map[string]diff.Report{
		"sample":  sample(),
		"nothing": {Old: oldName, New: newName},
		"text":    {Old: oldName, New: newName, Types: sample().Types[:1]},
		"hostile": hostileReport(),
	}
}

func TestGoldenReports(t *testing.T) {
	for name, r := range reports() {
		for ending, write := range formats {
			t.Run(name+"."+ending, func(t *testing.T) {
				got := rendered(t, write, r)
				path := filepath.Join("..", "..", "testdata", "reports", name+"."+ending)
				if *update {
					require.NoError(t, os.WriteFile(path, []byte(got), 0o666))
				}
				want, err := os.ReadFile(path)
				require.NoError(t, err)
				require.Equal(t, string(want), got, "go test ./generator/render -run Golden -update accepts it")
			})
		}
	}
}

func rendered(t *testing.T, write func(io.Writer, diff.Report) error, r diff.Report) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, write(&out, r))
	return out.String()
}

// hostile is what a document may hold to get out of where it is shown.
const hostile = "</script></details><img src=x onerror=alert(1)> | `code` ``` @someone #12 [a](javascript:alert(1)) " +
	"https://evil.example www.evil.example **bold** <!-- & --> \" ' {{.}} \x1b[31mred\x1b]0;title\x07 \u202edesrever\u200b \x00\xff\u2028" +
	"\n# heading\r\n- item\n```\nend"

// hostileReport has that everywhere.
func hostileReport() diff.Report {
	p := at(hostile, 1, hostile)
	change := diff.Change{
		Code: hostile, Severity: diff.Breaking, Resource: hostile, Symbol: hostile,
		Caller: hostile, Wire: hostile, Why: hostile, Remedy: hostile, Old: p, New: p,
	}
	prose := change
	prose.Severity, prose.Remedy, prose.Caller = diff.Compatible, strings.ReplaceAll(hostile, "\n", " "), ""
	return diff.Report{
		Old: hostile, New: hostile,
		Changes: []diff.Change{change, prose},
		Types:   []diff.Pair{{Resource: hostile, Symbol: hostile, Old: "// " + hostile, New: "type T struct{}\n// " + hostile}},
	}
}

func TestNoFormHasControls(t *testing.T) {
	for ending, write := range formats {
		text := rendered(t, write, hostileReport())
		if ending == "ansi" {
			text = regexp.MustCompile(`\x1b\[(1|2|0|33|32|36|1;31)m`).ReplaceAllString(text, "")
		}
		for _, r := range text {
			if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028') && ending != "json" {
				t.Errorf("%s holds %U", ending, r)
			}
		}
		require.NotContains(t, text, "\x1b", ending)
		require.NotContains(t, text, "\x00", ending)
	}
}

func TestTextKeepsItsLines(t *testing.T) {
	for _, line := range strings.Split(rendered(t, formats["txt"], hostileReport()), "\n") {
		require.NotRegexp(t, `^(#|- |`+"```"+`)`, line)
	}
}

func TestMarkdownEscapes(t *testing.T) {
	text := rendered(t, Markdown, hostileReport())
	fence := regexp.MustCompile("(?ms)^  ````$.*?^  ````$") // the text itself has three
	require.Len(t, fence.FindAllString(text, -1), 1, "a block is closed by its own fence alone")
	text = fence.ReplaceAllString(text, "")
	text = regexp.MustCompile("````[^`].*?[^`]````").ReplaceAllString(text, "")
	text = regexp.MustCompile("([^\\\\`])`[^`\n]+`").ReplaceAllString(text, "$1")
	for _, tag := range []string{"<br>", "<sub>", "</sub>", "<details>", "</details>", "<summary>", "</summary>"} {
		text = strings.ReplaceAll(text, tag, "")
	}
	require.NotContains(t, strings.ReplaceAll(text, "<!-- -->", ""), "<", "markup of the document's")
	require.NotRegexp(t, `@\w`, text)
	require.NotRegexp(t, `#\d`, text)
	require.NotContains(t, text, "https://")
	require.NotContains(t, text, "www.evil")
	require.NotRegexp(t, `[^\\][|*\[`+"`"+`]`, regexp.MustCompile(`(?m)\*\*|^\|.*\|$`).ReplaceAllString(text, ""))
}

func TestMarkdownTableKeepsItsColumns(t *testing.T) {
	r := hostileReport()
	r.Changes[1].Resource = "Accounts"
	unescaped := regexp.MustCompile(`(^|[^\\])\|`)
	rows := 0
	for _, line := range strings.Split(rendered(t, Markdown, r), "\n") {
		if strings.HasPrefix(line, "|") {
			rows++
			require.Len(t, unescaped.FindAllString(line, -1), 5, line)
		}
	}
	require.Equal(t, 4, rows)
}

func TestMarkdownFitsIntoAComment(t *testing.T) {
	r := diff.Report{Old: oldName, New: newName}
	for i := range 900 {
		for _, c := range sample().Changes {
			c.Resource = fmt.Sprintf("Resource%d", i%30)
			r.Changes = append(r.Changes, c)
		}
		if i == 20 {
			text := rendered(t, Markdown, diff.Report{Changes: r.Changes})
			require.NotContains(t, text, "left out here")
			require.Equal(t, len(r.Changes), strings.Count(text, "\n- **"))
		}
	}
	text := rendered(t, Markdown, r)
	require.LessOrEqual(t, len(text), 65_536)
	shown := strings.Count(text, "\n- **")
	require.Contains(t, text, fmt.Sprintf("\n%d changes left out here, as comments have a limit: ", len(r.Changes)-shown))
	require.NotContains(t, text, "- **risky**", "the least severe are left out first")
}

func TestMarkdownFoldsMany(t *testing.T) {
	r := diff.Report{}
	for range manyChanges + 5 {
		r.Changes = append(r.Changes, diff.Change{Severity: diff.Risky, Symbol: "A", Caller: "b"})
	}
	before, after, ok := strings.Cut(rendered(t, Markdown, r), "<details><summary>5 more breaking or risky changes</summary>")
	require.True(t, ok)
	require.Equal(t, manyChanges, strings.Count(before, "- **"))
	require.Equal(t, 5, strings.Count(after, "- **"))
}

func TestPageEscapes(t *testing.T) {
	text := rendered(t, HTML, hostileReport())
	require.NotContains(t, text, "<img")
	require.Equal(t, 1, strings.Count(text, "<script"))
	require.Equal(t, 1, strings.Count(text, "</script"))
	require.Equal(t, strings.Count(text, "<details"), strings.Count(text, "</details"))
	require.Contains(t, text, "&lt;img src=x onerror=alert(1)&gt;")
}

func TestPageNeedsNothingElse(t *testing.T) {
	text := rendered(t, HTML, sample())
	require.NotRegexp(t, `(src|href)="[^#d]`, text)
	require.Contains(t, text, `<link rel="icon" href="data:,">`)
	require.NotContains(t, text, "@import")
	require.NotContains(t, pageStyle, "url(")
	require.NotRegexp(t, ` (style|on[a-z]+)=`, text)
}

func TestPagePolicyNamesStyleAndScript(t *testing.T) {
	text := rendered(t, HTML, sample())
	for _, tag := range []string{"style", "script"} {
		inside := regexp.MustCompile(`(?s)<` + tag + `>(.*?)</` + tag + `>`).FindStringSubmatch(text)
		require.NotNil(t, inside)
		want := tag + "-src '" + digest(inside[1]) + "'"
		got := strings.NewReplacer("&#39;", "'", "&#43;", "+").Replace(text)
		require.Contains(t, got, want)
	}
}

func TestJSONHasNoNullLists(t *testing.T) {
	var got map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(rendered(t, JSON, diff.Report{})), &got))
	require.Equal(t, "[]", string(got["changes"]))
	require.Equal(t, "[]", string(got["types"]))
}

func TestJSONKeepsWhatAChangeSays(t *testing.T) {
	var got jsonReport
	require.NoError(t, json.Unmarshal([]byte(rendered(t, JSON, hostileReport())), &got))
	want := strings.ToValidUTF8(hostile, "\uFFFD")
	require.Equal(t, want, got.Changes[0].Why)
	require.Equal(t, want, got.Changes[0].Old.Pointer)
	require.Equal(t, jsonCounts{Breaking: 1, Compatible: 1}, got.Counts)
}

func TestGroupsPutTheWorstFirst(t *testing.T) {
	r := diff.Report{Changes: []diff.Change{
		{Resource: "B", Severity: diff.Compatible, Symbol: "1"}, {Resource: "B", Severity: diff.Breaking, Symbol: "2"},
		{Resource: "A", Severity: diff.Risky, Symbol: "3"}, {Severity: diff.Compatible, Symbol: "4"},
		{Resource: "B", Severity: diff.Breaking, Symbol: "5"},
	}}
	var order []string
	for _, g := range groups(r) {
		for _, c := range g.changes {
			order = append(order, c.Symbol)
		}
	}
	require.Equal(t, []string{"4", "3", "2", "5", "1"}, order)
	require.Equal(t, diff.Breaking, Worst(r))
	require.Empty(t, Worst(diff.Report{}))
}

func TestRemedyIsDivided(t *testing.T) {
	for _, c := range []struct {
		remedy, sentence string
		copied           []string
	}{
		{"check for null", "check for null", nil},
		{"add this:\nnames:\n  a: B", "add this:", []string{"names:", "  a: B"}},
		{"names:\n  a: B\n", "", []string{"names:", "  a: B"}},
	} {
		sentence, copied := remedy(c.remedy)
		require.Equal(t, c.sentence, sentence)
		require.Equal(t, strings.Join(c.copied, "\n"), strings.Join(copied, "\n"))
	}
}

func TestDeclarationOfAChange(t *testing.T) {
	g := &group{resource: "Accounts", types: []diff.Pair{
		{Symbol: "Account"}, {Symbol: "AccountService"}, {Symbol: "AccountStatus"},
	}}
	for symbol, want := range map[string]string{
		"Account":             "Account",
		"Account.DisplayName": "Account",
		"AccountStatusActive": "AccountStatus",
		"AccountStatus":       "AccountStatus",
		"Accounts.List":       "AccountService",
		"Accountant":          "",
		"Other":               "",
	} {
		got := ""
		if i := g.declares(diff.Change{Resource: "Accounts", Symbol: symbol}); i >= 0 {
			got = g.types[i].Symbol
		}
		require.Equal(t, want, got, symbol)
	}
}

// What has declarations alone is no row of the table.
func TestMarkdownCountsWhatChanged(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, Markdown(&out, diff.Report{
		Changes: []diff.Change{{Severity: diff.Risky, Resource: "A", Symbol: "A.B"}, {Severity: diff.Risky, Resource: "C", Symbol: "C.D"}},
		Types:   []diff.Pair{{Resource: "Z", Symbol: "Z", New: "type Z int"}},
	}))
	require.Contains(t, out.String(), "| C | 0 | 1 | 0 |")
	require.NotContains(t, out.String(), "| Z |")
}
