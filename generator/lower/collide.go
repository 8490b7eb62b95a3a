package lower

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// claim is a place that wants a Go name of the package. What tells several
// things at one place apart; also are the other places of an enum.
type claim struct{ pointer, what, also string }

// declare adds a type to the package.
func (l *lowerer) declare(t ir.Named, pointer string) { l.declareAs(t, pointer, "") }

func (l *lowerer) declareAs(t ir.Named, pointer, what string) {
	if what == "" {
		l.declared[pointer] = t
	}
	l.api.Types = append(l.api.Types, t)
	l.claimAs(t.TypeName(), pointer, what)
}

// claim takes a name of the package for a place.
func (l *lowerer) claim(name, pointer string) { l.claimAs(name, pointer, "") }

func (l *lowerer) claimAs(name, pointer, what string) {
	l.claims(name, claim{pointer: pointer, what: what})
}

func (l *lowerer) claims(name string, c claim) {
	if !slices.Contains(l.taken[name], c) {
		l.taken[name] = append(l.taken[name], c)
	}
}

// collide reports every name that two places want, or that is reserved.
func (l *lowerer) collide() {
	for _, name := range sortedKeys(l.taken) {
		claims := l.taken[name]
		slices.SortFunc(claims, func(a, b claim) int { return cmp.Compare(a.pointer+" "+a.what, b.pointer+" "+b.what) })
		for _, c := range claims[1:] {
			l.report(c.pointer, "name-collision", "this%s is called %s, and so is #%s%s: %s",
				c.others(), name, claims[0].pointer, claims[0].others(), remedy(name, c))
		}
		if l.reserved[name] {
			l.report(claims[0].pointer, "reserved-name", "%s is a name of the support code: give this another under names in the config, at %q", name, claims[0].pointer)
		}
	}
}

// resourceClaim marks the claims of resources, which are named in another part
// of the config.
const resourceClaim = "resource"

// others lists the other places of an enum, which share its name until each has
// another.
func (c claim) others() string {
	if c.also == "" {
		return ""
	}
	return " (and #" + c.also + ")"
}

// remedy says how a place gets another name.
func remedy(name string, c claim) string {
	if c.what == resourceClaim {
		return "give its operations another resource under operations in the config"
	}
	return fmt.Sprintf("give one of them another name under names in the config, as in %q: %sTwo", c.pointer, name)
}

// unused reports what the config says and nothing asked for.
func (l *lowerer) unused() {
	for _, key := range sortedKeys(l.opts.Names) {
		if !l.did("name " + key) {
			l.report("", "unused-override", "names: nothing at %q has a name: correct or remove the entry", key)
		}
		if name := l.opts.Names[key]; !names.IsExported(name) {
			l.report("", "bad-name", "names: %q, given to %q, is no exported Go name: write one like AccountHolder", name, key)
		}
	}
	for _, key := range sortedKeys(l.opts.Operations) {
		if !l.did("operation " + key) {
			l.report("", "unused-override", "operations: there is no %q: correct or remove the entry", key)
		}
	}
	for _, prefix := range l.opts.StripPaths {
		if !l.did("paths " + prefix) {
			l.report("", "unused-override", "strip paths: no path begins with %q: correct or remove the entry", prefix)
		}
	}
	for _, prefix := range l.opts.StripSchemas {
		if !l.did("schemas " + prefix) {
			l.report("", "unused-override", "strip schemas: no component begins with %q: correct or remove the entry", prefix)
		}
	}
}
