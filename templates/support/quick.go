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
	extra  uintptr // as in table
	ask    bool    // the interpreter is asked about all of it
	fields []quickField
	rules  []quickRule
}

// quickField is a field of an object, in as little memory as can be.
type quickField struct {
	off   uint32 // of the value, within the Optional if there is one
	state uint32 // of the Optional's state
	opt   bool
	fine  uint8 // without a value: a bit for each State that is valid
	test  quickTest
	most  int // as in of
	of    *quickValue
	f     *field
}

// quickValue is how a value is tested.
type quickValue struct {
	test      quickTest
	v         *value
	most      int                        // testLength, testReference: how long it may be
	low, high int64                      // testRange
	texts     []string                   // testText, testSwitch: what it may be
	cases     [][]quickRule              // testSwitch: what each asks of the object
	re        matcher                    // testPattern; testNames: of the keys
	runs      *runs                      // the same, where it is of that kind
	elem      *quickValue                // testList
	sub       atomic.Pointer[quickTable] // testObject and testPointer, once it is needed
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
	testLongText            // as testText, of many
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
		e.by = evaluations.Get().(*evaluation)
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
	fields := x.fields
next:
	for i := range fields {
		f := &fields[i]
		if f.opt {
			if s := *(*State)(unsafe.Add(p, f.state)); s != StatePresent {
				if f.fine>>(s&7)&1 == 0 {
					return false
				}
				continue
			}
		}
		at := unsafe.Add(p, f.off)
		switch f.test {
		case testNothing:
			continue
		case testLength:
			if s := *(*string)(at); len(s) <= f.most || hasLength(s, f.most) {
				continue
			}
			return false
		case testText:
			text := *(*string)(at)
			for _, known := range f.of.texts {
				if isSame(known, text) {
					continue next
				}
			}
			if slices.Contains(f.of.texts, text) {
				continue
			}
			return false
		case testRange:
			if n := *(*int64)(at); f.of.low <= n && n <= f.of.high {
				continue
			}
			return false
		case testReference:
			if r := (*reference)(at); r.object == nil && len(r.ID) <= f.most || e.fits(f.of, at) {
				continue
			}
			return false
		case testPointer:
			if at = *(*unsafe.Pointer)(at); at != nil && e.accepts(f.of.table(), at) || at == nil && f.of.v.null {
				continue
			}
			return false
		case testSwitch:
			if k := indexOf(f.of.texts, *(*string)(at)); k >= 0 && e.obeysAll(f.of.cases[k], x.t, p) {
				continue
			}
			return false
		case testList:
			if s := (*sliceHeader)(at); s.len == 0 || e.fitsList(f.of.elem, s) {
				continue
			}
			return false
		case testPattern:
			if f.of.matches(*(*string)(at)) {
				continue
			}
			return false
		case testField:
			if e.asksField(x.t, f.f, p) {
				continue
			}
			return false
		}
		if !e.fits(f.of, at) {
			return false
		}
	}
	e.depth--
	return e.obeysAll(x.rules, x.t, p)
}

// fits tests the value at p, which is there.
func (e *trial) fits(q *quickValue, p unsafe.Pointer) bool {
	switch q.test {
	case testNothing:
		return true
	case testLength:
		return hasLength(*(*string)(p), q.most)
	case testText:
		return indexOf(q.texts, *(*string)(p)) >= 0
	case testLongText:
		_, found := slices.BinarySearch(q.texts, *(*string)(p))
		return found
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
		if q.v.elem.kind == kindInt64 {
			return allMatch(q, *(*map[string]int64)(p))
		}
		return allMatch(q, *(*map[string]string)(p))
	}
	return e.asksValue(q, p)
}

func (e *trial) fitsList(elem *quickValue, s *sliceHeader) bool {
	if elem.test == testText {
		for _, text := range unsafe.Slice((*string)(s.data), s.len) {
			if indexOf(elem.texts, text) < 0 {
				return false
			}
		}
		return true
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

func allMatch[T any](q *quickValue, m map[string]T) bool {
	for key := range m {
		if !q.matches(key) {
			return false
		}
	}
	return true
}

func (q *quickValue) matches(s string) bool {
	if q.runs != nil {
		return q.runs.match(s)
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

// indexOf returns where a text is among a few, or -1. Nearly every value shares
// the memory of a constant, those that the decoder has read too, so that is
// looked at first.
func indexOf(texts []string, s string) int {
	for i := range texts {
		if isSame(texts[i], s) {
			return i
		}
	}
	return slices.Index(texts, s)
}

// isSame tells whether two texts share their memory.
func isSame(a, b string) bool {
	return unsafe.StringData(a) == unsafe.StringData(b) && len(a) == len(b)
}

// fewTexts is up to how many texts are gone through one after the other.
const fewTexts = 8

// table returns what is known about the struct in a value.
func (q *quickValue) table() *quickTable {
	if x := q.sub.Load(); x != nil {
		return x
	}
	x := builtTable(q.v.sub).quickly()
	q.sub.Store(x)
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
	x := &quickTable{t: t, extra: t.extra, ask: t.untyped || t.params || t.whole}
	if x.ask {
		return x
	}
	for i := range t.fields {
		f := &t.fields[i]
		if f.required && f.writeOnly || f.isFree() && (!f.opt || !f.required && f.takesNull()) {
			continue // see isExempt; or nothing can be wrong
		}
		x.fields = append(x.fields, newQuickField(f))
	}
	if t.more != nil {
		x.fields = append(x.fields, quickField{off: uint32(t.more.off), test: testMore, of: &quickValue{test: testMore, v: &t.more.value}})
	}
	for _, r := range joinRules(quickRules(t, t.check)) {
		if r.op != ruleSwitch || !x.takesOver(&r) {
			x.rules = append(x.rules, r)
		}
	}
	return x
}

// takesOver lets the test of a field do what a ruleSwitch would, if that looks up
// the field's value anyhow. It tells whether it does.
func (x *quickTable) takesOver(r *quickRule) bool {
	at := slices.IndexFunc(x.fields, func(f quickField) bool { return f.of.v == r.v && f.test == testText })
	if at < 0 {
		return false
	}
	f := &x.fields[at]
	f.test = testSwitch
	for _, text := range f.of.texts {
		k := slices.Index(r.texts, text)
		if k < 0 {
			k = len(r.texts)
		}
		f.of.cases = append(f.of.cases, r.subs[k])
	}
	return true
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

func newQuickField(f *field) quickField {
	q := quickField{off: uint32(f.off), opt: f.opt, of: new(quickValue), f: f}
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
	q.most = q.of.most
	if q.test = q.of.test; q.test == testInterpret || (f.null || f.kind == kindRaw) && !f.takesNull() {
		q.test, q.opt = testField, false
	}
	return q
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
		q.setPattern(testPattern, v.check[0].re)
	case v.check[0].op == opEnum, v.check[0].op == opConst:
		q.setTexts(textsOf(v.check[0].vals))
	}
}

func (q *quickValue) setTexts(texts []string) {
	q.test, q.texts = testText, texts
	if len(texts) > fewTexts {
		q.test = testLongText
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
		q.setPattern(testNames, sub[0].re)
	}
}

func (q *quickValue) setPattern(test quickTest, re matcher) {
	q.test, q.re = test, re
	if plain, ok := re.(interface{ plain() *runs }); ok {
		q.runs = plain.plain()
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
	texts      []string  // ruleText: what it may be; ruleSwitch: what is told apart
	types      jsonTypes // ruleType: what it may be

	// subs are the branches of those that are made of others, as in assertion;
	// of ruleSwitch one for each text, and one for what is none of them.
	subs [][]quickRule
	c    check // ruleInterpret: the one assertion
}

type quickOp uint8

const (
	ruleThere     quickOp = iota // the member is there
	ruleText                     // the member is one of some texts
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
			rules = append(rules, quickRule{op: ruleInterpret, c: c[i : i+1]})
		}
	}
	return rules
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
		at := slices.IndexFunc(out, func(s quickRule) bool { return s.op == ruleSwitch && s.v == of.v })
		if at >= 0 {
			continue
		}
		out = append(out, newSwitch(rules[i:], of))
	}
	return out
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
	for i := range rules {
		if r := &rules[i]; r.isSwitch() && r.subs[0][0].v == of.v {
			same = append(same, r)
			s.texts = append(s.texts, r.subs[0][0].texts...)
		}
	}
	slices.Sort(s.texts)
	s.texts = slices.Compact(s.texts)
	s.subs = make([][]quickRule, len(s.texts)+1)
	for i := range s.subs {
		for _, r := range same {
			branch := 1
			if i == len(s.texts) || !slices.Contains(r.subs[0][0].texts, s.texts[i]) {
				branch = 2
			}
			if branch < len(r.subs) {
				s.subs[i] = append(s.subs[i], r.subs[branch]...)
			}
		}
	}
	return s
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
	for _, name := range c[0].names {
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
	f, sub := t.field(c[0].s), c[0].sub
	if f == nil {
		return []quickRule{{op: ruleInterpret, c: c}}
	}
	var rules []quickRule
	for i := range sub {
		of, isText := &sub[i], f.kind == kindString || f.kind == kindEnum
		r := quickRule{op: ruleText, fine: 1 << StateAbsent}.about(f)
		switch {
		case isText && (of.op == opConst || of.op == opEnum):
			r.texts = textsOf(of.vals)
			if slices.ContainsFunc(of.vals, func(l literal) bool { return l.typ == typeNull }) {
				r.fine |= 1 << StateNull
			}
		case of.op == opType:
			r.op, r.types = ruleType, jsonTypes(of.n)
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
		if r.op == ruleText && indexOf(r.texts, *(*string)(at)) < 0 || r.op == ruleType && !hasType(r, at) {
			return false
		}
	}
	return true
}

// obeys is obeysAll for a rule that is not about one member.
func (e *trial) obeys(r *quickRule, t *table, p unsafe.Pointer) bool {
	switch r.op {
	case ruleSwitch:
		branch := indexOf(r.texts, *(*string)(unsafe.Add(p, r.off)))
		if branch < 0 {
			branch = len(r.texts)
		}
		return e.obeysAll(r.subs[branch], t, p)
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
	case kindPointer:
		if *(*unsafe.Pointer)(p) == nil {
			return r.types&typeNull != 0
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
