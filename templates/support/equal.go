package support

// Equal tells whether a and b point to objects of one type that are the same
// JSON: absent is not null, numbers count by value, and the order of members
// that have no field does not count. Nil pointers of one type are equal. Where
// an answer came from makes no difference, nor whether somebody has called
// Expanded; what is in a file to upload is not looked at.
//
// It fits cmp.Comparer of github.com/google/go-cmp as it is.
func Equal(a, b object) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	t, p, q := builtTable(a), pointerOf(a), pointerOf(b)
	if t != builtTable(b) || p == nil || q == nil {
		return t == builtTable(b) && p == q
	}
	x, y := structDatum(t, p), structDatum(t, q)
	return equalData(&x, &y, 0)
}

// equalData tells whether two values are the same JSON: numbers by value,
// members in any order (2020-12 core, section 4.2.2). Values nested deeper
// than maxDepth pass for different.
func equalData(a, b *datum, depth int) bool {
	if a.typ != b.typ {
		const numeric = typeInteger | typeNumber
		return a.typ&numeric != 0 && b.typ&numeric != 0 && a.number().compare(b.number()) == 0
	}
	if a.p == b.p && a.v == b.v && a.t == b.t && a.p != nil {
		return true
	}
	switch a.typ {
	case typeBoolean:
		return a.boolean() == b.boolean()
	case typeInteger, typeNumber:
		return a.number().compare(b.number()) == 0
	case typeString:
		return a.str == b.str
	case typeArray:
		return depth < maxDepth && equalArrays(a, b, depth+1)
	case typeObject:
		return depth < maxDepth && equalObjects(a, b, depth+1)
	}
	return a.typ == typeNull
}

func equalArrays(a, b *datum, depth int) bool {
	if a.len() != b.len() {
		return false
	}
	for i := range a.len() {
		if !equalSlots(a.item(i), b.item(i), depth) {
			return false
		}
	}
	return true
}

func equalObjects(a, b *datum, depth int) bool {
	if a.count() != b.count() {
		return false
	}
	for _, name := range a.appendNames(nil, true) {
		other := b.member(name)
		if other.state == StateAbsent || !equalSlots(a.member(name), other, depth) {
			return false
		}
	}
	return true
}

func equalSlots(a, b slot, depth int) bool {
	x, y := a.datum(), b.datum()
	return equalData(&x, &y, depth)
}
