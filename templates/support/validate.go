package support

import (
	"sync"
	"unicode/utf8"
	"unsafe"
)

// This file checks values against the document: what their types say by
// themselves (required members, enumerations, null, variants of unions), and
// the assertions in the tables' checks. It reads the memory of the structs,
// and allocates nothing as long as a value is valid, except for maps of other
// values than strings and integers, for Raw values with assertions
// about them, and for references to one of several objects.

// Validate reports every rule of the document that v breaks, a pointer to any
// object or set of parameters of it, as a *ValidationError. Nil, if there are
// none. A nil pointer is an object without members. Of what references
// were expanded to it sees what Expanded has returned or Expand was given.
func Validate(v object) error {
	t := builtTable(v)
	if isValid(t, pointerOf(v)) {
		return nil
	}
	e := newEvaluation()
	e.request = t.params
	if t.whole {
		e.value(fieldSlot(t, &t.fields[0], pointerOf(v)))
	} else {
		e.object(t, pointerOf(v))
	}
	return e.result()
}

// validateValue is Validate for a value that is no object by itself.
func validateValue(s slot) error {
	e := newEvaluation()
	e.value(s)
	return e.result()
}

// validateCall does the same for what an operation is called with.
func validateCall(op *operation, args []string, params object) error {
	e := newEvaluation()
	e.request = true
	for i := range min(len(op.params), len(args)) {
		e.argument(&op.params[i], args[i])
	}
	if params != nil {
		e.object(builtTable(params), pointerOf(params))
	}
	return e.result()
}

// argument checks a path argument. It has been made into text by now, so one
// that is no text is read back. An empty one is nobody's value: expandPath
// refuses it.
func (e *evaluation) argument(p *pathParam, text string) {
	if text == "" || p.isFree() || !e.enter(memberStep(p.name)) {
		return
	}
	switch p.kind {
	case kindString, kindEnum:
		e.text = text // a pointer to the caller's would move that off its stack
		e.value(slot{&p.value, unsafe.Pointer(&e.text), StatePresent})
	case kindInt32, kindInt64, kindUint64, kindFloat64:
		n := readSlot(numberText(text)).datum()
		e.run(p.check, &n)
	case kindBool:
		b := text == "true"
		e.value(slot{&p.value, unsafe.Pointer(&b), StatePresent})
	}
	e.leave()
}

// result returns what was found, and gives e back.
func (e *evaluation) result() error {
	var err error
	if len(e.violations) > 0 {
		err = &ValidationError{Violations: distinct(e.violations)}
	}
	e.release()
	return err
}

// distinct leaves out what is found twice: a schema's own assertions may stand
// beside what its type says.
func distinct(list []Violation) []Violation {
	seen := make(map[string]bool, len(list))
	once := list[:0]
	for _, v := range list {
		if key := v.Path + "\x00" + v.Keyword + "\x00" + v.Message; !seen[key] {
			seen[key] = true
			once = append(once, v)
		}
	}
	return once
}

// evaluation is one run of the interpreter.
type evaluation struct {
	request    bool       // the value is parameters
	quiet      int        // within assertions that only a truth value is asked of
	stopped    bool       // nested too deep, nothing more is looked at
	note       string     // the sentence of the innermost assertion that has one
	path       []pathStep // from the outermost value to the present one
	depth      int        // above the outermost value of path, see quick.go
	names      []string   // of members that are being gone through
	held       []datum    // what keywords are evaluated about
	marked     []bool     // members and items that have been evaluated, see marks
	steps      int        // through references, see spend
	violations []Violation
	text       string   // the argument
	scratch    struct { // where plainMap puts the value it looks at
		_ incomparable
		i int64
		s string
	}
}

var evaluations sync.Pool

// newEvaluation returns one that result, or release, takes back.
//
//go:noinline
func newEvaluation() *evaluation {
	if e, ok := evaluations.Get().(*evaluation); ok {
		return e
	}
	return new(evaluation)
}

// release gives e back, without anything that belongs to a caller.
func (e *evaluation) release() {
	clear(e.path[:cap(e.path)])
	clear(e.names[:cap(e.names)])
	clear(e.held[:cap(e.held)])
	*e = evaluation{path: e.path[:0], names: e.names[:0], held: e.held[:0], marked: e.marked[:0]}
	evaluations.Put(e)
}

// enter steps into a member or an item. It returns false at the depth where
// only a value that contains itself can be.
func (e *evaluation) enter(s pathStep) bool {
	if len(e.path)+e.depth == maxDepth && !e.stopped {
		e.fail("type", "is nested too deep")
		e.stopped = true
	}
	if e.stopped {
		return false
	}
	e.path = append(e.path, s)
	return true
}

func (e *evaluation) leave() { e.path = e.path[:len(e.path)-1] }

// fail reports a violation. It returns false so that assertions can end with
// it.
//
//go:noinline
func (e *evaluation) fail(keyword, message string) bool {
	e.violations = append(e.violations, Violation{pathOf(e.path), keyword, message})
	return false
}

// failBy is fail within an assertion: the document's sentence, if it has one
// about this, comes before ours.
func (e *evaluation) failBy(keyword, message string) bool {
	if e.note != "" {
		message = e.note
	}
	return e.fail(keyword, message)
}

// failAt is failBy for the member of that name.
func (e *evaluation) failAt(name, keyword, message string) bool {
	e.path = append(e.path, memberStep(name))
	e.failBy(keyword, message)
	e.leave()
	return false
}

// object checks the struct at p.
func (e *evaluation) object(t *table, p unsafe.Pointer) {
	if other := otherOf(t, p); other != nil {
		n := readRaw(other)
		e.run(t.check, &n)
		return
	}
	for i := range t.fields {
		e.fieldOf(t, &t.fields[i], p)
	}
	if t.more != nil && p != nil {
		e.mapping(&t.more.value, unsafe.Add(p, t.more.off))
	}
	if len(t.check) > 0 && !e.stopped {
		e.run(t.check, &datum{typ: typeObject, t: t, p: p})
	}
}

// fieldOf checks a field of the struct at p.
func (e *evaluation) fieldOf(t *table, f *field, p unsafe.Pointer) {
	s := fieldSlot(t, f, p)
	if s.state == StatePresent && f.isFree() || e.isExempt(f) || !e.enter(f.step()) {
		return
	}
	e.field(t, f, s)
	e.leave()
}

func (e *evaluation) field(t *table, f *field, s slot) {
	switch {
	case s.state == StateAbsent && f.required:
		e.fail("required", f.missing())
	case s.state == StateAbsent, s.state == StateNull && t.params && f.null:
		// Not sent, or sent to be cleared.
	default:
		e.value(s)
	}
}

// missing is the message about a field that is required. A body has no name.
func (f *field) missing() string {
	if f.name == "" && (f.in == inJSON || f.in == inText || f.in == inBody) {
		return "the body " + messageRequired
	}
	return messageRequired
}

// isExempt tells whether the other side answers for the field: required is
// about answers if it is readOnly and about requests if it is writeOnly
// (OpenAPI 3.0, Schema Object; 2020-12 validation, section 9.4).
func (e *evaluation) isExempt(f *field) bool { return f.required && e.isOthers(f) }

func (e *evaluation) isOthers(f *field) bool {
	return f.readOnly && e.request || f.writeOnly && !e.request
}

// isFree tells whether nothing can be wrong with a value that is there.
func (v *value) isFree() bool {
	if len(v.check) > 0 {
		return false
	}
	switch v.kind {
	case kindEnum:
		return v.open
	case kindStruct, kindPointer, kindUnion, kindExpandable, kindFile:
		return false
	case kindSlice, kindMap:
		return v.elem.isFree() && !v.elem.opt
	}
	return true
}

// value checks what is in a slot that is not absent.
func (e *evaluation) value(s slot) {
	if s.state != StatePresent && !s.v.null && s.v.kind != kindRaw {
		e.fail("type", "must not be null")
		return
	}
	if len(s.v.check) > 0 {
		n := s.datum()
		e.run(s.v.check, &n)
	}
	switch {
	case s.state == StatePresent:
		e.parts(s.v, s.p)
	case s.v.untyped:
		e.nothing(s.v)
	}
}

// nothing checks null where values of any type are allowed.
func (e *evaluation) nothing(v *value) {
	null := datum{typ: typeNull}
	switch v.kind {
	case kindStruct, kindPointer:
		e.run(v.table().check, &null)
	case kindUnion:
		e.run(builtUnion(v.union).check, &null)
	}
}

// parts checks the value at p by its type.
func (e *evaluation) parts(v *value, p unsafe.Pointer) {
	switch v.kind {
	case kindEnum:
		e.enum(v, *(*string)(p))
	case kindStruct:
		e.object(v.table(), p)
	case kindPointer:
		e.object(v.table(), *(*unsafe.Pointer)(p))
	case kindSlice:
		e.slice(v, p)
	case kindMap:
		e.mapping(v, p)
	case kindUnion:
		u := builtUnion(v.union)
		u.judge(e, u, v, p)
	case kindExpandable:
		e.expandable(v, (*reference)(p))
	}
}

// expandable checks the object of a reference, unless that is JSON still.
func (e *evaluation) expandable(v *value, x *reference) {
	if x.object == nil {
		return
	}
	_, found := x.object.content()
	if v.elem != nil {
		e.value(slotAt(v.elem, builtUnion(v.elem.union).boxed(found)))
	} else if o, ok := found.(object); ok {
		e.object(builtTable(o), pointerOf(o))
	}
}

func (e *evaluation) enum(v *value, s string) {
	if v.open || v.enum.has(s) {
		return
	}
	known := *v.enum
	e.fail("enum", oneOfMessage(len(known), func(i int) string { return quoted(known[i]) }))
}

func (e *evaluation) slice(v *value, p unsafe.Pointer) {
	if v.elem.isFree() && !v.elem.opt {
		return
	}
	s := (*sliceHeader)(p)
	size, _ := v.elem.layout()
	for i := range s.len {
		if !e.enter(itemStep(i)) {
			return
		}
		e.value(slotAt(v.elem, unsafe.Add(s.data, uintptr(i)*size)))
		e.leave()
	}
}

// mapping checks the values of a map. It sorts the keys, which costs, only
// when there is something to report.
func (e *evaluation) mapping(v *value, p unsafe.Pointer) {
	if v.elem.isFree() && !v.elem.opt || v.maps == nil && e.plainMap(v, p) {
		return
	}
	for _, x := range entries(v, p) {
		if !e.enter(memberStep(x.key)) {
			return
		}
		e.value(slotAt(v.elem, x.at))
		e.leave()
	}
}

// plainMap tells whether all is well with the values of a map of scalars.
func (e *evaluation) plainMap(v *value, p unsafe.Pointer) bool {
	if v.elem.kind == kindInt64 {
		return allHold(e, v.elem, *(*map[string]int64)(p), &e.scratch.i)
	}
	return allHold(e, v.elem, *(*map[string]string)(p), &e.scratch.s)
}

func allHold[T any](e *evaluation, elem *value, m map[string]T, room *T) bool {
	for _, *room = range m {
		n := slot{elem, unsafe.Pointer(room), StatePresent}.datum()
		if !e.holds(elem.check, &n) {
			return false
		}
	}
	return true
}

// variant checks the union at p.
func (e *evaluation) variant(u *union, v *value, p unsafe.Pointer) {
	i, at := u.get(p)
	if len(u.check) > 0 { // decides by itself; the variant only tells more
		n := variantSlot(u, p).datum()
		if e.run(u.check, &n) {
			return
		}
	}
	switch {
	case i >= 0:
		e.value(slotAt(&u.variants[i].value, at))
	case v.open, len(u.check) > 0:
	case u.by != "":
		e.fail("oneOf", "must be one of the known variants, which "+u.by+" tells apart")
	default:
		e.fail("anyOf", "must be one of the known variants")
	}
}

// holds tells whether a check is met, and reports nothing.
func (e *evaluation) holds(c check, n *datum) bool {
	e.quiet++
	ok := e.run(c, n)
	e.quiet--
	return ok
}

// run tells whether a check is met, and reports each assertion that is not.
func (e *evaluation) run(c check, n *datum) bool {
	ok := true
	for i := range c {
		if !e.assert(&c[i], n) {
			ok = false
			if e.quiet > 0 {
				break
			}
		}
	}
	return ok
}

// assert evaluates one assertion. Those whose subschemas can be to blame
// report for themselves.
func (e *evaluation) assert(a *assertion, n *datum) bool {
	outer := e.note
	if a.note != "" {
		e.note = a.note
	}
	ok := true
	switch a.op {
	case opItems:
		ok = n.typ != typeArray || e.items(a, n)
	case opPropertyNames, opRequired, opProperty:
		ok = n.typ != typeObject || e.members(a, n)
	case opAllOf, opIf:
		ok = e.branches(a, n)
	case opKeyword:
		ok = e.keyword(a.keyword(), n)
	default:
		if ok = e.simple(a, n); !ok && e.quiet == 0 {
			e.failBy(keywords[a.op], messageOf(a))
		}
	}
	e.note = outer
	return ok
}

// within runs subschema c of assertion a. The schema false is reported as the
// keyword that it stands under.
func (e *evaluation) within(keyword string, c check, n *datum) bool {
	switch {
	case len(c) != 1 || c[0].op != opNever:
		return e.run(c, n)
	case e.quiet > 0:
		return false
	case c[0].note != "":
		return e.fail(keyword, c[0].note)
	}
	return e.failBy(keyword, messageNotAllowed)
}

// items applies a subschema to each item but those of prefixItems (2020-12 core,
// section 10.3.1.2).
func (e *evaluation) items(a *assertion, n *datum) bool {
	ok := true
	for i := a.n; i < n.len() && (ok || e.quiet == 0); i++ {
		ok = e.part("items", itemStep(i), n.item(i), a.sub()) && ok
	}
	return ok
}

// part applies a subschema to a part of a value.
func (e *evaluation) part(keyword string, step pathStep, s slot, c check) bool {
	if !e.enter(step) {
		return true
	}
	n := s.datum()
	ok := e.within(keyword, c, &n)
	e.leave()
	return ok
}

// members evaluates the assertions about single members of an object.
func (e *evaluation) members(a *assertion, n *datum) bool {
	switch a.op {
	case opRequired:
		return e.required(a.names(), n, nil)
	case opProperty:
		return e.member("properties", a.s, a.sub(), n)
	}
	return e.propertyNames(a.sub(), n)
}

// required asks for members (2020-12 validation, section 6.5.3), on behalf of by
// unless that is nil.
func (e *evaluation) required(names []string, n *datum, by keyword) bool {
	ok := true
	for _, name := range names {
		if n.member(name).state != StateAbsent || e.exempts(n, name) {
			continue
		}
		ok = false
		if e.quiet == 0 {
			keyword, message := "required", messageRequired
			if by != nil {
				keyword, message = by.demand()
			}
			e.failAt(name, keyword, message)
		}
	}
	return ok
}

// exempts tells whether the other side answers for a member: see isExempt.
func (e *evaluation) exempts(n *datum, name string) bool {
	if n.t == nil {
		return false
	}
	f := n.t.field(name)
	return f != nil && e.isOthers(f)
}

// member applies a subschema to a member if there is one of that name
// (2020-12 core, section 10.3.2.1).
func (e *evaluation) member(keyword, name string, c check, n *datum) bool {
	s := n.member(name)
	return s.state == StateAbsent || e.part(keyword, memberStep(name), s, c)
}

// propertyNames applies a subschema to the names of all members (2020-12 core,
// section 10.3.2.4).
func (e *evaluation) propertyNames(c check, n *datum) bool {
	ok, from := true, len(e.names)
	e.names = n.appendNames(e.names, true)
	for i := from; i < len(e.names) && (ok || e.quiet == 0); i++ {
		ok = e.propertyName(c, e.names[i]) && ok
	}
	e.names = e.names[:from]
	return ok
}

// propertyName reports a name that is not allowed with what it should be.
func (e *evaluation) propertyName(c check, name string) bool {
	n := textDatum(name)
	for i := range c {
		if !e.holds(c[i:i+1], &n) {
			return e.quiet == 0 && e.failAt(name, "propertyNames", "has a name that is not allowed: it "+messageOf(&c[i]))
		}
	}
	return true
}

// branches applies subschemas to the value itself: all of them, or one of two
// by a condition (2020-12 core, sections 10.2.1.1 and 10.2.2).
func (e *evaluation) branches(a *assertion, n *datum) bool {
	subs := a.subs()
	if a.op == opAllOf {
		ok := true
		for _, c := range subs {
			ok = e.within("allOf", c, n) && ok
		}
		return ok
	}
	keyword, i := "then", 1
	if !e.holds(subs[0], n) {
		keyword, i = "else", 2
	}
	return i >= len(subs) || e.within(keyword, subs[i], n)
}

// simple evaluates the assertions that blame the value as a whole.
func (e *evaluation) simple(a *assertion, n *datum) bool {
	switch a.op {
	case opType:
		return n.is(jsonTypes(a.n))
	case opEnum, opConst:
		return n.isIn(a.literals())
	case opNever:
		return false
	case opNot:
		return !e.holds(a.sub(), n)
	case opAnyOf:
		return e.matching(a.subs(), n) > 0
	case opOneOf:
		return e.matching(a.subs(), n) == 1
	}
	return simpleByType(a, n)
}

// matching counts the checks that are met, up to two.
func (e *evaluation) matching(subs []check, n *datum) int {
	count := 0
	for _, c := range subs {
		if e.holds(c, n) {
			count++
		}
		if count == 2 {
			break
		}
	}
	return count
}

// simpleByType evaluates the assertions about one type of value. About any
// other they are met.
func simpleByType(a *assertion, n *datum) bool {
	switch n.typ {
	case typeString:
		return stringHolds(a, n.str)
	case typeInteger, typeNumber:
		return numberHolds(a, n)
	case typeArray:
		return arrayHolds(a, n)
	}
	return true
}

// stringHolds is 2020-12 validation, sections 6.3 and 7. Lengths count Unicode
// code points.
func stringHolds(a *assertion, s string) bool {
	switch a.op {
	case opMinLength:
		return utf8.RuneCountInString(s) >= a.n
	case opMaxLength:
		return len(s) <= a.n || utf8.RuneCountInString(s) <= a.n
	case opPattern:
		return a.matcher().match(s)
	case opFormat:
		return a.of.(*format).holds(s)
	}
	return true
}

// numberHolds is 2020-12 validation, section 6.2.
func numberHolds(a *assertion, n *datum) bool {
	if a.op < opMinimum || a.op > opExclusiveMaximum {
		return true
	}
	c := n.number().compare(a.limit())
	switch a.op {
	case opMinimum:
		return c >= 0
	case opMaximum:
		return c <= 0
	case opExclusiveMinimum:
		return c > 0
	}
	return c < 0
}

// limit is what a bound is.
func (a *assertion) limit() number {
	if a.s != "" {
		return readNumber(a.s)
	}
	return number{f: a.f}
}

// arrayHolds is 2020-12 validation, section 6.4.
func arrayHolds(a *assertion, n *datum) bool {
	switch a.op {
	case opMinItems:
		return n.len() >= a.n
	case opMaxItems:
		return n.len() <= a.n
	}
	return true
}
