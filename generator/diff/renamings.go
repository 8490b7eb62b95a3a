package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/ir"
)

// renaming is what the names of some things begin with, as it was and as it is.
type renaming struct{ old, new string }

// renamings are all of them, the longest first: what is called after something
// renamed is called otherwise, too.
type renamings struct {
	all  []renaming
	text *strings.Replacer
}

func newRenamings(ops []opPair, types *typePairs) renamings {
	seen := map[renaming]bool{}
	for _, p := range ops {
		if p.old != nil && p.new != nil {
			seen[renaming{p.old.base(), p.new.base()}] = true
			seen[renaming{p.old.noun, p.new.noun}] = true
		}
	}
	for old, new := range types.to {
		seen[renaming{old.TypeName(), new.TypeName()}] = true
	}
	var out []renaming
	for r := range seen {
		if r.old != r.new && r.old != "" && r.new != "" {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b renaming) int {
		return cmp.Or(len(b.old)-len(a.old), strings.Compare(a.old, b.old), strings.Compare(a.new, b.new))
	})
	var pairs []string
	for _, r := range out {
		pairs = append(pairs, r.old, r.new)
	}
	return renamings{out, strings.NewReplacer(pairs...)}
}

// follows tells whether a name is another because what it begins with is.
func (n renamings) follows(old, new string) bool {
	return slices.ContainsFunc(n.all, func(r renaming) bool {
		rest, ok := strings.CutPrefix(old, r.old)
		return ok && rest != "" && new == r.new+rest
	})
}

// settled returns an old text with the names of today.
func (n renamings) settled(text string) string { return n.text.Replace(text) }

// renamed judges a name in Go that is another now, and says what to do.
func (c *comparer) renamed(s subject, what string, kind ir.AliasKind, old, remedy string) {
	if c.aliases[string(kind)+" "+old] {
		c.add(s, what, compatible("the old name stays as a deprecated alias"), "called "+instead(s.symbol, old), "")
		return
	}
	c.add(s, what, nameGone, "called "+instead(s.symbol, old), "").Remedy = remedy
}

// keeping goes ahead of an override.
const keeping = "to keep the old name, say so in the config:\n"

// keepName is the override that keeps the name of what is declared at a place.
func keepName(pointer, name string) string {
	return fmt.Sprintf(keeping+"names:\n  %q: %s", pointer, name)
}

// keepMethod is the override that keeps the name of a method.
func keepMethod(new, old *operation) string {
	return fmt.Sprintf(keeping+"operations:\n  %q: {resource: %s, method: %s}", new.Method+" "+new.Path, old.resource, old.GoName)
}
