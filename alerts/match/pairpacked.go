package match

import (
	"iter"
	"math/bits"
	"sort"
)

// A packedPair is a key of pairBits bits, and a reference behind it.
type packedPair uint64

func (p packedPair) key() uint32 { return uint32(p >> 30) } //nolint:gosec // pairBits
func (p packedPair) ref() uint32 { return uint32(p & pairRef) }

// packedPairs are pairs in order, in as few bits as tell them apart: those that share the first bits of their keys stand in a
// block of their own, where these bits are left out, and all references have as many bits as the largest needs.
type packedPairs struct {
	words  []uint64
	starts []uint32 // of blocks, and the end of the last
	count  int
	shared int // first bits of a key that a block's pairs share
	refs   int // bits of a reference
}

// blockSize is how many pairs a block has at least on average; twice as many at most.
const blockSize = 8

// rest is how many bits a pair's key has in its block.
func (p *packedPairs) rest() int { return pairBits - p.shared }

// at is a pair's bits, without those that its block shares.
func (p *packedPairs) at(i uint32) uint64 {
	width := p.rest() + p.refs
	bit := int(i) * width
	low, high := p.words[bit>>6], p.words[bit>>6+1]
	return (low>>(bit&63) | high<<1<<(63-bit&63)) & (1<<width - 1)
}

// whole is a pair of which a block has some bits.
func (p *packedPairs) whole(block uint32, rest uint64) packedPair {
	key := uint64(block)<<p.rest() | rest>>p.refs
	return packedPair(key<<30 | rest&(1<<p.refs-1))
}

// from is where pairs of a block begin that are not before one.
func (p *packedPairs) from(block uint32, rest uint64) uint32 {
	at, end := p.starts[block], p.starts[block+1]
	if end-at > 2*blockSize {
		at += uint32(sort.Search(int(end-at), func(i int) bool { return p.at(at+uint32(i)) >= rest })) //nolint:gosec // a block's
	}
	for at < end && p.at(at) < rest {
		at++
	}
	return at
}

// of yields the pairs of a key.
func (p *packedPairs) of(key uint32) iter.Seq[packedPair] {
	return func(yield func(packedPair) bool) {
		if p.count == 0 {
			return
		}
		block := key >> p.rest()
		rest := uint64(key) & (1<<p.rest() - 1)
		for i := p.from(block, rest<<p.refs); i < p.starts[block+1]; i++ {
			v := p.at(i)
			if v>>p.refs != rest || !yield(p.whole(block, v)) {
				return
			}
		}
	}
}

// times is how often a pair is there.
func (p *packedPairs) times(pair packedPair) (n int) {
	if p.count == 0 || bits.Len32(pair.ref()) > p.refs {
		return 0
	}
	block := pair.key() >> p.rest()
	v := p.within(pair)
	for i := p.from(block, v); i < p.starts[block+1] && p.at(i) == v; i++ {
		n++
	}
	return n
}

// within is what a pair's block has of it.
func (p *packedPairs) within(pair packedPair) uint64 {
	return (uint64(pair.key())&(1<<p.rest()-1))<<p.refs | uint64(pair.ref())
}

// all yields the pairs in order.
func (p *packedPairs) all() iter.Seq[packedPair] {
	return func(yield func(packedPair) bool) {
		for block := range max(1, len(p.starts)) - 1 {
			for i := p.starts[block]; i < p.starts[block+1]; i++ {
				if !yield(p.whole(uint32(block), p.at(i))) {
					return
				}
			}
		}
	}
}

// A pairPacker packs pairs that come in order.
type pairPacker struct {
	packed packedPairs
	block  int // whose start is not written yet
	at     int // bits written
}

// packFor makes room for so many pairs, which are of those that were packed before and others.
func packFor(count int, before *packedPairs, others []packedPair) *pairPacker {
	p := packedPairs{count: count, refs: before.refs}
	for _, o := range others {
		p.refs = max(p.refs, bits.Len32(o.ref()), 1)
	}
	p.shared = max(0, min(pairBits, bits.Len(uint(count/blockSize))-1))
	p.words = make([]uint64, count*(p.rest()+p.refs)/64+2)
	p.starts = make([]uint32, 1<<p.shared+1)
	return &pairPacker{packed: p}
}

func (w *pairPacker) put(pair packedPair) {
	p := &w.packed
	width := p.rest() + p.refs
	for block := int(pair.key() >> p.rest()); w.block <= block; w.block++ {
		p.starts[w.block] = uint32(w.at / width) //nolint:gosec // a count
	}
	v := p.within(pair)
	p.words[w.at>>6] |= v << (w.at & 63)
	p.words[w.at>>6+1] |= v >> 1 >> (63 - w.at&63)
	w.at += width
}

// done gives what was packed.
func (w *pairPacker) done() packedPairs {
	for ; w.block < len(w.packed.starts); w.block++ {
		w.packed.starts[w.block] = uint32(w.packed.count) //nolint:gosec // a length
	}
	return w.packed
}
