package match

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestAnothersSurnameIsNotWhereTheWordIsNoName reads texts in which the same words stand beside a surname, and what they are
// hangs on the rest of the text: a word that also stands written small is no first name.
func TestAnothersSurnameIsNotWhereTheWordIsNoName(t *testing.T) {
	patterns, x := map[string]*Pattern{}, NewIndex()
	for _, name := range []string{"Gerhard Trump", "Борис Иванов", "José Martí"} {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(t, err)
		patterns[name] = p
		x.Put(name, p)
	}
	for _, c := range []struct {
		language, anothers, bare string
	}{
		{"en", "So they said Gruno Trump of it, then left.", "So they said Gruno Trump of it, then gruno left."},
		{"en", "So they said Grüno Trump of it, then left.", "So they said Grüno Trump of it, then gruno left."},
		{"en", "So they said Gruno Trump of it, then left.", "So they said Gruno Trump of it, then grüno left."},
		{"en", "So they said Gruno Trump of it, then left.", "So they said Gruno Trump of it, then gru_no left."},
		{"en", "So they said Gruno De Trump of it, then left.", "So they said Gruno De Trump of it, then gruno left."},
		{"ru", "Тогда сказал Груно Иванов об этом.", "Тогда сказал Груно Иванов об этом груно."},
		{"es", "Luego dijo Graño Martí que no.", "Luego dijo Graño Martí que no graño."},
	} {
		read := func(text string) int {
			d := Doc{Text: text, Language: c.language}
			want := byForce(patterns, d)
			require.Empty(t, cmp.Diff(want, x.Find(d)), text)
			return len(want.NearMisses)
		}
		for range 2 { // from memory the second time
			require.Zero(t, read(c.anothers), c.anothers)
			require.Equal(t, 1, read(c.bare), c.bare)
		}
	}
	known, fresh := x.sifter(), newSifter(x)
	for _, s := range []*sifter{known, fresh} {
		s.candidates(Doc{Text: "So they said Gruno Trump of it, then left.", Language: "en"})
	}
	require.Empty(t, known.groups, "it is remembered")
	require.Len(t, fresh.groups, 1)
}

// TestWhatWasReadBeforeChangesNothing reads two texts, of which the first would teach what is wrong of the second if what is
// remembered of its words were taken for theirs.
func TestWhatWasReadBeforeChangesNothing(t *testing.T) {
	for _, c := range []struct {
		language, watch, first, then string
	}{
		{"he", "דוד כהן", "אמר ל-דוד כהן", "אמר לדוד כהן"},
		{"he", "בנימין נתניהו", "אמר ל-בנימין נתניהו", "אמר לבנימין נתניהו"},
		{"ar", "محمد بوتين", "و-محمد بوتين", "ومحمد بوتين"},
		{"ko", "민수 김철", "김철 민수-가", "김철 민수가"},
		{"en", "Борис Ли", "Ли boris-Li", "Boris Ли"},
		{"en", "Эл Гор", "al-Gore Гор", "Al Гор"},
		{"lv", "Barry Goldwater", "Goldwater berijs-Ivo", "Berijs Goldwater"},
		{"en", "Annamaria Schmidt", "so he said eva-Maria Schmidt is", "so he said anna-Maria Schmidt is"},
		{"en", "Abdullah Trump", "so he said mar-Ullah Trump is", "so he said abd-Ullah Trump is"},
		{"ko", "지민 김철", "그는 가-민 김철 말", "그는 지-민 김철 말"},
		{"en", "Boris Ion", "", "Boris Bs‐이 ΊΩΝ"},
		{"en", "Gerhard Novak", "", "the gerhard\r\nnovak is"},
		{"en", "Gerhard Novak", "", " gerhard\t novak"},
	} {
		p, err := Compile(Spec{Kind: Person, Name: c.watch})
		require.NoError(t, err)
		x := NewIndex()
		x.Put("w", p)
		x.Find(Doc{Text: c.first, Language: c.language})
		d := Doc{Text: c.then, Language: c.language}
		want := byForce(map[string]*Pattern{"w": p}, d)
		require.Len(t, want.Matches, 1, c.then)
		require.Empty(t, cmp.Diff(want, x.Find(d)), "%q behind %q", c.then, c.first)
	}
}
