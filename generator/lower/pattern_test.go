package lower

import (
	"regexp"
	"strings"
	"testing"
)

// TestPatterns holds what a translated pattern matches against what ECMA-262
// says about the one that is written.
func TestPatterns(t *testing.T) {
	for _, c := range []struct{ expr, yes, no string }{ // texts between bars
		{`^a.c$`, "abc|aéc|a\u00a0c", "ac|a\nc|a\rc|a\u2028c|abc\n"},
		{`^\s$`, " |\t|\v|\f|\n|\r|\u00a0|\ufeff|\u2028|\u3000|\u1680", "a||\u200b|\u0085|\u180e"},
		{`^\S$`, "a|é|\u200b|\u0085|\U0001f600", " |\u00a0|\ufeff|\u2029|\v"},
		{`^[^\s@]+$`, "ab", "a b|a\u00a0b|@"},
		{`^[\S]$`, "a|\u0085|\x00|!|\ufeef", " |\u2003|\u205f|\u3000|\ufeff|\t|\v"},
		{`^[^\S]$`, " |\u2003", "a"},
		{`^[\w\s-.]$`, "a|-|.| ", "!|,"},
		{`^[\s-]$`, "-| ", "a"},
		{`^\d\w\D\W$`, "1aa!", "\u0661aa!|1éa!"},
		{`^\/\-\.\$$`, "/-.$", "a"},
		{`^\u00e9\u{1F600}\x41\cJ\0$`, "é\U0001f600A\n\x00", "e"},
		{`^\ud83d\ude00$`, "\U0001f600", "\ufffd\ufffd"},
		{`^[\b]$`, "\b", "b"},
		{`^[^]$`, "a|\n|\u2028", ""},
		{`^[[:alpha:]$`, "[|:|a|l|p|h", "b|z|]"},
		{`^[[]$`, "[", "a"},
		{`^(?<x>a)(?:b)$`, "ab", "a"},
		{`^\p{L}\P{Lu}\p{Script=Greek}\p{gc=Nd}\p{Letter}$`, "éaα1b", "1aα1b"},
		{`^é\é$`, "éé", "e"},
		{`a\b`, "a!", "ab"},
		{`^a{2,3}?b*?$`, "aa|aaab", "a"},
	} {
		got, err := goPattern(c.expr)
		if err != nil {
			t.Errorf("%s: %v", c.expr, err)
			continue
		}
		re := regexp.MustCompile(got)
		for text := range strings.SplitSeq(c.yes, "|") {
			if !re.MatchString(text) {
				t.Errorf("%s, which is %s, does not match %q", c.expr, got, text)
			}
		}
		for text := range strings.SplitSeq(c.no, "|") {
			if re.MatchString(text) {
				t.Errorf("%s, which is %s, matches %q", c.expr, got, text)
			}
		}
	}
}

// TestForeignPatterns holds what means nothing in ECMA-262, or another thing
// than in Go, or what Go can't say.
func TestForeignPatterns(t *testing.T) {
	for _, expr := range []string{
		`(?=a)`, `(?!a)`, `(?<=a)`, `(?<!a)`, `(a)\1`, `\k<x>`, `(?i)a`, `(?P<x>a)`, `(?s:a)`, `(?`, `(`, `[`, `[a`, `[]`, `[]a]`, `a\`, `[\`,
		`\A`, `\z`, `\Q.\E`, `\C`, `\a`, `\pL`, `\p{`, `\p{NoSuch}`, `\u12`, `\u{110000}`, `\ud800`, `\x1`, `\c1`, `\c`, `a{1001}`, `a**`, `[b-a]`, `[\ud800-\udfff]`,
	} {
		if got, err := goPattern(expr); err == nil {
			t.Errorf("%s is read as %s", expr, got)
		}
	}
}

func FuzzPattern(f *testing.F) {
	for _, seed := range []string{`^[\s-a\S]\u00e9\ud83d\ude00$`, `(?<a>.)\p{L}`, `\cA\x41[^]`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, expr string) {
		if got, err := goPattern(expr); err == nil {
			regexp.MustCompile(got)
		}
	})
}
