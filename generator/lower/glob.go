package lower

import (
	"errors"
	"regexp"
	"slices"
	"strings"
)

// pathGlob reads a pattern for something with segments, such as a path: * is
// any text within a segment, and a segment ** any number of segments. It
// matches text that has the separator before every segment.
func pathGlob(pattern, separator string) (*regexp.Regexp, error) {
	sep := regexp.QuoteMeta(separator)
	any := "[^" + sep + "]*"
	expr := ""
	for _, segment := range strings.Split(strings.TrimPrefix(pattern, separator), separator) {
		switch {
		case segment == "**":
			expr += "(?:" + sep + any + ")*"
		case strings.Contains(segment, "**"):
			return nil, errors.New("** has to be a whole segment")
		default:
			expr += sep + literally(segment, any)
		}
	}
	return anchor(expr)
}

// textGlob reads a pattern for a text without segments: * is any text.
func textGlob(pattern string) (*regexp.Regexp, error) {
	if strings.Contains(pattern, "**") {
		return nil, errors.New("one * is any text here")
	}
	return anchor(literally(pattern, ".*"))
}

// literally quotes a pattern, with something else in the place of each star.
func literally(pattern, star string) string {
	parts := strings.Split(pattern, "*")
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	return strings.Join(parts, star)
}

func anchor(expr string) (*regexp.Regexp, error) { return regexp.Compile(`(?s)\A` + expr + `\z`) }

// nearest returns the candidate that differs least from a text, "" where each
// differs in more than a third.
func nearest(text string, candidates []string) string {
	best, limit := "", len(text)/3
	for _, candidate := range candidates {
		if d := distance(text, candidate); d <= limit {
			best, limit = candidate, d-1
		}
	}
	return best
}

// distance counts the bytes to insert, remove or replace to turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := slices.Clone(row)
		row[0] = i + 1
		for j := range len(b) {
			replaced := before[j]
			if a[i] != b[j] {
				replaced++
			}
			row[j+1] = min(replaced, before[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
