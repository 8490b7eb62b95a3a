package load

import "net/url"

// dynamicRef checks a $dynamicRef. What it means depends on the way on which a
// validator came to it, unless only one place has the anchor.
func (c *checker) dynamicRef(holder, ref *node) {
	before := len(c.links)
	c.follow(holder, ref, "schema")
	if len(c.links) == before {
		return
	}
	l := c.links[before]
	u, err := url.Parse(ref.text)
	if err != nil {
		return
	}
	if a := l.to.file.resourceAt(l.to.tokens).anchors[u.Fragment]; a != nil && a.dynamic {
		l.anchor = u.Fragment
	}
	l.dynamic = true
}

// settled tells whether a reference has one target, whatever leads to it.
func (c *checker) settled(l *link) bool {
	return !l.dynamic || l.anchor == "" || c.dynamic[l.anchor] == 1
}
