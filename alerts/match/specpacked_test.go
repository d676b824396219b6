package match

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestAPackedSpecIsTheSpec: whatever a watch says comes back, and what is not a name alone is known for that.
func TestAPackedSpecIsTheSpec(t *testing.T) {
	terms := func(t *rapid.T, of string) []string {
		list := rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, of)
		if len(list) == 0 {
			return nil
		}
		return list
	}
	rapid.Check(t, func(t *rapid.T) {
		s := Spec{
			Kind: rapid.SampledFrom([]Kind{Person, Topic, Country}).Draw(t, "kind"), Name: rapid.String().Draw(t, "name"),
			Query: rapid.SampledFrom([]string{"", "a AND b"}).Draw(t, "query"), Aliases: terms(t, "aliases"), Near: terms(t, "near"), Not: terms(t, "not"),
			Surname: rapid.Bool().Draw(t, "surname"), Exact: rapid.Bool().Draw(t, "exact"),
		}
		p := pack(s)
		require.Equal(t, s, p.spec())
		require.Equal(t, s.Name, p.name())
		if p.isName() {
			require.True(t, s.isName())
		}
	})
	long := Spec{Kind: Person, Name: string(make([]byte, 300)), Aliases: make([]string, 200)}
	require.Equal(t, long, pack(long).spec())
	require.Equal(t, packedSpec("Ana Silva"), pack(Spec{Kind: Person, Name: "Ana Silva"}), "a name alone takes no more than itself")
}
