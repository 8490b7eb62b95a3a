package report

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/oaken-go/oaken/generator"
	"github.com/oaken-go/oaken/generator/diff"
	"github.com/oaken-go/oaken/generator/render"
)

// made is a report with a change of each severity.
func made() diff.Report {
	return diff.Report{
		Old: "main:api.yaml", New: "api.yaml",
		Changes: []diff.Change{
			{Severity: diff.Breaking, Resource: "Accounts", Code: "field-removed", Symbol: "Account.Name", Caller: "the field is gone"},
			{Severity: diff.Risky, Resource: "Accounts", Code: "value-added", Symbol: "AccountStatusLost", Caller: "the constant is new"},
			{Severity: diff.Compatible, Resource: "Sessions", Code: "type-added", Symbol: "Session", Caller: "the type is new"},
		},
		Types: []diff.Pair{
			{Resource: "Accounts", Symbol: "Account", Old: "type Account struct {\n\tName string\n}", New: "type Account struct {\n}"},
			{Resource: "Sessions", Symbol: "Session", New: "type Session struct {\n\tID string\n}"},
		},
	}
}

func page(t *testing.T, r diff.Report) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, render.HTML(&out, r))
	return out.String()
}

var (
	changes = regexp.MustCompile(`<article class="change [^>]*>(?s:.*?)<code class="symbol">([^<]*)<`)
	types   = regexp.MustCompile(`<details class="type [^>]*>(?s:.*?)<code>([^<]*)<`)
	status  = regexp.MustCompile(`<output [^>]*>([^<]*)</output>`)
)

// shown returns the symbols of those elements that are not hidden.
func shown(dom string, elements *regexp.Regexp) []string {
	var out []string
	for _, m := range elements.FindAllStringSubmatch(dom, -1) {
		if tag, _, _ := strings.Cut(m[0], ">"); !strings.Contains(tag, " hidden") {
			out = append(out, m[1])
		}
	}
	return out
}

func TestFilters(t *testing.T) {
	text := page(t, made())
	for _, c := range []struct {
		hash           string
		changes, types []string
		status         string
	}{
		{"", []string{"Account.Name", "AccountStatusLost", "Session"}, []string{"Account", "Session"}, "3 changes"},
		{"#severity=breaking", []string{"Account.Name"}, []string{"Account"}, "1 of 3 changes"},
		{"#severity=risky,compatible", []string{"AccountStatusLost", "Session"}, []string{"Account", "Session"}, "2 of 3 changes"},
		{"#q=session", []string{"Session"}, []string{"Session"}, "1 of 3 changes"},
		{"#q=the+constant%20new", []string{"AccountStatusLost"}, nil, "1 of 3 changes"},
		{"#severity=breaking&q=session", nil, nil, "0 of 3 changes"},
		{"#resource-1", []string{"Account.Name", "AccountStatusLost", "Session"}, []string{"Account", "Session"}, "3 changes"},
	} {
		t.Run(c.hash, func(t *testing.T) {
			dom, console := open(t, text, c.hash)
			require.Empty(t, console)
			require.Equal(t, c.changes, shown(dom, changes))
			require.Equal(t, c.types, shown(dom, types))
			require.Equal(t, c.status, status.FindStringSubmatch(dom)[1])
			require.Equal(t, len(c.changes)+len(c.types) == 0, !strings.Contains(dom, `id="none" hidden`))
		})
	}
}

func TestPageIsReadableWithoutScript(t *testing.T) {
	text := regexp.MustCompile(`(?s)<script>.*</script>`).ReplaceAllString(page(t, made()), "")
	dom, console := open(t, text, "#severity=breaking")
	require.Empty(t, console)
	require.Equal(t, []string{"Account.Name", "AccountStatusLost", "Session"}, shown(dom, changes))
	require.Equal(t, []string{"Account", "Session"}, shown(dom, types))
}

// TestConsoleIsHeard holds that errors would be found.
func TestConsoleIsHeard(t *testing.T) {
	text := page(t, made())
	for _, wrong := range []string{
		strings.Replace(text, `"use strict";`, `"use strict"; throw new Error("wrong");`, 1), // not the script that the policy names
		`<script>undefined.wrong</script>`,
		strings.Replace(text, "</body>", `<img src="https://example.invalid/x.png"></body>`, 1),
	} {
		_, console := open(t, wrong, "")
		require.NotEmpty(t, console)
	}
}

func TestHostilePage(t *testing.T) {
	hostile := `</script></style></title><img src=x onerror="document.title='taken'"> {{.}} ' "`
	p := &diff.Place{Pointer: hostile}
	p.File = hostile
	dom, console := open(t, page(t, diff.Report{
		Old: hostile, New: hostile,
		Changes: []diff.Change{{
			Severity: diff.Breaking, Resource: hostile, Symbol: hostile, Code: hostile, Caller: hostile,
			Wire: hostile, Why: hostile, Remedy: hostile + "\n" + hostile, Old: p, New: p,
		}},
		Types: []diff.Pair{{Resource: hostile, Symbol: hostile, Old: hostile, New: hostile + "."}},
	}), "")
	require.Empty(t, console)
	require.NotContains(t, dom, "<img")
	require.NotContains(t, dom, "<title>taken")
}

func TestNothingChanged(t *testing.T) {
	dom, console := open(t, page(t, diff.Report{Old: "a.yaml", New: "b.yaml"}), "")
	require.Empty(t, console)
	require.Contains(t, dom, "Nothing changed")
}

// TestComparison opens the page for two real documents.
func TestComparison(t *testing.T) {
	spec, err := os.ReadFile("../../spec/financial_connections.yaml")
	require.NoError(t, err)
	folder := t.TempDir()
	edited := strings.NewReplacer("display_name:", "shown_name:", "livemode:", "live:").Replace(string(spec))
	require.NotEqual(t, string(spec), edited)
	for name, text := range map[string]string{"old.yaml": string(spec), "new.yaml": edited} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666))
	}
	r, err := generator.Diff(t.Context(), generator.DiffOptions{
		Old: filepath.Join(folder, "old.yaml"), New: filepath.Join(folder, "new.yaml"),
	})
	require.NoError(t, err)
	require.NotEmpty(t, r.Types)
	dom, console := open(t, page(t, r), "")
	require.Empty(t, console)
	require.Len(t, shown(dom, changes), len(r.Changes))
	require.Len(t, shown(dom, types), len(r.Types))
}
