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

func TestASweepFindsTheAtoms(t *testing.T) {
	word := rapid.SampledFrom(append(vocabulary(), "прем'єр", "п’ять", "צה\"ל", "\u200b", "_", "a_b", "\xff", "\x00", "`", "ー", "ไทย", "𝒳", "e\u0301", "—", "“", "ﷺ", "\u00a0"))
	rapid.Check(t, func(r *rapid.T) {
		text := ""
		for _, w := range rapid.SliceOfN(word, 0, 40).Draw(r, "words") {
			text += w + rapid.SampledFrom([]string{" ", "", "  ", "-", "'", "\n"}).Draw(r, "glue")
		}
		require.Equal(r, wantedAtoms(text), sweptAtoms(text), "%q", text)
	})
}

func FuzzSweep(f *testing.F) {
	for _, s := range []string{"Putin's прем'єр “x” _ \xff\xd0 ー習近平", "\u0301a\u00ad", "צה\"ל"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		require.Equal(t, wantedAtoms(text), sweptAtoms(text))
	})
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
