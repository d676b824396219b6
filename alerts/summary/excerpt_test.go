package summary_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts/summary"
)

func TestAnExcerptShowsThePlace(t *testing.T) {
	const first = "The council met on Monday in the old town hall."
	dull := strings.Repeat("Members spoke of drains and of the price of salt. ", 12)
	text := first + "\n\n" + dull + "Then  Ada Lovelace rose and was heard. It rained. " + dull
	at := utf8.RuneCountInString(text[:strings.Index(text, "Ada")])
	got := summary.Excerpt(text, at, 200)
	require.True(t, strings.HasPrefix(got, first+" … Then Ada Lovelace rose and was heard. It rained. Members"), got)
	require.LessOrEqual(t, utf8.RuneCountInString(got), 200)
	require.False(t, summary.Shown(text, at, 200))
	require.True(t, summary.Shown(text, 4, 200))
	require.Equal(t, summary.Lead(text, 200), summary.Excerpt(text, 4, 200), "the lead shows it")
	require.Equal(t, summary.Lead(text, 40), summary.Excerpt(text, at, 40), "there is no room")

	long := first + " " + strings.Repeat("and so on ", 100) + "Ada Lovelace " + strings.Repeat("and so forth ", 100)
	at = strings.Index(long, "Ada")
	got = summary.Excerpt(long, at, 150)
	require.Contains(t, got, "and so on Ada Lovelace and so forth")
	require.LessOrEqual(t, utf8.RuneCountInString(got), 150)
}

// However text and place are, the excerpt shows the place where there is room, and is no longer than asked for.
func FuzzExcerpt(f *testing.F) {
	f.Add("One. Two Ada. Three.", 9, 80)
	f.Add(strings.Repeat("谈判代表在首都会面。", 60), 300, 120)
	f.Add(strings.Repeat("a ", 300)+"\n\t", 599, 90)
	f.Add("", 4, 100)
	f.Fuzz(func(t *testing.T, text string, at, limit int) {
		if !utf8.ValidString(text) || at < 0 || limit > 5000 {
			return
		}
		got := summary.Excerpt(text, at, limit)
		require.LessOrEqual(t, utf8.RuneCountInString(got), max(limit, 0))
		require.True(t, utf8.ValidString(got))
	})
}
