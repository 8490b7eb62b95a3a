package lower

import (
	"slices"

	"github.com/oaken-go/oaken/generator/ir"
	"github.com/oaken-go/oaken/generator/names"
)

// maxExpand is how many names a path of expand may have.
const maxExpand = 4

// expansion is a member that can be expanded.
type expansion struct {
	path    string
	object  ir.Type
	pointer string
}

// expands gives the parameters that say what to expand their own type: the
// paths that lead to an expandable member of the result.
func (l *lowerer) expands() {
	enums := map[ir.Named]*ir.Enum{}
	for _, c := range l.calls {
		result, named := c.out.Result.Type.(ir.Named)
		if c.out.Params == nil || !named {
			continue
		}
		for _, f := range c.out.Params.Fields {
			if !l.takesPaths(f) {
				continue
			}
			if _, ok := enums[result]; !ok {
				enums[result] = l.expandEnum(result)
			}
			if e := enums[result]; e != nil {
				elem := f.Type.(*ir.Slice).Elem
				elem.Type = e
				f.Type = &ir.Slice{Elem: elem}
			}
		}
	}
}

// takesPaths tells whether a parameter says what to expand.
func (l *lowerer) takesPaths(f *ir.Field) bool {
	slice, ok := f.Type.(*ir.Slice)
	return ok && slice.Elem.Type == ir.String && (f.Name == "expand" || l.marked[f])
}

// expandEnum lists the paths of a type, nil where there are none.
func (l *lowerer) expandEnum(t ir.Named) *ir.Enum {
	walk := &expandWalk{found: map[string]expansion{}}
	walk.visit(t, "", 0)
	if len(walk.found) == 0 {
		return nil
	}
	key := ir.PointerOf(t) + " expand"
	e := &ir.Enum{
		GoName: l.unreserved(l.nameAt(key, t.TypeName()+"Expand", "ExpandOf"+t.TypeName())), File: t.FileStem(), Base: ir.String, Pointer: ir.PointerOf(t), Expand: true,
		Doc: "What can be expanded in " + t.TypeName() + ".",
	}
	l.declareAs(e, claim{pointer: e.Pointer, what: "expand", keys: []string{key}, rank: rankOperation})
	for _, path := range sortedKeys(walk.found) {
		x := walk.found[path]
		key := x.pointer + " expanded in " + e.Pointer + " by " + path
		v := &ir.EnumValue{GoName: l.nameAt(key, names.Join(e.GoName, l.names.Tail(path)), e.GoName+"Value"+l.names.Spelled(path)), Value: path, Doc: expandDoc(x)}
		e.Values = append(e.Values, v)
		l.claim(v.GoName, claim{pointer: x.pointer, what: path, keys: []string{key}, rank: rankConstant})
	}
	return e
}

func expandDoc(x expansion) string {
	if named, ok := x.object.(ir.Named); ok {
		return "Expands " + x.path + " to the whole " + named.TypeName() + "."
	}
	return "Expands " + x.path + " to the whole object."
}

// expandWalk looks for expandable members, through structs, lists and unions,
// and not into what would only be there once expanded.
type expandWalk struct {
	found map[string]expansion
	stack []ir.Type
	steps int
}

// maxSteps bounds the walk in documents where everything holds everything.
const maxSteps = 100_000

func (w *expandWalk) visit(t ir.Type, prefix string, depth int) {
	switch t := t.(type) {
	case *ir.Slice:
		w.visit(t.Elem.Type, prefix, depth)
	case *ir.Union:
		for _, v := range t.Variants {
			w.visit(v.Type, prefix, depth)
		}
	case *ir.Struct:
		if depth == maxExpand || slices.Contains(w.stack, ir.Type(t)) || w.steps > maxSteps {
			return
		}
		w.steps++
		w.stack = append(w.stack, t)
		for _, f := range t.Fields {
			w.field(f, prefix+f.Name, depth+1)
		}
		w.stack = w.stack[:len(w.stack)-1]
	}
}

func (w *expandWalk) field(f *ir.Field, path string, depth int) {
	t := f.Type
	for {
		slice, ok := t.(*ir.Slice)
		if !ok {
			break
		}
		t = slice.Elem.Type
	}
	if x, ok := t.(*ir.Expandable); ok {
		if _, there := w.found[path]; !there {
			w.found[path] = expansion{path, x.Object, f.Pointer}
		}
		return
	}
	w.visit(t, path+".", depth)
}

// box marks the fields by which a struct would contain itself. Every such
// field of a cycle is boxed, so that the choice depends on no order.
func (l *lowerer) box() {
	c := findCycles(l.structs(), heldInPlace)
	for s := range c.group {
		for _, f := range s.Fields {
			if inner := byValue(s, f); inner != nil && c.together(s, inner) {
				f.Boxed = true
			}
		}
	}
	l.endlessValues(c)
	l.boxLarge()
}

// maxInPlace bounds how many structs one holds in place, whatever is in these
// included. Structs that hold two of the next, and these two of theirs, would be
// of no size that a machine has.
const maxInPlace = 1000

// boxLarge boxes the fields whose structs hold too many others.
func (l *lowerer) boxLarge() {
	counts := map[*ir.Struct]int{}
	var count func(s *ir.Struct) int
	count = func(s *ir.Struct) int {
		if counts[s] > 0 {
			return counts[s]
		}
		n := 1
		for _, f := range s.Fields {
			inner := byValue(s, f)
			if inner == nil || f.Boxed {
				continue
			}
			if held := count(inner); n+held > maxInPlace {
				f.Boxed = true
			} else {
				n += held
			}
		}
		counts[s] = n
		return n
	}
	for _, s := range l.structs() {
		count(s)
	}
}

// endlessValues reports structs that require each other in a circle: none of them has
// a value that ends.
func (l *lowerer) endlessValues(c *cycles[*ir.Struct]) {
	first := map[int]*ir.Field{}
	for s, group := range c.group {
		for _, f := range s.Fields {
			inner := byValue(s, f)
			if inner == nil || !c.together(s, inner) || s.Role != ir.RoleObject {
				continue
			}
			if s.Untyped || f.NullToo {
				first[group] = &ir.Field{} // another kind of value ends it
			} else if first[group] == nil || first[group].Pointer != "" && f.Pointer < first[group].Pointer {
				first[group] = f
			}
		}
	}
	for _, f := range first {
		if f.Pointer != "" {
			l.report(f.Pointer, "endless-value", "%q requires an object that requires it again, so that no value is valid: make one of the members optional or nullable", f.Name)
		}
	}
}

// byValue returns the struct that a field holds in place, if it does.
func byValue(s *ir.Struct, f *ir.Field) *ir.Struct {
	inner, ok := f.Type.(*ir.Struct)
	if !ok || f.Nullable || s.Role == ir.RoleObject && !f.Required {
		return nil
	}
	return inner
}

// heldInPlace returns the structs that one holds in place.
func heldInPlace(s *ir.Struct) []*ir.Struct {
	var out []*ir.Struct
	for _, f := range s.Fields {
		if inner := byValue(s, f); inner != nil {
			out = append(out, inner)
		}
	}
	return out
}

// structs returns every struct that is declared.
func (l *lowerer) structs() []*ir.Struct {
	var out []*ir.Struct
	for _, t := range l.api.Types {
		if s, ok := t.(*ir.Struct); ok {
			out = append(out, s)
		}
	}
	return out
}
