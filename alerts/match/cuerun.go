package match

// run tells whether a text may have what a program says: of each clause one sign, and the places that links ask for.
func (n *needs) run(program uint32, c *cueSet) bool {
	at := program - 1
	code := (*n.chunks.Load())[at>>needBits][at&(1<<needBits-1):]
	i := uint32(0)
	next := func() uint32 { // 0 at the end of a chunk, where a program that was written over may lead
		if int(i) == len(code) {
			return 0
		}
		i++
		return code[i-1].Load()
	}
	for signs := next(); signs != 0; signs = next() {
		found := false
		for range min(signs, maxAlternatives) {
			found = c.has(next()) || found
		}
		if !found {
			return false
		}
	}
	for within := next(); within != 0; within = next() {
		if a := next(); !c.linked(a>>1, next()>>1, within-1) {
			return false
		}
	}
	return true
}

// maxLinked bounds the places that are compared for a link; with more it is taken to hold.
const maxLinked = 1000

// linked tells whether a text may have two cues next to each other in this order, or with fewer than within words
// between.
func (c *cueSet) linked(a, b, within uint32) bool {
	if !c.has(2*a) || !c.has(2*b) {
		return false
	}
	compared := 0
	for i := c.heads[a]; i != 0; i = c.at[i-1].next {
		x := c.at[i-1]
		for k := c.heads[b]; k != 0; k = c.at[k-1].next {
			y := c.at[k-1]
			if y.first == x.last+1 || within > 0 && y.first < x.last+1+within && x.first < y.last+1+within {
				return true
			}
			if compared++; compared > maxLinked {
				return true
			}
		}
	}
	return false
}
