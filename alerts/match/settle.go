package match

import (
	"strings"
	"sync/atomic"
)

// Once an index is filled, what its shards keep is moved together into a few large pieces. In pieces of their own it took a third
// more: Go rounds each up to one of some sizes, and what was given up while the shards grew leaves holes between them. A
// large piece is freed when all its shards have been replaced.

// carve takes the first n off a piece of memory that was made for all.
func carve[T any](from *[]T, n int) []T {
	part := (*from)[:n:n]
	*from = (*from)[n:]
	return part
}

// settle packs all that is there, and leaves no room for more: the next that is put in a shard has it packed anew.
func (t *pairTable) settle() {
	words, starts, bits := 0, 0, 0
	for i := range t.shards {
		if s := t.shards[i].Load(); s != nil {
			s = s.repacked(false)
			t.shards[i].Store(s)
			words, starts, bits = words+len(s.packed.words), starts+len(s.packed.starts), bits+len(s.bloom)
		}
	}
	allWords, allStarts, allBits := make([]uint64, words), make([]uint32, starts), make([]atomic.Uint64, bits)
	for i := range t.shards {
		s := t.shards[i].Load()
		if s == nil {
			continue
		}
		moved := &pairShard{packed: s.packed, bloom: carve(&allBits, len(s.bloom)), heads: s.heads}
		p := &moved.packed
		p.words, p.starts = carve(&allWords, len(s.packed.words)), carve(&allStarts, len(s.packed.starts))
		copy(p.words, s.packed.words)
		copy(p.starts, s.packed.starts)
		copyBits(moved.bloom, s.bloom)
		t.shards[i].Store(moved)
	}
}

// settle leaves no room for more: the next that is put in a shard has it copied.
func (t *table) settle() {
	posts, slots, bits := 0, 0, 0
	for i := range t.shards {
		if s := t.shards[i].Load(); s != nil {
			s = s.grown(false)
			t.shards[i].Store(s)
			posts, slots, bits = posts+len(s.posts), slots+len(s.slots), bits+len(s.bloom)
		}
	}
	allPosts, allSlots, allBits := make([]posting, posts), make([]slot, slots), make([]atomic.Uint64, bits)
	for i := range t.shards {
		s := t.shards[i].Load()
		if s == nil {
			continue
		}
		moved := &shard{
			posts: carve(&allPosts, len(s.posts)), slots: carve(&allSlots, len(s.slots)), bloom: carve(&allBits, len(s.bloom)),
			used: s.used, keys: s.keys, dead: s.dead,
		}
		for k := range moved.posts {
			to, from := &moved.posts[k], &s.posts[k]
			to.next.Store(from.next.Load())
			to.ref, to.word, to.need = from.ref, from.word, from.need
		}
		for k := range moved.slots {
			to, from := &moved.slots[k], &s.slots[k]
			to.key.Store(from.key.Load())
			to.head.Store(from.head.Load())
		}
		copyBits(moved.bloom, s.bloom)
		t.shards[i].Store(moved)
	}
}

func copyBits(to, from []atomic.Uint64) {
	for i := range to {
		to[i].Store(from[i].Load())
	}
}

// settle puts the words of all pages into one string.
func (e *earPages) settle() {
	size := 0
	for i := range e.used {
		size += len(e.pages.get(i).text)
	}
	var all strings.Builder
	all.Grow(size)
	for i := range e.used {
		all.WriteString(e.pages.get(i).text)
	}
	text, pages := all.String(), make([]earPage, e.used)
	for i := range e.used {
		p, old := &pages[i], e.pages.get(i)
		p.text, p.ends = text[:len(old.text)], old.ends
		text = text[len(old.text):]
		e.pages.put(i, p)
	}
}
