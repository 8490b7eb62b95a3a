package support

import (
	"math/bits"
	"slices"
	"unsafe"
)

// This file reads objects into structs. Nearly all members of nearly all
// documents come in the order of the fields and hold what the document says, so
// that is what members reads by itself; whatever is unusual goes to member.

// step is what members has to know of a field. It is made from the table when
// an object of it is first read, and holds what would be several loads away
// there.
type step struct {
	textToken      // the name
	way       way  // how the usual value is read
	begin     byte // what that begins with, 0 if it may be several
	opt       bool // the memory is an Optional, whose state is at the offset state
	state     uint32
	at        uint32 // the offset of the value, or of an Expandable's id
	index     uint32 // of the field
	bit       uint64 // of the field in reading.seen, 0 beyond the first 64
	known     []textToken
	value     *value // of the field
}

// noValue is a byte that no value begins with: the step of a field that member
// has to read.
const noValue = '?'

// way is how members reads a value.
type way uint8

const (
	valueWay   way = iota // as value does
	textWay               // a string
	knownWay              // a string that is nearly always one of known
	integerWay            // an int64
	booleanWay
	pointerWay // an object into a new struct
	structWay  // an object into the struct that is there
	textsWay   // an array of strings, nearly always of known if there are such
)

// read makes s, which is zero, the step for field k. Its known texts are the first of
// those given, which are zero; it returns the others.
func (s *step) read(f *field, k int, known []textToken) []textToken {
	s.setText(f.name)
	s.value, s.opt, s.state, s.at = &f.value, f.opt, uint32(f.off), uint32(f.off)
	s.index, s.bit = uint32(k), 1<<k
	if f.opt {
		s.state += uint32(unsafe.Offsetof(Optional[bool]{}.State))
		s.at += uint32(f.inOptional())
	}
	switch f.kind {
	case kindString:
		s.way, s.begin = textWay, '"'
	case kindExpandable:
		s.way, s.begin = textWay, '"'
		s.at += uint32(unsafe.Offsetof(reference{}.ID))
	case kindEnum:
		s.way, s.begin = knownWay, '"'
	case kindInt64:
		s.way = integerWay
	case kindBool:
		s.way = booleanWay
	case kindPointer:
		s.way, s.begin = pointerWay, '{'
	case kindStruct:
		s.way, s.begin = structWay, '{'
	case kindSlice:
		if !f.elem.opt && (f.elem.kind == kindString || f.elem.kind == kindEnum) {
			s.way, s.begin = textsWay, '['
		}
	}
	if e := f.shortList(); e != nil {
		for i, text := range *e {
			known[i].setText(text)
		}
		s.known, known = known[:len(*e)], known[len(*e):]
	}
	return known
}

// shortList returns the values of an enum that the field holds, or is a list of,
// if they are few enough to compare with each.
func (f *field) shortList() *enum {
	e := f.enum
	if f.kind == kindSlice && !f.elem.opt && f.elem.kind == kindEnum {
		e = f.elem.enum
	}
	if e == nil || len(*e) > shortEnum {
		return nil
	}
	return e
}

// knownTokens is how many values all fields of a table have to compare with,
// which are then allocated at once.
func knownTokens(t *table) int {
	n := 0
	for i := range t.fields {
		if e := t.fields[i].shortList(); e != nil {
			n += len(*e)
		}
	}
	return n
}

// reading is an object that is being read into the struct at p.
type reading struct {
	t *table
	x *nameIndex
	p unsafe.Pointer
	// seen has a bit for each field that has arrived, of the first 64, and
	// further a word for each 64 of the others.
	seen    uint64
	further []uint64
	// order is nil until a name was not the expected one. From then on expected is
	// the field that would be, had the members the order of the fields.
	order    *memberOrder
	expected uint32
	// unknown is the length of the unknown members of the objects around this one,
	// and marks has a bit for the names of its own; again says that two of them
	// may be the same.
	unknown int
	marks   uint64
	again   bool
	// from and to are where the name of an unknown member begins and ends, at its
	// quotes.
	from, to int
}

// arrived notes that field k is there, and tells whether it was already.
func (o *reading) arrived(k int) bool {
	word, bit := &o.seen, uint64(1)<<(k%64)
	if k >= 64 {
		word = &o.further[k/64-1]
	}
	again := *word&bit != 0
	*word |= bit
	return again
}

// object reads the object at i into the struct at p, which is zero.
func (d *decoder) object(t *table, p unsafe.Pointer, i int) int {
	data := d.data
	if i >= len(data) || data[i] != '{' {
		if t.untyped {
			return d.other(t, p, i)
		}
		return d.mismatch(i, "object")
	}
	if !d.enter(i) {
		return -1
	}
	if i++; i < len(data) && data[i] <= ' ' {
		i = d.line(i)
	}
	x := t.names()
	o, base := reading{t: t, x: x, p: p, unknown: len(d.unnamed)}, len(d.seen)
	if len(x.plain) > 1 {
		d.seen = append(d.seen, make([]uint64, len(x.plain)-1)...)
		o.further = d.seen[base:]
	}
	if i < len(data) && data[i] == '}' {
		i++
	} else if i = d.members(&o, i); i < 0 {
		return -1
	}
	d.depth--
	if !x.simple || o.seen&x.first != x.first || len(d.unnamed) > o.unknown {
		d.finish(&o)
		d.seen = d.seen[:base]
	}
	return i
}

// members reads the members of an object, the first of which begins at i, and
// returns the index after the object. It does what is usual by itself: the
// expected member, and a value of the field's own kind.
func (d *decoder) members(o *reading, i int) int {
	data, s := d.data, &o.x.steps[0]
	for {
		var q *step
		if len(data)-i <= nearEnd {
			q, i = d.look(o, i, false)
		} else if c := char(data, i); c == '"' {
			if !s.begins(word(data, i+1), word(data, i+9)) {
				q, i = d.name(o, s, i)
			} else if s.size > 16 {
				q, i = d.named(o, s, i)
			} else {
				i += 1 + s.size
				if x := half(data, i); byte(x) == ':' && byte(x>>8) > ' ' {
					i++
					goto value
				} else if uint16(x) == ':'|' '<<8 && byte(x>>16) > ' ' {
					i += 2
					goto value
				}
				q, i = s, d.colon(i)
			}
		} else if line := &d.lines[uint(d.depth)%uint(len(d.lines))]; c <= ' ' && line.begins(word(data, i), word(data, i+8)) && char(data, i+line.size) > ' ' {
			i += line.size
			continue
		} else if end := d.newLine(i); end > i {
			i = end
			continue
		} else {
			q, i = d.look(o, i, false)
		}
		if i < 0 {
			return -1
		}
		if q == nil {
			i = d.unknown(o, i)
			goto after
		}
		s = q
	value:
		if uint(i) >= uint(len(data)) || o.seen&s.bit != 0 {
			i = d.member(o, int(s.index), i)
		} else if c := data[i]; c == s.begin || s.begin == 0 && c != 'n' {
			o.seen |= s.bit
			if s.opt {
				*(*State)(unsafe.Add(o.p, uintptr(s.state))) = StatePresent
			}
			at := unsafe.Add(o.p, uintptr(s.at))
			switch s.way {
			case valueWay:
				i = d.value(s.value, at, i)
			case textWay:
				*(*string)(at), i = d.ownText(i)
			case knownWay:
				*(*string)(at), i = d.knownText(s, i)
			case integerWay:
				*(*int64)(at), i = d.integer(i)
			case booleanWay:
				i = d.boolean(at, i)
			case pointerWay:
				t := s.value.table()
				inner := d.newStruct(t)
				*(*unsafe.Pointer)(at) = inner
				i = d.object(t, inner, i)
			case structWay:
				i = d.object(s.value.table(), at, i)
			case textsWay:
				i = d.texts(s.value.elem, s, (*[]string)(at), i)
			}
			if i < 0 {
				return d.within(o.t.fields[s.index].name)
			}
		} else if c == 'n' && s.opt && len(data)-i >= 4 && half(data, i) == nullWord {
			o.seen |= s.bit
			*(*State)(unsafe.Add(o.p, uintptr(s.state))) = StateNull
			i += 4
		} else {
			i = d.member(o, int(s.index), i)
		}
		s = (*step)(unsafe.Add(unsafe.Pointer(s), unsafe.Sizeof(*s)))
		if o.order != nil {
			s = o.likely(s)
		}
	after:
		if uint(i) < uint(len(data)) && data[i] == ',' {
			i++
			continue
		}
		if i = d.afterMember(i); i < 0 || data[i-1] != ',' {
			return i
		}
	}
}

// isColon tells whether a colon stands at i, and no white space after it. Both bytes
// must be there.
func isColon(data []byte, i int) bool { return char(data, i) == ':' && char(data, i+1) > ' ' }

// nullWord is null, as half reads it.
const nullWord = 'n' | 'u'<<8 | 'l'<<16 | 'l'<<24

// nearEnd is how many bytes there are at least, and one more, where a member may
// be read without comparing the length again and again: its first quote, 16 bytes
// of its name, and the four after them.
const nearEnd = 20

// afterMember reads what follows a member, a comma or the end of the object, and
// returns the index after that.
func (d *decoder) afterMember(i int) int {
	if i < 0 {
		return -1
	}
	if i = space(d.data, i); i >= len(d.data) || d.data[i] != ',' && d.data[i] != '}' {
		return d.syntax(i)
	}
	return i + 1
}

// likely returns the step of the member that came last time where that of step s
// is expected, which is the one after the member before it.
func (o *reading) likely(s *step) *step {
	if o.order.t != o.t {
		return s
	}
	o.expected = s.index
	return o.x.step(int(o.order.next[s.index%uint32(len(o.order.next))]))
}

// name reads the name of the member at i, which is not that of step s, and returns
// the step of its field, or nil, and the index of the value. It is called where
// there are more than nearEnd bytes.
func (d *decoder) name(o *reading, s *step, i int) (*step, int) {
	first, second := word(d.data, i+1), word(d.data, i+9)
	var q *step
	if o.order == nil || o.order.t != o.t {
		q = d.takeOrder(o, s)
	} else {
		q = o.x.step(int(o.expected))
	}
	if q.begins(first, second) {
		return d.named(o, q, i)
	}
	if u := d.likelyUnknown(o); u.begins(first, second) {
		o.from, o.to = i, i+u.size
		if isColon(d.data, o.to+1) {
			return nil, o.to + 2
		}
		return nil, d.colon(o.to + 1)
	}
	return d.find(o, i)
}

// likelyUnknown returns the name that came last time where an object had as many
// unknown members before it as now.
func (d *decoder) likelyUnknown(o *reading) *token {
	return &o.order.unknown[uint(len(d.unnamed)-o.unknown)%uint(len(o.order.unknown))]
}

// named is name for one whose first 16 bytes are those of q's.
func (d *decoder) named(o *reading, q *step, i int) (*step, int) {
	data, end := d.data, i+1+q.size
	if len(data)-end < 3 || q.size > 16 && !q.ends(data, i+1) {
		return d.look(o, i, false)
	}
	if char(data, end) == ':' {
		if c := char(data, end+1); c > ' ' {
			return q, end + 1
		} else if c == ' ' && char(data, end+2) > ' ' {
			return q, end + 2
		}
	}
	return q, d.colon(end)
}

// takeOrder prepares for members that come in another order than the fields,
// and returns the likely step where s is the expected one. It is called for
// the first name of an object that is not the expected one, and for the first
// after an object within it whose table has its order in the same place.
func (d *decoder) takeOrder(o *reading, s *step) *step {
	o.order = &d.orders[o.t.number%uint32(len(d.orders))]
	if o.order.t != o.t {
		o.order.reset(o.t)
	}
	return o.likely(s)
}

// find is name for members whose order is not known.
func (d *decoder) find(o *reading, i int) (*step, int) {
	data, x := d.data, o.x
	first, second := nameWords(word(data, i+1), word(data, i+9))
	var q *step
	if x.slots == nil {
		if q = x.among(first, second); q == nil {
			x = o.t.hashed()
			o.x = x
		}
	}
	if q == nil {
		for slot := x.slot(first, second); x.slots[slot] != 0; slot = x.next(slot) {
			if s := &x.steps[x.slots[slot]-1]; s.words[0] == first && s.words[1] == second {
				q = s
				break
			}
		}
	}
	if q != nil {
		o.order.next[o.expected%uint32(len(o.order.next))] = uint8(q.index)
		if end := i + 1 + q.size; q.size <= 16 && isColon(data, end) {
			return q, end + 1
		}
		return d.named(o, q, i)
	}
	end := wordEnd(data, i+1)
	if end == i+9 {
		end = wordEnd(data, end)
	}
	if char(data, end) != '"' {
		return d.look(o, i, true)
	}
	o.from, o.to = i, end
	if n := end - i; n <= 16 && o.t.more == nil {
		d.likelyUnknown(o).set(first, second, n)
	}
	if end++; isColon(data, end) {
		return nil, end + 1
	}
	return nil, d.colon(end)
}

// knownText reads the string at i, which begins with a quote, for the field of a
// step, or for an element of it. It is one of those known, or a copy.
func (d *decoder) knownText(s *step, i int) (string, int) {
	if data := d.data; len(data)-i > 16 {
		first, second := word(data, i+1), word(data, i+9)
		for k := range s.known {
			if q := &s.known[k]; q.begins(first, second) {
				if q.size > 16 && !q.ends(data, i+1) {
					break
				}
				return q.text, i + 1 + q.size
			}
		}
	}
	return d.enumText(s, i)
}

// enumText is knownText for any string.
func (d *decoder) enumText(s *step, i int) (string, int) {
	v := s.value
	if v.kind == kindSlice {
		v = v.elem
	}
	text, end := d.text(i)
	return d.intern(v.enum, text), end
}

// look returns the step of the field with the name at i, or nil, and the index of
// the value. If asked says that the index has not found the name as it stands
// there, only one with escapes is looked for.
func (d *decoder) look(o *reading, i int, asked bool) (*step, int) {
	if i = space(d.data, i); i >= len(d.data) || d.data[i] != '"' {
		return nil, d.syntax(i)
	}
	data, q := d.data, (*step)(nil)
	end := plainEnd(data, i+1)
	name := data[i+1 : end]
	if end++; end >= len(data) || data[end-1] != '"' {
		if name, end = d.longText(i, end-1); end < 0 {
			return nil, -1
		}
		if unsafe.SliceData(name) != &data[i+1] { // it may be the same as one that is spelled otherwise
			asked, o.again = false, true
		}
		asked = asked && o.x.verbatim
	}
	o.from, o.to = i, end-1
	if !asked {
		if k := o.t.find(unsafe.String(unsafe.SliceData(name), len(name))); k >= 0 {
			q = &o.x.steps[k]
		}
	}
	if len(data)-end > 1 && data[end] == ':' && data[end+1] > ' ' {
		return q, end + 1
	}
	return q, d.colon(end)
}

// member reads the value at i for field k.
func (d *decoder) member(o *reading, k, i int) int {
	f := &o.t.fields[k]
	at := unsafe.Add(o.p, f.off)
	if o.arrived(k) {
		o.repeat(k, at)
	}
	if i < len(d.data) && d.data[i] == 'n' && (f.opt || f.kind != kindRaw) {
		return d.nullMember(o, k, i)
	}
	if f.opt {
		*stateOf(at) = StatePresent
		at = unsafe.Add(at, f.inOptional())
	}
	if k == o.x.page && f.kind == kindSlice {
		i = d.slice(&f.value, at, i, true)
	} else {
		i = d.value(&f.value, at, i)
	}
	if i < 0 {
		return d.within(f.name)
	}
	return i
}

// repeat makes field k, which arrives once more, as if it had not arrived.
func (o *reading) repeat(k int, at unsafe.Pointer) {
	clearValue(&o.t.fields[k].value, at)
	if m := extraOf(o.t, o.p); m != nil {
		m.forget(k)
	}
}

// nullMember reads a null for field k.
func (d *decoder) nullMember(o *reading, k, i int) int {
	f := &o.t.fields[k]
	if !hasWord(d.data, i, "null") {
		d.syntax(i)
		return d.within(f.name)
	}
	if f.opt {
		*stateOf(unsafe.Add(o.p, f.off)) = StateNull
	} else if m := extraOf(o.t, o.p); m != nil {
		m.note(k, StateNull)
	}
	return i + 4
}

// other keeps the value at i, which is no object, for a struct that may be any.
func (d *decoder) other(t *table, p unsafe.Pointer, i int) int {
	end := d.skip(i)
	if end >= 0 {
		extraOf(t, p).rec = &record{other: d.ownRaw(i, end)}
	}
	return end
}

// further reads the value at i into the field for members that no other field
// is for.
func (d *decoder) further(o *reading, name string, i int) int {
	v, p, end := &o.t.more.value, unsafe.Add(o.p, o.t.more.off), -1
	switch {
	case v.maps != nil:
		end = v.maps.put(d, v, p, name, i)
	case v.elem.kind == kindInt64:
		end = plainPut(d, v.elem, &d.one.int64, p, name, i)
	default:
		end = plainPut(d, v.elem, &d.one.string, p, name, i)
	}
	if end < 0 {
		return d.within(name)
	}
	return end
}

// unknown keeps the member whose value begins at i, which the table does not
// name.
func (d *decoder) unknown(o *reading, i int) int {
	if o.t.more != nil {
		name, _ := d.text(o.from)
		return d.further(o, d.own(name), i)
	}
	first, last := char(d.data, o.from+1), char(d.data, o.to-1)
	mark := uint64(1) << ((o.to - o.from ^ int(first) ^ int(last)*5) & 63)
	o.again = o.again || o.marks&mark != 0
	o.marks |= mark
	end := d.skip(i)
	if end < 0 {
		name, _ := d.text(o.from)
		return d.within(string(name))
	}
	if extraOf(o.t, o.p) != nil {
		d.unnamed = append(d.unnamed, extent{o.from, end})
	}
	return end
}

// finish completes a struct once all members of its object are read.
func (d *decoder) finish(o *reading) {
	if o.t.list != nil {
		*(**origin)(unsafe.Add(o.p, o.t.list.origin)) = d.from
	}
	m := extraOf(o.t, o.p)
	if m == nil {
		return
	}
	for w, plain := range o.x.plain {
		seen := o.seen
		if w > 0 {
			seen = o.further[w-1]
		}
		if missing := plain &^ seen; missing != 0 {
			m.noteMissing(w, missing)
		}
	}
	if len(d.unnamed) > o.unknown {
		d.keepUnknown(m, o)
	}
}

// keepUnknown has m remember the unknown members of an object.
func (d *decoder) keepUnknown(m *members, o *reading) {
	list, size := d.unnamed[o.unknown:], -1
	for _, u := range list {
		size += 1 + u.end - u.start
	}
	var text Raw
	switch {
	case m.rec != nil:
		text = d.room(size)
	case size > len(d.chunk)-d.used && size <= len(textRecord{}.text) && d.records.size == 0:
		r := new(textRecord)
		m.rec, text, d.records.size = &r.record, r.text[:size], 1
	default:
		m.rec, text = &d.records.take(1, maxRecords)[0], d.room(size)
	}
	rest := text
	for _, u := range list {
		n := copy(rest, d.data[u.start:u.end])
		if n == len(rest) {
			break
		}
		rest[n] = ','
		rest = rest[n+1:]
	}
	m.rec.unknown = text
	if o.again {
		m.rec.dropRepeated()
	}
	d.unnamed = d.unnamed[:o.unknown]
}

// textRecord is a record with memory for its unknown members: the first one of a
// document, which mostly is the only one.
type textRecord struct {
	record
	text [184]byte
}

// noteMissing notes the fields of one word of bits as absent.
func (m *members) noteMissing(word int, missing uint64) {
	if m.rec == nil {
		m.rec = new(record)
	}
	m.rec.odd = slices.Grow(m.rec.odd, bits.OnesCount64(missing))
	for b := range 64 {
		if missing&(1<<b) != 0 {
			m.note(word*64+b, StateAbsent)
		}
	}
}

// dropRepeated leaves one of the unknown members of the same name, with the last
// value.
//
//go:noinline
func (r *record) dropRepeated() {
	list := r.listUnknown()
	places, kept := make(map[string]int, len(list)), list[:0]
	for _, u := range list {
		if at, ok := places[u.name]; ok {
			kept[at] = u
			continue
		}
		places[u.name] = len(kept)
		kept = append(kept, u)
	}
	r.unknown = unknownOf(kept)
}
