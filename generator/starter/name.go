package starter

import (
	"go/token"
	"strings"
	"unicode"
)

const (
	fallback    = "api"
	longestName = 28
)

// vague are words of titles that say nothing about an API.
var vague = map[string]bool{
	"a": true, "an": true, "and": true, "api": true, "apis": true, "definition": true, "documentation": true, "for": true,
	"http": true, "json": true, "of": true, "openapi": true, "public": true, "reference": true, "rest": true,
	"restful": true, "schema": true, "spec": true, "specification": true, "swagger": true, "the": true, "web": true,
}

// packageName makes a name for a Go package of a title: as many of its words
// as make a short one, without those that say nothing and without versions.
func packageName(title string) string {
	name := ""
	for _, word := range strings.FieldsFunc(strings.ToLower(title), separates) {
		if vague[word] || isVersion(word) {
			continue
		}
		if name != "" && len(name)+len(word) > longestName {
			break
		}
		name += word
	}
	name = name[:min(len(name), longestName)]
	switch {
	case name == "":
		return fallback
	case name[0] >= '0' && name[0] <= '9', token.IsKeyword(name), name == "main", name == "internal", name == "vendor":
		return fallback + name
	}
	return name
}

// separates tells whether a rune is no part of a package's name. Letters beyond
// ASCII are none, as the name becomes that of a folder as well.
func separates(r rune) bool {
	return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// isVersion tells whether a word is a number, or one after a v.
func isVersion(word string) bool {
	digits := strings.TrimPrefix(word, "v")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}
