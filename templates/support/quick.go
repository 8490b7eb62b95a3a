package support

import (
	"math"
	"slices"
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
	t      *table
	fields []quickField
	rules  []quickRule
}

// quickField is a field of an object.
type quickField struct {
	off   uintptr // of the value, within the Optional if there is one
	state uintptr // of the Optional's state
	opt   bool
	must  bool   // it is required
	null  bool   // null is valid
	all   *field // where the interpreter is asked about all that
	quickValue
}

// quickValue is how a value is tested.
type quickValue struct {
	test      quickTest
	v         *value
	most      int                        // testLength, testReference: how long it may be
	low, high int64                      // testRange
	texts     []string                   // testText: what it may be
	re        matcher                    // testPattern; testNames: of the keys
	elem      *quickValue                // testList
	of        atomic.Pointer[quickTable] // testObject and testPointer, once it is needed
}

// quickTest is what there is to test.
type quickTest uint8

const (
	testNothing   quickTest = iota
	testInterpret           // whatever the interpreter does
	testLength              // of a text
	testText                // one of some
	testPattern             // of a text
	testRange               // of an integer
	testObject              // a struct in place
	testPointer             // a pointer to a struct
	testReference           // an Expandable: its id
	testList                // each element
	testNames               // the keys of a map
	testMore                // the values of the map of further members
)

// isValid tells whether all is well with the struct at p for sure.
func (e *evaluation) isValid(t *table, p unsafe.Pointer) bool {
	if p != nil && !t.whole && !t.params && e.accepts(t.quickly(), p) && len(e.violations) == 0 {
		return true
	}
	e.forget()
	return false
}

// forget undoes what an evaluation has found so far.
func (e *evaluation) forget() {
	e.violations, e.stopped, e.steps, e.depth = nil, false, 0, 0
}

// accepts is isValid for a struct within another one.
func (e *evaluation) accepts(x *quickTable, p unsafe.Pointer) bool {
	t := x.t
	m := extraOf(t, p)
	if t.untyped || m == nil || m.rec != nil && len(m.rec.odd) > 0 {
		return e.ask(func() { e.object(t, p) })
	}
	if e.depth++; e.depth >= maxDepth {
		return false
	}
	for i := range x.fields {
		f := &x.fields[i]
		if f.all != nil {
			if !e.ask(func() { e.fieldOf(t, f.all, p) }) {
				return false
			}
			continue
		}
		if f.opt {
			if s := *(*State)(unsafe.Add(p, f.state)); s != StatePresent {
				if s == StateNull && !f.null || s == StateAbsent && f.must {
					return false
				}
				continue
			}
		}
		if !e.fits(&f.quickValue, unsafe.Add(p, f.off)) {
			return false
		}
	}
	e.depth--
	return e.obeyAll(x.rules, t, p)
}

// ask tells whether the interpreter finds nothing wrong.
func (e *evaluation) ask(look func()) bool {
	look()
	return len(e.violations) == 0
}

// fits tests the value at p, which is there.
func (e *evaluation) fits(q *quickValue, p unsafe.Pointer) bool {
	switch q.test {
	case testLength:
		return hasLength(*(*string)(p), q.most)
	case testText:
		return isOneOf(*(*string)(p), q.texts)
	case testPattern:
		return q.re.match(*(*string)(p))
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
		return e.fitsList(q, p)
	case testNames:
		if q.v.elem.kind == kindInt64 {
			return allMatch(q.re, *(*map[string]int64)(p))
		}
		return allMatch(q.re, *(*map[string]string)(p))
	case testMore:
		return e.ask(func() { e.mapping(q.v, p) })
	case testNothing:
		return true
	}
	return e.ask(func() { e.value(slotIn(q.v, p)) })
}

func (e *evaluation) fitsList(q *quickValue, p unsafe.Pointer) bool {
	s := (*sliceHeader)(p)
	if s.len == 0 {
		return true
	}
	e.depth++
	size, _ := q.elem.v.layout()
	for i := range s.len {
		if !e.fits(q.elem, unsafe.Add(s.data, uintptr(i)*size)) {
			return false
		}
	}
	e.depth--
	return true
}

func allMatch[T any](re matcher, m map[string]T) bool {
	for key := range m {
		if !re.match(key) {
			return false
		}
	}
	return true
}

// hasLength tells whether a text has no more than most characters.
func hasLength(s string, most int) bool {
	return len(s) <= most || utf8.RuneCountInString(s) <= most
}

// isOneOf tells whether a text is one of some, which are sorted. What the decoder
// has read shares the memory of the constants, and is quickly compared with
// them.
func isOneOf(s string, texts []string) bool {
	if len(texts) > fewTexts {
		_, found := slices.BinarySearch(texts, s)
		return found
	}
	for _, text := range texts {
		if s == text {
			return true
		}
	}
	return false
}

// fewTexts is up to how many texts are gone through one after the other.
const fewTexts = 8

// table returns what is known about the struct in a value.
func (q *quickValue) table() *quickTable {
	if x := q.of.Load(); x != nil {
		return x
	}
	x := builtTable(q.v.sub).quickly()
	q.of.Store(x)
	return x
}

// quickly returns the tests of the table's structs. Goroutines that race to
// build them build the same.
func (t *table) quickly() *quickTable {
	if x := t.quick.Load(); x != nil {
		return x
	}
	x := newQuickTable(t)
	t.quick.Store(x)
	return x
}

func newQuickTable(t *table) *quickTable {
	x := &quickTable{t: t, fields: make([]quickField, 0, len(t.fields)+1)}
	for i := range t.fields {
		f := &t.fields[i]
		if f.required && f.writeOnly || f.isFree() && (!f.opt || !f.required && f.takesNull()) {
			continue
		}
		x.fields = append(x.fields, quickField{})
		x.fields[len(x.fields)-1].set(f)
	}
	if t.more != nil {
		x.fields = append(x.fields, quickField{off: t.more.off, quickValue: quickValue{test: testMore, v: &t.more.value}})
	}
	x.rules = quickRules(t, t.check)
	return x
}

// takesNull tells whether null is valid, and no assertion has to be asked.
func (v *value) takesNull() bool {
	for i := range v.check {
		if op := v.check[i].op; op < opMinLength || op > opDependentSchema { // those are about another type
			return false
		}
	}
	return (v.null || v.kind == kindRaw) && !v.untyped
}

func (q *quickField) set(f *field) {
	q.off, q.opt, q.must, q.null = f.off, f.opt, f.required, f.takesNull()
	if q.opt {
		q.state = f.off + unsafe.Offsetof(Optional[bool]{}.State)
		q.off += f.inOptional()
	}
	q.quickValue.set(&f.value)
	if q.test == testInterpret || f.null && !q.null {
		q.all = f
	}
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
		q.test, q.texts = testText, *v.enum
	case closed:
	case ok:
		q.test, q.most = testLength, most
	case len(v.check) > 1:
	case v.check[0].op == opPattern:
		q.test, q.re = testPattern, v.check[0].re
	case v.check[0].op == opEnum, v.check[0].op == opConst:
		q.test, q.texts = testText, textsOf(v.check[0].vals)
	}
}

// textsOf returns the texts among some constants, sorted.
func textsOf(list []literal) []string {
	var texts []string
	for _, l := range list {
		if l.typ == typeString {
			texts = append(texts, l.str)
		}
	}
	slices.Sort(texts)
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
	if v.typ != nil || !v.elem.isFree() || v.elem.opt || len(v.check) != 1 || v.check[0].op != opPropertyNames {
		return
	}
	if sub := v.check[0].sub; len(sub) == 1 && sub[0].op == opPattern {
		q.test, q.re = testNames, sub[0].re
	}
}

// quickRule is an assertion about an object as a whole.
type quickRule struct {
	op quickOp
	// What follows is about one member.
	off, state uintptr
	opt, null  bool // null: it may be null
	v          *value
	texts      []string  // ruleText: what it may be
	types      jsonTypes // ruleType: what it may be

	subs [][]quickRule // of those that are made of others, as in assertion
	c    check         // ruleInterpret: the one assertion
}

type quickOp uint8

const (
	ruleInterpret quickOp = iota // whatever the interpreter does
	ruleNever
	ruleThere // the member is there
	ruleText  // the member is one of some texts
	ruleType  // the member is of some types
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
			rules = append(rules, rulesRequired(t, c[i:i+1])...)
		case opProperty:
			rules = append(rules, rulesProperty(t, c[i:i+1])...)
		case opNever:
			rules = append(rules, quickRule{op: ruleNever})
		case opIf:
			rules = append(rules, quickRule{op: ruleIf, subs: quickBranches(t, a.subs...)})
		case opAllOf:
			rules = append(rules, quickRule{op: ruleAllOf, subs: quickBranches(t, a.subs...)})
		case opAnyOf:
			rules = append(rules, quickRule{op: ruleAnyOf, subs: quickBranches(t, a.subs...)})
		case opOneOf:
			rules = append(rules, quickRule{op: ruleOneOf, subs: quickBranches(t, a.subs...)})
		case opNot:
			rules = append(rules, quickRule{op: ruleNot, subs: quickBranches(t, a.sub)})
		default:
			rules = append(rules, quickRule{c: c[i : i+1]})
		}
	}
	return rules
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

// rulesRequired is quickRules for one opRequired.
func rulesRequired(t *table, c check) []quickRule {
	var rules []quickRule
	for _, name := range c[0].names {
		f := t.field(name)
		switch {
		case f == nil:
			return []quickRule{{c: c}}
		case f.opt && !f.writeOnly:
			rules = append(rules, quickRule{op: ruleThere}.about(f))
		}
	}
	return rules
}

// rulesProperty is quickRules for one opProperty.
func rulesProperty(t *table, c check) []quickRule {
	f, sub := t.field(c[0].s), c[0].sub
	if f == nil {
		return []quickRule{{c: c}}
	}
	var rules []quickRule
	for i := range sub {
		of, isText := &sub[i], f.kind == kindString || f.kind == kindEnum
		r := quickRule{op: ruleText}.about(f)
		switch {
		case isText && (of.op == opConst || of.op == opEnum):
			r.texts = textsOf(of.vals)
			r.null = slices.ContainsFunc(of.vals, func(l literal) bool { return l.typ == typeNull })
		case of.op == opType:
			r.op, r.types = ruleType, jsonTypes(of.n)
			r.null = r.types&typeNull != 0
		default:
			return []quickRule{{c: c}}
		}
		rules = append(rules, r)
	}
	return rules
}

// obeyAll tells whether the struct at p meets all of some rules.
func (e *evaluation) obeyAll(rules []quickRule, t *table, p unsafe.Pointer) bool {
	for i := range rules {
		if !e.obeys(&rules[i], t, p) {
			return false
		}
	}
	return true
}

func (e *evaluation) obeys(r *quickRule, t *table, p unsafe.Pointer) bool {
	switch r.op {
	case ruleText, ruleType, ruleThere:
		s := StatePresent
		if r.opt {
			s = *(*State)(unsafe.Add(p, r.state))
		}
		switch {
		case s == StateAbsent:
			return r.op != ruleThere
		case r.op == ruleThere:
			return true
		case s == StateNull:
			return r.null
		case r.op == ruleText:
			return isOneOf(*(*string)(unsafe.Add(p, r.off)), r.texts)
		}
		return e.hasType(r, unsafe.Add(p, r.off))
	case ruleIf:
		branch := 1
		if !e.obeyAll(r.subs[0], t, p) {
			branch = 2
		}
		return branch >= len(r.subs) || e.obeyAll(r.subs[branch], t, p)
	case ruleNever:
		return false
	case ruleInterpret:
		return e.holds(r.c, &datum{typ: typeObject, t: t, p: p})
	}
	return e.obeysBranches(r, t, p)
}

// obeysBranches is obeys for what counts how many of its branches are met.
func (e *evaluation) obeysBranches(r *quickRule, t *table, p unsafe.Pointer) bool {
	count := 0
	for _, rules := range r.subs {
		if e.obeyAll(rules, t, p) {
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
func (e *evaluation) hasType(r *quickRule, p unsafe.Pointer) bool {
	switch r.v.kind {
	case kindString, kindEnum:
		return r.types&typeString != 0
	case kindPointer:
		if *(*unsafe.Pointer)(p) == nil {
			return r.null
		}
		fallthrough
	case kindStruct:
		if !builtTable(r.v.sub).untyped {
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
