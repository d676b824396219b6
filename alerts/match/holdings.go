package match

import "slices"

// hold fills the holdings with all keys of the text.
func (s *sifter) hold() {
	s.keys = s.keys[:0]
	for _, t := range s.sweep.tokens {
		s.keys, _ = s.keysOf(t, s.keys)
	}
	s.addClose(s.close)
	s.holdings.fill(s.keys)
}

// addClose adds to keys those that some tokens have together with those behind them.
func (s *sifter) addClose(close []uint32) {
	tokens := s.sweep.tokens
	for _, i := range close {
		if tokens[i].char() && tokens[i+1].char() {
			s.keys = append(s.keys, s.keyOfTwo(i))
			continue // characters join nothing else
		}
		s.eachJoined(int(i), func(u sweptUnit, hash uint64) { s.keys = s.keysOfJoined(u, hash, s.keys) })
	}
}

// allHeld are the keys of the whole text.
func (s *sifter) allHeld() *holdings {
	if !s.holdings.ready {
		s.hold()
	}
	return &s.holdings
}

// meets tells whether what a posting needs stands around the token of its word: no further away than the index's longest
// phrase reaches.
func (s *sifter) meets(need, at uint32) bool {
	return s.meetsWithin(need, at, s.x.reach.Load()+maxJoined)
}

// meetsParts is meets of a surname of several parts, which stand next to each other.
func (s *sifter) meetsParts(need, at uint32) bool {
	return s.meetsWithin(need, at, s.x.parts.Load()-1)
}

// meetsWithin is meets of what stands no further away than so many tokens.
func (s *sifter) meetsWithin(need, at, reach uint32) bool {
	if need == 0 {
		return true
	}
	from, to := at-min(at, reach), min(at+reach+1, uint32(len(s.sweep.tokens))) //nolint:gosec // fewer than bytes
	if int(to-from)*2 > len(s.sweep.tokens) {
		return s.metBy(need, s.allHeld())
	}
	if around := [2]uint32{from, to}; !s.around.ready || s.aroundFrom != around {
		s.keys = s.keys[:0]
		for _, t := range s.sweep.tokens[from:to] {
			s.keys, _ = s.keysOf(t, s.keys)
		}
		s.addClose(s.closeIn(from, to))
		s.around.fill(s.keys)
		s.aroundFrom = around
	}
	return s.metBy(need, &s.around)
}

// closeIn are those of sifter.close in some tokens.
func (s *sifter) closeIn(from, to uint32) []uint32 {
	first, _ := slices.BinarySearch(s.close, from)
	last, _ := slices.BinarySearch(s.close, to)
	return s.close[first:last]
}

// metBy tells whether keys have what a posting needs.
func (s *sifter) metBy(need uint32, keys *holdings) bool {
	switch {
	case need == 0:
		return true
	case need&needKey != 0:
		return keys.has(need)
	}
	return s.x.needs.met(need, keys)
}

// holdings are the keys that a text has, a few more now and then.
type holdings struct {
	ready bool
	bits  []uint64
}

func (h *holdings) fill(keys []uint64) {
	size := 64
	for size*64 < 128*len(keys) {
		size *= 2
	}
	if cap(h.bits) < size {
		h.bits = make([]uint64, size)
	}
	h.bits = h.bits[:size]
	clear(h.bits)
	for _, key := range keys {
		k := shortKey(key)
		h.bits[k>>6&uint32(size-1)] |= 1 << (k & 63) //nolint:gosec // a power of two
	}
	h.ready = true
}

func (h *holdings) has(k uint32) bool {
	return h.bits[k>>6&uint32(len(h.bits)-1)]>>(k&63)&1 != 0 //nolint:gosec // a power of two
}
