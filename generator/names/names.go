// Package names is the naming policy: how words of a document become Go names
// and file stems. A name is made from its own words alone, never from what
// else a document holds; two words that give one name are for the caller to
// report.
//
// Enter it through New, which takes the initialisms of a document in addition
// to the usual ones.
package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Policy turns words into names. It remembers what it has made, so it is for
// one goroutine at a time.
type Policy struct {
	initialisms map[string]string // lower case to the spelling in a name
	tails       map[string]string // results of Tail: documents repeat themselves
	stems       map[string]string // results of Stem
	cased       map[string]string // results of Cased
	spelled     map[string]string // results of Spelled
}

// usual are the words that Go code writes in one case.
const usual = `ACL API ASCII CPU CSS DNS EOF GUID HTML HTTP HTTPS ID IP JSON QPS RAM RPC SLA SMTP SQL SSH
	TCP TLS TTL UDP UI UID UUID URI URL UTF8 VM XML XMPP XSRF XSS GMT UTC`

// New returns a policy that also writes the given words the way they are given.
func New(initialisms []string) *Policy {
	p := &Policy{
		initialisms: map[string]string{}, tails: map[string]string{}, stems: map[string]string{},
		cased: map[string]string{}, spelled: map[string]string{},
	}
	for _, word := range strings.Fields(usual) {
		p.add(word)
	}
	for _, word := range initialisms {
		p.add(word)
	}
	return p
}

// add registers a word and its plural: ids is written IDs.
func (p *Policy) add(word string) {
	lower := strings.ToLower(word)
	if _, ok := p.initialisms[lower+"s"]; !ok {
		p.initialisms[lower+"s"] = word + "s"
	}
	p.initialisms[lower] = word
}

// Exported returns a name that other packages can use: account_id is
// AccountID. It is a valid identifier, whatever s is.
func (p *Policy) Exported(s string) string {
	return Capitalized(p.Tail(s))
}

// Tail returns what s adds to a name that has begun already.
func (p *Policy) Tail(s string) string {
	if known, ok := p.tails[s]; ok {
		return known
	}
	out := joined(p.capitals(split(s), shouted(s)))
	p.tails[s] = out
	return out
}

// Cased is Tail with the capitals as they are: it tells DESC from desc.
func (p *Policy) Cased(s string) string {
	if known, ok := p.cased[s]; ok {
		return known
	}
	out := joined(p.capitals(split(s), false))
	p.cased[s] = out
	return out
}

// Spelled is Exported with what that leaves out: characters that only separate
// words are words too, and letters keep their case, but for the first: where there
// is no such character, it is said of a small one. So two texts that have one name
// nearly always have two that are spelled out.
func (p *Policy) Spelled(s string) string {
	known, ok := p.spelled[s]
	if !ok {
		known = spellOut(s)
		p.spelled[s] = known
	}
	return known
}

func spellOut(s string) string {
	text := strings.ToValidUTF8(s, "\uFFFD")
	var words []string
	begin := 0
	for i, c := range text {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			words = append(words, initial(text[begin:i]), nameOf(c))
			begin = i + utf8.RuneLen(c)
		}
	}
	out := joined(append(words, initial(text[begin:])))
	switch letter, _ := utf8.DecodeRuneInString(s); {
	case out == "":
		return "EmptyText"
	case plain(s) && unicode.IsLower(letter):
		return "Lower" + out
	}
	return Capitalized(out)
}

// initial writes the first letter of a word as a capital.
func initial(word string) string {
	c, size := utf8.DecodeRuneInString(word)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(c)) + word[size:]
}

// Capitalized makes a name one that other packages can use.
func Capitalized(name string) string {
	if c, _ := utf8.DecodeRuneInString(name); !unicode.IsUpper(c) {
		return "X" + name // a digit, or a letter of a script without capitals
	}
	return name
}

// Plainness orders texts by how little their Go name leaves out: a text that is
// the name, one of small letters and digits, one of any letters and digits, words
// joined by underscores, and anything else. Of several texts with one name the
// plainest has it.
func Plainness(text, name string) int {
	switch {
	case text == name:
		return 0
	case plain(text) && strings.ToLower(text) == text:
		return 1
	case plain(text):
		return 2
	case !strings.HasPrefix(text, "_") && !strings.HasSuffix(text, "_") && plain(strings.ReplaceAll(text, "_", "")):
		return 3
	}
	return LeastPlain
}

// LeastPlain is the highest number that Plainness returns.
const LeastPlain = 4

// plain tells whether a text is nothing but letters and digits.
func plain(text string) bool {
	return text != "" && strings.IndexFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) < 0
}

// Join puts one part of a name after another. Digits of two parts are kept
// apart, so that 1.12 and 11.2 have names of their own.
func Join(head, tail string) string {
	last, _ := utf8.DecodeLastRuneInString(head)
	first, _ := utf8.DecodeRuneInString(tail)
	if unicode.IsDigit(last) && unicode.IsDigit(first) {
		return head + "_" + tail
	}
	return head + tail
}

// capitals writes each word as a name has it, in place.
func (p *Policy) capitals(words []string, shout bool) []string {
	for i, word := range words {
		words[i] = p.capital(word, shout)
	}
	return words
}

// joined is Join for many parts.
func joined(parts []string) string {
	var out strings.Builder
	last := ' '
	for _, part := range parts {
		if first, _ := utf8.DecodeRuneInString(part); unicode.IsDigit(last) && unicode.IsDigit(first) {
			out.WriteByte('_')
		}
		out.WriteString(part)
		if part != "" {
			last, _ = utf8.DecodeLastRuneInString(part)
		}
	}
	return out.String()
}

// Argument returns the name of a function's argument: account_id is accountID.
// A name that means something else inside the function gets an underscore.
func (p *Policy) Argument(s string) string {
	words, shout := split(s), shouted(s)
	words[0] = strings.ToLower(words[0])
	p.capitals(words[1:], shout)
	out := joined(words)
	if first, _ := utf8.DecodeRuneInString(out); !unicode.IsLetter(first) {
		out = "x" + out
	}
	if taken[out] {
		return out + "_"
	}
	return out
}

// Stem returns the stem of a file name: lower case, words joined by
// underscores, at most 80 bytes.
func (p *Policy) Stem(s string) string {
	if known, ok := p.stems[s]; ok {
		return known
	}
	stem := strings.ToLower(strings.ToUpper(strings.Join(split(s), "_"))) // both, for letters with two small forms
	if len(stem) > maxStem {
		stem = strings.ToValidUTF8(stem[:maxStem], "")
	}
	stem = strings.TrimRight(stem, "_")
	p.stems[s] = stem
	return stem
}

// maxStem leaves room for endings in the 255 bytes of a file name. Two stems
// that are cut alike share a file, which is no harm.
const maxStem = 80

// capital writes one word the way it stands in a name.
func (p *Policy) capital(word string, shout bool) string {
	if known, ok := p.initialisms[strings.ToLower(word)]; ok {
		return known
	}
	first, size := utf8.DecodeRuneInString(word)
	rest := word[size:]
	if shout {
		rest = strings.ToLower(rest)
	}
	return string(unicode.ToUpper(first)) + rest
}

// shouted tells whether a text is upper case throughout, as LINE_OF_CREDIT is,
// so that the case of its words says nothing. Codes of two or three letters,
// as US and USD, are left alone.
func shouted(s string) bool {
	letters := 0
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		if unicode.IsLetter(c) {
			letters++
		}
	}
	return letters > 3
}
