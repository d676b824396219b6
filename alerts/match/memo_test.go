package match

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhatIsRememberedIsBounded makes each memory of a sifter grow to its bound and look at more.
func TestWhatIsRememberedIsBounded(t *testing.T) {
	x := NewIndex()
	for i, name := range []string{"Vladimir Putin", "Dmitri Putin", "Joe Biden"} {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(t, err)
		x.Put(fmt.Sprint(i), p)
	}
	s := x.sifter()
	s.candidates(Doc{Text: "Сказал Владимир Путин."})
	h := &s.pairing.heard
	for _, c := range []struct {
		what  string
		most  int
		look  func(i uint64)
		holds func() int
	}{
		{"glances", maxGlances, func(uint64) { s.glances.grow() }, func() int { return len(s.glances.entries) }},
		{"readings", maxMemo, func(i uint64) { s.known(i * hashA) }, func() int { return len(s.memo.entries) }},
		{"cues", maxCueMemo, func(i uint64) { s.cues.room(i * hashA) }, func() int { return len(s.cues.memo) }},
		{"idle words", maxIdle, func(uint64) { s.try(sweptUnit{}, 0, nil) }, func() int { return len(s.idle) }},
		{"fertile words", maxFertile, func(i uint64) { s.fertile.keep(i*hashA + 1) }, func() int { return len(s.fertile.entries) }},
		{"fertile postings", maxFertilePosts, func(i uint64) { s.fertile.now = make([]fertilePost, 64); s.fertile.keep(i*hashA + 1) }, func() int { return len(s.fertile.posts) }},
		{"strangers", maxStrangers, func(i uint64) { s.strangers.keep(i*hashA + 1) }, func() int { return len(s.strangers.tags) }},
		{"units heard", maxHeardUnits, func(i uint64) { h.full(); at, _ := h.of(i*hashA + 1); h.tags[at].tag = i*hashA + 1 }, func() int { return len(h.units) }},
		{"idle pairs", maxIdlePairs, func(i uint64) { s.pairing.idles(i*hashA + 1) }, func() int { return len(s.pairing.idle) }},
		{"agreements", mostCases, func(i uint64) { s.agreements.keep(i*hashA+1, 1, true) }, func() int { return len(s.agreements.entries) }},
		{"words compared", maxWords, func(i uint64) { s.wordOf(uint32(i), x.records.get(0)) }, func() int { return len(s.compared) }},
		{"sounds", maxEars, func(i uint64) { s.tongue.text.heard(fmt.Sprintf("w%x", i)) }, func() int { return len(s.tongue.text.ears) }},
		{"folds", maxFolds, func(i uint64) { s.kept(fmt.Append(nil, i)) }, func() int { return len(s.spellings) }},
		{"languages", maxTongues, func(i uint64) { s.tongueOf(fmt.Sprint(i)) }, func() int { return int(s.numbered) }},
	} {
		s.fit(sweptUnit{}, 1, 1, x.records.get(0)) // makes room for the words compared
		grown := 0
		for i := range uint64(5 * c.most) {
			c.look(i)
			grown = max(grown, c.holds())
		}
		require.Equal(t, c.most, grown, c.what)
	}
}

// TestWhatUnitsSoundLikeIsBounded fills what is remembered of units and of surnames, and looks at one more.
func TestWhatUnitsSoundLikeIsBounded(t *testing.T) {
	x := NewIndex()
	p, err := Compile(Spec{Kind: Person, Name: "Vladimir Putin"})
	require.NoError(t, err)
	x.Put("w", p)
	s := x.sifter()
	m := &s.pairing.heard
	find := func(text string) {
		require.Len(t, s.candidates(Doc{Text: text}), 1)
	}
	find("Сказал Владимир Путин.")
	require.NotEmpty(t, m.words)
	require.NotEmpty(t, m.bearings)
	m.words = append(m.words, make([]heardWord, maxHeardWords)...)
	find("Сказали Владимиру Путину.")
	require.Less(t, len(m.words), 10, "all was forgotten, and the new words are remembered")
	most := m.borne
	for b := range skeleton(3 * maxBearings) {
		s.borne(b + 1<<25) // no surname has it
		most = max(most, m.borne)
	}
	require.LessOrEqual(t, most, maxBearings)
	require.LessOrEqual(t, len(m.bearings), maxBearings)
	require.Less(t, len(m.bearings), 3*maxBearings)
	find("Сказали Владимиром Путиным.")
}

// TestAWordAloneIsThePersons compares the words that are made alone with those of a person who is taken apart as a whole.
func TestAWordAloneIsThePersons(t *testing.T) {
	words := 0
	for _, s := range []Spec{
		{Name: "Vladimir Putin"},
		{Name: "Steve Witkoff", Aliases: []string{"Witkoff, Steven", "Стивен Уиткофф", "Stevie"}},
		{Name: "Ursula von der Leyen", Aliases: []string{"VDL", "Röschen"}, Surname: true},
		{Name: "Abdel Fattah al-Sisi", Aliases: []string{"Abd el-Fattah es-Sisi", "السيسي"}},
		{Name: "Martin Luther King, Jr.", Aliases: []string{"Mike King"}, Exact: true},
		{Name: "Pelé", Near: []string{"football"}},
	} {
		s.Kind = Person
		p, err := Compile(s)
		require.NoError(t, err)
		var f filings
		p.file(&f, func(uint64) int { return 0 })
		for _, l := range f.list {
			if l.word == 0 {
				continue
			}
			words++
			require.Equal(t, p.fitting(l.word), newRecord("w", s, nil).wordOf(l.word), s.Name)
		}
		require.Nil(t, newRecord("w", s, nil).wordOf(1), "nobody's")
	}
	require.Greater(t, words, 20)
}

// TestWordsThatDifferByABitAreTwo holds what is remembered of a word to every bit of how it is written: to take what is not ASCII
// for small letters makes one of two syllables.
func TestWordsThatDifferByABitAreTwo(t *testing.T) {
	require.Equal(t, hashWord("지"), hashWord("짠"))
	a, b := newPart("지", "지", asName), newPart("짠", "짠", asName)
	require.NotEqual(t, a.sum(1), b.sum(1))
}
