package lower

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/oaken-go/oaken/generator/names"
)

// route says where an operation belongs.
type route struct {
	chain  []link
	base   string // Go name of the resource in the singular
	short  string // Go name of the method, unless another has it
	method string // Go name of the method
	given  bool   // the config names the method
	locked string // Go name of the method that the lock has, if it has one
	verb   bool   // the path spells the method
	whole  []link // the chain where what spells the method is a resource too, or nil
	// version is the version that the path names, as a number that orders
	// versions, or 0.
	version int
}

// link is one fixed segment of a path.
type link struct {
	word string
	name string // Go name
	item bool   // an id follows

	params []string // in the segments that follow
}

// braces are the parameters of a path template.
var braces = regexp.MustCompile(`\{[^}]*\}`)

// maxLinks is how many resources a path leads through. What follows is part of
// the last one's name, as each is a type and called by all that lead to it.
const maxLinks = 16

// links takes a path apart.
func (l *lowerer) links(path string) []link {
	var out []link
	address, _ := cutTail(path)
	for _, segment := range l.segments(address) {
		fixed := strings.Trim(braces.ReplaceAllString(strings.TrimSuffix(segment, ".json"), " "), " :.-_#")
		params := paramNames(segment)
		if len(params) > 0 && len(out) > 0 {
			out[len(out)-1].item = true
		}
		switch name := bounded(l.names.Exported(fixed), fixed); {
		case fixed == "":
		case len(out) < maxLinks:
			out = append(out, link{word: fixed, name: name})
		default:
			last := &out[len(out)-1]
			last.word, last.item = fixed, false
			last.name = bounded(names.Join(last.name, name), last.name+"/"+fixed)
		}
		if len(out) > 0 {
			out[len(out)-1].params = append(out[len(out)-1].params, params...)
		}
	}
	if len(out) == 0 {
		out = []link{{word: "root", name: "Root", item: braces.MatchString(address), params: paramNames(address)}}
	}
	return out
}

// paramNames returns what stands in the braces of a path.
func paramNames(path string) []string {
	var out []string
	for _, brace := range braces.FindAllString(path, -1) {
		out = append(out, brace[1:len(brace)-1])
	}
	return out
}

// tailed matches what follows the address of a path.
var tailed = regexp.MustCompile(`[?#].*$|:[^/:{}]+$`)

// cutTail takes off a path what only tells operations at one address apart, or
// is a verb: a query, /?Action=List, a fragment, /files/{id}#copy, or a word
// after a colon, /files/{id}:copy.
func cutTail(path string) (address, tail string) {
	if at := tailed.FindStringIndex(path); at != nil && at[0] > 0 {
		return path[:at[0]], path[at[0]:]
	}
	return path, ""
}

// segments returns the segments of a path that names are made from. Unless the
// config says which prefixes are none, these are versions, and what stands for
// an API as a whole before them.
func (l *lowerer) segments(address string) []string {
	all := strings.Split(l.stripPath(address), "/")
	if len(l.opts.StripPaths) > 0 {
		return all
	}
	all = slices.DeleteFunc(all, func(segment string) bool { return segment == "" })
	for len(all) > 1 && (slices.Contains(wholeAPI, strings.ToLower(all[0])) || isVersion.MatchString(all[0])) {
		all = all[1:]
	}
	var out []string
	for i, segment := range all {
		if i == len(all)-1 || !(isVersion.MatchString(segment) && segment[0]|0x20 == 'v') {
			out = append(out, segment)
		}
	}
	return out
}

// wholeAPI are the segments that only say that what follows is an API.
var wholeAPI = []string{"api", "apis", "rest"}

// isVersion matches v1, v2.0, v1beta1, 2.0 and 2010-04-01. Numbers alone are
// versions where a path begins.
var isVersion = regexp.MustCompile(`^([vV]?\d{1,3}(\.\d{1,3})*((alpha|beta|rc)\d*)?|\d{4}-\d\d-\d\d)$`)

// versionOf returns the first segment of a path that is a version.
func versionOf(path string) string {
	for _, segment := range strings.Split(path, "/") {
		if isVersion.MatchString(segment) && segment[0]|0x20 == 'v' {
			return segment
		}
	}
	return ""
}

// versionOrder returns a number for a version: an older one has a smaller one,
// and a finished one than a trial.
func versionOrder(version string) int {
	if version == "" {
		return 0
	}
	digits := strings.FieldsFunc(version, func(c rune) bool { return c < '0' || c > '9' })
	major, _ := strconv.Atoi(digits[0])
	order := 1 + 2*min(major, 40)
	if strings.ContainsAny(version, "abr") {
		order++
	}
	return order
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
	r := route{chain: links[:cut], short: method, version: versionOrder(versionOf(c.path))}
	if _, tail := cutTail(c.path); tail != "" {
		r.short, r.verb = l.names.Exported(tailWord(tail)), true
	} else if method != "" {
		r.verb, r.whole = true, links
	}
	if r.short == "" {
		r.short = standardMethod(c, r.chain[len(r.chain)-1])
	}
	r.base = baseOf(r.chain)
	return l.overrideRoute(c, l.lockedRoute(c, r))
}

// tailWord returns what a query or a fragment calls an operation: the values of
// the query, and a name without one.
func tailWord(tail string) string {
	var words []string
	for _, part := range strings.FieldsFunc(tail, func(c rune) bool { return strings.ContainsRune("?#&:", c) }) {
		name, value, _ := strings.Cut(part, "=")
		if value == "" || strings.IndexFunc(value, unicode.IsLetter) != 0 {
			value = name + " " + value
		}
		words = append(words, braces.ReplaceAllString(value, " "))
	}
	return strings.TrimSpace(strings.Join(words, " "))
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
	if c.method == "POST" && l.orders(links[last].word) {
		return last, links[last].name
	}
	single := !names.IsPlural(links[last].name) && !c.response.list
	if single && (c.method == "POST" || c.method == "GET" && !c.response.json) {
		return last, links[last].name
	}
	return len(links), ""
}

// orders tells whether a segment of several words begins with one that asks for
// something, as in addFollowers.
func (l *lowerer) orders(word string) bool {
	verb, rest, _ := strings.Cut(l.names.Stem(word), "_")
	return rest != "" && slices.Contains(verbs, verb)
}

var verbs = strings.Fields("add cancel create delete disable enable get insert remove set terminate unset")

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
	several := names.IsPlural(last.name) && (c.response.page || !c.response.is(last.word))
	collection := !last.item && (several || c.response.list)
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
		r.short, r.given = either(name.Method, r.short), name.Method != ""
		if name.Resource != "" {
			r.chain, r.whole = overriddenChain(name.Resource, r.chain), nil
			r.base = baseOf(r.chain)
		}
		for _, word := range name.words() {
			if !names.IsExported(word) {
				l.report("", "bad-name", "operations: %q, given to %q, is no exported Go name: write one like AccountHolders", word, key)
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
	page  bool // it has a list under a name that lists have
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
