package support

// sequence is a pattern that begins with ^ and goes on with characters and
// classes of ASCII characters, each with a number of repetitions, as in
// ^[a-z]{3}$. Most patterns of documents are of that kind. They need no package
// regexp, which takes 0.3 MB of a program and is slower.
//
// The generator takes this type where it can read the expression as one: see
// Sequence, which generated packages don't have.
type sequence struct {
	_     incomparable
	expr  string
	start string // the characters after ^ that stand for themselves, once each
	list  []run  // what follows them
	end   bool   // it ends with $
}

func (s *sequence) text() string { return s.expr }

// run is a class of characters that repeats.
type run struct {
	class       class
	least, most int // most is negative where there is no end
}

// class is a set of ASCII characters.
type class [2]uint64

func (c *class) has(b byte) bool { return b < 128 && c[b>>6]>>(b&63)&1 != 0 }

// match takes as much for each run as there is. Nothing else could match: no
// run of open length takes what may follow it.
func (s *sequence) match(text string) bool {
	i := len(s.start)
	if len(text) < i || text[:i] != s.start {
		return false
	}
	for k := range s.list {
		x := &s.list[k]
		end := len(text)
		if x.most >= 0 {
			end = min(end, i+x.most)
		}
		from := i
		for i < end && x.class.has(text[i]) {
			i++
		}
		if i-from < x.least {
			return false
		}
	}
	return i == len(text) || !s.end
}
