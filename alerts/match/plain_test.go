package match

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPlainNamesAreFiledLikeAnyOther compares what a plain name is filed under with what comes of taking it apart.
func TestPlainNamesAreFiledLikeAnyOther(t *testing.T) {
	names := append(newSampler(4).names(3000),
		"Vladimir Putin", "Joe Biden", "Kim Yong", "Li Peng", "Ng Tan", "Frank Lee", "Peter Havel", "Martin Bacek", "Ander Lander", "OSAMA USAMA",
		"Ursula Skova", "Dick Cheney", "al Sisi", "Abu Jr", "Xi Xi", "Tom Cruise", "Hu Mu", "NATO Chief", "de Gaulle", "Park Van", "Mohammed Morsi", "Omar Suleiman", "Hussein Tantawi")
	plain, givens := 0, plainGivens{}
	for _, name := range names {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(t, err)
		n, ok := plainNameOf(p.spec)
		require.True(t, ok, name)
		var quick, full filings
		if !quick.plain(n, givens) {
			continue
		}
		plain++
		p.file(&full, func(uint64) int { return 0 })
		require.Equal(t, full, quick, name)
	}
	require.Greater(t, plain, len(names)*3/4)
	for _, name := range []string{"Putin", "Vladimir V. Putin", "Jean-Claude Juncker", "Łukasz Nowak", "A Putin", "Vladimir  Putin", "Putin, Vladimir"} {
		_, ok := plainNameOf(Spec{Kind: Person, Name: name})
		require.False(t, ok, name)
	}
	_, ok := plainNameOf(Spec{Kind: Person, Name: "Vladimir Putin", Aliases: []string{"Putler"}})
	require.False(t, ok)
}

// TestFewPlainGivensAreKept holds their number.
func TestFewPlainGivensAreKept(t *testing.T) {
	g := plainGivens{}
	for _, name := range newSampler(5).names(3 * maxPlainGivens) {
		g.of(strings.ReplaceAll(name, " ", ""))
	}
	require.LessOrEqual(t, len(g), maxPlainGivens)
}

// TestSyllablesOfHangul tells words that Korean and Chinese names can be made of.
func TestSyllablesOfHangul(t *testing.T) {
	for word, want := range map[string]int{
		"kim": 1, "xi": 1, "lee": 1, "park": 1, "yoon": 1, "ng": 0, "zhang": 1, "jinping": 2, "tsai": 1, "nguyen": 1, "trong": 1, "tsin": 1, "enlai": 2,
		"frank": 0, "bush": 0, "steve": 0, "jones": 0, "smith": 0, "": 0, "ким": 0,
	} {
		require.Equal(t, want, syllablesOfHangul(word), word)
	}
}

// size is how many patterns are listed.
func (t *pairTable) size() int {
	n := 0
	for i := range t.shards {
		if s := t.shards[i].Load(); s != nil {
			n += s.repacked(true).packed.count
		}
	}
	return n
}

// TestAnIndexOfNamesIsCheapToBuild counts what no machine's mood turns: the memory kept for an alias, and how often some is
// taken while it is filed.
func TestAnIndexOfNamesIsCheapToBuild(t *testing.T) {
	if raced {
		t.Skip("NOT MEASURED: the race detector makes speed and memory another; the same test runs without it")
	}
	specs := people(newSampler(1).names(10_000))
	_, bytes, _ := cost(len(specs), specs, func(specs []Spec) *Index { return buildIndex(t, specs) })
	require.Less(t, bytes, 400.0)
	times := testing.AllocsPerRun(1, func() { buildIndex(t, specs) }) / float64(len(specs))
	require.Less(t, times, 45.0, "a plain name is not taken apart")
}
