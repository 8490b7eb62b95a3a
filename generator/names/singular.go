package names

import (
	"strings"
	"unicode"
)

// irregular are plurals that no ending tells, and words that look like plurals
// and are none.
var irregular = map[string]string{
	"people": "person", "children": "child", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth",
	"indices": "index", "vertices": "vertex", "matrices": "matrix", "criteria": "criterion", "shoes": "shoe",
	"movies": "movie", "cookies": "cookie", "ties": "tie", "pies": "pie", "halves": "half", "shelves": "shelf",
	"caches": "cache", "headaches": "headache", "quizzes": "quiz",
	"statuses": "status", "buses": "bus", "aliases": "alias", "biases": "bias", "canvases": "canvas",
	"bonuses": "bonus", "viruses": "virus", "campuses": "campus", "lenses": "lens", "gases": "gas",
	"analyses": "analysis", "theses": "thesis", "hypotheses": "hypothesis", "crises": "crisis", "diagnoses": "diagnosis",

	"series": "series", "species": "species", "news": "news", "gas": "gas", "lens": "lens", "alias": "alias",
	"bias": "bias", "canvas": "canvas", "atlas": "atlas", "always": "always", "kudos": "kudos", "chaos": "chaos",
	"sms": "sms", "dns": "dns", "ios": "ios", "aws": "aws", "gps": "gps", "tls": "tls", "css": "css", "https": "https",
	"pos": "pos", "sos": "sos", "os": "os", "js": "js", "kms": "kms", "sepa_credits": "sepa_credit", "vms": "vm",
	"was": "was", "has": "has", "as": "as", "yes": "yes", "this": "this", "plus": "plus", "is": "is",
}

// endings are what plurals end in and what singulars end in instead, the
// longest that fits first. An equal pair keeps the word.
var endings = []struct{ plural, singular string }{
	{"sses", "ss"}, {"shes", "sh"}, {"ches", "ch"}, {"xes", "x"}, {"zzes", "zz"}, {"oes", "o"},
	{"ies", "y"}, {"ss", "ss"}, {"us", "us"}, {"is", "is"}, {"s", ""},
}

// Singular returns a Go name with its last word in the singular: for
// AccountHolders AccountHolder, for Status itself.
func Singular(name string) string {
	cut := lastWord(name)
	head, word := name[:cut], name[cut:]
	lower := strings.ToLower(word)
	if s, ok := irregular[lower]; ok {
		return head + sameCase(word, s)
	}
	for _, e := range endings {
		if strings.HasSuffix(lower, e.plural) && len(lower) > len(e.plural) {
			return head + word[:len(word)-len(e.plural)] + sameCase(word, e.singular)
		}
	}
	return name
}

// IsPlural tells whether a name's last word has another singular.
func IsPlural(name string) bool { return Singular(name) != name }

// lastWord returns where the last word of a Go name begins. IDs is one word.
func lastWord(name string) int {
	runes := []rune(strings.TrimSuffix(name, "s"))
	i := len(runes)
	for i > 0 && !unicode.IsUpper(runes[i-1]) {
		i--
	}
	for i > 1 && i == len(runes) && unicode.IsUpper(runes[i-2]) {
		i--
		runes = runes[:i]
	}
	if i == 0 {
		return 0
	}
	return len(string(runes[:i-1]))
}

// sameCase writes a replacement with the capital that the word has.
func sameCase(word, replacement string) string {
	if len(word) == len(replacement) && strings.EqualFold(word, replacement) {
		return word
	}
	if replacement == "" || !unicode.IsUpper([]rune(word)[0]) || len(replacement) < 3 {
		return replacement
	}
	return strings.ToUpper(replacement[:1]) + replacement[1:]
}
