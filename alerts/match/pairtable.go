package match

import (
	"math/bits"
	"sync/atomic"
)

// A pairTable lists references by key, eight bytes for each: 34 bits of the key, beside the 8 that choose its shard, and the
// reference. It is written and read as a table is. What shares the 42 bits, once in some 4 million million pairs of keys, is
// tried in vain, and may be lost when the other is removed.
//
// Of one key the first pattern stands at the key's place or behind it, the n-th at the place of the key and n, so that
// keys of many patterns crowd no others.
type pairTable struct {
	shards [shardCount]atomic.Pointer[pairShard]
}

type pairShard struct {
	bloom []atomic.Uint64 // a bit for each key that may be here
	slots []atomic.Uint64 // 0 is free, pairDead was taken
	moves atomic.Uint64   // of patterns within a key, counted before and after each
	used  int             // slots taken, dead ones among them; only the writer looks
	dead  int
}

const (
	pairRef  = 1<<30 - 1 // the bits of a slot for one more than the reference
	pairDead = ^uint64(pairRef)
)

// tagOf is what a slot keeps of a hash: not the bits of its shard, which all there share.
func tagOf(hash uint64) uint64 { return hash << shardBits &^ pairRef }

// nth is the hash under which the n-th pattern of a key is kept.
func nth(key uint64, n int) uint64 {
	if n == 0 {
		return key
	}
	return mix(key, uint64(n)) //nolint:gosec // a count
}

// mayHold tells, at the cost of one bit, what nearly every pair of a text's words is: absent.
func (t *pairTable) mayHold(key uint64) bool {
	s := t.shards[key>>(64-shardBits)].Load()
	if s == nil {
		return false
	}
	bit := s.bit(tagOf(key))
	return s.bloom[bit>>6].Load()>>(bit&63)&1 != 0
}

// bit is a tag's in bloom.
func (s *pairShard) bit(tag uint64) uint64 {
	hi, _ := bits.Mul64(tag*hashB, uint64(len(s.bloom))*64)
	return hi
}

// each calls yield with the references of a key's patterns, now and then twice.
func (t *pairTable) each(key uint64, yield func(ref uint32)) {
	s := t.shards[key>>(64-shardBits)].Load()
	if s == nil {
		return
	}
	for moves := s.moves.Load(); ; {
		for n := 0; ; n++ {
			v := s.slots[s.find(nth(key, n))].Load()
			if v == 0 {
				break
			}
			if v&pairRef != 0 {
				yield(uint32(v&pairRef) - 1)
			}
		}
		now := s.moves.Load()
		if now == moves {
			return
		}
		moves = now
	}
}

// that is the first of a key's references that is meant; for the one who writes.
func (t *pairTable) that(key uint64, meant func(ref uint32) bool) (ref uint32, ok bool) {
	s := t.shards[key>>(64-shardBits)].Load()
	if s == nil {
		return 0, false
	}
	for n := 0; ; n++ {
		v := s.slots[s.find(nth(key, n))].Load()
		if v == 0 {
			return 0, false
		}
		if ref = uint32(v&pairRef) - 1; meant(ref) {
			return ref, true
		}
	}
}

// at is where the search for a tag begins.
func (s *pairShard) at(tag uint64) int {
	hi, _ := bits.Mul64(tag*hashA, uint64(len(s.slots)))
	return int(hi) //nolint:gosec // below a length
}

// find is where a hash stands, or the free slot behind where it would.
func (s *pairShard) find(hash uint64) int {
	tag := tagOf(hash)
	for at := s.at(tag); ; at++ {
		if at == len(s.slots) {
			at = 0
		}
		if v := s.slots[at].Load(); v == 0 || v&^pairRef == tag && v != pairDead {
			return at
		}
	}
}

// add files a pattern under a key.
func (t *pairTable) add(key uint64, ref uint32) {
	at := &t.shards[key>>(64-shardBits)]
	s := at.Load()
	if s == nil {
		s = newPairShard(8)
		at.Store(s)
	}
	if s.used*8 < len(s.slots)*7 {
		s.put(key, ref)
		return
	}
	s = s.grown()
	s.put(key, ref)
	at.Store(s)
}

func newPairShard(slots int) *pairShard {
	return &pairShard{slots: make([]atomic.Uint64, slots), bloom: make([]atomic.Uint64, slots/8+1)}
}

// put writes where there is room.
func (s *pairShard) put(key uint64, ref uint32) {
	v := tagOf(key) | uint64(ref+1)
	if at := &s.slots[s.find(key)]; at.Load() == 0 { // the key's first
		s.mark(v)
		s.used++
		at.Store(v)
		return
	}
	s.place(tagOf(nth(key, s.count(key))) | uint64(ref+1))
}

// mark sets the bit of a slot's tag, before the slot is there.
func (s *pairShard) mark(v uint64) {
	bit := s.bit(v &^ pairRef)
	s.bloom[bit>>6].Or(1 << (bit & 63))
}

// place writes a slot that is not there yet.
func (s *pairShard) place(v uint64) {
	s.mark(v)
	at := s.at(v &^ pairRef)
	for {
		if at == len(s.slots) {
			at = 0
		}
		if old := s.slots[at].Load(); old == 0 || old == pairDead {
			if old == 0 {
				s.used++
			} else {
				s.dead--
			}
			s.slots[at].Store(v)
			return
		}
		at++
	}
}

// count is how many patterns a key has, found in steps that grow.
func (s *pairShard) count(key uint64) int {
	has := func(n int) bool { return s.slots[s.find(nth(key, n-1))].Load() != 0 }
	low, high := 0, 1 // the first low are there
	for has(high) {
		low, high = high, 2*high
	}
	for high-low > 1 {
		if mid := (low + high) / 2; has(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// remove takes a pattern from a key; the key's last takes its place.
func (t *pairTable) remove(key uint64, ref uint32) {
	s := t.shards[key>>(64-shardBits)].Load()
	if s == nil {
		return
	}
	for n := 0; ; n++ {
		hole := &s.slots[s.find(nth(key, n))]
		v := hole.Load()
		if v == 0 {
			return
		}
		if v&pairRef != uint64(ref+1) {
			continue
		}
		last := &s.slots[s.find(nth(key, s.count(key)-1))]
		s.moves.Add(1)
		hole.Store(v&^pairRef | last.Load()&pairRef)
		last.Store(pairDead)
		s.moves.Add(1)
		s.dead++
		return
	}
}

// grown is a copy of what lives, with room for a third more.
func (s *pairShard) grown() *pairShard {
	live := s.used - s.dead
	g := newPairShard(live + live/3 + 8)
	for i := range s.slots {
		if v := s.slots[i].Load(); v != 0 && v != pairDead {
			g.place(v)
		}
	}
	return g
}
