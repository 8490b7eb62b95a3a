package support

import (
	"math"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"unicode/utf8"
	"unsafe"
)

// This file is Validate's quick way. It tells that an object is valid; of one
// that may not be it says nothing more, and the interpreter in validate.go then
// finds out whether and what is wrong. What it has no test for it asks the
// interpreter right away.

// quickTable is what Validate works out about a table the first time it meets
// it: the fields that anything can be wrong with, and the assertions on the
// object as a whole.
type quickTable struct {
	t     *table
	extra uintptr // as in table
	ask   bool    // the interpreter is asked about all of it
	leads bool    // lists, pointers, others or rules has any

	// Most fields are in groups of tests that are alike, whose loops are short. In
	// none but others is the state of an Optional looked at.
	words    []quickWord
	measured []quickField // what words is about, to be tested in full
	texts    []quickField
	lists    []quickField
	pointers []quickField
	others   []quickField

	rules []quickRule
}

// quickWord is a word of an object's memory that is mostly in a range: the
// length of a text, an integer, or a pointer that is nil.
type quickWord struct {
	off  uint32
	low  int64
	span uint64 // how far above low it may be
}

// quickField is a field of an object, in as little memory as can be.
type quickField struct {
	off   uint32 // of the value, within the Optional if there is one
	state uint32 // of the Optional's state
	test  quickTest
	opt   bool     // the state is looked at
	fine  uint8    // without a value: a bit for each State that is valid
	texts *textSet // testText, testSwitch: what it may be; testList: what each may be, if that is all
	of    *quickValue
}

// quickValue is how a value is tested.
type quickValue struct {
	test      quickTest
	v         *value
	f         *field         // of what is a field
	most      int            // testLength, testReference: how long it may be
	low, high int64          // testRange
	texts     *textSet       // testText, testSwitch: what it may be
	re        matcher        // testPattern; testNames: of the keys
	code      *code          // the same, where it is of that kind
	names     unsafe.Pointer // *[]string of testNames: some that are codes, loaded and stored atomically
	elem      *quickValue    // testList
	sub       unsafe.Pointer // *quickTable of testObject and testPointer, once it is needed, as names
}

// quickTest is what there is to test.
type quickTest uint8

const (
	testNothing   quickTest = iota
	testField               // whatever the interpreter does about the field
	testInterpret           // whatever the interpreter does about the value
	testLength              // of a text
	testText                // one of some
	testSwitch              // as testText, and of a field what follows from it
	testPattern             // of a text
	testRange               // of an integer
	testObject              // a struct in place
	testPointer             // a pointer to a struct
	testReference           // an Expandable: its id
	testList                // each element
	testNames               // the keys of a map
	testMore                // the values of the map of further members
)

// trial is one run of the quick way.
type trial struct {
	depth int         // of the present value
	by    *evaluation // the interpreter, once it has been asked
}

// isValid tells whether all is well with the struct at p for sure.
func isValid(t *table, p unsafe.Pointer) bool {
	if p == nil || t.whole || t.params {
		return false
	}
	var e trial
	ok := e.accepts(t.quickly(), p)
	if e.by != nil {
		ok = ok && len(e.by.violations) == 0
		e.by.release()
	}
	return ok
}

// interpreter returns what is asked about the present value.
func (e *trial) interpreter() *evaluation {
	if e.by == nil {
		e.by = newEvaluation()
	}
	e.by.depth = e.depth
	return e.by
}

// accepts is isValid for a struct within another one.
func (e *trial) accepts(x *quickTable, p unsafe.Pointer) bool {
	if x.ask {
		return e.asksObject(x.t, p)
	}
	if rec := (*members)(unsafe.Add(p, x.extra)).rec; rec != nil && len(rec.odd) > 0 {
		return e.asksObject(x.t, p)
	}
	if e.depth++; e.depth >= maxDepth {
		return false
	}
	if !x.areInRange(p) && !e.fitAll(x.measured, p) {
		return false
	}
	for i := range x.texts {
		set, text := x.texts[i].texts, *(*string)(unsafe.Add(p, x.texts[i].off))
		k := set.place(text)
		if !isSame(set.at[k], text) {
			if k = set.search(text); k < 0 {
				return false
			}
		}
		if k < len(set.cases) && len(set.cases[k]) > 0 && !e.obeysAll(set.cases[k], x.t, p) {
			return false
		}
	}
	if x.leads && !e.leads(x, p) {
		return false
	}
	e.depth--
	return true
}

// areInRange tells whether all words are in their ranges. If not, the object may
// be valid yet: an Expandable may be expanded, and a text have fewer characters
// than bytes.
func (x *quickTable) areInRange(p unsafe.Pointer) bool {
	for i := range x.words {
		if w := &x.words[i]; uint64(*(*int64)(unsafe.Add(p, w.off))-w.low) > w.span {
			return false
		}
	}
	return true
}

func (e *trial) fitAll(fields []quickField, p unsafe.Pointer) bool {
	for i := range fields {
		if f := &fields[i]; !e.fits(f.of, unsafe.Add(p, f.off)) {
			return false
		}
	}
	return true
}

// leads is accepts for the fields that lead to others, for those that are in no
// group, and for the object as a whole.
func (e *trial) leads(x *quickTable, p unsafe.Pointer) bool {
	for i := range x.lists {
		f := &x.lists[i]
		s := (*sliceHeader)(unsafe.Add(p, f.off))
		if s.len == 0 {
			continue
		}
		if f.texts != nil && !f.texts.holdsAll(*(*[]string)(unsafe.Pointer(s))) || f.texts == nil && !e.fitsList(f.of.elem, s) {
			return false
		}
	}
	for i := range x.pointers {
		f := &x.pointers[i]
		if at := *(*unsafe.Pointer)(unsafe.Add(p, f.off)); at != nil && !e.accepts(f.of.table(), at) {
			return false
		}
	}
	if len(x.others) > 0 && !e.fitOthers(x, p) {
		return false
	}
	return len(x.rules) == 0 || e.obeysAll(x.rules, x.t, p)
}

// fitOthers is accepts for the fields that are in no group.
func (e *trial) fitOthers(x *quickTable, p unsafe.Pointer) bool {
	for i := range x.others {
		f := &x.others[i]
		if f.opt {
			if s := *(*State)(unsafe.Add(p, f.state)); s != StatePresent {
				if f.fine>>(s&7)&1 == 0 {
					return false
				}
				continue
			}
		}
		ok := true
		switch at := unsafe.Add(p, f.off); f.test {
		case testField:
			ok = e.asksField(x.t, f.of.f, p)
		case testPattern:
			ok = f.of.matches(*(*string)(at))
		case testNames:
			ok = f.of.matchesNames(at)
		default:
			ok = e.fits(f.of, at)
		}
		if !ok {
			return false
		}
	}
	return true
}

// fits tests the value at p, which is there.
func (e *trial) fits(q *quickValue, p unsafe.Pointer) bool {
	switch q.test {
	case testNothing:
		return true
	case testLength:
		return hasLength(*(*string)(p), q.most)
	case testText:
		return q.texts.find(*(*string)(p)) >= 0
	case testPattern:
		return q.matches(*(*string)(p))
	case testRange:
		n := *(*int64)(p)
		return q.low <= n && n <= q.high
	case testObject:
		return e.accepts(q.table(), p)
	case testPointer:
		if p = *(*unsafe.Pointer)(p); p == nil {
			return q.v.null
		}
		return e.accepts(q.table(), p)
	case testReference:
		if x := (*reference)(p); x.object == nil {
			return hasLength(x.ID, q.most)
		}
	case testList:
		return e.fitsList(q.elem, (*sliceHeader)(p))
	case testNames:
		return q.matchesNames(p)
	}
	return e.asksValue(q, p)
}

func (e *trial) fitsList(elem *quickValue, s *sliceHeader) bool {
	if elem.test == testText {
		return elem.texts.holdsAll(*(*[]string)(unsafe.Pointer(s)))
	}
	e.depth++
	size := uintptr(0)
	if s.len > 0 {
		size, _ = elem.v.layout()
	}
	for i := range s.len {
		if !e.fits(elem, unsafe.Add(s.data, uintptr(i)*size)) {
			return false
		}
	}
	e.depth--
	return true
}

// matchesNames tests the keys of the map at p.
func (q *quickValue) matchesNames(p unsafe.Pointer) bool {
	if q.v.elem.kind == kindInt64 {
		return allMatch(q, *(*map[string]int64)(p))
	}
	return allMatch(q, *(*map[string]string)(p))
}

// allMatch tests the keys of a map. It remembers a few that are codes: to look
// these up takes less time than to go through the map.
func allMatch[T any](q *quickValue, m map[string]T) bool {
	known, left := (*[]string)(atomic.LoadPointer(&q.names)), len(m)
	if known != nil {
		for _, name := range *known {
			if _, ok := m[name]; !ok {
				continue
			}
			if left--; left == 0 {
				return true
			}
		}
	}
	return eachMatches(q, m, known)
}

// eachMatches is allMatch for names of which some are not known.
func eachMatches[T any](q *quickValue, m map[string]T, known *[]string) bool {
	for key := range m {
		if !q.matches(key) {
			return false
		}
	}
	if q.code == nil || q.code.most > maxKnownName || known != nil && len(*known) >= maxKnownNames {
		return true
	}
	var names []string
	if known != nil {
		names = slices.Clone(*known)
	}
	for key := range m {
		if len(names) < maxKnownNames && !slices.Contains(names, key) {
			names = append(names, strings.Clone(key))
		}
	}
	atomic.CompareAndSwapPointer(&q.names, unsafe.Pointer(known), unsafe.Pointer(&names))
	return true
}

// How many names of members are remembered, and how long these are at most.
const (
	maxKnownNames = 4
	maxKnownName  = 8
)

func (q *quickValue) matches(s string) bool {
	if q.code != nil {
		return q.code.match(s)
	}
	return q.re.match(s)
}

// The interpreter is asked in functions of their own: that of a field, a value or
// an object that there is no test for.

func (e *trial) asksObject(t *table, p unsafe.Pointer) bool {
	by := e.interpreter()
	by.object(t, p)
	return len(by.violations) == 0
}

func (e *trial) asksField(t *table, f *field, p unsafe.Pointer) bool {
	by := e.interpreter()
	by.fieldOf(t, f, p)
	return len(by.violations) == 0
}

func (e *trial) asksValue(q *quickValue, p unsafe.Pointer) bool {
	by := e.interpreter()
	if q.test == testMore {
		by.mapping(q.v, p)
	} else {
		by.value(slotIn(q.v, p))
	}
	return len(by.violations) == 0
}

// hasLength tells whether a text has no more than most characters.
func hasLength(s string, most int) bool {
	return len(s) <= most || utf8.RuneCountInString(s) <= most
}

// isSame tells whether two texts share their memory.
func isSame(a, b string) bool {
	return unsafe.StringData(a) == unsafe.StringData(b) && len(a) == len(b)
}

// table returns what is known about the struct in a value.
func (q *quickValue) table() *quickTable {
	if x := (*quickTable)(atomic.LoadPointer(&q.sub)); x != nil {
		return x
	}
	return q.firstTable()
}

func (q *quickValue) firstTable() *quickTable {
	x := q.v.table().quickly()
	atomic.StorePointer(&q.sub, unsafe.Pointer(x))
	return x
}

// quickly returns the tests of the table's structs. Goroutines that race to
// build them build the same.
func (t *table) quickly() *quickTable {
	if x := (*quickTable)(atomic.LoadPointer(&t.quick)); x != nil {
		return x
	}
	x := newQuickTable(t)
	atomic.StorePointer(&t.quick, unsafe.Pointer(x))
	return x
}

func newQuickTable(t *table) *quickTable {
	x := &quickTable{t: t, extra: t.extra, ask: t.untyped || t.params || t.whole}
	var fields []quickField
	if x.ask {
		return x
	}
	for i := range t.fields {
		f := &t.fields[i]
		if f.required && f.writeOnly || f.isFree() && (!f.opt || !f.required && f.takesNull()) {
			continue // see isExempt; or nothing can be wrong
		}
		fields = append(fields, newQuickField(f))
	}
	if t.more != nil {
		fields = append(fields, quickField{off: uint32(t.more.off), test: testMore, of: &quickValue{test: testMore, v: &t.more.value}})
	}
	for _, r := range joinRules(quickRules(t, t.check)) {
		if r.op != ruleSwitch || !takesOver(fields, &r) {
			x.rules = append(x.rules, r)
		}
	}
	for _, f := range fields {
		x.add(f)
	}
	x.leads = len(x.lists)+len(x.pointers)+len(x.others)+len(x.rules) > 0
	return x
}

// takesOver lets the test of a field do what a ruleSwitch would, if that looks up
// the field's value anyhow. It tells whether it does.
func takesOver(fields []quickField, r *quickRule) bool {
	at := 0
	for at < len(fields) && (fields[at].of.v != r.v || fields[at].test != testText) {
		at++
	}
	if at == len(fields) {
		return false
	}
	f := &fields[at]
	f.test = testSwitch
	f.texts.cases = make([][]quickRule, f.texts.places())
	for _, text := range f.texts.list {
		f.texts.cases[f.texts.find(text)] = r.branch(text)
	}
	return true
}

// takesNull tells whether null is valid, and no assertion has to be asked.
func (v *value) takesNull() bool {
	for i := range v.check {
		if op := v.check[i].op; op < opMinLength || op > opProperty { // those are about another type
			return false
		}
	}
	return (v.null || v.kind == kindRaw) && !v.untyped
}

func newQuickField(f *field) quickField {
	q := quickField{off: uint32(f.off), opt: f.opt, of: &quickValue{f: f}}
	if q.opt {
		q.state = uint32(f.off + unsafe.Offsetof(Optional[bool]{}.State))
		q.off += uint32(f.inOptional())
		if !f.required {
			q.fine |= 1 << StateAbsent
		}
		if f.takesNull() {
			q.fine |= 1 << StateNull
		}
	}
	q.of.set(&f.value)
	if q.texts = q.of.texts; q.of.elem != nil {
		q.texts = q.of.elem.texts
	}
	if q.test = q.of.test; q.test == testInterpret || (f.null || f.kind == kindRaw) && !f.takesNull() {
		q.test, q.opt = testField, false
	}
	if q.fine == 1<<StateAbsent|1<<StateNull && q.takesZero() {
		q.opt = false
	}
	return q
}

// takesZero tells whether the zero value passes the test, as what an Optional
// holds that is absent or null does then. (If its caller has left something else
// in it, the interpreter finds out that nothing is wrong.)
func (q *quickField) takesZero() bool {
	switch q.test {
	case testLength, testReference, testList:
		return true
	case testRange:
		return q.of.low <= 0 && q.of.high >= 0
	case testPointer:
		return q.of.v.null
	}
	return false
}

// add puts a field into its group.
func (x *quickTable) add(f quickField) {
	group := &x.others
	switch {
	case f.opt:
	case f.test == testLength, f.test == testReference, f.test == testRange:
		if unsafe.Sizeof(uintptr(0)) == unsafe.Sizeof(quickWord{}.low) {
			group = &x.measured
			x.words = append(x.words, f.words()...)
		}
	case f.test == testText, f.test == testSwitch:
		group = &x.texts
	case f.test == testList:
		group = &x.lists
	case f.test == testPointer && f.of.v.null:
		group = &x.pointers
	}
	*group = append(*group, f)
}

// words returns the words that are mostly in a range if the field is valid.
func (q *quickField) words() []quickWord {
	var text string
	var r reference
	length := q.off + uint32(unsafe.Sizeof(text)/2)
	switch q.test {
	case testLength:
		return []quickWord{{off: length, span: uint64(q.of.most)}}
	case testReference:
		length += uint32(unsafe.Offsetof(r.ID))
		return []quickWord{{off: length, span: uint64(q.of.most)}, {off: q.off + uint32(unsafe.Offsetof(r.object))}}
	}
	return []quickWord{{off: q.off, low: q.of.low, span: uint64(q.of.high - q.of.low)}}
}

// set finds the test of a value that is there.
func (q *quickValue) set(v *value) {
	q.v, q.test = v, testInterpret
	switch {
	case v.isFree():
		q.test = testNothing
	case v.untyped:
	case v.kind == kindString, v.kind == kindEnum:
		q.setText(v)
	case v.kind == kindInt64:
		q.setRange(v.check)
	case v.kind == kindExpandable:
		if most, ok := onlyLength(v.check); ok {
			q.test, q.most = testReference, most
		}
	case v.kind == kindMap:
		q.setNames(v)
	case len(v.check) > 0:
	case v.kind == kindStruct:
		q.test = testObject
	case v.kind == kindPointer:
		q.test = testPointer
	case v.kind == kindSlice && !v.elem.opt:
		q.test, q.elem = testList, new(quickValue)
		q.elem.set(v.elem)
	}
}

// onlyLength returns the one assertion in a check, if it has no others than
// maxLength.
func onlyLength(c check) (most int, ok bool) {
	switch {
	case len(c) == 0:
		return math.MaxInt, true
	case len(c) == 1 && c[0].op == opMaxLength:
		return c[0].n, true
	}
	return 0, false
}

func (q *quickValue) setText(v *value) {
	closed := v.kind == kindEnum && !v.open
	most, ok := onlyLength(v.check)
	switch {
	case closed && len(v.check) == 0:
		q.setTexts(*v.enum)
	case closed:
	case ok:
		q.test, q.most = testLength, most
	case len(v.check) > 1:
	case v.check[0].op == opPattern:
		q.setPattern(testPattern, v.check[0].matcher())
	case v.check[0].op == opEnum, v.check[0].op == opConst:
		q.setTexts(textsOf(v.check[0].literals()))
	}
}

func (q *quickValue) setTexts(texts []string) {
	q.test, q.texts = testText, newTextSet(texts)
}

// textsOf returns the texts among some constants, sorted.
func textsOf(list []literal) []string {
	var texts []string
	for _, l := range list {
		if l.typ == typeString {
			texts = append(texts, l.str)
		}
	}
	sort.Strings(texts)
	return texts
}

// setRange finds the test of an int64 that has no assertions but bounds which
// are integers.
func (q *quickValue) setRange(c check) {
	low, high := int64(math.MinInt64), int64(math.MaxInt64)
	for i := range c {
		a := &c[i]
		bound := int64(a.f)
		if a.s != "" || math.Abs(a.f) > 1<<53 || float64(bound) != a.f {
			return
		}
		switch a.op {
		case opMinimum:
			low = max(low, bound)
		case opMaximum:
			high = min(high, bound)
		case opExclusiveMinimum:
			low = max(low, bound+1)
		case opExclusiveMaximum:
			high = min(high, bound-1)
		default:
			return
		}
	}
	q.test, q.low, q.high = testRange, low, high
}

// setNames finds the test of a map of which only the keys can be wrong.
func (q *quickValue) setNames(v *value) {
	if v.maps != nil || !v.elem.isFree() || v.elem.opt || len(v.check) != 1 || v.check[0].op != opPropertyNames {
		return
	}
	if sub := v.check[0].sub(); len(sub) == 1 && sub[0].op == opPattern {
		q.setPattern(testNames, sub[0].matcher())
	}
}

func (q *quickValue) setPattern(test quickTest, re matcher) {
	q.test, q.re = test, re
	if plain, ok := re.(*sequence); ok {
		q.code = newCode(plain)
	}
}

// quickRule is an assertion about an object as a whole.
type quickRule struct {
	op quickOp
	// What follows is about one member.
	off, state uintptr
	opt        bool
	fine       uint8 // without a value: a bit for each State that is valid
	v          *value
	texts      *textSet  // ruleText: what it may be; ruleSwitch: what is told apart
	types      jsonTypes // ruleType, rulePointer: what it may be

	// subs are the branches of those that are made of others, as in assertion;
	// of ruleSwitch one for each text by its place, and one for what is none of
	// them.
	subs [][]quickRule
	c    check // ruleInterpret: the one assertion
}

type quickOp uint8

const (
	ruleThere     quickOp = iota // the member is there
	ruleText                     // the member is one of some texts
	rulePointer                  // the member, a pointer to a struct, is of some types
	ruleType                     // the member is of some types
	ruleInterpret                // whatever the interpreter does
	ruleNever
	ruleSwitch // what follows from a member that is one of some texts
	ruleIf
	ruleAllOf
	ruleAnyOf
	ruleOneOf
	ruleNot
)

// quickRules returns what tests a check on a table's structs. It leaves out what
// always holds.
func quickRules(t *table, c check) []quickRule {
	var rules []quickRule
	for i := range c {
		a := &c[i]
		switch a.op {
		case opRequired:
			rules = append(rules, requiredRules(t, c[i:i+1])...)
		case opProperty:
			rules = append(rules, propertyRules(t, c[i:i+1])...)
		case opNever:
			rules = append(rules, quickRule{op: ruleNever})
		case opIf:
			rules = append(rules, quickRule{op: ruleIf, subs: quickBranches(t, a.subs()...)})
		case opAllOf:
			rules = append(rules, quickRule{op: ruleAllOf, subs: quickBranches(t, a.subs()...)})
		case opAnyOf:
			rules = append(rules, quickRule{op: ruleAnyOf, subs: quickBranches(t, a.subs()...)})
		case opOneOf:
			rules = append(rules, quickRule{op: ruleOneOf, subs: quickBranches(t, a.subs()...)})
		case opNot:
			rules = append(rules, quickRule{op: ruleNot, subs: quickBranches(t, a.sub())})
		default:
			rules = append(rules, quickRule{op: ruleInterpret, c: c[i : i+1]})
		}
	}
	return joinStates(rules)
}

// joinStates makes one rule of those that a member is there and another one
// about the same member.
func joinStates(rules []quickRule) []quickRule {
	var out []quickRule
	for _, r := range rules {
		at := indexRule(out, func(o *quickRule) bool {
			return r.op <= ruleType && o.v == r.v && (r.op == ruleThere || o.op == ruleThere)
		})
		if at < 0 {
			out = append(out, r)
			continue
		}
		r.fine &= out[at].fine
		if r.op == ruleThere {
			out[at].fine = r.fine
		} else {
			out[at] = r
		}
	}
	return out
}

// joinRules makes one ruleSwitch of all conditions on the text of one member that
// is always there, so that it is looked up once.
func joinRules(rules []quickRule) []quickRule {
	var out []quickRule
	for i := range rules {
		r := &rules[i]
		if !r.isSwitch() {
			out = append(out, *r)
			continue
		}
		of := &r.subs[0][0]
		at := indexRule(out, func(s *quickRule) bool { return s.op == ruleSwitch && s.v == of.v })
		if at >= 0 {
			continue
		}
		out = append(out, newSwitch(rules[i:], of))
	}
	return out
}

// indexRule returns the index of the first rule that is meant, or -1.
func indexRule(rules []quickRule, is func(*quickRule) bool) int {
	for i := range rules {
		if is(&rules[i]) {
			return i
		}
	}
	return -1
}

// isSwitch tells whether the rule is a condition on the text of one member that
// is always there.
func (r *quickRule) isSwitch() bool {
	return r.op == ruleIf && len(r.subs[0]) == 1 && r.subs[0][0].op == ruleText && !r.subs[0][0].opt
}

// newSwitch joins the conditions on one member.
func newSwitch(rules []quickRule, of *quickRule) quickRule {
	s := quickRule{op: ruleSwitch, off: of.off, v: of.v}
	var same []*quickRule
	var texts []string
	for i := range rules {
		if r := &rules[i]; r.isSwitch() && r.subs[0][0].v == of.v {
			same = append(same, r)
			texts = append(texts, r.subs[0][0].texts.list...)
		}
	}
	s.texts = newTextSet(texts)
	s.subs = make([][]quickRule, s.texts.places()+1)
	for _, r := range same {
		for _, text := range s.texts.list {
			branch := 1
			if r.subs[0][0].texts.find(text) < 0 {
				branch = 2
			}
			s.follow(s.texts.find(text), r, branch)
		}
		s.follow(s.texts.places(), r, 2)
	}
	return s
}

// follow adds what follows by a condition from the text at a place.
func (s *quickRule) follow(place int, r *quickRule, branch int) {
	if branch < len(r.subs) {
		s.subs[place] = joinStates(append(s.subs[place], r.subs[branch]...))
	}
}

// branch returns what follows from a text by a ruleSwitch.
func (r *quickRule) branch(text string) []quickRule {
	if k := r.texts.find(text); k >= 0 {
		return r.subs[k]
	}
	return r.subs[r.texts.places()]
}

func quickBranches(t *table, subs ...check) [][]quickRule {
	out := make([][]quickRule, len(subs))
	for i, c := range subs {
		out[i] = quickRules(t, c)
	}
	return out
}

// about makes the rule one about a field.
func (r quickRule) about(f *field) quickRule {
	r.off, r.opt, r.v = f.off, f.opt, &f.value
	if r.opt {
		r.state = f.off + unsafe.Offsetof(Optional[bool]{}.State)
		r.off += f.inOptional()
	}
	return r
}

// requiredRules is quickRules for one opRequired.
func requiredRules(t *table, c check) []quickRule {
	var rules []quickRule
	for _, name := range c[0].names() {
		f := t.field(name)
		switch {
		case f == nil:
			return []quickRule{{op: ruleInterpret, c: c}}
		case f.opt && !f.writeOnly:
			rules = append(rules, quickRule{op: ruleThere, fine: 1 << StateNull}.about(f))
		}
	}
	return rules
}

// propertyRules is quickRules for one opProperty.
func propertyRules(t *table, c check) []quickRule {
	f, sub := t.field(c[0].s), c[0].sub()
	if f == nil {
		return []quickRule{{op: ruleInterpret, c: c}}
	}
	var rules []quickRule
	for i := range sub {
		of, isText := &sub[i], f.kind == kindString || f.kind == kindEnum
		r := quickRule{op: ruleText, fine: 1 << StateAbsent}.about(f)
		switch {
		case isText && (of.op == opConst || of.op == opEnum):
			r.texts = newTextSet(textsOf(of.literals()))
			for _, l := range of.literals() {
				if l.typ == typeNull {
					r.fine |= 1 << StateNull
				}
			}
		case of.op == opType:
			r.op, r.types = ruleType, jsonTypes(of.n)
			if f.kind == kindPointer && !f.table().untyped {
				r.op = rulePointer
			}
			if r.types&typeNull != 0 {
				r.fine |= 1 << StateNull
			}
		default:
			return []quickRule{{op: ruleInterpret, c: c}}
		}
		rules = append(rules, r)
	}
	return rules
}

// obeysAll tells whether the struct at p meets all of some rules.
func (e *trial) obeysAll(rules []quickRule, t *table, p unsafe.Pointer) bool {
	for i := range rules {
		r := &rules[i]
		if r.op > ruleType {
			if !e.obeys(r, t, p) {
				return false
			}
			continue
		}
		if r.opt {
			if s := *(*State)(unsafe.Add(p, r.state)); s != StatePresent {
				if r.fine>>(s&7)&1 == 0 {
					return false
				}
				continue
			}
		}
		at := unsafe.Add(p, r.off)
		ok := true
		switch r.op {
		case ruleText:
			ok = r.texts.find(*(*string)(at)) >= 0
		case rulePointer:
			is := typeObject
			if *(*unsafe.Pointer)(at) == nil {
				is = typeNull
			}
			ok = r.types&is != 0
		case ruleType:
			ok = hasType(r, at)
		}
		if !ok {
			return false
		}
	}
	return true
}

// obeys is obeysAll for a rule that is not about one member.
func (e *trial) obeys(r *quickRule, t *table, p unsafe.Pointer) bool {
	switch r.op {
	case ruleSwitch:
		return e.obeysAll(r.branch(*(*string)(unsafe.Add(p, r.off))), t, p)
	case ruleIf:
		branch := 1
		if !e.obeysAll(r.subs[0], t, p) {
			branch = 2
		}
		return branch >= len(r.subs) || e.obeysAll(r.subs[branch], t, p)
	case ruleNever:
		return false
	case ruleInterpret:
		return e.interpreter().holds(r.c, &datum{typ: typeObject, t: t, p: p})
	}
	return e.obeysBranches(r, t, p)
}

// obeysBranches is obeys for what counts how many of its branches are met.
func (e *trial) obeysBranches(r *quickRule, t *table, p unsafe.Pointer) bool {
	count := 0
	for _, rules := range r.subs {
		if e.obeysAll(rules, t, p) {
			count++
		}
	}
	switch r.op {
	case ruleAllOf:
		return count == len(r.subs)
	case ruleAnyOf:
		return count > 0
	case ruleOneOf:
		return count == 1
	}
	return count == 0
}

// hasType tells whether the value at p, which is there, is of one of the rule's
// types.
func hasType(r *quickRule, p unsafe.Pointer) bool {
	switch r.v.kind {
	case kindString, kindEnum:
		return r.types&typeString != 0
	case kindStruct:
		if !r.v.table().untyped {
			return r.types&typeObject != 0
		}
	case kindExpandable:
		if (*reference)(p).object == nil {
			return r.types&typeString != 0
		}
	}
	n := slotIn(r.v, p).datum()
	return n.is(r.types)
}
