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
}

// usual are the words that Go code writes in one case.
const usual = `ACL API ASCII CPU CSS DNS EOF GUID HTML HTTP HTTPS ID IP JSON QPS RAM RPC SLA SMTP SQL SSH
	TCP TLS TTL UDP UI UID UUID URI URL UTF8 VM XML XMPP XSRF XSS GMT UTC`

// New returns a policy that also writes the given words the way they are given.
func New(initialisms []string) *Policy {
	p := &Policy{initialisms: map[string]string{}, tails: map[string]string{}, stems: map[string]string{}}
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
	tail := p.Tail(s)
	first, _ := utf8.DecodeRuneInString(tail)
	if !unicode.IsUpper(first) {
		return "X" + tail // a digit, or a letter of a script without capitals
	}
	return tail
}

// Tail returns what s adds to a name that has begun already.
func (p *Policy) Tail(s string) string {
	if known, ok := p.tails[s]; ok {
		return known
	}
	out, shout := "", shouted(s)
	for _, word := range split(s) {
		out = Join(out, p.capital(word, shout))
	}
	p.tails[s] = out
	return out
}

// Cased is Tail with the capitals as they are: it tells DESC from desc.
func (p *Policy) Cased(s string) string {
	out := ""
	for _, word := range split(s) {
		out = Join(out, p.capital(word, false))
	}
	return out
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

// Argument returns the name of a function's argument: account_id is accountID.
// A name that means something else inside the function gets an underscore.
func (p *Policy) Argument(s string) string {
	words, shout := split(s), shouted(s)
	out := strings.ToLower(words[0])
	for _, word := range words[1:] {
		out = Join(out, p.capital(word, shout))
	}
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
	stem := strings.ToLower(strings.Join(split(s), "_"))
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
