package generator_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var (
	fence   = regexp.MustCompile("(?ms)^ *```.*?^ *```")
	code    = regexp.MustCompile("`[^`\n]*`")
	link    = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#{1,6} +(.+)$`)
)

// Links of the pages that people read lead to files and headings that there are.
func TestLinks(t *testing.T) {
	pages := []string{"../README.md", "../examples/downstream/README.md"}
	here, err := filepath.Glob("../docs/*.md")
	if err != nil || len(here) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	links := 0
	for _, page := range append(pages, here...) {
		for _, m := range link.FindAllStringSubmatch(code.ReplaceAllString(prose(t, page), "code"), -1) {
			links++
			if err := follow(t, page, m[1]); err != nil {
				t.Errorf("%s: %s: %v", page, m[1], err)
			}
		}
	}
	if links < 50 {
		t.Errorf("%d links found", links)
	}
}

func TestFollow(t *testing.T) {
	for to, ok := range map[string]bool{
		"https://example.com/none": true, "design.md": true, "design.md#the-lock": true, "../README.md#quick-start": true, "..": true,
		"none.md": false, "design.md#none": false, "#none": false, "../go.mod#none": false,
	} {
		if err := follow(t, "../docs/design.md", to); (err == nil) != ok {
			t.Errorf("%s: %v", to, err)
		}
	}
}

// follow tells where a link leads nowhere; those to other sites are not looked at.
func follow(t *testing.T, page, to string) error {
	t.Helper()
	if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") {
		return nil
	}
	file, anchor, anchored := strings.Cut(to, "#")
	path := filepath.Join(filepath.Dir(page), file)
	if file == "" {
		path = page
	}
	if _, err := os.Stat(path); err != nil || !anchored {
		return err
	}
	for _, m := range heading.FindAllStringSubmatch(prose(t, path), -1) {
		if slug(m[1]) == anchor {
			return nil
		}
	}
	return fmt.Errorf("%s has no such heading", path)
}

// prose is a page without its blocks of code.
func prose(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return fence.ReplaceAllString(string(text), "")
}

// slug is the anchor that GitHub gives a heading.
func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}
