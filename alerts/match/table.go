package match

import (
	"math/bits"
	"sync/atomic"
)

// A table lists postings by key. One goroutine at a time may write, any number read meanwhile and never wait: what is
// added is published by one atomic store, what is unlinked stays readable for those that stand on it, and a shard that
// grows is copied and replaced. A shard holds one part of 256, so that no change takes longer than copying that part.
type table struct {
	shards [shardCount]atomic.Pointer[shard]
}

const (
	shardBits  = 8
	shardCount = 1 << shardBits
)

// A posting says which pattern a key points to, and what else must be true of a text: see filing.
type posting struct {
	next atomic.Uint32 // the next of the key's postings, counted from 1; 0 is none
	ref  uint32
	word uint32
	need uint32
}

// A slot of an open-addressed shard; key 0 is none.
type slot struct {
	key  atomic.Uint64
	head atomic.Uint32 // the first posting, counted from 1
}

type shard struct {
	bloom []atomic.Uint64 // a bit for each key that may be here
	slots []slot
	posts []posting
	used  int // postings written, dead ones among them; only the writer looks
	keys  int // slots taken
	dead  int // postings unlinked
}

// mayHold tells, at the cost of one bit, what nearly every word of a text is: absent.
func (t *table) mayHold(key uint64) bool {
	s := t.shards[key>>(64-shardBits)].Load()
	if s == nil {
		return false
	}
	bit := key & uint64(len(s.bloom)*64-1) //nolint:gosec // a length
	return s.bloom[bit>>6].Load()>>(bit&63)&1 != 0
}

// first gives the shard and number of a key's first posting, 0 for none.
func (t *table) first(key uint64) (*shard, uint32) {
	s := t.shards[key>>(64-shardBits)].Load()
	if s == nil {
		return nil, 0
	}
	if at := s.find(key); at != nil {
		return s, at.head.Load()
	}
	return s, 0
}

// find gives the slot of a key, nil where there is none.
func (s *shard) find(key uint64) *slot {
	mask := len(s.slots) - 1
	for i := int(key>>20) & mask; ; i = (i + 1) & mask {
		switch s.slots[i].key.Load() {
		case key:
			return &s.slots[i]
		case 0:
			return nil
		}
	}
}

// add files a posting under a key other than 0.
func (t *table) add(key uint64, ref, word, need uint32) {
	at := &t.shards[key>>(64-shardBits)]
	s := at.Load()
	if s == nil {
		s = newShard(1, 1)
		at.Store(s)
	}
	if s.used == len(s.posts) || s.keys*4 >= len(s.slots)*3 && s.find(key) == nil {
		s = s.grown(true)
		s.put(key, ref, word, need)
		at.Store(s)
		return
	}
	s.put(key, ref, word, need)
}

// remove unlinks the postings of a pattern from a key.
func (t *table) remove(key uint64, ref uint32) {
	at := &t.shards[key>>(64-shardBits)]
	s := at.Load()
	if s == nil {
		return
	}
	slot := s.find(key)
	if slot == nil {
		return
	}
	link := &slot.head
	for n := link.Load(); n != 0; n = link.Load() {
		p := &s.posts[n-1]
		if p.ref&refMask == ref {
			link.Store(p.next.Load())
			s.dead++
			continue
		}
		link = &p.next
	}
	if s.dead > 16 && s.dead*2 > s.used {
		at.Store(s.grown(true))
	}
}

// newShard has room for so many postings under so many keys.
func newShard(posts, keys int) *shard {
	slots := 4
	for slots*3 < keys*4 {
		slots *= 2
	}
	return &shard{
		posts: make([]posting, max(posts, 2)),
		slots: make([]slot, slots),
		bloom: make([]atomic.Uint64, max(1, 1<<bits.Len(uint(slots*9-1))/64)),
	}
}

// put writes a posting where there is room.
func (s *shard) put(key uint64, ref, word, need uint32) {
	s.used++
	p := &s.posts[s.used-1]
	p.ref, p.word, p.need = ref, word, need
	mask := len(s.slots) - 1
	i := int(key>>20) & mask
	for {
		k := s.slots[i].key.Load()
		if k == key || k == 0 {
			break
		}
		i = (i + 1) & mask
	}
	at := &s.slots[i]
	p.next.Store(at.head.Load())
	at.head.Store(uint32(s.used)) //nolint:gosec // a shard never holds so many
	if at.key.Load() == 0 {
		s.keys++
		bit := key & uint64(len(s.bloom)*64-1) //nolint:gosec // a length
		s.bloom[bit>>6].Or(1 << (bit & 63))
		at.key.Store(key)
	}
}

// grown is a copy of what lives, with room for a third more or without.
func (s *shard) grown(more bool) *shard {
	live, keys := s.used-s.dead, 0
	for i := range s.slots {
		if s.slots[i].head.Load() != 0 {
			keys++
		}
	}
	if more {
		live, keys = live+live/3+1, keys+keys/3+1
	}
	g := newShard(live, keys)
	for i := range s.slots {
		key := s.slots[i].key.Load()
		for n := s.slots[i].head.Load(); n != 0; n = s.posts[n-1].next.Load() {
			p := &s.posts[n-1]
			g.put(key, p.ref, p.word, p.need)
		}
	}
	return g
}
