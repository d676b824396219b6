package match

import (
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// sweptAtoms gives the tokens of a text as atomise would, without what folds to nothing.
func sweptAtoms(text string) []string {
	z := sweep{classes: &classes{}}
	z.read(text, text)
	var got []string
	for _, t := range z.tokens {
		if int(t.from) >= z.body && wordFold(string(z.swept[t.from:t.to()])) != "" {
			got = append(got, string(z.swept[t.from:t.to()]))
		}
	}
	return got
}

func wantedAtoms(text string) []string {
	var want []string
	for _, a := range atomise(text) {
		want = append(want, text[a.from:a.to])
	}
	return want
}

// A witness reads text after text with one sifter, which remembers few words, and holds what it finds to what is there.
type witness struct{ s *sifter }

func newWitness() witness {
	s := NewIndex().sifter()
	s.glances.entries = make([]glance, glanceWays)
	return witness{s}
}

func (w witness) read(t require.TestingT, d Doc) {
	for range 2 {
		w.s.doc = d
		w.s.sweep.read(d.Title, d.Text)
		language, empty := w.s.language(), false
		var fields [2][]string
		for i, k := range w.s.sweep.tokens {
			raw := w.s.raw(k)
			fold := wordFold(raw)
			empty = empty || fold == ""
			if k.wide() {
				require.Equal(t, shapeOf(raw), k.shape(), "%q in %q", raw, d)
				require.True(t, !k.folded() || fold == raw, "%q in %q", raw, d)
				require.Equal(t, foldBits(hashWritten(fold)), w.s.foldAt(uint32(i)), "%q in %q", raw, d)
			}
			if at := min(1, i/max(1, w.s.sweep.titled)); fold != "" {
				fields[at] = append(fields[at], raw)
			}
		}
		if w.s.sweep.titled == 0 {
			fields = [2][]string{nil, append(fields[0], fields[1]...)}
		}
		require.Equal(t, wantedAtoms(d.Title), fields[0], "%q", d)
		require.Equal(t, wantedAtoms(d.Text), fields[1], "%q", d)
		if !empty && language != "" { // what has no fold is counted, and the first script is looked for otherwise
			require.Equal(t, languageOf(d, read(d).fields), language, "%q", d)
		}
	}
}

func TestASweepFindsTheAtoms(t *testing.T) {
	word := rapid.SampledFrom(append(vocabulary(), "прем'єр", "п’ять", "צה\"ל", "\u200b", "_", "a_b", "\xff", "\x00", "`", "ー", "ไทย", "𝒳", "e\u0301", "—", "“", "ﷺ", "\u00a0", "漢漢", "習近平の", "\u0483", "\u05b0", "\ufe00", "und", "der", "на", "её", "\xe6\xbc"))
	w := newWitness()
	rapid.Check(t, func(r *rapid.T) {
		text := ""
		for _, w := range rapid.SliceOfN(word, 0, 40).Draw(r, "words") {
			text += w + rapid.SampledFrom([]string{" ", "", "  ", "-", "'", "\n"}).Draw(r, "glue")
		}
		require.Equal(r, wantedAtoms(text), sweptAtoms(text), "%q", text)
		w.read(r, Doc{Title: rapid.SampledFrom([]string{"", "Путин", "a", text}).Draw(r, "title"), Text: text})
	})
}

func FuzzSweep(f *testing.F) {
	for _, s := range []string{"Putin's прем'єр “x” _ \xff\xd0 ー習近平", "\u0301a\u00ad", "צה\"ל"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		require.Equal(t, wantedAtoms(text), sweptAtoms(text))
		newWitness().read(t, Doc{Title: text, Text: text})
	})
}

// TestAWordKnownBySightEndsWhereItDid reads words that were seen, with what may go on with them behind them.
func TestAWordKnownBySightEndsWhereItDid(t *testing.T) {
	x := NewIndex()
	s := x.sifter()
	s.candidates(Doc{Text: "об צה кот の ко\u0301т"})
	for _, text := range []string{"об'єкт", "об", "об\"", "צה\"ל", "צה\" ל", "кот.", "кот-", "котの", "のкот", "ко\u0301т ко", "кот\xff", "кот\u00ad", "кот\u200bа", "кот\x00а", "кот", "ж習近平'\u0483 x", "א習近平\"\u05b0 x"} {
		s.candidates(Doc{Title: "кот", Text: text})
		var got []string
		for _, t := range s.sweep.tokens[1:] {
			got = append(got, s.raw(t))
		}
		require.Equal(t, wantedAtoms(text), got, "%q", text)
	}
}

// TestOldStampsAreForgotten lets so many epochs pass that their numbers begin anew.
func TestOldStampsAreForgotten(t *testing.T) {
	p, err := Compile(Spec{Kind: Person, Name: "Ольга Море"})
	require.NoError(t, err)
	x := NewIndex()
	x.Put("a", p)
	s := x.sifter()
	find := func() int { return len(s.candidates(Doc{Text: "Море Ольга Море", Language: "ru"})) }
	x.Remove("a")
	require.Zero(t, find())
	x.Put("a", p)
	s.epoch, s.pairing.epoch = maxEpochs-2, maxEpochs-2
	for range 4 {
		require.Equal(t, 1, find(), "in the epoch in which nothing came of its words, again")
		x.Put("b", p)
		x.Remove("b")
	}
}

func TestPagesHoldTheClassesOfRunes(t *testing.T) {
	page := new(classes).open()
	for r := rune(0); r < 0x10000; r++ {
		switch want := classOf(r); {
		case r < utf8.RuneSelf:
			require.Equal(t, want, page.ascii[r], "%U", r)
		case r < 0x800:
			require.Equal(t, want, page.class(r), "%U", r)
		default:
			require.Equal(t, want, page.ofThree(r), "%U", r)
		}
	}
}
