package lower

import (
	"regexp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/names"
)

// route says where an operation belongs.
type route struct {
	chain  []link
	base   string // Go name of the resource in the singular
	method string
}

// link is one fixed segment of a path.
type link struct {
	word string
	name string // Go name
	item bool   // an id follows
}

// segment is the braces of a path template.
var braces = regexp.MustCompile(`\{[^}]*\}`)

// links takes a path apart.
func (l *lowerer) links(path string) []link {
	var out []link
	for _, segment := range strings.Split(l.stripPath(path), "/") {
		fixed := strings.Trim(braces.ReplaceAllString(segment, " "), " :.-_#")
		variable := braces.MatchString(segment)
		if variable && len(out) > 0 {
			out[len(out)-1].item = true
		}
		if fixed != "" {
			out = append(out, link{word: fixed, name: l.names.Exported(fixed)})
		}
	}
	if len(out) == 0 {
		out = []link{{word: "root", name: "Root", item: braces.MatchString(path)}}
	}
	return out
}

// stripPath takes the first configured prefix that fits off a path.
func (l *lowerer) stripPath(path string) string {
	for _, prefix := range l.opts.StripPaths {
		rest, ok := strings.CutPrefix(path, strings.TrimSuffix(prefix, "/"))
		if ok && prefix != "" && (rest == "" || rest[0] == '/') {
			l.used["paths "+prefix] = true
			return rest
		}
	}
	return path
}

// routeOf decides where an operation belongs. The package comment has the
// rules.
func (l *lowerer) routeOf(c *call) route {
	links := l.links(c.path)
	cut, method := l.verb(c, links)
	r := route{chain: links[:cut], method: method}
	if r.method == "" {
		r.method = standardMethod(c, r.chain[len(r.chain)-1])
	}
	r.base = baseOf(r.chain)
	return l.overrideRoute(c, r)
}

// verb returns how many links name resources, and the method that the rest
// spells, if there is a rest.
func (l *lowerer) verb(c *call, links []link) (int, string) {
	last := len(links) - 1
	if links[last].item || last == 0 || c.response.calls(links[last].word) {
		return len(links), ""
	}
	for i := last - 1; i >= 0 && (c.method == "POST" || c.method == "GET" && !links[i].item); i-- {
		if c.response.callsOneOf(links[i].word) {
			return i + 1, spelled(links[i+1:])
		}
	}
	single := !names.IsPlural(links[last].name) && !c.response.list
	if single && (c.method == "POST" || c.method == "GET" && !c.response.json) {
		return last, links[last].name
	}
	return len(links), ""
}

func spelled(links []link) string {
	out := ""
	for _, part := range links {
		out = names.Join(out, part.name)
	}
	return out
}

// standardMethod names a method by what HTTP does to a collection, an item, or
// something that there is one of.
func standardMethod(c *call, last link) string {
	collection := !last.item && (names.IsPlural(last.name) && !c.response.is(last.word) || c.response.list)
	switch {
	case collection:
		return lookup(collectionMethods, c.method)
	case c.method == "POST" && !last.item && !c.response.is(last.word):
		return "Create"
	}
	return lookup(itemMethods, c.method)
}

var collectionMethods = map[string]string{
	"GET": "List", "POST": "Create", "PUT": "ReplaceAll", "PATCH": "UpdateAll", "DELETE": "DeleteAll",
}

var itemMethods = map[string]string{
	"GET": "Retrieve", "POST": "Update", "PUT": "Replace", "PATCH": "Update", "DELETE": "Delete",
}

func lookup(methods map[string]string, method string) string {
	if name, ok := methods[method]; ok {
		return name
	}
	return strings.ToUpper(method[:1]) + strings.ToLower(method[1:])
}

// baseOf returns what the types of a resource begin with: what an id follows
// is in the singular, and so is the last link.
func baseOf(chain []link) string {
	last := chain[len(chain)-1]
	return names.Join(prefixOf(chain[:len(chain)-1]), one(last.name))
}

// one returns the name of a resource in the singular. A plural without an s
// stays as it is: people and persons are two resources.
func one(name string) string {
	if strings.HasSuffix(name, "s") {
		return names.Singular(name)
	}
	return name
}

func prefixOf(chain []link) string {
	out := ""
	for _, part := range chain {
		if part.item {
			out = names.Join(out, one(part.name))
		} else {
			out = names.Join(out, part.name)
		}
	}
	return out
}

// overrideRoute applies what the config says about an operation.
func (l *lowerer) overrideRoute(c *call, r route) route {
	for _, key := range []string{c.method + " " + c.path, c.op.OperationID} {
		name, ok := l.opts.Operations[key]
		if !ok || key == "" {
			continue
		}
		l.used["operation "+key] = true
		r.method = either(name.Method, r.method)
		if name.Resource != "" {
			r.chain = overriddenChain(name.Resource, r.chain)
			r.base = baseOf(r.chain)
		}
		for _, word := range name.words() {
			if !names.IsExported(word) {
				l.report(c.pointer, "bad-name", "operations: %q is no exported Go name: write one like AccountHolders", word)
			}
		}
	}
	return r
}

// words are the Go names that an override gives.
func (n OperationName) words() []string {
	var out []string
	if n.Resource != "" {
		out = strings.Split(n.Resource, ".")
	}
	if n.Method != "" {
		out = append(out, n.Method)
	}
	return out
}

// overriddenChain keeps what the path says about the links that remain.
func overriddenChain(resource string, chain []link) []link {
	var out []link
	for i, word := range strings.Split(resource, ".") {
		part := link{word: word, name: word}
		if i < len(chain) && chain[i].name == word {
			part = chain[i]
		}
		out = append(out, part)
	}
	return out
}

// response is what naming needs to know about the answer of an operation.
type response struct {
	names []componentName // what it may be, or be a list of
	list  bool
	json  bool
}

// componentName is the name of a component as words, whole and after its last
// dot.
type componentName struct{ full, last string }

// is tells whether the response's object is called as a segment is, though
// that is a plural: there is one of it.
func (r response) is(word string) bool { return !r.list && r.ends(strings.ToLower(word)) }

// calls tells whether the response's object is what a segment names, or one of
// them: refunds may answer with a fee_refund.
func (r response) calls(word string) bool { return r.is(word) || r.ends(singularWord(word)) }

func (r response) ends(word string) bool {
	return slices.ContainsFunc(r.names, func(n componentName) bool {
		return n.full == word || strings.HasSuffix(n.full, "_"+word)
	})
}

// callsOneOf tells whether the response's object is exactly one of what a
// segment names: an external_account is none of the accounts.
func (r response) callsOneOf(word string) bool {
	return slices.ContainsFunc(r.names, func(n componentName) bool { return n.last == singularWord(word) })
}

func singularWord(word string) string { return strings.ToLower(names.Singular(word)) }
