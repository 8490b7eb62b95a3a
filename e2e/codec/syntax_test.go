package codec

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	fc "github.com/oaken-go/oaken/generated/financialconnections"
)

// syntaxCase is a line of testdata/syntax.txt, which says what the verdicts
// mean.
type syntaxCase struct{ verdict, text string }

func syntaxCases(tb testing.TB) []syntaxCase {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "syntax.txt"))
	require.NoError(tb, err)
	var cases []syntaxCase
	for line := range strings.Lines(string(data)) {
		if verdict, rest, found := strings.Cut(strings.TrimSpace(line), " "); found && verdict != "#" {
			cases = append(cases, syntaxCase{verdict, joined(tb, rest)})
		}
	}
	require.Greater(tb, len(cases), 400)
	return cases
}

// joined returns the text that a line begins with: Go strings, each perhaps
// repeated.
func joined(tb testing.TB, line string) (text string) {
	tb.Helper()
	for line = strings.TrimSpace(line); line[0] == '"' || line[0] == '`'; line = strings.TrimSpace(line) {
		quoted, err := strconv.QuotedPrefix(line)
		require.NoError(tb, err, line)
		part, err := strconv.Unquote(quoted)
		require.NoError(tb, err, line)
		line = line[len(quoted):]
		if after, repeated := strings.CutPrefix(line, "*"); repeated {
			number, rest, _ := strings.Cut(after, " ")
			n, err := strconv.Atoi(number)
			require.NoError(tb, err, line)
			part, line = strings.Repeat(part, n), rest
		}
		text += part
	}
	return text
}

// The verdicts are those of go-json-experiment, which is as strict as the
// package but for the depth; and the generated package reads each case as they
// say: by itself, as a member with a field, and as one without.
func TestSyntaxCases(t *testing.T) {
	for _, c := range syntaxCases(t) {
		name := c.verdict + " " + strconv.Quote(c.text[:min(len(c.text), 40)])
		valid := c.verdict == "yes" || c.verdict == "deep"
		require.Equal(t, valid, jsontext.Value(c.text).IsValid(jsontext.AllowDuplicateNames(true)), name)
		require.Equal(t, c.verdict == "yes", fc.SetUnknownMember(new(fc.Account), "x", fc.Raw(c.text)) == nil, name)
		for _, around := range []string{`{"x":%}`, `{"id":"a","x":%,"object":""}`, `{"account_holder":{"x": % }}`, `{"ownership":{"id":"a","x":%}}`} {
			err := fc.Unmarshal([]byte(strings.Replace(around, "%", c.text, 1)), new(fc.Account))
			require.Equal(t, c.verdict == "yes" || c.verdict == "cut", err == nil, "%s in %s: %v", name, around, err)
		}
		for _, around := range []string{`{"id":%}`, `{"created":%}`, `{"livemode": %}`, `{"display_name":%}`, `{"balance":%}`, `{"permissions":%}`, `{"ownership":%}`} {
			document := []byte(strings.Replace(around, "%", c.text, 1))
			for _, pair := range pairs {
				sameReading(t, document, pair.ours(), pair.plain())
			}
		}
	}
}

// What the examples hold is what go-json-experiment reads from them.
func TestExamples(t *testing.T) {
	for name, document := range examples(t) {
		t.Run(name, func(t *testing.T) {
			for _, pair := range pairs {
				sameReading(t, document, pair.ours(), pair.plain())
			}
		})
	}
}
