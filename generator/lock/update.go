package lock

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/oaken-go/oaken/generator/diag"
	"github.com/oaken-go/oaken/generator/names"
	"github.com/oaken-go/oaken/generator/renames"
)

// Shapes are what the types and operations of a package are made of, by their Go
// names.
type Shapes struct {
	Types, Operations map[string]renames.Shape
	// Arguments are the types that operations take in their paths, by their Go
	// names, with commas between them.
	Arguments map[string]string
}

// Document is what Update compares a lock with.
type Document struct {
	Names, Whole names.Given // those of the package, and of the document without a selection
	// Place returns where something is, of which the lock knows a key.
	Place func(key string) string
	// Before and Now are the shapes of the package that is there, and of the one
	// that is made. They are only asked for where something is new, or has an old
	// name that could come to lead to something else.
	Before, Now func() Shapes
}

// Adopt gives the entries of operations whose path only has other names in its
// braces the path of the document. These names are in no Go name but those of
// enums that stand there.
func (f *File) Adopt(operations []string) {
	there, fits := map[string]bool{}, map[string][]string{}
	for _, key := range operations {
		there[key] = true
		if _, known := f.Operations[key]; !known {
			fits[unnamed(key)] = append(fits[unnamed(key)], key)
		}
	}
	for _, old := range slices.Sorted(maps.Keys(f.Operations)) {
		if now := fits[unnamed(old)]; !there[old] && len(now) == 1 {
			f.Operations[now[0]] = f.Operations[old]
			f.adopted[now[0]] = old
			delete(f.Operations, old)
			f.follow(old, now[0])
		}
	}
}

var braces = regexp.MustCompile(`\{[^}]*\}`)

func unnamed(operation string) string { return braces.ReplaceAllString(operation, "{}") }

// follow makes what is said about an operation be said about its new path.
func (f *File) follow(old, now string) {
	from, to := pathPointer(old), pathPointer(now)
	for name, a := range f.Aliases {
		if a.Of == old {
			a.Of = now
		} else if rest, inside := strings.CutPrefix(a.Of, from+"/"); inside {
			a.Of = to + "/" + rest
		}
		f.Aliases[name] = a
	}
	for _, section := range []map[string]string{f.Types, f.Longer} {
		for _, key := range slices.Sorted(maps.Keys(section)) {
			if renamed := strings.Replace(key, from, to, 1); renamed != key {
				section[renamed] = section[key]
				delete(section, key)
			}
		}
	}
}

// pathPointer is where the operations of a path are, with what ends it.
func pathPointer(operation string) string {
	method, path, _ := strings.Cut(operation, " ")
	return "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(path) + "/" + strings.ToLower(method)
}

// Update returns what the file has to say from now on, and notes about every
// name that changed or is gone.
func (f *File) Update(doc Document) (*File, diag.List) {
	u := &updating{old: f, doc: doc, next: newFile(f.path), moved: map[string]string{}}
	u.sliced()
	u.shapes()
	for _, s := range u.sections() {
		u.section(s)
	}
	u.argumentTypes()
	u.aliases()
	return u.next, u.notes
}

// updating is a file that is being brought up to date.
type updating struct {
	old, next   *File
	doc         Document
	before, now Shapes
	moved       map[string]string // the new keys of what has another one
	notes       diag.List
}

// sliced keeps what is in the document, and which the config's selection leaves
// out of the package.
func (u *updating) sliced() {
	u.next.Given = names.NewGiven()
	kept(u.next.Types, u.old.Types, u.doc.Names.Types, u.doc.Whole.Types)
	kept(u.next.Operations, u.old.Operations, u.doc.Names.Operations, u.doc.Whole.Operations)
	kept(u.next.Longer, u.old.Longer, u.doc.Names.Longer, u.doc.Whole.Longer)
}

func kept[V any](next, old, given, whole map[string]V) {
	maps.Copy(next, given)
	for key := range old {
		_, made := given[key]
		if name, there := whole[key]; there && !made {
			next[key] = name
		}
	}
}

// section is a part of the file in which things are renamed.
type section struct {
	name             string // in the file
	setting          string // of the config, where a name can be given
	old, made, whole map[string]string
	before, now      map[string]renames.Shape
	sameID           map[string]string // the new keys of what has the same operationId
	// fits tells whether code that calls an operation can call another one instead,
	// and mean the same.
	fits func(key, now string) bool
	// unfit are the new keys of what can't be called as it was.
	unfit map[string]string
}

func (u *updating) sections() []section {
	types := section{
		name: sectionTypes, setting: "names", old: u.old.Types, made: u.doc.Names.Types, whole: u.doc.Whole.Types,
		before: u.before.Types, now: u.now.Types,
	}
	operations := section{
		name: sectionOperations, setting: "operations",
		old: operationNames(u.old.Given), made: operationNames(u.doc.Names), whole: operationNames(u.doc.Whole),
		before: u.before.Operations, now: u.now.Operations,
	}
	operations.sameID, operations.unfit = u.sameID(operations), map[string]string{}
	operations.fits = func(key, now string) bool {
		before, known := u.before.Arguments[operations.old[key]]
		return sameOrder(key, now) && (!known || likeOthers(before) == likeOthers(u.now.Arguments[operations.made[now]]))
	}
	return []section{types, operations}
}

// sameOrder tells whether two operations take as many arguments in their paths, and
// those of one name at one place: texts that are exchanged compile.
func sameOrder(key, now string) bool {
	before, after := arguments(key), arguments(now)
	if len(before) != len(after) {
		return false
	}
	for i, name := range before {
		if at := slices.Index(after, name); at >= 0 && at != i {
			return false
		}
	}
	return true
}

// arguments returns what stands in the braces of a path, each once.
func arguments(operation string) []string {
	var out []string
	for _, name := range braces.FindAllString(operation, -1) {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

func operationNames(g names.Given) map[string]string {
	out := map[string]string{}
	for key, op := range g.Operations {
		out[key] = op.Name
	}
	return out
}

// sameID finds the operations that are elsewhere now, under their operationId.
func (u *updating) sameID(s section) map[string]string {
	before, after, out := byID(u.old.Operations), byID(u.doc.Whole.Operations), map[string]string{}
	fresh := s.fresh()
	for _, key := range s.gone() {
		id := u.old.Operations[key].ID
		if to := after[id]; len(before[id]) == 1 && len(to) == 1 && slices.Contains(fresh, to[0]) {
			out[key] = to[0]
		}
	}
	return out
}

// sameName finds what has another key and the name that it had, of what nothing
// else was found for.
func (s section) sameName(matched map[string]string) {
	fresh := map[string]string{}
	for _, key := range s.fresh() {
		fresh[s.made[key]] = key
	}
	for _, now := range matched {
		delete(fresh, s.made[now])
	}
	for _, key := range s.gone() {
		if now := fresh[s.old[key]]; matched[key] == "" && now != "" {
			matched[key] = now
		}
	}
}

func byID(operations map[string]names.Operation) map[string][]string {
	out := map[string][]string{}
	for key, op := range operations {
		if op.ID != "" {
			out[op.ID] = append(out[op.ID], key)
		}
	}
	return out
}

// shapes looks at both packages where anything can have been renamed.
func (u *updating) shapes() {
	some := func(s section) bool { return len(s.fresh()) > 0 }
	if len(u.old.adopted) > 0 || len(u.old.Given.Types) > 0 && len(u.old.Aliases) > 0 || slices.ContainsFunc(u.sections(), some) {
		u.before, u.now = u.doc.Before(), u.doc.Now()
	}
}

// gone returns the keys of what is no longer in the document.
func (s section) gone() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s.old)), func(key string) bool { return s.whole[key] != "" })
}

// fresh returns the keys of what the package has and the file does not.
func (s section) fresh() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(s.made)), func(key string) bool { return s.old[key] != "" })
}

// replaced returns the types at whose places there is something else by now: it
// may be that they were renamed, and their names given to others. An operation is
// what its method and path say, whatever it is made of.
func (s section) replaced() []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(s.old)) {
		before, now := s.before[s.old[key]], s.now[s.made[key]]
		if s.name == sectionTypes && before.Kind != "" && now.Kind != "" && !renames.Alike(before, now) {
			out = append(out, key)
		}
	}
	return out
}

// found returns the new keys of what has another one, and what was compared to find
// out.
func (s section) found() (matched map[string]string, gone, fresh map[string]renames.Shape) {
	gone, fresh = map[string]renames.Shape{}, map[string]renames.Shape{}
	for _, key := range s.gone() {
		gone[key] = s.before[s.old[key]]
	}
	for _, key := range s.fresh() {
		fresh[key] = s.now[s.made[key]]
	}
	for _, key := range s.replaced() {
		gone[key], fresh[key] = s.before[s.old[key]], s.now[s.made[key]]
	}
	for key, now := range s.sameID {
		delete(gone, key)
		delete(fresh, now)
	}
	matched = renames.Match(gone, fresh)
	maps.Copy(matched, s.sameID)
	s.refuse(matched)
	s.sameName(matched)
	return matched, gone, fresh
}

// refuse takes out what takes other arguments now: its old name would not compile,
// or do something else.
func (s section) refuse(matched map[string]string) {
	for key, now := range matched {
		if s.fits != nil && !s.fits(key, now) {
			s.unfit[key] = now
			delete(matched, key)
		}
	}
}

// section finds out what became of everything in a section.
func (u *updating) section(s section) {
	matched, gone, fresh := s.found()
	for _, key := range slices.Sorted(maps.Keys(s.old)) {
		now := matched[key]
		around, inside := s.around(key, matched)
		switch {
		case s.made[key] != "" && s.made[now] == "":
			u.renamed(s, key, key)
		case s.whole[key] != "" && s.made[now] == "":
		case inside != "" && s.whole[key] == "":
			u.moved[key] = inside
			if s.follows(around, matched[around], key, inside) {
				continue // its old name follows from that of what is around it
			}
			u.renamed(s, key, inside)
		case s.made[now] != "":
			u.moved[key] = now
			u.renamed(s, key, now)
		case u.old.Aliases[s.old[key]].Of != "": // it was renamed on another branch
		default:
			u.gone(s, key, alikes(gone[key], fresh))
		}
	}
}

// around returns the renamed thing that something is inside of, and what has its
// place in that now; nothing where there is none.
func (s section) around(key string, matched map[string]string) (outer, now string) {
	for at := strings.LastIndexByte(key, '/'); at > 0; at = strings.LastIndexByte(key[:at], '/') {
		outer = key[:at]
		if now = matched[outer] + key[at:]; matched[outer] != "" && s.made[now] != "" && s.old[now] == "" {
			return outer, now
		}
	}
	return "", ""
}

// follows tells whether the old and the new name of something begin with those of
// what is around it, and go on alike.
func (s section) follows(outer, outerNow, key, now string) bool {
	before, ok := strings.CutPrefix(s.old[key], s.old[outer])
	after, too := strings.CutPrefix(s.made[now], s.made[outerNow])
	return ok && too && before == after
}

// alikes returns what something gone could be, where several things could.
func alikes(gone renames.Shape, fresh map[string]renames.Shape) []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(fresh)) {
		if renames.Alike(gone, fresh[key]) {
			out = append(out, key)
		}
	}
	return out
}

// renamed keeps the old name of what is called otherwise now.
func (u *updating) renamed(s section, key, now string) {
	old, name := s.old[key], s.made[now]
	if old == name {
		return
	}
	a := Alias{Of: now}
	if s.name == sectionOperations {
		a.Was = key
		if key == now {
			a.Was = ""
		}
	}
	u.next.Aliases[old] = a
	place := now
	if s.name == sectionTypes {
		place = u.doc.Place(now)
	}
	u.note(u.doc.Place(now), diag.Pos{}, "renamed", "%s is called %s now: to keep the old name as more than a deprecated alias, give it to %q under %s in the config", old, name, place, s.setting)
	if s.name == sectionTypes {
		u.inside(key, now)
	}
}

// inside keeps the names of types inside a renamed one that did not follow from
// its name alone.
func (u *updating) inside(key, now string) {
	for _, inner := range slices.Sorted(maps.Keys(u.old.Longer)) {
		rest, ok := strings.CutPrefix(inner, key+"/")
		if ok && !strings.Contains(rest, " ") {
			u.next.Aliases[u.old.Longer[inner]] = Alias{Of: now + "/" + rest}
		}
	}
}

// argumentTypes notes the enums in paths whose names are gone, as they were called
// after what is in the path, and that is called otherwise now.
func (u *updating) argumentTypes() {
	was, told := maps.Clone(u.old.adopted), map[string]bool{}
	for key, now := range u.moved {
		was[now] = cmp.Or(u.old.adopted[key], key)
	}
	for _, key := range slices.Sorted(maps.Keys(was)) {
		old := cmp.Or(u.old.Operations[key].Name, u.old.Operations[was[key]].Name)
		before, now := strings.Split(u.before.Arguments[old], ", "), strings.Split(u.now.Arguments[u.doc.Names.Operations[key].Name], ", ")
		words, wordsNow := arguments(was[key]), arguments(key)
		for i := range min(len(before), len(now), len(words), len(wordsNow)) {
			if words[i] == wordsNow[i] || before[i] == now[i] || !names.IsExported(before[i]) || told[before[i]] {
				continue
			}
			told[before[i]] = true
			u.note(u.doc.Place(key), diag.Pos{}, "name-gone", "%s is gone, which breaks callers: it is called %s now, after %s in the path: to keep the old name, give it to the parameter's schema under names in the config", before[i], now[i], wordsNow[i])
		}
	}
}

// gone notes a name that the package has no longer.
func (u *updating) gone(s section, key string, alike []string) {
	pos := u.old.places[s.name+" "+key]
	switch now := s.unfit[key]; {
	case now != "":
		u.note(u.doc.Place(now), diag.Pos{}, "name-gone", "%s is gone, which breaks callers: it is %s now, and takes other arguments in its path, so that no alias could call it", s.old[key], s.made[now])
	case len(alike) == 0:
		u.note("", pos, "name-gone", "%s is gone, as the document has no %q: if that is called otherwise now, give the new one this name under %s in the config", s.old[key], key, s.setting)
	default:
		u.note("", pos, "name-gone", "%s is gone, as the document has no %q: several could be the same: give the one that is this name under %s in the config: %s", s.old[key], key, s.setting, strings.Join(alike, ", "))
	}
}

// aliases keeps the old names of before, but for those of what is gone, or is
// called so again.
func (u *updating) aliases() {
	for old, a := range u.old.Aliases {
		if _, again := u.next.Aliases[old]; !again {
			a.Of = u.follow(a.Of)
			u.next.Aliases[old] = a
		}
	}
	for _, old := range slices.Sorted(maps.Keys(u.next.Aliases)) {
		a := u.next.Aliases[old]
		now, there := u.next.Types[a.Of], u.inDocument(a.Of)
		if !a.isType() {
			now = u.next.Operations[a.Of].Name
		}
		if now == old || !there {
			delete(u.next.Aliases, old)
		}
		if !there {
			u.note("", u.old.places[sectionAliases+" "+old], "name-gone", "%s is gone: it was the old name of %q, which the document has no longer", old, a.Of)
		}
	}
}

// follow returns the key of what had another one, or is inside of that.
func (u *updating) follow(key string) string {
	if now := u.moved[key]; now != "" || !strings.HasPrefix(key, "/") {
		return cmp.Or(now, key)
	}
	for at := strings.LastIndexByte(key, '/'); at > 0; at = strings.LastIndexByte(key[:at], '/') {
		if now := u.moved[key[:at]]; now != "" {
			return now + key[at:]
		}
	}
	return key
}

// inDocument tells whether the document has what an old name is of, or what that
// is inside of.
func (u *updating) inDocument(of string) bool {
	if _, ok := u.doc.Whole.Operations[of]; ok {
		return true
	}
	for at := len(of); at > 0; at = strings.LastIndexByte(of[:at], '/') {
		if u.doc.Whole.Types[of[:at]] != "" {
			return true
		}
	}
	return false
}

// Pointer makes a JSON pointer of a key, but for the titles in it.
func Pointer(key string) string {
	if !strings.HasPrefix(key, "/") {
		return pathPointer(key)
	}
	return key
}

func (u *updating) note(pointer string, pos diag.Pos, code, format string, args ...any) {
	u.notes.Add(pointer, code, format, args...)
	u.notes[len(u.notes)-1].Pos = pos
}
