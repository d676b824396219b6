package match

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestASiftedTextIsTheText compares what a sifter reads of a text, in any order and when somebody asks, with what read makes of it.
func TestASiftedTextIsTheText(t *testing.T) {
	x := NewIndex()
	p, err := Compile(Spec{Kind: Person, Name: "Vladimir Putin"})
	require.NoError(t, err)
	x.Put("w", p)
	s := x.sifter()
	word := rapid.SampledFrom(append(moreWords(), "foo_bar", "foobar", "Foobar", "\u1112\u1161\u11ab", "한국", "ㄱ", "ゟ", "\xff", "🙂", "ﾊﾝｸﾞﾙ", "Ёлка", "\u200b", "۱۲"))
	rapid.Check(t, func(r *rapid.T) {
		var fields [2]string
		for k := range fields {
			for _, w := range rapid.SliceOfN(word, 0, 30).Draw(r, "words") {
				fields[k] += w + rapid.SampledFrom([]string{" ", " ", "", "-", "'", ". ", ", ", "\n\n"}).Draw(r, "glue")
			}
		}
		d := Doc{Title: fields[0], Text: fields[1], Language: rapid.SampledFrom([]string{"", "en", "ru", "pl"}).Draw(r, "language")}
		s.candidates(d)
		got, want := s.text(d), read(d)
		for k, f := range want.fields {
			g := got.fields[k]
			require.Len(r, g.atoms, len(f.atoms))
			for _, i := range rapid.Permutation(indices(len(f.atoms))).Draw(r, "order") {
				a := *g.atom(i)
				require.Equal(r, f.startOf(i), g.startOf(i), "%q", f.src)
				require.Equal(r, f.endOf(i), g.endOf(i), "%q", f.src)
				a.start, a.end = f.atoms[i].start, f.atoms[i].end
				require.Equal(r, f.atoms[i], a, "%q", f.src)
				require.Equal(r, f.unit(i).reads, g.unit(i).reads)
				require.Equal(r, f.linked(i), g.linked(i), "%q", f.src)
				require.Equal(r, f.capitalAt(i), g.capitalAt(i), "%q", f.src)
				for _, shape := range []shape{lower, capital, upper, uncased} {
					require.Equal(r, f.has(a.fold, shape), g.has(a.fold, shape), "%q %q", f.src, a.fold)
				}
			}
			require.Equal(r, joinedOf(f), joinedOf(g), "%q", f.src)
			require.Equal(r, f.hasHangul(), g.hasHangul(), "%q", f.src)
			require.Equal(r, f.leadEnd(), g.leadEnd(), "%q", f.src)
			require.Equal(r, f.headline(), g.headline(), "%q", f.src)
		}
		s.forgetBearers()
	})
}

func indices(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// joinedOf is a field's list of words of several atoms, nil where there is none.
func joinedOf(f *field) []joinedAtoms {
	f.joinAll()
	if len(f.joined) == 0 {
		return nil
	}
	return f.joined
}

func TestAWordThatIsKnownAsItsFoldIs(t *testing.T) {
	s := newSifter(NewIndex())
	folded := 0
	for _, w := range append(moreWords(), "習近平", "김정은", "بوتين", "الإيرانيون", "путин", "Путин", "Ёлка", "élan", "καλός", "Ελλάδα", "ﷺ") {
		s.candidates(Doc{Text: w})
		for _, token := range s.sweep.tokens {
			if token.folded() {
				folded++
				require.Equal(t, s.raw(token), wordFold(s.raw(token)))
			}
		}
	}
	require.Greater(t, folded, 10)
}

// TestCharactersTellNoLanguage holds what sifter.language passes over to what it would be asked.
func TestCharactersTellNoLanguage(t *testing.T) {
	passed := 0
	for r := rune(0x80); r < 0x30000; r++ {
		if first := string(r)[0]; first > 0xE2 && first < 0xEE && first != 0xEA {
			passed++
			require.Empty(t, languageOfScript(r), "%U", r)
		}
	}
	require.Greater(t, passed, 30_000)
}

// TestAPhraseIsFoundWhereverItsRareCharactersStand looks for names of characters of which the rarest two stand at the end, and
// shows that it is the reach of the index that lets it look so far.
func TestAPhraseIsFoundWhereverItsRareCharactersStand(t *testing.T) {
	x := NewIndex()
	name := "一二三四五六七八九十百千"
	for id, other := range map[string]string{"w": name, "a": "一二三四五六七八九十百", "b": "一二三四五", "c": "五六七八九十"} {
		p, err := Compile(Spec{Kind: Person, Name: other})
		require.NoError(t, err)
		x.Put(id, p)
	}
	filler := strings.Repeat("的是在和了不有人", 20)
	for _, text := range []string{name, filler + name, name + filler, filler + name + filler, filler[:60] + name + filler, "“" + name + "”" + filler} {
		require.Len(t, x.Find(Doc{Text: text, Language: "zh"}).Matches, 4, text)
		require.Len(t, x.Find(Doc{Title: text, Text: filler, Language: "zh"}).Matches, 4, text)
	}
	require.Empty(t, x.Find(Doc{Text: filler + "一二三四" + filler + "五六七八九" + filler}))
	x.reach.Store(0)
	require.Less(t, len(x.Find(Doc{Text: filler + name + filler, Language: "zh"}).Matches), 4, "a control: what is needed is too far away")
}

// TestWhatTwoWordsMustTell holds the bounds beside which two words are worth a look to those of a name.
func TestWhatTwoWordsMustTell(t *testing.T) {
	sound := func(steps int) fitting { return fitOK | fitByEar | fitting(steps)<<fitSteps }
	for _, c := range []struct {
		given, surname, heft int
		order                order
		want                 bool
	}{
		{24, 25, 4, inOrder, true},
		{24, 25, 4, reversed, true},
		{24, 26, 4, reversed, false}, // no name of two consonants
		{24, 26, 4, inOrder, true},   // nearly one
		{82, 5, 8, inOrder, true},    // nearly one, for one word alone is too far away
		{82, 5, 12, behindComma, false},
		{60, 60, fullHeft, reversed, false},
		{60, 60, fullHeft, behindComma, false},
		{52, 52, fullHeft, behindComma, true},
		{60, 60, fullHeft, hyphened, true},
	} {
		require.Equal(t, c.want, c.order.mayTell(sound(c.given), sound(c.surname), barOfHeft(c.heft)), c)
	}
	require.True(t, reversed.mayTell(fitOK|fitLoose, sound(100), 0), "what is loose is not told by its sound")
}

// TestHangulBehindALowLine holds a fault that random texts found: what a fold leaves out hid the script.
func TestHangulBehindALowLine(t *testing.T) {
	x := NewIndex()
	s := x.sifter()
	defer s.rest()
	d := Doc{Text: "_ _안철수"}
	s.candidates(d)
	require.True(t, s.text(d).fields[textField].hasHangul())
}
