package lower

import (
	"slices"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// declare adds a type to the package.
func (l *lowerer) declare(t ir.Named, pointer string) {
	l.declared[pointer] = t
	l.declareAs(t, l.typeClaim(t.TypeName(), pointer))
}

func (l *lowerer) declareAs(t ir.Named, c claim) {
	l.api.Types = append(l.api.Types, t)
	l.claim(t.TypeName(), c)
}

// claim takes a name of the package for a node, once.
func (l *lowerer) claim(name string, c claim) { l.claimIn("", name, c) }

func (l *lowerer) claimIn(scope, name string, c claim) {
	key := scoped{scope, name}
	if !slices.ContainsFunc(l.taken[key], func(o claim) bool { return o.pointer == c.pointer && o.what == c.what }) {
		l.taken[key] = append(l.taken[key], c)
	}
}

// collide settles every name that two nodes want, or that is reserved.
func (l *lowerer) collide() {
	l.settle(l.taken)
	l.renamed(l.taken)
	l.longFields()
}

// unused reports what the config says and nothing asked for, and names that are
// none.
func (l *lowerer) unused() {
	for _, key := range sortedKeys(l.opts.Names) {
		if !l.opts.Spare && !l.did("name "+key) {
			l.report("", "unused-override", "names: nothing at %q has a name: correct or remove the entry", key)
		}
		if name := l.opts.Names[key]; !names.IsExported(name) {
			l.report("", "bad-name", "names: %q, given to %q, is no exported Go name: write one like AccountHolder", name, key)
		}
	}
	if l.opts.Spare {
		return
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
