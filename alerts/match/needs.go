package match

import "sync/atomic"

// needs are the clauses of all patterns, each its keys behind their number, 0 at the end. One goroutine at a time
// writes, any number read. What a removed pattern needed is written over by a later one; who still reads it there takes
// one pattern for another, and at worst tries it in vain.
type needs struct {
	chunks atomic.Pointer[[]*needChunk]
	used   uint32
	free   map[int][]uint32 // by length
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
