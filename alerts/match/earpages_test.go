package match

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPagesHoldTheirWords compares pages with a map, while words are put, taken out and put in their places.
func TestPagesHoldTheirWords(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var pages earPages
	want := map[uint32]earWord{}
	words := uint32(0)
	for range 3000 {
		n := words
		if words > 0 && r.IntN(3) == 0 {
			n = r.Uint32N(words)
		} else {
			words++
		}
		if _, there := want[n]; there {
			pages.drop(n)
			delete(want, n)
			continue
		}
		want[n] = earWord{strings.Repeat("я", r.IntN(5)) + fmt.Sprint(r.IntN(1000)), r.IntN(2) == 0, r.IntN(2) == 0}
		pages.put(n, want[n])
	}
	for n := range words {
		got, ok := pages.get(n)
		w, there := want[n]
		require.Equal(t, there, ok)
		require.Equal(t, w, got)
	}
	require.Greater(t, len(want), earsOnPage*2)
}

// TestReadyWordsAreTheWords fills every place, two words each and more, and asks again.
func TestReadyWordsAreTheWords(t *testing.T) {
	var ready earShelf
	made := map[string]*keptWord{}
	for i := range 50 {
		w := earWord{written: fmt.Sprintf("Name%c%c", 'a'+i/7, 'a'+i%7), surname: i%2 == 0}
		made[w.written] = ready.of(w)
		require.Same(t, made[w.written], ready.of(w), "it is kept")
		require.Equal(t, w.word().joined.fold, ready.of(w).joined.fold)
	}
	w := earWord{written: "Silva", surname: true}
	first := ready.of(w)
	at := w.key() % earPlaces
	ready[at].Store(&earReady{ear: earWord{written: "other"}})
	ready[at^1].Store(&earReady{ear: earWord{written: "another"}})
	require.NotSame(t, first, ready.of(w), "others are in its places")
	require.Equal(t, first.joined.fold, ready.of(w).joined.fold)
	require.Nil(t, ready.of(earWord{written: "a b", loose: true}))
}
