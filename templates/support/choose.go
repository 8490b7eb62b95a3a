package support

import (
	"slices"
	"sort"
	"unsafe"
)

// memberAt is where a member of an object stands in the document.
type memberAt struct{ name, value int }

// union reads the value at i into the interface at p.
func (d *decoder) union(u *union, p unsafe.Pointer, i int) int { return u.read(d, u, p, i) }

// readUnion reads the variant that matches, or a Raw. A union that is only sent
// has no room for that.
func (d *decoder) readUnion(u *union, p unsafe.Pointer, i int) int {
	k, end := d.choose(u, i)
	if end < 0 {
		return -1
	}
	switch {
	case k >= 0 && u.variants[k].vague:
		if end = d.tryAll(u, k, p, i); end >= 0 {
			return end
		}
	case k >= 0:
		before := decoding{d.depth, len(d.seen), len(d.unnamed), d.page}
		end = d.variant(&u.variants[k], p, i)
		if end >= 0 || len(u.check) == 0 || u.setRaw == nil {
			return end
		}
		d.goBack(before) // several variants match it, and it is not of this one
	}
	if u.setRaw == nil {
		return d.fail(i, "no variant of "+u.name)
	}
	end = d.skip(i)
	if end >= 0 {
		u.setRaw(p, d.ownRaw(i, end))
	}
	return end
}

// tryAll reads the value at i as each of the variants that match it as variant k
// does and that nothing tells from that, and takes the one that can be read, if
// that is only one. What is within the value is not tried in this way again: that
// would take time without bound.
func (d *decoder) tryAll(u *union, k int, p unsafe.Pointer, i int) int {
	if d.trying || u.by != "" {
		return -1
	}
	d.trying = true
	keys, last := slices.Clone(d.keys), -1
	for n := range u.variants {
		v := &u.variants[n]
		d.keys = append(d.keys[:0], keys...)
		if !v.vague || v.types != u.variants[k].types || d.data[i] == '{' && !d.matches(v, "") || u.closest && d.known(v) != d.known(&u.variants[k]) {
			continue
		}
		before, found := decoding{d.depth, len(d.seen), len(d.unnamed), d.page}, ifaceWords{}
		end := d.variant(v, unsafe.Pointer(&found), i)
		if end >= 0 && last >= 0 {
			last = -1
			break
		}
		if end < 0 {
			d.goBack(before)
			continue
		}
		last = end
		*(*ifaceWords)(p) = found
	}
	d.trying = false
	return last
}

// decoding is where a decoder stands in a document.
type decoding struct {
	depth, seen, unknown int
	page                 progress
}

// goBack undoes what a failure left.
func (d *decoder) goBack(to decoding) {
	d.depth, d.seen, d.unnamed, d.page = to.depth, d.seen[:to.seen], d.unnamed[:to.unknown], to.page
	d.failure, d.path = nil, nil
}

// variant reads the value at i as one variant of a union.
func (d *decoder) variant(v *variant, p unsafe.Pointer, i int) int {
	var at unsafe.Pointer
	if v.kind == kindStruct {
		at = d.newStruct(v.table())
	} else {
		at = newValue(&v.value)
	}
	end := d.value(&v.value, at, i)
	if end >= 0 {
		v.set(p, at)
	}
	return end
}

// newValue returns zero memory for a value other than a struct.
func newValue(v *value) unsafe.Pointer {
	switch v.kind {
	case kindString, kindEnum:
		return unsafe.Pointer(new(string))
	case kindBool, kindInt32, kindInt64, kindUint64, kindFloat64:
		return unsafe.Pointer(new(int64))
	case kindMap:
		return unsafe.Pointer(new(unsafe.Pointer))
	}
	return unsafe.Pointer(new(sliceHeader))
}

// choose returns the variant for the value at i, or -1 if none matches. Its
// second result is negative after a failure.
func (d *decoder) choose(u *union, i int) (int, int) {
	types := d.typesAt(i)
	if types == typeObject {
		if i = d.listMembers(i, u.stopAt()); i < 0 {
			return -1, -1
		}
	}
	tag := d.tag(u)
	best, most := -1, -1
	for k := range u.variants {
		v := &u.variants[k]
		if !v.accepts(types) || types == typeObject && !d.matches(v, tag) {
			continue
		}
		if !u.closest || types != typeObject {
			best = k
			break
		}
		if n := d.known(v); n > most {
			best, most = k, n
		}
	}
	return best, 0
}

// known returns how many of the listed members the variant has fields for. A
// map has none.
func (d *decoder) known(v *variant) int {
	if v.sub == nil {
		return 0
	}
	n, t := 0, v.table()
	for _, k := range d.keys {
		name, _ := d.text(k.name)
		if t.find(string(name)) >= 0 {
			n++
		}
	}
	return n
}

// accepts tells whether the variant may be of one of the types.
func (v *variant) accepts(types jsonTypes) bool {
	if v.types == 0 {
		return types == typeObject
	}
	return v.types&types != 0
}

// stopAt returns the union's by member if that alone tells the variants apart.
func (u *union) stopAt() string {
	for k := range u.variants {
		if len(u.variants[k].consts)+len(u.variants[k].required) > 0 {
			return ""
		}
	}
	return u.by
}

// typesAt returns the JSON types of the value at i. Integers are numbers too.
func (d *decoder) typesAt(i int) jsonTypes {
	switch d.kindAt(i) {
	case "null":
		return typeNull
	case "boolean":
		return typeBoolean
	case "string":
		return typeString
	case "array":
		return typeArray
	case "object":
		return typeObject
	case "number":
		return d.numberTypes(i)
	}
	return 0
}

func (d *decoder) numberTypes(i int) jsonTypes {
	end := d.number(i)
	if end < 0 {
		return 0
	}
	if _, whole := wholeNumber(d.data[i:end]); whole {
		return typeNumber | typeInteger
	}
	return typeNumber
}

// listMembers fills keys with the members of the object at i, up to and with
// the one named stop, if that is not empty.
func (d *decoder) listMembers(i int, stop string) int {
	d.keys = d.keys[:0]
	depth := d.depth
	i, more := d.open(i, '}')
	for more {
		name, at := d.key(i)
		if at < 0 {
			return -1
		}
		d.keys = append(d.keys, memberAt{i, at})
		if stop != "" && string(name) == stop {
			d.depth = depth
			return at
		}
		if i = d.pass(at); i < 0 {
			return -1
		}
		i, more = d.next(i, '}')
	}
	return i
}

// extent is where an array, an object or a member lies in the document. The end
// of one that skip is within is the index of the extent around it, or -1.
type extent struct{ start, end int }

// minExtent is the size in bytes from which an extent is remembered: reading
// less again costs no more than looking it up.
const minExtent = 64

// pass is skip for what is read once more when it is decoded, and would be
// read again at each level of unions within unions. So it remembers the
// extents of all that it comes past, and each is read past once.
func (d *decoder) pass(i int) int {
	if i < d.noted {
		if end := d.endOf(i); end > 0 {
			return end
		}
		return d.skip(i)
	}
	before := len(d.extents)
	d.noting = true
	i = d.skip(i)
	d.noting = false
	d.noted = i
	if i < 0 {
		d.extents = d.extents[:before]
	}
	return i
}

// noteEnd completes the extent at an index. It is the last one if it is small,
// as all within it are smaller.
func (d *decoder) noteEnd(at, end int) {
	if end-d.extents[at].start < minExtent {
		d.extents = d.extents[:at]
		return
	}
	d.extents[at].end = end
}

// endOf returns the index after the array or object at i, if its extent is
// known, and else 0.
func (d *decoder) endOf(i int) int {
	if d.data[i] != '{' && d.data[i] != '[' {
		return 0
	}
	at := sort.Search(len(d.extents), func(k int) bool { return d.extents[k].start >= i })
	if at == len(d.extents) || d.extents[at].start != i {
		return 0
	}
	return d.extents[at].end
}

// memberNamed returns the index of the value of a listed member, the last of
// that name, or -1.
func (d *decoder) memberNamed(name string) int {
	for k := len(d.keys) - 1; k >= 0; k-- {
		if key, _ := d.text(d.keys[k].name); string(key) == name {
			return d.keys[k].value
		}
	}
	return -1
}

// tag returns the text of the union's by member, if the listed members have
// it.
func (d *decoder) tag(u *union) string {
	if u.by == "" {
		return ""
	}
	at := d.memberNamed(u.by)
	if at < 0 || d.kindAt(at) != "string" {
		return ""
	}
	text, _ := d.text(at)
	return string(text)
}

// matches tells whether the listed members are those of the variant.
func (d *decoder) matches(v *variant, tag string) bool {
	if len(v.tags) > 0 && !slices.Contains(v.tags, tag) {
		return false
	}
	for _, c := range v.consts {
		if at := d.memberNamed(c.name); at < 0 || !d.is(at, c.value) {
			return false
		}
	}
	for _, name := range v.required {
		if d.memberNamed(name) < 0 {
			return false
		}
	}
	return true
}

// is tells whether the value at i is the constant.
func (d *decoder) is(i int, c literal) bool {
	switch c.typ {
	case typeString:
		if d.kindAt(i) != "string" {
			return false
		}
		text, _ := d.text(i)
		return string(text) == c.str
	case typeInteger, typeNumber:
		return d.isNumber(i, c.str)
	case typeNull:
		return hasWord(d.data, i, "null")
	}
	return hasWord(d.data, i, c.str)
}

func (d *decoder) isNumber(i int, want string) bool {
	if d.kindAt(i) != "number" {
		return false
	}
	end := d.number(i)
	return end >= 0 && readNumber(string(d.data[i:end])).compare(readNumber(want)) == 0
}
