package match

import (
	"fmt"
	"sync"
	"testing"
	"unsafe"

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

// TestASettledIndexIsInFewPieces: what one shard keeps stands right behind what the one before it keeps.
func TestASettledIndexIsInFewPieces(t *testing.T) {
	x := buildIndex(t, people(newSampler(7).names(600)))
	apart := func() (n int) {
		for i := 1; i < shardCount; i++ {
			a, b := x.table.shards[i-1].Load(), x.table.shards[i].Load()
			if a == nil || b == nil {
				continue
			}
			behind := uintptr(unsafe.Pointer(unsafe.SliceData(a.posts))) + uintptr(len(a.posts))*unsafe.Sizeof(posting{})
			if behind != uintptr(unsafe.Pointer(unsafe.SliceData(b.posts))) {
				n++
			}
		}
		return n
	}
	require.Positive(t, apart())
	x.Settle()
	require.Zero(t, apart())
}

// TestAnIndexIsSettledWhileItIsSearched: nobody waits, and all is found meanwhile.
func TestAnIndexIsSettledWhileItIsSearched(t *testing.T) {
	s := newSampler(7)
	names := s.names(300)
	x := buildIndex(t, people(names))
	docs := s.docs(20, 600, names, 4)
	var want []Result
	for _, d := range docs {
		want = append(want, x.Find(d))
	}
	stop := make(chan struct{})
	var searching sync.WaitGroup
	for range 3 {
		searching.Go(func() {
			for {
				for i, d := range docs {
					if got := x.Find(d); len(got.Matches) != len(want[i].Matches) {
						t.Errorf("%d found, not %d", len(got.Matches), len(want[i].Matches))
					}
				}
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	other, err := Compile(Spec{Kind: Person, Name: "Xq Zwyxq"})
	require.NoError(t, err)
	for range 20 {
		x.Put("other", other)
		x.Settle()
		x.Remove("other")
		x.Settle()
	}
	close(stop)
	searching.Wait()
}
