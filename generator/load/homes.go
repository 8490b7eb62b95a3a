package load

import (
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// name names what becomes a component. A name follows from the place: the last
// part of it where that is a name, else more of it; places that would have the
// same name get longer ones, all of them, so that no order matters.
func (b *bundler) name() {
	taken := map[string]bool{}
	for name, part := range sections {
		if section, ok := b.main.root.find([]string{"components", name}); ok {
			for _, kid := range section.kids {
				taken[part+" "+fold(kid.key)] = true
			}
		}
	}
	left := slices.DeleteFunc(slices.Clone(b.moved), func(h *home) bool { return h.node != nil })
	for _, of := range []func(spot) string{naturalName, b.longName, b.fullName} {
		left = distinct(left, taken, of)
	}
	next := map[string]int{}
	for _, h := range left {
		base := b.fullName(h.spot)
		for h.name == "" || taken[h.shape+" "+fold(h.name)] {
			next[base]++
			h.name = base + "_" + strconv.Itoa(next[base]+1)
		}
		taken[h.shape+" "+fold(h.name)] = true
	}
}

// distinct gives those a name that don't share it, and returns the others.
func distinct(homes []*home, taken map[string]bool, of func(spot) string) (left []*home) {
	count := map[string]int{}
	for _, h := range homes {
		count[h.shape+" "+fold(of(h.spot))]++
	}
	for _, h := range homes {
		name := of(h.spot)
		if key := h.shape + " " + fold(name); fold(name) == "" || taken[key] || count[key] > 1 {
			left = append(left, h)
		} else {
			h.name = name
		}
	}
	for _, h := range homes {
		if h.name != "" {
			taken[h.shape+" "+fold(h.name)] = true
		}
	}
	return left
}

// fold is what two names must not share: their Go names would be the same.
func fold(name string) string { return strings.ToLower(strings.ReplaceAll(wordsOf(name), "_", "")) }

// wordsOf makes a name of any text.
func wordsOf(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), "_")
}

// naturalName is what a place is called where it stands.
func naturalName(at spot) string {
	n := len(at.tokens)
	switch {
	case n == 0:
		return at.file.stem()
	case isName(at.tokens):
		return at.tokens[n-1]
	}
	return placeName(at)
}

// isName tells whether the last part of a pointer is a name and no keyword.
func isName(tokens []string) bool {
	last, around := tokens[len(tokens)-1], ""
	if len(tokens) > 1 {
		around = tokens[len(tokens)-2]
	}
	if _, ok := sections[around]; ok || around == "$defs" || around == "definitions" {
		return len(tokens) == 2 || around != "parameters" && around != "responses" && around != "callbacks" ||
			len(tokens) == 3 && tokens[0] == "components"
	}
	_, number := strconv.Atoi(last)
	_, keyword := shapes["schema"].members[last]
	inside := shapes["schema"].members[around]
	return number != nil && !keyword && last != "schema" && around != "content" && around != "paths" && !strings.HasPrefix(inside, "{")
}

// placeName is made of the whole way to a place, without what every such way
// has, and without media types.
func placeName(at spot) string {
	var parts []string
	for i, token := range at.tokens {
		switch token {
		case "paths", "components", "schemas", "properties", "content", "schema", "$defs", "definitions":
			continue
		}
		if i == 0 || at.tokens[i-1] != "content" {
			parts = append(parts, wordsOf(token))
		}
	}
	return strings.Join(parts, "_")
}

// longName has the file in it, or the whole way.
func (b *bundler) longName(at spot) string {
	name := naturalName(at)
	if at.file == b.main || len(at.tokens) == 0 {
		return wordsOf(strings.Join(at.tokens, "_"))
	}
	return wordsOf(at.file.stem() + "_" + name)
}

// fullName has all of the file's path in it, as seen from the document, and the
// whole way.
func (b *bundler) fullName(at spot) string {
	from := at.file.self.at.Host + at.file.self.at.Path
	if rel, err := filepath.Rel(filepath.Dir(b.main.abs), at.file.abs); err == nil && !at.file.remote() {
		from = filepath.ToSlash(rel)
	}
	return wordsOf(strings.TrimSuffix(from, path.Ext(from)) + "_" + strings.Join(at.tokens, "_"))
}

// stem is the name of a file without what ends it.
func (s *source) stem() string {
	base := path.Base(filepath.ToSlash(s.self.at.Path))
	return strings.TrimSuffix(base, path.Ext(base))
}

// lastName is what a reference calls what it leads to.
func lastName(ref string) string {
	u, err := url.Parse(ref)
	if err != nil {
		return ref
	}
	if tokens := splitPointer(u.Fragment); len(tokens) > 0 {
		return tokens[len(tokens)-1]
	}
	base := path.Base(u.Path)
	return strings.TrimSuffix(base, path.Ext(base))
}
