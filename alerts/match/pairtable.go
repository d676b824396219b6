package match

import (
	"math/bits"
	"slices"
	"sync/atomic"
)

// A pairTable lists references by key. It is written and read as a table is. Of a key it knows the 8 bits that choose its
// shard and pairBits more: what shares them is listed together, and tried in vain.
//
// Most of a shard is packed (see packedPairs), and never changed: what is put stands beside it until that is a part of it
// that is worth packing all anew, and what is taken out is listed until then.
type pairTable struct {
	shards [shardCount]atomic.Pointer[pairShard]
}

type pairShard struct {
	bloom  []atomic.Uint64 // a bit for each key that may be here
	packed packedPairs
	gone   atomic.Pointer[[]packedPair] // of packed, in order: what was taken out
	fresh  []packedPair                 // that are not packed yet
	next   []atomic.Uint32              // of fresh: that which follows in its list, counted from 1; 0 is none
	heads  []atomic.Uint32              // of the lists
	used   int                          // of fresh; only the writer looks
}

const (
	pairBits = 22
	pairRef  = 1<<30 - 1 // the bits of a packedPair that are the reference

	freshPart = 8 // one in so many of a shard is not packed
	leastRoom = 8
)

// pairOfKey is what a shard knows of an entry.
func pairOfKey(key uint64, ref uint32) packedPair {
	return packedPair(key<<shardBits>>(64-pairBits)<<30 | uint64(ref))
}

func (t *pairTable) shard(key uint64) *pairShard { return t.shards[key>>(64-shardBits)].Load() }

// mayHold tells, at the cost of one bit, what nearly every pair of a text's words is: absent.
func (t *pairTable) mayHold(key uint64) bool {
	s := t.shard(key)
	if s == nil {
		return false
	}
	bit := s.bit(pairOfKey(key, 0).key())
	return s.bloom[bit>>6].Load()>>(bit&63)&1 != 0
}

// bit is a key's in bloom.
func (s *pairShard) bit(key uint32) uint64 {
	hi, _ := bits.Mul64(uint64(key+1)*hashB, uint64(len(s.bloom))*64)
	return hi
}

// list is that of a key among fresh.
func (s *pairShard) list(key uint32) *atomic.Uint32 {
	hi, _ := bits.Mul64(uint64(key+1)*hashA, uint64(len(s.heads)))
	return &s.heads[hi]
}

// each calls yield with the references of a key.
func (t *pairTable) each(key uint64, yield func(ref uint32)) {
	t.that(key, func(ref uint32) bool {
		yield(ref)
		return false
	})
}

// that is the first of a key's references that is meant.
func (t *pairTable) that(key uint64, meant func(ref uint32) bool) (ref uint32, ok bool) {
	s := t.shard(key)
	if s == nil {
		return 0, false
	}
	first := pairOfKey(key, 0)
	for n := s.list(first.key()).Load(); n != 0; {
		if f := s.fresh[n-1]; f.key() == first.key() && meant(f.ref()) {
			return f.ref(), true
		}
		n = s.next[n-1].Load()
	}
	gone := s.takenOut()
	from, _ := slices.BinarySearch(gone, first)
	gone = gone[from:]
	for pair := range s.packed.of(first.key()) {
		if len(gone) > 0 && gone[0] == pair {
			gone = gone[1:]
			continue
		}
		if meant(pair.ref()) {
			return pair.ref(), true
		}
	}
	return 0, false
}

func (s *pairShard) takenOut() []packedPair {
	if p := s.gone.Load(); p != nil {
		return *p
	}
	return nil
}

// add files a reference under a key.
func (t *pairTable) add(key uint64, ref uint32) {
	at := &t.shards[key>>(64-shardBits)]
	s := at.Load()
	if s == nil {
		s = newPairShard(packedPairs{}, leastRoom)
		at.Store(s)
	}
	pair := pairOfKey(key, ref)
	if s.used < len(s.fresh) {
		s.put(pair)
		return
	}
	s = s.repacked(true)
	s.put(pair)
	at.Store(s)
}

// newPairShard has room for so many beside what is packed.
func newPairShard(packed packedPairs, room int) *pairShard {
	s := &pairShard{
		packed: packed, bloom: make([]atomic.Uint64, (packed.count+room)/8+1),
		fresh: make([]packedPair, room), next: make([]atomic.Uint32, room), heads: make([]atomic.Uint32, room/2+1),
	}
	for pair := range packed.all() {
		s.mark(pair.key())
	}
	return s
}

// put writes where there is room.
func (s *pairShard) put(pair packedPair) {
	s.mark(pair.key())
	list := s.list(pair.key())
	s.fresh[s.used] = pair
	s.next[s.used].Store(list.Load())
	s.used++
	list.Store(uint32(s.used)) //nolint:gosec // a length
}

// mark sets the bit of a key, before the key is there.
func (s *pairShard) mark(key uint32) {
	bit := s.bit(key)
	s.bloom[bit>>6].Or(1 << (bit & 63))
}

// remove takes one such reference from a key.
func (t *pairTable) remove(key uint64, ref uint32) {
	at := &t.shards[key>>(64-shardBits)]
	s := at.Load()
	if s == nil {
		return
	}
	pair := pairOfKey(key, ref)
	link := s.list(pair.key())
	for n := link.Load(); n != 0; n = link.Load() {
		if s.fresh[n-1] == pair {
			link.Store(s.next[n-1].Load()) // who stands on it goes on from there
			return
		}
		link = &s.next[n-1]
	}
	before := s.takenOut()
	where, _ := slices.BinarySearch(before, pair)
	next, _ := slices.BinarySearch(before, pair+1)
	if s.packed.times(pair) == next-where {
		return
	}
	gone := slices.Concat(before[:where], []packedPair{pair}, before[where:])
	s.gone.Store(&gone)
	if len(gone) > len(s.fresh) {
		at.Store(s.repacked(true))
	}
}

// repacked is a copy of what is there, all of it packed, with room for more or without.
func (s *pairShard) repacked(more bool) *pairShard {
	var fresh []packedPair
	for i := range s.heads {
		for n := s.heads[i].Load(); n != 0; n = s.next[n-1].Load() {
			fresh = append(fresh, s.fresh[n-1])
		}
	}
	slices.Sort(fresh)
	gone := s.takenOut()
	w := packFor(s.packed.count-len(gone)+len(fresh), &s.packed, fresh)
	for pair := range s.packed.all() {
		if len(gone) > 0 && gone[0] == pair {
			gone = gone[1:]
			continue
		}
		for len(fresh) > 0 && fresh[0] < pair {
			w.put(fresh[0])
			fresh = fresh[1:]
		}
		w.put(pair)
	}
	for _, pair := range fresh {
		w.put(pair)
	}
	room := 0
	if packed := w.done(); more {
		room = packed.count/freshPart + leastRoom
	}
	return newPairShard(w.packed, room)
}
