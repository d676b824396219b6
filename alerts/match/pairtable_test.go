package match

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAPairTableCounts compares a pairTable with a map of counts: what is put twice is there till it is taken out twice, under
// keys of thousands of references as under keys of one, whatever their sizes, and packed or not.
func TestAPairTableCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var table pairTable
	want := map[uint64]map[uint32]int{}
	put := func(key uint64, ref uint32) {
		if want[key] == nil {
			want[key] = map[uint32]int{}
		}
		table.add(key, ref)
		want[key][ref]++
	}
	check := func() {
		for key, refs := range want {
			got := map[uint32]int{}
			table.each(key, func(ref uint32) { got[ref]++ })
			require.Equal(t, refs, got)
			require.True(t, len(refs) == 0 || table.mayHold(key))
		}
	}
	crowd := mix(0, saltPair)
	for i := range uint32(8000) {
		put(crowd, i%6000)
		put(mix(uint64(r.IntN(2000))+1, saltPair), r.Uint32()&pairRef>>r.IntN(30)) // 0 and the largest among them
		if i&(i+1) == 0 {
			check() // at every size's double
		}
	}
	check()
	table.settle()
	check()
	for key, refs := range want {
		for ref, n := range refs {
			if r.IntN(3) == 0 {
				continue
			}
			table.remove(key, ref)
			if refs[ref]--; n == 1 {
				delete(refs, ref)
			}
		}
		table.remove(key, pairRef-1) // nobody's
	}
	check()
	table.settle()
	put(crowd, 7)
	check()
	for key, refs := range want {
		for ref, n := range refs {
			for range n {
				table.remove(key, ref)
			}
		}
		want[key] = map[uint32]int{}
	}
	check()
	require.Zero(t, table.size())
}

// TestPairsArePackedInFewBits holds what an entry of a large table costs.
func TestPairsArePackedInFewBits(t *testing.T) {
	const entries = 1 << 19
	var table pairTable
	for i := range uint32(entries) {
		table.add(mix(uint64(i), saltPair), i>>2)
	}
	bytes := 0
	for i := range table.shards {
		s := table.shards[i].Load()
		bytes += 8*len(s.bloom) + 4*len(s.heads) + 12*len(s.fresh) + 8*len(s.packed.words) + 4*len(s.packed.starts)
	}
	require.Less(t, float64(bytes)/entries, 8.0)
}
