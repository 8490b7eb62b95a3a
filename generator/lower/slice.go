package lower

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Selection selects operations: those that meet any of its patterns.
type Selection struct {
	Paths      []string // * within a segment, ** across segments
	Tags       []string
	Operations []string // an operationId, or method and path
	Resources  []string // as in Customers.Sources, with all below
}

func (s Selection) empty() bool {
	return len(s.Paths)+len(s.Tags)+len(s.Operations)+len(s.Resources) == 0
}

// sliced tells whether the config selects operations. Then a component is only
// declared where one of them reaches it.
func (l *lowerer) sliced() bool { return l.opts.sliced() }

func (o Options) sliced() bool { return !o.Include.empty() || !o.Exclude.empty() }

// whole returns the options without a selection.
func (o Options) whole() Options {
	o.Include, o.Exclude = Selection{}, Selection{}
	return o
}

// selector is one pattern of a selection.
type selector struct {
	kind    string // the setting that it stands in
	pattern string
	matches func(*call) bool
	met     bool // by some operation
	used    bool // it made a difference
}

// slice finds every operation and the resource that it belongs to, and keeps
// what the config selects. The tree of resources grows from all of them, so
// that names are the same in every slice.
func (l *lowerer) slice() {
	include, exclude := l.selectors("include", l.opts.Include), l.selectors("exclude", l.opts.Exclude)
	for _, path := range sortedKeys(l.doc.Paths.Map()) {
		l.callsAt(path)
	}
	l.arrange()
	some := false
	for _, c := range l.found {
		included := met(include, c, true) || l.opts.Include.empty()
		excluded := met(exclude, c, included)
		some = some || included
		if included && !excluded {
			l.kept = append(l.kept, c)
		}
	}
	if l.opts.Spare {
		return
	}
	l.idle("include", include)
	l.idle("exclude", exclude)
	if some && len(l.kept) == 0 {
		l.report("", "nothing-selected", "exclude: no operation is left: exclude less")
	}
}

// callsAt finds the operations of a path.
func (l *lowerer) callsAt(path string) {
	item := l.doc.Paths.Value(path)
	if item == nil {
		return
	}
	var first *call
	methods := item.Operations()
	for _, method := range sortedKeys(methods) {
		if methods[method] == nil {
			continue
		}
		c := &call{method: method, path: path, item: item, op: methods[method], pointer: join("/paths", path, strings.ToLower(method))}
		c.response = l.responseOf(c)
		c.route = l.routeOf(c)
		if first == nil {
			first = c
		}
		c.first = first
		l.found = append(l.found, c)
	}
}

// met tells whether an operation meets any of some patterns, and remembers
// whether that made a difference.
func met(selectors []*selector, c *call, differs bool) bool {
	any := false
	for _, s := range selectors {
		if s.matches(c) {
			s.met, s.used, any = true, s.used || differs, true
		}
	}
	return any
}

// selectors reads the patterns of a selection.
func (l *lowerer) selectors(setting string, s Selection) []*selector {
	var out []*selector
	for _, group := range []struct {
		kind     string
		patterns []string
		read     func(pattern string) (func(*call) bool, error)
	}{
		{"paths", s.Paths, byPath}, {"tags", s.Tags, byTag}, {"operations", s.Operations, byOperation}, {"resources", s.Resources, byResource},
	} {
		for _, pattern := range group.patterns {
			matches, err := group.read(pattern)
			if err != nil {
				l.report("", "bad-pattern", "%s %s: %q is no pattern: %v", setting, group.kind, pattern, err)
				continue
			}
			out = append(out, &selector{kind: group.kind, pattern: pattern, matches: matches})
		}
	}
	return out
}

func byPath(pattern string) (func(*call) bool, error) {
	if !strings.HasPrefix(pattern, "/") && !strings.HasPrefix(pattern, "**") {
		return nil, errors.New("begin it with a slash")
	}
	glob, err := pathGlob(pattern, "/")
	return func(c *call) bool { return glob.MatchString(c.path) }, err
}

func byTag(pattern string) (func(*call) bool, error) {
	if pattern == "" {
		return nil, errors.New("write the name of a tag")
	}
	glob, err := textGlob(pattern)
	return func(c *call) bool { return slices.ContainsFunc(c.op.Tags, glob.MatchString) }, err
}

// methodAndPath is an operation without an operationId.
var methodAndPath = regexp.MustCompile(`^([A-Za-z]+|\*) +(/.*)$`)

func byOperation(pattern string) (func(*call) bool, error) {
	if pattern == "" {
		return nil, errors.New("write an operationId, or method and path")
	}
	if m := methodAndPath.FindStringSubmatch(pattern); m != nil {
		at, err := byPath(m[2])
		return func(c *call) bool { return (m[1] == "*" || strings.EqualFold(m[1], c.method)) && at(c) }, err
	}
	glob, err := textGlob(pattern)
	return func(c *call) bool { return c.op.OperationID != "" && glob.MatchString(c.op.OperationID) }, err
}

func byResource(pattern string) (func(*call) bool, error) {
	if slices.Contains(strings.Split(pattern, "."), "") {
		return nil, errors.New("write names with dots in between, as in Customers.Sources")
	}
	glob, err := pathGlob(pattern, ".")
	return func(c *call) bool {
		return slices.ContainsFunc(c.route.resources(), func(r string) bool { return glob.MatchString("." + r) })
	}, err
}

// resources returns the resource that a route leads to, and those around it,
// as a caller writes them.
func (r route) resources() []string {
	var out []string
	around := ""
	for _, part := range r.chain {
		out = append(out, around+part.name)
		around += part.name + "."
	}
	return out
}

// idle reports the patterns of a selection that made no difference.
func (l *lowerer) idle(setting string, selectors []*selector) {
	for _, s := range selectors {
		switch {
		case s.used:
		case s.met:
			l.report("", "unused-pattern", "%s %s: nothing of what is included meets %q: remove the entry", setting, s.kind, s.pattern)
		default:
			l.report("", "unused-pattern", "%s %s: nothing in the document meets %q: %s", setting, s.kind, s.pattern, l.suggestion(s))
		}
	}
}

// suggestion says what a pattern may have meant.
func (l *lowerer) suggestion(s *selector) string {
	if near := nearest(s.pattern, l.candidates(s.kind)); near != "" {
		return "is it " + near + "?"
	}
	return "correct or remove the entry"
}

// candidates returns what a pattern of a kind could name, sorted.
func (l *lowerer) candidates(kind string) []string {
	all := map[string]bool{}
	for _, c := range l.found {
		for _, name := range c.selectable(kind) {
			all[name] = true
		}
	}
	return sortedKeys(all)
}

func (c *call) selectable(kind string) []string {
	switch kind {
	case "paths":
		return []string{c.path}
	case "tags":
		return c.op.Tags
	case "operations":
		return []string{c.op.OperationID, c.method + " " + c.path}
	}
	return c.route.resources()
}

// did tells whether an override did something, here or in the part of the
// document that is sliced off.
func (l *lowerer) did(override string) bool {
	if !l.used[override] && l.sliced() && !l.searched {
		l.searched = true
		all := newLowerer(l.doc, l.opts.whole(), l.settlement)
		all.run()
		maps.Copy(l.used, all.used)
	}
	return l.used[override]
}
