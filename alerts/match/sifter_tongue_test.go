package match

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// TestManyLanguagesAreNotMixedUp reads texts that say they are in more languages than a sifter tells apart, so that it begins to
// number them anew: what was remembered in one is not taken for what is so in another.
func TestManyLanguagesAreNotMixedUp(t *testing.T) {
	patterns, x := map[string]*Pattern{}, NewIndex()
	for _, name := range []string{"Barry Goldwater", "Gerhard Trump", "Vladimir Putin", "John Bolton"} {
		p, err := Compile(Spec{Kind: Person, Name: name})
		require.NoError(t, err)
		patterns[name] = p
		x.Put(name, p)
	}
	languages := []string{"lv", "en", "la", "ru", "de", "pl", "az", "fi"}
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b += 3 {
			languages = append(languages, "x"+string(a)+string(b), "lv", "pl", "fi", "en")
		}
	}
	found := 0
	for range 2 {
		for i := range languages {
			d := Doc{Text: "Berijs Goldvoters, Ioannes Bolton: Gerharda Trumpa, Putinille. Владимира Путина", Language: languages[len(languages)-1-i]}
			want := byForce(patterns, d)
			if diff := cmp.Diff(want, x.Find(d)); diff != "" {
				t.Fatalf("%+v\n%s", d, diff)
			}
			found += len(want.Matches)
		}
	}
	require.Greater(t, found, 1000)
}
