package support

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

func TestSequences(t *testing.T) {
	for expr, plain := range map[string]bool{
		"": false, "a": false, "a$": false, "^": true, "^$": true, "^a": true, "^ab$": true,
		"^[0-9]{4}$": true, "^[a-z]{3}$": true, `^acct_\w+$`: true, `^\d{1,3}\.\d*$`: true, "^[A-Z]{2,}[0-9]?": true,
		"^a{2,1}$": false, "^a{1001}$": false, "^a{,2}$": false, "^a{2": false, "^a{2}{3}$": false, "^a+?$": false, "^a**": false,
		"^[a-z]*[a-z]$": false, "^a*b*a$": false, "^a*b+a$": true, "^a?a$": false, "^a{2}a$": true, "^[ab]?c*b$": false,
		"^[^a]$": false, "^.$": false, "^(a)$": false, "^a|b$": false, "^a^b$": false, "^a$b": false, "^$$": false,
		"^[]a]$": false, "^[a": false, "^[]$": false, "^[[:alpha:]]$": false, "^[z-a]$": false, "^[+--]$": false, `^[\d-z]$`: false,
		"^[a-c-]$": true, "^[-a]$": true, `^[\]\\^]$`: false, `^[\]\\]+$`: true, `^\pL$`: false, `^\n$`: false, `^\`: false, `^[\`: false,
		"^é$": false, "^[é]$": false, "^_{1}": true, `^\$`: true, "^a}$": false, "^]$": false,
	} {
		if r := readSequence(expr); (r != nil) != plain {
			t.Errorf("%s: got %v, want %v", expr, r != nil, plain)
		}
	}
}

// What package regexp says is right.
func TestSequencesMatchAsRegexp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	plain, matching := 0, 0
	for range 30_000 {
		var b strings.Builder
		b.WriteString(pick("^", "^", "^", "^", ""))
		for range r.IntN(5) {
			b.WriteString(pick("a", "b", "_", "[a-c]", "[ab_]", "[^a]", `\d`, `\w`, `\.`, "[0-9-]", ".", "[b-d0]", "(a|b)", `[\w.]`, "é"))
			b.WriteString(pick("", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "+?", "{0}"))
		}
		b.WriteString(pick("$", "$", "$", ""))
		expr := b.String()
		runs := readSequence(expr)
		if runs == nil {
			continue
		}
		plain++
		re := regexp.MustCompile(expr)
		for range 20 {
			var text strings.Builder
			for range r.IntN(9) {
				text.WriteString(pick("a", "b", "c", "d", "_", "0", "1", ".", "-", "\n", "é", "\xff", "aa", "00"))
			}
			want := re.MatchString(text.String())
			if want {
				matching++
			}
			if have := runs.match(text.String()); have != want {
				t.Fatalf("%s, %q: got %v, want %v", expr, text.String(), have, want)
			}
		}
	}
	if plain < 5000 || matching < 5000 {
		t.Fatalf("only %d expressions were of the kind, and %d texts matched", plain, matching)
	}
}

func FuzzSequence(f *testing.F) {
	for _, expr := range []string{"^[0-9]{4}$", `^acct_\w+$`, "^[a-c-]{1,2}x*", `^[\]\\]+\d?$`} {
		f.Add(expr, "0042")
		f.Add(expr, "acct_1\n")
	}
	f.Fuzz(func(t *testing.T, expr, text string) {
		if runs := readSequence(expr); runs != nil && runs.match(text) != regexp.MustCompile(expr).MatchString(text) {
			t.Fatalf("%s, %q: got %v", expr, text, runs.match(text))
		}
	})
}
