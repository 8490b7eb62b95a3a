package support

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"sync"
)

// constants are an enum or const with lists or objects, as JSON (2020-12
// validation, sections 6.1.2 and 6.1.3).
type constants struct {
	name   string // of the keyword
	texts  []string
	once   sync.Once
	values []datum
}

func (k *constants) read() {
	for _, text := range k.texts {
		k.values = append(k.values, readRaw(Raw(text)))
	}
}

func (k *constants) holds(e *evaluation, n *datum) bool {
	k.once.Do(k.read)
	for i := range k.values {
		if equalData(n, &k.values[i], 0) {
			return true
		}
	}
	return e.blame(k)
}

func (k *constants) demand() (string, string) {
	return k.name, oneOfMessage(len(k.texts), func(i int) string { return k.texts[i] })
}

// multiple is multipleOf (2020-12 validation, section 6.2.1).
type multiple struct{ of float64 }

func (k *multiple) holds(e *evaluation, n *datum) bool {
	return n.typ&(typeInteger|typeNumber) == 0 || n.number().isMultipleOf(k.of) || e.blame(k)
}

func (k *multiple) demand() (string, string) {
	return "multipleOf", "must be a multiple of " + decimalText(k.of)
}

// longMultiple is multipleOf with a number that float64 would round.
type longMultiple struct{ of string }

func (k *longMultiple) holds(e *evaluation, n *datum) bool {
	return n.typ&(typeInteger|typeNumber) == 0 || k.divides(n.number()) || e.blame(k)
}

func (k *longMultiple) demand() (string, string) {
	return "multipleOf", "must be a multiple of " + k.of
}

func (k *longMultiple) divides(n number) bool {
	if n.text == "" && (math.IsInf(n.f, 0) || math.IsNaN(n.f)) {
		return false
	}
	d, of := readDecimal(n.written()), readDecimal(k.of)
	if d.digits == "" || d.exp < of.exp {
		return d.digits == ""
	}
	m, _ := new(big.Int).SetString(of.digits, 10)
	rest := new(big.Int)
	const step = 18 // digits in an int64
	for at := 0; at < len(d.digits); at += step {
		some := d.digits[at:min(at+step, len(d.digits))]
		i, _ := strconv.ParseInt(some, 10, 64)
		rest.Mul(rest, powerOfTen(len(some), nil))
		rest.Mod(rest.Add(rest, big.NewInt(i)), m)
	}
	rest.Mul(rest, powerOfTen(d.exp-of.exp, m))
	return rest.Mod(rest, m).Sign() == 0
}

// powerOfTen returns 10^exp, modulo m if there is one.
func powerOfTen(exp int, m *big.Int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(exp)), m)
}

// prefixItems applies a subschema to each of the first items (2020-12 core,
// section 10.3.1.1).
type prefixItems struct{ subs []check }

func (k *prefixItems) holds(e *evaluation, n *datum) bool {
	ok := true
	for i := 0; n.typ == typeArray && i < min(n.len(), len(k.subs)) && (ok || e.quiet == 0); i++ {
		ok = e.part("prefixItems", itemStep(i), n.item(i), k.subs[i]) && ok
	}
	return ok
}

func (k *prefixItems) demand() (string, string) {
	return "prefixItems", "must begin with the items of the document"
}

// contains counts the items that meet a subschema (2020-12 core, section
// 10.3.1.3, and validation, sections 6.4.4 and 6.4.5).
type contains struct {
	sub         check
	least, most int // most is negative where there is no end
}

func (k *contains) holds(e *evaluation, n *datum) bool {
	if n.typ != typeArray {
		return true
	}
	count := 0
	for i := range n.len() {
		if k.counts(e, n, i) {
			count++
		}
	}
	return count >= k.least && (k.most < 0 || count <= k.most) || e.blame(k)
}

// counts tells whether item i meets the subschema.
func (k *contains) counts(e *evaluation, n *datum, i int) bool {
	if !e.enter(itemStep(i)) {
		return true
	}
	item := n.item(i).datum()
	ok := e.holds(k.sub, &item)
	e.leave()
	return ok
}

func (k *contains) demand() (string, string) {
	switch {
	case k.most < 0 && k.least == 1:
		return "contains", "must have an item of the kind that the document asks for"
	case k.most < 0:
		return "minContains", "must have at least " + plural(k.least, "item") + " of the kind that the document counts"
	}
	return "maxContains", "must have " + strconv.Itoa(k.least) + " to " + plural(k.most, "item") + " of the kind that the document counts"
}

// patternProperties applies a subschema to the members whose names match
// (2020-12 core, section 10.3.2.2).
type patternProperties struct {
	re  matcher
	sub check
}

func (k *patternProperties) holds(e *evaluation, n *datum) bool {
	if n.typ != typeObject {
		return true
	}
	ok, from := true, len(e.names)
	e.names = n.appendNames(e.names, true)
	for i := from; i < len(e.names) && (ok || e.quiet == 0); i++ {
		if name := e.names[i]; k.re.match(name) {
			ok = e.member("patternProperties", name, k.sub, n) && ok
		}
	}
	e.names = e.names[:from]
	return ok
}

func (k *patternProperties) demand() (string, string) {
	return "patternProperties", "must have members as the document describes them by name"
}

// additional is additionalProperties: it applies a subschema to the members that
// have no schema of their own (2020-12 core, section 10.3.2.3).
type additional struct {
	names []string // the members it leaves out, nil for those the table names
	re    matcher  // leaves out others besides, or is nil
	sub   check
}

func (k *additional) holds(e *evaluation, n *datum) bool {
	if n.typ != typeObject {
		return true
	}
	ok, from := true, len(e.names)
	e.names = n.appendNames(e.names, k.names != nil)
	for i := from; i < len(e.names) && (ok || e.quiet == 0); i++ {
		if name := e.names[i]; !k.leavesOut(name) {
			ok = e.member("additionalProperties", name, k.sub, n) && ok
		}
	}
	e.names = e.names[:from]
	return ok
}

// leavesOut tells whether the keyword is not about a member.
func (k *additional) leavesOut(name string) bool {
	return slices.Contains(k.names, name) || k.re != nil && k.re.match(name)
}

func (k *additional) demand() (string, string) { return "additionalProperties", messageNotAllowed }

// dependentRequired asks for members beside another one (2020-12 validation,
// section 6.5.4).
type dependentRequired struct {
	name  string
	names []string
}

func (k *dependentRequired) holds(e *evaluation, n *datum) bool {
	return !n.hasMember(k.name) || e.required(k.names, n, k)
}

func (k *dependentRequired) demand() (string, string) {
	return "dependentRequired", "is required beside " + k.name
}

// dependentSchema applies a subschema to an object that has a member (2020-12
// core, section 10.2.2.4).
type dependentSchema struct {
	name string
	sub  check
}

func (k *dependentSchema) holds(e *evaluation, n *datum) bool {
	return !n.hasMember(k.name) || e.within("dependentSchemas", k.sub, n)
}

func (k *dependentSchema) demand() (string, string) { return "dependentSchemas", messageNotAllowed }

// minProperties and maxProperties count members (2020-12 validation, sections
// 6.5.2 and 6.5.1).
type minProperties struct{ least int }

type maxProperties struct{ most int }

func (k *minProperties) holds(e *evaluation, n *datum) bool {
	return n.typ != typeObject || n.count() >= k.least || e.blame(k)
}

func (k *maxProperties) holds(e *evaluation, n *datum) bool {
	return n.typ != typeObject || n.count() <= k.most || e.blame(k)
}

func (k *minProperties) demand() (string, string) {
	return "minProperties", "must have at least " + plural(k.least, "member")
}

func (k *maxProperties) demand() (string, string) {
	return "maxProperties", "must have at most " + plural(k.most, "member")
}

// formMembers applies the assertions of a form to its members alone, where the
// struct has those of the query and of headers, too.
type formMembers struct{ sub check }

func (k *formMembers) holds(e *evaluation, n *datum) bool {
	n.form = true // of the copy
	return e.run(k.sub, n)
}

func (k *formMembers) demand() (string, string) {
	return "form", "must have a body as the document describes it"
}
