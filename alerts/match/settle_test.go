package match

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestASettledIndexIsTheIndex: it finds what it found, takes less room, and goes on taking patterns in and out.
func TestASettledIndexIsTheIndex(t *testing.T) {
	s := newSampler(7)
	names := s.names(600)
	x, plain := buildIndex(t, people(names)), buildIndex(t, people(names))
	for _, q := range s.queries(100) {
		p, err := Compile(q)
		require.NoError(t, err)
		x.Put(q.Query, p)
		plain.Put(q.Query, p)
	}
	docs := s.docs(60, 600, names, 10)
	found := 0
	check := func() {
		for _, d := range docs {
			got := x.Find(d)
			require.Equal(t, plain.Find(d), got)
			found += len(got.Matches)
		}
	}
	room := func() (n int) {
		for i := range x.table.shards {
			if s := x.table.shards[i].Load(); s != nil {
				n += cap(s.posts) + cap(s.slots)
			}
		}
		for i := range x.pairs.shards {
			if s := x.pairs.shards[i].Load(); s != nil {
				n += cap(s.fresh) + cap(s.heads)
			}
		}
		return n
	}
	before := room()
	x.Settle()
	require.Less(t, room(), before*3/4)
	check()
	for i := range 300 {
		x.Remove(fmt.Sprint(i))
		plain.Remove(fmt.Sprint(i))
	}
	check()
	for i, spec := range people(names[:300]) {
		p, err := Compile(spec)
		require.NoError(t, err)
		x.Put(fmt.Sprint(i), p)
		plain.Put(fmt.Sprint(i), p)
	}
	check()
	x.Settle()
	check()
	require.Positive(t, found)
}
