package lower

// cycles are the groups of nodes that lead to each other: strongly connected
// components, as Tarjan finds them. Each node and edge is looked at once.
type cycles[K comparable] struct {
	group map[K]int  // from 1
	loops map[K]bool // nodes that lead to themselves

	next       func(K) []K
	index, low map[K]int
	stack      []K
	groups     int
}

// newCycles follows the edges that next returns, from the nodes that are asked
// for.
func newCycles[K comparable](next func(K) []K) *cycles[K] {
	return &cycles[K]{group: map[K]int{}, loops: map[K]bool{}, next: next, index: map[K]int{}, low: map[K]int{}}
}

// findCycles does so from each of the nodes.
func findCycles[K comparable](nodes []K, next func(K) []K) *cycles[K] {
	c := newCycles(next)
	for _, node := range nodes {
		c.isOn(node)
	}
	return c
}

// isOn tells whether a node leads to itself.
func (c *cycles[K]) isOn(node K) bool {
	if c.index[node] == 0 {
		c.visit(node)
	}
	return c.loops[node]
}

// together tells whether each of two nodes leads to the other, or they are one.
func (c *cycles[K]) together(a, b K) bool { return c.group[a] == c.group[b] }

func (c *cycles[K]) visit(node K) {
	at := len(c.index) + 1
	c.index[node], c.low[node] = at, at
	c.stack = append(c.stack, node)
	for _, to := range c.next(node) {
		switch {
		case to == node:
			c.loops[node] = true
		case c.index[to] == 0:
			c.visit(to)
			c.low[node] = min(c.low[node], c.low[to])
		case c.group[to] == 0:
			c.low[node] = min(c.low[node], c.index[to])
		}
	}
	if c.low[node] == at {
		c.pop(node)
	}
}

// pop takes a finished group off the stack.
func (c *cycles[K]) pop(first K) {
	c.groups++
	for several := c.stack[len(c.stack)-1] != first; ; {
		last := c.stack[len(c.stack)-1]
		c.stack = c.stack[:len(c.stack)-1]
		c.group[last] = c.groups
		if several {
			c.loops[last] = true
		}
		if last == first {
			return
		}
	}
}
