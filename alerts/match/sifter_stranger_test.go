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
