package lower

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/oaken-go/oaken/generator/names"
)

// numbered finds the parameter of an operation, or of a path, in a key of the
// lock.
var numbered = regexp.MustCompile(`/paths/([^/]*)(?:/([a-z]+))?/parameters/([^/ ]+)`)

// Pointer returns the pointer for a key that the lock has for a place: one that
// says which parameter by what that is called, as their order means nothing.
func Pointer(doc *openapi3.T, key string) string {
	return replaced(doc, key, func(path string, list openapi3.Parameters, name string) string {
		at := slices.IndexFunc(list, func(p *openapi3.ParameterRef) bool { return steady(path, p) == name })
		if at < 0 {
			return name
		}
		return strconv.Itoa(at)
	})
}

// steadyKey is the other way around.
func steadyKey(doc *openapi3.T, pointer string) string {
	return replaced(doc, pointer, func(path string, list openapi3.Parameters, number string) string {
		at, err := strconv.Atoi(number)
		if err != nil || at < 0 || at >= len(list) || steady(path, list[at]) == "" {
			return number
		}
		return steady(path, list[at])
	})
}

// steady is what the lock calls a parameter: where it is sent and its name, and in
// a path, where names mean nothing, its place there.
func steady(path string, p *openapi3.ParameterRef) string {
	if p == nil || p.Value == nil {
		return ""
	}
	name := p.Value.Name
	if p.Value.In == openapi3.ParameterInPath {
		name = strconv.Itoa(slices.Index(paramNames(path), name))
	}
	return p.Value.In + ":" + url.PathEscape(name)
}

// replaced puts something else in place of what says which parameter.
func replaced(doc *openapi3.T, key string, by func(path string, list openapi3.Parameters, token string) string) string {
	m := numbered.FindStringSubmatchIndex(key)
	if m == nil || doc.Paths == nil {
		return key
	}
	path := unescape(key[m[2]:m[3]])
	item := doc.Paths.Value(path)
	if item == nil {
		return key
	}
	list := item.Parameters
	if m[4] >= 0 {
		op := item.Operations()[strings.ToUpper(key[m[4]:m[5]])]
		if op == nil {
			return key
		}
		list = op.Parameters
	}
	return key[:m[6]] + by(path, list, key[m[6]:m[7]]) + key[m[7]:]
}

// rekeyed returns names with other keys for places.
func rekeyed(g names.Given, doc *openapi3.T, key func(*openapi3.T, string) string) names.Given {
	out := names.NewGiven()
	out.Operations = g.Operations
	for old, name := range g.Types {
		out.Types[key(doc, old)] = name
	}
	for old, name := range g.Longer {
		out.Longer[key(doc, old)] = name
	}
	return out
}
