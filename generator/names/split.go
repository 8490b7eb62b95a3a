package names

import (
	"fmt"
	"strings"
	"unicode"
)

// spelled are the characters that always count as words of their own.
var spelled = map[rune]string{
	'+': "Plus", '*': "Star", '<': "Less", '>': "Greater", '=': "Equal", '&': "And", '%': "Percent",
	'$': "Dollar", '#': "Hash", '@': "At", '!': "Not", '~': "Tilde", '^': "Caret", '|': "Or",
}

// separators are the characters that only stand between words. Where there is
// nothing else, they are spelled too.
var separators = map[rune]string{
	'-': "Dash", '_': "Underscore", '.': "Dot", '/': "Slash", '\\': "Backslash", ':': "Colon", ';': "Semicolon",
	',': "Comma", ' ': "Space", '\t': "Tab", '\n': "Newline", '?': "Question", '"': "Quote", '\'': "Apostrophe",
	'`': "Backtick", '(': "Open", ')': "Close", '[': "OpenBracket", ']': "CloseBracket", '{': "OpenBrace", '}': "CloseBrace",
}

// split takes a text apart into words. There is always at least one.
func split(s string) []string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if s == "" {
		return []string{"Empty"}
	}
	w := splitter{text: []rune(s)}
	for w.at = range w.text {
		w.step()
	}
	w.end()
	if len(w.words) == 0 {
		return spell(w.text)
	}
	return w.words
}

// splitter walks over a text and cuts it where a word ends.
type splitter struct {
	text  []rune
	at    int
	word  []rune
	words []string
}

func (w *splitter) step() {
	c := w.text[w.at]
	switch {
	case w.minus():
		w.end()
		w.words = append(w.words, "Minus")
	case spelled[c] != "":
		w.end()
		w.words = append(w.words, spelled[c])
	case !unicode.IsLetter(c) && !unicode.IsDigit(c):
		w.end()
	default:
		if w.boundary() {
			w.end()
		}
		w.word = append(w.word, c)
	}
}

// minus tells a sign from a hyphen: a dash before a digit, at the start or
// after the name of a clock, as in Etc/GMT-1.
func (w *splitter) minus() bool {
	if w.text[w.at] != '-' || w.at+1 == len(w.text) || !unicode.IsDigit(w.text[w.at+1]) {
		return false
	}
	before := string(w.word)
	return w.at == 0 || before == "GMT" || before == "UTC"
}

// boundary tells whether a capital begins a word: after a small letter or a
// digit, or as the last of several that is followed by a small letter.
func (w *splitter) boundary() bool {
	if len(w.word) == 0 || !unicode.IsUpper(w.text[w.at]) {
		return false
	}
	if !unicode.IsUpper(w.word[len(w.word)-1]) {
		return true
	}
	return w.at+1 < len(w.text) && unicode.IsLower(w.text[w.at+1]) && !w.plural()
}

// plural tells whether the text ends here as in accountIDs, where the capital
// belongs to what comes before it.
func (w *splitter) plural() bool {
	next := w.at + 2
	return w.text[w.at+1] == 's' && (next == len(w.text) || !unicode.IsLower(w.text[next]))
}

func (w *splitter) end() {
	if len(w.word) > 0 {
		w.words = append(w.words, string(w.word))
	}
	w.word = nil
}

// spell names the characters of a text that holds nothing else.
func spell(text []rune) []string {
	var words []string
	for _, c := range text {
		words = append(words, nameOf(c))
	}
	return words
}

// nameOf names a character that is neither a letter nor a digit.
func nameOf(c rune) string {
	for _, list := range []map[rune]string{spelled, separators} {
		if word := list[c]; word != "" {
			return word
		}
	}
	return fmt.Sprintf("U%04X", c)
}
