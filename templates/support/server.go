package support

import (
	"cmp"
	"slices"
	"strings"
)

// serverVariable is a variable in the URL of a server.
type serverVariable struct {
	name, value string
	fallback    string   // what the document says, for an empty value
	required    bool     // it says nothing
	values      []string // that are allowed, or nil
}

// withServer sends requests to a server of the document.
func withServer(template string, variables ...serverVariable) Option {
	return func(s *settings) {
		base := template
		for _, v := range variables {
			switch {
			case v.value == "" && v.required:
				s.fail("the variable %q of the server %s is not set, and has no default", v.name, template)
				return
			case v.value != "" && v.values != nil && !slices.Contains(v.values, v.value):
				s.fail("the variable %q of the server %s is none of %s", v.name, template, strings.Join(v.values, ", "))
				return
			case strings.Contains(v.value, "/") && inHost(template, v.name):
				s.fail("the variable %q of the server %s has a slash, and would name another host", v.name, template)
				return
			}
			base = strings.ReplaceAll(base, "{"+v.name+"}", cmp.Or(v.value, v.fallback))
		}
		s.baseGiven = true
		s.setBase(base)
	}
}

// inHost tells whether a variable is in the authority of a server's URL (RFC 3986
// section 3.2), which a slash would end.
func inHost(template, name string) bool {
	_, rest, _ := strings.Cut(template, "://")
	authority, _, _ := strings.Cut(rest, "/")
	return strings.Contains(authority, "{"+name+"}")
}
