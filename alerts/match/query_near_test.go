package match

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// docs/matching.md says so: how many words may stand between, that a hyphen makes two, and that sentences may end there.
func TestHowNearNearIs(t *testing.T) {
	finds := func(s Spec, text string) bool {
		p, err := Compile(s)
		require.NoError(t, err)
		x := NewIndex()
		x.Put("", p)
		return len(x.Find(Doc{Title: "News", Text: text, Language: "en"}).Matches) > 0
	}
	query := Spec{Kind: Topic, Name: "t", Query: "sanctions NEAR/5 Iran"}
	person := Spec{Kind: Person, Name: "Steve Witkoff", Near: []string{"envoy"}}
	for n := range 9 {
		between := strings.Repeat("so ", n)
		require.Equal(t, n <= 4, finds(query, "New sanctions "+between+"Iran."), "%d words", n)
		require.Equal(t, n <= 4, finds(query, "Of Iran "+between+"sanctions."), "%d words", n)
		require.Equal(t, n <= 4, finds(query, "New sanctions. "+between+"Iran."), "%d words behind a sentence's end", n)
		require.Equal(t, n <= 5, finds(person, "The envoy "+between+"Witkoff."), "%d words", n)
		require.Equal(t, n <= 5, finds(person, "Of Witkoff "+between+"envoy."), "%d words", n)
		require.Equal(t, n <= 5, finds(person, "He met the envoy. "+between+"Witkoff."), "%d words behind a sentence's end", n)
	}
	require.True(t, finds(query, "New sanctions twenty-one twenty-two Iran."))
	require.False(t, finds(query, "New sanctions twenty-one twenty-two so Iran."))
	require.True(t, finds(Spec{Kind: Topic, Name: "t", Query: "sanctions NEAR/1 Iran"}, "New sanctions Iran."))
	require.False(t, finds(Spec{Kind: Topic, Name: "t", Query: "sanctions NEAR/1 Iran"}, "New sanctions on Iran."))
}
