package starter

import (
	"slices"
	"strings"
)

// Strip are prefixes that names should leave out; "" is none.
type Strip struct {
	Paths   string // of all paths
	Schemas string // of all schemas
	Usual   string // of most schemas, where there is none of all
}

// pathPrefix returns the segments that all paths begin with. What the
// generator leaves out by itself needs no setting, and what would leave
// a path without a name of its own can't be left out.
func pathPrefix(paths []string) string {
	var common []string
	for i, path := range paths {
		own := segments(path)
		for len(own) > 0 && strings.Contains(own[len(own)-1], "{") {
			own = own[:len(own)-1]
		}
		own = own[:max(len(own)-1, 0)]
		if i == 0 {
			common = own
		}
		common = shared(common, own)
	}
	for i, segment := range common {
		if strings.Contains(segment, "{") {
			common = common[:i]
			break
		}
	}
	if !slices.ContainsFunc(common, named) || versioned(paths, len(common)) {
		return ""
	}
	return "/" + strings.Join(common, "/")
}

// versioned tells whether something follows a prefix that the generator leaves
// out by itself: not any more, once a prefix is set.
func versioned(paths []string, prefix int) bool {
	return slices.ContainsFunc(paths, func(path string) bool {
		return slices.ContainsFunc(segments(path)[prefix:], leftOut)
	})
}

func named(segment string) bool { return !leftOut(segment) }

func segments(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

func shared(a, b []string) []string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

// leftOut tells whether a segment is no part of names anyway.
func leftOut(segment string) bool {
	switch segment {
	case "api", "apis", "rest":
		return true
	}
	return isVersion(segment)
}

// beginning is a pattern for all paths that begin like this one: up to the
// first segment that names something.
func beginning(path, prefix string) string {
	all := segments(path)
	n := len(segments(prefix))
	for n < len(all) && (leftOut(all[n]) || strings.Contains(all[n], "{")) {
		n++
	}
	if n >= len(all) {
		return path
	}
	return "/" + strings.Join(all[:n+1], "/") + "/**"
}

// schemaPrefix returns what all names of schemas begin with, up to a dot.
func schemaPrefix(names []string) string {
	if len(names) < 2 {
		return ""
	}
	prefix := upToDot(names[0])
	for _, name := range names {
		for prefix != "" && !strings.HasPrefix(name, prefix) {
			prefix = upToDot(strings.TrimSuffix(prefix, "."))
		}
	}
	return useful(prefix)
}

// schemaPrefixOfMost returns what at least half of the names begin with, where
// leaving that out makes no two the same.
func schemaPrefixOfMost(names []string, all string) string {
	if all != "" || len(names) < 4 {
		return ""
	}
	counts := map[string]int{}
	taken := map[string]bool{}
	for _, name := range names {
		for prefix := upToDot(name); prefix != ""; prefix = upToDot(strings.TrimSuffix(prefix, ".")) {
			counts[prefix]++
		}
		taken[strings.ToLower(name)] = true
	}
	best := ""
	for prefix, n := range counts {
		if 2*n >= len(names) && (len(prefix) > len(best) || len(prefix) == len(best) && prefix < best) {
			best = prefix
		}
	}
	for _, name := range names {
		if rest, ok := strings.CutPrefix(name, best); ok && best != "" && taken[strings.ToLower(rest)] {
			return ""
		}
	}
	return useful(best)
}

func upToDot(name string) string { return name[:strings.LastIndexByte(name, '.')+1] }

// useful drops a prefix that is a domain, as in io.k8s.: of such names the
// generator takes the end by itself.
func useful(prefix string) string {
	first, _, _ := strings.Cut(prefix, ".")
	switch first {
	case "com", "dev", "io", "net", "org":
		return ""
	}
	return prefix
}
