package summary_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts/summary"
)

func TestLead(t *testing.T) {
	for _, c := range []struct {
		name, text string
		limit      int
		want       string
	}{
		{"whole sentences that fit", "The envoy arrived. He left at noon. Nobody knows why he came.", 40, "The envoy arrived. He left at noon."},
		{"all of a short text", "The envoy arrived.", 400, "The envoy arrived."},
		{"exactly the limit", "One two. Three.", 8, "One two."},
		{"no break after U.S.", "The U.S. Senate voted on Monday. Nothing changed.", 35, "The U.S. Senate voted on Monday."},
		{"no break after a title or an initial", "Mr. V. Putin met Gen. Smith. They talked.", 30, "Mr. V. Putin met Gen. Smith."},
		{"a first sentence too long is cut at a word", "The very long sentence about talks goes on without end", 24, "The very long sentence…"},
		{"Chinese", "俄罗斯总统为特使辩护。他说指责是无稽之谈。", 12, "俄罗斯总统为特使辩护。"},
		{"Arabic question", "هل وصل المبعوث؟ نعم وصل أمس.", 18, "هل وصل المبعوث؟"},
		{"Russian abbreviation", "Завод построен в 1987 г. в Самаре. Он работает.", 36, "Завод построен в 1987 г. в Самаре."},
		{"white space", "  One\n\n two.\t Three. ", 9, "One two."},
		{"empty", " \n", 10, ""},
		{"no room", "One.", 0, ""},
		{"one rune of room", "One two", 1, "…"},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, summary.Lead(c.text, c.limit)) })
	}
}

func TestCutKeepsGraphemes(t *testing.T) {
	family := "👨‍👩‍👧" // five runes, one grapheme
	require.Equal(t, "ab…", summary.Cut("ab"+family+family, 7))
	require.Equal(t, "ab"+family+"…", summary.Cut("ab"+family+family, 8))
}

func FuzzLead(f *testing.F) {
	f.Add("The U.S. envoy arrived. He left.", 20)
	f.Add("\xff\xfe. \u0301", 3)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		got := summary.Lead(text, limit)
		require.LessOrEqual(t, utf8.RuneCountInString(got), max(limit, 0))
		folded := strings.Join(strings.Fields(text), " ")
		require.True(t, strings.HasPrefix(folded, strings.TrimSuffix(got, "…")), "a summary quotes")
	})
}
