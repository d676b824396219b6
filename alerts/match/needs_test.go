package match

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSharedNeedsStandOnce compares what is shared with a map of counts: clauses have one number while anyone needs them, and
// their room is another's afterwards.
func TestSharedNeedsStandOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var n needs
	type shared struct {
		clauses []uint32
		number  uint32
		count   int
	}
	all := map[string]*shared{}
	for range 30_000 {
		var clauses []uint32
		for range 1 + r.IntN(2) {
			keys := 1 + r.Uint32N(3)
			clauses = append(clauses, keys)
			for range keys {
				clauses = append(clauses, needKey|r.Uint32N(6))
			}
		}
		clauses = append(clauses, 0)
		name := fmt.Sprint(clauses)
		s := all[name]
		if s != nil && r.IntN(2) == 0 {
			n.unshare(clauses)
			if s.count--; s.count == 0 {
				delete(all, name)
			}
			continue
		}
		number := n.share(clauses)
		if s == nil {
			s = &shared{clauses: clauses, number: number}
			all[name] = s
		}
		require.Equal(t, s.number, number)
		s.count++
	}
	numbers := map[uint32]bool{}
	for _, s := range all {
		number, ok := n.numberOf(s.clauses)
		require.True(t, ok)
		require.Equal(t, s.number, number)
		require.False(t, numbers[number], "two have one room")
		numbers[number] = true
		require.Equal(t, uint32(s.count), n.at(number-2).Load())
	}
	require.Greater(t, len(all), 1000)
	for _, s := range all {
		for range s.count {
			n.unshare(s.clauses)
		}
		_, ok := n.numberOf(s.clauses)
		require.False(t, ok)
	}
	require.Zero(t, n.shared.size())
}
