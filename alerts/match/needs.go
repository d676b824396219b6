package match

import "sync/atomic"

// needs are the clauses of all patterns, each its keys behind their number, 0 at the end. One goroutine at a time
// writes, any number read. What a removed pattern needed is written over by a later one; who still reads it there takes
// one pattern for another, and at worst tries it in vain.
type needs struct {
	chunks atomic.Pointer[[]*needChunk]
	used   uint32
	free   map[int][]uint32 // by length
	shared pairTable        // numbers of clauses that several patterns may need: how many do stands before them
	behind []uint32         // scratch
}

const needBits = 14

type needChunk [1 << needBits]atomic.Uint32

// put writes clauses down and gives their number, from 1.
func (n *needs) put(clauses []uint32) uint32 {
	size := len(clauses)
	var at uint32
	if spare := n.free[size]; len(spare) > 0 {
		at = spare[len(spare)-1]
		n.free[size] = spare[:len(spare)-1]
	} else {
		at = n.room(uint32(size)) //nolint:gosec // less than a chunk
	}
	chunk := (*n.chunks.Load())[at>>needBits]
	for i, c := range clauses {
		chunk[at&(1<<needBits-1)+uint32(i)].Store(c)
	}
	return at + 1
}

// share is put of clauses that stand there already, but for the first who needs them.
func (n *needs) share(clauses []uint32) uint32 {
	number, there := n.numberOf(clauses)
	if !there {
		n.behind = append(append(n.behind[:0], 0), clauses...)
		number = n.put(n.behind) + 1
		n.shared.add(hashOfNeeds(clauses), number)
	}
	n.at(number - 2).Add(1)
	return number
}

// unshare gives them back, the last one their room too.
func (n *needs) unshare(clauses []uint32) {
	number, there := n.numberOf(clauses)
	if !there || n.at(number-2).Add(^uint32(0)) > 0 {
		return
	}
	n.shared.remove(hashOfNeeds(clauses), number)
	n.drop(number-1, 1+len(clauses))
}

// numberOf is the number of shared clauses. None begin with others whole, so that looking ends where they do.
func (n *needs) numberOf(clauses []uint32) (number uint32, ok bool) {
	return n.shared.that(hashOfNeeds(clauses), func(number uint32) bool {
		for i, c := range clauses {
			if n.at(number-1+uint32(i)).Load() != c {
				return false
			}
		}
		return true
	})
}

// at is what stands at a place.
func (n *needs) at(place uint32) *atomic.Uint32 {
	return &(*n.chunks.Load())[place>>needBits][place&(1<<needBits-1)]
}

// hashOfNeeds is by what shared clauses are found.
func hashOfNeeds(clauses []uint32) uint64 {
	h := uint64(len(clauses))
	for _, c := range clauses {
		h = mix(h, uint64(c))
	}
	return h
}

// room is where size numbers fit into one chunk.
func (n *needs) room(size uint32) uint32 {
	const chunk = 1 << needBits
	if n.used%chunk == 0 || n.used%chunk+size > chunk {
		var chunks []*needChunk
		if p := n.chunks.Load(); p != nil {
			chunks = *p
		}
		n.used = uint32(len(chunks)) * chunk //nolint:gosec // below 2^31
		chunks = append(chunks[:len(chunks):len(chunks)], new(needChunk))
		n.chunks.Store(&chunks)
	}
	at := n.used
	n.used += size
	return at
}

// drop gives the room of clauses back.
func (n *needs) drop(number uint32, size int) {
	if n.free == nil {
		n.free = map[int][]uint32{}
	}
	n.free[size] = append(n.free[size], number-1)
}

// met tells whether a text has a key of each of the clauses of a number.
func (n *needs) met(number uint32, h *holdings) bool {
	at := number - 1
	chunk := (*n.chunks.Load())[at>>needBits]
	at &= 1<<needBits - 1
	for at < 1<<needBits {
		keys := chunk[at].Load()
		if keys == 0 {
			return true
		}
		end := at + 1 + keys
		found := false
		for at++; at < end && at < 1<<needBits; at++ {
			if h.has(chunk[at].Load()) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
		at = end
	}
	return true
}
